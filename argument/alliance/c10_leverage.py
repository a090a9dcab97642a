"""Readings of C10: how much the North depends on China, and whether China used that against the nuclear programme.

Dependence is China's share of trade and of what the North is supplied with. Use is judged test by test: a measure
counts that was reported within 180 days, cut goods or money, and went beyond what the United Nations asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from argument.by_rows import reading, variant
from report.rule import Reading, Variant
from report.data.package import load, package
from argument.alliance.c09_instruments import RECENT
from argument.lifelines.series import (crude_against_all_sellers, products_2016, products_observed_2024, products_reported,
                                 supply_with)
from argument.by_rows import NAMES, china_trade, rows_at, world_trade
from argument.voices import by_cutoff
from report.trace import rows_at as rows_of

SHARES_SINCE = 2011
WINDOW = 180
SCOPE = {"with": "with trade between the Koreas", "without": "without trade between the Koreas",
         "unstated": "scope not stated"}
FOOD_AID_BEFORE = (2005, 2006, 2009)
COUNTING = {"strict": ("yes",), "disputed": ("yes", "disputed"), "all": ("yes", "disputed", "inferred")}


@dataclass(frozen=True)
class Dependence:
    """China's share of what the North gets, by one measure."""

    name: str
    label: str
    rows: pd.DataFrame
    share: float
    period: str | tuple[str, str]
    origin: str
    note: str = ""
    definition: str = "default"
    variants: list[Variant] = field(default_factory=list)


def c10() -> list[Reading]:
    """Return the readings of dependence at both vantages, and one for each nuclear test."""
    return [_dependence(d, v) for v in ("then", "now") for d in dependences(v)] + unused()


def dependences(vantage: str) -> list[Dependence]:
    """Return China's share in trade and in what it supplies, by every measure the tables allow at a vantage."""
    if vantage == "now":
        return trade_shares(vantage) + oil_reported()
    return trade_shares(vantage) + [partners_by_cow()] + oil_recorded() + [food_aid(), humanitarian_aid(), arms()]


def _dependence(one: Dependence, vantage: str) -> Reading:
    return reading("C10.dependence", vantage, name=one.name, label=one.label, rows=one.rows, value=one.share,
                   period=one.period, origin=one.origin, definition=one.definition, note=one.note,
                   variants=one.variants)


# Trade

def trade_shares(vantage: str) -> list[Dependence]:
    """Return the latest share of all trade that each compiler prints, with and without trade between the Koreas."""
    first, last = (SHARES_SINCE, RECENT["then"][1]) if vantage == "then" else RECENT["now"]
    rows = load("trade/china_share").query("flow == 'total' and preferred and @first <= year <= @last")
    rows = rows[rows["crude"].fillna("") != "dropped"].sort_values("year", kind="stable")
    return [_trade_share(group.tail(1)) for _, group in rows.groupby(["origin", "inter_korean"])]


def _trade_share(rows: pd.DataFrame) -> Dependence:
    one = rows.iloc[0]
    origin, scope, year = one["origin"], one["inter_korean"], str(one["year"])
    return Dependence(f"trade-{origin.replace('+', '-and-')}-{scope}",
                      f"Trade by {NAMES.get(origin, origin.upper())}, {SCOPE[scope]}, {year}", rows,
                      float(one["share"]), year, origin, "" if pd.isna(one["note"]) else one["note"], f"trade-{scope}")


def partners_by_cow() -> Dependence:
    china, world = china_trade("cow"), world_trade("cow")
    year = int(china.index.max())
    return Dependence("trade-cow", f"Trade by {NAMES['cow']}, {SCOPE['without']}, {year}",
                      rows_at(";".join([china.loc[year, "row"], world.loc[year, "row"]])),
                      100 * float(china.loc[year, "value"] / world.loc[year, "value"]), str(year), "cow",
                      "Trade of all partners added up, as they report it.", "trade-without")


