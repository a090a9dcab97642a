"""Readings of C39 to C42: the forecast, the quotation, what China would rather live with, and why.

C38, the tradition of communist states, is in ``c38_tradition``. The motives rest on what people said
(``voices``), and no share of opinion is taken.
"""

from __future__ import annotations

import pandas as pd

from argument.verdict.c38_tradition import c38
from argument.verdict.c39_yardsticks import yardsticks
from argument.verdict.series import launches
from argument.voices.readings import voice_readings
from argument.words import counted
from report.data.origins import short_name
from report.data.package import load
from report.rule import Indicator, Reading, both, indicator, limb, reading, variant
from report.trace import Measure, greatest, measure, measures

__all__ = ["c38", "c39", "c40", "c41", "c42"]

TENSION, TOP = "C39.tension", "C39.top"


# C39: the forecast

def c39() -> list[Reading | Indicator]:
    """Return where the North stood among the threats that Washington names, what was done against Chinese
    names, and as indicators what the North did.
    """
    return [*_top(), _listings(), _missiles(), _long_range(), _nuclear_tests(), *_yields(), _resolutions(),
            _missiles_later(), *yardsticks()]


def _top() -> list[Reading]:
    """Return for each yardstick whether it has the North at the front in every year of the forecast read."""
    part, rows = limb(TOP), load("verdict/threat_rankings")
    rows = rows[rows["year"].between(part.number("first"), part.number("last"))].sort_values("year")
    return [reading(TOP, "now", name=f"top-{origin.replace('_', '-')}", label=_yardsticks(said),
                    measure=measure(said, bool(said["at_the_front"].all())),
                    period=(str(said["year"].iloc[0]), str(said["year"].iloc[-1])),
                    note="; ".join(f"{r.year}: {r.place}" for r in said.itertuples()))
            for origin, said in rows.groupby("origin", sort=False)]


def _yardsticks(said: pd.DataFrame) -> str:
    return "; ".join(dict.fromkeys(said["yardstick"]))


def _years(span: str) -> tuple[int, int]:
    """Return the first and last year of a span of the forecast: before or after."""
    return limb(TENSION).whole(f"{span}_first"), limb(TENSION).whole(f"{span}_last")


def _period() -> tuple[str, str]:
    return str(_years("before")[0]), str(_years("after")[1])


def _years_before() -> str:
    """Return in words the years that the forecast is held against: the four years before."""
    first, last = _years("before")
    return f"the {counted(last - first + 1, 'year')} before"


def _between(rows: pd.DataFrame, dates: str, span: str) -> pd.DataFrame:
    """Return the rows whose day, month or year in the column ``dates`` falls in a span of the forecast."""
    text = rows[dates].dt.strftime("%Y-%m-%d") if rows[dates].dtype.kind == "M" else rows[dates]
    return rows[text.str[:4].astype("Int64").between(*_years(span)).fillna(False).astype(bool)]


def _counted(rows: pd.DataFrame, dates: str) -> tuple[Measure, Measure]:
    """Return how many rows fall after and before, each resting on the rows of both spans."""
    old, new = _between(rows, dates, "before"), _between(rows, dates, "after")
    both_spans = pd.concat([old, new])
    return measure(both_spans, len(new), period=_period()), measure(both_spans, len(old), period=_period())


def _rise(name: str, label: str, rows: pd.DataFrame, dates: str, origin: str | None = None) -> Indicator:
    """Return a count of rows after the article beside the count of the years before."""
    after, before = _counted(rows, dates)
    return indicator("C39", "now", name=name, label=f"{label}, beside {before} in {_years_before()}",
                     measure=after.resting_on(before), origin=origin)


def _missiles() -> Indicator:
    return _rise("missiles", "Missiles launched", load("tests/missile_tests"), "date_utc")


def _long_range() -> Indicator:
    rows = load("tests/missile_tests").query("type == 'ICBM'")
    return _rise("long-range", "Intercontinental missiles launched", rows, "date_utc")


