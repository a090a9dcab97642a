"""The published charts of firms, markets and output: one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.survival import readings, series
from argument.survival.series import ITEMS, base_year
from report import charts
from report.charts import Figure
from report.data.origins import short_name
from report.data.package import load, shown
from report.rule import limb
from report.show import Html


# Firms ------------------------------------------------------------------------------------------------------

KINDS = ["at work", "all that ever came", "not said"]


@shown
def firms() -> Figure:
    """Every count of Chinese firms, ventures, projects and contracts, by what is counted."""
    counts = _dated_counts()
    needed = limb("C17.count").threshold
    assert needed is not None  # a count is held against a number
    working = int((counts["operating"] == "at work").sum())
    listed = "; ".join(f"{one.as_of:%Y}, {one.counted}, {one.number}"
                       for one in counts.rename(columns={"count": "number"}).itertuples())
    return charts.publish(
        _count_marks(counts, needed), name="survival-firms", claims=["C17"],
        title=f"No count of Chinese firms is far above {needed:.0f}; {working} of {len(counts)} is of those "
              "at work",
        holds=working == 1 and counts["count"].max() < 1.1 * needed,
        otherwise="Counts of Chinese firms in North Korea",
        measure="Chinese firms, ventures, projects or contracts in North Korea, by date",
        note="outlined: whether they were at work is not said",
        says="Count: {row_name}: {qualifier} {count}; {operating}",
        alt_text=f"Counts by date: {listed}.",
        data=counts, columns={"as_of": "Date", "counted": "What is counted", "qualifier": "Exactness",
                              "count": "Number", "operating": "At work?"})


IN_SHORT = {"joint ventures set up since 1997": "joint ventures since 1997",
            "firms that had invested to date": "ever invested", "firms in operation": "firms at work"}


def _dated_counts() -> pd.DataFrame:
    counts = charts.plain(series.counts_of_firms()).sort_values("as_of")
    at_work = counts["operating"].map({True: "at work", False: "all that ever came"}).fillna("not said")
    by = counts["origin"].map(short_name)
    name = counts["as_of"].dt.strftime("%Y: ") + counts["counted"].replace(IN_SHORT) + " (" + by + ")"
    number = counts["qualifier"].where(counts["qualifier"] != "exact", "") + " " + counts["count"].astype(str)
    return counts.assign(operating=at_work, row_name=name, number=number.str.strip())


def _count_marks(counts: pd.DataFrame, needed: float) -> alt.LayerChart:
    x = alt.X("count:Q").title("firms, ventures, projects or contracts").scale(
        domain=[0, 250], nice=False)
    y = alt.Y("row_name:N").axis(None).sort(counts["row_name"].tolist()).scale(paddingOuter=0.35)
    colours = charts.scale("first", "third", "third", domain=KINDS)
    dots = alt.Chart(counts).mark_point(filled=True, opacity=1, size=100).encode(
        x, y, color=alt.Color("operating:N").scale(colours).title(None).legend(values=KINDS[:2], columns=2))
    said = counts.assign(stated=(counts["operating"] != KINDS[2]).map({True: "yes", False: "no"}))
    dots.data = said
    numbers = alt.Chart(counts).encode(x, y, text="number:N", tooltip=alt.value(None))
    level = charts.row_level(counts, y, "row_name", x, needed)
    return charts.layered(
        level, charts.outlined(dots, "stated", "yes"),
        charts.haloed(numbers, align="left", dx=10, fontSize=12), charts.row_names(counts, y, "row_name"),
        _needed_name(needed)).properties(height=alt.Step(34))


def _needed_name(needed: float) -> alt.Chart:
    level = alt.Chart(pd.DataFrame({"count": [needed], "words": [f"the claim: {needed:.0f}"]}))
    return level.mark_text(
        align="right", baseline="bottom", dx=-4, dy=-4, fontSize=12).encode(
        x="count:Q", y=alt.value("height"), text="words:N")


# Five dependencies ------------------------------------------------------------------------------------------

FACETS = ["Trade", "Oil products", "Energy", "Food", "Aid"]
RECORDED, SEEN = "China's share of recorded products", "China's reports against tankers seen"
HEADINGS = {"Trade": "Trade", "Oil products": "Refined fuels", "Energy": "Oil in energy",
            "Food": "Grain, of harvest", "Aid": "Aid"}
WORDS = pd.DataFrame([  # beside the series that share a panel, where no line passes
    ("Oil products", 1996, 88, "reported"), ("Oil products", 1996, 10, "with tankers seen"),
    ("Food", 1998, 24, "aid"), ("Food", 2009, 24, "exports"), ("Aid", 1996, 76, "food aid"),
    ("Aid", 2018.5, 12, "money"),
], columns=["facet", "year", "value", "words"])
NEEDS_SPAN = [1995, 2026]


@shown
def dependencies() -> Figure:
    """Five measures of dependence, a panel each, on one scale."""
    needs = charts.plain(series.dependencies())
    by_facet = needs.sort_values("year").groupby("facet")["value"]
    top, last = by_facet.max(), by_facet.last()
    recorded = needs[needs["series"] == RECORDED].set_index("year")["value"]
    seen = needs[needs["series"] == SEEN].iloc[-1]
    return charts.publish(
        _dependency_panels(needs), name="survival-dependencies", claims=["C18"],
        title="Trade hangs on China; food, energy and, with tankers seen, fuel do not",
        holds=last["Trade"] > 90 and top["Energy"] < 15 and top["Food"] < 15 and seen["value"] < 50,
        otherwise="Five measures of North Korea's dependence on China",
        measure=f"China's share, percent (grey: oil's share), {NEEDS_SPAN[0]}–{NEEDS_SPAN[1]}",
        note="outlined: China's reports against the tankers seen; grain: Chinese aid and exports in percent "
             "of the North's own harvest; money: humanitarian funding",
        says="Dependence: {series}, {year}: {value:.1f} percent",
        alt_text=f"China's share of trade rises to {last['Trade']:.0f} percent. Its share of recorded oil "
                 f"products was {recorded[2016]:.0f} percent in 2016 and {recorded.iloc[-1]:.0f} in "
                 f"{recorded.index[-1]}; set against the tankers seen in {seen['year']}, its reports come to "
                 f"{seen['value']:.0f}. Oil is at most {top['Energy']:.0f} percent of energy, Chinese grain "
                 f"at most {top['Food']:.0f} percent of home output. China's share of food aid once reached "
                 f"{top['Aid']:.0f} percent; of recorded humanitarian money it is near 0.",
        data=needs, columns={"facet": "Dependence", "series": "Series", "year": "Year", "value": "Percent"})


def _dependency_panels(needs: pd.DataFrame) -> alt.ConcatChart:
    return alt.concat(*(_dependency_panel(needs[needs["facet"] == facet], facet) for facet in FACETS),
                      columns=3)


def _dependency_panel(part: pd.DataFrame, facet: str) -> alt.LayerChart:
    """Return one dependence in a panel of its own; what is no share of China's is grey, what was seen an
    outline.
    """
    tone = charts.colour("other" if facet == "Energy" else "china")
    x = charts.years(span=NEEDS_SPAN, values=[2000, 2010, 2020])
    y = alt.Y("value:Q").title(None).scale(domain=[0, 100]).axis(values=[0, 50, 100])
    lines = alt.Chart(part).mark_line(color=tone, strokeWidth=1.75).encode(x, y, detail="run:N")
    dots = alt.Chart(part.assign(basis=part["series"].eq(SEEN).map({True: "seen", False: "reported"}))
                     ).mark_point(size=14, opacity=1, color=tone).encode(x, y)
    named = alt.Chart(WORDS[WORDS["facet"] == facet]).encode(x, y, text="words:N")
    words = charts.haloed(named, align="left", fontSize=12)
    rule = charts.article_date(label="article" if facet == "Energy" else "", align="right")  # there is room
    return charts.layered(lines, charts.outlined(dots, "basis", "reported"), rule, words).properties(
        width=160, height=120, title=alt.Title(HEADINGS[facet], fontSize=13, offset=8))


# Markets ----------------------------------------------------------------------------------------------------

PRICED = ["Rice", "US dollar", "dollar by quarter", "Trade with China"]


@shown
def prices() -> Figure:
    """Rice and the dollar in Pyongyang, and trade with China, against the base year."""
    markets, trade = charts.plain(series.price_index()), charts.plain(series.trade_index())
    fall = trade.set_index("year")["index"]
    won = series.yearly_medians("US dollar").astype(float)
    told = ", ".join(f"{charts.amount(won[year])} in {year}" for year in (2018, 2021, 2023, 2025))
    return charts.publish(
        charts.layered(_price_lines(markets, trade), charts.article_date("date"), _marked_shocks()),
        name="survival-prices", claims=["C18"],
        title=f"Trade fell by {100 - fall[2021]:.0f} percent and the won held; it fell when trade was "
              "half back",
        holds=fall[2021] < 15 and won[2021] < won[base_year()] and won[2025] > 3 * won[2023]
        and 3 * fall[2021] < fall[2024] and 35 < fall[2024] < 60,
        otherwise="Rice and the dollar in Pyongyang, and trade with China",
        measure=f"Prices in Pyongyang and trade with China, {base_year()}\u00a0=\u00a0100, log scale, "
                f"{pd.to_datetime(markets['date']).dt.year.min()}–"
                f"{pd.to_datetime(markets['date']).dt.year.max()}",
        note="surveys of Pyongyang's markets; dollar by quarter: Bank of Korea; trade by year: KOTRA",
        says=[f"Price: {{series}}, {{date}}: {{price:,.0f}} won, {{index:.0f}} where {base_year()} is 100",
              f"Trade: {{year}}: {{index:.0f}} where {base_year()} is 100"],
        alt_text=f"Trade falls to {fall[2021]:.0f} in 2021 and recovers to {fall[2024]:.0f} in 2024. The "
                 f"dollar costs {charts.amount(won[2016])} won in 2016, {told} and "
                 f"{charts.amount(won[2026])} in 2026.",
        data=pd.concat([markets, trade]),
        columns={"date": "Date", "series": "Series", "price": "Won", "index": "2016 = 100"})


def _price_lines(markets: pd.DataFrame, trade: pd.DataFrame) -> alt.LayerChart:
    colours = charts.scale("third", "first", "fourth", "china", domain=PRICED)
    x = alt.X("date:T").title(None).scale(domain=["2012-10-01", "2027-01-01"])
    y = alt.Y("index:Q").title(f"{base_year()} = 100, log scale").scale(
        type="log", domain=[8, 1000], nice=False).axis(values=[10, 20, 50, 100, 200, 500, 1000])
    colour = alt.Color("series:N").scale(colours).title(None).legend(columns=2)
    # the addresses stay in the table behind the chart: each survey names all those of the base year too
    lines = alt.Chart(markets.drop(columns="row")).mark_line(strokeWidth=1.6).encode(x, y, color=colour)
    yearly = alt.Chart(trade).mark_line(point=True, strokeDash=[4, 3]).encode(x, y, color=colour)
    return charts.layered(lines, yearly)


MARKED = {"border": "border shut", "treaty": "Russia treaty"}


def _marked_shocks() -> alt.LayerChart:
    """Return the two events that the title speaks around, the later named before its rule."""
    dates = {shock.brief: f"{shock.date:%Y-%m-%d}" for shock in series.shocks() if shock.brief in MARKED}
    events = {brief: pd.DataFrame({"date": [day], "event": [MARKED[brief]]}) for brief, day in dates.items()}
    return charts.layered(charts.event_dates(events["border"], "date"),
                          charts.event_dates(events["treaty"], "date", align="right", lines=2))


@shown
def shock_choice() -> Html:
    """A reader's choice of event, price and window."""
    dimensions = {"Event": readings.shock_keys(), "Price": {key: item for item, key in ITEMS.items()},
                  "Window": {"change": "half-year after", "later": "half-year after that"}}
    question = "Change of the median price around an event (met: beyond nine in ten quiet half-years)"
    return report.choices("c18", question, dimensions, readings.shock_options(), unit="percent change",
                          chart="survival-windows")


