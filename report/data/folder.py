"""The files of a folder of tables."""

from __future__ import annotations

import os
from pathlib import Path


def files(root: Path, suffix: str = "") -> list[Path]:
    """Return the files within a folder that are not hidden, in the order of their paths: what systems and
    editors leave beside tables is no table. Linked folders count, each once.
    """
    found: list[Path] = []
    seen: set[str] = set()
    for folder, within, names in os.walk(root, followlinks=True):
        real = os.path.realpath(folder)
        within[:] = [] if real in seen else [name for name in within if not name.startswith(".")]
        if real not in seen:
            found += [Path(folder, name) for name in names
                      if not name.startswith(".") and name.endswith(suffix)]
        seen.add(real)
    return sorted(found)
