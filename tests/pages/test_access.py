"""Everyone can use the page: checked by axe, by keyboard, by structure, in both themes and at both widths."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import axe_playwright_python
import pytest

from tests.pages.conftest import REGISTERS, charted, names, settled, styled, touch

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
CONTRAST = "color-contrast"

# One element of each kind of text on the page, a kind being the classes from the body down to it: colours
# depend on these.
SAMPLE = """() => {
  const seen = new Set();
  for (const node of document.body.querySelectorAll("*")) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    let kind = "";
    for (let e = node; e !== document.body; e = e.parentElement)
      kind += `${e.tagName}.${e.getAttribute("class")}${e.getAttribute("style") || ""}>`;
    if (!seen.has(kind)) { seen.add(kind); node.setAttribute("data-sample", ""); }
  }
}"""


def violations(page, where=None, **options) -> list[str]:
    """Return what axe finds, in brief."""
    # what is out of sight counts too
    styled(page, "section, .picture { content-visibility: visible !important; }")
    page.evaluate(AXE)
    result = page.evaluate("([where, options]) => axe.run(where || document, options)",
                           [where, {"preload": False, "resultTypes": ["violations"], **options}])
    return [f"{v['id']}: {n['html'][:120]} {n.get('failureSummary', '')[:200]}" for v in result["violations"]
            for n in v["nodes"][:3]]


def structure(page, where=None) -> list[str]:
    return violations(page, where, rules={CONTRAST: {"enabled": False}})


def test_axe_finds_nothing_wrong(page_name, open_page):
    """Empty table headings, boxes that scroll and take no focus, doubled landmarks, controls without a name,
    faint text.

    Structure is checked on a narrow page; the contrast of each kind of text at both widths in both themes,
    what is folded away included.
    """
    page = open_page(f"{page_name}.html", width=360)
    found = structure(page)
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found += violations(page, runOnly=["scrollable-region-focusable"])  # boxes that were folded away
    page.evaluate(SAMPLE)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            found += [f"{width} {theme} {v}"
                      for v in violations(page, {"include": [["[data-sample]"]]}, runOnly=[CONTRAST])]
    assert found == []


@pytest.mark.parametrize("name", [*[n for n in names() if n == "summary"], *charted()[:1]] or ["(no page)"])
def test_axe_finds_nothing_wrong_on_a_wide_page(name, open_page):
    """The same in the parts that only a wide page shows: contents and headings beside the text."""
    assert structure(open_page(f"{name}.html", width=1280)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_interactive_chart_is_accessible(theme, open_page):
    """A picture's role on a chart that takes keys, or one that changes under a reader who has met it; words
    that are gone once a chart is live; links that only a mouse reaches.
    """
    page = open_page(f"{charted()[0]}.html", theme=theme)
    picture = page.query_selector(".picture")
    told = ("role", "aria-label", "aria-roledescription", "aria-describedby")
    met = [picture.get_attribute(name) for name in told]
    assert met[0] == "application" and len(met[1].split()) >= 12
    assert "Page Down" in page.locator(f"#{met[3]}").text_content()
    touch(page, picture)
    assert violations(page, {"include": [["figure.chart"]]}) == []
    assert [picture.get_attribute(name) for name in told] == met


def test_a_chart_without_a_script_is_a_picture(open_page):
    """A role of something that takes keys, where nothing takes them."""
    page = open_page(f"{charted()[0]}.html", java_script_enabled=False)
    assert page.eval_on_selector_all(".picture", "all => all.every((p) => p.getAttribute('role') === 'img')")


def test_arrows_read_one_line_after_the_other(open_page):
    """Marks of all lines and panels mixed by their place, so that a listener cannot tell which line a figure
    is of; no way to the next line but through every mark.
    """
    page = open_page("trade.html")
    picture = page.query_selector("#fig-trade-value-share .picture")
    touch(page, picture)
    heard = []
    for key in ("ArrowRight", "ArrowRight", "PageDown", "PageDown", "PageUp", "End"):
        page.keyboard.press(key)
        heard.append(picture.query_selector("[role=status]").text_content())
    lines = ["KOTRA" if said.startswith("Trade: KOTRA") else "customs" if said.startswith("Trade: Chinese")
             else "share" if said.startswith("Share: ") else said for said in heard]
    assert lines == [*([lines[0]] * 2), lines[2], "share", lines[2], "share"], heard
    assert {lines[0], lines[2]} == {"KOTRA", "customs"}
    assert heard[0] != heard[1] and heard[2] == heard[4]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_keyboard_walk(width, open_page):
    """No way past the header, focus that cannot be seen, a dialog that cannot be closed, a
    chart that takes no focus.
    """
    page = open_page(f"{charted()[0]}.html", width=width)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", f"focus cannot be seen on {reached[-1]}"
        if "picture" in reached[-1]:
            break
    assert "picture" in reached[-1], reached
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open] input:focus")
    page.keyboard.press("Escape")
    assert page.query_selector("dialog[open]") is None
    if width == 360:
        page.focus("button.menu")
        page.keyboard.press("Enter")
        assert page.is_visible("#contents")
        page.keyboard.press("Escape")
        assert not page.is_visible("#contents")


def test_structure_reads_in_order(page_name, open_page):
    """A heading level skipped, two main headings, no language, an image or chart without
    words, an empty table heading.
    """
    page = open_page(f"{page_name}.html", java_script_enabled=False)
    levels = page.eval_on_selector_all("main :is(h1, h2, h3, h4, h5)", "all => all.map((h) => "
                                                                       "Number(h.tagName[1]))")
    assert levels.count(1) == 1 and levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert page.get_attribute("html", "lang") == "en"
    assert page.eval_on_selector_all("img:not([alt])", "all => all.length") == 0
    assert page.eval_on_selector_all("th", "all => all.filter((th) => !th.textContent.trim()).length") == 0
    said = page.eval_on_selector_all(".picture", "all => all.map((p) => p.getAttribute('aria-label'))")
    assert [s for s in said if len(s.split()) < 12] == []


def test_no_sideways_scrolling_on_a_phone(page_name, open_page):
    """A table, a chart, a long address or a code cell wider than the page."""
    page = open_page(f"{page_name}.html", width=360)
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert settled(page).evaluate("document.documentElement.scrollWidth") <= 360
    cut = page.eval_on_selector_all(".picture svg.narrow", "all => all.filter((s) => "
                                                           "s.getBoundingClientRect().right > 361).length")
    assert cut == 0


def test_motion_can_be_turned_off(open_page):
    """Movement for a reader whose system asks for none."""
    page = open_page(f"{names()[0]}.html", reduced_motion="reduce")
    assert page.eval_on_selector_all(
        "*", "all => all.filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0).length") == 0


def test_registers_are_there(site):
    """A register left out of the book, so that the tests above pass without it."""
    assert set(REGISTERS) <= set(names())
