"""The published charts and the choice of the refugees chapter: measures in, one function a chart."""

from __future__ import annotations

from typing import Literal

import altair as alt
import pandas as pd

import report
from argument.refugees import readings, series
from report import charts
from report.charts import Figure
from report.data.package import shown
from report.dates import decimal_year
from report.rule import limb
from report.show import Html

OUT_OF_A_YEAR = 0.36  # half the width of a year's bar, so that bars keep apart at any width


# How many are there -----------------------------------------------------------------------------------------

DEFAULT = "prc-government"  # the form's first option
KEPT_APART = {"US Committee": ("left", 8, -11), "Robinson's survey": ("left", 2, 15)}  # pixels


@shown
def estimates() -> Figure:
    """Every estimate of North Koreans in China: those that somebody stands by above, the others below."""
    shown, lines = _estimates_with_choice(), charts.plain(series.own_series())
    own = charts.plain(series.latest_own("then"))
    claimed = limb(series.STOCK).limit
    window = limb(series.STOCK).whole("window")
    no_more = int((own[["low", "central", "high"]].astype(float).max(axis=1) <= claimed).sum())
    ours = report.load("refugees/population_estimates").query("own_figure and central == @claimed")
    committee, survey = (lines[lines["series"] == who] for who in series.COUNTED_TWICE.values())
    at_least = committee["central"].isna().map({True: "at least ", False: ""})
    told = [f"{least}{charts.amount(row.persons)} for {row.ref_year}"
            for least, row in zip(at_least, committee.itertuples(), strict=True)]
    return charts.publish(
        _estimates_panels(shown, lines, claimed), name="refugees-estimates", claims=["C20"],
        title=f"{charts.amount(claimed)} is a figure of 2000–01; {no_more} of {len(own)} later ones are no "
              "higher",
        holds=no_more > len(own) / 2 and set(ours["ref_year"]) == {2000, 2001},
        otherwise="Estimates of North Koreans in China",
        measure="Persons said to be in China, by the year meant, log scale",
        note=f"Later: own figures published in the {window} years before the article. Triangles: another "
             f"area or part. {_unhcr()}",
        alt_text=f"{len(shown)} estimates run from {charts.amount(shown['left'].min())} people in detention "
                 f"to {charts.amount(shown['right'].max())}. The US Committee for Refugees has "
                 f"{', '.join(told)}. Robinson's survey has "
                 + ", ".join(f"{charts.amount(r.persons)} for {r.ref_year}" for r in survey.itertuples())
                 + f". {_unhcr()}",
        data=shown, columns={"ref_year": "Year meant", "label": "Estimator", "kind": "Kind",
                             "low": "At least", "high": "At most", "central": "Single figure",
                             "standing": "Standing", "published": "Published"},
        says=("{label}, for {ref_year}: {left:,.0f} to {right:,.0f} persons ({standing})",))


def _unhcr() -> str:
    """Return what is missing from the High Commissioner's own counts, where it still is."""
    hosts = report.load("refugees/unhcr_north_koreans")["country_iso3"]
    return charts.stated("UNHCR's database has no row for China.", when="CHN" not in set(hosts))


def _estimates_with_choice() -> pd.DataFrame:
    """Return the estimates with the key by which a reader chooses among those before the article."""
    shown = charts.plain(series.estimates_shown())
    keys = {option.rows[0]: key for (key,), option in readings.stock_options().items()}
    return shown.assign(key=shown["row"].map(keys).fillna(""), kind=shown["estimator_kind"])


def _persons() -> alt.Y:
    return alt.Y("persons:Q").title("persons").scale(type="log", domain=[1600, 400000]).axis(
        values=[2000, 10000, 50000, 300000], format=",d")


