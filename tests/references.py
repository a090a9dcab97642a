"""Write what the book is compared with: ``python -m tests.references`` (or ``make references``).

``tests/expected/ledger.csv`` holds every reading with its claim's verdict, ``numbers.csv`` every number that
the prose quotes; both are compared line by line, so that a review sees what moved. The chapters are executed
into notebooks: nbval then re-runs ``tests/notebooks/*.ipynb`` and compares every output with what was written
here. Sources come from ``chapters/*.md``; ``tests/test_notebooks.py`` guards that the two agree.
"""

from __future__ import annotations

import csv
import io
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import jupytext
import nbformat
from nbclient import NotebookClient

from report.book import chapters_with, numbers
from report.ledger import indicators_csv, ledger_csv
from report.rule import claims
from report.sphinx.execution import LocalKernel
from report.trace import Measure

PROJECT = Path(__file__).resolve().parents[1]
CHAPTERS, NOTEBOOKS = PROJECT / "chapters", PROJECT / "tests" / "notebooks"
EXPECTED = PROJECT / "tests" / "expected"
SECONDS = 900  # until a kernel that never answers fails; a busy machine may take its time


def chapters() -> list[Path]:
    """Return the chapters that have code to run."""
    return sorted(p for p in CHAPTERS.glob("*.md") if "{code-cell}" in p.read_text(encoding="utf-8"))


def notebook_of(chapter: Path) -> nbformat.NotebookNode:
    """Return a chapter as a notebook that has not run, with ids that depend on its cells alone."""
    notebook = jupytext.read(chapter, fmt="md:myst")
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
                         "language_info": {"name": "python"}}
    return notebook


def write_reference(chapter: Path, folder: Path = NOTEBOOKS) -> Path:
    """Execute a chapter and write it to ``folder``; the outputs of a cell that fails stop the run."""
    notebook = notebook_of(chapter)
    with TemporaryDirectory(prefix="report-") as place:
        NotebookClient(notebook, timeout=SECONDS, startup_timeout=SECONDS, kernel_name="python3",
                       record_timing=False, resources={"metadata": {"path": str(CHAPTERS)}},
                       kernel_manager_class=type("Kernel", (LocalKernel,), {"place": place})).execute()
    notebook.metadata.pop("language_info", None)
    path = folder / f"{chapter.stem}.ipynb"
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook, version=4, ensure_ascii=False), encoding="utf-8")
    return path


def numbers_csv() -> str:
    """Return the numbers of the prose, chapter by chapter: key, value, unit and rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["chapter", "number", "value", "unit", "rows"])
    for chapter in chapters_with("numbers"):
        for key, one in sorted(numbers(chapter).items()):
            traced = isinstance(one, Measure)
            value = f"{one.value:.9g}" if traced and isinstance(one.value, float) else str(one)
            writer.writerow([chapter, key, value, one.unit or "" if traced else "",
                             ";".join(one.rows) if traced else ""])
    return text.getvalue()


def write_expected() -> None:
    """Write ledger, indicators and numbers for the tests, and the README's number of claims."""
    readme = PROJECT / "README.md"
    told = re.sub(r"\b\d+ claims", f"{len(claims())} claims", readme.read_text(encoding="utf-8"), count=1)
    readme.write_text(told, encoding="utf-8", newline="\n")
    EXPECTED.mkdir(parents=True, exist_ok=True)
    (EXPECTED / "ledger.csv").write_text(ledger_csv(), encoding="utf-8")
    (EXPECTED / "indicators.csv").write_text(indicators_csv(), encoding="utf-8")
    (EXPECTED / "numbers.csv").write_text(numbers_csv(), encoding="utf-8")


def main() -> None:
    write_expected()
    NOTEBOOKS.mkdir(parents=True, exist_ok=True)
    kept = {f"{c.stem}.ipynb" for c in chapters()}
    for old in NOTEBOOKS.glob("*.ipynb"):
        if old.name not in kept:
            old.unlink()
    with ProcessPoolExecutor(max_workers=2) as pool:
        for path in pool.map(write_reference, chapters()):
            print(path.relative_to(PROJECT))


if __name__ == "__main__":
    main()