WHEN = ["first half-year", "second"]


@shown
def windows() -> Figure:
    """The change of rice and the dollar around each shock, beside the range of quiet half-years."""
    shown = _windows_beside_quiet()
    first = shown.query("window == 'change'")
    beyond = sorted(first.loc[first["beyond"], "label"].unique())
    changes = "; ".join(f"{label} {change.iloc[0]:+.0f} and {change.iloc[1]:+.0f}"
                        for label, change in first.groupby("label", sort=False)["change_pct"])
    return charts.publish(
        _window_marks(shown), name="survival-windows", claims=["C18"],
        title="After no sanction did rice or the dollar leave the range of quiet times",
        holds=beyond == ["Jun 2024, treaty"], otherwise="Change of rice and the dollar around ten events",
        measure="Change of the median price in Pyongyang after each event, percent",
        note="circles: first half-year after against the one before; diamonds: the second; shaded: the "
             f"middle nine tenths of quiet half-years, {_quiet_years()}; numbers name resolutions",
        says="Change: {item}, {label}, {when}: {change_pct:+.0f} percent ({surveys_before} surveys before, "
             "{surveys_after} after)",
        alt_text=f"Changes in the half-year after, rice and dollar: {changes} percent.",
        data=shown, columns={"label": "Event", "item": "Price", "when": "Window", "change_pct": "Change, %",
                             "surveys_before": "Surveys before", "surveys_after": "Surveys after"})


