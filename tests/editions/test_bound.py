"""The book in one file keeps the rules of its format, says what the pages say, and leads where they lead."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree, html
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from report.bound import printed
from report.editions.binding import Chapter, joined
from report.sphinx import editions
from report.sphinx.bound import lead, printable
from tests.editions.rules import epub_faults, figures, pdf_faults
from tests.references import PROJECT
from tests.second_article.test_second_article import MADE_UP


@pytest.fixture(scope="module")
def bound(tmp_path_factory) -> Path:
    """Return the folder with the made-up book as EPUB and PDF."""
    folder = tmp_path_factory.mktemp("bound") / "project"
    shutil.copytree(MADE_UP, folder, ignore=shutil.ignore_patterns("__pycache__", "_build", "dist"))
    made = subprocess.run([sys.executable, str(PROJECT / "report" / "bound.py")], cwd=folder, text=True,
                          env=os.environ | {"REPORT_PROJECT": str(folder), "PYTHONPATH": str(PROJECT)},
                          capture_output=True)
    assert not made.returncode, made.stdout[-3000:] + made.stderr[-3000:]
    return folder / "_build" / "bound"


@pytest.fixture(scope="module")
def epub(bound) -> bytes:
    return (bound / "book.epub").read_bytes()


def altered(epub: bytes, name: str, old: str, new: str) -> bytes:
    """Return an EPUB with other words in one of its files."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(epub)) as old_one, zipfile.ZipFile(made, "w") as new_one:
        for entry in old_one.infolist():
            content = old_one.read(entry)
            if entry.filename == f"OEBPS/{name}":
                assert old in content.decode(), f"{name} does not hold {old!r}"
                content = content.decode().replace(old, new, 1).encode()
            new_one.writestr(entry, content)
    return made.getvalue()


def test_the_epub_keeps_the_rules(epub):
    """A file that is not listed, a link to nowhere, a picture without words, no contents, no metadata."""
    assert epub_faults(epub) == []


@pytest.mark.parametrize(("name", "old", "new", "told"), [
    ("book.opf", "schema:accessibilitySummary", "schema:other", "no schema:accessibilitySummary"),
    ("book.opf", 'href="bread.xhtml"', 'href="bred.xhtml"', "OEBPS/bread.xhtml is not in both"),
    ("book.opf", '<itemref idref="data-xhtml"/>', "", "OEBPS/data.xhtml is never read"),
    ("bread.xhtml", 'href="claims.xhtml#claim-c01"', 'href="claims.xhtml#claim-c99"', "leads nowhere"),
    ("bread.xhtml", ' alt="', ' title="', "a picture without words"),
    ("nav.xhtml", 'epub:type="toc"', 'epub:type="lot"', "no contents"),
    ("bread.xhtml", ' lang="en"', "", "no language or no title"),
    ("bread.xhtml", "<body", '<body id="bread"', ""),
])
def test_a_spoilt_epub_is_seen(epub, name, old, new, told):
    """A check that finds nothing."""
    found = epub_faults(altered(epub, name, old, new))
    assert any(told in one for one in found) if told else found == []


@pytest.mark.skipif(shutil.which("java") is None, reason="NO JAVA HERE: epubcheck did not look at the EPUB")
def test_epubcheck_finds_nothing(bound):
    """A fault that the reference validator knows and the rules here do not."""
    found = subprocess.run([sys.executable, "-m", "epubcheck", str(bound / "book.epub")], text=True,
                           capture_output=True)
    assert not re.search("ERROR|FATAL|WARNING", found.stdout + found.stderr), found.stdout + found.stderr


def test_the_epub_says_what_it_is(epub):
    """A book on a shelf without title, maker, edition or licence."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        package, title = (archive.read(f"OEBPS/{name}").decode() for name in ("book.opf", "title.xhtml"))
    assert "<dc:creator id=\"creator\">Nobody</dc:creator>" in package and "CC0 1.0" in package
    assert '<meta property="schema:version">2.1.0</meta>' in package
    assert "Nobody, Bread Got Dearer (made up): a test of the engine, edition 2.1.0, 2020." in title


def test_the_chart_is_lines_with_words(epub):
    """A chart as dots, or parted from its title or its description."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        page = archive.read("OEBPS/bread.xhtml").decode()
        drawn = archive.read("OEBPS/pictures/bread-loaves.svg").decode()
    assert re.search(r'class="[^"]*chart[^"]*">\s*<p class="chart-title">A loaf became dearer', page)
    assert 'src="pictures/bread-loaves.svg"' in page and 'alt="A loaf cost 1.8 crowns' in page
    assert "Source: Guild of Bakers" in drawn and "<image" not in drawn
    assert "counts</text>" not in drawn  # the page has the title as text


def test_the_pdf_keeps_the_rules(bound):
    """A PDF without tags, outline, language or words for its figure, or with dots for lines."""
    assert pdf_faults(bound / "book.pdf") == []
    assert figures(bound / "book.pdf") == 1


def spoilt(path: Path, target: Path, spoil) -> Path:
    """Write a PDF with something taken away or put in."""
    writer = PdfWriter(clone_from=path)
    spoil(writer)
    writer.write(target)
    return target


