"""What a page of the book is made of: nodes that know a thing by its attributes, and not how it is printed.

On a page of the site a thing prints its template (``templates/<thing>.html``, escaped by Jinja); in any other
format (text, LaTeX, EPUB) plain nodes of docutils with its words take its place. Either is asked for when the
page is written, after all pages have been read, so that a register names what stands on the others.
"""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from report.data.rows import row_href, table_page
from report.data.sources import anchor, sources
from report.dates import in_words, unbroken
from report.prose import formatted
from report.show.html import renderer
from report.show.languages import told

DOMAIN = "report"
PAGES = ("html", "dirhtml", "singlehtml")  # the builders whose pages carry the book's own style
BOUND = "bound"  # the builder of the book as one file: EPUB and PDF


# A thing as the pages of the site show it.
rendered = renderer("report.sphinx",
                    {"anchor": anchor, "source": lambda id: sources()[id], "number": formatted,
                     "in_words": in_words, "told": told, "unbroken": unbroken},
                    row_href=row_href, table_page=table_page)


class Thing(nodes.General, nodes.Element):
    """A thing of the book as a block of a page."""

    template: ClassVar[str]

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        """Return what the template asks for."""
        raise NotImplementedError

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return the thing in plain nodes."""
        raise NotImplementedError


class entries(nodes.General, nodes.Element):
    """Entries of a register in a row. The page says how many, so that a browser can tell how tall they are
    before it lays them out.
    """


class source_credit(nodes.inline):
    """Who is cited for what stands before it: references to sources, in brackets."""


class verdict_mark(nodes.inline):
    """The signs of a claim's verdicts, then and now (attribute ``signs``), beside the claim's name."""


def pending(kind: str, target: str, docname: str, *content: nodes.Node, **more: Any) -> addnodes.pending_xref:
    """Return a reference to an object of the book that is resolved once all pages have been read."""
    said = nodes.inline("", "", *content, support_smartquotes=False)  # names and values stand as they are
    return addnodes.pending_xref("", said, refdomain=DOMAIN, reftype=kind, reftarget=target, refdoc=docname,
                                 refwarn=True, **more)


def link(kind: str, target: str, docname: str, text: str) -> addnodes.pending_xref:
    """Return a pending reference that says ``text``."""
    return pending(kind, target, docname, nodes.Text(text))


def joined(parts: list[nodes.Node], separator: str) -> list[nodes.Node]:
    """Return inline nodes with a separator between them."""
    return [n for i, part in enumerate(parts) for n in ((nodes.Text(separator), part) if i else (part,))]


def paragraph(*parts: nodes.Node | str) -> nodes.paragraph:
    """Return a paragraph of inline nodes and text."""
    return nodes.paragraph("", "", *(nodes.Text(p) if isinstance(p, str) else p for p in parts))


def listed(*items: list[nodes.Node]) -> nodes.bullet_list:
    """Return a list, an item for each list of blocks."""
    return nodes.bullet_list("", *(nodes.list_item("", *blocks) for blocks in items))


def section(title: str, id: str) -> nodes.section:
    """Return a section under its own heading and address."""
    made = nodes.section(ids=[id], names=[id])
    made += nodes.title(text=title)
    return made


def target(id: str) -> nodes.target:
    """Return an address within a page, for formats that print no template."""
    return nodes.target("", "", ids=[id])


class InWords(SphinxPostTransform):
    """Put plain nodes in the place of things, where the format is not that of the site's pages."""

    default_priority = 8  # before references are resolved (10), since words hold some

    def run(self, **kwargs: Any) -> None:
        if self.app.builder.name in PAGES:
            return
        for thing in list(self.document.findall(Thing)):
            thing.replace_self([*map(target, thing["ids"]), *thing.words(self.env)])
        for row in list(self.document.findall(entries)):
            row.replace_self(row.children)
        for mark in list(self.document.findall(verdict_mark)):  # not every typeface has the sign
            mark.replace_self(nodes.Text(f" ({mark['signs'].said})"))


def _visit_thing(self, node: Thing) -> None:
    self.body.append(f"{rendered(node.template, **node.context(self.builder.env))}\n")
    raise nodes.SkipNode


def _visit_entries(self, node: entries) -> None:
    self.body.append(self.starttag(node, "div", CLASS="entries", style=f"--entries: {len(node)}"))


def _depart_entries(self, node: entries) -> None:
    self.depart_container(node)


def _visit_mark(self, node: verdict_mark) -> None:
    self.body.append(rendered("verdict_mark.html", signs_of=node["signs"]))
    raise nodes.SkipNode


def add_thing(app: Sphinx, thing: type[Thing]) -> None:
    """Make a kind of thing known to the pages of the site."""
    app.add_node(thing, html=(_visit_thing, None))


def setup(app: Sphinx) -> None:
    app.add_node(entries, html=(_visit_entries, _depart_entries))
    app.add_node(verdict_mark, html=(_visit_mark, None))
    app.add_post_transform(InWords)
