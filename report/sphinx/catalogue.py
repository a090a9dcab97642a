"""The Data page: every table from its metadata, what rests on it, and the corrections applied to it."""

from __future__ import annotations

import csv
from collections import defaultdict
from html import escape
from itertools import islice

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from report.trace import cited
from report.rule import claims
from report.data.package import SEPARATOR, Table, load, package
from report.prose import formatted
from report.book import all_readings, indicators
from report.data.sources import anchor, sources

TOPICS = {
    "message": "The message, the Council, and meetings", "alliance": "Alliance: pacts, arms, visits, ideology", "trade": "Trade",
    "lifelines": "Energy, arms and food", "survival": "Firms, markets and growth", "refugees": "Refugees",
    "tests": "Tests, sanctions, votes", "thaad": "THAAD", "verdict": "The Warsaw Pact, and a quotation",
    "voices": "Voices on motives", "register": "Registers of the report",
}
PASSED_ON = {"open": "may be passed on", "cite": "to be cited, not copied", "figures only": "figures only"}
PREVIEW_ROWS = 5
FEW = 6  # sources that are listed without being folded away


def raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


def section(title: str, id: str) -> nodes.section:
    node = nodes.section(ids=[id], names=[id])
    node += nodes.title(text=title)
    return node


def claim_links(ids) -> str:
    return " ".join(f'<a href="claims.html#claim-{c.lower()}">{c}</a>' for c in sorted(ids))


def source_links(ids) -> str:
    return "; ".join(f'<a href="{sources()[i].href}">{escape(sources()[i].short)}</a>' for i in ids)


def evidence() -> list:
    """Return all readings and indicators of the book."""
    return [*all_readings(), *(i for c in claims() for i in indicators(c))]


def claims_by_table() -> dict[str, set[str]]:
    """Return the claims that have a reading or indicator from each table."""
    held = defaultdict(set)
    for r in evidence():
        for row in r.rows:
            held[row.split("#")[0]].add(r.claim)
    return held


def coverage(table: Table, frame: pd.DataFrame) -> str:
    """Return the first and last year of a table, by its key where that holds a year or a date."""
    timed = [f for f in table.fields.values() if f["type"] in ("year", "date") or f.get("partial_date")]
    timed.sort(key=lambda f: f["name"] not in table.key)  # stable: fields of the key first, else in order
    if not timed:
        return ""
    f = timed[0]
    values = frame[f["name"]].dropna()
    years = values.dt.year if f["type"] == "date" else values.astype(str).str[:4].astype(int)
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"


def _cells(tag: str, cells, scope: str = "") -> str:
    return "<tr>" + "".join(f"<{tag}{scope}>{cell}</{tag}>" for cell in cells) + "</tr>"


def _boxed(label: str, heads, rows, css: str = "") -> str:
    """Return a table in its own scrolling box."""
    return (f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(label)}"><table{css}><thead>'
            + _cells("th", map(escape, heads), ' scope="col"') + f'</thead><tbody>{"".join(_cells("td", r) for r in rows)}'
            "</tbody></table></div>")


def _fields(table: Table) -> str:
    rows = [(f"<code>{f['name']}</code>{' (key)' if f['name'] in table.key else ''}", f["type"], escape(f.get("unit", "")),
             escape(f["description"])) for f in table.fields.values()]
    return _boxed(f"Fields of {table.name}", ("Field", "Type", "Unit", "Description"), rows)


def _preview(table: Table) -> str:
    with table.path.open(encoding="utf-8", newline="") as file:
        rows = list(islice(csv.reader(file), 1, 1 + PREVIEW_ROWS))
    return _boxed(f"First rows of {table.name}", table.fields, [map(escape, row) for row in rows], ' class="preview"')


def corrections(name: str | None = None) -> str:
    """Return the corrections of one table, or of all: cells corrected for one reason together, printed and used values."""
    found = load("corrections")
    found = found if name is None else found[found["table"] == name]
    why = ["table", "reason", "source_id", "also_said_by", "lapses_when"]
    within = "" if name else ", in the list of all"
    return "".join(_correction(reason, cells, within) for reason, cells in found.groupby(why, sort=False, dropna=False))


