"""One look for all charts: colours by role and by actor, the theme, and what charts are composed of.

The engine knows the colours of roles; those of actors, and the date that time charts rule, are the article's
(``article.toml``). A colour stands in a specification as a CSS variable, so that one picture serves both
themes of a page; ``resolved`` puts hex values in its place for what travels alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, Literal

import pandas as pd

from report.article import article
from report.charts.altair_later import alt
from report.charts.contrast import OF_WORDS, contrast
from report.prose import THOUSANDS, formatted

WIDTH, HEIGHT = 620, 320
FONT = "Report Sans"

# One colour a role: (light theme, dark theme). Marks have at least 3:1 against the paper of their theme,
# words 4.5:1. Time and method have greys of their own, so that no actor's hue stands for what is no actor.
ROLES = {
    "met": ("#1a7a46", "#6fd39a"),
    "mixed": ("#8a6300", "#e0bd55"),
    "unmet": ("#a8325a", "#f38bb0"),
    "accent": ("#2a7fb8", "#74c0f0"),
    "text": ("#23272e", "#e6e8eb"),
    "quiet": ("#59606b", "#b3bac4"),
    "grid": ("#e3e6ea", "#343a43"),
    "rule": ("#3d434c", "#cdd2d9"),
    "paper": ("#fefefe", "#14181e"),
    "other": ("#6a7280", "#a3abb8"),
    "faint": ("#8a909b", "#7d8592"),
    "then": ("#878e9a", "#777f8c"),
    "now": ("#2b3038", "#dfe3e8"),
    "recorded": ("#3d434c", "#cdd2d9"),
    "estimated": ("#8a909b", "#7d8592"),
    # categories, in order: each differs from the next in lightness by half as much again
    "first": ("#1d2127", "#eceef1"),
    "second": ("#464c55", "#b9bfc8"),
    "third": ("#686f7a", "#8f96a2"),
    "fourth": ("#8b929e", "#6d7581"),
}
VARIABLE = re.compile(r"var\(--c-([\w-]+)\)")
LIGHT, DARK = 0, 1
UNDER_ONE_ANOTHER = {"direction": "vertical", "anchor": "start", "margin": 4}  # of several legends on a side


Align = Literal["left", "center", "right"]
Look = dict[str, Any]  # of a mark: some of the properties that its method takes


class ChartError(ValueError):
    """A chart that may not enter the book; the message says what it lacks."""


def layered(*parts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Return parts over one another in one view; raise ChartError where they are split into panels.

    Parts that are layers themselves give theirs: Altair copies a layer whole for each layer it stands in.
    """
    view = alt.layer(*chain.from_iterable(map(_layers, parts)))
    if isinstance(view, alt.FacetChart):
        raise ChartError("the parts of a layer are split into panels; layer them first, then split the layer")
    return view


def _layers(part: alt.Chart | alt.LayerChart) -> Iterator[Any]:
    """Yield the layers of a part, with its data; itself where it says more of them, such as a common scale.
    """
    stated = {name for name, value in part._kwds.items() if value is not alt.Undefined}
    if not isinstance(part, alt.LayerChart) or not stated <= {"layer", "data"}:
        yield part
        return
    for layer in part.layer:
        own = layer.copy(deep=False)
        own.data = part.data if part.data is not alt.Undefined else own.data
        yield own


def palette() -> dict[str, tuple[str, str]]:
    """Return every colour of the book by name, in the light and in the dark theme: the article's actors, then
    roles.
    """
    return {id: (actor.light, actor.dark) for id, actor in article().actors.items()} | ROLES


def colour(name: str) -> str:
    """Return the colour of an actor or a role, as the CSS variable that has a value in either theme."""
    if name not in palette():
        raise ChartError(f"no colour for {name!r}; known are {', '.join(palette())}")
    return f"var(--c-{name})"


def colour_of_words(name: str) -> str:
    """Return the colour in which words of an actor or a role are written: its own, or, where that is too
    faint for words in either theme, that of text.
    """
    read = (contrast(hue, paper) >= OF_WORDS
            for hue, paper in zip(palette()[name], ROLES["paper"], strict=True))
    return colour(name if all(read) else "text")


def resolved(text: str, theme: int = LIGHT) -> str:
    """Return a specification or a picture, as text, with the colours of one theme in place of the variables.
    """
    colours = palette()
    return VARIABLE.sub(lambda variable: colours[variable[1]][theme], text)


def amount(value: float, form: str = ",.0f") -> str:
    """Return a number as titles, labels and alternative texts print it: thousands parted as on axes, a true
    minus sign.
    """
    return formatted(value, form)


