"""Answers of the build before, such as readings and numbers, taken over where what they rest on is as it was;
the others are computed side by side, before notebooks and pages ask for them.

What each was told of the data and of other answers is noted with it (``report.data.answers``); code,
libraries and settings are one hash, which names the folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from report.book import ANSWERED, answer_now, treated
from report.data.answers import FOLDER, Answers
from report.rule import claims
from report.sphinx.children import end_with_parent
from report.sphinx.fingerprint import of_computing

CONTEXT = "fork" if sys.platform == "linux" else "spawn"  # by the first, libraries are loaded already


def begin(build: Path) -> tuple[Answers, set[str]]:
    """Return the answers of this state of the code, kept in the folder of the build, and the names of those
    of others, which are forgotten: what was asked for will be again.
    """
    end()  # until those that are no longer so are gone
    asked: set[str] = set()
    place, code = build / ".answers", of_computing()
    for old in place.iterdir() if place.is_dir() else ():
        if old.name != code:
            asked |= {what for what, _ in Answers(old).made_of()}
            shutil.rmtree(old)
    return Answers(place / code), asked


def end() -> None:
    """Share no answers from here on: what this process asks next may be of another project or state."""
    os.environ.pop(FOLDER, None)


def share(known: Answers, asked: Collection[str], read_now: Callable[[str], str],
          as_they_were: bool) -> None:
    """Have the processes of this build share the answers that still hold, and compute the others and those
    that were ``asked`` for, those first on which others rest. ``read_now`` returns the digest of what is now
    read under a name.
    """
    os.environ[FOLDER] = str(known.folder)
    if as_they_were:
        return
    read, found = cache(read_now), dict(known.made_of())

    @cache
    def holds(what: str) -> bool:
        for one in found[what].keys() & found.keys():
            holds(one)  # one that does not is gone before it is read
        if all(read(one) == as_told for one, as_told in found[what].items()):
            return True
        known.drop(what)
        return False

    evidence = {f"evidence {id}" for id in claims() if treated(id)}
    for kind in ANSWERED:
        every = (one for one in {**found, **dict.fromkeys(sorted(evidence.union(asked)))}
                 if one.partition(" ")[0] == kind)
        compute([what for what in every if what not in found or not holds(what)])


def compute(missing: list[str]) -> None:
    """Compute answers on all cores; where one cannot be had, whoever asks for it will say why."""
    if missing:
        with ProcessPoolExecutor(mp_context=get_context(CONTEXT), initializer=end_with_parent) as pool:
            list(pool.map(answer_now, missing))
