"""A citation names edition, place and counts, in each form that scholars' tools read, and each form is valid.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import rispy
from citeproc import VARIABLES
from pybtex import PybtexEngine
from pybtex.database import parse_string

from report import identity
from report.article import article
from report.book import readings, verdicts
from report.data.package import altered, load, package
from report.data.sources import sources
from report.editions import linked, styles
from report.editions.record import (
    bibtex,
    chapter_record,
    chart_record,
    claim_record,
    csl_json,
    reading_record,
    ris,
    source_record,
    table_record,
    tags,
    whole,
)
from report.rule import VANTAGES, claims

CHART = {
    "name": "a-chart",
    "title": "The share rose to 90 percent & fell",
    "measure": "Percent",
    "alt": "…",
    "source_line": "Source",
}
PARTS = [
    chapter_record("trade", "Trade: what does it say?"),
    *map(claim_record, claims().values()),
    *map(reading_record, readings("C14")),
    chart_record(CHART, "trade"),
    *(table_record(package().tables[name]) for name in ("trade/china_share", "trade/us_cpi")),
    table_record(package().tables["trade/china_share"], "trade/china_share#2014|kotra"),
]
CITED = [*sources().values()][::40]
ALL = [whole(), *PARTS, *map(source_record, CITED)]


@pytest.fixture
def set_identity(monkeypatch):
    """Have site and DOI known."""
    monkeypatch.setattr(identity, "SITE", "https://example.org/book/")
    monkeypatch.setattr(identity, "DOI", "10.5281/zenodo.12345")


@pytest.fixture
def unset_identity(monkeypatch):
    """Have neither known, whatever the settings say."""
    for name in ("SITE", "REPOSITORY", "DOI"):
        monkeypatch.setattr(identity, name, None)


def test_a_claim_is_cited_with_its_verdicts():
    """A citation of a verdict without its vantage, its day or the counts beside the word."""
    for one in claims().values():
        told = claim_record(one).csl["genre"]
        for v in VANTAGES if one.kind.graded else ():
            assert verdicts(one.id)[v].phrase in told and verdicts(one.id)[v].counts in told
            day = article().cutoff if v == VANTAGES[0] else article().as_of
            assert f"as of {identity.day(day)}" in told


def test_a_verdict_that_moves_moves_its_citation():
    """A citation kept from before the data changed."""
    address = next(r.rows[0] for r in readings("C14") if r.id == "c14-kotra-then")
    before = claim_record(claims()["C14"]).csl["genre"]
    with altered(address, "share_pct" if "share_pct" in load(address.split("#")[0]) else "share", 1.0):
        assert claim_record(claims()["C14"]).csl["genre"] != before


@pytest.mark.parametrize("one", ALL, ids=lambda r: r.id)
def test_each_form_can_be_read_again(one):
    """A record that BibTeX, RIS or a CSL processor refuses or reads as something else."""
    entry = parse_string(bibtex([one]), "bibtex").entries[one.id]
    assert entry.fields["title"].strip("{}") and entry.persons["author"]
    read = rispy.loads(ris([one]))
    assert len(read) == 1 and read[0]["title"] == one.csl["title"]
    assert read[0]["authors"] == [one.csl["author"][0]["literal"]]
    (csl,) = json.loads(csl_json([one]))
    known = {name.replace("_", "-") for name in VARIABLES} | {"id", "type", "author", "issued", "accessed"}
    assert set(csl) <= known and csl == one.csl


@pytest.mark.parametrize("style", ["plain", "unsrt", "alpha"])
def test_bibtex_prints_the_edition(style):
    """An edition in a field that no style prints."""
    for one in (whole(), claim_record(claims()["C14"])):
        printed = PybtexEngine().format_from_string(bibtex([one]), style=style, output_backend="text")
        assert identity.EDITION in printed and identity.AUTHOR in printed


def test_an_archived_copy_is_cited():
    """A source whose address may be dead, cited without the copy that is kept."""
    one = replace(next(s for s in sources().values() if s.url), archived="https://web.archive.org/web/2016/x")
    for form in (bibtex, ris, csl_json):
        assert "Archived: https://web.archive.org/web/2016/x" in form([source_record(one)])


def test_an_address_is_not_escaped(set_identity):
    """An address with a backslash in it: \\# in BibTeX."""
    assert "claims.html#claim-c14" in bibtex([claim_record(claims()["C14"])])


def test_marks_in_place_of_titles_change_nothing():
    """A citation put together from another one's that the style itself would print otherwise."""
    for one in [*PARTS[::3], whole()]:
        for name, style in styles.STYLES.items():
            itself = styles.processed(style, json.dumps(styles._escaped(one.csl)))
            assert str(styles.styled(one)[name]) == itself, one.id


@pytest.mark.parametrize("one", ALL[: len(PARTS)], ids=lambda r: r.id)
def test_each_style_names_the_edition(one):
    """A style that drops the edition, or turns the name of a table into another."""
    for text in styles.styled(one).values():
        assert identity.EDITION in text and identity.AUTHOR in text
        if "genre" in one.csl and "/" in one.csl["genre"]:
            assert one.csl["genre"] in text


def test_titles_are_escaped():
    """A title that breaks the page."""
    for text in styles.styled(chart_record({**CHART, "title": "A <b> & B?"}, "trade")).values():
        assert "A &lt;b&gt; &amp; B?" in text


def test_a_question_ends_with_its_own_mark():
    """A full stop behind the mark that ends a title."""
    for text in styles.styled(chapter_record("trade", "Trade: what does it say?")).values():
        assert "say?" in text and "say?." not in text and "say?</i>." not in text


