"""Readings, one module a chapter: tables in, readings out. This package knows which claim is read where."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import lru_cache

from report.claims import Indicator, Reading, ReadingError, Verdict, VANTAGES, check_readings, claim, claims, verdict_of


@lru_cache(maxsize=1)
def registry() -> dict[str, Callable[[], list[Reading | Indicator]]]:
    """Return the function that reads each treated claim, from the ``CLAIMS`` of this package's modules."""
    found: dict[str, Callable] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        for id, function in getattr(importlib.import_module(f"{__name__}.{module}"), "CLAIMS", {}).items():
            if id in found:
                raise ReadingError(f"report/readings/{module}.py: {id} is read already by {found[id].__module__}; keep one")
            claim(id)
            found[id] = function
    return found


@lru_cache(maxsize=None)
def _evidence(id: str) -> tuple[Reading | Indicator, ...]:
    return tuple(registry()[id]()) if id in registry() else ()


def treated(id: str) -> bool:
    """Say whether the book treats the claim yet."""
    return claim(id).id in registry()


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
