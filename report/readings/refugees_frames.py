"""Frames on North Koreans in China and on their way: estimates in a window, returns per week, arrivals by sex.

The tables hold what was printed. Here it is made comparable: an estimate's one value, a rate per week, a year's
arrivals where the ministry's table puts several years together. Nothing is added up that the tables say not to add.
"""

from __future__ import annotations

import pandas as pd

from report.data import load, package

COUNTED_AS_CHINA = ("china", "northeast", "border")  # where nearly all live; a prefecture or a wider area is not China
YEARS_BACK = 10
DAYS_PER_YEAR = 365.25
WEEKS = {"day": 1 / 7, "week": 1, "month": DAYS_PER_YEAR / 12 / 7, "year": DAYS_PER_YEAR / 7}
FIRST_YEAR_OF_TABLE = 2002  # the ministry's table puts the years before together


def day_of(vantage: str) -> str:
    """Return the last day that a vantage sees."""
    return (package().cutoff if vantage == "then" else package().as_of).isoformat()


def last_day(dates: pd.Series) -> pd.Series:
    """Return the last day of each year, month or day, as ISO text; empty stays empty."""
    return dates + dates.str.len().map({4: "-12-31", 7: "-31", 10: ""})


def value_of(estimates: pd.DataFrame) -> pd.Series:
    """Return each estimate's central value or, without one, its low value."""
    return estimates["central"].fillna(estimates["low"])


def estimates_published(vantage: str) -> pd.DataFrame:
    """Return the estimates with a value, published in the ten years before the vantage. The article is none."""
    rows, end = load("refugees/population_estimates"), day_of(vantage)
    start = f"{int(end[:4]) - YEARS_BACK}{end[4:]}"
    published = last_day(rows["published"])
    seen = (published >= start) & (published <= end) & (rows["estimator_kind"] != "article")
    return rows[seen.fillna(False).astype(bool) & value_of(rows).notna()]


def latest_own(vantage: str) -> pd.DataFrame:
    """Return the latest own figure of each estimator for China, published in the ten years before the vantage."""
    rows = estimates_published(vantage)
    own = rows[rows["own_figure"] & rows["area"].isin(COUNTED_AS_CHINA)]
    return own.sort_values(["ref_year", "published"], kind="stable").groupby("origin").tail(1).sort_values("origin")


def returns_per_week() -> pd.DataFrame:
    """Return the records of returns that state a number for a span, with columns ``low_week`` and ``high_week``."""
    rows = load("refugees/returns")
    rows = rows[rows["span"].notna() & rows["documents_returns"]]
    weeks = rows["span"].astype(float) * rows["span_unit"].map(WEEKS)
    return rows.assign(low_week=rows["low"].astype(float) / weeks, high_week=rows["high"].astype(float) / weeks)


def rates_for(year: int) -> pd.DataFrame:
    """Return the rates per week that are said of a year: those whose period holds it, standing rates among them."""
    rates = returns_per_week().query("kind == 'rate'")
    begun = rates["start"].fillna(str(year)).str[:4].astype(int) <= year
    return rates[begun & (rates["end"].str[:4].astype(int) >= year)]


def arrivals_by_sex() -> pd.DataFrame:
    """Return arrivals in the South by year from 2002, the sexes of 2020 taken from the cumulative counts.

    The column ``computed`` marks the year whose sexes were not printed.
    """
    rows = load("refugees/arrivals")
    known = rows.assign(computed=rows["female"].isna())
    to_date = load("refugees/arrivals_cumulative").set_index("end_of").loc[2022]
    up_to_2022 = known[known["last_year"] <= 2022]
    for sex in ("male", "female"):
        known.loc[known["computed"], sex] = to_date[sex] - up_to_2022[sex].sum()
    return known[known["first_year"].fillna(0) >= FIRST_YEAR_OF_TABLE]


def single_years_before_table() -> pd.DataFrame:
    """Return the latest announcement of each single year before 2002, misread columns left out."""
    rows = load("refugees/arrivals_vintages")
    rows = rows[(rows["year"] < FIRST_YEAR_OF_TABLE) & (rows["period"] == "year") & (rows["status"] != "misread")]
    return rows.sort_values("reported_on").groupby("year").tail(1)


def arrivals_said() -> pd.DataFrame:
    """Return every count of a whole year's arrivals with the time of the report, the revised table among them."""
    said = load("refugees/arrivals_vintages").query("period == 'year'")
    table = load("refugees/arrivals").query("first_year == last_year and status == 'revised'")
    table = table.assign(year=table["last_year"], reported_on="2020", period="year")
    return pd.concat([said, table])[["year", "reported_on", "total", "status", "origin", "source_id"]]


def unhcr_count(year: int, country: str = "CHN") -> int:
    """Return the refugees and asylum seekers from the North whom UNHCR counts in a country; 0 where it has no row."""
    rows = load("refugees/unhcr_north_koreans").query("year == @year and country_iso3 == @country")
    return int(rows[["refugees", "asylum_seekers"]].sum().sum())
