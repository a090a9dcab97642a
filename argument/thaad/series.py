"""Frames that the readings and charts of the THAAD chapter share: exports, companies, opinion, the chronology."""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from argument.by_rows import joined

LANES = {"deployment": "deployment", "measure": "Chinese measures", "words": "Chinese words", "easing": "easing"}


# Exports

def export_growth(first: str, last: str) -> tuple[float, pd.DataFrame]:
    """Return the change in percent of exports to China over a span of months on the year before, and the rows used."""
    trade = load("thaad/trade_monthly")
    now = trade[trade["month"].between(first, last)]
    before = trade[trade["month"].isin([f"{int(m[:4]) - 1}{m[4:]}" for m in now["month"]])]
    return 100 * (now["exports"].sum() / before["exports"].sum() - 1), pd.concat([before, now])


def monthly_export_growth() -> pd.DataFrame:
    """Return exports to China by month with their change in percent on the year before."""
    trade = load("thaad/trade_monthly")
    exports = trade.set_index("month")["exports"]
    growth = 100 * (exports / exports.shift(12) - 1)
    return trade.assign(growth=growth.to_numpy()).dropna(subset=["growth"])


def runs_of_months() -> pd.DataFrame:
    """Return the unbroken runs of falling and rising exports: direction, first and last month, how many."""
    growth = monthly_export_growth().set_index("month")["growth"]
    rising = growth > 0
    run = (rising != rising.shift()).cumsum()
    return pd.DataFrame([{"rising": bool(rising[g.index[0]]), "first": g.index[0], "last": g.index[-1],
                          "months": len(g)} for _, g in growth.groupby(run)])


# Companies

def who_paid() -> pd.DataFrame:
    """Return the change of 2017 on 2016 of what China's measures struck and of what they did not."""
    made = [_change("Tourists", *_tourists_2017()), _change("All exports", *export_growth("2017-01", "2017-12"))]
    sales = load("thaad/lotte_finance").query("item == 'sales in China, Lotte Mart'")
    before, after = sales.set_index("period").loc[["2016", "2017"], "value"]
    made.append(_change("Lotte Mart sales", 100 * (after / before - 1), sales))
    cars = load("thaad/car_sales").query("period_start == '2017' and period_end == '2017'")
    made += [_change(f"{r['maker']} cars", r["change"], cars.loc[[i]]) for i, r in cars.iterrows()]
    farm = load("thaad/trade_reported").query("item == 'agricultural exports to China' and period_start == '2017-01'")
    made.append(_change("Farm exports", farm["growth"].iloc[0], farm))
    return pd.DataFrame(made).sort_values("change", ignore_index=True)


def _tourists_2017() -> tuple[float, pd.DataFrame]:
    rows = load("thaad/visitors_monthly").query("nationality == 'China' and '2016' <= month < '2018'")
    sums = rows.groupby(rows["month"].str[:4])["tourism"].sum()
    return 100 * (sums["2017"] / sums["2016"] - 1), rows


def _change(item: str, change: float, rows: pd.DataFrame) -> dict:
    return {"item": item, "change": float(change), "way": "rose" if change > 0 else "fell", **joined(rows)}


def lotte_stores() -> pd.DataFrame:
    """Return how many of the 99 Lotte Marts were shut, by day."""
    stores = load("thaad/lotte_stores").query("of_stores == 99 and status in ('suspended', 'closed in all')")
    return dated(addressed(stores), "date")


def car_months() -> pd.DataFrame:
    """Return the printed change on the year before of Hyundai's and Kia's sales, for the months that were found."""
    cars = load("thaad/car_sales").query("period_start == period_end and maker == 'both'").dropna(subset=["change"])
    return dated(addressed(cars[cars["period_start"].str.len() == 7]), "period_start")


# Opinion and chronology

def views_of_china() -> pd.DataFrame:
    """Return unfavourable views of China by country and year, cut into spells where a year is missing."""
    views = addressed(load("thaad/pew_views")).sort_values(["country", "year"])
    spell = views.groupby("country")["year"].diff().gt(1).groupby(views["country"]).cumsum()
    who = views["country"].map({"KOR": "South Korea", "JPN": "Japan"}).fillna("others")
    return views.assign(who=who, spell=views["country"] + spell.astype(str)).reset_index(drop=True)


def strip(last: str = "2018-06") -> pd.DataFrame:
    """Return the events of the dispute in lanes, with a day for those that have only a month."""
    events = addressed(load("thaad/events")).query("'2016' <= date <= @last")
    chosen = events[events["kind"].isin(LANES) & ((events["kind"] != "words") | (events["actor"] == "China"))]
    return dated(chosen.assign(lane=chosen["kind"].map(LANES)), "date").reset_index(drop=True)


def addressed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their addresses in a column, so that they outlive joins and sorting."""
    return rows.assign(row=rows.index)


def dated(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows with a timestamp ``day``, the fifteenth where only the month is known."""
    return rows.assign(day=pd.to_datetime(rows[column].where(rows[column].str.len() == 10, rows[column] + "-15")))
