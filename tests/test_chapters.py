"""Chapters are prose with a little code: how long a cell may be, and how many words
stand beside a line of code.
"""

from __future__ import annotations

import ast
import re
import shutil
import statistics

import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

from tests.references import PROJECT

CELL = re.compile(r"^```\{code-cell\} ipython3\n(?::[^\n]*\n)*(.*?)^```", re.S | re.M)
CHAPTERS = sorted(path.stem for path in (PROJECT / "chapters").glob("*.md")
                  if CELL.search(path.read_text("utf-8")))
MEDIAN, LONGEST, WIDEST = 6, 20, 100  # lines, lines, columns
WORDS_A_LINE = 12
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


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


def test_a_chapter_saved_in_jupyterlab_stays_as_it_is(tmp_path):
    """A sentence written there that comes with another header and blank lines all over the page."""
    shutil.copytree(PROJECT / "chapters", tmp_path / "chapters")
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    lab = build_sync_jupytext_contents_manager_class(LargeFileManager)(root_dir=str(tmp_path))
    other = []
    for name in CHAPTERS:
        path = f"chapters/{name}.md"
        opened = lab.get(path, type="notebook")
        opened["content"]["metadata"]["kernelspec"] = KERNEL
        lab.save(opened, path)
        if (tmp_path / path).read_bytes() != (PROJECT / path).read_bytes():
            other.append(path)
    assert not other, "JupyterLab writes them otherwise; open and save them there"


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_a_cell_shows_is_an_answer(name):
    """A chart that is drawn again, and a notebook that runs again, for every change of a table behind it."""
    asked = set(re.findall(r"\bcharts\.(\w+)\(", (PROJECT / "chapters" / f"{name}.md").read_text("utf-8")))
    if asked:
        made = ast.parse((PROJECT / "argument" / name / "charts.py").read_text("utf-8")).body
        known = {one.name for one in made if isinstance(one, ast.FunctionDef)
                 and "shown" in map(ast.unparse, one.decorator_list)}
        assert asked <= known, f"mark {sorted(asked - known)} with @shown (report.data.package)"
