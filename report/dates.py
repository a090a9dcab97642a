"""Dates of uncertain precision: a year, month or day written as 2014, 2014-06 or 2014-06-05.

So they stand in data, addresses and what is downloaded; what is read has them in words, by ``in_words``.
"""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from functools import cache

import pandas as pd

PARTIAL_DATE = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
JOINED = "\u2060"  # a word joiner: nothing is seen, and no line breaks there
MINUS = re.compile(r"(?<![\w.,/–-])-(?=\d)")
DATE = re.compile(r"(?<![\w/#|–-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d(?![\w/#|–-])")
SPAN = re.compile(r"(?<![\w/#|–-])((?:19|20)\d\d)-((?:19|20)\d\d|1[3-9]|[2-9]\d)(?![\w/#|–-])")


@cache  # the same few thousand days are asked for again and again, and pandas takes its time to read one
def first_day(dated: str) -> pd.Timestamp:
    """Return the first day of a year, month or day."""
    return pd.Period(str(dated)).start_time


@cache
def last_day(dated: str) -> pd.Timestamp:
    """Return the last day of a year, month or day, at midnight."""
    return pd.Period(str(dated)).end_time.normalize()


@cache
def is_date(text: str) -> bool:
    """Say whether a text is a year, month or day that the calendar has."""
    first = text + "-01-01"[len(text) - 4:]  # the first day of the year or month
    try:
        return bool(re.fullmatch(PARTIAL_DATE, text) and date.fromisoformat(first))
    except ValueError:
        return False


def is_before(dated: str, other: str) -> bool:
    """Say whether a year, month or day lies before another, by what both of them say: 2014-06 does not lie
    before 2014, nor behind it.
    """
    known = min(len(dated), len(other))
    return dated[:known] < other[:known]


def in_words(dated: str) -> str:
    """Return a year, month or day as the book prints it in words: 2014, June 2014, 5 June 2014."""
    year, *rest = str(dated).split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([month_name[int(rest[0])]] if rest else []), year])


def printed(words: str) -> str:
    """Return words made of data as the book prints them: true minus signs, days in words, spans of years with
    a dash.

    What may be a month or a span, such as 2007-08, is left to whoever knows which.
    """
    return MINUS.sub("−", SPAN.sub(r"\1–\2", DATE.sub(lambda date: in_words(date[0]), words)))


def date_or_words(text: str) -> str:
    """Return a text as the book prints it: a year, month or day in words, other words as ``printed``."""
    return in_words(text) if re.fullmatch(PARTIAL_DATE, text) else printed(text)


def unbroken(words: str) -> str:
    """Return words whose spans of years, such as 1996–2025, no line breaks."""
    return re.sub(r"(?<=\d)–(?=\d)", f"{JOINED}–{JOINED}", words)


def middle(dated: str) -> pd.Timestamp:
    """Return the day in the middle of a year, month or day."""
    first, last = first_day(dated), last_day(dated)
    return first + ((last - first) / 2).floor("D")


def last_days(dates: pd.Series) -> pd.Series:
    """Return the last days of a column of years, months and days."""
    return dates.map({d: last_day(d) for d in dates.dropna().unique()})


def year_of(dated: str) -> int:
    """Return the year of a year, month or day."""
    return int(str(dated)[:4])


def decimal_year(dated: str) -> float:
    """Return the middle of a year, month or day as a year with its fraction."""
    day = middle(dated)
    return day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365)


def span(periods: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the period from the earliest first to the latest last of several
    periods, as they are written.
    """
    return (min((p[0] for p in periods), key=first_day), max((p[1] for p in periods), key=last_day))
