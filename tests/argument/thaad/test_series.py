"""Series of the THAAD chapter: what the charts draw."""

import pytest

from report.data.package import load, package
from argument.thaad import readings, series
from argument.thaad.event_study import effect
from report.trace import plain

def test_choices_cover_every_pair_and_only_falls_are_met():
    """Catches a missing answer, and a rise that passes for a fall."""
    options = readings.tour_ban_options()
    groups, spells = readings.choice().values()
    assert set(options) == {(g, s) for g in groups for s in spells}
    assert all(o.met for (_, s), o in options.items() if s == "order")
    assert not any(o.met for (_, s), o in options.items() if s == "then")


def test_months_mark_mers():
    """Catches the dip of 2015 drawn as if it were like any other."""
    shown = plain(series.monthly_effect()).query("group == 'all'").set_index("month")
    assert list(shown.index[shown["mers"]]) == ["2015-06", "2015-07", "2015-08"]
    assert shown.loc["2017-04", "percent_high"] < 0 < shown.loc["2016-09", "percent_high"]


def test_china_ranks_first_among_placebos():
    """Catches a ranking upside down."""
    shown = plain(series.placebos())
    assert len(shown) == 20 and shown["nationality"].iloc[0] == "China" and shown["nationality"].iloc[
        -1] == "Vietnam"


def test_counts_of_visitors_are_not_spliced_and_gaps_stay_gaps():
    """Catches a line drawn from one count to the other, or across years without a figure."""
    shown = series.annual_visitors()
    assert not shown.duplicated(["series", "year"]).any()
    for _, spell in shown.groupby("spell"):
        assert spell["series"].nunique() == 1 and (spell["year"].diff().dropna() == 1).all()


def test_views_skip_the_flagged_wave():
    """Catches the wave of 2013, in which the copy mixes up columns, or a line drawn over a gap of years."""
    shown = series.views_of_china()
    assert 2013 not in set(shown["year"])
    assert (shown.sort_values("year").groupby("spell")["year"].diff().dropna() == 1).all()


def test_missing_tourists_cost_more_than_the_package_tours_forecast():
    """Shows a change of data: 4.36 million missing tourists at 2080 dollars come to
    9.1 billion, forecast 7.3.
    """
    shown = plain(series.losses()).set_index("label")["value"]
    assert shown["missing tourists"] == pytest.approx(9.1, abs=0.1)
    assert shown["Credit Suisse, tours"] == 7.3


def test_strip_has_measures_on_both_sides_of_the_article():
    """Catches events lost to a date with only a month."""
    measures = series.chronology().query("lane == 'Chinese measures'")
    cutoff = package().cutoff.isoformat()
    assert (measures["day"] <= cutoff).sum() == 9 and (measures["day"] > cutoff).sum() >= 6


@pytest.mark.parametrize("group, size", [("all", 19), ("Asia", 12), ("long haul", 7), ("largest", 6)])
def test_groups_are_as_large_as_their_names_say(group, size):
    """Catches a label such as "all nineteen" that outlives a change of the controls."""
    assert len(effect(load(series.VISITORS), group).controls) == size
