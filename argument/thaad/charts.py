"""The published charts and tables of the THAAD chapter: measures in, one function a
chart, its words beside it.
"""

from __future__ import annotations

from itertools import pairwise

import altair as alt
import pandas as pd

import report
from argument.thaad import readings, series
from argument.thaad.event_study import day_of, left_out, reference_months
from report import charts
from report.article import article
from report.charts import Figure
from report.data.package import load, shown
from report.dates import in_words
from report.prose import enumerated
from report.show import Html

PERCENT = ("percent", "percent_low", "percent_high")


ABREAST = 34  # days between marks of one level, so that none covers another on a phone


@shown
def strip() -> Figure:
    """What was known when: deployment, measures, words and easing, day by day."""
    events = charts.plain(series.chronology()).sort_values("day", kind="stable")
    measures = events.query("lane == 'Chinese measures'")
    early, late = measures[measures["day"] <= charts.ARTICLE], measures[measures["day"] > charts.ARTICLE]
    first = events.set_index("event")["day"]
    arrival, shops = first["First THAAD parts arrive"], first["First Lotte Marts suspended"]
    tours = first["Tourism administration tells agencies to stop tours from 15 March"]
    return charts.publish(
        _lanes(events, early), name="thaad-strip", claims=["C31", "C34", "C44"],
        title=f"{len(early)} Chinese measures before the article; tour ban and shut shops after",
        holds=len(early) >= 5 and min(arrival, shops, tours) > charts.ARTICLE,
        otherwise="Steps of deployment, Chinese measures and words, and easing",
        measure=f"Dated events, {events['day'].min():%B %Y} to {events['day'].max():%B %Y}; a chosen list, "
                "not a count",
        note="Numbers lead to the list under the chart. What is known by month stands in mid-month.",
        alt_text=f"Of the Chinese measures on the list {len(early)} fall between "
                 f"{early['day'].min():%B %Y} and the article of {article().published} and {len(late)} after "
                 f"it. Tours were stopped by an order of {tours:%-d %B %Y}, the first Lotte stores were shut "
                 f"on {shops:%-d %B %Y}, the first parts of the system arrived on {arrival:%-d %B %Y}. "
                 f"Easing falls in {_months_in_words(events.query('lane == @EASING')['day'])}.",
        data=events, columns={"date": "Date", "lane": "Kind", "actor": "Who", "event": "Event"},
        says="{actor}, {date}: {event}")


def _months_in_words(days: pd.Series) -> str:
    """Return the months of events, each once, with how many fall in it where they are several."""
    counted = days.dt.strftime("%B %Y").value_counts(sort=False)
    return ", ".join(f"{month} ({many} times)" if many > 1 else month for month, many in counted.items())


EASING = "easing"
LANE_COLOURS = ("third", "china", "china", "third")


def _lanes(events: pd.DataFrame, early: pd.DataFrame) -> alt.LayerChart:
    """Return a lane a kind of event, each mark on the lowest level of its lane that has room; the measures
    before the article are numbered.
    """
    numbers = {row: str(n) for n, row in enumerate(early["row"], 1)}
    shown = _levelled(events.assign(number=events["row"].map(numbers).fillna("")))
    lanes = list(series.LANES.values())
    x = alt.X("day:T").title(None).axis(format="%b %Y", tickCount=5, values=HALF_YEARS).scale(padding=10)
    y = alt.Y("lane:N").title(None).sort(lanes).axis(None)
    colours = charts.scale(*LANE_COLOURS, domain=lanes)
    up = alt.YOffset("level:Q").scale(domain=[-0.6, shown["level"].max() + 0.6], range=[60, 4])
    base = alt.Chart(shown.drop(columns="date"))
    marks = base.mark_circle(size=150).encode(
        x, y, yOffset=up, color=alt.Color("lane:N").scale(colours).legend(None), tooltip=["day:T", "event:N"])
    told = base.transform_filter("datum.number != ''").mark_text(
        fontSize=10, fontWeight=600, color=charts.colour("paper")).encode(
        x, y, yOffset=up, text="number:N", tooltip=alt.value(None))
    names = alt.Chart(shown.drop_duplicates("lane")).mark_text(align="left", fontWeight=600).encode(
        y, x=alt.value(0), yOffset=alt.YOffset(datum=shown["level"].max()), text="lane:N",
        tooltip=alt.value(None))
    return charts.layered(marks, told, names, charts.article_date("day")).properties(height=alt.Step(66))


