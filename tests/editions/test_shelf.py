"""Editions stand side by side and are never altered; what was addressed once leads somewhere for good."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from report.editions.hosted import host
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


def test_the_list_says_which_pages_an_edition_lacks(shelf):
    """A switch of editions that leads to a page that the other edition never had."""
    told = {one["number"]: one["lacks"] for one in json.loads(text(shelf / "editions.json"))["editions"]}
    assert told == {"1.0.0": ["new.html"], "2.0.0": ["old.html", "rows/"]}


def test_the_same_pages_of_another_commit_are_refused(tmp_path, one):
    """A tag that was moved: what is handed out beside the pages would be of another state."""
    put(one, tmp_path / "shelf", DAY, commit="a")
    put(one, tmp_path / "shelf", DAY, commit="a")
    with pytest.raises(ShelfError, match="published already and this is another"):
        put(one, tmp_path / "shelf", DAY, commit="b")


def test_an_edition_that_knows_of_no_other_is_told_apart_where_it_is_shown(tmp_path):
    """An old edition that a reader takes for the newest; or one that was altered to say so."""
    body, knows = "<html><body class=a>{}</body>", '<html data-edition="2.0.0"><body>{}</body>'
    shelf, shown = tmp_path / "shelf", tmp_path / "shown"
    put(site(tmp_path / "one", "1.0.0", {"trade.html": body.format("trade"), "rows/a.html": body.format("a"),
                                         "index.html": "leads on"}), shelf, DAY)
    put(site(tmp_path / "two", "2.0.0", {"trade.html": knows.format("trade")}), shelf, DAY)
    put(site(tmp_path / "three", "3.0.0", {"trade.html": knows.format("trade")}), shelf, DAY)
    before = digest(shelf)
    assert host(shelf, shown) == ["1.0.0"] and digest(shelf) == before
    for page, there, words in (("trade.html", "../latest/trade.html", "this page"),
                               ("rows/a.html", "../../latest/", "the first page")):
        told = text(shown / "v1.0.0" / page)
        assert re.match(r"<html><body class=a>\n<p ", told) and told.endswith("</body>")
        assert f'href="{there}">{words} in edition 3.0.0</a>' in told and "edition 1.0.0 of 2 January" in told
    for page in ("v1.0.0/index.html", "v2.0.0/trade.html", "v3.0.0/trade.html", "latest/trade.html"):
        assert text(shown / page) == text(shelf / page)
    with pytest.raises(ShelfError, match="is there already"):
        host(shelf, shown)


def test_a_page_that_is_not_there_says_where_to_look(shelf):
    """A dead end."""
    told = text(shelf / "404.html")
    assert 'href="v1.0.0/"' in told and 'href="v2.0.0/"' in told
