"""North Koreans in China and on their way, as measures: estimates, returns a week, arrivals by sex.

The tables hold what was printed. Here it is made comparable: an estimate's one value, a rate per week, a
year's arrivals where the ministry's table puts several years together. Nothing is added up that the tables
say not to add. Frames keep the rows' addresses as their index; columns that are worked out hold measures.
"""

from __future__ import annotations

import pandas as pd

from report.data.origins import short_name
from report.data.package import load
from report.dates import last_days, middle, year_of
from report.rule import Vantage, end_of, limb, seen
from report.trace import Measure, measure, measures, only, total

STOCK = "C20.stock"
WEEKLY = "persons a week"
DAYS_PER_YEAR = 365.25
WEEKS = {"day": 1 / 7, "week": 1, "month": DAYS_PER_YEAR / 12 / 7, "year": DAYS_PER_YEAR / 7}
FIRST_YEAR_OF_TABLE = 2002  # the ministry's table puts the years before together


def _worked_out(rows: pd.DataFrame, unit: str, **columns: pd.Series) -> pd.DataFrame:
    """Return rows with columns worked out of each row alone, as measures of that row; gaps stay gaps."""
    valued = rows.assign(**columns)
    return rows.assign(**{name: measures(valued, name, unit=unit) for name in columns})


# How many are there -----------------------------------------------------------------------------------------

def estimates() -> pd.DataFrame:
    """Return every estimate but the article's own.

    ``persons`` is its central value or, without one, its low value.
    """
    rows = load("refugees/population_estimates").query("estimator_kind != 'article'")
    return _worked_out(rows, "persons", persons=rows["central"].fillna(rows["low"]))


def of_china(rows: pd.DataFrame) -> pd.Series:
    """Say of each estimate whether its area counts as China."""
    return rows["area"].isin(limb(STOCK).listed("areas"))


def estimates_published(vantage: str) -> pd.DataFrame:
    """Return the estimates with a value that were published in the criterion's years before the vantage."""
    end = end_of(vantage)
    start = end - pd.DateOffset(years=limb(STOCK).whole("window"))
    rows = estimates()
    return rows[last_days(rows["published"]).between(start, end) & rows["persons"].notna()]


def latest_own(vantage: str) -> pd.DataFrame:
    """Return the latest own figure of each estimator for China, published in the years before the vantage."""
    rows = estimates_published(vantage)
    own = rows[rows["own_figure"] & of_china(rows)].sort_values(["ref_year", "published"], kind="stable")
    return own.groupby("origin").tail(1).sort_values("origin")


def without_vote(vantage: str) -> pd.DataFrame:
    """Return the figures in the window that do not vote: of nobody named, passed on, or for a wider area."""
    rows = estimates_published(vantage)
    rest = rows[~rows["origin"].isin(latest_own(vantage)["origin"])]
    return rest[~rest["area"].isin(limb(STOCK).listed("parts"))]


def passed_on_from(origin: str, vantage: str) -> pd.DataFrame:
    """Return the figures in the window that others pass on from an estimator."""
    rows = estimates_published(vantage)
    return rows[(rows["origin"] == origin) & ~rows["own_figure"]]


def unhcr_rows(vantage: str) -> pd.DataFrame:
    """Return what UNHCR counts of North Koreans by country, in the last year that a vantage sees."""
    rows = seen("C20", load("refugees/unhcr_north_koreans"), vantage, dated="year")
    return rows[rows["year"] == rows["year"].max()]


def unhcr_count(vantage: str, country: str | None = None) -> Measure:
    """Return the refugees and asylum seekers from the North whom UNHCR counts, in a country or in all.

    0 where it has no row for the country; the count rests on all rows of the year, which were searched.
    """
    rows = unhcr_rows(vantage)
    counted = rows if country is None else rows[rows["country_iso3"] == country]
    return measure(rows, int(counted[["refugees", "asylum_seekers"]].sum().sum()), unit="persons")


# Returns ----------------------------------------------------------------------------------------------------

