"""How computed values are written as prose, in tables and in charts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd


THOUSANDS = "\u202f"  # between thousands, in words, tables and charts: a narrow space that no line breaks at

NOUGHT = re.compile(r"[+-][0.,]+")  # a number that rounds to nothing has no sign


class ProseError(ValueError):
    """A value that cannot be printed; the message says why."""


def formatted(value, form: str = "") -> str:
    """Return a value as the book prints it: a true minus sign, thousands parted by a narrow space at which no
    line breaks, words as they are.
    """
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        raise ProseError("the value to print is missing; drop the sentence or say that it is not known")
    text = format(value, form)
    text = text.lstrip("+-") if NOUGHT.fullmatch(text) else text
    return text.replace("-", "−").replace(",", THOUSANDS)


def enumerated(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: "a", "a and b", "a, b and c"; nothing where there are none."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} and {last}" if others else last
