"""What a server shows of the shelf: a copy of it, in which an edition from before the list of editions says
that it is an old one.

Editions stay on the shelf as they were, byte by byte, and so do those in this copy whose pages read the list
of editions themselves. An edition that was made before pages did so cannot tell its readers of later ones; in
this copy, and nowhere else, each of its pages begins with a line that does.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from report import identity
from report.editions.shelf import LATEST, LIST, ShelfError, templates

KNOWS = b"data-edition="  # on a page that reads the list of editions


def host(shelf: Path, target: Path) -> list[str]:
    """Copy the shelf to a folder that is not there yet; return the numbers of editions that got a line."""
    if target.exists():
        raise ShelfError(f"{target} is there already; name a folder that is not, or remove it")
    shutil.copytree(shelf, target, ignore=shutil.ignore_patterns(".git"))
    editions = json.loads((target / LIST).read_text(encoding="utf-8"))["editions"]
    newest, told = editions[0], []
    for one in editions[1:]:
        pages = sorted((target / one["path"]).rglob("*.html"))
        if any(KNOWS in path.read_bytes() for path in pages):
            continue
        for path in pages:
            page = path.relative_to(target / one["path"]).as_posix()
            up = "../" * (1 + page.count("/"))
            there = f"{up}{LATEST}/{'' if lacks(newest, page) else page}"
            line = templates().get_template("old_edition.html").render(
                one=one, day=identity.day(date.fromisoformat(one["released"])), newest=newest,
                there=there, same=not lacks(newest, page))
            path.write_bytes(with_line(path.read_bytes(), line.strip().encode()))
        told.append(one["number"])
    return told


def lacks(one: dict, page: str) -> bool:
    """Say whether an edition of the list has no page of a name."""
    return any(page.startswith(gone) if gone.endswith("/") else page == gone for gone in one["lacks"])


def with_line(page: bytes, line: bytes) -> bytes:
    """Return a page that begins with a line; all else in it is as it was. One without a body leads on to
    another page by itself.
    """
    at = page.find(b"<body")
    if at < 0:
        return page
    inside = page.index(b">", at) + 1
    return page[:inside] + b"\n" + line + page[inside:]
