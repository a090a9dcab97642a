"""The prose of the chapters: no typed figure, no uncited quotation, no long one, no words of the workshop."""

import re

import pytest

from report.data.sources import sources
from report.identity import quoted
from tests.references import CHAPTERS

PAGES = sorted(CHAPTERS.glob("*.md"))
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NUMBER_WORDS = ("hundred", "thousand", "million", "billion")
ALLOWED = re.compile("|".join((
    # dates
    rf"\b\d{{1,2}}(?:[–-]\d{{1,2}})? (?:and \d{{1,2}} )?(?:{MONTHS})\b", rf"\b(?:{MONTHS}) \d{{1,2}}(?:, "
                                                                         rf"\d{{4}})?\b",
    # years
    r"\b(?:1[89]|20)\d\d(?:[–-](?:\d{2}|\d{4}))?s?\b",
    r"\b(?:resolutions?|Resolutions?|Res\.)(?: \d{4}(?:,| and|;)?)+",
    r"\b(?:1695|1718|1874|2087|2094|2270|2321|2356|2371|2375|2397)\b",
    r"\bC\d\d(?:[–-]C?\d\d)?\b", r"\b\d+(?:st|nd|rd|th)\b",
    r"\b(?:section|Section|chapter|limb|article|Article) \d+\b",
    r"\bCommittee 1718\b", r"\b1718 Committee\b", r"\bv\d+(?:\.\d+)*\b", r"\bOffice (?:39|No\. 39)\b",
)))


def prose_of(text: str) -> list[tuple[int, str]]:
    """Return a page's lines of prose with their numbers: no code, front matter, directives,
    roles, quotations, headings.
    """
    text = re.sub(r"\A---\n.*?\n---\n", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
    text = re.sub(r"^(`{3,}|:{3,}).*?^\1\s*$", lambda m: "\n" * m[0].count("\n"), text, flags=re.S | re.M)
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r"\{[a-z:]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|^\([a-z-]+\)=$", " ", line)
        line = re.sub(r"^\d+\. ", "", line)  # the number of an item in a list
        line = re.sub(r"“[^”]*”|\"[^\"]*\"", " ", line)
        if line.strip() and not line.startswith("#"):
            lines.append((number, line))
    return lines


def typed_figures(text: str) -> list[str]:
    """Return the figures typed in prose that are no date, year, name, claim or quotation."""
    found = []
    for number, line in prose_of(text):
        bare = ALLOWED.sub(" ", line)
        found += [f"{number}: {m[0]} in {line.strip()[:90]!r}"
                  for m in re.finditer(r"(?<![\w-])\d[\d,. ]*\d|(?<![\w-])\d", bare)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_no_figure_is_typed(page):
    """A result written by hand, which stays when the data change."""
    assert not typed_figures(page.read_text(encoding="utf-8"))


def test_typed_figures_are_found():
    """A search that finds nothing anywhere."""
    text = ("# A 1\n\nTrade fell by 59 percent in 1999, on 5 March 2017, to 1,200 million, "
            "or {measure}`x` “of 90 percent”.\n")
    assert [f.split(" in ")[0] for f in typed_figures(text)] == ["3: 59", "3: 1,200"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_citations_resolve(page):
    """A citation of a source that is not in the register."""
    ids = {i.strip() for m in re.findall(r"\{cite\}`([^`]+)`", page.read_text(encoding="utf-8"))
           for i in m.split(",")}
    assert not ids - set(sources())


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_quotations_are_short(page):
    """More than about fifteen words of another's."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    assert not [q for q in re.findall(r"“([^”]*)”", text) if len(q.split()) > 16]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_one_top_heading_and_no_cell_that_may_fail(page):
    """A page with two top headings or none; a cell whose error is passed over, or that installs a package."""
    text = page.read_text(encoding="utf-8")
    outside = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    assert len(re.findall(r"^# ", outside, flags=re.M)) == 1
    assert "allow_errors" not in text and "raises-exception" not in text and "!pip" not in text


def test_quotation_marks_inside_a_cited_title_are_single():
    """A citation whose title opens with two quotation marks, so that nobody can tell where it ends."""
    assert quoted("“90 percent” began as the top") == "“‘90 percent’ began as the top”"
