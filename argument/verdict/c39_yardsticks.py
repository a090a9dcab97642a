"""Indicators of C39 by its own words: whether the North's weapons stay among the top challenges named in
Washington.

The criterion asks for the years of the forecast alone; these have every year that was read.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from report.rule import VANTAGES, Indicator, Vantage, by_cutoff, indicator
from report.trace import only, measure

LISTS = {"experts": ("CFR survey of experts", "Years in the top tier of the CFR's survey of experts"),
         "assessments": ("Assessment of the intelligence community",
                         "Yearly assessments of US intelligence that put the North at the front")}
POLL = "Gallup poll of adults"


def yardsticks() -> list[Indicator]:
    """Return for each list how often the North stands at its front, and the poll's first and last share."""
    return [*(_at_the_front(name, vantage) for vantage in VANTAGES for name in LISTS),
            *(_poll(vantage) for vantage in VANTAGES)]


def ranked(yardstick: str, vantage: Vantage) -> pd.DataFrame:
    """Return the years of a list that a vantage sees, with the year in which each was ``made``: a survey for
    a year in the one before.
    """
    rows = load("verdict/threat_rankings").query("yardstick == @yardstick")
    rows = rows.assign(made=(rows["year"] - (1 if yardstick == LISTS["experts"][0] else 0)).astype(str))
    return rows[by_cutoff(rows["made"]) == (vantage is Vantage.THEN)]


def _at_the_front(name: str, vantage: Vantage) -> Indicator:
    yardstick, label = LISTS[name]
    rows = ranked(yardstick, vantage)
    years = ", ".join(str(year) for year in rows["year"])
    return indicator("C39", vantage, name=name, label=label, unit="years",
                     measure=measure(rows, int(rows["at_the_front"].sum())),
                     period=(rows["made"].min(), rows["made"].max()),
                     note=f"Of {len(rows)} read: {years}.")


def _poll(vantage: Vantage) -> Indicator:
    rows = ranked(POLL, vantage)
    last = rows[rows["year"] == rows["year"].max()]
    return indicator("C39", vantage, name="poll", measure=only(last, "percent"), unit="percent",
                     period=str(last["year"].iloc[0]),
                     label="Adults who call the North's nuclear weapons a critical threat, Gallup",
                     note=f"{last['place'].iloc[0][0].upper()}{last['place'].iloc[0][1:]}.")
