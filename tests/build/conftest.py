"""The build command on copies of the made-up second article: with pages that cost nothing, or whole."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.references import PROJECT
from tests.second_article.test_second_article import MADE_UP

PRICES = Path("data/bread/prices.csv")
PAGES = 4


def copied(folder: Path) -> Path:
    """Return a copy of the made-up article, so that nothing is written beside its source."""
    return shutil.copytree(MADE_UP, folder, ignore=shutil.ignore_patterns("__pycache__", "_build"))


@pytest.fixture
def builder(tmp_path, monkeypatch) -> ModuleType:
    """Return the build command for a copy of the made-up article, in which a few pages that all say the first
    price stand in for what Sphinx makes.
    """
    monkeypatch.setenv("REPORT_PROJECT", str(copied(tmp_path / "project")))
    monkeypatch.delenv("REPORT_DATA", raising=False)
    monkeypatch.delitem(sys.modules, "fingerprint", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("build_of_a_copy", PROJECT / "report" / "build.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.run_sphinx = lambda: write_pages(made)
    yield made
    sys.modules.pop("fingerprint", None)


def write_pages(builder: ModuleType) -> int:
    """Write the pages of a book that says the first price, as Sphinx would; return the exit code."""
    html = builder.WORK / "_build" / "html"
    html.mkdir(parents=True, exist_ok=True)
    for number in range(PAGES):
        (html / f"{number}.html").write_text(first_price(builder.PROJECT), encoding="utf-8")
    return 0


def first_price(project: Path) -> str:
    return (project / PRICES).read_text(encoding="utf-8").splitlines()[1].split(",")[2]


def set_first_price(project: Path, price: str) -> None:
    """Change the first price of the table."""
    head, first, *rest = (project / PRICES).read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    (project / PRICES).write_text("\n".join([head, ",".join([*cells[:2], price, *cells[3:]]), *rest, ""]),
                                  encoding="utf-8")


def said(builder: ModuleType) -> set[str]:
    """Return all that the pages of the book in its place say: one price, where the book is whole."""
    pages = sorted(builder.BOOK.glob("*.html"))
    assert len(pages) == PAGES, f"{len(pages)} of {PAGES} pages"
    return {page.read_text(encoding="utf-8") for page in pages}
