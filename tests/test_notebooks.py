"""The reference notebooks: each cell was run, each source is the chapter's, and one changed datum fails."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from report.data.package import data_folder
from tests.references import CHAPTERS, NOTEBOOKS, chapters, notebook_of

NAMES = [c.stem for c in chapters()]


@pytest.mark.parametrize("name", NAMES)
def test_source_equals_chapter(name):
    """A chapter edited without `make references`, so that nbval checks an older one."""
    chapter = notebook_of(CHAPTERS / f"{name}.md")
    reference = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    assert [(c.cell_type, c.source) for c in reference.cells] == [(c.cell_type, c.source)
                                                                  for c in chapter.cells]


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_was_run(name):
    """A cell without execution count, which nbval passes without looking; an output that
    is an error or a warning.
    """
    for cell in nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.execution_count, cell.source
            assert all(o.output_type != "error" and o.get("name") != "stderr"
                       for o in cell.outputs), cell.source


@pytest.mark.parametrize("name", NAMES)
def test_manners(name):
    """A cell that computes out of sight, goes on after an error, reads the network, installs
    something or configures a chart.
    """
    for cell in notebook_of(CHAPTERS / f"{name}.md").cells:
        if cell.cell_type == "code":
            assert set(cell.metadata.get("tags", [])) <= {"hide-input"}, cell.source
            assert not re.search(r"^\s*[!%]|\bpip\b|requests|urllib|https?://|\.configure_|allow_errors",
                                 cell.source, re.M), cell.source


def test_no_reference_without_a_chapter():
    """The notebook of a chapter that was renamed or removed."""
    assert {p.stem for p in NOTEBOOKS.glob("*.ipynb")} == set(NAMES)


def rerun(notebook, data) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--override-ini",
         "addopts=",
         "--nbval", "--nbval-current-env", "--nbval-kernel-startup-timeout=900", str(notebook)],
        env={**os.environ, "REPORT_DATA": str(data)}, capture_output=True, text=True)


def test_one_changed_datum_fails(tmp_path):
    """nbval that compares nothing: outputs left out, or specifications and glued numbers passed over."""
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    table = data / "trade" / "china_trade.csv"
    text = table.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("2014,") and "6363.63" in line)
    table.write_text(text.replace(row, row.replace("6363.63", "6363.64")), encoding="utf-8")
    done = rerun(NOTEBOOKS / "trade.ipynb", data)
    assert done.returncode == 1, done.stdout[-2000:]
    failed, passed = map(int, re.search(r"(\d+) failed, (\d+) passed", done.stdout).groups())
    # the glued number and the chart, and not the whole notebook
    assert failed >= 2 and passed >= 10, done.stdout[-2000:]
