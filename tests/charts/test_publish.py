"""publish() refuses what may not enter the book, and says what is missing."""

import altair as alt
import pandas as pd
import pytest

from report import charts
from report.charts import ChartError, FindingError, publish, source_line
from report.data.package import load, package
from report.data.sources import sources
from report.trace import frame, measures, percent_of

ALT = "China's share was 89.1 percent in 2013 and 90.1 percent in 2014, by KOTRA's own count of trade."


@pytest.fixture
def points():
    return load("trade/china_share").query(
        "origin == 'kotra' and flow == 'total' and year in (2013, 2014) and preferred"
    )


def drawn(points):
    return alt.Chart(points).mark_line(point=True).encode(charts.years(), alt.Y("share:Q"))


def published(points, chart=None, **changes):
    words = dict(
        name="some-share",
        title="The share rose",
        holds=True,
        otherwise="The share",
        measure="Percent, 2013 and 2014",
        alt_text=ALT,
        data=points,
        columns={"year": "Year", "share": "Percent"},
    )
    return publish(chart or drawn(points), **{**words, **changes})


def test_complete_chart_is_published(points):
    """A gate that lets nothing through; sources, tables and data that get lost on the way."""
    meta = published(points).meta
    assert meta["tables"] == ["trade/china_share"]
    assert meta["source_line"].startswith("Source: KOTRA")
    assert len(meta["data"]["rows"]) == len(points) == len(meta["data"]["addresses"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"alt_text": ""}, "alt_text is empty"),
        ({"alt_text": "A line chart."}, "alt_text says too little"),
        ({"title": " "}, "title is empty"),
        ({"otherwise": ""}, "otherwise is empty"),
        ({"measure": ""}, "measure is empty"),
        ({"name": "Some Share"}, "lower-case words joined by hyphens"),
        ({"columns": {"percent": "Percent"}}, "lack column 'percent'"),
        ({"title": "The share rose " * 6}, "title has 90 characters, 85 at most"),
        ({"otherwise": "w" * 86}, "otherwise has 86 characters, 85 at most"),
        ({"measure": "w" * 121}, "measure has 121 characters, 120 at most"),
    ],
)
def test_refuses_what_is_missing(points, changes, message):
    """A chart without alt text, title, neutral title, measure, or with a column that is not there."""
    with pytest.raises(ChartError, match=message):
        published(points, **changes)


@pytest.mark.parametrize("encoded", [
    {"y": alt.Y("shaer:Q")}, {"color": alt.Color("counts:N")}, {"y": alt.Y("share:Q").sort(field="yaer")},
    {"tooltip": ["share:Q", "yaer:Q"]},
    {"opacity": alt.condition("datum.year > 2013", "yaer:Q", alt.value(1))},
])
def test_refuses_a_field_that_no_row_has(points, encoded):
    """A chart without marks under a title that states a finding, since a column is misspelt."""
    with pytest.raises(ChartError, match=r"chart 'some-share': \w+ shows '\w+', which no row of its"):
        published(points, drawn(points).encode(**encoded))
    made = drawn(points).transform_calculate(counts="1").transform_fold(["share"], as_=["of", "shaer"])
    assert published(points, made.encode(color="counts:N", y="shaer:Q"))


def test_refuses_a_row_without_source(points):
    """A mark that names no source."""
    points.loc[points.index[0], "source_id"] = None
    with pytest.raises(ChartError, match="a row of its data has no source"):
        published(points)


@pytest.mark.parametrize("field", ["source", "mark_says"])
def test_refuses_a_field_that_it_writes_itself(points, field):
    """A column of the chart's own that is overwritten with what publish() writes."""
    own = points.assign(**{field: "its own"})
    with pytest.raises(ChartError, match=f"have a column '{field}'"):
        published(own, drawn(own))


def test_the_longest_words_are_let_in(points):
    """A limit that is one character short."""
    assert published(points, title="w" * 85, otherwise="w" * 85, measure="w" * 120)


def test_refuses_marks_from_unsourced_data(points):
    """A layer of bars or points drawn from numbers that come from nowhere."""
    extra = (
        alt.Chart(pd.DataFrame({"year": [2013], "share": [50]}))
        .mark_point()
        .encode(charts.years(), alt.Y("share:Q"))
    )
    with pytest.raises(ChartError, match="a point is drawn from data without source_id"):
        published(points, drawn(points) + extra)


