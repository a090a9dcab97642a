"""Every link within the book leads somewhere, or the build stops: also those that templates write.

Sphinx checks the references that it resolves. Registers, rows, charts and citations are printed by templates,
and their links are held here against the pages and files that were written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from report.rule import claims

REGISTERS = ("claims", "data", "references")
FEW = 10  # dead links that a message lists


def dead_links(site: Path) -> list[str]:
    """Return the links of a site's pages that lead nowhere, each as page and address, in order."""
    pages = {
        path.relative_to(site).as_posix(): html.parse(str(path)) for path in sorted(site.rglob("*.html"))
    }
    anchors = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    return [
        f"{name}: {href}"
        for name, page in pages.items()
        for href in dict.fromkeys(page.xpath("//a/@href"))
        if _is_dead(site, name, href, anchors)
    ]


def _is_dead(site: Path, page: str, href: str, anchors: dict[str, set[str]]) -> bool:
    if re.match(r"[a-z]+:", href):
        told = urlsplit(href)
        return told.scheme in ("http", "https") and (not told.netloc or " " in href)
    path, _, inside = href.partition("#")
    path = path.split("?")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    if target not in anchors:
        return not (site / target).is_file()
    return bool(inside) and unquote(inside) not in anchors[target]


def is_whole(env: BuildEnvironment) -> bool:
    """Say whether a build is of the whole book: it has the registers and the chapter of every claim."""
    return {*REGISTERS, *(c.chapter for c in claims().values())} <= env.found_docs


def _told(found: list[str]) -> Iterator[str]:
    yield from found[:FEW]
    if len(found) > FEW:
        yield f"and {len(found) - FEW} more"


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html" or not is_whole(app.env):
        return
    if found := dead_links(Path(app.outdir)):
        raise ExtensionError(
            "links that lead nowhere; correct the address, or what it should lead to:\n"
            + "\n".join(_told(found))
        )


def setup(app: Sphinx) -> None:
    app.connect("build-finished", _finished, priority=900)  # when all files are written
