"""Editions stand side by side and are never altered; what was addressed once leads somewhere for good."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from report.editions.shelf import SITEMAP, ShelfError, digest, put

DAY = date(2030, 1, 2)
SITE = "https://example.org/book/"


def site(folder: Path, number: str, pages: dict[str, str]) -> Path:
    """Return a site of a few pages that is an edition."""
    for name, text in {"index.html": "first", **pages}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "ledger.json").write_text(json.dumps({"edition": number, "claims": []}), encoding="utf-8")
    (folder / ".state").write_text("of the build", encoding="utf-8")
    return folder


@pytest.fixture
def one(tmp_path) -> Path:
    return site(tmp_path / "one", "1.0.0", {"trade.html": "trade 1", "old.html": "old 1", "rows/a.html": "a"})


@pytest.fixture
def two(tmp_path) -> Path:
    return site(tmp_path / "two", "2.0.0", {"trade.html": "trade 2", "new.html": "new 2"})


@pytest.fixture
def shelf(tmp_path, one, two) -> Path:
    """Return a shelf with two editions."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    put(one, folder, DAY)
    before = digest(folder / "v1.0.0")
    put(two, folder, DAY, SITE)
    assert digest(folder / "v1.0.0") == before
    return folder


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def leads_to(path: Path) -> Path:
    """Return the page that a page leads to."""
    (found,) = set(re.findall(r'(?:replace\("|url=|href=")([^"]+?)"', text(path)))
    return (path.parent / found).resolve()


def test_each_edition_stays_as_it_was(shelf):
    """An edition overwritten by the next."""
    assert text(shelf / "v1.0.0/trade.html") == "trade 1" and text(shelf / "v2.0.0/trade.html") == "trade 2"
    assert text(shelf / "latest/trade.html") == "trade 2" and not (shelf / "v1.0.0/.state").exists()
    told = json.loads(text(shelf / "editions.json"))["editions"]
    assert [one["number"] for one in told] == ["2.0.0", "1.0.0"]


def test_an_old_address_leads_to_where_the_page_stands(shelf):
    """An address that was cited before editions had their own, or a page that is gone from the newest one."""
    assert leads_to(shelf / "trade.html") == shelf / "latest/trade.html"
    assert leads_to(shelf / "index.html") == shelf / "latest/index.html"
    assert leads_to(shelf / "old.html") == shelf / "v1.0.0/old.html"
    assert leads_to(shelf / "latest/old.html") == shelf / "v1.0.0/old.html"
    assert (
        leads_to(shelf / "rows/a.html")
        == leads_to(shelf / "latest/rows/a.html")
        == shelf / "v1.0.0/rows/a.html"
    )
    assert "location.search + location.hash" in text(shelf / "index.html")


def test_a_published_number_is_not_used_again(shelf, tmp_path, one):
    """Another site under a number that scholars have cited."""
    other = site(tmp_path / "other", "1.0.0", {"trade.html": "trade 1, mended in silence"})
    with pytest.raises(ShelfError, match="published already and this is another"):
        put(other, shelf, DAY)
    assert text(shelf / "v1.0.0/trade.html") == "trade 1"
    before = digest(shelf)
    put(one, shelf, DAY, SITE)  # the same again changes nothing
    assert digest(shelf) == before


def test_an_edition_altered_on_the_shelf_is_noticed(shelf, two):
    """A page of a published edition changed by hand, or lost."""
    (shelf / "v1.0.0/trade.html").write_text("mended in silence", encoding="utf-8")
    with pytest.raises(ShelfError, match=r"edition 1\.0\.0 on the shelf is not as it was published"):
        put(two, shelf, DAY)


def test_a_folder_that_no_list_names_is_not_taken_over(tmp_path, one):
    """An edition overwritten because the list was lost."""
    (tmp_path / "shelf" / "v1.0.0").mkdir(parents=True)
    with pytest.raises(ShelfError, match=r"restore editions\.json"):
        put(one, tmp_path / "shelf", DAY)


@pytest.mark.parametrize("number", ["1.0.0.dev0", None])
def test_what_is_no_edition_is_refused(tmp_path, number):
    """A state on the way to an edition, or a folder that is no site, published as one."""
    made = site(tmp_path / "site", number or "1.0.0", {})
    if number is None:
        (made / "ledger.json").unlink()
    with pytest.raises(ShelfError):
        put(made, tmp_path / "shelf", DAY)
    assert not (tmp_path / "shelf").exists()


def test_an_older_edition_put_later_is_not_the_newest(tmp_path, one, two):
    """A mended 1.0.1 after 2.0.0 that takes over /latest/."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    put(two, shelf, DAY)
    put(one, shelf, DAY)
    assert text(shelf / "latest/trade.html") == "trade 2"


def test_the_map_lists_pages_that_are_there(shelf):
    """A search engine sent to pages of no edition, or to none."""
    found = [loc.text for loc in ElementTree.parse(shelf / "sitemap.xml").iter(f"{{{SITEMAP}}}loc")]
    assert found and all((shelf / address.removeprefix(SITE)).is_file() for address in found)


def test_a_page_that_is_not_there_says_where_to_look(shelf):
    """A dead end."""
    told = text(shelf / "404.html")
    assert 'href="v1.0.0/"' in told and 'href="v2.0.0/"' in told
