"""Readings of C03: how close the two countries were, series by series, before and after the years in dispute.

The article denies that relations had soured in recent years. Each series that measures closeness and covers
both spans gives one reading: its average over the recent years in percent of its average over the years
before. Series that cover one span alone are indicators.
"""

from __future__ import annotations

import pandas as pd

from argument.message.c02_beside_the_votes import studies
from argument.message.series import (LIMB, Closeness, all_closeness, average, average_known, tourists_of,
                                     years_before, years_recent)
from report.data.package import load
from report.prose import formatted
from report.rule import Indicator, Options, Reading, Variant, indicator, limb, noted, reading, variant
from report.trace import Measure, count, percent_of


def c03() -> list[Reading | Indicator]:
    """Return the readings of closeness, and the indicators that cover one span alone."""
    read = [_reading(one, vantage) for one in all_closeness() for vantage in one.vantages]
    return [*read, _tourists_now(), _announced_visit(), *studies()]


def _averages(yearly: pd.Series, vantage: str, before: tuple[int, int]) -> tuple[Measure, Measure] | None:
    """Return the average over the recent years and over the years before, or nothing
    where a series lacks either.
    """
    recent, earlier = average(yearly, years_recent(vantage)), average(yearly, before)
    return None if recent is None or earlier is None else (recent, earlier)


def _last_year(yearly: pd.Series, vantage: str) -> str:
    first, last = years_recent(vantage)
    return str(max(year for year in yearly.index if first <= year <= last))


def _reading(one: Closeness, vantage: str) -> Reading:
    before = years_before()
    recent, earlier = (average_known(one.yearly, years) for years in (years_recent(vantage), before))
    known = noted(f"c03-{one.name}-{vantage}")
    note = f"{_short(recent)} against {_short(earlier)} {one.unit} a year. {known}"
    variants = [_other_count(label, yearly, vantage) for label, yearly in one.other_counts]
    return reading(LIMB, vantage, name=one.name, label=_in_percent(one, before), origin=one.origin,
                   definition=one.name,
                   measure=percent_of(recent, earlier), met=bool(recent >= earlier), note=note,
                   period=(str(before[0]), _last_year(one.yearly, vantage)),
                   variants=[v for v in variants if v])


def _in_percent(one: Closeness, before: tuple[int, int]) -> str:
    return f"{one.label}, percent of {before[0]} to {before[1]}"


def _other_count(label: str, yearly: pd.Series, vantage: str) -> Variant | None:
    """Return the same comparison by another count of the series, or nothing where
    that count lacks the years.
    """
    found = _averages(yearly, vantage, years_before())
    if not found:
        return None
    recent, earlier = found
    rests = Measure(bool(recent >= earlier), None, None, (recent - earlier).rows)
    return variant(LIMB, label=f"{label}: {_short(recent)} against {_short(earlier)}", measure=rests)


def _short(value: Measure) -> str:
    return formatted(float(value), ",.0f" if abs(value) >= 100 else ".2f")


# What a reader can choose

def base_options() -> Options:
    """Return each series by the span that counts as recent and by the years before: the
    readings, and other bases.
    """
    read: dict[tuple[str, str], Reading] = {
        (r.definition, r.vantage): r for r in c03() if isinstance(r, Reading)}
    options: Options = {}
    for one in all_closeness():
        for vantage in one.vantages:
            for base in limb(LIMB).listed("bases"):
                first, last = (int(year) for year in base.split("-"))
                judged = _against(one, vantage, (first, last))
                if judged:
                    options[one.name, vantage,
                            base] = read[one.name, vantage] if (first, last) == years_before() else judged
    return options


def _against(one: Closeness, vantage: str, years: tuple[int, int]) -> Variant | None:
    found = _averages(one.yearly, vantage, years)
    if not found:
        return None
    recent, earlier = found
    return variant(LIMB, label=_in_percent(one, years), measure=percent_of(recent, earlier),
                   met=bool(recent >= earlier), key=f"{one.name}-{vantage}-{years[0]}")


# Indicators

def _tourists_now() -> Indicator:
    flows = load("message/china_flows").query("flow == 'chinese_tourists' and span == 'year'")
    last = flows["period_start"].max()
    return indicator("C03", "now", name="tourists", label=f"Chinese tourists to the North, {last}",
                     measure=tourists_of(last), unit="persons", period=last)


def _announced_visit() -> Indicator:
    rows = load("alliance/leader_meetings")
    rows = rows[(rows["partner"] == "China") & (rows["basis"] == "announced")]
    return indicator("C03", "now", name="announced-visit",
                     label="Visit of the Chinese leader to Pyongyang, announced",
                     measure=count(rows, unit="visits"),
                     period=(rows["date_start"].iloc[0], rows["date_end"].iloc[-1]))
