"""Frames behind the charts of firms, dependence, markets and output; each point keeps its addresses and sources."""

from __future__ import annotations

import pandas as pd

from report.data import SEPARATOR, load
from report.readings.lifelines_frames import china_of_output, computed_shares, oil_in_energy
from report.readings.markets import growth_index, surveys, yearly_medians
from report.readings.survival import OPERATING
from report.readings.trade_frames import kotra_share
from report.readings.trade_series import china_trade, joined

BASE = 2016  # the last whole year before the article and before the wide bans


# (g) five dependencies

FACETS = ("Trade", "Oil products", "Energy", "Food", "Aid")


def dependencies(first: int = 1995) -> pd.DataFrame:
    """Return the five dependencies by year, in percent: what China supplies, or what oil is of all energy."""
    trade, oil = kotra_share(), computed_shares().query("kind in ['products', 'products, Russian tankers seen']")
    energy = oil_in_energy().query("series == \"oil's share of primary energy\"")
    food = china_of_output()
    parts = [_facet("Trade", "China's share of foreign trade", trade["year"], trade["value"], trade),
             _facet("Oil products", "China's share of recorded products", oil["year"], oil["share"], oil),
             _facet("Energy", "Oil's share of primary energy", energy["year"], energy["value"], energy),
             *(_facet("Food", f"{series}, of home output", rows["year"], rows["share"], rows)
               for series, rows in food.groupby("series")), *_aid()]
    return pd.concat(parts).query("year >= @first").reset_index(drop=True)


def _facet(facet: str, series: str, year: pd.Series, value: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"facet": facet, "series": series, "year": year.astype(int), "value": value.astype(float),
                         "row": rows["row"], "source_id": rows["source_id"]})


def _aid() -> list[pd.DataFrame]:
    food, money = load("energy/food_aid_interfais"), load("energy/humanitarian_aid_donors")
    return [_aid_share(food, "value_kt", "China", "China's share of food aid"),
            _aid_share(money, "value_usd", "China, Government of", "China's share of humanitarian funding")]


def _aid_share(table: pd.DataFrame, column: str, china: str, series: str) -> pd.DataFrame:
    made = []
    for year, rows in table.groupby("year"):
        kept = rows[rows["donor"].isin([china, "Total"])]
        given = kept.set_index("donor")[column]
        made.append({"facet": "Aid", "series": series, "year": int(year), "value": 100 * given.get(china, 0) / given["Total"],
                     **joined(kept)})
    return pd.DataFrame(made)


# (h) counts of Chinese firms

def counts_of_firms() -> pd.DataFrame:
    """Return every count of Chinese firms, ventures, projects and contracts, by date, with what is counted."""
    firms = load("trade/chinese_firms")
    shared = firms["of_share"] * firms["of_count"] / 100  # one source prints 40 percent of about 300
    ventures = load("markets/foreign_firms").query("nationality == 'China'")
    more = pd.DataFrame({"as_of": pd.to_datetime(ventures["last_year"].astype(str) + "-12-31"), "counted": ventures["counted"],
                         "qualifier": "exact", "count": ventures["firms"], "origin": ventures["origin"],
                         "source_id": ventures["source_id"]})
    frame = pd.concat([firms.assign(count=firms["count"].fillna(shared.round()).astype(int)), more]).sort_values("as_of")
    work = frame["counted"].map(OPERATING).map({True: "at work", False: "all that ever came"}).fillna("not said")
    return frame.assign(operating=work, row=frame.index, year=frame["as_of"].dt.year + (frame["as_of"].dt.dayofyear - 1) / 365)


# (i) markets

def price_indices(base: int = BASE) -> pd.DataFrame:
    """Return yearly medians of rice and the dollar and yearly trade with China, with ``base`` at 100."""
    parts = []
    for item, series in (("rice", "Rice in Pyongyang"), ("US dollar", "US dollar in Pyongyang")):
        medians = yearly_medians(item).query("year >= 2013")
        parts.append(_indexed(series, medians, "median", base))
    parts.append(_indexed("Trade with China", china_trade("kotra").loc[2013:], "value", base))
    return pd.concat(parts).reset_index(drop=True)


def _indexed(series: str, frame: pd.DataFrame, column: str, base: int) -> pd.DataFrame:
    at_base = float(frame.loc[frame["year"] == base, column].iloc[0])
    base_row = frame.loc[frame["year"] == base, "row"].iloc[0]
    rows = [SEPARATOR.join(dict.fromkeys([*r.split(SEPARATOR), *base_row.split(SEPARATOR)])) for r in frame["row"]]
    return pd.DataFrame({"series": series, "year": frame["year"].astype(int), "index": 100 * frame[column].astype(float) / at_base,
                         "row": rows, "source_id": frame["source_id"]})


def survey_prices(first: str = "2013-01-01") -> pd.DataFrame:
    """Return the single surveys of rice and of the dollar since ``first``."""
    parts = [surveys(item) for item in ("rice", "US dollar")]
    frame = pd.concat(parts).query("date >= @first")
    return frame.assign(row=frame.index)


def fuel_in_2017() -> pd.DataFrame:
    """Return petrol in 2017 as a multiple of the first price of its unit and compiler in that year, units kept apart."""
    rows = load("markets/fuel_prices").query("fuel == 'petrol' and date >= '2017' and date < '2018' and price.notna()")
    rows = rows.assign(series=rows["origin"] + ", " + rows["unit"], row=rows.index).sort_values("date")
    first = rows.groupby("series")["price"].transform("first")
    return rows.assign(times=rows["price"] / first)


# (j) output against trade

def output_and_trade(base: int = BASE, first: int = 2000) -> pd.DataFrame:
    """Return real product and recorded trade with China by year, with ``base`` at 100."""
    product = growth_index(base).query("year >= @first")
    trade = china_trade("kotra").loc[first:]
    real = pd.DataFrame({"series": "Real product (Bank of Korea)", "year": product["year"].astype(int), "index": product["index"],
                         "row": product["row"], "source_id": product["source_id"]})
    return pd.concat([real, _indexed("Trade with China (KOTRA)", trade, "value", base)]).reset_index(drop=True)