def returns_per_week() -> pd.DataFrame:
    """Return the records of returns that state a number for a span, as ``low_week`` and ``high_week``."""
    rows = load("refugees/returns")
    rows = rows[rows["span"].notna() & rows["documents_returns"]]
    weeks = rows["span"].astype(float) * rows["span_unit"].map(WEEKS)
    return _worked_out(rows, WEEKLY, low_week=rows["low"].astype(float) / weeks,
                       high_week=rows["high"].astype(float) / weeks)


def year_claimed(part: str) -> int:
    """Return the year that a limb of C22 is about."""
    return limb(f"C22.{part}").whole("year")


def rates_for(year: int) -> pd.DataFrame:
    """Return the rates per week that are said of a year: those whose stated period holds it.

    A standing rate ("every year"), for which no first year is stated, is said of the year it was given in.
    """
    rates = returns_per_week().query("kind == 'rate'")
    begun = rates["start"].fillna(rates["end"]).map(year_of) <= year
    return rates[begun & (rates["end"].map(year_of) >= year)]


def rates_of_other_years() -> pd.DataFrame:
    """Return what was said up to the article of other years than the claim's.

    The column ``a_week`` is the low end or, without one, the high end.
    """
    rates = returns_per_week().drop(index=rates_for(year_claimed("rate")).index)
    rates = seen("C22", rates, Vantage.THEN, dated="end")
    return rates.assign(a_week=rates["low_week"].fillna(rates["high_week"]))


def records_of_returns(vantage: str) -> pd.DataFrame:
    """Return the records that state that people were returned, of periods that end at the vantage.

    A cumulative count without a first year says nothing of one side of the cutoff, so it is left out.
    """
    rows = load("refugees/returns")
    rows = rows[rows["documents_returns"] & ~((rows["kind"] == "cumulative") & rows["start"].isna())]
    return seen("C21", rows, vantage, dated="end").sort_values("end", kind="stable")


# Acts, texts and statements ---------------------------------------------------------------------------------

def acts_on(part: str) -> pd.DataFrame:
    """Return the acts and statements that bear on a limb, in their order."""
    rows = load("refugees/law_and_statements")
    return rows[(rows["limb"] == part) & rows["meets"].notna()].sort_values("date", kind="stable")


def cooperation() -> pd.DataFrame:
    """Return agreements, practices and hand-overs with columns ``date``, ``label``, ``says`` and ``met``.

    A text of which only the name was read, or whose contents were not disclosed, shows nothing as read.
    """
    rows = pd.concat([_practices(), _texts(), _hand_overs()])
    return rows.assign(label=rows["who"] + ", " + rows["date"].str[:4])


RECORD = ["date", "who", "says", "met", "origin"]


def _practices() -> pd.DataFrame:
    rows = acts_on("C23.cooperation")
    who = rows["speaker"].where(rows["kind"] != "treaty", "Agreement")
    return rows.assign(who=who, says=rows["what"], met=rows["meets"].astype(bool))[RECORD]


def _texts() -> pd.DataFrame:
    part, rows = limb("C23.cooperation"), load("refugees/border_cooperation").query("bearing != 'neither'")
    rows = rows[rows["text_read"] != part.setting("unread")]
    rows = rows[~rows["content"].str.contains(part.setting("undisclosed"), regex=False)]
    who = rows["instrument"].str[0].str.upper() + rows["instrument"].str[1:]
    return rows.assign(who=who, says=rows["content"], met=rows["bearing"] == "together")[RECORD]


def _hand_overs() -> pd.DataFrame:
    rows = load("refugees/returns").query("handed_over")
    return rows.assign(date=rows["end"], who=rows["reporter"], says=rows["detail"],
                       met=rows["handed_over"])[RECORD]


# What is said of fear and motive ----------------------------------------------------------------------------

def positions(part: str, decided: bool = True) -> pd.DataFrame:
    """Return the statements of motives and positions on a limb; ``decided`` keeps those that vote."""
    rows = load("refugees/motives_and_positions")
    rows = rows[rows["limb"] == part]
    return rows[rows["meets"].notna()] if decided else rows


def voices_naming_refugees() -> pd.DataFrame:
    """Return the statements that name refugees, coded by whether they tie the fear to those there."""
    return load("voices/statements").dropna(subset="ties_to_those_there")


