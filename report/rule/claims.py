"""The register of claims: ``data/claims.csv`` with its limbs, and the settings of both."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from report.data.package import load, package, remembered
from report.data.table import DataError
from report.rule.model import Claim, Limb, ReadingError
from report.rule.vocabulary import Kind, NowMeans, Operator, VoteUnit

LIMB_SETTINGS, CLAIM_SETTINGS = "limb_settings", "claim_settings"


def _text(cell) -> str | None:
    return None if pd.isna(cell) else str(cell)


def _settings(table: str, *of: str) -> dict[tuple[str, ...], dict[str, str]]:
    """Return what a table of settings holds, by the columns ``of``; nothing where the book has none."""
    found: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    if table in package().tables:
        for _, r in load(table).iterrows():
            found[tuple(r[name] for name in of)][r["setting"]] = str(r["value"])
    return found


def _limbs() -> dict[str, list[Limb]]:
    settings, limbs = _settings(LIMB_SETTINGS, "claim", "limb"), defaultdict(list)
    for _, r in load("claim_limbs").iterrows():
        limbs[r["claim"]].append(Limb(
            claim=r["claim"], name=r["limb"], criterion=r["criterion"], unit=_text(r["unit"]),
            op=None if pd.isna(r["op"]) else Operator(r["op"]),
            threshold=None if pd.isna(r["threshold"]) else float(r["threshold"]),
            unit_of_vote=VoteUnit(r["unit_of_vote"]), essential=bool(r["essential"]),
            settings=settings.pop((r["claim"], r["limb"]), {})))
    if settings:
        claim, limb = min(settings)
        raise DataError(f"data/{LIMB_SETTINGS}.csv: {claim} has no limb {limb!r} in data/claim_limbs.csv; "
                        "correct the row or remove it")
    return limbs


@remembered
def claims() -> dict[str, Claim]:
    """Return the claims of the article by id, in the order of the article."""
    rows, limbs = load("claims"), _limbs()
    unknown = set(limbs) - set(rows["id"])
    if unknown:
        raise DataError(f"data/claim_limbs.csv: claim {min(unknown)!r} is not in data/claims.csv; "
                        "add it or remove the limb")
    settings = _settings(CLAIM_SETTINGS, "claim")
    for (strange,) in settings.keys() - {(id,) for id in rows["id"]}:
        raise DataError(f"data/{CLAIM_SETTINGS}.csv: {strange!r} is not in data/claims.csv; correct the row "
                        "or remove it")
    return {r["id"]: Claim(
        id=r["id"], section=int(r["section"]), chapter=r["chapter"], kind=Kind(r["kind"]), text=r["claim"],
        quote=r["quote"], credited_to=_text(r["credited_to"]), claimed_value=_text(r["claimed_value"]),
        unit=_text(r["unit"]), now_means=NowMeans(r["now_means"]), limbs=tuple(limbs.get(r["id"], ())),
        settings=settings.get((r["id"],), {}))
        for _, r in rows.iterrows()}


def claim(id: str) -> Claim:
    """Return one claim; raise ReadingError for an unknown id."""
    known = claims()
    if id not in known:
        raise ReadingError(f"data/claims.csv has no claim {id!r}; the claims are {min(known)} to {max(known)}"
                           ". Correct the id, or add its row")
    return known[id]


def limb(address: str) -> Limb:
    """Return a limb by its claim and name, written ``<claim>.<limb>``."""
    claim_id, _, name = address.partition(".")
    return claim(claim_id).limb(name)
