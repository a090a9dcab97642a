"""The published charts and tables of the verdict chapter: measures in, one function a
chart, its words beside it.
"""

from __future__ import annotations

from textwrap import wrap

import altair as alt
import pandas as pd

import report
from argument.verdict import c38_tradition, series
from report import charts
from report.article import article
from report.book import verdicts
from report.charts import Figure
from report.charts.signs import sign_of, verdict_colours, verdict_shapes
from report.rule import VANTAGES, claims
from report.show import Html

COMMUNIST_PAIRS, OUTSIDE, OTHERS = series.PAIRS.values()
BUYERS = [series.COMMUNIST, series.NORTH, series.EXPECTED]


def pacts() -> Figure:
    """Pairs with a defence pact among communist states, without the Warsaw Pact, and among others."""
    shown = charts.plain(series.pact_shares())
    share = shown.set_index(["year", "pairs"])["share"]
    colours = charts.scale("china", "russia", "other", domain=list(series.PAIRS.values()))
    lines = alt.Chart(shown).mark_line().encode(
        charts.years(), alt.Y("share:Q").title("percent of pairs").scale(domain=[0, 60]),
        color=alt.Color("pairs:N").scale(colours).title(None).legend(columns=1),
        tooltip=["year", "pairs", "share"])
    told = {year: (share[year, COMMUNIST_PAIRS], share[year, OTHERS]) for year in (1955, 1989, 2010)}
    return charts.publish(
        lines, name="verdict-pacts", claims=["C38"],
        title="From 1955 to 1988 communist states allied more than others, and less without the Warsaw Pact",
        holds=all(share[y, COMMUNIST_PAIRS] > share[y, OTHERS] > share[y, OUTSIDE]
                  for y in range(1955, 1989)),
        otherwise="Defence pacts among communist states and among others",
        measure="Pairs of states with a defence pact in force, percent, 1946–2010 (end of the list of "
                "communist regimes): both communist; the same without members of the Warsaw Pact; neither "
                "communist",
        alt_text=f"In 1955 {told[1955][0]:.0f} percent of communist pairs had a pact, "
                 f"{share[1955, OUTSIDE]:.0f} percent without the Warsaw Pact, against {told[1955][1]:.0f} "
                 f"percent of other pairs. In 1989 it is {told[1989][0]:.0f} against {told[1989][1]:.0f}; in "
                 f"2010 it is {told[2010][0]:.0f} against {told[2010][1]:.0f}.",
        data=shown, columns={"year": "Year", "pairs": "Pairs", "share": "Percent"})


def pacts_choice() -> Html:
    """A reader's choice of decade, with the Warsaw Pact or without."""
    return report.choices("c38", "How many pairs of communist states had a defence pact?",
                          {"Decade": {f"{d}s": f"{d}s" for d in c38_tradition.DECADES},
                           "Warsaw Pact": c38_tradition.WARSAW_CHOICE},
                          c38_tradition.warsaw_options(), unit="percent")


def arms() -> Figure:
    """China's arms to communist states and to the North, against an even spread."""
    shown = charts.plain(series.arms_by_period())
    share = shown.set_index(["year", "to"])["share"]
    lines = alt.Chart(shown).mark_line(point=alt.OverlayMarkDef(size=30)).encode(
        charts.years(values=[1950, 1970, 1990, 2010]), alt.Y("share:Q").title("percent of deliveries"),
        color=alt.Color("to:N").scale(charts.scale("china", "dprk", "other",
                                                   domain=BUYERS)).title(None).legend(columns=1),
        tooltip=["period", "to", "share", "total"])
    peak, late = share[1955, BUYERS[0]], share[2000, BUYERS[0]]
    below = [y for y in series.FIVE_YEARS if y >= 1955 and share[y, BUYERS[0]] < share[y, BUYERS[2]]]
    return charts.publish(
        lines, name="verdict-arms", claims=["C38"],
        title=f"China's arms once went to communist states alone; by 2000–04 {late:.0f} percent did",
        holds=peak > 95 and late < 1, otherwise="China's deliveries of arms to communist states",
        measure="Share of China's deliveries of major arms (SIPRI trend-indicator value) by recipient, "
                "five-year periods from 1950–54 to 2015–19; even spread: the part of all other states that "
                "was communist (after 2010: in that year)",
        alt_text=f"Communist states took {peak:.0f} percent in 1955–59, {share[1975, BUYERS[0]]:.0f} in "
                 f"1975–79, {share[1990, BUYERS[0]]:.0f} in 1990–94 and {late:.0f} in 2000–04. North Korea "
                 f"alone took {share[1955, BUYERS[1]]:.0f} percent in 1955–59 and "
                 f"{share[1985, BUYERS[1]]:.0f} in 1985–89. From {below[0]} on the share is below an even "
                 f"spread in {len(below)} periods.",
        data=shown, columns={"period": "Period", "to": "Recipients", "share": "Percent",
                             "total": "All deliveries, SIPRI units"})


