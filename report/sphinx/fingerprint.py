"""One hash of all that a page can depend on, by the standard library alone, so that asking
it costs next to nothing.
"""

from __future__ import annotations

import hashlib
import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(os.environ.get("REPORT_PROJECT") or Path(__file__).resolve().parents[2])
ENGINE = Path(__file__).resolve().parents[1]
PAGES_ALONE = ENGINE / "sphinx"  # makes pages of outputs; nothing that a notebook imports imports it


def data_folder() -> Path:
    """Return the folder of the tables that the book is built on."""
    return Path(os.environ.get("REPORT_DATA") or PROJECT / "data")


def _files(root: Path, left_out: Path | None) -> Iterable[Path]:
    if root.is_file():
        return [root]
    found = (p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sorted(p for p in found if not (left_out and p.is_relative_to(left_out)))


def _digest(roots: Iterable[Path], left_out: Path | None = None) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for path in _files(root, left_out):
            digest.update(f"{path.relative_to(root.parent)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def of_environment() -> str:
    """Return the hash of the Python and of the versions of all libraries beside it."""
    installed = sorted(p.name for folder in site.getsitepackages() for p in Path(folder).glob("*.dist-info"))
    return hashlib.sha256("\n".join([sys.version, *installed]).encode()).hexdigest()[:16]


def of_outputs() -> str:
    """Return the hash of what can change a notebook's outputs without being in it: data,
    evidence, engine, libraries.
    """
    return of_environment() + _digest(
        [data_folder(), PROJECT / "article.toml", PROJECT / "argument", ENGINE, PROJECT / "requirements.txt",
         PROJECT / "pyproject.toml"], left_out=PAGES_ALONE)


def of_pages() -> str:
    """Return the hash of what can change a page without being one: what changes outputs, and
    what makes pages of them.
    """
    return of_outputs() + _digest([PAGES_ALONE])


def state() -> str:
    """Return the hash of the whole book: what changes pages, chapters and configuration."""
    return of_pages() + _digest([PROJECT / "chapters", PROJECT / "_config.yml", PROJECT / "_toc.yml"])
