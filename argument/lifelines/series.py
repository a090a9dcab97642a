"""Oil that reached the North, by seller, in thousand barrels: what was recorded, and what estimates of crude would add.

Chinese customs printed crude oil up to 2013 and nothing since, so a share of *all* recent oil rests on an estimate of
the crude that flows through the pipeline. Records and estimates are therefore kept apart here, and joined only where a
reader or a variant names the estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from report.data.package import SEPARATOR, load
from argument.by_rows import rows_at

BARRELS_PER_TONNE = {"crude": 7.33, "products": 8.0}  # products have 7.9 to 8.3 where accounts print both units
CRUDE = {"none": "no crude counted", "kotra": "crude as KOTRA assumes it",
         "industry": "crude as industry sources put it",
         "resolution": "crude at the level that resolution 2375 froze", "nautilus": "crude as Peter Hayes put it",
         "unnamed": "crude as one unnamed source put it"}
CRUDE_IN_SHORT = {"none": "none", "kotra": "KOTRA", "industry": "industry sources", "resolution": "resolution 2375",
                  "nautilus": "Peter Hayes", "unnamed": "unnamed source"}  # for a reader's choice
KOSTAT_2016 = "kostat"
FLOW_OF_2017 = {"kotra": "China|2017-01-01|2017-12-31|chosun_cap_2017",
                "industry": "China|2017-01-01|2017-12-31|worldtribune_2017",
                "resolution": "all sellers|2017-01-01|2017-12-31|chosun_cap_2017",
                "nautilus": "all sellers|2017-01-01|2017-12-31|nyt_hayes_2017",
                "unnamed": "China|2017-01-01|2017-12-31|chosun_mar2017"}


@dataclass(frozen=True)
class Supply:
    """Oil of one period from China and from others, in thousand barrels, with the rows it rests on."""

    period: tuple[str, str]
    china: float
    others: float
    rows: pd.DataFrame

    @property
    def share(self) -> float:
        """Return China's share in percent; a total rounded below its own part gives 100."""
        return 100 * (self.china / (self.china + max(self.others, 0.0)))

    def with_crude(self, thousand_barrels: float, rows: pd.DataFrame) -> Supply:
        """Return the supply with crude added, all of it taken to be Chinese."""
        return Supply(self.period, self.china + thousand_barrels, self.others, pd.concat([self.rows, rows]))


def thousand_barrels(value: float, unit: str, kind: str, days: int = 365) -> float:
    """Return a quantity in thousand barrels; ``kind`` is crude or products, ``days`` those of its period."""
    if unit == "tonnes":
        return float(value) * BARRELS_PER_TONNE[kind] / 1000
    return float(value) * days / 1000 if unit == "barrels per day" else float(value)


def row(table: str, key: str) -> pd.DataFrame:
    """Return the one row of a table of data/energy that ``key`` names."""
    return rows_at(f"lifelines/{table}#{key}")


def _crude(rows: pd.DataFrame) -> float:
    return thousand_barrels(rows["value"].iloc[0], rows["unit"].iloc[0], "crude")


# Records

CUSTOMS_YEARS = {2000: "strategypage_2003", 2001: "strategypage_2003", 2002: "strategypage_2003",
                 2010: "voakorea_2011_trade"}


def crude_against_all_sellers(year: int) -> Supply:
    """Return crude from China by customs and from others as South Korean statistics imply, for a year with both."""
    china = row("crude_oil", f"China|{year}-01-01|{year}-12-31|{CUSTOMS_YEARS[year]}")
    everyone = load("lifelines/crude_oil").query(
        "seller == 'all sellers' and origin == 'kostat' and period_type == 'year' and period_start.dt.year == @year")
    return Supply((str(year), str(year)), _crude(china), _crude(everyone) - _crude(china), pd.concat([china, everyone]))


def products_2016(china_per_day: float | None = None, all_tonnes: float | None = None,
                  per_tonne: float | None = None) -> Supply:
    """Return recorded products of 2016; arguments replace the printed figures, to see what their rounding can do."""
    china = row("refined_before_2018", "China|refined products|2016-01-01|2016-12-31|barrels per day")
    everyone = row("refined_before_2018", "all sellers|refined products|2016-01-01|2016-12-31|tonnes")
    days = (china["period_end"].iloc[0] - china["period_start"].iloc[0]).days + 1
    ours = (china_per_day or china["value"].iloc[0]) * days / 1000
    total = (all_tonnes or everyone["value"].iloc[0]) * (per_tonne or BARRELS_PER_TONNE["products"]) / 1000
    return Supply(("2016", "2016"), ours, total - ours, pd.concat([china, everyone]))


