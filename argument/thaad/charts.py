"""The published charts and tables of the THAAD chapter: measures in, one function a
chart, its words beside it.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.thaad import readings, series
from report import charts
from report.charts import Figure
from report.data.package import load
from report.show import Html

PERCENT = ("percent", "percent_low", "percent_high")


def strip() -> Figure:
    """What was known when: deployment, measures, words and easing, day by day."""
    events = charts.plain(series.chronology())
    measures = events.query("lane == 'Chinese measures'")
    early, late = measures[measures["day"] <= charts.ARTICLE], measures[measures["day"] > charts.ARTICLE]
    first = events.set_index("event")["day"]
    arrival, shops = first["First THAAD parts arrive"], first["First Lotte Marts suspended"]
    tours = first["Tourism administration tells agencies to stop tours from 15 March"]
    return charts.publish(
        (_lanes(events) + charts.article_date("day")).properties(height=170), name="thaad-strip",
        claims=["C31", "C34", "C44"],
        title=f"Before the article: {len(early)} Chinese measures; the tour ban, the shut shops and the "
              "first parts came after",
        holds=len(early) >= 5 and min(arrival, shops, tours) > charts.ARTICLE,
        otherwise="Steps of deployment, Chinese measures and words, and easing",
        measure="Dated events, January 2016 to June 2018; a chosen list, not a count; events known by month "
                "stand in mid-month",
        alt_text=f"Of the Chinese measures on the list {len(early)} fall between July 2016 and the article "
                 f"of February 2017 and {len(late)} after it. Tours were stopped by an order of "
                 f"{tours:%d %B %Y}, the first Lotte stores were shut on {shops:%d %B %Y}, the first parts "
                 f"of the system arrived on {arrival:%d %B %Y}. Easing clusters in late 2017.",
        data=events, columns={"date": "Date", "lane": "Kind", "actor": "Who", "event": "Event"})


def _lanes(events: pd.DataFrame) -> alt.Chart:
    lanes = list(series.LANES.values())
    colours = charts.scale("usa", "china", "other", "met", domain=lanes)
    return alt.Chart(events.drop(columns="date")).mark_point(filled=True, size=95, opacity=0.85).encode(
        alt.X("day:T").title(None).axis(format="%b %Y", tickCount=5).scale(padding=10),
        alt.Y("lane:N").title(None).sort(lanes), color=alt.Color("lane:N").scale(colours).legend(None),
        tooltip=["day:T", "event:N"])


def acts_table() -> Html:
    """Chinese measures on record by the article's date."""
    return report.table(series.acts("then"), {"date": "Date", "event": "Measure recorded or reported"},
                        "Chinese measures on record by 12 February 2017")


def exchanges_table() -> Html:
    """What those who spoke of cancelled exchanges named, talks first."""
    items = load("thaad/military_exchanges")
    talks_first = items.assign(other=items["kind"] != "talks").sort_values(["other", "kind", "item"])
    return report.table(talks_first,
                        {"item": "What fell away", "kind": "Kind", "fate": "Fate", "note": "Note"},
                        "Items named by those who spoke of cancelled military exchanges")


def companies_table() -> Html:
    """Measures of Chinese authorities that hit South Korean companies."""
    return report.table(load("thaad/company_measures"),
                        {"date": "Date", "companies": "Companies", "measure": "Measure",
                         "reason_given": "Reason given"},
                        "Measures of Chinese authorities that hit South Korean companies")


def statements_table() -> Html:
    """What Chinese officials said about Korean entertainers."""
    return report.table(load("thaad/statements").query("about_culture"),
                        {"date": "Date", "speaker": "Speaker", "on_record": "In public",
                         "gist": "What was said"},
                        "What Chinese officials said about Korean entertainers")


