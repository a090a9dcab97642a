"""The words of every chart, as the page draws it: none on another, none cut by the picture's edge."""

from __future__ import annotations

import pytest

from tests.pages.conftest import charted, settled, styled

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
SHOWN = ".picture { content-visibility: visible !important; }"


@pytest.mark.parametrize("width", [1280, 360])
def test_words_of_a_chart_stand_apart(charted_page, width, open_page):
    """A label printed over another, or cut by the edge of its picture."""
    page = settled(styled(open_page(f"{charted_page}.html", width=width), SHOWN))
    assert page.evaluate(ON_ANOTHER) == []
    assert page.evaluate(CUT) == []


def test_words_on_others_are_seen(open_page):
    """The checks above, on a chart whose words are all moved to one place, and out of the picture."""
    page = styled(open_page(f"{charted()[0]}.html"), SHOWN)
    assert page.evaluate(ON_ANOTHER) == [] == page.evaluate(CUT)
    page.evaluate("""() => document.querySelectorAll(".picture text").forEach((t) =>
      t.setAttribute("transform", "translate(-40, 0)"))""")
    assert page.evaluate(ON_ANOTHER) != [] and page.evaluate(CUT) != []
