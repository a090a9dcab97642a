"""Series of oil, arms, food and energy: measures out of the printed rows.

Oil that reached the North is a Series of measures by seller (``China`` and ``others``), in thousand barrels.
Chinese customs printed crude oil up to 2013 and nothing since, so a share of *all* recent oil rests on an
estimate of the crude that flows through the pipeline. Records and estimates are therefore kept apart here,
and joined only where a reader or a variant names the estimate.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from report.data.package import load, remembered
from report.rule import limb
from report.trace import Measure, greatest, measures, only, over, percent_of, total

OIL = "C16.share"
CRUDE = {"none": "no crude counted", "kotra": "crude as KOTRA assumes it",
         "industry": "crude as industry sources put it",
         "resolution": "crude at the level that resolution 2375 froze",
         "nautilus": "crude as Peter Hayes put it",
         "unnamed": "crude as one unnamed source put it"}
KOSTAT_2016 = "kostat"
ESTIMATES = {"kotra": ("kotra", 2017), "industry": ("industry-sources", 2017),
             "resolution": ("un-2375", 2017), "nautilus": ("nautilus", 2017),
             "unnamed": ("chosun-unnamed", 2017), KOSTAT_2016: ("kostat", 2016)}


def barrels_per_tonne(kind: str) -> float:
    """Return how many barrels a tonne of ``kind``, crude or products, has."""
    return limb(OIL).number(f"barrels_per_tonne_{kind}")


def crude_counted() -> str:
    """Return whose crude the votes count."""
    return limb(OIL).setting("crude")


def thousand_barrels(quantity: Measure, kind: str, days: int = 365) -> Measure:
    """Return a quantity in thousand barrels; ``kind`` is crude or products, ``days`` those of its period."""
    if quantity.unit == "thousand barrels":
        return quantity
    if quantity.unit == "tonnes":
        quantity = quantity * barrels_per_tonne(kind)
    elif quantity.unit == "barrels per day":
        quantity = quantity * days
    return (quantity / 1000).given(unit="thousand barrels")


def thousand_tonnes(quantity: Measure, kind: str) -> Measure:
    """Return a quantity in thousand tonnes, through barrels where it is printed in them."""
    if quantity.unit == "tonnes":
        return (quantity / 1000).given(unit="thousand tonnes")
    return (thousand_barrels(quantity, kind) / barrels_per_tonne(kind)).given(unit="thousand tonnes")


def share(barrels: pd.Series) -> Measure:
    """Return China's share of oil by seller; a total that is rounded below its own part gives 100 percent."""
    china = barrels["China"]
    part = china / greatest([china, china + barrels["others"]])
    return (100 * part).given(unit="percent")  # not 100 * china first, which may round to a little over 100


# Recorded oil -----------------------------------------------------------------------------------------------

def _by_seller(china: Measure, others: Measure, period: str | None = None) -> pd.Series:
    return pd.Series({"China": china.given(period=period), "others": others.given(period=period)},
                     dtype=object)


def _crude(rows: pd.DataFrame) -> Measure:
    return thousand_barrels(only(rows, "value"), "crude")


def years_of_crude() -> list[int]:
    """Return the years whose recorded crude is read, the latest first."""
    return [int(year) for year in limb("C16.share").listed("crude_recorded")]


def year_reported() -> str:
    """Return the year whose products, as reported to the United Nations, have the vote."""
    return str(limb("C16.share").whole("reported"))


def crude_against_all_sellers(year: int) -> Measure:
    """Return China's share of crude in a year with both: customs against Seoul's total for all sellers."""
    rows = load("lifelines/crude_oil").query("period_type == 'year' and period_start.dt.year == @year")
    china, everyone = _crude(rows.query("seller == 'China'")), _crude(rows.query("origin == 'kostat'"))
    return share(_by_seller(china, everyone - china, str(year)))


