"""How a page opens: its lede, what is to be known of it, its claims with the signs of their verdicts."""

from __future__ import annotations

import pytest
from docutils import nodes
from lxml import html

from report import identity
from report.article import article
from report.rule import claims
from report.show import signs
from report.sphinx.nodes import source_credit
from report.sphinx.roles import PARTS
from report.sphinx.opening import WORDS_A_MINUTE, claims_of, minutes, words_of
from tests.sphinx.conftest import build


@pytest.fixture(scope="module")
def page(small) -> html.HtmlElement:
    return html.fromstring((small[1] / "trade.html").read_text(encoding="utf-8"))


def test_reading_time_is_that_of_the_prose():
    """Code, tables or the names of sources counted as words to read, or a page that takes no time."""
    cell = nodes.container("", nodes.paragraph(text="printed by code"), nb_element="cell_code")
    table = nodes.table("", nodes.paragraph(text="a cell of a table"))
    credit = source_credit("", "", nodes.Text("(KOTRA via Edaily (2016))"))
    prose = nodes.paragraph("", "four words of prose", credit)
    assert words_of(nodes.section("", prose, cell, table, nodes.literal_block(text="x = 1"))) == 4
    assert [minutes(n) for n in (0, WORDS_A_MINUTE, WORDS_A_MINUTE + 1)] == [1, 1, 2]


def test_a_page_says_how_long_it_takes_and_what_it_knows(page, small):
    """An opening without reading time, date or edition, or the number of another chapter's claims."""
    said = " ".join(page.find_class("opening")[0].text_content().split())
    assert f"{minutes(words_of(small[0].env.get_doctree('trade')))} minute" in said
    assert f"{len(claims_of('trade'))} claims" in said
    assert identity.day(article().as_of) in said and identity.EDITION in said


def test_the_first_paragraph_is_the_lede(page):
    """A lede that is no first sentence, or two of them."""
    first, = page.find_class("lede")
    assert first.getprevious().tag == "h1" and first.getnext() in page.find_class("opening")


def test_a_page_without_code_has_no_switch_for_it(page):
    """A control that changes nothing."""
    assert page.xpath("//*[@data-code-switch]") == []


def test_a_sign_says_then_and_now(page):
    """A sign that stands alone and does not say of when it is, to the eye or to the ear."""
    link = next(a for a in page.xpath("//p//a") if a.get("href") == "claims.html#claim-c14"
                and "claim-link" in a.get("class", ""))
    own = signs("C14")
    assert len(link.find_class("glyph")) == len(own.shown) == 2
    assert link.text_content().replace(" ", "").startswith("C14") and own.said in link.text_content()
    then, now = (line for line in link.get("title").split(PARTS) if line.startswith("As of"))
    assert f"{article().cutoff:%B %Y}" in then and "now" in now


def test_signs_in_words():
    """A claim whose two verdicts differ told as one, or a judgement that is given a sign."""
    said = {id: signs(id) for id in claims()}
    assert {len(one.shown) for one in said.values()} == {0, 2}
    assert all(" then, " in one.said or " then and now" in one.said for one in said.values() if one.shown)
    assert all((one.shown == ()) == (not claims()[id].kind.graded) for id, one in said.items())


def test_other_formats_have_no_opening(worded):
    """A book on paper that gives reading times, or a switch for code, as text."""
    assert "minute" not in (worded.outdir / "trade.txt").read_text(encoding="utf-8")


def test_a_chapter_without_label_or_lede_is_told(tmp_path):
    """A chapter to which no other can lead, or one that opens with code."""
    said = build(tmp_path, "html", {"trade": "# A chapter\n\n```\ncode\n```\n\nWords.\n"})[1]
    assert "trade.md:1: WARNING: the chapter has no label; write (ch-trade)= on the line before" in said
    assert "trade.md:1: WARNING: the chapter has no lede; write its first paragraph right under" in said