def test_refuses_rows_without_addresses(points):
    """Data whose index was reset, so that no mark leads to its row."""
    with pytest.raises(ChartError, match="lost their row addresses"):
        published(points.reset_index(drop=True), drawn(points))


def test_refuses_a_time_chart_without_the_article(points):
    """A chart across February 2017 on which the article's date is not ruled."""
    later = load("trade/china_share").query(
        "origin == 'kotra' and flow == 'total' and year >= 2013 and preferred"
    )
    with pytest.raises(ChartError, match=r"spans the article; add charts.article_date"):
        published(later, drawn(later))
    assert published(later, drawn(later) + charts.article_date())


def test_false_finding_stops_the_release(points, monkeypatch):
    """A title that the released data contradict."""
    monkeypatch.setattr(package().__class__, "changed", lambda self: [])
    with pytest.raises(FindingError, match="the finding no longer holds: 'The share rose'"):
        published(points, holds=False)


def test_false_finding_on_changed_data_gives_way(points, monkeypatch):
    """A build on changed data that keeps the old title, or stops."""
    monkeypatch.setattr(package().__class__, "changed", lambda self: ["trade/china_share"])
    meta = published(points, holds=False).meta
    assert (meta["title"], meta["holds"]) == ("The share", False)


def test_a_fact_stated_in_words_is_guarded(monkeypatch):
    """A note that still says “no row for China” after one has come in."""
    assert charts.stated("no row for China", when=True) == "no row for China"
    monkeypatch.setattr(package().__class__, "changed", lambda self: [])
    with pytest.raises(FindingError, match="what they say no longer holds: 'no row for China'"):
        charts.stated("no row for China", when=False)
    monkeypatch.setattr(package().__class__, "changed", lambda self: ["refugees/unhcr_north_koreans"])
    assert charts.stated("no row for China", when=False, otherwise="") == ""


def test_words_of_data_are_printed_as_the_book_prints_them(points):
    """A day as its CSV has it, or a hyphen for a minus sign, in an alternative text, a note or a mark."""
    shown = points.assign(day="2013-06-05", moved=-0.4)
    figure = published(shown, alt.Chart(shown).mark_point().encode(charts.years(), alt.Y("share:Q")),
                       alt_text=f"{ALT} Since 2013-06-05 it moved by -4 points.", note="2016-17 is left out",
                       says="Share: {day}: {moved:+.0f} points")
    row = next(iter(figure.spec["datasets"].values()))[0]
    assert figure.meta["alt"].endswith("Since 5 June 2013 it moved by −4 points.")
    assert (figure.meta["note"], row["mark_says"]) == ("2016–17 is left out", "5 June 2013: 0 points")


def test_every_mark_names_its_source(points):
    """A tooltip without source, or a point that leads nowhere."""
    spec = published(points).spec
    assert spec["encoding"]["tooltip"][-1]["field"] == "source"
    rows = next(iter(spec["datasets"].values()))
    assert all(
        r["source"].startswith("KOTRA via") and r["href"].startswith("references.html#source-") for r in rows
    )


def test_a_mark_says_a_sentence_with_its_unit(points):
    """A tooltip that lists names of fields and numbers without unit."""
    points = points.assign(never=None)
    says = ["Never: {never}", "Share: {year}, {share:.1f} percent of all trade"]
    spec = published(points, says=says).spec
    tip = spec["encoding"]["tooltip"]
    assert [entry["title"] for entry in tip] == ["Share", "Source"]
    rows = next(iter(spec["datasets"].values()))
    said = [f"{r['year']}, {r['share']:.1f} percent of all trade" for r in rows]
    assert [r["mark_says"] for r in rows] == said


def test_refuses_a_sentence_with_a_gap_that_nothing_fills(points):
    """A misspelt gap, by which all marks say nothing."""
    with pytest.raises(ChartError, match=r"'some-share': says= has the gap \{shares\}, .*; write \{share\}"):
        published(points, says="Share: {year}, {shares:.1f} percent of all trade")