def permits() -> Figure:
    """Korean performances approved in China, month by month."""
    shown = charts.plain(load("thaad/concert_permits"))
    by_month = shown.set_index("month")["approved"]
    middle = [alt.DateTime(year=2016, month=m, date=15) for m in range(7, 13)]
    bars = alt.Chart(series.dated(shown, "month")).mark_bar(color=charts.colour("china"), width=30).encode(
        alt.X("day:T").title(None).axis(format="%b", values=list(middle)).scale(padding=24),
        alt.Y("approved:Q").title("performances").axis(tickMinStep=1), tooltip=["month", "approved"])
    numbers = bars.mark_text(dy=-8, color=charts.colour("text")).encode(text="approved:Q")
    summer, autumn = by_month["2016-07":"2016-09"], by_month["2016-10":"2016-11"]
    return charts.publish(
        (bars + numbers).properties(height=190), name="thaad-permits", claims=["C35"],
        title="For two months no Korean performance was approved in China; in December one was",
        holds=autumn.max() == 0 and summer.min() > 0 and by_month["2016-12"] >= 1,
        otherwise="Korean performances approved in China by month",
        measure="Performances of Korean artists approved in China by month, July to December 2016; December "
                "known to the 6th only",
        alt_text=f"Approvals by month: {', '.join(f'{m} {v}' for m, v in by_month.items())}. The count of "
                 "December is a floor, since only one approval, in Shanghai, was known by the sixth of the "
                 "month.",
        data=shown, columns={"month": "Month", "approved": "Approved", "note": "Note"})


def effect_choice() -> Html:
    """A reader's choice of control group and months for the effect of the tour ban."""
    return report.choices("c31", "Change in tourists from China, held against which nationalities, in which "
                                 "months? (Met: the whole interval is a fall.)", readings.CHOICE,
                          readings.tour_ban_options(),
                          unit="percent", chart="thaad-event-study")


def event_study() -> Figure:
    """China's tourists against each control group, month by month, with the interval from placebos."""
    shown = charts.plain(series.monthly_effect())
    month = shown.query("group == 'all'").set_index("month")
    year, high = month.loc["2017-04":"2018-02", "percent"], month["percent_high"]
    order, decision = series.ban_in_percent(), series.ban_interval(spell="then")
    return charts.publish(
        _effect_layers(shown), name="thaad-event-study", claims=["C31", "C34"],
        title="Tourists stayed away from March 2017, when tours were stopped, and not measurably before: "
              f"{-order:.0f} percent fewer in a year",
        holds=bool((high[:"2017-02"] > 0).all() and (high["2017-03":] < 0).all()
                   and decision[0] < 0 < decision[1]),
        otherwise="Chinese tourists against tourists of other nationalities",
        measure="Tourists from China (purpose tourism) against the chosen nationalities, change in percent "
                "on the same month of March 2014 to February 2015; shaded: interval from placebos; open "
                "points: MERS months of 2015, not in the estimate",
        alt_text=f"Against all controls, China lay {month.loc['2016-07', 'percent']:.0f} percent above its "
                 f"reference in July 2016 and {month.loc['2017-01', 'percent']:.0f} in January 2017; from "
                 f"April 2017 to February 2018 it lay between {year.max():.0f} and {year.min():.0f} percent. "
                 f"July 2015, in the MERS summer, is at {month.loc['2015-07', 'percent']:.0f}.",
        data=shown, columns={"month": "Month", "group": "Compared with", "percent": "Percent",
                             "percent_low": "Low",
                             "percent_high": "High"})


def _effect_layers(shown: pd.DataFrame) -> alt.LayerChart:
    base = alt.Chart(shown).transform_filter("indexof(chosen, datum.group + '-') == 0")
    x = alt.X("day:T").title(None).axis(format="%Y", tickCount="year")
    band = base.mark_area(color=charts.colour("other")).encode(
        x, alt.Y("percent_low:Q").title("percent").scale(domain=[-100, 100], clamp=True), y2="percent_high:Q")
    line = base.mark_line(color=charts.colour("china")).encode(x, alt.Y("percent:Q"))
    dots = base.mark_point(filled=False, size=45, color=charts.colour("china")).encode(
        x, alt.Y("percent:Q"), opacity=alt.condition("datum.mers", alt.value(1), alt.value(0)),
        tooltip=["month", *PERCENT])
    zero = alt.Chart(pd.DataFrame({"percent": [0]})).mark_rule(color=charts.colour("faint")).encode(
        y="percent:Q")
    decided = alt.Chart(pd.DataFrame({"day": [pd.Timestamp(series.day_of_decision())],
                                      "event": ["decision"]})).encode(x)
    marks = decided.mark_rule(color=charts.colour("faint")) + decided.mark_text(
        align="right", baseline="top", dx=-4, color=charts.colour("quiet")).encode(y=alt.value(2),
                                                                                   text="event:N")
    layers = band + zero + line + dots + marks + charts.article_date("day", "article, ban next month")
    return layers.add_params(alt.param(name="chosen", value="all-order"))


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
        zero + dots, name="thaad-placebos", claims=["C31"],
        title="No other nationality fell by a third of what China did; the widest placebo is a rise, from "
              f"{high['nationality']}",
        holds=ranked["nationality"].iloc[0] == "China" and low["change"] > struck / 3
        and high["change"] > -low["change"],
        otherwise="The effect on China among placebo effects",
        measure="Effect in the year after the order as if it had struck each nationality, against the "
                "others, percent",
        alt_text=f"China stands at {struck:.0f} percent. The placebos run from {low['change']:.0f} "
                 f"({low['nationality']}) to {high['change']:+.0f} percent ({high['nationality']}), most of "
                 f"them between {tenth:.0f} and {ninth:+.0f}.",
        data=ranked, columns={"nationality": "Nationality", "change": "Percent"})


