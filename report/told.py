"""Print what a claim comes to, without building the book: ``python -m report.told`` and ids of claims."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from report.book import indicators, readings, verdicts
from report.data.table import DataError
from report.prose import formatted
from report.rule import VANTAGES, Indicator, Reading, ReadingError
from report.trace import TraceError


def told(id: str) -> Iterator[str]:
    """Yield the words on a claim, then a line for each of its readings and indicators.

    Raises ReadingError, DataError or TraceError where the claim, its criteria or its rows are at fault.
    """
    for vantage, found in verdicts(id).items():
        yield f"{id} {vantage}: {found.phrase}; {found.standing or found.counts}"
    evidence: list[Reading | Indicator] = [*readings(id), *indicators(id)]
    for vantage in VANTAGES:
        yield from (line(one) for one in evidence if one.vantage == vantage)


def line(one: Reading | Indicator) -> str:
    """Return the vantage, name, value and label of a reading or indicator, and whether it is met."""
    met = ("met" if one.met else "not met") if isinstance(one, Reading) else "no vote"
    value = "no number" if one.value is None else formatted(one.value, ",.4g" * isinstance(one.value, float))
    return f"  {one.vantage:4}  {met:7}  {one.id}: {value} {one.unit or ''} ({one.label})"


if __name__ == "__main__":
    try:
        for id in sys.argv[1:] or sys.exit("name a claim"):
            print("\n".join(told(id)))
    except (DataError, ReadingError, TraceError) as error:
        sys.exit(str(error))
