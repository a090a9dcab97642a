"""Frames of the refugees chapter: every mark with its source and address, figures where they belong."""

import pytest

from report.data.package import load
from argument.refugees import readings as refugees
from argument.refugees import series as refugees_frames

FRAMES = ("estimates_shown", "own_series", "arrivals_shown", "rates_shown", "scenarios_shown", "revisions", "misread",
          "one_night")


@pytest.mark.parametrize("name", FRAMES)
def test_every_row_has_a_source_and_an_address(name):
    """Catches a mark that could not name its source or lead to its row."""
    shown = getattr(refugees_frames, name)()
    addresses = shown["row"] if "row" in shown else shown.index.to_series()
    assert len(shown) and shown["source_id"].notna().all() and addresses.str.contains("#").all()


@pytest.mark.parametrize("name", ["estimates_shown", "rates_shown", "scenarios_shown", "one_night"])
def test_no_label_is_missing(name):
    """Catches a new reporter or forecaster without a short name."""
    assert getattr(refugees_frames, name)()["label"].notna().all()


def test_bars_stack_to_the_total():
    """Catches a gap or an overlap between women and men in the bars."""
    shown = refugees_frames.arrivals_shown()
    table = load("refugees/arrivals").query("first_year >= 2002").set_index("last_year")["total"]
    tops = shown.groupby("year")["top"].max()
    assert tops.loc[2002:].to_dict() == table.to_dict()
    assert (shown.query("sex == 'men'")["bottom"].to_numpy() == shown.query("sex == 'women'")["top"].to_numpy()).all()


def test_estimates_of_one_year_stand_apart():
    """Catches two figures drawn over one another, and one that strays into another year."""
    shown = refugees_frames.estimates_shown()
    assert not shown["year_shown"].duplicated().any() and ((shown["year_shown"] - shown["ref_year"]).abs() < 0.6).all()


def test_the_article_is_no_estimate():
    """Catches the claim under test in the chart that tests it."""
    assert "article" not in set(refugees_frames.estimates_shown()["origin"])


def test_counts_fell_for_both_who_counted_again():
    """Catches a line that no longer comes down, as the sentence under the chart says."""
    ends = refugees_frames.own_series().sort_values("ref_year").groupby("series")["persons"].agg(["first", "last"])
    assert len(ends) == 2 and (ends["last"] < 0.25 * ends["first"]).all()


def test_revisions_are_measured_from_the_revised_table():
    """Catches a wrong base: 2009 was announced 38 above its revised 2,914."""
    row = refugees_frames.revisions().query("year == 2009").sort_values("reported_on").iloc[0]
    assert (row["total"], row["off"]) == (2952, 38) and ";" in row["row"]


def test_a_reader_may_choose_any_figure_of_the_window():
    """Catches a figure of the ten years that the choice leaves out."""
    options = refugees.stock_options()
    assert {k[0] for k in options} == set(refugees_frames.estimates_published("then")["origin"])
    assert sum(o.met for o in options.values()) == 7


def test_records_are_not_added_up():
    """Catches a frame that adds up returns, which overlap: rates and events keep one line a record."""
    rates, records = refugees_frames.rates_shown(), load("refugees/returns").query("documents_returns")
    assert rates.index.is_unique and len(rates) == records["span"].notna().sum()
