"""Readings of C17, Chinese firms in the North, and indicators of C18, whether its survival hangs on China.

C17: counts by different compilers of different things; those of the ten years before the article vote on the
number, and on whether what they count still operates. By the report's tolerance a source's "about 200" meets
"more than 200", and its "fewer than 200" does not. C18 is a judgement: five dependencies side by side, and
what prices and output did when trade was cut. It gets indicators and no verdict.
"""

from __future__ import annotations

import pandas as pd

from argument.lifelines.series import (products_2016, products_observed_2024, products_reported,
                                       sold_to_china, year_reported)
from argument.survival.c17_order import closure_order
from argument.survival.series import (ITEMS, JUDGED, WINDOWS, Shock, aid_from_china, around, base_year,
                                      changes, counts_of_firms, grain_of_output, growth_index, quiet_range,
                                      shocks, trade_to_income)
from argument.trade.series import china_trade
from report.data.origins import short_name
from report.data.package import load, package
from report.rule import (Indicator, Options, Reading, Vantage, Variant, claim, indicator, last_whole_year,
                         limb, reading)
from report.rule.vantage import seen
from report.trace import Measure, greatest, measure, only, percent_change, rows_at


# C17: firms

def c17() -> list[Reading | Indicator]:
    """Return the readings of the count, of what is counted, and of whom the firms employ."""
    counts = [(vantage, counted) for vantage in Vantage for _, counted in _recent(vantage).iterrows()]
    operating = [(vantage, counted) for vantage, counted in counts if pd.notna(counted["operating"])]
    return [*(_count(*one) for one in counts), *(_operating(*one) for one in operating), *_employ(),
            closure_order()]


def _recent(vantage: Vantage) -> pd.DataFrame:
    """Return the counts at a vantage that can speak of firms "currently" there."""
    counts, cutoff = counts_of_firms(), package().cutoff
    since = cutoff.replace(year=cutoff.year - limb("C17.count").whole("window"))
    return seen("C17", counts[counts["as_of"] >= pd.Timestamp(since)], vantage, dated="as_of")


IN_FULL = {"us-open-source-center": "Open Source Center of the United States"}


def _counter(counted: pd.Series) -> str:
    return IN_FULL.get(counted["origin"]) or short_name(counted["origin"])


def _count(vantage: Vantage, counted: pd.Series) -> Reading:
    number, qualifier = counted["count"], counted["qualifier"]
    note = {"about": f"Printed as about {number}, which meets more than {number} by the report's tolerance.",
            "fewer than": f"Printed as fewer than {number}."}.get(qualifier, "")
    number = number.given(unit=limb("C17.count").unit)  # its firms or projects are companies
    return reading("C17.count", vantage, name=f"count-{counted['origin']}", period=counted["day"],
                   measure=number, label=f"{_counter(counted)}, {counted['counted']}, {counted['day'][:4]}",
                   said="" if qualifier == "exact" else qualifier, note=note)


def _operating(vantage: Vantage, counted: pd.Series) -> Reading:
    """Return a reading of a count that says whether it is of firms at work or of all that ever came."""
    at_work = measure(rows_at(counted["count"].rows), counted["operating"], period=counted["day"])
    return reading("C17.operating", vantage, name=f"operating-{counted['origin']}", measure=at_work,
                   label=f"{_counter(counted)}, {counted['counted']}")


def _employ() -> list[Reading]:
    """Return a reading for each account that says whether Chinese firms employ people in the North."""
    accounts = load("survival/employ_readings").query("employs_in_the_north not in ['not said', 'elsewhere']")
    employs = accounts["employs_in_the_north"] == "yes"
    return [reading("C17.employ", "then", name=f"employ-{account.replace('_', '-')}",
                    label="Daily NK, the Saebyol mines", measure=measure(accounts.loc[[row]], employs[row]))
            for row, account in accounts["account_id"].items()]


# C18: five dependencies, and three tests of them

def c18() -> list[Indicator]:
    """Return the indicators of dependence, and what markets and output did when trade was cut."""
    return [*_trade(), *_oil(), *_energy(), *_food(), *_aid(), *_prices(), _fuel(), *_output()]


def _trade() -> list[Indicator]:
    then, now = last_whole_year(), int(china_trade("kotra").index[-1])
    return [_share_of_trade("then", then), _weight_of_trade("then", then),
            _share_of_trade("now", now), _weight_of_trade("now", now)]


def _share_of_trade(vantage: str, year: int) -> Indicator:
    shares = load("trade/china_share").query("origin == 'kotra' and flow == 'total' and preferred "
                                             "and crude == 'estimated'")
    return indicator("C18", vantage, name="trade-share", label="Trade: China's share of foreign trade, KOTRA",
                     measure=only(shares[shares["year"] == year], "share"))


def _weight_of_trade(vantage: str, year: int) -> Indicator:
    return indicator("C18", vantage, name="trade-income", label="Trade: with China, against national income",
                     measure=trade_to_income(year), period=str(year), origin="kotra and bok")


