"""Directives of the pages on citing and corrections: what depends on the edition or on unset settings."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report import identity
from report.article import article
from report.rule import claim
from report.data.package import package
from report.book import readings
from report.data.sources import anchor
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


def examples(claim_id: str, table: str, chart: str, titles: tuple[str, str]) -> dict[str, str]:
    """Return how to cite the report and each kind of part; ``titles`` are the chapter's and the chart's."""
    one, first = claim(claim_id), readings(claim_id)[0]
    about, (chapter, charted) = package().tables[table].description, titles
    page = f"{one.chapter}.html"
    where, cite, quoted = identity.address, identity.citation, identity.quoted
    return {
        "The report": cite(where=identity.SITE),
        "A chapter": cite(quoted(chapter), where(page)),
        "A claim and its verdict": cite(f"claim {one.id}, {quoted(one.text)}",
                                        where("claims.html", one.anchor)),
        "A reading": cite(f"reading {first.id} of claim {one.id}", where("claims.html", first.id)),
        "A chart": cite(f"{quoted(charted)}, chart {chart}", where(page, f"fig-{chart}")),
        "A table": cite(f"{quoted(about['title'])}, table {table}",
                        where("data.html", f"table-{anchor(table)}")),
    }


def bibtex() -> str:
    """Return the report as a BibTeX entry, without the fields that are not known."""
    fields = {
        "title": f"{{{identity.TITLE}}}", "author": f"{{{identity.AUTHOR}}}",
        "year": str(package().as_of.year),
        "note": f"Edition {version('report')}", "version": version("report"), "doi": identity.DOI,
        "url": identity.SITE,
    }
    lines = "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items() if v)
    return f"@misc{{{anchor(article().title).replace('-', '_')},\n{lines}}}\n"


class how_to_cite(Thing):
    """How to cite the report and each kind of its parts; ``claim``, ``table``, ``chart`` are the examples."""

    template = "how_to_cite.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        chapter = claim(self["claim"]).chapter
        spec = figures_of(env).get(chapter, {}).get(self["chart"])
        titles = (env.titles[chapter].astext() if chapter in env.titles else "title of the chapter",
                  spec["usermeta"]["title"] if spec else "title of the chart")
        return {"examples": examples(self["claim"], self["table"], self["chart"], titles), "bibtex": bibtex()}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        told = self.context(env)
        return [listed(*([paragraph(nodes.strong(text=f"{what}:"), f" {cited}")]
                         for what, cited in told["examples"].items())),
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
        listed = ", ".join(missing[:-1]) + f" and {missing[-1]}" if len(missing) > 1 else missing[0]
        return [paragraph(f"Not settled yet, and therefore left out of every citation and page: {listed}. "
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