def _estimates_panels(shown: pd.DataFrame, lines: pd.DataFrame, claimed: float) -> alt.VConcatChart:
    passed_on = shown["standing"] == series.PASSED_ON
    x = charts.years("year_shown", span=[shown["ref_year"].min(), shown["ref_year"].max()])
    above = charts.layered(_fifty_thousand(claimed, named=False), charts.article_date(),
                           _series_lines(lines, x), _estimate_marks(shown[~passed_on], x))
    below = charts.layered(_fifty_thousand(claimed, named=True), _estimate_marks(shown[passed_on], x),
                      charts.article_date(label=""))
    heads = ("Own figures: somebody stands by them", "Passed on: nobody stands by them")
    return alt.vconcat(*(one.properties(height=190, title=alt.Title(head, fontSize=13, offset=4))
                         for one, head in zip((above, below), heads, strict=True)), spacing=14).add_params(
        alt.param(name="chosen", value=DEFAULT))


def _estimate_marks(part: pd.DataFrame, x: alt.X) -> alt.LayerChart:
    """Return ranges as bars with a dot at the figure, and where there is none a dot at either end."""
    y, tips = _persons(), ["label", "kind", "ref_year", "left", "right", "published"]
    looks = charts.scale("first", "third", "first", domain=list(series.STANDING))
    hue = alt.Color("standing:N").scale(looks).legend(None)
    shape = alt.Shape("standing:N").scale(domain=list(series.STANDING), range=[
        "circle", "square", "triangle-up"]).legend(None)
    spans = part[part["left"] < part["right"]]
    bars = alt.Chart(spans).mark_rule(strokeWidth=1.5).encode(
        x, alt.Y("left:Q").scale(type="log"), y2="right:Q", color=hue, tooltip=tips)
    tops = spans[spans["central"].isna()].assign(persons=lambda rows: rows["right"], key="")
    dots = alt.Chart(pd.concat([part, tops])).mark_point(filled=True, opacity=1, size=45).encode(
        x, y, color=hue, shape=shape, tooltip=tips)
    ring = charts.ring(dots, DEFAULT, test="datum.key != '' && datum.key == chosen", size=45,
                       align="center", dx=-8, dy=31, own_parameter=False)
    return charts.layered(bars, dots, ring)


def _series_lines(lines: pd.DataFrame, x: alt.X) -> alt.LayerChart:
    y, last = _persons(), charts.ends(lines, "series", "year_shown")
    drawn = alt.Chart(lines).mark_line(strokeWidth=1.25, color=charts.colour("fourth")).encode(
        x, y, detail="series:N", tooltip=["series", "ref_year", "persons"])
    last = last.assign(brief=last["series"].str.replace("'s survey", ""))
    names = [charts.haloed(alt.Chart(last[last["series"] == who]).encode(
        x, y, text="brief:N", tooltip=alt.value(None)), align=align, dx=dx, dy=dy)
        for who, (align, dx, dy) in KEPT_APART.items()]
    return charts.layered(drawn, *names)


def _fifty_thousand(claimed: float, named: bool) -> alt.LayerChart:
    """Return a dashed line at the article's number, named in one panel."""
    words = "article" if named else ""
    rule = alt.Chart(pd.DataFrame({"persons": [claimed], "says": [words]}))
    name = rule.mark_text(align="right", dx=-2, dy=-8, fontSize=12, color=charts.colour("quiet"))
    return charts.layered(rule.mark_rule(strokeDash=[4, 3]).encode(_persons()),
                          name.encode(x=alt.value("width"), y=_persons(), text="says:N"))


@shown
def estimates_choice() -> Html:
    """A reader's choice of whose figure to take."""
    options = readings.stock_options()
    return report.choices("c20", "Whose figure of the ten years before the article would you take?",
                          {"Estimator": {key: option.label for (key,), option in options.items()}}, options,
                          unit="persons", chart="refugees-estimates")


# Arrivals ---------------------------------------------------------------------------------------------------

SEXES = ["women", "men", "not known"]