def scale(*names: str, domain: Sequence[str] | None = None) -> alt.Scale:
    """Return a colour scale for actors or roles, in order; ``domain`` names them as the data do."""
    return alt.Scale(domain=list(domain or names), range=[colour(name) for name in names])


@cache
def use_theme() -> None:
    """Have Altair give all charts the book's look from here on."""
    alt.theme.register("report", enable=True)(theme)


def theme() -> alt.theme.ThemeConfig:
    """Return the one look of all charts; chapters never configure."""
    text, quiet, grid = colour("text"), colour("quiet"), colour("grid")
    label = {
        "labelColor": quiet,
        "labelFontSize": 13,
        "titleColor": quiet,
        "titleFontSize": 13,
        "titleFontWeight": 400,
    }
    look: Any = {  # altair's type of it knows no bands by the step
        "config": {
            "font": FONT,
            "background": "transparent",
            "padding": 4,
            "locale": {
                "number": {"decimal": ".", "thousands": THOUSANDS, "grouping": [3], "currency": ["$", ""]}
            },
            "view": {
                "stroke": None,
                "continuousWidth": WIDTH,
                "continuousHeight": HEIGHT,
                "discreteHeight": {"step": 24},
            },
            "title": {
                "color": text,
                "subtitleColor": quiet,
                "fontSize": 16,
                "fontWeight": 600,
                "subtitleFontSize": 13,
                "anchor": "start",
                "frame": "group",
                "offset": 12,
                "subtitlePadding": 4,
            },
            "axis": {
                **label,
                "domainColor": grid,
                "tickColor": grid,
                "gridColor": grid,
                "labelPadding": 6,
                "labelSeparation": 6,
                "titlePadding": 8,
            },
            # flush labels at the ends of an axis would stand beside their ticks and name the wrong spot
            "axisX": {
                "grid": False,
                "domainColor": colour("faint"),
                "tickColor": colour("faint"),
                "labelFlush": False,
                "labelBound": False,
            },
            "axisY": {"ticks": False, "domain": False},
            "header": {**label, "labelFontSize": 13, "labelFontWeight": 600, "labelColor": text},
            # symbols of a legend that tells shapes apart; Vega's own default is black in either theme
            "legend": {
                **label,
                "labelLimit": 0,
                "symbolStrokeWidth": 2,
                "orient": "top",
                "direction": "horizontal",
                "columnPadding": 16,
                "symbolBaseFillColor": quiet,
                "symbolBaseStrokeColor": quiet,
                "layout": {side: UNDER_ONE_ANOTHER for side in ("top", "bottom")},
            },
            "mark": {"color": colour("other")},
            "line": {"strokeWidth": 2.25},
            "area": {"opacity": 0.25},
            "point": {"filled": True, "size": 50},
            "circle": {"size": 55, "opacity": 1},
            "square": {"size": 60, "opacity": 1},
            "rule": {"color": colour("rule")},
            "text": {"color": text, "fontSize": 13, "font": FONT},
            "range": {
                "category": [colour(name) for name in (*article().actors, "other") if name in palette()][:7]
            },
        }
    }
    return look


def day_of_article() -> pd.Timestamp:
    """Return the last day that the vantage *then* knows: the ruled date of every time chart."""
    return pd.Timestamp(article().cutoff)


def year_of_article() -> float:
    """Return the same day as a year with its fraction."""
    day = day_of_article()
    return day.year + (day.day_of_year - 1) / 365


YEAR, MOMENT = "year", "moment"  # axes of years: a tick is the middle of its year, or its first day
HALF = 0.5


def among_years(moment: float) -> float:
    """Return where a moment, a year with its fraction, stands on an axis of whole years.

    A mark on the tick of a year stands for all of it, from half a step before the tick to half a step after;
    a day of that year lies between these and not after the tick, where it would seem to follow the year.
    """
    return moment - HALF


# The look of an area between two values: pale, within an outline that stands out by itself
BAND: Look = {"color": "var(--c-other)", "opacity": 1, "fillOpacity": 0.25, "stroke": "var(--c-other)",
              "strokeWidth": 1}
PAD = 10  # pixels between the first or last mark and the frame


def years(field: str = "year", span: Sequence[float] | None = None, **axis) -> alt.X:
    """Return an x encoding for whole years, printed as 2014 and not 2,014, with half a year, or a few pixels,
    before the first and after the last.

    ``span``, the first and last year, is what panels that stand one above the other share.
    """
    domain = {"domain": [span[0] - 0.5, span[1] + 0.5]} if span else {"padding": PAD}
    return (
        alt.X(f"{field}:Q")
        .title(None)
        .scale(nice=False, zero=False, **domain)
        .axis(format="d", tickMinStep=1, **axis)
    )


