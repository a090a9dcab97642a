"""The numbers that the chapter on the alliance quotes and that are no reading: each
a measure with its rows.
"""

from __future__ import annotations

import pandas as pd

from argument.alliance.c09_instruments import instruments, sanctions_voted_for, summits
from argument.alliance.series import (american_troops, chinese_dead, disputes_of_allies, food_aid_share,
                                      freedom_by_era, latest_era, latest_troops, mao_era, pledges,
                                      troops_in_russia)
from argument.verdict.series import arms_share
from report.book import by_voice, readings, verdicts
from report.data.package import load
from report.rule import VANTAGES, last_whole_year
from report.trace import Measure, count, greatest, least, measure, measures, only, rows_at

COUNTED = ("ciic", "pla_daily", "dandong_museum", "china_state", "cow", "us_jcs", "xu_yan")


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_pact(), **_dead(), **_freedom(), **_arms(), **_troops(), **_instruments(), **_food(),
            **_votes(), **_limbs(), **_buffer(),
            "since-sent": troops_in_russia("sent"), "since-killed": troops_in_russia("killed")}


def _bound(rows: pd.DataFrame, column: str, largest: bool = False) -> Measure:
    """Return the first or last year of a column, resting on all its rows."""
    return measure(rows, int(rows[column].max() if largest else rows[column].min()))


def _pact() -> dict[str, Measure]:
    pledged, quarrels = pledges("CHN", "PRK"), disputes_of_allies()
    return {"c04-first": _bound(pledged, "year"), "c04-last": _bound(pledged, "year", largest=True),
            "c04-disputes": count(quarrels, unit="disputes"),
            "c04-disputes-first": _bound(quarrels, "start_year"),
            "c04-disputes-last": _bound(quarrels, "end_year", largest=True)}


def _dead() -> dict[str, Measure]:
    by_counter = measures(chinese_dead(), "value_low", by="origin")
    return {"c07-low": least(by_counter), "c07-high": greatest(by_counter),
            **{f"c07-{origin}": by_counter[origin] for origin in COUNTED}}


def _freedom() -> dict[str, Measure]:
    eras = freedom_by_era()
    means, (mao, late) = eras.set_index(["state", "era"])["mean"], dict.fromkeys(eras["era"])
    states, named = {"China": "china", "North Korea": "north"}, {mao: "mao", late: "late"}
    return {f"c05-{key}-{name}": means[state, era]
            for state, key in states.items() for era, name in named.items()}


def _arms() -> dict[str, Measure]:
    return {"c06-arms-mao": arms_share("China", *mao_era()),
            "c06-arms-last": arms_share("China", *latest_era(last_whole_year()))}


def _troops() -> dict[str, Measure]:
    annual, latest = american_troops().query("series == 'annual'"), latest_troops()
    when = rows_at(latest.rows)["date"].iloc[0]
    return {"c08-troops-1953": only(annual[annual["date"] == "1953"], "troops"), "c08-troops-last": latest,
            "c08-troops-when": Measure(f"{pd.Timestamp(when):%B %Y}", None, None, latest.rows)}


def _instruments() -> dict[str, Measure]:
    then, now = ({one.name: one for one in instruments(v)} for v in VANTAGES)
    return {"c09-votes-then": sanctions_voted_for("then"), "c09-votes-base": then["sanctions-votes"].in_base,
            "c09-votes-a-year": then["sanctions-votes"].at_vantage, "c09-visits-base": then["visits"].in_base,
            "c09-visits-then": then["visits"].at_vantage, "c09-summits-now": summits("now"),
            "c09-summits-a-year": now["summits"].at_vantage, "c09-summits-base": now["summits"].in_base}


def _food() -> dict[str, Measure]:
    rows = load("lifelines/food_aid_interfais").query("donor in ['China', 'Total']").dropna(
        subset=["value_kt"])
    years = [int(year) for year, part in rows.groupby("year") if set(part["donor"]) == {"China", "Total"}]
    shares = {year: food_aid_share(year) for year in years}
    top = greatest(shares.values())
    commitments = load("lifelines/aid_china_commitments").query("year == 2013")
    return {"c10-food-share": top, "c10-aiddata": only(commitments, "oda_like"),
            "c10-food-year": Measure(max(years, key=lambda y: shares[y]), None, None, top.rows)}


def _votes() -> dict[str, str]:
    """Return how many readings of a claim's limb are met, and how many there are, at each vantage."""
    made: dict[tuple[str, str], tuple[str, str]] = {}
    for key, claim_id, limb_name in (("c06-close", "C06", "still-close"), ("c08", "C08", "buffer"),
                                     ("c09", "C09", "instrument"), ("c10-unused", "C10", "unused")):
        for v in VANTAGES:
            votes = [r for r in readings(claim_id) if r.limb == limb_name and r.vantage == v]
            made[key, v] = str(sum(r.met for r in votes)), str(len(votes))
    alike = [r for r in readings("C05") if r.vantage == "now"]
    return {**{f"c06-close-{v}": made["c06-close", v][0] for v in VANTAGES},
            **{f"c06-close-{v}-all": made["c06-close", v][1] for v in VANTAGES},
            **{f"c08-for-{v}": made["c08", v][0] for v in VANTAGES},
            **{f"c08-all-{v}": made["c08", v][1] for v in VANTAGES},
            **{f"c09-met-{v}": made["c09", v][0] for v in VANTAGES},
            **{f"c09-all-{v}": made["c09", v][1] for v in VANTAGES},
            "c10-unused-then": made["c10-unused", "then"][0],
            "c10-occasions-then": made["c10-unused", "then"][1],
            "c05-met": str(sum(r.met for r in alike)), "c05-all": str(len(alike))}


def _limbs() -> dict[str, str]:
    """Return of some limbs how many readings are met, and of how many: "3 of 7"."""
    asked = (("c06-less-then", "C06", "less-ideology", "then"),
             ("c06-less-now", "C06", "less-ideology", "now"),
             ("c07-commitment-then", "C07", "commitment", "then"),
             ("c10-dependence-then", "C10", "dependence", "then"))
    tests = [r.met for r in readings("C10") if r.vantage == "then" and r.id.startswith("c10-test-")]
    return {**{key: _met_in(id, name, v) for key, id, name, v in asked},
            "c10-tests-unused-then": f"{sum(tests)} of {len(tests)}"}


def _met_in(id: str, name: str, vantage: str) -> str:
    met, readings_of = verdicts(id)[vantage].by_limb[name]
    return f"{met} of {readings_of}"


def _buffer() -> dict[str, str]:
    """Return of the voices on the buffer how many are for it, by whose voice, and what the word was when
    the newest of them spoke.
    """
    found, made = verdicts("C08"), {}
    for v in VANTAGES:
        for key, (met, asked) in zip(("chinese", "abroad"), by_voice(found[v]).values(), strict=True):
            made[f"c08-{key}-{v}"] = f"{met} of {asked}"
    return {**made, "c08-older": str(found["now"].older), "c08-newest": str(found["now"].newest)[:4]}
