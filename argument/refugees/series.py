"""Frames on North Koreans in China and on their way: estimates in a window, returns per week, arrivals by sex.

The tables hold what was printed. Here it is made comparable: an estimate's one value, a rate per week, a year's
arrivals where the ministry's table puts several years together. Nothing is added up that the tables say not to add.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import load, package

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


def mid_period(dates: pd.Series) -> pd.Series:
    """Return a day in the middle of each year or month, where a chart puts it; days stay."""
    return dates + dates.str.len().map({4: "-07-01", 7: "-15", 10: ""})


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
    """Return the rates per week that are said of a year: those whose stated period holds it.

    A standing rate ("every year"), for which no first year is stated, is said of the year in which it was given.
    """
    rates = returns_per_week().query("kind == 'rate'")
    begun = rates["start"].fillna(rates["end"]).str[:4].astype(int) <= year
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


# What the charts show

STANDING = {"own": "own figure", "passed on": "passed on", "other": "elsewhere"}
ELSEWHERE = {"yanbian": ", Yanbian alone", "china and south-east asia": ", with South-East Asia",
             "children": ", children apart", "detained": ", people detained"}
HALF_BAR = 0.36  # of a year, so that bars keep apart at any width
SPREAD = 0.24  # years between figures that are meant for one year
SHORT = {"scmp-diplomats": "diplomats (SCMP)", "amnesty": "Amnesty", "uscri": "US Committee", "cass": "Academy (CASS)",
         "prc-state-institute": "a state institute", "helping-hands": "Tim Peters", "activist-speech": "an activist",
         "icg": "Crisis Group", "activists-2007": "activists", "kim-suk-woo": "Kim Suk-woo", "yomiuri": "Yomiuri",
         "hrw": "HRW", "jm-missionary": "missionaries (RFA)", "tjwg": "Transitional Justice",
         "dailynk": "Daily NK", "yonhap": "Yonhap"}
# An asterisk marks what is no forecast: a capacity, a condition.
FORECASTERS = {"rok-jcs": "South's Joint Chiefs", "korean-academics": "Korean academics", "han": "Han Gwan-su",
               "heo": "Heo Nam-seong", "experts-2013": "experts, 2013", "prc-yanji": "Yanji camp*",
               "prc-cable": "leaked cable*", "zhengming": "Zhengming", "jim_walsh": "Jim Walsh*"}


def estimates_shown() -> pd.DataFrame:
    """Return every estimate as a range, with its standing and a place on the axis of years.

    Figures meant for one year stand side by side, in the column ``year_shown``.
    """
    rows = load("refugees/population_estimates").query("estimator_kind != 'article'")
    standing = rows["own_figure"].map({True: STANDING["own"], False: STANDING["passed on"]})
    ends = rows[["low", "high", "central"]].astype(float)
    rows = rows.assign(standing=standing.where(rows["area"].isin(COUNTED_AS_CHINA), STANDING["other"]),
                       left=ends.min(axis=1), right=ends.max(axis=1),
                       label=rows["estimator"] + rows["area"].map(ELSEWHERE).fillna(""))
    rows = rows.sort_values(["ref_year", "right", "left"], kind="stable")
    place, many = rows.groupby("ref_year").cumcount(), rows.groupby("ref_year")["origin"].transform("size")
    return rows.assign(year_shown=rows["ref_year"] + SPREAD * (place - (many - 1) / 2))


def own_series() -> pd.DataFrame:
    """Return the figures for China of the two estimators who counted more than once, floors among them, as lines."""
    rows = estimates_shown().query("origin in ('uscri', 'robinson') and own_figure")
    rows = rows[rows["area"].isin(COUNTED_AS_CHINA)]
    return rows.assign(series=rows["origin"].map({"uscri": "US Committee", "robinson": "Robinson's survey"}),
                       persons=value_of(rows).astype(int))


def arrivals_shown() -> pd.DataFrame:
    """Return arrivals by year and sex; the years before 2002, of which only totals were announced, as one group."""
    table = arrivals_by_sex().reset_index().rename(columns={"last_year": "year"})
    long = table.melt(["year", "row", "source_id", "computed"], ["female", "male"], "sex", "persons")
    long["sex"] = long["sex"].map({"female": "women", "male": "men"})
    early = single_years_before_table().reset_index()[["year", "row", "source_id", "total"]]
    early = early.rename(columns={"total": "persons"}).assign(sex="not known", computed=False)
    shown = pd.concat([early, long], ignore_index=True).assign(persons=lambda d: d["persons"].astype(int))
    top = shown.groupby("year")["persons"].cumsum()  # women below, men above, as in the order of the rows
    return shown.assign(bottom=top - shown["persons"], top=top, year_from=shown["year"] - HALF_BAR,
                        year_to=shown["year"] + HALF_BAR,
                        how=shown["computed"].map({True: "from the cumulative counts", False: "as announced"}))


def rates_shown() -> pd.DataFrame:
    """Return the returns per week said of each time, one line a record, and who says so."""
    rows = returns_per_week()
    by_china = rows["origin"].isin(("cass", "prc-state-institute"))
    return rows.assign(year=rows["end"].str[:4].astype(int), left=rows["low_week"].fillna(rows["high_week"]),
                       right=rows["high_week"].fillna(rows["low_week"]),
                       who=by_china.map({True: "from Chinese institutes", False: "from others"}),
                       label=rows["end"].str[:4] + " " + rows["origin"].map(SHORT))


def scenarios_shown() -> pd.DataFrame:
    """Return the numbers given for a flight on collapse, with the forecaster and the destination."""
    rows = load("refugees/collapse_scenarios").query("kind != 'wording'")
    to = rows["destination"].replace({"all": "all together"})
    return rows.assign(left=rows["low"].fillna(rows["high"]).astype(float), right=rows["high"].astype(float), to=to,
                       label=rows["origin"].map(FORECASTERS))


def revisions() -> pd.DataFrame:
    """Return each report of a year's arrivals since 2002 and how far it lay from the revised table, misreadings out."""
    table = load("refugees/arrivals").query("status == 'revised' and first_year == last_year")
    revised = table.reset_index().set_index("last_year")[["total", "row", "source_id"]].add_suffix("_table")
    said = load("refugees/arrivals_vintages").query("period == 'year' and status != 'misread'").reset_index()
    said = said[said["year"].isin(revised.index)].join(revised, on="year")
    return said.assign(off=said["total"] - said["total_table"], row=said["row"] + ";" + said["row_table"],
                       source_id=[";".join(dict.fromkeys((*a.split(";"), *b.split(";"))))
                                  for a, b in zip(said["source_id"], said["source_id_table"])],
                       date=pd.to_datetime(mid_period(said["reported_on"])))


def misread() -> pd.DataFrame:
    """Return the years before 2002 as announced and as misread from columns of several years."""
    rows = load("refugees/arrivals_vintages")
    rows = rows[(rows["year"] < FIRST_YEAR_OF_TABLE) & (rows["period"] == "year")]
    return rows.assign(how=(rows["status"] == "misread").map({True: "several years read as one", False: "announced"}))


def one_night() -> pd.DataFrame:
    """Return the rival counts of the returns of 9 October 2023 and 26 April 2024, one line a reporter."""
    rows = load("refugees/returns").query("end in ('2023-10-09', '2024-04-26') and kind == 'event'")
    day = rows["end"].map({"2023-10-09": "9 October 2023", "2024-04-26": "26 April 2024"})
    return rows.assign(day=day, left=rows["low"].fillna(rows["high"]).astype(float), label=rows["origin"].map(SHORT),
                       right=rows["high"].fillna(rows["low"]).astype(float))
