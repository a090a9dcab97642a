"""What is set once reaches every page, and what is taken back leaves every page: the made-up article, built
twice.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import vl_convert

from report.charts.fonts import measure_with
from report.sphinx.previews import card
from tests.references import PROJECT
from tests.second_article.test_second_article import MADE_UP, run

NUMBER = 'edition = "2.1.0"\nreleased = 2020-12-31\n'
KNOWN = (
    'edition = "2.1.0"\nreleased = 2020-12-31\nsite = "https://example.org/bread/"\n'
    'repository = "https://github.com/owner/bread"\ndoi = "10.5281/zenodo.777"\n'
)
LATER = 'edition = "3.0.0.dev0"\n'


def built(folder: Path, identity: str) -> dict[str, str]:
    """Build the made-up article under some identity, warm where it was built before; return its pages by
    name.
    """
    settings = (MADE_UP / "article.toml").read_text(encoding="utf-8")
    assert NUMBER in settings
    (folder / "article.toml").write_text(settings.replace(NUMBER, identity), encoding="utf-8")
    for command in (("-m", "report.data.stamp"), (str(PROJECT / "report" / "build.py"),)):
        made = run(folder, *command)
        assert not made.returncode, made.stdout[-3000:] + made.stderr[-3000:]
    site = folder / "_build" / "html"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return a copy of the made-up article."""
    copy = tmp_path_factory.mktemp("identity") / "project"
    shutil.copytree(MADE_UP, copy, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    return copy


@pytest.fixture(scope="module")
def known(folder) -> tuple[dict[str, str], dict[str, str], dict[str, bytes]]:
    """Return the pages with all set, those of the same book later with all taken back, and the first one's
    charts.
    """
    pages = built(folder, KNOWN)
    drawn = {p.name: p.read_bytes() for p in (folder / "_build" / "html" / "charts").iterdir()}
    return pages, built(folder, LATER), drawn


def content(pages: dict[str, str]) -> dict[str, str]:
    """Return the pages but for the one that only leads to the first."""
    return {n: text for n, text in pages.items() if n != "index.html" and not n.startswith("embed/")}


def test_what_is_set_stands_on_each_page(known):
    """A page without its edition, its address, its repository or the DOI."""
    for name, text in content(known[0]).items():
        assert "Edition 2.1.0, 31 December 2020; “now” is 31 December 2020" in text, name
        assert f'<link rel="canonical" href="https://example.org/bread/latest/{name}">' in text, name
        assert "https://github.com/owner/bread/issues/new" in text and "DOI 10.5281/zenodo.777" in text, name
    assert (
        "mybinder.org/v2/gh/owner/bread/v2.1.0?urlpath=lab/tree/chapters/bread.md" in known[0]["bread.html"]
    )
    assert 'href="https://example.org/bread/latest/bread.html"' in known[0]["index.html"]


def test_what_is_taken_back_leaves_each_page(known):
    """A number or an address kept on some page from the build before."""
    for name, text in content(known[1]).items():
        assert "Edition 3.0.0.dev0 (not released)" in text, name
        assert "2.1.0" not in text and "10.5281" not in text and "example.org/bread" not in text, name
        assert "github.com" not in text and "mybinder" not in text, name


def test_what_a_reference_manager_reads_stands_on_each_page_that_can_be_cited(known):
    """A chapter, claim, chart or table without a title, an author and a date, or with broken linked data."""
    cited = {n: t for n, t in known[0].items() if n.startswith("cite/") or n in ("bread.html", "claims.html")}
    assert {
        "cite/claim-c01.html",
        "cite/chart-bread-loaves.html",
        "cite/table-bread-prices.html",
    } <= cited.keys()
    for name, text in cited.items():
        for tag in ("citation_title", "citation_author", "citation_publication_date", "DC.title", "DC.date"):
            assert f'<meta name="{tag}"' in text, (name, tag)
        assert '<link rel="license"' in text and 'rel="cite-as"' in text and 'rel="describedby"' in text
        told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])
        assert told, name
    assert "v2.1.0/claims.html#claim-c01" in known[0]["cite/claim-c01.html"]


def test_each_citation_can_be_taken_along(known, folder):
    """A page of citations whose files are not there."""
    cited = folder / "_build" / "html" / "cite"
    for page in cited.glob("*.html"):
        assert all(page.with_suffix(suffix).stat().st_size for suffix in (".bib", ".ris", ".json")), page.name
    assert (cited / "sources.ris").exists() and (cited / "claim-c01-readings.bib").exists()


def test_what_travels_alone_says_where_it_is_from(known):
    """A picture or a table of a chart without maker, licence, edition and sources."""
    _, _, drawn = known
    png, svg = drawn["bread-loaves.png"], drawn["bread-loaves.svg"].decode("utf-8")
    for part in (
        b"iTXtTitle\0",
        b"iTXtAuthor\0\0\0\0\0Nobody",
        b"edition 2.1.0",
        b"https://example.org/bread/v2.1.0/",
    ):
        assert part in png, part
    told = {child.tag.split("}")[1]: child for child in ElementTree.fromstring(svg).iter()}
    assert told["creator"].text == "Nobody" and "edition 2.1.0" in told["source"].text
    assert "https://spdx.org/licenses/CC0-1.0.html" in told["license"].attrib.values()
    about = json.loads(drawn["bread-loaves.csv-metadata.json"])
    header = drawn["bread-loaves.csv"].decode("utf-8").splitlines()[0].split(",")
    assert [column["name"] for column in about["tableSchema"]["columns"]] == header
    used = {
        id
        for row in drawn["bread-loaves.csv"].decode("utf-8").splitlines()[1:]
        for id in re.findall(r"made_up_\w+", row)
    }
    assert used <= {s["dc:identifier"] for s in about["dc:source"]} and about["dc:creator"] == "Nobody"


def test_a_chart_can_be_shown_on_another_site(known, folder):
    """A frame without its page, with a script, or that stays when the address is taken back."""
    pages, later, _ = known
    framed = pages["embed/bread-loaves.html"]
    assert "<script" not in framed and "default-src 'none'" in framed and 'role="img"' in framed
    assert 'href="https://example.org/bread/v2.1.0/bread.html#fig-bread-loaves" target="_top"' in framed
    code = '&lt;iframe src=&#34;https://example.org/bread/v2.1.0/embed/bread-loaves.html&#34;'
    assert code in pages["bread.html"] and "iframe" not in later["bread.html"]
    assert not [name for name in later if name.startswith("embed/")]


def test_each_page_has_a_picture_where_its_address_is_shared(known, tmp_path):
    """A shared link without a picture, or with one that is not there; pictures that differ each time."""
    for name, text in content(known[0]).items():
        shown = re.search('property="og:image" content="https://example.org/bread/latest/([^"]+)"', text)
        assert shown and re.match("(charts|cards)/[a-z_-]+[.]png$", shown[1]), name
        assert '<meta property="og:image:alt"' in text and 'name="twitter:card"' in text, name
    assert "charts/bread-loaves.png" in known[0]["bread.html"]
    measure_with(tmp_path)  # without its typeface a picture is blank
    made = [vl_convert.svg_to_png(card("A title")) for _ in range(2)]
    assert made[0] == made[1] != vl_convert.svg_to_png(card("Another title"))


def test_the_root_keeps_what_was_asked_for(known):
    """A fragment or a query that is lost on the way from the root, or a root without title and language."""
    front = known[0]["index.html"]
    assert "location.search + location.hash" in front and '<html lang="en">' in front
    assert "<title>Bread Got Dearer" in front and 'url=bread.html"' in front
