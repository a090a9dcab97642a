"""Directives of the pages on citing and corrections: what depends on the edition or on unset settings."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report import identity
from report.book import readings
from report.data.package import load, package
from report.data.rows import short_addresses
from report.editions.record import (FOLDER, Record, bibtex, chapter_record, chart_record, claim_record,
                                    reading_record, table_record, whole)
from report.editions.styles import styled
from report.prose import enumerated
from report.rule import claim
from report.sphinx.figure import figures_of
from report.sphinx.nodes import Thing, add_thing, listed, paragraph

NOWHERE = (
    "No address of the report has been settled yet, so there is at present no public place to write to: "
    "whoever gave you this copy is the only way to its contributors. As soon as an address is set, it stands "
    "here, and every page and claim gets a "
    "link “Report an error”.")
UNSET = {
    "SITE": "the address of the book on the web", "REPOSITORY": "the address of its repository",
    "DOI": "a DOI",
}


def examples(claim_id: str, table: str, chart: str, titles: tuple[str, str]) -> dict[str, Record]:
    """Return the report and one of each kind of its parts; ``titles`` are the chapter's and the chart's."""
    one, first, about = claim(claim_id), readings(claim_id)[0], package().tables[table]
    chapter, charted = titles
    address = str(load(table).index[0])
    brief = next((short for short, full in short_addresses(table).items() if full == address), address)
    return {
        "The report": whole(),
        "A chapter": chapter_record(one.chapter, chapter),
        "A claim and its verdict": claim_record(one),
        "A reading": reading_record(first),
        "A chart": chart_record({"name": chart, "title": charted}, one.chapter),
        "A table": table_record(about),
        "A row": table_record(about, brief),
    }


def shown(examples: dict[str, Record]) -> list[dict[str, Any]]:
    """Return records as the page shows them: citation in one style, and where the other forms stand."""
    def page(one: Record) -> str:
        if one.place is None:  # a row, which the page of its table tells of
            return ""
        of_claim = f"{FOLDER}/claim-{one.id.split('-')[0]}.html#{one.id}"
        return of_claim if one.kind == "reading" else f"{one.files}.html"

    return [{"what": what, "text": styled(one)["APA"], "page": page(one)} for what, one in examples.items()]


class how_to_cite(Thing):
    """How to cite the report and each kind of its parts; ``claim``, ``table``, ``chart`` are the examples."""

    template = "how_to_cite.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        chapter = claim(self["claim"]).chapter
        spec = figures_of(env).get(chapter, {}).get(self["chart"])
        titles = (env.titles[chapter].astext() if chapter in env.titles else "title of the chapter",
                  spec["usermeta"]["title"] if spec else "title of the chart")
        found = examples(self["claim"], self["table"], self["chart"], titles)
        return {"examples": shown(found), "bibtex": bibtex([whole()])}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        told = self.context(env)
        return [listed(*([paragraph(nodes.strong(text=f"{one['what']}:"), f" {one['text'].striptags()}")]
                         for one in told["examples"])),
                paragraph("The report as a BibTeX entry:"),
                nodes.literal_block(text=told["bibtex"], language="none")]


class HowToCite(SphinxDirective):
    """``{how-to-cite}``: the citation of the report and of each kind of its parts, by the examples named."""

    option_spec: ClassVar = dict.fromkeys(("claim", "table", "chart"), directives.unchanged_required)

    def run(self) -> list[nodes.Node]:
        missing = sorted(set(self.option_spec) - set(self.options))
        if missing:
            raise self.error(f"how-to-cite: option {missing[0]} is missing; name one of the book's")
        return [how_to_cite(**self.options)]


class StillUnset(SphinxDirective):
    """``{still-unset}``: which elements of a citation are left out because nobody has settled them yet."""

    def run(self) -> list[nodes.Node]:
        missing = [what for name, what in UNSET.items() if getattr(identity, name) is None]
        if not missing:
            return []
        return [paragraph(f"Not settled yet, and therefore left out of every citation and page: "
                          f"{enumerated(missing)}. "
                          "None of them is invented; once one is set, it appears everywhere by itself.")]


class HowToReach(SphinxDirective):
    """``{how-to-reach}``: where a correction or a response can be sent, or that there is no place yet."""

    def run(self) -> list[nodes.Node]:
        if identity.REPOSITORY:
            where = nodes.reference(text="the list of issues of its repository",
                                    refuri=f"{identity.REPOSITORY}/issues")
            rest = nodes.Text(", or use “Report an error” at the foot of any page.")
            return [nodes.paragraph("", "", nodes.Text("Write to "), where, rest)]
        return [nodes.paragraph(text=NOWHERE)]


def setup(app: Sphinx) -> None:
    add_thing(app, how_to_cite)
    app.add_directive("how-to-cite", HowToCite)
    app.add_directive("still-unset", StillUnset)
    app.add_directive("how-to-reach", HowToReach)
