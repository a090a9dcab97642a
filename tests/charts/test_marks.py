"""What is chosen, partial, nil or missing looks so."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest
import vl_convert

from report import charts
from report.charts.marks import DEFAULT_WORDS
from report.data.package import load
from tests.charts.test_publish import published


@pytest.fixture
def points():
    shares = load("trade/china_share").query("origin == 'kotra' and flow == 'total' and preferred")
    shares = shares[shares["year"].isin([2010, 2011, 2013])].drop_duplicates("year")
    return shares.assign(key=shares["year"].astype(str), basis=["recorded", "recorded", "estimated"])


def drawn(chart, points) -> str:
    spec = {**published(points, chart).spec}
    spec.pop("usermeta")
    return vl_convert.vegalite_to_svg(spec, vl_version="6.4")


def dots(points):
    return alt.Chart(points).mark_point(size=110).encode(charts.years(), alt.Y("share:Q"))


def test_the_default_is_ringed_and_named(points):
    """A mark that is bigger than the others, in print, for no reason that the picture gives."""
    chart = charts.ringed(dots(points), "2013")
    svg = drawn(chart, points)
    assert svg.count(f">{DEFAULT_WORDS}<") == 2, "once, on paper of its own"
    drawn_units = [unit for unit, _ in charts.units(published(points, chart).spec)]
    silent = ["tooltip" not in unit["encoding"] for unit in drawn_units]
    assert sum(silent) == 3, "ring and label repeat no tooltip"


def test_what_is_not_recorded_is_outlined(points):
    """An estimate that looks like a record."""
    spec = published(points, charts.outlined(dots(points), "basis", "recorded")).spec
    whole, rest = (unit["mark"] for unit, _ in charts.units(spec))
    assert rest["filled"] is False and whole.get("filled") is not False
    svg = drawn(charts.outlined(dots(points), "basis", "recorded"), points)
    assert svg.count(f'fill="{charts.colour("paper")}"') == 1


def test_a_line_breaks_where_a_year_is_missing(points):
    """A line drawn straight across years of which there is no figure."""
    found = charts.runs(points, by="origin")
    assert list(found["run"]) == ["kotra 0", "kotra 0", "kotra 1"]


def test_a_nil_is_printed_and_a_gap_is_named(points):
    """A reported nil, or a year with no figure, that looks like the other."""
    nil = pd.concat([points, points.tail(1).assign(share=0, year=2012)])
    plain = dots(nil) + charts.gap(2011.2, 2011.8, "none printed")
    told = plain + charts.nils(nil, charts.years(), alt.Y("share:Q"), "share")
    assert drawn(plain, nil).count(">none printed<") == 1
    assert drawn(told, nil).count(">0<") == drawn(plain, nil).count(">0<") + 1


def test_panels_share_their_years():
    """Panels, one above the other, whose years do not stand above each other; marks on the frame."""
    assert charts.years(span=[1993, 2025]).to_dict()["scale"]["domain"] == [1992.5, 2025.5]
    assert charts.years().to_dict()["scale"]["padding"] > 0


def _years_of(chart) -> set[float]:
    """Return the years at which a chart draws."""
    return {row["year"] for rows in chart.to_dict()["datasets"].values() for row in rows}


def test_a_day_lies_within_its_year():
    """A rule of February 2017 after the mark of all 2017, so that what followed seems to have come before."""
    day, years = charts.ARTICLE, pd.DataFrame({"year": [2016, 2018]})
    rule = charts.article_rule(alt.Chart(years)).to_dict()["encoding"]["x"]["datum"]
    assert _years_of(charts.article_date()) == {rule} and day.year - 0.5 < rule < day.year
    late = pd.DataFrame({"year": [2017.9], "event": ["late"]})
    assert [*_years_of(charts.event_dates(late))] == [pytest.approx(2017.4)]
    (moment,) = _years_of(charts.article_date("moment"))
    assert day.year < moment < day.year + 0.5


def test_the_key_of_an_outlined_kind_is_outlined(points):
    """A key with a disc for what is drawn as a ring, since its kind was outlined mark by mark."""
    fill, stroke = charts.kinds("basis", {"recorded": "china", "estimated": "other"}, {"estimated"})
    chart = alt.Chart(points).mark_point(filled=True, size=60).encode(
        charts.years(), alt.Y("share:Q"), fill=fill, stroke=stroke)
    svg = drawn(chart, points)
    ring = f'fill="{charts.colour("paper")}" stroke="{charts.colour("other")}"'
    assert svg.count(ring) == 2, "once on the year, once in the key"
    assert svg.count(f'stroke="{charts.colour("china")}"') == 3 and svg.count(">estimated<") == 1
