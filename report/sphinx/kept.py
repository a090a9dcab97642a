"""What a build leaves for the next: of which state of their inputs its files were made, so that those whose
inputs are as they were are not made again.

The note is taken away when a build begins and written when it has ended well, so that one that fails or is
killed leaves none.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

_before: dict[str, str] = {}
_now: dict[str, str] = {}


def unchanged(what: str, digested: str, *files: Path) -> bool:
    """Say whether files were made of this state of their inputs by the build before, and are there."""
    _now[what] = digested
    return _before.get(what) == digested and all(map(Path.exists, files))


def state_now(what: str) -> str:
    """Return the state of the inputs of a thing of this build, as ``unchanged`` was given it."""
    return _now[what]


def read_note(path: Path) -> Any:
    """Return what a build before has noted in a file; None where it has not."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def write_note(path: Path, told: Any) -> None:
    """Write a note in one step, so that a build that is killed leaves no half of one."""
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(told), encoding="utf-8")
    aside.replace(path)


def _note(app: Sphinx) -> Path:
    return Path(app.outdir).parent / f".made-of.{app.builder.name}.json"


def _begin(app: Sphinx) -> None:
    _before.clear()
    _now.clear()
    _before.update(read_note(_note(app)) or {})
    _note(app).unlink(missing_ok=True)


def _end(app: Sphinx, error: Exception | None) -> None:
    if not error:
        write_note(_note(app), _now)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _begin, priority=100)
    app.connect("build-finished", _end, priority=900)
