"""The map of the argument, and the tables of what falls with what."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.chain import series
from report import charts
from report.article import article
from report.charts import Figure
from report.charts.signs import verdict_colours, verdict_shapes
from report.data.package import shown
from report.rule import VANTAGES, Side, claims
from report.show import Html

ROW = 21  # pixels of a claim's row
WIDER = "width > 400"
CURVES = f"{WIDER} ? 205 : 76"  # pixels that the curves of the links take
AT = {"then": 14, "now": 41}  # pixels from the curves to a mark
NAME, PREMISE = 57, 8  # pixels from the curves to a claim's name, and to a premise's
LOOKS = {"supports": ("faint", 1.0, [1, 0]), "rests_on": ("text", 1.75, [1, 0]),
         "strains": ("unmet", 1.5, [4, 3])}  # colour, width and dash of a link
KEY = {"supports": (4, "supports"), "rests_on": (104, "is needed by"), "strains": (226, "strains")}  # pixels
SAMPLE, TOP = 20, 3.3  # pixels of a line in the key; rows above the first premise


@shown
def chain() -> Figure:
    """Every claim by premise with its verdicts and its load, and the links between them."""
    nodes, then = charts.plain(series.nodes()), VANTAGES[0]
    grounds = series.grounds()
    held = {v: sum(_held(id, v) for id in grounds) for v in VANTAGES}
    free = len(claims()) - len(series.carrying())
    return charts.publish(
        _map(nodes), name="chain-map", claims=list(claims()),
        title=f"The conclusion needs {len(grounds)} of {len(claims())} claims; {held[then]} were borne out "
              f"in {article().cutoff.year}, {held[VANTAGES[1]]} are now",
        holds=0 < held[then] <= held[VANTAGES[1]] < len(grounds) < free,
        otherwise="The claims of the article and the links between them",
        measure="Verdicts on the article's claims by premise, and links between them",
        note="Which link is one of need is this report's reading, and loads follow from it.",
        alt_text=_told(nodes, free), data=nodes,
        columns={"premise": "Premise", "claim": "Claim", "name": "In brief", "vantage": "Vantage",
                 "verdict": "Verdict", "load": "Statements that fall with it", "falls": "Which"},
        says=("{claim}: {says} {vantage}: {verdict}. With it falls {falls}.",
              "Link: {link}, {connective}. {why}", "{premise}: {says}."))


def _held(id: str, vantage: str) -> bool:
    found = series.word(id, vantage)
    return found is not None and found.side is Side.SUPPORT


def _told(nodes: pd.DataFrame, free: int) -> str:
    """Return the map in words: each premise with the claims that carry something, then the conclusion."""
    first = nodes.drop_duplicates("claim")
    by_premise = "; ".join(
        f"{name}: {len(rows)} {'claim' if len(rows) == 1 else 'claims'}, carrying " + (", ".join(
            f"{r.claim} ({r.load})" for r in rows.itertuples() if r.load) or "none")
        for name, rows in first.groupby("premise", sort=False))
    needed = ", ".join(f"{id} ({series.word(id, VANTAGES[0])}, now {series.word(id, VANTAGES[1])})"
                       for id in series.grounds())
    strains = ", ".join(dict.fromkeys(series.curves().query("kind == 'strains'")["link"]))
    return (f"Claims by premise, and how many statements fall with each. {by_premise}. With {free} "
            f"of {len(first)} claims nothing falls. The conclusion needs {needed}. Where two pull against "
            f"each other: {strains}.")


def _map(nodes: pd.DataFrame) -> alt.LayerChart:
    heads, curves = charts.plain(series.heads()), series.curves()
    rows = max(series.heights().values()) + 0.6
    x = alt.X("depth:Q").title(None).axis(None).scale(domain=[-1.04, 0], nice=False,
                                                      range=[0, alt.expr(CURVES)])
    y = alt.Y("place:Q").title(None).axis(None).scale(domain=[rows, -TOP], nice=False)
    nodes, heads = nodes.assign(depth=0), heads.assign(depth=0)
    layers = [*_key(y), *_links(curves, x, y), *_marks(nodes, x, y), *_names(nodes, heads, x, y)]
    return charts.layered(*layers).properties(height=ROW * (rows + TOP)).resolve_scale(
        color="independent", shape="independent")


def _key(y: alt.Y) -> list[alt.Chart]:
    """Return a line of each kind of link with its word, and what the size of a mark and a dot say."""
    silent, made = {"tooltip": alt.value(None)}, []
    for kind, (left, word) in KEY.items():
        hue, width, dash = LOOKS[kind]
        base = alt.Chart(_worded(0.5 - TOP, word))
        made.append(base.mark_rule(strokeWidth=width, strokeDash=dash, color=charts.colour(hue)).encode(
            alt.X(value=left), y, x2=alt.value(left + SAMPLE), **silent))
        made.append(base.mark_text(align="left", fontSize=12, color=charts.colour("quiet")).encode(
            alt.X(value=left + SAMPLE + 5), y, text="word:N", **silent))
    said = "larger: more falls with it; a dot: no verdict"
    return [*made, alt.Chart(_worded(1.45 - TOP, said)).mark_text(
        align="left", fontSize=12, color=charts.colour("quiet")).encode(
        alt.X(value=4), y, text="word:N", **silent)]


def _worded(place: float, word: str) -> pd.DataFrame:
    return pd.DataFrame({"place": [place], "word": [word], "source_id": article().source})


def _links(curves: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return a curve a link, with a head at what it bears."""
    made = []
    for kind, (hue, width, dash) in LOOKS.items():
        own = curves[curves["kind"] == kind]
        told = ["link", "kind", "connective", "why"]
        made.append(alt.Chart(own).mark_line(
            interpolate="basis", strokeWidth=width, strokeDash=dash, color=charts.colour(hue)).encode(
            x, y, detail="link:N", order="corner:Q", tooltip=told))
        ends = own[own["corner"] == 3].drop_duplicates("place")
        made.append(alt.Chart(ends).mark_point(
            shape="triangle-right", filled=True, size=30, opacity=1, color=charts.colour(hue)).encode(
            x, y, tooltip=alt.value(None)))
    return made


