"""Claims, readings, sources, tables and rows have addresses; what points at them resolves or says why."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError
from sphinx.util.inventory import InventoryFile

from report.book import number, reading_at, verdicts
from report.data.rows import row_href
from report.data.sources import anchor
from report.prose import formatted
from report.rule import claims
from report.sphinx.domain import ReportDomain, missing, report_domain
from tests.sphinx.conftest import build


@pytest.fixture(scope="module")
def page(small) -> str:
    return (small[1] / "trade.html").read_text(encoding="utf-8")


def leads(page: str, href: str) -> str:
    """Return what the link to an address says, without markup."""
    found = re.search(rf'<a [^>]*href="{re.escape(href)}"[^>]*>(.*?)</a>', page, re.S)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def test_values_lead_to_what_they_rest_on(page):
    """A number of the prose that is typed, that differs from the ledger, or that leads nowhere."""
    counted = reading_at("c12-gacc-2014-then")
    assert leads(page, f"claims.html#{counted.id}") == formatted(counted.value, ",.0f")
    gap = number("trade", "gap-2014")
    assert leads(page, row_href(gap.rows[0])) == formatted(gap.value, ",.0f")
    assert f"{len(gap.rows)} rows of trade/china_trade" in page


def test_a_variant_is_named_by_its_key(page):
    """A variant that prints the value of the reading it belongs to."""
    one = reading_at("c14-kotra-then")
    variant = next(v for v in one.variants if v.key == "kotra-without-out")
    said = re.findall(r'<a class="traced[^>]*href="claims.html#c14-kotra-then"[^>]*>([^<]*)<', page)
    assert said == [formatted(variant.value, ".1f")]


def test_verdicts_are_printed_in_words_and_counts(page):
    """A verdict that is typed, or counts of another vantage."""
    found = verdicts("C14")["now"]
    said = re.findall(r'<a class="traced[^>]*href="claims.html#claim-c14"[^>]*>([^<]*)<', page)
    assert said == [found.word, f"{found.met} of {found.readings}", f"{found.units} votes"]


def test_plain_links_find_claims_and_readings(page):
    """A link to an address of the ledger that only a role could make."""
    assert leads(page, "claims.html#c14-kotra-then") and ">The claim</" in page and ">a reading</" in page


def test_nothing_of_it_is_raw(small):
    """A citation or a value that no other format than HTML would print."""
    doctree = small[0].env.get_doctree("trade")
    assert not [n for n in doctree.findall() if n.tagname == "raw"]
    assert "(KOTRA via Edaily (2016); " in doctree.astext()


def test_another_book_can_cite(small):
    """A claim, reading, source or table that objects.inv leaves out, or puts where it is not."""
    with (small[1] / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: base + uri)
    assert set(inventory["report:claim"]) == set(claims())
    assert inventory["report:claim"]["C14"][2] == "claims.html#claim-c14"
    assert inventory["report:reading"]["c14-kotra-then"][2] == "claims.html#c14-kotra-then"
    assert inventory["report:source"]["kotra_2015_edaily"][2] == "references.html#source-kotra-2015-edaily"
    assert inventory["report:table"]["trade/china_share"][2] == "data.html#table-trade-china-share"
    for kind in ("claim", "reading", "source", "table"):
        for *_, uri, _ in inventory[f"report:{kind}"].values():
            name, anchor = uri.split("#")
            assert f'id="{anchor}"' in pages_of(small)[name], uri


def pages_of(small) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in small[1].glob("*.html")}


def test_a_page_that_goes_takes_its_things_along(small):
    """A register that still names what stood on a page that is gone, or lost what another process read."""
    domain = report_domain(small[0].env)
    kept = {part: dict(domain.data[part]) for part in ("objects", "charts", "cited", "sections", "asked")}
    assert domain.cited["trade"] == ["kotra_2015_edaily", *["gacc_2014_dailynk"] * 2]
    domain.clear_doc("trade")
    domain.clear_doc("claims")
    assert "trade" not in domain.cited and ("claim", "C14") not in domain.objects
    assert ("source", "kotra_2015_edaily") in domain.objects
    domain.merge_domaindata(["trade", "claims"], kept)
    assert {part: domain.data[part] for part in kept} == kept


FAULTS = {
    "{cite}`no_such_source`": "citation 'no_such_source' is not in data/sources.bib; add it there or correct",
    "{claim}`C99`": "no claim 'C99'; the claims are C01 to C",
    "{claim}`C14`": "claim 'C14' stands on no page of this build; add a page with {claims-ledger}",
    "{reading}`c14-nobody-then:.1f`": "C14 has no reading 'c14-nobody-then'; known are c14-",
    "{reading}`c14-kotra-then`": "a number needs a format, such as :.0f or :,.1f, behind its name",
    "{reading}`c14-kotra-then:.1q`": "'.1q' is no format of a number",
    "{reading}`c14-kotra-then/other:.1f`": "c14-kotra-then has no variant 'other'; known are kotra-without-",
    "{verdict}`C14 soon`": "write the id of a claim, a vantage",
    "{verdict}`C18 now`": "has no verdict now; leave it out",
    "{measure}`no-such:.0f`": "chapter trade names no number 'no-such'; add it to numbers() of its evidence",
    "{measure}`gap-2014`": "a number needs a format",
    "{measure}`years-above-70:.0f`": "is words, which have no format; leave '.0f' out",
    "{report:table}`trade/none`": "no table 'trade/none' is described in data/; correct the name",
}


@pytest.fixture(scope="module")
def warnings(tmp_path_factory) -> list[str]:
    """Return what is said of a page on which each line has one fault."""
    body = "# A page\n\n" + "".join(f"Line {said}.\n\n" for said in FAULTS)
    return build(tmp_path_factory.mktemp("faults"), "html", {"trade": body})[1].splitlines()


@pytest.mark.parametrize("said", FAULTS, ids=list(FAULTS))
def test_each_fault_is_named_with_its_place_and_its_mend(said, warnings):
    """A reference that dangles in silence, or a message without file, line, name or fix."""
    line = 3 + 2 * list(FAULTS).index(said)
    assert [w for w in warnings if f"trade.md:{line}:" in w and FAULTS[said] in w], "\n".join(warnings)


def test_a_register_names_what_a_changed_page_cites(tmp_path, pages):
    """A register that is not written again when another page cites another source."""
    changed = "kotra_2015_edaily", "hotair_2009"
    for told in (pages, {**pages, "trade": pages["trade"].replace(*changed)}):
        assert build(tmp_path, "html", told)[1] == ""
        text = (tmp_path / "out" / "html" / "references.html").read_text(encoding="utf-8")
        entries = {id: re.search(rf'id="source-{anchor(id)}".*?</div>', text, re.S)[0] for id in changed}
        citing = {id for id, entry in entries.items() if "Cited in: " in entry}
        assert citing == {next(id for id in changed if id in told["trade"])}


def test_a_reference_to_a_row_that_is_gone_says_so():
    """A row that was renamed, and whose links lead nowhere."""
    assert "no row is called 'trade/china_share#1066|kotra'" in missing("row", "trade/china_share#1066|kotra")


def test_a_chart_on_a_claim_that_is_not_there_is_told(monkeypatch):
    """A misspelt claim of a chart, found only as a link that leads nowhere, without the chart's name."""
    domain, told = ReportDomain(SimpleNamespace(domaindata={}, docname="bread")), []
    domain.note_chart({"usermeta": {"name": "loaves", "title": "Loaves", "claims": ["C14", "C99"]}})
    monkeypatch.setattr("report.sphinx.domain.LOGGER.warning",
                        lambda said, **at: told.append((at["location"], said)))
    domain.check_consistency()
    assert [place for place, _ in told] == ["bread"]
    assert told[0][1].startswith("chart 'loaves': claims= data/claims.csv has no claim 'C99'")


def test_a_page_has_one_chart_of_a_name():
    """A second chart of a page under one name, whose data overwrite those of the first; a page that is read
    again, whose own chart is called the second.
    """
    domain = ReportDomain(SimpleNamespace(domaindata={}, docname="bread"))
    one = {"usermeta": {"name": "loaves", "title": "Loaves", "claims": []}}
    domain.note_chart(one)
    domain.clear_doc("bread")
    domain.note_chart(one)
    with pytest.raises(ExtensionError, match="chart 'loaves' is published on bread and once more on bread"):
        domain.note_chart(one)
