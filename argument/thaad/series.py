"""Series of the THAAD chapter: exports, tourists with the effect of the tour ban, companies,
opinion, the chronology.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from argument.thaad.event_study import (TREATED, Effect, control_groups, day_of, effect, left_out,
                                        missing_tourists, monthly_effects, percent, sample_of, spells,
                                        turning_point)
from report.data.package import load, remembered
from report.dates import middle
from report.rule import seen
from report.trace import (Measure, count, measure, measures, only, over, percent_change, total,
                          united)

VISITORS = "thaad/visitors_monthly"
LANES = {"deployment": "deployment", "measure": "Chinese measures", "words": "Chinese words",
         "easing": "easing"}


def dated(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows with a timestamp ``day``, the middle of the month where only the month is known."""
    return rows.assign(day=[_day(told) for told in rows[column]])


def _day(told: str) -> pd.Timestamp:
    return middle(told) if len(told) == len("2017-02-12") else pd.Timestamp(f"{told}-15")


# Exports ----------------------------------------------------------------------------------------------------

def export_growth(first: str, last: str) -> Measure:
    """Return the change in percent of exports to China over a span of months on the year before."""
    exports = measures(load("thaad/trade_monthly"), "exports", by="month")
    now = exports[(exports.index >= first) & (exports.index <= last)]
    before = exports[[_year_before(month) for month in now.index]]
    return percent_change(total(now), total(before)).given(unit="percent change")


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1}{month[4:]}"


def monthly_export_growth() -> pd.Series:
    """Return the change in percent of exports to China on the same month of the year before, by month."""
    exports = measures(load("thaad/trade_monthly"), "exports", by="month")
    return pd.Series({month: percent_change(value, exports[_year_before(month)])
                      for month, value in exports.items()
                      if _year_before(month) in exports.index})


def runs_of_months() -> pd.DataFrame:
    """Return the unbroken runs of falling and rising exports: direction, first and last month, how many."""
    growth = monthly_export_growth()
    rising = growth.map(lambda change: change > 0)
    run = (rising != rising.shift()).cumsum()
    return pd.DataFrame([{"rising": rising[g.index[0]], "first": g.index[0], "last": g.index[-1],
                          "months": count(list(g), unit="months")} for _, g in growth.groupby(run)])


# Tourists and the tour ban ----------------------------------------------------------------------------------

@remembered
def ban_effect(group: str = "all", spell: str = "order") -> Effect:
    """Return the effect on tourists from China against a control group, over a spell of months."""
    return effect(load(VISITORS), group, after=spells()[spell])


def _sampled(found: Effect, value: float, unit: str) -> Measure:
    """Return a value of an estimate, resting on every month and nationality of its sample, and on the events
    that part its months.
    """
    rows = [sample_of(load(VISITORS), found), *map(turning_point, ("decision", "stop"))]
    return measure(pd.concat(rows), value, unit=unit, period=found.after)


def ban_in_percent(group: str = "all", spell: str = "order") -> Measure:
    """Return the effect on tourists from China in percent."""
    found = ban_effect(group, spell)
    return _sampled(found, found.percent, "percent change")


def ban_interval(group: str = "all", spell: str = "order") -> tuple[Measure, Measure]:
    """Return the ends of the interval from placebos, in percent."""
    found = ban_effect(group, spell)
    low, high = (_sampled(found, end, "percent change") for end in found.percent_interval)
    return low, high


def tourists_away() -> tuple[Measure, Measure, Measure]:
    """Return how many tourists from China stayed away in the year after the order, and
    the ends of the interval.
    """
    found = ban_effect()
    missing, low, high = (_sampled(found, n, "tourists") for n in missing_tourists(load(VISITORS), found))
    return missing, low, high


def monthly_effect(until: str = "2018-12") -> pd.DataFrame:
    """Return China's monthly effect against each control group, with its placebo
    interval, as the chart draws it.
    """
    keys = load("thaad/control_groups").set_index("group")["key"]
    made = [_months_against(group, keys[group], until) for group in control_groups()]
    return pd.concat(made, ignore_index=True)


