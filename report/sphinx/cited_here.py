"""Citations of a page: short in the sentence, in full at its end.

In the sentence stands a number, which leads to its entry in a list at the foot of the page; scripts show the
entry beside the sentence. So a reader without scripts, or with paper, has the whole citation on one page.
Other formats keep the names in the sentence, since their references stand in a chapter of their own.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from report.data.sources import Source, anchor, sources
from report.dates import in_words
from report.sphinx.nodes import PAGES, link, source_credit

ID, TITLE = "sources-cited", "Sources cited on this page"
UNSTATED = "Licence not stated."  # says nothing of where a source was read


class cited_list(nodes.enumerated_list):
    """The sources that the prose of a page cites, in the order of its sentences."""


def entry_id(id: str) -> str:
    """Return where a source stands in the list of a page."""
    return f"cited-{anchor(id)}"


def spoken(text: str) -> nodes.inline:
    """Return words for whoever hears the page."""
    return nodes.inline("", text, classes=["visually-hidden"])


def entry(source: Source, docname: str) -> nodes.list_item:
    """Return a source in full: who made it, who carried it, when, where it is and where a copy of it is kept,
    how and when it was read.
    """
    via = "" if source.carrier == source.producer else f", read through {source.carrier}"
    title: nodes.Node = nodes.Text(source.title)
    if source.url:
        title = nodes.reference("", "", title, refuri=source.url, internal=False)
    read = {"excerpt": "an excerpt", "reprint": "a reprint", "original": "the original",
            "dataset copy": "a copy of the data set"}[source.read_as]
    note = source.note.replace(UNSTATED, "").strip()
    kept = [nodes.Text(" ("), nodes.reference("", "", nodes.Text("archived"), refuri=source.archived,
                                              internal=False), nodes.Text(")")] if source.archived else []
    told_of = nodes.paragraph("", "", nodes.strong(text=source.producer),
                              nodes.Text(f"{via}, {in_words(source.date)}. "), title, *kept,
                              nodes.Text(f". Read as {read}, {in_words(source.accessed)}. "),
                              nodes.Text(f"{note} " if note else ""),
                              link("source", source.id, docname, "In the register"))
    return nodes.list_item("", told_of, ids=[entry_id(source.id)])


class CitedHere(SphinxPostTransform):
    """Put numbers in the place of names, and the list of what they stand for at the end of the page."""

    default_priority = 8  # before references are resolved (10), since entries hold some

    def run(self, **kwargs: object) -> None:
        top = next(self.document.findall(nodes.section), None)
        if self.app.builder.name not in PAGES or top is None:
            return
        numbers: dict[str, int] = {}
        for credit in list(self.document.findall(source_credit)):
            _shorten(credit, numbers)
        if numbers:
            # a rubric, since a section that is made when all are numbered would be given the chapter's number
            top += nodes.rubric(text=TITLE, ids=[ID], level=2)  # as MyST names the level of one
            top += cited_list("", *(entry(sources()[id], self.env.docname) for id in numbers))


def _shorten(credit: source_credit, numbers: dict[str, int]) -> None:
    """Put a number in the place of each name, and the whole close to the word that it stands behind."""
    for one in list(credit.findall(addnodes.pending_xref)):
        id = one["reftarget"]
        if id in sources():  # what is not stays, and the build says so
            number = nodes.Text(str(numbers.setdefault(id, len(numbers) + 1)))
            one.replace_self(nodes.reference("", "", spoken("source "), number, internal=True,
                                             refuri=f"#{entry_id(id)}", classes=["cite"]))
    credit.children = [nodes.Text({"(": "[", ")": "]", "; ": ", "}.get(child.astext(), child.astext()))
                       if isinstance(child, nodes.Text) else child for child in credit.children]
    for child in credit.children:
        child.parent = credit
    credit["classes"].append("credit")
    before = credit.parent[credit.parent.index(credit) - 1] if credit.parent.index(credit) else None
    if isinstance(before, nodes.Text):
        credit.parent.replace(before, nodes.Text(before.astext().rstrip()))


def _visit(self: HTML5Translator, node: cited_list) -> None:
    self.body.append(self.starttag(node, "ol", CLASS="sources-here"))


def _depart(self: HTML5Translator, node: cited_list) -> None:
    self.body.append("</ol>\n")


def setup(app: Sphinx) -> None:
    app.add_node(cited_list, html=(_visit, _depart))
    app.add_post_transform(CitedHere)
