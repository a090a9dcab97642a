"""All defensible rules at once: every combination of the values that ``choices.toml`` gives as defensible,
and how often each claim gets each word under them.

What a rule asks falls into two: which readings count and what each says (sources, voices, tolerances,
variants), and how votes become a word. So for each claim the readings are settled once for each combination
of the first kind, by the same functions as for one rule, and numpy crosses them with those of the second.
Nothing is drawn at random: the grid is small enough to be walked whole, so there is no seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import product
from typing import Any

import numpy as np

from report.rule.choices import choices, default
from report.rule.model import Claim, Reading
from report.rule.vocabulary import GRADED, ROUNDING, VANTAGES, VOICED, Kind, Side, Word
from report.rule.own import Ground, OwnRule, counted
from report.rule.robustness import Key
from report.rule.verdict import BOOK_RULE, Rule, out_of_date, voter

COUNTING = ("votes", "limbs", "essential", "lower", "upper")  # how votes become a word
UNTESTED = 5  # beside the ranks 0 to 4


@dataclass(frozen=True)
class Grid:
    """The defensible values of each choice, by its name; choices that are tied move together."""

    values: Mapping[str, tuple[Any, ...]]

    @property
    def size(self) -> int:
        """Return how many rules the grid holds."""
        return int(np.prod([len(v) for v in self.values.values()]))

    @property
    def of_readings(self) -> list[str]:
        """Return the choices that settle which readings count and what they say."""
        return [name for name in self.values if name not in COUNTING]

    def default_place(self, name: str) -> int:
        """Return the place of the book's own value among a choice's."""
        value = default(name)
        return self.values[name].index(tuple(value) if isinstance(value, list) else value)


def grid(ground: Ground) -> Grid:
    """Return the grid of defensible rules on a ground; a choice with one value there is left out."""
    found: dict[str, tuple[Any, ...]] = {}
    tied = {one["tied"] for one in choices().values() if "tied" in one}
    for name, one in choices().items():
        if "grid" not in one or name in tied:
            continue
        if one["grid"] == "options":
            values = [o["value"] for o in one["options"]] + list(ground.members(one["of"]))
        else:
            values = [tuple(v) if isinstance(v, list) else v for v in one["grid"]]
        if "of" in one and one["kind"] == "several":
            known = ground.members(one["of"])
            values = [v for v in values if all(member in known for member in v)]
        found[name] = tuple(values)
    return Grid({name: values for name, values in found.items() if len(values) > 1})


@cache
def _tied() -> dict[str, str]:
    return {name: one["tied"] for name, one in choices().items() if "tied" in one}


def own_rule(known: Grid, chosen: Mapping[str, Any]) -> OwnRule:
    """Return the rule of some values of the grid."""
    more = {other: choices()[other]["grid"][known.values[name].index(chosen[name])]
            for name, other in _tied().items() if name in chosen}
    return OwnRule(**chosen, **more)


@dataclass(frozen=True, repr=False)
class Multiverse:
    """What a grid makes of each verdict: the ranks under all rules, an axis a choice in the grid's order."""

    grid: Grid
    ranks: Mapping[Key, np.ndarray]  # of small integers; 5 stands for untested

    def __repr__(self) -> str:
        """Say all of it, and be brief: arrays print themselves with gaps, or at great length."""
        said = {key: (ranks.shape, sha256(ranks.tobytes()).hexdigest()) for key, ranks in self.ranks.items()}
        return f"Multiverse({self.grid}, {said})"

    def shares(self, key: Key) -> np.ndarray:
        """Return how often a verdict has each rank, 0 to 4, and is untested: six shares that sum to one."""
        return np.bincount(self.ranks[key].ravel(), minlength=6) / self.ranks[key].size

    def moved_by(self, key: Key) -> dict[str, float]:
        """Return for each choice how often another value of it than the book's gives another word.

        The other choices take every combination: a share of all rules in which the choice is not the book's.
        """
        found, ranks = {}, self.ranks[key]
        for axis, name in enumerate(self.grid.values):
            place, many = self.grid.default_place(name), ranks.shape[axis]
            own = np.take(ranks, [place], axis=axis)
            found[name] = float((ranks != own).mean() * many / (many - 1))
        return found

    def unmoved(self) -> list[Key]:
        """Return the verdicts that have one word under all rules, and are tested under all."""
        return [key for key, ranks in self.ranks.items()
                if ranks.min() == ranks.max() and ranks.flat[0] != UNTESTED]

    def one_sided(self) -> list[Key]:
        """Return the verdicts whose words are on one side, or untested, under all rules, and tested in some.
        """
        return [key for key in self.ranks if len(self.sides(key) - {None}) == 1]

    def sides(self, key: Key) -> set[Side | None]:
        """Return the sides on which a verdict stands under some rule; None where untested."""
        return {None if rank == UNTESTED else GRADED[rank].side for rank in np.unique(self.ranks[key])}

    def word(self, key: Key, rank: int, kind: Kind) -> Word:
        """Return the word of a rank for a claim of some kind."""
        return Word.UNTESTED if rank == UNTESTED else (VOICED if kind is Kind.MOTIVE else GRADED)[rank]


