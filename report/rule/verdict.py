"""The one rule: a verdict is a function of the readings, and never typed."""

from __future__ import annotations

from collections.abc import Iterable

from report.rule.model import ROUNDING, Claim, Kind, Reading, Vantage, Verdict, Word

LOWER_THRESHOLD, UPPER_THRESHOLD = 1 / 3, 2 / 3


def verdict_of(one: Claim, readings: Iterable[Reading], vantage: Vantage | str,
               thresholds: tuple[float, float] = (LOWER_THRESHOLD, UPPER_THRESHOLD)) -> Verdict:
    """Apply the one rule to a claim's readings at a vantage.

    For each limb the share of its readings that meet it; the mean of the shares over the limbs that have
    readings, cut at ``thresholds``. A motive takes no shares: it is attested, contested or not attested.
    """
    votes = [r for r in readings if r.claim == one.id and r.vantage == vantage]
    by_limb = {limb.name: (sum(r.met for r in votes if r.limb == limb.name),
                           sum(r.limb == limb.name for r in votes))
               for limb in one.limbs}
    read = {name: counts for name, counts in by_limb.items() if counts[1]}
    met, count = sum(c[0] for c in read.values()), sum(c[1] for c in read.values())
    vantage = Vantage(vantage)
    if not one.kind.judged(vantage):
        return Verdict(one.id, vantage, None, met, count, by_limb)
    qualifiers = []
    if read and len(read) < len(one.limbs):
        qualifiers.append("untested in part")
    if count == 1:
        qualifiers.append("one reading")
    word = Word.UNTESTED if not read else _motive(read) if one.kind is Kind.MOTIVE else _graded(read,
                                                                                                thresholds)
    return Verdict(one.id, vantage, word, met, count, by_limb, tuple(qualifiers))


def _graded(read: dict[str, tuple[int, int]], thresholds: tuple[float, float]) -> Word:
    share = sum(met / count for met, count in read.values()) / len(read)
    if share >= 1 - ROUNDING:
        return Word.SUPPORTED
    if share <= ROUNDING:
        return Word.CONTRADICTED
    if share >= thresholds[1] - ROUNDING:
        return Word.MOSTLY_SUPPORTED
    return Word.MOSTLY_CONTRADICTED if share <= thresholds[0] + ROUNDING else Word.MIXED


def _motive(read: dict[str, tuple[int, int]]) -> Word:
    if not any(met for met, _ in read.values()):
        return Word.NOT_ATTESTED
    return Word.ATTESTED if all(met == count for met, count in read.values()) else Word.CONTESTED
