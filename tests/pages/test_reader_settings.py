"""The page fits a reader's own settings: larger text, wider spacing, forced colours, a coarse pointer."""

from __future__ import annotations

import pytest

from tests.pages.conftest import charted, names, settled, styled, touch, until

# What WCAG 2.2 asks a page to bear (1.4.12), and text twice as large (1.4.4).
SPACED = ("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
          "word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }")
LARGE = "html { font-size: 200% !important; }"
OPENED = "() => document.querySelectorAll('details').forEach((d) => { d.open = true; })"

# Boxes that hide what does not fit; those made to be heard and not seen are no loss.
CLIPPED = """() => [...document.querySelectorAll("body *:not(svg *)")].filter((e) => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  if (!box.width || style.clipPath !== "none" || e.closest(".visually-hidden, .glyph")) return false;
  const across = ["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
  const down = ["hidden", "clip"].includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
  return (across || down) && e.textContent.trim();
}).map((e) => `${e.tagName}.${e.className}`)"""

# Targets under 24 pixels whose circle of 24 pixels touches another's (2.5.8); a link within a line of text is
# let off, as the guideline has it.
SMALL = """() => {
  const inText = (e) => e.matches("a") && getComputedStyle(e).display === "inline"
    && [...e.parentElement.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const shown = [...document.querySelectorAll("a[href], button, select, input, summary")]
    .map((e) => ({ e, box: e.getBoundingClientRect(), all: [...e.getClientRects()] }))
    .filter(({ e, box }) => box.width > 1 && box.height > 1 && !e.closest(".visually-hidden, .picture")
      && getComputedStyle(e).visibility !== "hidden" && getComputedStyle(e).clipPath === "none"
      && box.right > 0);
  const centre = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
  const gap = ([x, y], { left, right, top, bottom }) =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  const apart = (one, other) => Math.hypot(...centre(one).map((at, side) => at - centre(other)[side]));
  const small = ({ box }) => box.width < 23.9 || box.height < 23.9;
  return shown.filter((one) => small(one) && !inText(one.e) && one.all.length === 1 && shown.some((other) =>
    other.e !== one.e && !one.e.contains(other.e) && !other.e.contains(one.e) && (small(other)
      ? apart(one, other) < 23.9
      : other.all.some((rect) => gap(centre(one), rect) < 11.9))))
    .map(({ e, box }) => `${e.tagName} in ${e.parentElement.className || e.parentElement.tagName}`
      + ` ${Math.round(box.width)}x${Math.round(box.height)} ${e.textContent.trim().slice(0, 30)}`);
}"""


def across(page) -> int:
    return settled(page).evaluate("document.documentElement.scrollWidth")


def test_text_can_be_twice_as_large_on_a_phone(page_name, open_page):
    """A header, a table or a button that pushes the page sideways or hides its words when text grows."""
    page = styled(open_page(f"{page_name}.html", width=360), LARGE)
    page.evaluate(OPENED)
    assert across(page) <= 360
    assert page.evaluate(CLIPPED) == []


def test_text_can_be_spaced(page_name, open_page):
    """A box of fixed height that cuts its words when lines, letters and words stand further apart."""
    page = styled(open_page(f"{page_name}.html", width=360), SPACED)
    page.evaluate(OPENED)
    assert across(page) <= 360
    assert page.evaluate(CLIPPED) == []


def test_a_clipped_box_is_seen(open_page):
    """The check above, on a box that does clip."""
    page = styled(open_page(f"{names()[0]}.html", width=360), "h1 { overflow: hidden; height: 8px; }")
    assert page.evaluate(CLIPPED) != []


def test_targets_can_be_hit(page_name, open_page):
    """A link or a button too small for a finger, too near to another."""
    page = open_page(f"{page_name}.html", width=360, has_touch=True)
    page.evaluate(OPENED)
    assert settled(page).evaluate(SMALL) == []


