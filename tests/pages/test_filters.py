"""The ledger's filters in a real browser: over http and from a file, kept in the address, out of
the way without scripts.
"""

import re

import pytest

from report.rule import claims
from report.book import readings, verdicts
from tests.pages.conftest import until

ENTRIES = ".ledger-entry:visible"


def expected(section=None, verdict=None, kind=None, vantages=("then", "now")) -> int:
    return sum((not section or c.section == section) and (not kind or c.kind == kind)
               and (not verdict or verdict in [verdicts(c.id)[v].word for v in vantages])
               for c in claims().values())


@pytest.mark.parametrize("protocol", ["http", "file"])
def test_filters_come_from_the_address_and_go_back_into_it(open_page, protocol):
    """A view that cannot be shared, or a filter that shows claims it should not."""
    page = open_page("claims.html?section=3&verdict=mixed", protocol=protocol)
    assert page.locator(ENTRIES).count() == expected(section=3, verdict="mixed")
    page.select_option("select[name=section]", "")
    assert page.locator(ENTRIES).count() == expected(verdict="mixed")
    page.select_option("select[name=vantage]", "now")
    assert page.url.endswith("claims.html?verdict=mixed&vantage=now")
    assert page.locator(ENTRIES).count() == expected(verdict="mixed", vantages=("now",))
    assert not page.locator(".strips .then:visible, .readings-then:visible").count()
    page.reload()
    assert page.locator(ENTRIES).count() == expected(verdict="mixed", vantages=("now",))
    page.get_by_role("button", name="Show all").click()
    until(page, "location.search === ''")
    assert page.locator(ENTRIES).count() == len(claims())
    assert not page.troubles


def test_moved_verdicts_can_be_chosen(open_page):
    """A list of verdicts that moved with one that did not, or without one that did."""
    page = open_page("claims.html?verdict=moved")
    moved = {c.id for c in claims().values()
             if None not in (w := [v.word for v in verdicts(c.id).values()]) and w[0] != w[1]}
    shown = page.locator("section[id^=claim-]:visible").evaluate_all("all => all.map((s) => s.id)")
    assert {s.removeprefix("claim-").upper() for s in shown} == moved


def test_a_link_to_a_reading_opens_it_whatever_the_filters(open_page):
    """A number in the text that leads to a reading which a filter or a closed table hides."""
    page = open_page("claims.html?section=1#c14-kotra-then")
    until(page, "document.querySelector('#c14-kotra-then').checkVisibility()")
    assert page.locator(ENTRIES).count() == len(claims())


def test_a_mark_leads_to_its_reading(open_page):
    """Marks that say nothing when pointed at, and lead nowhere."""
    page = open_page("claims.html")
    first = readings("C14")[0]
    mark = page.locator(f'use[data-r="{first.id}"]')
    mark.scroll_into_view_if_needed()
    mark.hover()
    assert first.label in mark.locator("title").text_content()
    mark.click()
    until(page, f"document.getElementById('{first.id}').checkVisibility()")
    assert page.url.endswith(f"#{first.id}")


def test_without_scripts_every_claim_is_shown(open_page):
    """A form that does nothing, or claims that only a script can show."""
    page = open_page("claims.html?section=3", java_script_enabled=False)
    assert page.locator(ENTRIES).count() == len(claims())
    assert not page.locator(".ledger-filters").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_strips_fit_their_column(open_page, width):
    """Marks or labels that run out of the page on a phone."""
    page = open_page("claims.html", width=width)
    edge = page.evaluate("document.documentElement.clientWidth")
    ends = page.locator(".strip text, .strip use").evaluate_all("all => all.map((e) => "
                                                                "e.getBoundingClientRect().right)")
    assert max(ends) <= edge and re.search(r"\d+ of \d+ claims",
                                           page.locator(".ledger-filters output").text_content())