def _quiet_years() -> str:
    """Return the years of the half-years that the shaded range is made of."""
    first, last = (pd.Timestamp(day).year for day in series.quiet_days())
    return f"{first}–{last}"


def _windows_beside_quiet() -> pd.DataFrame:
    """Return the changes with their labels, and the quiet range of each item in plain numbers.

    The hundreds of surveys behind the range are named once, by the numbers of the page, and not by each mark
    again.
    """
    shown = charts.plain(series.changes()).rename(columns={"change": "change_pct"})
    shown = shown.sort_values("window", kind="stable", ignore_index=True)
    ends = {item: series.quiet_range(item) for item in ITEMS}
    low, high = (shown["item"].map({item: float(ends[item][side]) for item in ITEMS}) for side in (0, 1))
    key = [f"{one.date:%Y%m}-{ITEMS[one.item]}-{one.window.split('_')[0]}" for one in shown.itertuples()]
    return shown.assign(low=low, high=high, key=key, beyond=~shown["change_pct"].between(low, high),
                        label=shown["date"].dt.strftime("%b %Y, ") + shown["brief"],
                        when=shown["window"].map({"change": "first half-year", "later_change": "second"}))


def _window_marks(shown: pd.DataFrame) -> alt.HConcatChart:
    panels = [_window_panel(shown[shown["item"] == item], item) for item in ITEMS]
    return alt.hconcat(*panels).add_params(alt.param(name="chosen", value=WINDOW_DEFAULT))