def test_small_targets_are_seen(open_page):
    """The check above, on links that are too small."""
    page = styled(open_page(f"{names()[0]}.html"), "#contents a { padding: 0 !important; font-size: 8px; }")
    assert page.evaluate(SMALL) != []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_forced_colours_keep_signs_charts_and_buttons(theme, open_page):
    """A chart whose marks fall on the system's own ground, a sign that is a background, a button without
    edge.
    """
    page = open_page(f"{charted()[0]}.html", theme=theme, forced_colors="active")
    page.evaluate("() => localStorage.setItem('theme', 'light')")
    page.reload()
    paper, ground = page.evaluate("""() => ["--c-paper", "background-color"].map((_, at) => {
      const picture = getComputedStyle(document.querySelector(".picture"));
      const probe = document.createElement("i");
      probe.style.cssText = "forced-color-adjust: none; color: var(--c-paper)";
      document.body.append(probe);
      return at ? picture.backgroundColor : getComputedStyle(probe).color;
    })""")
    assert ground == paper, "a chart's own paper"
    edge, behind = page.evaluate("""() => {
      const style = getComputedStyle(document.querySelector("button.tool"));
      return [style.borderColor, getComputedStyle(document.body).backgroundColor];
    }""")
    assert edge != behind
    glyphs = page.eval_on_selector_all(".verdict .glyph", "all => all.map((g) => getComputedStyle(g).color)")
    assert all(colour not in (behind, "rgba(0, 0, 0, 0)") for colour in glyphs)


def test_tab_stops_are_few_before_the_text(page_name, open_page):
    """A header and contents of more stops than a reader has patience for, with no way past them."""
    page = open_page(f"{page_name}.html")
    stops = page.evaluate("""() => [...document.querySelectorAll(
      "a[href], button, input, select, summary, [tabindex='0']")].filter((e) => e.tabIndex >= 0
      && e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }))
      .map((e) => e.closest("main") ? "text" : "around")""")
    assert stops[0] == "around"
    assert page.evaluate("document.querySelector('a').getAttribute('href')") == "#main"
    assert stops.index("text") <= 60
    figures = page.locator("figure.chart").count()
    within = page.evaluate("""() => [...document.querySelectorAll("figure.chart")].map((figure) =>
      [...figure.querySelectorAll("a[href], button, summary, [tabindex='0']")].filter((e) =>
        e.checkVisibility() && !e.closest("details:not([open]) > :not(summary)")).length)""")
    assert len(within) == figures and max(within, default=0) <= 3, "a chart is one stop, and what it unfolds"


def test_a_chart_says_that_it_answers_and_that_it_is_on_its_way(open_page):
    """A still picture that nobody would touch; a wait in which nothing seems to happen."""
    page = open_page(f"{charted()[0]}.html")
    page.route("**/vega.js", lambda route: page.evaluate("""() => {
      const picture = document.querySelector(".picture");
      window.waited = [picture.getAttribute("aria-busy"), getComputedStyle(picture, "::before").height];
    }""") or route.continue_())
    picture = page.query_selector(".picture")
    assert page.is_visible(".hint")
    described = picture.get_attribute("aria-describedby")
    assert "read" in page.locator(f"#{described}").text_content()
    picture.scroll_into_view_if_needed()
    picture.focus()
    until(page, "window.waited")
    assert page.evaluate("waited") == ["true", "3px"]
    until(page, "picture => picture.classList.contains('interactive')", arg=picture)
    until(page, "picture => !picture.hasAttribute('aria-busy')", arg=picture)
    touch(page, picture)


LINE = ("Object.defineProperty(navigator, 'connection', { value: { effectiveType: '%s', saveData: %s } });")


@pytest.mark.parametrize(("kind", "saves", "ahead"),
                         [("4g", "false", 1), ("3g", "false", 0), ("4g", "true", 0)])
def test_the_library_is_fetched_ahead_on_a_good_line_alone(kind, saves, ahead, open_page):
    """Weight that a reader on a slow line, or one who saves data, did not ask for."""
    page = open_page(f"{charted()[0]}.html", before=LINE % (kind, saves))
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))")
    assert page.locator("link[rel=prefetch]").count() == ahead
    assert page.evaluate("typeof window.vegaEmbed") == "undefined"
