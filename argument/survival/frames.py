"""Frames behind the charts of firms, dependence, markets and output; each point keeps its addresses and sources."""

from __future__ import annotations

import pandas as pd

from report.data.package import SEPARATOR, load
from argument.lifelines.series import AID, GRAIN, computed_shares, of_output, oil_in_energy, runs
from report.trace import plain
from argument.survival.series import changes, growth_index, quiet_range, surveys
from argument.survival.readings import ITEMS, OPERATING, WINDOWS
from argument.by_rows import kotra_share
from argument.by_rows import china_trade, joined

BASE = 2016  # the last whole year before the article and before the wide bans


# (g) five dependencies

FACETS = ("Trade", "Oil products", "Energy", "Food", "Aid")


def dependencies(first: int = 1995) -> pd.DataFrame:
    """Return the five dependencies by year, in percent: what China supplies, or what oil is of all energy."""
    trade, oil = kotra_share(), plain(computed_shares()).query("kind in ['products', 'tankers seen']")
    energy = plain(oil_in_energy()).query("series == 'oil in energy'")
    food = plain(of_output(AID, GRAIN))
    parts = [_facet("Trade", "China's share of foreign trade", trade["year"], trade["value"], trade),
             _facet("Oil products", "China's share of recorded products", oil["year"], oil["share"], oil),
             _facet("Energy", "Oil's share of primary energy", energy["year"], energy["value"], energy),
             *(_facet("Food", f"{series}, of home output", rows["year"], rows["share"], rows)
               for series, rows in food.groupby("series")), *_aid()]
    frame = runs(pd.concat(parts).query("year >= @first").reset_index(drop=True))
    several = frame.groupby("facet")["series"].transform("nunique") > 1
    highest = frame.groupby("series")["value"].transform("idxmax") == frame.index
    return frame.assign(label=frame["series"].map(SHORT).where(several & highest, ""))


SHORT = {"food aid from China, of home output": "aid", "grain exports of China, of home output": "exports",
         "China's share of food aid": "food", "China's share of humanitarian funding": "money"}


def _facet(facet: str, series: str, year: pd.Series, value: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"facet": facet, "series": series, "year": year.astype(int), "value": value.astype(float),
                         "row": rows["row"], "source_id": rows["source_id"]})


def _aid() -> list[pd.DataFrame]:
    food, money = load("lifelines/food_aid_interfais"), load("lifelines/humanitarian_aid_donors")
    return [_aid_share(food, "value_kt", "China", "China's share of food aid"),
            _aid_share(money, "value_usd", "China, Government of", "China's share of humanitarian funding")]


def _aid_share(table: pd.DataFrame, column: str, china: str, series: str) -> pd.DataFrame:
    made = []
    for year, rows in table.groupby("year"):
        kept = rows[rows["donor"].isin([china, "Total"])]
        given = kept.set_index("donor")[column]
        share = 100 * given.get(china, 0) / given["Total"]
        made.append({"facet": "Aid", "series": series, "year": int(year), "value": share,
                     **joined(kept)})
    return pd.DataFrame(made)


# (h) counts of Chinese firms

def counts_of_firms() -> pd.DataFrame:
    """Return every count of Chinese firms, ventures, projects and contracts, by date, with what is counted."""
    firms = load("trade/chinese_firms")
    shared = firms["of_share"] * firms["of_count"] / 100  # one source prints 40 percent of about 300
    ventures = load("survival/foreign_firms").query("nationality == 'China'")
    more = pd.DataFrame({"as_of": pd.to_datetime(ventures["last_year"].astype(str) + "-12-31"),
                         "counted": ventures["counted"],
                         "qualifier": "exact", "count": ventures["firms"], "origin": ventures["origin"],
                         "source_id": ventures["source_id"]})
    frame = pd.concat([firms.assign(count=firms["count"].fillna(shared.round()).astype(int)),
                       more]).sort_values("as_of")
    work = frame["counted"].map(OPERATING).map({True: "at work", False: "all that ever came"}).fillna("not said")
    return frame.assign(operating=work, row=frame.index,
                        year=frame["as_of"].dt.year + (frame["as_of"].dt.dayofyear - 1) / 365)


# (i) markets

def price_index(first: str = "2013-01-01", base: int = BASE) -> pd.DataFrame:
    """Return rice and the dollar in each survey, and the dollar by quarter, the median of ``base`` at 100."""
    parts = [_survey_index(item, name, first, base) for item, name in (("rice", "Rice"), ("US dollar", "US dollar"))]
    return pd.concat([*parts, _quarter_index(base)]).reset_index(drop=True)


def _survey_index(item: str, name: str, first: str, base: int) -> pd.DataFrame:
    prices = surveys(item)
    at_base = prices[prices["date"].dt.year == base]["price"].median()
    rows = prices[prices["date"] >= first]
    return pd.DataFrame({"series": name, "date": rows["date"], "price": rows["price"],
                         "index": 100 * rows["price"] / at_base,
                         "row": rows.index, "source_id": rows["source_id"]})


