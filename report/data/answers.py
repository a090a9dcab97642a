"""Answers that the processes of a build share and the next build takes over: a folder, a file an answer.

An answer is what a function makes of the data package in hand, under a name such as ``numbers wages``. The
first process that asks computes it, others that ask meanwhile wait for it, and all read what it made. A file
holds what the answer was made of (``report.data.needs``) in its first line, by which a build finds those that
are as they were, and below it the pickled answer.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from report.data.needs import Needed, digest

Computed = tuple[Any, Needed]  # an answer, and what it rests on
FOLDER = "REPORT_ANSWERS"  # by which a build tells its processes where answers are


@dataclass(frozen=True)
class Answers:
    """The answers in a folder, which are of one state of code and data: a build sees to that."""

    folder: Path

    def _place(self, what: str) -> Path:
        return self.folder / f"{digest(what)}.answer"

    def held(self, what: str) -> AbstractContextManager:
        """Keep other processes from an answer while it is looked for and, where it is missing, computed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._place(what).with_suffix(".lock"))

    def find(self, what: str) -> Computed | None:
        """Return an answer, or None where there is none."""
        try:
            said = self._place(what).read_bytes()
        except FileNotFoundError:
            return None
        return pickle.loads(said.partition(b"\n")[2])

    def put(self, what: str, found: Computed) -> None:
        """Keep an answer."""
        head = {"what": what, "made_of": found[1].made_of, "told": found[1].told.get(what, "")}
        self.put_back(what, json.dumps(head).encode() + b"\n" + pickle.dumps(found))

    def put_back(self, what: str, written: bytes) -> None:
        """Keep an answer as it was taken, in one step."""
        _write(self._place(what), written)

    def take(self, what: str) -> bytes:
        """Forget an answer, and return it as it was written."""
        written = self._place(what).read_bytes()
        self._place(what).unlink()
        return written

    def told(self, what: str) -> str:
        """Return the digest of an answer; nothing where there is none."""
        try:
            with self._place(what).open("rb") as file:
                return json.loads(file.readline())["told"]
        except FileNotFoundError:
            return ""

    def noted(self, what: str) -> str | None:
        """Return a note of this state of the code, or None where there is none."""
        try:
            return (self.folder / f"{digest(what)}.note").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def note(self, what: str, said: str) -> None:
        """Keep a note: what takes long to find, and follows from its name and the engine's code alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self.folder / f"{digest(what)}.note", said.encode())

    def made_of(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the name of each answer, and what was told to whoever made it."""
        for place in sorted(self.folder.glob("*.answer")):
            with place.open("rb") as file:
                head = json.loads(file.readline())
            yield head["what"], head["made_of"]


def _write(place: Path, content: bytes) -> None:
    """Write a file in one step, whoever else writes the same."""
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(place)


def of_the_build() -> Answers | None:
    """Return the answers that the processes of this build share; None where no build runs."""
    folder = os.environ.get(FOLDER)
    return Answers(Path(folder)) if folder else None
