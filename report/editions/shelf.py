"""Editions side by side on the site, none of them ever altered: ``python -m report.editions.shelf SITE
SHELF``.

The shelf is the folder that is published. Each edition stands under its number (``v1.0.0/``), the newest also
under ``latest/``; addresses without either, and those that a later edition no longer has, lead to where the
page stands.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jinja2 import Environment, PackageLoader, StrictUndefined

from report.article import article, order

LATEST, LIST = "latest", "editions.json"
NOT_PUBLISHED = (".state", ".buildinfo")
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


Listed = dict[str, Any]  # an edition in the list: number, day, folder, hash, commit, and pages that it lacks


class ShelfError(RuntimeError):
    """A site that cannot be put on the shelf; the message says why and what to do."""


def digest(folder: Path) -> str:
    """Return the hash of the names and contents of a folder's files."""
    known = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_PUBLISHED):
        known.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        known.update(hashlib.sha256(path.read_bytes()).digest())
    return known.hexdigest()


def edition_of(site: Path) -> str:
    """Return the number of the edition that a built site is; refuse a folder that is none, or is on the way
    to one.
    """
    ledger = site / "ledger.json"
    if not ledger.exists():
        raise ShelfError(f"{site} holds no ledger.json; name the folder of a built site")
    number = json.loads(ledger.read_text(encoding="utf-8"))["edition"]
    if ".dev" in number:
        raise ShelfError(f"{number} is a state on the way to an edition; only editions are published")
    return number


def read_list(shelf: Path) -> list[Listed]:
    """Return the editions on a shelf, the newest first; refuse a shelf that was altered by hand."""
    path = shelf / LIST
    found = json.loads(path.read_text(encoding="utf-8"))["editions"] if path.exists() else []
    for one in found:
        folder = shelf / one["path"]
        if not folder.is_dir() or digest(folder) != one["sha256"]:
            raise ShelfError(
                f"edition {one['number']} on the shelf is not as it was published; restore {folder}"
            )
    return found


def put(
    site: Path, shelf: Path, released: date, address: str | None = None, commit: str | None = None
) -> str:
    """Put a built edition on the shelf and make what leads to it anew; return its number.

    One that is there already is left as it is; raise ShelfError where it would be altered, or where the same
    pages are to be those of another ``commit``.
    """
    number, editions = edition_of(site), read_list(shelf)
    known = next((one for one in editions if one["number"] == number), None)
    if known and (known["sha256"] != digest(site) or known.get("commit", commit) != commit):
        raise ShelfError(f"edition {number} is published already and this is another; give it another number")
    if not known:
        folder = shelf / f"v{number}"
        if folder.exists():
            raise ShelfError(f"{folder} is there and on no list; restore {LIST}, or remove the folder")
        shutil.copytree(site, folder, ignore=shutil.ignore_patterns(*NOT_PUBLISHED))
        editions.append(
            {
                "number": number,
                "released": released.isoformat(),
                "path": f"v{number}/",
                "sha256": digest(folder),
                **({"commit": commit} if commit else {}),
            }
        )
        editions.sort(key=lambda one: order(one["number"]), reverse=True)
    lead(shelf, editions, address)
    return number


def lead(shelf: Path, editions: list[Listed], address: str | None = None) -> None:
    """Make what leads to the editions: the newest under its own name, redirects, list, map, and the page for
    what is not there.
    """
    newest = shelf / editions[0]["path"]
    shutil.rmtree(shelf / LATEST, ignore_errors=True)
    shutil.copytree(newest, shelf / LATEST)
    for page, one in _pages(shelf, editions).items():
        held = f"{LATEST}/" if one is editions[0] else one["path"]
        up = "../" * page.count("/")
        _write(shelf / page, "moved.html", to=f"{up}{held}{page}", number=one["number"])
        if one is not editions[0]:  # a page that the newest edition no longer has
            _write(shelf / LATEST / page, "moved.html", to=f"../{up}{held}{page}", number=one["number"])
    for one in editions:
        one["lacks"] = _lacking(shelf, one, editions)
    _write(
        shelf / "404.html", "not_found.html", editions=editions, latest=LATEST, title=article().report_title
    )
    (shelf / ".nojekyll").touch()
    (shelf / LIST).write_text(json.dumps({"editions": editions}, indent=1) + "\n", encoding="utf-8")
    if address:
        (shelf / "sitemap.xml").write_bytes(_map(shelf, editions[0], address))


def _pages(shelf: Path, editions: list[Listed]) -> dict[str, Listed]:
    """Return every page that an edition has or had, with the newest edition that has it."""
    found: dict[str, Listed] = {}
    for one in editions:
        folder = shelf / one["path"]
        for path in sorted(folder.rglob("*.html")):
            found.setdefault(path.relative_to(folder).as_posix(), one)
    return found


def _lacking(shelf: Path, one: Listed, editions: list[Listed]) -> list[str]:
    """Return the pages of other editions that one has not, so that nothing leads to them in it; a folder that
    it has nothing of stands for what is in it.
    """
    def pages(edition: Listed) -> set[str]:
        folder = shelf / edition["path"]
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}

    own = pages(one)
    folders = {page.split("/")[0] for page in own if "/" in page}
    gone = set().union(*map(pages, editions)) - own
    return sorted({f"{page.split('/')[0]}/" if "/" in page and page.split("/")[0] not in folders else page
                   for page in gone})


def _map(shelf: Path, newest: Listed, address: str) -> bytes:
    """Return the map of the newest edition's pages for search engines, by the protocol of sitemaps."""
    listed = ElementTree.Element("urlset", xmlns=SITEMAP)
    folder = shelf / newest["path"]
    for path in sorted(folder.rglob("*.html")):
        place = ElementTree.SubElement(listed, "url")
        page = path.relative_to(folder).as_posix()
        ElementTree.SubElement(place, "loc").text = f"{address}{LATEST}/{page}"
        ElementTree.SubElement(place, "lastmod").text = newest["released"]
    ElementTree.indent(listed)
    return ElementTree.tostring(listed, encoding="utf-8", xml_declaration=True) + b"\n"


@cache
def templates() -> Environment:
    """Return the templates of what leads to editions; whatever is no markup is escaped."""
    return Environment(loader=PackageLoader("report.editions"), autoescape=True, undefined=StrictUndefined)


def _write(path: Path, template: str, **context: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(templates().get_template(template).render(context) + "\n", encoding="utf-8")


def day_of(number: str) -> date:
    """Return when an edition was released, as the settings have it: this one, or one before it."""
    one = article()
    known = {e.number: e.released for e in one.earlier}
    if one.released:
        known[one.edition] = one.released
    if number not in known:
        raise ShelfError(f"article.toml knows no edition {number}; list it under [[editions]] with its day")
    return known[number]


def main() -> int:
    """Put a built edition on the shelf, or say why not."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("site", type=Path, help="folder of the built edition")
    asked.add_argument("shelf", type=Path, help="folder that is published, with the editions before")
    given = asked.parse_args()
    given.shelf.mkdir(parents=True, exist_ok=True)
    try:
        number = put(given.site, given.shelf, day_of(edition_of(given.site)), article().site)
    except ShelfError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Edition {number} stands on the shelf.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
