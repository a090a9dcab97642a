"""Roles of the prose: ``{cite}`` leads to the register of sources, ``{claim}`` to the ledger."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from report.rule import ReadingError, claim
from report.book import verdicts
from report.show.page_parts import MARKS, slug, treated
from report.data.sources import sources


class Cite(SphinxRole):
    """``{cite}`id,id` ``: who said it and when, each linked to its entry on the References page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        ids = [i.strip() for i in self.text.split(",")]
        unknown = [i for i in ids if i not in sources()]
        if unknown:
            message = self.inliner.reporter.error(
                f"citation {unknown[0]!r} is not in data/sources.bib; add it there or correct the id", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        links = "; ".join(f'<a class="cite" href="{sources()[i].href}" title="{escape(sources()[i].title)}">'
                          f"{escape(sources()[i].short)}</a>" for i in ids)
        cited = self.env.metadata[self.env.docname].setdefault("cited", "")
        self.env.metadata[self.env.docname]["cited"] = " ".join(filter(None, [cited, *ids]))
        return [nodes.raw("", f"({links})", format="html")], []


class ClaimLink(SphinxRole):
    """``{claim}`C14` ``: the claim's id with the mark of its verdict now, linked to the ledger."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            one = claim(self.text)
        except ReadingError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        word = verdicts(one.id)["now"].word if treated(one.id) else None
        html = (f'<a class="claim-link" href="{one.href}" title="{escape(one.text)}">{one.id} '
                f'<span class="verdict {slug(word)}"><span class="glyph" aria-hidden="true">{MARKS[word]}</span></span></a>')
        return [nodes.raw("", html, format="html")], []


def setup(app: Sphinx) -> None:
    app.add_role("cite", Cite())
    app.add_role("claim", ClaimLink())
