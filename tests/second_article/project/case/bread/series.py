"""Prices of a loaf in a made-up town: measures out of the table."""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from report.rule import Vantage
from report.trace import Measure, measures, percent_change

YEARS = {Vantage.THEN: (2008, 2010), Vantage.NOW: (2012, 2014)}


def prices(origin: str) -> pd.Series:
    """Return the price of a loaf by year in crowns, by one count."""
    rows = load("bread/prices")
    return measures(rows[rows["origin"] == origin], "price", by="year")


def rise(origin: str, vantage: Vantage) -> Measure:
    """Return how much dearer a loaf became over the years that a vantage sees, in percent."""
    first, last = YEARS[vantage]
    price = prices(origin)
    return percent_change(price[last], price[first])
