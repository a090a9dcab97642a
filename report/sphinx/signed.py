"""What travels alone says where it is from: pictures, the data of charts, and the first page's other address.

A picture carries title, maker, licence, edition and address in its own metadata (RDF in an SVG, text chunks
in a PNG); the data of a chart have a description beside them by the standard for CSV on the web, in which ids
of sources are resolved.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from report import identity
from report.data.sources import sources
from report.editions.record import Record, chart_record, day_of
from report.sphinx.figure import figures_of
from report.sphinx.kept import state_now, unchanged
from report.sphinx.nodes import PAGES, rendered
from report.sphinx.output import write_if_changed

PNG = b"\x89PNG\r\n\x1a\n"
SIGNATURE = "<rdf:RDF"
CSVW = "http://www.w3.org/ns/csvw"


def facts(one: Record, meta: dict[str, Any]) -> dict[str, str]:
    """Return what a picture says of itself, by the names that PNG gives such facts."""
    known = {
        "Title": meta["title"],
        "Author": identity.AUTHOR,
        "Description": meta["alt"],
        "Copyright": f"{identity.LICENCE}, {identity.licence_address(identity.LICENCE)}",
        "Creation Time": day_of(one.csl),
        "Source": f"{identity.TITLE}, {identity.edition()}, chart {meta['name']}. {meta['source_line']}",
        "URL": one.csl.get("URL"),
    }
    return {name: value for name, value in known.items() if value}


def with_chunks(png: bytes, told: dict[str, str]) -> bytes:
    """Return a PNG with facts as international text chunks, after its header."""
    if not png.startswith(PNG):
        raise ValueError("this is no PNG")
    end = len(PNG) + 8 + struct.unpack(">I", png[len(PNG) : len(PNG) + 4])[0] + 4
    return png[:end] + b"".join(_chunk(name, value) for name, value in told.items()) + png[end:]


def _chunk(name: str, value: str) -> bytes:
    body = b"iTXt" + name.encode("latin-1") + b"\0\0\0\0\0" + value.encode("utf-8")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def with_metadata(svg: str, told: dict[str, str]) -> str:
    """Return an SVG with facts as Dublin Core, after its description."""
    stated = rendered("picture_metadata.svg", told=told, rights=identity.licence_address(identity.LICENCE))
    return svg.replace("</desc>", f"</desc>{stated}", 1)


def about_csv(one: Record, meta: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a chart's CSV by the W3C's vocabulary, its sources by id."""
    columns = [
        {"name": name, "titles": title}
        for name, title in zip(meta["data"]["columns"], meta["data"]["headings"], strict=True)
    ]
    known = [sources()[id] for id in meta["sources"]]
    return {
        "@context": CSVW,
        "url": f"{meta['name']}.csv",
        "dc:title": meta["title"],
        "dc:description": meta["measure"],
        "dc:creator": identity.AUTHOR,
        "dc:date": day_of(one.csl),
        "dc:license": {"@id": identity.licence_address(identity.LICENCE)},
        "dc:rights": "The licence is the compilation's; a printed figure is its maker's, see the sources.",
        "dc:isPartOf": f"{identity.TITLE}, {identity.edition()}",
        **({"dc:identifier": one.csl["URL"]} if "URL" in one.csl else {}),
        "tableSchema": {
            "columns": [
                *columns,
                {"name": "source_id", "titles": "Sources", "separator": ";"},
                {"name": "row", "titles": "Rows of the data package", "separator": ";"},
            ]
        },
        "dc:source": [
            {
                "dc:identifier": s.id,
                "dc:creator": s.producer,
                "dc:publisher": s.carrier,
                "dc:title": s.title,
                "dc:date": s.date,
                **({"@id": s.url} if s.url else {}),
                **({"dc:hasVersion": s.archived} if s.archived else {}),
            }
            for s in known
        ],
    }


def sign(app: Sphinx) -> None:
    """Sign the pictures of the site, and describe the data of its charts."""
    folder = Path(app.outdir) / "charts"
    for docname, figures in figures_of(app.env).items():
        for name, spec in figures.items():
            meta, png, svg = spec["usermeta"], folder / f"{name}.png", folder / f"{name}.svg"
            about = folder / f"{name}.csv-metadata.json"
            same = unchanged(f"signed {name}", state_now(f"chart {name}"), png, svg, about)
            if same and SIGNATURE in svg.read_text(encoding="utf-8"):  # else it was drawn anew meanwhile
                continue
            one = chart_record(meta, docname)
            told = facts(one, meta)
            write_if_changed(png, with_chunks(png.read_bytes(), told))
            write_if_changed(svg, with_metadata(svg.read_text(encoding="utf-8"), told))
            described = json.dumps(about_csv(one, meta), indent=1, ensure_ascii=False)
            write_if_changed(about, described)


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    sign(app)
    front = rendered(
        "front.html",
        title=identity.TITLE,
        author=identity.AUTHOR,
        root=app.config.root_doc,
        language=app.config.language or "en",
        address=identity.address(f"{app.config.root_doc}.html"),
    )
    write_if_changed(Path(app.outdir) / "index.html", f"{front}\n")


def setup(app: Sphinx) -> None:
    # set up after the pages that write the pictures, so that they are there
    app.connect("build-finished", _finished)
