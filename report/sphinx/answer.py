"""The answer at a glance on the book's first page: both bars of marks, the telling claims, and doors to the
rest, which the page itself writes.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report.show.answer import bars, telling
from report.sphinx.nodes import Thing, add_thing, link, listed, paragraph


class answer_bars(Thing):
    """All verdicts, then and now, and the claims on which most of the argument rests."""

    template = "answer.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        return {"bars": bars(), "telling": telling()}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        told = [[paragraph(link("claim", one.claim.id, self["page"], one.claim.id), f" {one.name}: ",
                           ", ".join(f"{vantage} {name}" for vantage, (name, _) in one.verdicts.items()))]
                for one in telling()]
        resting = [paragraph("Most of the argument rests on:"), listed(*told)] if told else []
        return [*(paragraph(f"{bar.when}: {bar.said}.") for bar in bars()), *resting]


class Answer(SphinxDirective):
    """``{answer}``: the verdicts at a glance; its content, a list of links, becomes the doors under them."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        doors = nodes.container(classes=["doors"])
        doors += self.parse_content_to_nodes()
        return [answer_bars(page=self.env.docname), *([doors] if self.content else [])]


def setup(app: Sphinx) -> None:
    add_thing(app, answer_bars)
    app.add_directive("answer", Answer)
