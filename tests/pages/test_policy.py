"""A page runs the book's own scripts and nothing else, whatever stands in its tables or in its address."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from tests.pages.conftest import SITE, charted, names, settled, touch

HOSTILE = ["<img src=x onerror=window.ran=1>", "<script>window.ran=1</script>", "javascript:window.ran=1"]


def all_pages() -> list[str]:
    """Return every page of the site, those of tables too; the one that only leads to the first is none."""
    return sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html")
                  if p.name != "index.html")


def test_every_page_names_what_may_run(site):
    """A page without a policy, with a script that its policy does not name, or that reaches another host."""
    for name in all_pages():
        page = (site / name).read_text(encoding="utf-8")
        told = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        assert told, name
        allowed = dict(part.split(" ", 1) for part in told[1].split("; "))
        assert allowed["default-src"] == "'none'" and "http" not in told[1], name
        assert "unsafe" not in allowed["script-src"] and allowed["style-src"] == "'self'", name
        for script in re.findall(r"<script>(.*?)</script>", page, re.S):
            known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{known}'" in allowed["script-src"], name
        assert told.start() < page.index("<script"), name
        assert not re.search(r"<style|<iframe|<object|<embed|<base", page), name


@pytest.mark.parametrize("protocol", ["http", "file"])
def test_markup_put_into_a_page_runs_nothing(open_page, protocol):
    """A policy that a browser does not follow, so that a value that is markup would run."""
    page = open_page(f"{charted()[0]}.html", protocol=protocol)
    page.evaluate("""() => {
      const place = document.querySelector("main");
      place.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran=1'>");
      const script = document.createElement("script");
      script.textContent = "window.ran=1";
      place.append(script);
      const link = document.createElement("a");
      link.href = "javascript:window.ran=1";
      place.append(link);
      link.click();
    }""")
    assert settled(page).evaluate("window.ran") is None
    assert any("Content Security Policy" in said for said in page.troubles)


@pytest.mark.parametrize("protocol", ["http", "file"])
def test_charts_turn_interactive_under_the_policy(open_page, protocol):
    """A chart library that needs what the policy forbids: code made of text, styles of its own."""
    page = open_page(f"{charted()[0]}.html", protocol=protocol)
    for picture in page.query_selector_all(".picture")[:3]:
        touch(page, picture)
    assert page.troubles == []


@pytest.mark.parametrize("name", ["search", *(n for n in ("claims", *charted()[:1]) if n in names())])
@pytest.mark.parametrize("text", [*HOSTILE, "%", "%E0%A4%A", "\u202e", "a" * 5000])
def test_an_address_is_harmless(name, text, open_page):
    """A query or a fragment that runs, or that stops the page's script."""
    page = open_page(f"{name}.html?q={text}&section={text}&C01={text}#{text}")
    assert page.evaluate("window.ran") is None
    assert [t for t in page.troubles if "404" not in t] == []
    page.click("[data-theme-toggle]")
    assert page.get_attribute("html", "data-theme") == "dark"