def _months_against(group: str, key: str, until: str) -> pd.DataFrame:
    visitors = load(VISITORS)
    found = monthly_effects(visitors, group, until=until)
    by_month = visitors[visitors["nationality"].isin([TREATED, *found.attrs["controls"]])]
    groups = by_month.groupby("month").groups
    rows = [tuple(united(*(groups[base] for base in bases), groups[month]))
            for month, bases in zip(found["month"], found["bases"], strict=True)]
    rested = list(zip(found["month"], rows, strict=True))
    columns = {name: [Measure(value, "percent change", (month, month), row)
                      for value, (month, row) in zip(found[name], rested, strict=True)]
               for name in ("percent", "percent_low", "percent_high")}
    shown = found.drop(columns=["bases"]).assign(**columns, group=key, mers=found["month"].isin(left_out()))
    return dated(shown, "month")


def placebos() -> pd.DataFrame:
    """Return the effect on every nationality as if the order had struck it, China's among them, ranked."""
    found = ban_effect()
    ranked = pd.concat([found.placebos, pd.Series({TREATED: found.log_points})]).sort_values()
    return pd.DataFrame({
        "nationality": ranked.index,
        "change": [_sampled(found, percent(x), "percent change") for x in ranked],
        "who": np.where(ranked.index == TREATED, TREATED, "placebo")})


def tourists_and_exports(first: str = "2014-01") -> pd.DataFrame:
    """Return Chinese tourists (thousands) and exports to China (billion dollars) by month."""
    tourists = measures(load(VISITORS).query("nationality == @TREATED and month >= @first"), "tourism",
                        by="month")
    exports = measures(load("thaad/trade_monthly").query("month >= @first"), "exports", by="month")
    made = [(month, "tourists", value / 1e3) for month, value in tourists.items()]
    made += [(month, "exports", value / 1e6) for month, value in exports.items()]
    return dated(pd.DataFrame(made, columns=["month", "measure", "value"]), "month")


def tourists_of(years: tuple[str, str]) -> Measure:
    """Return tourists from China in whole calendar years, first to last."""
    rows = load(VISITORS).query("nationality == @TREATED")
    return total(measures(rows[rows["month"].str[:4].between(*years)], "tourism"))


def annual_visitors() -> pd.DataFrame:
    """Return visitors from China by year: the tourism organisation's and the justice
    ministry's counts, unspliced.
    """
    published = measures(load("thaad/visitors_annual").query("nationality == 'China'"), "visitors", by="year")
    monthly = load(VISITORS).query("nationality == @TREATED and month >= '2018'").assign(
        year=lambda d: d["month"].str[:4].astype(int))
    entries = load("thaad/entries_monthly").assign(year=lambda d: d["month"].str[:4].astype(int))
    made = [(year, "visitors", value) for year, value in published.items()]
    made += [(year, "visitors", value) for year, value in over(monthly, "year", "all_purposes").items()]
    made += [(year, "entries", value) for year, value in over(entries, "year", "entries").items()]
    counts = pd.DataFrame(made, columns=["year", "series", "visitors"])
    counts = counts.assign(million=counts["visitors"] / 1e6).sort_values(["series", "year"],
                                                                         ignore_index=True)
    gap = counts.groupby("series")["year"].diff().gt(1).groupby(counts["series"]).cumsum()
    return counts.assign(spell=counts["series"] + gap.astype(str))


LOSS_LABELS = {"credit-suisse": "Credit Suisse, tours", "ibk": "IBK, worst case", "hri": "HRI, all",
               "reuters": "Reuters, to September"}


def losses() -> pd.DataFrame:
    """Return forecasts in dollars, what an agency put the loss at, and missing tourists
    at a forecast's spending.
    """
    printed = load("thaad/loss_forecasts").query("unit == 'billion US dollars'")
    made = [{"label": "HRI, tourism" if r["item"] == "tourism loss" else LOSS_LABELS[r["origin"]],
             "kind": "came, by a press count" if r["origin"] == "reuters" else "forecast",
             **{name: measure(printed.loc[[a]], name) for name in ("value", "low", "high")
                if pd.notna(r.get(name))}}
            for a, r in printed.iterrows()]
    return pd.DataFrame([*made, _missing(spending_per_tourist())])


