"""What a process has read of the data, and as what, so that only what read something is made again when it
changes.

Each entry names a thing (``table wages/index``, ``source some_id``) and the digest of what was read of it.
What the book has computed by name, such as the readings of a claim, is an answer: whatever asked for it rests
on the answer, and not on all that the answer was made of, so that a change which moves no answer reaches no
further. Answers are asked for again and compared; what they rest on themselves is kept beside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Needed:
    """What something rests on: all that was ``read`` for it, and what it was ``told``, which names answers
    instead of what these were made of. Both map the name of a thing to its digest.
    """

    read: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)  # of an answer: what was told to whoever gave it

    def add(self, more: Needed) -> None:
        """Rest on what another thing rests on too."""
        self.read.update(more.read)
        self.told.update(more.told)


WHOLE = Needed()  # of this process
_watching: list[Needed] = [WHOLE]  # what is being computed, the innermost last


def digest(*parts: object) -> str:
    """Return a short hash of what parts say."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def note(what: str, digested: str) -> None:
    """Remember that a thing was read, and as what; the first reading stands."""
    known = {what: WHOLE.read.setdefault(what, digested)}
    again(Needed(known, known))


def is_noted(what: str) -> bool:
    """Say whether a thing was read before; whatever is being computed has then read it too."""
    if what not in WHOLE.read:
        return False
    note(what, "")
    return True


def again(needed: Needed) -> None:
    """Remember that whatever is being computed rests on this too, though it was read before."""
    _watching[-1].add(needed)


@contextmanager
def watched() -> Iterator[Needed]:
    """Fill what is handed out with what is read within, also by what was computed before and is asked for
    again. Whatever is being computed around it must be told (``again``), since it may have been told less.
    """
    needed = Needed()
    _watching.append(needed)
    try:
        yield needed
    except BaseException:  # which whoever asked may catch, and goes on
        _watching.pop()
        again(needed)
        raise
    _watching.pop()


class Register(dict[str, T]):
    """A register whose entries are noted one by one when they are asked for, and as a whole when all are."""

    def __init__(self, kind: str, entries: dict[str, T]) -> None:
        super().__init__(entries)
        self.kind = kind

    def digest_of(self, id: str) -> str:
        """Return the digest of an entry, or of there being none."""
        return digest(repr(super().get(id)))

    def digest(self) -> str:
        """Return the digest of all entries."""
        return digest(*(f"{id}={one!r}" for id, one in super().items()))

    def copy(self) -> Register[T]:
        """Return the register itself: what is read of a copy would go unnoted."""
        return self

    def _asked(self, id: str) -> None:
        if not is_noted(f"{self.kind} {id}"):
            note(f"{self.kind} {id}", self.digest_of(id))

    def _all(self) -> None:
        if not is_noted(f"all {self.kind}"):
            note(f"all {self.kind}", self.digest())

    def __getitem__(self, id: str) -> T:
        self._asked(id)
        return super().__getitem__(id)

    def get(self, id: str, default: Any = None) -> Any:
        self._asked(id)
        return super().get(id, default)

    def __contains__(self, id: object) -> bool:
        self._asked(str(id))
        return super().__contains__(id)

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    def keys(self):
        self._all()
        return super().keys()

    def values(self):
        self._all()
        return super().values()

    def items(self):
        self._all()
        return super().items()
