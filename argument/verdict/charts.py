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
from report.charts.signs import (DIAMOND, OUTCOMES, RING, outcome_shapes, sign_of, verdict_colours,
                                 verdict_shapes)
from report.data.package import load, shown
from report.rule import VANTAGES, Kind, claims
from report.show import Html

COMMUNIST_PAIRS, OUTSIDE, OTHERS = series.PAIRS.values()
BUYERS = [series.COMMUNIST, series.NORTH, series.EXPECTED]
WIDER = "width > 400"  # whether a single view is laid out for a wide page


NAMED_AT = {COMMUNIST_PAIRS: (1968, 8, -4), OUTSIDE: (1956, -6, 13), OTHERS: (1995, 0, 18)}  # year; pixels


@shown
def pacts() -> Figure:
    """Pairs with a defence pact among communist states, without the Warsaw Pact, and among others."""
    shown = charts.plain(series.pact_shares())
    share = shown.set_index(["year", "pairs"])["share"]
    told = {year: (share[year, COMMUNIST_PAIRS], share[year, OTHERS]) for year in (1955, 1989, 2010)}
    return charts.publish(
        _pact_lines(shown), name="verdict-pacts", claims=["C38"],
        title="1955–88: communist states allied more, without the Warsaw Pact less",
        holds=all(share[y, COMMUNIST_PAIRS] > share[y, OTHERS] > share[y, OUTSIDE]
                  for y in range(1955, 1989)),
        otherwise="Defence pacts among communist states and among others",
        measure=f"Pairs of states with a defence pact, percent, {shown['year'].min()}–{shown['year'].max()}",
        note=f"Other pairs: neither communist. The list of communist regimes ends in {series.last_listed()}.",
        alt_text=f"In 1955 {told[1955][0]:.0f} percent of communist pairs had a pact, "
                 f"{share[1955, OUTSIDE]:.0f} percent without the Warsaw Pact, against {told[1955][1]:.0f} "
                 f"percent of other pairs. In 1989 it is {told[1989][0]:.0f} against {told[1989][1]:.0f}; in "
                 f"2010 it is {told[2010][0]:.0f} against {told[2010][1]:.0f}.",
        data=shown, columns={"year": "Year", "pairs": "Pairs", "share": "Percent"},
        says="{pairs}: {share:.1f} percent of pairs in {year}")


def _pact_lines(shown: pd.DataFrame) -> alt.LayerChart:
    looks = charts.scale("first", "first", "fourth", domain=list(series.PAIRS.values()))
    x, y = charts.years(values=list(range(1950, 2011, 10))), alt.Y("share:Q").title("percent of pairs").scale(
        domain=[0, 55])
    hue = alt.Color("pairs:N").scale(looks).legend(None)
    dash = alt.StrokeDash("pairs:N").scale(domain=list(looks.domain), range=[[1, 0], [4, 3], [1, 0]])
    lines = alt.Chart(shown).mark_line().encode(x, y, color=hue, strokeDash=dash.legend(None),
                                                tooltip=["year", "pairs", "share"])
    names = [alt.Chart(shown[(shown["pairs"] == who) & (shown["year"] == year)]).mark_text(
        align="left", dx=dx, dy=dy, fontSize=alt.expr(f"{WIDER} ? 13 : 11")).encode(
        x, y, text="pairs:N", tooltip=alt.value(None))
        for who, (year, dx, dy) in NAMED_AT.items()]
    rows = load("alliance/pact_counts").query("pair == 'communist'")
    rows = rows[rows["year"] == series.last_listed()]
    bound, every = int(rows["with_defence_pact"].iloc[0]), int(rows["pairs"].iloc[0])
    last = shown[(shown["pairs"] == COMMUNIST_PAIRS) & (shown["year"] == series.last_listed())]
    few = alt.Chart(last).mark_text(align="right", dy=-10, color=charts.colour("quiet")).encode(
        x, y, text=alt.value(f"{bound} of {every} pairs"), tooltip=alt.value(None))
    return charts.layered(lines, *names, few)


