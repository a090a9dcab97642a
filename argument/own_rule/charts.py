"""All defensible rules at once: a strip a claim, and what moves each most."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.own_rule import series
from report import charts
from report.article import article
from report.charts import Figure
from report.charts.signs import verdict_colours, verdict_shapes
from report.charts.theme import amount
from report.data.package import shown
from report.rule import VANTAGES
from report.show import Html

# how strongly each sign's segment is filled, in order, within an outline of its hue
FADED = (1.0, 0.35, 1.0, 0.35, 1.0, 0.35)


@shown
def multiverse() -> Figure:
    """How often each verdict has each word under all defensible rules."""
    rows, found = series.strips(), series.all_rules()
    still, sided = len(found.unmoved()), len(found.one_sided())
    of = len(series.tested())
    half = sum(series.kept(key) > 0.5 for key in series.tested())
    return charts.publish(
        _strips(rows), name="own-rule-multiverse", claims=list(dict.fromkeys(rows["claim"])),
        title=f"Under most of {amount(found.grid.size)} rules {half} of {of} verdicts keep their word",
        holds=found.grid.size >= 10_000 and 0 < still < half < of,
        otherwise="How often each claim has each word under all defensible rules",
        measure=f"Share of {amount(found.grid.size)} rules under which a verdict has each word, percent",
        note="Left of each strip: the book's own word. From left to right: supported, mostly supported "
             "(pale), mixed, mostly contradicted (pale), contradicted, untested (grey).",
        alt_text=f"A strip a verdict, then and now. {half} of {of} verdicts have the book's own word under "
                 f"more than half of the rules; {sided} are never on two sides. Those that no rule moves: "
                 f"{series.in_order(found.unmoved())}. Least often as in the book: " + ", ".join(
                     f"{r.claim} {r.vantage} ({r.kept:.0f} percent)"
                     for r in series.where_it_moves().head(5).itertuples()) + ".",
        data=rows, columns={"claim": "Claim", "vantage": "Vantage", "word": "Word",
                            "share": "Percent of rules", "book": "In the book", "moved_by": "Moved most by"},
        says="{claim}, {vantage}: {word} under {share:.1f} percent of the rules; {book} in the book; "
             "moved most by: {moved_by}")


def _strips(rows: pd.DataFrame) -> alt.FacetChart:
    heads = {VANTAGES[0]: f"Then, {article().published}", VANTAGES[1]: f"Now, {article().as_of:%B %Y}"}
    order = list(dict.fromkeys(rows["claim"]))
    strength = dict(zip(series.SIGNS, FADED, strict=True))
    rows = rows.assign(head=rows["vantage"].map(heads), at=-6.0, strength=rows["sign"].map(strength))
    y = alt.Y("claim:N").title(None).axis(labelOverlap=False, labelFontSize=11, ticks=False).scale(
        domain=order)
    x = alt.X("start:Q").title(None).scale(domain=[-10, 100], nice=False).axis(
        values=[0, 50, 100], grid=False)
    told = {"href": "ledger:N", "tooltip": ["claim", "vantage", "word", "share", "book", "moved_by"]}
    colour = alt.Color("sign:N").scale(verdict_colours(series.SIGNS)).legend(None)
    base = alt.Chart(rows)
    edge = alt.Stroke("sign:N").scale(verdict_colours(series.SIGNS)).legend(None)
    bars = base.mark_bar(height=9, strokeWidth=0.8).encode(
        x, y, colour, x2="end:Q", stroke=edge,
        fillOpacity=alt.FillOpacity("strength:Q").scale(None).legend(None), **told)
    marks = base.transform_aggregate(
        groupby=["claim", "head", "at", "book_sign", "ledger", "book", "vantage", "row", "source_id"]
        ).mark_point(filled=True, opacity=1, size=70, strokeWidth=0).encode(
        alt.X("at:Q"), y, alt.Color("book_sign:N").scale(verdict_colours(series.SIGNS)).legend(None),
        alt.Shape("book_sign:N").scale(verdict_shapes(series.SIGNS)).legend(None),
        href="ledger:N", tooltip=["claim", "vantage", "book"])
    return charts.layered(bars, marks).properties(width=255, height=alt.Step(14)).resolve_scale(
        color="independent").facet(alt.Facet("head:N").sort(list(heads.values())).title(None), columns=2)


@shown
def by_choice() -> Html:
    """How often each choice moves a verdict, the one that moves most first."""
    return report.table(series.by_choice().assign(often=lambda f: f["often"].map("{:.1f}".format)), {
        "label": "Choice", "does": "What it settles", "often": "Moves a word in percent of cases",
        "first": "Claims that it moves most"}, "What each choice moves", claims="first")


@shown
def where_it_moves() -> Html:
    """Each verdict with how often it keeps its word, and what it becomes."""
    shown = series.where_it_moves().assign(
        kept=lambda f: f["kept"].map("{:.0f}".format), often=lambda f: f["often"].map("{:.0f}".format))
    return report.table(shown, {
        "claim": "Claim", "vantage": "Vantage", "book": "In the book", "kept": "Percent of rules",
        "others": "Else, in percent", "moved_by": "Moved most by", "often": "in percent of cases"},
        "Every verdict under all rules, those that keep their word least first", claims="claim")
