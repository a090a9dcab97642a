"""What a bound book has to keep: the rules of EPUB 3 and of a tagged PDF that can be checked without Java."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pypdf import PdfReader

NAMES = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/",
         "h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops",
         "c": "urn:oasis:names:tc:opendocument:xmlns:container"}
DUBLIN = ("identifier", "title", "creator", "language", "date", "rights")
SAID = ("dcterms:modified", "schema:version", "schema:accessMode", "schema:accessModeSufficient",
        "schema:accessibilityFeature", "schema:accessibilityHazard", "schema:accessibilitySummary")


# EPUB -------------------------------------------------------------------------------------------------------


def epub_faults(content: bytes) -> list[str]:
    """Return what is wrong with an EPUB, each in a few words."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        first = archive.infolist()[0]
        files = {name: archive.read(name) for name in archive.namelist()}
    found = []
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED \
            or files["mimetype"] != b"application/epub+zip":
        found.append("the type does not come first, plain")
    path = str(etree.fromstring(files["META-INF/container.xml"]).xpath("//c:rootfile/@full-path",
                                                                       namespaces=NAMES)[0])
    package, folder = etree.fromstring(files[path]), posixpath.dirname(path)
    found += [f"no dc:{name}" for name in DUBLIN
              if not "".join(package.xpath(f"//dc:{name}/text()", namespaces=NAMES)).strip()]
    found += [f"no {name}" for name in SAID
              if not package.xpath(f"//opf:meta[@property='{name}']/text()", namespaces=NAMES)]
    items = {item.get("id"): item for item in package.iterfind(".//opf:item", NAMES)}
    held = {posixpath.join(folder, item.get("href")) for item in items.values()}
    packed = files.keys() - {"mimetype", "META-INF/container.xml", path}
    found += [f"{name} is not in both package and archive" for name in sorted(held ^ packed)]
    order = [ref.get("idref") for ref in package.iterfind(".//opf:itemref", NAMES)]
    found += [f"the order names {ref}, which is nothing" for ref in order if ref not in items]
    pages = {name: etree.fromstring(files[name]) for name in sorted(packed) if name.endswith(".xhtml")}
    read = {posixpath.join(folder, items[ref].get("href")) for ref in order if ref in items}
    found += [f"{name} is never read" for name in pages if name not in read]
    if not any(p.xpath("//h:nav[@epub:type='toc']//h:a", namespaces=NAMES) for p in pages.values()):
        found.append("no contents")
    return [*found, *_page_faults(pages, packed)]


def _page_faults(pages: dict[str, Any], packed: set[str]) -> Iterator[str]:
    anchors = {name: Counter(page.xpath("//@id")) for name, page in pages.items()}
    for name, page in pages.items():
        yield from (f"{name}: id {id} stands twice" for id, times in anchors[name].items() if times > 1)
        if not page.get("lang") or not "".join(page.xpath("//h:title/text()", namespaces=NAMES)).strip():
            yield f"{name}: no language or no title"
        yield from (f"{name}: a picture without words" for image in page.xpath("//h:img", namespaces=NAMES)
                    if not image.get("alt"))
        for href in page.xpath("//h:a/@href | //h:img/@src | //h:link/@href", namespaces=NAMES):
            there, _, inside = href.partition("#")
            if ":" in there:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), there)) if there else name
            if target not in packed or (inside and inside not in anchors.get(target, {})):
                yield f"{name}: {href} leads nowhere"


# PDF --------------------------------------------------------------------------------------------------------


def pdf_faults(path: Path) -> list[str]:
    """Return what is wrong with a PDF that is to be tagged, found by its outline and printed of lines."""
    reader = PdfReader(path)
    root, found = reader.trailer["/Root"], []
    if not root.get("/Lang"):
        found.append("no language")
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("not tagged")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        found.append("shows its file's name in place of its title")
    if b"pdfuaid" not in (root["/Metadata"].get_data() if "/Metadata" in root else b""):
        found.append("does not say that it is PDF/UA")
    for name in ("/Title", "/Author"):
        if not (reader.metadata or {}).get(name):
            found.append(f"no {name[1:].lower()}")
    if not list(_flat(reader.outline)):
        found.append("no outline")
    tree = list(_elements(root["/StructTreeRoot"])) if "/StructTreeRoot" in root else []
    kinds = Counter(one.get("/S") for one in tree)
    found += [f"no element {kind}" for kind in ("/H1", "/P", "/Link") if not kinds[kind]]
    found += ["a figure without words" for one in tree if one.get("/S") == "/Figure" and not one.get("/Alt")]
    return [*found, *_printed_faults(reader)]


def _printed_faults(reader: PdfReader) -> Iterator[str]:
    named = set(reader.named_destinations)
    seen: set[int] = set()
    for number, page in enumerate(reader.pages, 1):
        for note in page.get("/Annots") or ():
            note = note.get_object()
            action = note.get("/A", {})
            goal = note.get("/Dest") or (action.get("/D") if action.get("/S") == "/GoTo" else None)
            if isinstance(goal, str) and goal not in named:
                yield f"page {number}: a link to {goal}, which is nowhere"
            if goal is None and not action.get("/URI"):
                yield f"page {number}: a link to nothing"
        yield from (f"page {number}: {fault}" for fault in _resource_faults(page.get("/Resources"), seen))


def _resource_faults(resources: Any, seen: set[int]) -> Iterator[str]:
    """Return fonts that are not embedded and pictures of dots, also within drawings."""
    resources = resources.get_object() if resources is not None else {}
    for name, font in (resources.get("/Font") or {}).items():
        font = font.get_object()
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        told = inner.get("/FontDescriptor", {})
        if font.get("/Subtype") != "/Type3" and not {"/FontFile", "/FontFile2", "/FontFile3"} & told.keys():
            yield f"font {name} is not embedded"
    for name, drawn in (resources.get("/XObject") or {}).items():
        drawn = drawn.get_object()
        if id(drawn) in seen:
            continue
        seen.add(id(drawn))
        if drawn.get("/Subtype") == "/Image":
            yield f"{name} is a picture of dots"
        yield from _resource_faults(drawn.get("/Resources"), seen)


def figures(path: Path) -> int:
    """Return how many figures a PDF marks as such."""
    tree = PdfReader(path).trailer["/Root"]["/StructTreeRoot"]
    return sum(one.get("/S") == "/Figure" for one in _elements(tree))


def _flat(outline: list) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _elements(top: Any) -> Iterator[Any]:
    waiting = [top]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif hasattr(one, "get"):
            if "/S" in one:
                yield one
            if "/K" in one and not isinstance(one["/K"], int):
                waiting.append(one["/K"])
