"""What each chart, claim and page offers: files, code, citation, an address of its
own, a preview of its own.
"""

from __future__ import annotations

import csv
import json
import re
from html import unescape

import pytest

from report import identity
from report.article import article
from report.sphinx.page import launch
from report.sphinx.claim_box import claim_actions
from report.sphinx.links import dead_links
from tests.pages.conftest import charted, names


@pytest.fixture(scope="module")
def html(site) -> dict[str, str]:
    return {n: (site / f"{n}.html").read_text(encoding="utf-8") for n in names()}


def figures(text: str) -> list[str]:
    return re.findall(r'<figure class="chart".*?</figure>', text, flags=re.S)


def test_each_chart_offers_its_files(html, site):
    """A chart without image, data or specification, or with an empty one."""
    for text in html.values():
        for figure in figures(text):
            name = re.search(r'id="fig-([^"]+)"', figure)[1]
            for suffix in ("csv", "svg", "png", "vl.json"):
                path = site / "charts" / f"{name}.{suffix}"
                assert f'href="charts/{path.name}"' in figure and path.stat().st_size > 100
            with (site / "charts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            assert rows[0][-2:] == ["source_id", "row"] and len(rows) > 1
            assert json.loads((site / "charts" / f"{name}.vl.json").read_text(encoding="utf-8"))["usermeta"][
                "name"] == name
            picture = (site / "charts" / f"{name}.svg").read_text(encoding="utf-8")
            assert 'role="img"' in picture and "<title>" in picture and "<desc>" in picture


def test_each_chart_leads_to_its_code_and_itself(html):
    """A chart whose code cannot be found, or that has no address or citation."""
    for page, text in html.items():
        for figure in figures(text):
            name = re.search(r'id="fig-([^"]+)"', figure)[1]
            assert f'href="#code-{name}"' in figure and f'id="code-{name}"' in text, f"{page}: {name}"
            assert f'href="#fig-{name}"' in figure
            assert identity.AUTHOR in figure and "edition" in figure


def test_the_code_of_a_chart_opens(open_page):
    """A link to code that stays folded away."""
    page = open_page(f"{charted()[0]}.html")
    page.click("figure.chart .behind summary")
    page.click("figure.chart .downloads a[href^='#code-']")
    page.wait_for_selector("details.code[open] pre:visible")


def test_each_claim_offers_its_address_and_citation(html):
    """A claim's box or entry without link and citation."""
    for text in html.values():
        boxes = re.findall(r'<section class="claim-box".*?</section>', text, flags=re.S)
        assert [b for b in boxes if 'class="claim-actions"' not in b or "Cite" not in b] == []
    assert html["claims"].count('class="claim-actions"') == html["claims"].count('class="ledger-entry"')


def test_an_error_can_be_reported_once_the_repository_is_known(monkeypatch, html):
    """A dead "report an error" while the repository is not known, or none when it is."""
    monkeypatch.setattr(identity, "REPOSITORY", None)
    assert "Report an error" not in claim_actions("C14")
    monkeypatch.setattr(identity, "REPOSITORY", "https://github.com/owner/name")
    assert 'href="https://github.com/owner/name/issues/new?title=Error+in+C14' in claim_actions("C14")


def test_each_page_has_its_own_preview(html):
    """Pages that look alike in a search engine, a tab or a shared link."""
    titles = {n: unescape(re.search(r"<title>(.*?)</title>", t)[1]) for n, t in html.items()}
    assert len(set(titles.values())) == len(titles)
    said = {n: re.search(r'<meta name="description" content="([^"]+)"', t) for n,
            t in html.items() if n != "search"}
    assert [n for n, found in said.items() if not found or not 40 <= len(unescape(found[1])) <= 210] == []
    assert [n for n, t in html.items() if 'property="og:title"' not in t or 'rel="icon"' not in t] == []
    if identity.SITE is None:
        assert [n for n, t in html.items() if "og:image" in t or 'rel="canonical"' in t] == []


def test_every_link_within_the_book_leads_somewhere(site):
    """A link to a page, a file or an address on a page that is not there."""
    assert dead_links(site) == []


def test_no_price_becomes_a_formula(html):
    """Dollar signs read as mathematics, which would also need a library from another host."""
    assert [n for n, t in html.items() if 'class="math' in t] == []


def test_a_chapter_can_be_run_once_the_repository_is_known(monkeypatch):
    """A button that leads nowhere while the repository is not known, or none when it is."""
    monkeypatch.setattr(identity, "REPOSITORY", None)
    assert launch("trade") is None
    monkeypatch.setattr(identity, "REPOSITORY", "https://github.com/owner/name")
    state = f"v{article().edition}" if article().is_released else "HEAD"
    notebook = "lab/tree/chapters/trade.md"
    assert launch("trade") == f"https://mybinder.org/v2/gh/owner/name/{state}?urlpath={notebook}"
