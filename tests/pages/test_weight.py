"""A page is light: little is loaded to open it, nothing from elsewhere, and charts'
libraries only when touched.
"""

from __future__ import annotations

import gzip

import pytest

from tests.pages.conftest import charted, touch

LIMIT = 350_000  # bytes, gzipped, of all that a page loads when first opened
COMPRESSED = (".woff2", ".png")


def weight(responses) -> dict[str, int]:
    """Return the gzipped size of each response."""
    return {r.url: len(r.body()) if r.url.split("?")[0].endswith(COMPRESSED)
            else len(gzip.compress(r.body(), 6)) for r in responses}


def to_open(responses) -> list:
    """Return the responses that a page asked for to be shown, and none that was fetched ahead."""
    return [r for r in responses if r.request.headers.get("sec-purpose") != "prefetch"]


def test_a_page_opens_light_and_without_errors(page_name, open_page, address):
    """A library, icon set or search index loaded by every page, a request to another host, a
    missing file or a script error.
    """
    page = open_page(f"{page_name}.html")
    page.wait_for_load_state("networkidle")  # half a second without a request
    sizes = weight(to_open(page.asked))
    assert page.troubles == []
    assert [u for u in sizes if not u.startswith(address)] == []
    assert [r.url for r in page.asked if r.status >= 400] == []
    assert sum(sizes.values()) <= LIMIT, sizes
    if page_name != "search":
        assert [u for u in sizes if "vega" in u or "search" in u.split("/")[-1] or "/charts/" in u] == []


def test_the_chart_library_is_loaded_once(open_page, site):
    """Vega loaded before anyone touches a chart, or again for each chart."""
    name = max(charted(),
               key=lambda n: (site / f"{n}.html").read_text(encoding="utf-8").count('<figure class="chart"'))
    page = open_page(f"{name}.html")
    pictures = page.query_selector_all(".picture")
    for picture in pictures[:2]:
        touch(page, picture)
    assert sum("vega.js" in r.url for r in to_open(page.asked)) == 1
    assert sum("/charts/" in r.url for r in page.asked) == min(2, len(pictures))


def test_nothing_unused_is_published(site):
    """The theme's scripts, styles and icons copied into the site although no page refers to them."""
    kept = {str(p.relative_to(site / "_static")) for p in (site / "_static").rglob("*") if p.is_file()}
    assert not [k for k in kept if any(word in k for word in ("fontawesome", "bootstrap", "pydata", "thebe",
                                                              "togglebutton", "locales", "searchtools"))]
    assert sum((site / "_static" / k).stat().st_size for k in kept) < 3_000_000


@pytest.mark.parametrize("width", [1280, 360])
def test_the_first_chart_is_there_with_the_first_paint(width, open_page):
    """A chart that waits for a script or for another request."""
    page = open_page(f"{charted()[0]}.html", width=width, java_script_enabled=False)
    shown = page.query_selector(".picture svg:visible")
    assert shown and shown.bounding_box()["height"] > 100
