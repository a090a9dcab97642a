"""The numbers that the chapter on firms and prices quotes and that are no reading, with their rows."""

from __future__ import annotations

from argument.lifelines.series import AID
from argument.survival.series import (JUDGED, base_year, changes, dependencies, placebo, quiet_range,
                                      rival_rice, yearly_medians)
from argument.trade.series import china_trade
from report.book import verdicts
from report.data.package import load
from report.rule import claim
from report.trace import Measure, greatest, least, only, percent_change, united


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_firms(), **_dependence(), **_quiet(), **_rice(), "c18-trade-fall": _fall_of_trade(),
            "c17-older": str(verdicts("C17")["now"].older)}


def _firms() -> dict[str, Measure]:
    ventures, firms = load("survival/foreign_firms"), load("trade/chinese_firms")
    return {"c17-all": only(ventures[ventures["nationality"] == "all"], "firms"),
            "c17-kores-of": only(firms[firms["origin"] == "kores"], "of_count")}


def _dependence() -> dict[str, Measure]:
    needs = dependencies().groupby("series")["value"]
    return {"c18-aid-top": greatest(needs.get_group(f"{AID}, of home output")),
            "c18-food-share": greatest(needs.get_group("China's share of food aid"))}


def _quiet() -> dict[str, Measure]:
    """Return how far the dollar moves in quiet times, how many surveys there are, and two years' medians."""
    low, high = quiet_range("US dollar")
    quiet, found, won = placebo("US dollar"), changes(), yearly_medians("US dollar")
    surveyed = [*found["surveys_before"], *found["surveys_after"]]
    return {"c18-quiet-low": low, "c18-quiet-high": high,
            "c18-quiet-n": Measure(len(quiet), None, None, united(*(change.rows for change in quiet))),
            "c18-fewest": least(surveyed), "c18-most": greatest(surveyed),
            "c18-won-2019": won[2019], "c18-won-2021": won[2021]}


def _rice() -> dict[str, Measure]:
    said = rival_rice().set_index(["compiler", "date"])["price"]
    return {"c18-rice-dnk-first": said["Daily NK", "2021-06-08"],
            "c18-rice-asia-first": said["ASIAPRESS", "2021-06-08"],
            "c18-rice-dnk": said["Daily NK", "2021-06-16"], "c18-rice-asia": said["ASIAPRESS", "2021-06-15"]}


def _fall_of_trade() -> Measure:
    trade = china_trade("kotra")["value"]
    return -percent_change(trade[claim(JUDGED).whole("trade_low")], trade[base_year()])
