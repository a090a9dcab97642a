"""Errata: what a published edition said wrongly, from ``data/errata.csv``, checked as strictly as any table.

An erratum names the last edition that has the error, the things concerned, and the edition that says it
right. It is shown on every page concerned, and all of them on the page of editions.
"""

from __future__ import annotations

from dataclasses import dataclass

from report.article import article, order
from report.book import unknown
from report.data.package import load, package, remembered
from report.data.table import SEPARATOR

TABLE = "errata"
KINDS = ("claim", "reading", "chapter", "chart", "table", "source")


@dataclass(frozen=True)
class Erratum:
    """An error of an edition: where it stands, what is wrong, what is right, and since which edition."""

    id: str
    edition: str
    places: tuple[tuple[str, str], ...]
    wrong: str
    right: str
    since: str


@remembered
def errata() -> list[Erratum]:
    """Return all errata, the newest edition first; raise DataError for one that does not fit."""
    if TABLE not in package().tables:
        return []
    found = [_checked(at, row) for at, row in enumerate(load(TABLE).to_dict("records"))]
    return sorted(found, key=lambda one: (*(-part for part in order(one.edition)), one.id))


def _checked(at: int, row: dict[str, str]) -> Erratum:
    table = package().tables[TABLE]
    known = [one.number for one in article().earlier]
    if article().is_released:
        known.append(article().edition)
    if row["edition"] not in known:
        table.refuse(
            f"{row['edition']!r} is no published edition; write one of {', '.join(known)}, as article.toml "
            "has them",
            at,
            "edition",
        )
    if not order(row["edition"]) < order(row["since"]) <= order(article().edition):
        table.refuse(
            f"{row['since']!r} is not after edition {row['edition']} and up to {article().edition}; write "
            "the edition that says it right",
            at,
            "since",
        )
    places = tuple(
        (kind, name) for kind, _, name in (p.partition(":") for p in row["place"].split(SEPARATOR))
    )
    for kind, name in places:
        if wrong := _misplaced(kind, name):
            table.refuse(wrong, at, "place")
    return Erratum(row["id"], row["edition"], places, row["wrong"], row["right"], row["since"])


def _misplaced(kind: str, name: str) -> str | None:
    """Return what is wrong with a place, or None; chapters and charts are known to the pages alone."""
    if kind not in KINDS:
        return f"{kind!r} is nothing that an erratum can concern; write one of {', '.join(KINDS)}"
    return unknown(kind, name)