def kedo_1999() -> Measure:
    """Return the share of crude, all taken as Chinese, against KEDO's fuel oil of an average year."""
    crude = load("lifelines/crude_oil").query("origin == 'kostat' and period_start.dt.year == 1999")
    fuel = load("lifelines/refined_before_2018").query("seller == 'KEDO'")
    years = (fuel["period_end"].iloc[0] - fuel["period_start"].iloc[0]).days / 365.25
    return share(_by_seller(_crude(crude), thousand_barrels(only(fuel, "value"), "crude") / years, "1999"))


def _sellers_2016(china: Measure, everyone: Measure, per_tonne: float) -> pd.Series:
    ours = thousand_barrels(china, "products", days=366)
    whole = (everyone * per_tonne / 1000).given(unit="thousand barrels")
    return _by_seller(ours, whole - ours, "2016")


def _printed_2016() -> tuple[Measure, Measure]:
    """Return what was printed of products in 2016: China's in barrels a day, all sellers' in tonnes."""
    rows = load("lifelines/refined_before_2018").query(
        "product == 'refined products' and period_type == 'year' and period_start.dt.year == 2016")
    china, everyone = (rows[rows["seller"] == seller] for seller in ("China", "all sellers"))
    return only(china, "value"), only(everyone, "value")


def products_2016() -> Measure:
    """Return China's share of the recorded products of 2016."""
    return share(_sellers_2016(*_printed_2016(), barrels_per_tonne("products")))


def products_2016_at_least() -> Measure:
    """Return the same share with rounding, printed range and conversion all taken against China."""
    (china, everyone), part = _printed_2016(), limb(OIL)
    most = replace(everyone, value=part.number("top_of_range_2016"))
    return share(_sellers_2016(china - part.number("rounding_2016"), most,
                               part.number("most_barrels_per_tonne")))


def sellers_with_russia(by: str) -> pd.Series:
    """Return the products of 2016 of China and of Russia, whose sales no trade statistics declare.

    ``by`` is who counted Russia's: ``asan`` from customs files, a yearly mean of 2015 to 2017; ``argus`` what
    the North's tankers loaded in one port.
    """
    rows = load("lifelines/refined_before_2018").query("seller == 'Russia' and origin == @by")
    years = rows["period_end"].dt.year.iloc[0] - rows["period_start"].dt.year.iloc[0] + 1
    china, _ = _printed_2016()
    return _by_seller(thousand_barrels(china, "products", days=366),
                      thousand_barrels(only(rows, "value"), "products") / int(years), "2016")


def sellers_with_smuggling() -> pd.Series:
    """Return China's recorded products of 2016, and the rest of an estimate of all that came a year."""
    china, _ = _printed_2016()
    ours = thousand_barrels(china, "products", days=366)
    came = load("lifelines/refined_unreported").query("origin == 'nkeconwatch'")
    return _by_seller(ours, thousand_barrels(only(came, "barrels_at_least", unit="barrels"), "products")
                      - ours, "2016")


# Reported and seen oil --------------------------------------------------------------------------------------

SEEN = "2024"  # when Russia reported January alone, and its tankers were counted
WHOLE_YEARS = ("2016", "2018", "2019", "2021", "2023", "2024")  # to which a year of crude can be added


def years_reported() -> list[str]:
    """Return the years, or parts of years, of which both sellers' reports were read."""
    return [str(year) for year in sorted(load("lifelines/refined_1718")["counts_for"].dropna().unique())]


def _reported(rows: pd.DataFrame) -> Measure:
    """Return what rows add to, by their barrels where these are printed, else by their tonnes."""
    barrels = measures(rows, "barrels")
    tonnes = measures(rows[rows["barrels"].isna()], "tonnes")
    return total(thousand_barrels(part, "products") for part in [*barrels, *tonnes])


