"""Stamp ``data/datapackage.json``: size, hash and sources of each table as they now are, in one canonical layout.

Run ``python -m report.data.stamp`` after a deliberate change of a table; a test compares the stamp with the files.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from report.data.package import data_folder, SEPARATOR, SOURCE_COLUMN, DataError, sha256, with_lf
from report.data.sources import read_sources


def stamped(root: Path = data_folder()) -> str:
    """Return the text of datapackage.json with bytes, hash, rows and sources of every table renewed."""
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    register = read_sources(root / "sources.bib")
    for resource in descriptor["resources"]:
        path = root / resource["path"]
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        resource["bytes"], resource["hash"], resource["rows"] = len(with_lf(path)), sha256(path), len(cells)
        ids = sorted({i for c in cells.get(SOURCE_COLUMN, []) for i in c.split(SEPARATOR)})
        unknown = [i for i in ids if i not in register]
        if unknown:
            raise DataError(f"data/{resource['path']}: source {unknown[0]!r} is not in data/sources.bib; add it or correct the id")
        if ids:
            resource["sources"] = [{"name": i, "title": register[i].title,
                                    **({"path": register[i].url} if register[i].url else {})} for i in ids]
    descriptor["resources"].sort(key=lambda r: r["name"])
    return json.dumps(descriptor, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (data_folder() / "datapackage.json").write_text(stamped(), encoding="utf-8")