@shown
def pacts_choice() -> Html:
    """A reader's choice of decade, with the Warsaw Pact or without."""
    return report.choices("c38", "How many pairs of communist states had a defence pact?",
                          {"Decade": {f"{d}s": f"{d}s" for d in c38_tradition.decades()},
                           "Warsaw Pact": c38_tradition.WARSAW_CHOICE},
                          c38_tradition.warsaw_options(), unit="percent")


@shown
def arms() -> Figure:
    """China's arms to communist states and to the North, against an even spread."""
    shown = charts.plain(series.arms_by_period())
    share = shown.set_index(["year", "to"])["share"]
    spans = shown.drop_duplicates("year").set_index("year")["period"]
    peak, late = share[1955, BUYERS[0]], share[2000, BUYERS[0]]
    below = [y for y in series.FIVE_YEARS if y >= 1955 and share[y, BUYERS[0]] < share[y, BUYERS[2]]]
    return charts.publish(
        _arms_bars(shown), name="verdict-arms", claims=["C38"],
        title=f"China's arms once went to communist states alone; in {spans[2000]} none did",
        holds=peak > 99 and late == 0, otherwise="China's deliveries of arms to communist states",
        measure="Share of China's deliveries of major arms by five years, percent of SIPRI's units",
        note="Even spread: the part of all other states that was communist (after "
             f"{series.last_listed()}: in that year).",
        alt_text=f"Communist states took {peak:.0f} percent in {spans[1955]}, "
                 f"{share[1975, BUYERS[0]]:.0f} in {spans[1975]}, "
                 f"{share[1990, BUYERS[0]]:.0f} in {spans[1990]} and {late:.0f} in {spans[2000]}. "
                 f"North Korea alone took {share[1955, BUYERS[1]]:.0f} percent in {spans[1955]} and "
                 f"{share[1985, BUYERS[1]]:.0f} in {spans[1985]}. From {below[0]} on the share is below "
                 f"an even spread in {len(below)} periods.",
        data=shown, columns={"period": "Period", "to": "Recipients", "share": "Percent",
                             "total": "All deliveries, SIPRI units"},
        says="{to}: {share:.1f} percent of China's deliveries, {period}")


def _arms_bars(shown: pd.DataFrame) -> alt.LayerChart:
    """Return a bar a period: all communist states, the North's part of it before it, a tick for an even
    spread.
    """
    looks = charts.scale("fourth", "dprk", domain=BUYERS[:2])
    shown = shown.assign(left=shown["year"] + 0.4, right=shown["year"] + 4.6, middle=shown["year"] + 2.5)
    x = alt.X("left:Q").title(None).scale(domain=[1950, 2020], nice=False).axis(
        format="d", values=list(range(1950, 2021, 10)))
    y = alt.Y("share:Q").title("percent of deliveries").scale(domain=[0, 100])
    hue = alt.Color("to:N").scale(looks).title(None).legend(orient="top", columns=2)
    parts = [shown[shown["to"] == who] for who in BUYERS]
    told: charts.Look = {"tooltip": ["period", "to", "share", "total"]}
    bars = [alt.Chart(part.assign(zero=0)).mark_bar().encode(
        x, y, x2="right:Q", y2="zero:Q", color=hue, **told) for part in parts[:2]]
    even = alt.Chart(parts[2].assign(left=parts[2]["year"], right=parts[2]["year"] + 5))
    halo = even.mark_rule(strokeWidth=5.5, color=charts.colour("paper")).encode(
        x, y, x2="right:Q", tooltip=alt.value(None))
    line = even.mark_rule(strokeWidth=2.5, color=charts.colour("text")).encode(x, y, x2="right:Q", **told)
    named = alt.Chart(parts[2].tail(1)).mark_text(align="right", dy=-26).encode(
        alt.X("right:Q"), y, text="to:N", tooltip=alt.value(None))
    zeros = charts.nils(parts[0], alt.X("middle:Q"), y, "share", dy=-15)
    return charts.layered(*bars, halo, line, named, zeros)


@shown
def quotation_table() -> Html:
    """The quotation, printing by printing."""
    return report.table(series.printings(), caption="Anatomy of a quotation, printing by printing",
                        columns={"printing": "Printing", "date": "Date", "inside": "Inside quotation marks",
                                 "outside": "Outside them"})