def reported_by_seller(year: str) -> pd.Series:
    """Return what China and Russia reported to the United Nations in a year or the part of it with both."""
    rows = load("lifelines/refined_1718")
    rows = rows[(rows["counts_for"] == int(year)) & (rows["standing"] == "usable")]
    parts = {seller: _reported(part) for seller, part in rows.groupby("seller")}
    china, both = parts["China"], parts.get("China and Russia")
    return _by_seller(china, parts["Russia"] if both is None else both - china)


def products_reported(year: str) -> Measure:
    """Return China's share of what the two sellers reported."""
    return share(reported_by_seller(year))


def tankers_seen() -> Measure:
    """Return what Russian tankers loaded in 2024 as satellites saw it, at least."""
    seen = load("lifelines/refined_unreported").query("origin == 'open-source-centre'")
    return thousand_barrels(total(measures(seen, "barrels_at_least")), "products")


def _observed_2024() -> pd.Series:
    reported = reported_by_seller("2024")
    return _by_seller(reported["China"], reported["others"] + tankers_seen())


def products_observed_2024() -> Measure:
    """Return China's share of its reports of 2024, and Russia's with what it was seen to load, a floor."""
    return share(_observed_2024())


# Estimates of crude, for a reader to choose among -----------------------------------------------------------

def crude_flow(choice: str) -> Measure:
    """Return an estimate of crude a year, in thousand barrels; all but one are of 2017."""
    origin, year = ESTIMATES[choice]
    rows = load("lifelines/crude_oil").query("period_type == 'year' and status == 'estimate'")
    return _crude(rows[(rows["origin"] == origin) & (rows["period_start"].dt.year == year)])


def recorded_by_seller(year: str) -> pd.Series:
    """Return the recorded products of a year by seller, by the default reading of it."""
    if year == "2016":
        return _sellers_2016(*_printed_2016(), barrels_per_tonne("products"))
    return _observed_2024() if year == "2024" else reported_by_seller(year)


def supply_with(year: str, choice: str | None = None) -> Measure:
    """Return China's share of a year's products with a year of the crude that ``choice`` names, all its own;
    without one, of the crude that votes count.
    """
    return with_crude(recorded_by_seller(year), choice)


def with_crude(recorded: pd.Series, choice: str | None = None) -> Measure:
    """Return China's share of products by seller with a year of the crude of ``choice``, all Chinese."""
    if choice == "none":
        return share(recorded)
    china = recorded["China"] + crude_flow(choice or crude_counted())
    return share(_by_seller(china.given(period=recorded["China"].period), recorded["others"]))


# Oil by year, as stated and as computed ---------------------------------------------------------------------

OF_OIL = ("oil", "oil imports", "energy imports", "crude oil and products")


def quoted_shares() -> pd.DataFrame:
    """Return the statements of China's share of oil or energy by date, each with its low and its high."""
    quotes = load("lifelines/oil_share_quotes").query("of_what in @OF_OIL and bound != 'in words'")
    low = quotes["share_low_pct"].fillna(quotes["share_high_pct"])
    high = quotes["share_high_pct"].fillna(quotes["share_low_pct"])
    ends = quotes.assign(low=low, high=high)
    ends = {end: measures(ends, end, unit="percent") for end in ("low", "high")}
    return quotes.assign(**ends, year=quotes["date"].map(as_year)).sort_values("year")


def aid_by_other_count(harvest: pd.Series) -> Measure:
    """Return China's food aid of 2005 by another count than INTERFAIS, in percent of that year's harvest."""
    told = load("lifelines/food_aid_china").query(
        "year == 2005 and measure == 'aid' and source_id == 'voa_wfp_2012'")
    tonnes = (only(told, "value_low_t") / 1000).given(unit="thousand tonnes")
    return percent_of(tonnes, harvest[2005])


def as_year(dated: str) -> float:
    """Return a date as a year with its fraction: mid-July of a year, the fifteenth of a month."""
    year, month, day = [*map(int, dated.split("-")), *(7, 15)[dated.count("-"):]]
    return round(year + (month - 1) / 12 + (day - 1) / 365, 3)