WINDOW_DEFAULT = "201601-rice-change"


def _window_panel(shown: pd.DataFrame, item: str) -> alt.LayerChart:
    """Return one price's changes, a row an event, over the band of quiet half-years."""
    x = alt.X("change_pct:Q").title("percent change").scale(domain=[-30, 160], nice=False).axis(
        values=[0, 50, 100, 150])
    rows = alt.Y("label:N").sort(list(dict.fromkeys(shown["label"]))).title(None).axis(labelLimit=120)
    band = alt.Chart(shown[["low", "high"]].head(1).assign(words="quiet half-years"))
    quiet = band.mark_rect(color=charts.colour("grid"), opacity=0.8).encode(alt.X("low:Q"), alt.X2("high:Q"))
    zero = alt.Chart(pd.DataFrame({"change_pct": [0]})).mark_rule(color=charts.colour("faint")).encode(x)
    dots = alt.Chart(shown).mark_point(filled=True, opacity=1, size=55).encode(
        x, rows,
        color=alt.Color("when:N").scale(charts.scale("first", "third", domain=WHEN)).title(None).legend(None),
        shape=alt.Shape("when:N").scale(domain=WHEN, range=["circle", "diamond"]).title(None).legend(None))
    ring = charts.ring(dots, WINDOW_DEFAULT, size=55, own_parameter=False)
    return charts.layered(quiet, zero, dots, ring).properties(
        height=alt.Step(22), width=200, title=alt.Title(item, fontSize=13, offset=6))


# Petrol -----------------------------------------------------------------------------------------------------

YEAR_OF_PETROL = 2017
HALTS = {"China suspends coal imports for the year": "coal stop", "CNPC suspends fuel sales": "fuel stop"}
IN_BRIEF = {"rok-mou": "Unification Ministry"}


