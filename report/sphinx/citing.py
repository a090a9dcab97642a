"""Directives of the pages on citing and on corrections: what depends on the edition, or on settings that may be unset."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report import identity
from report.rule import claim
from report.data.package import package
from report.book import readings
from report.data.sources import anchor
from report.sphinx.figure import figures_of
from report.sphinx.nodes import Thing, add_thing, listed, paragraph

CLAIM, TABLE = "C14", "trade/china_share"  # the examples
CHAPTER, CHART = "trade", "trade-value-share"
NOWHERE = (
    "No address of the report has been settled yet, so there is at present no public place to write to: whoever gave you this "
    "copy is the only way to its contributors. As soon as an address is set, it stands here, and every page and claim gets a "
    "link “Report an error”.")
UNSET = {
    "SITE": "the address of the book on the web", "REPOSITORY": "the address of its repository",
    "DOI": "a DOI",
}


def examples(chapter: str, chart: str) -> dict[str, str]:
    """Return how to cite the report and each kind of its parts, given the titles of a chapter and of a chart."""
    one, first = claim(CLAIM), readings(CLAIM)[0]
    about = package().tables[TABLE].description
    return {
        "The report": identity.citation(where=identity.SITE),
        "A chapter": identity.citation(f"“{chapter}”", identity.address(f"{CHAPTER}.html")),
        "A claim and its verdict": identity.citation(f"claim {one.id}, “{one.text}”", identity.address("claims.html", one.anchor)),
        "A reading": identity.citation(f"reading {first.id} of claim {one.id}", identity.address("claims.html", first.id)),
        "A chart": identity.citation(f"“{chart}”, chart {CHART}", identity.address(f"{CHAPTER}.html", f"fig-{CHART}")),
        "A table": identity.citation(f"“{about['title']}”, table {TABLE}", identity.address("data.html", f"table-{anchor(TABLE)}")),
    }


def bibtex() -> str:
    """Return the report as a BibTeX entry, without the fields that are not known."""
    fields = {
        "title": f"{{{identity.TITLE}}}", "author": f"{{{identity.AUTHOR}}}", "year": str(package().as_of.year),
        "edition": version("report"), "doi": identity.DOI, "url": identity.SITE,
    }
    lines = "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items() if v)
    return f"@misc{{why_china_still_backs_north_korea,\n{lines}}}\n"


class how_to_cite(Thing):
    """The citation of the report and of each kind of its parts, with a chapter and a chart as examples."""

    template = "how_to_cite.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        chart = figures_of(env).get(CHAPTER, {}).get(CHART)
        chapter = env.titles[CHAPTER].astext() if CHAPTER in env.titles else "title of the chapter"
        title = chart["usermeta"]["title"] if chart else "title of the chart"
        return {"examples": examples(chapter, title), "bibtex": bibtex()}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        told = self.context(env)
        return [listed(*([paragraph(nodes.strong(text=f"{what}:"), f" {cited}")] for what, cited in told["examples"].items())),
                paragraph("The report as a BibTeX entry:"), nodes.literal_block(text=told["bibtex"], language="none")]


class HowToCite(SphinxDirective):
    """``{how-to-cite}``: the citation of the report and of each kind of its parts."""

    def run(self) -> list[nodes.Node]:
        return [how_to_cite()]


class StillUnset(SphinxDirective):
    """``{still-unset}``: which elements of a citation are left out because nobody has settled them yet."""

    def run(self) -> list[nodes.Node]:
        missing = [what for name, what in UNSET.items() if getattr(identity, name) is None]
        if not missing:
            return []
        listed = ", ".join(missing[:-1]) + f" and {missing[-1]}" if len(missing) > 1 else missing[0]
        return [nodes.paragraph(text=f"Not settled yet, and therefore left out of every citation and page: {listed}. "
                                     "None of them is invented; once one is set, it appears everywhere by itself.")]


class HowToReach(SphinxDirective):
    """``{how-to-reach}``: where a correction or a response can be sent, or plainly that there is no such place yet."""

    def run(self) -> list[nodes.Node]:
        if identity.REPOSITORY:
            where = nodes.reference(text="the list of issues of its repository", refuri=f"{identity.REPOSITORY}/issues")
            rest = nodes.Text(", or use “Report an error” at the foot of any page.")
            return [nodes.paragraph("", "", nodes.Text("Write to "), where, rest)]
        return [nodes.paragraph(text=NOWHERE)]


def setup(app: Sphinx) -> None:
    add_thing(app, how_to_cite)
    app.add_directive("how-to-cite", HowToCite)
    app.add_directive("still-unset", StillUnset)
    app.add_directive("how-to-reach", HowToReach)
