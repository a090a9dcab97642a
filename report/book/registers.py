"""Directives that print the registers: the ledger of claims, the sources, the catalogue of tables."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from html import escape
from itertools import islice

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from report.book.figure import figures_of
from report.claims import Claim, claims, cited
from report.data import load, package
from report.readings import all_readings, indicators, treated
from report.show import badges, evidence
from report.sources import Source, anchor, sources

SECTIONS = {1: "Section 1: a message in November", 2: "Section 2: the alliance", 3: "Section 3: trade and supply",
            4: "Section 4: refugees", 5: "Section 5: nuclear tests and sanctions", 6: "Section 6: THAAD",
            7: "Section 7: tradition and motive"}
PREVIEW_ROWS = 5


def raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


def section(title: str, id: str) -> nodes.section:
    node = nodes.section(ids=[id], names=[id])
    node += nodes.title(text=title)
    return node


class Ledger(SphinxDirective):
    """``{claims-ledger}``: every claim under its own heading and address, with all its readings."""

    def run(self) -> list[nodes.Node]:
        parts = []
        for number, title in SECTIONS.items():
            part = section(title, f"section-{number}")
            part.extend(self._claim(c) for c in claims().values() if c.section == number)
            parts.append(part)
        return parts

    def _claim(self, one: Claim) -> nodes.section:
        node = section(f"{one.id} {one.text}", one.anchor)
        std = self.env.get_domain("std")
        std.labels[one.anchor] = self.env.docname, one.anchor, one.id
        std.anonlabels[one.anchor] = self.env.docname, one.anchor
        credit = f" It credits {escape(one.credited_to)}." if one.credited_to else ""
        box = f' <a href="{one.chapter}.html#box-{one.id.lower()}">In its chapter.</a>' if treated(one.id) else ""
        node += raw(f'<div class="ledger-entry" data-section="{one.section}" data-kind="{one.kind}"><p>The article: '
                    f"“{escape(one.quote)}”.{credit} <span class='quiet'>{one.kind}</span>{box}</p>"
                    f'<p class="verdicts">{badges(one.id)}</p>{evidence(one, addressed=True)}</div>')
        return node


def _rests_on(sources_of: dict[str, set[str]], id: str) -> str:
    return ", ".join(sorted(sources_of.get(id, ())))


def uses_of_sources() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return which tables and which claims rest on each source."""
    tables, held = defaultdict(set), defaultdict(set)
    for name, table in package().tables.items():
        if "source_id" in table.fields:
            for id in cited(load(name)):
                tables[id].add(name)
    for r in [*all_readings(), *(i for c in claims() for i in indicators(c))]:
        for id in r.sources:
            held[id].add(r.claim)
    return tables, held


class SourceRegister(SphinxDirective):
    """``{source-register}``: every source, with its kind and the tables, claims and charts that rest on it."""

    def run(self) -> list[nodes.Node]:
        tables, held = uses_of_sources()
        parts = []
        by_letter: dict[str, list[Source]] = defaultdict(list)
        for s in sorted(sources().values(), key=lambda s: (s.producer.lower(), s.date, s.id)):
            by_letter[s.producer[0].upper() if s.producer[0].isalpha() else "#"].append(s)
        for letter, group in sorted(by_letter.items()):
            part = section(letter, f"sources-{anchor(letter) or 'other'}")
            part += raw("".join(self._entry(s, tables, held) for s in group))
            parts.append(part)
        return parts

    @staticmethod
    def _entry(s: Source, tables: dict, held: dict) -> str:
        via = "" if s.carrier == s.producer else f", read through {escape(s.carrier)}"
        link = f'<a href="{escape(s.url)}" rel="external">{escape(s.title)}</a>' if s.url else escape(s.title)
        links = ", ".join(f'<a href="data.html#table-{anchor(t)}">{t}</a>' for t in sorted(tables.get(s.id, ())))
        claims_held = " ".join(f'<a href="claims.html#claim-{c.lower()}">{c}</a>' for c in sorted(held.get(s.id, ())))
        uses = "; ".join(filter(None, [f"tables: {links}" if links else "", f"claims: {claims_held}" if claims_held else "",
                                       f'charts: <span data-charts-of="{s.id}"></span>'])) if links or claims_held else ""
        licence = f"licence: {escape(s.licence)}" if s.licence else "licence not known"
        return (f'<div class="source" id="source-{anchor(s.id)}"><p><span class="producer">{escape(s.producer)}</span>{via}, '
                f'{s.date}. {link}. <span class="tag">{s.kind}</span> <span class="tag">read as {s.read_as}</span> '
                f'<span class="tag">{licence}; {s.redistribution}</span></p><p class="quiet">{escape(s.note)} '
                f"Accessed {s.accessed}.</p>{f'<p class=uses>Used in {uses}</p>' if uses else ''}</div>")


