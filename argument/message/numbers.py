"""The numbers that the chapter on the message quotes and that are no reading: each
a measure with its rows.
"""

from __future__ import annotations

import pandas as pd

from argument.message.series import (all_closeness, average_known, meetings_by_year, tourists_of, visits,
                                     votes, years_before, years_recent)
from report.book import verdicts
from report.data.package import load
from report.rule import VANTAGES, Vantage, seen
from report.trace import Measure, count, greatest, measure, measures, only, total

QUOTED = ("visits", "votes")


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_votes(), **_by_half(), **_closeness(), **_meetings(), "c03-tourists-2009": tourists_of("2009"),
            "c03-tourists-2012": tourists_of("2012"),
            **{f"c03-met-{v}": f"{verdicts('C03')[v].met} of {verdicts('C03')[v].readings}"
               for v in VANTAGES}}


def _yes(rows: pd.DataFrame) -> Measure:
    """Return how many of the votes China cast in favour, resting on all of them."""
    return measure(rows, int((rows["vote_china"] == "yes").sum()), unit="votes")


def _votes() -> dict[str, Measure]:
    sanctions = votes("C02.weapons")
    then, later = seen("C02", sanctions, Vantage.THEN), seen("C02", sanctions, Vantage.NOW)
    within_year = later[later["date"] < "2018"]
    against = load("tests/unsc_votes").query("kind == 'human rights, procedural' and vote_china == 'no'")
    late = load("tests/unsc_votes").query("kind != 'panel mandate' and date >= '2018'")
    return {"c02-then-drafts": count(then, unit="resolutions"), "c02-then-yes": _yes(then),
            "c02-2017-yes": _yes(within_year),
            "c02-drafts": count(load("message/council_drafts"), unit="drafts"),
            "c02-procedural": count(seen("C02", against, Vantage.THEN), unit="votes"),
            "c02-procedural-since": count(seen("C02", against, Vantage.NOW), unit="votes"),
            "c02-since-2018-yes": _yes(late), "c02-since-2018": count(late, unit="votes"),
            **_beside_the_votes()}


def _by_half() -> dict[str, str]:
    """Return of each half of C02 how many acts are met, and of how many, at each vantage."""
    return {f"c02-{half.name}-{v}": f"{half.met} of {half.readings}"
            for v in VANTAGES for half in verdicts("C02")[v].limbs}


def _beside_the_votes() -> dict[str, Measure]:
    elsewhere = load("message/votes_elsewhere").query("kind == 'sanctions'")
    bank = load("message/macau_bank").query("actor == 'authorities of Macau' and date < '2006'")
    return {"c02-elsewhere-then": count(seen("C02", elsewhere, Vantage.THEN), unit="votes"),
            "c02-macau-frozen": only(bank, "dollars_million")}


def _closeness() -> dict[str, Measure]:
    series = {one.name: one.yearly for one in all_closeness()}
    spans = {"recent": years_recent("then"), "before": years_before()}
    return {f"c03-{name}-{span}": average_known(series[name], years)
            for name in QUOTED for span, years in spans.items()}


def _meetings() -> dict[str, Measure]:
    north = visits().query("north")
    by_year = measures(north, "visits", by="year")
    peak = greatest(by_year)
    counted = load("alliance/meeting_counts")
    held = load("alliance/leader_meetings").query(
        "partner == 'China' and dprk_leader == 'Kim Jong Un' and basis == 'held'")
    return {"c03-visits-peak": peak,
            "c03-visits-peak-year": Measure(by_year.map(float).idxmax(), None, None, peak.rows),
            "c03-park": only(counted[counted["pair"] == "Park Geun-hye and Xi Jinping"], "meetings"),
            "c03-meetings": count(held, unit="meetings"),
            "c03-meetings-before": total(meetings_by_year().loc[slice(*years_before())])}