def multiverse(ground: Ground, among: Iterable[str] | None = None) -> Multiverse:
    """Return what every defensible rule makes of the verdicts of a ground, or of some claims of it."""
    known = grid(ground)
    names = known.of_readings
    combinations = [dict(zip(names, values, strict=True))
                    for values in product(*(known.values[n] for n in names))]
    asked = [c for c in ground.claims if (among is None or c.id in set(among))]
    says = _says(ground, known, names, combinations)
    place = {r.id: i for i, r in enumerate(ground.readings)}
    found: dict[Key, np.ndarray] = {}
    for one in asked:
        for v in VANTAGES:
            if one.kind.judged(v):
                votes = [r for r in ground.readings if r.claim == one.id and r.vantage == v]
                cells = says[:, [place[r.id] for r in votes]]
                found[one.id, v] = _ranks(one, votes, cells, known, ground, v)
    return Multiverse(known, found)


def _says(ground: Ground, known: Grid, names: list[str], combinations: list[dict]) -> np.ndarray:
    """Return an array, a row a combination and a column a reading: 1 met, 0 not met, -1 where it does not
    count.
    """
    at = {r.id: i for i, r in enumerate(ground.readings)}
    says = np.full((len(combinations), len(at)), -1, dtype=np.int8)
    for row, combination in enumerate(combinations):
        for r in counted(own_rule(known, combination), ground):
            says[row, at[r.id]] = r.met
    return says


def _ranks(one: Claim, votes: list[Reading], says: np.ndarray, known: Grid, ground: Ground,
           vantage: str) -> np.ndarray:
    """Return a claim's ranks, an axis a choice in the grid's order."""
    stale = np.array([out_of_date(one, vantage, r.period[1], ground.as_of) for r in votes], dtype=bool)
    counts = says >= 0
    outdated = (counts & ~stale).sum(axis=1) == 0 if len(votes) else np.ones(len(says), dtype=bool)
    axes: list[np.ndarray] = []
    shares = {by_reading: _limb_shares(one, votes, says, counts, Rule(by_reading=by_reading))
              for by_reading in (False, True)}  # on which no other way of counting bears
    by = [known.values.get(name, (default(name),)) for name in COUNTING]
    for voting, structure, essential, lower, upper in product(*by):
        rule = Rule(cuts=(lower, upper), by_reading=voting == "reading", weakest_limb=structure == "weakest",
                    essential=essential == "on")
        ranks = _ranked(one, shares[rule.by_reading], rule)
        axes.append(np.where(outdated, UNTESTED, ranks))
    shape = [len(known.values[n]) for n in known.of_readings] + [len(values) for values in by]
    laid = np.stack(axes, axis=-1).reshape(shape)
    order = [*known.of_readings, *COUNTING]
    kept = laid.transpose([order.index(n) for n in known.values]
                          + [order.index(n) for n in COUNTING if n not in known.values])
    return kept.reshape([len(v) for v in known.values.values()]).astype(np.int8)


def _limb_shares(one: Claim, votes: list[Reading], says: np.ndarray, counts: np.ndarray,
                 rule: Rule = BOOK_RULE) -> np.ndarray:
    """Return the share of each limb (columns) in each combination (rows); not a number where it is unread."""
    shares = np.full((len(says), len(one.limbs)), np.nan)
    for column, limb in enumerate(one.limbs):
        units: dict[str, list[int]] = {}
        for i, r in enumerate(votes):
            if r.limb == limb.name:
                units.setdefault(voter(r, rule), []).append(i)
        total, many = np.zeros(len(says)), np.zeros(len(says))
        for own in units.values():
            read = counts[:, own].sum(axis=1)
            met = (says[:, own] == 1).sum(axis=1)
            total += np.divide(met, read, out=np.zeros(len(says)), where=read > 0)
            many += read > 0
        np.divide(total, many, out=shares[:, column], where=many > 0)
    return shares


def _ranked(one: Claim, shares: np.ndarray, rule: Rule) -> np.ndarray:
    """Return the rank of each row of limb shares, as ``report.rule.verdict`` ranks one."""
    unread = np.isnan(shares)
    tested = ~unread.all(axis=1)
    filled = np.where(unread, np.inf if rule.weakest_limb else 0.0, shares)
    number = np.maximum((~unread).sum(axis=1), 1)
    share = filled.min(axis=1) if rule.weakest_limb else filled.sum(axis=1) / number
    lower, upper = rule.cuts
    ranks = np.select([share >= 1 - ROUNDING, share <= ROUNDING, share >= upper - ROUNDING,
                       share <= lower + ROUNDING], [4, 0, 3, 1], default=2)
    essential = [i for i, limb in enumerate(one.limbs) if limb.essential]
    if rule.essential and essential:
        low = (unread[:, essential] | (shares[:, essential] <= lower + ROUNDING)).any(axis=1)
        ranks = np.where(low & (ranks > 2), 2, ranks)
    return np.where(tested, ranks, UNTESTED)
