"""The published charts and tables of the message: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.message import c03_closeness, series
from report import charts
from report.charts import Figure
from report.data.package import load, shown
from report.rule import limb
from report.show import Html

LANES = ["said", "China's acts", "Security Council", "the North"]


@shown
def autumn() -> Figure:
    """What was said and done around the message, actor by actor."""
    shown = charts.plain(series.autumn()).assign(
        when=lambda d: pd.to_datetime(d["date"]), event=lambda d: d["event"].str.removesuffix(" launched"))
    met, told, voted = (shown.set_index("event")["when"][event]
                        for event in ("meeting in Beijing", "Josh Rogin", "S/RES/2321"))
    after = shown[(shown["lane"] == "China's acts") & (shown["when"] > voted)]["event"]
    return charts.publish(
        charts.layered(charts.article_date("when", align="right"), _autumn_marks(shown, told, voted)),
        name="message-autumn", claims=["C01", "C02"],
        title=f"{(voted - told).days} days after the message was told, China voted for sanctions",
        holds=0 < (voted - told).days < 60 and len(after) > 0,
        otherwise="What was said and done around the message",
        measure=f"Sayings, acts, votes, tests and launches, {shown['when'].min():%B %Y} to "
                f"{shown['when'].max():%B %Y}",
        note="the message was told in Josh Rogin's column; launches by universal time",
        says="Event: {event}, {date} ({lane}). {what}",
        alt_text=f"{len(shown)} dated events. The meeting in Beijing is on {met:%-d %B %Y}, the column on "
                 f"{told:%-d %B}, resolution 2321 on {voted:%-d %B %Y}. China's acts after that vote: "
                 f"{', '.join(after)}.",
        data=shown, columns={"date": "Date", "lane": "Kind", "event": "Event", "what": "What"})


def _autumn_marks(shown: pd.DataFrame, told: pd.Timestamp, voted: pd.Timestamp) -> alt.LayerChart:
    """Return the events, grouped by who acts, and on the column's row the span from it to the vote."""
    order = list(dict.fromkeys(shown.sort_values("lane", key=lambda lane: lane.map(LANES.index),
                                                 kind="stable")["event"]))
    x = alt.X("when:T").title(None).scale(padding=12).axis(format="%b %Y", tickCount="month",
                                                           labelOverlap=True)
    y = alt.Y("event:N").title(None).sort(order).axis(labelLimit=220)
    dots = alt.Chart(shown).mark_circle(size=110).encode(
        x, y, color=alt.Color("lane:N").scale(charts.scale("text", "china", "un", "dprk", domain=LANES))
        .title(None).legend(columns=4))
    span = alt.Chart(pd.DataFrame({"when": [told], "until": [voted], "event": ["Josh Rogin"],
                                   "words": [f"{(voted - told).days} days to the vote"]}))
    words = charts.haloed(span.encode(x, y, text="words:N"), align="left", dx=8, dy=-8, fontSize=12)
    rule = span.mark_rule(strokeWidth=1.5, color=charts.colour("quiet")).encode(x, y, x2="until:T")
    return charts.layered(rule, dots, words)


@shown
def drafts_table() -> Html:
    """What was taken out of drafts, by the accounts that could be read."""
    drafts = load("message/council_drafts")
    by_year = drafts.sort_values("date").assign(year=lambda d: d["date"].dt.strftime("%Y"))
    return report.table(by_year, caption="What was taken out, by the accounts that could be read",
                        columns={"item": "Resolution", "year": "Year", "part": "Part given up",
                                 "fate": "What became of it", "at_whose_wish": "Because of"})


@shown
def acts() -> Figure:
    """China's acts year by year, tightening above the line and shielding below."""
    every = charts.plain(series.acts()).reset_index(drop=True)
    shown = every[every["direction"] != NEUTRAL].copy()
    shown["height"] = (shown.groupby(["year", "up"]).cumcount() + 1).where(
        shown["up"], -shown.groupby(["year", "up"]).cumcount() - 1)
    neutral = every[every["direction"] == NEUTRAL]
    late, tight = every[every["year"] >= SINCE], every[every["direction"] == "tightens"]
    around, since, counted = (d["direction"].value_counts()
                              for d in (every[every["year"].between(SINCE - 2, SINCE - 1)], late, every))
    return charts.publish(
        charts.layered(_act_marks(shown), charts.article_date()), name="message-acts", claims=["C02", "C09"],
        title=f"China's acts tightened most in 2017; {since['shields']}\u00a0of\u00a0{len(late)} since "
              f"{SINCE} "
              "shield the North",
        holds=tight["year"].mode().tolist() == [2017] and since["shields"] > len(late) / 2,
        otherwise="China's acts toward North Korea, by what they did to the pressure on it",
        measure="Acts and statements of China on record, one mark each, "
                f"{every['year'].min()}–{every['year'].max()}",
        note="all votes of the Security Council on sanctions and on human rights, other acts where an "
             f"account was read; not drawn, since neither: {', '.join(neutral['act'])}",
        says="Act: {act}, {date}: {direction}. {what}",
        alt_text=f"Of {len(every)} acts on record, {counted['tightens']} tighten and {counted['shields']} "
                 f"shield. In {SINCE - 2} and {SINCE - 1} {around['tightens']} tighten; from {SINCE} on "
                 f"{since['tightens']} "
                 f"tightens and {since['shields']} shield.",
        data=every, columns={"date": "Date", "act": "Act", "direction": "Direction", "domain": "Field",
                             "what": "What"})


