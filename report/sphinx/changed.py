"""The page of what changed, in a book that was built on a reader's own data: verdict by verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from report import own_data
from report.rule import VANTAGES, claim
from report.sphinx.figure import figures_of
from report.sphinx.nodes import rendered

PAGE = "changed"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    told = own_data.is_own()
    if app.builder.name != "html" or not told:
        return
    found = own_data.changes()
    lost = [(docname, name, spec["usermeta"]["title"]) for docname, figures in figures_of(app.env).items()
            for name, spec in figures.items() if not spec["usermeta"]["holds"]]
    body = rendered("changed.html", told=told, tables=own_data.counted(), vantages=VANTAGES, claim=claim,
                    moved=[c for c in found if c.moved], others=[c for c in found if not c.moved],
                    charts=lost)
    yield PAGE, {"title": "What changed", "body": body}, "page.html"


def _mark(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Say on every page that its figures are not those of the report."""
    context["own_data"] = (own_data.is_own() or {}).get("title")


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _mark, priority=910)
