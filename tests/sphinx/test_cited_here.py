"""Citations of a page: a number in the sentence, the source in full at the end of the same page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from docutils import nodes
from lxml import html

from report.data.sources import sources
from report.dates import in_words
from report.sphinx.cited_here import TITLE, entry, entry_id

CITED = ("kotra_2015_edaily", "gacc_2014_dailynk")  # by the chapter of the small book, in this order


@pytest.fixture(scope="module")
def page(small) -> html.HtmlElement:
    return html.fromstring((small[1] / "trade.html").read_text(encoding="utf-8"))


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_sentence_cites_by_number(page):
    """A name in the sentence, a source that is numbered twice, or a space before the number."""
    credits = page.find_class("credit")
    assert [said(c) for c in credits] == ["[source 1, source 2]", "[source 2]"]
    assert "once more[source 2]." in said(page.find_class("credit")[1].getparent())


def test_a_number_leads_to_its_source_on_the_page(page):
    """A number that leads nowhere without a script, or on paper."""
    assert [a.get("href") for a in page.find_class("cite")] == [
        f"#{entry_id(id)}" for id in (*CITED, CITED[1])]
    assert [li.get("id") for li in page.xpath("//ol[contains(@class, 'sources-here')]/li")] == [
        entry_id(id) for id in CITED]


@pytest.mark.parametrize("id", CITED)
def test_an_entry_is_the_whole_citation(id, page):
    """An entry that does not say who made a figure, who carried it, when, where, or how it was read."""
    source, entry = sources()[id], page.get_element_by_id(entry_id(id))
    told = said(entry)
    assert all(part in told for part in (source.producer, source.carrier, source.title,
                                         in_words(source.date), in_words(source.accessed), "Read as"))
    addresses = [a.get("href") for a in entry.iter("a")]
    assert addresses == [source.url, source.href]


def test_an_entry_says_where_a_copy_is_kept():
    """A source whose page is gone and no way to the copy that the register knows; a way where none is."""
    source = sources()[CITED[0]]
    kept = replace(source, archived="https://web.archive.org/web/2017/https://example.org/page")
    told = entry(kept, "trade")
    assert f"{source.title} (archived). Read as" in told.astext()
    assert kept.archived in [ref["refuri"] for ref in told.findall(nodes.reference)]
    assert "archived" not in entry(source, "trade").astext()


def test_other_formats_name_sources_in_the_sentence(worded):
    """Numbers in a format that has no such list."""
    text = " ".join((worded.outdir / "trade.txt").read_text(encoding="utf-8").split())
    assert TITLE not in text and not re.search(r"\[source", text)
    assert all(sources()[id].short in text for id in CITED)