def _quarter_index(base: int) -> pd.DataFrame:
    rows = load("survival/exchange_rates_bok").query("currency == 'US dollar'")
    at_base = rows[rows["period_start"].dt.year == base]["rate"].median()
    return pd.DataFrame({"series": "US dollar, quarterly", "date": rows["period_start"] + pd.Timedelta(days=45),
                         "price": rows["rate"], "index": 100 * rows["rate"] / at_base, "row": rows.index,
                         "source_id": rows["source_id"]})


def trade_index(first: int = 2013, base: int = BASE) -> pd.DataFrame:
    """Return yearly trade with China, ``base`` at 100, dated in the middle of the year."""
    frame = _indexed("Trade with China", china_trade("kotra").loc[first:], "value", base)
    return frame.assign(date=pd.to_datetime(frame["year"].astype(str) + "-07-01"))


def rival_rice(month: str = "2021-06") -> pd.DataFrame:
    """Return what two compilers said of rice in one month."""
    own = surveys("rice")
    own = own.assign(place="Pyongyang", date=own["date"].dt.strftime("%Y-%m-%d"))
    own = own[own["date"].str.startswith(month)]
    other = load("survival/price_checks").query("item == 'rice' and origin == 'asiapress'")
    both = pd.concat([own, other[other["date"].str.startswith(month)]])
    return both.assign(compiler=both["origin"].map({"dailynk": "Daily NK", "asiapress": "ASIAPRESS"}), row=both.index)


def petrol_in_2017() -> pd.DataFrame:
    """Return petrol as a multiple of its first price of 2017, for compilers with a price by April; units stay apart."""
    rows = load("survival/fuel_prices").query("fuel == 'petrol' and date >= '2017' and date < '2018'")
    rows = rows.sort_values("date").assign(series=rows["origin"].map(PETROL), row=rows.index).dropna(subset=["series"])
    first = rows.groupby(["series", "unit"])["price"].transform("first")
    start = rows.groupby(["series", "unit"])["date"].transform("first")
    times = (rows["price"] / first).fillna(rows["times_start_of_year"])
    dated = pd.to_datetime(rows["date"].where(rows["date"].str.len() == len("2017-01-01"), rows["date"] + "-15"))
    return rows.assign(times=times, date=dated)[start < "2017-05"]


PETROL = {"dailynk": "Daily NK", "asiapress": "ASIAPRESS", "rok-mou": "Unification Ministry"}


def _indexed(series: str, frame: pd.DataFrame, column: str, base: int) -> pd.DataFrame:
    at_base = float(frame.loc[frame["year"] == base, column].iloc[0])
    base_row = frame.loc[frame["year"] == base, "row"].iloc[0]
    rows = [SEPARATOR.join(dict.fromkeys([*r.split(SEPARATOR), *base_row.split(SEPARATOR)])) for r in frame["row"]]
    return pd.DataFrame({"series": series, "year": frame["year"].astype(int),
                         "index": 100 * frame[column].astype(float) / at_base,
                         "row": rows, "source_id": frame["source_id"]})


BRIEF = {"Fourth nuclear test": "test", "Resolution 2270": "2270", "Fifth nuclear test": "test",
         "Resolution 2321, coal capped": "2321", "China stops coal": "coal",
         "Resolution 2371, coal and ore banned": "2371",
         "Sixth nuclear test": "test", "Resolution 2397, fuel and machines": "2397", "Border closed": "border",
         "Treaty with Russia": "treaty"}


def windows() -> pd.DataFrame:
    """Return the change of rice and the dollar around each shock, in order of time, beside the quiet range."""
    ranges = {item: quiet_range(item) for item in ITEMS}
    frame = changes().melt(["shock", "date", "item", "surveys_before", "surveys_after", "row", "source_id"],
                           list(WINDOWS),
                           "window", "change_pct")
    low, high = (frame["item"].map(lambda i, side=side: ranges[i][side]) for side in (0, 1))
    keys = [f"{d:%Y%m}-{i.split()[-1]}-{w.split('_')[0]}"
            for d, i, w in zip(frame["date"], frame["item"], frame["window"])]
    return frame.assign(low=low, high=high, key=keys, beyond=~frame["change_pct"].between(low, high),
                        label=frame["date"].dt.strftime("%b %Y, ") + frame["shock"].map(BRIEF),
                        when=frame["window"].map({"change": "first half-year", "later_change": "second"}))


# (j) output against trade

def output_and_trade(base: int = BASE, first: int = 2000) -> pd.DataFrame:
    """Return real product and recorded trade with China by year, with ``base`` at 100."""
    product = growth_index(base).query("year >= @first")
    trade = china_trade("kotra").loc[first:]
    real = pd.DataFrame({"series": "real output", "year": product["year"].astype(int), "index": product["index"],
                         "row": product["row"], "source_id": product["source_id"]})
    return pd.concat([real, _indexed("trade with China", trade, "value", base)]).reset_index(drop=True)