HALF_YEARS = [alt.DateTime(year=year, month=month, date=1) for year in (2016, 2017, 2018) for month in (1, 7)]


def _levelled(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with the lowest level of their lane that has room for them, by date."""
    levels: list[int] = []
    last: dict[tuple[str, int], pd.Timestamp] = {}
    for lane, day in zip(events["lane"], events["day"], strict=True):
        level = 0
        while (lane, level) in last and (day - last[lane, level]).days < ABREAST:
            level += 1
        last[lane, level] = day
        levels.append(level)
    return events.assign(level=levels)


@shown
def acts_table() -> Html:
    """Chinese measures on record by the article's date, numbered as in the chart above them."""
    known = series.dated(series.acts("then"), "date").sort_values("day", kind="stable")
    return report.table(known.assign(number=[str(n) for n in range(1, len(known) + 1)]),
                        {"number": "No.", "date": "Date", "event": "Measure recorded or reported"},
                        f"Chinese measures on record by {article().cutoff:%-d %B %Y}")


@shown
def exchanges_table() -> Html:
    """What those who spoke of cancelled exchanges named, talks first."""
    items = load("thaad/military_exchanges")
    talks_first = items.assign(other=items["kind"] != "talks").sort_values(["other", "kind", "item"])
    return report.table(talks_first,
                        {"item": "What fell away", "kind": "Kind", "fate": "Fate", "note": "Note"},
                        "Items named by those who spoke of cancelled military exchanges")


@shown
def companies_table() -> Html:
    """Measures of Chinese authorities that hit South Korean companies."""
    return report.table(load("thaad/company_measures"),
                        {"date": "Date", "companies": "Companies", "measure": "Measure",
                         "reason_given": "Reason given"},
                        "Measures of Chinese authorities that hit South Korean companies")


@shown
def statements_table() -> Html:
    """What Chinese officials said about Korean entertainers."""
    return report.table(load("thaad/statements").query("about_culture"),
                        {"date": "Date", "speaker": "Speaker", "on_record": "In public",
                         "gist": "What was said"},
                        "What Chinese officials said about Korean entertainers")


@shown
def permits() -> Figure:
    """Korean performances approved in China, month by month; the last month is known in part."""
    shown = charts.plain(load("thaad/concert_permits"))
    shown = shown.assign(known=shown["note"].str.contains("floor").map({True: "in part"}).fillna("whole"))
    by_month = shown.set_index("month")["approved"]
    floors = ", ".join(map(in_words, shown.loc[shown["known"] == "in part", "month"])) or "no month"
    summer = by_month["2016-07":"2016-09"]
    return charts.publish(
        _permit_bars(shown), name="thaad-permits", claims=["C35"],
        title="In October and November 2016 China approved no Korean performance",
        holds=by_month["2016-10"] == by_month["2016-11"] == 0 < summer.min() and by_month["2016-12"] >= 1,
        otherwise="Korean performances approved in China by month",
        measure="Performances of Korean artists approved in China by month, "
                f"{in_words(shown['month'].min())} to {in_words(shown['month'].max())}",
        note=f"Dashed: {floors}, known in part, so that the count is a floor.",
        alt_text=f"Approvals by month: {', '.join(f'{in_words(m)} {v}' for m, v in by_month.items())}. Of "
                 f"{floors} "
                 "the count is a floor, since the month was known in part.",
        data=shown, columns={"month": "Month", "approved": "Approved", "note": "Note"},
        says="{month}: {approved} approved")


def _permit_bars(shown: pd.DataFrame) -> alt.LayerChart:
    dated = series.dated(shown, "month")
    middle = [alt.DateTime(year=2016, month=m, date=15) for m in range(7, 13)]
    x = alt.X("day:T").title(None).axis(format="%b", values=middle).scale(padding=24)
    y = alt.Y("approved:Q").title("performances").axis(tickMinStep=1)
    bars = alt.Chart(dated).mark_bar(color=charts.colour("china"), width=30).encode(
        x, y, tooltip=["month", "approved"])
    dated = dated.assign(told=dated["approved"].astype(str).where(
        dated["known"] == "whole", "at least " + dated["approved"].astype(str)))
    numbers = alt.Chart(dated).mark_text(dy=-8).encode(x, y, text="told:N", tooltip=alt.value(None))
    return charts.layered(charts.outlined(bars, "known", "whole"), numbers).properties(height=190)


@shown
def effect_choice() -> Html:
    """A reader's choice of control group and months for the effect of the tour ban."""
    return report.choices("c31", "Change in tourists from China, held against which nationalities, in which "
                                 "months? (Met: the whole interval is a fall.)", readings.choice(),
                          readings.tour_ban_options(),
                          unit="percent", chart="thaad-event-study")


@shown
def event_study() -> Figure:
    """China's tourists against each control group, month by month, with the interval from placebos."""
    shown = charts.plain(series.monthly_effect())
    month = shown.query("group == 'all'").set_index("month")
    year, high = month.loc["2017-04":"2018-02", "percent"], month["percent_high"]
    order, decision = series.ban_in_percent(), series.ban_interval(spell="then")
    first, last = reference_months()
    return charts.publish(
        _effect_layers(shown), name="thaad-event-study", claims=["C31", "C34"],
        title=f"{-order:.0f} percent fewer Chinese tourists after the ban, no clear fall before",
        holds=bool((high[:"2017-02"] > 0).all() and (high["2017-03":] < 0).all()
                   and decision[0] < 0 < decision[1]),
        otherwise="Chinese tourists against tourists of other nationalities",
        measure="Tourists from China against others, percent on the same month of "
                f"{first[:4]}–{last[2:4]}, log scale",
        note=f"Base: {in_words(first)} to {in_words(last)}. The months of MERS, the epidemic of "
             f"{left_out()[0][:4]}, are not in the estimate. The interval holds for each month by itself.",
        alt_text=f"Against all controls, China lay {month.loc['2016-07', 'percent']:.0f} percent above its "
                 f"reference in July 2016 and {month.loc['2017-01', 'percent']:.0f} in January 2017; from "
                 f"{in_words(year.index[0])} to {in_words(year.index[-1])} it lay between "
                 f"{year.max():.0f} and {year.min():.0f} percent. "
                 f"July 2015, in the MERS summer, is at {month.loc['2015-07', 'percent']:.0f}. The interval "
                 f"from placebos reaches from {month['percent_low'].min():.0f} to {high.max():+.0f} percent.",
        data=shown, columns={"month": "Month", "group": "Compared with", "percent": "Percent",
                             "percent_low": "Low",
                             "percent_high": "High"},
        says="{month}: {percent:+.0f} percent, interval {percent_low:+.0f} to {percent_high:+.0f}")


CHANGES = (-90, -80, -60, -40, 0, 50, 100, 200)  # percent, where the axis has its labels
DEFAULT_GROUP = "all-order"


def _effect_layers(shown: pd.DataFrame) -> alt.LayerChart:
    """Return the effect on a scale of ratios, where a halving and a doubling are alike and no interval is
    cut.
    """
    ratio = {f"ratio{end}": 1 + shown[f"percent{end}"] / 100 for end in ("", "_low", "_high")}
    shown = shown.assign(**ratio)
    lowest, highest = min(0.1, ratio["ratio_low"].min()), max(3.3, ratio["ratio_high"].max())
    base = alt.Chart(shown).transform_filter("indexof(chosen, datum.group + '-') == 0")
    x = alt.X("day:T").title(None).axis(format="%Y", tickCount="year")
    signs = "datum.value == 1 ? '0' : format(100 * (datum.value - 1), '+.0f')"
    y = alt.Y("ratio:Q").title("percent").scale(type="log", domain=[lowest, highest], nice=False).axis(
        values=[1 + change / 100 for change in CHANGES], labelExpr=signs)
    band = base.mark_area(**charts.BAND).encode(
        x, alt.Y("ratio_low:Q"), alt.Y2("ratio_high"), tooltip=["month", *PERCENT])
    line = base.mark_line(color=charts.colour("china")).encode(x, y, tooltip=["month", *PERCENT])
    epidemic = base.transform_filter("datum.mers").mark_point(
        filled=True, fill=charts.colour("paper"), stroke=charts.colour("china"), size=45, opacity=1).encode(
        x, y, tooltip=["month", *PERCENT])
    zero = alt.Chart(pd.DataFrame({"ratio": [1]})).mark_rule(color=charts.colour("faint")).encode(y=y)
    return charts.layered(
        band, zero, *_days_of_effect(), charts.article_date("day"), line, epidemic,
        *_named_in_effect(base, x, y)).add_params(alt.param(name="chosen", value=DEFAULT_GROUP))


def _named_in_effect(base: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart | alt.LayerChart]:
    """Return the names of the line with the form's choice, of the band and of the open points."""
    small: charts.Look = {"fontSize": 12, "color": charts.colour("quiet")}
    said = f"chosen == '{DEFAULT_GROUP}' ? \"China, form's default\" : 'China, your choice'"
    silent = alt.value(None)
    named = base.transform_filter("datum.month == '2018-12'").transform_calculate(said=said)
    low = base.transform_filter("datum.month == '2015-08'").transform_calculate(said="'placebo interval'")
    return [
        charts.haloed(named.encode(x, y=alt.datum(1.35), text="said:N", tooltip=silent),
                      align="right", fontWeight=600, color=charts.colour("china")),
        base.transform_filter("datum.month == '2015-07'").mark_text(align="center", dy=14, **small).encode(
            x, y, text=alt.value("MERS"), tooltip=silent),
        low.mark_text(align="left", dx=6, dy=14, lineBreak=" ", lineHeight=14, **small).encode(
            x, alt.Y("ratio_low:Q"), text="said:N", tooltip=silent)]


def _days_of_effect() -> list[alt.LayerChart]:
    """Return the days of the decision, named before its rule, and of the tour ban, named after it."""
    days = pd.DataFrame({"day": [pd.Timestamp(day_of("decision")), pd.Timestamp(day_of("stop"))],
                         "event": ["decision", "tours stopped"]})
    return [charts.event_dates(days.iloc[:1], "day", align="right", lines=0),
            charts.event_dates(days.iloc[1:], "day")]


@shown
def placebos() -> Figure:
    """The effect on China among the effects on countries that no ban struck."""
    ranked = charts.plain(series.placebos())
    dots = alt.Chart(ranked).mark_circle(size=90).encode(
        alt.X("change:Q").title("percent"),
        alt.Y("nationality:N").title(None).sort(list(ranked["nationality"])),
        color=alt.Color("who:N").scale(charts.scale("china", "other",
                                                    domain=["China", "placebo"])).legend(None),
        tooltip=["nationality", "change"])
    zero = alt.Chart(pd.DataFrame({"change": [0]})).mark_rule(color=charts.colour("faint")).encode(
        x="change:Q")
    struck, low, high = ranked["change"].iloc[0], ranked.iloc[1], ranked.iloc[-1]
    tenth, ninth = ranked["change"].iloc[1:].quantile([0.1, 0.9])
    return charts.publish(
        charts.layered(zero, dots), name="thaad-placebos", claims=["C31"],
        title="No other nationality fell by a third of what China did",
        holds=ranked["nationality"].iloc[0] == "China" and low["change"] > struck / 3
        and high["change"] > -low["change"],
        otherwise="The effect on China among placebo effects",
        measure="Effect of the order as if it had struck each nationality, against the rest, percent",
        alt_text=f"China stands at {struck:.0f} percent. The placebos run from {low['change']:.0f} "
                 f"({low['nationality']}) to {high['change']:+.0f} percent ({high['nationality']}), most of "
                 f"them between {tenth:.0f} and {ninth:+.0f}.",
        data=ranked, columns={"nationality": "Nationality", "change": "Percent"},
        says="{nationality}: {change:+.0f} percent")


@shown
def tourists_exports() -> Figure:
    """Chinese tourists above, exports to China below."""
    both, runs = charts.plain(series.tourists_and_exports()), series.runs_of_months()
    falling, rising = runs.query("last == '2016-10'").iloc[0], runs.query("first == '2016-11'").iloc[0]
    span = [f"{both['day'].min():%Y-%m-%d}", f"{both['day'].max():%Y-%m-%d}"]
    panels = [_months_panel(both, span, "tourists", "china", "thousand tourists", None),
              _months_panel(both, span, "exports", "rok", "billion US dollars", "")]
    came, sold = (both[both["measure"] == m].groupby(both["month"].str[:4])["value"].sum()
                  for m in ("tourists", "exports"))
    year, before = str(charts.ARTICLE.year), str(charts.ARTICLE.year - 1)
    fell, grew = (100 * (of[year] / of[before] - 1) for of in (came, sold))
    return charts.publish(
        alt.vconcat(*panels), name="thaad-tourists-exports", claims=["C31", "C34"],
        title=f"In {year} tourists from China fell {-fell:.0f} percent, exports to China rose {grew:.0f}",
        holds=falling["months"] > 12 and rising["months"] > 12 and fell < -50 and grew > 0,
        otherwise="Chinese tourists in South Korea, and South Korea's exports to China",
        measure="Tourists from China above, South Korea's exports to China below, by month",
        note="Exports in dollars of the day. Each on its own scale.",
        alt_text=f"Tourists from China were {came['2016'] / 1000:.1f} million in 2016 and "
                 f"{came['2017'] / 1000:.1f} in 2017. Exports fell year on year from "
                 f"{in_words(falling['first'])} to "
                 f"{in_words(falling['last'])}, {falling['months']} months, then rose until "
                 f"{in_words(rising['last'])}, "
                 f"{rising['months']} months: {sold['2016']:.0f} billion dollars "
                 f"in 2016, {sold['2017']:.0f} in 2017, {sold['2018']:.0f} in 2018.",
        data=both, columns={"month": "Month", "measure": "Measure", "value": "Value"},
        says="{measure}, {month}: {value:,.1f}")


def _months_panel(both: pd.DataFrame, span: list[str], measure: str, actor: str, title: str,
                  label: str | None) -> alt.LayerChart:
    line = alt.Chart(both[both["measure"] == measure]).mark_line(color=charts.colour(actor)).encode(
        alt.X("day:T").title(None).axis(format="%Y", tickCount="year").scale(domain=span),
        alt.Y("value:Q").title(title), tooltip=["month", "value"])
    return charts.layered(line, charts.article_date("day", label)).properties(height=150)


def _months_of(found: pd.DataFrame, item: str) -> str:
    """Return the months of the later year that a change covers, in words."""
    first, last = (pd.Timestamp(month) for month in found.set_index("item")["change"][item].period)
    return f"{first:%B} to {last:%B}"


def _year_of(found: pd.DataFrame) -> int:
    """Return the one year whose changes are compared; raise ValueError for several."""
    (year,) = {pd.Timestamp(change.period[1]).year for change in found["change"]}
    return year


def _cars_unmeasured() -> str:
    return charts.stated("For cars no measure of an authority was found.", when=_no_measure_on_cars())


def _no_measure_on_cars() -> bool:
    """Say whether no measure of an authority against a maker of cars is known."""
    return not load("thaad/company_measures")["companies"].str.contains("car maker|Hyundai|Kia").any()


@shown
def who_paid() -> Figure:
    """What fell and what rose, 2017 on 2016."""
    found = series.who_paid()
    paid = charts.plain(found)
    change, year = paid.set_index("item")["change"], _year_of(found)
    fell = ["Lotte Mart sales", "Tourists", "Hyundai cars", "Kia cars"]
    return charts.publish(
        _paid_bars(paid), name="thaad-who-paid", claims=["C31", "C34"],
        title=f"Lotte, tours and two car makers lost in {year}; exports as a whole grew",
        holds=bool(change[fell].max() < -30 and change["All exports"] > 0 and _no_measure_on_cars()),
        otherwise="Change of 2017 on 2016 in what South Korea sells to Chinese customers",
        measure=f"Sales and cars in China, tourists from it, exports to it: change of {year} on {year - 1}, "
                "percent",
        note=f"{_cars_unmeasured()} Farm exports: {_months_of(found, 'Farm exports')}.",
        alt_text=f"Change of {year} on {year - 1}: "
        + "; ".join(f"{r.item} {r.change:+.0f} percent" for r in paid.itertuples())
                 + f". {_cars_unmeasured()}",
        data=paid, columns={"item": "What", "change": "Percent"}, says="{item}: {change:+.0f} percent")


def _paid_bars(paid: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("change:Q").title("percent").scale(domain=[-100, 40])
    y = alt.Y("item:N").title(None).sort(list(paid["item"]))
    ways = charts.scale("fourth", "second", domain=["fell", "rose"])
    bars = alt.Chart(paid).mark_bar().encode(
        x, y, color=alt.Color("way:N").scale(ways).legend(None), tooltip=["item", "change"])
    beside: list[tuple[str, charts.Align, int]] = [("fell", "right", -5), ("rose", "left", 5)]
    numbers = [alt.Chart(paid[paid["way"] == way]).mark_text(align=align, dx=dx).encode(
        x, y, text=alt.Text("change:Q", format="+.0f"), tooltip=alt.value(None))
        for way, align, dx in beside]
    return charts.layered(bars, numbers[0], numbers[1])


@shown
def stores_cars() -> Figure:
    """Lotte Marts shut above, car sales below: two spans of time, and the first is marked in the second."""
    stores, cars = charts.plain(series.lotte_stores()), charts.plain(series.car_months())
    counts = stores.set_index("day")["stores"]
    days, of = (counts.idxmax() - counts.index[0]).days, stores["of_stores"].iloc[0]
    fall = cars[cars["period_start"].str.startswith("2017")]["change"]
    return charts.publish(
        alt.vconcat(_stores_panel(stores, of), _cars_panel(cars, stores), spacing=24),
        name="thaad-stores-cars", claims=["C34"],
        title=f"From {counts.iloc[0]:.0f} to {counts.max():.0f} of {of:.0f} Lotte Marts shut in {days} days; "
              "car sales fell too",
        holds=counts.is_monotonic_increasing and counts.max() > 0.8 * of and fall.max() < 0
        and _no_measure_on_cars(),
        otherwise="Lotte Marts shut in China, and sales of Hyundai and Kia there",
        measure="Stores shut, by day; cars sold in China, percent on the same month a year before",
        note=f"Shaded: no figure was found. {_cars_unmeasured()} Stores and cars each on a time axis of "
             "their own scale.",
        alt_text="Stores shut: " + ", ".join(f"{r.stores} on {r.date}" for r in stores.itertuples())
        + ". Car sales: "
                 + ", ".join(f"{in_words(r.period_start)} {r.change:+.0f} percent" for r in cars.itertuples())
                 + ". No other day or month is drawn.",
        data=pd.concat([stores, cars]),
        columns={"day": "Date", "stores": "Stores shut", "change": "Car sales, %"},
        says=("{date}: {stores} of {of_stores} stores shut", "{period_start}: {change:+.0f} percent"))


def _without(days: list[tuple[pd.Timestamp, pd.Timestamp]]) -> alt.Chart:
    """Return the spans between those that have a figure, shaded."""
    spans = pd.DataFrame([{"start": stop, "stop": start} for (_, stop), (start, _) in pairwise(days)
                          if start > stop])
    return alt.Chart(spans).mark_rect(color=charts.colour("grid"), opacity=0.6).encode(
        alt.X("start:T"), alt.X2("stop"))


def _stores_panel(stores: pd.DataFrame, of: float) -> alt.LayerChart:
    day = pd.Timedelta(days=1)
    shown = stores.assign(left=stores["day"] - 0.4 * day, right=stores["day"] + 0.4 * day)
    x = alt.X("left:T").title(None).axis(format="%-d %b", tickCount=5).scale(padding=8)
    y = alt.Y("stores:Q").title(f"stores shut, of {of:.0f}").scale(domain=[0, of]).axis(tickCount=5)
    bars = alt.Chart(shown).mark_bar(color=charts.colour("rok")).encode(
        x, y, x2="right:T", y2=alt.datum(0), tooltip=["date", "stores", "of_stores"])
    gaps = _without([(d - 0.5 * day, d + 0.5 * day) for d in sorted(set(stores["day"]))])
    title = alt.Title(f"Lotte Mart, {_spell(stores['day'])}", fontSize=13, offset=4)
    return charts.layered(gaps, bars).properties(height=130, title=title)


def _cars_panel(cars: pd.DataFrame, stores: pd.DataFrame) -> alt.LayerChart:
    first = pd.to_datetime(cars["period_start"])
    shown = cars.assign(left=first + pd.Timedelta(days=3), right=first + pd.Timedelta(days=27))
    x = alt.X("left:T").title(None).axis(format="%b %Y", tickCount=5).scale(padding=8)
    y = alt.Y("change:Q").title("percent")
    bars = alt.Chart(shown).mark_bar(color=charts.colour("rok")).encode(
        x, y, x2="right:T", y2=alt.datum(0), tooltip=["period_start", "change"])
    gaps = _without([(start, start + pd.offsets.MonthBegin()) for start in sorted(first)])
    above = alt.Chart(pd.DataFrame({"start": [stores["day"].min()], "stop": [stores["day"].max()],
                                    "says": ["the days above"]})).encode(alt.X("start:T"), y=alt.datum(20))
    marked = above.mark_rule(strokeWidth=4, color=charts.colour("rule")).encode(alt.X2("stop"))
    named = above.mark_text(align="left", dy=-10, fontSize=12, color=charts.colour("quiet")).encode(
        text="says:N")
    title = alt.Title(f"Hyundai and Kia, {_spell(first)}", fontSize=13, offset=4)
    return charts.layered(gaps, bars, marked, named, charts.article_date("day")).properties(
        height=170, title=title)


def _spell(days: pd.Series) -> str:
    return f"{days.min():%b %Y} to {days.max():%b %Y}"


@shown
def visitors_since() -> Figure:
    """Visitors from China by year, in two counts."""
    counts = charts.plain(series.annual_visitors())
    kto, moj = (counts[counts["series"] == s].set_index("year")["million"] for s in ("visitors", "entries"))
    return charts.publish(
        _visitor_lines(counts), name="thaad-visitors-since", claims=["C31"],
        title=f"In {kto.index[-1]} visitors from China were still fewer than in {kto.idxmax()}",
        holds=kto.idxmax() == 2016 and kto.iloc[-1] < kto[2016],
        otherwise="Visitors from China to South Korea by year",
        measure=f"Visitors from China by year, million, {kto.index[0]}–{kto.index[-1]}",
        note="Visitors: the tourism organisation, all purposes. Entries: the justice ministry's wider count "
             "of Chinese citizens.",
        alt_text=f"Visitors were {kto[2010]:.1f} million in 2010, {kto[2016]:.1f} in 2016, {kto[2017]:.1f} "
                 f"in 2017, {kto[2019]:.1f} in 2019 and {kto.iloc[-1]:.1f} in {kto.index[-1]}. Entries, "
                 f"counted wider, were {moj[2021]:.1f} million in 2021. "
                 + charts.stated("Neither count has every year.", when=all(
                     len(one) <= one.index.max() - one.index.min() for one in (kto, moj))),
        data=counts, columns={"year": "Year", "series": "Counted", "million": "Million"},
        says="{series}: {million:.2f} million in {year}")


# year, side, pixels
NAMED_AT: dict[str, tuple[int, charts.Align, int]] = {"visitors": (2014, "right", -10),
                                                      "entries": (2019, "left", 10)}


def _visitor_lines(counts: pd.DataFrame) -> alt.LayerChart:
    colours = charts.scale("china", "second", domain=["visitors", "entries"])
    x, y = charts.years(values=list(range(2010, 2026, 3))), alt.Y("million:Q").title("million").scale(
        domain=[0, 9])
    hue = alt.Color("series:N").scale(colours).legend(None)
    lines = alt.Chart(counts).mark_line(point=True).encode(x, y, color=hue, detail="spell:N",
                                                           tooltip=["year", "series", "million"])
    names = [alt.Chart(counts[(counts["series"] == who) & (counts["year"] == year)]).mark_text(
        align=side, dx=dx, fontWeight=600).encode(x, y, color=hue, text="series:N", tooltip=alt.value(None))
        for who, (year, side, dx) in NAMED_AT.items()]
    years = sorted(counts.loc[counts["series"] == "visitors", "year"])
    holes = [(a + 0.2, b - 0.2) for a, b in pairwise(years) if b - a > 1]
    shaded = [charts.gap(start, stop, "") for start, stop in holes]
    said = alt.Chart(pd.DataFrame([{"year": a, "says": "visitors:\nno figure"} for a, _ in holes])).mark_text(
        align="left", baseline="top", dx=5, dy=22, fontSize=12, lineBreak="\n", lineHeight=14,
        color=charts.colour("quiet")).encode(x, y=alt.value(0), text="says:N")
    return charts.layered(*shaded, lines, *names, said, charts.article_date())


YEAR_OF_LOSS = 2017


@shown
def losses() -> Figure:
    """Forecasts of what the dispute would cost, and what came."""
    cost = charts.plain(series.losses()).sort_values("value")
    value = cost.set_index("label")["value"]
    ours, head = cost.set_index("label").loc["missing tourists"], series.spending_per_tourist()
    return charts.publish(
        _loss_marks(cost), name="thaad-losses", claims=["C31"],
        title="Tourism lost what was forecast or more; exports grew all the same",
        holds=value["HRI, tourism"] < ours["high"]
        and ours["low"] < value["Credit Suisse, tours"] < ours["high"]
        and value["Reuters, to September"] > value["HRI, tourism"]
        and report.reading("c31-exports-now").number > 0,
        otherwise="Forecasts of South Korea's loss in 2017 and what came",
        measure=f"South Korea's loss in {YEAR_OF_LOSS}, billion US dollars: forecasts of spring, "
                "and what came",
        note="All are estimates. HRI: Hyundai Research Institute. Missing tourists: this report's, "
             f"{_months_missed()}, at Credit Suisse's {charts.amount(head.number)} dollars a head, with "
             f"the interval from placebos.",
        alt_text="From low to high, in billion dollars: "
        + "; ".join(f"{k} {v:.1f}" for k, v in value.items())
                 + f". The interval of the missing tourists runs from {ours['low']:.1f} to "
                   f"{ours['high']:.1f}.",
        data=cost, columns={"label": "Estimate", "kind": "Kind", "value": "Billion dollars", "low": "Low",
                            "high": "High"}, says="{label}: {value:.1f} billion US dollars ({kind})")


def _months_missed() -> str:
    """Return the months in which tourists are counted as missing, in words."""
    first, last = series.losses().set_index("label")["value"]["missing tourists"].period
    return f"{in_words(first)} to {in_words(last)}"


def _loss_marks(cost: pd.DataFrame) -> alt.LayerChart:
    """Return a row an estimate, named with what it is: forecasts grey, what came dark."""
    kinds = ["forecast", "came, by a press count", "came, by this report"]
    cost = cost.assign(named=cost["label"] + " (" + cost["kind"] + ")")
    x = alt.X("value:Q").title("billion US dollars").scale(domain=[0, 24])
    y = alt.Y("named:N").title(None).sort(list(cost["named"])).axis(labelLimit=300)
    hue = alt.Color("kind:N").scale(charts.scale("fourth", "first", "first", domain=kinds)).legend(None)
    dots = alt.Chart(cost).mark_point(size=110, filled=False, strokeWidth=2.5, opacity=1).encode(
        x, y, color=hue, tooltip=["label", "kind", "value", "low", "high"])
    span = alt.Chart(cost.dropna(subset=["low"])).mark_rule(color=charts.colour("first")).encode(
        alt.X("low:Q"), y, x2="high:Q")
    return charts.layered(span, dots)


@shown
def views() -> Figure:
    """Unfavourable views of China in South Korea and Japan, other countries faint."""
    shown, whose = charts.plain(series.views_of_china()), ["South Korea", "Japan", "others"]
    korea, japan = (shown.query("country == @c").set_index("year")["unfavourable"] for c in ("KOR", "JPN"))
    told = [", ".join(f"{s[k]:.0f} in {k}" for k in (2010, 2015, 2017, 2023)) for s in (korea, japan)]
    return charts.publish(
        _views_layers(shown, whose), name="thaad-views", claims=["C31"],
        title=f"South Koreans unfavourable to China: {korea[2015]:.0f} percent in 2015, "
              f"{korea.iloc[-1]:.0f} in {korea.index[-1]}",
        holds=korea.loc[2017:].min() - korea[2015] > 15 and korea.iloc[-1] > korea[2017]
        and abs(japan[2017] - japan[2015]) < 10,
        otherwise="Unfavourable views of China in South Korea and Japan",
        measure="Adults with an unfavourable view of China, percent, Pew surveys "
                f"{shown['year'].min()}–{shown['year'].max()}",
        note=f"Grey: {shown['country'].nunique() - 2} other countries. Dotted: no survey, or the wave of "
             f"{_left_out(shown['year'])}, which is faulty in the copy that was read.",
        alt_text=f"Unfavourable, percent: South Korea {told[0]}; Japan {told[1]}.",
        data=shown, columns={"year": "Year", "country": "Country", "unfavourable": "Unfavourable, %",
                             "respondents": "Respondents"},
        says="{country}, {year}: {unfavourable:.0f} percent unfavourable")


def _left_out(years: pd.Series) -> str:
    """Return the years in which no country has a figure, between the first and the last that have."""
    return enumerated(str(year) for year in range(years.min(), years.max()) if year not in set(years))


def _views_layers(shown: pd.DataFrame, whose: list[str]) -> alt.LayerChart:
    two, colours = shown[shown["who"] != whose[2]], charts.scale("rok", "japan", "faint", domain=whose)
    x, y = charts.years(), alt.Y("unfavourable:Q").title("percent").scale(domain=[0, 100])
    hue = alt.Color("who:N").scale(colours).legend(None)
    stated = {"detail": "spell:N", "color": hue, "tooltip": ["year", "country", "unfavourable"]}
    lines = [alt.Chart(part).mark_line(strokeWidth=width, point=alt.OverlayMarkDef(size=dot)).encode(
        x, y, **stated) for part, width, dot in ((shown[shown["who"] == whose[2]], 0.75, 5), (two, 2.25, 18))]
    bridges = alt.Chart(two).mark_line(strokeDash=[2, 3], strokeWidth=1).encode(x, y, color=hue)
    names = charts.end_labels(two, "who", x, y, colours)
    return charts.layered(lines[0], bridges, lines[1], names, charts.article_date())
