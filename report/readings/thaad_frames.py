"""Frames that the readings and the charts of the THAAD chapter share."""

from __future__ import annotations

import pandas as pd

from report.data import load


def export_growth(first: str, last: str) -> tuple[float, pd.DataFrame]:
    """Return the change in percent of exports to China over a span of months on the year before, and the rows used."""
    trade = load("thaad/trade_monthly")
    now = trade[trade["month"].between(first, last)]
    before = trade[trade["month"].isin(_year_earlier(now["month"]))]
    return 100 * (now["exports"].sum() / before["exports"].sum() - 1), pd.concat([before, now])


def _year_earlier(months: pd.Series) -> list[str]:
    return [f"{int(m[:4]) - 1}{m[4:]}" for m in months]


def monthly_export_growth() -> pd.DataFrame:
    """Return exports to China by month with their change in percent on the year before."""
    trade = load("thaad/trade_monthly")
    exports = trade.set_index("month")["exports"]
    growth = 100 * (exports / exports.shift(12) - 1)
    return trade.assign(growth=growth.to_numpy()).dropna(subset=["growth"])


def runs_of_months() -> pd.DataFrame:
    """Return the unbroken runs of falling and rising exports: direction, first and last month, how many."""
    growth = monthly_export_growth().set_index("month")["growth"]
    rising = growth > 0
    run = (rising != rising.shift()).cumsum()
    return pd.DataFrame([{"rising": bool(rising[g.index[0]]), "first": g.index[0], "last": g.index[-1],
                          "months": len(g)} for _, g in growth.groupby(run)])
