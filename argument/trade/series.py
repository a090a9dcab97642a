"""Series of trade out of the printed rows: a measure a year, with the rows it rests on, and how it came
about.

Compilers print now a total, now two flows, now only a growth rate. Where the total is missing the flows are
added, and where these are missing too the printed growth is undone. No two compilers are ever spliced into
one series.

A series is a frame by year with the columns ``value`` (measures) and ``how`` (printed, sum of flows, worked
out ...).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from report.data.origins import short_name
from report.data.package import load, remembered
from report.trace import Measure, measure, measures, only, over, percent_of, rows_at, total

WITHOUT, WITH, UNSTATED = "without inter-Korean trade", "with inter-Korean trade", "denominator not stated"
DENOMINATORS = {"without": WITHOUT, "with": WITH, "unstated": UNSTATED}
REAL_YEAR = 2024  # the last year with twelve months of prices
BASE_YEARS = range(1993, 2014)  # KOTRA's series starts in 1993; the claim's figure is of 2014
ONE_RETURN = "China's trade"  # what votes on its course: its compilers rest on what Chinese customs return
PRICES = {"nominal": "current dollars", "real": "constant dollars"}


def series(points: Iterable[tuple[int, Measure, str]]) -> pd.DataFrame:
    """Return points of (year, measure, how it came about) as a series."""
    made = pd.DataFrame(points, columns=["year", "value", "how"]).sort_values("year")
    return made.set_index("year").rename_axis("year")


# The series of each compiler --------------------------------------------------------------------------------

def _of_year(rows: pd.DataFrame) -> tuple[Measure, str] | None:
    """Return the total of a year: printed, else the sum of exports and imports, else nothing."""
    printed = rows[rows["flow"] == "total"]
    if len(printed):
        return only(printed.iloc[[0]], "value"), "printed"
    flows = rows[rows["flow"].isin(["exports", "imports"])]
    if set(flows["flow"]) == {"exports", "imports"}:
        return round(total(measures(flows, "value")), 3), "sum of flows"
    return None


def _before_growth(year: int, table: pd.DataFrame, growth: pd.DataFrame) -> tuple[Measure, str] | None:
    """Return the total of a year from the growth that the next year's source printed with its own total."""
    after = growth[growth["year"] == year + 1]
    if after.empty:
        return None
    source = after["source_id"].iloc[0]
    later = table[(table["year"] == year + 1) & (table["flow"] == "total") & (table["source_id"] == source)]
    if later.empty:
        return None
    undone = only(later, "value") / (1 + only(after.iloc[[0]], "change").given(unit=None) / 100)
    return round(undone, 2).given(unit=only(later, "value").unit, period=str(year)), "from printed growth"


def _compiled(table: pd.DataFrame, of: str, origin: str) -> pd.DataFrame:
    table = table[table["origin"] == origin]
    growth = load("trade/printed_growth").query("measure == @of and origin == @origin and preferred")
    chosen, made = table[table["preferred"]], []
    for year in range(int(table["year"].min()) - 1, int(table["year"].max()) + 1):
        found = _of_year(chosen[chosen["year"] == year]) or _before_growth(year, table, growth)
        if found:
            made.append((year, *found))
    return series(made)


@remembered
def china_trade(origin: str) -> pd.DataFrame:
    """Return trade between China and North Korea by year, in current million dollars, as one compiler has it.

    ``origin`` is an origin of trade/china_trade, or ``cow``, whose flows are added.
    """
    if origin == "cow":
        flows = load("trade/cow_partners").query("partner == 'China'").dropna(subset=["exports", "imports"])
        both = measures(flows, "exports", by="year") + measures(flows, "imports", by="year")
        return series((year, value, "sum of flows") for year, value in both.items())
    return _compiled(load("trade/china_trade"), "china-total", origin)


@remembered
def world_trade(origin: str) -> pd.DataFrame:
    """Return North Korea's trade with all partners, South Korea left out, by year and compiler."""
    if origin == "cow":
        dyads = load("trade/cow_partners").fillna({"exports": 0, "imports": 0})
        summed = over(dyads, "year", "exports") + over(dyads, "year", "imports")
        return series((year, value, "sum of dyads") for year, value in summed.items())
    return _compiled(load("trade/dprk_total").query("inter_korean == 'without'"), "world-total", origin)


