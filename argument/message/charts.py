"""The published charts and tables of the message: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.message import c03_closeness, series
from report import charts
from report.charts import Figure
from report.data.package import load
from report.show import Html

LANES = ["said", "China's acts", "Security Council", "the North"]


def autumn() -> Figure:
    """What was said and done around the message, day by day."""
    shown = charts.plain(series.autumn()).assign(when=lambda d: pd.to_datetime(d["date"]))
    told, voted = (shown.set_index("event")["when"][event] for event in ("Josh Rogin", "S/RES/2321"))
    after = shown[(shown["lane"] == "China's acts") & (shown["when"] > voted)]["event"]
    dots = alt.Chart(shown).mark_circle(size=110).encode(
        alt.X("when:T").title(None).scale(padding=12).axis(format="%b %Y", tickCount="month",
                                                           labelOverlap=True),
        alt.Y("event:N").title(None).sort(list(dict.fromkeys(shown["event"]))).axis(labelLimit=220),
        color=alt.Color("lane:N").scale(charts.scale("text", "china", "un", "dprk", domain=LANES)).title(None)
        .legend(columns=2), tooltip=["date", "lane", "event", "what"])
    return charts.publish(
        dots + charts.article_date("when"), name="message-autumn", claims=["C01", "C02"],
        title=f"{(voted - told).days} days after the column that told of the message, China voted for the "
              "next sanctions",
        holds=0 < (voted - told).days < 60 and len(after) > 0, otherwise="What was said and done around "
                                                                         "November 2016",
        measure="Sayings read, acts of China, votes of the Security Council, tests and launches (launches "
                "by universal time), September 2016 to February 2017",
        alt_text=f"{len(shown)} dated events. The meeting in Beijing is on 2 November 2016, the column on "
                 f"{told:%d %B}, resolution 2321 on {voted:%d %B %Y}. China's acts after that vote: "
                 f"{', '.join(after)}.",
        data=shown, columns={"date": "Date", "lane": "Kind", "event": "Event", "what": "What"})


def drafts_table() -> Html:
    """What was taken out of drafts, by the accounts that could be read."""
    drafts = load("message/council_drafts")
    by_year = drafts.sort_values("date").assign(year=lambda d: d["date"].dt.strftime("%Y"))
    return report.table(by_year, caption="What was taken out, by the accounts that could be read",
                        columns={"item": "Resolution", "year": "Year", "part": "Part given up",
                                 "fate": "What became of it", "at_whose_wish": "Because of"})


def acts() -> Figure:
    """China's acts year by year, tightening above the line and shielding below."""
    shown = charts.plain(series.acts()).reset_index(drop=True)
    words = ["tightens", "shields", "no pressure"]
    dots = alt.Chart(shown).mark_point(size=110, filled=True, opacity=1).encode(
        charts.years().scale(domain=[2005, 2026], nice=False),
        alt.Y("height:Q").title("tightening up, shielding down").axis(format="d", tickMinStep=1),
        color=alt.Color("direction:N").scale(charts.scale("un", "china", "other", domain=words)).title(None)
        .legend(columns=3),
        shape=alt.Shape("body:N").scale(domain=["Security Council", "other act"],
                                        range=["circle", "square"]).title(None)
        .legend(orient="bottom"),
        tooltip=["date", "act", "direction", "what"])
    zero = alt.Chart(pd.DataFrame({"height": [0]})).mark_rule().encode(y="height:Q")
    late, tight = shown[shown["year"] >= 2018], shown[shown["direction"] == "tightens"]
    around, since, every = (d["direction"].value_counts()
                            for d in (shown[shown["year"].between(2016, 2017)], late, shown))
    return charts.publish(
        zero + dots + charts.article_date(), name="message-acts", claims=["C02", "C09"],
        title=f"China's acts tightened most in 2017; since 2018 {since['shields']} of {len(late)} on record "
              "shield the North",
        holds=tight["year"].mode().tolist() == [2017] and since["shields"] > len(late) / 2,
        otherwise="China's acts toward North Korea, by what they did to the pressure on it",
        measure="Acts and statements of China on record, one dot each, 2006–2025. All votes in the Security "
                "Council on sanctions and on human rights are there, other acts only where an account was "
                "read",
        alt_text=f"Of {len(shown)} acts on record, {every['tightens']} tighten and {every['shields']} "
                 f"shield. In 2016 and 2017 {around['tightens']} tighten; from 2018 on {since['tightens']} "
                 f"tightens and {since['shields']} shield.",
        data=shown, columns={"date": "Date", "act": "Act", "direction": "Direction", "domain": "Field",
                             "what": "What"})


