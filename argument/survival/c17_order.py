"""Indicators of C17: the order of 2017 to close joint ventures, and the survey of firms that did business.

Neither counts firms at work, so neither votes.
"""

from __future__ import annotations

from report.data.package import load
from report.rule import Indicator, indicator
from report.trace import count, days_of


def closure_order() -> Indicator:
    """Return how many accounts tell of the order to close ventures inside the North or of its keeping."""
    accounts = load("survival/closure_order")
    in_the_north = accounts[accounts["applies_in_the_north"].fillna(True).astype(bool)]
    return indicator("C17", "now", name="closure-order", origin="report",
                     measure=count(in_the_north, unit="accounts").resting_on(accounts),
                     label="Accounts of China's order to close joint ventures in the North",
                     period=days_of(in_the_north))