@remembered
def between_koreas() -> pd.Series:
    """Return trade between the two Koreas by year, from the compiler at hand."""
    return measures(load("trade/interkorean").query("flow == 'total' and preferred"), "value", by="year")


@remembered
def oil_added() -> pd.Series:
    """Return what KOTRA says it added for crude oil, by year, in current million dollars."""
    return measures(load("trade/crude_estimate").query("measure == 'value' and preferred"), "value",
                    by="year")


def in_dollars_of(value: Measure, year: int, other: int) -> Measure:
    """Return ``value``, in dollars of ``year``, in dollars of ``other``; untouched
    where the two are one year.
    """
    if year == other:
        return value
    before, after = (only(rows_at([f"trade/us_cpi#{y}"]), "cpi") for y in (year, other))
    return (value * (after / before)).given(unit=value.unit, period=value.period)


# Shares -----------------------------------------------------------------------------------------------------

def share(china: Measure, world: Measure, south: Measure | None = None,
          oil: Measure | None = None) -> Measure:
    """Return China's share in percent.

    ``south`` is trade with South Korea, to be counted in the whole; ``oil`` an estimate of crude oil, to be
    taken off both sides.
    """
    part, whole = china, world
    if oil is not None:
        part, whole = part - oil, whole - oil
    return percent_of(part, whole if south is None else whole + south)


def kotra_share_worked_out(year: int, south: bool, oil: bool) -> Measure:
    """Return KOTRA's share of a year from its totals, with or without South Korea and
    its estimate of crude oil.
    """
    return share(china_trade("kotra").loc[year, "value"], world_trade("kotra").loc[year, "value"],
                 south=between_koreas()[year] if south else None, oil=None if oil else oil_added()[year])


@remembered
def kotra_share(south: bool = False, oil: bool = True) -> pd.DataFrame:
    """Return KOTRA's share by year: as printed where it printed one, else worked out from its totals.

    Parameters
    ----------
    south : count trade with South Korea in the whole
    oil : leave KOTRA's estimate of crude oil in (from 2014 on); False gives the years with a stated estimate
    alone
    """
    printed = _printed_shares("kotra+mou" if south else "kotra", crude="estimated" if oil else "dropped")
    needed = [china_trade("kotra"), world_trade("kotra"), *([between_koreas()] if south else []),
              *([] if oil else [oil_added()])]
    years = [y for y in needed[0].index if all(y in one.index for one in needed)]
    return series((y, printed[y], "printed") if y in printed else
                  (y, kotra_share_worked_out(y, south, oil), "worked out")
                  for y in sorted({*years, *printed}))


def _printed_shares(origin: str, crude: str) -> dict[int, Measure]:
    rows = load("trade/china_share").query("flow == 'total' and origin == @origin and preferred")
    return measures(rows[rows["crude"].replace("not at issue", "estimated") == crude], "share",
                    by="year").to_dict()


@remembered
def cow_share() -> pd.DataFrame:
    """Return China's share of all dyads of the Correlates of War; too low where
    others booked the wrong Korea.
    """
    china, world = china_trade("cow")["value"], world_trade("cow")["value"]
    return series((year, percent_of(china[year], world[year]), "worked out") for year in china.index)


def national_total_by_cow(year: int) -> Measure:
    """Return North Korea's exports and imports of a year by the Correlates of War's national totals."""
    row = load("trade/cow_national").query("year == @year and country == 'North Korea'")
    return only(row, "exports") + only(row, "imports")


