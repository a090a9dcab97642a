"""Directives that print the registers: the ledger of claims with its filters and files, and the sources with their uses."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from html import escape
from importlib.resources import files
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report.sphinx.catalogue import PASSED_ON, Catalogue, Corrections, claim_links, evidence, raw, section
from report.sphinx.figure import figures_of
from report.sphinx.output import write_if_changed
from report.show.strip import MARKS, strips
from report.trace import cited
from report.rule import VANTAGES, Claim, claims
from report.data.package import load, package
from report.ledger import ledger_csv
from report.book import readings, treated, verdicts
from report.show.page_parts import badges, indicators_table, readings_table, slug
from report.data.sources import KINDS, Source, anchor, sources

SECTIONS = {1: "Section 1: a message in November", 2: "Section 2: the alliance", 3: "Section 3: trade and supply",
            4: "Section 4: refugees", 5: "Section 5: nuclear tests and sanctions", 6: "Section 6: THAAD",
            7: "Section 7: tradition and motive"}
WORDS = ("supported", "mostly supported", "mixed", "mostly contradicted", "contradicted", "untested",
         "attested", "contested", "not attested")
NOW = {"same_period": "Now: hindsight on the same period.", "present": "Now: the world as it is."}
ASSETS = ("ledger.css", "ledger.js")  # loaded by the page of the ledger alone


# The ledger --------------------------------------------------------------------------------------------------------

class Ledger(SphinxDirective):
    """``{claims-ledger}``: every claim under its own heading and address, with all its readings."""

    def run(self) -> list[nodes.Node]:
        parts = [raw(self._assets() + MARKS + FILES + filters() + key())]
        for number, title in SECTIONS.items():
            part = section(title, f"section-{number}")
            part.extend(self._claim(c) for c in claims().values() if c.section == number)
            parts.append(part)
        return parts

    def _assets(self) -> str:
        versions = getattr(self.env.app, "report_asset_versions", {})
        css, js = (f"_static/{name}?v={versions.get(name, 0)}" for name in ASSETS)
        return f'<link rel="stylesheet" href="{css}"><script defer src="{js}"></script>'

    def _claim(self, one: Claim) -> nodes.section:
        node = section(f"{one.id} {one.text}", one.anchor)
        std = self.env.get_domain("std")
        std.labels[one.anchor] = self.env.docname, one.anchor, one.id
        std.anonlabels[one.anchor] = self.env.docname, one.anchor
        node += raw(claim_entry(one))
        return node


def filters() -> str:
    """Return the form by which a reader chooses claims; without scripts it stays hidden and every claim is shown."""
    kinds = list(dict.fromkeys(c.kind for c in claims().values()))
    choices = {
        "section": ("Section", {"": "all", **{str(n): t.removeprefix("Section ") for n, t in SECTIONS.items()}}),
        "verdict": ("Verdict", {"": "any", **{slug(w): w for w in WORDS}, "none": "no verdict", "moved": "another now than then"}),
        "kind": ("Kind of claim", {"": "any", **{k: k for k in kinds}}),
        "vantage": ("Vantage", {"": "then and now", "then": "then", "now": "now"}),
    }
    selects = "".join(
        f'<label>{label} <select name="{name}">' + "".join(f'<option value="{k}">{v}</option>' for k, v in options.items())
        + "</select></label>" for name, (label, options) in choices.items())
    return (f'<form class="ledger-filters" hidden aria-label="Choose claims"><div class="selects">{selects}'
            f'<button type="reset">Show all</button></div><output aria-live="polite"></output></form>')


FILES = ('<p class="downloads"><a href="ledger.csv" download>The ledger as CSV, a row a reading</a> '
         '<a href="ledger.json" download>The whole ledger as JSON</a></p>')


def key() -> str:
    """Return what the marks of a strip mean."""
    def mark(kind: str) -> str:
        return f'<svg width="12" height="12" aria-hidden="true"><use href="#mark-{kind}" class="{kind}" x="6" y="6"/></svg>'

    return (f'<p class="ledger-key"><span>{mark("met")} meets the criterion</span> <span>{mark("unmet")} does not</span> '
            f'<span>{mark("variant")} a variant, no vote</span> <span><span class="shade" aria-hidden="true"></span> the part of '
            "a scale that meets the criterion; where there is no scale, marks right of the line meet it</span></p>")


def claim_entry(one: Claim) -> str:
    """Return a claim's entry: what the article says, the strip of its readings, and the tables it opens to."""
    words = {v: slug(found.word) for v, found in verdicts(one.id).items()} if treated(one.id) else dict.fromkeys(VANTAGES, "none")
    marks = " ".join(f'data-{v}="{words[v]}"' for v in VANTAGES)
    credit = f" It credits {escape(one.credited_to)}." if one.credited_to else ""
    box = f' <a href="{one.chapter}.html#box-{one.id.lower()}">In its chapter.</a>' if treated(one.id) else ""
    drawn = strips(one) if treated(one.id) else ""
    said = drawn or f'<p class="verdicts">{badges(one.id)}</p>'
    kind = f'<span class="quiet">A claim of the kind <em>{one.kind}</em>. {NOW[one.now_means]}</span>'
    return (f'<div class="ledger-entry" data-section="{one.section}" data-kind="{one.kind}" {marks}>'
            f"<p>The article: “{escape(one.quote)}”.{credit} {kind}{box}</p>{said}{claim_tables(one)}</div>")


