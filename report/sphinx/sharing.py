"""What is written for other sites once the book's own address is known: a page a chart, to stand in a frame,
and the pictures of pages that have no chart.

A policy in a page's head cannot say who may frame it (browsers heed ``frame-ancestors`` in a header alone).
So the page that is made to be framed is one by itself: it runs no script and holds no form, and a host that
sends headers may forbid framing for all pages but those in ``embed/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vl_convert
from markupsafe import Markup
from sphinx.application import Sphinx

from report import identity
from report.charts.fonts import measure_with
from report.charts.picture import pictures
from report.sphinx.figure import build_folder, figures_of, sizes
from report.sphinx.nodes import PAGES
from report.sphinx.output import write_if_changed
from report.sphinx.previews import CARDS, FRAMES, card


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages that other sites may frame, a chart each."""
    if app.builder.name != "html" or identity.SITE is None:
        return
    for page, figures in figures_of(app.env).items():
        for name, spec in figures.items():
            drawn = pictures(spec, build_folder(app))
            yield f"{FRAMES}/{name}", {
                "title": spec["usermeta"]["title"], "meta": spec["usermeta"], "sizes": sizes(drawn),
                "wide": Markup(drawn["wide"]), "narrow": Markup(drawn["narrow"]),
                "whole": identity.edition_address(f"{page}.html", f"fig-{name}"),
            }, "embed.html"


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    folder, made = Path(app.outdir) / CARDS, set()
    if identity.SITE is not None:
        measure_with(build_folder(app) / "fonts")
        for page, title in app.env.titles.items():
            if page == app.config.root_doc or not figures_of(app.env).get(page):
                write_if_changed(folder / f"{page}.png", vl_convert.svg_to_png(card(title.astext())))
                made.add(f"{page}.png")
    for old in folder.glob("*.png"):
        if old.name not in made:
            old.unlink()


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _finished)
