"""The published charts and the choice of the refugees chapter: measures in, one function a chart."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.refugees import readings, series
from report import charts
from report.charts import Figure
from report.rule import limb
from report.show import Html

OUT_OF_A_YEAR = 0.36  # half the width of a year's bar, so that bars keep apart at any width


# How many are there -----------------------------------------------------------------------------------------

def estimates() -> Figure:
    """Every estimate of North Koreans in China, by the year it is meant for, and who stands by it."""
    shown, lines = _estimates_with_choice(), charts.plain(series.own_series())
    own = charts.plain(series.latest_own("then"))
    claimed = limb(series.STOCK).threshold
    no_more = int((own[["low", "central", "high"]].astype(float).max(axis=1) <= claimed).sum())
    ours = report.load("refugees/population_estimates").query("own_figure and central == @claimed")
    committee, survey = (lines[lines["series"] == who] for who in series.COUNTED_TWICE.values())
    at_least = committee["central"].isna().map({True: "at least ", False: ""})
    told = [f"{least}{row.persons:,} for {row.ref_year}"
            for least, row in zip(at_least, committee.itertuples(), strict=True)]
    return charts.publish(
        _estimates_layers(shown, lines, claimed), name="refugees-estimates", claims=["C20"],
        title=f"Fifty thousand is a figure of 2000 and 2001; {no_more} of {len(own)} who gave their own in "
              "the ten years before the article gave no more",
        holds=no_more > len(own) / 2 and set(ours["ref_year"]) == {2000, 2001},
        otherwise="Estimates of North Koreans in China",
        measure="Persons said to be in China, by year meant and standing of the figure, 1998–2024, log "
                "scale. Dashed: the article's 50,000, and its date",
        alt_text=f"{len(shown)} estimates run from {shown['left'].min():,.0f} people in detention to "
                 f"{shown['right'].max():,.0f}. The US Committee for Refugees has {', '.join(told)}. "
                 "Robinson's survey has "
                 + ", ".join(f"{row.persons:,} for {row.ref_year}" for row in survey.itertuples())
                 + ". UNHCR's database has no row for China.",
        data=shown, columns={"ref_year": "Year meant", "label": "Estimator", "kind": "Kind",
                             "low": "At least", "high": "At most", "central": "Single figure",
                             "standing": "Standing", "published": "Published"})


def _estimates_with_choice() -> pd.DataFrame:
    """Return the estimates with the key by which a reader chooses among those before the article."""
    shown = charts.plain(series.estimates_shown())
    keys = {option.rows[0]: key for (key,), option in readings.stock_options().items()}
    return shown.assign(key=shown["row"].map(keys).fillna(""), kind=shown["estimator_kind"])


def _persons() -> alt.Y:
    return alt.Y("persons:Q").title("persons, log scale").scale(type="log", domain=[1500, 400000]).axis(
        values=[2000, 10000, 50000, 100000, 300000], format=",d")


def _estimates_layers(shown: pd.DataFrame, series_shown: pd.DataFrame, claimed: float) -> alt.LayerChart:
    x, y, ranges = charts.years("year_shown"), _persons(), shown[shown["left"] < shown["right"]]
    standings = charts.scale("dprk", "faint", "quiet", domain=list(series.STANDING))
    colour = alt.Color("standing:N").scale(standings).title(None)
    tips = ["label", "kind", "ref_year", "left", "right", "published"]
    bars = alt.Chart(ranges).mark_rule(strokeWidth=3, opacity=0.5).encode(
        x, alt.Y("left:Q").scale(type="log"), y2="right:Q", color=colour, tooltip=tips)
    tops = ranges[ranges["central"].isna()].assign(persons=lambda rows: rows["right"])
    chosen = alt.condition("datum.key != '' && datum.key == chosen", alt.value(230), alt.value(45))
    dots = alt.Chart(pd.concat([shown, tops])).mark_point(filled=True, opacity=1).encode(
        x, y, color=colour, size=chosen, tooltip=tips,
        shape=alt.Shape("standing:N").scale(domain=list(series.STANDING)).title(None),
    ).add_params(alt.param(name="chosen", value="prc-government"))
    lines = alt.Chart(series_shown).mark_line(strokeWidth=1.5, color=charts.colour("dprk")).encode(
        x, y, detail="series:N", tooltip=["series", "ref_year", "persons"])
    rule = alt.Chart(pd.DataFrame({"persons": [claimed]})).mark_rule(strokeDash=[4, 3]).encode(y)
    return alt.layer(rule, bars, lines, dots, *_names_of_series(series_shown, x, y), _blank(x, y),
                     charts.article_date(label=""))


def _names_of_series(series_shown: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    last = charts.ends(series_shown, "series", "year_shown")
    bold = {"align": "left", "dx": 10, "fontWeight": 600}
    return [alt.Chart(last[last["series"] == who]).mark_text(**bold, dy=dy).encode(x, y, text="series:N")
            for who, dy in zip(series.COUNTED_TWICE.values(), (-11, 8), strict=True)]


def _blank(x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the note where UNHCR's figures would stand."""
    blank = pd.DataFrame({"persons": [2700], "year_shown": [1999], "says": ["UNHCR's database: no row"]})
    return alt.Chart(blank).mark_text(align="left", color=charts.colour("quiet")).encode(x, y, text="says:N")