# Oil

def oil_recorded() -> list[Dependence]:
    """Return China's share of the oil on record before the cutoff: crude of 2010, products of 2016."""
    crude, products = crude_against_all_sellers(2010), products_2016()
    return [Dependence("crude", "Crude oil on record, 2010", rows_of(crude.rows), float(crude), crude.period,
                       "kostat",
                       "South Korea's total is China's own figure: Seoul knew of no other seller.", "crude"),
            Dependence("products", "Oil products on record, 2016", rows_of(products.rows), float(products),
                       products.period, "knoc",
                       "Two rounded figures of two compilers: read it as over 90. Smuggling is in neither.",
                       "products")]


def oil_reported() -> list[Dependence]:
    """Return China's share of refined oil as both sellers reported it, and against Russian tankers seen."""
    reported, observed, whole = products_reported("2023"), products_observed_2024(), supply_with("2023", "kotra")
    with_crude = variant("C10.dependence", label="With crude as KOTRA assumes it", rows=rows_of(whole.rows),
                         value=float(whole))
    return [Dependence("oil-reported", "Oil products reported to the United Nations, 2023", rows_of(reported.rows),
                       float(reported), reported.period, "un-1718", "What the two governments chose to report.",
                       "products", [with_crude]),
            Dependence("oil-observed", "China's reports against Russian tankers seen, 2024", rows_of(observed.rows),
                       float(observed), observed.period, "open-source-centre",
                       "A floor for Russia, so a ceiling for China.", "products-observed")]


# Aid and arms

def food_aid() -> Dependence:
    rows = load("lifelines/food_aid_interfais")
    last = int(rows["year"].max())
    used, share = _food_aid(rows, last)
    before = [variant("C10.dependence", label=f"{y}: {part:.0f} percent", rows=r, value=part)
              for y in FOOD_AID_BEFORE for r, part in [_food_aid(rows, y)]]
    return Dependence("food-aid", f"Food aid, INTERFAIS, {last}", used, share, str(last), "wfp-interfais",
                      "China's cells of 2008, 2010 and 2011 are blank, and true zeros: the other donors make up the printed "
                      "totals. Aid that China did not report is not there.",
                      "food-aid", before)


def _food_aid(rows: pd.DataFrame, year: int) -> tuple[pd.DataFrame, float]:
    used = rows.query("year == @year and donor in ('China', 'Total')")
    amounts = used.set_index("donor")["value_kt"]
    return used, 100 * float(amounts["China"] / amounts["Total"])


def humanitarian_aid() -> Dependence:
    china = load("lifelines/humanitarian_aid_donors").query("donor == 'China, Government of'").sort_values("year").tail(1)
    year = int(china["year"].iloc[0])
    total = load("lifelines/humanitarian_aid_totals").query("year == @year and source_id == 'fts_ahmet_totals'")
    share = china["value_usd"].iloc[0] / 1e4 / total["value_musd"].iloc[0]  # dollars over millions, in percent
    return Dependence("humanitarian-aid", f"Humanitarian funding reported to the United Nations, {year}",
                      pd.concat([china, total]), float(share), str(year), "ocha-fts",
                      "The last year with a Chinese entry. Most of China's aid is not reported there.",
                      "humanitarian-aid", [_with_commitments(year, total)])


def _with_commitments(year: int, total: pd.DataFrame) -> Variant:
    rows = load("lifelines/aid_china_commitments").query("year == @year")
    china, others = rows["oda_like"].iloc[0], total["value_musd"].iloc[0]
    return variant("C10.dependence", label=f"AidData's estimate of Chinese commitments against that funding, {year}",
                   rows=pd.concat([rows, total]), value=100 * float(china / (china + others)))