def forecast_table() -> Html:
    """What was forecast, before and after."""
    return report.table(series.forecast(),
                        caption="What was forecast: the four years before the article's year, and four from "
                                "it on",
                        columns={"measure": "Measure", "before": "2013–16", "after": "2017–20",
                                 "outcome": "After against before"})


def quotation_table() -> Html:
    """The quotation, printing by printing."""
    return report.table(series.printings(), caption="Anatomy of a quotation, printing by printing",
                        columns={"printing": "Printing", "date": "Date", "inside": "Inside quotation marks",
                                 "outside": "Outside them"})


def preference() -> Figure:
    """Who weighs collapse against the bomb, by date and side."""
    said = charts.plain(series.preferences())
    home, away = (said[said["side"] == side] for side in ("Chinese voice", "voice abroad"))
    deciding, silent = home[home["bearing"] != "open"], home[home["bearing"] == "open"]
    witness = ", ".join(deciding["speaker"].unique())
    return charts.publish(
        _voices_by_date(said) + charts.article_date("when"), name="verdict-preference", claims=["C41"],
        title=f"Of {home['speaker'].nunique()} Chinese voices only the article's own witness weighs collapse "
              f"against the bomb; {away['speaker'].nunique()} voices abroad say it of China",
        holds=witness == "Shi Yinhong" and (deciding["bearing"] == "for").all()
        and (away["bearing"] == "for").all(),
        otherwise="Voices on whether China prefers a nuclear North to its collapse",
        measure="Chinese voices that bear on the comparison and voices abroad that decide it, by date of "
                "the statement, 2009–2024; where only the year is known, the middle of it. No sample",
        alt_text=f"{home['speaker'].nunique()} Chinese voices: {witness} weighs the two, "
                 f"{silent['speaker'].nunique()} do not: {', '.join(silent['speaker'].unique())}. "
                 f"{away['speaker'].nunique()} voices abroad, {(away['bearing'] == 'for').sum()} for: "
                 f"{', '.join(away['speaker'])}.",
        data=said, columns={"date": "Date", "speaker": "Voice", "group": "Kind", "weighed": "What it weighs",
                            "paraphrase": "What is said", "chain": "How it came"})


def _voices_by_date(said: pd.DataFrame) -> alt.Chart:
    order = list(dict.fromkeys(said.sort_values(["side", "when"])["speaker"]))
    weighed = charts.scale("met", "unmet", "quiet", domain=list(series.WEIGHED.values()))
    sides = alt.Scale(domain=["Chinese voice", "voice abroad"], range=["circle", "triangle-up"])
    return alt.Chart(said).mark_point(size=110, filled=True, opacity=1).encode(
        alt.X("when:T").title(None).axis(format="%Y", tickCount="year", labelOverlap=True).scale(padding=10),
        alt.Y("speaker:N").title(None).sort(order).axis(labelLimit=300),
        color=alt.Color("weighed:N").scale(weighed).title(None).legend(columns=1),
        shape=alt.Shape("side:N").scale(sides).title(None).legend(orient="bottom"),
        tooltip=["date", "speaker", "group", "weighed", "paraphrase",
                 "chain"]).properties(height=alt.Step(17))


def ideology_table() -> Html:
    """Voices that give ideology as a reason, or deny it."""
    return report.table(series.voices("C42", deciding=True),
                        caption="Voices that give ideology as a reason for the backing, or deny it",
                        columns={"date": "Date", "speaker": "Voice", "group": "Kind", "bearing": "Bearing",
                                 "paraphrase": "What is said"})


ROW, NAMED = 48, 50  # pixels of a row; characters of a line of a claim's words
WIDER = "width > 400"  # whether the words have room before the marks


def moves() -> Figure:
    """Verdicts that differ between the article's date and now."""
    every = charts.plain(series.moves())
    words = {id: [found[v].word for v in VANTAGES] for id in claims() for found in [verdicts(id)]}
    moved = every[every["way"] != "same"]
    told = ["\n".join(wrap(f"{id} {claims()[id].quote}", NAMED)) for id in moved["claim"]]
    moved = moved.assign(words=told, sign_then=[sign_of(words[id][0]) for id in moved["claim"]],
                         sign_now=[sign_of(words[id][1]) for id in moved["claim"]])
    up, down = (moved["way"] == "up").sum(), (moved["way"] == "down").sum()
    lost = [id for id, (then, now) in words.items()
            if then and now and then.rank is not None and now.rank is None]
    return charts.publish(
        _moved_lines(moved), name="verdict-moves", claims=list(moved["claim"]),
        title=f"{len(every) - len(moved)} of {len(every)} verdicts stand where they stood in "
              f"{article().cutoff.year}; {up} rose, {down} fell",
        holds=0 < 2 * len(moved) < len(every),
        otherwise=f"Verdicts as of {article().published} and as of now",
        measure=f"Arrows from the verdict of {article().published} to that of {article().as_of:%B %Y}",
        note=f"{len(lost)} more became untested and are not drawn: {', '.join(lost)}." if lost else "",
        alt_text=f"{len(moved)} of {len(every)} verdicts differ. "
                 + " ".join(f"{r.claim}: {r.then_word} then, {r.now_word} now." for r in moved.itertuples()),
        data=moved, columns={"claim": "Claim", "label": "The article's words", "then_word": "Then",
                             "now_word": "Now"}, says="{claim}: {then_word} then, {now_word} now")


