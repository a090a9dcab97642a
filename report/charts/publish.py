"""``publish()``: the only way a chart enters the book.

It refuses a chart without alt text, sources, measure, or the article's date where its time axis spans it, and
ties the title to the condition under which it holds. What it returns carries one Vega-Lite specification with
all of this in ``usermeta``; the page, the notebook server and the tests read the same specification.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any

import pandas as pd

from report.charts.altair_later import alt
from report.charts.article_rule import check_article_date, is_article, name_article
from report.charts.sentences import SENTENCE, say
from report.charts.source_line import source_line, source_text
from report.charts.theme import ChartError, use_theme
from report.charts.views import in_utc, mark_of, units, unknown_fields, values
from report.data.package import package
from report.data.table import SEPARATOR
from report.data.sources import sources
from report.dates import printed
from report.trace import Measure, cited, plain

MIME = "application/vnd.vegalite.v6+json"
OWN_FIELDS = ("source", SENTENCE)  # which publish() writes into the rows of a chart
FEWEST_WORDS = 12  # of an alt text
LONGEST = {"title": 85, "otherwise": 85, "measure": 120}  # characters: two lines and three on a phone
UNSOURCED = ("rule", "text", "rect")  # may stand for a criterion, a name or a span, and rest on no row


class FindingError(AssertionError):
    """A title states a finding that the data as released do not bear out."""


@dataclass(frozen=True)
class Figure:
    """A published chart: what the page, the notebook server and the tests show of it."""

    spec: dict

    @property
    def meta(self) -> dict:
        """Return what ``publish`` was told and found out."""
        return self.spec["usermeta"]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {MIME: self.spec, "text/plain": f"{self.meta['title']} [{self.meta['name']}]"}
        if under_notebook_server():
            # here, since it loads Vega's bundle, which a notebook server alone needs
            from report.charts.notebook import chart_html

            bundle["text/html"] = chart_html(self.spec)
        return bundle


def under_notebook_server() -> bool:
    """Say whether a person has this notebook open: notebook servers name its path, executors do not."""
    return bool(os.environ.get("JPY_SESSION_NAME"))


def publish(chart: alt.TopLevelMixin, *, name: str, title: str, holds: bool, otherwise: str, measure: str,
            alt_text: str, data: pd.DataFrame, columns: dict[str, str],
            claims: list[str] | tuple[str, ...] = (), says: str | Sequence[str] = (),
            note: str = "") -> Figure:
    """Return ``chart`` as a figure of the book, or raise ChartError that says what it lacks.

    Parameters
    ----------
    name : lower-case words joined by hyphens, unique in the book; the address is ``#fig-<name>``
    title : the finding in words, 85 characters at most; printed where ``holds``
    holds : the finding's own condition, computed from the data
    otherwise : a neutral title for data on which the finding does not hold
    measure : measure, unit, place and period, 120 characters at most, printed under the title
    alt_text : what the data say, with their figures, for readers who do not see the chart
    data : the plotted values, one row a mark; measures name their rows and sources themselves, other values
        need row addresses as index or column ``row``, and ``source_id`` where these lead to no source
    columns : the columns of ``data`` that the table behind the chart shows, with their headings
    claims : ids of the claims that the chart bears on
    says : what a mark says when it is touched, in a sentence with its unit: ``Trade: {series}, {year},
        {billion:.2f} billion US dollars``. The word before the colon heads it, names in braces are fields of
        the mark's row; of several, the first stands whose fields the row has. Without it the encoded fields
        are listed
    note : exceptions that the reader must know, printed in the picture above the source line
    """
    _require(name=name, title=title, otherwise=otherwise, measure=measure, alt_text=alt_text)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ChartError(f"chart {name!r}: the name is not lower-case words joined by hyphens")
    if data.empty:
        raise ChartError(f"chart {name!r}: its data have no rows")
    data = _expanded(data)
    missing = [c for c in (*columns, "source_id") if c not in data]
    if missing:
        raise ChartError(f"chart {name!r}: its data lack column {missing[0]!r}")
    if data["source_id"].isna().any():
        raise ChartError(f"chart {name!r}: a row of its data has no source; every mark names its source")
    use_theme()
    alt.data_transformers.register("plain", _plain_values)
    with alt.data_transformers.enable("plain"):
        spec = chart.to_dict()
    _keep_own_fields(spec, name)
    for channel, field in unknown_fields(spec):
        raise ChartError(f"chart {name!r}: {channel} shows {field!r}, which no row of its data has; correct "
                         "the name, or give the chart that column")
    _fill_gaps(spec)
    _colour_dots(spec)
    in_utc(spec)
    _name_sources(spec, name)
    say(spec, [says] if isinstance(says, str) else says, name)
    check_article_date(spec, name)
    name_article(spec)
    spec["usermeta"] = {
        "name": name,
        "title": _title(name, title, bool(holds), otherwise),
        "holds": bool(holds),
        "measure": measure,
        "alt": printed(alt_text),
        "claims": list(claims),
        "note": printed(note),
        "tables": _tables(data),
        "sources": list(cited(data)),
        "source_line": source_line(cited(data)),
        "data": _data_table(data, columns),
    }
    if maker := _maker(sys._getframe(1)):
        spec["usermeta"]["made_by"] = maker
    return Figure(spec)


def _require(**words: str) -> None:
    for what, value in words.items():
        if not isinstance(value, str) or not value.strip():
            raise ChartError(f"chart {words.get('name')!r}: {what} is empty; every chart has one")
    if len(words["alt_text"].split()) < FEWEST_WORDS or not re.search(r"\d", words["alt_text"]):
        raise ChartError(
            f"chart {words['name']!r}: alt_text says too little; say what the data show in {FEWEST_WORDS} "
            "words or more, with their figures"
        )
    for what, longest in LONGEST.items():
        if len(words[what]) > longest:
            raise ChartError(
                f"chart {words['name']!r}: {what} has {len(words[what])} characters, {longest} at most; "
                f"say one thing and leave the rest to note, key or prose: {words[what]!r}"
            )


def _title(name: str, title: str, holds: bool, otherwise: str) -> str:
    """Return the title that holds; raise FindingError for a false one where the data are as released."""
    return _true(f"chart {name!r}: the finding", title, holds, otherwise,
                 "correct the title or its condition")


def stated(words: str, when: bool, otherwise: str = "") -> str:
    """Return words of a note, a key or an alternative text that state a fact of the data, where it holds.

    ``when`` computes the fact from the data. Raises FindingError where it does not hold and the data are as
    released; on changed data ``otherwise`` stands instead.
    """
    return _true("the words of a chart: what they say", words, bool(when), otherwise,
                 "correct them or their condition")


def _true(what: str, words: str, holds: bool, otherwise: str, remedy: str) -> str:
    """Return words that hold; raise FindingError for false ones where the data are as released."""
    if holds:
        return words
    if not package().changed():
        raise FindingError(f"{what} no longer holds: {words!r}; {remedy} (the data are as released)")
    return otherwise


def _maker(frame: FrameType | None) -> str | None:
    """Return the function that a chart is made by as ``module:function``, or None where it is made in a cell.

    Helpers, whose names begin with an underscore, are passed over for the function of their module that calls
    them.
    """
    module = frame.f_globals.get("__name__", "__main__") if frame else "__main__"
    while frame and frame.f_globals.get("__name__") == module:
        function = frame.f_code.co_qualname.split(".<locals>")[0]
        if module == "__main__" or function.startswith("<"):
            return None
        if not function.startswith("_"):
            return f"{module}:{function}"
        frame = frame.f_back
    return None


# Measures ---------------------------------------------------------------------------------------------------

def _holds_measures(data: pd.DataFrame) -> bool:
    return any(
        isinstance(value, Measure) for name in data if data[name].dtype == object for value in data[name]
    )


def _expanded(data: pd.DataFrame) -> pd.DataFrame:
    """Return data as plain values with the rows and sources they rest on; data that name their sources stay
    as they are.
    """
    return plain(data) if _holds_measures(data) or "source_id" not in data else data


def _plain_values(data: Any = None) -> Any:
    """Return data of a view as Altair writes them, measures as plain values."""
    holds = isinstance(data, pd.DataFrame) and _holds_measures(data)
    return alt.default_data_transformer(plain(data) if holds else data)


# The table behind a chart -----------------------------------------------------------------------------------

def _rows(data: pd.DataFrame) -> list[str]:
    column = data["row"] if "row" in data else pd.Series(data.index.astype(str))
    return [str(address) for address in column]


def _tables(data: pd.DataFrame) -> list[str]:
    names = {r.split("#")[0] for cell in _rows(data) for r in cell.split(SEPARATOR) if "#" in r}
    if not names:
        raise ChartError(
            "the chart's data have lost their row addresses; keep the index of load() or a column 'row'"
        )
    return sorted(names)


def _data_table(data: pd.DataFrame, columns: dict[str, str]) -> dict:
    """Return the table behind a chart in plain values, with the sources and the addresses of each row."""
    return {
        "columns": list(columns),
        "headings": list(columns.values()),
        "rows": [[_plain(v) for v in row] for row in data[list(columns)].itertuples(index=False, name=None)],
        "source_ids": list(data["source_id"]),
        "addresses": _rows(data),
    }


def _plain(value):
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    value = value.item() if hasattr(value, "item") else value
    return round(value, 6) if isinstance(value, float) else value


def _colour_dots(spec: dict) -> None:
    """Give the dots on a line of one colour that colour, which Vega-Lite does not hand on to them, in place.
    """
    for unit, _ in units(spec):
        mark = unit["mark"]
        if (
            isinstance(mark, dict)
            and mark.get("point")
            and "color" in mark
            and "color" not in unit.get("encoding", {})
        ):
            stated = mark["point"] if isinstance(mark["point"], dict) else {}
            mark["point"] = {"color": mark["color"], **stated}


# Sources of marks -------------------------------------------------------------------------------------------

def _fill_gaps(spec: dict) -> None:
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            row.update({k: None for k, v in row.items() if isinstance(v, float) and v != v})  # NaN is no JSON


def _keep_own_fields(spec: dict, name: str) -> None:
    """Refuse data that have a field which publish() writes: theirs would be lost without a word."""
    for rows in spec.get("datasets", {}).values():
        taken = next((field for field in OWN_FIELDS if any(field in row for row in rows)), None)
        if taken:
            raise ChartError(
                f"chart {name!r}: its data have a column {taken!r}, which publish() writes for each mark; "
                "give the column another name before it is drawn"
            )


def _name_sources(spec: dict, name: str) -> None:
    """Give each datum its source in words and its address, and each mark a tooltip and a link that show them.
    """
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            if row.get("source_id"):
                row["source"] = source_text(row["source_id"])
                row.setdefault("href", sources()[row["source_id"].split(SEPARATOR)[0]].href)
    for unit, data in units(spec):
        if is_article(unit):
            continue
        mark, rows = mark_of(unit), values(spec, data)
        if rows and all(r.get("source_id") for r in rows):
            _tell(unit, mark)
        elif mark not in UNSOURCED:
            raise ChartError(
                f"chart {name!r}: a {mark} is drawn from data without source_id; every mark names its source"
            )


def _tell(unit: dict, mark: str) -> None:
    """Give a mark the tooltip and the link of its source."""
    encoding = unit.setdefault("encoding", {})
    if encoding.get("tooltip") == {"value": None}:  # it repeats what another layer says
        del encoding["tooltip"]
        return
    stated = encoding.get("tooltip") or [
        _tip(f) for f in encoding.values() if isinstance(f, dict) and "field" in f
    ]
    by_field: dict[str, Any] = {}  # the first entry of each field stands
    for entry in stated if isinstance(stated, list) else [stated]:
        by_field.setdefault(entry.get("field"), entry)
    by_field.pop("source", None)
    encoding["tooltip"] = [*by_field.values(), {"field": "source", "type": "nominal", "title": "Source"}]
    if mark not in ("line", "area"):  # a line is one mark of many rows and cannot lead to one source
        encoding.setdefault("href", {"field": "href", "type": "nominal"})


def _tip(field: dict) -> dict:
    """Return the tooltip entry of an encoded field."""
    tip = {k: field[k] for k in ("field", "type") if k in field}
    if field.get("type") == "temporal":
        tip["timeUnit"] = field.get("timeUnit", "utcyearmonthdate")
    heading = field.get("title") or field["field"].replace("_", " ")
    if isinstance(heading, str):
        tip["title"] = heading
    form = (field.get("axis") or {}).get("format") if isinstance(field.get("axis"), dict) else None
    return {**tip, "format": form} if form else tip
