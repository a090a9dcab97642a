"""Readings of C17, Chinese firms in the North, and indicators of C18, whether its survival hangs on China.

C17: counts by different compilers of different things; those of the ten years before the article vote on the number,
and on whether what they count still operates. By the report's tolerance a source's "about 200" meets "more than 200",
and its "fewer than 200" does not. C18 is a judgement: five dependencies side by side, and what prices and output did
when trade was cut. It gets indicators and no verdict.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import cited, indicator, reading
from report.rule import Indicator, Reading, Variant
from report.data.package import load, package
from argument.survival.series import change, growth_index, quiet_range, shocks
from argument.lifelines.series import products_2016, products_observed_2024, products_reported
from argument.by_rows import china_trade, rows_at

RECENT = 10  # years before the article in which a count can speak of firms "currently" there
OPERATING = {  # by what is counted; KOTRA's "firms" does not say whether they still work, so it has no reading
    "firms in operation": True, "firms that had invested to date": False, "joint ventures set up since 1997": False,
    "mineral contracts": False}
NAMES = {"thompson": "Drew Thompson", "kotra": "KOTRA", "xinhua": "Xinhua", "cnn": "CNNMoney",
         "kores": "Korea Resources Corporation", "us-open-source-center": "Open Source Center of the United States"}
LAST_YEAR = package().cutoff.year - 1


# C17: firms

def c17() -> list[Reading]:
    """Return the readings of the count, of what is counted, and of whom the firms employ."""
    return [*_counts(), *_operating(), *_employ()]


def _counted() -> list[tuple[str, pd.DataFrame, int, str, str, str]]:
    """Return each recent count: vantage, its rows, the number, how exact it is, what is counted, and the day."""
    firms, cutoff = load("trade/chinese_firms"), package().cutoff
    recent = firms[firms["as_of"] >= pd.Timestamp(cutoff.replace(year=cutoff.year - RECENT))]
    made = [("then" if r["as_of"] <= pd.Timestamp(cutoff) else "now", recent.loc[[a]], int(r["count"]), r["qualifier"],
             r["counted"], f"{r['as_of']:%Y-%m-%d}") for a, r in recent.dropna(subset=["count"]).iterrows()]
    ventures = load("survival/foreign_firms").query("nationality == 'China'")
    v = ventures.iloc[0]
    return [*made, ("then", ventures, int(v["firms"]), "exact", v["counted"], f"{v['last_year']}")]


def _counts() -> list[Reading]:
    return [_count(*c) for c in _counted()]


def _count(vantage: str, rows: pd.DataFrame, number: int, qualifier: str, counted: str, day: str) -> Reading:
    origin = rows["origin"].iloc[0]
    return reading("C17.count", vantage, name=f"count-{origin}", label=f"{NAMES[origin]}, {counted}, {day[:4]}",
                   rows=rows, period=day, value=number, said="" if qualifier == "exact" else qualifier,
                   note=_exactness(qualifier, number))


def _exactness(qualifier: str, number: int) -> str:
    return {"about": f"Printed as about {number}, which meets more than {number} by the report's tolerance.",
            "fewer than": f"Printed as fewer than {number}."}.get(qualifier, "")


def _operating() -> list[Reading]:
    """Return a reading for each count that says whether it is of firms at work or of all that ever came."""
    return [reading("C17.operating", vantage, name=f"operating-{rows['origin'].iloc[0]}",
                    label=f"{NAMES[rows['origin'].iloc[0]]}, {counted}", rows=rows, period=day, met=OPERATING[counted])
            for vantage, rows, _, _, counted, day in _counted() if counted in OPERATING]


def _employ() -> list[Reading]:
    accounts = load("survival/employ_readings").query("employs_in_the_north == 'yes'")
    return [reading("C17.employ", "then", name=f"employ-{a.split('#')[1].replace('_', '-')}",
                    label="Daily NK, the Saebyol mines",
                    rows=accounts.loc[[a]], period=r["date"], met=True,
                    note="One inside source, who calls it a new model. Other accounts speak of North Koreans at work "
                         "in China, which is another thing.") for a, r in accounts.iterrows()]


# C18: five dependencies, and three tests of them

def c18() -> list[Indicator]:
    """Return the indicators of dependence at both vantages, and what markets and output did when trade was cut."""
    return [*_trade(), *_oil(), *_energy(), *_food(), *_aid(), *_prices(), *_output()]


def _trade() -> list[Indicator]:
    made = []
    for vantage, year in (("then", LAST_YEAR), ("now", 2024)):
        share = load("trade/china_share").query("origin == 'kotra' and flow == 'total' and year == @year and preferred "
                                                "and crude == 'estimated'")
        weight, rows = trade_to_income(year)
        made += [indicator("C18", vantage, name="trade-share", label="Trade: China's share of foreign trade, KOTRA",
                           rows=share,
                           period=str(year), value=share["share"].iloc[0], unit="percent"),
                 indicator("C18", vantage, name="trade-income", label="Trade: with China, against national income",
                           rows=rows,
                           period=str(year), value=weight, unit="percent of national income", origin="kotra and bok",
                           note="National income at South Korean prices, so the level is rough.")]
    return made


def trade_to_income(year: int) -> tuple[float, pd.DataFrame]:
    """Return trade with China in percent of the Bank of Korea's national income in dollars, and the rows."""
    trade = china_trade("kotra").loc[year]
    income, rate = (rows_at(f"{table}#{year}") for table in ("survival/growth_bok", "survival/krw_per_dollar"))
    dollars = income["nominal_gni_bn_krw"].iloc[0] * 1000 / rate["krw_per_usd"].iloc[0]
    return 100 * trade["value"] / dollars, pd.concat([rows_at(trade["row"]), income, rate])


