"""Each chapter as the notebook that was executed for it, to download: its cells, and what they gave.

Charts are put in as pictures beside what the book itself reads, since few notebook viewers know these; claims
have their words. Whoever meets the file alone is told first what it is and what it needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from sphinx.application import Sphinx

from report import identity
from report.charts import MIME
from report.charts.picture import pictures
from report.data.needs import digest
from report.sphinx.execution import chapters, is_notebook, keys_of
from report.sphinx.figure import build_folder
from report.sphinx.fingerprint import of_engine
from report.sphinx.kept import unchanged
from report.sphinx.output import write_if_changed

FOLDER = "notebooks"


def preface(page: str) -> str:
    """Return what stands before the cells of a page's notebook: what it is, and how its cells are run."""
    where = identity.edition_address(f"{page}.html")
    read = f"[{where}]({where})" if where else f"the page {page}.html of the built book"
    source = f" ({identity.REPOSITORY})" if identity.REPOSITORY else ""
    return (f"*{identity.TITLE}, {identity.edition()}: the chapter as it was executed for the book. "
            f"Words such as `{{reading}}` in its text stand for values, which {read} prints. "
            f"To run its cells, take the source of the edition{source}, run `make lab` there and open "
            f"`chapters/{page}.md`: they need the book's own data and the package `report` of that folder; "
            "pip would install another of that name.*")


def executed(app: Sphinx, chapter: str) -> nbformat.NotebookNode:
    """Return a chapter as the notebook that was executed for it, behind its preface."""
    cache = get_cache(app.config.nb_execution_cache_path)
    _, notebook = cache.merge_match_into_notebook(cache.get_project_notebook(chapter).nb)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(preface(Path(chapter).stem)))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"  # ids made by chance would make each build's file another
        for output in cell.get("outputs", ()):
            _show(output.get("data", {}), app)
    return notebook


def _show(data: dict[str, Any], app: Sphinx) -> None:
    """Add to an output what every notebook viewer can show, in place."""
    if "usermeta" in data.get(MIME, {}):
        data["image/svg+xml"] = pictures(data[MIME], build_folder(app))["alone"]


def place(pagename: str) -> str:
    """Return where the notebook of a page stands on the site."""
    return f"{FOLDER}/{pagename}.ipynb"


def _offer(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    if app.builder.name == "html" and app.env.found_docs and pagename in app.env.found_docs:
        text = Path(app.env.doc2path(pagename)).read_text(encoding="utf-8")
        context["notebook"] = place(pagename) if is_notebook(text) else None


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    out, kept, found = Path(app.outdir), set(), chapters(app)
    keys = keys_of(cache, found)
    for chapter in found:
        path = out / place(app.env.path2doc(chapter) or Path(chapter).stem)
        kept.add(path)
        outputs = Path(cache.path) / "executed" / keys[chapter] / "base.ipynb"
        made_of = digest(of_engine(), Path(chapter).read_bytes(), outputs.read_bytes())
        if unchanged(f"notebook {chapter}", made_of, path):
            continue
        write_if_changed(path, nbformat.writes(executed(app, chapter), version=4))
    for old in (out / FOLDER).glob("*"):
        if old not in kept:
            old.unlink()


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _offer, priority=910)
    app.connect("build-finished", _finished)
