"""A specification as static pictures: a wide and a narrow layout, coloured by CSS variables, light enough to
inline.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import textwrap
from html import escape
from pathlib import Path

import vl_convert

from report.charts import inline
from report.charts.fonts import ROOMY, measure_with
from report.charts.inline import inlined
from report.charts.theme import FONT, ChartError, colour, palette, resolved
from report.charts.views import units, values

VL_VERSION = "6.4"
WIDE, NARROW = 680, 318
CHARACTERS_PER_PIXEL = {12: 1 / 5.4, 13: 1 / 6.0, 16: 1 / 7.6}  # of the book's typeface, by size
ROOM = 0.92  # of a line's width that words may fill, so that a reader's own typeface fits as well
FRAME = 60  # pixels that axes and labels usually take beside the plot
LEGENDS = ("color", "shape", "size", "strokeDash", "opacity", "fill", "stroke")
WHOLE_LINE = 220  # pixels of a name that has a line of a narrow legend for itself
ENTRY, LAST = 34, 16  # pixels of a legend's sign and the gaps beside its word; of those after the last word
EDGES = 16  # pixels at both sides of a picture
LONG_NAME = 24  # characters; a longer name is written above its row on a narrow page
ROW_UNDER_NAME, FRAME_UNDER_NAMES = 36, 28  # pixels of such a row, and beside such a plot
SLACK = 24  # pixels by which a picture may be narrower than its box before it is laid out again
MARGIN = 6  # around a picture that travels alone
STATIC = {"aria": False}


def _wrapped(text: str, width: int, size: int) -> list[str]:
    return textwrap.wrap(text, int(ROOM * width * CHARACTERS_PER_PIXEL[size]))


def _narrowed(spec: dict, ratio: float) -> dict:
    """Return the specification for a narrow page: views side by side go under one another, widths shrink."""
    spec = dict(spec)
    if "hconcat" in spec:
        spec["vconcat"] = spec.pop("hconcat")
    if "columns" in spec:
        spec["columns"] = min(2, spec["columns"])
        ratio = 1  # small multiples keep their size, two in a row
    facet = spec.get("encoding", {}).get("column") or (
        spec.get("facet", {}) if isinstance(spec.get("facet"), dict) else {}
    ).get("column")
    if facet and "facet" in spec:
        spec["facet"] = {**{k: v for k, v in spec["facet"].items() if k != "column"}, "row": facet}
    if isinstance(spec.get("width"), (int, float)):
        spec["width"] = round(spec["width"] * ratio)
    if "encoding" in spec:
        spec["encoding"] = {
            channel: _compact(channel, definition) for channel, definition in spec["encoding"].items()
        }
    for part in ("layer", "vconcat", "concat"):
        if part in spec:
            spec[part] = [_narrowed(child, ratio) for child in spec[part]]
    if "spec" in spec:
        spec["spec"] = _narrowed(spec["spec"], ratio)
    return spec


def _compact(channel: str, definition):
    """Return an encoding for a narrow page: long axis labels cut short."""
    if not isinstance(definition, dict):
        return definition
    if (
        channel == "y"
        and definition.get("type") in ("nominal", "ordinal")
        and definition.get("axis", "") is not None
    ):
        return {**definition, "axis": {**definition.get("axis", {}), "labelLimit": 150}}  # of LONG_NAME
    return definition


def _stack_legends(spec: dict, hung: bool) -> None:
    """Set the legends of a narrow page in as many columns as their words leave room for, in place; axes, and
    names that stand beside their rows, not hung above them, take room from them.
    """
    room = NARROW - (FRAME + _beside(spec) if _has_y_axis(spec) and not hung else EDGES)
    for unit, data in units(spec):
        for channel, definition in unit.get("encoding", {}).items():
            has_legend = (
                isinstance(definition, dict)
                and "field" in definition
                and definition.get("legend", "") is not None
            )
            if channel not in LEGENDS or not has_legend:
                continue
            words = (definition.get("scale") or {}).get("domain") or [
                r.get(definition["field"]) for r in values(spec, data)
            ]
            columns = _columns(list(dict.fromkeys(str(word) for word in words if word is not None)), room)
            if "labelExpr" in definition.get("legend", {}):
                columns = min(columns, 2)  # its words are other than those that were measured
            definition["legend"] = {
                **definition.get("legend", {}),
                "columns": columns,
                "labelLimit": WHOLE_LINE if columns == 1 else 0,
            }


def _has_y_axis(spec: dict) -> bool:
    """Say whether a chart has an axis with labels at its side."""
    drawn = (unit.get("encoding", {}).get("y", {}) for unit, _ in units(spec))
    return any("field" in y and y.get("axis", "") is not None for y in drawn)


def _beside(spec: dict) -> float:
    """Return the pixels that the longest name beside its row takes more than the frame of a plot has."""
    names = [
        len(str(row.get(unit["encoding"]["y"].get("field"), "")))
        for unit, data in units(spec)
        if unit.get("encoding", {}).get("y", {}).get("type") in ("nominal", "ordinal")
        and unit["encoding"]["y"].get("axis", "") is not None
        for row in values(spec, data)
    ]
    return max(0.0, max(names, default=0) / CHARACTERS_PER_PIXEL[13] - FRAME)


def _letters(word: str) -> float:
    """Return the length of a word in letters of common width; digits are wider than these."""
    return len(word) + 0.2 * sum(sign.isdigit() for sign in word)


def _columns(words: list[str], room: float) -> int:
    """Return in how many columns the entries of a legend fit a width, row by row; at least one."""
    for columns in range(len(words), 1, -1):
        longest = (max(map(_letters, words[column::columns])) for column in range(columns))
        taken = sum(ENTRY + length / CHARACTERS_PER_PIXEL[13] for length in longest) - LAST
        if taken <= room:
            return columns
    return 1


def _hang_names(spec: dict) -> bool:
    """Write names that are too long to stand beside their rows on a narrow page above them, in place; say
    whether.

    Only a chart of one view has the room; in a chart of several they stay beside their rows, cut short.
    """
    drawn = [
        (unit["encoding"]["y"], data)
        for unit, data in units(spec)
        if unit.get("encoding", {}).get("y", {}).get("type") == "nominal"
    ]
    if not ("mark" in spec or "layer" in spec) or not drawn:
        return False
    names = {str(row[y["field"]]) for y, data in drawn for row in spec["datasets"][data["name"]]}
    if max(map(len, names)) <= LONG_NAME:
        return False
    above = {
        "labelAlign": "left",
        "labelPadding": 0,
        "labelOffset": -13,
        "labelLimit": NARROW - 20,
        "ticks": False,
        "domain": False,
    }
    for y, _ in drawn:
        if y.get("axis", "") is not None:
            y["axis"] = {**y.get("axis", {}), **above}
    spec["height"] = {"step": ROW_UNDER_NAME}
    return True


def _worded(spec: dict) -> None:
    """Head the entries of tooltips as the table behind the chart does, and round their numbers, in place."""
    table = spec["usermeta"]["data"]
    headings = dict(zip(table["columns"], table["headings"], strict=True))
    rows = [row for rows in spec.get("datasets", {}).values() for row in rows]
    for unit, _ in units(spec):
        for entry in unit.get("encoding", {}).get("tooltip", ()):
            field = entry.get("field")
            if entry.get("title", field) == str(field).replace("_", " ") or "title" not in entry:
                entry["title"] = headings.get(field, str(field).replace("_", " "))
            if entry.get("type") == "quantitative" and "format" not in entry:
                entry["format"] = _number_format(
                    field, [r[field] for r in rows if isinstance(r.get(field), (int, float))]
                )


def _number_format(field: str, values: list[float]) -> str:
    """Return the format of a column in tooltips: years as they are, no more digits than its largest number
    bears.
    """
    if "year" in field:
        return "d"
    if all(float(v).is_integer() for v in values):
        return ",d"
    largest = max(map(abs, values))
    return ",.0f" if largest >= 1000 else ",.1~f" if largest >= 10 else ",.2~f"


def _resized(spec: dict, by: float) -> None:
    """Add ``by`` pixels to the width of every view, in place."""
    default = spec["config"]["view"]["continuousWidth"]
    spec["config"]["view"]["continuousWidth"] = max(100, default + by)

    def walk(part: dict, by: float) -> None:
        if isinstance(part.get("width"), (int, float)):
            part["width"] = max(60, round(part["width"] + by))
        beside = len(part.get("hconcat", ())) or part.get("columns") or 1  # views in a row share the pixels
        for name in ("layer", "vconcat", "hconcat", "concat"):
            for child in part.get(name, ()):
                walk(child, by / beside)
        if "spec" in part:
            walk(part["spec"], by / beside)

    walk(spec, by)


def _sourced(spec: dict, width: int, *, wordless: bool = False) -> dict:
    """Return the specification with its note and the source line inside the picture, under the plot.

    Wordless, it is as wide as its plots: the line of words is often the wider.
    """
    meta = spec["usermeta"]
    said = [f"Note: {meta['note']}"] if meta.get("note") else []
    words = [line for text in (*said, meta["source_line"]) for line in _wrapped(text, width, 12)]
    line = {
        "text": [""] if wordless else words,
        "orient": "bottom",
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 12,
        "fontWeight": 400,
        "color": colour("quiet"),
        "offset": 10,
    }
    inner = {
        k: v
        for k, v in spec.items()
        if k not in ("usermeta", "config", "datasets", "$schema", "params", "autosize")
    }
    outer = {k: v for k, v in spec.items() if k in ("config", "datasets", "$schema", "params", "autosize")}
    if any(k in inner for k in ("vconcat", "hconcat", "concat", "facet", "spec")) or "row" in inner.get(
        "encoding", {}
    ):
        return {**outer, "vconcat": [inner], "title": line}
    return {**outer, **inner, "title": line}


def layout(spec: dict, width: int, frame: float = FRAME) -> tuple[dict, str]:
    """Return the specification laid out to ``width`` pixels in all, source line inside, without title; and
    its SVG.

    A single view is fitted by Vega. Views side by side are drawn, measured and drawn again; ``frame`` is a
    guess at the pixels beside their plots, and a good one saves a drawing.
    """
    laid = copy.deepcopy(spec)
    _worded(laid)
    if width < 480:
        meta = laid["usermeta"]
        laid = _narrowed(laid, width / WIDE)
        hung = _hang_names(laid)
        _stack_legends(laid, hung)
        frame = FRAME_UNDER_NAMES if hung else frame
        laid["usermeta"] = meta
    laid["config"]["padding"] = {"left": 4, "top": 4, "right": _overhang(laid), "bottom": 4}
    if _is_one_view(laid):
        laid |= {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
        sourced = _sourced(laid, width)
        svg = _render(sourced)
        return {**sourced, "height": _plot_height(svg)}, svg
    laid["config"]["view"]["continuousWidth"] = max(100, width - frame)
    drawn = None
    for _ in range(4):  # the frames around the plots depend on their widths, so one step does not always fit
        before, drawn = drawn, size_of(_render(_sourced(laid, width, wordless=True)))[0]
        if (
            width - SLACK <= drawn <= width + 3 or (before and drawn >= before > width)
        ):  # fits, or cannot shrink
            break
        _resized(laid, width - drawn)
    sourced = _sourced(laid, width)
    return sourced, _render(sourced)


def _overhang(spec: dict) -> int:
    """Return the pixels that the last label of a horizontal axis may take beyond it, being centred on its
    tick.
    """
    forms = [
        (unit.get("encoding", {}).get("x", {}).get("axis") or {}).get("format", "") for unit, _ in units(spec)
    ]
    return 26 if any("%b" in form for form in forms if isinstance(form, str)) else 12


def _is_one_view(spec: dict) -> bool:
    """Say whether Vega can fit a specification to a width by itself, which it does for a single or a layered
    view.
    """
    split = any(
        channel in unit.get("encoding", {})
        for unit, _ in units(spec)
        for channel in ("row", "column", "facet")
    )
    return ("mark" in spec or "layer" in spec) and not split and not isinstance(spec.get("width"), dict)


def _static(spec: dict) -> dict:
    """Return the specification without what a still picture has no use for."""
    still = copy.deepcopy(spec)
    still["config"] = {**still["config"], **STATIC}
    for unit, _ in units(still):
        for channel in ("tooltip", "href"):
            unit.get("encoding", {}).pop(channel, None)
    return still


def _render(spec: dict) -> str:
    """Return the picture of a specification, laid out in letters with more room than those it is drawn in.

    A reader's own typeface may be wider than the book's; legends and labels must not run into each other
    then.
    """
    roomy = _static(spec)
    roomy["config"] = {
        **roomy["config"],
        "font": ROOMY,
        "text": {**roomy["config"].get("text", {}), "font": ROOMY},
    }
    drawn = vl_convert.vegalite_to_svg(roomy, vl_version=VL_VERSION, show_warnings=False)
    return drawn.replace(ROOMY, FONT)


def _plot_height(svg: str) -> float:
    """Return the height of a single view without what stands around it, which may follow from its number of
    rows.
    """
    return float(_found(r'class="background"[^>]* d="M[\d.]+,[\d.]+h[\d.]+v([\d.]+)h', svg)[1])


def size_of(svg: str) -> tuple[float, float]:
    """Return the width and height that an SVG states."""
    match = _found(r'width="([\d.]+)" height="([\d.]+)"', svg)
    return float(match[1]), float(match[2])


def _found(pattern: str, svg: str) -> re.Match[str]:
    match = re.search(pattern, svg)
    if match is None:
        raise ChartError(f"the drawing has nothing like {pattern!r}; vl-convert draws otherwise than it did: "
                         "correct the pattern")
    return match


def _key(spec: dict) -> str:
    """Return the hash of what decides how a specification is drawn."""
    drawn_by = [spec, palette(), WIDE, NARROW,
                *(Path(one).read_text(encoding="utf-8") for one in (__file__, inline.__file__))]
    return hashlib.sha256(json.dumps(drawn_by, sort_keys=True).encode()).hexdigest()[:24]


def is_drawn(spec: dict, build: Path) -> bool:
    """Say whether the pictures of a specification are kept already."""
    return (build / ".pictures" / f"{_key(spec)}.json").exists()


def pictures(spec: dict, build: Path) -> dict:
    """Return the static pictures of a specification, kept in ``build`` under the hash of what they show.

    Keys: ``wide`` and ``narrow`` (SVG to inline), ``specs`` (the laid-out specifications without their data),
    ``alone`` (SVG that travels alone, with title and description), ``plot`` (the same without its title, for
    pages that print it as text), ``png`` (the path of ``alone`` as PNG).
    """
    kept = build / ".pictures" / f"{_key(spec)}.json"
    if not kept.exists():
        _draw(spec, build, kept)
    return {**json.loads(kept.read_text(encoding="utf-8")), "png": kept.with_suffix(".png")}


def _draw(spec: dict, build: Path, kept: Path) -> None:
    measure_with(build / "fonts")
    name, frame = spec["usermeta"]["name"], FRAME
    made: dict[str, str] = {}
    specs: dict[str, dict] = {}
    for layout_name, width in (("wide", WIDE), ("narrow", NARROW)):
        laid, svg = layout(spec, width, frame)
        if not _is_one_view(laid):
            frame = (
                size_of(svg)[0] - laid["config"]["view"]["continuousWidth"]
            )  # the narrow one's is much the same
        made[layout_name] = inlined(svg, name, layout_name, size_of(svg))
        specs[layout_name] = {k: v for k, v in laid.items() if k != "datasets"}
        if layout_name == "wide":
            made["alone"] = resolved(alone(svg, spec["usermeta"]))
            made["plot"] = resolved(alone(svg, spec["usermeta"], headed=False))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.with_suffix(".png").write_bytes(vl_convert.svg_to_png(made["alone"], scale=2))
    kept.write_text(json.dumps(made | {"specs": specs}), encoding="utf-8")


def alone(svg: str, meta: dict, *, headed: bool = True) -> str:
    """Return a plot as a picture that travels alone: title, measure, plot with its source line, on paper, and
    in words. Without a head it is for a page that prints title and measure above it.
    """
    width, height = size_of(svg)
    lines = [
        (text, size, weight, colour(name))
        for words, size, weight, name in (
            (meta["title"], 16, 600, "text"),
            (meta["measure"], 13, 400, "quiet"),
        )
        for text in _wrapped(words, round(width), size)
    ]
    y, head = MARGIN if headed else -MARGIN, ""
    for text, size, weight, fill in lines if headed else ():
        y += round(1.25 * size)
        head += (
            f'<text x="{MARGIN}" y="{y}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" '
            f'fill="{fill}">'
            f"{escape(text)}</text>"
        )
    top, plot = y + 2 * MARGIN, re.sub(r"^<svg [^>]*>|</svg>\s*$", "", svg.strip())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'width="{width:.0f}" height="{height + top:.0f}" viewBox="0 0 {width:.0f} {height + top:.0f}">'
        f"<title>{escape(meta['title'])}</title><desc>{escape(meta['alt'])}</desc>"
        f'<rect width="100%" height="100%" fill="{colour("paper")}"/>{head}'
        f'<g transform="translate(0,{top})">{plot}</g></svg>'
    )
