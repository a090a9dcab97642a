"""The engine on another article: two claims, one table and one chart, all made up,
in a folder of their own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from report.data.stamp import stamped
from tests.references import PROJECT

MADE_UP = Path(__file__).parent / "project"
PRICES = Path("data/bread/prices.csv")


def run(project: Path, *command: str) -> subprocess.CompletedProcess:
    """Run Python with another article's folder as the project."""
    surroundings = os.environ | {"REPORT_PROJECT": str(project)}
    surroundings.pop("REPORT_DATA", None)
    return subprocess.run([sys.executable, *command], cwd=project, env=surroundings, capture_output=True,
                          text=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the made-up article, so that nothing is written beside its source."""
    copy = tmp_path_factory.mktemp("second") / "project"
    shutil.copytree(MADE_UP, copy, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    return copy


@pytest.fixture(scope="module")
def book(project):
    """Return the folder of pages that the engine builds of the made-up article, warnings being errors."""
    built = run(project, str(PROJECT / "report" / "build.py"))
    assert not built.returncode, built.stdout[-3000:] + built.stderr[-3000:]
    return project / "_build" / "html"


def test_its_package_is_stamped():
    """A made-up table changed and its description left behind."""
    written = (MADE_UP / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert stamped(MADE_UP / "data") == written


def test_its_verdicts_come_from_its_readings(book):
    """An engine that knows the words, actors or claims of the one article it was made for."""
    told = {c["id"]: c["verdict"]
            for c in json.loads((book / "ledger.json").read_text(encoding="utf-8"))["claims"]}
    assert told == {"C01": {"then": "mixed", "now": "mixed"}, "C02": {"then": "supported", "now": "untested"}}


def test_its_page_cites_links_and_shows_the_chart(book):
    """A page of another article without its chart, its box, its citation or the place of a row."""
    page = (book / "bread.html").read_text(encoding="utf-8")
    for part in ('id="fig-bread-loaves"', 'id="box-c01"', 'href="references.html#source-made-up-article"',
                 'href="claims.html#c01', "A loaf became dearer by both counts"):
        assert part in page, part
    assert "2010-bakers" in (book / "rows" / "bread-prices.html").read_text(encoding="utf-8")


def test_a_line_that_begins_with_a_tab_is_prose(book):
    """A paragraph turned into a block of code by a blank that nobody sees."""
    page = (book / "bread.html").read_text(encoding="utf-8")
    assert "<p>A line that begins with a tab, as some editors write, is prose (made up).</p>" in page


def test_its_readers_can_set_their_own_rule(book):
    """A page of one's own rule that needs the first article's premises, credits or voices."""
    page = (book / "own_rule.html").read_text(encoding="utf-8")
    assert 'data-claim="C01"' in page and "own-map" not in page and 'data-own="own_rule.html"' in (
        book / "bread.html").read_text(encoding="utf-8")
    told = (book / "_static" / "rule-data.js").read_text(encoding="utf-8")
    known = json.loads(told.removeprefix("window.reportLedger=").rstrip(";\n"))
    assert [c["id"] for c in known["claims"]] == ["C01", "C02"] and known["argument"]["links"] == []


def test_no_page_of_it_names_the_first_article(book):
    """A word of the first article in the engine: its title, a country, an actor."""
    for page in book.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for word in ("Korea", "China", "THAAD", "KOTRA"):
            assert word not in text, f"{page.relative_to(book)}: {word}"


def test_a_row_without_a_source_stops_it(project, tmp_path):
    """A check that works for the first article's tables alone."""
    spoilt = tmp_path / "project"
    shutil.copytree(project, spoilt, ignore=shutil.ignore_patterns("_build"))
    prices = spoilt / PRICES
    prices.write_text(prices.read_text(encoding="utf-8").replace("made_up_ledger", "", 1), encoding="utf-8")
    told = run(spoilt, "-c", "from report.data.package import load; load('bread/prices')")
    assert told.returncode and "data/bread/prices.csv, row 4, column source_id" in told.stderr
