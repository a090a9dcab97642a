"""The register of origins, ``data/origins.csv``: who made a figure or statement, whoever carried it. The unit
of the vote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from report.data.needs import Register
from report.data.package import package, remembered
from report.data.table import SEPARATOR, DataError

TABLE = "origins"


@dataclass(frozen=True)
class Origin:
    """Where a number or a statement was made. ``voice`` says whose it is, where a claim asks for one."""

    id: str
    name: str
    short_name: str
    kind: str
    voice: str


@remembered
def origins() -> Register[Origin]:
    """Return the origins by id; an id that was given up leads to the one it is the same as."""
    if TABLE not in package().tables:
        return Register("origin", {})
    known: dict[str, Origin] = {}
    for r in package().register(TABLE).itertuples(index=False):
        one = Origin(r.id, r.name, r.short_name, r.kind, "" if pd.isna(r.voice) else r.voice)
        if re.search(r"[/\\#|?]|^\.", r.id):
            raise DataError(f"data/origins.csv, {r.id}: is no id that an address can hold; write letters and "
                            "digits, parted by - or _")
        for id in (r.id, *given_up(r.formerly)):
            if id in known:
                raise DataError(
                    f"data/origins.csv, {r.id}: {id!r} stands already for {known[id].id}; keep it once"
                )
            known[id] = one
    return Register("origin", known)


@remembered
def voices() -> list[str]:
    """Return the kinds of voice that the register knows, in the order of the alphabet."""
    return sorted({one.voice for one in origins().values()} - {""})


def given_up(cell) -> list[str]:
    """Return the ids of a cell of ``formerly``."""
    return [] if pd.isna(cell) else cell.split(SEPARATOR)


def origin(id: str) -> Origin:
    """Return one origin; raise DataError for an unknown id."""
    known = origins()
    if id not in known:
        raise DataError(f"origin {id!r} is not in data/origins.csv; add it there or correct the id")
    return known[id]


def short_name(id: str) -> str:
    """Return an origin's name as labels and charts print it."""
    return origin(id).short_name
