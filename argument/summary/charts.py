"""The cover figure: every claim with its verdicts, by section."""

from __future__ import annotations

import altair as alt

from argument.summary import series
from report import charts
from report.charts import Figure
from report.rule import claims

BEARINGS = ["supported", "mostly supported", "mixed", "mostly contradicted", "contradicted", "untested or no verdict"]
SHAPES = ["circle", "triangle-up", "diamond", "triangle-down", "cross", "stroke"]
ABOUT_AS_MANY = 3  # claims apart


def scorecard() -> Figure:
    """Every claim at both vantages: a mark for its verdict, in the order of the article."""
    cells, full = series.cells(), len(claims())
    good, middle, bad, unjudged = series.bearing("then")
    good_now, middle_now, bad_now, unjudged_now = series.bearing("now")
    return charts.publish(
        _marks(cells), name="summary-scorecard", claims=[],
        holds=good > bad and abs(middle - good) <= ABOUT_AS_MANY,
        title=f"More claims hold than fail, and about as many are mixed: {good} are borne out in the main, "
              f"{bad} fail, {middle} are mixed or contested",
        otherwise="The verdicts on the article's claims, by section",
        measure=f"This report's verdict on each of {full} claims of the article (the source named below), by its "
                "sections; readings in the ledger",
        alt_text=f"As of February 2017, {good} of {full} claims are supported, mostly supported or attested, "
                 f"{middle} mixed or contested, {bad} contradicted or mostly so, and {unjudged} untested or without "
                 f"verdict. As of now the counts are {good_now}, {middle_now}, {bad_now} and {unjudged_now}.",
        data=cells, columns={"claim": "Claim", "says": "What the article says", "vantage": "Vantage",
                             "verdict": "Verdict", "counts": "Readings"})


def _marks(cells) -> alt.FacetChart:
    look = charts.scale("met", "un", "russia", "japan", "unmet", "faint", domain=BEARINGS)
    y = alt.Y("section:N").title(None).axis(ticks=False, domain=False)
    marks = alt.Chart(cells).mark_point(size=150, opacity=1, strokeWidth=2).encode(
        alt.X("place:O").title(None).axis(None), y, href="href:N",
        tooltip=["claim", "says", "vantage", "verdict", "counts"],
        color=alt.Color("bearing:N").scale(look).title(None).legend(columns=3),
        shape=alt.Shape("bearing:N").scale(domain=BEARINGS, range=SHAPES).title(None))
    vantages = alt.Facet("vantage:N").title(None).sort(list(series.HEADS.values()))
    return marks.properties(width=250, height=200).facet(vantages, columns=2)