def share_in_factbook(year: int) -> Measure:
    """Return China's share by the CIA World Factbook: its shares of exports and imports, weighted by its
    totals.

    Shares are of the last edition that has the year; totals of the same edition, or the next that has them.
    """
    shares = load("trade/cia_shares").query("data_year == @year and partner == 'China'")
    shares = shares[shares["edition"] == shares["edition"].max()]
    totals = load("trade/cia_totals").query("data_year == @year").sort_values("edition")
    totals = totals[totals["edition"] >= shares["edition"].max()].drop_duplicates("flow")
    part, weight = measures(shares, "share", by="flow"), measures(totals, "value", by="flow")
    weighted = total(part[flow].given(unit="percent") * weight[flow] for flow in part.index)
    return (weighted / total(weight)).given(unit="percent", period=str(year))


def shares_2010_2016(first: int = 2010, last: int = 2016) -> pd.DataFrame:
    """Return China's share by year under every denominator and compiler that the tables hold."""
    made = []
    for south, denominator in ((False, WITHOUT), (True, WITH)):
        made += _listed(kotra_share(south), "KOTRA", denominator)
        made += _listed(kotra_share(south, oil=False), "KOTRA, no oil estimate", denominator)
    made += _listed(cow_share(), short_name("cow"), WITHOUT) + _factbook_shares() + _others()
    frame = pd.DataFrame(made).query("@first <= year <= @last")
    return frame.sort_values(["year", "value"], ascending=[True, False], ignore_index=True)


def _listed(points: pd.DataFrame, compiler: str, denominator: str) -> list[dict]:
    return [{"year": year, "series": compiler, "denominator": denominator, "value": p["value"],
             "how": p["how"]}
            for year, p in points.iterrows()]


def _others() -> list[dict]:
    """Return the shares of total trade that other compilers printed, and those whose
    denominator nobody named.
    """
    rows = load("trade/china_share").query("flow == 'total' and preferred and origin not in ['kotra', "
                                           "'kotra+mou']")
    return [{"year": int(r["year"]), "series": short_name(r["origin"]),
             "denominator": DENOMINATORS[r["inter_korean"]],
             "value": only(rows.loc[[a]], "share"), "how": "printed"} for a, r in rows.iterrows()]


def _factbook_shares() -> list[dict]:
    """Return China's share by the CIA World Factbook for the years with shares and totals of both flows.

    It counts South Korea in the years in which it lists South Korea among the partners; for others it does
    not say.
    """
    shares, totals = load("trade/cia_shares"), load("trade/cia_totals")
    made = []
    for year, listed in shares.groupby("data_year"):
        flows = set(listed.query("partner == 'China'")["flow"]) & set(
            totals.query("data_year == @year")["flow"])
        if flows == {"exports", "imports"}:
            counted = WITH if "South Korea" in set(listed["partner"]) else UNSTATED
            made.append({"year": int(year), "series": short_name("cia"), "denominator": counted,
                         "value": share_in_factbook(int(year)), "how": "worked out"})
    return made


# Value and share, KOTRA and customs -------------------------------------------------------------------------

def value_and_share(first: int = 1993) -> pd.DataFrame:
    """Return value (KOTRA, customs), value in dollars of 2024, and KOTRA's share,
    by year from ``first`` on.
    """
    made = []
    for origin in ("kotra", "gacc"):
        for year, p in china_trade(origin).loc[first:].iterrows():
            real = in_dollars_of(p["value"], year, REAL_YEAR)
            made.append((year, short_name(origin), "value", p["value"], p["how"]))
            how = f"{p['how']}, in dollars of {REAL_YEAR}"
            made.append((year, short_name(origin), "real value", real, how))
    made += [(year, short_name("kotra"), "share", p["value"], p["how"])
             for year, p in kotra_share().loc[first:].iterrows()]
    columns = ["year", "series", "measure", "value", "how"]
    return pd.DataFrame(made, columns=columns).sort_values(["measure", "series", "year"], ignore_index=True)


def kotra_against_customs(first: int = 2012) -> pd.DataFrame:
    """Return KOTRA and customs side by side by year and flow, their gap, and the oil
    that KOTRA says it added.
    """
    sides = [_side_by_side(flow, first) for flow in ("total", "imports", "exports")]
    return pd.concat(sides, ignore_index=True).sort_values(["flow", "year"], ignore_index=True)


