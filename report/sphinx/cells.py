"""What a chapter's cells say of themselves, and nothing would read: refused with its line.

The libraries pass over it: a misspelt ``hide-input`` shows the code, a cell marked as R is run as Python, and
what ``load`` names is in no fingerprint.
"""

from __future__ import annotations

from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import ValidationError

from report.data.table import DataError

LANGUAGES = ("", "python", "python3", "ipython", "ipython3")
TAGS = ("hide-input", "hide-output", "hide-cell")


def check_cells(text: str, place: str) -> None:
    """Raise DataError for a cell of a chapter that says of itself what is not understood."""
    lines = text.splitlines()
    try:
        notebook = read_myst_markdown_notebook(text, add_source_map=True)
    except Exception as error:  # the library has several for options that it cannot read, private ones too
        told = error.message if isinstance(error, ValidationError) else error
        raise DataError(f"{place}: {told}; write the options of a cell as in :tags: [hide-input]") from None
    for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        if cell.cell_type == "code":
            _check(cell.metadata, lines[line - 1].partition("}")[2].strip(), f"{place}:{line}")


def _check(options: dict, language: str, at: str) -> None:
    if language not in LANGUAGES:
        raise DataError(f"{at}: a cell in {language!r} would be run as Python; write ipython3, or show the "
                        f"code without running it as ```{language}")
    for option in sorted(options.keys() - {"tags"}):
        raise DataError(f"{at}: nothing reads an option {option!r} of a cell; write tags, or remove it")
    for tag in options.get("tags", ()):
        if tag not in TAGS:
            raise DataError(f"{at}: nothing reads the tag {tag!r}; write {', '.join(TAGS)}, or remove it")
