"""Answers of the build before, such as readings and numbers, taken over where what they rest on is as it was;
the others are computed side by side, before notebooks and pages ask for them.

What each was told of the data, of the article's own modules and of other answers is noted with it
(``report.data.answers``); engine, libraries and settings are one hash, which names the folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from report.book import ANSWERED, answer_now, readings, treated
from report.data.answers import FOLDER, Answers
from report.rule import claims
from report.sphinx.children import end_with_parent
from report.sphinx.faults import FAULTS
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
    that were ``asked`` for. ``read_now`` returns the digest of what is now read under a name.
    """
    os.environ[FOLDER] = str(known.folder)
    if as_they_were:
        return
    read, found = cache(read_now), dict(known.made_of())

    def is_other(one: str, as_told: str) -> bool:
        return one not in found if _kind(one) in ANSWERED else read(one) != as_told

    other = {what for what, told in found.items() if any(is_other(*one) for one in told.items())}
    reached = _resting_on(other, found)
    # taken away, or whoever computes another would be told what may no longer be so
    taken = {what: known.take(what) for what in reached}
    evidence = {f"evidence {id}" for id in claims() if treated(id)}
    missing = {what for what in evidence.union(asked) - found.keys() if _kind(what) in ANSWERED}
    compute(known, found, {what: taken[what] for what in reached - other}, reached | missing)


def _kind(what: str) -> str:
    return what.partition(" ")[0]


def _resting_on(answers: set[str], found: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Return those answers and all that rest on one of them, at whatever remove."""
    reached, before = set(answers), 0
    while len(reached) > before:
        before = len(reached)
        reached |= {what for what, told in found.items() if not reached.isdisjoint(told)}
    return reached


def compute(known: Answers, found: Mapping[str, Mapping[str, str]], kept: Mapping[str, bytes],
            missing: Collection[str]) -> None:
    """Compute answers on all cores, each after those that it rested on when it was ``found``; one that is
    ``kept`` is put back where all of these have come out as they were. Where an answer cannot be had, whoever
    asks for it will say why; but a fault of a claim's evidence is raised at once, since each chapter that
    shows the claim would meet it.
    """
    kinds = list(ANSWERED)
    waiting = sorted(missing, key=lambda what: (kinds.index(_kind(what)), what))
    running: dict[Future[str], str] = {}
    if not waiting:
        return
    with ProcessPoolExecutor(mp_context=get_context(CONTEXT), initializer=end_with_parent) as pool:
        while waiting or running:
            unknown = {*waiting, *running.values()}
            ready = [what for what in waiting if unknown.isdisjoint(found.get(what, ()))]
            if not ready and not running:
                ready = waiting  # these rested on each other, by code that has changed since
            for what in ready:
                if what in kept and _come_out_the_same(known, found, what):
                    known.put_back(what, kept[what])
                else:
                    running[pool.submit(answer_now, what)] = what
            waiting = [what for what in waiting if what not in ready]
            if not ready:
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    what = running.pop(done)
                    if not done.result() and (fault := _fault_of_evidence(what)):
                        pool.shutdown(wait=False, cancel_futures=True)
                        for one in kept.keys() - {one for one, _ in known.made_of()}:
                            known.put_back(one, kept[one])  # the next build asks whether they hold
                        raise fault


def _fault_of_evidence(what: str) -> Exception | None:
    """Return what is wrong with what was written, where a claim has no readings for it."""
    kind, _, id = what.partition(" ")
    if kind != "evidence" or id not in claims() or not treated(id):
        return None
    try:
        readings(id)
    except FAULTS as fault:
        return fault
    except Exception:  # an error of code, of which a chapter's traceback says more
        return None
    return None


def _come_out_the_same(known: Answers, found: Mapping[str, Mapping[str, str]], what: str) -> bool:
    return all(known.told(one) == as_told for one, as_told in found[what].items() if one in found)
