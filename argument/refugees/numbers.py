"""The numbers that the refugees chapter quotes and that are no reading: each a measure with its rows."""

from __future__ import annotations

from collections.abc import Callable

from argument.refugees.readings import word_if_all_voted
from argument.refugees.series import (STOCK, estimates, latest_own, rates_shown, records_of_returns,
                                      unhcr_count, unhcr_rows, voices_naming_refugees, without_vote)
from report.book import firmness, readings
from report.data.package import load
from report.rule import VANTAGES, Reading, limb
from report.trace import Measure, count, measure, measures, only, percent_change, rows_at, united

WEEKS_QUOTED = {"cass": ("cass", 2002, "left"), "cass-high": ("cass", 2006, "right"),
                "icg-low": ("icg", 2006, "left"), "icg-high": ("icg", 2006, "right"),
                "scmp": ("scmp-diplomats", 2000, "left"), "peters": ("helping-hands", 2005, "left")}


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_estimates(), **_votes_on_stock(), **_unhcr(), **_returns(), **_weeks(), **_arrivals(),
            **_flight(), **_voices(),
            **{f"{id.lower()}-firmness-{v}": firmness(id, v) for id in ("C20", "C24")
               for v in VANTAGES}}


def _estimates() -> dict[str, Measure]:
    rows = estimates().query("own_figure")
    committee = rows[rows["origin"] == "uscri"]
    survey, state = rows.query("origin == 'robinson'"), rows.query("origin == 'us-state'")
    return {"uscri-2000": only(committee[committee["ref_year"] == 2000], "central"),
            "uscri-2002": only(committee[committee["ref_year"] == 2002], "low"),
            "robinson-1998": only(survey[survey["ref_year"] == 1998], "central"),
            "state-high": only(state[state["ref_year"] == 2006], "high")}


def _votes_on_stock() -> dict[str, Measure]:
    passed = without_vote("then")
    reaching = int((passed["persons"] >= limb(STOCK).threshold).sum())
    return {"c20-now": count(latest_own("now"), unit="estimators"), "c20-all-vote": word_if_all_voted(),
            "passed-on": count(passed, unit="figures"),
            "passed-on-50": measure(passed, reaching, unit="figures")}


def _unhcr() -> dict[str, Measure]:
    counted, hosts = unhcr_rows("then"), load("refugees/unhcr_china_as_host")
    of_year = hosts[hosts["year"] == counted["year"].iloc[0]]
    return {"unhcr-elsewhere": unhcr_count("then"), "vietnamese": only(of_year, "refugees_from_vietnam"),
            "unhcr-countries": measure(counted, counted["country_iso3"].nunique(), unit="countries")}


def _returns() -> dict[str, Measure]:
    rows = load("refugees/returns")
    since_2020 = rows.query("origin == 'hrw' and kind == 'cumulative'")
    records = {vantage: records_of_returns(vantage) for vantage in VANTAGES}
    return {**{f"returns-{v}": measure(found, found["origin"].nunique(), unit="origins")
               for v, found in records.items()},
            "hrw-since-2020": only(since_2020, "low"),
            "hrw-since-2024": only(rows.query("origin == 'hrw' and kind == 'period total'"), "low"),
            "nkdb-cases": only(rows[rows["origin"] == "nkdb"], "low"),
            "cass-2002": only(rows.query("origin == 'cass' and end == '2002-12-31'"), "low"),
            "kim-year": only(rows[rows["origin"] == "kim-suk-woo"], "low")}


def _weeks() -> dict[str, Measure]:
    said = rates_shown().set_index(["origin", "year"])
    quoted = {key: said.loc[(origin, year), end] for key, (origin, year, end) in WEEKS_QUOTED.items()}
    return {**{f"week-{key}": rate for key, rate in quoted.items()},
            "kim-week": said.loc[("kim-suk-woo", 2012), "left"]}


def _arrivals() -> dict[str, Measure]:
    totals = measures(load("refugees/arrivals"), "total", by="last_year")
    return {"rise-2008": percent_change(totals[2008], totals[2007]),
            **{f"arrivals-{year}": totals[year] for year in (2019, 2021, 2025)}}


def _flight() -> dict[str, Measure]:
    rows = load("refugees/collapse_scenarios")
    return {"han-china": only(rows.query("origin == 'han' and destination == 'China'"), "high"),
            "cable": only(rows[rows["origin"] == "prc-cable"], "high")}


def _voices() -> dict[str, Measure]:
    said = voices_naming_refugees()
    tied = int(said["ties_to_those_there"].astype(bool).sum())
    return {"c19-then": _counted("C19.fear", "then", lambda r: r.met),
            "c19-against": _counted("C19.fear", "then", lambda r: not r.met),
            "c19-millions": _counted("C19.millions", "then", lambda r: r.met),
            "c19-fewer": _counted("C19.millions", "then", lambda r: not r.met),
            "c19-now": _counted("C19.fear", "now", lambda r: r.met),
            **{f"c19-chinese-{v}": _counted("C19.fear", v, _chinese_and_met) for v in VANTAGES},
            **{f"c24-{half}": _counted(f"C24.{half}", "then", lambda r: r.met)
               for half in ("weaken", "draw")},
            "c23-for-then": _counted("C23.cooperation", "then", lambda r: r.met, unit="votes"),
            "c23-against-then": _counted("C23.cooperation", "then", lambda r: not r.met, unit="votes"),
            "c43-weight": _counted("C43.weight", "then", lambda r: r.met),
            "c43-naming": measure(said, said["origin"].nunique(), unit="voices"),
            "c43-tied": measure(said, tied, unit="statements")}


def _counted(address: str, vantage: str, counts: Callable[[Reading], bool], unit: str = "voices") -> Measure:
    """Return how many votes on a limb count, which may be none, resting on all that were asked."""
    claim_id, name = address.split(".")
    votes = [r for r in readings(claim_id) if r.limb == name and r.vantage == vantage]
    units = {r.votes_as for r in votes if counts(r)}
    return Measure(len(units), unit, None, united(*(r.rows for r in votes)))


def _chinese_and_met(vote: Reading) -> bool:
    return vote.met and bool(rows_at(vote.rows)["chinese_voice"].all())
