"""How far the verdicts hang on choices: the one rule applied again, with readings left out, swapped, or cut
elsewhere.

Pure: claims and readings in, verdicts and changes out; the readings may come from the book or from its
``ledger.json``. A reading rests on rows, and a row on the sources that print it, any one of which is enough.
So ``rests_on`` holds for each reading its groups of sources: the reading falls when one group has lost all
its members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from report.rule.model import Claim, Limb, Reading, ReadingError, Verdict
from report.rule.vocabulary import VANTAGES, Operator
from report.rule.verdict import BOOK_RULE, Rule, verdict_of, worded

Key = tuple[str, str]  # claim and vantage
Groups = Mapping[str, Collection[frozenset[str]]]

MOVED_THRESHOLDS = ((0.2, 0.8), (0.25, 0.75), (0.4, 0.6), (0.45, 0.55))


@dataclass(frozen=True)
class Change:
    """A verdict that another choice turns into another word; how firm either is, is not told."""

    before: Verdict
    after: Verdict
    choice: str = ""  # what was left out, put in or moved

    @property
    def key(self) -> Key:
        return self.before.claim, self.before.vantage

    @property
    def places(self) -> int | None:
        """Return how far the word moves, up for towards support; None where it becomes or was untested."""
        after, before = (v.word.rank if v.word else None for v in (self.after, self.before))
        return None if after is None or before is None else after - before


def by_claim(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    grouped: dict[str, list[Reading]] = defaultdict(list)
    for r in readings:
        grouped[r.claim].append(r)
    return grouped


def judged(claims: Iterable[Claim], readings: Iterable[Reading],
           rule: Rule = BOOK_RULE) -> dict[Key, Verdict]:
    """Return every verdict that has a word: none for judgements, and for a forecast none *then*."""
    return _each(verdict_of, claims, readings, rule)


def words(claims: Iterable[Claim], readings: Iterable[Reading],
          rule: Rule = BOOK_RULE) -> dict[Key, Verdict]:
    """Return what ``judged`` does but for the verdicts' firmness, which no change of a word asks for."""
    return _each(worded, claims, readings, rule)


def _each(judge: Callable[..., Verdict], claims: Iterable[Claim], readings: Iterable[Reading],
          rule: Rule) -> dict[Key, Verdict]:
    grouped = by_claim(readings)
    found = (judge(one, grouped.get(one.id, ()), v, rule) for one in claims for v in VANTAGES)
    return {(v.claim, v.vantage): v for v in found if v.word is not None}


def changes(before: Mapping[Key, Verdict], after: Mapping[Key, Verdict], choice: str = "") -> list[Change]:
    """Return the verdicts whose word differs."""
    return [Change(v, after[k], choice) for k, v in before.items() if k in after and after[k].word != v.word]


def standing(readings: Iterable[Reading], rests_on: Groups, left_out: Collection[str]) -> list[Reading]:
    """Return the readings that still stand when the sources ``left_out`` may not be used."""
    gone = frozenset(left_out)
    return [r for r in readings if all(group - gone for group in rests_on[r.id])]


def without_sources(claims: Iterable[Claim], readings: Collection[Reading], rests_on: Groups,
                    left_out: Collection[str], choice: str = "", rule: Rule = BOOK_RULE) -> list[Change]:
    """Return the verdicts that change when some sources are left out together, such as all of the press."""
    claims = list(claims)
    kept = standing(readings, rests_on, left_out)
    return changes(words(claims, readings, rule), words(claims, kept, rule), choice)


def credited_only(claims: Iterable[Claim], readings: Collection[Reading],
                  credited: Mapping[str, Collection[str]], rule: Rule = BOOK_RULE) -> list[Change]:
    """Return the verdicts that change when, for claims that credit a source, only
    readings of its making count.
    """
    claims = [c for c in claims if c.id in credited]
    kept = [r for r in readings if r.claim in credited and r.origin in credited[r.claim]]
    return changes(words(claims, readings, rule), words(claims, kept, rule), "credited source alone")


def each_left_out(claims: Iterable[Claim], readings: Collection[Reading],
                  members: Mapping[str, Collection[str]], rule: Rule = BOOK_RULE) -> list[Change]:
    """Return every change that leaving out one group of readings makes; ``members`` names the
    reading ids of each group.
    """
    known, grouped = {c.id: c for c in claims}, by_claim(readings)
    before = words(known.values(), readings, rule)
    found = []
    for choice, ids in members.items():
        for id in sorted({r.claim for r in readings if r.id in ids}):
            kept = [r for r in grouped[id] if r.id not in ids]
            after = words([known[id]], kept, rule)
            found += changes({k: v for k, v in before.items() if k[0] == id}, after, choice)
    return found


