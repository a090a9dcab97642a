"""What of a page's text would be printed as it was written, or be lost on some reader: told with its line.

Markdown takes for plain text whatever it does not know: a role whose backticks are missing, a footnote that
stands nowhere. A reader would find the marks in the sentence and nothing behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from report.sphinx.nodes import Thing

LOGGER = logging.getLogger(__name__)
MARKS = {  # what is not read, and how what was meant is written
    re.compile(r"\{[A-Za-z][\w-]*\}"): "write a role as {name}`target`, without blanks",
    re.compile(r"\[@[\w-]+\]"): "cite a source as {cite}`its_key`",
    re.compile(r"\[\^[\w-]+\]"): "write the footnote that it names, or say it in the text",
    re.compile(r"\]\[[\w-]*\]"): "write a link as [words](address)",
    re.compile(r"\]\("): "end the address of a link with )",
    re.compile(r"\] +\((?:#|https?:|[^()\s]*\.[a-z]{2,5}[#)])"):
        "write a link as [words](address), without a blank",
    re.compile(r"\([^()\s]*[./#:][^()\s]*[a-z]\)\[\w"): "write a link as [words](address)",
    re.compile(r"^#{1,6}[^\W\d]"): "write a blank behind the marks of a heading",
    re.compile(r"^\([a-z][\w-]*\)\s*=?\s*[;:=]$"): "write a label as (its-name)= and nothing more",
    re.compile(r"^\|.*\|$"): "write a line as |---|---| below the head of a table",
    re.compile(r"\*\*"): "write ** before and behind what is meant, without a blank between",
    re.compile(r"`"): "write as many backticks behind a code as before it"}
TAG = re.compile(r"<\s*([A-Za-z][\w-]*)")
INLINE = ("a", "abbr", "br", "code", "em", "kbd", "span", "strong", "sub", "sup")  # of HTML, in sentences
# what a cell shows when the brackets behind a name are missing
UNCALLED = re.compile(r"<(?:function|bound method) (?:[\w.]+\.)?(\w+)")
AS_IT_STANDS = (nodes.literal, nodes.literal_block, nodes.raw, nodes.comment, nodes.system_message,
                nodes.problematic)


def unread_marks(doctree: nodes.document) -> list[tuple[nodes.Node, str, str]]:
    """Return the marks that stand in the text of a page as they were written: place, mark and mend."""
    return [(text.parent, found[0], mend) for text in doctree.findall(nodes.Text)
            for mark, mend in MARKS.items()
            if (found := mark.search(text.astext())) and not _is_literal(text)]


def _around(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        yield (node := node.parent)


def _in_output(node: nodes.Node) -> bool:
    return any("cell_output" in one.get("classes", ()) for one in _around(node))


def _is_literal(node: nodes.Node) -> bool:
    return _in_output(node) or any(isinstance(one, AS_IT_STANDS) for one in _around(node))


def _check(app: Sphinx, doctree: nodes.document) -> None:
    for place, mark, mend in unread_marks(doctree):
        LOGGER.warning(f"{mark} would be printed as it stands; {mend}, or put it between backticks if it is "
                       "meant so", location=place)
    for raw in (raw for raw in doctree.findall(nodes.raw) if not _in_output(raw)):
        for tag in (tag for tag in TAG.findall(raw.astext()) if tag not in INLINE):
            LOGGER.warning(f"<{tag}> is HTML, which not every form of the book can show; write it in "
                           "Markdown, or leave it out", location=raw if raw.line else raw.parent)
    for block in doctree.findall(nodes.literal_block):
        if (shown := UNCALLED.match(block.astext())) and _in_output(block):
            LOGGER.warning(f"a cell shows the function {shown[1]} and not what it returns; write brackets "
                           "behind its name", location=block)
    for image in doctree.findall(nodes.image):
        if not image.get("alt"):
            LOGGER.warning(f"the image {image['uri']} has no alternative text; write what it shows, as in "
                           f"![what it shows]({image['uri']})", location=image.parent)
    seen: set[str] = set()
    for thing in doctree.findall(Thing):
        for id in thing["ids"]:
            if id in seen:
                LOGGER.warning(f"{id} stands twice on the page, and a link would lead to the first; show it "
                               "once", location=thing)
            seen.add(id)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", _check)
