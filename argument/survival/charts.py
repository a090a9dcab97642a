"""The published charts of firms, markets and output: one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.survival import readings, series
from argument.survival.series import BASE, ITEMS
from report import charts
from report.charts import Figure
from report.data.origins import short_name
from report.data.package import load
from report.rule import limb
from report.show import Html


# Firms ------------------------------------------------------------------------------------------------------

KINDS = ["at work", "all that ever came", "not said"]


def firms() -> Figure:
    """Every count of Chinese firms, ventures, projects and contracts, by what is counted."""
    counts = _dated_counts()
    needed = limb("C17.count").threshold
    assert needed is not None  # a count is held against a number
    working = int((counts["operating"] == "at work").sum())
    listed = "; ".join(f"{one.as_of:%Y}, {one.counted}, {one.number}"
                       for one in counts.rename(columns={"count": "number"}).itertuples())
    return charts.publish(
        _needed_line(needed) + _count_marks(counts) + charts.article_date(),
        name="survival-firms", claims=["C17"],
        title=f"No count of Chinese firms goes far above {needed:.0f}, and {working} of {len(counts)} is "
              "of firms at work",
        holds=working == 1 and counts["count"].max() < 1.1 * needed,
        otherwise="Counts of Chinese firms in North Korea",
        measure="Chinese firms, joint ventures, projects or contracts in North Korea as counted by "
                f"different sources, 1999–2017; dashed: {needed:.0f}",
        alt_text=f"Counts by date: {listed}.",
        data=counts, columns={"as_of": "Date", "counted": "What is counted", "qualifier": "Exactness",
                              "count": "Number", "operating": "At work?"})


def _dated_counts() -> pd.DataFrame:
    counts = charts.plain(series.counts_of_firms()).sort_values("as_of")
    at_work = counts["operating"].map({True: "at work", False: "all that ever came"}).fillna("not said")
    year = counts["as_of"].dt.year + (counts["as_of"].dt.day_of_year - 1) / 365
    return counts.assign(operating=at_work, year=year)


def _count_marks(counts: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("year:Q").title(None).scale(domain=[1999, 2019], nice=False).axis(format="d")
    y = alt.Y("count:Q").title("firms, ventures, projects or contracts").scale(domain=[0, 240])
    colours = charts.scale("met", "china", "other", domain=KINDS)
    dots = alt.Chart(counts).mark_point(filled=True, size=110).encode(
        x, y, color=alt.Color("operating:N").scale(colours).title(None),
        shape=alt.Shape("operating:N").scale(domain=KINDS).title(None),
        tooltip=["as_of", "counted", "qualifier", "count", "detail"])
    apart = counts[~counts["origin"].isin(["kotra", "xinhua"])]  # their labels would lie on the others'
    return dots + alt.Chart(apart).mark_text(dy=-13).encode(x, y, text="count:Q")


def _needed_line(needed: float) -> alt.Chart:
    return alt.Chart(pd.DataFrame({"count": [needed]})).mark_rule(strokeDash=[3, 3]).encode(y="count:Q")


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
    return (lines + charts.outlined(dots, "basis", "reported") + rule + words).properties(
        width=160, height=120, title=alt.Title(HEADINGS[facet], fontSize=13, offset=8))


# Markets ----------------------------------------------------------------------------------------------------

PRICED = ["Rice", "US dollar", "US dollar, quarterly", "Trade with China"]


def prices() -> Figure:
    """Rice and the dollar in Pyongyang, and trade with China, against the base year."""
    markets, trade = charts.plain(series.price_index()), charts.plain(series.trade_index())
    fall = trade.set_index("year")["index"]
    won = series.yearly_medians("US dollar").astype(float)
    told = ", ".join(f"{won[year]:.0f} in {year}" for year in (2018, 2021, 2023))
    return charts.publish(
        _price_lines(markets, trade) + charts.article_date("date")
        + charts.event_dates(_marked_shocks(), "date"),
        name="survival-prices", claims=["C18"],
        title=f"Trade with China fell by {100 - fall[2021]:.0f} percent and the won did not fall with it; "
              f"it fell when {fall[2024]:.0f} percent of the trade was back",
        holds=fall[2021] < 15 and won[2021] < won[BASE] and won[2025] > 3 * won[2023]
        and 3 * fall[2021] < fall[2024] < 60,
        otherwise="Rice and the dollar in Pyongyang, and trade with China",
        measure="Price of rice and of the US dollar in Pyongyang by survey, the dollar by quarter from "
                "the Bank of Korea, and trade with China by year (KOTRA), median or value of 2016 = 100, "
                "log scale, 2013–2026",
        alt_text=f"Trade falls to {fall[2021]:.0f} in 2021 and recovers to {fall[2024]:.0f} in 2024. The "
                 f"dollar costs {won[2016]:.0f} won in 2016, {told}, {won[2025]:.0f} in 2025 and "
                 f"{won[2026]:.0f} in 2026.",
        data=pd.concat([markets, trade]),
        columns={"date": "Date", "series": "Series", "price": "Won", "index": "2016 = 100"})


def _price_lines(markets: pd.DataFrame, trade: pd.DataFrame) -> alt.LayerChart:
    colours = charts.scale("dprk", "usa", "faint", "china", domain=PRICED)
    x = alt.X("date:T").title(None).scale(domain=["2013-01-01", "2027-06-01"])
    y = alt.Y("index:Q").title(f"{BASE} = 100, log scale").scale(type="log")
    colour = alt.Color("series:N").scale(colours).title(None).legend(columns=2)
    # the addresses stay in the table behind the chart: each survey names all those of the base year too
    lines = alt.Chart(markets.drop(columns="row")).mark_line(strokeWidth=1.6).encode(
        x, y, color=colour, tooltip=["date", "series", "price", "index"])
    yearly = alt.Chart(trade).mark_line(point=True, strokeDash=[4, 3]).encode(
        x, y, color=colour, tooltip=["year", "series", "index"])
    return lines + yearly


def _marked_shocks() -> pd.DataFrame:
    marked = [shock for shock in series.SHOCKS if shock.brief in ("border", "treaty")]
    return pd.DataFrame({"date": [f"{shock.date:%Y-%m-%d}" for shock in marked],
                         "event": [shock.brief for shock in marked]})


def shock_choice() -> Html:
    """A reader's choice of event, price and window."""
    dimensions = {"Event": readings.shock_keys(), "Price": {key: item for item, key in ITEMS.items()},
                  "Window": {"change": "half-year after", "later": "half-year after that"}}
    question = "Change of the median price around an event (met: beyond nine in ten quiet half-years)"
    return report.choices("c18", question, dimensions, readings.shock_options(), unit="percent change",
                          chart="survival-windows")