def claim_tables(one: Claim) -> str:
    """Return all that stands behind a claim, folded: readings at each vantage, then indicators."""
    shown = [f'<div class="readings-{v}">{readings_table(one, v, addressed=True)}</div>' for v in VANTAGES
             if any(r.vantage == v for r in readings(one.id))]
    behind = indicators_table(one, addressed=True)
    if not shown and not behind:
        return ""
    count = len(readings(one.id))
    summary = f"All {count} readings, with their sources" if count > 1 else "The indicators, with their sources" if not count \
        else "The reading, with its sources"
    return (f'<details class="behind"><summary>{summary}<span class="visually-hidden"> of {one.id}</span></summary>'
            f'{"".join(shown)}{behind}</details>')


# The sources -------------------------------------------------------------------------------------------------------

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


def kinds() -> nodes.section:
    """Return the index of sources by kind."""
    part = section("By kind", "by-kind")
    ordered = sorted(sources().values(), key=_order)
    for kind in KINDS:
        here = [s for s in ordered if s.kind == kind]
        if here:
            part += raw(f'<details class="kind-index" id="kind-{kind}"><summary>{kind.capitalize()} '
                        f'<span class="counts">{len(here)}</span></summary><ul>{"".join(map(_index_entry, here))}</ul></details>')
    return part


def _order(s: Source) -> tuple:
    return s.producer.lower(), s.date, s.id


def _index_entry(s: Source) -> str:
    via = "" if s.carrier == s.producer else f" via {escape(s.carrier)}"
    return f'<li><a href="#source-{anchor(s.id)}">{escape(s.producer)}{via}, {s.date}</a></li>'


class SourceRegister(SphinxDirective):
    """``{source-register}``: the sources by kind, then each with the tables, claims and charts that rest on it."""

    def run(self) -> list[nodes.Node]:
        tables, held = uses_of_sources()
        parts = [kinds()]
        by_letter: dict[str, list[Source]] = defaultdict(list)
        for s in sorted(sources().values(), key=_order):
            by_letter[s.producer[0].upper() if s.producer[0].isalpha() else "#"].append(s)
        for letter, group in sorted(by_letter.items()):
            part = section(letter, f"sources-{anchor(letter) or 'other'}")
            part += raw("".join(source_entry(s, tables.get(s.id, set()), held.get(s.id, set())) for s in group))
            parts.append(part)
        return parts


def source_entry(s: Source, tables: set[str], held: set[str]) -> str:
    """Return a source as the register shows it; charts and chapters are named once all pages have been read."""
    via = "" if s.carrier == s.producer else f", read through {escape(s.carrier)}"
    link = f'<a href="{escape(s.url)}" rel="external">{escape(s.title)}</a>' if s.url else escape(s.title)
    links = ", ".join(f'<a href="data.html#table-{anchor(t)}">{t}</a>' for t in sorted(tables))
    uses = " ".join(filter(None, [
        f"<span>Tables: {links}.</span>" if links else "", f"<span>Claims: {claim_links(held)}.</span>" if held else "",
        f'<span data-charts-of="{s.id}"></span>', f'<span data-cited-in="{s.id}"></span>']))
    licence = f'<span class="tag">licence: {escape(s.licence)}</span> ' if s.licence else ""
    return (f'<div class="source" id="source-{anchor(s.id)}"><p><span class="producer">{escape(s.producer)}</span>{via}, '
            f'{s.date}. {link}. <span class="tag">{s.kind}</span> <span class="tag">read as {s.read_as}</span> '
            f'{licence}<span class="tag">{PASSED_ON[s.redistribution]}</span></p><p class="quiet">{escape(s.note)} '
            f'Accessed {s.accessed}.</p><p class="uses">{uses}</p></div>')


