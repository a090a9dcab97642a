"""The source line inside a picture, written from the register of sources and never by hand."""

from __future__ import annotations

from collections.abc import Iterable

from report.data.package import remembered
from report.data.table import SEPARATOR, DataError
from report.data.sources import sources

NAMED = 3  # producers that a line names; of more it says how many, and the table behind lists them
CARRIERS = 2  # carriers that it names beside a producer


@remembered
def source_text(ids: str) -> str:
    """Return the sources of one datum in words, as its tooltip prints them."""
    try:
        return "; ".join(sources()[i].short for i in ids.split(SEPARATOR))
    except KeyError as unknown:
        raise DataError(
            f"source {unknown} is not in data/sources.bib; add it there or correct the id"
        ) from None


def source_line(ids: Iterable[str]) -> str:
    """Return the source line of a picture: producers, with the carriers they were read through; of more than
    three producers, the number of sources alone, since a line that named the first few by the alphabet would
    say nothing of their weight.
    """
    carriers: dict[str, list[str]] = {}
    found = list(dict.fromkeys(ids))
    for i in found:
        source = sources()[i]
        through = carriers.setdefault(source.producer, [])
        if source.carrier not in (source.producer, *through):
            through.append(source.carrier)
    if len(carriers) > NAMED:
        return f"Source: {len(found)} sources, listed under the chart"
    credited = [_credited(producer, through) for producer, through in sorted(carriers.items())]
    return "Source: " + "; ".join(credited)


def _credited(producer: str, through: list[str]) -> str:
    if not through:
        return producer
    return (
        f"{producer} (via {', '.join(through[:CARRIERS])}{' and others' if len(through) > CARRIERS else ''})"
    )