def windows() -> Figure:
    """The change of rice and the dollar around each shock, beside the range of quiet half-years."""
    shown = _windows_beside_quiet()
    first = shown.query("window == 'change'")
    beyond = sorted(first.loc[first["beyond"], "label"].unique())
    changes = "; ".join(f"{label} {change.iloc[0]:+.0f} and {change.iloc[1]:+.0f}"
                        for label, change in first.groupby("label", sort=False)["change_pct"])
    return charts.publish(
        _window_marks(shown), name="survival-windows", claims=["C18"],
        title="After no sanction and no border closing did rice or the dollar leave the range of quiet "
              "half-years",
        holds=beyond == ["Jun 2024, treaty"], otherwise="Change of rice and the dollar around ten events",
        measure="Change of the median price in Pyongyang from the half-year before to the first and the "
                "second half-year after, percent; numbers name resolutions; bars: the middle nine tenths "
                "of quiet half-years, 2013–2023",
        alt_text=f"Changes in the half-year after, rice and dollar: {changes} percent.",
        data=shown, columns={"label": "Event", "item": "Price", "when": "Window", "change_pct": "Change, %",
                             "surveys_before": "Surveys before", "surveys_after": "Surveys after"})


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


def _window_marks(shown: pd.DataFrame) -> alt.LayerChart:
    first = shown[shown["window"] == "change"]
    rows = alt.Y("label:N").sort(list(dict.fromkeys(shown["label"]))).title(None).axis(labelLimit=120)
    offset = alt.YOffset("item:N").sort(list(ITEMS))
    colour = alt.Color("item:N").scale(charts.scale("dprk", "usa", domain=list(ITEMS))).title(None)
    quiet = alt.Chart(first).mark_rule(strokeWidth=5, opacity=0.22).encode(
        alt.X("low:Q").title("percent change"), rows, x2="high:Q", yOffset=offset, color=colour.legend(None))
    dots = alt.Chart(shown).mark_point(filled=True, opacity=0.95).encode(
        alt.X("change_pct:Q"), rows, yOffset=offset, color=colour,
        shape=alt.Shape("when:N").title(None).legend(columns=2),
        size=alt.condition("datum.key == chosen", alt.value(300), alt.value(55)),
        tooltip=["label", "item", "when", "change_pct", "surveys_before", "surveys_after"],
    ).add_params(alt.param(name="chosen", value="201601-rice-change"))
    top = first[first["label"] == first["label"].iloc[0]]
    names = alt.Chart(top).mark_text(align="left", dx=8).encode(
        alt.X("high:Q"), rows, yOffset=offset, text="item:N", color=colour.legend(None))
    return quiet + dots + names


