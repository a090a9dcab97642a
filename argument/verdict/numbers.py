"""The numbers that the verdict chapter quotes and that are no reading: each a measure
with the rows it rests on.
"""

from __future__ import annotations

import pandas as pd

from argument.verdict.c39_yardsticks import LISTS, ranked
from argument.verdict.series import (CODE_CHINA, CODE_NORTH, COMMUNIST, PAIRS, arms_by_period,
                                     communist_partners,
                                     disputes, launches, pact_shares, preferences, printings, reasons,
                                     states_of, voices,
                                     warsaw_pacts)
from report.book import firmness, readings
from report.data.package import load
from report.dates import last_day
from report.rule import VANTAGES, Vantage, limb
from report.rule.verdict import PRESENT_YEARS
from report.trace import Measure, count, least, measure, only

MOTIVES = ("ideology", "stability_collapse", "refugees", "buffer")


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_pacts(), **_arms(), **_disputes(), **_forecast(), **_quotation(), **_voices(), **_since(),
            "c38-firmness": firmness("C38", "then"), **_until(),
            **{f"c42-firmness-{v}": firmness("C42", v) for v in VANTAGES}}


def _pacts() -> dict[str, Measure]:
    shares = pact_shares().set_index(["year", "pairs"])["share"]
    ours, outside, others = PAIRS.values()
    counts = load("alliance/pact_counts").query("pair == 'communist'")
    left = counts[counts["year"] >= 1991]
    return {**{f"c38-pacts-{year}-{key}": shares[year, pairs] for year in (1955, 1989)
               for key, pairs in (("both", ours), ("other", others))},
            "c38-pacts-1955-outside": shares[1955, outside], "c38-warsaw-1955": warsaw_pacts(1955),
            "c38-pacts-1955-n": only(counts[counts["year"] == 1955], "with_defence_pact"),
            "c38-states-left": measure(left, states_of(left["pairs"].max()), unit="states"),
            "c38-pacts-left": least(shares[year, ours] for year in left["year"])}


def _until() -> dict[str, Measure]:
    """Return the year in which the newest reading of the present ends, and from when it is too old."""
    present = [r for r in readings("C38") if r.vantage == Vantage.NOW]
    newest = max(present, key=lambda r: last_day(r.period[1]))
    ends = last_day(newest.period[1])
    after = ends + pd.DateOffset(years=PRESENT_YEARS, days=1)
    return {"c38-ends": Measure(ends.year, "year", newest.period, newest.rows),
            "c38-untested-from": Measure(f"{after:%B %Y}", None, newest.period, newest.rows)}


def _arms() -> dict[str, Measure]:
    shares = arms_by_period().set_index(["year", "to"])["share"]
    return {"c38-arms-1955": shares[1955, COMMUNIST], "c38-arms-2000": shares[2000, COMMUNIST],
            "c38-even-1980s": communist_partners(1980, 1989)}


def _disputes() -> dict[str, Measure]:
    return {"c38-disputes": disputes("gml"), "c38-disputes-china": disputes("gml", CODE_CHINA),
            "c38-disputes-north": disputes("gml", CODE_CHINA, CODE_NORTH)}


def _forecast() -> dict[str, Measure]:
    part = limb("C39.tension")
    before = part.whole("before_first"), part.whole("before_last")
    missiles, names = load("tests/missile_tests"), load("tests/ofac_listings")
    listed = names.query("`class` == 'Chinese or Hong Kong' and designated.notna()")
    counted = {"missiles": (missiles, missiles["date_utc"]),
               "long-range": (missiles, missiles["date_utc"].where(missiles["type"] == "ICBM")),
               "listings": (listed, listed["designated"].astype(str))}
    return {**{f"c39-{name}-before": _within(rows, dates, before) for name, (rows, dates) in counted.items()},
            "c39-later": launches(2021, 2024),
            **{f"c39-{name}-read": count(ranked(yardstick, Vantage.NOW), unit="years")
               for name, (yardstick, _) in LISTS.items()}}


def _within(rows: pd.DataFrame, dates: pd.Series, years: tuple[int, int]) -> Measure:
    """Return how many of the dates fall in the years, which may be none, resting on all
    rows that were searched.
    """
    year = dates.str[:4].astype("Int64")
    return measure(rows, int(year.between(*years).fillna(False).sum()), period=(str(years[0]), str(years[1])))


def _quotation() -> dict[str, Measure]:
    rows = printings()
    kinds = {"globe": rows["printing"].str.startswith("Boston Globe"),
             "alliance": rows["printing"].str.startswith("Missile Defense"),
             "retellings": rows["kind"] == "retelling",
             "reprints": rows["kind"] == "reprint"}
    quoted = int(rows["preference_quoted"].sum())
    return {"c40-printings": count(rows, unit="printings"),
            "c40-quoted": measure(rows, str(quoted) if quoted else "none"),
            **{f"c40-{key}": count(rows[mask], unit="printings") for key, mask in kinds.items()}}


def _voices() -> dict[str, Measure]:
    said, why, hints = preferences(), voices("C42", deciding=True), voices("C42").query("bearing == 'open'")
    silent = said[(said["side"] == "Chinese voice") & (said["bearing"] == "open")]
    away = said[said["side"] == "voice abroad"]
    return {"c41-open": measure(silent, silent["speaker"].nunique(), unit="voices"),
            "c41-abroad": measure(away, away["speaker"].nunique(), unit="voices"),
            **{f"c42-{side}": count(why[why["bearing"] == side], unit="voices")
               for side in ("for", "against")},
            "c42-open": count(hints, unit="statements"),
            **{f"c42-{motive}": reasons(motive) for motive in MOTIVES}}


def _since() -> dict[str, Measure]:
    held = load("alliance/leader_meetings").query("dprk_leader == 'Kim Jong Un' and basis == 'held'")
    held = held[held["date_start"].between("2018", "2019-12-31")]
    return {f"since-{key}": count(held[held["partner"] == partner], unit="meetings")
            for partner, key in (("United States", "us"), ("China", "china"))}
