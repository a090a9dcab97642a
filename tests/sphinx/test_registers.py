"""The register pages: every claim, reading, table, correction and source is there, with what rests on it."""

import re
import sys

import pytest

from report.show import strip
from report.sphinx import catalogue, citing, registers
from report.sphinx.nodes import rendered
from report.rule import VANTAGES, claims
from report.data.package import load, package
from report.book import readings, treated, verdicts
from report.show import slug
from report.data.rows import table_page
from report.data.sources import KINDS, sources
from tests.references import CHAPTERS

CLAIMS = list(claims().values())


def shown(thing, env=None) -> str:
    """Return a thing as its page shows it."""
    return str(rendered(thing.template, **thing.context(env)))


def claim_entry(id: str) -> str:
    """Return a claim's entry in the ledger."""
    return shown(registers.ledger_entry(claim=id, page="claims"))


def marks(html: str) -> list[str]:
    return re.findall(r'data-r="([^"]+)"', html)


@pytest.mark.parametrize("one", CLAIMS, ids=lambda c: c.id)
def test_every_reading_is_a_mark_and_a_line(one):
    """A reading that has no mark in the strip, or no address in the table that the mark leads to."""
    entry = claim_entry(one.id)
    ids = [r.id for r in readings(one.id)]
    assert sorted(marks(entry)) == sorted(ids)
    assert all(entry.count(f'id="{id}"') == 1 for id in ids)
    assert entry.startswith('<div class="ledger-entry"') and entry.endswith("</div>")


@pytest.mark.parametrize("one", CLAIMS, ids=lambda c: c.id)
def test_a_mark_says_by_shape_what_it_says_by_colour(one):
    """A reading that is met drawn as one that is not."""
    met = {r.id: r.met for r in readings(one.id)}
    found = re.findall(r'<use href="#mark-(met|unmet)" class="\w+" data-r="([^"]+)"', claim_entry(one.id))
    assert all((kind == "met") == met[id] for kind, id in found) and (found or not met)


@pytest.mark.parametrize("one", [c for c in CLAIMS if readings(c.id)], ids=lambda c: c.id)
def test_strips_have_words(one):
    """A picture that a reader who does not see it passes over, or whose words give other counts."""
    for said in re.findall(r'role="img" aria-label="([^"]+)"', strip.strips(one)):
        limb, vantage = re.match(r"([\w-]+), (then|now): ", said).groups()
        here = [r for r in readings(one.id) if r.limb == limb and r.vantage == vantage]
        assert f"{sum(r.met for r in here)} of {len(here)} reading" in said


@pytest.mark.parametrize("one", CLAIMS, ids=lambda c: c.id)
def test_numbers_stand_on_the_side_they_fall(one):
    """A mark that is met drawn outside the shaded part of the scale, or one that is not drawn inside it."""
    for limb in one.limbs:
        found = [r for r in readings(one.id) if r.limb == limb.name]
        axis = strip.axis_of(limb, found)
        for r in found if axis else ():
            low, high = axis.fulfilled
            place = axis.scale.place(axis.value(r))
            assert 0 <= place <= 100
            if abs(place - axis.scale.place(axis.threshold)) > 0.5:  # at it a source's hedge may decide
                assert r.met == (low - 0.1 <= place <= high + 0.1), r.id


def test_stacked_marks_do_not_touch():
    """Marks on the same level closer than they are wide."""
    places = [10, 12, 14, 50, 51, 90, 90, 90]
    levels = strip.stacked(places)
    apart = 100 * strip.STEP / strip.NARROWEST
    placed = list(zip(places, levels, strict=True))
    assert all(abs(a - b) >= apart for i, (a, k) in enumerate(placed) for b, m in placed[:i] if k == m)
    assert strip.stacked([5, 95]) == [0, 0]


@pytest.mark.parametrize(("values", "percent", "expected"), [
    ((60, 90), True, (0, 100, False)), ((10_000, 300_000), False, (10_000, 500_000, True)),
    ((2, 9), False, (0, 10, False)),
    ((450, 653), False, (400, 700, False)), ((5, 5), False, (0, 10, False)),
])
def test_scales_end_on_round_numbers(values, percent, expected):
    """Scales that cut off a value, end on odd ones, or have no width."""
    found = strip.Scale.over(values, percent)
    assert (found.low, found.high, found.log) == expected


def test_an_untreated_claim_says_so(monkeypatch):
    """A claim that nobody has read yet shown as untested, or as an error."""
    monkeypatch.setattr(registers, "treated", lambda id: False)
    monkeypatch.setattr(sys.modules["report.show.badge"], "treated", lambda id: False)
    assert "not yet treated" in claim_entry(CLAIMS[0].id)


