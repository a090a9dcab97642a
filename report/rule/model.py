"""Claims, limbs, readings and the verdict rule.

A claim is a checkable statement of the article; its limbs carry the criteria (``data/claim_limbs.csv``). A reading is
one defensible measurement of one limb; a verdict is computed from readings and never typed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache

import pandas as pd

from report.data.package import SEPARATOR, DataError, load, package
from report.data.sources import sources

VANTAGES = ("then", "now")
SUPPORTED, MOSTLY_SUPPORTED, MIXED = "supported", "mostly supported", "mixed"
MOSTLY_CONTRADICTED, CONTRADICTED, UNTESTED = "mostly contradicted", "contradicted", "untested"
ATTESTED, CONTESTED, NOT_ATTESTED = "attested", "contested", "not attested"
LOWER_THRESHOLD, UPPER_THRESHOLD = 1 / 3, 2 / 3
ROUNDING = 1e-9  # values are printed to a few digits; equality to the threshold must not hang on the last bit


class ReadingError(ValueError):
    """A reading that does not fit its claim; the message names the reading and the fix."""


@dataclass(frozen=True)
class Limb:
    """One checkable part of a claim: its criterion for ONE reading and, where it is a number, operator and threshold."""

    claim: str
    name: str
    criterion: str
    unit: str | None
    op: str | None
    threshold: float | None

    def met(self, value: float, against: float | None = None, said: str = "") -> bool:
        """Say whether ``value`` (in the limb's unit) meets the criterion.

        ``against`` is the threshold where the limb leaves it to the reading (a base year, an earlier test). ``said`` is
        the source's own hedge: its "about X" meets "more than X", its "fewer than X" does not.
        """
        threshold = self.threshold if self.threshold is not None else against
        if self.op is None or threshold is None:
            raise ReadingError(f"{self.claim} {self.name}: no operator and threshold; pass met=True or met=False")
        if math.isnan(value):
            raise ReadingError(f"{self.claim} {self.name}: the value is missing; drop the reading")
        if said not in HEDGES:
            raise ReadingError(f"{self.claim} {self.name}: hedge {said!r} is not one of {', '.join(HEDGES[1:])}")
        if said == "fewer than" and self.op in (">", ">="):
            return bool(value > threshold + 1)  # a count below X can reach the threshold only where X lies above it
        return bool(_COMPARE[">=" if said == "about" and self.op == ">" else self.op](value, threshold))


HEDGES = ("", "about", "fewer than")

_COMPARE = {
    ">": lambda v, t: v > t + ROUNDING,
    ">=": lambda v, t: v >= t - ROUNDING,
    "<": lambda v, t: v < t - ROUNDING,
    "within 10 %": lambda v, t: abs(v - t) <= 0.10 * abs(t) + ROUNDING,
    "within 5 points": lambda v, t: abs(v - t) <= 5 + ROUNDING,
}


@dataclass(frozen=True)
class Claim:
    """One statement of the article."""

    id: str
    section: int
    chapter: str
    kind: str
    text: str
    quote: str
    credited_to: str | None
    claimed_value: str | None
    unit: str | None
    now_means: str
    limbs: tuple[Limb, ...]

    @property
    def anchor(self) -> str:
        return f"claim-{self.id.lower()}"

    @property
    def href(self) -> str:
        return f"claims.html#{self.anchor}"

    def limb(self, name: str) -> Limb:
        for limb in self.limbs:
            if limb.name == name:
                return limb
        raise ReadingError(f"{self.id} has no limb {name!r}; known are {', '.join(l.name for l in self.limbs)}")


def _text(cell) -> str | None:
    return None if pd.isna(cell) else str(cell)


@lru_cache(maxsize=1)
def claims() -> dict[str, Claim]:
    """Return the claims of the article by id, in the order of the article."""
    rows, limbs = load("claims"), {}
    for _, r in load("claim_limbs").iterrows():
        threshold = None if pd.isna(r["threshold"]) else float(r["threshold"])
        limbs.setdefault(r["claim"], []).append(
            Limb(r["claim"], r["limb"], r["criterion"], _text(r["unit"]), _text(r["op"]), threshold))
    unknown = set(limbs) - set(rows["id"])
    if unknown:
        raise DataError(f"data/claim_limbs.csv: claim {min(unknown)!r} is not in data/claims.csv; add it or remove the limb")
    return {r["id"]: Claim(r["id"], int(r["section"]), r["chapter"], r["kind"], r["claim"], r["quote"],
                           _text(r["credited_to"]), _text(r["claimed_value"]), _text(r["unit"]), r["now_means"],
                           tuple(limbs.get(r["id"], ())))
            for _, r in rows.iterrows()}


def claim(id: str) -> Claim:
    """Return one claim; raise ReadingError for an unknown id."""
    if id not in claims():
        raise ReadingError(f"no claim {id!r}; the claims are C01 to C{len(claims()):02d}")
    return claims()[id]


@dataclass(frozen=True)
class Variant:
    """A reading's sibling that does not vote: a reprint, another base year, an estimate that rests on assumptions."""

    label: str
    value: float | None
    met: bool
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    key: str | None = None


@dataclass(frozen=True)
class Reading:
    """One way to measure one limb at one vantage: one vote for its origin and definition."""

    id: str
    claim: str
    limb: str
    vantage: str
    label: str
    value: float | None
    unit: str | None
    op: str | None
    threshold: float | None
    met: bool
    period: tuple[str, str]
    origin: str
    definition: str
    later_source: bool
    rows: tuple[str, ...]
    sources: tuple[str, ...]
    variants: tuple[Variant, ...] = ()
    note: str = ""
    speaker: str | None = None
    said: str = ""


@dataclass(frozen=True)
class Indicator:
    """A measurement that informs a judgement or a claim without a vote."""

    id: str
    claim: str
    vantage: str
    label: str
    value: float | None
    unit: str | None
    period: tuple[str, str]
    origin: str
    rows: tuple[str, ...]
    sources: tuple[str, ...]
    note: str = ""


def cited(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the source ids that the rows cite, each once, sorted."""
    cells = set(rows["source_id"].tolist())
    return tuple(sorted({i for cell in cells if not pd.isna(cell) for i in cell.split(SEPARATOR)}))


def _plain(value) -> float | None:
    if value is None or pd.isna(value):
        return None
    return round(float(value), 6)


def _end(day: str) -> str:
    """Return the last day of a year, month or day, as ISO text."""
    return {4: f"{day}-12-31", 7: f"{day}-31"}.get(len(day), day)


def _origin(rows: pd.DataFrame, stated: str | None, id: str) -> str:
    if stated:
        return stated
    origins = sorted(set(rows["origin"].dropna())) if "origin" in rows else []
    if len(origins) != 1:
        raise ReadingError(f"{id}: the rows have {len(origins)} origins {origins}; pass origin= to name the one that votes")
    return origins[0]


def _later(ids: Iterable[str]) -> bool:
    """Say whether a source was published after the cutoff of the vantage *then*."""
    cutoff = package().cutoff.isoformat()
    return any(sources()[i].date > cutoff[: len(sources()[i].date)] for i in ids)


def reading(limb: str, vantage: str, *, name: str, label: str, rows: pd.DataFrame, period: tuple[str, str] | str,
            value: float | None = None, met: bool | None = None, against: float | None = None,
            origin: str | None = None, definition: str = "default", variants: Iterable[Variant] = (),
            note: str = "", speaker: str | None = None, said: str = "") -> Reading:
    """Make a reading of ``limb`` (written ``C14.share``) from the rows it rests on.

    ``rows`` is a frame from ``load`` (its index holds the addresses, its ``source_id`` the sources; frames of several
    tables are joined with ``pd.concat``). Pass ``value`` for a limb with an operator, so that ``met`` is computed;
    pass ``met`` for a limb whose criterion is in words. ``said`` is the source's hedge, "about" or "fewer than". ``period`` is a first and last year, month or day.
    Raises ReadingError where limb, vantage, period or rows do not fit.
    """
    claim_id, limb_name = limb.split(".")
    one, part = claim(claim_id), claim(claim_id).limb(limb_name)
    id = f"{claim_id.lower()}-{name}-{vantage}"
    _check(id, vantage, rows)
    first, last = (period, period) if isinstance(period, str) else tuple(map(str, period))
    if vantage == "then" and _end(last) > package().cutoff.isoformat():
        raise ReadingError(f"{id}: the period ends {last}, after {package().cutoff}; it cannot be read *then*")
    if part.op is None and met is None or part.op is not None and met is not None:
        raise ReadingError(f"{id}: limb {limb} {'has an operator, so pass value=' if part.op else 'has words, so pass met='}")
    if one.kind == "judgement":
        raise ReadingError(f"{id}: a judgement has indicators, not readings")
    threshold = part.threshold if part.threshold is not None else against
    return Reading(id, claim_id, limb_name, vantage, label, _plain(value), part.unit, part.op, _plain(threshold),
                   part.met(value, against, said) if part.op else bool(met), (first, last), _origin(rows, origin, id),
                   definition, vantage == "then" and _later(cited(rows)), tuple(rows.index), cited(rows),
                   tuple(variants), note, speaker, said)


def _check(id: str, vantage: str, rows: pd.DataFrame) -> None:
    if vantage not in VANTAGES:
        raise ReadingError(f"{id}: vantage {vantage!r} is not one of {', '.join(VANTAGES)}")
    if rows.empty or not all("#" in str(i) for i in rows.index):
        raise ReadingError(f"{id}: the rows are none or have lost their addresses; pass rows of load() with their index")
    if not re.fullmatch(r"c\d\d-[a-z0-9-]+", id):
        raise ReadingError(f"{id}: the name is not lower-case words joined by hyphens")


def variant(limb: str, *, label: str, rows: pd.DataFrame, value: float | None = None, met: bool | None = None,
            against: float | None = None, key: str | None = None) -> Variant:
    """Make a variant of a reading of ``limb``: judged by the same criterion, shown, without a vote.

    ``key`` names it where a reader can choose it.
    """
    part = claim(limb.split(".")[0]).limb(limb.split(".")[1])
    judged = part.met(value, against) if part.op else bool(met)
    return Variant(label, _plain(value), judged, tuple(rows.index), cited(rows), key)


def both(one: Reading) -> list[Reading]:
    """Return a reading of a period before the cutoff at both vantages, for a claim whose *now* is the same period."""
    if claim(one.claim).now_means != "same_period":
        raise ReadingError(f"{one.id}: {one.claim} is judged now by the present; give it a reading of its own")
    later = replace(one, id=one.id.removesuffix("then") + "now", vantage="now", later_source=False)
    return [one, later]


def indicator(claim_id: str, vantage: str, *, name: str, label: str, rows: pd.DataFrame, period: tuple[str, str] | str,
              value: float | None = None, unit: str | None = None, origin: str | None = None, note: str = "") -> Indicator:
    """Make an indicator of a claim: like a reading, without a criterion and a vote."""
    id = f"{claim_id.lower()}-{name}-{vantage}"
    claim(claim_id)
    _check(id, vantage, rows)
    first, last = (period, period) if isinstance(period, str) else tuple(map(str, period))
    return Indicator(id, claim_id, vantage, label, _plain(value), unit, (first, last), _origin(rows, origin, id),
                     tuple(rows.index), cited(rows), note)


@dataclass(frozen=True)
class Verdict:
    """What the readings of one claim at one vantage come to. ``word`` is None where the claim gets no verdict."""

    claim: str
    vantage: str
    word: str | None
    met: int = 0
    readings: int = 0
    by_limb: dict[str, tuple[int, int]] = field(default_factory=dict)
    qualifiers: tuple[str, ...] = ()

    @property
    def counts(self) -> str:
        """Return the counts behind the word, as shown beside it."""
        return f"{self.met} of {self.readings} met" if self.readings else "no reading"

    @property
    def phrase(self) -> str:
        return ", ".join((self.word or "no verdict", *self.qualifiers))


def verdict_of(one: Claim, readings: Iterable[Reading], vantage: str,
               thresholds: tuple[float, float] = (LOWER_THRESHOLD, UPPER_THRESHOLD)) -> Verdict:
    """Apply the one rule to a claim's readings at a vantage.

    For each limb the share of its readings that meet it; the mean of the shares over the limbs that have readings,
    cut at ``thresholds``. A motive takes no shares: it is attested, contested or not attested.
    """
    votes = [r for r in readings if r.claim == one.id and r.vantage == vantage]
    by_limb = {l.name: (sum(r.met for r in votes if r.limb == l.name), sum(r.limb == l.name for r in votes))
               for l in one.limbs}
    read = {l: c for l, c in by_limb.items() if c[1]}
    met, count = sum(c[0] for c in read.values()), sum(c[1] for c in read.values())
    if one.kind == "judgement" or (one.kind == "forecast" and vantage == "then"):
        return Verdict(one.id, vantage, None, met, count, by_limb)
    qualifiers = []
    if read and len(read) < len(one.limbs):
        qualifiers.append("untested in part")
    if count == 1:
        qualifiers.append("one reading")
    word = UNTESTED if not read else _motive(read) if one.kind == "motive" else _graded(read, thresholds)
    return Verdict(one.id, vantage, word, met, count, by_limb, tuple(qualifiers))


def _graded(read: dict[str, tuple[int, int]], thresholds: tuple[float, float]) -> str:
    share = sum(met / count for met, count in read.values()) / len(read)
    if share >= 1 - ROUNDING:
        return SUPPORTED
    if share <= ROUNDING:
        return CONTRADICTED
    if share >= thresholds[1] - ROUNDING:
        return MOSTLY_SUPPORTED
    return MOSTLY_CONTRADICTED if share <= thresholds[0] + ROUNDING else MIXED


def _motive(read: dict[str, tuple[int, int]]) -> str:
    if not any(met for met, _ in read.values()):
        return NOT_ATTESTED
    return ATTESTED if all(met == count for met, count in read.values()) else CONTESTED


def check_readings(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings; raise ReadingError where two share an id, or an origin and definition in one limb."""
    ids, votes = {}, {}
    readings = list(readings)
    for r in readings:
        vote = (r.claim, r.limb, r.vantage, r.origin, r.definition)
        if r.id in ids:
            raise ReadingError(f"two readings are called {r.id}; give each its own name")
        if vote in votes:
            raise ReadingError(f"{r.id} and {votes[vote]} have one origin {r.origin!r} and definition {r.definition!r}: "
                               "one figure votes once; make one a variant or name its definition")
        ids[r.id], votes[vote] = r, r.id
    return readings


def as_json(one: Reading | Indicator) -> dict:
    """Return a reading or indicator in the shape of ledger.json."""
    entry = {k: v for k, v in asdict(one).items() if k not in ("claim",) and v is not None}
    if isinstance(one, Reading):
        entry["variants"] = [{k: v for k, v in asdict(w).items() if k in ("label", "value", "met", "rows", "sources")}
                             for w in one.variants]
        for k in ("value", "unit", "op", "threshold"):
            entry.setdefault(k, None)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in entry.items() if v != "" or k == "label"}
