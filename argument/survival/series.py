"""Series of firms, dependence, markets and output: measures out of the printed rows.

If the North's survival hung on China's decisions alone, its markets should move when China cuts trade. They
are looked at by medians of the surveys in a window before and after, with their counts, and a placebo. The
windows are descriptive: there is no control country, a window holds few surveys, and those of 2016 and 2017
overlap. The placebo asks how much the same measure moves at dates when nothing in the list happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

import pandas as pd

from argument.lifelines.series import AID, GRAIN, computed_shares, of_output, oil_in_energy, runs
from argument.trade.series import china_trade, kotra_share
from report.data.origins import short_name
from report.data.package import load, refuse, remembered
from report.dates import first_day
from report.rule import Vantage, claim, limb, vantage_of
from report.trace import (Measure, count, measures, median, only, percent_change, percent_of, rows_at, total,
                          united)

JUDGED = "C18"  # whose settings in data/claim_settings.csv say which windows and years are compared


def base_year() -> int:
    """Return the year at which indices stand at 100."""
    return claim(JUDGED).whole("index_base")


# Firms ------------------------------------------------------------------------------------------------------

def counts_of_firms() -> pd.DataFrame:
    """Return every count of Chinese firms, ventures, projects and contracts, with what is counted and when.

    ``operating`` says whether firms at work are counted, and is missing where the source does not say.
    """
    firms = load("trade/chinese_firms")
    firms = firms.assign(day=firms["as_of"].dt.strftime("%Y-%m-%d"), count=_printed_or_shared(firms))
    ventures = load("survival/foreign_firms").query("nationality == 'China'")
    years = ventures["last_year"].astype(str)
    ventures = ventures.assign(as_of=pd.to_datetime(years + "-12-31"), day=years, qualifier="exact",
                               count=measures(ventures, "firms"))
    columns = ["as_of", "day", "counted", "qualifier", "count", "origin", "detail"]
    counts = pd.concat([firms, ventures])[columns]
    return counts.assign(operating=counts["counted"].map(_operating()))


def _printed_or_shared(firms: pd.DataFrame) -> pd.Series:
    """Return the counts, each as printed or else worked out: one source prints 40 percent of about 300."""
    printed = measures(firms, "count")
    shares = measures(firms, "of_share")
    worked_out = {row: round(shares[row] * measures(firms, "of_count")[row] / 100) for row in shares.index}
    return pd.concat([printed, pd.Series(worked_out, dtype=object)])


def _operating() -> dict[str, bool]:
    """Return by what is counted whether it is firms at work (True) or all that ever came."""
    coding = limb("C17.operating")
    at_work, all_that_came = (coding.setting(name).split("; ") for name in ("at_work", "all_that_came"))
    return dict.fromkeys(at_work, True) | dict.fromkeys(all_that_came, False)


# Dependence -------------------------------------------------------------------------------------------------

def trade_to_income(year: int) -> Measure:
    """Return trade with China in percent of the Bank of Korea's national income in dollars."""
    income = only(rows_at([f"survival/growth_bok#{year}"]), "nominal_gni_bn_krw")
    rate = only(rows_at([f"survival/krw_per_dollar#{year}"]), "krw_per_usd")
    trade = china_trade("kotra").loc[year, "value"]
    dollars = (income * 1000 / rate).given(unit=trade.unit)
    return percent_of(trade, dollars).given(unit="percent of national income")


def grain_of_output() -> pd.Series:
    """Return China's grain exports in percent of milled cereal output, by year, for the years with both."""
    return of_output(GRAIN).set_index("year")["share"]


def aid_from_china(table: str, column: str, first: int, last: int) -> Measure:
    """Return the share of China's donors in the total of all over several years."""
    rows = load(table)
    rows = rows[rows["year"].between(first, last)]
    whole = total(measures(rows[rows["donor"] == "Total"], column))
    given = measures(rows[rows["donor"].str.startswith("China")], column)
    return percent_of(total([0 * whole, *given]), whole)


def dependencies(first: int = 1995) -> pd.DataFrame:
    """Return the five dependencies by year, in percent: what China supplies, or what oil is of all energy."""
    oil = computed_shares().set_index(["kind", "year"])["share"]
    energy = oil_in_energy().query("series == 'oil in energy'").set_index("year")["value"]
    parts = [("Trade", "China's share of foreign trade", kotra_share()["value"]),
             ("Oil products", "China's share of recorded products", oil["products"]),
             ("Oil products", "China's reports against tankers seen", oil["tankers seen"]),
             ("Energy", "Oil's share of primary energy", energy),
             *(("Food", f"{name}, of home output", of_output(name).set_index("year")["share"])
               for name in (AID, GRAIN)),
             ("Aid", "China's share of food aid",
              _yearly_share("lifelines/food_aid_interfais", "value_kt", "China")),
             ("Aid", "China's share of humanitarian funding",
              _yearly_share("lifelines/humanitarian_aid_donors", "value_usd", "China, Government of"))]
    made = [(facet, name, year, value) for facet, name, by_year in parts for year, value in by_year.items()]
    frame = pd.DataFrame(made, columns=["facet", "series", "year", "value"])
    return runs(frame.query("year >= @first").reset_index(drop=True))