def tourists_exports() -> Figure:
    """Chinese tourists above, exports to China below."""
    both, runs = charts.plain(series.tourists_and_exports()), series.runs_of_months()
    falling, rising = runs.query("last == '2016-10'").iloc[0], runs.query("first == '2016-11'").iloc[0]
    panels = [_months_panel(both, "tourists", "china", "thousand tourists", "article"),
              _months_panel(both, "exports", "rok", "billion US dollars", "")]
    came, sold = (both[both["measure"] == m].groupby(both["month"].str[:4])["value"].sum()
                  for m in ("tourists", "exports"))
    return charts.publish(
        alt.vconcat(*panels), name="thaad-tourists-exports", claims=["C31", "C34"],
        title=f"Tourists went and goods came: exports to China fell for {falling['months']} months, then "
              f"rose for {rising['months']}",
        holds=falling["months"] > 12 and rising["months"] > 12 and came["2017"] < 0.5 * came["2016"],
        otherwise="Chinese tourists in South Korea, and South Korea's exports to China",
        measure="Above: tourists from China by month, thousands. Below: South Korea's exports to China by "
                "month, billion US dollars, nominal, 2014–2019. Rising and falling: on the same month of "
                "the year before",
        alt_text=f"Tourists from China were {came['2016'] / 1000:.1f} million in 2016 and "
                 f"{came['2017'] / 1000:.1f} in 2017. Exports fell year on year from {falling['first']} to "
                 f"{falling['last']}, then rose until {rising['last']}: {sold['2016']:.0f} billion dollars "
                 f"in 2016, {sold['2017']:.0f} in 2017, {sold['2018']:.0f} in 2018.",
        data=both, columns={"month": "Month", "measure": "Measure", "value": "Value"})


def _months_panel(both: pd.DataFrame, measure: str, actor: str, title: str, label: str) -> alt.LayerChart:
    line = alt.Chart(both[both["measure"] == measure]).mark_line(color=charts.colour(actor)).encode(
        alt.X("day:T").title(None).axis(format="%Y", tickCount="year"), alt.Y("value:Q").title(title),
        tooltip=["month", "value"])
    return (line + charts.article_date("day", label)).properties(height=150)


def who_paid() -> Figure:
    """What was struck and what was not, 2017 on 2016."""
    paid = charts.plain(series.who_paid())
    bars = alt.Chart(paid).mark_bar().encode(
        alt.X("change:Q").title("percent").scale(domain=[-100, 40]),
        alt.Y("item:N").title(None).sort(list(paid["item"])),
        color=alt.Color("way:N").scale(charts.scale("china", "rok", domain=["fell", "rose"])).legend(None),
        tooltip=["item", "change"])
    numbers = [bars.transform_filter(f"datum.way == '{way}'").mark_text(align=align, dx=dx).encode(
        text=alt.Text("change:Q", format="+.0f"), color=alt.value(charts.colour("text")))
        for way, align, dx in (("fell", "right", -5), ("rose", "left", 5))]
    change = paid.set_index("item")["change"]
    return charts.publish(
        bars + numbers[0] + numbers[1], name="thaad-who-paid", claims=["C31", "C34"],
        title="A few paid for all: one retailer, the tour trade and two car makers, while exports as a whole "
              "grew",
        holds=bool(change["Lotte Mart sales"] < -50 and change["All exports"] > 0 and change["Tourists"] < -30
                   and change[["Hyundai cars", "Kia cars"]].max() < -30),
        otherwise="Change of 2017 on 2016 in what South Korea sells to Chinese customers",
        measure="Change of 2017 on 2016, percent: sales and cars in China, tourists from China, South "
                "Korea's exports to China (farm exports: January to November)",
        alt_text="Change of 2017 on 2016: "
        + "; ".join(f"{r.item} {r.change:+.0f} percent" for r in paid.itertuples())
                 + ".",
        data=paid, columns={"item": "What", "change": "Percent"})