# Petrol -----------------------------------------------------------------------------------------------------

IN_BRIEF = {"rok-mou": "Unification Ministry"}


def petrol() -> Figure:
    """Petrol in 2017 by compiler, as a multiple of the first price of the year."""
    shown = _petrol_by_compiler()
    most = shown.groupby("series")["times"].max()
    highest = "; ".join(f"{compiler} {times:.1f}" for compiler, times in most.items())
    return charts.publish(
        _petrol_lines(shown) + charts.article_date("date", label="") + charts.event_dates(_halts(), "date"),
        name="survival-petrol", claims=["C18"],
        title=f"Petrol did move: between {most.min():.1f} and {most.max():.0f} times its price early in "
              "2017, by every compiler",
        holds=most.min() > 2 and len(most) == 3, otherwise="Petrol in North Korea in 2017 by compiler",
        measure="Price of petrol in 2017 as a multiple of each compiler's first price of the year, each "
                "in its own unit; ruled: the article, and the days on which China suspended coal "
                "purchases and its oil company stopped selling fuel",
        alt_text=f"Highest multiples of the first price of 2017: {highest}. China's oil company halted "
                 "sales on 28 June.",
        data=shown, columns={"date": "Date", "series": "Compiler", "place": "Place", "price": "Price",
                             "unit": "Unit", "times": "Times", "note": "Remark"})


def _petrol_by_compiler() -> pd.DataFrame:
    shown = charts.plain(series.petrol_in_2017())
    day = shown["date"].where(shown["date"].str.len() == len("2017-01-01"), shown["date"] + "-15")
    names = shown["origin"].map(lambda origin: IN_BRIEF.get(origin) or short_name(origin))
    return shown.assign(series=names, date=pd.to_datetime(day))


def _petrol_lines(shown: pd.DataFrame) -> alt.Chart:
    colours = charts.scale("rok", "dprk", "japan", domain=sorted(shown["series"].unique(), reverse=True))
    return alt.Chart(shown).mark_line(point=True).encode(
        alt.X("date:T").title(None).scale(domain=["2017-01-01", "2017-10-31"]),
        alt.Y("times:Q").title("times the first price of the year").scale(domain=[0, 3.3]),
        color=alt.Color("series:N").scale(colours).title(None),
        tooltip=["date", "series", "price", "unit", "times"])


def _halts() -> pd.DataFrame:
    halts = load("lifelines/events").query("kind == 'Chinese measure' and date < '2017-07-31'")
    return halts.assign(event=["coal", "fuel"], date=halts["date"].dt.strftime("%Y-%m-%d"))


# Output -----------------------------------------------------------------------------------------------------

def output() -> Figure:
    """Real output by the Bank of Korea's estimate against recorded trade with China."""
    shown = charts.plain(series.output_and_trade())
    names = list(shown["series"].unique())
    real, trade = (shown[shown["series"] == name].set_index("year")["index"] for name in names)
    lowest = real.loc[2017:].min()
    lines = alt.Chart(shown).mark_line(point=alt.OverlayMarkDef(size=22)).encode(
        charts.years(), alt.Y("index:Q").title(f"{BASE} = 100").scale(domain=[0, 120]),
        color=alt.Color("series:N").scale(charts.scale("dprk", "china", domain=names)).title(None),
        tooltip=["year", "series", "index"])
    return charts.publish(
        lines + charts.article_date(), name="survival-output", claims=["C18"],
        title=f"Recorded trade with China fell to {trade[2021]:.0f} percent of 2016, estimated output to "
              f"{lowest:.0f}",
        holds=trade[2021] < 15 and lowest > 80, otherwise="Real output of North Korea and trade with China",
        measure="Real gross domestic product (Bank of Korea, chained from growth rates) and trade with "
                "China (KOTRA), 2016 = 100, 2000–2025",
        alt_text=f"Trade with China stands at {trade[2014]:.0f} in 2014, {trade[2018]:.0f} in 2018, "
                 f"{trade[2021]:.0f} in 2021 and {trade[2024]:.0f} in 2024. Real output falls to "
                 f"{lowest:.1f} at its lowest and stands at {real.iloc[-1]:.1f} in {real.index[-1]}.",
        data=shown, columns={"year": "Year", "series": "Series", "index": "2016 = 100"})
