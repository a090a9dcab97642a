"""Frames behind the charts of trade: tidy points, each with the addresses (``row``) and sources it rests on."""

from __future__ import annotations

import pandas as pd

from report.data.package import SEPARATOR, load
from argument.trade.readings import BASE_YEARS, PRICES, base_value, share_in_factbook
from argument.trade.series import (NAMES, between_koreas, china_trade, in_dollars_of, joined, oil_added, points,
                                          prices, rows_at, share, world_trade)

REAL_YEAR = 2024  # the last year with twelve months of prices
WITHOUT, WITH, UNSTATED = "without inter-Korean trade", "with inter-Korean trade", "denominator not stated"
DENOMINATORS = {"without": WITHOUT, "with": WITH, "unstated": UNSTATED}


# (a) value falls, share rises

def value_and_share(first: int = 1993) -> pd.DataFrame:
    """Return value (KOTRA, customs), value in dollars of 2024, and KOTRA's share, by year from ``first`` on."""
    made = []
    for origin in ("kotra", "gacc"):
        for year, p in china_trade(origin).loc[first:].iterrows():
            made.append(_point(year, NAMES[origin], "value", p["value"], p["how"], rows_at(p["row"])))
            made.append(_real(year, NAMES[origin], p))
    made += [_point(year, NAMES["kotra"], "share", p["value"], p["how"], rows_at(p["row"]))
             for year, p in kotra_share().loc[first:].iterrows()]
    return pd.DataFrame(made).sort_values(["measure", "series", "year"], ignore_index=True)


def _point(year: int, series: str, measure: str, value: float, how: str, rows: pd.DataFrame) -> dict:
    return {"year": int(year), "series": series, "measure": measure, "value": float(value), "how": how, **joined(rows)}


def _real(year: int, series: str, p: pd.Series) -> dict:
    rows = pd.concat([rows_at(p["row"]), prices(year), prices(REAL_YEAR)]) if year != REAL_YEAR else rows_at(p["row"])
    return _point(year, series, "real value", in_dollars_of(p["value"], year, REAL_YEAR), p["how"], rows)


def kotra_share(south: bool = False, oil: bool = True) -> pd.DataFrame:
    """Return KOTRA's share by year: as printed where it printed one, else worked out from its totals.

    Parameters
    ----------
    south : count trade with South Korea in the whole
    oil : leave KOTRA's estimate of crude oil in (from 2014 on); False gives the years with a stated estimate alone
    """
    china, world, koreas, added = china_trade("kotra"), world_trade("kotra"), between_koreas(), oil_added()
    printed = _printed_shares("kotra+mou" if south else "kotra", crude="estimated" if oil else "dropped")
    needed = [china, world, *([koreas] if south else []), *([] if oil else [added])]
    years = [y for y in china.index if all(y in series.index for series in needed)]
    made = [printed[y] if y in printed else
            {"year": y, "how": "worked out", **share(china.loc[y], world.loc[y], koreas.loc[y] if south else None,
                                                     None if oil else added.loc[y])}
            for y in sorted({*years, *printed})]
    return points(made)


def _printed_shares(origin: str, crude: str) -> dict[int, dict]:
    rows = load("trade/china_share").query("flow == 'total' and origin == @origin and preferred")
    rows = rows[rows["crude"].fillna("estimated") == crude]
    return {int(r["year"]): {"year": int(r["year"]), "value": float(r["share"]), "how": "printed",
                             "rows": rows.loc[[a]]} for a, r in rows.iterrows()}


# (b) which 70 percent? and (e) one year, five sources

def shares_2010_2016(first: int = 2010, last: int = 2016) -> pd.DataFrame:
    """Return China's share by year under every denominator and compiler that the tables hold."""
    made = []
    for south, denominator in ((False, WITHOUT), (True, WITH)):
        made += _shares(kotra_share(south), "KOTRA", denominator)
        made += _shares(kotra_share(south, oil=False), "KOTRA, no oil estimate", denominator)
    made += _shares(cow_share(), NAMES["cow"], WITHOUT) + _factbook_shares() + _others()
    frame = pd.DataFrame(made).query("@first <= year <= @last")
    return frame.sort_values(["year", "value"], ascending=[True, False], ignore_index=True)


