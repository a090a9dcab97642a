"""Every link within the book leads somewhere, or the build stops: also those that templates write.

Sphinx checks the references that it resolves. Registers, rows, charts and citations are printed by templates,
and their links are held here against the pages and files that were written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from report.article import project
from report.rule import claims
from report.sphinx.figure import build_folder
from report.sphinx.kept import read_note, write_note

REGISTERS = ("claims", "data", "references")
FEW = 10  # dead links that a message lists


def dead_links(site: Path, note: Path | None = None) -> list[str]:
    """Return the links of a site's pages that lead nowhere, each as page and address, in order.

    What each page holds is kept in ``note``, and read again where a page was written since.
    """
    before: dict[str, dict[str, Any]] = (read_note(note) or {}) if note else {}
    pages: dict[str, dict[str, Any]] = {}
    for path in sorted(site.rglob("*.html")):
        name, found = path.relative_to(site).as_posix(), path.stat()
        known, written = before.get(name), [found.st_mtime_ns, found.st_size]
        pages[name] = known if known and known["written"] == written else {**held(path), "written": written}
    if note:
        write_note(note, pages)
    anchors = {name: set(page["ids"]) for name, page in pages.items()}
    return [
        f"{name}: {href}"
        for name, page in pages.items()
        for href in page["links"]
        if _is_dead(site, name, href, anchors)
    ]


def held(page: Path) -> dict[str, list[str]]:
    """Return the addresses that a page names and those within it that can be named."""
    tree = html.parse(str(page))
    return {"links": list(dict.fromkeys(tree.xpath("//a/@href"))), "ids": list(tree.xpath("//@id"))}


def _is_dead(site: Path, page: str, href: str, anchors: dict[str, set[str]]) -> bool:
    if re.match(r"[a-z]+:", href):
        told = urlsplit(href)
        return told.scheme in ("http", "https") and (not told.netloc or " " in href)
    path, _, inside = href.partition("#")
    path = path.split("?")[0]
    target = _target(posixpath.dirname(page), path) if path else page
    if target not in anchors:
        return not (site / target).is_file()
    return bool(inside) and unquote(inside) not in anchors[target]


@cache
def _target(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(path)))


def missing_pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that a build lacks to be one of the whole book: registers, and chapters of claims."""
    return {*REGISTERS, *(c.chapter for c in claims().values())} - env.found_docs


def is_whole(env: BuildEnvironment) -> bool:
    """Say whether a build is of the whole book: it has the registers and the chapter of every claim."""
    return not missing_pages(env)


def _check_contents(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Refuse pages of the project that its table of contents leaves out, and missing ones that others lead
    to: hundreds of links would be told instead.
    """
    if Path(app.srcdir) != project() / "chapters":
        return
    named = getattr(env, "external_site_map", ())
    unwritten = sorted(name for name in named if not Path(app.srcdir, f"{name}.md").exists())
    left_out = sorted({path.stem for path in Path(app.srcdir).glob("*.md")} - env.found_docs)
    lacking = sorted(page for page in missing_pages(env) if not Path(app.srcdir, f"{page}.md").exists())
    if unwritten or left_out or lacking:
        raise ExtensionError("\n".join([
            *(f"_toc.yml: there is no chapters/{name}.md; correct - file: {name}, or write the page"
              for name in unwritten),
            *(f"_toc.yml: no line names chapters/{name}.md; add - file: {name}, or remove the page"
              for name in left_out),
            *(f"chapters/{name}.md: the page is missing, and links of claims or rows lead there; write it, "
              f"and add - file: {name} to _toc.yml" for name in lacking)]))


def _told(found: list[str]) -> Iterator[str]:
    yield from found[:FEW]
    if len(found) > FEW:
        yield f"and {len(found) - FEW} more"


def _finished(app: Sphinx, error: Exception | None) -> None:
    # of a page of which a fault was told, links may lead nowhere for that alone
    if error or app._warncount or app.builder.name != "html" or not is_whole(app.env):
        return
    if found := dead_links(Path(app.outdir), build_folder(app) / ".links.json"):
        raise ExtensionError(
            "links that lead nowhere; correct the address, or what it should lead to:\n"
            + "\n".join(_told(found))
        )


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", _check_contents)
    app.connect("build-finished", _finished, priority=900)  # when all files are written
