"""Series and charts on refugees: every mark with its rows, figures against what was gathered."""

import pytest

from argument.refugees import charts, series
from report.book import numbers
from report.charts.views import units, values
from report.data.package import load
from report.trace import plain

SHOWN = ("estimates_shown", "own_series", "arrivals_shown", "rates_shown", "scenarios_shown", "revisions",
         "misread", "mass_returns")


@pytest.mark.parametrize("name", SHOWN)
def test_every_row_has_a_source_and_an_address(name):
    """Catches a mark that could not name its source or lead to its row."""
    shown = plain(getattr(series, name)())
    assert len(shown) and shown["source_id"].str.len().all() and shown["row"].str.contains("#").all()


@pytest.mark.parametrize("name", ["estimates_shown", "rates_shown", "scenarios_shown", "mass_returns"])
def test_no_label_is_missing(name):
    """Catches a new reporter or forecaster without a short name."""
    assert getattr(series, name)()["label"].str.len().all()


def test_labels_tell_reporters_apart():
    """Catches a reporter under the name of the paper that carried it: Amnesty is not the US Committee."""
    labels = series.rates_shown().groupby("label")["origin"].nunique()
    assert (labels == 1).all()


def test_what_is_no_forecast_has_an_asterisk():
    """Catches a capacity or a condition shown as a forecast."""
    shown = series.scenarios_shown()
    assert (shown["label"].str.endswith("*") == (shown["kind"] != "forecast")).all()
    assert set(shown.loc[shown["kind"] != "forecast", "origin"]) == {"prc-yanji", "prc-cable", "jim_walsh"}


def test_bars_stack_to_the_total():
    """Catches a gap or an overlap between women and men in the bars."""
    drawn = [row for rows in charts.arrivals().spec["datasets"].values() for row in rows if "top" in row]
    table = load("refugees/arrivals").query("first_year >= 2002").set_index("last_year")["total"]
    tops = {year: max(row["top"] for row in drawn if row["year"] == year) for year in table.index}
    assert tops == table.to_dict()
    ends = {(row["year"], row["sex"]): row for row in drawn}
    assert all(ends[year, "men"]["bottom"] == ends[year, "women"]["top"] for year in table.index)


def test_estimates_of_one_year_stand_apart():
    """Catches two figures drawn over one another, and one that strays into another year."""
    shown = series.estimates_shown()
    assert not shown["year_shown"].duplicated().any()
    assert ((shown["year_shown"] - shown["ref_year"]).abs() < 0.6).all()


def test_own_figures_and_those_passed_on_stand_apart():
    """Catches a figure that nobody stands by among those that somebody does, and one drawn twice."""
    spec = charts.estimates().spec
    drawn = [{row["row"] for _, data in units(panel) for row in values(spec, data) if "standing" in row}
             for panel in spec["vconcat"]]
    own, passed_on = drawn
    shown = series.estimates_shown()
    assert not own & passed_on and len(own | passed_on) == len(shown)
    assert passed_on == set(shown.index[shown["standing"] == series.PASSED_ON])


def test_the_article_is_no_estimate():
    """Catches the claim under test in the chart that tests it."""
    assert "article" not in set(series.estimates_shown()["origin"])


def test_counts_fell_for_both_who_counted_again():
    """Catches a line that no longer comes down, as the sentence under the chart says."""
    lines = plain(series.own_series()).sort_values("ref_year").groupby("series")
    ends = lines["persons"].agg(["first", "last"])
    assert len(ends) == 2 and (ends["last"] < 0.25 * ends["first"]).all()


def test_rates_per_week_equal_the_gathered_ones():
    """Catches a wrong span: gathered 230 (5,000 in five months), 175, 92, 96 and 400 to 500 a week."""
    rates = plain(series.returns_per_week()).dropna(subset="low_week")
    low = {(r["origin"], r["end"][:4]): round(r["low_week"]) for _, r in rates.iterrows()}
    wanted = {("scmp-diplomats", "2000"): 230, ("amnesty", "2001"): 175, ("cass", "2002"): 92,
              ("activists-2007", "2007"): 96, ("activist-speech", "2006"): 400, ("icg", "2006"): 150}
    assert {k: low[k] for k in wanted} == wanted


def test_records_are_not_added_up():
    """Catches a frame that adds up returns, which overlap: rates and events keep one line a record."""
    rates, records = series.rates_shown(), load("refugees/returns").query("documents_returns")
    assert rates.index.is_unique and len(rates) == records["span"].notna().sum()


def test_sexes_of_2020_follow_from_the_cumulative_counts():
    """Catches another split, or one that does not name all its rows: gathered 72 men and 157 women of 229."""
    row = series.arrivals_by_sex().loc[2020]
    assert (row["male"], row["female"], row["total"], row["computed"]) == (72, 157, 229, True)
    to_date = load("refugees/arrivals_cumulative")
    others = load("refugees/arrivals").query("last_year <= 2022")
    assert set(row["female"].rows) == {*others.index, *to_date.query("end_of == 2022").index}


def test_years_taken_together_are_never_single_years():
    """Catches 947 for 1998 or 1,046 for 2001 in a series by year; gathered 56, 85, 71, 148, 312 and 583."""
    assert series.arrivals_by_sex().index.min() == 2002
    single = series.single_years_before_table()
    assert single.map(int).to_dict() == {1996: 56, 1997: 85, 1998: 71, 1999: 148, 2000: 312, 2001: 583}


def test_what_2009_was_said_to_be():
    """Catches a lost revision: 2,952 was provisional, then 2,927, then 2,914."""
    said = series.arrivals_said().query("year == 2009").sort_values("reported_on")["total"].drop_duplicates()
    assert list(said) == [2952, 2927, 2914]


def test_revisions_are_measured_from_the_revised_table():
    """Catches a wrong base, or one that goes unnamed: 2009 was announced 38 above its revised 2,914."""
    row = series.revisions().query("year == 2009").sort_values("reported_on").iloc[0]
    assert (row["total"], row["off"]) == (2952, 38)
    assert [address.split("#")[0] for address in row["off"].rows] == ["refugees/arrivals_vintages",
                                                                      "refugees/arrivals"]


def test_chinese_voices_of_the_prose_are_those_coded_chinese():
    """Catches a count that takes a foreign voice for Chinese: Zhao Qizheng alone up to the article."""
    told = numbers("refugees")
    assert (told["c19-chinese-then"], told["c19-chinese-now"]) == (1, 2)
    assert (told["c19-then"], told["c19-against"]) == (12, 1)


def test_a_rise_rests_on_both_its_years():
    """Catches a change that names one of its years alone."""
    assert set(numbers("refugees")["rise-2008"].rows) == {"refugees/arrivals#2007", "refugees/arrivals#2008"}
