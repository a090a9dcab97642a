"""The cover figure: every claim with its verdicts, sorted by verdict."""

from __future__ import annotations

import altair as alt
import pandas as pd

from argument.summary import series
from report import charts
from report.article import article
from report.book import verdicts
from report.charts import Figure
from report.charts.signs import VERDICTS, sign_of, verdict_colours, verdict_shapes
from report.data.package import shown
from report.rule import VANTAGES, Firmness, Kind, Side, claims

ABREAST, LINE = 8, 38  # marks in a line; pixels from line to line
NAMES = 6.3  # marks that the name of a sign takes the room of
FIRM = f"datum.firmness === '{Firmness.FIRM}' ? {{}} : {{}}"
FACTS = (Kind.FIGURE, Kind.EVENT, Kind.QUOTATION)


@shown
def scorecard() -> Figure:
    """Every claim at both vantages: a mark for its verdict with the claim's number, sorted by verdict."""
    found = [verdicts(id)[v] for id in claims() for v in VANTAGES]
    cells = series.cells().assign(sign=[sign_of(one.word) for one in found],
                                  firmness=[one.firmness or "" for one in found])
    head_of = dict(zip((series.head(v) for v in VANTAGES), heads(), strict=True))
    cells = cells.assign(head=cells["vantage"].map(head_of))
    then, now = (series.sides(vantage) for vantage in VANTAGES)
    facts = [id for id, one in claims().items() if one.kind in FACTS]
    held = sum(_side(id) is Side.SUPPORT for id in facts)
    failed = sum(_side(id) is Side.CONTRADICTION for id in facts)
    inferred = [id for id, one in claims().items() if one.kind is Kind.JUDGEMENT]
    return charts.publish(
        _blocks(cells), name="summary-scorecard", claims=[],
        title=f"Of {len(facts)} facts {held} held in {article().cutoff.year}, {failed} failed; inferences "
              "got no verdict",
        holds=held > failed and not any(verdicts(id)[v].word for id in inferred for v in VANTAGES),
        otherwise="The verdicts on the article's claims",
        measure=f"This report's verdicts on the article's {len(claims())} claims, each by its number",
        note=f"Bold numbers: {Firmness.FIRM} verdicts. Facts are figures, events and quotations; they hold "
             "where supported or mostly so. Each claim counts once, whatever hangs on it. The claims are the "
             "source's, the verdicts this report's.",
        alt_text="; ".join(f"{head}: {_told(cells[cells['head'] == head])}" for head in heads())
                 + f". On the side of support are {then[Side.SUPPORT]} of {len(claims())} claims then and "
                   f"{now[Side.SUPPORT]} now, on that of contradiction {then[Side.CONTRADICTION]} and "
                   f"{now[Side.CONTRADICTION]}.",
        data=cells, columns={"claim": "Claim", "says": "What the article says", "head": "Vantage",
                             "verdict": "Verdict", "counts": "Readings", "firmness": "Firmness"},
        says="{claim}: {says} {head}: {verdict}, {counts}")


def heads() -> tuple[str, str]:
    """Return the two vantages as the chart heads them, each with its month."""
    return f"Then, {article().published}", f"Now, {article().as_of:%B %Y}"


def _side(id: str) -> Side | None:
    word = verdicts(id)[VANTAGES[0]].word
    return word.side if word else None


def _told(cells: pd.DataFrame) -> str:
    """Return how many claims have each sign, in words."""
    counts = cells["sign"].value_counts()
    return ", ".join(f"{counts[name]} {name}" for name in VERDICTS if name in counts)


def _blocks(cells: pd.DataFrame) -> alt.HConcatChart:
    """Return a block a vantage, whose lines begin at the same heights in both."""
    deep = {name: max(1, *(_lines(cells, head, name) for head in heads())) for name in VERDICTS}
    top = dict(zip(VERDICTS, pd.Series(deep).cumsum().shift(fill_value=0), strict=True))
    return alt.hconcat(*(_block(cells[cells["head"] == head], head, top, sum(deep.values()))
                         for head in heads()), spacing=24)


def _lines(cells: pd.DataFrame, head: str, name: str) -> int:
    return -(-((cells["head"] == head) & (cells["sign"] == name)).sum() // ABREAST)


def _block(cells: pd.DataFrame, head: str, top: dict[str, int], lines: int) -> alt.LayerChart:
    """Return the claims at one vantage, a line of marks a sign, with the sign and its word before them."""
    nth, counts = cells.groupby("sign").cumcount(), cells["sign"].value_counts()
    marks = alt.Chart(cells.assign(column=nth % ABREAST, line=cells["sign"].map(top) + nth // ABREAST))
    key = alt.Chart(pd.DataFrame({
        "sign": VERDICTS, "column": -NAMES, "line": [top[name] for name in VERDICTS],
        "counted": [_counted(counts.get(name, 0)) for name in VERDICTS], "source_id": article().source}))
    x = alt.X("column:Q").title(None).axis(None).scale(domain=[-NAMES - 0.4, ABREAST - 0.4], nice=False)
    y = alt.Y("line:Q").title(None).axis(None).scale(domain=[lines - 0.4, -0.6], nice=False)
    hue = alt.Color("sign:N").scale(verdict_colours()).legend(None)
    shape = alt.Shape("sign:N").scale(verdict_shapes()).legend(None)
    drawn: charts.Look = {"filled": True, "size": 190, "opacity": 1, "strokeWidth": 0, "yOffset": -5}
    told: charts.Look = {"align": "left", "dx": 12}
    layers = (marks.mark_point(**drawn).encode(x, y, color=hue, shape=shape, href="href:N"),
              marks.mark_text(dy=12, fontSize=11, color=alt.expr(FIRM.format(*_inks())),
                              fontWeight=alt.expr(FIRM.format(600, 400))).encode(
                  x, y, text="claim:N", href="href:N"),
              key.mark_point(**drawn).encode(x, y, color=hue, shape=shape, tooltip=alt.value(None)),
              key.mark_text(**told, dy=-5).encode(x, y, text="sign:N", tooltip=alt.value(None)),
              key.mark_text(**told, dy=10, fontSize=12, color=charts.colour("quiet")).encode(
                  x, y, text="counted:N", tooltip=alt.value(None)))
    return charts.layered(*layers).properties(width=300, height=LINE * lines,
                                              title=alt.Title(head, fontSize=14))


def _inks() -> tuple[str, str]:
    """Return the colours of the numbers of firm verdicts and of the others, as an expression needs them."""
    return f"'{charts.colour('text')}'", f"'{charts.colour('quiet')}'"


def _counted(number: int) -> str:
    return f"{number} claim{'' if number == 1 else 's'}"
