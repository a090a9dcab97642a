"""Figures that answer the reader: a mark leads to its source, a choice is kept in the page's address."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import charted, names, touch


def with_choices(site) -> list[str]:
    return [n for n in names() if '<form class="choices"' in (site / f"{n}.html").read_text(encoding="utf-8")]


def test_a_mark_leads_to_its_source(open_page, site):
    """A click on a mark that opens nothing, or another host's page in place of the register of sources."""
    page = open_page(f"{charted()[0]}.html")
    for picture in page.query_selector_all(".picture"):
        touch(page, picture)
        marks = picture.query_selector_all(".live svg path")
        linked = [m for m in marks if m.evaluate("(m) => Boolean(m.__data__?.href && m.__data__.tooltip)")]
        if linked:
            break
    before = page.url
    linked[0].click(force=True)
    page.wait_for_url(lambda url: url != before)
    assert re.search(r"/(references|claims)\.html#\w", page.url)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_choice_is_answered_and_shared(width, open_page, site):
    """A choice that changes nothing, or is lost when the page's address is passed on."""
    for name in with_choices(site)[:3]:
        page = open_page(f"{name}.html", width=width)
        form = page.query_selector("form.choices")
        said = before = form.query_selector("output").text_content()
        for select in form.query_selector_all("select"):
            for value in select.eval_on_selector_all("option", "all => all.map((o) => o.value)"):
                if said == before:
                    select.select_option(value)
                    said = form.query_selector("output").text_content()
        assert said != before
        shared = page.url.split("/")[-1]
        assert f"{form.get_attribute('data-name')}." in shared
        again = open_page(shared, width=width)
        assert again.query_selector("form.choices output").text_content() == said


def test_an_unknown_choice_in_the_address_is_ignored(open_page, site):
    """An address with a misspelt choice that leaves the page empty or broken."""
    name = with_choices(site)[0]
    first = open_page(f"{name}.html").get_attribute("form.choices", "data-name")
    page = open_page(f"{name}.html?{first}.nothing=none&{first}.base-year=9999")
    assert page.query_selector("form.choices output").text_content().strip()
    assert page.troubles == []


@pytest.mark.parametrize("fragment", ["%", "100%", "%E0%A4%A"])
def test_a_malformed_fragment_is_harmless(fragment, open_page):
    """An address mangled on its way that stops the page's scripts: filters and theme dead."""
    page = open_page(f"claims.html#{fragment}")
    all_claims = page.inner_text(".ledger-filters output")
    page.select_option("select[name=section]", "1")
    assert page.inner_text(".ledger-filters output") != all_claims
    assert page.troubles == []


def test_a_day_is_the_same_in_every_zone(open_page):
    """A tooltip that names the day before, or an axis that loses a label, where the
    reader's clock is not in UTC.
    """
    told = {zone: _told(open_page, zone) for zone in ("UTC", "Asia/Seoul", "America/New_York")}
    assert told["UTC"][0] and told["Asia/Seoul"] == told["UTC"] == told["America/New_York"]


def _told(open_page, zone: str) -> list[list[str]]:
    """Return the tooltips and the words of the first chart with dates, as a browser in a zone shows them."""
    page = open_page("thaad.html", timezone_id=zone)
    picture = page.query_selector(".picture")
    touch(page, picture)
    return picture.evaluate("""(picture) => [
      [...picture.querySelectorAll(".live svg *")].map((n) => JSON.stringify(n.__data__?.tooltip))
        .filter(Boolean),
      [...picture.querySelectorAll(".live text")].map((t) => t.textContent)]""")
