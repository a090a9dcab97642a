"""Windows around the nuclear tests, and what the same windows do around years without a test.

A level before a test is set against the level after it; the moves are pooled over the tests and set against
the moves of years that no test touches. Dealing the label "test" to as many years in every possible way gives
the interval that chance leaves open. Windows overlap and years hang together, so it is rough, and rather too
narrow than too wide.

A series is a frame by year with columns of measures; a move names the rows of its two windows, and a pooled
effect those of all windows in the sample. How wide a window is and what counts as a move stands in
data/limb_settings.csv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from math import exp, log

import numpy as np
import pandas as pd

from report.data.package import load
from report.rule import limb
from report.trace import Measure, mean, percent_of, total

LIMB = "C26.unmoved"
DAYS_A_YEAR = 365.25


def setting(name: str) -> int:
    """Return a setting of the criterion as a whole number."""
    return limb(LIMB).whole(name)


# Levels, moves, and the scales on which they are told -------------------------------------------------------

def share_alike(window: pd.DataFrame) -> Measure:
    """Return the share of votes cast alike over a window, in percent."""
    return percent_of(total(window["same"]), total(window["votes"])).given(unit="points")


def mean_value(window: pd.DataFrame) -> Measure:
    """Return the mean of a window's values."""
    return mean(window["value"])


def amount(window: pd.DataFrame) -> Measure:
    """Return a hundred times the logarithm of a window's mean, so that moves are close to percent."""
    level = mean(window["value"])
    return Measure(100 * log(level.number), "log percent", level.period, level.rows)


def as_percent(move: float) -> float:
    """Return a move of ``amount`` as percent change."""
    return 100 * (exp(move / 100) - 1)


def test_sessions() -> list[int]:
    """Return the years in which the first session after each test began; two tests may share one."""
    return sorted({d.year for d in load("tests/nuclear_tests")["date"]})


def test_years() -> list[int]:
    """Return, for each test, the first calendar year of which the greater part lies after it."""
    midyear = setting("midyear")
    return sorted({d.year if d.month <= midyear else d.year + 1 for d in load("tests/nuclear_tests")["date"]})


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How a series is levelled over a window, which years the tests mark, how a move is judged and told."""

    unit: str
    level: Callable[[pd.DataFrame], Measure]
    marked: Callable[[], list[int]]
    smallest: float
    told: Callable[[float], float] = float

    def shown(self, move: Measure) -> Measure:
        """Return a move as readers see it, in the unit of the scale."""
        return Measure(self.told(move.number), self.unit, move.period, move.rows)


def votes_alike() -> Scale:
    """Return the scale of shares of votes cast alike, by the session."""
    return Scale(unit="points", level=share_alike, marked=test_sessions, smallest=-setting("smallest_share"))


def amounts() -> Scale:
    """Return the scale of amounts by the calendar year, whose moves are told in percent."""
    return Scale(unit="percent change", level=amount, marked=test_years, told=as_percent,
                 smallest=100 * log(1 - setting("smallest_amount") / 100))


def moves(series: pd.DataFrame, level: Callable[[pd.DataFrame], Measure],
          width: int | None = None) -> pd.Series:
    """Return the move at each year of a frame by year: its level from that year on, less the level before.

    At the end of the series the window after is as long as the series allows, so that the last test counts.
    """
    last, years, width = series.index.max(), set(series.index), width or setting("width")

    @cache
    def level_from(start: int) -> Measure | None:
        window = list(range(start, min(start + width, last + 1)))
        return level(series.loc[window]) if window and years.issuperset(window) else None

    sides = {int(year): (level_from(year - width), level_from(year)) for year in series.index}
    return pd.Series({year: after - before for year, (before, after) in sides.items()
                      if before is not None and after is not None}, dtype=object)


def quiet(years: pd.Index, tests: list[int], width: int | None = None) -> list[int]:
    """Return the years whose windows hold no test between their first and last year."""
    reach = width or setting("width")
    return [year for year in years if not any(abs(year - test) < reach for test in tests)]


# Moves at the tests against those of quiet years ------------------------------------------------------------

@dataclass(frozen=True)
class Pooled:
    """Moves at the tests against moves of quiet years; ``low`` and ``high`` bound what chance leaves open."""

    at_tests: pd.Series
    at_quiet: pd.Series
    effect: Measure
    low: float
    high: float
    dealt: np.ndarray  # the effect for every way to deal the label "test"
    tail: float  # percent that chance leaves on either side

    def chance_to_see(self, move: float) -> float:
        """Return in how many percent of deals a true move of this size away would have passed chance."""
        return float(100 * (self.dealt + move < np.percentile(self.dealt, self.tail)).mean())

    def smallest_seen(self) -> float:
        """Return the smallest move away that would have passed chance in ``power`` percent of deals."""
        return float(np.percentile(self.dealt, self.tail) - np.percentile(self.dealt, setting("power")))

    def moved_away(self, smallest: float) -> bool | None:
        """Say whether the tests moved it away by more than quiet years do; None where that cannot be told.

        It cannot be told where the interval holds both no effect and the smallest effect that would matter.
        """
        if self.high < 0:
            return True
        return False if self.low > smallest else None


def pooled(series: pd.DataFrame, level: Callable[[pd.DataFrame], Measure], tests: list[int],
           width: int | None = None) -> Pooled | None:
    """Return the pooled moves of a frame indexed by year, or None where there are too few quiet years."""
    every = moves(series, level, width)
    at_tests = every[[test for test in tests if test in every.index]]
    at_quiet = every[quiet(every.index, tests, width)]
    if len(at_tests) < setting("fewest_tests") or len(at_quiet) < setting("quiet_a_test") * len(at_tests):
        return None
    effect, tail = mean(at_tests) - mean(at_quiet), (100 - setting("certainty")) / 2
    dealt = effects_of_every_deal(at_tests.astype(float), at_quiet.astype(float))
    low, high = np.percentile(dealt, [tail, 100 - tail])
    return Pooled(at_tests, at_quiet, effect, float(effect.value - high), float(effect.value - low), dealt,
                  tail)


def effects_of_every_deal(at_tests: pd.Series, at_quiet: pd.Series) -> np.ndarray:
    """Return the effect for every way to deal the label "test" among all moves, in plain numbers."""
    every, tests = np.concatenate([at_tests, at_quiet]), len(at_tests)
    sums = every[deals(len(every), tests)].sum(axis=1)
    return sums / tests - (every.sum() - sums) / (len(every) - tests)


@cache
def deals(moves: int, tests: int) -> np.ndarray:
    """Return every way to choose the moves at the tests among all moves: a row a deal, of their places."""
    places = chain.from_iterable(combinations(range(moves), tests))
    return np.fromiter(places, dtype=np.intp).reshape(-1, tests)


# Days of acts -----------------------------------------------------------------------------------------------

def rates_after_tests(days: pd.Series, tests: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
    """Return the acts a year soon after a test ("after") and at other times, for days by their rows."""
    calendar = pd.date_range(start, end)
    near = pd.Series(False, index=calendar)
    for test in tests:
        near[(calendar >= test) & (calendar <= test + pd.DateOffset(months=setting("within")))] = True
    acts = days[(days >= start) & (days <= end)].map(near)
    rates = {"after": acts.sum() / (near.sum() / DAYS_A_YEAR),
             "otherwise": (~acts).sum() / ((~near).sum() / DAYS_A_YEAR)}
    period = f"{start:%Y-%m-%d}", f"{days.max():%Y-%m-%d}"
    return pd.Series({when: Measure(rate, "a year", period, tuple(days.index))
                      for when, rate in rates.items()})
