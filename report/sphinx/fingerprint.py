"""One hash of all that a page can depend on, by the standard library alone, so that asking
it costs next to nothing.
"""

from __future__ import annotations

import hashlib
import os
import site
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PROJECT = Path(os.environ.get("REPORT_PROJECT") or Path(__file__).resolve().parents[2])
ENGINE = Path(__file__).resolve().parents[1]
OF_TOOLS = {"__pycache__", ".ipynb_checkpoints"}  # folders that Python and Jupyter make beside what is read
PAGES_ALONE = ENGINE / "sphinx"  # makes pages of outputs; nothing that a notebook imports imports it


def data_folder() -> Path:
    """Return the folder of the tables that the book is built on."""
    return Path(os.environ.get("REPORT_DATA") or PROJECT / "data")


def _files(root: Path, left_out: Path | None) -> list[Path]:
    if not root.is_dir():
        return [root] if root.exists() else []
    found, seen = [], set()
    for folder, within, names in os.walk(root, followlinks=True):
        if (real := os.path.realpath(folder)) in seen:  # a link that leads back
            within.clear()
            continue
        seen.add(real)
        within[:] = [name for name in within if name not in OF_TOOLS]
        found += [path for name in names if (path := Path(folder, name)).is_file()]
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


def evidence() -> Path:
    """Return the folder of the article's own evidence, by the name that its settings give."""
    try:
        return PROJECT / tomllib.loads((PROJECT / "article.toml").read_text(encoding="utf-8"))["argument"]
    except (OSError, KeyError, tomllib.TOMLDecodeError):  # which the build will say
        return PROJECT / "argument"


def of_surroundings() -> str:
    """Return the hash of what can change a notebook's outputs and is noted by no kernel: libraries, settings,
    files of the engine that are no code, and which modules there are.
    """
    code = [path for root in (ENGINE, evidence()) for path in _files(root, PAGES_ALONE)]
    names = "\n".join(str(path) for path in code if path.suffix == ".py")
    others = _digest([PROJECT / "article.toml", PROJECT / "pyproject.toml",
                      *(path for path in code if path.suffix != ".py")])
    return of_environment() + hashlib.sha256((names + others).encode()).hexdigest()[:16]


@cache
def of_engine() -> str:
    """Return the hash of the engine, of the libraries and of the article's settings, as a process found them.
    """
    return of_environment() + _digest([ENGINE, PROJECT / "article.toml", PROJECT / "pyproject.toml",
                                       PROJECT / "_config.yml"])


def of_computing() -> str:
    """Return the hash of what can change an answer and is not noted with it, as data and the article's own
    modules are: the engine, libraries, settings, files beside those modules, and which modules there are.
    """
    return of_surroundings() + _digest([ENGINE], PAGES_ALONE)


def of_drawing() -> str:
    """Return the hash of what can change a picture without being in its specification."""
    return of_environment() + _digest([ENGINE / "charts"])


def _of_pages() -> list[Path]:
    return [data_folder(), PROJECT / "article.toml", evidence(), ENGINE, PROJECT / "requirements.txt",
            PROJECT / "pyproject.toml"]


def _of_the_book() -> list[Path]:
    return [PROJECT / "chapters", PROJECT / "CHANGELOG.md", PROJECT / "_config.yml", PROJECT / "_toc.yml"]


def inputs() -> list[Path]:
    """Return every file that the book is made of."""
    return [path for root in (*_of_pages(), *_of_the_book()) for path in _files(root, None)]


def of_descriptions() -> str:
    """Return the hash of what the data package is described by, and of which tables there are."""
    found = _files(data_folder(), None)
    names = "\n".join(str(path) for path in found)
    return hashlib.sha256(names.encode()).hexdigest()[:16] + _digest(
        [PROJECT / "article.toml", *(path for path in found if path.suffix in (".toml", ".json"))])


def of_pages() -> str:
    """Return the hash of what can change a page without being one: data, evidence, engine, libraries."""
    return of_environment() + _digest(_of_pages())


def state() -> str:
    """Return the hash of the whole book: what changes pages, chapters and configuration."""
    return of_pages() + _digest(_of_the_book())