@remembered
def computed_shares() -> pd.DataFrame:
    """Return China's share of oil by year and kind of record, and of all oil with the crude KOTRA assumes."""
    made = [(year, "crude", crude_against_all_sellers(year)) for year in sorted(years_of_crude())]
    made += [(1999, "crude and KEDO", kedo_1999()), (2016, "products", products_2016())]
    made += [(int(year), "products", products_reported(year)) for year in years_reported() if year != SEEN]
    made += [(2024, "tankers seen", products_observed_2024())]
    made += [(int(year), "crude assumed", supply_with(year)) for year in WHOLE_YEARS]
    return pd.DataFrame(made, columns=["year", "kind", "share"])


def crude_by_year(first: int = 1997) -> pd.DataFrame:
    """Return crude a year in thousand tonnes; the zeros of customs after 2013 are no measurement."""
    rows = load("lifelines/crude_oil").query(
        "period_type == 'year' and period_start.dt.year >= @first and status != 'source not named'")
    told = rows[rows["status"] != "customs blank"]
    printed = [thousand_tonnes(only(told.loc[[address]], "value"), "crude") for address in told.index]
    made = rows.assign(year=rows["period_start"].dt.year,
                       thousand_tonnes=pd.Series(printed, told.index, dtype=object))
    columns = ["year", "seller", "origin", "status", "thousand_tonnes", "note"]
    return pd.concat([made[columns], _crude_in_factbook(first)[columns]])


def _crude_in_factbook(first: int) -> pd.DataFrame:
    rows = load("lifelines/cia_oil_imports").query("field == 'crude imports' and year >= @first")
    rows = rows.sort_values("edition").drop_duplicates("year", keep="last")
    tonnes = measures(rows, "value").map(lambda imports: thousand_tonnes(imports, "crude"))
    return rows.assign(seller="all sellers", status="estimate", thousand_tonnes=tonnes)


def products_by_year() -> pd.DataFrame:
    """Return products of each year in thousand barrels by seller, as reported, and as seen in 2024."""
    made = []
    for year in years_reported():
        china, others = reported_by_seller(year)
        made += [(int(year), "China", "reported", china), (int(year), "Russia", "reported", others)]
    made.append((2024, "Russia", "seen", tankers_seen()))
    return pd.DataFrame(made, columns=["year", "seller", "how", "value"])


def yearly_cap() -> Measure:
    """Return what resolution 2397 lets the North buy of products in a year, in thousand barrels."""
    limit = load("tests/caps").query("resolution == 'S/RES/2397' and goods == 'refined petroleum'")
    return (only(limit, "value") * 1000).given(unit="thousand barrels")


def rival_totals() -> pd.DataFrame:
    """Return what estimators say of all oil of 2017, in thousand tonnes; a total at most has no low end."""
    rows = load("lifelines/oil_totals").query("year == 2017")
    ends = {column: [_in_tonnes(rows.loc[[address]], column) for address in rows.index]
            for column in ("value_low", "value_high")}
    return rows.assign(low=ends["value_low"], high=ends["value_high"])


def _in_tonnes(row: pd.DataFrame, column: str) -> Measure | None:
    if row[column].isna().all():
        return None
    return thousand_tonnes(only(row, column, unit=row["unit"].iloc[0]), "products")


# Arms -------------------------------------------------------------------------------------------------------

def arms_by_supplier(first: int = 1950) -> pd.DataFrame:
    """Return arms delivered to the North by year and supplier, in SIPRI's volume."""
    rows = load("alliance/arms_transfers").query("recipient == 'North Korea' and year >= @first")
    return rows[["supplier", "year"]].assign(tiv=measures(rows, "tiv"))


def last_from_china() -> Measure:
    """Return the year of the last Chinese delivery on record, chosen among all of them."""
    return greatest(measures(load("alliance/arms_transfers").query(
        "recipient == 'North Korea' and supplier == 'China'"), "year"))


