"""The theme and ``publish()``, the only way a chart enters the book.

``publish`` refuses a chart without alt text, sources, measure, or the article's date where its time axis spans it, and
ties the title to the condition under which it holds. What it returns carries one Vega-Lite specification with all of
this in ``usermeta``; the page, the notebook server and the tests read the same specification.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import altair as alt
import pandas as pd

from report.trace import cited
from report.data.package import SEPARATOR, DataError, package
from report.data.sources import sources

MIME = "application/vnd.vegalite.v6+json"
WIDTH, HEIGHT = 620, 320
ARTICLE = pd.Timestamp("2017-02-12")  # the last event the article names; the ruled date of every time chart
ARTICLE_YEAR = 2017 + (ARTICLE.day_of_year - 1) / 365
FONT = "Report Sans"

# One colour an actor throughout the book: (light theme, dark theme). Each has at least 3:1 against its background, and
# the pairs that meet in one chart differ in lightness as well, so that colour blindness or grey print keeps them apart.
COLOURS = {
    "china": ("#b3261e", "#ff8a80"),
    "dprk": ("#1f4e9e", "#8ab4f8"),
    "rok": ("#0b7a75", "#5bc8c0"),
    "usa": ("#6b4aa0", "#c3a9ee"),
    "russia": ("#8a6300", "#e0bd55"),
    "japan": ("#c2570c", "#ffb077"),
    "un": ("#2a7fb8", "#74c0f0"),
    "other": ("#6a7280", "#a3abb8"),
    "faint": ("#8a909b", "#7d8592"),
    "met": ("#1a7a46", "#6fd39a"),
    "unmet": ("#a8325a", "#f38bb0"),
    "text": ("#23272e", "#e6e8eb"),
    "quiet": ("#59606b", "#b3bac4"),
    "grid": ("#e3e6ea", "#343a43"),
    "rule": ("#3d434c", "#cdd2d9"),
    "paper": ("#fefefe", "#14181e"),
}


class ChartError(ValueError):
    """A chart that may not enter the book; the message says what it lacks."""


class FindingError(AssertionError):
    """A title states a finding that the data as released do not bear out."""


def colour(actor: str) -> str:
    """Return the colour of an actor (its light form; the page swaps in the dark one)."""
    if actor not in COLOURS:
        raise ChartError(f"no colour for {actor!r}; known are {', '.join(COLOURS)}")
    return COLOURS[actor][0]


def scale(*actors: str, domain: list[str] | None = None) -> alt.Scale:
    """Return a colour scale for the actors, in order; ``domain`` names them as the data do."""
    return alt.Scale(domain=domain or list(actors), range=[colour(a) for a in actors])


@alt.theme.register("report", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Return the one look of all charts; chapters never configure."""
    text, quiet, grid = colour("text"), colour("quiet"), colour("grid")
    label = {"labelColor": quiet, "labelFontSize": 13, "titleColor": quiet, "titleFontSize": 13, "titleFontWeight": 400}
    return {"config": {
        "font": FONT, "background": "transparent", "padding": 4,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": HEIGHT, "discreteHeight": {"step": 24}},
        "title": {"color": text, "subtitleColor": quiet, "fontSize": 16, "fontWeight": 600, "subtitleFontSize": 13,
                  "anchor": "start", "frame": "group", "offset": 12, "subtitlePadding": 4},
        "axis": {**label, "domainColor": grid, "tickColor": grid, "gridColor": grid, "labelPadding": 6, "labelSeparation": 6, "titlePadding": 8},
        "axisX": {"grid": False, "domainColor": colour("faint"), "tickColor": colour("faint")},
        "axisY": {"ticks": False, "domain": False},
        "header": {**label, "labelFontSize": 13, "labelFontWeight": 600, "labelColor": text},
        "legend": {**label, "labelLimit": 0, "symbolStrokeWidth": 2, "orient": "top", "direction": "horizontal"},
        "mark": {"color": colour("other")}, "line": {"strokeWidth": 2.25}, "area": {"opacity": 0.25},
        "point": {"filled": True, "size": 50}, "circle": {"size": 55, "opacity": 1}, "square": {"size": 60, "opacity": 1},
        "rule": {"color": colour("rule")},
        "text": {"color": text, "fontSize": 13, "font": FONT},
        "range": {"category": [colour(a) for a in ("china", "dprk", "rok", "usa", "russia", "japan", "other")]},
    }}


