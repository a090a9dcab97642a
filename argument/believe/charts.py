"""The matrix of explanations and episodes, the votes of China on others, and the tables of the page."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

import report
from argument.believe import beliefs, rivals, series
from argument.believe.rivals import Fit
from argument.believe.series import Conduct, Move
from report import charts
from report.article import article
from report.charts import Figure
from report.charts.signs import DASH, DIAMOND, DOT, RING
from report.data.package import load, shown
from report.data.table import SEPARATOR
from report.dates import printed
from report.show import Html, Rests, Sentence, sentences
from report.trace import sources_of

HERE = "believe.html#fig-believe-rivals"
ROW, TOP = 60, 2.2  # pixels of a row; rows above the first
HEAD = -1.05  # where what China did stands, clear of the first row's name
WIDER = "width > 400"
BRIEFEST = {"pressed": "press", "backed": "back"}  # words for a column of a phone


@dataclass(frozen=True)
class Grid:
    """How a chart of rows by episodes is drawn: its signs, where the key has them, and its names."""

    signs: dict[str, tuple[str, str]]  # colour and shape
    key: dict[str, int]  # pixels from the left
    names: dict[str, str]  # of a row: its name, and what stands at its end
    told: tuple[str, ...]  # fields of a mark's hint

    @property
    def shape(self) -> alt.Shape:
        """Return the channel of the sign's shape."""
        paths = [path for _, path in self.signs.values()]
        return alt.Shape("sign:N").scale(domain=list(self.signs), range=paths).legend(None)

    @property
    def hue(self) -> alt.Color:
        """Return the channel of the sign's colour."""
        hues = (hue for hue, _ in self.signs.values())
        return alt.Color("sign:N").scale(charts.scale(*hues, domain=list(self.signs))).legend(None)


FITS = {str(Fit.FITS): ("met", "circle"), str(Fit.MISSES): ("unmet", DIAMOND),
        str(Fit.UNTOLD): ("quiet", DASH), str(Fit.SILENT): ("quiet", DOT)}
MOVES = {str(Move.PRESSES): ("first", "triangle-up"), str(Move.SUPPORTS): ("accent", "triangle-down"),
         str(Move.STILL): ("quiet", DASH)}
VOTES = {"yes": ("accent", "circle"), "abstain": ("quiet", RING), "no": ("unmet", DIAMOND)}


# Rows by episodes -------------------------------------------------------------------------------------------

@shown
def rivals_matrix() -> Figure:
    """Each explanation in each episode: what it predicts, and whether that is what China did."""
    order = list(rivals.scores()["explanation"])
    rows = _predicted(order)
    best, next_best = rivals.scores().iloc[0], rivals.scores().iloc[1]
    two = rivals.between(*order[:2])
    grid = Grid(FITS, dict(zip(FITS, (8, 54, 140, 238), strict=True)), _counted_names(order),
                ("name", "episode", "predicts", "did", "sign", "why"))
    return charts.publish(
        _drawn(rows, grid), name="believe-rivals", claims=[],
        title=f"Stability and rivalry with Washington fit {best['first']} episodes each",
        holds=order[:2] == ["stability", "washington"] and best["first"] == next_best["first"],
        otherwise="What each explanation predicts, and what China did",
        measure="Explanations by episodes; under a sign the prediction: press, back, or the same",
        note=f"Of {len(series.episodes())} episodes {two['apart']} tells the first two apart. Predictions "
             "were written before what China did was computed, by somebody who knew the history.",
        alt_text=_told(order), data=rows,
        columns={"name": "Explanation", "episode": "Episode", "predicts": "Predicts", "did": "China",
                 "sign": "Which", "why": "Why", "second_code": "Code by the rule"},
        says=("{name}: {episode}, predicts {predicts}; China: {did}; {sign}. {why}.",
              "China: {episode}, {did}"))


def _predicted(order: list[str]) -> pd.DataFrame:
    """Return the cells of the matrix: place, sign and words, with what each rests on."""
    place = {name: n for n, name in enumerate(series.episodes())}
    return pd.DataFrame([{
        "explanation": r["explanation"], "name": r["name"], "episode": r["episode"],
        "column": place[r["episode"]], "line": float(order.index(r["explanation"])),
        "sign": str(r["fit_first"]), "predicts": str(r["first"]), "brief": r["first"].brief, "did": r["did"],
        "why": r["why"], "second_code": str(r["second"]), "row": SEPARATOR.join(r["rows"]),
        "source_id": SEPARATOR.join(sources_of(r["rows"]))} for r in rivals.cells().to_dict("records")])