def _shares(frame: pd.DataFrame, series: str, denominator: str) -> list[dict]:
    return [{"year": int(p["year"]), "series": series, "denominator": denominator, "value": p["value"], "how": p["how"],
             "row": p["row"], "source_id": p["source_id"]} for _, p in frame.iterrows()]


def _others() -> list[dict]:
    """Return the shares of total trade that other compilers printed, and those whose denominator nobody named."""
    rows = load("trade/china_share").query("flow == 'total' and preferred and origin not in ['kotra', 'kotra+mou']")
    names = NAMES | {"crs": "Congressional Research Service", "cnn": "CNNMoney", "nyt": "New York Times",
                     "ifes": "IFES"}
    return [{"year": int(r["year"]), "series": names[r["origin"]], "denominator": DENOMINATORS[r["inter_korean"]],
             "value": r["share"], "how": "printed", **joined(rows.loc[[a]])} for a, r in rows.iterrows()]


def cow_share() -> pd.DataFrame:
    """Return China's share of all dyads of the Correlates of War; too low where others booked the wrong Korea."""
    china, world = china_trade("cow"), world_trade("cow")
    return points({"year": y, "how": "worked out", **share(china.loc[y], world.loc[y])} for y in china.index)


def _factbook_shares() -> list[dict]:
    """Return China's share by the CIA World Factbook for the years with shares and totals of both flows.

    It counts South Korea in the years in which it lists South Korea among the partners; for others it does not say.
    """
    shares, totals = load("trade/cia_shares"), load("trade/cia_totals")
    made = []
    for year, listed in shares.groupby("data_year"):
        flows = set(listed.query("partner == 'China'")["flow"]) & set(totals.query("data_year == @year")["flow"])
        if flows == {"exports", "imports"}:
            part = share_in_factbook(int(year))
            counted = WITH if "South Korea" in set(listed["partner"]) else UNSTATED
            made.append({"year": int(year), "series": NAMES["cia"], "denominator": counted, "value": part["value"],
                         "how": "worked out", **joined(part["rows"])})
    return made


def one_year_five_sources(year: int = 2010) -> pd.DataFrame:
    """Return the shares of one year, largest first, one for each compiler and denominator."""
    return shares_2010_2016(year, year).sort_values("value", ascending=False, ignore_index=True)


# (c) KOTRA against customs

def kotra_against_customs(first: int = 2012) -> pd.DataFrame:
    """Return KOTRA and customs side by side by year and flow, their gap, and the oil that KOTRA says it added."""
    sides = [_side_by_side(flow, first) for flow in ("total", "imports", "exports")]
    return pd.concat(sides, ignore_index=True).sort_values(["flow", "year"], ignore_index=True)


def _side_by_side(flow: str, first: int) -> pd.DataFrame:
    kotra, customs = (_flow(origin, flow) for origin in ("kotra", "gacc"))
    oil, made = oil_added(), []
    for year in (y for y in kotra.index if y in customs.index and y >= first):
        k, c = kotra.loc[year], customs.loc[year]
        parts = [k["row"], c["row"], *([oil.loc[year, "row"]] if year in oil.index and flow != "exports" else [])]
        rows = rows_at(SEPARATOR.join(parts))
        made.append({"year": int(year), "flow": flow, "kotra": k["value"], "customs": c["value"],
                     "gap": k["value"] - c["value"], "gap_share": 100 * (k["value"] - c["value"]) / k["value"],
                     "oil_stated": oil["value"].get(year) if flow != "exports" else None,
                     "how": f"{k['how']}; {c['how']}", **joined(rows)})
    return pd.DataFrame(made)


def _flow(origin: str, flow: str) -> pd.DataFrame:
    """Return one flow by year; where customs print no imports (2015), what UNCTAD has from customs."""
    if flow == "total":
        return china_trade(origin)
    rows = load("trade/china_trade").query("flow == @flow and preferred")
    own = rows[rows["origin"] == origin]
    if origin == "gacc" and flow == "imports":
        own = pd.concat([own, rows[(rows["origin"] == "unctad") & ~rows["year"].isin(own["year"])]])
    return points({"year": int(r["year"]), "value": float(r["value"]), "how": "printed", "rows": own.loc[[a]]}
                  for a, r in own.iterrows())


