"""Readings of C03: how close the two countries were, series by series, before and after the years in dispute.

The article denies that relations had soured in recent years. Each series that measures closeness and covers both spans
gives one reading: its average over 2013 to 2016 (now: since 2018) in percent of its average over the years it has in
2002 to 2011. Series that cover one span alone are indicators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant
from report.data.package import SEPARATOR, load, package
from argument.by_rows import china_trade, in_dollars_of, points, prices, rows_at

LIMB = "C03.indicator"
BEFORE = (2002, 2011)
BASES = {"2002-2011": BEFORE, "2002-2008": (2002, 2008), "2009-2011": (2009, 2011)}
RECENT = {"then": (2013, 2016), "now": (2018, package().as_of.year - 1)}  # whole years
KIM_JONG_UN = 2012  # his first full year


@dataclass(frozen=True)
class Series:
    """A yearly series of closeness: more of it means closer.

    ``yearly`` is a frame by year with columns value and row; ``vouchers`` are rows that vouch for years whose count is
    zero. ``notes`` hold the caveat for each vantage at which the series can be read.
    """

    name: str
    label: str
    unit: str
    origin: str
    yearly: pd.DataFrame
    notes: dict[str, str]
    vouchers: pd.DataFrame | None = None
    variants: tuple[tuple[str, pd.DataFrame], ...] = ()


def c03() -> list[Reading | Indicator]:
    """Return the readings of closeness, and the indicators that cover one span alone."""
    read = [_reading(s, vantage) for s in all_series() for vantage in s.notes]
    return read + [tourists_now(), announced_visit()]


def all_series() -> list[Series]:
    """Return every series of closeness that covers both spans of years."""
    return [meetings(), elite_visits(), trade(), entries(), food_aid(), votes()]


def _span(yearly: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    return yearly.loc[years[0]:years[1]]


def averages(yearly: pd.DataFrame, vantage: str, before: tuple[int, int] = BEFORE) -> tuple[float, float]:
    """Return the series' average over the recent span of the vantage and over the years before."""
    return float(_span(yearly, RECENT[vantage])["value"].mean()), float(_span(yearly, before)["value"].mean())


def _rows(series: Series, yearly: pd.DataFrame, vantage: str) -> pd.DataFrame:
    used = pd.concat([_span(yearly, BEFORE), _span(yearly, RECENT[vantage])])
    rows = rows_at(SEPARATOR.join(r for r in used["row"] if r))
    return rows if series.vouchers is None else pd.concat([rows, series.vouchers])


def _last_year(yearly: pd.DataFrame, vantage: str) -> str:
    return str(_span(yearly, RECENT[vantage]).index.max())


def _reading(series: Series, vantage: str) -> Reading:
    recent, before = averages(series.yearly, vantage)
    return reading(LIMB, vantage, name=series.name, label=_in_percent(series, BEFORE), origin=series.origin,
                   definition=series.name, rows=_rows(series, series.yearly, vantage), value=100 * recent / before,
                   met=recent >= before, period=(str(BEFORE[0]), _last_year(series.yearly, vantage)),
                   note=f"{_short(recent)} against {_short(before)} {series.unit} a year. {series.notes[vantage]}",
                   variants=[v for label, yearly in series.variants if (v := _variant(series, label, yearly, vantage))])


def _in_percent(series: Series, before: tuple[int, int]) -> str:
    return f"{series.label}, percent of {before[0]} to {before[1]}"


def _variant(series: Series, label: str, yearly: pd.DataFrame, vantage: str) -> Variant | None:
    """Return the same comparison by another count of the series, or nothing where that count lacks the years."""
    recent, before = averages(yearly, vantage)
    if pd.isna(recent) or pd.isna(before):
        return None
    return variant(LIMB, label=f"{label}: {_short(recent)} against {_short(before)}", met=recent >= before,
                   rows=_rows(series, yearly, vantage))


# What a reader can choose