NEUTRAL = "no pressure"
SINCE = 2018  # first of the years that the title counts apart


def _act_marks(shown: pd.DataFrame) -> alt.LayerChart:
    """Return the acts stacked by year from a line, and in words what lies above it and below."""
    x = charts.years(span=[2005, 2025])
    y = alt.Y("height:Q").title("acts in the year").scale(domain=[-2.7, 8.7], nice=False).axis(
        tickMinStep=1, values=[-2, 0, 2, 4, 6, 8], labelExpr="abs(datum.value)")
    fields = ["Security Council", "other act"]
    dots = alt.Chart(shown).mark_point(size=100, filled=True, opacity=1).encode(
        x, y,
        color=alt.Color("direction:N").scale(
            charts.scale("first", "china", domain=["tightens", "shields"])).legend(None),
        shape=alt.Shape("body:N").scale(domain=fields, range=["circle", "square"]).title(None)
        .legend(columns=2))
    zero = alt.Chart(pd.DataFrame({"height": [0]})).mark_rule().encode(y="height:Q")
    sides = pd.DataFrame({"year": [2005, 2005], "height": [5, -1.5],
                          "words": ["↑ tightens", "↓ shields the North"]})
    words = alt.Chart(sides).mark_text(align="left", fontWeight=600).encode(x, y, text="words:N")
    return charts.layered(zero, dots, words)


@shown
def meetings() -> Figure:
    """Meetings of the leaders above, visits of officials with nine neighbours below."""
    met, visits = charts.plain(series.meetings()), charts.plain(series.visits())
    north = visits[visits["north"]].set_index("year")["visits"]
    kim, first = (met[(met["leader"] == k) & (met["basis"] == "held")]["year"]
                  for k in ("Kim Jong Un", "Kim Jong Il"))
    return charts.publish(
        alt.vconcat(charts.layered(_leaders(met), charts.article_date()).properties(height=110),
                    charts.layered(charts.article_date(label=""), _visits(visits)).properties(height=190)),
        name="message-meetings", claims=["C03"],
        title=f"Visits fell by over half before Kim Jong Un met China's leader in {kim.min()}",
        holds=kim.min() == 2018 and north.idxmax() == 2010 and north[2015] < 0.5 * north.max(),
        otherwise="Meetings of China's and North Korea's leaders, and visits with nine neighbours",
        measure="Meetings a year; below, visits between China and nine neighbours (AidData)",
        note="outlined: announced, its first day reported; journeys of leaders whose host the source does "
             "not name are left out; grey: the other eight neighbours",
        says=["Meeting: {leader} in {place}, {date}, {basis}", "Visits: {country}, {year}: {visits} visits"],
        alt_text=f"Kim Jong Il and China's leader met in {_times(first)}; Kim Jong Un and Xi in "
                 f"{_times(kim)}. Visits with the North rise to {north.max()} in "
                 f"{north.idxmax()} and fall to {north[2015]} in 2015.",
        data=pd.concat([met, visits]),
        columns={"year": "Year", "leader": "Leader", "place": "Place", "basis": "Basis", "country": "Country",
                 "visits": "Visits"})


def _times(years: pd.Series) -> str:
    """Return the years of meetings, each once, with how many there were where more than one."""
    often = years.value_counts().sort_index()
    return ", ".join(f"{year} ({times} times)" if times > 1 else str(year) for year, times in often.items())


MET_SPAN = [2002, 2026]


def _leaders(met: pd.DataFrame) -> alt.LayerChart:
    leaders = charts.scale("other", "dprk", domain=["Kim Jong Il", "Kim Jong Un"])
    dots = alt.Chart(met).mark_point(size=100, filled=True, opacity=1).encode(
        charts.years(span=MET_SPAN),
        alt.Y("nth:Q").title("meetings").scale(domain=[0, 3.9], nice=False).axis(
            values=[0, 1, 2, 3], format="d"),
        color=alt.Color("leader:N").scale(leaders).title(None).legend(columns=2))
    return charts.outlined(dots, "basis", "held")