def _nuclear_tests() -> Indicator:
    return _rise("nuclear-tests", "Nuclear tests", load("tests/nuclear_tests"), "date",
                 origin="seismologists")


def _yields() -> list[Indicator]:
    """Return the largest explosion of both spans by each origin that estimated one in both."""
    tests, rows = load("tests/nuclear_tests"), load("tests/nuclear_yields")
    old, new = (rows[rows["test"].isin(_between(tests, "date", span)["test"])]
                for span in ("before", "after"))
    return [_largest(o, old[old["origin"] == o], new[new["origin"] == o])
            for o in sorted(set(old["origin"]) & set(new["origin"]))]


def _largest(origin: str, old: pd.DataFrame, new: pd.DataFrame) -> Indicator:
    before = greatest(measures(old, "high_kt"))
    return indicator("C39", "now", name=f"yield-{origin}", unit="kilotons", period=_period(),
                     measure=greatest(measures(new, "low_kt")).resting_on(old, new),
                     label=f"Largest nuclear explosion, {short_name(origin)}, beside {before:g} kilotons in "
                           f"{_years_before()}")


def _resolutions() -> Indicator:
    rows = load("tests/unsc_votes").query("kind == 'sanctions' and outcome == 'adopted'")
    return _rise("resolutions", "Sanctions resolutions adopted", rows, "date")


def _listings() -> Reading:
    rows = load("tests/ofac_listings").query("`class` == 'Chinese or Hong Kong' and designated.notna()")
    after, before = _counted(rows, "designated")
    return reading(TENSION, "now", name="listings", measure=after, against=before,
                   label="Chinese and Hong Kong names put on the US sanctions list")


def _missiles_later() -> Indicator:
    """Return the missiles of as many years as were measured, right after them."""
    begun, over = _years("after")
    first, last = over + 1, over + (over - begun + 1)
    return indicator("C39", "now", name="missiles-later", label=f"Missiles launched, {first} to {last}",
                     measure=launches(first, last))


# C40: the quotation

def c40() -> list[Reading]:
    """Return the readings of the quotation: the printings are one report, so one votes
    and the rest are variants.
    """
    rows = load("verdict/shi_yinhong_printings").sort_values("date", kind="stable")
    judged = {"substance": rows["preference_attributed"],
              "words": rows["first_quoted"] & rows["preference_quoted"],
              "sense": ~rows["omission_changes_sense"]}
    return [r for part, met in judged.items() for r in both(_printing(part, rows, met))]


def fullest(rows: pd.DataFrame) -> pd.Series:
    """Return the reprint that prints most of what he is quoted with."""
    reprints = rows[rows["kind"] == "reprint"]
    return reprints.loc[reprints["second_quoted_sentence"].fillna("").str.len().idxmax()]


def _printing(part: str, rows: pd.DataFrame, met: pd.Series) -> Reading:
    one = fullest(rows)
    rest = [variant(f"C40.{part}", label=_where(r), measure=measure(rows.loc[[a]], bool(met[a])))
            for a, r in rows.iterrows() if a != one.name]
    return reading(f"C40.{part}", "then", name=part, label=f"{_where(one)} of a New York Times report",
                   measure=measure(rows.loc[[one.name]], bool(met[one.name])), period=one["date"],
                   variants=rest,
                   definition=part)


def _where(printing: pd.Series) -> str:
    return f"{printing['printing'].replace('_', ' ').title()}, {printing['kind']}"


# C41 and C42: what China would rather live with, and why

def c41() -> list[Reading]:
    """Return a reading for each voice that decides the comparison, but for the article's own witness."""
    return voice_readings("C41.preference")


def c42() -> list[Reading]:
    """Return a reading for each voice that gives ideology as a reason for the backing, or denies it."""
    return voice_readings("C42.ideology")
