"""The source line inside a picture, written from the register of sources and never by hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from report.data.table import SEPARATOR, DataError
from report.data.sources import sources

NAMED = 6  # producers that a line names; the table behind the chart lists all
CARRIERS = 2  # carriers that it names beside a producer


@cache
def source_text(ids: str) -> str:
    """Return the sources of one datum in words, as its tooltip prints them."""
    try:
        return "; ".join(sources()[i].short for i in ids.split(SEPARATOR))
    except KeyError as unknown:
        raise DataError(
            f"source {unknown} is not in data/sources.bib; add it there or correct the id"
        ) from None


def source_line(ids: Iterable[str]) -> str:
    """Return the source line of a picture: producers, with the carriers they were read through."""
    carriers: dict[str, list[str]] = {}
    for i in ids:
        source = sources()[i]
        through = carriers.setdefault(source.producer, [])
        if source.carrier not in (source.producer, *through):
            through.append(source.carrier)
    credited = [_credited(producer, through) for producer, through in sorted(carriers.items())]
    more = len(credited) - NAMED
    return (
        "Source: "
        + "; ".join(credited[:NAMED])
        + (f"; and {more} more, listed under the chart" if more > 0 else "")
    )


def _credited(producer: str, through: list[str]) -> str:
    if not through:
        return producer
    return (
        f"{producer} (via {', '.join(through[:CARRIERS])}{' and others' if len(through) > CARRIERS else ''})"
    )
