"""Which pages are notebooks, from their text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from report.data.table import DataError
from report.sphinx.execution import chapters

NOTEBOOK = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n# Bread\n"


def app(folder, *names: str) -> SimpleNamespace:
    return SimpleNamespace(srcdir=str(folder), project=SimpleNamespace(discover=lambda *patterns: set(names)),
                           config=SimpleNamespace(exclude_patterns=[], include_patterns=[]))


def test_a_page_without_cells_is_no_notebook(tmp_path):
    (tmp_path / "bread.md").write_text(NOTEBOOK, encoding="utf-8")
    (tmp_path / "about.md").write_text("# About\n", encoding="utf-8")
    assert chapters(app(tmp_path, "bread", "about")) == [str(tmp_path / "bread.md")]


@pytest.mark.parametrize(("content", "fault"), [
    (f"{NOTEBOOK}\nCrème\n".encode("latin-1"), "chapters/bread.md, line 7: is not UTF-8"),
    (b"\xef\xbb\xbf" + NOTEBOOK.encode(), "chapters/bread.md: starts with a byte-order mark"),
    (b" \n", "chapters/bread.md: the page has no text; write it, or remove the file and its line")],
    ids=["latin-1", "byte-order mark", "empty"])
def test_a_chapter_that_cannot_be_read_is_told_by_its_name(content, fault, tmp_path):
    """A traceback of the reader that meets the page first, or links that lead nowhere, and not the page."""
    (tmp_path / "bread.md").write_bytes(content)
    with pytest.raises(DataError, match=f"^{fault}"):
        chapters(app(tmp_path, "bread"))
