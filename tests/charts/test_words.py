"""The words around a chart are few, on a phone too, and a choice starts where its chart says."""

from __future__ import annotations

import json
import re
from calendar import month_name
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from report import charts
from report.charts.fonts import make_fonts
from report.charts.picture import LEGENDS, NARROW, layout
from report.charts.publish import LONGEST
from report.charts.views import values
from tests.references import NOTEBOOKS

TITLE, MEASURE = LONGEST["title"], LONGEST["measure"]  # characters
LINES, PHONE = 4, 318  # lines of words before the first mark, and pixels of a line, on a phone of 360
SIZES = {"title": (19.2, "600"), "measure": (15.2, "400")}  # as the style sheet sets them


@cache
def outputs() -> list[dict]:
    """Return what the cells of the chapters put out, chapter by chapter."""
    return [
        output.get("data", {})
        for notebook in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", ())
    ]


def published() -> dict[str, dict]:
    """Return the specifications of the published charts by name."""
    return {o[charts.MIME]["usermeta"]["name"]: o[charts.MIME] for o in outputs() if charts.MIME in o}


@cache
def advances(folder, cut: str) -> tuple[dict, float]:
    make_fonts(folder)
    font = TTFont(folder / f"report-sans-{cut}.ttf")
    widths = {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    return widths, font["head"].unitsPerEm


def lines(text: str, size: float, cut: str, folder) -> int:
    """Return how many lines a text takes on a phone."""
    widths, em = advances(folder, cut)
    taken, here = 1, 0.0
    for word in text.split(" "):
        long = sum(widths.get(letter, em / 2) for letter in word) * size / em
        space = widths[" "] * size / em
        if here and here + space + long > PHONE:
            taken, here = taken + 1, long
        else:
            here += long + (space if here else 0)
    return taken


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fonts")


@pytest.mark.parametrize("name", published())
def test_a_title_is_one_finding(name):
    """A title that must be read twice; a measure line that explains marks, which is a key's part."""
    meta = published()[name]["usermeta"]
    assert len(meta["title"]) <= TITLE and len(meta["measure"]) <= MEASURE


@pytest.mark.parametrize("name", published())
def test_a_phone_shows_the_chart_soon(name, folder):
    """A chart whose words fill a phone before its first mark."""
    meta = published()[name]["usermeta"]
    assert sum(lines(meta[part], *SIZES[part], folder) for part in SIZES) <= LINES


KEY_LINES = 3  # of all keys of a chart, on a phone
WRITTEN_OTHERWISE = {
    "a date as data have it, or a span with a hyphen": re.compile(r"\b(?:19|20)\d\d-\d\d\b"),
    "a hyphen for a minus sign": re.compile(r"(?<![\w.,/–-])-\d"),
    "a day with a nought before it": re.compile(rf"\b0\d (?:{'|'.join(month_name[1:])})"),
    # years and resolutions of the Council apart
    "thousands together": re.compile(r"(?<![\d./])(?!1[5-9]\d\d\b|2[0-4]\d\d\b)\d{4,}\b"),
}


def otherwise_written(text: str) -> list[str]:
    """Return how a text writes a number or a date in another way than the book."""
    return [what for what, pattern in WRITTEN_OTHERWISE.items() if pattern.search(text)]


@pytest.mark.parametrize("name", published())
def test_numbers_and_dates_are_written_one_way(name):
    """An alternative text, a note or a mark with 2017-03-05, -4 or 1150 beside 5 March 2017, −4 and 1 150."""
    meta = published()[name]["usermeta"]
    found = {part: ways for part in ("title", "measure", "note", "alt")
             if (ways := otherwise_written(meta[part]))}
    assert found == {}


@pytest.mark.parametrize(("text", "ways"), [
    ("shut on 2017-03-05", 1), ("in 2016-07", 1), ("since 2016-17", 1), ("by -4 points", 1),
    ("on 06 November", 1), ("1150 a week", 1),
    ("shut on 5 March 2017, −4 points, 1\u202f150 a week, resolution 2270, 2013–16", 0)])
def test_other_ways_are_seen(text, ways):
    """Patterns that every text passes."""
    assert len(otherwise_written(text)) == ways


@pytest.mark.parametrize("name", published())
def test_keys_take_few_lines_of_a_phone(name):
    """A key of six lines above a chart of six rows."""
    laid = layout(published()[name], NARROW)[0]
    keys = {}
    for unit, data in charts.units(laid):
        for channel, definition in unit.get("encoding", {}).items():
            legend = definition.get("legend") if isinstance(definition, dict) else None
            if legend and channel in LEGENDS:
                words = (definition.get("scale") or {}).get("domain") or {
                    row.get(definition["field"]) for row in values(laid, data)}
                keys[definition["field"]] = -(-len(words) // legend["columns"])
    assert sum(keys.values()) <= KEY_LINES


def span_told(meta: dict) -> tuple[str, str] | None:
    """Return the first and last year that a measure line names, or None where it names no span."""
    told = re.search(r"\b((?:19|20)\d\d)–((?:19|20)\d\d)\b", meta["measure"])
    return (told[1], told[2]) if told else None


def years_drawn(meta: dict) -> list[str]:
    """Return the years of a chart's data in order, none where they have no column of years."""
    if "Year" not in meta["data"]["headings"]:
        return []
    at = meta["data"]["headings"].index("Year")
    return sorted({str(row[at])[:4] for row in meta["data"]["rows"] if row[at] is not None})


def test_a_span_of_years_is_that_of_the_data():
    """A measure line that still names the years of an older table."""
    metas = [spec["usermeta"] for spec in published().values()]
    both = [(meta["name"], span, years) for meta in metas
            if (span := span_told(meta)) and (years := years_drawn(meta))]
    assert len(both) > 10
    # a table may hold earlier years than are drawn, for what is said of all of them
    assert [name for name, (first, last), years in both if first not in years or last != years[-1]] == []


def test_lines_are_counted(folder):
    """A count of lines that every text passes."""
    assert lines("word " * 30, 16, "400", folder) > lines("word", 16, "400", folder) == 1


def test_a_choice_starts_where_its_chart_says():
    """A chart that rings another answer, in print, than the form beside it starts with."""
    specs, compared = published(), 0
    for form in (str(o.get("text/html", "")) for o in outputs()):
        if not (chart := re.search(r'<form class="choices"[^>]*data-chart="([\w-]+)"', form)):
            continue
        first = "-".join(re.findall(r'<select[^>]*>\s*<option value="([^"]*)"', form))
        chosen = [param["value"] for param in specs[chart[1]]["params"] if param["name"] == "chosen"]
        assert chosen == [first], chart[1]
        compared += 1
    assert compared
