"""The matrix of explanations and episodes, the votes of China on others, and the tables of the page."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.believe import beliefs, rivals, series
from argument.believe.rivals import Fit
from argument.believe.series import Conduct
from report import charts
from report.article import article
from report.charts import Figure
from report.charts.signs import DASH, DIAMOND, DOT, RING
from report.data.package import load
from report.data.table import SEPARATOR
from report.show import Html, Rests, Sentence, sentences
from report.trace import sources_of

HERE = "believe.html#fig-believe-rivals"
ROW, TOP = 60, 1.95  # pixels of a row; rows above the first explanation
SIGNS = {Fit.FITS: ("met", "circle"), Fit.MISSES: ("unmet", DIAMOND), Fit.UNTOLD: ("quiet", DASH),
         Fit.SILENT: ("quiet", DOT)}
KEY = {Fit.FITS: 8, Fit.MISSES: 54, Fit.UNTOLD: 140, Fit.SILENT: 238}  # pixels from the left
WIDER = "width > 400"
VOTES = {"yes": ("accent", "circle"), "abstain": ("quiet", RING), "no": ("unmet", DIAMOND)}


# The matrix -------------------------------------------------------------------------------------------------

def rivals_matrix() -> Figure:
    """Each explanation in each episode: what it predicts, and whether that is what China did."""
    rows, order = _drawn(), list(rivals.scores()["explanation"])
    best, next_best = rivals.scores().iloc[0], rivals.scores().iloc[1]
    two = rivals.between(*order[:2])
    return charts.publish(
        _matrix(rows, order), name="believe-rivals", claims=[],
        title=f"Stability and rivalry with Washington fit {best['first']} episodes each; "
              f"{two['apart']} of {len(series.episodes())} tells them apart",
        holds=order[:2] == ["stability", "washington"] and best["first"] == next_best["first"]
              and two["apart"] == 1,
        otherwise="What each explanation predicts, and what China did",
        measure="Explanations by episodes; the word under a sign is the prediction: press the North harder, "
                "back it, or the same as before",
        note="Predictions written before what China did was computed, by somebody who knew the history.",
        alt_text=_told(order), data=rows,
        columns={"name": "Explanation", "episode": "Episode", "predicts": "Predicts", "did": "China",
                 "fit": "Which", "why": "Why", "second_code": "Code by the rule"},
        says=("{name}: {episode}, predicts {predicts}; China: {did}; {fit}. {why}.",
              "China: {episode}, {did}"))


def _drawn() -> pd.DataFrame:
    """Return the cells as drawn: place, sign and words, with what each rests on."""
    found, place = rivals.cells(), {name: n for n, name in enumerate(series.episodes())}
    line = {name: n for n, name in enumerate(rivals.scores()["explanation"])}
    return pd.DataFrame([{
        "explanation": r["explanation"], "name": r["name"], "episode": r["episode"],
        "column": place[r["episode"]], "line": float(line[r["explanation"]]), "fit": str(r["fit_first"]),
        "predicts": str(r["first"]), "brief": r["first"].brief, "did": r["did"], "why": r["why"],
        "second_code": str(r["second"]), "row": SEPARATOR.join(r["rows"]),
        "source_id": SEPARATOR.join(sources_of(r["rows"]))} for r in found.to_dict("records")])


def _told(order: list[str]) -> str:
    """Return the matrix in words: what China did, then each explanation with its count."""
    did = ", ".join(f"{name} {word}" for name, word in series.conduct().items())
    told = []
    for explanation in order:
        fits, tried = rivals.fits(explanation)
        where = rivals.of(explanation).query("fit_first == @Fit.FITS")["episode"]
        told.append(f"{rivals.names()[explanation]} fits {fits} of {tried} ({', '.join(where) or 'none'})")
    return f"What China did: {did}. " + "; ".join(told) + "."


def _matrix(rows: pd.DataFrame, order: list[str]) -> alt.LayerChart:
    x = alt.X("column:Q").title(None).axis(None).scale(domain=[-0.5, rows["column"].max() + 0.5], nice=False)
    y = alt.Y("line:Q").title(None).axis(None).scale(domain=[len(order) - 0.4, -TOP], nice=False)
    shape = alt.Shape("fit:N").scale(domain=list(map(str, SIGNS)),
                                     range=[path for _, path in SIGNS.values()]).legend(None)
    hue = alt.Color("fit:N").scale(charts.scale(*(name for name, _ in SIGNS.values()),
                                                domain=list(map(str, SIGNS)))).legend(None)
    marks = alt.Chart(rows)
    told = ["name", "episode", "predicts", "did", "fit", "why"]
    return alt.layer(
        *_key(y, shape, hue), *_heads(x, y), *_names(order, y),
        marks.mark_point(filled=True, size=170, opacity=1, strokeWidth=0).encode(
            x, y, shape=shape, color=hue, tooltip=told),
        marks.mark_text(dy=17, fontSize=12).encode(x, y, text="brief:N", tooltip=told)).properties(
        height=ROW * (len(order) + TOP - 0.4))


def _key(y: alt.Y, shape: alt.Shape, hue: alt.Color) -> list[alt.Chart]:
    """Return a sign of each kind with its word."""
    made = []
    for fit, left in KEY.items():
        base = alt.Chart(pd.DataFrame({"fit": [str(fit)], "line": [-TOP + 0.15],
                                       "source_id": [article().source]}))
        silent = {"tooltip": alt.value(None)}
        made += [base.mark_point(filled=True, size=120, opacity=1, strokeWidth=0).encode(
                     alt.X(value=left), y, shape=shape, color=hue, **silent),
                 base.mark_text(align="left", dx=11, fontSize=12, color=charts.colour("quiet")).encode(
                     alt.X(value=left), y, text="fit:N", **silent)]
    return made


def _heads(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the episodes over their columns, each with what China did."""
    heads = pd.DataFrame([{
        "episode": name, "short": name.replace("20", "’", 1), "did": str(word), "column": n, "line": -0.8,
        "brief": Conduct(word.value).brief, "row": SEPARATOR.join(word.rows),
        "source_id": SEPARATOR.join(sources_of(word.rows))}
        for n, (name, word) in enumerate(series.conduct().items())])
    base = alt.Chart(heads).encode(x, y, tooltip=["episode", "did"])
    named = pd.DataFrame({"name": ["China, by what was read"], "line": [-0.8], "source_id": article().source})
    return [base.mark_text(dy=-32, fontWeight=600, fontSize=13,
                           text=alt.expr(f"{WIDER} ? datum.episode : datum.short")),
            alt.Chart(named).mark_text(align="left", dx=3, dy=-10, fontWeight=600, fontSize=13).encode(
                alt.X(value=0), y, text="name:N", tooltip=alt.value(None)),
            base.mark_text(dy=9, fontSize=alt.expr(f"{WIDER} ? 13 : 10.5")).encode(text="brief:N")]