class Catalogue(SphinxDirective):
    """``{data-catalogue}``: every table, from its metadata."""

    def run(self) -> list[nodes.Node]:
        held = defaultdict(set)
        for r in [*all_readings(), *(i for c in claims() for i in indicators(c))]:
            for row in r.rows:
                held[row.split("#")[0]].add(r.claim)
        topics: dict[str, nodes.section] = {}
        for name in sorted(package().tables):
            topic = name.split("/")[0] if "/" in name else "register"
            part = topics.setdefault(topic, section(topic.capitalize(), f"topic-{topic}"))
            part += self._table(name, held.get(name, set()))
        return list(topics.values())

    @staticmethod
    def _table(name: str, held: set[str]) -> nodes.section:
        table, about = package().tables[name], package().tables[name].description
        node = section(f"{about['title']}", f"table-{anchor(name)}")
        frame = load(name)
        shown = list(table.fields)
        fields = "".join(f"<tr><td><code>{f['name']}</code></td><td>{f['type']}</td><td>{escape(f.get('unit', ''))}</td>"
                         f"<td>{escape(f['description'])}</td></tr>" for f in table.fields.values())
        with table.path.open(encoding="utf-8", newline="") as file:
            first = list(islice(csv.reader(file), 1, 1 + PREVIEW_ROWS))
        preview = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in first)
        years = [frame[f["name"]].dropna() for f in table.fields.values() if f["type"] == "year"]
        coverage = f"{int(min(y.min() for y in years))}–{int(max(y.max() for y in years))}" if years and len(years[0]) else ""
        licence = escape(about["licence"] or "not stated")
        claims_held = " ".join(f'<a href="claims.html#claim-{c.lower()}">{c}</a>' for c in sorted(held))
        node += raw(
            f'<p>{escape(about["description"])}</p><dl class="table-facts"><dt>A row</dt><dd>{escape(about["row"])}</dd>'
            f"<dt>Rows</dt><dd>{len(frame)}</dd>{f'<dt>Years</dt><dd>{coverage}</dd>' if coverage else ''}"
            f"<dt>Licence</dt><dd>{licence} ({about['redistribution']}). {escape(about['licence_note'])}</dd>"
            f"<dt>Processing</dt><dd>{escape(about['processing'])}</dd><dt>Known gaps</dt><dd>{escape(about['known_gaps'])}</dd>"
            f"<dt>Claims</dt><dd>{claims_held or 'none read from it directly'}</dd>"
            f'<dt>Charts</dt><dd><span data-charts-of-table="{name}"></span></dd></dl>'
            f'<p class="downloads"><a href="data/{about["path"]}" download>{name}.csv</a></p>'
            f'<details><summary>Fields and first rows<span class="visually-hidden"> of {name}</span></summary>'
            f'<div class="table-box" tabindex="0" role="region" aria-label="Fields of {name}"><table><thead><tr>'
            f'<th scope="col">Field</th><th scope="col">Type</th><th scope="col">Unit</th><th scope="col">Description</th></tr>'
            f'</thead><tbody>{fields}</tbody></table></div><div class="table-box" tabindex="0" role="region" '
            f'aria-label="First rows of {name}"><table><thead><tr>'
            + "".join(f'<th scope="col">{escape(c)}</th>' for c in shown)
            + f"</tr></thead><tbody>{preview}</tbody></table></div></details>")
        return node


def charts_by_source(env) -> tuple[dict[str, list], dict[str, list]]:
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


def _fill_charts(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the charts in the registers once all pages have been read."""
    if docname not in ("references", "data"):
        return
    by_source, by_table = charts_by_source(app.env)
    for node in doctree.findall(nodes.raw):
        html = node.astext()
        for attribute, known in (("data-charts-of", by_source), ("data-charts-of-table", by_table)):
            for key in _keys(html, attribute):
                links = ", ".join(f'<a href="{page}.html#fig-{name}">{escape(title)}</a>' for page, name, title in known.get(key, ()))
                html = html.replace(f'<span {attribute}="{key}"></span>', links or "none")
        if html != node.astext():
            node.children = [nodes.Text(html)]


def _keys(html: str, attribute: str) -> list[str]:
    return re.findall(rf'<span {attribute}="([^"]+)"></span>', html)


def setup(app: Sphinx) -> None:
    app.add_directive("claims-ledger", Ledger)
    app.add_directive("source-register", SourceRegister)
    app.add_directive("data-catalogue", Catalogue)
    app.connect("doctree-resolved", _fill_charts)
