"""The windows around the tests, on series with a known answer and on the published shares."""

import pandas as pd
import pytest

from argument.tests import series
from argument.tests.windows import (amount, mean_value, moves, pooled, rates_after_tests, share_alike,
                                    votes_alike)
from argument.tests.windows import test_sessions as sessions_of_tests
from argument.tests.windows import test_years as years_of_tests
from report.trace import Measure


def _measured(values: pd.Series, unit: str) -> pd.Series:
    made = [Measure(value, unit, None, (f"made-up#{year}",)) for year, value in values.items()]
    return pd.Series(made, index=values.index)


def _votes(fall: float, noise: float) -> pd.DataFrame:
    """Return made-up votes of 1991 to 2019 that fall at each test and wiggle from year to year."""
    years = range(1991, 2020)
    level = pd.Series(90.0, index=years)
    for test in sessions_of_tests():
        level.loc[test:] -= fall
    wiggle = [noise * ((7 * y) % 5 - 2) for y in years]
    return pd.DataFrame({"votes": _measured(pd.Series(1000, index=years), "votes"),
                         "same": _measured((10 * (level + wiggle)).round(), "votes")})


@pytest.mark.parametrize("fall, noise, moved", [(8, 0.5, True), (0, 0.5, False), (3, 12, None)])
def test_windows_tell_a_fall_from_none_and_from_noise(fall, noise, moved):
    """Catches a rule that calls noise a finding, or misses a plain fall at the tests."""
    found = pooled(_votes(fall, noise), share_alike, sessions_of_tests())
    assert found.moved_away(votes_alike().smallest) is moved


def test_years_that_the_tests_mark():
    """Catches a test placed in a year that it hardly touched: that of October 2006 marks 2007."""
    assert sessions_of_tests() == [2006, 2009, 2013, 2016, 2017]
    assert years_of_tests() == [2007, 2009, 2013, 2016, 2017, 2018]


def test_no_interval_from_one_window_or_few_quiet_years():
    """Catches a verdict from a single test or from a handful of other years."""
    def flat(first: int) -> pd.DataFrame:
        return pd.DataFrame({"value": _measured(pd.Series(1.0, index=range(first, 2017)), "tonnes")})

    assert pooled(flat(2010), amount, years_of_tests()) is None
    assert pooled(flat(1980), amount, years_of_tests()) is not None


def test_a_move_names_both_windows():
    """Catches a move that forgets the level it is set against: two years before, two from the test on."""
    move = moves(_votes(8, 0), share_alike)[2009]
    assert sorted(move.rows) == [f"made-up#{year}" for year in range(2007, 2011)] and move.unit == "points"
    assert move == pytest.approx(-8)


def test_published_agreement_before_and_after_each_test():
    """Catches a wrong session: gathered from the published shares, two sessions on either side."""
    found = moves(series.published_agreement(), mean_value)
    gathered = {2006: (0.952, 0.905), 2009: (0.915, 0.876), 2013: (0.822, 0.810), 2016: (0.852, 0.865),
                2017: (0.857, 0.854)}
    for session, (before, after) in gathered.items():
        assert found[session].value == pytest.approx(100 * (after - before), abs=0.1)


def test_acts_count_after_a_test_for_a_year():
    """Catches an act a day too late that still counts, or a day that is counted on both sides."""
    days = pd.Series(pd.to_datetime(["2010-06-01", "2011-06-01", "2011-06-02"]),
                     index=["acts#1", "acts#2", "acts#3"])
    rates = rates_after_tests(days, pd.Series(pd.to_datetime(["2010-06-01"])), pd.Timestamp("2009-01-01"),
                              pd.Timestamp("2013-01-01"))
    assert rates["after"].value == pytest.approx(2 / (366 / 365.25)) and rates["otherwise"] == pytest.approx(
        1 / ((1462 - 366) / 365.25))
    assert rates["after"].rows == ("acts#1", "acts#2", "acts#3")
