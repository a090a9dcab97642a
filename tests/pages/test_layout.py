"""Nothing jumps: not when the page loads, and not when a chart turns interactive."""

from __future__ import annotations

import pytest

from report.charts.theme import DARK, ROLES
from tests.pages.conftest import REGISTERS, charted, names, settled, styled, touch

SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => {
  if (!e.hadRecentInput) window.shifted += e.value;
})).observe({ type: "layout-shift", buffered: true });"""
LIMIT = 0.02
FLOWN_THROUGH = 0.25  # more than a screen at once, further than a browser lays out ahead


@pytest.mark.parametrize(("name", "width"),
                         [*[(n, 360) for n in names()], *[(n, 1280) for n in (*charted()[:2], *REGISTERS)]])
def test_the_page_does_not_shift(name, width, open_page):
    """Fonts, choices or tools that push the text when they arrive; sections that change their
    height when they come near.
    """
    page = open_page(f"{name}.html", width=width, before=SHIFTS)
    for _ in range(5):
        page.evaluate("scrollBy(0, 1500)")
        settled(page)
    assert page.evaluate("shifted") <= LIMIT


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_hardly_moves_when_it_is_flown_through(name, width, open_page):
    """Entries out of sight that are taken for twice as tall as they are: whoever drags the scroll bar
    sees the headings jump.
    """
    page = open_page(f"{name}.html", width=width, before=SHIFTS)
    for _ in range(5):
        page.evaluate("scrollBy(0, 4000)")
        settled(page)
    assert page.evaluate("shifted") <= FLOWN_THROUGH


@pytest.mark.parametrize("charted_page", charted()[:2])
def test_a_link_into_the_page_lands_on_its_target(charted_page, open_page):
    """A link to a chart far down that lands elsewhere, because what lies above it had not been laid out."""
    name = open_page(f"{charted_page}.html").eval_on_selector_all("figure.chart", "all => all.at(-1).id")
    page = open_page(f"{charted_page}.html#{name}")
    assert -20 < page.locator(f"#{name}").bounding_box()["y"] < 400


def box_off(picture) -> list[float]:
    """Return by how many pixels the interactive chart's box differs from the still one's:
    left, top, width, height.
    """
    return picture.evaluate("""(picture) => {
      const shown = [...picture.querySelectorAll(":scope > svg")]
        .find((s) => s.getBoundingClientRect().width);
      const still = shown.getBoundingClientRect();
      const live = picture.querySelector(".live svg").getBoundingClientRect();
      return ["x", "y", "width", "height"].map((side) => Math.abs(live[side] - still[side]));
    }""")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_an_interactive_chart_takes_the_box_of_the_still_one(charted_page, width, theme, open_page):
    """A chart drawn to another size in the browser than when the page was made; tooltips that need a mouse.

    An arrow key reaches the first mark, which is announced with its source, and Escape leaves it.
    """
    page = open_page(f"{charted_page}.html", width=width, theme=theme, before=SHIFTS)
    for picture in page.query_selector_all(".picture")[:: 1 if width == 1280 else 3]:
        touch(page, picture)
        name = picture.evaluate("(p) => p.closest('figure').id")
        off = box_off(picture)
        assert max(off) <= 1, f"{name}: {off}"
        page.keyboard.press("ArrowRight")
        assert "Source" in picture.query_selector("[role=status]").text_content(), name
        assert "Source" in page.locator(".tip").inner_text(), name
        page.keyboard.press("Escape")
        assert page.locator(".tip").is_hidden(), name
    assert page.evaluate("shifted") <= LIMIT


def test_an_interactive_chart_takes_that_box_in_any_typeface(open_page):
    """A chart whose box hangs on which typeface has arrived when it is drawn."""
    page = open_page(f"{charted()[0]}.html")
    page.route("**/*.woff2", lambda route: route.abort())
    page.reload()
    settled(page)
    for picture in page.query_selector_all(".picture")[:3]:
        touch(page, picture)
        assert max(box_off(picture)) <= 1


def test_an_interactive_chart_follows_the_theme(open_page):
    """Light colours left in a chart after the reader turns to the dark theme."""
    page = open_page(f"{charted()[0]}.html")
    picture = page.query_selector(".picture")
    touch(page, picture)
    page.click("[data-theme-toggle]")
    assert page.get_attribute("html", "data-theme") == "dark"
    fills = page.eval_on_selector_all(".picture .live text",
                                      "all => all.map((t) => getComputedStyle(t).fill)")
    red, green, blue = (int(ROLES["quiet"][DARK][i:i + 2], 16) for i in (1, 3, 5))
    assert f"rgb({red}, {green}, {blue})" in fills
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


@pytest.mark.parametrize("name", names())
def test_large_text_wraps(name, open_page):
    """A verdict, a heading or a control that a reader with text at 200 percent on a phone must
    scroll sideways to read.
    """
    page = open_page(f"{name}.html", width=360)
    styled(page, "html { font-size: 200% !important; }")
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert settled(page).evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [480, 640, 760, 1024])
def test_the_head_wraps_in_large_text(width, open_page):
    """A control of the head that large text pushes out of the window between a phone and a desk."""
    page = open_page("claims.html", width=width)
    styled(page, "html { font-size: 200% !important; }")
    assert settled(page).evaluate("document.documentElement.scrollWidth") <= width