def years(field: str = "year", **axis) -> alt.X:
    """Return an x encoding for whole years, printed as 2014 and not 2,014."""
    return alt.X(f"{field}:Q").title(None).scale(nice=False, zero=False).axis(format="d", tickMinStep=1, **axis)


def article_date(axis: str = "year", label: str = "article") -> alt.LayerChart:
    """Return the rule at the article's date for an ``axis`` of years (``year``) or of dates (``date``)."""
    at = ARTICLE_YEAR if axis == "year" else ARTICLE.isoformat()
    base = alt.Chart(pd.DataFrame({axis: [at], "article_date": [label]}))
    x = alt.X(f"{axis}:Q" if axis == "year" else f"{axis}:T")
    return (base.mark_rule(strokeDash=[4, 3], strokeWidth=1.25).encode(x)
            + base.mark_text(align="left", baseline="top", dx=4, dy=2, fontSize=12, color=colour("quiet"))
            .encode(x, y=alt.value(0), text="article_date:N"))


def article_rule(base: alt.Chart, axis: str = "year") -> alt.Chart:
    """Return the rule at the article's date as a layer on ``base``'s own data, for charts that are split into panels."""
    at = ARTICLE_YEAR if axis == "year" else alt.DateTime(year=ARTICLE.year, month=ARTICLE.month, date=ARTICLE.day)
    return base.mark_rule(strokeDash=[4, 3], strokeWidth=1.25).encode(
        alt.X(datum=at, type="quantitative" if axis == "year" else "temporal"))


def event_dates(events: pd.DataFrame, axis: str = "year") -> alt.LayerChart:
    """Return thin labelled rules for a frame of columns ``axis`` (year or date) and ``event``, named a line below the article."""
    base, x = alt.Chart(events), alt.X(f"{axis}:Q" if axis == "year" else f"{axis}:T")
    return (base.mark_rule(strokeWidth=1, color=colour("faint")).encode(x)
            + base.mark_text(align="left", baseline="top", dx=4, dy=16, fontSize=12, color=colour("quiet"))
            .encode(x, y=alt.value(0), text="event:N"))


@dataclass(frozen=True)
class Figure:
    """A published chart: what the page, the notebook server and the tests show of it."""

    spec: dict

    @property
    def meta(self) -> dict:
        return self.spec["usermeta"]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {MIME: self.spec, "text/plain": f"{self.meta['title']} [{self.meta['name']}]"}
        if under_notebook_server():
            from report.charts.notebook import chart_html  # loads Vega's bundle; needed under a notebook server alone

            bundle["text/html"] = chart_html(self.spec)
        return bundle


def under_notebook_server() -> bool:
    """Say whether a person has this notebook open: notebook servers name its path, executors do not."""
    return bool(os.environ.get("JPY_SESSION_NAME"))


def publish(chart: alt.TopLevelMixin, *, name: str, title: str, holds: bool, otherwise: str, measure: str, alt_text: str,
            data: pd.DataFrame, columns: dict[str, str], claims: list[str] | tuple = ()) -> Figure:
    """Return ``chart`` as a figure of the book, or raise ChartError that says what it lacks.

    Parameters
    ----------
    name : lower-case words joined by hyphens, unique in the book; the address is ``#fig-<name>``
    title : the finding in words; printed where ``holds``
    holds : the finding's own condition, computed from the data
    otherwise : a neutral title for data on which the finding does not hold
    measure : measure, unit, place and period, printed under the title
    alt_text : what the data say, with their figures, for readers who do not see the chart
    data : the plotted values, one row a mark, with ``source_id`` (and row addresses as index or column ``row``)
    columns : the columns of ``data`` that the table behind the chart shows, with their headings
    claims : ids of the claims that the chart bears on
    """
    _require(name=name, title=title, otherwise=otherwise, measure=measure, alt_text=alt_text)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ChartError(f"chart {name!r}: the name is not lower-case words joined by hyphens")
    missing = [c for c in (*columns, "source_id") if c not in data]
    if missing:
        raise ChartError(f"chart {name!r}: its data lack column {missing[0]!r}")
    if data.empty:
        raise ChartError(f"chart {name!r}: its data have no rows")
    if data["source_id"].isna().any():
        raise ChartError(f"chart {name!r}: a row of its data has no source; every mark names its source")
    spec = chart.to_dict()
    _name_sources(spec, name)
    _check_article_date(spec, name)
    spec["usermeta"] = {
        "name": name, "title": _title(name, title, bool(holds), otherwise), "holds": bool(holds), "measure": measure,
        "alt": alt_text, "claims": list(claims), "tables": _tables(data), "sources": list(cited(data)),
        "source_line": source_line(cited(data)), "data": _data_table(data, columns),
    }
    return Figure(spec)