# What other pages rest on the registers' entries -------------------------------------------------------------------

def charts_by_source(env: BuildEnvironment) -> tuple[dict[str, list], dict[str, list]]:
    """Return the charts that rest on each source and each table, as (page, name, title)."""
    by_source, by_table = defaultdict(list), defaultdict(list)
    for docname, figures in sorted(figures_of(env).items()):
        for name, spec in figures.items():
            meta = spec["usermeta"]
            for id in meta["sources"]:
                by_source[id].append((docname, name, meta["title"]))
            for table in meta["tables"]:
                by_table[table].append((docname, name, meta["title"]))
    return by_source, by_table


def chapters_by_source(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Return the pages whose prose cites each source, as (page, title up to its colon)."""
    citing = defaultdict(list)
    for docname in sorted(env.found_docs):
        for id in dict.fromkeys(env.metadata[docname].get("cited", "").split()):
            citing[id].append((docname, env.titles[docname].astext().split(": ")[0]))
    return citing


def _chart_links(charts: list) -> str:
    return ", ".join(f'<a href="{page}.html#fig-{name}">{escape(title)}</a>' for page, name, title in charts)


def _page_links(pages: list) -> str:
    return ", ".join(f'<a href="{page}.html">{escape(title)}</a>' for page, title in pages)


def fillings(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return for each kind of gap in the registers the HTML that fills it, by key."""
    by_source, by_table = charts_by_source(env)
    return {
        "data-charts-of": {id: f"<span>Charts: {_chart_links(c)}.</span>" for id, c in by_source.items()},
        "data-cited-in": {id: f"<span>Cited in: {_page_links(p)}.</span>" for id, p in chapters_by_source(env).items()},
        "data-charts-of-table": {name: _chart_links(c) for name, c in by_table.items()},
    }


GAP = re.compile(r'<span (data-charts-of|data-cited-in|data-charts-of-table)="([^"]+)"></span>')
EMPTY = {"data-charts-of-table": "none"}


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name charts and chapters in the registers once all pages have been read."""
    if docname not in ("references", "data"):
        return
    known = fillings(app.env)
    for node in doctree.findall(nodes.raw):
        html = GAP.sub(lambda m: known[m[1]].get(m[2], EMPTY.get(m[1], "")), node.astext())
        if html != node.astext():
            node.children = [nodes.Text(html)]


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
    for link in links:
        link["reftitle"] = known.get(link["refuri"].split("#")[1], "")


def _renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have pages written again that show what stands on others: charts and citations in the registers, the glossary's words."""
    before, env.report_shown_elsewhere = getattr(env, "report_shown_elsewhere", None), (
        json.dumps(fillings(env), sort_keys=True), json.dumps(definitions(env), sort_keys=True))
    if before is None or before[1] != env.report_shown_elsewhere[1]:
        return sorted(env.found_docs)
    return [d for d in ("references", "data", "cite") if d in env.found_docs] if before != env.report_shown_elsewhere else []


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    write_if_changed(out / "ledger.csv", ledger_csv())
    for name in ASSETS:
        write_if_changed(out / "_static" / name, (files("report.sphinx") / "assets" / name).read_bytes())


def setup(app: Sphinx) -> None:
    app.add_directive("claims-ledger", Ledger)
    app.add_directive("source-register", SourceRegister)
    app.add_directive("data-catalogue", Catalogue)
    app.add_directive("corrections", Corrections)
    app.connect("doctree-resolved", _fill)
    app.connect("doctree-resolved", _explain)
    app.connect("env-updated", _renew)
    app.connect("build-finished", _finished)
