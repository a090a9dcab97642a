"""What a build leaves for the next: of which state of their inputs its files were made, so that those whose
inputs are as they were are not made again.

The note is taken away when a build begins and written when it has ended well, so that one that fails or is
killed leaves none.
"""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

_before: dict[str, str] = {}
_now: dict[str, str] = {}


def unchanged(what: str, digested: str, *files: Path) -> bool:
    """Say whether files were made of this state of their inputs by the build before, and are there."""
    _now[what] = digested
    return _before.get(what) == digested and all(map(Path.exists, files))


def _note(app: Sphinx) -> Path:
    return Path(app.outdir).parent / f".made-of.{app.builder.name}.json"


def _begin(app: Sphinx) -> None:
    _before.clear()
    _now.clear()
    if _note(app).exists():
        _before.update(json.loads(_note(app).read_text(encoding="utf-8")))
        _note(app).unlink()


def _end(app: Sphinx, error: Exception | None) -> None:
    if not error:
        _note(app).write_text(json.dumps(_now), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _begin, priority=100)
    app.connect("build-finished", _end, priority=900)