def kedo_1999() -> Supply:
    """Return crude of 1999, all taken as Chinese, against the heavy fuel oil of an average year of KEDO, by weight."""
    crude = load("lifelines/crude_oil").query("origin == 'kostat' and period_start.dt.year == 1999")
    fuel = load("lifelines/refined_before_2018").query("seller == 'KEDO'")
    years = (fuel["period_end"].iloc[0] - fuel["period_start"].iloc[0]).days / 365.25
    yearly = thousand_barrels(fuel["value"].iloc[0], "tonnes", "crude") / years
    return Supply(("1999", "1999"), _crude(crude), yearly, pd.concat([crude, fuel]))


REPORTED = {  # the rows that make up each period, by seller; a column is never summed, since its periods overlap
    "2018": {"China": ["China|2018-01-01|2018-10-31|1", "China|2018-11-01|2018-11-30|1",
                       "China|2018-12-01|2018-12-31|1"],
             "Russia": ["Russia|2018-01-01|2018-10-31|1", "Russia|2018-11-01|2018-11-30|1",
                        "Russia|2018-12-01|2018-12-31|1"]},
    "2019": {"China": ["China|2019-01-01|2019-12-31|1"], "Russia": ["Russia|2019-01-01|2019-12-31|1"]},
    "2020": {"China": ["China|2020-01-01|2020-08-31|1"], "both": ["China and Russia|2020-01-01|2020-08-31|1"]},
    "2021": {"China": ["China|2021-01-01|2021-12-31|1"], "Russia": ["Russia|2021-01-01|2021-12-31|1"]},
    "2022": {"China": ["China|2022-01-01|2022-11-30|1"], "Russia": ["Russia|2022-01-01|2022-11-30|1"]},
    "2023": {"China": ["China|2023-01-01|2023-12-31|1"], "Russia": ["Russia|2023-01-01|2023-12-31|2"]},
    "2024": {"China": ["China|2024-01-01|2024-11-30|1"], "Russia": ["Russia|2024-01-01|2024-01-31|1"]},
}


def _reported(keys: list[str]) -> pd.DataFrame:
    table = load("lifelines/refined_1718")
    rows = table.loc[[f"lifelines/refined_1718#{k}" for k in keys]]
    return rows[rows["standing"] == "usable"]


def _reported_barrels(rows: pd.DataFrame) -> float:
    tonnes = rows["tonnes"].where(rows["barrels"].isna())
    return float(rows["barrels"].sum() / 1000 + tonnes.sum() * BARRELS_PER_TONNE["products"] / 1000)


def products_reported(year: str) -> Supply:
    """Return what China and Russia reported to the United Nations for a year, or for the part of it with both."""
    parts = {seller: _reported(keys) for seller, keys in REPORTED[year].items()}
    china = _reported_barrels(parts["China"])
    others = _reported_barrels(parts["both"]) - china if "both" in parts else _reported_barrels(parts["Russia"])
    rows = pd.concat(parts.values())
    first, last = rows["period_start"].min(), parts["China"]["period_end"].max()
    return Supply((f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"), china, others, rows)


def products_observed_2024() -> Supply:
    """Return what China reported for 2024 against what Russia reported and was seen to load: a floor for Russia."""
    reported = products_reported("2024")
    seen = load("lifelines/refined_unreported").query("origin == 'open-source-centre'")
    others = reported.others + float(seen["barrels_at_least"].sum()) / 1000
    return Supply(reported.period, reported.china, others, pd.concat([reported.rows, seen]))


# Estimates of crude, for a reader to choose among

def crude_flow(choice: str) -> tuple[float, pd.DataFrame]:
    """Return an estimate of crude a year, in thousand barrels, with its row; all but one are of 2017."""
    key = "all sellers|2016-01-01|2016-12-31|naeil_kosis_2018" if choice == KOSTAT_2016 else FLOW_OF_2017[choice]
    rows = row("crude_oil", key)
    return _crude(rows), rows


def supply(year: str) -> Supply:
    """Return the recorded products of a year by the default reading of it."""
    return {"2016": products_2016, "2024": products_observed_2024}.get(year, lambda: products_reported(year))()


def supply_with(year: str, choice: str) -> Supply:
    """Return the supply of a year with a whole year of the crude that ``choice`` names."""
    recorded = supply(year)
    if choice == "none":
        return recorded
    yearly, rows = crude_flow(choice)
    return recorded.with_crude(yearly, rows)


def rows_of(*supplies: Supply) -> str:
    """Return the addresses behind supplies, joined."""
    return SEPARATOR.join(dict.fromkeys(a for s in supplies for a in s.rows.index))
