"""A fault of what was written is one line, wherever it comes up in a build."""

from __future__ import annotations

import ast

import pytest

from report.data.table import DataError
from report.rule import ReadingError
from report.sphinx.faults import FAULTS, UNTOLD, failures, fault_of
from report.sphinx.fingerprint import ENGINE

OF_COMMANDS = {"SnapshotError"}  # which the command itself tells


def test_a_fault_is_found_behind_what_hides_it():
    def raised(error: Exception, behind: Exception) -> Exception:
        try:
            raise error from behind
        except type(error) as found:
            return found

    assert fault_of(DataError("a row; mend it")) == "a row; mend it"
    assert fault_of(raised(RuntimeError("a handler failed"), DataError("a row; mend it"))) == "a row; mend it"
    assert fault_of(raised(RuntimeError("a handler failed"), KeyError("an error of ours"))) is None


def test_chapters_that_met_one_fault_are_named_in_its_line():
    met = "\x1b[31mReadingError\x1b[39m: C17 has no setting 'window'; add the row\n"
    traces = [("b.md", f"a cell\n{met}"), ("a.md", met), ("d.md", "")]
    assert list(failures(traces)) == [
        "C17 has no setting 'window'; add the row (met in chapters/a.md, chapters/b.md)",
        f"{UNTOLD} (met in chapters/d.md)"]


RAN = """\x1b[31m---\x1b[39m
Cell In[3], line 2
      1 import report
----> 2 charts.value_share()
"""
DEEPER = """
File \x1b[32m~/a folder/argument/trade/charts.py:43\x1b[39m, in \x1b[36mvalue_share\x1b[39m\x1b[34m()\x1b[39m
     43     panel()
File \x1b[32m~/a folder/argument/trade/charts.py:70\x1b[39m, in \x1b[36mpanel\x1b[39m\x1b[34m()\x1b[39m
---> 70     (shut,) = rows["date"]
File ~/lib/pandas/frame.py:12, in DataFrame.explode(self)
"""
ENDED = "\n\x1b[31mValueError\x1b[39m: not enough values\n"


@pytest.mark.parametrize("trace, told", [
    (RAN + ENDED, "chapters/trade.md, cell 3, line 2: ValueError: not enough values; correct the cell"),
    (RAN + DEEPER + ENDED, "argument/trade/charts.py:70, in panel: ValueError: not enough values; correct "
     "this line, or the rows of the tables that it looks for, asked for at argument/trade/charts.py:43, in "
     "value_share")])
def test_an_error_of_code_is_told_with_its_place(trace, told):
    """Two hundred lines of a traceback for a word in a table that a chart looks for."""
    assert list(failures([("trade.md", trace)])) == [f"{told} (met in chapters/trade.md)"]


@pytest.mark.parametrize("trace, told", [
    (RAN + DEEPER + "DataError: no table 'traed/china'; write one",
     "no table 'traed/china'; write one (met in argument/trade/charts.py:70, in panel, chapters/trade.md)"),
    ('File "/a/argument/trade/readings.py", line 3, in <module>\nImportError: no onyl\n',
     "argument/trade/readings.py:3, in <module>: ImportError: no onyl; correct this line"),
    ('  File "/a/argument/trade/readings.py", line 3\n    x = (\nSyntaxError: never closed\n',
     "argument/trade/readings.py:3: SyntaxError: never closed; correct this line")])
def test_a_fault_that_code_meets_is_told_with_its_line(trace, told):
    """A table's misspelt name that could stand in any of a chapter's files; one that cannot be imported."""
    assert next(failures([("trade.md", trace)])).startswith(told)


def test_an_error_of_code_that_a_page_meets_is_told_with_its_place(tmp_path):
    """And one of the engine's or a library's is not, since nobody's line is at fault."""
    path = tmp_path / "argument" / "trade" / "readings.py"
    code = compile("def c14():\n    return {}['kotra']\n", str(path), "exec")
    exec(code, made := {})
    with pytest.raises(KeyError) as met:
        made["c14"]()
    told = fault_of(met.value) or ""
    assert told.startswith("argument/trade/readings.py:2, in c14: KeyError: 'kotra'; correct this line")
    assert fault_of(ValueError("elsewhere")) is None


def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path):
    """A table that its owner alone may read, told as a handler that threw an exception."""
    with pytest.raises(OSError) as met:
        (tmp_path / "prices.csv").read_text(encoding="utf-8")
    told = fault_of(met.value) or ""
    assert told.startswith(f"{tmp_path}/prices.csv: No such file or directory; see that it is there and")


def test_all_faults_of_the_engine_are_known_as_such():
    """An error that was added and is not in the list would be told with all the code it passed through."""
    parsed = (ast.parse(path.read_text(encoding="utf-8")) for path in ENGINE.rglob("*.py"))
    made = {node.name for tree in parsed for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
            and [getattr(base, "id", "") for base in node.bases] == ["ValueError"]}
    assert ReadingError.__name__ in made
    assert made - OF_COMMANDS == {one.__name__ for one in FAULTS}