def _marks(nodes: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the verdicts then and now side by side, as large as the claim's load."""
    size = alt.Size("load:Q").scale(domain=[0, max(nodes["load"].max(), 1)], range=[90, 400]).legend(None)
    tooltip = ["claim", "says", "vantage", "verdict", "load", "falls"]
    told: charts.Look = {"href": "href:N", "tooltip": tooltip}
    made = []
    for vantage, offset in AT.items():
        own = nodes[nodes["vantage"] == vantage]
        made.append(alt.Chart(own).mark_point(
            filled=True, opacity=1, strokeWidth=0, xOffset=offset).encode(
            x, y, size, alt.Color("sign:N").scale(verdict_colours()).legend(None),
            alt.Shape("sign:N").scale(verdict_shapes()).legend(None), **told))
    return made


def _names(nodes: pd.DataFrame, heads: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    first = nodes[nodes["vantage"] == VANTAGES[0]].assign(
        named=lambda rows: rows["claim"] + " " + rows["name"],
        fall=lambda rows: [f"with it {'fall' if n > 1 else 'falls'} {of}" if n else "" for n, of in
                           zip(rows["load"], rows["falls"], strict=True)])
    quiet: charts.Look = {"tooltip": alt.value(None)}
    small = alt.expr(f"{WIDER} ? 13 : 12")
    above = pd.DataFrame({"depth": 0.0, "place": -0.3, "vantage": list(AT), "source_id": article().source})
    return [
        alt.Chart(heads).mark_text(align="left", dx=PREMISE, fontWeight=600, fontSize=small).encode(
            x, y, text="label:N", tooltip=["premise", "says"]).transform_calculate(
            label="datum.premise + '  ' + datum.name"),
        alt.Chart(first).mark_text(align="left", dx=NAME, fontSize=small).encode(
            x, y, text="named:N", href="href:N", **quiet),
        alt.Chart(first[first["load"] > 0]).mark_text(
            align="right", fontSize=alt.expr(f"{WIDER} ? 12 : 0"), color=charts.colour("quiet")).encode(
            alt.X(value="width"), y, text="fall:N", **quiet),
        *(alt.Chart(above[above["vantage"] == vantage]).mark_text(
            dx=offset, fontSize=11, color=charts.colour("quiet")).encode(x, y, text="vantage:N", **quiet)
          for vantage, offset in AT.items())]


@shown
def if_it_fails() -> Html:
    """What falls with each claim that carries something, and what is weakened."""
    return report.table(series.if_it_fails(), {
        "claim": "If this fails", "then": "Then", "now": "Now", "falls": "these claims fall",
        "premises": "these premises fall", "weakened": "and these lose a ground"},
        "If this fails, then: the claims that carry something, those that carry most first", claims="falls")


@shown
def premises() -> Html:
    """The premises with the verdicts of their claims, and the weakest that each cannot do without."""
    return report.table(series.premise_table(), {
        "premise": "Premise", "text": "What it says", "claims": "Claims", "marks_then": "Marks then",
        "marks_now": "Marks now", "weakest_then": "Weakest it needs, then",
        "weakest_now": "Weakest it needs, now"},
        "The premises, with the marks of their claims in the same order", claims="claims")


@shown
def judged() -> Html:
    """The graded judgements with the form that the evidence would bear."""
    return report.table(series.judgements(), {
        "claim": "Claim", "judgement": "This report's judgement (no count)",
        "weaker_form": "What the evidence read would bear", "reason": "Why"},
        "Graded judgements: by this report, and by no count", claims="claim")


@shown
def judged_by() -> Html:
    """The indicators for and against each judgement."""
    return report.table(series.judgements(), {
        "claim": "Claim", "for": "Indicators for it as it stands", "against": "Indicators against"},
        "What the judgements go by", claims="claim")
