"""The register of origins, ``data/origins.csv``: who made a figure or statement, whoever carried it. The unit of the vote."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from report.data.package import DataError, load, package, remembered

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
def origins() -> dict[str, Origin]:
    """Return the origins by id; an id that was given up leads to the one it is the same as."""
    if TABLE not in package().tables:
        return {}
    rows = load(TABLE)
    known = {r.id: Origin(r.id, r.name, r.short_name, r.kind, "" if pd.isna(r.voice) else r.voice)
             for r in rows[rows["same_as"].isna()].itertuples(index=False)}
    for r in rows.dropna(subset=["same_as"]).itertuples(index=False):
        if r.same_as not in known:
            raise DataError(f"data/origins.csv, {r.id}: same_as {r.same_as!r} is no origin of its own; correct it")
        known[r.id] = known[r.same_as]
    return known


def origin(id: str) -> Origin:
    """Return one origin; raise DataError for an unknown id."""
    known = origins()
    if id not in known:
        raise DataError(f"origin {id!r} is not in data/origins.csv; add it there or correct the id")
    return known[id]


def short_name(id: str) -> str:
    """Return an origin's name as labels and charts print it."""
    return origin(id).short_name
