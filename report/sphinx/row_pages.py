"""A page a table, on which every row stands under its own address, so that what names a row leads to it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from report import own_data
from report.article import article
from report.data.needs import digest
from report.data.package import load, package
from report.editions.record import table_record
from report.data.rows import other_anchors, row_anchor, table_page
from report.data.sources import sources
from report.data.table import SEPARATOR, SOURCE_COLUMN, DataError, Table
from report.sphinx.domain import report_domain
from report.sphinx.fingerprint import of_engine
from report.sphinx.kept import unchanged
from report.sphinx.nodes import rendered
from report.sphinx.page import contents

UP = "../"  # from a page of rows to the pages of the book


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as its file has them: anchors, sources, cells with what is used instead."""
    with table.path.open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    corrected = package().all_corrections()
    corrected = corrected[corrected["table"] == table.name]
    used = {(f"{table.name}#{c.key}", c.column): c.value_used for c in corrected.itertuples()}
    others = other_anchors(table.name)
    made: dict[str, dict[str, Any]] = {}
    for address, cells in zip(load(table.name).index, printed, strict=True):
        anchor = row_anchor(address)
        if anchor in made or not anchor:
            raise DataError(f"{address}: the row's address on the site, {anchor!r}, is empty or taken by "
                            "another row; give their keys other letters or digits")
        ids = cells.pop(SOURCE_COLUMN, "").split(SEPARATOR)
        made[anchor] = {"anchor": anchor, "key": address.split("#", 1)[1], "others": others.get(address, []),
                        "sources": list(filter(None, ids)),
                        "cells": [(cell, used.get((address, column))) for column, cell in cells.items()]}
    return list(made.values())


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    if app.builder.name != "html":
        return
    registers = [package().digest_of(name) for name in package().tables if "/" not in name]
    around = digest(of_engine(), contents(app.env), sources().digest(), *registers, repr(article()),
                    own_data.is_own())
    for (kind, name), place in report_domain(app.env).objects.items():
        if kind == "table":
            table = package().tables[name]
            made_of = digest(around, package().digest_of(name), sorted(table.description), place)
            if unchanged(f"rows {name}", made_of, Path(app.outdir) / f"{table_page(name)}.html"):
                continue
            body = rendered("rows.html", up=UP, name=name, table=table, cite=table_record(table).files,
                            catalogue=f"{place.docname}.html#{place.anchor}",
                            columns=[f for f in table.fields if f != SOURCE_COLUMN],
                            sourced=SOURCE_COLUMN in table.fields, rows=rows_of(table))
            title = f"{table.description['title']}: every row"
            yield table_page(name), {"title": title, "body": body}, "page.html"


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", _pages)