def estimates_choice() -> Html:
    """A reader's choice of whose figure to take."""
    options = readings.stock_options()
    return report.choices("c20", "Whose figure of the ten years before the article would you take?",
                          {"Estimator": {key: option.label for (key,), option in options.items()}}, options,
                          unit="persons", chart="refugees-estimates")


# Arrivals ---------------------------------------------------------------------------------------------------

SEXES = ["women", "men", "not known"]


def arrivals() -> Figure:
    """Arrivals in the South by year, women below men."""
    shown = _stacked(charts.plain(series.arrivals_shown()))
    yearly = shown.groupby("year")["persons"].sum()
    known = yearly.loc[series.FIRST_YEAR_OF_TABLE:].sum()
    share = 100 * shown.query("sex == 'women'")["persons"].sum() / known
    sexes = charts.scale("dprk", "quiet", "faint", domain=SEXES)
    bars = alt.Chart(shown).mark_bar().encode(
        charts.years("year_from"), alt.Y("bottom:Q").title("persons").axis(format=",d"), x2="year_to:Q",
        y2="top:Q", color=alt.Color("sex:N").scale(sexes).title(None),
        tooltip=["year", "sex", "persons", "how"])
    events = pd.DataFrame({"year": [2011.96, 2020.07], "event": ["leader dies", "border shut"]})
    return charts.publish(
        bars + charts.event_dates(events) + charts.article_date(label=""), name="refugees-arrivals",
        claims=["C21", "C22"],
        title="Most who reached the South were women; the stream halved after 2011 and all but ended when "
              "the border shut",
        holds=bool(yearly[2012] < 0.6 * yearly[2011] and yearly[2021] < 0.03 * yearly.max() and share > 60),
        otherwise="North Koreans arriving in South Korea by sex",
        measure="Arrivals in South Korea by year and sex, 1996–2025, persons; before 2002 totals alone; "
                "dashed: the article",
        alt_text=f"Arrivals rise from {yearly[1996]} in 1996 to {yearly.max():,} in {yearly.idxmax()}, the "
                 f"peak, fall from {yearly[2011]:,} in 2011 to {yearly[2012]:,} in 2012, and are "
                 f"{yearly[2019]:,} in 2019, {yearly[2021]} in 2021 and {yearly[2025]} in 2025. Women and "
                 f"girls are {share:.0f} percent since 2002.",
        data=shown, columns={"year": "Year", "sex": "Sex", "persons": "Persons", "how": "How obtained"})