def editions() -> pd.DataFrame:
    """Return the editions of the Council's text that were read, in order."""
    return load("alliance/cfr_wording").sort_values("edition")


# Food -------------------------------------------------------------------------------------------------------

OUTPUT, AID_OF_ALL = "home output", "food aid, all donors"
AID, GRAIN = "food aid from China", "grain exports of China"


def _in_thousand_tonnes(by_year: pd.Series) -> pd.Series:
    return by_year.map(lambda tonnes: (tonnes / 1000).given(unit="thousand tonnes"))


@remembered
def cereals(first: int = 1995, last: int = 2017) -> pd.DataFrame:
    """Return harvest, food aid of all donors, China's aid and grain exports by year, in thousand tonnes."""
    output = load("lifelines/cereal_output").query("measure == 'cereals, rice milled'")
    aid = load("lifelines/food_aid_interfais").query("donor == 'China'")
    grain = load("lifelines/grain_exports_china").query("product == 'grain' and period == 'year'")
    parts = {OUTPUT: _in_thousand_tonnes(measures(output, "value_t", by="year")),
             AID_OF_ALL: _in_thousand_tonnes(over(_aid_of_whole_years(), "year", "value_t")),
             AID: measures(aid, "value_kt", by="year"),
             GRAIN: _in_thousand_tonnes(measures(grain, "value_t", by="year"))}
    made = [(year, name, value) for name, part in parts.items() for year, value in part.items()]
    return pd.DataFrame(made, columns=["year", "series", "thousand_tonnes"]).query(
        "@first <= year <= @last").reset_index(drop=True)


def _aid_of_whole_years() -> pd.DataFrame:
    """Return the food aid of all donors in the years that have its cereals: the last year breaks off."""
    aid = load("lifelines/food_aid_all_donors")
    return aid[aid["year"].isin(aid.query("item == 'cereals'")["year"])]


def of_output(*names: str) -> pd.DataFrame:
    """Return series of ``cereals`` in percent of home output, by year."""
    every = cereals()
    output = every.query("series == @OUTPUT").set_index("year")["thousand_tonnes"]
    parts = every[every["series"].isin(names)]
    shares = [percent_of(part.thousand_tonnes, output[part.year]) for part in parts.itertuples()]
    return parts.assign(share=shares)


def aid_by_donor(first: int, last: int) -> pd.Series:
    """Return the food aid of some years by donor, in thousand tonnes."""
    rows = load("lifelines/food_aid_interfais").query("donor != 'Total' and @first <= year <= @last")
    return over(rows, "donor", "value_kt")


# Energy -----------------------------------------------------------------------------------------------------

def oil_in_energy() -> pd.DataFrame:
    """Return oil's share of primary energy and net imports of energy, by year, in percent."""
    oil = load("lifelines/primary_energy").query("source == 'oil'")
    net = load("lifelines/net_energy_imports").query("year >= 1990")
    return pd.concat([
        pd.DataFrame({"year": oil["year"], "series": "oil in energy", "value": measures(oil, "share_pct")}),
        pd.DataFrame({"year": net["year"], "series": "net imports",
                      "value": measures(net, "net_imports_pct")})])


def sold_to_china(year: int, products: tuple[str, ...] = ("coal", "electricity")) -> Measure:
    """Return the energy that the North sold to China in a year, in million dollars."""
    rows = load("lifelines/energy_sold_to_china").query("year == @year and product in @products")
    return (total(measures(rows, "value_usd")) / 1e6).given(unit="million US dollars")


def runs(frame: pd.DataFrame, by: str = "series") -> pd.DataFrame:
    """Return the frame with a column ``run`` that changes where a series leaves out a year."""
    ordered = frame.sort_values([by, "year"])
    breaks = (ordered.groupby(by)["year"].diff() > 1).groupby(ordered[by]).cumsum()
    return ordered.assign(run=ordered[by] + " " + breaks.astype(str))
