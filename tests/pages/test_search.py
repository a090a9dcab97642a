"""Search finds claims, charts, tables, sources and sections by their words, with no server."""

from __future__ import annotations

import json
import re

import pytest

from report.rule import claims
from report.data.package import package
from report.data.sources import sources
from tests.pages.conftest import charted, names
from tests.pages.test_access import violations
from tests.pages.test_languages import UNTOLD


@pytest.fixture(scope="module")
def index(site) -> list[list[str]]:
    script = (site / "_static" / "search-index.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.reportIndex=").rstrip().rstrip(";"))


def of_kind(index, kind: str) -> list[list[str]]:
    return [entry for entry in index if entry[0] == kind]


def test_everything_is_in_the_index(index, site):
    """A claim, table, source or chart that no search can find."""
    assert len(of_kind(index, "claim")) == len(claims())
    assert len(of_kind(index, "table")) == len(package().tables)
    assert len(of_kind(index, "source")) == len(sources())
    figures = sum((site / f"{n}.html").read_text(encoding="utf-8").count('<figure class="chart"')
                  for n in names())
    assert len(of_kind(index, "chart")) == figures


def test_every_entry_leads_to_its_place(index, site):
    """A result that leads to an address which is not on the page."""
    pages = {n: (site / f"{n}.html").read_text(encoding="utf-8") for n in names()}
    lost = [href for _, _, href, *_ in index
            if f'id="{href.split("#")[1]}"' not in pages[href.split(".html")[0]]]
    assert lost == []


def test_numbers_in_prose_are_indexed_once(index):
    """A glued number that enters the index in each of its formats."""
    assert [e[2] for e in of_kind(index, "section")
            if re.search(r"\b(\d{1,3}(?:[ \u202f]\d{3})+)\1", e[4])] == []


def hits(page, words: str) -> list[str]:
    page.fill(".search input", words)
    return page.eval_on_selector_all(".results li", "all => all.map((li) => "
                                                    "li.querySelector('.kind').textContent + ' ' + "
                                                    "li.querySelector('a').getAttribute('href'))")


def test_a_search_finds_each_kind(index, open_page):
    """A scorer that misses an entry asked for by its own words, or drowns it among others."""
    page = open_page("search.html")
    page.wait_for_selector(".search input")
    for kind in ("claim", "chart", "table", "source"):
        for entry in of_kind(index, kind)[:: max(1, len(of_kind(index, kind)) // 4)][:4]:
            assert any(h.endswith(entry[2]) for h in hits(page, entry[1])[:5]), entry[1]
    assert hits(page, "C14")[0].endswith("claims.html#claim-c14")
    assert hits(page, "zzzz qqqq") == []
    assert "Nothing" in page.inner_text(".count")


def test_the_header_searches_from_every_chapter(open_page):
    """A button that opens nothing, or results whose links are wrong from a chapter."""
    page = open_page(f"{charted()[0]}.html")
    page.click("[data-search]")
    page.wait_for_selector("dialog[open] input")
    page.keyboard.type("C14")
    page.click(".results li a")
    page.wait_for_url("**/claims.html#claim-c14")
    assert page.troubles == []


def test_a_search_can_be_shared(open_page):
    """A search whose words are not in the page's address."""
    page = open_page("search.html?q=KOTRA")
    page.wait_for_selector(".results li")
    assert page.input_value(".search input") == "KOTRA"


def test_a_search_can_be_made_by_keyboard(open_page):
    """A result that only a mouse opens; a list whose choice is not told to a screen reader."""
    page = open_page(f"{charted()[0]}.html")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open] input:focus")
    page.keyboard.type("trade")
    page.wait_for_selector(".results [role=option]")
    field = page.locator(".search input")
    assert field.get_attribute("role") == "combobox" and field.get_attribute("aria-expanded") == "true"
    assert page.locator(".results").get_attribute("id") == field.get_attribute("aria-controls")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(".results [aria-selected=true]")
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant") == "result-1"
    for _ in range(3):  # up to the first, to the field, round to the last
        page.keyboard.press("ArrowUp")
    last = page.locator(".results [role=option]").count() - 1
    assert field.get_attribute("aria-activedescendant") == f"result-{last}"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    goal = chosen.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{goal.removeprefix('./')}")
    assert page.troubles == []


def test_claims_come_first(open_page, index):
    """A claim below sources that merely have the word in their title."""
    page = open_page("search.html")
    page.wait_for_selector(".search input")
    found = hits(page, "refugee")
    assert found[0].startswith("Claim") and any(h.startswith("Source") for h in found)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_search_is_accessible(width, open_page):
    """A list of options that holds links of its own, a field whose list has no name."""
    page = open_page("search.html?q=trade", width=width)
    page.wait_for_selector(".results [role=option]")
    assert violations(page, {"include": [["[data-search-here]"]]}) == []


def test_a_result_says_its_language(index, open_page):
    """A title in another script that is read out by the page's rules."""
    other = next(e for e in index if e[0] == "source" and re.search("[\uac00-\ud7a3]{3}", e[1]))
    page = open_page("search.html")
    page.wait_for_selector(".search input")
    hits(page, re.search("[\uac00-\ud7a3]{3,}", other[1])[0])
    assert page.locator(".results [lang=ko]").count()
    assert page.evaluate(UNTOLD) == []