def _oil() -> list[Indicator]:
    made = [("then", "2016", products_2016(), "knoc",
             "Recorded products; crude is all but wholly Chinese by the accounts read."),
            ("now", "2023", products_reported("2023"), "un-1718", "Reported products; crude is reported by nobody."),
            ("now", "2024", products_observed_2024(), "open-source-centre",
             "Chinese reports against Russian tankers seen.")]
    return [indicator("C18", vantage, name=f"oil-{year}", label=f"Oil: China's share of products, {year}",
                      rows=rows_at(";".join(supply.rows)),
                      period=supply.period, value=float(supply), unit="percent", origin=origin, note=note)
            for vantage, year, supply, origin, note in made]


def _energy() -> list[Indicator]:
    oil = load("lifelines/primary_energy").query("source == 'oil' and origin == 'keei'").nlargest(1, "year")
    net = load("lifelines/net_energy_imports").nlargest(1, "year")
    sold = load("lifelines/energy_sold_to_china").query("year == year.max()")
    return [indicator("C18", "then", name="oil-of-energy", label="Energy: oil's share of primary energy", rows=oil,
                      period=str(oil["year"].iloc[0]), value=oil["share_pct"].iloc[0], unit="percent"),
            indicator("C18", "then", name="net-imports", label="Energy: net imports, against energy use", rows=net,
                      period=str(net["year"].iloc[0]), value=net["net_imports_pct"].iloc[0],
                      unit="percent of energy use",
                      note="Below zero: the North sold more energy than it bought, mostly coal to China."),
            indicator("C18", "now", name="energy-sold", label="Energy: coal and electricity sold to China", rows=sold,
                      period=str(sold["year"].iloc[0]), value=sold["value_usd"].sum() / 1e6, unit="million US dollars",
                      note="Recorded sales: electricity alone, since coal has been banned; smuggling is not in it.")]


def _food() -> list[Indicator]:
    grain = grain_of_output()
    made = [("then", int(grain.query("year <= @LAST_YEAR")["share"].idxmax()), "highest"), ("then", LAST_YEAR, "last")]
    return [indicator("C18", vantage, name=f"grain-{which}",
                      label=f"Food: China's grain, against cereal output, {year}",
                      rows=rows_at(grain.loc[year, "row"]), period=str(year), value=grain.loc[year, "share"],
                      unit="percent of output", origin="gacc", note="Chinese customs, aid and trade together.")
            for vantage, year, which in made]


def grain_of_output() -> pd.DataFrame:
    """Return China's grain exports in percent of milled cereal output, for the years with both."""
    grain = load("lifelines/grain_exports_china").query("product == 'grain' and period == 'year'").reset_index()
    output = load("lifelines/cereal_output").query("measure == 'cereals, rice milled'").reset_index()
    both = grain.merge(output, on="year", suffixes=("", "_output"))
    return both.assign(share=100 * both["value_t"] / both["value_t_output"], row=both["row"] + ";" + both["row_output"],
                       source_id=both["source_id"] + ";" + both["source_id_output"]).set_index("year", drop=False)


