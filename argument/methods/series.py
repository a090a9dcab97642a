"""The book's own readings put to the tests of ``report.rule.robustness``: frames for the Methods page.

Each row names its sources. A changed choice is a *test* here; what a test changes is a verdict's word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from report.article import article
from report.book import all_readings, readings
from report.data.package import SEPARATOR, remembered
from report.data.sources import sources
from report.ledger import rests_on
from report.rule import VANTAGES, Claim, Reading, Verdict, Word, claims
from report.rule.robustness import (MOVED_THRESHOLDS, Change, changes, each_left_out, each_variant, fall_with_source,
                                    judged, keys, made_by_origin, moved_thresholds, without_sources)

NARROW, WIDE = MOVED_THRESHOLDS[2], MOVED_THRESHOLDS[1]
TESTS = {  # what is changed, as tables and charts name it: in full, in brief
    "press": ("press left out", "press"),
    "source": ("one source left out", "source"),
    "origin": ("one origin left out", "origin"),
    "variant": ("one variant in place of its reading", "variant"),
    "wide": ("cut at a quarter and three quarters", "¼ and ¾"),
    "narrow": ("cut at two fifths and three fifths", "⅖ and ⅗"),
    "later": ("sources after February 2017 left out", "later"),
}
MOTIVES = (Word.ATTESTED, Word.CONTESTED, Word.NOT_ATTESTED)
SIDES = {Word.SUPPORTED: 1, Word.MOSTLY_SUPPORTED: 1, Word.ATTESTED: 1,
         Word.CONTRADICTED: -1, Word.MOSTLY_CONTRADICTED: -1, Word.NOT_ATTESTED: -1}
FRAGILE = 4  # tests that change a verdict called fragile


@dataclass(frozen=True)
class Book:
    """All that the tests are put to."""

    claims: tuple[Claim, ...]
    readings: tuple[Reading, ...]
    rests_on: dict[str, list[frozenset[str]]]


@remembered
def book() -> Book:
    found = tuple(all_readings())
    return Book(tuple(claims().values()), found, {r.id: rests_on(r) for r in found})


@remembered
def base() -> dict[tuple[str, str], Verdict]:
    return judged(book().claims, book().readings)


@remembered
def results() -> dict[str, list[Change]]:
    """Return the changes that each test makes to the book's verdicts."""
    b = book()
    press = {id for id, s in sources().items() if s.kind == "press"}
    early = [r for r in b.readings if not r.later_source]
    return {
        "press": without_sources(b.claims, b.readings, b.rests_on, press, "press"),
        "source": each_left_out(b.claims, b.readings, fall_with_source(b.readings, b.rests_on)),
        "origin": each_left_out(b.claims, b.readings, made_by_origin(b.readings)),
        "variant": each_variant(b.claims, b.readings),
        "wide": moved_thresholds(b.claims, b.readings, WIDE),
        "narrow": moved_thresholds(b.claims, b.readings, NARROW),
        "later": changes(base(), judged(b.claims, early), "later sources"),
    }


def _resting(found: Iterable[Reading]) -> dict[str, str]:
    """Return the addresses and sources of readings, as a point of a chart keeps them."""
    found = list(found)
    return {"row": SEPARATOR.join(dict.fromkeys(row for r in found for row in r.rows)),
            "source_id": SEPARATOR.join(sorted({id for r in found for id in r.sources}))}


def concerned(found: Iterable[tuple[str, str]]) -> list[Reading]:
    """Return the readings behind verdicts."""
    return [r for claim, vantage in found for r in readings(claim) if r.vantage == vantage]


def crosses(change: Change) -> bool:
    """Say whether a change takes a verdict from one side of the middle to the other."""
    return SIDES.get(change.before.word, 0) * SIDES.get(change.after.word, 0) < 0


def summary() -> pd.DataFrame:
    """Return for each test how many verdicts change, become untested, and change sides, then and now."""
    made = []
    for name, (label, _) in TESTS.items():
        found = results()[name]
        row = {"test": name, "label": label, "claims": ", ".join(sorted({c.key[0] for c in found}))}
        for v in VANTAGES:
            changed, all_of = len(keys(c for c in found if c.key[1] == v)), sum(k[1] == v for k in base())
            row |= {f"changed_{v}": changed, v: f"{changed} of {all_of}"}
        row["untested"] = len(keys(c for c in found if c.after.word == Word.UNTESTED))
        row["crossed"] = len(keys(filter(crosses, found)))
        made.append(row | _resting(concerned(keys(found)) or book().readings))
    return pd.DataFrame(made)


