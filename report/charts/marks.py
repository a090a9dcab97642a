"""Marks that tell apart what plain dots and bars would not: the default of a choice, part of a period, an
estimate, a nil, a gap.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from report.charts.altair_later import alt
from report.charts.theme import Align, Look, colour, layered, scale

RING = 2.4  # area of a ring in areas of the mark that it surrounds
LEVEL = 15  # pixels of a rule beside the marks of one row
DEFAULT_WORDS, READERS_WORDS = "form's default", "your choice"
PLACED = ("x", "y", "xOffset", "yOffset")
SILENT = {"value": None}  # the tooltip of a layer that repeats what another layer says


def _placed(marks: alt.Chart) -> dict:
    """Return the encodings of a chart that say where a mark stands."""
    return {c: marks.encoding[c] for c in PLACED if marks.encoding[c] is not alt.Undefined}


def haloed(base: alt.Chart, **text: Any) -> alt.LayerChart:
    """Return the text of an encoded chart on a little paper of its own, where rules and lines pass behind it.
    """
    stated: Look = {"color": colour("text")} | text
    paper = base.mark_text(**stated | {"color": colour("paper")}, stroke=colour("paper"), strokeWidth=4)
    return layered(paper, base.mark_text(**stated))


def ringed(marks: alt.Chart, default: str, **ring_of) -> alt.LayerChart:
    """Return marks with a labelled ring around the one that a reader's choice selects; none grows. For
    ``ring_of`` see ``ring``.
    """
    return layered(marks, ring(marks, default, **ring_of))


def ring(marks: alt.Chart, default: str, *, test: str = "datum.key == chosen", named: str = "true",
         size: int = 110, align: Align = "left", dx: int = 12, dy: int = 0,
         own_parameter: bool = True) -> alt.LayerChart:
    """Return the ring around the mark that a reader's choice selects, and its label.

    Parameters
    ----------
    marks : filled marks of ``size`` square pixels, encoded in full, on a frame with the choice's keys
    default : the keys that the form starts with, joined by hyphens; they are ringed in print and in downloads
    test : expression that is true of the chosen mark; the parameter ``chosen`` holds the keys
    named : expression that is true of the one mark to name where a choice rings several
    align, dx, dy : where the label stands beside the ring (pixels)
    own_parameter : whether the ring brings ``chosen``; of several panels, the chart that holds them does
    """
    words = f"chosen == '{default}' ? \"{DEFAULT_WORDS}\" : '{READERS_WORDS}'"
    place = alt.Chart(marks.data).transform_filter(test).transform_calculate(ring_words=words)
    where = _placed(marks)
    around = place.mark_point(filled=False, shape="circle", size=RING * size, strokeWidth=2, opacity=1,
                            color=colour("text")).encode(**where, tooltip=SILENT)
    worded = place.transform_filter(named).encode(alt.Text("ring_words:N"), **where, tooltip=SILENT)
    label = haloed(worded, align=align, dx=dx, dy=dy, fontSize=12)
    if not own_parameter:
        return layered(around, label)
    return layered(around, label).add_params(alt.param(name="chosen", value=default))


def outlined(marks: alt.Chart, field: str, complete: str) -> alt.LayerChart:
    """Return marks that are filled where ``field`` says ``complete`` and outlined elsewhere.

    The book's one convention: filled is a recorded whole period; an outline is part of one, an estimate, a
    floor, or a figure that its publisher withdrew. The chart says which, beside the mark or in a key.
    ``marks`` has its colour by the channel ``color`` or by its mark; bars get a dashed outline.
    """
    whole = alt.FieldEqualPredicate(field=field, equal=complete)
    rest = marks.copy()
    stated = {"type": marks.mark} if isinstance(marks.mark, str) else marks.mark.to_dict()
    rest.mark = {**stated, "filled": False, "fill": colour("paper"), "strokeWidth": 1.75,
                 **({"strokeDash": [3, 2]} if stated["type"] == "bar" else {})}
    return layered(marks.transform_filter(whole),
                   rest.transform_filter(alt.LogicalNotPredicate(**{"not": whole})))


def kinds(field: str, hues: dict[str, str], outlines: Collection[str],
          legend: alt.Legend | None = None) -> tuple[alt.Fill, alt.Stroke]:
    """Return fill and stroke of marks by kind, where some kinds are outlined as a whole; so is their key.

    Parameters
    ----------
    field : the column of the kinds
    hues : the colour of each kind, by name, in the order of the key
    outlines : kinds drawn as an outline, in the sense of ``outlined``
    legend : how the one key of both channels is laid out
    """
    fills = scale(*("paper" if kind in outlines else hue for kind, hue in hues.items()), domain=list(hues))
    strokes = scale(*hues.values(), domain=list(hues))
    key = legend or alt.Legend()
    return (alt.Fill(f"{field}:N").scale(fills).title(None).legend(key),
            alt.Stroke(f"{field}:N").scale(strokes).title(None).legend(key))


def nils(data: pd.DataFrame, x: alt.X, y: alt.Y, value: str, **text) -> alt.Chart:
    """Return a printed 0 for each row whose ``value`` is a reported nil, so that it does not look missing."""
    look: Look = {"dy": -7, "fontSize": 12, "color": colour("quiet")} | text
    return alt.Chart(data[data[value] == 0]).mark_text(**look).encode(x, y, text=alt.value("0"))


def gap(start, stop, words: str, axis: str = "year", align: Align = "left") -> alt.LayerChart:
    """Return a shaded span of an ``axis`` of years (``year``) or days (``date``) of which there is no figure,
    named at its foot; ``align`` is ``right`` where the words have room before its end alone.
    """
    span = alt.Chart(pd.DataFrame({"start": [start], "stop": [stop], "gap": [words]}))
    kind = "Q" if axis == "year" else "T"
    edge, dx = (f"start:{kind}", 3) if align == "left" else (f"stop:{kind}", -3)
    shade = span.mark_rect(color=colour("grid"), opacity=0.6)
    name = span.mark_text(align=align, baseline="bottom", dx=dx, dy=-3, fontSize=12, color=colour("quiet"))
    return layered(shade.encode(alt.X(f"start:{kind}"), alt.X2("stop")),
                   name.encode(alt.X(edge), alt.YValue("height"), alt.Text("gap:N")))


def row_names(data: pd.DataFrame, y: alt.Y, field: str, dy: int = -8) -> alt.LayerChart:
    """Return the name of each row above its marks, where a phone has room for it; ``y`` has no axis."""
    named = alt.Chart(data.drop_duplicates(field)).encode(
        y, alt.XValue(0), alt.Text(f"{field}:N"), tooltip=SILENT)
    return haloed(named, align="left", baseline="bottom", dy=dy)


def row_level(data: pd.DataFrame, y: alt.Y, field: str, x: alt.X, level: float) -> alt.Chart:
    """Return the rule at a level of ``x``, drawn beside the marks of each row and through no name above them.

    For rows that ``row_names`` names in ``field``; one rule through all of them would strike out the names.
    """
    one_each = data.drop_duplicates(field).assign(level=level)
    at = x.copy()
    at.shorthand = "level:Q"
    return alt.Chart(one_each).mark_tick(
        orient="vertical", size=LEVEL, thickness=1.25, color=colour("rule")).encode(at, y, tooltip=SILENT)


def runs(data: pd.DataFrame, by: str = "series", time: str = "year", step: float = 1) -> pd.DataFrame:
    """Return the frame in order, with a column ``run`` that changes where a series leaves out a ``step``.

    Encoded as ``detail="run:N"`` it breaks a line at what is missing.
    """
    ordered = data.sort_values([by, time])
    breaks = (ordered.groupby(by)[time].diff() > step).groupby(ordered[by]).cumsum()
    return ordered.assign(run=ordered[by].astype(str) + " " + breaks.astype(str))