def _correction(reason: tuple, cells: pd.DataFrame, within: str) -> str:
    table, why, printed_by, also, lapses = reason
    others = [] if pd.isna(also) else also.split(SEPARATOR)
    also_said = "" if not others else f" Also said by {source_links(others) if set(others) <= set(sources()) else escape(also)}."
    rows = [(f"<code>{escape(c.key)}</code>", f"<code>{c.column}</code>", escape(c.printed_value), escape(c.value_used))
            for c in cells.itertuples()]
    return (f'<div class="correction"><p><a href="#table-{anchor(table)}">{table}</a>: {escape(why)}. '
            f"Printed by {source_links(printed_by.split(SEPARATOR))}.{also_said} Lapses when {escape(lapses)}.</p>"
            + _boxed(f"Corrections of {table} from {cells['key'].iloc[0]}{within}", ("Row", "Column", "Printed", "Used"), rows)
            + "</div>")


class Corrections(SphinxDirective):
    """``{corrections}``: every printed value that the book does not use as printed."""

    def run(self) -> list[nodes.Node]:
        return [raw(corrections())]


class Catalogue(SphinxDirective):
    """``{data-catalogue}``: every table, from its metadata."""

    def run(self) -> list[nodes.Node]:
        held = claims_by_table()
        topics: dict[str, nodes.section] = {}
        for name in sorted(package().tables, key=lambda n: (list(TOPICS).index(_topic(n)), n)):
            topic = _topic(name)
            part = topics.setdefault(topic, section(TOPICS[topic], f"topic-{topic}"))
            part += _entry(package().tables[name], held.get(name, set()))
        return list(topics.values())


def _topic(name: str) -> str:
    return name.split("/")[0] if "/" in name else "register"


def _facts(entries: dict[str, str]) -> str:
    listed = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in entries.items() if v)
    return f'<dl class="table-facts">{listed}</dl>'


def _folded(summary: str, inside: str) -> str:
    return f'<details class="behind"><summary>{summary}</summary>{inside}</details>'


def _entry(table: Table, held: set[str]) -> nodes.section:
    """Return a table's entry: what it holds, covers and rests on, what rests on it; behind it fields, first rows, corrections."""
    about, frame, name = table.description, load(table.name), table.name
    ids = cited(frame) if "source_id" in frame else ()
    covers = coverage(table, frame)
    corrected = int(load("corrections")["table"].eq(name).sum())
    size = f'<span class="quiet">{formatted(len(frame), ",")} rows{f", {covers}" if covers else ""}</span>'
    download = f'<p class="downloads">{size} <a href="data/{about["path"]}" download>{name}.csv</a></p>'
    listed = source_links(ids)
    facts = _facts({
        "Sources": listed if len(ids) <= FEW else f"<details><summary>{len(ids)} sources</summary>{listed}</details>",
        "Licence": f"{escape(about['licence'] or 'not stated')}; {PASSED_ON[about['redistribution']]}",
        "Claims": claim_links(held) or "none read from it directly",
        "Charts": f'<span data-charts-of-table="{name}"></span>',
        "Corrected": f"{corrected} cell{'s' if corrected > 1 else ''}, below" if corrected else "",
    })
    of_table = f'<span class="visually-hidden"> of {name}</span>'
    behind = _folded(f"Processing, known gaps, fields, first rows{of_table}", _facts({
        "A row": escape(about["row"]), "Licence": escape(about["licence_note"]),
        "Processing": escape(about["processing"]), "Known gaps": escape(about["known_gaps"])}) + _fields(table) + _preview(table))
    mended = _folded(f"Corrections applied to {name}", corrections(name)) if corrected else ""
    node = section(about["title"], f"table-{anchor(name)}")
    node += raw(f'<div class="catalogue-entry"><p>{escape(about["description"])}</p>{download}{facts}{behind}{mended}</div>')
    return node
