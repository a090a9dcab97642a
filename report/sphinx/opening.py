"""How a page opens: its first paragraph as the lede, then how long it takes, what it holds, what it knows."""

from __future__ import annotations

from math import ceil
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from report import identity
from report.article import article, project
from report.rule import Claim, claims
from report.sphinx.cited_here import cited_list
from report.sphinx.figure import figures_of
from report.sphinx.nodes import PAGES, Thing, add_thing, source_credit, verdict_mark

LOGGER = logging.getLogger(__name__)
WORDS_A_MINUTE = 238  # English non-fiction read silently: Brysbaert 2019, a mean over 190 studies
NO_PROSE = (nodes.literal_block, nodes.table, nodes.raw, nodes.comment, nodes.system_message, nodes.target,
            nodes.title, Thing, source_credit, verdict_mark, cited_list)


def words_of(node: nodes.Node) -> int:
    """Return how many words of prose a node holds: none in code, tables, charts, boxes and citations."""
    if isinstance(node, nodes.Text):
        return len(node.astext().split())
    if isinstance(node, NO_PROSE) or (
            isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"):
        return 0
    return sum(words_of(child) for child in node.children)


def minutes(words: int) -> int:
    """Return how many minutes a text of so many words takes, at least one."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def claims_of(docname: str) -> list[Claim]:
    """Return the claims whose chapter a page is."""
    return [one for one in claims().values() if one.chapter == docname]


def counted(number: int, what: str) -> str:
    """Return a count with its noun, such as "1 chart"; nothing where there is none."""
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""


class opening(Thing):
    """What stands under the lede of the page ``page``: it has ``words`` words, and ``code`` or none."""

    template: ClassVar[str] = "opening.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        page, own = self["page"], claims_of(self["page"])
        taken = minutes(self["words"])
        return {
            "facts": [fact for fact in (
                f"{taken} minute{'' if taken == 1 else 's'}", counted(len(own), "claim"),
                counted(len(figures_of(env).get(page, ())), "chart")) if fact],
            "as_of": identity.day(article().as_of), "edition": identity.EDITION, "code": self["code"],
        }

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        return []


def lede_of(top: nodes.section) -> nodes.paragraph | None:
    """Return the paragraph that stands right under the title of a page, where one does."""
    at = top.first_child_matching_class(nodes.title)
    found = top[at + 1] if at is not None and len(top) > at + 1 else None
    return found if isinstance(found, nodes.paragraph) else None


def _check_chapter(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of a page with evidence of its own that lacks what other pages lead to, or its lede."""
    name = app.env.docname
    top = next(doctree.findall(nodes.section), None)
    if top is None or not (project() / article().argument / name).is_dir():
        return
    if nodes.make_id(f"ch-{name}") not in top["ids"]:
        LOGGER.warning(f"the chapter has no label; write (ch-{name})= on the line before its title",
                       location=top)
    if lede_of(top) is None:
        LOGGER.warning("the chapter has no lede; write its first paragraph right under the title, before any "
                       "cell", location=top)


class Openings(SphinxPostTransform):
    """Mark the first paragraph of a page as its lede, and put what is to be known of the page behind it."""

    default_priority = 220  # when code has been folded, and its cells stand where they stay

    def run(self, **kwargs: Any) -> None:
        page, top = self.env.docname, next(self.document.findall(nodes.section), None)
        if self.app.builder.name not in PAGES or top is None or top.first_child_matching_class(
                nodes.title) is None:
            return
        at = top.first_child_matching_class(nodes.title)
        if lede := lede_of(top):
            at += 1
            lede["classes"].append("lede")
        code = next(self.document.findall(HideCodeCellNode), None) is not None
        top.insert(at + 1, opening("", page=page, words=words_of(self.document), code=code))


def setup(app: Sphinx) -> None:
    add_thing(app, opening)
    app.add_post_transform(Openings)
    app.connect("doctree-read", _check_chapter)
