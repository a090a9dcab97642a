"""The numbers that the chapter on food, arms and oil quotes and that are no reading, with their rows."""

from __future__ import annotations

import report
from argument.lifelines.series import (AID, GRAIN, OUTPUT, aid_by_donor, aid_by_other_count, cereals,
                                       kedo_1999, last_from_china,
                                       of_output, products_2016, sold_to_china, supply_with)
from report.data.package import load
from report.rule import claim
from report.trace import Measure, greatest, measure, only, united


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_arms(), **_food(), **_goods(), "c11-partner": _first_in_trade(),
            "c16-products": _over_or_under(), "c16-1999": kedo_1999(),
            "power-2024": sold_to_china(2024, ("electricity",))}


def _arms() -> dict[str, Measure]:
    last, to_north = last_from_china(), load("alliance/arms_transfers").query("recipient == 'North Korea'")
    later = to_north[to_north["year"] > int(last)]
    sellers = sorted(later["supplier"].unique(), reverse=True)
    return {"c11-last-arms": last, "c11-later-arms": measure(later, " and ".join(sellers))}


def _food() -> dict[str, Measure]:
    given = aid_by_donor(2002, 2011)
    aid, grain = (of_output(name).set_index("year")["share"] for name in (AID, GRAIN))
    every = cereals()
    harvest = every[every["series"] == OUTPUT].set_index("year")["thousand_tonnes"]
    return {"c11-food-china": given["China"], "c11-food-south": given["South Korea"],
            "c11-aid-top": greatest(aid), "c11-aid-2005": aid_by_other_count(harvest),
            "c11-grain-top": greatest(grain), "c11-grain-2016": grain[2016]}


def _goods() -> dict[str, Measure]:
    quotes = load("lifelines/oil_share_quotes")
    said = quotes.query("of_what == 'consumer goods'")
    shares = sorted({int(share) for share in said["share_low_pct"].dropna()})
    food = quotes.query("of_what == 'food' and source_id == 'hotair_2009'")
    return {"c15-numbers": measure(said, " or ".join(map(str, shares))),
            "c15-food": only(food, "share_low_pct")}


def _first_in_trade() -> Measure:
    """Return in how many series of trade China was first then, in words."""
    votes = [r for r in report.readings("C11") if r.limb == "partner" and r.vantage == "then"]
    rows = united(*(r.rows for r in votes))
    return Measure(f"{sum(r.met for r in votes)} of {len(votes)}", None, None, rows)


def _over_or_under() -> Measure:
    """Return on which side of the article's figure the share of the products of 2016 lies, alone and with the
    crude that KOTRA assumes.
    """
    shares, said = (products_2016(), supply_with("2016", "kotra")), claim("C16").claimed_value
    side = "over" if min(shares) > float(str(said)) else "under"
    return Measure(f"{side} {said}", None, None, united(*(share.rows for share in shares)))
