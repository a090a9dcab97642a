"""The cover figure: every claim with its verdicts, by section."""

from __future__ import annotations

import altair as alt
import pandas as pd

from argument.summary import series
from report import charts
from report.article import article
from report.charts import Figure
from report.rule import VANTAGES, Side, Word, claims

LOOKS = {Word.SUPPORTED: ("met", "circle"), Word.MOSTLY_SUPPORTED: ("un", "triangle-up"),
         Word.MIXED: ("russia", "diamond"), Word.MOSTLY_CONTRADICTED: ("japan", "triangle-down"),
         Word.CONTRADICTED: ("unmet", "cross"), Word.UNTESTED: ("faint", "stroke")}
ABOUT_AS_MANY = 3  # claims apart


def scorecard() -> Figure:
    """Every claim at both vantages: a mark for its verdict, in the order of the article."""
    cells, full, published = series.cells(), len(claims()), article().published
    then, now = (series.sides(vantage) for vantage in VANTAGES)
    good, middle, bad = (then[side] for side in (Side.SUPPORT, Side.MIXED, Side.CONTRADICTION))
    return charts.publish(
        _marks(cells), name="summary-scorecard", claims=[],
        holds=good > bad and abs(middle - good) <= ABOUT_AS_MANY,
        title=f"More claims hold than fail, and about as many are mixed: {good} are borne out in the main, "
              f"{bad} fail, {middle} are mixed or contested",
        otherwise="The verdicts on the article's claims, by section",
        measure=f"This report's verdict on each of {full} claims of the article (the source named below), by "
                "its sections; readings in the ledger",
        alt_text=f"As of {published}, {good} of {full} claims are supported, mostly supported or attested, "
                 f"{middle} mixed or contested, {bad} contradicted or mostly so, and {then[None]} untested "
                 f"or without verdict. As of now the counts are {now[Side.SUPPORT]}, {now[Side.MIXED]}, "
                 f"{now[Side.CONTRADICTION]} and {now[None]}.",
        data=cells, columns={"claim": "Claim", "says": "What the article says", "vantage": "Vantage",
                             "verdict": "Verdict", "counts": "Readings"})


def _marks(cells: pd.DataFrame) -> alt.FacetChart:
    bearings = [series.bearing_of(word) for word in LOOKS]
    colours = charts.scale(*(actor for actor, _ in LOOKS.values()), domain=bearings)
    shapes = alt.Scale(domain=bearings, range=[shape for _, shape in LOOKS.values()])
    y = alt.Y("section:N").title(None).axis(ticks=False, domain=False)
    marks = alt.Chart(cells).mark_point(size=150, opacity=1, strokeWidth=2).encode(
        alt.X("place:O").title(None).axis(None), y, href="href:N",
        tooltip=["claim", "says", "vantage", "verdict", "counts"],
        color=alt.Color("bearing:N").scale(colours).title(None).legend(columns=2),
        shape=alt.Shape("bearing:N").scale(shapes).title(None))
    vantages = alt.Facet("vantage:N").title(None).sort([series.head(v) for v in VANTAGES])
    return marks.properties(width=230, height=200).facet(vantages, columns=2)