def _counted_names(order: list[str]) -> dict[str, str]:
    counts = {one: rivals.fits(one) for one in order}
    return {rivals.names()[one]: f"fits {fits} of {tried}" for one, (fits, tried) in counts.items()}


def _told(order: list[str]) -> str:
    """Return the matrix in words: what China did, then each explanation with its count."""
    told = []
    for explanation in order:
        fits, tried = rivals.fits(explanation)
        where = rivals.of(explanation).query("fit_first == @Fit.FITS")["episode"]
        told.append(f"{rivals.names()[explanation]} fits {fits} of {tried} ({', '.join(where) or 'none'})")
    return f"What China did: {_conduct_told()}. " + "; ".join(told) + "."


def _conduct_told() -> str:
    return ", ".join(f"{name} {word}" for name, word in series.conduct().items())


@shown
def conduct() -> Figure:
    """What was read of each indicator in each episode, and the word that it comes to."""
    rows, turns = _read(), rivals.turns_without()
    firm = [name for name in rivals.decided() if not turns[name]]
    grid = Grid(MOVES, dict(zip(MOVES, (8, 76, 156), strict=True)),
                {one.label: one.unit for one in series.indicators().values()},
                ("label", "episode", "shown", "sign"))
    return charts.publish(
        _drawn(rows, grid), name="believe-conduct", claims=[],
        title=f"In {len(firm)} of {len(turns)} episodes no single indicator turns the word on what China did",
        holds=0 < len(firm) < len(turns),
        otherwise="What China did in each episode, by indicators",
        measure="Indicators by episodes, each in its unit, with the same thresholds; a gap was not read",
        note=f"The words that no indicator turns are those on {', '.join(firm) or 'none'}. Percent: change "
             "from the year before. Meetings: less the mean of three years.",
        alt_text=f"What China did: {_conduct_told()}. " + "; ".join(
            f"{name}: " + ", ".join(f"{r['label']} {r['shown']} {r['unit']} ({r['sign']})"
                                    for r in part.to_dict("records"))
            for name, part in rows.groupby("episode", sort=False)) + ".",
        data=rows, columns={"episode": "Episode", "bounds": "From, to", "occasion": "Occasion",
                            "label": "Indicator", "value": "Value", "unit": "Unit", "sign": "Which way",
                            "turns": "Turns the word"},
        says=("{label}: {episode}, {shown} {unit}; {sign}", "China: {episode}, {did}"))


def _read() -> pd.DataFrame:
    """Return the cells of what was read, with the bounds and the occasion of each episode."""
    rows, place = series.observed(), {name: n for n, name in enumerate(series.episodes())}
    line, turns = {name: float(n) for n, name in enumerate(series.indicators())}, rivals.turns_without()
    known = {name: (rivals.bounds(one), one.occasion) for name, one in series.episodes().items()}
    made = rows.assign(
        column=rows["episode"].map(place), line=rows["indicator"].map(line), sign=rows["move"].map(str),
        bounds=[known[name][0] for name in rows["episode"]],
        occasion=[known[name][1] for name in rows["episode"]],
        turns=[indicator in turns[name] for name, indicator in
               zip(rows["episode"], rows["indicator"], strict=True)],
        shown=[_signed(r) for r in rows.to_dict("records")])
    return charts.plain(made.assign(brief=made["shown"], did="").drop(columns=["move", "indicator"]))


def _signed(r: dict) -> str:
    """Return a value as a cell has it, with its sign; its unit stands at the end of the row."""
    return charts.amount(float(r["value"]), "+.1f" if r["unit"] == "meetings a year" else "+.0f")


def _drawn(rows: pd.DataFrame, grid: Grid) -> alt.LayerChart:
    """Return rows by episodes: key, episodes with what China did, names, then signs with their words."""
    last = len(series.episodes()) - 0.5
    x = alt.X("column:Q").title(None).axis(None).scale(domain=[-0.5, last], nice=False)
    y = alt.Y("line:Q").title(None).axis(None).scale(domain=[len(grid.names) - 0.4, -TOP], nice=False)
    told, marks = list(grid.told), alt.Chart(rows)
    return charts.layered(
        *_key(y, grid), *_heads(x, y), *_names(y, grid),
        marks.mark_point(filled=True, size=170, opacity=1, strokeWidth=0).encode(
            x, y, shape=grid.shape, color=grid.hue, tooltip=told),
        marks.mark_text(dy=17, fontSize=12).encode(x, y, text="brief:N", tooltip=told)).properties(
        height=ROW * (len(grid.names) + TOP - 0.4))