@shown
def arrivals() -> Figure:
    """Arrivals in the South by year, women below men."""
    shown = _stacked(charts.plain(series.arrivals_shown()))
    yearly = shown.groupby("year")["persons"].sum()
    known = yearly.loc[series.FIRST_YEAR_OF_TABLE:].sum()
    share = 100 * shown.query("sex == 'women'")["persons"].sum() / known
    computed = sorted(shown.loc[shown["how"] == series.FROM_TOTALS, "year"].unique())
    return charts.publish(
        _arrival_bars(shown), name="refugees-arrivals", claims=["C21", "C22"],
        title="Arrivals halved after 2011 and all but ended when the border shut",
        holds=bool(yearly[2012] < 0.6 * yearly[2011] and yearly[2021] < 0.03 * yearly.max() and share > 60),
        otherwise="North Koreans arriving in South Korea by sex",
        measure=f"North Koreans arriving in the South by year, {yearly.index[0]}–{yearly.index[-1]}, "
                "persons",
        note=f"Before {series.FIRST_YEAR_OF_TABLE} totals alone. The sexes of "
             f"{', '.join(map(str, computed))} are worked out from the cumulative counts.",
        alt_text=f"Arrivals rise from {yearly[1996]} in 1996 to {charts.amount(yearly.max())} in "
                 f"{yearly.idxmax()}, the peak, fall from {charts.amount(yearly[2011])} in 2011 to "
                 f"{charts.amount(yearly[2012])} in 2012, and are {charts.amount(yearly[2019])} in 2019, "
                 f"{yearly[2021]} in 2021 and {yearly[2025]} in 2025. Women and "
                 f"girls are {share:.0f} percent since {series.FIRST_YEAR_OF_TABLE}.",
        data=shown, columns={"year": "Year", "sex": "Sex", "persons": "Persons", "how": "How obtained"},
        says="{year}: {persons:,.0f} {sex} ({how})")


DEATH_OF_A_LEADER = "2011-12-17"


def _arrival_bars(shown: pd.DataFrame) -> alt.LayerChart:
    looks = charts.scale("second", "fourth", "third", domain=SEXES)
    x = charts.years("year_from", values=list(range(1996, 2026, 4)))
    bars = alt.Chart(shown).mark_bar().encode(
        x, alt.Y("bottom:Q").title("persons").axis(format=",d").scale(domain=[0, 3500], nice=False),
        x2="year_to:Q",
        y2="top:Q", color=alt.Color("sex:N").scale(looks).title(None),
        tooltip=["year", "sex", "persons", "how"])
    shut = report.load("lifelines/events").query("event == 'The North closes its border'")["date"].iloc[0]
    events = pd.DataFrame({"year": [decimal_year(DEATH_OF_A_LEADER), decimal_year(str(shut)[:10])],
                           "event": ["leader dies", "border shut"]})
    return charts.layered(bars, charts.event_dates(events.head(1), align="right"),
                          charts.event_dates(events.tail(1)), charts.article_date(align="right"))


