"""Frames behind the charts of oil, arms and food; each point keeps its addresses (``row``) and sources."""

from __future__ import annotations

import pandas as pd

from report.rule import Reading
from report.data.package import SEPARATOR, load
from argument.lifelines.readings import oil_options, spoken
from argument.lifelines.series import (BARRELS_PER_TONNE, CRUDE, REPORTED, Supply, crude_against_all_sellers, kedo_1999,
                                 products_reported, supply, supply_with, thousand_barrels)
from argument.by_rows import joined


def runs(frame: pd.DataFrame, by: str = "series") -> pd.DataFrame:
    """Return the frame with a column ``run`` that changes where a series leaves out a year, so that it breaks there."""
    ordered = frame.sort_values([by, "year"])
    breaks = (ordered.groupby(by)["year"].diff() > 1).groupby(ordered[by]).cumsum()
    return ordered.assign(run=ordered[by] + " " + breaks.astype(str))


# (a) how 90 percent travelled, over the shares that can be computed

def quoted_shares(*goods: str) -> pd.DataFrame:
    """Return the statements of a share of ``goods`` (all oil and energy by default), one row a statement, by date."""
    goods = goods or ("oil", "oil imports", "energy imports", "crude oil and products")
    quotes = load("lifelines/oil_share_quotes").query("of_what in @goods and bound != 'in words'")
    low = quotes["share_low_pct"].fillna(quotes["share_high_pct"])
    high = quotes["share_high_pct"].fillna(quotes["share_low_pct"])
    said = [_words(r) for _, r in quotes.iterrows()]
    return quotes.assign(low=low, high=high, year=quotes["date"].map(year_of), said=said,
                         row=quotes.index).sort_values("year")


def year_of(day: str) -> float:
    """Return a day, month or year as a fractional year, in the middle of what it leaves open."""
    parts = [int(p) for p in day.split("-")]
    month = parts[1] if len(parts) > 1 else 7
    return round(parts[0] + (month - 1) / 12 + ((parts[2] if len(parts) > 2 else 15) - 1) / 365, 3)


def _words(quote: pd.Series) -> str:
    low, high = quote["share_low_pct"], quote["share_high_pct"]
    number = f"{low:g} to {high:g}" if quote["bound"] == "range" else f"{low if pd.notna(low) else high:g}"
    lead = "" if quote["bound"] in ("exact", "range") else f"{quote['bound']} "
    return f"{lead}{number} percent of {quote['of_what']}"


def said_of_goods() -> pd.DataFrame:
    """Return what was said of China's share of consumer goods, with the ground given, as a table prints it."""
    rows = load("lifelines/oil_share_quotes").query("of_what == 'consumer goods'")
    number = rows["share_low_pct"].map("{:.0f} percent".format).where(rows["share_low_pct"].notna(), "the majority")
    return rows.assign(number=number, ground=rows["basis"].replace({"informant": "an insider's account"}),
                       row=rows.index)


def computed_shares() -> pd.DataFrame:
    """Return China's share of oil by year and kind of record, and of all oil under the flow that KOTRA assumes."""
    made = [_share(y, "crude", crude_against_all_sellers(y)) for y in (2000, 2001, 2002, 2010)]
    made += [_share(1999, "crude and KEDO", kedo_1999())]
    made += [_share(2016, "products", supply("2016"))]
    made += [_share(int(y), "products", products_reported(y)) for y in REPORTED if y not in ("2022", "2024")]
    made += [_share(2024, "tankers seen", supply("2024"))]
    whole_years = ("2016", "2018", "2019", "2021", "2023", "2024")
    made += [_share(int(y), "crude assumed", supply_with(y, "kotra")) for y in whole_years]
    return pd.DataFrame(made)


def _share(year: int, kind: str, found: Supply) -> dict:
    return {"year": year, "kind": kind, "share": found.share, "china": found.china, "others": found.others,
            **joined(found.rows)}


