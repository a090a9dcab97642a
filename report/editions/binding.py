"""The bound book: an EPUB 3, and the document that a PDF/UA is printed from, of the same chapters.

What is printed says which edition it is and how to cite it. Neither file depends on when or where it is made:
dates are those of the edition, and names within it are in order.
"""

from __future__ import annotations

import os
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from report import identity
from report.article import article
from report.charts.fonts import carried
from report.charts.theme import FONT, LIGHT, palette

EPUB, PAPER = "book.epub", "book.html"
MEDIA = {".xhtml": "application/xhtml+xml", ".svg": "image/svg+xml", ".png": "image/png", ".css": "text/css",
         ".woff2": "font/woff2", ".ncx": "application/x-dtbncx+xml"}
SVG = "http://www.w3.org/2000/svg"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a date in a zip
COVER = (1000, 1600)  # pixels


@dataclass(frozen=True)
class Chapter:
    """A page of the book: its name, title and part of the contents, and what it says as elements of HTML, in
    which links to other chapters are written ``name.html#anchor``.
    """

    name: str
    title: str
    part: str
    body: Any

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Return the address and the title of each heading of the second level."""
        return [(heading.getparent().get("id"), " ".join(heading.text_content().split()))
                for heading in self.body.iter("h2") if heading.getparent().get("id")]


@cache
def templates() -> Environment:
    """Return the templates, where whatever is no markup is escaped."""
    return Environment(loader=PackageLoader("report.editions"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


def dated() -> datetime:
    """Return when the edition was made: the time that a release sets, the day of the edition, or the day of
    what it knows.
    """
    if at := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(at), UTC)
    day: date = article().released or article().as_of
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def about() -> dict[str, Any]:
    """Return what a bound book says of itself, on its title page and to machines."""
    one, made = article(), dated()
    named = one.doi and f"https://doi.org/{one.doi}"
    return {
        "article": one, "title": one.report_title, "authors": one.authors, "state": identity.state(),
        "edition": identity.edition(), "abstract": " ".join(one.abstract.split()),
        "cite": identity.citation(),
        "licence": one.licence, "licence_address": identity.licence_address(one.licence),
        "site": identity.edition_address(""), "language": "en", "font": FONT,
        "modified": f"{made:%Y-%m-%dT%H:%M:%SZ}", "day": (one.released or one.as_of).isoformat(),
        "identifier": named or uuid.uuid5(uuid.NAMESPACE_URL, f"{one.report_title} {one.edition}").urn,
        "colours": {name: pair[LIGHT] for name, pair in palette().items()},
    }


def bind(folder: Path, chapters: Sequence[Chapter]) -> None:
    """Write both forms of the book into a folder that holds its ``pictures`` and ``fonts``."""
    told = about()
    (folder / PAPER).write_text(paper(chapters, told), encoding="utf-8")
    (folder / EPUB).write_bytes(epub(folder, chapters, told))


def parts(chapters: Sequence[Chapter]) -> list[tuple[str, list[Chapter]]]:
    """Return the parts of the contents with their chapters."""
    return [(part, list(found)) for part, found in groupby(chapters, key=lambda one: one.part)]


def xml(element: Any) -> Markup:
    """Return an element as XML, which HTML is as well once empty elements are written in short."""
    return Markup(etree.tostring(element, encoding="unicode", method="xml", with_tail=False))


# Paper ------------------------------------------------------------------------------------------------------


def paper(chapters: Sequence[Chapter], told: dict[str, Any]) -> str:
    """Return the whole book as one document for print, in which every address begins with its chapter."""
    bodies = [(one, xml(joined(one))) for one in chapters]
    return templates().get_template("paper.html").render(told, bodies=bodies, parts=parts(chapters)) + "\n"


def joined(one: Chapter) -> Any:
    """Return a chapter as a part of one document."""
    body = deepcopy(one.body)
    for element in body.iter():
        if element.get("id"):
            element.set("id", f"{one.name}--{element.get('id')}")
        href = element.get("href", "")
        path, _, inside = href.partition("#")
        if element.tag == "a" and path.endswith(".html") and ":" not in href:
            name = path.removesuffix(".html")
            element.set("href", f"#{name}--{inside}" if inside else f"#{name}")
    return body


# EPUB -------------------------------------------------------------------------------------------------------


def epub(folder: Path, chapters: Sequence[Chapter], told: dict[str, Any]) -> bytes:
    """Return the book as an EPUB 3, the type of its content first and not compressed."""
    files = {f"OEBPS/{name}": content for name, content in _contents(folder, chapters, told)}
    held = [{"id": name.replace("/", "-").replace(".", "-"), "href": name, "media": MEDIA[Path(name).suffix],
             "properties": {"nav.xhtml": "nav", "cover.png": "cover-image"}.get(name, "")}
            for name in sorted(path.removeprefix("OEBPS/") for path in files)]
    files["OEBPS/book.opf"] = _filled("book.opf", told, held=held, chapters=chapters)
    files["META-INF/container.xml"] = _filled("container.xml", told)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in [("mimetype", b"application/epub+zip"), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, max(EARLIEST, dated().timetuple()[:6]))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return made.getvalue()


def _filled(template: str, told: dict[str, Any], **more: Any) -> bytes:
    text = templates().get_template(template).render(told, **more).strip()
    etree.fromstring(text.encode("utf-8"))  # what is no XML is refused here, and not by a reader's device
    return f"{text}\n".encode()


def _contents(folder: Path, chapters: Sequence[Chapter], told: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for one in chapters:
        yield f"{one.name}.xhtml", _filled("chapter.xhtml", told, chapter=one, body=xml(_alone(one)))
    yield "cover.xhtml", _filled("cover.xhtml", told)
    yield "title.xhtml", _filled("title.xhtml", told)
    yield "nav.xhtml", _filled("nav.xhtml", told, parts=parts(chapters))
    yield "cover.png", cover(told)
    yield "book.css", templates().get_template("epub.css").render(told).encode("utf-8")
    for path in sorted(folder.glob("pictures/*.svg")):
        yield path.relative_to(folder).as_posix(), lettered(path.read_bytes(), folder / "fonts")
    for path in sorted(folder.glob("fonts/*.woff2")):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def lettered(drawn: bytes, fonts: Path) -> bytes:
    """Return a drawing that carries the letters it is written in, since a page lends a picture none: without
    them a device takes another typeface, often one with serifs, and words run into one another.
    """
    picture = etree.fromstring(drawn)
    used: dict[str, set[str]] = {}
    for text in picture.iter(f"{{{SVG}}}text"):
        weight = next((one.get("font-weight") for one in (text, *text.iterancestors())
                       if one.get("font-weight")), "normal")
        used.setdefault("600" if weight in ("600", "bold") else "400", set()).update(text.itertext())
    style = etree.Element(f"{{{SVG}}}style")
    style.text = "".join(carried("".join(sorted(set("".join(words)))), cut, fonts)
                         for cut, words in sorted(used.items()))
    picture.append(style)
    return etree.tostring(picture, encoding="utf-8")


def _alone(one: Chapter) -> Any:
    """Return a chapter as a file of its own, whose links lead to the files of others."""
    body = deepcopy(one.body)
    for link in body.iter("a"):
        href = link.get("href", "")
        path, _, inside = href.partition("#")
        if path.endswith(".html") and ":" not in href:
            link.set("href", f"{path.removesuffix('.html')}.xhtml{f'#{inside}' if inside else ''}")
    return body


def cover(told: dict[str, Any]) -> bytes:
    """Return the cover as a picture, which shelves of books show small."""
    width, height = COVER
    drawn = templates().get_template("cover.svg").render(
        told, width=width, height=height, title_lines=_lines(told["article"].title, 18),
        subtitle_lines=_lines(told["article"].subtitle, 30))
    return vl_convert.svg_to_png(drawn, scale=1)


def _lines(text: str, length: int) -> list[str]:
    made = [""]
    for word in text.split():
        if made[-1] and len(f"{made[-1]} {word}") > length:
            made.append("")
        made[-1] = f"{made[-1]} {word}".strip()
    return made