def _yearly_share(table: str, column: str, donor: str) -> pd.Series:
    """Return a donor's share of the total by year, nothing where it gave nothing."""
    made = {}
    for year, rows in load(table).groupby("year"):
        given = measures(rows[rows["donor"].isin([donor, "Total"])], column, by="donor")
        made[int(year)] = percent_of(given.get(donor, 0 * given["Total"]), given["Total"])
    return pd.Series(made, dtype=object)


# Shocks and windows -----------------------------------------------------------------------------------------

ITEMS = {"rice": "rice", "US dollar": "dollar"}
WINDOWS = {"change": "the half-year after", "later_change": "the half-year after that"}


def half_year() -> pd.Timedelta:
    """Return the length of a window before or after an event."""
    return pd.Timedelta(days=claim(JUDGED).whole("half_year"))


def quiet_tails() -> tuple[float, float]:
    """Return the shares of the quiet changes below the range that is held for usual, and up to its end."""
    outside = (1 - claim(JUDGED).number("quiet_share") / 100) / 2
    return outside, 1 - outside


@dataclass(frozen=True)
class Shock:
    """An event that could have moved the markets, and the word for it that a chart has room for."""

    row: str
    name: str
    brief: str
    indicated: bool = False  # shown as an indicator of C18, one event of each kind

    @property
    def date(self) -> pd.Timestamp:
        """Return the day, as the row that dates the event has it."""
        event = rows_at([self.row]).iloc[0]
        return first_day(event["date"] if "date" in event else event["signed"])

    @property
    def vantage(self) -> Vantage:
        """Return from when its half-year after was over."""
        return vantage_of(self.date + half_year())


@remembered
def shocks() -> tuple[Shock, ...]:
    """Return the events that prices are read around, as data/survival/shocks.csv lists them."""
    found = []
    for address, r in load("survival/shocks").iterrows():
        dated_by = r["dated_by"]
        if dated_by not in load(dated_by.split("#")[0]).index:
            refuse(address, "dated_by", f"no row is called {dated_by!r}; write the address of the row that "
                                        "dates the event")
        found.append(Shock(dated_by, r["name"], r["brief"], bool(r["indicated"])))
    return tuple(found)


@remembered
def surveys(item: str) -> pd.DataFrame:
    """Return the surveys of rice or of the US dollar in order of date, their prices as measures."""
    rows = load("survival/pyongyang_prices").query("item == @item").sort_values("date")
    return rows[["date"]].assign(price=measures(rows, "price", unit=rows["unit"].iloc[0]))


def window(item: str, date: pd.Timestamp, first: int) -> pd.DataFrame:
    """Return the surveys of the half-year that starts ``first`` half-years from ``date``."""
    start, days = date + first * half_year(), surveys(item)["date"]
    return surveys(item)[(days >= start) & (days < start + half_year())]


def around(item: str, date: pd.Timestamp) -> dict[str, Measure]:
    """Return how an item's median changed in the half-year after a date and the next, with the surveys."""
    before, after, later = (window(item, date, first) for first in (-1, 0, 1))
    start = median(before["price"])
    return {"change": percent_change(median(after["price"]), start),
            "later_change": percent_change(median(later["price"]), start),
            "surveys_before": count(before), "surveys_after": count(after)}


@remembered
def changes() -> pd.DataFrame:
    """Return the change of rice and the dollar around each shock; a rising dollar is a falling won."""
    return pd.DataFrame([made for shock in shocks() for item in ITEMS for made in _by_window(shock, item)])


def _by_window(shock: Shock, item: str) -> list[dict]:
    found, dated = around(item, shock.date), rows_at([shock.row])
    surveyed = {key: found[key] for key in ("surveys_before", "surveys_after")}
    return [{"shock": shock.name, "brief": shock.brief, "date": shock.date, "item": item, "window": which,
             "change": found[which].resting_on(dated), **surveyed} for which in WINDOWS]


def quiet_days() -> tuple[str, str]:
    """Return the first and the last day at which a quiet window may stand."""
    return claim(JUDGED).setting("quiet_first"), claim(JUDGED).setting("quiet_last")


@remembered
def placebo(item: str) -> pd.Series:
    """Return the change around the first day of each month with no shock in either half of its window."""
    shaken = pd.Series([shock.date for shock in shocks()])
    quiet = [day for day in pd.date_range(*quiet_days(), freq="MS")
             if ((shaken - day).abs() > half_year()).all()]
    return pd.Series({day: around(item, day)["change"] for day in quiet}, dtype=object)