def shares_to_choose() -> pd.DataFrame:
    """Return China's share under every year and estimate of crude that a reader can choose; ``key`` joins the two."""
    made = [{"year": year, "crude": CRUDE[choice], "key": f"{year}-{choice}", "share": o.value, "met": o.met,
             "kind": "recorded" if isinstance(o, Reading) or choice == "none" else "with assumed crude",
             "row": SEPARATOR.join(o.rows), "source_id": SEPARATOR.join(o.sources)}
            for (year, choice), o in oil_options().items()]
    return pd.DataFrame(made)


def rival_totals() -> pd.DataFrame:
    """Return what estimators say of all oil of 2017, in thousand tonnes, as a table prints it."""
    rows = load("lifelines/oil_totals").query("year == 2017")
    tonnes = rows["unit"] == "tonnes"
    low, high = (rows[c].where(tonnes, rows[c] * 365 / BARRELS_PER_TONNE["products"]) / 1000
                 for c in ("value_low", "value_high"))
    words = [f"{h:,.0f} at most" if pd.isna(l) else f"{l:,.0f}" if l == h else f"{l:,.0f} to {h:,.0f}"
             for l, h in zip(low, high)]
    return rows.assign(low=low, high=high, thousand_tonnes=[w.replace(",", " ") for w in words], row=rows.index)


# (b) crude by year

def crude_by_year(first: int = 1997) -> pd.DataFrame:
    """Return crude a year in thousand tonnes by who says so; the zeros of customs after 2013 are no measurement."""
    rows = load("lifelines/crude_oil").query("period_type == 'year' and period_start.dt.year >= @first "
                                          "and status != 'source not named'")
    value = [thousand_barrels(r["value"], r["unit"], "crude") / BARRELS_PER_TONNE["crude"] for _, r in rows.iterrows()]
    frame = rows.assign(year=rows["period_start"].dt.year, thousand_tonnes=value, row=rows.index)
    frame.loc[frame["status"] == "customs blank", "thousand_tonnes"] = None
    both = pd.concat([frame, _factbook(first)])
    both["who"] = both["origin"].map(CRUDE_BY).fillna("others")
    return both[["year", "seller", "who", "origin", "status", "thousand_tonnes", "row", "source_id", "note"]]


CRUDE_BY = {"gacc": "customs", "kostat": "Statistics Korea", "cia": "Factbook"}


def _factbook(first: int) -> pd.DataFrame:
    rows = load("lifelines/cia_oil_imports").query("field == 'crude imports' and year >= @first").sort_values("edition")
    rows = rows.drop_duplicates("year", keep="last")
    tonnes = [thousand_barrels(v, "barrels per day", "crude") / BARRELS_PER_TONNE["crude"] for v in rows["value"]]
    return rows.assign(seller="all sellers", status="estimate", thousand_tonnes=tonnes, row=rows.index)


def empty_months() -> pd.DataFrame:
    """Return the months without crude in customs before 2014, with the test or none that fell into them."""
    rows = load("lifelines/crude_oil").query("period_type == 'month' and status == 'customs' and value == 0")
    tests = load("tests/nuclear_tests")
    months = tests["date"].dt.to_period("M")
    return rows.assign(tested=[bool((months == d.to_period("M")).any()) for d in rows["period_start"]], row=rows.index)


# (c) products reported against the cap

def products_by_year() -> pd.DataFrame:
    """Return products of each year in thousand barrels by seller, as reported, and as seen in 2024."""
    made = [part for year in REPORTED for part in _reported(year)]
    seen = load("lifelines/refined_unreported").query("origin == 'open-source-centre'")
    frame = pd.DataFrame([*made, {"year": 2024, "seller": "Russia", "how": "seen by satellite, at least",
                                  "part": "March to November",
                                  "value": float(seen["barrels_at_least"].iloc[0]) / 1000, **joined(seen)}])
    frame["bar"] = [f"{r['seller']}, {'reported' if r['how'] == 'reported' else 'seen'}" for _, r in frame.iterrows()]
    return columns_at(frame, 0.14, frame["bar"].map(BARS.index) * 0.28 - 0.28)


BARS = ["China, reported", "Russia, reported", "Russia, seen"]


PARTS = {"2020": "January to August", "2022": "January to November", "2024": "China 11 months, Russia one"}


