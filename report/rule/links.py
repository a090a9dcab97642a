"""How the statements of an argument hang together: ``data/argument.csv``, with the premises and the places of
claims in them beside it.

A statement is a claim or a premise, under which claims are gathered. A link says that one supports another,
rests on it, or strains against it. What rests on a statement falls with it; what it merely supports has one
ground less. So a load is walked, never typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from report.data.package import load, refuse, remembered
from report.data.table import DataError
from report.rule.claims import claims

LINKS, PREMISES, PLACES = "argument", "argument_premises", "argument_places"
LONGEST = 15  # words of a source that are quoted


class LinkKind(StrEnum):
    """What one statement does to another."""

    SUPPORTS = "supports"
    RESTS_ON = "rests_on"
    STRAINS = "strains"


@dataclass(frozen=True)
class Premise:
    """A premise of the argument, or its conclusion, with the claims that have their place in it, each by its
    short name.
    """

    id: str
    name: str
    text: str
    claims: Mapping[str, str]
    row: str


@dataclass(frozen=True)
class Link:
    """One link: ``start`` supports, rests on or strains ``end``, by the source's ``connective`` if any."""

    start: str
    end: str
    kind: LinkKind
    connective: str
    note: str
    row: str

    @property
    def ground(self) -> str:
        """Return the statement that bears the other."""
        return self.end if self.kind is LinkKind.RESTS_ON else self.start

    @property
    def borne(self) -> str:
        """Return the statement that is borne by the other."""
        return self.start if self.kind is LinkKind.RESTS_ON else self.end


@remembered
def premises() -> dict[str, Premise]:
    """Return the premises by id; raise DataError where a claim is unknown or has no place among them."""
    known = {r["premise"]: (r, str(row)) for row, r in load(PREMISES).iterrows()}
    placed: dict[str, dict[str, str]] = {id: {} for id in known}
    for row, r in load(PLACES).iterrows():
        if r["claim"] not in claims():
            refuse(row, "claim", f"{r['claim']!r} is not in data/claims.csv; correct or add it")
        if r["premise"] not in known:
            refuse(row, "premise", f"{r['premise']!r} is not in data/{PREMISES}.csv; correct or add it")
        placed[r["premise"]][r["claim"]] = r["name"]
    if missing := set(claims()).difference(*placed.values()):
        raise DataError(f"data/{PLACES}.csv: claim {min(missing)!r} has no place; add its row")
    return {id: Premise(id, r["name"], r["paraphrase"], placed[id], row) for id, (r, row) in known.items()}


def statements() -> list[str]:
    """Return the ids of all claims, then of all premises."""
    return [*claims(), *premises()]


@remembered
def links() -> list[Link]:
    """Return the links in the order of the table.

    Raises DataError for an unknown statement or kind, for more of the source's words than are quoted, and
    for statements that bear each other in a circle.
    """
    known, found = set(statements()), []
    for row, r in load(LINKS).iterrows():
        for end in ("from", "to"):
            if r[end] not in known:
                refuse(row, end, f"{r[end]!r} is no claim of data/claims.csv and no premise of "
                                 f"data/{PREMISES}.csv; correct it or add it there")
        if r["kind"] not in list(LinkKind):
            refuse(row, "kind", f"{r['kind']!r} is not one of {', '.join(LinkKind)}; use one of these")
        words = "" if pd.isna(r["connective"]) else str(r["connective"])
        if len(words.split()) > LONGEST:
            refuse(row, "connective", f"{len(words.split())} words are quoted; quote at most {LONGEST}")
        found.append(Link(r["from"], r["to"], LinkKind(r["kind"]), words, r["note"], str(row)))
    _refuse_circles(found)
    return found


def bearing(kinds: Iterable[LinkKind], found: Iterable[Link] | None = None) -> dict[str, list[str]]:
    """Return what each statement bears by links of some kinds, at one step."""
    wanted = tuple(kinds)
    made: dict[str, list[str]] = {}
    for one in links() if found is None else found:
        if one.kind in wanted:
            made.setdefault(one.ground, []).append(one.borne)
    return made


def _refuse_circles(found: list[Link]) -> None:
    try:
        TopologicalSorter(bearing((LinkKind.SUPPORTS, LinkKind.RESTS_ON), found)).prepare()
    except CycleError as error:
        circle = " bears ".join(reversed(error.args[1]))
        raise DataError(f"data/{LINKS}.csv: {circle}, a circle in which each proves the other; turn one of "
                        "these links round or remove it") from None


def _walked(start: str, steps: Mapping[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(steps.get(waiting.pop(), ())) - reached
        reached |= new
        waiting += new
    return reached


def falls_with(id: str) -> list[str]:
    """Return the statements that cannot stand without this one, at any remove."""
    reached = _walked(id, bearing([LinkKind.RESTS_ON]))
    return [one for one in statements() if one in reached]


def needed_by(id: str) -> list[str]:
    """Return the statements without which this one cannot stand, at any remove."""
    backwards: dict[str, list[str]] = {}
    for ground, borne in bearing([LinkKind.RESTS_ON]).items():
        for one in borne:
            backwards.setdefault(one, []).append(ground)
    reached = _walked(id, backwards)
    return [one for one in statements() if one in reached]


def weakened_by(id: str) -> list[str]:
    """Return the statements that would stand without this one and all that falls with it, each with a ground
    less.
    """
    fallen = {id, *falls_with(id)}
    supported = bearing([LinkKind.SUPPORTS])
    leaning = {borne for one in fallen for borne in supported.get(one, ())} - fallen
    return [one for one in statements() if one in leaning]
