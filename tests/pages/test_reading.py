"""What stands around and beside the text: header, opening, code, cards, signs, the next page, paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.pages.conftest import charted, names, settled, until

REGISTERS = ("claims", "data", "references", "search", "changed")
CARD = ".card:popover-open"


def chapters(site) -> list[str]:
    """Return the pages with an opening."""
    return [n for n in names() if 'class="opening"' in (site / f"{n}.html").read_text(encoding="utf-8")]


def gone(page: Page) -> bool:
    page.wait_for_selector(CARD, state="detached")
    return True


# Cards ------------------------------------------------------------------------------------------------------

def test_a_card_opens_for_a_mouse_stays_under_it_and_closes(open_page):
    """A card that closes on the way to it, covers the text until a click, or ignores Escape (WCAG 1.4.13)."""
    page = open_page("trade.html")
    cite = page.locator("a.cite").first
    cite.scroll_into_view_if_needed()
    cite.hover()
    page.wait_for_selector(CARD)
    told = page.locator(CARD).inner_text()
    entry = page.locator(cite.get_attribute("href")).inner_text()
    assert " ".join(told.split()) == " ".join(entry.split())
    page.locator(CARD).hover()
    page.wait_for_timeout(600)
    assert page.locator(CARD).count() == 1
    page.mouse.move(5, 5)
    assert gone(page)
    cite.hover()
    page.wait_for_selector(CARD)
    page.keyboard.press("Escape")
    assert gone(page)
    assert page.troubles == []


def test_a_card_opens_for_the_keyboard(open_page):
    """A card that only a mouse sees, that stays behind when focus goes on, or that adds stops on the way."""
    page = open_page("trade.html")
    page.locator("a.cite").first.evaluate("a => a.focus({ focusVisible: true })")
    page.wait_for_selector(CARD)
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "card"
    page.keyboard.press("Escape")
    assert gone(page)
    assert page.evaluate("document.activeElement.matches('a.cite')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card') === null")
    page.locator("a.cite").first.evaluate("a => a.focus({ focusVisible: true })")
    page.wait_for_selector(CARD)
    page.keyboard.press("Tab")
    assert page.evaluate("!document.querySelector('.card')?.contains(document.activeElement)")


def test_a_first_touch_shows_the_card_and_the_second_follows(open_page):
    """A finger that cannot read a card, or a link that a finger can no longer follow."""
    page = open_page("trade.html", width=360, has_touch=True, is_mobile=True)
    cite = page.locator("a.cite").first
    cite.scroll_into_view_if_needed()
    cite.tap()
    page.wait_for_selector(CARD)
    box = page.locator(CARD).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert "#cited" not in page.url
    cite.tap()
    page.wait_for_url("**/trade.html#cited-*")


@pytest.mark.parametrize(("what", "said"), [
    ("p a.traced[href^='rows/']", r"Rests on .*row.*\nSource"),
    ("p a.traced[href^='claims.html#c1']", r"Rests on .*row.*\nSource"),
    ("p a.claim-link", r"As of February 2017: .*\nAs of now: "),
])
def test_a_number_and_a_claim_say_what_they_rest_on(what, said, open_page):
    """A number whose card names no row or no source, or a claim's sign without dates."""
    page = open_page("trade.html")
    one = page.locator(what).first
    one.scroll_into_view_if_needed()
    one.hover()
    page.wait_for_selector(CARD)
    assert re.search(said, page.locator(CARD).inner_text())
    assert one.get_attribute("title") is None


def test_without_a_script_a_citation_leads_to_its_source_on_the_page(open_page, site):
    """A number of a citation that means nothing without a script."""
    for name in chapters(site):
        page = open_page(f"{name}.html", java_script_enabled=False)
        hrefs = {a.get_attribute("href") for a in page.query_selector_all("a.cite")}
        ids = {f"#{li.get_attribute('id')}" for li in page.query_selector_all(".sources-here > li")}
        assert hrefs == ids, name


# Code -------------------------------------------------------------------------------------------------------

def test_code_is_folded_and_one_switch_shows_or_hides_all_of_it(open_page):
    """Code that stands in a reader's way, or a switch that leaves some of it or forgets."""
    page = open_page("trade.html")
    cells = "article details.code"
    count = page.locator(cells).count()
    assert count > 5 and page.locator(f"{cells}[open]").count() == 0
    page.locator("[data-code-switch]").select_option("shown")
    assert page.locator(f"{cells}[open]").count() == count
    page.locator("[data-code-switch]").select_option("hidden")
    assert page.locator(f"{cells}:visible").count() == 0
    page.goto(page.url.replace("trade", "survival"))
    settled(page)
    assert page.locator("[data-code-switch]").input_value() == "hidden"
    assert page.locator(f"{cells}:visible").count() == 0
    assert page.troubles == []


def test_hidden_code_opens_for_a_link_to_it(open_page):
    """A link to the code of a chart that leads to nothing, since the reader had hidden code elsewhere."""
    page = open_page("trade.html", before="localStorage.setItem('code', 'hidden')")
    id = page.locator("article details.code[id]").first.get_attribute("id")
    page.goto(f"{page.url}#{id}")
    until(page, "id => document.getElementById(id).open", arg=id)
    assert page.locator(f"#{id} pre").first.is_visible()