def _visits(visits: pd.DataFrame) -> alt.LayerChart:
    """Return the visits of each neighbour, the North's in its colour, the highest peaks named."""
    blue, grey = charts.colour("dprk"), charts.colour("faint")
    x, y = charts.years(span=MET_SPAN), alt.Y("visits:Q").title("visits")
    rest, ours = visits[~visits["north"]], visits[visits["north"]]
    others = alt.Chart(rest).mark_line(strokeWidth=1, color=grey).encode(x, y, detail="country:N")
    line = alt.Chart(ours).mark_line(point=alt.OverlayMarkDef(color=blue), color=blue).encode(x, y)
    peaks = rest.loc[rest.groupby("country")["visits"].idxmax()].nlargest(2, "visits")
    named = alt.Chart(peaks).encode(x, y, text="country:N", tooltip=alt.value(None))
    names = named.mark_text(dy=-7, fontSize=12, color=charts.colour("quiet"))
    last = alt.Chart(ours.tail(1)).encode(x, y, text="country:N", tooltip=alt.value(None))
    name = charts.haloed(last, align="left", dx=8, color=blue, fontWeight=600)
    return charts.layered(others, line, names, name)


def _short_series() -> str:
    """Return which series do not cover the recent years and those before, and what they have of both."""
    asked = [set(range(first, last + 1)) for first, last in (series.years_recent("then"),
                                                            series.years_before())]
    told = []
    for one in series.all_closeness():
        have = [sorted(years.intersection(one.yearly.index)) for years in asked]
        if [set(years) for years in have] != asked:
            told.append(f"{one.name}: {' against '.join(map(_from_to, have))}")
    return "; ".join(told) or "all cover both"


def _from_to(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


NOMINAL = "trade"
CLOSENESS_DEFAULT = "trade-then-2002-2011"


@shown
def closeness() -> Figure:
    """Each measure of closeness in percent of its past."""
    near = charts.plain(series.closeness())
    early, past = near[near["vantage"] == "then"], _past()
    below = (early["percent"] < 100).sum()
    return charts.publish(
        _closeness_marks(near), name="message-closeness", claims=["C03"],
        title=f"In {series.spans()['then']}, "
              f"{below} of {len(early)} measures of closeness were below their past",
        holds=set(early.query("percent >= 100")["name"]) == {"trade", "entries"},
        otherwise="Measures of closeness against their own past",
        measure=f"Average of recent years in percent of the average of {past}",
        note=f"as far as each series goes ({_short_series()}); trade in current dollars",
        says=f"Closeness: {{measure}}, {{span}}: {{percent:.0f}} percent of the average of {past}",
        alt_text=f"In percent of {past}: "
                 + "; ".join(f"{r.measure} {r.percent:.0f} ({r.span})" for r in near.itertuples()) + ".",
        data=near, columns={"measure": "Measure", "span": "Span", "recent": "Recent average",
                            "before": f"Average of {past}", "percent": "Percent"})


def _past() -> str:
    """Return the years that the recent ones are held against, as the book prints a span."""
    first, last = limb(series.LIMB).listed("bases")[0].split("-")
    return f"{first}–{last[2:]}"


def _closeness_marks(near: pd.DataFrame) -> alt.LayerChart:
    """Return a row a measure: circles then, smaller diamonds now on top of them, and the line between."""
    order, spans = list(series.SHORT.values()), list(series.spans().values())
    shown = near.assign(row_name=near["measure"].replace({NOMINAL: f"{NOMINAL}, current dollars"}))
    names = [f"{one}, current dollars" if one == NOMINAL else one for one in order]
    x = alt.X("percent:Q").title(f"percent of the average of {_past()}").scale(
        domain=[-6, 300], nice=False).axis(values=[0, 50, 100, 150, 200, 250, 300])
    y = alt.Y("row_name:N").title(None).sort(names).axis(labelLimit=160)
    color = alt.Color("span:N").scale(charts.scale("third", "first", domain=spans)).title(None)
    shape = alt.Shape("span:N").scale(domain=spans, range=["circle", "diamond"]).title(None)
    between = alt.Chart(shown).mark_line(strokeWidth=1.5, color=charts.colour("faint")).encode(
        x, y, detail="row_name:N", tooltip=alt.value(None))
    then, now = (alt.Chart(shown[shown["span"] == span]).mark_point(filled=True, opacity=1, size=size).encode(
        x, y, color=color, shape=shape) for span, size in zip(spans, (150, 60), strict=True))
    past = alt.Chart(pd.DataFrame({"percent": [100]})).mark_rule(strokeDash=[2, 2]).encode(x="percent:Q")
    ring = charts.ring(alt.Chart(shown).encode(x, y), CLOSENESS_DEFAULT, size=150, align="right", dx=-14,
                       test="indexof(chosen, datum.key) == 0")
    return charts.layered(past, between, then, now, ring)


@shown
def closeness_choice() -> Html:
    """A reader's choice of the years before, for each measure of closeness."""
    return report.choices("c03", "Is this measure of closeness no lower than in its past?",
                          {"Measure": series.SHORT, "Recent years": series.spans(),
                           "Years before": {
                               base: base.replace("-", "–") for base in limb(series.LIMB).listed("bases")}},
                          c03_closeness.base_options(), unit="percent", chart="message-closeness")
