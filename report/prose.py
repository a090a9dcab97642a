"""Computed numbers in prose: glued as text that leads to the reading or the rows it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

import pandas as pd

from report.trace import cited
from report.rule import Reading
from report.data.sources import sources


THOUSANDS = "\u202f"  # between thousands, in words, tables and charts: a narrow space that no line breaks at

NOUGHT = re.compile(r"[+-][0.,]+")  # a number that rounds to nothing has no sign


class ProseError(ValueError):
    """A value that cannot be glued; the message says why."""


@dataclass(frozen=True)
class Traced:
    """A number in prose with the address of what it rests on."""

    text: str
    href: str | None = None
    hint: str = ""

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {"text/plain": self.text}
        if self.href:
            bundle["text/html"] = (f'<a class="traced" href="{escape(self.href)}" '
                                   f'title="{escape(self.hint)}">'
                                   f"{escape(self.text)}</a>")
        return bundle


def formatted(value, form: str = "") -> str:
    """Return a value as the book prints it: a true minus sign, thousands parted by a narrow space at which no
    line breaks, words as they are.
    """
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        raise ProseError("the value to glue is missing; drop the sentence or say that it is not known")
    text = format(value, form)
    text = text.lstrip("+-") if NOUGHT.fullmatch(text) else text
    return text.replace("-", "−").replace(",", THOUSANDS)


def traced(value, form: str = "", rows: pd.DataFrame | None = None) -> Traced:
    """Return ``value`` as prose shows it: a Reading leads to the ledger, rows to their
    table, a plain value nowhere.
    """
    if isinstance(value, Reading):
        by = "; ".join(sources()[i].short for i in value.sources[:3])
        return Traced(formatted(value.value, form), f"claims.html#{value.id}", f"{value.label}. {by}")
    if rows is None:
        return Traced(formatted(value, form))
    if not len(rows):
        raise ProseError("the value rests on no rows; pass those it was computed from")
    by = "; ".join(sources()[i].short for i in cited(rows)[:3])
    table = str(rows["row"].iloc[0] if "row" in rows else rows.index[0]).split("#")[0]
    return Traced(formatted(value, form), f"data.html#table-{table.replace('/', '-').replace('_', '-')}",
                  f"{table}: {by}")


def glue(key: str, value, form: str = "", rows: pd.DataFrame | None = None) -> None:
    """Glue a value under ``key`` for use in prose as ``{glue:}`key` ``.

    ``value`` is a Reading, a number or words; ``form`` a format such as ``.1f`` or ``,.0f``; ``rows`` the
    rows that a number outside any reading was computed from.
    """
    from myst_nb import glue as glue_in_notebook

    glue_in_notebook(key, traced(value, form, rows), display=False)
