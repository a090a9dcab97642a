"""One hash of all that a page can depend on, by the standard library alone, so that asking it costs next to nothing.

``python report/sphinx/fingerprint.py`` (what `make book` asks first) succeeds where the built book is of this very state.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
STAMP = ".state"
LEFT_OUT = {"__pycache__", "book"}


def data_folder() -> Path:
    return Path(os.environ.get("REPORT_DATA") or PROJECT / "data")


def _digest(roots: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for root in roots:
        files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file() and not LEFT_OUT & set(p.relative_to(root).parts))
        for path in files:
            digest.update(f"{path.relative_to(root.parent)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def of_outputs() -> str:
    """Return the hash of what can change a notebook's outputs without being in it: data, requirements, package.

    The folder ``book`` is left out: it makes pages of outputs, and nothing that a notebook imports imports it.
    """
    return _digest([data_folder(), PROJECT / "report", PROJECT / "requirements.txt"])


def of_pages() -> str:
    """Return the hash of what can change a page without being one: what changes outputs, and what makes pages of them."""
    return of_outputs() + _digest([PROJECT / "report" / "book"])


def state() -> str:
    """Return the hash of the whole book: what changes pages, chapters and configuration."""
    return of_pages() + _digest([PROJECT / "chapters", PROJECT / "_config.yml", PROJECT / "_toc.yml"])


if __name__ == "__main__":
    built = PROJECT / "_build" / "html" / STAMP
    if not built.exists() or built.read_text(encoding="utf-8") != state():
        sys.exit(1)
    print("nothing has changed since the book was built; it is in _build/html")
