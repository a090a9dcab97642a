"""The one rule, version 2: a verdict is a function of the readings, and never typed.

In a limb each unit of vote counts alike: an origin, however many figures it made, or an act, whoever
recorded it. A limb's share is the mean over its units, a unit's the mean over its readings; the claim's share
is the mean over the limbs that were read, and the cuts make a word of it. An essential limb that was not
read, or stands at the lower cut or under it, keeps the word from support.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from report.dates import last_day
from report.rule.choices import default, table
from report.rule.model import Claim, Limb, LimbTally, Reading, Verdict
from report.rule.vocabulary import GRADED, ROUNDING, VOICED, Firmness, Kind, NowMeans, Side, Vantage, Word

# halves, thirds and quarters of votes never fall on a cut
LOWER_THRESHOLD, UPPER_THRESHOLD = float(default("lower")), float(default("upper"))
FIRM_UNITS, PRESENT_YEARS = int(table()["firm_votes"]), int(table()["present_years"])


@dataclass(frozen=True)
class Rule:
    """The choices of the rule; the defaults are the book's own."""

    cuts: tuple[float, float] = (LOWER_THRESHOLD, UPPER_THRESHOLD)
    by_reading: bool = False  # every reading a vote, as in version 1, instead of every unit
    weakest_limb: bool = False  # the lowest limb's share, instead of the mean
    essential: bool = True  # whether an essential limb caps the word
    as_of: date | None = None  # the day on which *now* is judged; without it no reading is too old


BOOK_RULE = Rule()


def verdict_of(one: Claim, readings: Iterable[Reading], vantage: Vantage | str,
               rule: Rule = BOOK_RULE) -> Verdict:
    """Apply the rule to a claim's readings at a vantage."""
    readings = list(readings)
    found = worded(one, readings, vantage, rule)
    votes = _votes(one, readings, found.vantage)
    if not votes or found.word is None or found.older is not None:
        return found
    return replace(found, firmness=_firmness(one, votes, found.word, rule))


def worded(one: Claim, readings: Iterable[Reading], vantage: Vantage | str,
           rule: Rule = BOOK_RULE) -> Verdict:
    """Return a claim's verdict but for its firmness, which takes several times as long to find."""
    vantage = Vantage(vantage)
    votes = _votes(one, readings, vantage)
    limbs = tuple(_tally(limb, votes, rule) for limb in one.limbs)
    found = Verdict(one.id, vantage, None, met=sum(r.met for r in votes), readings=len(votes), limbs=limbs,
                    units=len({voter(r, rule) for r in votes}),
                    newest=max((r.period[1] for r in votes), key=last_day, default=None))
    if not one.kind.judged(vantage):
        return found
    word, share, capped = _word(one, limbs, rule)
    found = replace(found, word=word, share=share, capped=capped, qualifiers=_qualifiers(limbs, votes))
    return _outdated(one, found, rule.as_of)


def _votes(one: Claim, readings: Iterable[Reading], vantage: Vantage) -> list[Reading]:
    return [r for r in readings if r.claim == one.id and r.vantage == vantage]


def voter(one: Reading, rule: Rule = BOOK_RULE) -> str:
    """Return the name of what votes through a reading in its limb."""
    return one.id if rule.by_reading else one.votes_as


def _tally(limb: Limb, votes: Sequence[Reading], rule: Rule) -> LimbTally:
    here = [r for r in votes if r.limb == limb.name]
    units: dict[str, list[bool]] = defaultdict(list)
    for r in here:
        units[voter(r, rule)].append(r.met)
    share = sum(sum(met) / len(met) for met in units.values()) / len(units) if units else None
    return LimbTally(limb.name, sum(r.met for r in here), len(here), len(units), share, limb.essential)


def _word(one: Claim, limbs: Sequence[LimbTally], rule: Rule) -> tuple[Word, float | None, bool]:
    """Return the word that the limbs come to, their share, and whether an essential limb capped it."""
    read = [tally.share for tally in limbs if tally.share is not None]
    if not read:
        return Word.UNTESTED, None, False
    share = min(read) if rule.weakest_limb else sum(read) / len(read)
    words = VOICED if one.kind is Kind.MOTIVE else GRADED
    rank, middle = _rank(share, rule.cuts), len(words) // 2
    low = any(t.share is None or t.share <= rule.cuts[0] + ROUNDING for t in limbs if t.essential)
    capped = rule.essential and low and rank > middle
    return words[middle if capped else rank], share, capped


def _rank(share: float, cuts: tuple[float, float]) -> int:
    if share >= 1 - ROUNDING:
        return 4
    if share <= ROUNDING:
        return 0
    if share >= cuts[1] - ROUNDING:
        return 3
    return 1 if share <= cuts[0] + ROUNDING else 2


def _qualifiers(limbs: Sequence[LimbTally], votes: Sequence[Reading]) -> tuple[str, ...]:
    unread = bool(votes) and any(tally.share is None for tally in limbs)
    return tuple(words for words, holds in (("untested in part", unread), ("one reading", len(votes) == 1))
                 if holds)


def _firmness(one: Claim, votes: Sequence[Reading], word: Word, rule: Rule) -> Firmness:
    """Say whether a word points the same way without any unit or origin, and by the other limb structure."""
    if len({voter(r, rule) for r in votes}) < FIRM_UNITS:
        return Firmness.THIN
    sides = [_side(one, kept, rule) for kept in _each_loss(votes, rule)]
    sides.append(_side(one, votes, replace(rule, weakest_limb=not rule.weakest_limb)))
    return Firmness.FIRM if set(sides) == {word.side} else Firmness.SHAKY


def _each_loss(votes: Sequence[Reading], rule: Rule) -> Iterator[list[Reading]]:
    """Yield the readings left without each unit of vote, in all limbs that it has a vote in, and without each
    origin.
    """
    for unit in sorted({voter(r, rule) for r in votes}):
        yield [r for r in votes if voter(r, rule) != unit]
    for origin in sorted({r.origin for r in votes}):
        yield [r for r in votes if r.origin != origin]


def _side(one: Claim, votes: Sequence[Reading], rule: Rule) -> Side | None:
    return _word(one, [_tally(limb, votes, rule) for limb in one.limbs], rule)[0].side


def _outdated(one: Claim, found: Verdict, as_of: date | None) -> Verdict:
    """Return a verdict on the present as untested where its newest reading is too old for it."""
    if found.newest is None or not out_of_date(one, found.vantage, found.newest, as_of):
        return found
    return replace(found, word=Word.UNTESTED, older=found.word, qualifiers=())


def out_of_date(one: Claim, vantage: Vantage | str, newest: str, as_of: date | None) -> bool:
    """Say whether a reading that ends on a day, in a month or a year is too old to say what is asked now."""
    if as_of is None or vantage != Vantage.NOW or one.now_means is not NowMeans.PRESENT:
        return False
    return bool(last_day(newest) < pd.Timestamp(as_of) - pd.DateOffset(years=PRESENT_YEARS))
