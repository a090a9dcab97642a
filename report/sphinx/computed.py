"""Readings and numbers that the build before has computed, taken over where what they rest on is as it was.

What each was told of the data and of other readings is noted with it (``report.data.needs``); code,
libraries and settings are one hash.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from sphinx.application import Sphinx

from report import book
from report.sphinx.execution import read_now
from report.sphinx.figure import build_folder
from report.sphinx.fingerprint import of_computing
from report.sphinx.kept import unchanged


def _place(app: Sphinx) -> Path:
    return build_folder(app) / ".computed"


def _take(app: Sphinx) -> None:
    place, code = _place(app), of_computing()
    same = unchanged("computed", app.config.report_fingerprint, place)
    if not place.exists():
        return
    made_by, _, told = place.read_bytes().partition(b"\n")
    if made_by.decode("utf-8", "replace") != code:
        return
    known = pickle.loads(told)
    if same:
        book.take(known)
        return
    # numbers rest on readings, which are taken over before they are asked for
    for of in sorted(known, key=lambda of: list(book.COMPUTED).index(of[0])):
        if all(read_now(what) == as_told for what, as_told in known[of][1].made_of.items()):
            book.take({of: known[of]})


def _keep(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    place, told = _place(app), f"{of_computing()}\n".encode() + pickle.dumps(book.computed())
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_bytes(told)
    aside.replace(place)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _take, priority=150)
    app.connect("build-finished", _keep)
