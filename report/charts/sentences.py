"""The sentence that each mark says to keyboards, screen readers and pointers: its row in words."""

from __future__ import annotations

import string
from collections.abc import Sequence
from difflib import get_close_matches

from report.charts.theme import ChartError, amount
from report.charts.views import units, values
from report.dates import date_or_words

SENTENCE = "mark_says"  # the field of what a mark says


class _Sentence(string.Formatter):
    """Fills a sentence with the fields of a row, numbers and dates as the book prints them; refuses a missing
    field.
    """

    def format_field(self, value, form: str) -> str:
        if value is None:
            raise KeyError("missing")
        if isinstance(value, (int, float)) and form:
            return amount(value, form)
        return date_or_words(format(value, form))


def say(spec: dict, sentences: Sequence[str], name: str) -> None:
    """Let each mark say, in one of the sentences, what its row holds, in place; refuse a gap that no row of
    the chart fills.
    """
    if not sentences:
        return
    known = {field for unit, data in units(spec) for row in values(spec, data) for field in row}
    for gap in (gap for one in sentences for _, gap, *_ in string.Formatter().parse(one) if gap is not None):
        if gap not in known:
            near = get_close_matches(gap, known, n=1, cutoff=0.5)
            raise ChartError(f"chart {name!r}: says= has the gap {{{gap}}}, which no row of its data fills; "
                             f"write {{{near[0] if near else sorted(known)[0]}}} or another of its columns")
    for unit, data in units(spec):
        rows = values(spec, data)
        if "tooltip" not in unit.get("encoding", {}) or not rows:
            continue
        told = [found for row in rows if (found := _told(sentences, row))]
        if len(told) == len(rows):
            for row, (_, said) in zip(rows, told, strict=True):
                row[SENTENCE] = said
            sentence = {"field": SENTENCE, "type": "nominal", "title": told[0][0]}
            unit["encoding"]["tooltip"] = [sentence, unit["encoding"]["tooltip"][-1]]


def _told(sentences: Sequence[str], row: dict) -> tuple[str, str] | None:
    """Return the heading and the words of the first sentence whose fields a row has, or None."""
    for sentence in sentences:
        heading, _, words = sentence.partition(": ")
        try:
            return heading, _Sentence().vformat(words, (), row).strip()
        except KeyError:
            continue
    return None
