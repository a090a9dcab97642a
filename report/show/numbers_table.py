"""The numbers that a chapter's prose quotes, with the rows each rests on: computed in the notebook, compared
by its tests.
"""

from __future__ import annotations

from report.book import numbers
from report.show.html import Html, rendered
from report.trace import Measure

NAMED = 6  # rows that a line of the table names


def numbers_table(chapter: str) -> Html:
    """Return the numbers of a chapter's prose by their keys: value, unit, period and rows."""
    listed = [_told(key, one) for key, one in sorted(numbers(chapter).items())]
    return Html(rendered("numbers_table.html", rows=listed), "\n".join(" | ".join(row) for row in listed))


def _told(key: str, one: Measure | str) -> tuple[str, str, str, str]:
    if not isinstance(one, Measure):
        return key, str(one), "", ""
    value = f"{one.value:.6g}" if isinstance(one.value, float) else str(one.value)
    rows = "; ".join(one.rows)
    if len(one.rows) > NAMED:
        rows = f"{'; '.join(one.rows[:NAMED - 1])}; and {len(one.rows) - NAMED + 1} more"
    return key, value, one.unit or "", rows
