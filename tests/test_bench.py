"""The comparisons measure what they say: the same rows, checked, ten times over; a stock
book with its charts in it.
"""

import json
import subprocess

import pytest

from bench import book, data
from bench.page import blocking
from report.data.package import DataPackage, data_folder, package


def test_ten_times_the_rows_load(tmp_path):
    """A larger folder that is refused, or that has lost rows, sources or corrections on the way."""
    large = data.multiplied(data_folder(), tmp_path, times=2)
    before, after = DataPackage(root=data_folder()), DataPackage(root=large)
    for name in ("corrections", "trade/china_trade", "claims", "voices/statements"):
        assert len(after.load(name)) == 2 * len(before.load(name))
    printed = after.load("trade/china_trade")["value"].sum()
    assert abs(printed - 2 * before.load("trade/china_trade")["value"].sum()) < 1e-6


def test_stock_chapters_keep_their_words_and_code():
    """A stock book that is quicker because its chapters were emptied."""
    text = (book.CHAPTERS / "trade.md").read_text(encoding="utf-8")
    plain = book.OWN_BLOCKS.sub("", book.OWN_WORDS.sub(r"\1", text))
    assert "{cite}" not in plain and plain.count("{code-cell}") == text.count("{code-cell}") and plain.count(
        "{glue:}") == text.count("{glue:}")


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
