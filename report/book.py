"""The book in hand: its tables, its claims, and the readings that the article's own evidence makes of them.

The one object behind it is the data package in hand, which also keeps whatever was computed from its tables
(``report.data.package.remembered``). ``altered`` puts a package in hand in which one datum has another value;
every reading, verdict and number follows, and the book as released is in hand again afterwards.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from report.article import article, project
from report.data.origins import origin, voices
from report.data import needs
from report.data.imported import rest_on
from report.data.package import altered, answering, package, remembered
from report.data.sources import sources
from report.rule import (BOOK_RULE, VANTAGES, Firmness, Indicator, Kind, Reading, ReadingError, Rule, Verdict,
                         check_readings, claim, claims, verdict_of)
from report.trace import Measure


class NumberError(ValueError):
    """A number of the prose that its chapter does not name; the message says which
    and lists what is known.
    """


def room(chapter: str, name: str) -> ModuleType | None:
    """Return a room of a chapter's evidence (``readings``, ``charts``, ``numbers``),
    or None where it has none.
    """
    module = f"{article().argument}.{chapter}.{name}"
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        # and not a misspelt one that it imports
        if error.name and f"{module}.".startswith(f"{error.name}."):
            return None
        raise
    if not _is_within(str(found.__file__), project()):
        raise ReadingError(f"{module} is not in this project, and was found at {found.__file__}; restore it, "
                           "or set up an environment of this folder's own")
    return found


@cache
def _is_within(file: str, folder: Path) -> bool:
    return Path(file).resolve().is_relative_to(folder.resolve())


def chapters_with(name: str) -> list[str]:
    """Return the chapters whose evidence has a room of a name, in the order of the alphabet."""
    return sorted(path.parent.name for path in (project() / article().argument).glob(f"*/{name}.py"))


@answering("evidence")
def _evidence(id: str) -> tuple[Reading | Indicator, ...]:
    chapter = claim(id).chapter
    rest_on(f"{article().argument}.{chapter}.readings")
    function: Callable | None = getattr(room(chapter, "readings"), id.lower(), None)
    if function is None:
        return ()
    told, found = f"{article().argument}/{chapter}/readings.py: {id.lower()}()", function()
    if not isinstance(found, Iterable):
        raise ReadingError(f"{told} returns {found!r}; return a list of readings")
    for one in (found := tuple(found)):
        if not isinstance(one, Reading | Indicator):
            raise ReadingError(f"{told} has a {type(one).__name__} among its readings; return readings and "
                               "indicators alone, and those of a list one by one, as *both(...)")
    return found


def treated(id: str) -> bool:
    """Say whether the book treats the claim: whether its chapter has a function of its
    name among its readings.
    """
    found = hasattr(room(claim(id).chapter, "readings"), id.lower())
    needs.note(f"treated {id}", str(found))
    return found


@remembered
def readings(id: str) -> list[Reading]:
    """Return the readings of a claim, checked: ids unique, one vote an origin and definition."""
    return check_readings(r for r in _evidence(claim(id).id) if isinstance(r, Reading))


def indicators(id: str) -> list[Indicator]:
    """Return the indicators of a claim: measurements without a vote."""
    return [r for r in _evidence(claim(id).id) if isinstance(r, Indicator)]


def book_rule() -> Rule:
    """Return the rule as this edition applies it: *now* is the day on which it was written."""
    return replace(BOOK_RULE, as_of=package().as_of)


@remembered
def verdicts(id: str) -> dict[str, Verdict]:
    """Return a claim's verdicts *then* and *now*."""
    return {v: verdict_of(claim(id), readings(id), v, book_rule()) for v in VANTAGES}


def firmness(id: str, vantage: str) -> Firmness:
    """Return how firm a claim's word is at a vantage; raise ReadingError where it has none."""
    found = verdicts(id)[vantage].firmness
    if found is None:
        raise ReadingError(f"{id} has no reading {vantage}, so that its word is neither firm nor shaky")
    return found


def by_voice(found: Verdict) -> dict[str, tuple[int, int]]:
    """Return for a claim about a motive how many readings are met, and how many there are, by whose voice."""
    if claim(found.claim).kind is not Kind.MOTIVE:
        return {}
    counts: dict[str, tuple[int, int]] = dict.fromkeys(voices(), (0, 0))
    for r in (r for r in readings(found.claim) if r.vantage == found.vantage):
        met, asked = counts[origin(r.origin).voice]
        counts[origin(r.origin).voice] = met + r.met, asked + 1
    return counts


def all_readings() -> list[Reading]:
    """Return the readings of all claims, in the order of the article."""
    return [r for id in claims() for r in readings(id)]


def reading_at(id: str) -> Reading | Indicator:
    """Return a reading or indicator by its id; raise NumberError for an unknown one."""
    claim_id = id.split("-")[0].upper()
    known = {r.id: r for r in _evidence(claim(claim_id).id)}
    if id not in known:
        raise NumberError(f"{claim_id} has no reading {id!r}; known are {', '.join(known)}")
    return known[id]


@answering("numbers")
def numbers(chapter: str) -> Mapping[str, Measure | str]:
    """Return the numbers that a chapter's prose quotes, by the keys it quotes them by."""
    rest_on(f"{article().argument}.{chapter}.numbers")
    if (made := room(chapter, "numbers")) is None:
        return {}
    if not isinstance(found := made.numbers(), Mapping):
        raise NumberError(f"{article().argument}/{chapter}/numbers.py: numbers() returns {found!r}; return a "
                          "dictionary of numbers by their names")
    return dict(found)


# Answers, asked for again -----------------------------------------------------------------------------------

def _made(name: str) -> Any:
    path, *argument = name.split(" ", 1)
    module, _, function = path.rpartition(".")
    return getattr(importlib.import_module(module), function)(*argument)


# by kind, in an order in which none rests on one that comes later
ANSWERED: dict[str, Callable[[str], Any]] = {"evidence": _evidence, "made": _made, "numbers": numbers,
                                             "shown": _made}


def answer_now(what: str) -> str:
    """Return the digest of what is now answered to a question of a kind in ``ANSWERED``; nothing where there
    is no answer, which whoever asked will say, or where what was one is none any more.
    """
    kind, _, name = what.partition(" ")
    try:
        with needs.watched() as needed:
            ANSWERED[kind](name)
    except Exception:
        return ""
    return needed.told.get(what, "")


# What can be asked for by name ------------------------------------------------------------------------------

def unknown(kind: str, name: str) -> str | None:
    """Return what is wrong with the name of a claim, reading, table or source, and the fix, or None."""
    try:
        if kind == "claim":
            claim(name)
        elif kind == "reading":
            reading_at(name)
    except (NumberError, ReadingError) as error:
        return str(error)
    if kind == "source" and name not in sources():
        return f"citation {name!r} is not in data/sources.bib; add it there or correct the id"
    if kind == "table" and name not in package().tables:
        return f"no table {name!r} is described in data/; correct the name"
    return None


def number(chapter: str, key: str) -> Measure | str:
    """Return one number of a chapter's prose; raise NumberError for an unknown key."""
    known = numbers(chapter)
    if key not in known:
        raise NumberError(f"chapter {chapter} names no number {key!r}; add it to numbers() of its evidence, "
                          f"or correct the key (known are {', '.join(sorted(known))})")
    return known[key]


__all__ = [
    "NumberError",
    "all_readings",
    "altered",
    "indicators",
    "number",
    "numbers",
    "reading_at",
    "readings",
    "room",
    "treated",
    "unknown",
    "verdicts",
]
