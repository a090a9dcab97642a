"""How tables print a value and a period."""

from __future__ import annotations

from report.dates import in_words
from report.prose import formatted


def number(value: float | None, unit: str | None = None) -> str:
    """Return a value as tables print it: few digits, thousands parted, its unit behind it."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 1000 or float(value).is_integer() else 1 if abs(value) >= 1 else 2
    text = formatted(value, f",.{digits}f")
    return text + ("%" if unit == "percent" else f" {unit}" if unit else "")


def period(span: tuple[str, str]) -> str:
    """Return a period by its ends, or by the one where they are the same."""
    first, last = map(in_words, span)
    dash = " – " if " " in first + last else "–"
    return first if first == last else f"{first}{dash}{last}"