def arms() -> Dependence:
    last = RECENT["then"][1]
    rows = load("alliance/arms_transfers").query("recipient == 'North Korea' and @last - 10 < year <= @last")
    share = 100 * float(rows.loc[rows["supplier"] == "China", "tiv"].sum() / rows["tiv"].sum())
    return Dependence("arms", f"Major arms, ten years to {last}", rows, share, str(last), "sipri",
                      "All on record came from Russia, the last in 2010; China's last was in 1995.", "arms")


# Used or not

def tests() -> pd.DataFrame:
    """Return the nuclear tests."""
    return load("tests/nuclear_tests")


def tested_on(test: int) -> pd.Timestamp:
    return tests().loc[tests()["test"] == test, "date"].iloc[0]


def window_end(test: int) -> pd.Timestamp:
    """Return the last day of the 180 after a test."""
    return tested_on(test) + pd.Timedelta(days=WINDOW)


def days_after(rows: pd.DataFrame) -> pd.Series:
    """Return how many days after its test each measure came; a month counts from its first day."""
    day = pd.to_datetime(rows["date"].where(rows["date"].str.len() == 10, rows["date"] + "-01"))
    return (day - rows["test"].map(tests().set_index("test")["date"])).dt.days


def measures(test: int, vantage: str) -> pd.DataFrame:
    """Return the measures within 180 days after a test, for *then* those up to the cutoff."""
    rows = load("alliance/pressure_after_tests").query("test == @test")
    rows = rows[days_after(rows) <= WINDOW]
    return rows[by_cutoff(rows["date"])] if vantage == "then" else rows


def unused() -> list[Reading]:
    """Return a reading for each test: *then* if it fell before the cutoff, *now* if its 180 days ended after it."""
    cutoff = pd.Timestamp(package().cutoff)
    then = [_unused(int(t), "then") for t in tests().query("date <= @cutoff")["test"]]
    return then + [_unused(int(t), "now") for t in tests()["test"] if window_end(int(t)) > cutoff]


def _unused(test: int, vantage: str) -> Reading:
    rows, start = measures(test, vantage), tested_on(test)
    own = rows.query("beyond_un == 'yes' and cut != 'neither'")
    end = min(window_end(test), pd.Timestamp(package().cutoff)) if vantage == "then" else window_end(test)
    found = "; ".join(f"{m} ({a})" for m, a in zip(own["measure"], own["actor"])) or "no such measure on record"
    return reading("C10.unused", vantage, name=f"test-{test}", label=f"Test {test}, {start:%B %Y}: {found}",
                   rows=pd.concat([tests().query("test == @test"), rows]), met=own.empty,
                   period=(f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"), definition=f"test-{test}",
                   origin=own["origin"].iloc[0] if len(own) else "reports_searched",
                   variants=_if_counted(rows), note=_window_note(own, (end - start).days))


def _if_counted(rows: pd.DataFrame) -> list[Variant]:
    """Return what would follow if disputed or merely inferred measures counted."""
    return [variant("C10.unused", label=f"If {m['measure']} counted ({m['beyond_un']})", rows=rows.loc[[a]], met=False)
            for a, m in rows.iterrows() if m["beyond_un"] in ("disputed", "inferred")]


def _window_note(own: pd.DataFrame, days: int) -> str:
    said = " ".join(own["note"].dropna()) if len(own) else "Quiet measures leave no trace in reports."
    return said if days == WINDOW else f"{said} Only the {days} days to the cutoff are counted."


def unused_options() -> dict[tuple[str, str], Variant]:
    """Return for each test, and each rule of what counts as beyond the resolutions, whether leverage lay unused."""
    return {(str(t), rule): _by_rule(int(t), rule) for t in tests()["test"] for rule in COUNTING}


def _by_rule(test: int, rule: str) -> Variant:
    rows = measures(test, "now")
    own = rows[rows["beyond_un"].isin(COUNTING[rule]) & (rows["cut"] != "neither")]
    return variant("C10.unused", label=f"Test {test}", rows=rows if own.empty else own, value=float(len(own)),
                   met=own.empty)
