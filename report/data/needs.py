"""What a process has read of the data, and as what, so that only what read something is made again when it
changes.

Each entry names a thing (``table wages/index``, ``source some_id``) and the digest of what was read of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

READ: dict[str, str] = {}
_watching: list[dict[str, str]] = []  # what is being computed, the innermost last, and what it has read
T = TypeVar("T")


def digest(*parts: object) -> str:
    """Return a short hash of what parts say."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def note(what: str, digested: str) -> None:
    """Remember that a thing was read, and as what; the first reading stands."""
    again({what: READ.setdefault(what, digested)})


def is_noted(what: str) -> bool:
    """Say whether a thing was read before; whatever is being computed has then read it too."""
    if what not in READ:
        return False
    again({what: READ[what]})
    return True


def again(read: dict[str, str]) -> None:
    """Remember that whatever is being computed rests on these too, though they were read before."""
    if _watching:
        _watching[-1].update(read)


@contextmanager
def watched() -> Iterator[dict[str, str]]:
    """Fill the mapping handed out with what is read within, also by what was computed before and is asked
    for again; what is being computed around it has read the same.
    """
    read: dict[str, str] = {}
    _watching.append(read)
    try:
        yield read
    finally:
        _watching.pop()
        again(read)


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
