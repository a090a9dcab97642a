"""Indicators of C31: how China answered the deployment, before the article and since. A judgement has no
verdict.

*Then* there were acts and words, but no fall of tourists or exports that a reader could have measured; *now*
there is one for tourists, and none for exports.
"""

from __future__ import annotations

import pandas as pd

from argument.thaad.event_study import JUDGED, spells
from argument.thaad.series import (acts, ban_effect, ban_in_percent, day_of_decision, export_growth,
                                   lotte_mart_sales)
from report.data.package import load
from report.dates import in_words
from report.rule import Indicator, claim, indicator, seen
from report.trace import Measure, count, days_of, measures, only, percent_change


def c31() -> list[Indicator]:
    """Return the indicators of a reaction in anger, and of cooperation, at both vantages."""
    then = [_acts("then"), _military(), _tourists("then", "then"),
            _exports("then"), _shares(), _votes("then")]
    now = [_acts("now"), _tourists("now", "order"), _visitors_since(),
           _exports("now"), _stores(), _views(), _votes("now")]
    return then + now


def _acts(vantage: str) -> Indicator:
    rows = acts(vantage)
    when = "from the decision to the article" if vantage == "then" else "after the article"
    return indicator("C31", vantage, name="acts", label=f"Chinese measures recorded or reported {when}",
                     measure=count(rows, unit="acts"), period=days_of(rows),
                     origin="report")


def _military() -> Indicator:
    row = load("thaad/military_accounts").query("account == 'YTN'")
    return indicator("C31", "then", name="exchanges", label="Military exchanges cancelled, by one official",
                     measure=only(row, "count", unit="items"), unit="items",
                     period=(day_of_decision(), row["date"].max()))


def _tourists(vantage: str, spell: str) -> Indicator:
    first, last = spells()[spell]
    found = ban_effect(spell=spell)
    low, high = found.percent_interval
    note = (f"Difference-in-differences, {len(found.controls)} controls; {100 * found.coverage:.0f} percent "
            f"interval from placebos: {low:.0f} to {high:.0f} percent. Its assumptions stand with the chart.")
    return indicator("C31", vantage, name="tourists",
                     label=f"Tourists from China, {first} to {last}, against controls",
                     measure=ban_in_percent(spell=spell), period=(first, last), origin="kto", note=note)


def _exports(vantage: str) -> Indicator:
    first, last = claim(JUDGED).listed(f"exports_{vantage}")
    whole_year = first == f"{last[:4]}-01" and last[5:] == "12"
    when = f"{last[:4]} on {int(last[:4]) - 1}" if whole_year else \
        f"{in_words(first)} to {in_words(last)} on the year before"
    return indicator("C31", vantage, name="exports", label=f"South Korea's exports to China, {when}",
                     measure=export_growth(first, last), period=(first, last))


def _shares() -> Indicator:
    prices = measures(load("thaad/share_prices"), "change", by="security")
    ten, market = prices["average of the ten"], prices["KOSPI"]
    return indicator("C31", "then", name="shares", label="Ten shares that live on Chinese demand, after the "
                                                         "decision",
                     measure=ten.resting_on(market), unit="percent change",
                     period=("2016-07-07", "2016-08-05"),
                     note=f"The market as a whole: {market:+.1f} percent. A fear of measures, not a measure.")


def _votes(vantage: str) -> Indicator:
    votes, since = load("tests/unsc_votes").query(
        "kind == 'sanctions' and vote_china == 'yes'"), day_of_decision()
    days = votes["date"].dt.strftime("%Y-%m-%d")
    rows = seen("C31", votes[days > since], vantage)
    until = {"then": "from the decision to the article", "now": "since the article"}[vantage]
    return indicator("C31", vantage, name="votes", label=f"Sanctions resolutions China voted for {until}",
                     measure=count(rows, unit="resolutions"),
                     period=(days[rows.index].min(), days[rows.index].max()))


def _visitors_since() -> Indicator:
    years = measures(load("thaad/visitors_annual").query("nationality == 'China'"), "visitors", by="year")
    last = years.index.max()
    return indicator("C31", "now", name="visitors",
                     label=f"Visitors from China, all purposes, {last} on 2016",
                     measure=percent_change(years[last], years[2016]), unit="percent change",
                     period=("2016", str(last)))


def _stores() -> Indicator:
    return indicator("C31", "now", name="lotte", label="Sales of Lotte Mart in China, 2017 on 2016",
                     measure=lotte_mart_sales(), period=("2016", "2017"))


def _views() -> Indicator:
    views = load("thaad/pew_views").query("country == 'KOR'")
    unfavourable = measures(views, "unfavourable", by="year")
    year = unfavourable.index.max()
    return indicator("C31", "now", name="views", label="South Koreans with an unfavourable view of China, "
                                                       f"{year}",
                     measure=_latest(unfavourable, year), unit="percent", period=("2015", str(year)),
                     note=f"{unfavourable[2015]:.0f} percent in 2015.")


def _latest(by_year: pd.Series, year: int) -> Measure:
    """Return the value of a year, resting on the year before the deployment too, which its note names."""
    return by_year[year].resting_on(by_year[2015])
