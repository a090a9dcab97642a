"""A designed table of rows that each name their sources, for what a table says better than a chart."""

from __future__ import annotations

import re

import pandas as pd

from report.data.table import SEPARATOR
from report.dates import date_or_words, in_words
from report.rule import ReadingError
from report.show.html import Html, rendered
from report.show.values import number

NUMERIC = re.compile(r"[\d-]+")  # a cell that is a date, or a span of years


def table(rows: pd.DataFrame, columns: dict[str, str], caption: str, claims: str | None = None) -> Html:
    """Return a designed table of rows that each name their sources.

    ``columns`` maps the columns shown to their headings; ``rows`` needs ``source_id``. Rows computed from the
    readings of whole claims lead to these instead, in the column ``claims`` (ids joined by ", "), with the
    number of sources behind them.
    """
    missing = [c for c in (*columns, "source_id") if c not in rows]
    if missing:
        raise ReadingError(f"table {caption!r}: column {missing[0]!r} is missing")
    if rows.empty or rows["source_id"].isna().any():
        raise ReadingError(f"table {caption!r}: a row or its source is missing")
    drawn = [
        {
            "cells": [_cell(name, value, claims) for name, value in zip(columns, values, strict=True)],
            "sources": cited.split(SEPARATOR),
        }
        for values, cited in zip(
            rows[list(columns)].itertuples(index=False, name=None), rows["source_id"], strict=True
        )
    ]
    html = rendered("designed_table.html", caption=caption, headings=list(columns.values()), rows=drawn,
                    by_claims=claims is not None)
    return Html(html, rows[list(columns)].to_string(index=False))


def _cell(name: str, value, claims: str | None) -> dict:
    """Return a cell as its template takes it: ids of claims, a number, or text."""
    if name == claims:
        return {"claims": [id for id in value.split(", ") if id]}
    if value is None or pd.isna(value):
        return {"text": ""}
    if isinstance(value, bool):
        return {"text": "yes" if value else "no"}
    if isinstance(value, pd.Timestamp):
        return {"text": in_words(value.date().isoformat())}
    if hasattr(value, "item") or isinstance(value, (int, float)):
        return {"number": number(float(value), None)}
    text = str(value)
    return {"text": date_or_words(text) if NUMERIC.fullmatch(text) else text}