def fall_with_source(readings: Collection[Reading], rests_on: Groups) -> dict[str, set[str]]:
    """Return for each source the readings that fall without it."""
    fallen = defaultdict(set)
    for r in readings:
        for group in rests_on[r.id]:
            if len(group) == 1:
                fallen[next(iter(group))].add(r.id)
    return dict(sorted(fallen.items()))


def made_by_origin(readings: Collection[Reading]) -> dict[str, set[str]]:
    """Return for each origin the readings of its making."""
    made = defaultdict(set)
    for r in readings:
        made[r.origin].add(r.id)
    return dict(sorted(made.items()))


def each_variant(claims: Iterable[Claim], readings: Collection[Reading],
                 rule: Rule = BOOK_RULE) -> list[Change]:
    """Return every change that putting one variant in the place of its reading makes."""
    swaps = ((r, v.met, f"{r.id}: {v.label}") for r in readings for v in r.variants if v.met != r.met)
    return _each_swapped(claims, readings, swaps, rule)


def each_recoded(claims: Iterable[Claim], readings: Collection[Reading],
                 rule: Rule = BOOK_RULE) -> list[Change]:
    """Return every change that judging one reading the other way makes, named by the reading."""
    return _each_swapped(claims, readings, ((r, not r.met, r.id) for r in readings), rule)


def _each_swapped(claims: Iterable[Claim], readings: Collection[Reading],
                  swaps: Iterable[tuple[Reading, bool, str]], rule: Rule) -> list[Change]:
    """Return the changes of judging a reading otherwise, one after the other, with the name of each."""
    known, grouped = {c.id: c for c in claims}, by_claim(readings)
    before = words(known.values(), readings, rule)
    found = []
    for r, met, choice in swaps:
        swapped = [replace(s, met=met) if s.id == r.id else s for s in grouped[r.claim]]
        found += changes({k: b for k, b in before.items() if k == (r.claim, r.vantage)},
                         words([known[r.claim]], swapped, rule), choice)
    return found


def together(claims: Iterable[Claim], readings: Collection[Reading],
             definitions: Mapping[str, Mapping[str, bool | None]], rule: Rule = BOOK_RULE) -> list[Change]:
    """Return the changes that each definition makes when it is taken for all readings at once.

    ``definitions`` says by name whether each reading concerned is met by it, None where the reading falls.
    """
    claims, found = list(claims), []
    before = words(claims, readings, rule)
    for choice, met in definitions.items():
        taken = ((r, met.get(r.id, r.met)) for r in readings)
        kept = [replace(r, met=is_met) for r, is_met in taken if is_met is not None]
        found += changes(before, words(claims, kept, rule), choice)
    return found


def held_against(one: Reading, limb: Limb, op: Operator | None = None, threshold: float | None = None,
                 times: float | None = None) -> Reading:
    """Return a reading judged by another operator, threshold, or multiple of its own threshold.

    Raises ReadingError where the reading has no value, or no threshold of its own to multiply.
    """
    against = threshold if times is None else None if one.threshold is None else times * one.threshold
    if one.value is None or against is None:
        raise ReadingError(f"{one.id}: no value, or no threshold of its own, to hold against another "
                           "criterion; remove the row from data/other_criteria.csv")
    other = replace(limb, op=op or limb.op, threshold=against)
    return replace(one, op=other.op, threshold=against, met=other.met(one.value, said=one.said))


def by_other_rule(claims: Iterable[Claim], readings: Collection[Reading], other: Rule, choice: str,
                  rule: Rule = BOOK_RULE) -> list[Change]:
    """Return the verdicts that change under other choices of the rule."""
    claims = list(claims)
    return changes(words(claims, readings, rule), words(claims, readings, other), choice)


def moved_thresholds(claims: Iterable[Claim], readings: Collection[Reading], cuts: tuple[float, float],
                     rule: Rule = BOOK_RULE) -> list[Change]:
    """Return the verdicts that change when the shares are cut elsewhere."""
    return by_other_rule(claims, readings, replace(rule, cuts=cuts), f"{cuts[0]:g} and {cuts[1]:g}", rule)


def keys(found: Iterable[Change]) -> list[Key]:
    """Return which verdicts change, each once."""
    return list(dict.fromkeys(c.key for c in found))