def spending_per_tourist() -> Measure:
    """Return what a forecast has a tourist from China spend, in US dollars."""
    rows = load("thaad/loss_forecasts").dropna(subset=["per_tourist"])
    return only(rows[rows["unit"] == "billion US dollars"].head(1), "per_tourist")


def _missing(each: Measure) -> dict:
    value, low, high = ((n * each / 1e9).given(unit="billion US dollars") for n in tourists_away())
    return {"label": "missing tourists", "kind": "came, by this report", "value": value, "low": low,
            "high": high}


# Companies --------------------------------------------------------------------------------------------------

def lotte_mart_sales() -> Measure:
    """Return the change of Lotte Mart's sales in China, 2017 on 2016."""
    sales = measures(load("thaad/lotte_finance").query("item == 'sales in China, Lotte Mart'"), "value",
                     by="period")
    return percent_change(sales["2017"], sales["2016"]).given(unit="percent change")


def who_paid() -> pd.DataFrame:
    """Return the change of 2017 on 2016 of what China's measures struck and of what they did not."""
    cars = load("thaad/car_sales").query("period_start == '2017' and period_end == '2017'")
    farm = load("thaad/trade_reported").query("item == 'agricultural exports to China' and period_start == "
                                              "'2017-01'")
    changes = {"Tourists": percent_change(tourists_of(("2017", "2017")), tourists_of(("2016", "2016"))),
               "All exports": export_growth("2017-01", "2017-12"), "Lotte Mart sales": lotte_mart_sales(),
               **{f"{r['maker']} cars": measure(cars.loc[[a]], "change") for a, r in cars.iterrows()},
               "Farm exports": only(farm, "growth")}
    made = [(item, change, "rose" if change > 0 else "fell") for item, change in changes.items()]
    return pd.DataFrame(made, columns=["item", "change", "way"]).sort_values("change", ignore_index=True)


def lotte_stores() -> pd.DataFrame:
    """Return how many of the 99 Lotte Marts were shut, by day."""
    return dated(load("thaad/lotte_stores").query("of_stores == 99 and status in ('suspended', 'closed in "
                                                  "all')"), "date")


def car_months() -> pd.DataFrame:
    """Return the printed change on the year before of Hyundai's and Kia's sales, for
    the months that were found.
    """
    cars = load("thaad/car_sales").query("period_start == period_end and maker == 'both'").dropna(
        subset=["change"])
    return dated(cars[cars["period_start"].str.len() == len("2017-02")], "period_start")


def permits_of(first: str, last: str) -> Measure:
    """Return how many performances of Korean artists were approved in China from one month to another."""
    rows = load("thaad/concert_permits")
    return total(measures(rows[rows["month"].between(first, last)], "approved"))


# Opinion and chronology -------------------------------------------------------------------------------------

def views_of_china() -> pd.DataFrame:
    """Return unfavourable views of China by country and year, cut into spells where a year is missing."""
    views = load("thaad/pew_views").sort_values(["country", "year"])
    spell = views.groupby("country")["year"].diff().gt(1).groupby(views["country"]).cumsum()
    who = views["country"].map({"KOR": "South Korea", "JPN": "Japan"}).fillna("others")
    return views.assign(who=who, spell=views["country"] + spell.astype(str))


def chronology(last: str = "2018-06") -> pd.DataFrame:
    """Return the events of the dispute in lanes, with a day for those that have only a month."""
    events = load("thaad/events").query("'2016' <= date <= @last")
    chosen = events[events["kind"].isin(LANES) & ((events["kind"] != "words") | (events["actor"] == "China"))]
    return dated(chosen.assign(lane=chosen["kind"].map(LANES)), "date")


def day_of_decision() -> str:
    """Return the day on which the deployment was announced."""
    return day_of("decision")


def acts(vantage: str, kind: str = "measure") -> pd.DataFrame:
    """Return the dated acts of China of a kind from the decision on: up to the cutoff, or after it."""
    since = day_of_decision()
    rows = load("thaad/events").query("actor == 'China' and kind == @kind and date >= @since")
    return seen("C31", rows, vantage)
