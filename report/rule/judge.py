"""A measure and a limb make a reading, a variant or an indicator: the only way that
any of them comes to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from report.data.origins import origin
from report.data.package import load, package, remembered
from report.data.sources import sources
from report.dates import is_before, printed
from report.rule.claims import claim, limb as limb_at
from report.rule.model import Indicator, Limb, Reading, ReadingError, Variant
from report.rule.vocabulary import VANTAGES, Kind, NowMeans, Vantage, VoteUnit
from report.rule.vantage import check_period
from report.trace import Measure, rows_at


def reading(limb: str, vantage: str, *, name: str, label: str, measure: Measure, met: bool | None = None,
            against: Measure | float | None = None, period: tuple[str, str] | str | None = None,
            origin: str | None = None, definition: str = "default", variants: Iterable[Variant] = (),
            note: str = "", speaker: str | None = None, said: str = "",
            votes_as: str | None = None) -> Reading:
    """Make a reading of ``limb`` (written ``<claim>.<limb>``) from what was measured.

    For a limb with an operator the measure's value is judged by its threshold, or by ``against`` where the
    limb leaves the threshold to the reading; for a limb in words pass ``met``, or a measure whose value is
    the coded truth. ``period`` defaults to the measure's, ``origin`` to the one origin of its rows, ``note``
    to data/notes.csv; ``said`` is the source's hedge. The rows of ``against`` belong to the reading.
    ``votes_as`` names what votes: the act that a reading records (one that names none is an act of its own),
    or the one maker behind several origins. Raises ReadingError where limb, vantage, period or rows do not
    fit; a limb with a setting ``year`` is read of that year, or of a span that holds it.
    """
    part, claim_id = limb_at(limb), limb.split(".")[0]
    id = f"{claim_id.lower()}-{name}-{vantage}"
    _check_measure(id, measure)
    rests = measure.resting_on(against) if isinstance(against, Measure) else measure
    spanned = _period(id, period, rests)
    _check(id, vantage)
    check_period(id, claim_id, vantage, spanned)
    year = part.settings.get("year", spanned[0][:4])
    if not spanned[0][:4] <= year <= spanned[1][:4]:
        raise ReadingError(f"{id}: the period {' to '.join(dict.fromkeys(spanned))} leaves out {year}, the "
                           f"year of {limb} in data/limb_settings.csv; measure rows of it, or correct that")
    if not claim(claim_id).kind.graded:
        raise ReadingError(f"{id}: data/claims.csv has {claim_id} as a judgement, which has indicators and "
                           "no readings; correct its kind there, or make an indicator")
    value, judged = _judged(id, part, measure, met, against, said)
    threshold = part.threshold if part.threshold is not None else None if against is None else float(against)
    maker = _origin(rests, origin, id)
    return Reading(
        id=id, claim=claim_id, limb=part.name, vantage=Vantage(vantage), label=printed(label), value=value,
        unit=part.unit, op=part.op, threshold=_rounded(threshold), met=judged, period=spanned, origin=maker,
        definition=definition, votes_as=votes_as or (maker if part.unit_of_vote is VoteUnit.ORIGIN else name),
        later_source=vantage == Vantage.THEN and _later(rests.sources), rows=rests.rows,
        sources=rests.sources, variants=tuple(variants), note=printed(note or noted(id)), speaker=speaker,
        said=said)


def variant(limb: str, *, label: str, measure: Measure, met: bool | None = None,
            against: Measure | float | None = None, key: str | None = None) -> Variant:
    """Make a variant of a reading of ``limb``: judged by the same criterion, shown, without a vote.

    ``key`` names it where a reader can choose it.
    """
    part = limb_at(limb)
    _check_measure(f"{limb}, variant {label!r}", measure)
    value, judged = _judged(f"{limb}, variant {label!r}", part, measure, met, against, "")
    rests = measure.resting_on(against) if isinstance(against, Measure) else measure
    return Variant(label=printed(label), value=value, met=judged, rows=rests.rows, sources=rests.sources,
                   key=key)


def indicator(claim_id: str, vantage: str, *, name: str, label: str, measure: Measure,
              unit: str | None = None,
              period: tuple[str, str] | str | None = None, origin: str | None = None,
              note: str = "") -> Indicator:
    """Make an indicator of a claim: like a reading, without a criterion and a vote.

    Raises ReadingError where its period does not fit the claim's vantage.
    """
    id = f"{claim(claim_id).id.lower()}-{name}-{vantage}"
    _check(id, vantage)
    _check_measure(id, measure)
    counted, spanned = _counted(measure), _period(id, period, measure)
    check_period(id, claim_id, vantage, spanned)
    return Indicator(
        id=id, claim=claim_id, vantage=Vantage(vantage), label=printed(label),
        value=_rounded(measure.number) if counted else None, unit=unit or (measure.unit if counted else None),
        period=spanned, origin=_origin(measure, origin, id), rows=measure.rows,
        sources=measure.sources, note=printed(note or noted(id)))


def both(one: Reading) -> list[Reading]:
    """Return a reading of a period before the cutoff at both vantages, for a claim whose
    *now* is the same period.
    """
    if one.vantage != Vantage.THEN:
        raise ReadingError(f"{one.id}: both() takes a reading made for *then*, and makes the other of it")
    if claim(one.claim).now_means is not NowMeans.SAME_PERIOD:
        raise ReadingError(
            f"{one.id}: {one.claim} is judged now by the present; give it a reading of its own")
    id = one.id.removesuffix(Vantage.THEN) + Vantage.NOW
    return [one, replace(one, id=id, vantage=Vantage.NOW, later_source=False)]


def check_readings(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings; raise ReadingError where two share an id, or an origin and definition in one limb,
    or where one origin would vote twice.
    """
    readings = list(readings)
    ids: set[str] = set()
    votes: dict[tuple[str, ...], str] = {}
    voters: dict[tuple[str, ...], str] = {}
    for r in readings:
        if claim(r.claim).kind is Kind.MOTIVE and not origin(r.origin).voice:
            raise ReadingError(f"{r.id}: a motive rests on voices, and data/origins.csv does not say whose "
                               f"{r.origin!r} is; fill in its column voice")
        if limb_at(f"{r.claim}.{r.limb}").unit_of_vote is VoteUnit.ORIGIN:
            voter = voters.setdefault((r.claim, r.limb, r.vantage, r.origin), r.votes_as)
            if voter != r.votes_as:
                raise ReadingError(f"{r.id}: origin {r.origin!r} votes as {voter!r} in another reading of "
                                   f"this limb and here as {r.votes_as!r}; one origin has one vote")
        vote = (r.claim, r.limb, r.vantage, r.origin, r.definition)
        if r.id in ids:
            raise ReadingError(f"two readings are called {r.id}; give each its own name")
        if vote in votes:
            raise ReadingError(f"{r.id} and {votes[vote]} have one origin {r.origin!r} and definition "
                               f"{r.definition!r}: one figure votes once; make one a variant or name its "
                               "definition")
        ids.add(r.id)
        votes[vote] = r.id
    return readings