def _aid() -> list[Indicator]:
    made = []
    for vantage, first, last in (("then", 2010, LAST_YEAR), ("now", 2018, package().as_of.year)):
        rows = load("lifelines/humanitarian_aid_donors").query("@first <= year <= @last")
        china = rows.loc[rows["donor"].str.startswith("China"), "value_usd"].sum()
        kept = rows[(rows["donor"] == "Total") | rows["donor"].str.startswith("China")]
        made.append(indicator("C18", vantage, name="aid-share",
                              label=f"Aid: China's share of recorded funding, {first}-{last}",
                              rows=kept, period=(str(first), str(last)), unit="percent",
                              value=100 * china / rows.loc[rows["donor"] == "Total", "value_usd"].sum(),
                              note="What donors report to the United Nations. China reports little of what it gives."))
    food = load("lifelines/food_aid_interfais").query("2002 <= year <= 2011")
    return [*made, indicator("C18", "then", name="food-aid-share", label="Aid: China's share of food aid, 2002-2011",
                             rows=food[food["donor"].isin(["China", "Total"])], period=("2002", "2011"), unit="percent",
                             value=100 * food.query("donor == 'China'")["value_kt"].sum()
                             / food.query("donor == 'Total'")["value_kt"].sum())]


TESTS = {"Resolution 2270": "then", "Resolution 2371, coal and ore banned": "now",
         "Resolution 2397, fuel and machines": "now",
         "Border closed": "now", "Treaty with Russia": "now"}


def _prices() -> list[Indicator]:
    made = []
    for address, shock in shocks().iterrows():
        for item in ("rice", "US dollar") if shock["shock"] in TESTS else ():
            found = change(item, shock["date"])
            days = (found["rows"]["date"].min(), found["rows"]["date"].max())
            name = f"{item.split()[-1]}-{shock['date'].year}-{shock['date'].month:02d}"
            rows = pd.concat([found["rows"], rows_at(address)])
            made.append(indicator("C18", TESTS[shock["shock"]], name=name, rows=rows,
                                  label=f"Markets: {item} in the half-year after, {shock['shock']}", origin="dailynk",
                                  period=tuple(f"{d:%Y-%m-%d}" for d in days), value=found["change"],
                                  unit="percent change",
                                  note=f"Medians of {found['surveys_before']} surveys before and "
                                       f"{found['surveys_after']} after."))
    return [*made, _fuel()]


def _fuel() -> Indicator:
    rows = load("survival/fuel_prices").query("origin == 'rok-mou' and times_start_of_year.notna()")
    return indicator("C18", "now", name="fuel-2017", label="Markets: petrol by September 2017, against January",
                     rows=rows,
                     period=("2017-01", rows["date"].iloc[0]), value=rows["times_start_of_year"].iloc[0], unit="times",
                     note="As South Korea's Unification Ministry said, after the halt of Chinese sales in June.")


def _output() -> list[Indicator]:
    index = growth_index().set_index("year", drop=False)
    trade = china_trade("kotra")
    low = int(index.loc[2017:]["index"].idxmin())
    return [indicator("C18", "now", name="output-low", label=f"Output: real product of {low}, 2016 = 100",
                      rows=rows_at(";".join(index.loc[2016:low, "row"])), period=("2016", str(low)),
                      value=index.loc[low, "index"], unit="index, 2016 = 100",
                      note="Estimate of the Bank of Korea, which uses mirror trade among its inputs."),
            indicator("C18", "now", name="trade-fall", label="Trade with China in 2021, against 2016",
                      rows=rows_at(f"{trade.loc[2016, 'row']};{trade.loc[2021, 'row']}"), period=("2016", "2021"),
                      value=100 * (trade.loc[2021, "value"] / trade.loc[2016, "value"] - 1), unit="percent change",
                      origin="kotra", note="Recorded trade with KOTRA's estimate of crude oil.")]


# What a reader can choose

ITEMS = {"rice": "rice", "US dollar": "the dollar"}
WINDOWS = {"change": "the half-year after", "later_change": "the half-year after that"}


def shock_keys() -> dict[str, str]:
    """Return a short key for each shock, with its name."""
    return {f"{s['date']:%Y%m}": f"{s['shock'].split(',')[0]}, {s['date']:%b %Y}" for _, s in shocks().iterrows()}


def shock_options() -> dict[tuple[str, str, str], Variant]:
    """Return the change around each shock by item and window; it counts as met where it leaves the quiet range."""
    made = {}
    for address, shock in shocks().iterrows():
        for item in ITEMS:
            found, (low, high) = change(item, shock["date"]), quiet_range(item)
            rows = pd.concat([found["rows"], rows_at(address)])
            for window in WINDOWS:
                value = round(float(found[window]), 6)
                made[f"{shock['date']:%Y%m}", item.split()[-1], window.split("_")[0]] = Variant(
                    f"{item}, {WINDOWS[window]}", value, not low <= value <= high, tuple(rows.index), cited(rows))
    return made


CLAIMS = {"C17": c17, "C18": c18}
