"""Notes under charts that name years, months or states: each must follow the data."""

import pandas as pd
import pytest

from argument.alliance import charts as alliance
from argument.alliance import series as alliance_series
from argument.lifelines import charts as lifelines
from argument.message import charts as message
from argument.tests import charts as tests
from argument.thaad import charts as thaad
from argument.trade import charts as trade
from report import charts
from report.data.package import altered


def test_months_of_a_part_year_are_those_of_its_rows():
    """A bar said to run to November whose row ends in October."""
    assert "2024 China January to November" in lifelines._parts(lifelines._product_bars())
    assert lifelines._months(("2020-01-01", "2020-12-31")) == lifelines.WHOLE
    assert lifelines._months(("2024-01-01", "2024-01-31")) == "January"
    assert lifelines._months(("2024-01-01", "2024-10-31")) == "January to October"


def test_a_bar_ends_with_the_data_where_no_treaty_carries_it_on():
    """Cuba named for a bar that goes on, or a treaty that ended passed over."""
    spells = charts.plain(alliance_series.pact_spells())
    assert alliance._cut_off(spells) == (
        "; the bar of Cuba ends with the data; China and Soviet Union: counted from the data's first year on")
    without = spells[(spells["basis"] == alliance.RECORDED) | (spells["pact"] != "North Korea and China")]
    assert "the bar of China ends" in alliance._cut_off(without)


def test_a_series_that_covers_the_years_asked_is_not_called_short():
    """A note on years that were asked of an earlier edition: with two years less the visits cover all."""
    assert message._short_series() == "visits: 2013–2015 against 2002–2011; entries: 2013 against 2011"
    with altered("limb_settings#C03|indicator|recent_last", "value", "2015"):
        assert message._short_series() == "entries: 2013 against 2011"


def test_years_unread_are_those_that_the_series_lacks():
    """A year named that has been read since, or a new hole passed over."""
    assert trade._unread(pd.Index([2012, 2013, 2015])) == "2014"
    assert trade._unread(pd.Index([2012, 2013])) == "no year"


def test_indicators_without_a_vote_are_named_as_they_are():
    """An indicator that votes called too restless to tell."""
    shown = tests._moves_shown()[0]
    assert tests._restless(shown).split(", ") == ["arms control", "nuclear weapons", "trade", "visits", "aid"]


def test_a_month_known_in_part_is_named():
    """December called a floor when another month is one as well."""
    with altered("thaad/concert_permits#2016-11", "note", "a floor"):
        assert "November 2016, December 2016" in thaad.permits().meta["note"]


def test_a_withdrawn_figure_is_called_so_while_it_is():
    """A figure that is said to have been withdrawn after the table has it back."""
    assert "withdrew it" in lifelines.crude().meta["alt"]
    with altered("lifelines/cia_oil_imports#2016|crude imports", "note", ""), pytest.raises(
            charts.FindingError, match="later withdrawn"):
        lifelines.crude()
