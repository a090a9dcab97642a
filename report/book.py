"""The book in hand: its claims with the readings that the article's own package makes of its tables."""

from __future__ import annotations

import importlib
from functools import lru_cache

from report.rule.model import VANTAGES, Indicator, Reading, Verdict, check_readings, claim, claims, verdict_of


@lru_cache(maxsize=None)
def _evidence(id: str) -> tuple[Reading | Indicator, ...]:
    readings_of = importlib.import_module(f"argument.{claim(id).chapter}.readings")
    function = getattr(readings_of, id.lower(), None)
    return tuple(function()) if function else ()


def treated(id: str) -> bool:
    """Say whether the book treats the claim yet."""
    return bool(_evidence(claim(id).id))


def readings(id: str) -> list[Reading]:
    """Return the readings of a claim, checked: ids unique, one vote an origin and definition."""
    return check_readings(r for r in _evidence(claim(id).id) if isinstance(r, Reading))


def indicators(id: str) -> list[Indicator]:
    """Return the indicators of a claim: measurements without a vote."""
    return [r for r in _evidence(claim(id).id) if isinstance(r, Indicator)]


def verdicts(id: str) -> dict[str, Verdict]:
    """Return a claim's verdicts *then* and *now*."""
    return {v: verdict_of(claim(id), readings(id), v) for v in VANTAGES}


def all_readings() -> list[Reading]:
    """Return the readings of all claims, in the order of the article."""
    return [r for id in claims() for r in readings(id)]