def test_a_chart_says_which_function_made_it(points):
    """A figure whose code the page cannot print: the helper is named in place of the function, or nothing."""
    assert published(points).meta["made_by"] == f"{__name__}:published"
    assert _helper(points).meta["made_by"] == f"{__name__}:test_a_chart_says_which_function_made_it"


def test_many_sources_are_counted():
    """A line that names the first producers by the alphabet, as if they weighed more than the rest."""
    named = list(dict.fromkeys(source.producer for source in sources().values()))[:5]
    one_each = [next(i for i, s in sources().items() if s.producer == producer) for producer in named]
    assert source_line(one_each[:3]).count(";") == 2 and "sources, listed" not in source_line(one_each[:3])
    assert source_line(one_each[:4]) == "Source: 4 sources, listed under the chart"


def test_thousands_are_parted_in_one_way(points):
    """A comma on an axis under a title with a space."""
    locale = published(points).spec["config"]["locale"]["number"]
    assert charts.amount(1234567.8) == locale["thousands"].join(("1", "234", "568"))
    assert charts.amount(-2.5, ".1f") == "−2.5"


def _helper(points):
    return publish(
        drawn(points),
        name="some-share",
        title="The share rose",
        holds=True,
        otherwise="The share",
        measure="Percent, 2013 and 2014",
        alt_text=ALT,
        data=points,
        columns={"year": "Year", "share": "Percent"},
    )


@pytest.fixture
def measured(points):
    share = measures(points, "share", by="year")
    return frame({"share": share, "of_the_first": share.map(lambda m: percent_of(m, share.iloc[0]))})


def test_measures_bring_their_rows_and_sources(measured, points):
    """A chart of computed numbers that carries sources by hand, or forgets the base of an index."""
    chart = alt.Chart(measured).mark_line(point=True).encode(charts.years(), alt.Y("share:Q"))
    figure = published(
        measured, chart + alt.Chart(measured).mark_point().encode(charts.years(), alt.Y("of_the_first:Q"))
    )
    assert figure.meta["data"]["rows"] == [
        [y, s] for y, s in zip(points["year"], points["share"], strict=True)
    ]
    assert figure.meta["data"]["addresses"][1].split(";") == [points.index[1], points.index[0]]
    assert set(figure.meta["sources"]) == {i for cell in points["source_id"] for i in cell.split(";")}
    plotted = next(iter(figure.spec["datasets"].values()))
    assert [row["share"] for row in plotted] == list(points["share"]) and all(
        row["source_id"] for row in plotted
    )


def test_the_article_is_named_once(points):
    """A rule without a name in every panel, or with one in each."""
    later = load("trade/china_share").query(
        "origin == 'kotra' and flow == 'total' and year >= 2013 and preferred"
    )
    silent = drawn(later) + charts.article_date(label="")
    for chart in (silent, silent & silent, drawn(later) + charts.article_date() & silent):
        spec = published(later, chart).spec
        named = [
            row["article_date"]
            for unit, data in charts.units(spec)
            if data and unit["mark"]["type"] == "text"
            for row in spec["datasets"][data["name"]]
        ]
        assert [n for n in named if n] == [charts.article_label()]


def test_the_rule_is_drawn_once_a_panel(points):
    """A rule that is drawn once for each row of a panel, and so is heavier there than elsewhere."""
    later = load("trade/china_share").query(
        "origin == 'kotra' and flow == 'total' and year >= 2013 and preferred"
    )
    base = alt.Chart(later)
    panels = (base.mark_line().encode(charts.years(), alt.Y("share:Q")) + charts.article_rule(base)).facet(
        "origin:N"
    )
    inner = published(later, panels).spec["spec"]["layer"]
    assert [part["transform"][-1]["aggregate"][0]["op"] for part in inner if "transform" in part] == [
        "count",
        "count",
    ]
    assert inner[-1]["encoding"]["text"] == {"value": charts.article_label()}


def test_dots_have_the_colour_of_their_line(points):
    """Grey dots on a coloured line, as if they were another series."""
    red = charts.colour("met")
    line = (
        alt.Chart(points)
        .mark_line(point=alt.OverlayMarkDef(size=22), color=red)
        .encode(charts.years(), alt.Y("share:Q"))
    )
    assert published(points, line).spec["mark"]["point"] == {"color": red, "size": 22}
