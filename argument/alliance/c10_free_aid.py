"""Indicators of C10: the yearly free aid that a newspaper gave in figures, and what came of it in 2012.

No share can be made of it, since nothing says what the North received from all others; so it does not vote.
"""

from __future__ import annotations

from report.data.package import load
from report.rule import Indicator, indicator
from report.trace import Measure, only, percent_of


def free_aid() -> list[Indicator]:
    """Return the usual yearly food and oil, and the part of the food that had come by mid-June 2012."""
    return [*(_usual_aid(goods) for goods in ("food", "oil")), _by_mid_june()]


def _usual(goods: str) -> Measure:
    aid = load("lifelines/free_aid_china").query("origin == 'donga' and basis == 'usual amount'")
    return only(aid[aid["goods"] == goods], "value")


def _usual_aid(goods: str) -> Indicator:
    return indicator("C10", "then", name=f"free-{goods}", measure=_usual(goods), unit="tonnes a year",
                     period="2012", label=f"China's usual free aid in {goods}, by Dong-A's sources")


def _by_mid_june() -> Indicator:
    come = only(load("lifelines/free_aid_china").query("period == 'January to mid-June'"), "value")
    return indicator("C10", "then", name="free-food-2012", measure=percent_of(come, _usual("food")),
                     unit="percent of a usual year", period="2012",
                     label="Free food that had come by mid-June 2012")