def _stacked(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the bars' ends: women below, men above, as in the order of the rows."""
    top = shown.groupby("year")["persons"].cumsum()
    return shown.assign(bottom=top - shown["persons"], top=top, year_from=shown["year"] - OUT_OF_A_YEAR,
                        year_to=shown["year"] + OUT_OF_A_YEAR)


# Returns ----------------------------------------------------------------------------------------------------

def _ranges(shown: pd.DataFrame, x: alt.X, y: alt.Y, colour: alt.Color | alt.ColorValue, tooltip: list[str],
            size: int = 90, scale: Literal["linear", "log"] = "log") -> alt.LayerChart:
    """Return a row a range, with a dot at either end."""
    spans, end = shown[shown["left"] < shown["right"]], alt.X("right:Q").scale(type=scale)
    lines = alt.Chart(spans).mark_rule(strokeWidth=4).encode(
        x, y, x2="right:Q", color=colour, tooltip=tooltip)
    dots = alt.Chart(shown).mark_circle(size=size).encode(x, y, color=colour, tooltip=tooltip)
    if spans.empty:
        return charts.layered(dots)
    tops = alt.Chart(spans).mark_circle(size=size).encode(end, y, color=colour, tooltip=tooltip)
    return charts.layered(lines, dots, tops)


def _mark_at(value: float, x: alt.X, words: str) -> alt.LayerChart:
    """Return a dashed line across all rows, named at its head."""
    line = alt.Chart(pd.DataFrame({"left": [value], "says": [words]}))
    name = line.mark_text(baseline="bottom", dy=-3, fontSize=12, color=charts.colour("quiet"))
    return charts.layered(line.mark_rule(strokeDash=[4, 3]).encode(x),
                          name.encode(x, y=alt.value(0), text="says:N"))


@shown
def returns_per_week() -> Figure:
    """Returns a week, as said of each time, against the article's hundreds."""
    rates, claimed = charts.plain(series.rates_shown()), limb("C22.rate").limit
    year = series.year_claimed("rate")
    china, over = rates[rates["who"] == series.CHINESE], rates[rates["left"] >= claimed]
    told = [f"{row.label}, {charts.amount(row.left)}" for row in over.itertuples()]
    standing = rates[rates["origin"] == "kim-suk-woo"].iloc[0]
    return charts.publish(
        _rates_layers(rates, claimed), name="refugees-returns-per-week", claims=["C21", "C22"],
        title=f"Hundreds a week were said of other years, of {year} by the article alone",
        holds=bool(year not in set(over["year"]) and series.rates_for(year).empty and len(over) > 2
                   and china["right"].max() < claimed),
        otherwise="Returns of North Koreans from China per week",
        measure="Returns a week, as said or worked out from a total, by year and reporter, log scale",
        alt_text=f"Figures from Chinese institutes lie between {china['left'].min():.0f} and "
                 f"{china['right'].max():.0f} a week. At or above {claimed:.0f} are {'; '.join(told)}. A "
                 f"standing figure given in {standing['year']} makes {standing['left']:.0f} a week.",
        data=rates, columns={"year": "Year", "reporter": "Reporter", "low": "At least", "high": "At most",
                             "span": "Span", "span_unit": "Unit of span", "left": "Low, a week",
                             "right": "High, a week"},
        says="{reporter}: {left:,.0f} to {right:,.0f} a week; {detail}")


def _rates_layers(rates: pd.DataFrame, claimed: float) -> alt.LayerChart:
    scale = alt.Scale(type="log", domain=[3, 1500], nice=False)
    x = alt.X("left:Q").title("persons a week, log scale").scale(scale).axis(
        values=[5, 10, 50, 100, 500, 1000], format=",d")
    y = alt.Y("label:N").title(None).sort(rates.sort_values(["year", "left"])["label"].tolist()).axis(
        labelFontSize=12)
    colours = charts.scale("other", "china", domain=[series.OTHERS, series.CHINESE])
    colour = alt.Color("who:N").scale(colours).legend(None)
    one = rates[(rates["who"] == series.CHINESE) & (rates["year"] == 1998)]
    named = alt.Chart(one).mark_text(align="right", dx=-9, fontSize=12, color=charts.colour("china")).encode(
        x, y, text=alt.value("Chinese institutes"), tooltip=alt.value(None))
    rule, tips = _mark_at(claimed, x, f"the article: {claimed:.0f}"), ["label", "reporter", "left", "right"]
    return charts.layered(rule, _ranges(rates, x, y, colour, size=70, tooltip=[*tips, "detail"]), named)


@shown
def two_days() -> Figure:
    """The rival counts of two mass returns."""
    nights = charts.plain(series.mass_returns()).sort_values(["end", "left"])
    spread = nights.groupby("day").agg(low=("left", "min"), high=("right", "max"))
    factor = spread["high"] / spread["low"]
    told = [f"{row.day}: {row.reporter} {_range_of(row.left, row.right)}" for row in nights.itertuples()]
    return charts.publish(
        alt.vconcat(*(_one_day(rows, day) for day, rows in nights.groupby("day", sort=False)), spacing=14),
        name="refugees-two-days", claims=["C21", "C23"],
        title=f"Even a mass return is known only to within a factor of about {factor.mean():.0f}",
        holds=bool(factor.round().eq(round(factor.mean())).all() and factor.min() > 2),
        otherwise="Counts of two mass returns",
        measure="People returned to North Korea on two days, by reporter, persons",
        alt_text="; ".join(told) + ".",
        data=nights, columns={"day": "Day", "reporter": "Reporter", "low": "At least", "high": "At most"},
        says="{reporter}, {day}: {left:,.0f} to {right:,.0f} persons")


def _one_day(rows: pd.DataFrame, day: str) -> alt.LayerChart:
    last = day == list(series.MASS_RETURNS.values())[-1]
    x = alt.X("left:Q").title("persons" if last else None).scale(domain=[0, 650])
    y = alt.Y("label:N").title(None).sort(rows["label"].tolist()).axis(minExtent=110)
    ranges = _ranges(rows, x, y, alt.ColorValue(charts.colour("second")), scale="linear",
                     tooltip=["label", "reporter", "left", "right", "detail"])
    return ranges.properties(title=alt.Title(day, fontSize=13, offset=4))


def _range_of(left: float, right: float) -> str:
    return f"{left:.0f} to {right:.0f}" if right > left else f"{left:.0f}"


# What one year was said to be -------------------------------------------------------------------------------

@shown
def vintages() -> Figure:
    """What one year's arrivals were said to be, and when: misread columns above, revisions below."""
    early, later = charts.plain(series.misread()), charts.plain(series.revisions())
    announced = early[early["how"] == series.ANNOUNCED].drop_duplicates("year").set_index("year")["total"]
    wrong = early[early["how"] != series.ANNOUNCED]
    error = (wrong["total"] - wrong["year"].map(announced)).min()
    said_2009 = series.arrivals_said().query("year == 2009").sort_values("reported_on")["total"].unique()
    moved = later["off"].abs().max()
    return charts.publish(
        alt.vconcat(_misread_panel(early), _revisions_panel(later), spacing=18), name="refugees-vintages",
        claims=["C21"],
        title=f"A year's count moved {moved:.0f} at most when revised, {error:.0f} or more when misread",
        holds=bool(moved < 50 and error > 300),
        otherwise="What one year's arrivals were said to be, and when",
        measure="Arrivals of a year as reported, and later reports less the ministry's final table",
        note="The table's first columns put several years together; read as one year they mislead.",
        alt_text=f"For 1998 the announced count is {announced[1998]} and {wrong['total'].min()} is printed; "
                 f"for 2001 it is {announced[2001]} and {charts.amount(wrong['total'].max())} is printed. "
                 f"Later reports are at most {moved:.0f} off the table: 2009 was "
                 f"{', then '.join(charts.amount(n) for n in said_2009)}.",
        data=pd.concat([early, later])[["year", "reported_on", "total", "off", "status", "source_id", "row"]],
        columns={"year": "Year of arrival", "reported_on": "Reported on", "total": "Persons",
                 "off": "Off the table", "status": "Status"},
        says=("{year}, reported {reported_on}: {total:,.0f}, {off:+.0f} against the final table ({status})",
              "{year}, reported {reported_on}: {total:,.0f} ({how})"))


def _misread_panel(early: pd.DataFrame) -> alt.LayerChart:
    ways, kinds = [series.ANNOUNCED, series.ONE_AS_MANY], ["circle", "diamond"]
    x = charts.years(values=list(range(1996, series.FIRST_YEAR_OF_TABLE)))
    y = alt.Y("total:Q").title("persons").scale(domain=[0, 1200]).axis(tickCount=4)
    points = alt.Chart(early).mark_point(filled=True, size=85, opacity=1).encode(
        x, y, color=alt.Color("how:N").scale(charts.scale("fourth", "first", domain=ways)).legend(None),
        shape=alt.Shape("how:N").scale(domain=ways, range=kinds).legend(None),
        tooltip=["year", "total", "how", "reported_on"])
    wrong = early[early["how"] == series.ONE_AS_MANY].drop_duplicates("year").head(1)
    right = early[early["how"] == series.ANNOUNCED].drop_duplicates("year").query("year == 1997")
    named = [alt.Chart(row.assign(says=row["how"].str.replace(" read", "\nread"))).mark_text(
        align="left", dx=dx, dy=dy, lineBreak="\n", lineHeight=14).encode(
        x, y, text="says:N", tooltip=alt.value(None)) for row, dx, dy in ((wrong, 9, -3), (right, -4, -14))]
    span = f"{early['year'].min()}–{early['year'].max()}"
    title = alt.Title(f"Arrivals {span}, as reported", fontSize=13, offset=4)
    return charts.layered(points, *named).properties(height=140, title=title)


def _revisions_panel(later: pd.DataFrame) -> alt.LayerChart:
    """Return a row a year of arrival: its reports by how far they lay off, the last of them filled."""
    later = later.sort_values(["year", "date"])
    order = later.groupby("year").cumcount(ascending=False).map({0: "last"}).fillna("earlier")
    later = later.assign(order=order, named=later["year"].astype(str))
    x = alt.X("off:Q").title("persons, against the final table").scale(domain=[-32, 42])
    y = alt.Y("named:N").title(None)
    paths = alt.Chart(later).mark_line(strokeWidth=1.25, color=charts.colour("fourth")).encode(
        x, y, order="date:T", detail="named:N", tooltip=alt.value(None))
    dark = charts.colour("second")
    points = alt.Chart(later).mark_point(filled=True, size=55, opacity=1, color=dark).encode(
        x, y, tooltip=["year", "total", "off", "reported_on", "status"])
    zero = alt.Chart(pd.DataFrame({"off": [0]})).mark_rule(color=charts.colour("faint")).encode(x)
    title = alt.Title("By year of arrival; open: later revised", fontSize=13, offset=4)
    return charts.layered(zero, paths, charts.outlined(points, "order", "last")).properties(
        height=alt.Step(17), title=title)


# The flight that is feared ----------------------------------------------------------------------------------

@shown
def scenarios() -> Figure:
    """How many would flee a collapse, by forecaster and destination."""
    flight = charts.plain(series.scenarios_shown())
    to_china, together = flight[flight["to"] == "China"], flight[flight["to"] == "all together"]
    million = to_china[to_china["right"] >= 1e6]
    simulated = to_china.loc[to_china["origin"] == "han", "right"].iloc[0]
    return charts.publish(
        _scenario_layers(flight), name="refugees-scenarios", claims=["C19"],
        title="A million or more to China: in a monthly of rumour, or in an if",
        holds=set(million["origin"]) == {"zhengming", "jim_walsh"} and simulated < 1e6
        and "rumour" in _noted(million, "zhengming") and "conditional" in _noted(million, "jim_walsh"),
        otherwise="How many would flee a collapse, and where to",
        measure="Persons said to flee on a collapse, by forecaster and destination, log scale",
        note="An asterisk marks what is no forecast but a capacity or a condition.",
        alt_text="For China alone the numbers are "
                 f"{', '.join(charts.amount(v) for v in sorted(to_china['right']))}. Everywhere together "
                 f"they run from {charts.amount(together['left'].min())} to "
                 f"{charts.amount(together['right'].max())}.",
        data=flight, columns={"label": "Forecaster", "scenario": "Scenario", "to": "Destination",
                              "kind": "Kind", "low": "Low", "high": "High", "published": "Published"},
        says="{label}, {scenario}: {left:,.0f} to {right:,.0f} persons to {to}")


def _noted(rows: pd.DataFrame, origin: str) -> str:
    """Return what the table notes on the numbers of an origin."""
    return " ".join(rows.loc[rows["origin"] == origin, "note"].dropna())


def _scenario_layers(flight: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("left:Q").title("persons, log scale").scale(type="log").axis(
        values=[10000, 100000, 1000000],
        labelExpr="datum.value < 1e6 ? format(datum.value, ',d') : '1 million'")
    order = flight.groupby("label")["right"].max().sort_values().index.tolist()
    places = charts.scale("china", "other", "rok", "russia", domain=[
        "China", "all together", "South Korea", "Russia"])
    colour = alt.Color("to:N").scale(places).title(None).legend(columns=4)
    y, tips = alt.Y("label:N").title(None).sort(order), ["label", "scenario", "to", "left", "right"]
    return charts.layered(_mark_at(1_000_000, x, "one million"), _ranges(flight, x, y, colour, tooltip=tips))
