"""The book as one file: its pages in words, without what only a screen can do, for EPUB and PDF.

The builder ``bound`` writes each page of the book once, from the nodes that the site is made of. The pages
then become chapters of an EPUB and, one after another, of the document that a PDF is printed from.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Set
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from docutils.io import StringOutput
from lxml import html
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

from report import identity
from report.charts.fonts import make_fonts
from report.editions.binding import Chapter, bind
from report.sphinx.figure import build_folder
from report.sphinx.nodes import BOUND
from report.sphinx.page import contents

ON_SCREEN = (  # what a reader cannot use in print, or finds in the data package
    ".//form//div[contains(@class, 'selects')]", ".//output", ".//details[contains(@class, 'numbers')]",
    ".//tr[@class='variant']", ".//svg",
    ".//*[contains(@class, 'glyph')]",  # the sign of a verdict, which stands beside its word
)


class Binder(StandaloneHTMLBuilder):
    """Write every page of the book as a chapter of one file."""

    name = BOUND
    format = "html"
    epilog = "The bound book is in %(outdir)s."
    search = False
    add_permalinks = False
    copysource = False
    allow_parallel = False
    supported_image_types = ["image/svg+xml", "image/png"]  # noqa: RUF012  # as Sphinx declares it

    def init(self) -> None:
        super().init()
        self.bodies: dict[str, html.HtmlElement] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        yield from self.env.found_docs

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep what a page says, as a tree of elements."""
        without_code(doctree)
        doctree.settings = self.docsettings
        self.secnumbers, self.fignumbers = {}, {}
        self.imgpath, self.dlpath, self.current_docname = "_images", "_downloads", docname
        self.docwriter.write(doctree, StringOutput(encoding="utf-8"))
        self.docwriter.assemble_parts()
        self.bodies[docname] = printable(html.fragment_fromstring(self.docwriter.parts["fragment"], "div"))

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Leave the index for a search out."""

    def finish(self) -> None:
        """Join the pages in the order of the contents, and lead their links to where they now stand."""
        out = Path(self.outdir)
        missing = sorted({page["name"] for part in contents(self.env) for page in part["pages"]}
                         - self.bodies.keys())
        if missing:
            raise ExtensionError(f"pages of the contents were not written: {', '.join(missing)}")
        anchors: dict[str, Set[str]] = {name: set(body.xpath("//@id")) for name, body in self.bodies.items()}
        for name, body in self.bodies.items():
            lead(name, body, anchors)
        chapters = [Chapter(page["name"], page["title"], part["caption"], self.bodies[page["name"]])
                    for part in contents(self.env) for page in part["pages"]]
        pictures = out / "pictures"
        used = {src for body in self.bodies.values() for src in body.xpath(".//img/@src")}
        for path in pictures.glob("*"):
            if f"pictures/{path.name}" not in used:
                path.unlink()
        fonts = make_fonts(build_folder(self.app) / "fonts")
        shutil.rmtree(out / "fonts", ignore_errors=True)
        (out / "fonts").mkdir(parents=True)
        for font in fonts:
            shutil.copyfile(font, out / "fonts" / font.name)
        bind(out, chapters)


def without_code(doctree: nodes.document) -> None:
    """Take the code of cells out of a page: the notebooks of an edition hold it."""
    for folded in list(doctree.findall(HideCodeCellNode)):
        folded.parent.remove(folded)
    for cell in list(doctree.findall(nodes.container)):
        if cell.get("nb_element") == "cell_code_source" and cell.parent:
            cell.parent.remove(cell)


def printable(body: html.HtmlElement) -> html.HtmlElement:
    """Return a page without controls; what was folded lies open, but for long tables of a reader's choice."""
    for path in ON_SCREEN:
        for one in body.xpath(path):
            one.drop_tree()
    for fold in body.xpath(".//form//details[not(@open)]"):
        fold.tag = "p"
        said = fold[0].text_content()
        fold.clear()
        fold.text = f"{said}: on the pages of the site."
    for old, new in (("details", "div"), ("summary", "p"), ("form", "div"), ("fieldset", "div"),
                     ("legend", "p")):
        for one in body.xpath(f".//{old}"):
            one.attrib.pop("open", None)
            one.set("class", f"{one.get('class', '')} {old}".strip())
            one.tag = new
    for one in body.xpath(".//*[@tabindex or @role='region']"):
        for name in ("tabindex", "role", "aria-label"):
            one.attrib.pop(name, None)
    return body


def lead(page: str, body: html.HtmlElement, anchors: dict[str, Set[str]]) -> None:
    """Lead the links of a page to where their targets stand in the bound book; those to files of the site go
    to its address, or are plain words where it has none yet.
    """
    for one in body.xpath(".//a[@href]"):
        href = one.get("href")
        if re.match(r"[a-z]+:", href):
            continue
        path, _, inside = unquote(href).partition("#")
        target = path.removesuffix(".html") if path else page
        if target in anchors:
            one.set("href", f"{target}.html#{inside}" if inside in anchors[target] else f"{target}.html")
        elif there := identity.edition_address(path, inside):
            one.set("href", there)
        else:
            one.drop_tag()


def setup(app: Sphinx) -> None:
    app.add_builder(Binder)
