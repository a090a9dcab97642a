"""Words that a setting decides: each must follow the setting, where it was once typed beside it."""

from dataclasses import replace

import pytest

from argument.alliance.series import war_dead
from argument.tests import series
from argument.tests.c27_food_aid import choice
from argument.words import spelled, years_told
from report.book import altered, reading_at
from report.data.sources import sources
from report.rule import ReadingError

BOND, FORECAST = "limb_settings#C26|unmoved|", "limb_settings#C39|tension|"
AID, ARMS = "limb_settings#C27|china-kept|", "limb_settings#C10|dependence|"
OIL = "limb_settings#C16|share|"

SPOKEN = [
    (BOND + "width", "1", "c26-all-now", "One year from each test on against the one before"),
    (BOND + "within", "6", "c26-council-votes-then", "a year within six months of a test"),
    (BOND + "within", "18", "c26-un-listings-now", "a year within 18 months of a test"),
    (BOND + "within", "1", "c26-other-acts-now", "a year within one month of a test"),
    (FORECAST + "before_first", "2012", "c39-missiles-now", "in the five years before"),
    (FORECAST + "before_first", "2016", "c39-missiles-now", "in the one year before"),
    (FORECAST + "before_last", "2015", "c39-resolutions-now", "in the three years before"),
    (AID + "before_first", "2006", "c27-china-then", "INTERFAIS, 2009 against 2006-08"),
    (AID + "before_first", "2005", "c27-china-then", "INTERFAIS, 2009-11 against 2005-08;"),
    (AID + "test", "2008", "c27-china-then", "INTERFAIS, 2008-11 against 2007-08"),
    (AID + "after_last", "2010", "c27-china-then", "INTERFAIS, 2009-10 against 2007-08"),
    (AID + "test", "2007", "c27-china-then", "Congressional Research Service, 2007 against 2006"),
    (FORECAST + "after_last", "2019", "c39-missiles-later-now", "Missiles launched, 2020 to 2022"),
    (OIL + "reported", "2019", "c10-oil-reported-now", "as reported to the UN, 2019"),
    (OIL + "reported", "2019", "c11-energy-reported-now", "as reported to the United Nations, 2019"),
    (OIL + "reported", "2021", "c16-reported-now", "reported to the United Nations in 2021, with"),
    (OIL + "crude_recorded", "2002; 2001", "c10-products-then", "Recorded crude alone, 2002"),
    (OIL + "crude_recorded", "2002; 2001", "c11-energy-products-then", "Recorded crude alone, 2002"),
    (OIL + "crude_recorded", "2002; 2001", "c16-products-then", "alone, 2001; Crude with"),
    (ARMS + "arms_window", "15", "c10-arms-then", "Major arms, 15 years to 2016"),
    (ARMS + "arms_window", "11", "c10-arms-then", "Major arms, eleven years to 2016"),
]


def _words(id: str) -> str:
    """Return all that a reading says in words: its label, its note and the labels of its variants."""
    one = reading_at(id)
    return f"{one.label}; {one.note}; {'; '.join(v.label for v in getattr(one, 'variants', ()))};"


@pytest.mark.parametrize(("setting", "value", "reading", "said"), SPOKEN)
def test_a_reading_says_the_years_that_its_setting_names(setting, value, reading, said):
    """A window still called two years, four years or 2007-08 when its setting is another."""
    assert said not in _words(reading)
    with altered(setting, "value", value):
        assert said in _words(reading)


def test_old_series_do_not_speak_of_the_present():
    """A series over by 2015 that would speak of today, where now means today: one error says so."""
    with (altered("claims#C26", "now_means", "present"),
          pytest.raises(ReadingError, match="c26-visits-now: the period ends 2015")):
        reading_at("c26-all-now")


def test_the_largest_explosion_is_held_against_the_years_of_the_setting():
    """A yield beside "the four years before" when the setting names six."""
    with altered(FORECAST + "before_first", "value", "2011"):
        assert "in the six years before" in _words("c39-yield-norsar-now")


def test_who_counted_the_dead_and_where_stand_in_the_table():
    """A counter named, or put in China or abroad, by the code and not by the row."""
    row = "alliance/korean_war#China|battle deaths|cow"
    with altered(row, "counter", "A list, of somebody"), altered(row, "counted_in", "China"):
        assert reading_at("c07-cow-then").label.startswith("A list, of somebody: 422")
        counted = war_dead().loc[row]
        assert counted["short"] == "A list" and counted["made_in_china"]


@pytest.mark.parametrize("id", ["c26-un-listings-now", "c30-un-listings-now"])
def test_a_note_on_the_list_says_the_year_of_its_source(id, monkeypatch):
    """A list called that of 2024 when a later one has been read: its source alone dates it."""
    listed = sources()["un_1718_list_2024"]
    later = {**sources(), "un_1718_list_2024": replace(listed, date="2026-05-01")}
    monkeypatch.setattr(series, "sources", lambda: later)
    with altered("tests/un_listings#KPe.001", "name", "another spelling"):  # so that it is computed again
        assert "2026" in reading_at(id).note and "2024" not in reading_at(id).note


def test_a_choice_of_years_names_those_of_the_settings():
    """An option called 2010-11 against 2007-08 whose share is of other years."""
    assert choice()["Count and years"]["two-years"] == "INTERFAIS, 2010-11 against 2007-08"
    with altered(AID + "before_first", "value", "2006"), altered(AID + "after_last", "value", "2010"):
        known = choice()["Count and years"]
        assert known["two-years"] == "INTERFAIS, 2010 against 2006-08"
        assert known["crs"] == "Congressional Research Service, 2009 against 2006-08"


def test_numbers_and_spans_are_told_as_a_sentence_has_them():
    """A number beyond the words it has, or a span over the turn of a century cut short."""
    assert [spelled(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [years_told(y) for y in ((2009,), range(2007, 2009), range(1999, 2002))] \
        == ["2009", "2007-08", "1999-2001"]