def _require(**words: str) -> None:
    for what, value in words.items():
        if not isinstance(value, str) or not value.strip():
            raise ChartError(f"chart {words.get('name')!r}: {what} is empty; every chart has one")
    if len(words["alt_text"].split()) < 12 or not re.search(r"\d", words["alt_text"]):
        raise ChartError(f"chart {words['name']!r}: alt_text says too little; say what the data show, with their figures")


def _title(name: str, title: str, holds: bool, otherwise: str) -> str:
    """Return the title that holds; raise FindingError for a false one where the data are as released."""
    if holds:
        return title
    changed = package().changed()
    if not changed:
        raise FindingError(f"chart {name!r}: the finding no longer holds: {title!r}; "
                           "correct the title or its condition (the data are as released)")
    return otherwise


def _rows(data: pd.DataFrame) -> list[str]:
    column = data["row"] if "row" in data else pd.Series(data.index.astype(str))
    return [str(r) for r in column]


def _tables(data: pd.DataFrame) -> list[str]:
    names = {r.split("#")[0] for cell in _rows(data) for r in cell.split(SEPARATOR) if "#" in r}
    if not names:
        raise ChartError("the chart's data have lost their row addresses; keep the index of load() or a column 'row'")
    return sorted(names)


def _data_table(data: pd.DataFrame, columns: dict[str, str]) -> dict:
    """Return the table behind a chart in plain values, with the sources and the addresses of each row."""
    return {"columns": list(columns), "headings": list(columns.values()),
            "rows": [[_plain(v) for v in row] for row in data[list(columns)].itertuples(index=False, name=None)],
            "source_ids": list(data["source_id"]), "addresses": _rows(data)}


def _plain(value):
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    value = value.item() if hasattr(value, "item") else value
    return round(value, 6) if isinstance(value, float) else value


@cache
def _source_text(ids: str) -> str:
    try:
        return "; ".join(sources()[i].short for i in ids.split(SEPARATOR))
    except KeyError as unknown:
        raise DataError(f"source {unknown} is not in data/sources.bib; add it there or correct the id") from None


def source_line(ids: tuple[str, ...]) -> str:
    """Return the source line of a picture: producers, with the carriers they were read through."""
    carriers: dict[str, list[str]] = {}
    for i in ids:
        s = sources()[i]
        via = carriers.setdefault(s.producer, [])
        if s.carrier != s.producer and s.carrier not in via:
            via.append(s.carrier)
    parts = [f"{p} (via {', '.join(v[:2])}{' and others' if len(v) > 2 else ''})" if v else p
             for p, v in sorted(carriers.items())]
    shown = parts[:6]
    return "Source: " + "; ".join(shown) + (f"; and {len(parts) - 6} more, listed under the chart" if len(parts) > 6 else "")


def units(spec: dict, inherited: dict | None = None) -> Iterator[tuple[dict, dict | None]]:
    """Yield each view with a mark, and the data it draws."""
    data = spec.get("data", inherited)
    if "mark" in spec:
        yield spec, data
    for part in ("layer", "vconcat", "hconcat", "concat"):
        for child in spec.get(part, ()):
            yield from units(child, data)
    if "spec" in spec:
        yield from units(spec["spec"], data)