def _key(y: alt.Y, grid: Grid) -> list[alt.Chart]:
    """Return a sign of each kind with its word."""
    made, silent = [], {"tooltip": alt.value(None)}
    for sign, left in grid.key.items():
        base = alt.Chart(pd.DataFrame({"sign": [sign], "line": [-TOP + 0.15], "source_id": article().source}))
        made += [base.mark_point(filled=True, size=120, opacity=1, strokeWidth=0).encode(
                     alt.X(value=left), y, shape=grid.shape, color=grid.hue, **silent),
                 base.mark_text(align="left", dx=11, fontSize=12, color=charts.colour("quiet")).encode(
                     alt.X(value=left), y, text="sign:N", **silent)]
    return made


def _heads(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the episodes over their columns, each with what China did."""
    heads = pd.DataFrame([{
        "episode": name, "years": printed(name), "short": printed(name).replace("20", "’", 1),
        "did": str(word), "column": n, "line": HEAD, "brief": (brief := Conduct(str(word.value)).brief),
        "briefest": BRIEFEST.get(brief, brief), "row": SEPARATOR.join(word.rows),
        "source_id": SEPARATOR.join(sources_of(word.rows))}
        for n, (name, word) in enumerate(series.conduct().items())])
    base = alt.Chart(heads).encode(x, y, tooltip=["episode", "did"])
    named = pd.DataFrame({"name": ["China, by what was read"], "line": [HEAD], "source_id": article().source})
    return [base.mark_text(dy=-32, fontWeight=600, fontSize=13,
                           text=alt.expr(f"{WIDER} ? datum.years : datum.short")),
            alt.Chart(named).mark_text(align="left", dx=3, dy=-10, fontWeight=600, fontSize=13).encode(
                alt.X(value=0), y, text="name:N", tooltip=alt.value(None)),
            base.mark_text(dy=9, fontSize=alt.expr(f"{WIDER} ? 13 : 12"),
                           text=alt.expr(f"{WIDER} ? datum.brief : datum.briefest"))]


def _names(y: alt.Y, grid: Grid) -> list[alt.Chart]:
    """Return the name of each row over it, and at its end what the grid says of it."""
    rows = pd.DataFrame([{"name": name, "end": end, "line": float(n), "source_id": article().source}
                         for n, (name, end) in enumerate(grid.names.items())])
    base = alt.Chart(rows).encode(y, tooltip=alt.value(None))
    return [base.mark_text(align="left", dx=3, dy=-20, fontWeight=600, fontSize=13).encode(
                alt.X(value=0), text="name:N"),
            base.mark_text(align="right", dx=-3, dy=-20, fontSize=12, color=charts.colour("quiet")).encode(
                alt.X(value="width"), text="end:N")]


# Base rates -------------------------------------------------------------------------------------------------

@shown
def votes() -> Figure:
    """China's votes on measures against states, one sign a vote, the North first."""
    rows = series.every_vote()
    north, others = rows[rows["north"]], rows[~rows["north"]]
    ours, theirs = (series.backed(part) for part in (north, others))
    order = list(dict.fromkeys(rows["state"]))
    return charts.publish(
        _votes(rows, order), name="believe-votes", claims=["C02"],
        title=f"China voted for {ours} of {len(north)} measures on the North, {theirs} of {len(others)} on "
              "others",
        holds=ours / len(north) > theirs / len(others),
        otherwise="China's votes on measures against states",
        measure="Votes in the Security Council on sanctions and the like, one sign a vote, in order of time",
        note="Of votes on others those were read in which members parted, and some that were unanimous: no "
             "share of all. Use of force and human rights are left out.",
        alt_text=_counted(rows, order), data=rows,
        columns={"state": "State", "date": "Day", "item": "Item", "vote": "Vote of China"},
        says="{state}: {item}, {date}; China’s vote: {vote}")


def _counted(rows: pd.DataFrame, order: list[str]) -> str:
    told = []
    for state in order:
        counts = rows.loc[rows["state"] == state, "vote"].value_counts()
        told.append(f"{state} {', '.join(f'{n} {vote}' for vote, n in counts.items())}")
    return "Votes of China by state: " + "; ".join(told) + "."


def _votes(rows: pd.DataFrame, order: list[str]) -> alt.LayerChart:
    x = alt.X("nth:Q").title(None).axis(None).scale(domain=[0.4, rows["nth"].max() + 0.6], nice=False)
    y = alt.Y("state:N").title(None).sort(order).axis(labelLimit=170)
    words = {"yes": "for", "abstain": "abstained", "no": "against"}
    shapes = alt.Scale(domain=list(VOTES), range=[path for _, path in VOTES.values()])
    legend = alt.Legend(title=None, orient="top", direction="horizontal", symbolSize=110,
                        labelExpr=" : ".join(f"datum.label === '{vote}' ? '{word}'"
                                             for vote, word in words.items()) + " : ''")
    return alt.Chart(rows).mark_point(filled=True, size=110, opacity=1, strokeWidth=0).encode(
        x, y, alt.Shape("vote:N").scale(shapes).legend(legend),
        alt.Color("vote:N").scale(charts.scale(*(name for name, _ in VOTES.values()),
                                               domain=list(VOTES))).legend(legend),
        tooltip=["state", "item", "date", "vote"]).properties(height=alt.Step(23))


# The tables -------------------------------------------------------------------------------------------------

@shown
def scores() -> Html:
    """The explanations with their counts by both codes."""
    rows = rivals.scores()
    told = load("believe/explanations").set_index("explanation")
    shown = pd.DataFrame([{
        "name": r["name"], "says": told.loc[r["explanation"], "says"],
        "first": f"{r['first']} of {r['tried_first']}", "second": f"{r['second']} of {r['tried_second']}",
        "silent": r["silent"], "source_id": told.loc[r["explanation"], "source_id"]}
        for r in rows.to_dict("records")])
    return report.table(shown, {"name": "Explanation", "says": "What it says", "first": "Fits, by hand",
                                "second": "Fits, by the rule", "silent": "Episodes in which it is silent"},
                        "How often each explanation fits, of the episodes in which it can be tried")


@shown
def apart() -> Html:
    """The pairs of explanations that at most one episode tells apart."""
    rows, told = rivals.pairs(), load("believe/explanations").set_index("explanation")["source_id"]
    rows = rows[rows["apart"] <= 1].sort_values("apart", kind="stable")
    shown = rows.assign(source_id=[f"{told[r['one']]};{told[r['other']]}" for r in rows.to_dict("records")],
                        for_one=[_of(r["for_one"], r["one"]) for r in rows.to_dict("records")],
                        for_other=[_of(r["for_other"], r["other"]) for r in rows.to_dict("records")])
    shown["for"] = [", ".join(filter(None, both)) or "neither" if n else ""
                    for *both, n in zip(shown["for_one"], shown["for_other"], shown["apart"], strict=True)]
    return report.table(shown, {"pair": "Pair", "tried": "Episodes in which both can be tried",
                                "episodes": "Which tells them apart", "for": "For whom"},
                        "The pairs of explanations that no episode, or one alone, tells apart")


def _of(episodes: str, explanation: str) -> str:
    return f"{rivals.names()[explanation]} ({episodes})" if episodes else ""


@shown
def patrons() -> Html:
    """What other patrons did about a client's bomb."""
    rows = load("believe/patrons").sort_values(["client", "year"], kind="stable")
    return report.table(rows, {"client": "Client", "patron": "Patron", "year": "Year", "did": "It was",
                               "what": "What the patron did", "end": "The programme"},
                        "What other patrons did about a client's bomb")


@shown
def ten() -> Html:
    """The sentences with their words of confidence, surest first."""
    return sentences([_sentence(one) for one in beliefs.beliefs().values()],
                     list(map(str, beliefs.Confidence)))


def _sentence(one: beliefs.Belief) -> Sentence:
    notes = [("Would change it", f"{one.changes_it}. To be read in: {one.read_where}")]
    if one.limit:
        notes.insert(0, ("Held lower because", one.limit))
    return Sentence(one.name, str(one.confidence), one.sentence, tuple(map(_rests, one.grounds)),
                    tuple(notes))


def _rests(one: beliefs.Ground) -> Rests:
    kind = "claim" if one.kind == "judgement" else one.kind
    names = {"episode": f"the episode {printed(one.name)}",
             "explanation": rivals.lowered(rivals.names().get(one.name, one.name))}
    said = {"judgement": f"this report’s judgement: {one.found}",
            "reading": "" if one.found == one.says else "not as the sentence needs it"}
    return Rests(kind, names.get(kind, one.name), said.get(one.kind, one.found), HERE)


@shown
def policy() -> Html:
    """The conditional sentences for readers with different aims."""
    return report.table(beliefs.policies(), {
        "reader": "For", "sentence": "What the evidence says", "confidence": "How surely", "claims": "Claims",
        "other": "Another reading of the same"}, "What follows, for whom", claims="claims")