@remembered
def quiet_range(item: str) -> tuple[Measure, Measure]:
    """Return the range that the middle share of the quiet changes keeps to."""
    quiet = placebo(item)
    rows = united(*(change.rows for change in quiet))
    low, high = quiet.astype(float).quantile(list(quiet_tails()))
    return Measure(low, "percent change", None, rows), Measure(high, "percent change", None, rows)


def yearly_medians(item: str) -> pd.Series:
    """Return the median price of an item by year."""
    return surveys(item).groupby(surveys(item)["date"].dt.year)["price"].agg(lambda prices: median(prices))


# Indices ----------------------------------------------------------------------------------------------------

def indexed(by_year: pd.Series) -> pd.Series:
    """Return values by year with the one of the base year at 100."""
    return _told(100 * (by_year / by_year[base_year()]))


def _told(index: pd.Series) -> pd.Series:
    return index.map(lambda one: one.given(unit=f"index, {base_year()} = 100"))


def price_index(first: str = "2013-01-01") -> pd.DataFrame:
    """Return rice and the dollar by survey, and the dollar by quarter, the median of the base year at 100."""
    quarters = load("survival/exchange_rates_bok").query("currency == 'US dollar'")
    by_quarter = pd.DataFrame({"date": quarters["period_start"],
                               "price": measures(quarters, "rate", unit="won per US dollar")})
    middle = {"date": by_quarter["date"] + pd.Timedelta(days=45)}
    parts = [_against_median("Rice", surveys("rice")), _against_median("US dollar", surveys("US dollar")),
             _against_median("dollar by quarter", by_quarter).assign(**middle)]
    return pd.concat(parts).query("date >= @first")


def _against_median(name: str, prices: pd.DataFrame) -> pd.DataFrame:
    at_base = median(prices.loc[prices["date"].dt.year == base_year(), "price"])
    return prices.assign(series=name, index=_told(100 * (prices["price"] / at_base)))


def trade_index(first: int = 2013) -> pd.DataFrame:
    """Return yearly trade with China, the base year at 100, dated in the middle of the year."""
    index = indexed(china_trade("kotra")["value"]).loc[first:]
    return pd.DataFrame({"series": "Trade with China", "year": index.index, "index": index.to_list(),
                         "date": pd.to_datetime(index.index.astype(str) + "-07-01")})


def growth_index() -> pd.Series:
    """Return real gross domestic product by year, chained from growth rates, the base year at 100."""
    growth = measures(load("survival/growth_bok").sort_values("year"), "real_growth_pct", by="year")
    levels = accumulate((1 + growth / 100).to_list(), mul)
    return indexed(pd.Series(list(levels), index=growth.index, dtype=object))


def output_and_trade(first: int = 2000) -> pd.DataFrame:
    """Return real product and recorded trade with China by year, the base year at 100."""
    parts = {"real output": growth_index(), "trade with China": indexed(china_trade("kotra")["value"])}
    made = [(name, year, index) for name, part in parts.items() for year, index in part.loc[first:].items()]
    return pd.DataFrame(made, columns=["series", "year", "index"])


# Single prices ----------------------------------------------------------------------------------------------

def rival_rice(month: str = "2021-06") -> pd.DataFrame:
    """Return what two compilers said of rice in one month."""
    own = load("survival/pyongyang_prices").query("item == 'rice'")
    own = own.assign(date=own["date"].dt.strftime("%Y-%m-%d"))
    others = load("survival/price_checks").query("item == 'rice' and origin == 'asiapress'")
    both = pd.concat([rows[rows["date"].str.startswith(month)] for rows in (own, others)])
    return pd.DataFrame({"compiler": both["origin"].map(short_name), "date": both["date"],
                         "price": measures(both, "price", unit="won per kilogram")})


def petrol_in_2017() -> pd.DataFrame:
    """Return petrol as a multiple of its first price of 2017, by compilers with one by April and by unit."""
    rows = load("survival/fuel_prices").query("fuel == 'petrol' and date >= '2017' and date < '2018'")
    rows = rows.sort_values("date")
    parts = [group.assign(times=list(_times_the_first(group)))
             for _, group in rows.groupby(["origin", "unit"]) if group["date"].iloc[0] < "2017-05"]
    return pd.concat(parts).sort_values("date", kind="stable")


def _times_the_first(prices: pd.DataFrame) -> Iterable[Measure]:
    """Yield prices as multiples of the first; where a multiple is printed in place of a price, that."""
    first = only(prices.iloc[[0]], "price", unit=prices["unit"].iloc[0])
    for row in prices.index:
        one = prices.loc[[row]]
        priced = one["price"].notna().all()
        yield only(one, "price", unit=first.unit) / first if priced else only(one, "times_start_of_year")
