"""The rule at the article's date in a chart that spans it: that it is there, and named once."""

from __future__ import annotations

import copy

from report.charts.theme import (ChartError, among_years, article_label, colour, day_of_article,
                                 year_of_article)
from report.charts.views import mark_of, units, values


def _spans_article(rows: list[dict], field: str, kind: str) -> bool:
    found = [r[field] for r in rows if r.get(field) is not None]
    if not found:
        return False
    if kind == "temporal":
        return min(map(str, found)) < day_of_article().date().isoformat() < max(map(str, found))
    years = [v for v in found if isinstance(v, (int, float)) and 1900 <= v <= 2100]
    return len(years) == len(found) and min(years) < year_of_article() < max(years)


def is_article(unit: dict) -> bool:
    """Say whether a view is the rule at the article's date, drawn on the data of a panel."""
    datum = unit.get("encoding", {}).get("x", {}).get("datum")
    day = day_of_article()
    of_day = isinstance(datum, dict) and (datum.get("year"), datum.get("month")) == (day.year, day.month)
    return of_day or datum in (year_of_article(), among_years(year_of_article()))


def check_article_date(spec: dict, name: str) -> None:
    ruled = any("article_date" in r for rows in spec.get("datasets", {}).values() for r in rows[:1]) or any(
        is_article(unit) for unit, _ in units(spec))
    for unit, data in units(spec):
        x = unit.get("encoding", {}).get("x", {})
        timed = x.get("type") == "temporal" or "year" in str(x.get("field", ""))
        if timed and not ruled and _spans_article(values(spec, data), x["field"], x.get("type")):
            raise ChartError(f"chart {name!r}: its time axis spans the article; add charts.article_date()")


def name_article(spec: dict) -> None:
    """Name the rule at the article's date in the first view that draws it, where the chart names it nowhere,
    in place.
    """
    named = [
        (unit, data)
        for unit, data in units(spec)
        if mark_of(unit) == "text" and unit.get("encoding", {}).get("text", {}).get("field") == "article_date"
    ]
    if named and not any(row["article_date"] for _, data in named for row in values(spec, data)):
        unit, data = named[0]
        own = f"{data['name']}-named"
        spec["datasets"][own] = [{**row, "article_date": article_label()} for row in values(spec, data)]
        unit["data"] = {"name": own}
    elif not named:
        _name_in_first_panel(spec)


def _name_in_first_panel(spec: dict) -> None:
    """Add the article's name to the first panel of a chart that is split into panels by a field."""
    fields = spec.get("facet", {})
    fields = [fields] if "field" in fields else [fields[k] for k in ("row", "column") if k in fields]
    inner = spec.get("spec", {})
    rule = next((unit for unit in inner.get("layer", ()) if is_article(unit)), None)
    if not fields or rule is None:
        return
    rows = values(spec, spec.get("data"))
    first = {f["field"]: f["sort"][0] if isinstance(f.get("sort"), list) else min(r[f["field"]] for r in rows)
             for f in fields}
    label = copy.deepcopy(rule)
    label["transform"] = [*({"filter": {"field": field, "equal": value}} for field, value in first.items()),
                          *label.get("transform", ())]
    label["mark"] = {"type": "text", "align": "left", "baseline": "top", "dx": 4, "dy": 2, "fontSize": 12,
                     "color": colour("quiet")}
    label["encoding"] |= {"y": {"value": 0}, "text": {"value": article_label()}}
    inner["layer"].append(label)