def test_nothing_is_invented(unset_identity):
    """An address or DOI that nobody has settled."""
    for one in [whole(), *PARTS]:
        told = csl_json([one]) + bibtex([one]) + ris([one]) + "".join(styles.styled(one).values())
        assert not re.search(r"https?://|doi", told, re.I), one.id


def test_what_is_set_is_cited(set_identity):
    """A DOI or address that is settled and left out; a part that passes for the whole by its DOI."""
    assert all("https://doi.org/10.5281/zenodo.12345" in text for text in styles.styled(whole()).values())
    part = claim_record(claims()["C14"])
    assert all("claims.html#claim-c14" in text for text in styles.styled(part).values())
    assert "DOI" not in part.csl and "10.5281/zenodo.12345" in part.csl["note"]
    assert "10.5281/zenodo.12345" in ris([part]) and "10.5281/zenodo.12345" in bibtex([part])


# What pages say to machines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [whole(), *PARTS], ids=lambda r: r.id)
def test_a_page_says_what_a_reference_manager_asks(one):
    """A page from which Zotero or Google Scholar takes no title, author or date."""
    told = dict(tags(one))
    assert {
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "DC.title",
        "DC.creator",
        "DC.date",
    } <= told.keys()
    part = "citation_inbook_title" in told
    assert part != ("citation_technical_report_institution" in told) and part == (one.kind != "report")
    assert re.fullmatch(r"\d{4}(/\d\d/\d\d)?", told["citation_publication_date"])


def test_a_sum_of_money_is_no_formula():
    """A title with a dollar, at which a reader of BibTeX gives up the whole list of sources."""
    priced = [one for one in map(source_record, sources().values()) if "$" in one.csl["title"]]
    assert priced
    for one in priced:
        assert not re.search(r"(?<!\\)\$", bibtex([one]).split("url =")[0]), one.id
        (entry,) = parse_string(bibtex([one]), "bibtex").entries.values()
        assert entry.fields["title"].strip("{}") == one.csl["title"].replace("$", r"\$").replace("%", r"\%")


def test_a_claim_is_a_part_of_the_book_for_reference_managers():
    """A type that Zotero does not know, so that it drops the book and the edition."""
    parts = (claim_record(claims()["C14"]), *map(reading_record, readings("C14")))
    assert {one.csl["type"] for one in parts} == {"chapter"}


@pytest.mark.parametrize("one", [whole(), *PARTS], ids=lambda r: r.id)
def test_a_reference_manager_keeps_the_name_and_the_edition(one):
    """A body that Zotero files as a person, its last word for a surname; a citation without its edition."""
    told = dict(tags(one))
    for name in ("citation_author", "DC.creator"):
        assert told[name] == f"{one.csl['author'][0]['literal']},", name
    assert told["prism.edition"] == one.csl["version"]
    if one.kind == "report":
        assert "DC.type" not in told and one.csl["version"] in told["citation_technical_report_number"]


def test_only_a_page_of_the_whole_has_the_doi(set_identity):
    """A chapter that a reference manager would file under the DOI of the whole."""
    assert dict(tags(whole()))["citation_doi"] == "10.5281/zenodo.12345"
    assert "citation_doi" not in dict(tags(claim_record(claims()["C14"])))


def test_a_table_has_the_licence_of_its_sources_or_none():
    """A licence of ours on figures that nobody licensed."""
    for table in package().tables.values():
        told = linked.of_table(table_record(table), table)
        if table.description["licence"]:
            assert "license" in told or table.description["licence"].startswith("LicenseRef-")
        else:
            assert "license" not in told and told["conditionsOfAccess"] == table.description["licence_note"]
        assert told["distribution"]["sha256"] == table.description["hash"].removeprefix("sha256:")
        assert "DC.rights" not in dict(tags(table_record(table)))


def test_a_verdict_is_a_review_of_somebody_elses_claim():
    """A review without its rating or with us as the claimant; a review of what was not tested."""
    for one in claims().values():
        made = linked.of_claim(one, claim_record(one))
        tested = [v for v in VANTAGES if verdicts(one.id)[v].word and verdicts(one.id)[v].readings]
        assert len(made) == len(tested)
        for told in made:
            assert told["@type"] == "ClaimReview" and told["claimReviewed"] == one.text
            assert told["reviewRating"]["ratingExplanation"] and told["reviewRating"]["alternateName"]
            assert told["itemReviewed"]["author"]["name"] != told["author"]["name"]


TERMS = {
    "Report": {"name", "author", "datePublished", "license"},
    "ScholarlyArticle": {"headline", "author", "datePublished", "isPartOf", "license"},
    "Dataset": {"name", "description", "creator", "distribution"},
    "ClaimReview": {"claimReviewed", "reviewRating", "author", "itemReviewed"},
    "ImageObject": {"name", "contentUrl", "creator", "license"},
}


@pytest.mark.parametrize(
    "told",
    [
        linked.of_page(whole()),
        linked.of_page(PARTS[0]),
        *linked.of_claim(claims()["C14"], PARTS[1]),
        linked.of_table(table_record(package().tables["trade/us_cpi"]), package().tables["trade/us_cpi"]),
        linked.of_chart(chart_record(CHART, "trade"), CHART),
    ],
    ids=lambda told: told["@type"],
)
def test_linked_data_say_what_their_readers_require(told):
    """A kind of thing without what schema.org's readers ask of it, or with an empty value."""
    assert told["@context"] == "https://schema.org" and TERMS[told["@type"]] <= told.keys()
    assert not [name for name, value in told.items() if value in (None, "", [])]
    assert json.loads(linked.script(told)) == told and "</" not in linked.script({"name": "</script>"})
