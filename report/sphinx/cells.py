"""What a chapter's cells say of themselves and nothing would read, and what they make and do not show, is
refused with its line.

The libraries pass over it: a misspelt ``hide-input`` shows the code, a cell marked as R is run as Python,
what ``load`` names is in no fingerprint, and of two charts in one cell the first is not there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

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
    codes: list[tuple[str, int]] = []
    for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        if cell.cell_type == "code":
            _check(cell.metadata, lines[line - 1].partition("}")[2].strip(), f"{place}:{line}")
            codes.append((cell.source, line))
    for line, told in _unshown(codes):
        raise DataError(f"{place}:{line}: {told}")


def _check(options: dict, language: str, at: str) -> None:
    if language not in LANGUAGES:
        raise DataError(f"{at}: a cell in {language!r} would be run as Python; write ipython3, or show the "
                        f"code without running it as ```{language}")
    for option in sorted(options.keys() - {"tags"}):
        raise DataError(f"{at}: nothing reads an option {option!r} of a cell; write tags, or remove it")
    for tag in options.get("tags", ()):
        if tag not in TAGS:
            raise DataError(f"{at}: nothing reads the tag {tag!r}; write {', '.join(TAGS)}, or remove it")


def _unshown(cells: Sequence[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """Yield what cells make and do not show, by code and line of each. Code that does not parse is left to
    the kernel, which says why.
    """
    try:
        parsed = [(ast.parse(code), code, line) for code, line in cells]
    except SyntaxError:
        return
    nodes = [node for tree, _, _ in parsed for node in ast.walk(tree)]
    modules = {(name.asname or name.name).split(".")[0] for node in nodes
               if isinstance(node, ast.Import | ast.ImportFrom) for name in node.names}
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    for tree, code, line in parsed:
        for shown in tree.body[:-1]:
            if isinstance(shown, ast.Expr) and _root(shown.value) in modules:
                yield line, (f"{ast.unparse(shown)} is not shown, since more follows in its cell; give it a "
                             "cell of its own")
        if code.rstrip().endswith(";"):
            yield line, "the semicolon keeps from the page what the cell returns; remove it"
        for node in (node for node in tree.body if isinstance(node, ast.Assign)):
            for name in (t.id for t in node.targets if isinstance(t, ast.Name) and t.id not in used):
                yield line, f"{name} is made and neither shown nor used; write {name} as the cell's last line"


def _root(node: ast.expr) -> str:
    """Return the name that an expression begins with, as ``charts`` of ``charts.prices().properties()``."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