def _no_words(writer: PdfWriter) -> None:
    for one in writer._objects:
        if isinstance(one, DictionaryObject) and one.get("/S") == "/Figure":
            del one["/Alt"]


def _no_font(writer: PdfWriter) -> None:
    for one in writer._objects:
        if isinstance(one, DictionaryObject):
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                one.pop(NameObject(name), None)


def _astray(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject({
        NameObject("/Subtype"): NameObject("/Link"), NameObject("/Dest"): TextStringObject("nowhere")})])


@pytest.mark.parametrize(("spoil", "told"), [
    (lambda w: w._root_object.pop(NameObject("/Lang")), "no language"),
    (lambda w: w._root_object.pop(NameObject("/MarkInfo")), "not tagged"),
    (lambda w: w._root_object.pop(NameObject("/Outlines")), "no outline"),
    (lambda w: w._root_object.pop(NameObject("/Metadata")), "does not say that it is PDF/UA"),
    (_no_words, "a figure without words"), (_no_font, "is not embedded"), (_astray, "which is nowhere"),
])
def test_a_spoilt_pdf_is_seen(bound, tmp_path, spoil, told):
    """A check that finds nothing."""
    assert any(told in one for one in pdf_faults(spoilt(bound / "book.pdf", tmp_path / "spoilt.pdf", spoil)))


def test_the_pdf_says_which_edition_and_page(bound):
    """A page that is copied without its book, or contents without page numbers."""
    pages = [page.extract_text() for page in PdfReader(bound / "book.pdf").pages]
    assert "How to cite" in pages[0] and "edition 2.1.0, 2020." in pages[0]
    at = next(n for n, text in enumerate(pages, 1) if n > 2 and "\nReferences\n" in f"\n{text}\n")
    assert re.search(rf"References[ .]*{at}\b", pages[1]), pages[1]
    assert all("Bread Got Dearer (made up), edition 2.1.0" in text and str(n) in text
               for n, text in enumerate(pages, 1) if n > 1)


def test_what_cannot_be_printed_is_said(tmp_path):
    """A document whose link leads nowhere, printed all the same."""
    page = tmp_path / "page.html"
    page.write_text('<html lang="en"><title>a</title><p><a href="#no">no</a>', encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.html cannot be printed"):
        printed(page, tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


def test_links_lead_to_where_things_stand():
    """A link to a file of the site that the bound book has not, or to another chapter's place in it."""
    body = html.fragment_fromstring(
        '<div id="x"><a href="b.html#y">1</a><a href="b.html#gone">2</a><a href="ledger.json">3</a>'
        '<a href="https://example.org/">4</a><a href="#x">5</a></div>')
    lead("a", body, {"a": {"x"}, "b": {"y"}})
    assert body.xpath(".//a/@href") == ["b.html#y", "b.html", "https://example.org/", "a.html#x"]
    assert body.text_content() == "12345"
    one = joined(Chapter("a", "A", "", body))
    assert one.xpath(".//a/@href") == ["#b--y", "#b", "https://example.org/", "#a--x"]
    assert one.get("id") == "a--x"


def test_controls_are_left_out():
    """A choice on paper that nobody can make, or a folded text that nobody can open."""
    body = printable(html.fragment_fromstring(
        '<div><form><fieldset><legend>Which?</legend><div class="selects"><select><option>a</option></select>'
        "</div><output>b</output></fieldset><details><summary>All 20 answers</summary><table><tr><td>c</td>"
        "</tr></table></details></form><details><summary>More</summary>d</details></div>"))
    assert body.text_content() == "Which?All 20 answers: on the pages of the site.Mored"
    assert not body.xpath(".//form|.//select|.//details|.//fieldset|.//legend")


def test_only_an_edition_is_offered_in_one_file(monkeypatch):
    """A link to a file that nobody has put anywhere."""
    one = editions.article()
    released = replace(one, edition="9.0.0", released=date(2030, 1, 1))
    for settings, repository, number, there in (
        (released, "https://example.org/a", "9.0.0", True), (released, None, "9.0.0", False),
        (released, "https://example.org/a", "8.0.0", False),
        (replace(one, released=None), "https://example.org/a", one.edition, False),
    ):
        monkeypatch.setattr(editions, "article", lambda settings=settings: settings)
        monkeypatch.setattr(editions.identity, "REPOSITORY", repository)
        found = editions.files(number)
        assert set(found) == ({"PDF", "EPUB"} if there else set())
        assert all(at.startswith("https://example.org/a/releases/download/v9.0.0/") for at in found.values())


def test_a_chart_carries_its_letters(epub):
    """A chart that a device sets in another typeface, whose words then run into one another."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        drawn = etree.fromstring(archive.read("OEBPS/pictures/bread-loaves.svg"))
    words = {text for one in drawn.iter("{*}text") for text in "".join(one.itertext())}
    (style,) = drawn.iter("{*}style")
    carried = re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)", style.text)
    known = {chr(code) for _, held in carried
             for code in TTFont(io.BytesIO(base64.b64decode(held))).getBestCmap()}
    assert words and known == words and "400" in dict(carried)