def _oil() -> list[Indicator]:
    return [_share_of_oil("then", "2016", products_2016(), "knoc"),
            _share_of_oil("now", year_reported(), products_reported(year_reported())),
            _share_of_oil("now", "2024", products_observed_2024(), "open-source-centre")]


def _share_of_oil(vantage: str, year: str, share: Measure, origin: str | None = None) -> Indicator:
    return indicator("C18", vantage, name=f"oil-{year}", label=f"Oil: China's share of products, {year}",
                     measure=share, origin=origin)


def _energy() -> list[Indicator]:
    oil = load("lifelines/primary_energy").query("source == 'oil' and origin == 'keei'").nlargest(1, "year")
    net = load("lifelines/net_energy_imports").nlargest(1, "year")
    last_sold = int(load("lifelines/energy_sold_to_china")["year"].max())
    return [indicator("C18", "then", name="oil-of-energy", label="Energy: oil's share of primary energy",
                      measure=only(oil, "share_pct")),
            indicator("C18", "then", name="net-imports", label="Energy: net imports, against energy use",
                      measure=only(net, "net_imports_pct")),
            indicator("C18", "now", name="energy-sold", label="Energy: coal and electricity sold to China",
                      measure=sold_to_china(last_sold))]


def _food() -> list[Indicator]:
    shares, last = grain_of_output(), last_whole_year()
    shares = shares[shares.index <= last]
    top = max(shares.index, key=shares.get)
    return [_grain("highest", top, greatest(shares)), _grain("last", last, shares[last])]


def _grain(which: str, year: int, share: Measure) -> Indicator:
    return indicator("C18", "then", name=f"grain-{which}", measure=share, period=str(year), origin="gacc",
                     unit="percent of output", label=f"Food: China's grain, against cereal output, {year}")


def _aid() -> list[Indicator]:
    one = claim(JUDGED)
    made = [_funding("then", one.whole("funding_first_then"), last_whole_year()),
            _funding("now", one.whole("funding_first_now"), package().as_of.year)]
    first, last = one.whole("food_aid_first"), one.whole("food_aid_last")
    food = aid_from_china("lifelines/food_aid_interfais", "value_kt", first, last)
    return [*made, indicator("C18", "then", name="food-aid-share", measure=food,
                             label=f"Aid: China's share of food aid, {first}-{last}")]


def _funding(vantage: str, first: int, last: int) -> Indicator:
    share = aid_from_china("lifelines/humanitarian_aid_donors", "value_usd", first, last)
    return indicator("C18", vantage, name="aid-share", measure=share, period=(str(first), str(last)),
                     label=f"Aid: China's share of recorded funding, {first}-{last}")


def _prices() -> list[Indicator]:
    return [_market(shock, item) for shock in shocks() if shock.indicated for item in ITEMS]


def _market(shock: Shock, item: str) -> Indicator:
    found = around(item, shock.date)
    change = found["change"].resting_on(rows_at([shock.row]))
    return indicator("C18", shock.vantage, name=f"{ITEMS[item]}-{shock.date:%Y-%m}",
                     label=f"Markets: {item} in the half-year after, {shock.name}",
                     measure=change, unit="percent change", origin="dailynk",
                     note=f"Medians of {found['surveys_before']} surveys before and "
                          f"{found['surveys_after']} after.")


def _fuel() -> Indicator:
    rows = load("survival/fuel_prices").query(
        "date >= '2017' and date < '2018' and times_start_of_year.notna()")
    trebled = only(rows, "times_start_of_year", unit="times", period=("2017-01", rows["date"].iloc[0]))
    return indicator("C18", "now", name="fuel-2017", measure=trebled,
                     label="Markets: petrol by September 2017, against January")


def _output() -> list[Indicator]:
    index, trade, base = growth_index(), china_trade("kotra")["value"], base_year()
    since, lowest = index.loc[base + 1:], claim(JUDGED).whole("trade_low")
    low = min(since.index, key=since.get)
    return [indicator("C18", "now", name="output-low", label=f"Output: real product of {low}, {base} = 100",
                      measure=index[low], period=(str(base), str(low))),
            indicator("C18", "now", name="trade-fall", label=f"Trade with China in {lowest}, against {base}",
                      measure=percent_change(trade[lowest], trade[base]), unit="percent change",
                      origin="kotra")]


# What a reader can choose

def shock_keys() -> dict[str, str]:
    """Return a short key for each shock, with its name."""
    return {f"{shock.date:%Y%m}": f"{shock.name.split(',')[0]}, {shock.date:%b %Y}" for shock in shocks()}


def shock_options() -> Options:
    """Return the change around each shock by item and window: met where it leaves the quiet range."""
    return {(f"{one.date:%Y%m}", ITEMS[one.item], one.window.split("_")[0]): _beyond_quiet(one)
            for one in changes().itertuples()}


def _beyond_quiet(one) -> Variant:
    low, high = quiet_range(one.item)
    changed = one.change.resting_on(low, high)
    return Variant(label=f"{one.item}, {WINDOWS[one.window]}", value=round(float(changed), 6),
                   met=not low <= changed <= high, rows=changed.rows, sources=changed.sources)
