"""Chapters are prose with a little code: how long a cell may be, and how many words
stand beside a line of code.
"""

from __future__ import annotations

import ast
import re
import statistics

import pytest

from tests.references import PROJECT

CELL = re.compile(r"^```\{code-cell\} ipython3\n(?::[^\n]*\n)*(.*?)^```", re.S | re.M)
CHAPTERS = sorted(path.stem for path in (PROJECT / "chapters").glob("*.md")
                  if CELL.search(path.read_text("utf-8")))
MEDIAN, LONGEST, WIDEST = 6, 20, 100  # lines, lines, columns
WORDS_A_LINE = 12


def cells(text: str) -> list[list[str]]:
    """Return the lines of code of each cell, blank ones left out."""
    return [[line for line in code.splitlines() if line.strip()] for code in CELL.findall(text)]


@pytest.mark.parametrize("name", CHAPTERS)
def test_cells_are_short(name):
    """A chart configured in a chapter, or a computation that belongs to the evidence."""
    lengths = [len(cell) for cell in cells((PROJECT / "chapters" / f"{name}.md").read_text("utf-8"))]
    assert statistics.median(lengths) <= MEDIAN and max(lengths) <= LONGEST, lengths


@pytest.mark.parametrize("name", CHAPTERS)
def test_lines_of_code_fit_a_page(name):
    """A line of code that is cut off on paper or scrolls on a small screen."""
    wide = [line for cell in cells((PROJECT / "chapters" / f"{name}.md").read_text("utf-8")) for line in cell
            if len(line) > WIDEST]
    assert not wide


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_prose(name):
    """A chapter that shows more code than argument."""
    text = (PROJECT / "chapters" / f"{name}.md").read_text("utf-8")
    assert len(CELL.sub("", text).split()) >= WORDS_A_LINE * sum(map(len, cells(text)))


def test_the_budget_can_be_missed():
    """A test of budgets that no chapter could fail."""
    text = "Words.\n\n```{code-cell} ipython3\n:tags: [hide-input]\n" + "x = 1\n" * 21 + "```\n"
    assert [len(cell) for cell in cells(text)] == [21]


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_a_cell_shows_is_an_answer(name):
    """A chart that is drawn again, and a notebook that runs again, for every change of a table behind it."""
    asked = set(re.findall(r"\bcharts\.(\w+)\(", (PROJECT / "chapters" / f"{name}.md").read_text("utf-8")))
    if asked:
        made = ast.parse((PROJECT / "argument" / name / "charts.py").read_text("utf-8")).body
        known = {one.name for one in made if isinstance(one, ast.FunctionDef)
                 and "shown" in map(ast.unparse, one.decorator_list)}
        assert asked <= known, f"mark {sorted(asked - known)} with @shown (report.data.package)"
