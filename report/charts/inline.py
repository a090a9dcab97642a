"""A drawing as a page holds it: own ids, short numbers, and nothing that paints nothing or says what is so
anyway.

A page carries each chart twice, wide and narrow, so what Vega writes for programs (classes, roles, empty
groups, a style on each mark) is weight that no reader sees.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

Element = ElementTree.Element

UNSEEN = ("font-family", "version", "stroke-miterlimit", "pointer-events", "class", "role", "display")
COORDINATES = ("d", "transform", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r")
FROM_ZERO = ("x", "y", "x1", "y1", "x2", "y2")
HANDED_DOWN = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight",
               "text-anchor")
DEFINITIONS = ("defs", "clipPath")  # what they hold paints elsewhere
SHIFT = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")


def inlined(svg: str, id: str, layout: str, size: tuple[float, float]) -> str:
    """Return a drawing to stand in a page, ``layout`` (wide or narrow) of the chart ``id``, of a size in
    pixels.
    """
    root = ElementTree.fromstring(svg)
    for part in root.iter():
        part.tag = part.tag.rpartition("}")[2]
        part.attrib = {_local(name): value for name, value in part.attrib.items() if _is_seen(name, value)}
        _own_ids(part, f"{id}-{layout}-")
    if len(root) and root[0].tag == "rect":
        root.remove(root[0])  # the paper is the page's
    _tidy(root, stroked=False)
    width, height = (f"{side:.0f}" for side in size)
    root.attrib = {"class": layout, "width": width, "height": height, "viewBox": f"0 0 {width} {height}",
                   "aria-hidden": "true", "focusable": "false"}
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _is_seen(name: str, value: str) -> bool:
    """Say whether an attribute changes what is seen; a hidden path goes whole, see ``_paints``."""
    if name in UNSEEN:
        return name == "display" and value == "none"
    return not name.startswith("aria-") and (name, value) not in (
        ("opacity", "1"), ("transform", "translate(0,0)"))


def _own_ids(part: Element, prefix: str) -> None:
    for name, value in part.attrib.items():
        if name == "id":
            part.set(name, prefix + value)
        elif "#" in value and (name == "href" or "url(#" in value):
            part.set(name, value.replace("#", f"#{prefix}", 1))


def _tidy(part: Element, *, stroked: bool) -> None:
    """Shorten an element and all in it, in place; ``stroked`` says that a width of strokes is handed down."""
    _shorten(part, stroked)
    stroked = stroked or "stroke-width" in part.attrib
    for child in part:
        _tidy(child, stroked=stroked)
    if part.tag in DEFINITIONS:
        return
    kept = [one for child in part for one in _kept(child)]
    part[:] = kept
    if part.tag == "g" and len(kept) > 1:
        _hand_down(part)


def _shorten(part: Element, stroked: bool) -> None:
    for name, value in list(part.attrib.items()):
        from_zero = value == "0" and name in FROM_ZERO and part.tag in ("line", "rect", "text")
        usual = name == "stroke-width" and value == "1" and part.tag != "g" and not stroked
        if from_zero or usual:
            del part.attrib[name]
        elif name in COORDINATES and "scale" not in value:
            part.set(name, re.sub(r"-?\d+\.\d+", _rounded, value))
        elif name == "font-size":
            part.set(name, value.removesuffix("px"))


def _rounded(number: re.Match[str]) -> str:
    """Return a coordinate to a tenth of a pixel."""
    short = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def _kept(child: Element) -> list[Element]:
    """Return what is kept of a child: nothing of what paints nothing, the content alone of a bare group."""
    if child.tag == "path" and not _paints(child):
        return []
    if child.tag != "g":
        return [child]
    if not len(child) or not child.attrib:
        return list(child)
    if len(child) == 1 and child[0].tag == "g" and set(child.attrib) == set(child[0].attrib) == {"transform"}:
        outer, inner = (SHIFT.fullmatch(one.get("transform", "")) for one in (child, child[0]))
        if outer and inner:
            x, y = (f"{float(outer[axis]) + float(inner[axis]):.1f}".removesuffix(".0") for axis in (1, 2))
            child[0].set("transform", f"translate({x},{y})")
            return [child[0]]
    return [child]


def _paints(path: Element) -> bool:
    """Say whether a path leaves a trace: Vega styles each that does, and hides those of empty titles."""
    styled = any(path.get(name, "none") not in ("none", "transparent") for name in ("fill", "stroke"))
    return styled and bool(path.get("d")) and path.get("display") != "none"


def _hand_down(group: Element) -> None:
    """Say once, for the group, what all its children say alike and what is inherited."""
    for name in HANDED_DOWN:
        said = {child.get(name) for child in group}
        if name not in group.attrib and len(said) == 1 and None not in said:
            group.set(name, said.pop() or "")
            for child in group:
                del child.attrib[name]
