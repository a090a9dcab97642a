"""A still picture leaves room for a wider typeface, and says what its reader must know."""

from __future__ import annotations


import altair as alt
import pytest

from report.charts import FONT
from report.charts.fonts import ROOMY, SLACK, make_fonts, measure_with
from report.charts.picture import NARROW, layout, size_of
from report.data.package import load
from tests.charts.test_publish import published


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    measure_with(folder)
    return folder


@pytest.fixture
def points():
    return load("trade/china_share").query(
        "origin == 'kotra' and flow == 'total' and year in (2013, 2014) and preferred"
    )


def test_layouts_leave_room(fonts, points):
    """Labels that touch where a reader's typeface is a little wider than the book's; a layout typeface that
    stays in the picture.
    """
    from fontTools.ttLib import TTFont

    own, roomy = (TTFont(fonts / f"report-sans-{cut}400.ttf")["hmtx"]["n"][0] for cut in ("", "roomy-"))
    assert roomy / own == pytest.approx(SLACK, abs=0.01)
    assert {path.name for path in make_fonts(fonts)} == {
        f"report-sans-{cut}.woff2" for cut in ("400", "600", "400-italic")
    }, "pages load the book's own typeface alone"
    named = alt.Chart(points).mark_point().encode(x="year:O", y="source_id:N")
    svg = layout(published(points, named).spec, NARROW)[1]
    assert ROOMY not in svg and FONT in svg and size_of(svg)[0] <= NARROW


def test_a_note_stands_in_the_picture(fonts, points):
    """An exception that is lost where the picture travels alone."""
    spec = published(points, note="2014 is a part year").spec
    assert layout(spec, NARROW)[1].count(">Note: 2014 is a part year") == 1


def test_plots_fill_a_phone_under_a_long_note(fonts, points):
    """Small plots beside white paper, since the words under them were taken for the plots' width."""
    panel = alt.Chart(points).mark_point().encode(x="year:O", y="share:Q").properties(width=200)
    note = "what the reader must know of these figures, said at some length, " * 2
    laid, _ = layout(published(points, panel | panel, note=note).spec, NARROW)
    assert laid["vconcat"][0]["vconcat"][0]["width"] > 200


def test_a_key_has_few_lines_on_a_phone(fonts, points):
    """Four kinds in four lines under each other, which push the first mark off a phone's screen."""
    named = points.iloc[[0, 1, 0, 1]].assign(kind=["beyond", "disputed", "inferred", "by resolution"])
    drawn = alt.Chart(named).mark_point().encode(x="year:Q", y="share:Q", color="kind:N")
    legend = layout(published(named, drawn).spec, NARROW)[0]["encoding"]["color"]["legend"]
    assert legend["columns"] == 2 and not legend["labelLimit"]
    worded = alt.Chart(named).mark_point().encode(x="year:Q", y="share:Q", color=alt.Color("kind:N").legend(
        labelExpr="'the long form of ' + datum.label")).transform_filter("datum.kind != 'by resolution'")
    assert layout(published(named, worded).spec, NARROW)[0]["encoding"]["color"]["legend"]["columns"] <= 2
    long = named.assign(kind=[f"{kind} and all that follows from it" for kind in named["kind"]])
    drawn = alt.Chart(long).mark_point().encode(x="year:Q", y="share:Q", color="kind:N")
    assert layout(published(long, drawn).spec, NARROW)[0]["encoding"]["color"]["legend"]["columns"] == 1
