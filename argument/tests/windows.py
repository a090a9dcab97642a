"""Windows around the nuclear tests, and what the same windows do around years without a test.

A level before a test is set against the level after it; the moves are pooled over the tests and set against the moves
of years that no test touches. Dealing the label "test" to as many years in every possible way gives the interval that
chance leaves open. Windows overlap and years hang together, so it is rough, and rather too narrow than too wide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import exp, log

import numpy as np
import pandas as pd

from report.data.package import load

WIDTH = 2  # sessions or years on either side of a test
CERTAINTY = 95
FEWEST_TESTS = 2  # one window is not pooled
QUIET_A_TEST = 2  # with fewer years without a test than this for each, the ways to deal the label are too few
# The tolerances of the report: five points for a share, a tenth for an amount.
SMALLEST_SHARE = -5.0
SMALLEST_AMOUNT = 100 * log(0.9)
MIDYEAR = 6
DAYS_A_YEAR = 365.25


def share_alike(window: pd.DataFrame) -> float:
    """Return the share of votes cast alike over a window, in percent."""
    return 100 * window["same"].sum() / window["votes"].sum()


def amount(window: pd.DataFrame) -> float:
    """Return a hundred times the logarithm of a window's mean, so that moves are close to percent."""
    return 100 * log(window["value"].mean())


def as_percent(move: float) -> float:
    """Return a move of ``amount`` as percent change."""
    return 100 * (exp(move / 100) - 1)


def test_sessions() -> list[int]:
    """Return the years in which the first session after each test began; two tests may share one."""
    return sorted({d.year for d in load("tests/nuclear_tests")["date"]})


def test_years() -> list[int]:
    """Return, for each test, the first calendar year of which the greater part lies after it."""
    return sorted({d.year if d.month <= MIDYEAR else d.year + 1 for d in load("tests/nuclear_tests")["date"]})


def moves(series: pd.DataFrame, level: Callable, width: int = WIDTH) -> pd.Series:
    """Return the move at each year of a frame indexed by year: its level from that year on, less the level before.

    At the end of the series the window after is as long as the series allows, so that the last test counts.
    """
    last, years = series.index.max(), set(series.index)

    @cache
    def level_from(start: int) -> float | None:
        window = list(range(start, min(start + width, last + 1)))
        return level(series.loc[window]) if window and years.issuperset(window) else None

    steps = {int(y): (level_from(y - width), level_from(y)) for y in series.index}
    return pd.Series({y: after - before for y, (before, after) in steps.items() if None not in (before, after)}, dtype=float)


def quiet(years: pd.Index, tests: list[int], width: int = WIDTH) -> list[int]:
    """Return the years whose windows hold no test between their first and last year."""
    return [y for y in years if not any(abs(y - t) < width for t in tests)]


@dataclass(frozen=True)
class Pooled:
    """Moves at the tests against moves of quiet years; ``low`` and ``high`` bound what chance leaves open."""

    at_tests: pd.Series
    at_quiet: pd.Series
    effect: float
    low: float
    high: float

    def moved_away(self, smallest: float) -> bool | None:
        """Say whether the tests moved it away by more than quiet years move it; None where that cannot be told.

        It cannot be told where the interval holds both no effect and the smallest effect that would matter.
        """
        if self.high < 0:
            return True
        return False if self.low > smallest else None


def pooled(series: pd.DataFrame, level: Callable, tests: list[int], width: int = WIDTH) -> Pooled | None:
    """Return the pooled moves of a frame indexed by year, or None where there are too few quiet years."""
    every = moves(series, level, width)
    at_tests = every[[t for t in tests if t in every.index]]
    at_quiet = every[quiet(every.index, tests, width)]
    if len(at_tests) < FEWEST_TESTS or len(at_quiet) < QUIET_A_TEST * len(at_tests):
        return None
    effect, tail = at_tests.mean() - at_quiet.mean(), (100 - CERTAINTY) / 2
    low, high = np.percentile(_dealt(at_tests, at_quiet), [tail, 100 - tail])
    return Pooled(at_tests, at_quiet, float(effect), float(effect - high), float(effect - low))


def _dealt(at_tests: pd.Series, at_quiet: pd.Series) -> np.ndarray:
    """Return the effect for every way to deal the label "test" among all moves."""
    every, tests = np.concatenate([at_tests, at_quiet]), len(at_tests)
    sums = np.array([sum(c) for c in combinations(every, tests)])
    return sums / tests - (every.sum() - sums) / (len(every) - tests)


def after_tests(days: pd.Series, tests: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
    """Return, for days of acts, their number a year within twelve months of a test and at all other times."""
    calendar = pd.date_range(start, end)
    near = pd.Series(False, index=calendar)
    for test in tests:
        near[(calendar >= test) & (calendar <= test + pd.DateOffset(years=1))] = True
    acts = days[(days >= start) & (days <= end)].map(near)
    years_after, years_otherwise = near.sum() / DAYS_A_YEAR, (~near).sum() / DAYS_A_YEAR
    return pd.Series({"after": acts.sum() / years_after, "otherwise": (~acts).sum() / years_otherwise})