def _moved_lines(moved: pd.DataFrame) -> alt.LayerChart:
    names = "['contradicted', '', 'mixed', '', 'supported'][datum.value]"
    scale = alt.Scale(domain=[-0.3, 4.3], nice=False,
                      range=[alt.expr(f"{WIDER} ? 0.48 * width : 0"), alt.expr("width")])
    y, base = alt.Y("claim:N").title(None).axis(None).sort(list(moved["claim"])), alt.Chart(moved)
    drop = alt.expr(f"{WIDER} ? 0 : 13")  # on a phone the marks stand under the words
    line = {"yOffset": drop, "color": charts.colour("quiet")}
    way = (moved["now"] > moved["then"]).map({True: 1, False: -1})
    steps = moved.assign(leaves=moved["then"] + 0.12 * way, toward=moved["now"] - 0.2 * way)
    layers = [alt.Chart(steps).mark_rule(strokeWidth=1.5, **line).encode(
        alt.X("leaves:Q").scale(scale).title(None).axis(values=[0, 2, 4], labelExpr=names), y, x2="toward:Q")]
    for way, shape in (("up", "triangle-right"), ("down", "triangle-left")):
        layers.append(alt.Chart(steps[steps["way"] == way]).mark_point(
            shape=shape, filled=True, size=70, opacity=1, **line).encode(
            alt.X("toward:Q").scale(scale), y))
    for vantage in VANTAGES:
        layers.append(base.mark_point(filled=True, size=190, opacity=1, strokeWidth=0, yOffset=drop).encode(
            alt.X(f"{vantage}:Q").scale(scale), y,
            color=alt.Color(f"sign_{vantage}:N").scale(verdict_colours()).legend(None),
            shape=alt.Shape(f"sign_{vantage}:N").scale(verdict_shapes()).legend(None)))
    layers.append(base.mark_text(
        align="left", baseline="top", lineBreak="\n", lineHeight=15,
        dy=alt.expr(f"{WIDER} ? -7.5 * length(split(datum.words, '\\n')) : {-ROW / 2 + 2}")).encode(
        x=alt.value(0), y=y, text="words:N", tooltip=alt.value(None)))
    return alt.layer(*layers).properties(height=alt.Step(ROW)).resolve_scale(
        color="independent", shape="independent")


def all_readings() -> Figure:
    """Every reading of every claim, met to the right and not met to the left."""
    marks = charts.plain(series.all_marks())
    base = alt.Chart(marks).mark_square(size=34).encode(
        alt.X("place:Q").title(None).axis(tickMinStep=5, format="d"),
        alt.Y("claim:N").title(None).sort("ascending").axis(labelOverlap=False, labelFontSize=11),
        color=alt.Color("met:N").scale(charts.scale("met", "unmet", domain=["met", "not met"])).title(None),
        tooltip=["claim", "limb", "label", "met"]).properties(width=255, height=alt.Step(13))
    counts = marks.groupby(["vantage", "met"]).size()
    met, every = ({v: of(v) for v in ("then", "now")}
                  for of in (lambda v: counts[v, "met"], lambda v: counts[v].sum()))
    return charts.publish(
        base.facet(alt.Facet("vantage:N").sort(["then", "now"]).title(None), columns=2),
        name="verdict-all-readings",
        claims=list(marks["claim"].unique()),
        title=f"{met['then']} of {every['then']} readings bear the article out as of 2017, {met['now']} of "
              f"{every['now']} as of now",
        holds=met["then"] > every["then"] / 2 and met["now"] > every["now"] / 2,
        otherwise="All readings of all claims, met and not met",
        measure="One square a reading, met to the right, not met to the left, by claim and vantage; "
                "judgements have no readings",
        alt_text=f"Then {met['then']} of {every['then']} readings are met, now {met['now']} of "
                 f"{every['now']}, over {marks['claim'].nunique()} claims; the claim with most readings is "
                 f"{marks['claim'].value_counts().idxmax()}.",
        data=marks, columns={"claim": "Claim", "vantage": "Vantage", "limb": "Limb", "label": "Reading",
                             "met": "Outcome"})
