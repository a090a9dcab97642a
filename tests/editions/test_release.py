"""An edition is made of a clean tree alone, twice the same, and what is packed works once it is unpacked."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest

from report.article import article
from report.editions.release import ReleaseError, check_data, check_site, clean_commit, notes, pack
from report.editions.shelf import put
from tests.pages.conftest import Quiet
from tests.references import PROJECT
from tests.second_article.test_second_article import MADE_UP

NAME = "bread-got-dearer-made-up-2.1.0"
AT = datetime(2020, 12, 31, 12, 0, tzinfo=UTC)


def git(folder: Path, *command: str) -> None:
    """Run git as somebody, at a time that does not change."""
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"), ("DATE", "2020-12-31T12:00:00Z"))
    }
    subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True, env=os.environ | who)


def released(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Make the edition of a project."""
    surroundings = os.environ | {"REPORT_PROJECT": str(folder), "PYTHONPATH": str(PROJECT)} | more
    surroundings.pop("REPORT_DATA", None)
    return subprocess.run(
        [sys.executable, "-m", "report.editions.release"],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
    )


def copied(folder: Path) -> Path:
    """Return a copy of the made-up article as a repository of its own."""
    shutil.copytree(MADE_UP, folder, ignore=shutil.ignore_patterns("__pycache__", "_build", "dist"))
    (folder / ".gitignore").write_text("_build/\ndist/\n__pycache__/\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "all")
    return folder


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    """Return the edition of the made-up article."""
    folder = copied(tmp_path_factory.mktemp("release") / "project")
    made = released(folder)
    assert not made.returncode, made.stdout[-3000:] + made.stderr[-3000:]
    return folder / "dist" / NAME


def sums(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_checksums_are_of_all_files(dist):
    """A file without its checksum, or the checksum of another state."""
    told = dict(reversed(line.split("  ")) for line in (dist / "SHA256SUMS").read_text().splitlines())
    assert told == {name: value for name, value in sums(dist).items() if name != "SHA256SUMS"}
    assert {f"{NAME}-{what}.zip" for what in ("site", "data", "notebooks", "source")} <= told.keys()
    assert {f"{NAME}.pdf", f"{NAME}.epub"} <= told.keys()


def test_the_same_commit_gives_the_same_bytes(dist, tmp_path):
    """A time, an order or a folder's name in what is handed out."""
    again = copied(tmp_path / "elsewhere")
    made = released(again, TZ="Pacific/Kiritimati", LC_ALL="C")
    assert not made.returncode, made.stderr[-3000:]
    assert sums(again / "dist" / NAME) == sums(dist)


def test_the_notebooks_have_run(dist):
    """A notebook without outputs, or text without its cells."""
    with zipfile.ZipFile(dist / f"{NAME}-notebooks.zip") as archive:
        (name,) = archive.namelist()
        notebook = nbformat.reads(archive.read(name).decode("utf-8"), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert name == f"{NAME}/bread.ipynb" and code and all(cell.execution_count for cell in code)
    assert any(cell.outputs for cell in code) and any(cell.cell_type == "markdown" for cell in notebook.cells)


def test_the_crate_describes_each_file(dist):
    """A crate that names a file that is not there, another licence, or no author."""
    crate = json.loads((dist / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    root = entities["./"]
    assert {"name", "description", "datePublished", "license", "author"} <= root.keys()
    assert root["datePublished"] == "2020-12-31" and root["version"] == "2.1.0"
    listed = {part["@id"] for part in root["hasPart"]}
    assert listed == sums(dist).keys() - {"SHA256SUMS", "ro-crate-metadata.json"}
    for name in listed:
        assert entities[name]["sha256"] == sums(dist)[name] and entities[name]["description"]
    assert entities[root["license"]["@id"]]["name"] == "CC0 1.0"


def test_the_notes_say_what_it_is(dist):
    """Release notes without the citation, or that list a file that is not there."""
    told = (dist / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    assert "edition 2.1.0" in told and "This is the first edition." in told
    assert all(name in told for name in sums(dist) if name.endswith((".zip", ".pdf", ".epub")))


def test_notes_of_much_that_differs_stay_short():
    """Notes that a host refuses for their length, after the pages are published already."""
    much = "## Changes\n\n### Verdicts\n\n- C01 then: a → b\n\n### Figures\n\n" + "- a#b: c → d\n" * 9_999
    told = notes(PROJECT, article(), {"a.zip": "all"}, much)
    assert "C01 then: a → b" in told and "listed in `CHANGES.md`" in told and "a#b" not in told
    assert len(told) < 125_000 and "a#b: c → d" in notes(PROJECT, article(), {}, much[:200])


def test_the_site_opens_from_a_folder(dist, tmp_path, browser):
    """A site that works on a server alone."""
    with zipfile.ZipFile(dist / f"{NAME}-site.zip") as archive:
        archive.extractall(tmp_path)
    page, troubles = browser.new_page(), []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(request.url))
    page.goto(f"{(tmp_path / NAME / 'index.html').as_uri()}#fig-bread-loaves")
    page.wait_for_url("**/bread.html#fig-bread-loaves")
    assert page.query_selector("#fig-bread-loaves svg") and troubles == []
    page.close()


def test_a_tree_that_is_not_clean_is_refused(tmp_path):
    """An edition that no commit holds."""
    folder = copied(tmp_path / "project")
    assert clean_commit(folder).at == AT
    git(folder, "config", "status.showUntrackedFiles", "no")  # as some have set it for all they do
    (folder / "data" / "new.csv").touch()
    with pytest.raises(ReleaseError, match=r"the tree is not clean.*\n\?\? data/new\.csv"):
        clean_commit(folder)
    (folder / "chapters" / "bread.md").write_text("another", encoding="utf-8")
    made = released(folder)
    assert (
        made.returncode == 1 and "the tree is not clean" in made.stderr and "chapters/bread.md" in made.stderr
    )


def test_a_site_that_asks_for_an_address_is_refused(tmp_path):
    """A page that opens without its style once it is unpacked."""
    for page, told in (
        ('<script src="/x.js"></script>', "asks for /x.js"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "asks for https://"),
        ('<link href="/x.css" type="text/css" rel="stylesheet">', "asks for /x.css"),
        ('<img alt="" src="//example.org/x.png">', "asks for //example.org"),
    ):
        pack(tmp_path / "site.zip", [("a/index.html", page.encode())], AT)
        with pytest.raises(ReleaseError, match=told):
            check_site(tmp_path / "site.zip", "a")
    pack(tmp_path / "site.zip", [("a/other.html", b"")], AT)
    with pytest.raises(ReleaseError, match=r"has no index\.html"):
        check_site(tmp_path / "site.zip", "a")


def test_data_that_changed_on_the_way_are_refused(tmp_path):
    """A data package whose hashes are of other files."""
    files = [
        (f"a/{p.relative_to(MADE_UP / 'data').as_posix()}", p.read_bytes())
        for p in (MADE_UP / "data").rglob("*")
        if p.suffix in {".csv", ".json", ".bib"}
    ]
    pack(tmp_path / "data.zip", files, AT)
    check_data(tmp_path / "data.zip", "a")
    spoilt = [
        (name, content.replace(b"bakers", b"Bakers", 1) if name.endswith("prices.csv") else content)
        for name, content in files
    ]
    pack(tmp_path / "spoilt.zip", spoilt, AT)
    with pytest.raises(ReleaseError, match="no valid data package"):
        check_data(tmp_path / "spoilt.zip", "a")


@pytest.fixture(scope="module")
def shelf(dist, tmp_path_factory) -> Path:
    """Return a shelf with the edition and a later one, which is the same but for its number."""
    folder = tmp_path_factory.mktemp("shelf")
    for number in ("2.1.0", "2.2.0"):
        with zipfile.ZipFile(dist / f"{NAME}-site.zip") as archive:
            archive.extractall(folder / number)
        site = folder / number / NAME
        if number == "2.2.0":
            shutil.copyfile(site / "bread.html", site / "crumbs.html")
        for path in [*site.rglob("*.html"), site / "ledger.json"]:
            path.write_text(path.read_text(encoding="utf-8").replace("2.1.0", number), encoding="utf-8")
        put(site, folder / "shelf", AT.date())
    return folder / "shelf"


def test_a_frozen_page_leads_to_itself_in_later_editions(shelf, browser):
    """An old edition whose reader never learns that there is a newer one, or a list that leads nowhere."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(shelf)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root, page, lost = f"http://127.0.0.1:{server.server_port}", browser.new_page(), []
    page.on("response", lambda answer: lost.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{root}/v2.1.0/rows/bread-prices.html")
    page.wait_for_selector("nav.editions a:visible")
    there = page.eval_on_selector_all("nav.editions a, .newer a", "links => links.map(link => link.href)")
    assert there == [
        f"{root}/v2.2.0/rows/bread-prices.html",
        f"{root}/v2.2.0/rows/bread-prices.html",
        f"{root}/v2.1.0/rows/bread-prices.html",
    ]
    page.goto(f"{root}/bread.html#fig-bread-loaves")  # an address from before editions had their own
    page.wait_for_url(f"{root}/latest/bread.html#fig-bread-loaves")
    page.wait_for_selector("nav.editions a:visible")
    assert page.query_selector(".newer") is None
    page.goto(f"{root}/v2.2.0/crumbs.html")  # which the edition before does not have
    page.wait_for_selector("nav.editions a:visible")
    assert page.inner_text("nav.editions") == "Editions: 2.2.0, 2.1.0 (without this page)"
    assert page.locator("nav.editions a").nth(1).get_attribute("href") == f"{root}/v2.1.0/"
    page.goto(f"{root}/latest/bread.html#c01-town-then")  # a name that was given up
    page.wait_for_selector(".newer")
    assert page.get_attribute(".newer a", "href") == f"{root}/v2.1.0/bread.html#c01-town-then"
    assert lost == []
    page.close()
    server.shutdown()