RULED: Look = {"strokeDash": [4, 3], "strokeWidth": 1.25}


def article_label() -> str:
    """Return the name of the rule at the article's date."""
    return f"article, {day_of_article():%b %Y}"


def article_date(axis: str = "year", label: str | None = None, align: Align = "left",
                 foot: bool = False) -> alt.LayerChart:
    """Return the rule at the article's date for an ``axis`` of whole years (``year``), of years with their
    fractions (``moment``) or of dates (the name of their field).

    A chart of several panels names it in one of them and passes an empty ``label`` to the others; ``publish``
    names it in the first panel where none does. ``align`` is ``right`` where the rule stands near the right
    edge, so that its name is written before it; at the ``foot`` it is written where names of rows take the
    head.
    """
    at = {YEAR: among_years(year_of_article()), MOMENT: year_of_article()}.get(
        axis, day_of_article().date().isoformat())
    field, kind = ("year", "Q") if axis in (YEAR, MOMENT) else (axis, "T")
    base = alt.Chart(
        pd.DataFrame({field: [at], "article_date": [article_label() if label is None else label]})
    )
    x = alt.X(f"{field}:{kind}")
    beside: Look = {"align": align, "dx": 4 if align == "left" else -4}
    beside |= {"baseline": "bottom", "dy": -2} if foot else {"baseline": "top", "dy": 2}
    words = base.mark_text(**beside, fontSize=12, color=colour("quiet"))
    return layered(base.mark_rule(**RULED).encode(x),
                   words.encode(x, alt.YValue("height" if foot else 0), alt.Text("article_date:N")))


def article_rule(base: alt.Chart, axis: str = "year") -> alt.Chart:
    """Return the rule at the article's date as a layer on ``base``'s own data, for charts that are split into
    panels; ``axis`` as in ``article_date``.

    The rows of a panel are gathered into one first, since each would draw the rule again and make it heavy.
    """
    day = day_of_article()
    at = {YEAR: among_years(year_of_article()), MOMENT: year_of_article()}.get(
        axis, alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True))
    return base.transform_aggregate(rows="count()").mark_rule(**RULED).encode(
        alt.X(datum=at, type="quantitative" if axis in (YEAR, MOMENT) else "temporal"))


def event_dates(events: pd.DataFrame, axis: str = "year", align: Align = "left",
                lines: int = 1) -> alt.LayerChart:
    """Return thin labelled rules for a frame of ``axis`` (year or date) and ``event``, named ``lines`` below
    the article, to the right of the rule or, with ``align`` right, before it.

    Years have their fraction and are drawn among whole years, as the article is.
    """
    events = events.assign(year=events["year"].map(among_years)) if axis == YEAR else events
    base, x = alt.Chart(events), alt.X(f"{axis}:Q" if axis == "year" else f"{axis}:T")
    below = alt.YValue(2 + 14 * lines), alt.Y2Value("height")  # so that it crosses no name above
    words = base.mark_text(align=align, baseline="top", dx=4 if align == "left" else -4, dy=2 + 14 * lines,
                           fontSize=12, color=colour("quiet"))
    return layered(base.mark_rule(strokeWidth=1, color=colour("faint")).encode(x, *below),
                   words.encode(x, alt.YValue(0), alt.Text("event:N")))


def ends(data: pd.DataFrame, by: str, x: str = "year") -> pd.DataFrame:
    """Return the last row of each series, where its direct label stands."""
    return data.sort_values(x).groupby(by, sort=False).tail(1)


def end_labels(data: pd.DataFrame, by: str, x: alt.X, y: alt.Y, colours: alt.Scale,
               dy: dict[str, int] | None = None) -> alt.LayerChart:
    """Return a direct label at the end of each series, in its colour where words in it can be read; ``dy``
    moves labels apart (pixels, down).
    """
    names = {name: VARIABLE.fullmatch(hue) for name, hue in zip(colours.domain, colours.range, strict=True)}
    hues = {name: colour_of_words(of[1]) for name, of in names.items() if of}
    labels = [alt.Chart(part).mark_text(align="left", dx=6, dy=(dy or {}).get(name, 0), fontWeight=600,
                                        color=hues[name])
              .encode(x, y, alt.Text(f"{by}:N"))
              for name, part in ends(data, by, str(x.shorthand).split(":")[0]).groupby(by, sort=False)]
    return layered(*labels)