def base_options() -> dict[tuple[str, str, str], Reading | Variant]:
    """Return each series by the span that counts as recent and by the years before: the readings, and other bases."""
    read = {(r.definition, r.vantage): r for r in c03() if isinstance(r, Reading)}
    return {(s.name, vantage, base): read[s.name, vantage] if years == BEFORE else judged
            for s in all_series() for vantage in s.notes for base, years in BASES.items()
            if (judged := _against_base(s, vantage, years))}


def _against_base(series: Series, vantage: str, years: tuple[int, int]) -> Variant | None:
    recent, before = averages(series.yearly, vantage, years)
    if pd.isna(before):
        return None
    return variant(LIMB, label=_in_percent(series, years), value=100 * recent / before, met=recent >= before,
                   rows=_rows(series, series.yearly, vantage), key=f"{series.name}-{vantage}-{years[0]}")


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


# The series

def _by_year(rows: pd.DataFrame, value: Callable[[pd.DataFrame], float]) -> pd.DataFrame:
    """Return one point a year out of rows with a column ``year``."""
    return points({"year": int(year), "value": float(value(part)), "how": "printed", "rows": part}
                  for year, part in rows.groupby("year"))


def leader_visits(kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return visits of these kinds between the North's leader and China as held, from 2002 on, with their years."""
    rows = load("alliance/leader_meetings")
    rows = rows[(rows["partner"] == "China") & (rows["basis"] == "held") & rows["kind"].isin(kinds)]
    rows = rows.assign(year=rows["date_start"].str[:4].astype(int))
    return rows[rows["year"] >= BEFORE[0]]


def meetings_by_year(kinds: tuple[str, ...] = ("summit",)) -> pd.DataFrame:
    """Return the number of meetings in each year, whole years only; a year without one counts as zero."""
    rows = leader_visits(kinds)
    held = {int(y): r for y, r in rows.groupby("year")}
    counted = [{"year": y, "value": float(len(held.get(y, ()))), "row": SEPARATOR.join(held.get(y, rows[:0]).index)}
               for y in range(BEFORE[0], RECENT["now"][1] + 1)]
    return pd.DataFrame(counted).set_index("year", drop=False).rename_axis(None)


def meetings() -> Series:
    counted = load("alliance/meeting_counts")
    return Series("meetings", "Meetings of the two leaders", "meetings", "meeting_reports", meetings_by_year(),
                  {"then": "None in the first six years of Kim Jong Un.",
                   "now": "Five in 2018 and 2019, then none until 2025. The visit of June 2026, of which the "
                          "announcement and the first day could be read, lies outside the whole years."},
                  counted[counted["pair"] == "Kim Jong Un and Xi Jinping"],
                  (("With visits that met no head of state or name none",
                    meetings_by_year(("summit", "visit", "visit, no head of state met"))),))


def elite_visits() -> Series:
    rows = load("alliance/elite_visits").query("partner == 'PRK' and year >= @BEFORE[0]")
    return Series("visits", "Visits of senior officials", "visits", "aiddata",
                  _by_year(rows, lambda r: r["all_visits"].sum()),
                  {"then": "2010 is the peak; the series ends in 2015, before the summits of 2018."},
                  variants=(("Visits of government leaders alone",
                             _by_year(rows, lambda r: r["government_visits"].sum())),))


def trade() -> Series:
    return Series("trade", "Trade with China", "million dollars", "kotra", china_trade("kotra"),
                  {"then": "In current dollars, by KOTRA, which adds an estimate of crude oil from 2014 on. Trade can "
                           "grow between partners who are not close.",
                   "now": "Sanctions that China voted for and the shut border of 2020 to 2022 hold it down."},
                  variants=(("Chinese customs", china_trade("gacc")), ("In constant dollars", in_constant_dollars())))


def in_constant_dollars() -> pd.DataFrame:
    """Return KOTRA's trade in dollars of the last year it has."""
    nominal = china_trade("kotra").loc[BEFORE[0]:]
    last = int(nominal.index.max())
    return points({"year": int(y), "value": in_dollars_of(p["value"], int(y), last), "how": p["how"],
                   "rows": pd.concat([rows_at(p["row"]), prices(int(y)), prices(last)]).drop_duplicates()}
                  for y, p in nominal.iterrows())


def entries() -> Series:
    rows = load("message/china_flows").query("flow == 'entries' and span == 'year'")
    rows = rows.assign(year=rows["period_start"].astype(int)).drop_duplicates("year", keep="first")
    return Series("entries", "North Koreans entering China", "entries", "cnta",
                  _by_year(rows, lambda r: r["persons"].sum()),
                  {"then": "2013 against 2011, the only whole years read in either span. Nearly half came to work. The "
                           "first half of 2014 and of 2015 each lies below that of the year before."},
                  variants=(("First halves of 2013 to 2015 against half of 2011", half_years()),))


def half_years() -> pd.DataFrame:
    """Return entries by first half-year; half of 2011 stands for the years before, whose first halves were not read."""
    rows = load("message/china_flows").query("flow == 'entries'")
    halves = rows[rows["span"] == "half-year"].assign(year=lambda r: r["period_start"].str[:4].astype(int))
    base = rows[(rows["span"] == "year") & (rows["period_start"] == "2011")].assign(year=2011)
    return pd.concat([_by_year(base, lambda r: r["persons"].sum() / 2), _by_year(halves, lambda r: r["persons"].sum())])


def food_aid() -> Series:
    """Return China's food aid up to 2011 and, as a ceiling for it, that of all donors from 2012 to 2015."""
    china = load("lifelines/food_aid_interfais").query("donor == 'China'")
    donors = load("lifelines/food_aid_all_donors").query("year >= @KIM_JONG_UN and year < 2016")  # 2016 is part of a year
    ceiling = _by_year(donors, lambda r: r["value_t"].sum() / 1000)
    return Series("food-aid", "Food aid", "thousand tonnes", "wfp", pd.concat(
                  [_by_year(china, lambda r: r["value_kt"].sum()), ceiling]),
                  {"then": "No figure for China alone after 2011: the aid of all donors together stands in for it as a "
                           "ceiling, so the fall is at least this deep. Aid that was not reported is in neither."})


def votes() -> Series:
    rows = load("tests/unga_agreement_published")
    return Series("votes", "Votes alike in the General Assembly", "percent", "unga_roll_calls",
                  _by_year(rows, lambda r: 100 * r["with_china"].sum()),
                  {v: "By the year in which a session began. On nuclear questions the North left all states, not China "
                      "alone, so the fall is largely its own." for v in ("then", "now")},
                  variants=(("Nearness of estimated positions, negative distance", nearness()),))


def nearness() -> pd.DataFrame:
    """Return how near the estimated positions of China and the North are, as a negative distance, by calendar year."""
    rows = load("tests/unga_ideal_points").query("country in ('CHN', 'PRK')")
    both_there = rows[rows.groupby("year")["country"].transform("nunique") == 2]
    return _by_year(both_there, lambda r: -abs(r["ideal_point"].iloc[0] - r["ideal_point"].iloc[1]))


# Indicators

def tourists_now() -> Indicator:
    rows = load("message/china_flows").query("flow == 'chinese_tourists' and span == 'year'")
    last = rows[rows["period_start"] >= "2018"]
    return indicator("C03", "now", name="tourists", label="Chinese tourists to the North, 2019", rows=last,
                     value=last["persons"].iloc[-1], unit="persons", period=last["period_start"].iloc[-1],
                     note="An estimate. The border was shut from January 2020 on; no later figure was read.")


def announced_visit() -> Indicator:
    rows = load("alliance/leader_meetings")
    rows = rows[(rows["partner"] == "China") & (rows["basis"] == "announced")]
    return indicator("C03", "now", name="announced-visit", label="Visit of the Chinese leader to Pyongyang, announced",
                     rows=rows, value=len(rows), unit="visits",
                     period=(rows["date_start"].iloc[0], rows["date_end"].iloc[-1]),
                     note="Announced, and its first day reported; what came of the talks could not be read.")