def numbers_of_flight() -> pd.DataFrame:
    """Return the numbers given for a flight on collapse, with those in words left out."""
    return load("refugees/collapse_scenarios").query("kind != 'wording'")


# Arrivals in the South --------------------------------------------------------------------------------------

def arrivals_by_sex() -> pd.DataFrame:
    """Return arrivals in the South by year from 2002, with measures ``female``, ``male`` and ``total``.

    ``computed`` marks the year whose sexes were not printed; they are what the cumulative count has beyond
    all other years, so they rest on the rows of all of these.
    """
    rows = load("refugees/arrivals")
    totals = measures(rows, "total", by="last_year")
    printed = {sex: measures(rows, sex, by="last_year") for sex in ("female", "male")}
    filled = {sex: _with_gap_filled(known, totals, sex) for sex, known in printed.items()}
    table = pd.DataFrame({"total": totals, **filled}).rename_axis("year")
    unprinted = rows.loc[rows["female"].isna(), "last_year"]
    single = rows.loc[rows["first_year"].fillna(0) >= FIRST_YEAR_OF_TABLE, "last_year"]
    return table.assign(computed=table.index.isin(unprinted)).loc[sorted(single)]


def _with_gap_filled(printed: pd.Series, totals: pd.Series, sex: str) -> pd.Series:
    """Return a sex by year, the one year without it from the first cumulative count."""
    if len(printed) == len(totals):
        return printed
    to_date = load("refugees/arrivals_cumulative").sort_values("end_of").head(1)
    end = int(to_date["end_of"].iloc[0])
    rest = only(to_date, sex) - total(printed[printed.index <= end])
    (gap,) = totals.index.difference(printed.index)
    filled = {gap: rest.given(period=str(gap)).resting_on(totals[gap])}
    return pd.concat([printed, pd.Series(filled, dtype=object)])


def single_years_before_table() -> pd.Series:
    """Return the latest announcement of each single year before 2002, misread columns left out."""
    rows = load("refugees/arrivals_vintages")
    early = rows["year"] < FIRST_YEAR_OF_TABLE
    rows = rows[early & (rows["period"] == "year") & (rows["status"] != "misread")]
    return measures(rows.sort_values("reported_on").groupby("year").tail(1), "total", by="year").sort_index()


def revised_table() -> pd.DataFrame:
    """Return the rows of the ministry's revised table that hold a single year."""
    return load("refugees/arrivals").query("first_year == last_year and status == 'revised'")


def arrivals_said() -> pd.DataFrame:
    """Return every count of a whole year's arrivals with the time of its report, the revised table's too."""
    said, table = load("refugees/arrivals_vintages").query("period == 'year'"), revised_table()
    table = table.assign(year=table["last_year"], reported_on="2020", period="year")
    return pd.concat([said, table])[["year", "reported_on", "total", "status", "origin"]]


# What the charts show ---------------------------------------------------------------------------------------

OWN, PASSED_ON, OTHER = STANDING = ("own figure", "passed on", "elsewhere")
ELSEWHERE = {"yanbian": ", Yanbian alone", "china and south-east asia": ", with South-East Asia",
             "children": ", children apart", "detained": ", people detained"}
SPREAD = 0.24  # years between figures that are meant for one year
COUNTED_TWICE = {"uscri": "US Committee", "robinson": "Robinson's survey"}
CHINESE, OTHERS = "from Chinese institutes", "from others"
ONE_AS_MANY, ANNOUNCED = "several years read as one", "announced"
FROM_TOTALS, AS_ANNOUNCED = "from the cumulative counts", "as announced"
MASS_RETURNS = {"2023-10-09": "9 October 2023", "2024-04-26": "26 April 2024"}