def stores_cars() -> Figure:
    """Lotte Marts shut above, car sales below."""
    stores, cars = charts.plain(series.lotte_stores()), charts.plain(series.car_months())
    shut = alt.Chart(stores).mark_bar(color=charts.colour("china"), width=9).encode(
        alt.X("day:T").title(None).axis(format="%-d %b", tickCount=6).scale(padding=8),
        alt.Y("stores:Q").title("stores shut").scale(domain=[0, 99]), tooltip=["date", "stores", "of_stores"])
    sold = alt.Chart(cars).mark_bar(color=charts.colour("rok"), width=9).encode(
        alt.X("day:T").title(None).axis(format="%b %Y", tickCount=5).scale(padding=8),
        alt.Y("change:Q").title("percent, cars"), tooltip=["period_start", "change"])
    panels = shut.properties(height=140), (sold + charts.article_date("day")).properties(height=170)
    spring, span = cars[cars["period_start"].between("2017-03", "2017-05")]["change"], stores[
        "day"].max() - stores["day"].min()
    return charts.publish(
        alt.vconcat(*panels), name="thaad-stores-cars", claims=["C34"],
        title=f"Lotte went from {stores['stores'].iloc[0]} shops shut to {stores['stores'].max()} of 99 in a "
              "month; car sales halved",
        holds=stores["stores"].max() > 80 and span.days < 60 and spring.max() < -50,
        otherwise="Lotte Marts shut in China, and sales of Hyundai and Kia there",
        measure="Above: Lotte Marts shut, of 99, March and April 2017. Below: cars sold by Hyundai and Kia "
                "in China, change on the same month of the year before, percent; months without a figure "
                "are missing",
        alt_text="Stores shut: " + ", ".join(f"{r.stores} on {r.date}" for r in stores.itertuples())
        + ". Car sales: "
                 + ", ".join(f"{r.period_start} {r.change:+.0f} percent" for r in cars.itertuples()) + ".",
        data=pd.concat([stores, cars]),
        columns={"day": "Date", "stores": "Stores shut", "change": "Car sales, %"})


def visitors_since() -> Figure:
    """Visitors from China by year, in two counts."""
    counts = charts.plain(series.annual_visitors())
    colours = charts.scale("china", "other", domain=["visitors", "entries"])
    x, y = charts.years(), alt.Y("million:Q").title("million").scale(domain=[0, 9])
    lines = alt.Chart(counts).mark_line(point=True).encode(
        x, y, color=alt.Color("series:N").scale(colours).legend(None), detail="spell:N",
        tooltip=["year", "series", "million"])
    names = charts.end_labels(counts.query("year < 2020"), "series", x, y, colours,
                              {"entries": -10, "visitors": 10})
    kto, moj = (counts[counts["series"] == s].set_index("year")["million"] for s in ("visitors", "entries"))
    return charts.publish(
        lines + names + charts.article_date(), name="thaad-visitors-since", claims=["C31"],
        title=f"In {kto.index[-1]} visitors from China were still fewer than in {kto.idxmax()}",
        holds=kto.idxmax() == 2016 and kto.iloc[-1] < kto[2016], otherwise="Visitors from China to South "
                                                                           "Korea by year",
        measure="Visitors from China, all purposes, by the tourism organisation, and entries of Chinese "
                "citizens by the justice ministry, a wider count, million, 2010–2025; years without a "
                "figure are gaps",
        alt_text=f"Visitors were {kto[2010]:.1f} million in 2010, {kto[2016]:.1f} in 2016, {kto[2017]:.1f} "
                 f"in 2017, {kto[2019]:.1f} in 2019 and {kto.iloc[-1]:.1f} in {kto.index[-1]}. Entries, "
                 f"counted wider, were {moj[2021]:.1f} million in 2021.",
        data=counts, columns={"year": "Year", "series": "Counted", "million": "Million"})


