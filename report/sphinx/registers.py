"""Directives that print the registers: the ledger of claims with its filters, the sources with their uses."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report.article import article
from report.book import indicators, readings, treated, verdicts
from report.data.carriers import carriers
from report.data.package import load, package, remembered
from report.dates import in_words
from report.data.sources import KINDS, Source, anchor, sources
from report.editions.record import source_file
from report.ledger import ledger_csv
from report.rule import VANTAGES, Claim, Indicator, Reading, claim, claims
from report.rule.vocabulary import Word
from report.show import badges, indicators_table, readings_table, slug
from report.show.strip import marks, strips
from report.sphinx.catalogue import (PASSED_ON, Catalogue, Corrections, catalogue_entry, correction_list,
                                     evidence)
from report.sphinx.claim_box import claim_actions, readings_in_words, verdicts_in_words
from report.sphinx.domain import report_domain
from report.sphinx.figure import figures_of
from report.sphinx.kept import unchanged
from report.sphinx.nodes import PAGES, Thing, add_thing, entries, joined, link, paragraph, section
from report.sphinx.output import write_if_changed
from report.trace import cited



# The ledger -------------------------------------------------------------------------------------------------

def section_titles() -> dict[int, str]:
    """Return the headings of the ledger: the sections of the article."""
    return {number: f"Section {number}: {title}" for number, title in article().sections.items()}


class ledger_head(Thing):
    """What stands over the ledger: the form by which claims are chosen, its files, what its marks mean."""

    template = "ledger_head.html"
    assets: ClassVar = ("ledger.css", "ledger.js")  # of the theme; no other page loads them

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        return {"marks": marks(), "choices": choices()}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        return []


def choices() -> dict[str, tuple[str, dict[str, str]]]:
    """Return by what claims can be chosen: the label of each choice, and its options with theirs."""
    kinds = list(dict.fromkeys(str(c.kind) for c in claims().values()))
    numbered = {str(n): title.removeprefix("Section ") for n, title in section_titles().items()}
    words = {slug(w): str(w) for w in Word}
    return {
        "section": ("Section", {"": "all", **numbered}),
        "verdict": ("Verdict", {"": "any", **words, "none": "no verdict", "moved": "another now than then"}),
        "kind": ("Kind of claim", {"": "any", **{k: k for k in kinds}}),
        "vantage": ("Vantage", {"": "then and now", **{str(v): str(v) for v in VANTAGES}}),
    }


class ledger_entry(Thing):
    """The entry of the claim ``claim``: what the article says, the strip of its readings, their tables."""

    template = "ledger_entry.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        one = claim(self["claim"])
        found = verdicts(one.id) if treated(one.id) else {}
        words = {v: slug(found[v].word) if found else "none" for v in VANTAGES}
        return {
            "claim": one, "words": words, "box": f"{one.chapter}.html#box-{one.id.lower()}" if found else "",
            "strips": Markup(strips(one) if found else ""), "badges": Markup(badges(one.id)),
            "readings": {v: Markup(readings_table(one, v, addressed=True)) for v in VANTAGES
                         if any(r.vantage == v for r in readings(one.id))},
            "indicators": Markup(indicators_table(one, addressed=True)), "summary": what_is_behind(one),
            "actions": claim_actions(one.id),
        }

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        one = claim(self["claim"])
        credit = f" It credits {one.credited_to}." if one.credited_to else ""
        return [paragraph(f"The article: “{one.quote}”.{credit} A claim of the kind ",
                          nodes.emphasis(text=str(one.kind)), f". {one.now_means.told}"),
                *verdicts_in_words(one), *readings_in_words(one, self["page"], addressed=True)]


def what_is_behind(one: Claim) -> str:
    """Return in words what the tables behind a claim hold."""
    count = len(readings(one.id))
    if not count:
        return "The indicators, with their sources"
    return f"All {count} readings, with their sources" if count > 1 else "The reading, with its sources"


class Ledger(SphinxDirective):
    """``{claims-ledger}``: every claim under its own heading and address, with all its readings."""

    def run(self) -> list[nodes.Node]:
        parts: list[nodes.Node] = [ledger_head()]
        for number, title in section_titles().items():
            part = section(title, f"section-{number}")
            part.extend(self._claim(c) for c in claims().values() if c.section == number)
            parts.append(part)
        return parts

    def _claim(self, one: Claim) -> nodes.section:
        domain = report_domain(self.env)
        domain.note("claim", one.id, one.anchor, f"{one.id} {one.text}")
        found: list[Reading | Indicator] = [*readings(one.id), *indicators(one.id)]
        for r in found:
            domain.note("reading", r.id, r.id, r.label)
        node = section(f"{one.id} {one.text}", one.anchor)
        node += ledger_entry(claim=one.id, page=self.env.docname)
        return node


# The sources ------------------------------------------------------------------------------------------------

@remembered
def uses_of_sources() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return which tables and which claims rest on each source."""
    tables, held = defaultdict(set), defaultdict(set)
    for name, table in package().tables.items():
        if "source_id" in table.fields:
            for id in cited(load(name)):
                tables[id].add(name)
    for r in evidence():
        for id in r.sources:
            held[id].add(r.claim)
    return tables, held


def _order(s: Source) -> tuple:
    return s.producer.lower(), s.date, s.id


class kind_index(Thing):
    """The sources of the kind ``kind``, as a folded list that leads to their entries."""

    template = "kind_index.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        return {"kind": self["kind"], "sources": of_kind(self["kind"])}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        return [paragraph(f"{self['kind'].capitalize()}: {len(of_kind(self['kind']))} sources.")]


