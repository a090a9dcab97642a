"""Indicators of C31: how China answered the deployment, before the article and since. A judgement has no verdict.

*Then* there were acts and words, but no fall of tourists or exports that a reader could have measured; *now* there is
one for tourists, and none for exports.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import indicator
from report.rule import Indicator
from report.data.package import load, package
from argument.thaad.series import export_growth
from argument.thaad.event_study import (BEFORE, DECISION, LAST_FULL_MONTH_THEN, TREATED, YEAR_AFTER_ORDER, Effect,
                                        effect)

DAY_OF_DECISION = "2016-07-08"


def c31() -> list[Indicator]:
    """Return the indicators of a reaction in anger, and of cooperation, at both vantages."""
    return [*_then(), *_now()]


def _then() -> list[Indicator]:
    return [_acts("then"), _military(), _tourists("then", (DECISION, LAST_FULL_MONTH_THEN)),
            _exports("then", ("2016-11", "2017-01"), "November 2016 to January 2017 on the year before"), _shares(),
            _votes("then")]


def _now() -> list[Indicator]:
    return [_acts("now"), _tourists("now", YEAR_AFTER_ORDER), _visitors_since(),
            _exports("now", ("2017-01", "2017-12"), "2017 on 2016"), _stores(), _views(), _votes("now")]


def acts(vantage: str, kind: str = "measure") -> pd.DataFrame:
    """Return the dated acts of China of a kind: from the decision to the article, or after it."""
    cutoff = package().cutoff.isoformat()
    rows = load("thaad/events").query("actor == 'China' and kind == @kind and date >= @DAY_OF_DECISION")
    return rows[rows["date"] <= cutoff] if vantage == "then" else rows[rows["date"] > cutoff]


def _acts(vantage: str) -> Indicator:
    rows = acts(vantage)
    when = "from the decision to the article" if vantage == "then" else "after the article"
    return indicator("C31", vantage, name="acts", label=f"Chinese measures recorded or reported {when}", rows=rows,
                     value=len(rows), unit="acts", period=(rows["date"].min(), rows["date"].max()), origin="report",
                     note="A chosen list, not a census; some were reported and denied.")


def _military() -> Indicator:
    row = load("thaad/military_accounts").query("account == 'YTN'")
    return indicator("C31", "then", name="exchanges", label="Military exchanges cancelled, by one official", rows=row,
                     value=row["count"].iloc[0], unit="items", period=(DAY_OF_DECISION, "2017-01-09"),
                     note="At least seven by another account.")


def _tourists(vantage: str, after: tuple[str, str]) -> Indicator:
    visitors = load("thaad/visitors_monthly")
    found = effect(visitors, after=after)
    rows = visitors.query("nationality == @TREATED and month >= @BEFORE[0] and month <= @after[1]")
    return indicator("C31", vantage, name="tourists", rows=rows, value=found.percent, unit="percent change",
                     label=f"Tourists from China, {after[0]} to {after[1]}, against controls", period=after,
                     note=_interval(found))


def _interval(found: Effect) -> str:
    low, high = found.percent_interval
    return (f"Difference-in-differences, {len(found.controls)} controls; {100 * found.coverage:.0f} percent interval "
            f"from placebos: {low:.0f} to {high:.0f} percent. Its assumptions stand with the chart.")


def _exports(vantage: str, months: tuple[str, str], when: str) -> Indicator:
    value, rows = export_growth(*months)
    return indicator("C31", vantage, name="exports", label=f"South Korea's exports to China, {when}", rows=rows,
                     value=value, unit="percent change", period=months, note="Nominal.")


def _shares() -> Indicator:
    rows = load("thaad/share_prices").query("security in ('KOSPI', 'average of the ten')")
    ten, market = rows.set_index("security").loc[["average of the ten", "KOSPI"], "change"]
    return indicator("C31", "then", name="shares", label="Ten shares that live on Chinese demand, after the decision",
                     rows=rows, value=ten, unit="percent change", period=("2016-07-07", "2016-08-05"),
                     note=f"The market as a whole: {market:+.1f} percent. A fear of measures, not a measure.")


def _votes(vantage: str) -> Indicator:
    votes = load("tests/unsc_votes").query("kind == 'sanctions' and vote_china == 'yes'")
    votes = votes[votes["date"] > pd.Timestamp(DAY_OF_DECISION)]
    rows = votes[votes["date"] <= pd.Timestamp(package().cutoff)] if vantage == "then" else votes
    days = rows["date"].dt.strftime("%Y-%m-%d")
    return indicator("C31", vantage, name="votes", label="Sanctions resolutions China voted for since the decision",
                     rows=rows, value=len(rows), unit="resolutions", period=(DAY_OF_DECISION, days.max()),
                     note="Cooperation with the United Nations went on beside the dispute.")


def _visitors_since() -> Indicator:
    years = load("thaad/visitors_annual").query("nationality == 'China'")
    before, last = years.query("year == 2016"), years[years["year"] == years["year"].max()]
    value = 100 * (last["visitors"].iloc[0] / before["visitors"].iloc[0] - 1)
    year = int(last["year"].iloc[0])
    return indicator("C31", "now", name="visitors", label=f"Visitors from China, all purposes, {year} on 2016",
                     rows=pd.concat([before, last]), value=value, unit="percent change", period=("2016", str(year)),
                     note="The ban on group tours ended in August 2023; the pandemic lies between.")


def _stores() -> Indicator:
    rows = load("thaad/lotte_finance").query("item == 'sales in China, Lotte Mart'")
    before, after = rows.set_index("period").loc[["2016", "2017"], "value"]
    return indicator("C31", "now", name="lotte", label="Sales of Lotte Mart in China, 2017 on 2016", rows=rows,
                     value=100 * (after / before - 1), unit="percent change", period=("2016", "2017"),
                     note="87 of its 99 stores were shut within a month of March 2017.")


def _views() -> Indicator:
    views = load("thaad/pew_views").query("country == 'KOR'")
    rows = views[views["year"].isin([2015, views["year"].max()])]
    first, last = rows["unfavourable"].iloc[0], rows["unfavourable"].iloc[-1]
    year = str(rows["year"].iloc[-1])
    return indicator("C31", "now", name="views", label=f"South Koreans with an unfavourable view of China, {year}",
                     rows=rows, value=last, unit="percent", period=("2015", year), note=f"{first:.0f} percent in 2015.")
