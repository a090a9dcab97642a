"""Which pages are notebooks, from their text."""

from __future__ import annotations

import signal
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace

import pytest

from report.data.table import DataError
from report.sphinx import execution
from report.sphinx.execution import chapters
from report.sphinx.serving import environment

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
    (f"{NOTEBOOK}\nA loaf\u202e.\n".encode(), r"chapters/bread.md, line 7: holds the character U\+202E"),
    (b" \n", "chapters/bread.md: the page has no text; write it, or remove the file and its line")],
    ids=["latin-1", "byte-order mark", "unseen", "empty"])
def test_a_chapter_that_cannot_be_read_is_told_by_its_name(content, fault, tmp_path):
    """A traceback of the reader that meets the page first, or links that lead nowhere, and not the page."""
    (tmp_path / "bread.md").write_bytes(content)
    with pytest.raises(DataError, match=f"^{fault}"):
        chapters(app(tmp_path, "bread"))


def test_a_kernel_that_does_not_start_leaves_no_handler(monkeypatch, tmp_path):
    """A build that waits for ever for a process which no longer ends when it is told to."""
    def failing(*about: object, **more: object) -> None:
        signal.signal(signal.SIGTERM, lambda *_: None)  # as the library leaves it then
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(execution, "single_nb_execution", failing)
    notebook = SimpleNamespace(nb=SimpleNamespace(cells=[]), uri=str(tmp_path / "bread.md"))
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(RuntimeError, match="Kernel died"):
            execution._run(notebook, SimpleNamespace(timeout=1, allow_errors=False))
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_user_without_a_home_has_one_while_the_book_is_built(monkeypatch):
    """Kernels that die in a container whose user has no name, by a traceback a notebook."""
    def homeless() -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert environment()["HOME"] == gettempdir()
