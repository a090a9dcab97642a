"""The numbers that the chapter on tests quotes and that are no reading: each a measure with its rows."""

from __future__ import annotations

import pandas as pd

from argument.tests.c26_bond import net_agreement, vote_rates, watched
from argument.tests.series import (LISTED_BY_US, LISTED_IN_CHINA, PERIODS, acts_told, agreement_by_period,
                                   answers, before_and_after_tests, chemical_share, drafts_backed,
                                   food_counts, listings_by_year, missiles_after_the_article,
                                   violation_counts)
from report.book import firmness
from report.data.package import load
from report.trace import Measure, count, greatest, least, measure, measures, only, total, united


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_hours(), **_delay(), **_bond(), **_assembly(), **_food(), **_enforcement(), **_hindered(),
            **_since(), **{f"c{n}-firmness": firmness(f"C{n}", "then") for n in (26, 27)}}


def _hours() -> dict[str, Measure]:
    """Return the earliest and the latest hour of a test by the clock of Seoul."""
    tests = load("tests/nuclear_tests")
    hours = (pd.to_datetime(tests["time_utc"], format="%H:%M") + pd.Timedelta(hours=9)).dt.strftime("%H:%M")
    return {"tests-first-hour": measure(tests, hours.min()), "tests-last-hour": measure(tests, hours.max())}


def _delay() -> dict[str, Measure]:
    days, accounts = answers().set_index("test")["days"], load("tests/delay_accounts")
    launch = load("tests/missile_tests").query("date_utc == '2016-02-07'")
    vote = load("tests/unsc_votes").query("item == 'S/RES/2270'")
    waited = int((vote["date"].iloc[0] - pd.Timestamp(launch["date_utc"].iloc[0])).days)
    return {**{f"c28-days-{test}": days[test] for test in (1, 2, 3, 5, 6)},
            "c28-launch-days": measure(pd.concat([launch, vote]), waited, unit="days"),
            "c28-accounts": count(accounts, unit="accounts"),
            "c28-name-china": measure(accounts, int(accounts["names_china"].sum()), unit="accounts")}


def _bond() -> dict[str, Measure]:
    rates, rights = vote_rates("now"), load("tests/unga_human_rights")
    # the tests of 2016 share their sessions
    changes = before_and_after_tests().drop_duplicates("session")["all_change"]
    told = ", ".join(f"{change:+.1f}".replace("-", "−") for change in changes)
    return {**_net(), "c26-rate-after": rates["after"], "c26-rate-otherwise": rates["otherwise"],
            "c26-rights-votes": measure(rights, int((rights["china"] == "no").sum()), unit="resolutions"),
            "c26-changes": Measure(told, None, None, united(*(change.rows for change in changes)))}


def _net() -> dict[str, Measure]:
    """Return the moves on arms and on nuclear weapons less what five other states did, in points."""
    made = {}
    for one in watched():
        if one.name in ("arms-control", "nuclear"):
            net = one.seen_from("now").measured_by(net_agreement(one.name.replace("-", " ")))
            if result := net.pooled():
                made[f"c26-{one.name}-net"] = net.scale.shown(result.effect)
    return made


def _assembly() -> dict[str, Measure]:
    first, *_, last = PERIODS
    made: dict[str, Measure] = {}
    for key, code in (("china", "CHN"), ("cuba", "CUB"), ("russia", "RUS")):
        share = agreement_by_period(code, "nuclear").set_index("period")["share"]
        made |= {f"c26-{key}-first": share[first], f"c26-{key}-last": share[last]}
    return made


def _food() -> dict[str, Measure]:
    aid = food_counts().query("donor == 'China'").set_index(["count", "year"])["thousand_tonnes"]
    wfp, crs = aid["INTERFAIS"], aid["Congressional Research Service"]
    grain = load("lifelines/grain_exports_china").query("product == 'grain' and period == 'year'")
    sold = {year: only(grain[grain["year"] == year], "value_t") / 1000 for year in (2010, 2011)}
    return {**{f"c27-china-{year}": wfp[year] for year in (2007, 2009)},
            **{f"c27-crs-{year}": crs[year] for year in (2005, 2009)},
            **{f"c27-grain-{year}": tonnes.given(unit="thousand tonnes") for year, tonnes in sold.items()}}


def _enforcement() -> dict[str, Measure]:
    counts, listed = violation_counts(), listings_by_year().groupby("who")["entries"]
    return {"c30-states-2017": only(counts.query("start == '2014-03' and end == '2017-09'"), "states"),
            "c30-states-2019": only(counts.query("end == '2019-02'"), "states"),
            "c30-organic-doubted": chemical_share("organic chemicals", doubted=True),
            "c30-us-total": total(listed.get_group(LISTED_BY_US)),
            "c30-un-total": total(listed.get_group(LISTED_IN_CHINA))}


def _hindered() -> dict[str, Measure]:
    return {"c25-acts-then": acts_told("then"), "c25-acts-now": acts_told("now"),
            "c25-supported": drafts_backed("then")}


def _since() -> dict[str, Measure]:
    later = missiles_after_the_article()
    sixth = load("tests/nuclear_yields").query("test == 6")
    coal = load("trade/customs_months").query("item == 'coal' and period_start == '2017-09' "
                                              "and unit == 'tonnes'")
    return {"since-missiles": count(later, unit="missiles"),
            "since-missiles-all": count(load("tests/missile_tests"), unit="missiles"),
            "since-icbm": count(later[later["type"] == "ICBM"], unit="missiles").resting_on(later),
            "since-yield-low": least(measures(sixth, "low_kt")),
            "since-yield-high": greatest(measures(sixth, "high_kt")),
            "since-coal-september": (only(coal, "value") / 1000).given(unit="thousand tonnes")}
