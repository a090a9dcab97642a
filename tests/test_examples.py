"""The lesson on a reader's own rows: it runs as it stands, and what it shows is what the build would say."""

from __future__ import annotations

import re
import shutil
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbclient import NotebookClient

from report import own_data
from report.data.package import opened
from report.sphinx.execution import LocalKernel
from tests.references import PROJECT, SECONDS, notebook_of

LESSON = PROJECT / "examples" / "your-own-rows.md"
EXAMPLE = PROJECT / "examples" / "made-up-rows"
OWN_ROW = "other = "


def state() -> dict[str, bytes]:
    return {str(p): p.read_bytes() for folder in (EXAMPLE, PROJECT / "data") for p in folder.rglob("*.*")}


@pytest.fixture(scope="module")
def lesson() -> tuple[dict[str, bytes], nbformat.NotebookNode]:
    """Return the project's tables and example as they were, and the lesson, run where it stands by a kernel
    of its own; a cell that fails stops it.
    """
    before, notebook = state(), notebook_of(LESSON)
    with TemporaryDirectory(prefix="report-") as place:
        NotebookClient(notebook, timeout=SECONDS, startup_timeout=SECONDS, kernel_name="python3",
                       resources={"metadata": {"path": str(LESSON.parent)}},
                       kernel_manager_class=type("Kernel", (LocalKernel,), {"place": place})).execute()
    return before, notebook


def shown(lesson: tuple[dict[str, bytes], nbformat.NotebookNode], of: str) -> str:
    """Return what the cell that holds some code has put out."""
    _, notebook = lesson
    cell = next(c for c in notebook.cells if c.cell_type == "code" and of in c.source)
    return "\n".join(o.get("text") or o["data"]["text/plain"] for o in cell.outputs)


def test_the_lesson_says_which_verdicts_move(lesson, tmp_path):
    """A lesson whose table of moved verdicts is not what the engine says of the same rows, or is empty."""
    rows = tmp_path / "rows"
    shutil.copytree(EXAMPLE, rows)
    cell = next(c.source for c in lesson[1].cells if OWN_ROW in c.source)
    row = re.search(r'other = "(.*)"', cell)[1]
    with (rows / "trade" / "china_share.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    own_data.put_together(rows, tmp_path / "data")
    with opened(tmp_path / "data"):
        found = own_data.changes()
    moved = {(c.claim, v, str(now.word)) for c in found for v, (before, now) in c.verdicts.items()
             if before.word != now.word}
    assert moved, "the example moves nothing, so that the lesson shows nothing"
    told = shown(lesson, "moved = ").splitlines()[1:]
    assert len(told) == len(moved)
    for claim, vantage, word in moved:
        assert any(claim in line and vantage in line and word in line for line in told)
    readings = shown(lesson, "readings = ")
    assert all(c.claim in readings for c in found if c.readings)


def test_the_lesson_shows_how_a_fault_is_refused(lesson):
    """A refusal that is not shown, or that names a folder of whoever ran the lesson."""
    said = shown(lesson, "wrong = ")
    assert "trade/china_share.csv, row 3, column share: '44.4 percent' holds a unit" in said
    assert said.startswith("...")


def test_the_lesson_leaves_the_project_as_it_was(lesson):
    """A lesson that writes into the example, or into the report's own tables."""
    before, _ = lesson
    assert before == state()