def of_kind(kind: str) -> list[Source]:
    """Return the sources of a kind in the order of the register."""
    return [s for s in sorted(sources().values(), key=_order) if s.kind == kind]


class source_entry(Thing):
    """The entry of the source ``source``: who made and printed it, how it was read, and what rests on it."""

    template = "source_entry.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        id = self["source"]
        tables, held = uses_of_sources()
        return {"source": sources()[id], "carried": carriers().get(sources()[id].carrier),
                "passed_on": PASSED_ON[sources()[id].redistribution],
                "cite": f"cite/{source_file(id)}", "tables": tables.get(id, ()), "claims": held.get(id, ()),
                "charts": charts_by_source(env).get(id, ()), "chapters": chapters_by_source(env).get(id, ())}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        s, page = sources()[self["source"]], self["page"]
        about = self.context(env)
        via = "" if s.carrier == s.producer else f", read through {s.carrier}"
        via += f" ({about['carried']})" if about["carried"] else ""
        title = nodes.reference(text=s.title, refuri=s.url, internal=False) if s.url else nodes.Text(s.title)
        kept = [" (", nodes.reference(text="archived", refuri=s.archived, internal=False), ")"] \
            if s.archived else []
        uses = {"Tables": [link("table", t, page, t) for t in sorted(about["tables"])],
                "Claims": [link("claim", c, page, c) for c in sorted(about["claims"])],
                "Charts": [link("chart", name, page, title) for _, name, title in about["charts"]],
                "Cited in": [nodes.Text(title) for _, title in about["chapters"]]}
        told = [part for what, found in uses.items() if found
                for part in (f"{what}: ", *joined(found, ", "), ". ")]
        read = (f"{s.kind}; read as {s.read_as}; {about['passed_on']}. {s.note} "
                f"Accessed {in_words(s.accessed)}.")
        entry = paragraph(nodes.strong(text=s.producer), f"{via}, {in_words(s.date)}. ", title, *kept,
                          f". {read}")
        return [entry, paragraph(*told)] if told else [entry]


FEW = 15  # entries are laid out at once: of about three screens, a wrong guess of their height would be seen


class SourceRegister(SphinxDirective):
    """``{source-register}``: the sources by kind, then each with what rests on it."""

    def run(self) -> list[nodes.Node]:
        index = section("By kind", "by-kind")
        index.extend(kind_index(ids=[f"kind-{kind}"], kind=kind, page=self.env.docname)
                     for kind in KINDS if of_kind(kind))
        by_letter: dict[str, list[Source]] = defaultdict(list)
        for s in sorted(sources().values(), key=_order):
            by_letter[s.producer[0].upper() if s.producer[0].isalpha() else "#"].append(s)
        parts = [index]
        for letter, group in sorted(by_letter.items()):
            part = section(letter, f"sources-{anchor(letter) or 'other'}")
            found = [self._entry(s) for s in group]
            part.extend([entries("", *found)] if len(found) > FEW else found)
            parts.append(part)
        return parts

    def _entry(self, s: Source) -> source_entry:
        id = f"source-{anchor(s.id)}"
        report_domain(self.env).note("source", s.id, id, s.title)
        return source_entry(ids=[id], source=s.id, page=self.env.docname)


# What other pages rest on the registers' entries ------------------------------------------------------------

@lru_cache(maxsize=1)  # of a build: hundreds of entries ask
def charts_by_source(env: BuildEnvironment) -> dict[str, list[tuple[str, str, str]]]:
    """Return the charts that rest on each source, as (page, name, title)."""
    found = defaultdict(list)
    for docname, figures in figures_of(env).items():
        for name, spec in figures.items():
            for id in spec["usermeta"]["sources"]:
                found[id].append((docname, name, spec["usermeta"]["title"]))
    return found


@lru_cache(maxsize=1)
def chapters_by_source(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Return the pages whose prose cites each source, as (page, title up to its colon)."""
    citing = defaultdict(list)
    for docname, ids in sorted(report_domain(env).cited.items()):
        for id in dict.fromkeys(ids):
            citing[id].append((docname, env.titles[docname].astext().split(": ")[0]))
    return citing


def definitions(env: BuildEnvironment) -> dict[str, str]:
    """Return the definitions of the glossary by the anchors of their terms."""
    if "glossary" not in env.found_docs:
        return {}
    return {id: item[-1].astext() for item in env.get_doctree("glossary").findall(nodes.definition_list_item)
            for term in item.findall(nodes.term) for id in term["ids"]}


def _explain(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each link to the glossary the term's definition as its title, so that hovering shows it."""
    links = [n for n in doctree.findall(nodes.reference) if "#term-" in n.get("refuri", "")]
    known = definitions(app.env) if links else {}
    for one in links:
        one["reftitle"] = known.get(one["refuri"].split("#")[1], "")


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    out = Path(app.outdir)
    if not unchanged("ledger.csv", app.config.report_fingerprint, out / "ledger.csv"):
        write_if_changed(out / "ledger.csv", ledger_csv())


def setup(app: Sphinx) -> None:
    for thing in (ledger_head, ledger_entry, kind_index, source_entry, catalogue_entry, correction_list):
        add_thing(app, thing)
    app.add_directive("claims-ledger", Ledger)
    app.add_directive("source-register", SourceRegister)
    app.add_directive("data-catalogue", Catalogue)
    app.add_directive("corrections", Corrections)
    app.connect("doctree-resolved", _explain)
    app.connect("build-finished", _finished)