@shown
def petrol() -> Figure:
    """Petrol in 2017 by compiler, as a multiple of the first price of the year."""
    shown, halts = _petrol_by_compiler(), _halts().set_index("event")["date"].map(pd.Timestamp)
    most = shown.groupby("series")["times"].max()
    highest = "; ".join(f"{compiler} {times:.1f}" for compiler, times in most.items())
    return charts.publish(
        charts.layered(_petrol_marks(shown), charts.article_date("date"),
                       charts.event_dates(_halts(), "date")),
        name="survival-petrol", claims=["C18"],
        title=f"Petrol did move in {YEAR_OF_PETROL}: "
              f"to {most.min():.1f} to {most.max():.0f} times its early price",
        holds=most.min() > 2 and len(most) == 3, otherwise="Petrol in North Korea in 2017 by compiler",
        measure=f"Price of petrol in {YEAR_OF_PETROL}, in multiples of each compiler's first",
        note="each compiler in its own unit; dotted: between the days read; ruled: China suspends coal, and "
             "its oil company stops fuel",
        says="Price: {series}, {date}: {price:,g} {unit}, {times:.1f} times the first",
        alt_text=f"Highest multiples of the first price of {YEAR_OF_PETROL}: {highest}. China's oil "
                 f"company halted sales on {halts['fuel stop']:%-d %B}.",
        data=shown, columns={"date": "Date", "series": "Compiler", "place": "Place", "price": "Price",
                             "unit": "Unit", "times": "Times", "note": "Remark"})


def _petrol_by_compiler() -> pd.DataFrame:
    shown = charts.plain(series.petrol_in_2017())
    day = shown["date"].where(shown["date"].str.len() == len("2017-01-01"), shown["date"] + "-15")
    names = shown["origin"].map(lambda origin: IN_BRIEF.get(origin) or short_name(origin))
    return shown.assign(series=names, date=pd.to_datetime(day))


def _petrol_marks(shown: pd.DataFrame) -> alt.LayerChart:
    """Return the prices as read, with dotted connectors, since nothing is known of the days between."""
    compilers = sorted(shown["series"].unique(), reverse=True)
    colour = alt.Color("series:N").scale(charts.scale("rok", "first", "third", domain=compilers)).title(None)
    x = alt.X("date:T").title(None).scale(domain=["2017-01-01", "2017-10-31"])
    y = alt.Y("times:Q").title("times the first price").scale(domain=[0, 3.5], nice=False)
    between = alt.Chart(shown).mark_line(strokeDash=[1, 3], strokeWidth=1.75).encode(x, y, color=colour)
    dots = alt.Chart(shown).mark_point(filled=True, opacity=1, size=60).encode(x, y, color=colour)
    return charts.layered(between, dots)


def _halts() -> pd.DataFrame:
    halts = load("lifelines/events").query("kind == 'Chinese measure' and date.dt.year == @YEAR_OF_PETROL")
    named = halts.assign(event=halts["event"].map(HALTS)).dropna(subset=["event"])
    return named.assign(date=named["date"].dt.strftime("%Y-%m-%d"))


# Output -----------------------------------------------------------------------------------------------------

@shown
def output() -> Figure:
    """Real output by the Bank of Korea's estimate against recorded trade with China."""
    shown = charts.plain(series.output_and_trade())
    names = list(shown["series"].unique())
    real, trade = (shown[shown["series"] == name].set_index("year")["index"] for name in names)
    lowest = real.loc[2017:].min()
    lines = alt.Chart(shown).mark_line(point=alt.OverlayMarkDef(size=22)).encode(
        charts.years(), alt.Y("index:Q").title(f"{base_year()} = 100").scale(domain=[0, 120]),
        color=alt.Color("series:N").scale(charts.scale("dprk", "china", domain=names)).title(None),
        tooltip=["year", "series", "index"])
    return charts.publish(
        charts.layered(lines, charts.article_date()), name="survival-output", claims=["C18"],
        title=f"Trade with China fell to {trade[2021]:.0f} percent of {base_year()}, estimated output to "
              f"{lowest:.0f}",
        holds=trade[2021] < 15 and lowest > 80, otherwise="Real output of North Korea and trade with China",
        measure=f"Real output and recorded trade with China, {base_year()}\u00a0=\u00a0100, "
                f"{shown['year'].min()}–{shown['year'].max()}",
        note="output: Bank of Korea's estimate, chained from growth rates; trade: KOTRA",
        says=f"Index: {{series}}, {{year}}: {{index:.1f}} where {base_year()} is 100",
        alt_text=f"Trade with China stands at {trade[2014]:.0f} in 2014, {trade[2018]:.0f} in 2018, "
                 f"{trade[2021]:.0f} in 2021 and {trade[2024]:.0f} in 2024. Real output falls to "
                 f"{lowest:.1f} at its lowest and stands at {real.iloc[-1]:.1f} in {real.index[-1]}.",
        data=shown, columns={"year": "Year", "series": "Series", "index": "2016 = 100"})
