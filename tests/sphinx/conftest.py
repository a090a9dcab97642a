"""A small book of one chapter and the registers, built once in the site's format and once as plain text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

CHAPTER = """(ch-trade)=
# A chapter

Customs counted {reading}`c12-gacc-2014-then:,.0f` million {cite}`kotra_2015_edaily,gacc_2014_dailynk`.
Without oil it is {reading}`c14-kotra-then/kotra-without-out:.1f` percent.
The gap is {measure}`gap-2014:,.0f` million.
{claim}`C14` is {verdict}`C14 now` ({verdict}`C14 now counts`, {verdict}`C14 now votes`).
[The claim](claim-c14) has [a reading](c14-kotra-then).

Customs were read once more {cite}`gacc_2014_dailynk`.
"""
REGISTERS = {"claims": "claims-ledger", "data": "data-catalogue", "references": "source-register"}


def build(folder: Path, builder: str, pages: dict[str, str]) -> tuple[Sphinx, str]:
    """Build pages of Markdown, the first of which is the root; return the application and its warnings."""
    source = folder / "pages"
    source.mkdir(parents=True, exist_ok=True)
    root, *others = pages
    for name, text in pages.items():
        listed = "\n".join(["", "```{toctree}", *others, "```", ""]) if name == root and others else ""
        (source / f"{name}.md").write_text(text + listed, encoding="utf-8")
    warnings = io.StringIO()
    with docutils_namespace():
        out = folder / "out"
        app = Sphinx(source, None, out / builder, out / "doctrees", builder, status=None, warning=warnings,
                     confoverrides={
                         "extensions": ["myst_nb", "report.sphinx"], "root_doc": root, "nitpicky": True,
                         "html_theme": "basic", "nb_execution_mode": "cache"})
        app.build()
    return app, warnings.getvalue()


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Return the pages of the small book: a chapter and the registers."""
    return {"trade": CHAPTER, **{n: f"# {n.capitalize()}\n\n```{{{d}}}\n```\n" for n, d in REGISTERS.items()}}


@pytest.fixture(scope="session")
def small(tmp_path_factory, pages) -> tuple[Sphinx, Path]:
    """Return the small book as a site: its application and the folder of its pages."""
    app, warnings = build(tmp_path_factory.mktemp("small"), "html", pages)
    assert warnings == ""
    return app, Path(app.outdir)


@pytest.fixture(scope="session")
def worded(tmp_path_factory, pages) -> Sphinx:
    """Return the small book in plain text."""
    app, warnings = build(tmp_path_factory.mktemp("worded"), "text", pages)
    assert warnings == ""
    return app