@shown
def preference() -> Figure:
    """Who weighs collapse against the bomb, by date and side."""
    said = charts.plain(series.preferences())
    home, away = (said[said["side"] == side] for side in SIDES)
    deciding, silent = home[home["bearing"] != "open"], home[home["bearing"] == "open"]
    witness, quiet, abroad = (list(rows["speaker"].unique()) for rows in (deciding, silent, away))
    for_it = away.loc[away["bearing"] == "for", "speaker"].nunique()
    return charts.publish(
        _voices_by_date(said), name="verdict-preference", claims=["C41"],
        title=f"Only {len(witness)} of {home['speaker'].nunique()} Chinese voices, the article's, weighs "
              "bomb and collapse",
        holds=witness == ["Shi Yinhong"] and (deciding["bearing"] == "for").all()
        and (away["bearing"] == "for").all(),
        otherwise="Voices on whether China prefers a nuclear North to its collapse",
        measure="Chinese voices on the comparison and foreign ones that decide it, by date, "
                f"{said['when'].dt.year.min()}–{said['when'].dt.year.max()}",
        note="No sample. Where only the year or month is known, the middle of it.",
        alt_text=f"{home['speaker'].nunique()} Chinese voices: {'; '.join(witness)} weighs the two, "
                 f"{len(quiet)} do not: {'; '.join(quiet)}. {len(abroad)} abroad, {for_it} for: "
                 f"{'; '.join(abroad)}.",
        data=said, columns={"date": "Date", "speaker": "Voice", "group": "Kind", "weighed": "What it weighs",
                            "paraphrase": "What is said", "chain": "How it came"},
        says="{speaker}, {date}: {paraphrase} ({weighed})")


SIDES = ("Chinese voice", "voice abroad")
ABREAST = 220  # days between marks of one level, so that none covers another on a phone


def _levelled(said: pd.DataFrame) -> pd.DataFrame:
    """Return voices in the order of their dates, each on the lowest level that has room for it."""
    ends: list[pd.Timestamp] = []
    levels = []
    for when in said["when"]:
        level = next((n for n, end in enumerate(ends) if (when - end).days >= ABREAST), len(ends))
        ends[level:level + 1] = [when]
        levels.append(level)
    return said.assign(level=levels)


def _voices_by_date(said: pd.DataFrame) -> alt.VConcatChart:
    levelled = [_levelled(said[said["side"] == side].sort_values("when")) for side in SIDES]
    first, last = said["when"].min(), said["when"].max()
    domain = [f"{first - pd.Timedelta(days=200):%Y-%m-%d}", f"{last + pd.Timedelta(days=200):%Y-%m-%d}"]
    return alt.vconcat(*(_lane(rows, domain, label) for rows, label in
                         zip(levelled, (None, ""), strict=True)), spacing=8)


def _lane(rows: pd.DataFrame, domain: list[str], label: str | None) -> alt.LayerChart:
    kinds = list(series.WEIGHED.values())
    x = alt.X("when:T").title(None).axis(format="%Y", tickCount="year", labelOverlap=True).scale(
        domain=domain)
    top = rows["level"].max() + (1.7 if label is None else 0.7)  # the article's name takes a level
    y = alt.Y("level:Q").axis(None).scale(domain=[-0.7, top], nice=False)
    looks = charts.scale("met", "unmet", "quiet", domain=kinds)
    shapes = alt.Scale(domain=kinds, range=["circle", DIAMOND, RING])
    points = alt.Chart(rows).mark_point(filled=True, size=105, opacity=1, strokeWidth=0).encode(
        x, y, color=alt.Color("weighed:N").scale(looks).legend(None),
        shape=alt.Shape("weighed:N").scale(shapes).legend(None),
        tooltip=["date", "speaker", "group", "weighed", "paraphrase", "chain"])
    chinese = rows["side"].iloc[0] == SIDES[0]
    head = f"{rows['speaker'].nunique()} Chinese voices, rings: do not weigh the two" if chinese else (
        f"{rows['speaker'].nunique()} voices abroad: to China collapse is worse")
    few = rows[rows["bearing"] != "open"] if chinese else rows.iloc[:0]
    names = alt.Chart(few).mark_text(align="right", dx=-9, fontWeight=600).encode(
        x, y, text="speaker:N", tooltip=alt.value(None)) if len(few) else None
    title = alt.Title(head, fontSize=13, fontWeight=600, offset=4)
    layers = [one for one in (points, names, charts.article_date("when", label)) if one is not None]
    return charts.layered(*layers).properties(height=15 * (rows["level"].max() + 2.5), title=title)


