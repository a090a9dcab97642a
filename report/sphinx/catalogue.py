"""The Data page: every table from its metadata, what rests on it, and the corrections applied to it."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import islice
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report.article import article
from report.book import all_readings, indicators
from report.data.package import load, package, remembered
from report.data.table import SEPARATOR, Table
from report.data.sources import anchor, sources
from report.editions.record import table_record
from report.prose import formatted
from report.rule import Indicator, Reading, claims
from report.sphinx.domain import report_domain
from report.sphinx.figure import figures_of
from report.sphinx.nodes import Thing, joined, link, listed, paragraph, section
from report.trace import cited

REGISTERS = "register", "Registers of the report"  # the topic of tables that belong to no chapter
PASSED_ON = {"open": "may be passed on", "cite": "to be cited, not copied", "figures only": "figures only"}
PREVIEW_ROWS = 5
FEW = 6  # sources that are listed without being folded away


def topics() -> dict[str, str]:
    """Return the topics of the catalogue, in order, with their headings."""
    return {**article().topics, REGISTERS[0]: REGISTERS[1]}


def topic_of(name: str) -> str:
    """Return the topic of a table."""
    return name.split("/")[0] if "/" in name else REGISTERS[0]


def evidence() -> list[Reading | Indicator]:
    """Return all readings and indicators of the book."""
    return [*all_readings(), *(i for c in claims() for i in indicators(c))]


@remembered
def claims_by_table() -> dict[str, set[str]]:
    """Return the claims that have a reading or indicator from each table."""
    held = defaultdict(set)
    for r in evidence():
        for row in r.rows:
            held[row.split("#")[0]].add(r.claim)
    return dict(held)


def charts_by_table(env: BuildEnvironment) -> dict[str, list[tuple[str, str, str]]]:
    """Return the charts that rest on each table, as (page, name, title)."""
    found = defaultdict(list)
    for docname, figures in figures_of(env).items():
        for name, spec in figures.items():
            for table in spec["usermeta"]["tables"]:
                found[table].append((docname, name, spec["usermeta"]["title"]))
    return found


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


# Corrections ------------------------------------------------------------------------------------------------

@remembered
def corrections() -> list[dict[str, Any]]:
    """Return all corrections: cells corrected for one reason together."""
    why = ["table", "reason", "source_id", "also_said_by", "lapses_when"]
    found = package().all_corrections().groupby(why, sort=False, dropna=False)
    return [_correction(reason, cells) for reason, cells in found]


def _correction(reason: tuple, cells: pd.DataFrame) -> dict[str, Any]:
    table, why, printed_by, also, lapses = reason
    others = [] if pd.isna(also) else also.split(SEPARATOR)
    known = set(others) <= set(sources())
    return {"table": table, "reason": why, "printed_by": printed_by.split(SEPARATOR), "lapses_when": lapses,
            "also_sources": others if known else [], "also": "" if known else also,
            "cells": [(c.key, c.column, c.printed_value, c.value_used) for c in cells.itertuples()]}


class correction_list(Thing):
    """Every printed value that the book does not use as printed."""

    template = "correction_list.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        return {"corrections": corrections(), "within": ", in the list of all"}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        return [node for one in corrections() for node in corrected_in_words(one, self["page"])]


def corrected_in_words(one: dict[str, Any], page: str) -> list[nodes.Node]:
    """Return corrections of one reason in plain nodes."""
    by = joined([link("source", i, page, sources()[i].short) for i in one["printed_by"]], "; ")
    return [paragraph(link("table", one["table"], page, one["table"]), f": {one['reason']}. Printed by ", *by,
                      f". Lapses when {one['lapses_when']}."),
            listed(*([paragraph(f"{key}, {column}: printed {printed}, used {used}")]
                     for key, column, printed, used in one["cells"]))]


class Corrections(SphinxDirective):
    """``{corrections}``: every printed value that the book does not use as printed."""

    def run(self) -> list[nodes.Node]:
        return [correction_list(page=self.env.docname)]


# The catalogue ----------------------------------------------------------------------------------------------

class catalogue_entry(Thing):
    """The entry of the table ``table``: what it holds and rests on, what rests on it, fields, first rows."""

    template = "catalogue_entry.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        table = package().tables[self["table"]]
        frame, name = load(table.name), table.name
        covers = coverage(table, frame)
        corrected = [one for one in corrections() if one["table"] == name]
        return {
            "name": name, "about": table.description, "fields": table.fields, "key": table.key,
            "size": f"{formatted(len(frame), ',')} rows{f', {covers}' if covers else ''}",
            "sources": cited(frame) if "source_id" in frame else (), "few": FEW,
            "passed_on": PASSED_ON[table.description["redistribution"]], "cite": table_record(table).files,
            "claims": claims_by_table().get(name, ()),
            "charts": charts_by_table(env).get(name, ()), "first_rows": first_rows(table),
            "corrected": sum(len(one["cells"]) for one in corrected), "corrections": corrected,
        }

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        about, page = self.context(env), self["page"]
        facts = {"Sources": [link("source", i, page, sources()[i].short) for i in about["sources"]],
                 "Claims": [link("claim", c, page, c) for c in sorted(about["claims"])],
                 "Charts": [link("chart", name, page, title) for _, name, title in about["charts"]]}
        licence = about["about"]["licence"] or "not stated"
        told = [[paragraph(f"{what}: ", *joined(found, "; "))] for what, found in facts.items() if found]
        return [paragraph(about["about"]["description"]), paragraph(f"{about['size']}, {about['name']}.csv"),
                listed([paragraph(f"Licence: {licence}; {about['passed_on']}")], *told)]


def first_rows(table: Table) -> list[list[str]]:
    """Return the first rows of a table as they stand in its file."""
    with table.path.open(encoding="utf-8", newline="") as file:
        return list(islice(csv.reader(file), 1, 1 + PREVIEW_ROWS))


class Catalogue(SphinxDirective):
    """``{data-catalogue}``: every table, from its metadata."""

    def run(self) -> list[nodes.Node]:
        order = list(topics())
        parts: dict[str, nodes.section] = {}
        for name in sorted(package().tables, key=lambda n: (order.index(topic_of(n)), n)):
            topic = topic_of(name)
            part = parts.setdefault(topic, section(topics()[topic], f"topic-{topic}"))
            part += self._entry(package().tables[name])
        return list(parts.values())

    def _entry(self, table: Table) -> nodes.section:
        id, title = f"table-{anchor(table.name)}", table.description["title"]
        report_domain(self.env).note("table", table.name, id, title)
        node = section(title, id)
        node += catalogue_entry(table=table.name, page=self.env.docname)
        return node
