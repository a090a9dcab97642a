"""Market prices around shocks: medians of the surveys in a window before and after, with their counts, and a placebo.

If the North's survival hung on China's decisions alone, its markets should move when China cuts trade. The windows are
descriptive: there is no control country, a window holds few surveys, and those of 2016 and 2017 overlap. The placebo
asks how much the same measure moves at dates when nothing in the list happened.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from report.data.package import load
from argument.by_rows import joined, rows_at

WINDOW = pd.Timedelta(days=180)
SHOCKS = {  # the row that dates each shock, and its short name
    "tests/nuclear_tests#4": "Fourth nuclear test",
    "tests/unsc_votes#2016-03-02|S/RES/2270": "Resolution 2270",
    "tests/nuclear_tests#5": "Fifth nuclear test",
    "tests/unsc_votes#2016-11-30|S/RES/2321": "Resolution 2321, coal capped",
    "lifelines/events#2017-02-18": "China stops coal",
    "tests/unsc_votes#2017-08-05|S/RES/2371": "Resolution 2371, coal and ore banned",
    "tests/nuclear_tests#6": "Sixth nuclear test",
    "tests/unsc_votes#2017-12-22|S/RES/2397": "Resolution 2397, fuel and machines",
    "lifelines/events#2020-01-22": "Border closed",
    "alliance/treaties#PRK-RUS|2024-06-19": "Treaty with Russia",
}
PLACEBO_YEARS = ("2013-01-01", "2023-06-30")  # after the currency reform had run its course, before the fall of the won


def shocks() -> pd.DataFrame:
    """Return the shocks with their dates, in order; the index holds the row that dates each."""
    made = []
    for address, name in SHOCKS.items():
        row = rows_at(address).iloc[0]
        day = row["date"] if "date" in row else row["signed"]
        made.append({"address": address, "shock": name, "date": pd.Timestamp(day)})
    return pd.DataFrame(made).set_index("address").sort_values("date")


def surveys(item: str) -> pd.DataFrame:
    """Return the surveys of rice or of the US dollar, in order of date."""
    return load("survival/pyongyang_prices").query("item == @item").sort_values("date")


def window(prices: pd.DataFrame, date: pd.Timestamp, first: int = -1, last: int = 0) -> pd.DataFrame:
    """Return the surveys from ``first`` to before ``last`` windows of 180 days counted from ``date``."""
    return prices[(prices["date"] >= date + first * WINDOW) & (prices["date"] < date + last * WINDOW)]


def change(item: str, date: pd.Timestamp) -> dict:
    """Return the medians of an item before and after a date, the counts behind them and the change in percent."""
    prices = surveys(item)
    before, after, later = (window(prices, date, k, k + 1) for k in (-1, 0, 1))
    start = before["price"].median()
    return {"before": start, "after": after["price"].median(), "later": later["price"].median(),
            "surveys_before": len(before),
            "surveys_after": len(after), "surveys_later": len(later),
            "change": 100 * (after["price"].median() / start - 1),
            "later_change": 100 * (later["price"].median() / start - 1), "rows": pd.concat([before, after])}


def changes() -> pd.DataFrame:
    """Return the change of rice and the dollar around each shock; a rising dollar is a falling won."""
    made = []
    for address, shock in shocks().iterrows():
        for item in ("rice", "US dollar"):
            found = change(item, shock["date"])
            rows = pd.concat([found.pop("rows"), rows_at(address)])
            made.append({"shock": shock["shock"], "date": shock["date"], "item": item, **found, **joined(rows)})
    return pd.DataFrame(made)


@lru_cache(maxsize=None)
def placebo(item: str) -> pd.Series:
    """Return the change around the first day of each month with no shock in either half of its window."""
    first, last = map(pd.Timestamp, PLACEBO_YEARS)
    shaken = shocks()["date"]
    quiet = [d for d in pd.date_range(first, last, freq="MS") if ((shaken - d).abs() > WINDOW).all()]
    return pd.Series({d: change(item, d)["change"] for d in quiet}, name=item).dropna()


def quiet_range(item: str) -> tuple[float, float]:
    """Return the range that nine in ten of the quiet changes keep to."""
    return tuple(float(q) for q in placebo(item).quantile([0.05, 0.95]))


def yearly_medians(item: str) -> pd.DataFrame:
    """Return the median price of an item by year, with the count of surveys and the rows."""
    made = [{"year": int(year), "median": rows["price"].median(), "surveys": len(rows), **joined(rows)}
            for year, rows in surveys(item).groupby(surveys(item)["date"].dt.year)]
    return pd.DataFrame(made)


def growth_index(base: int = 2016) -> pd.DataFrame:
    """Return real gross domestic product by year, chained from growth rates, with ``base`` at 100."""
    growth = load("survival/growth_bok").sort_values("year")
    level = (1 + growth["real_growth_pct"] / 100).cumprod()
    at_base = float(level[growth["year"] == base].iloc[0])
    return growth.assign(index=100 * level / at_base, row=growth.index)