def test_no_code_before_the_first_sentence(page_name, open_page):
    """A page that opens with code."""
    page = open_page(f"{page_name}.html", java_script_enabled=False)
    assert page.evaluate("""() => {
      const code = document.querySelector("article details.code, article .cell_input");
      const text = document.querySelector("article p:not(.facts, .part)");
      return !code || Boolean(text.compareDocumentPosition(code) & Node.DOCUMENT_POSITION_FOLLOWING);
    }""")
    assert page.query_selector_all(".cell_input:visible") == []


# Header, signs, neighbours ----------------------------------------------------------------------------------

@pytest.mark.parametrize("width", [360, 1280])
def test_the_header_stays_and_covers_no_target(width, open_page):
    """A header that scrolls away on a page of twenty screens, or that hides what a link leads to."""
    page = open_page("trade.html", width=width)
    id = page.eval_on_selector_all("article h2", "all => all.at(-3).parentElement.id")
    page.evaluate("id => { location.hash = id; }", id)
    settled(page)
    header = page.locator("header.site").bounding_box()
    assert header["y"] == 0 and header["height"] < 80
    top = page.locator(f"#{id} h2").bounding_box()["y"]
    assert header["height"] <= top < 300


@pytest.mark.parametrize("scripted", [True, False])
def test_the_key_to_the_signs_is_one_click_away(scripted, page_name, open_page):
    """A page whose signs can only be understood elsewhere."""
    if not scripted and page_name not in ("trade", "summary"):
        return
    page = open_page(f"{page_name}.html", width=360, java_script_enabled=scripted)
    page.click("header [popovertarget=signs]")
    key = page.locator("#signs")
    assert key.is_visible()
    told = key.inner_text()
    for word in ("mostly supported", "mixed", "contradicted", "untested", "February 2017"):
        assert word in told
    page.keyboard.press("Escape")
    assert key.is_hidden()


def test_each_chapter_leads_to_its_neighbours_by_title(open_page, site):
    """A chapter that ends in nothing, or that names the next by number alone."""
    links = open_page("summary.html").query_selector_all("#contents > ul > li > a")
    order = [a.get_attribute("href") for a in links]
    order[order.index("#")] = "summary.html"
    for at, name in enumerate(order[1:-1], 1):
        page = open_page(name, java_script_enabled=False)
        for way, other in (("prev", order[at - 1]), ("next", order[at + 1])):
            link = page.query_selector(f".onward a[rel={way}]")
            assert link.get_attribute("href") == other
            assert page.query_selector(f"head link[rel={way}]").get_attribute("href") == other
            title = open_page(other, java_script_enabled=False).locator("h1").inner_text().rstrip("#").strip()
            assert re.sub(r"^\d+\s+", "", title) in " ".join(link.inner_text().split()), name


# Paper ------------------------------------------------------------------------------------------------------

SHEETS = 15 / 1200  # A4 sheets a word: a chapter of 1,200 words takes 15 at most


def sheets(page: Page) -> int:
    """Return how many A4 sheets a page prints to."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def prose_words(page: Page) -> int:
    """Return how many words of prose a page has: none of tables, code, charts, boxes, the list of sources."""
    return page.evaluate("""() => {
      const copy = document.querySelector("article").cloneNode(true);
      copy.querySelectorAll(".cell, table, details, .visually-hidden, .sources-here, .opening")
        .forEach((part) => part.remove());
      return copy.textContent.split(/\\s+/).filter((word) => /\\w/.test(word)).length;
    }""")


def test_a_chapter_prints_to_few_sheets(charted_page, open_page):
    """A chapter whose print is mostly tables that nobody had opened."""
    page = open_page(f"{charted_page}.html")
    assert sheets(page) <= max(15, SHEETS * prose_words(page))


def test_paper_shows_what_the_screen_shows(open_page):
    """A table on paper that was folded on the screen, one that was opened and is not printed, or buttons."""
    page = open_page("trade.html", theme="dark")
    page.locator(".claim-box details > summary").first.click()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".claim-box table:visible").count() >= 1
    assert page.locator("figure.chart table:visible, details:not([open]):visible").count() == 0
    assert page.locator("header.site:visible, #contents:visible, .downloads:visible, .onward:visible, "
                        "[data-code-switch]:visible, .choices .selects:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(254, 254, 254)"
    assert page.locator(".sources-here > li:visible").count() > 10


@pytest.mark.parametrize("name", charted()[:2])
def test_a_chart_on_paper_is_one_with_its_title(name, open_page):
    """A title at the foot of one sheet and its picture at the head of the next."""
    page = open_page(f"{name}.html")
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(
        "figure.chart", "all => all.every((f) => getComputedStyle(f).breakInside === 'avoid')")
    assert page.eval_on_selector_all("figure.chart", "all => all.every((f) => f.offsetHeight < 950)")


def test_a_claim_of_the_register_is_not_torn_on_paper(open_page):
    """A claim's words at the foot of one sheet and its verdicts at the head of the next."""
    page = open_page("claims.html")
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(".ledger-entry", """all => all.length > 40
        && all.every((one) => getComputedStyle(one).breakInside === "avoid" && one.offsetHeight < 950)""")


def test_sheets_name_the_edition(site):
    """A sheet that does not say of which book and edition it is."""
    style = (site / "_static" / "report.css").read_text(encoding="utf-8")
    edition = re.search(r'data-edition="([^"]+)"', (site / "trade.html").read_text(encoding="utf-8"))[1]
    boxes = style[style.index("@page{"):]
    assert f"Edition {edition}" in boxes and "counter(page)" in boxes and "@top-left" in boxes