def _side_by_side(flow: str, first: int) -> pd.DataFrame:
    kotra, customs = (_flow(origin, flow) for origin in ("kotra", "gacc"))
    oil = oil_added() if flow != "exports" else {}
    made = []
    for year in (y for y in kotra.index if y in customs.index and y >= first):
        k, c = kotra.loc[year], customs.loc[year]
        gap = k["value"] - c["value"]
        made.append({"year": year, "flow": flow, "kotra": k["value"], "customs": c["value"], "gap": gap,
                     "gap_share": percent_of(gap, k["value"]), "oil_stated": oil.get(year),
                     "how": f"{k['how']}; {c['how']}"})
    return pd.DataFrame(made)


def _flow(origin: str, flow: str) -> pd.DataFrame:
    """Return one flow by year; where customs print no imports (2015), what UNCTAD has from customs."""
    if flow == "total":
        return china_trade(origin)
    rows = load("trade/china_trade").query("flow == @flow and preferred")
    own = rows[rows["origin"] == origin]
    if origin == "gacc" and flow == "imports":
        own = pd.concat([own, rows[(rows["origin"] == "unctad") & ~rows["year"].isin(own["year"])]])
    return series((year, value, "printed") for year, value in measures(own, "value", by="year").items())


# Growth by base year ----------------------------------------------------------------------------------------

def base_value(points: pd.DataFrame, base: int, end: int, kind: str) -> Measure:
    """Return the value of the base year, in its own dollars (nominal) or in those of the end year (real)."""
    value = points.loc[base, "value"]
    return value if kind == "nominal" else in_dollars_of(value, base, end)


@remembered
def growth_by_base_year(origins: tuple[str, ...] = ("kotra", "gacc", "cow"),
                        ends: tuple[int, ...] = (2014, 2016, 2024, 2025)) -> pd.DataFrame:
    """Return how many times as large trade was in an end year, for every base year 1993
    to 2013, nominal and real.
    """
    made = []
    for origin in origins:
        points = china_trade(origin)
        for base, end in ((b, e) for b in BASE_YEARS for e in ends
                          if b in points.index and e in points.index):
            for kind in PRICES:
                start, last = base_value(points, base, end, kind), points.loc[end, "value"]
                made.append({"series": short_name(origin), "base_year": base, "end_year": end, "prices": kind,
                             "base_value": start, "end_value": last,
                             "times": (last / start).given(unit="times")})
    return pd.DataFrame(made)


# Two-sided dependence, and what is sold ---------------------------------------------------------------------

def two_sided_dependence() -> pd.DataFrame:
    """Return each country's share in the other's trade by year, by the Correlates of War.

    For China's whole trade the data set's alternative columns are used where it has them: from 1999 its main
    columns are twice China's own count, which would halve North Korea's share from one year to the next.
    """
    trade, korea = china_trade("cow")["value"], cow_share()["value"]
    national = load("trade/cow_national").query("country == 'China'")
    made = []
    for address, r in national.iterrows():
        row = national.loc[[address]]
        flows = [f"alternative_{f}" if pd.notna(r[f"alternative_{f}"]) else f for f in ("exports", "imports")]
        whole = total(measure(row, flow, unit=trade[r["year"]].unit) for flow in flows)
        made.append((r["year"], "North Korea in China's trade", percent_of(trade[r["year"]], whole)))
        made.append((r["year"], "China in North Korea's trade", korea[r["year"]]))
    return pd.DataFrame(made, columns=["year", "side", "value"])


def what_is_sold() -> pd.DataFrame:
    """Return China's imports by heading and year, in million dollars and percent of
    all, the rest worked out.
    """
    made = []
    for year, group in load("trade/china_imports_by_heading").groupby("year"):
        values = measures(group, "value", by="commodity")
        whole = only(group[group["heading"] == "total"], "value")
        listed = values.drop(group.loc[group["heading"] == "total", "commodity"].iloc[0])
        parts = {**listed, "all other goods": whole - total(listed)}
        made += [(year, goods, (value / 1e6).given(unit="million US dollars"), percent_of(value, whole))
                 for goods, value in parts.items()]
    return pd.DataFrame(made, columns=["year", "commodity", "value", "share"])