def meetings() -> Figure:
    """Meetings of the leaders above, visits of officials with nine neighbours below."""
    met, visits = charts.plain(series.meetings()), charts.plain(series.visits())
    north = visits[visits["north"]].set_index("year")["visits"]
    kim, first = (met[(met["leader"] == k) & (met["basis"] == "held")]["year"]
                  for k in ("Kim Jong Un", "Kim Jong Il"))
    return charts.publish(
        alt.vconcat((_leaders(met) + charts.article_date()).properties(height=110),
                    (_visits(visits) + charts.article_date(label="")).properties(height=190)),
        name="message-meetings", claims=["C03"],
        title=f"Kim Jong Un met China's leader first in {kim.min()}; visits of officials fell from "
              f"{north.max()} in {north.idxmax()} to {north[2015]} in 2015",
        holds=kim.min() == 2018 and north.idxmax() == 2010 and north[2015] < 0.5 * north.max(),
        otherwise="Meetings of the leaders of China and North Korea, and visits between China and nine "
                  "neighbours",
        measure="Above: meetings a year, 2002–2026 (2026 announced, its first day reported), visits whose "
                "host the source does not name left out. Below: visits of senior officials between China "
                "and each of nine neighbours by AidData, 2002–2015; grey: the other eight",
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


def _leaders(met: pd.DataFrame) -> alt.Chart:
    leaders = charts.scale("other", "dprk", domain=["Kim Jong Il", "Kim Jong Un"])
    basis = alt.Scale(domain=["held", "announced"], range=["circle", "triangle-up"])
    return alt.Chart(met).mark_point(size=100, filled=True, opacity=1).encode(
        charts.years().scale(domain=[2002, 2027], nice=False),
        alt.Y("nth:Q").title("meetings").scale(domain=[0, 3.6]).axis(values=[0, 1, 2, 3], format="d"),
        color=alt.Color("leader:N").scale(leaders).title(None).legend(columns=2),
        shape=alt.Shape("basis:N").scale(basis).title(None).legend(orient="bottom"),
        tooltip=["date", "leader", "place", "basis"])


def _visits(visits: pd.DataFrame) -> alt.LayerChart:
    blue, grey = charts.colour("dprk"), charts.colour("faint")
    x, y = charts.years().scale(domain=[2002, 2027], nice=False), alt.Y("visits:Q").title("visits")
    rest, ours = visits[~visits["north"]], visits[visits["north"]]
    others = alt.Chart(rest).mark_line(strokeWidth=1, color=grey, opacity=0.6).encode(x, y,
                                                                                      detail="country:N")
    line = alt.Chart(ours).mark_line(point=alt.OverlayMarkDef(color=blue), color=blue).encode(
        x, y, tooltip=["year", "country", "visits"])
    name = alt.Chart(ours.tail(1)).mark_text(align="right", dx=4, dy=16, color=blue, fontWeight=600).encode(
        x, y, text="country:N")
    return others + line + name


def closeness() -> Figure:
    """Each measure of closeness in percent of its past."""
    near = charts.plain(series.closeness())
    order, spans = list(series.SHORT.values()), list(series.SPANS.values())
    dots = alt.Chart(near).encode(alt.Y("measure:N").title(None).sort(order).axis(labelLimit=150)).mark_point(
        filled=True, opacity=1).encode(
        alt.X("percent:Q").title("percent of the average of 2002–11").scale(domain=[-12, 290])
        .axis(values=[0, 50, 100, 150, 200, 250]),
        shape=alt.Shape("span:N").scale(domain=spans, range=["circle", "diamond"]).title(None),
        color=alt.Color("span:N").scale(charts.scale("other", "text", domain=spans)).title(None),
        size=alt.condition("indexof(chosen, datum.key) == 0", alt.value(330), alt.value(110)),
        tooltip=["measure", "span", "recent", "before", "percent"],
    ).add_params(alt.param(name="chosen", value="trade-then-2002-2011"))
    same = alt.Chart(pd.DataFrame({"percent": [100]})).mark_rule(strokeDash=[2, 2]).encode(x="percent:Q")
    early = near[near["vantage"] == "then"]
    return charts.publish(
        same + dots, name="message-closeness", claims=["C03"],
        title=f"In 2013–16 {(early['percent'] < 100).sum()} of {len(early)} measures of closeness were below "
              "their past; trade and travel were not",
        holds=set(early.query("percent >= 100")["name"]) == {"trade", "entries"},
        otherwise="Measures of closeness against their own past",
        measure="Average of 2013–16 and of the years since 2018 in percent of the average of 2002–11, as "
                "far as each series goes (entries: 2013 against 2011; visits and food aid to 2015); food "
                "aid: all donors as a ceiling for China",
        alt_text="In percent of 2002–11: "
                 + "; ".join(f"{r.measure} {r.percent:.0f} ({r.span})" for r in near.itertuples()) + ".",
        data=near, columns={"measure": "Measure", "span": "Span", "recent": "Recent average",
                            "before": "Average of 2002–11", "percent": "Percent"})


def closeness_choice() -> Html:
    """A reader's choice of the years before, for each measure of closeness."""
    return report.choices("c03", "Is this measure of closeness no lower than in its past?",
                          {"Measure": series.SHORT, "Recent years": series.SPANS,
                           "Years before": {base: base.replace("-", "–") for base in series.BASES}},
                          c03_closeness.base_options(), unit="percent", chart="message-closeness")
