"""Without JavaScript, on paper and over file:// the book is whole."""

from __future__ import annotations

from tests.pages.conftest import charted, touch


def test_without_javascript_nothing_is_missing(page_name, open_page):
    """Text, charts, verdicts or tables that only a script puts on the page, or a control that
    does nothing without one.
    """
    page = open_page(f"{page_name}.html", java_script_enabled=False)
    figures = page.query_selector_all("figure.chart")
    assert sum(f.query_selector(".picture svg:visible") is not None for f in figures) == len(figures)
    assert sum(f.query_selector("table tbody tr") is not None for f in figures) == len(figures)
    assert page.query_selector_all("[data-theme-toggle]:visible, .choices .selects:visible") == []
    assert page.is_visible("[data-search]")


def test_without_javascript_the_dark_theme_holds(open_page):
    """A dark system shown a light page until a script has run."""
    page = open_page(f"{charted()[0]}.html", theme="dark", java_script_enabled=False)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 24, 30)"


def test_over_file_charts_turn_interactive(open_page):
    """A chart whose data are fetched, which browsers refuse over file://."""
    page = open_page(f"{charted()[0]}.html", protocol="file")
    touch(page, page.query_selector(".picture"))
    assert page.troubles == []


def test_over_file_search_works(open_page):
    """A search index that is fetched, which browsers refuse over file://."""
    page = open_page("search.html?q=trade", protocol="file")
    page.wait_for_selector(".results li")
    assert page.troubles == []