def losses() -> Figure:
    """Forecasts of what the dispute would cost, and what came."""
    cost = charts.plain(series.losses()).sort_values("value")
    y, value = alt.Y("label:N").title(None).sort(list(cost["label"])), cost.set_index("label")["value"]
    kinds = charts.scale("other", "rok", "china",
                         domain=["forecast", "came, by a press count", "came, by this report"])
    dots = alt.Chart(cost).mark_point(size=110, filled=False, strokeWidth=2.5).encode(
        alt.X("value:Q").title("billion US dollars").scale(zero=True), y,
        color=alt.Color("kind:N").scale(kinds).legend(None),
        tooltip=["label", "kind", "value", "low", "high"])
    span = alt.Chart(cost.dropna(subset=["low"])).mark_rule(color=charts.colour("china")).encode(
        alt.X("low:Q"), y, x2="high:Q")
    ours, head = cost.set_index("label").loc["missing tourists"], series.spending_per_tourist()
    return charts.publish(
        span + dots, name="thaad-losses", claims=["C31"],
        title="For tourism the forecasts were of the right size or low; exports to China as a whole grew all "
              "the same",
        holds=value["HRI, tourism"] < ours["high"]
        and ours["low"] < value["Credit Suisse, tours"] < ours["high"]
        and report.reading("c31-exports-now").value > 0,
        otherwise="Forecasts of South Korea's loss in 2017 and what came",
        measure="Loss in billion US dollars: forecasts of spring 2017 (grey; HRI: Hyundai Research "
                "Institute), a press count of lost tourism (green), this report's missing tourists at "
                f"Credit Suisse's {head:.0f} dollars a head, with interval (red)",
        alt_text="From low to high, in billion dollars: "
        + "; ".join(f"{k} {v:.1f}" for k, v in value.items())
                 + f". The interval of the missing tourists runs from {ours['low']:.1f} to "
                   f"{ours['high']:.1f}.",
        data=cost, columns={"label": "Estimate", "kind": "Kind", "value": "Billion dollars", "low": "Low",
                            "high": "High"})


def views() -> Figure:
    """Unfavourable views of China in South Korea and Japan, other countries faint."""
    shown, whose = charts.plain(series.views_of_china()), ["South Korea", "Japan", "others"]
    korea, japan = (shown.query("country == @c").set_index("year")["unfavourable"] for c in ("KOR", "JPN"))
    told = [", ".join(f"{s[k]:.0f} in {k}" for k in (2010, 2015, 2017, 2023)) for s in (korea, japan)]
    return charts.publish(
        _views_layers(shown, whose), name="thaad-views", claims=["C31"],
        title=f"South Koreans turned: {korea[2015]:.0f} percent unfavourable to China in 2015, "
              f"{korea[2017]:.0f} in 2017, {korea.iloc[-1]:.0f} in {korea.index[-1]}",
        holds=korea.loc[2017:].min() - korea[2015] > 15 and korea.iloc[-1] > korea[2017]
        and abs(japan[2017] - japan[2015]) < 10,
        otherwise="Unfavourable views of China in South Korea and Japan",
        measure="Adults with an unfavourable view of China, percent, Pew surveys "
                f"{shown['year'].min()}–{shown['year'].max()}; grey: {shown['country'].nunique() - 2} other "
                "countries; dotted: no survey, or the wave of 2013, which is faulty in the copy that was "
                "read",
        alt_text=f"Unfavourable, percent: South Korea {told[0]}; Japan {told[1]}.",
        data=shown, columns={"year": "Year", "country": "Country", "unfavourable": "Unfavourable, %",
                             "respondents": "Respondents"})


def _views_layers(shown: pd.DataFrame, whose: list[str]) -> alt.LayerChart:
    two, colours = shown[shown["who"] != whose[2]], charts.scale("rok", "japan", "faint", domain=whose)
    x, y = charts.years(), alt.Y("unfavourable:Q").title("percent").scale(domain=[0, 100])
    hue = alt.Color("who:N").scale(colours).legend(None)
    faint = alt.condition("datum.who == 'others'", alt.value(0.35), alt.value(1))
    lines = alt.Chart(shown).mark_line(point=alt.OverlayMarkDef(size=18)).encode(
        x, y, detail="spell:N", color=hue, opacity=faint, tooltip=["year", "country", "unfavourable"])
    bridges = alt.Chart(two).mark_line(strokeDash=[2, 3], strokeWidth=1).encode(x, y, color=hue)
    names = charts.end_labels(two, "who", x, y, colours, {"Japan": -6, "South Korea": 8})
    return bridges + lines + names + charts.article_date()
