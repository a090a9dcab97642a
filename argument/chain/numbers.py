"""The numbers of the page on the chain: how much hangs on what, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable

from argument.chain import series
from report.prose import enumerated
from report.rule import VANTAGES, Kind, Side, Vantage, claims
from report.rule.links import LinkKind, falls_with, links
from report.trace import Measure


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    found = {**_loads(), **_needs(), **_borne()}
    return {f"chain-{key}": one for key, one in found.items()}


def _loads() -> dict[str, Measure]:
    """Return how many claims carry something, how many nothing, and what kinds of claims these are."""
    every, carrying = list(claims()), series.carrying()
    free = [id for id in every if id not in carrying]
    figures = [id for id, one in claims().items() if one.kind is Kind.FIGURE]
    held = [id for id in every if _side(id, Vantage.THEN) is Side.SUPPORT]
    most = [id for id in carrying if len(falls_with(id)) == len(falls_with(carrying[0]))]
    return {"claims": _count(every), "links": Measure(len(links()), "links", None, _rows(links())),
            "carrying": _count(carrying), "free": _count(free), "figures": _count(figures),
            "figures-carrying": _told(len(set(figures) & set(carrying)), figures),
            "held": _count(held), "held-free": _count([id for id in held if id in free], held),
            "most": _listed(most), "most-load": series.load_of(most[0])}


def _needs() -> dict[str, Measure]:
    """Return the claims that the conclusion cannot do without, and how they stand."""
    needed = series.grounds()
    found = {"needed": _listed(needed), "needed-count": _count(needed)}
    for v in VANTAGES:
        held = [id for id in needed if _side(id, v) is Side.SUPPORT]
        failed = [id for id in needed if _side(id, v) is Side.CONTRADICTION]
        mixed = [id for id in needed if _side(id, v) is Side.MIXED]
        found |= {f"needed-held-{v}": _count(held, needed), f"needed-failed-{v}": _told(len(failed), needed),
                  f"needed-mixed-{v}": _listed(mixed, needed)}
    return found


def _borne() -> dict[str, Measure]:
    """Return how many links start from a claim that is borne out, of those whose claim has a verdict."""
    found: dict[str, Measure] = {}
    for v in VANTAGES:
        held, read = series.borne_out(v)
        found |= {f"borne-{v}": Measure(len(held), "links", None, tuple(read)),
                  f"read-{v}": Measure(len(read), "links", None, tuple(read))}
    without = [one for one in links() if not one.connective]
    strained = [one for one in links() if one.kind is LinkKind.STRAINS]
    return found | {"unsaid": Measure(len(without), "links", None, _rows(links())),
                    "strains": Measure(len(strained), "links", None, _rows(links()))}


def _side(id: str, vantage: Vantage) -> Side | None:
    found = series.word(id, vantage)
    return found.side if found else None


def _rows(of: Iterable) -> tuple[str, ...]:
    return tuple(one.row for one in of)


def _count(ids: list[str], among: list[str] | None = None) -> Measure:
    """Return how many claims there are, resting on them, or on those among which they were counted."""
    return Measure(len(ids), "claims", None, tuple(map(series.row_of, among or ids)))


def _told(number: int, among: list[str]) -> Measure:
    """Return a number with none as a word."""
    return Measure(str(number) if number else "none", None, None, tuple(map(series.row_of, among)))


def _listed(ids: list[str], among: list[str] | None = None) -> Measure:
    """Return the ids of claims as a sentence lists them."""
    return Measure(enumerated(ids) or "none", None, None, tuple(map(series.row_of, among or ids)))