@shown
def ideology_table() -> Html:
    """Voices that give ideology as a reason, or deny it."""
    return report.table(series.voices("C42", deciding=True),
                        caption="Voices that give ideology as a reason for the backing, or deny it",
                        columns={"date": "Date", "speaker": "Voice", "group": "Kind", "bearing": "Bearing",
                                 "paraphrase": "What is said"})


ROW, NAMED = 48, 50  # pixels of a row; characters of a line of a claim's words


@shown
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
    line: charts.Look = {"yOffset": drop, "color": charts.colour("quiet")}
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
    return charts.layered(*layers).properties(height=alt.Step(ROW)).resolve_scale(
        color="independent", shape="independent")


READING = 12  # pixels of a row


@shown
def all_readings() -> Figure:
    """Every reading of every claim, met to the right and not met to the left."""
    marks = charts.plain(series.all_marks())
    marks = marks.assign(place=marks["place"] - 0.5 * (marks["place"] > 0) + 0.5 * (marks["place"] < 0))
    counts = marks.groupby(["vantage", "met"]).size()
    judged = {id for id, claim in claims().items() if claim.kind is Kind.JUDGEMENT}
    met, every = ({v: of(v) for v in VANTAGES}
                  for of in (lambda v: counts[v, "met"], lambda v: counts[v].sum()))
    then, now = VANTAGES
    return charts.publish(
        alt.hconcat(*(_readings_at(marks, v) for v in VANTAGES), spacing=16), name="verdict-all-readings",
        claims=list(marks["claim"].unique()),
        title=f"{met[then]} of {every[then]} readings bore the article out in {article().cutoff.year}, "
              f"{met[now]} of {every[now]} do now",
        holds=met[then] > every[then] / 2 and met[now] > every[now] / 2,
        otherwise="All readings of all claims, met and not met",
        measure="A dot to the right: criterion met; a diamond to the left: not met; by claim",
        note=charts.stated("Judgements have no readings.", when=not judged & set(marks["claim"]))
        + " A verdict takes limbs and shares, never this sum.",
        alt_text=f"Then {met[then]} of {every[then]} readings are met, now {met[now]} of {every[now]}, over "
                 f"{marks['claim'].nunique()} claims; the claim with most readings is "
                 f"{marks['claim'].value_counts().idxmax()}.",
        data=marks, columns={"claim": "Claim", "vantage": "Vantage", "limb": "Limb", "label": "Reading",
                             "met": "Outcome"}, says="{claim}, {vantage}: {label}: {met}")


def _readings_at(marks: pd.DataFrame, vantage: str) -> alt.Chart:
    month = article().published if vantage == VANTAGES[0] else f"{article().as_of:%B %Y}"
    wide = marks["place"].abs().max() + 0.5
    low = marks["place"].min() - 0.5
    y = alt.Y("claim:N").title(None).sort(sorted(marks["claim"].unique())).axis(
        labelOverlap=False, labelFontSize=11).scale(domain=sorted(marks["claim"].unique()))
    x = alt.X("place:Q").title(None).scale(domain=[low, wide], nice=False).axis(
        values=list(range(-10, 31, 10)), labelExpr="abs(datum.value)", format="d")
    return alt.Chart(marks[marks["vantage"] == vantage]).mark_point(
        filled=True, size=38, opacity=1, strokeWidth=0).encode(
        x, y, color=alt.Color("met:N").scale(charts.scale("met", "unmet", domain=OUTCOMES)).legend(None),
        shape=alt.Shape("met:N").scale(outcome_shapes()).legend(None),
        tooltip=["claim", "limb", "label", "met"]).properties(
        width=600, height=alt.Step(READING), title=alt.Title(f"{vantage.title()}, {month}", fontSize=14))
