"""Things as pages show them, and in the words that stand for them in every other format."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from report.data.package import load, package
from report.data.table import SOURCE_COLUMN, DataError
from report.data.rows import full_address, row_anchor, row_href, table_page
from report.rule import claims
from report.sphinx import claim_box, figure, row_pages
from report.sphinx.domain import report_domain
from report.sphinx.nodes import Thing, rendered
from tests.references import PROJECT

THINGS = ("domain", "nodes", "roles", "registers", "catalogue", "citing", "figure", "claim_box", "row_pages")


def spec(**more) -> dict:
    """Return a published specification as small as one can be."""
    address = load("trade/china_share").index[0]
    meta = {"name": "a-chart", "title": "A title with <marks> & \"quotes\"", "holds": True,
            "measure": "Percent", "note": "",
            "alt": "The share rises from 25 to 90 percent in fourteen years.", "claims": ["C14"],
            "tables": ["trade/china_share"], "sources": ["kotra_2015_edaily"], "source_line": "Source: KOTRA",
            "data": {"columns": ["year"], "headings": ["Year"], "rows": [[2014], [None]],
                     "source_ids": ["kotra_2015_edaily"] * 2, "addresses": [address] * 2}}
    return {"usermeta": {**meta, **more}}


@pytest.fixture
def drawn(monkeypatch, tmp_path) -> None:
    """Have charts drawn without drawing."""
    picture = '<svg class="{0}" width="680" height="400" viewBox="0 0 680 400"></svg>'
    made = {"wide": picture.format("wide"), "narrow": picture.format("narrow"), "png": tmp_path / "chart.png"}
    monkeypatch.setattr(figure, "pictures", lambda spec, build: made)


def placed(env, one: dict) -> figure.chart:
    """Return the node of a chart that stands on the page ``trade``."""
    report_domain(env).charts.setdefault("trade", {})[one["usermeta"]["name"]] = one
    return figure.chart("", ids=[f"fig-{one['usermeta']['name']}"], meta=one["usermeta"], page="trade")


@pytest.fixture
def env(small):
    """Return the environment of the small book, the charts of which are put back afterwards."""
    charts = report_domain(small[0].env).charts
    yield small[0].env
    charts.pop("trade", None)


def test_no_module_of_pages_writes_or_reads_html():
    """HTML put together from strings, which must be escaped by hand and can only be read back by pattern."""
    for path in (f"report/sphinx/{name}.py" for name in THINGS):
        code = (PROJECT / path).read_text(encoding="utf-8")
        assert not re.search(r"</?(a|p|div|span|td|tr|details|figure)\b[^`]*>", code), path
        assert "import re\n" not in code and "nodes.raw" not in code and "escape(" not in code, path


def test_titles_are_escaped(env, drawn):
    """A mark in a title that breaks the page."""
    one = placed(env, spec())
    html = rendered(one.template, **one.context(env))
    assert "A title with &lt;marks&gt; &amp; &#34;quotes&#34;" in html and "<marks>" not in html


def test_a_chart_leads_to_its_rows_sources_and_claims(env, drawn):
    """A value behind a chart whose row cannot be opened, or a chart that names no claim."""
    one = placed(env, spec())
    html = rendered(one.template, **one.context(env))
    assert f'href="{row_href(load("trade/china_share").index[0])}"' in html
    assert "references.html#source-kotra-2015-edaily" in html and 'href="claims.html#claim-c14"' in html


def test_the_code_that_made_a_chart_stands_under_it(env, drawn):
    """A chart whose code cannot be read, or the code of a function that is not there."""
    one = placed(env, spec(made_by="argument.trade.charts:value_share"))
    html = rendered(one.template, **one.context(env))
    assert '<details class="code" id="code-a-chart">' in html and "value_share" in html
    assert '<details class="code"' not in rendered(one.template, **placed(env, spec()).context(env))
    with pytest.raises(ExtensionError, match=r"argument\.trade\.charts:gone"):
        figure.source_code("argument.trade.charts:gone")


def test_a_finding_that_no_longer_holds_is_marked(env, drawn):
    """Changed data under a title of which the reader is not told that it changed."""
    one = placed(env, spec(holds=False))
    assert 'class="changed"' in rendered(one.template, **one.context(env))


def test_a_chart_has_words(env, drawn):
    """A chart that is nothing on paper or to a reader of plain text."""
    said = "\n".join(node.astext() for node in placed(env, spec()).words(env))
    parts = "A title with", "Percent", "rises from 25 to 90", "Source: KOTRA", "C14"
    assert [part for part in parts if part not in said] == []


def test_a_claim_box_offers_its_address_citation_and_readings(small):
    """A box without what a reader can do with the claim."""
    box = claim_box.claim_box("", ids=["box-c14"], claim="C14", page="trade")
    html = rendered(box.template, **box.context(small[0].env))
    assert 'id="box-c14"' in html and 'class="claim-actions"' in html and "Cite C14" in html
    assert html.count("<tr") > 4 and html.endswith("</section>")


class Balanced(HTMLParser):
    """Counts the elements that are opened and not closed."""

    VOID = frozenset({"link", "br", "hr", "img", "input", "meta", "use", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["claims", "data", "references"])
def test_registers_are_whole_pages(name, small):
    """A template that leaves an element open, so that all after it stands inside it."""
    parser = Balanced()
    parser.feed((small[1] / f"{name}.html").read_text(encoding="utf-8"))
    assert parser.open == []


def test_every_other_format_has_the_words(worded):
    """A citation, a claim, a verdict or a source that only HTML prints."""
    text = {p.stem: " ".join(p.read_text(encoding="utf-8").split())
            for p in Path(worded.outdir).glob("*.txt")}
    assert "(KOTRA via Edaily (2016); " in text["trade"]
    assert "C14 (mostly supported then and now)" in text["trade"]
    assert all(f"{c.id} {c.text.split()[0]}" in text["claims"] for c in claims().values())
    assert "mostly supported (2 of 3 met)" in text["claims"] and "not met (then)" in text["claims"]
    assert "Cited in: A chapter" in text["references"] and "Sources: " in text["data"]


def test_no_thing_is_left_where_nothing_can_print_it(worded, pages):
    """A thing that reaches a format without a template."""
    for name in pages:
        doctree = worded.env.get_and_resolve_doctree(name, worded.builder)
        assert not list(doctree.findall(Thing)) and not list(doctree.findall(nodes.raw))


# Rows -------------------------------------------------------------------------------------------------------

def test_the_address_of_a_row_is_its_table_and_its_key():
    """An address that a reader could not guess from the one in the ledger."""
    assert row_href("trade/china_share#2014|kotra") == "rows/trade-china-share.html#2014-kotra"


@pytest.mark.parametrize("name", sorted(package().tables))
def test_each_row_has_an_address_of_its_own(name):
    """Two rows with one address, a row without one, or one whose address is a part of every page."""
    anchors = [row_anchor(address) for address in load(name).index]
    assert len(set(anchors)) == len(anchors) and all(anchors)
    assert not set(anchors) & {"main", "contents", "on-page"}


def test_each_table_has_a_page_with_every_cell(small):
    """A row that cannot be opened, or a page that leaves out a cell or a source."""
    for name, table in package().tables.items():
        html = (small[1] / f"{table_page(name)}.html").read_text(encoding="utf-8")
        assert html.count("<tr id=") == len(load(name))
        assert html.count("<td>") == len(load(name)) * (len(table.fields))
        sourced = len(load(name)) if SOURCE_COLUMN in table.fields else 0
        assert html.count('href="../references.html#source-') >= sourced


def test_a_corrected_cell_shows_what_is_used():
    """A row that shows a misprint as if the book used it."""
    one = load("corrections").iloc[0]
    anchor = row_anchor(f"{one['table']}#{one['key']}")
    row = next(r for r in row_pages.rows_of(package().tables[one["table"]]) if r["anchor"] == anchor)
    assert (one["printed_value"], one["value_used"]) in row["cells"]


def test_the_short_address_of_the_cite_page_leads_to_one_row(small):
    """An address that the book tells its readers to use, and that leads nowhere."""
    full = "trade/china_share#2014|total|without|estimated|kotra_2014_ajunews"
    assert full_address("trade/china_share#2014|kotra") == full_address(full) == full
    html = (small[1] / "rows" / "trade-china-share.html").read_text(encoding="utf-8")
    row = html.split(f'<tr id="{row_anchor(full)}">')[1].split("</tr>")[0]
    assert '<span id="2014-kotra"></span>' in row
    assert f'<a href="#{row_anchor(full)}">{full.split("#")[1]}</a>' in row


@pytest.mark.parametrize("address", ["trade/china_share#1066|kotra", "trade/no_such_table#2014|kotra",
                                     "trade/chinese_firms#2014"])
def test_an_address_of_no_row_is_refused(address):
    """A short address that is guessed: of no row, of no table, or of several rows."""
    with pytest.raises(DataError, match="no row is called"):
        full_address(address)


def test_no_key_holds_a_value():
    """A key with a measured number in it: a correction would change the row's address."""
    for name, table in package().tables.items():
        kinds = {field["name"]: field for field in table.description["schema"]["fields"]}
        assert not [part for part in table.key if kinds[part]["type"] == "number"], name