def _values(spec: dict, data: dict | None) -> list[dict]:
    if not data:
        return []
    return data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])


def _name_sources(spec: dict, name: str) -> None:
    """Give each datum its source in words and its address, and each mark a tooltip and a link that show them."""
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            row.update({k: None for k, v in row.items() if isinstance(v, float) and v != v})  # NaN is no JSON
            if row.get("source_id"):
                row["source"] = _source_text(row["source_id"])
                row.setdefault("href", sources()[row["source_id"].split(SEPARATOR)[0]].href)
    for unit, data in units(spec):
        mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
        rows = _values(spec, data)
        sourced = bool(rows) and all(r.get("source_id") for r in rows)
        if not sourced:
            if mark in ("rule", "text", "rect"):
                continue
            raise ChartError(f"chart {name!r}: a {mark} is drawn from data without source_id; every mark names its source")
        encoding = unit.setdefault("encoding", {})
        tooltip = encoding.get("tooltip") or [_tip(f) for f in encoding.values() if isinstance(f, dict) and "field" in f]
        tooltip = tooltip if isinstance(tooltip, list) else [tooltip]
        seen: set[str] = set()
        tooltip = [t for t in tooltip if t.get("field") not in seen and not seen.add(t.get("field"))]
        encoding["tooltip"] = [t for t in tooltip if t.get("field") != "source"] + [
            {"field": "source", "type": "nominal", "title": "Source"}]
        if mark not in ("line", "area"):  # a line is one mark of many rows and cannot lead to one source
            encoding.setdefault("href", {"field": "href", "type": "nominal"})


def _tip(field: dict) -> dict:
    """Return the tooltip entry of an encoded field."""
    tip = {k: field[k] for k in ("field", "type") if k in field}
    heading = field.get("title") or field["field"].replace("_", " ")
    if isinstance(heading, str):
        tip["title"] = heading
    form = (field.get("axis") or {}).get("format") if isinstance(field.get("axis"), dict) else None
    return {**tip, "format": form} if form else tip


def _spans_article(rows: list[dict], field: str, kind: str) -> bool:
    values = [r[field] for r in rows if r.get(field) is not None]
    if not values:
        return False
    if kind == "temporal":
        return str(min(map(str, values))) < ARTICLE.isoformat() < str(max(map(str, values)))
    years = [v for v in values if isinstance(v, (int, float)) and 1900 <= v <= 2100]
    return len(years) == len(values) and min(years) < ARTICLE_YEAR < max(years)


def _is_article(datum) -> bool:
    return datum == ARTICLE_YEAR or isinstance(datum, dict) and datum.get("year") == ARTICLE.year


def _check_article_date(spec: dict, name: str) -> None:
    ruled = any("article_date" in r for rows in spec.get("datasets", {}).values() for r in rows[:1]) or any(
        _is_article(unit.get("encoding", {}).get("x", {}).get("datum")) for unit, _ in units(spec))
    for unit, data in units(spec):
        x = unit.get("encoding", {}).get("x", {})
        timed = x.get("type") == "temporal" or "year" in str(x.get("field", ""))
        if timed and not ruled and _spans_article(_values(spec, data), x["field"], x.get("type")):
            raise ChartError(f"chart {name!r}: its time axis spans the article; add charts.article_date()")


def ends(data: pd.DataFrame, by: str, x: str = "year") -> pd.DataFrame:
    """Return the last row of each series, where its direct label stands."""
    return data.sort_values(x).groupby(by, sort=False).tail(1)


def end_labels(data: pd.DataFrame, by: str, x: alt.X, y: alt.Y, colours: alt.Scale, dy: dict[str, int] | None = None) -> alt.LayerChart:
    """Return a direct label at the end of each series, in its colour; ``dy`` moves labels apart (pixels, down)."""
    labels = [alt.Chart(part).mark_text(align="left", dx=6, dy=(dy or {}).get(name, 0), fontWeight=600)
              .encode(x, y, text=f"{by}:N", color=alt.Color(f"{by}:N").scale(colours).legend(None))
              for name, part in ends(data, by, str(x.shorthand).split(":")[0]).groupby(by, sort=False)]
    return alt.layer(*labels)