# (d) growth by base year

def growth_by_base_year(origins: tuple[str, ...] = ("kotra", "gacc", "cow"),
                        ends: tuple[int, ...] = (2014, 2016, 2024, 2025)) -> pd.DataFrame:
    """Return how many times as large trade was in an end year, for every base year 1993 to 2013, nominal and real."""
    made = []
    for origin in origins:
        series = china_trade(origin)
        pairs = [(base, end) for base in BASE_YEARS for end in ends if base in series.index and end in series.index]
        made += [_growth(origin, series.loc[base], series.loc[end], kind) for base, end in pairs for kind in PRICES]
    return pd.DataFrame(made)


def _growth(origin: str, base: pd.Series, end: pd.Series, kind: str) -> dict:
    start, rows = base_value(end, base, kind)
    return {"series": NAMES[origin], "base_year": int(base["year"]), "end_year": int(end["year"]), "prices": kind,
            "base_value": start, "end_value": float(end["value"]), "times": float(end["value"]) / start, **joined(rows)}


# (f) two-sided dependence

def two_sided_dependence() -> pd.DataFrame:
    """Return each country's share in the other's trade by year, by the Correlates of War.

    For China's whole trade the data set's alternative columns are used where it has them: from 1999 its main columns
    are twice China's own count, which would halve North Korea's share from one year to the next.
    """
    china, korea = china_trade("cow"), cow_share()
    national = load("trade/cow_national").query("country == 'China'")
    made = []
    for address, r in national.iterrows():
        year, rows = int(r["year"]), pd.concat([rows_at(china.loc[r["year"], "row"]), national.loc[[address]]])
        exports = r["exports"] if pd.isna(r["alternative_exports"]) else r["alternative_exports"]
        imports = r["imports"] if pd.isna(r["alternative_imports"]) else r["alternative_imports"]
        made.append({"year": year, "side": "North Korea in China's trade",
                     "value": 100 * china.loc[year, "value"] / (exports + imports), **joined(rows)})
        made.append({"year": year, "side": "China in North Korea's trade", "value": korea.loc[year, "value"],
                     "row": korea.loc[year, "row"], "source_id": korea.loc[year, "source_id"]})
    return pd.DataFrame(made)


# (g) what is sold

def what_is_sold() -> pd.DataFrame:
    """Return China's imports by heading and year, in million dollars and percent of all, the rest worked out."""
    rows = load("trade/china_imports_by_heading")
    made = []
    for year, group in rows.groupby("year"):
        total = group[group["heading"] == "total"]
        whole = float(total["value"].iloc[0])
        listed = group.drop(total.index)
        made += [_sold(year, r["commodity"], r["value"], whole, pd.concat([listed.loc[[a]], total]))
                 for a, r in listed.iterrows()]
        made.append(_sold(year, "all other goods", whole - listed["value"].sum(), whole, group))
    return pd.DataFrame(made)


def _sold(year: int, commodity: str, value: float, whole: float, rows: pd.DataFrame) -> dict:
    return {"year": int(year), "commodity": commodity, "value": value / 1e6, "share": 100 * value / whole,
            **joined(rows)}


# Beside the storyboard

def around_the_sanctions(item: str = "coal", unit: str = "tonnes") -> pd.DataFrame:
    """Return the printed customs points of 2016 and 2017 for an item, single months alone."""
    points = load("trade/customs_months").query("item == @item and unit == @unit and period_start == period_end")
    points = points[points["period_start"].str.len() == len("2017-01")]
    return points.assign(row=points.index)


def other_partners(year: int) -> pd.DataFrame:
    """Return what was published on partners other than China in a year, in million dollars, largest first."""
    rows = load("trade/partners").query("year == @year and flow == 'total' and partner != 'China'")
    rows = rows[rows["unit"] == "million US dollars"]
    return rows.assign(row=rows.index).sort_values("value", ascending=False)



def remarks(about: str) -> pd.DataFrame:
    """Return what others said of the figures (``share``, ``oil`` or ``misreporting``), by date."""
    rows = load("trade/remarks").query("about == @about")
    return rows.assign(row=rows.index).sort_values("date")