def _names(order: list[str], y: alt.Y) -> list[alt.Chart]:
    """Return the name of each explanation over its row, and at the end how often it fits."""
    made = []
    for explanation in order:
        fits, tried = rivals.fits(explanation)
        made.append({"name": rivals.names()[explanation], "line": float(order.index(explanation)),
                     "score": f"fits {fits} of {tried}", "source_id": article().source})
    base = alt.Chart(pd.DataFrame(made)).encode(y, tooltip=alt.value(None))
    return [base.mark_text(align="left", dx=3, dy=-20, fontWeight=600, fontSize=13).encode(
                alt.X(value=0), text="name:N"),
            base.mark_text(align="right", dx=-3, dy=-20, fontSize=12, color=charts.colour("quiet")).encode(
                alt.X(value="width"), text="score:N")]


# Base rates -------------------------------------------------------------------------------------------------

def votes() -> Figure:
    """China's votes on measures against states, one sign a vote, the North first."""
    rows = series.every_vote()
    north, others = rows[rows["north"]], rows[~rows["north"]]
    ours, theirs = (series.backed(part) for part in (north, others))
    order = list(dict.fromkeys(rows["state"]))
    return charts.publish(
        _votes(rows, order), name="believe-votes", claims=["C02"],
        title=f"China voted for {ours} of {len(north)} measures on the North, and for {theirs} of "
              f"{len(others)} on others that were read",
        holds=ours / len(north) > theirs / len(others),
        otherwise="China's votes on measures against states",
        measure="Votes of China in the Security Council on sanctions and the like, one sign a vote, in order "
                "of time",
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
    key = {"domain": list(VOTES), "range": [path for _, path in VOTES.values()]}
    legend = alt.Legend(title=None, orient="top", direction="horizontal", symbolSize=110,
                        labelExpr=" : ".join(f"datum.label === '{vote}' ? '{word}'"
                                             for vote, word in words.items()) + " : ''")
    return alt.Chart(rows).mark_point(filled=True, size=110, opacity=1, strokeWidth=0).encode(
        x, y, alt.Shape("vote:N").scale(alt.Scale(**key)).legend(legend),
        alt.Color("vote:N").scale(charts.scale(*(name for name, _ in VOTES.values()),
                                               domain=list(VOTES))).legend(legend),
        tooltip=["state", "item", "date", "vote"]).properties(height=alt.Step(23))


# The tables -------------------------------------------------------------------------------------------------

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


def evidence() -> Html:
    """The episodes with the indicators read in each, and the word that they come to."""
    return report.table(rivals.evidence(), {
        "episode": "Episode", "read": "What was read", "did": "China",
        "turns": "Indicators that alone turn the word"},
        "What China did in each episode, and by what that is told")


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


def patrons() -> Html:
    """What other patrons did about a client's bomb."""
    rows = load("believe/patrons").sort_values(["client", "year"], kind="stable")
    return report.table(rows, {"client": "Client", "patron": "Patron", "year": "Year", "did": "It was",
                               "what": "What the patron did", "end": "The programme"},
                        "What other patrons did about a client's bomb")


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
    names = {"episode": f"the episode {one.name}",
             "explanation": rivals.lowered(rivals.names().get(one.name, one.name))}
    said = {"judgement": f"this report’s judgement: {one.found}",
            "reading": "" if one.found == one.says else "not as the sentence needs it"}
    return Rests(kind, names.get(kind, one.name), said.get(one.kind, one.found), HERE)


def policy() -> Html:
    """The conditional sentences for readers with different aims."""
    return report.table(beliefs.policies(), {
        "reader": "For", "sentence": "What the evidence says", "confidence": "How surely", "claims": "Claims",
        "other": "Another reading of the same"}, "What follows, for whom", claims="claims")