def hits() -> pd.DataFrame:
    """Return for each verdict how many of the tests change its word, and which.

    The verdict's address is its claim's row.
    """
    return pd.DataFrame([_hit(key, verdict) for key, verdict in base().items() if verdict.readings])


def _hit(key: tuple[str, str], verdict: Verdict) -> dict:
    claim, vantage = key
    hit = [name for name in TESTS if key in keys(results()[name])]
    becomes = dict.fromkeys(c.after.word for name in hit for c in results()[name] if c.key == key)
    return {"claim": claim, "vantage": vantage, "verdict": f"{verdict.word} ({verdict.counts})", "tests": len(hit),
            "which": ", ".join(TESTS[name][1] for name in hit) or "none", "becomes": "; ".join(becomes) or "the same",
            "ledger": claims()[claim].href, "row": f"claims#{claim}",
            "source_id": _resting(concerned([key]))["source_id"]}


def fragile(least: int = FRAGILE) -> pd.DataFrame:
    """Return the verdicts that at least so many of the tests change, the most fragile first."""
    found = hits()
    order = {"by": ["tests", "claim"], "ascending": [False, True], "kind": "stable", "ignore_index": True}
    return found[found["tests"] >= least].sort_values(**order)


def unmoved() -> list[tuple[str, str]]:
    """Return the verdicts that no test changes."""
    moved = {k for found in results().values() for k in keys(found)}
    return [k for k, v in base().items() if k not in moved and v.readings]


def credited() -> pd.DataFrame:
    """Return the verdicts of the claims that credit a source, by all readings and by that source's alone."""
    credits = article().credited
    kept = [r for r in book().readings if r.origin in credits.get(r.claim, ())]
    after = judged([c for c in book().claims if c.id in credits], kept)
    return pd.DataFrame([_alone((id, v), kept, after) for id in credits for v in VANTAGES if concerned([(id, v)])])


def _alone(key: tuple[str, str], kept: list[Reading], after: dict[tuple[str, str], Verdict]) -> dict:
    claim, vantage = key
    words = {name: f"{found.word} ({found.counts})" for name, found in (("all", base()[key]), ("alone", after[key]))}
    return {"claim": claim, "vantage": vantage, "credits": claims()[claim].credited_to, **words,
            "changed": base()[key].word != after[key].word,
            **_resting([r for r in kept if (r.claim, r.vantage) == key] or concerned([key]))}


def weighty(least: int = 2) -> pd.DataFrame:
    """Return the single sources that turn at least so many verdicts.

    Those of one maker that turn the same ones stand together.
    """
    turned: dict[str, list[tuple[str, str]]] = {}
    for change in results()["source"]:
        turned.setdefault(change.choice, []).append(change.key)
    alike: dict[tuple, list[str]] = {}
    for id, found in turned.items():
        if len(found) >= least:
            alike.setdefault((sources()[id].producer, sources()[id].kind, tuple(found)), []).append(id)
    made = [_weight(maker, kind, found, ids) for (maker, kind, found), ids in alike.items()]
    return pd.DataFrame(made).sort_values(["verdicts", "source_id"], ascending=[False, True], ignore_index=True)


def _weight(maker: str, kind: str, found: tuple[tuple[str, str], ...], ids: list[str]) -> dict:
    title = sources()[ids[0]].title if len(ids) == 1 else f"{maker}: any one of {len(ids)} sources"
    return {"source": title, "kind": kind, "verdicts": len(found),
            "which": ", ".join(f"{claim} {vantage}" for claim, vantage in found),
            **_resting(r for r in concerned(found) if set(ids) & set(r.sources)), "source_id": SEPARATOR.join(ids)}


def thresholds() -> pd.DataFrame:
    """Return which graded verdicts change when the shares are cut elsewhere."""
    b, made = book(), []
    graded = [k for k, v in base().items() if v.readings and v.word not in MOTIVES]
    for low, high in MOVED_THRESHOLDS:
        found = keys(moved_thresholds(b.claims, b.readings, (low, high)))
        row = {"cut": f"{low:g} and {high:g}", "claims": ", ".join(dict.fromkeys(claim for claim, _ in found))}
        for v in VANTAGES:
            changed, of = (sum(vantage == v for _, vantage in of_all) for of_all in (found, graded))
            row[v] = f"{changed} of {of}"
        made.append(row | _resting(concerned(found)))
    return pd.DataFrame(made)
