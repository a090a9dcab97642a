"""Every chart as the page draws it: words apart, whole and struck out by nothing; words and marks that stand
out from the paper of either theme; panels that share a scale where they share a measure.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import vl_convert

from report.charts.picture import VL_VERSION
from report.charts.views import units
from tests.pages.conftest import SITE, charted, settled, styled

# Words of the shown pictures whose boxes lie on another's by more than a hair, and those beyond its edge;
# slanted words, whose boxes are larger than they are, and those that Vega hides are let off.
ON_ANOTHER = """() => [...document.querySelectorAll("figure.chart")].flatMap((figure) => {
  const picture = [...figure.querySelectorAll(".picture > svg")].find((s) => s.getBoundingClientRect().width);
  const words = [...picture.querySelectorAll("text")]
    .filter((t) => t.textContent.trim() && t.getAttribute("opacity") !== "0"
      && !/rotate/.test(t.getAttribute("transform")))
    .map((t) => ({ said: t.textContent, box: t.getBoundingClientRect() }));
  return words.flatMap((one, at) => words.slice(at + 1).filter((other) => other.said !== one.said
      && Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 3
      && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 7)
    .map((other) => `${figure.id}: ${one.said} | ${other.said}`));
})"""
CUT = """() => [...document.querySelectorAll("figure.chart")].flatMap((figure) => {
  const picture = [...figure.querySelectorAll(".picture > svg")].find((s) => s.getBoundingClientRect().width);
  const edge = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text")].filter((t) => { const box = t.getBoundingClientRect();
    return box.width && (box.left < edge.left - 1 || box.right > edge.right + 1
      || box.top < edge.top - 2 || box.bottom > edge.bottom + 2); })
    .map((t) => `${figure.id}: ${t.textContent}`);
})"""
DRAWN = (Path(__file__).parent / "drawn.js").read_text(encoding="utf-8")
NEEDED = [4.5, 3]  # contrast of words and of marks with their ground, by WCAG 2.2
SHOWN = ".picture { content-visibility: visible !important; }"


@pytest.mark.parametrize("width", [1280, 360])
def test_charts_can_be_read(charted_page, width, open_page):
    """A label printed over another, struck out by a rule or a line, cut short or cut by the edge of its
    picture; a word or a mark too faint in one of the themes.
    """
    page = settled(styled(open_page(f"{charted_page}.html", width=width), SHOWN))
    assert page.evaluate(ON_ANOTHER) == []
    assert page.evaluate(CUT) == []
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        assert page.evaluate(DRAWN, NEEDED) == [], theme


def test_words_on_others_are_seen(open_page):
    """The checks above, on a chart whose words are all moved to one place, and out of the picture."""
    page = styled(open_page(f"{charted()[0]}.html"), SHOWN)
    assert page.evaluate(ON_ANOTHER) == [] == page.evaluate(CUT)
    page.evaluate("""() => document.querySelectorAll(".picture text").forEach((t) =>
      t.setAttribute("transform", "translate(-40, 0)"))""")
    assert page.evaluate(ON_ANOTHER) != [] and page.evaluate(CUT) != []


PLANTED = {
    "faint mark": "picture.querySelector('line[stroke]').setAttribute('stroke', '#c8c8c8')",
    "faint words": "picture.querySelector('text').setAttribute('fill', '#8a8a8a')",
    "cut short": "picture.querySelector('text').textContent = 'A name that ends so…'",
    "struck out": """{ const word = picture.querySelector('text').getBBox();
      const rule = document.createElementNS('http://www.w3.org/2000/svg', 'line');
      const x = word.x + word.width / 2;
      const given = { x1: x, x2: x, y1: word.y - 20, y2: word.y + 20,
                      transform: picture.querySelector('text').getAttribute('transform'), stroke: '#000' };
      for (const [name, value] of Object.entries(given)) rule.setAttribute(name, value);
      picture.querySelector('text').parentElement.append(rule); }""",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_faults_are_seen(fault, open_page):
    """A check of drawn charts that lets a planted fault pass."""
    page = settled(styled(open_page(f"{charted()[0]}.html"), SHOWN))
    picture = 'const picture = document.querySelector(".picture > svg.wide");'
    page.evaluate(f"() => {{ {picture} {PLANTED[fault]}; }}")
    assert [said for said in page.evaluate(DRAWN, NEEDED) if f": {fault}: " in said]


OWN_SCALE = "own scale"  # the words by which a chart says that its panels do not share one


def panels(spec: dict) -> list[tuple[str, dict[str, set[str]], dict[str, tuple[float, float]]]]:
    """Return the panels of a concatenated chart as drawn: name, fields by axis, and what an axis spans.

    The span is reckoned from the places and values of the axis's labels, since these are what a reader has.
    """
    scene = vl_convert.vegalite_to_scenegraph(spec, vl_version=VL_VERSION)["scenegraph"]
    parts = next((spec[key] for key in ("vconcat", "hconcat", "concat") if key in spec), [])
    found = []
    for n, part in enumerate(parts):
        group = next((g for g in _groups(scene) if g.get("name") == f"concat_{n}_group"), None)
        fields = {axis: {unit["encoding"][axis]["field"] for unit, _ in units(part)
                         if unit.get("encoding", {}).get(axis, {}).get("type") in ("quantitative", "temporal")
                         and "field" in unit["encoding"][axis]} for axis in ("x", "y")}
        if group:
            found.append((f"panel {n + 1}", fields, _spans(group["items"][0])))
    return found


def _groups(mark: dict):
    if mark.get("marktype") == "group":
        yield mark
    for item in mark.get("items", ()):
        yield from _groups(item)


def _number(label: object) -> float | None:
    """Return the number that a label of an axis prints, or None where it prints something else."""
    try:
        return float(re.sub(r"[^\d.\-]", "", str(label).replace("\u2212", "-")))
    except ValueError:
        return None


def _spans(item: dict) -> dict[str, tuple[float, float]]:
    """Return the first and last value that each axis of a drawn panel spans, from its labels."""
    spans = {}
    for axis in item.get("items", ()):
        if axis.get("role") != "axis" or not axis["items"]:
            continue
        place = "x" if axis["items"][0].get("orient") in ("bottom", "top") else "y"
        labels = next((m["items"] for m in axis["items"][0]["items"] if m.get("role") == "axis-label"), [])
        known = [(one.get(place, 0), value) for one in labels if (value := _number(one["text"])) is not None]
        if len(known) < 2:
            continue
        (at, value), (end, last) = known[0], known[-1]
        a_pixel = (last - value) / (end - at)
        length = item["width" if place == "x" else "height"]
        spans[place] = tuple(sorted(value + a_pixel * (edge - at) for edge in (0, length)))
    return spans


def unlike(spec: dict) -> list[str]:
    """Return the axes of panels that draw one field on different spans, where no shown word says so."""
    meta = spec["usermeta"]
    if OWN_SCALE in f"{meta['measure']} {meta['note']}":
        return []
    first: dict[tuple[str, str], tuple[str, tuple[float, float]]] = {}
    found = []
    for name, fields, spans in panels(spec):
        for axis, span in spans.items():
            for field in fields[axis]:
                of, known = first.setdefault((axis, field), (name, span))
                room = 0.02 * (known[1] - known[0])
                if any(abs(a - b) > room for a, b in zip(known, span, strict=True)):
                    found.append(f"{meta['name']}: {of} and {name} draw {field} on {axis}, {known}, {span}")
    return found


def charts_of_site() -> list[dict]:
    """Return the specifications that the site hands out."""
    return [json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((SITE / "charts").glob("*.vl.json"))]


def test_panels_share_a_scale():
    """Panels, one over the other, that draw one measure on two scales, so that a small change looks large."""
    assert [said for spec in charts_of_site() for said in unlike(spec)] == []


def test_unlike_scales_are_seen():
    """A comparison of scales that every chart passes."""
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "usermeta": {"name": "two", "measure": "Percent", "note": ""},
            "data": {"values": [{"v": 1, "t": 1}, {"v": 2, "t": 2}]}}
    panel = {"mark": "line", "encoding": {"x": {"field": "t", "type": "quantitative"},
                                          "y": {"field": "v", "type": "quantitative"}}}
    zoomed = json.loads(json.dumps(panel))
    zoomed["encoding"]["y"]["scale"] = {"domain": [1, 2]}
    assert unlike(spec | {"vconcat": [panel, panel]}) == []
    assert len(unlike(spec | {"vconcat": [panel, zoomed]})) == 1
    said = {"usermeta": spec["usermeta"] | {"note": f"below on its {OWN_SCALE}"}}
    assert unlike(spec | said | {"vconcat": [panel, zoomed]}) == []