def test_filters_offer_every_value():
    """A claim that no choice of the filters can find."""
    form = str(rendered("ledger_head.html", css="", js="", marks="", choices=registers.choices()))
    offered = set(re.findall(r'<option value="([^"]*)">', form))
    wanted = {str(c.section) for c in CLAIMS} | {c.kind for c in CLAIMS} | set(VANTAGES)
    wanted |= {slug(verdicts(c.id)[v].word) for c in CLAIMS for v in VANTAGES if treated(c.id)}
    assert wanted <= offered
    assert 'class="ledger-filters" hidden' in form  # complete without scripts


# Tables -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", sorted(package().tables))
def test_the_catalogue_says_what_a_table_is(name, small):
    """A table whose entry lacks its licence, sources, download, preview, or the claims read from it."""
    table = package().tables[name]
    html = shown(catalogue.catalogue_entry(table=name, page="data"), small[0].env)
    assert f'href="data/{table.description["path"]}" download' in html
    assert f'href="{table_page(name)}.html"' in html
    assert all(f"#claim-{c.lower()}" in html for c in catalogue.claims_by_table().get(name, ()))
    assert all(f"<code>{field}</code>" in html for field in table.fields)
    assert (table.description["licence"] or "not stated") in html
    sourced = len(table.description.get("sources", ())) if "source_id" in table.fields else 0
    assert html.count("references.html#source-") >= sourced


def test_every_correction_is_shown():
    """A printed value replaced without a word to the reader."""
    html = shown(catalogue.correction_list(page="data"))
    for c in load("corrections").itertuples():
        assert f"<td>{c.printed_value}</td><td>{c.value_used}</td>" in html
    assert {one["table"] for one in catalogue.corrections()} == set(load("corrections")["table"])


def test_coverage_comes_from_the_key():
    """The years in which figures were printed given as the years that a table covers."""
    assert catalogue.coverage(package().tables["trade/us_cpi"], load("trade/us_cpi")).startswith("1978")


# Sources ----------------------------------------------------------------------------------------------------

def test_every_source_is_used():
    """A source on which no table, claim or chapter rests."""
    tables, held = registers.uses_of_sources()
    prose = "\n".join(p.read_text(encoding="utf-8") for p in CHAPTERS.glob("*.md"))
    cited = {i.strip() for ids in re.findall(r"\{cite\}`([^`]+)`", prose) for i in ids.split(",")}
    assert not [s for s in sources() if s not in tables and s not in held and s not in cited]


def test_a_source_says_its_kind_and_uses(small):
    """An entry that names neither kind nor form of reading, nor the claims and tables that rest on it."""
    s = sources()["kotra_2014_ajunews"]
    html = shown(registers.source_entry(source=s.id, page="references"), small[0].env)
    assert f'<span class="tag">{s.kind}</span>' in html and f"read as {s.read_as}" in html
    assert "data.html#table-trade-china-trade" in html and "#claim-c12" in html and "#claim-c14" in html


def test_the_index_by_kind_lists_every_source_once():
    """A source of a kind that the index does not know."""
    kinds = [kind for kind in KINDS if registers.of_kind(kind)]
    html = "".join(shown(registers.kind_index(kind=kind, page="references")) for kind in kinds)
    listed = re.findall(r'href="#source-([^"]+)"', html)
    assert sorted(listed) == sorted(registers.anchor(s) for s in sources())


# Glossary and citations -------------------------------------------------------------------------------------

def test_terms_that_chapters_use_are_explained():
    """A term that leads nowhere, or is explained twice."""
    page = (CHAPTERS / "glossary.md").read_text(encoding="utf-8")
    glossary = re.search(r"```\{glossary\}\n(.*?)```", page, re.S)[1]
    terms = [line for line in glossary.splitlines() if line and not line.startswith(" ")]
    assert len(terms) == len(set(t.lower() for t in terms))
    prose = "\n".join(p.read_text(encoding="utf-8") for p in CHAPTERS.glob("*.md"))
    used = {re.sub(r".*<(.*)>", r"\1", t) for t in re.findall(r"\{term\}`([^`]+)`", prose)}
    assert {t.lower() for t in used} <= {t.lower() for t in terms}


def test_citations_invent_nothing(monkeypatch):
    """An address or DOI that is not settled, or that is settled and left out."""
    def cited() -> dict[str, str]:
        found = citing.examples("C14", "trade/china_share", "trade-value-share", ("a chapter", "a chart"))
        return {one["what"]: str(one["text"]) for one in citing.shown(found)}

    for name in ("SITE", "REPOSITORY", "DOI"):  # also in a book that has them
        monkeypatch.setattr(citing.identity, name, None)
    assert not re.search(r"https?://|doi", "".join(cited().values()) + citing.bibtex([citing.whole()]), re.I)
    monkeypatch.setattr(citing.identity, "SITE", "https://example.org/book/")
    monkeypatch.setattr(citing.identity, "DOI", "10.0000/example")
    assert "claims.html#claim-c14" in cited()["A claim and its verdict"]
    assert 'doi = "10.0000/example"' in citing.bibtex([citing.whole()])