def _ends(rows: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    """Return rows with columns ``left`` and ``right``: the two ends of a range, or its one end twice."""
    return rows.assign(left=rows[low].fillna(rows[high]), right=rows[high].fillna(rows[low]))


def estimates_shown() -> pd.DataFrame:
    """Return every estimate as a range, with its standing and a place on the axis of years.

    Figures meant for one year stand side by side, in the column ``year_shown``.
    """
    rows = estimates()
    standing = rows["own_figure"].map({True: OWN, False: PASSED_ON}).where(of_china(rows), OTHER)
    ends = rows[["low", "high", "central"]].astype(float)
    rows = _worked_out(rows, "persons", left=ends.min(axis=1), right=ends.max(axis=1))
    rows = rows.assign(standing=standing, label=rows["estimator"] + rows["area"].map(ELSEWHERE).fillna(""))
    rows = rows.assign(persons=rows["persons"].fillna(rows["left"]))
    rows = rows.sort_values(["ref_year", "right", "left"], kind="stable")
    place, many = rows.groupby("ref_year").cumcount(), rows.groupby("ref_year")["origin"].transform("size")
    return rows.assign(year_shown=rows["ref_year"] + SPREAD * (place - (many - 1) / 2))


def own_series() -> pd.DataFrame:
    """Return the figures for China of the two estimators who counted more than once, floors included."""
    rows = estimates_shown()
    rows = rows[rows["origin"].isin(COUNTED_TWICE) & (rows["standing"] == OWN)]
    return rows.assign(series=rows["origin"].map(COUNTED_TWICE))


def arrivals_shown() -> pd.DataFrame:
    """Return arrivals by year and sex; of the years before 2002 only totals were announced."""
    table, early = arrivals_by_sex(), single_years_before_table()
    made = [(year, "not known", persons, AS_ANNOUNCED) for year, persons in early.items()]
    for sex, named in (("female", "women"), ("male", "men")):
        made += [(year, named, row[sex], FROM_TOTALS if row["computed"] else AS_ANNOUNCED)
                 for year, row in table.iterrows()]
    return pd.DataFrame(made, columns=["year", "sex", "persons", "how"])


def rates_shown() -> pd.DataFrame:
    """Return the returns per week said of each time, one line a record, and who says so."""
    rows = _ends(returns_per_week(), "low_week", "high_week")
    chinese = rows["origin"].isin(("cass", "prc-state-institute"))
    return rows.assign(year=rows["end"].map(year_of), who=chinese.map({True: CHINESE, False: OTHERS}),
                       label=rows["end"].str[:4] + ": " + rows["origin"].map(short_name))


def scenarios_shown() -> pd.DataFrame:
    """Return the numbers given for a flight on collapse, with the forecaster and the destination.

    An asterisk marks what is no forecast: a capacity, a condition.
    """
    rows = numbers_of_flight()
    star = (rows["kind"] == "forecast").map({True: "", False: "*"})
    rows = _worked_out(rows, "persons", left=rows["low"].fillna(rows["high"]), right=rows["high"])
    return rows.assign(to=rows["destination"].replace({"all": "all together"}),
                       label=rows["origin"].map(short_name) + star)


def revisions() -> pd.DataFrame:
    """Return each report of a year's arrivals since 2002 and how far it lay from the revised table.

    Reports that misread the table are left out.
    """
    revised = measures(revised_table(), "total", by="last_year")
    said = load("refugees/arrivals_vintages").query("period == 'year' and status != 'misread'")
    said = said[said["year"].isin(revised.index)]
    totals = measures(said, "total")
    return said.assign(total=totals, off=totals - said["year"].map(revised),
                       date=said["reported_on"].map(middle))


def misread() -> pd.DataFrame:
    """Return the years before 2002 as announced and as misread from columns of several years."""
    rows = load("refugees/arrivals_vintages")
    rows = rows[(rows["year"] < FIRST_YEAR_OF_TABLE) & (rows["period"] == "year")]
    how = (rows["status"] == "misread").map({True: ONE_AS_MANY, False: ANNOUNCED})
    return rows.assign(total=measures(rows, "total"), how=how)


def mass_returns() -> pd.DataFrame:
    """Return the rival counts of the returns of 9 October 2023 and 26 April 2024, one line a reporter."""
    rows = load("refugees/returns")
    rows = rows[rows["end"].isin(MASS_RETURNS) & (rows["kind"] == "event")]
    counted = rows.assign(low=measures(rows, "low"), high=measures(rows, "high"))
    return _ends(counted, "low", "high").assign(day=rows["end"].map(MASS_RETURNS),
                                                label=rows["origin"].map(short_name))
