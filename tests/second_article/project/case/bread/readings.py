"""Readings of two made-up claims about bread."""

from __future__ import annotations

from case.bread.series import prices, rise
from report.rule import Reading, Vantage, both, reading

ORIGINS = ("bakers", "council")


def c01() -> list[Reading]:
    """Return the readings of the price of 2010."""
    votes = [reading("C01.price", "then", name=o, label=f"A loaf in 2010, {o}", measure=prices(o)[2010])
             for o in ORIGINS]
    return [r for vote in votes for r in both(vote)]


def c02() -> list[Reading]:
    """Return the readings of the rise."""
    return [reading("C02.dearer", v, name=o, label=f"Rise of the price, {o}", measure=rise(o, v))
            for v in Vantage for o in ORIGINS]
