"""The page around the text: own templates over the theme's, and nothing on a page that it does not need.

The theme brings 1.5 MB of icons, a script framework and 400 kB of style for parts this book does not have. Its templates
are replaced by three small ones (``templates/``), so that a page loads one style sheet, one script and the fonts; what
no page refers to is removed from ``_static`` after the build.
"""

from __future__ import annotations

import hashlib
import re
from html import unescape
from importlib.resources import files
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from report import identity
from report.sphinx.figure import figures_of
from report.sphinx.nodes import source_credit

BOOK = files("report.sphinx")
DESCRIPTION_LENGTH = 200


def plain(node: nodes.Node) -> str:
    """Return what a node says, without citations and markup."""
    if isinstance(node, source_credit):
        return ""
    if isinstance(node, nodes.raw):
        return unescape(re.sub(r"<[^>]+>", "", node.astext()))
    if isinstance(node, nodes.Text):
        return node.astext()
    children = node.children
    if isinstance(node, nodes.Element) and node.get("nb_element") == "mime_bundle":  # one value in several formats
        children = [next((c for c in children if c.get("mime_type") == "text/plain"), children[0])]
    return "".join(plain(child) for child in children)


def shortened(text: str, length: int) -> str:
    """Return the first sentences of a text that fit, or its first words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    sentences = re.match(rf"(.{{1,{length - 1}}}[.?!])\s", text)
    return sentences[1] if sentences and len(sentences[1]) > length / 3 else text[:length].rsplit(" ", 1)[0] + "…"


def description(doctree: nodes.document | None) -> str:
    """Return the first paragraph of a page in brief."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    return next((shortened(text, DESCRIPTION_LENGTH) for p in paragraphs if len(text := plain(p)) > 40), "")


def short_title(env: BuildEnvironment, docname: str) -> str:
    """Return a chapter's title up to its colon, as the contents name it."""
    return env.titles[docname].astext().split(": ")[0]


def contents(env: BuildEnvironment) -> list[dict]:
    """Return the parts of the book with their pages, as the table of contents has them."""
    root = env.config.root_doc
    parts = [{"caption": "", "pages": [root]}]
    for tree in env.tocs[root].findall(addnodes.toctree):
        parts.append({"caption": tree.get("caption") or "", "pages": [d for _, d in tree["entries"] if d in env.titles]})
    return [{"caption": p["caption"], "pages": [{"name": d, "title": short_title(env, d)} for d in p["pages"]]} for p in parts]


def sections(env: BuildEnvironment, docname: str) -> list[dict]:
    """Return the headings of the second level on a page."""
    page = env.get_doctree(docname)
    top = next(page.findall(nodes.section), None)
    return [{"id": s["ids"][0], "title": plain(s[s.first_child_matching_class(nodes.title)])}
            for s in (top.children if top else ()) if isinstance(s, nodes.section)]


def _context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """Give the templates what the theme does not know: contents, description, picture, addresses."""
    env, known = app.env, pagename in app.env.titles
    first = next(iter(figures_of(env).get(pagename, ())), None)
    page = f"{pagename}.html"
    context["report"] = {
        "title": identity.TITLE, "author": identity.AUTHOR, "licence": identity.LICENCE, "repository": identity.REPOSITORY,
        "description": description(doctree), "address": identity.address(page),
        "image": identity.address(f"charts/{first}.png") if first else None,
        "contents": contents(env), "sections": sections(env, pagename) if known else [],
        "versions": app.report_asset_versions,
        "error": identity.error_report(f"the page {pagename}", page),
    }
    for way in ("prev", "next"):
        if context.get(way):
            context[way] = {**context[way], "title": re.sub(r"<[^>]+>", "", context[way]["title"]).split(": ")[0]}


# Code cells --------------------------------------------------------------------------------------------------------

def _open_code(self, node: HideCodeCellNode) -> None:
    self.body.append(f'<details class="code"><summary>{node["prompt_show"]}</summary>\n')


def _close_code(self, node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")


# Assets ------------------------------------------------------------------------------------------------------------

def _version_assets(app: Sphinx) -> None:
    app.report_asset_versions = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:8] for path in (BOOK / "assets").iterdir()}


def _configure(app: Sphinx, config: Config) -> None:
    """Use the book's templates, and leave out Sphinx's own index and search (the book has its own)."""
    config.templates_path.insert(0, str(BOOK / "templates"))
    config.html_use_index = False


def _no_stock_search(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.builder.search = False


def referred(out: Path) -> set[str]:
    """Return the files of ``_static`` that a page, the style sheet or a script of the site names."""
    texts = [p.read_text(encoding="utf-8") for p in [*out.glob("*.html"), *(out / "_static").glob("report.*"), *(out / "_static").glob("search.js")]]
    named = {name for text in texts for name in re.findall(r'_static/([\w./-]+)', text)}
    return named | {name for text in texts for name in re.findall(r'url\("?([\w./-]+)"?\)', text)}


def strip_static(out: Path) -> None:
    """Remove from ``_static`` what no page refers to: the theme's and the extensions' scripts, styles and icons."""
    kept = referred(out)
    for path in sorted((out / "_static").rglob("*"), reverse=True):
        if path.is_file() and str(path.relative_to(out / "_static")) not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _finished(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        strip_static(Path(app.outdir))


def setup(app: Sphinx) -> None:
    app.add_node(HideCodeCellNode, override=True, html=(_open_code, _close_code))
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _version_assets)
    app.connect("builder-inited", _no_stock_search)
    app.connect("html-page-context", _context, priority=900)
    app.connect("build-finished", _finished, priority=900)