def _reported(year: str) -> list[dict]:
    found = products_reported(year)
    return [{"year": int(year), "seller": seller, "how": "reported", "part": PARTS.get(year, "whole year"),
             "value": value,
             **joined(found.rows)} for seller, value in (("China", found.china), ("Russia", found.others))]


# (d) arms by supplier

def arms_by_supplier(first: int = 1950) -> pd.DataFrame:
    """Return arms delivered to the North by year and supplier, Russia and the Soviet Union as one."""
    rows = load("alliance/arms_transfers").query("recipient == 'North Korea' and year >= @first")
    named = rows["supplier"].replace({"Soviet Union": "Soviet Union and Russia", "Russia": "Soviet Union and Russia"})
    return columns_at(rows.assign(supplier=named, row=rows.index, day=rows["year"].astype(str)), 0.4)


def columns_at(frame: pd.DataFrame, half: float, shift: pd.Series | float = 0.0) -> pd.DataFrame:
    """Return the frame with the edges ``start`` and ``stop`` of a column of a bar chart, in years around the year."""
    return frame.assign(start=frame["year"] + shift - half, stop=frame["year"] + shift + half)


def editions() -> pd.DataFrame:
    """Return the editions of the Council's text with what each calls China the source of."""
    rows = load("alliance/cfr_wording").sort_values("edition")
    return rows.assign(year=rows["edition"].map(year_of), day=rows["edition"].map(spoken), row=rows.index)


# (e) cereals, aid and China's part

def cereals(first: int = 1995, last: int = 2017) -> pd.DataFrame:
    """Return home output, food aid of all donors, China's aid and China's grain exports by year, in thousand tonnes."""
    output = load("lifelines/cereal_output").query("measure == 'cereals, rice milled'")
    aid = load("lifelines/food_aid_all_donors").groupby("year")["value_t"].sum()
    everyone = load("lifelines/food_aid_all_donors").query("item == 'cereals'")
    china = load("lifelines/food_aid_interfais").query("donor == 'China'")
    grain = load("lifelines/grain_exports_china").query("product == 'grain' and period == 'year'")
    parts = [_tonnes(output, "home output", output["value_t"] / 1000),
             _tonnes(everyone, "food aid, all donors", everyone["year"].map(aid) / 1000),
             _tonnes(china, "food aid from China", china["value_kt"]),
             _tonnes(grain, "grain exports of China", grain["value_t"] / 1000)]
    return pd.concat(parts).query("@first <= year <= @last").reset_index(drop=True)


def _tonnes(rows: pd.DataFrame, series: str, values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"year": rows["year"], "series": series, "thousand_tonnes": values.astype(float),
                         "row": rows.index,
                         "source_id": rows["source_id"]})


def china_of_output() -> pd.DataFrame:
    """Return China's aid and its grain exports in percent of home output, by year."""
    wide = cereals()
    output = wide.query("series == 'home output'").set_index("year")["thousand_tonnes"]
    parts = wide[wide["series"].isin(["food aid from China", "grain exports of China"])]
    return parts.assign(share=100 * parts["thousand_tonnes"] / parts["year"].map(output))


def aid_of_output() -> pd.DataFrame:
    """Return the food aid of all donors in percent of home output, by year."""
    wide = cereals()
    output = wide.query("series == 'home output'").set_index("year")["thousand_tonnes"]
    everyone = wide.query("series == 'food aid, all donors'")
    return everyone.assign(share=100 * everyone["thousand_tonnes"] / everyone["year"].map(output))


# (f) oil within energy

def oil_in_energy() -> pd.DataFrame:
    """Return oil's share of primary energy and net imports of energy, by year, in percent."""
    oil = load("lifelines/primary_energy").query("source == 'oil'")
    net = load("lifelines/net_energy_imports").query("year >= 1990")
    parts = [pd.DataFrame({"year": oil["year"], "series": "oil in energy", "value": oil["share_pct"],
                           "row": oil.index, "source_id": oil["source_id"]}),
             pd.DataFrame({"year": net["year"], "series": "net imports", "value": net["net_imports_pct"],
                           "row": net.index, "source_id": net["source_id"]})]
    return pd.concat(parts).reset_index(drop=True)
