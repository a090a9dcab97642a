"""The description of a released edition as a whole: an RO-Crate 1.2, by the library that its makers keep."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from report.article import Article
from report.identity import licence_address

FILE = "ro-crate-metadata.json"
MEDIA = {
    ".zip": "application/zip",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".json": "application/json",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".cff": "application/yaml",
}


def crate(folder: Path, about: dict[str, str], one: Article, day: str, commit: str) -> str:
    """Return the metadata of the files in a folder, each with what it is; ``day`` is that of the edition.

    ``about`` names every file and says what it holds. The text is the same for the same files.
    """
    made = ROCrate(version="1.2")
    made.name, made.description = f"{one.report_title}, edition {one.edition}", one.abstract
    made.datePublished, made.keywords = day, ", ".join(one.keywords)
    authors = made.add(
        ContextEntity(made, "#authors", properties={"@type": "Organization", "name": one.authors})
    )
    licence = made.add(
        ContextEntity(
            made,
            licence_address(one.licence),
            properties={
                "@type": "CreativeWork",
                "name": one.licence,
                "description": "Of text, charts and compilation of data; tables name their own.",
            },
        )
    )
    root = made.root_dataset
    root["author"] = root["publisher"] = authors
    root["license"] = licence
    for name, value in (
        ("version", one.edition),
        ("identifier", one.doi and f"https://doi.org/{one.doi}"),
        ("url", one.site),
        ("isBasedOn", one.repository and f"{one.repository}/tree/{commit}"),
    ):
        if value:
            root[name] = value
    for name, what in sorted(about.items()):
        made.add_file(dest_path=name, properties=_file(folder / name, what))
    return json.dumps(made.metadata.generate(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _file(path: Path, what: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": path.name,
        "description": what,
        "contentSize": str(len(content)),
        "encodingFormat": MEDIA[path.suffix],
        "sha256": hashlib.sha256(content).hexdigest(),
    }