def _stacked(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the bars' ends: women below, men above, as in the order of the rows."""
    top = shown.groupby("year")["persons"].cumsum()
    return shown.assign(bottom=top - shown["persons"], top=top, year_from=shown["year"] - OUT_OF_A_YEAR,
                        year_to=shown["year"] + OUT_OF_A_YEAR)


# Returns ----------------------------------------------------------------------------------------------------

def _ranges(shown: pd.DataFrame, x: alt.X, y: alt.Y, colour: alt.Color, tooltip: list[str], size: int = 90,
            scale: str = "log") -> alt.LayerChart:
    """Return a row a range, with a dot at either end."""
    spans, end = shown[shown["left"] < shown["right"]], alt.X("right:Q").scale(type=scale)
    lines = alt.Chart(spans).mark_rule(strokeWidth=4, opacity=0.45).encode(
        x, y, x2="right:Q", color=colour, tooltip=tooltip)
    dots = alt.Chart(shown).mark_circle(size=size).encode(x, y, color=colour, tooltip=tooltip)
    tops = alt.Chart(spans).mark_circle(size=size).encode(end, y, color=colour, tooltip=tooltip)
    return lines + dots + tops


def _mark_at(value: float, x: alt.X) -> alt.Chart:
    """Return a dashed line across all rows."""
    return alt.Chart(pd.DataFrame({"left": [value]})).mark_rule(strokeDash=[4, 3]).encode(x)


def returns_per_week() -> Figure:
    """Returns a week, as said of each time, against the article's hundreds."""
    rates, claimed = charts.plain(series.rates_shown()), limb("C22.rate").threshold
    year = series.year_claimed("rate")
    china, over = rates[rates["who"] == series.CHINESE], rates[rates["left"] >= claimed]
    told = [f"{row.label} with {row.left:.0f}" for row in over.itertuples()]
    standing = rates.loc[rates["origin"] == "kim-suk-woo", "left"].iloc[0]
    return charts.publish(
        _rates_layers(rates, claimed), name="refugees-returns-per-week", claims=["C21", "C22"],
        title="Hundreds a week were said of other years; for 2008 only the article says so",
        holds=bool(year not in set(over["year"]) and series.rates_for(year).empty and len(over) > 2
                   and china["right"].max() < claimed),
        otherwise="Returns of North Koreans from China per week",
        measure="Returns per week, as said or worked out from a total, by year and reporter, 1996–2025, "
                "log scale. Red: credited to Chinese institutes; dashed: 200",
        alt_text=f"Figures from Chinese institutes lie between {china['left'].min():.0f} and "
                 f"{china['right'].max():.0f} a week. At or above 200 are {'; '.join(told)}. A standing "
                 f"figure given in 2012 makes {standing:.0f} a week.",
        data=rates, columns={"year": "Year", "reporter": "Reporter", "low": "At least", "high": "At most",
                             "span": "Span", "span_unit": "Unit of span", "left": "Low, a week",
                             "right": "High, a week"})


def _rates_layers(rates: pd.DataFrame, claimed: float) -> alt.LayerChart:
    x = alt.X("left:Q").title("persons a week, log scale").scale(type="log", domain=[3, 1500]).axis(
        values=[5, 20, 50, 200, 1000], format=",d")
    y = alt.Y("label:N").title(None).sort(rates.sort_values(["year", "left"])["label"].tolist())
    colours = charts.scale("other", "china", domain=[series.OTHERS, series.CHINESE])
    colour = alt.Color("who:N").scale(colours).legend(None)
    return _mark_at(claimed, x) + _ranges(rates, x, y, colour, size=70, tooltip=[
        "label", "reporter", "left", "right", "detail"])


def two_days() -> Figure:
    """The rival counts of two mass returns."""
    nights = charts.plain(series.mass_returns()).sort_values(["end", "left"])
    spread = nights.groupby("day").agg(low=("left", "min"), high=("right", "max"))
    factor = spread["high"] / spread["low"]
    days = charts.scale("china", "quiet", domain=list(series.MASS_RETURNS.values()))
    told = [f"{row.day}: {row.reporter} {_range_of(row.left, row.right)}" for row in nights.itertuples()]
    x = alt.X("left:Q").title("persons").scale(domain=[0, 650])
    y = alt.Y("label:N").title(None).sort(nights["label"].tolist())
    ranges = _ranges(nights, x, y, alt.Color("day:N").scale(days).title(None), scale="linear",
                     tooltip=["label", "reporter", "left", "right", "detail"])
    return charts.publish(
        ranges, name="refugees-two-days", claims=["C21", "C23"],
        title=f"Even a mass return is known only to within a factor of about {factor.mean():.0f}",
        holds=bool(factor.round().eq(round(factor.mean())).all() and factor.min() > 2),
        otherwise="Counts of two mass returns",
        measure="People returned to North Korea on 9 October 2023 and on 26 April 2024, by reporter, persons",
        alt_text="; ".join(told) + ".",
        data=nights, columns={"day": "Day", "reporter": "Reporter", "low": "At least", "high": "At most"})


def _range_of(left: float, right: float) -> str:
    return f"{left:.0f} to {right:.0f}" if right > left else f"{left:.0f}"


# What one year was said to be -------------------------------------------------------------------------------

def vintages() -> Figure:
    """What one year's arrivals were said to be, and when: misread columns above, revisions below."""
    early, later = charts.plain(series.misread()), charts.plain(series.revisions())
    announced = early[early["how"] == series.ANNOUNCED].drop_duplicates("year").set_index("year")["total"]
    wrong = early[early["how"] != series.ANNOUNCED]
    error = (wrong["total"] - wrong["year"].map(announced)).min()
    said_2009 = series.arrivals_said().query("year == 2009").sort_values("reported_on")["total"].unique()
    return charts.publish(
        alt.vconcat(_misread_panel(early), _revisions_panel(later)), name="refugees-vintages", claims=["C21"],
        title="Official counts were revised by a few dozen; those who retold them erred by hundreds, "
              "reading several years as one",
        holds=bool(later["off"].abs().max() < 50 and error > 300),
        otherwise="What one year's arrivals were said to be, and when",
        measure="Above: arrivals by year 1996–2001 as reported, persons; red: several years read as one. "
                "Below: reports on later years by date, persons above or below the ministry's revised "
                "table; a line joins reports on one year of arrival",
        alt_text=f"For 1998 the announced count is {announced[1998]} and {wrong['total'].min()} is printed; "
                 f"for 2001 it is {announced[2001]} and {wrong['total'].max():,} is printed. Later reports "
                 f"are at most {later['off'].abs().max()} off the table: 2009 was "
                 f"{', then '.join(f'{n:,}' for n in said_2009)}.",
        data=pd.concat([early, later])[["year", "reported_on", "total", "off", "status", "source_id", "row"]],
        columns={"year": "Year of arrival", "reported_on": "Reported on", "total": "Persons",
                 "off": "Off the table", "status": "Status"})


def _misread_panel(early: pd.DataFrame) -> alt.Chart:
    ways = charts.scale("rok", "unmet", domain=[series.ANNOUNCED, series.ONE_AS_MANY])
    return alt.Chart(early).mark_circle(size=90).encode(
        charts.years(values=list(range(1996, series.FIRST_YEAR_OF_TABLE))), alt.Y("total:Q").title("persons"),
        color=alt.Color("how:N").scale(ways).legend(None), tooltip=["year", "total", "how", "reported_on"],
    ).properties(height=160, width=620)


def _revisions_panel(later: pd.DataFrame) -> alt.LayerChart:
    x, y = alt.X("date:T").title(None).axis(format="%Y"), alt.Y("off:Q").title("persons off the table")
    points = alt.Chart(later).mark_circle(size=70, color=charts.colour("rok")).encode(
        x, y, tooltip=["year", "total", "off", "reported_on", "status"])
    faint, far = charts.colour("faint"), later[later["off"].abs() >= 20]
    paths = alt.Chart(later.sort_values("date")).mark_line(strokeWidth=1, color=faint).encode(
        x, y, detail="year:N")
    names = alt.Chart(far).mark_text(align="left", dx=7).encode(x, y, text="year:N")
    zero = alt.Chart(pd.DataFrame({"off": [0]})).mark_rule(color=faint).encode(y)
    return (zero + paths + points + names + charts.article_date("date")).properties(height=200, width=620)


# The flight that is feared ----------------------------------------------------------------------------------

def scenarios() -> Figure:
    """How many would flee a collapse, by forecaster and destination."""
    flight = charts.plain(series.scenarios_shown())
    to_china, together = flight[flight["to"] == "China"], flight[flight["to"] == "all together"]
    million = to_china[to_china["right"] >= 1e6]
    simulated = to_china.loc[to_china["origin"] == "han", "right"].iloc[0]
    return charts.publish(
        _scenario_layers(flight), name="refugees-scenarios", claims=["C19"],
        title="Numbers in the millions for China come from a sheet of leaks and an interview; the one "
              "simulation has half a million",
        holds=set(million["origin"]) == {"zhengming", "jim_walsh"} and 4e5 < simulated < 6e5,
        otherwise="How many would flee a collapse, and where to",
        measure="Persons said to flee on a collapse, by forecaster and destination, log scale; dashed: one "
                "million; asterisk: no forecast but a capacity or a condition",
        alt_text="For China alone the numbers are "
                 f"{', '.join(f'{v:,.0f}' for v in sorted(to_china['right']))}. Everywhere together they run "
                 f"from {together['left'].min():,.0f} to {together['right'].max():,.0f}.",
        data=flight, columns={"label": "Forecaster", "scenario": "Scenario", "to": "Destination",
                              "kind": "Kind", "low": "Low", "high": "High", "published": "Published"})


def _scenario_layers(flight: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("left:Q").title("persons, log scale").scale(type="log").axis(
        values=[10000, 100000, 1000000, 5000000], format="~s")
    order = flight.groupby("label")["right"].max().sort_values().index.tolist()
    places = charts.scale("china", "other", "rok", "russia", domain=[
        "China", "all together", "South Korea", "Russia"])
    colour = alt.Color("to:N").scale(places).title(None).legend(columns=2)
    return _mark_at(1_000_000, x) + _ranges(flight, x, alt.Y("label:N").title(None).sort(order), colour,
                                            tooltip=["label", "scenario", "to", "left", "right"])
