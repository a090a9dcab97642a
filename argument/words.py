"""Words for what settings count: numbers as a sentence has them, and spans of years as a label has them."""

from __future__ import annotations

from collections.abc import Collection

SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve")


def spelled(number: int) -> str:
    """Return a number as a sentence has it: in words to twelve, in figures beyond."""
    return SPELLED[number] if 0 <= number < len(SPELLED) else str(number)


def counted(number: int, what: str) -> str:
    """Return so many of a thing in words: one year, two years."""
    return f"{spelled(number)} {what}{'s' * (number != 1)}"


def years_told(years: Collection[int]) -> str:
    """Return unbroken years as a label has them: 2009, 2007-08, 1999-2001; raise ValueError for none."""
    first, last = min(years), max(years)
    if first == last:
        return str(first)
    return f"{first}-{last % 100:02d}" if first // 100 == last // 100 else f"{first}-{last}"
