"""The comparisons measure what they say: the same rows, checked, ten times over; a stock
book with its charts in it.
"""

import json
import re
import subprocess

import pytest

from bench import book, data, rule
from bench.before import heavier
from bench.page import blocking
from report.data.package import DataPackage, data_folder, package
from report.rule import choices


def test_ten_times_the_rows_load(tmp_path):
    """A larger folder that is refused, or that has lost rows, sources or corrections on the way."""
    large = data.multiplied(data_folder(), tmp_path, times=2)
    before, after = DataPackage(root=data_folder()), DataPackage(root=large)
    for name in ("corrections", "trade/china_trade", "claims", "voices/statements"):
        assert len(after.load(name)) == 2 * len(before.load(name))
    printed = after.load("trade/china_trade")["value"].sum()
    assert abs(printed - 2 * before.load("trade/china_trade")["value"].sum()) < 1e-6


def test_stock_chapters_keep_their_words_and_code():
    """A stock book that is quicker because its chapters were emptied of cells or of numbers."""
    text = (book.CHAPTERS / "trade.md").read_text(encoding="utf-8")
    plain = book.OWN_BLOCKS.sub("", book.OWN_WORDS.sub(r"\1", text))
    assert "{cite}" in text and "{cite}" not in plain
    for kept in ("{code-cell}", "{measure}", "{reading}", "{verdict}"):
        assert plain.count(kept) == text.count(kept) > 0, kept


def test_the_table_that_changes_has_a_remark_last():
    """A comparison that changes a figure, or a table that is no longer there."""
    table = package().tables[book.TABLE.removesuffix(".csv")]
    assert list(table.fields)[-1] == "note" and table.fields["note"]["type"] == "string"
    assert ",\n" in table.path.read_text(encoding="utf-8")


def test_a_current_book_is_asked_the_way_make_asks(monkeypatch):
    """A time of nothing, taken for that of a build that finds nothing to do."""
    asked = []
    done = subprocess.CompletedProcess([], 0, "nothing has changed since the book was built", "")
    monkeypatch.setattr(book, "run", lambda command: asked.append(command) or (book.Seconds(0.1, 0.1), done))
    assert book.unchanged() and asked[0][-1] == "report/build.py"


def test_stock_charts_are_altairs_own():
    """Stock charts without the library on another host, or without their data."""
    from report import charts

    notebook = json.loads((book.NOTEBOOKS / "trade.ipynb").read_text(encoding="utf-8"))
    shown = next(o["data"][charts.MIME] for c in notebook["cells"] for o in c.get("outputs", ())
                 if charts.MIME in o.get("data", {}))
    space = {}
    kept = charts.Figure._repr_mimebundle_
    try:
        exec(book.STOCK_CHARTS, space)
        html = charts.Figure(shown)._repr_mimebundle_()["text/html"]
    finally:
        charts.Figure._repr_mimebundle_ = kept
    assert "cdn.jsdelivr.net" in html and '"datasets"' in html and "usermeta" not in html


@pytest.mark.parametrize(("tasks", "expected"), [
    ([], 0), ([[1000, 40]], 0), ([[1000, 120]], 70), ([[500, 90]], 0), ([[850, 150]], 50),
    ([[950, 80], [2000, 60]], 40)],
    ids=["none", "short", "long", "before paint", "across paint", "two"])
def test_blocking_time_counts_from_first_paint(tasks, expected):
    """Work before the first paint counted as blocking, or a task that goes on after it passed over."""
    assert blocking(tasks, 900, float("inf")) == expected


def event(name: str, start: float, duration: float = 0, **more) -> dict:
    """Return an event of a trace, of one thread whose own time is half that of the wall."""
    return {"name": name, "ph": "X", "pid": 1, "tid": 1, "ts": start, "dur": duration, "tts": start / 2,
            "tdur": duration / 2, **more}


def test_a_change_is_charged_with_its_own_work_alone():
    """Style within a script counted twice, work of other threads or after the frame counted, two frames
    taken for one.
    """
    trace = [event("change", 1000), event("shown", 9000), event("whole", 20_000),
             event("EventDispatch", 1000, 4000), event("FunctionCall", 1000, 3000),
             event("UpdateLayoutTree", 2000, 1000), event("Layout", 6000, 2000), event("Paint", 8000, 500),
             event("FireAnimationFrame", 8500, 1500), event("Layout", 30_000, 5000),
             event("Layout", 6000, 2000, tid=2)]
    assert rule.costs(trace, "ts") == [((3.5, 1.0, 2.0, 0.5), (1.0, 0.0, 0.0, 0.0))]
    assert rule.costs(trace) == [((1.75, 0.5, 1.0, 0.25), (0.5, 0.0, 0.0, 0.0))]


def test_the_changes_are_of_fields_that_the_form_has():
    """A choice renamed, of which a change is measured that changes nothing."""
    told = choices.choices()
    asked = [re.fullmatch(r'\[(name|data-add)="(\w+)"\]', selector) for selector, _ in rule.CHANGES]
    assert len(asked) == 30 and all(found and found[2] in told for found in asked)


def test_heavier_pages_are_named_the_most_added_first():
    """A page that grew passed over, or one that only one of two books has compared with nothing."""
    before = {"trade": 100, "claims": 100, "data": 100, "gone": 1}
    now = {"trade": 120, "claims": 150, "data": 90, "new": 999}
    assert heavier(before, now) == ["claims", "trade"]