@remembered
def _notes() -> dict[str, str]:
    if "notes" not in package().tables:
        return {}
    return dict(load("notes")[["reading", "note"]].itertuples(index=False, name=None))


def noted(id: str) -> str:
    """Return the note on a reading or indicator that stands in data/notes.csv, by its id or by
    its id less the vantage.
    """
    notes = _notes()
    return notes.get(id) or notes.get(id.removesuffix("-then").removesuffix("-now"), "")


def _judged(id: str, part: Limb, measure: Measure, met: bool | None, against: Measure | float | None,
            said: str) -> tuple[float | None, bool]:
    """Return the value of a reading, if its limb counts, and whether it meets the criterion."""
    if part.op is not None:
        if met is not None:
            raise ReadingError(f"{id}: limb {part.name} has an operator, so its value is judged; drop met=")
        if measure.unit != part.unit:
            raise ReadingError(f"{id}: the measure is in {measure.unit or 'no unit'}, and the criterion "
                               f"of {part.name} in data/claim_limbs.csv in {part.unit or 'none'}; write one "
                               "unit in both, or say with given(unit=...) that they are one")
        return _rounded(measure.number), part.met(
            float(measure), None if against is None else float(against), said)
    if met is None and not isinstance(measure.value, bool):
        raise ReadingError(f"{id}: limb {part.name} has no op in data/claim_limbs.csv, so pass met=, or a "
                           "measure that is true or false; or write op and threshold there")
    shown = _rounded(measure.number) if _counted(measure) else None
    return shown, bool(measure.value if met is None else met)


def _counted(measure: Measure) -> bool:
    """Say whether a measure is a number, and not a word or a coded truth."""
    return isinstance(measure.value, (int, float)) and not isinstance(measure.value, bool)


def _rounded(value: float | None) -> float | None:
    if value is None or pd.isna(value):
        return None
    return round(float(value), 6)


def _period(id: str, stated: tuple[str, str] | str | None, measure: Measure) -> tuple[str, str]:
    period = (stated, stated) if isinstance(stated, str) else stated or measure.period
    if period is None:
        raise ReadingError(f"{id}: no period is known; pass period= with its first and last year, month or "
                           "day")
    first, last = map(str, period)
    if is_before(last, first):
        raise ReadingError(f"{id}: the period {first} to {last} ends before it begins; turn its ends")
    return first, last


def _origin(measure: Measure, stated: str | None, id: str) -> str:
    if stated:
        return stated
    rows = rows_at(measure.rows)
    origins = sorted(set(rows["origin"].dropna())) if "origin" in rows else []
    if len(origins) != 1:
        found = f"are of {len(origins)} origins, {', '.join(origins)}" if origins else "name no origin"
        raise ReadingError(f"{id}: the rows {found}; pass origin= to name the one that votes")
    return origins[0]


def _later(ids: Iterable[str]) -> bool:
    """Say whether a source was published after the cutoff of the vantage *then*."""
    cutoff = package().cutoff.isoformat()
    return any(is_before(cutoff, sources()[i].date) for i in ids)


def _check_measure(id: str, measure: object) -> None:
    if not isinstance(measure, Measure):
        raise ReadingError(f"{id}: measure= is {measure!r}, which names no rows; pass a measure made of rows "
                           "of load(), by only(), measures() or measure() of report.trace")


def _check(id: str, vantage: str) -> None:
    if vantage not in VANTAGES:
        raise ReadingError(f"{id}: vantage {vantage!r} is not one of {', '.join(VANTAGES)}")
    if not re.fullmatch(r"[a-z]+[0-9]+-[a-z0-9-]+", id):
        raise ReadingError(f"{id}: the name is not lower-case words joined by hyphens")

