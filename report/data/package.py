"""The data package: all tables of the project, and the one package that a process has in hand.

``data/datapackage.json`` (Frictionless) describes them; ``report.data.stamp`` makes it of the descriptions
that stand beside the tables.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import pandas as pd

from report.article import project
from report.data import needs
from report.data.corrections import CORRECTION, CORRECTIONS, corrected
from report.data.table import SEPARATOR, SOURCE_COLUMN, DataError, Table, sha256, with_lf

P = ParamSpec("P")
T = TypeVar("T")
OF_THE_FILE = ("bytes", "hash", "rows", "sources")  # of a description: what follows from the file


@dataclass
class DataPackage:
    """The tables described by ``datapackage.json`` in the folder ``root``."""

    root: Path = field(default_factory=lambda: data_folder())
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _digests: dict[str, str] = field(default_factory=dict, repr=False)
    kept: dict = field(default_factory=dict, repr=False)  # what `remembered` functions made of these tables
    read_for: dict = field(default_factory=dict, repr=False)  # and what each read for it (report.data.needs)

    @cached_property
    def descriptor(self) -> dict:
        path = self.root / "datapackage.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            raise DataError(
                f"data/datapackage.json, line {error.lineno}: {error.msg}; run make datapackage"
            ) from None

    @property
    def as_of(self) -> date:
        needs.note("as_of", self.descriptor["as_of"])
        return date.fromisoformat(self.descriptor["as_of"])

    @property
    def cutoff(self) -> date:
        needs.note("cutoff", self.descriptor["cutoff"])
        return date.fromisoformat(self.descriptor["cutoff"])

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """The keys of data/sources.bib (read by pattern here; report.data.sources parses and checks the
        entries).
        """
        keys = re.findall(r"^@\w+\{([^,\s]+),", (self.root / "sources.bib").read_text(encoding="utf-8"), re.M)
        twice = {k for k in keys if keys.count(k) > 1} if len(set(keys)) < len(keys) else set()
        if twice:
            raise DataError(
                f"data/sources.bib: key {sorted(twice)[0]!r} stands twice; keep one entry a source"
            )
        return frozenset(keys)

    @cached_property
    def origin_ids(self) -> dict[str, str] | None:
        """Each origin with the id that stands for it, itself or the one it was given up for; None without a
        register.
        """
        if "origins" not in self.tables:
            return None
        rows = self._loaded("origins")
        kept = {id: id for id in rows["id"]}
        former = {
            old: id
            for id, ids in zip(rows["id"], rows["formerly"].fillna(""), strict=True)
            for old in filter(None, ids.split(SEPARATOR))
        }
        return former | kept

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {r["name"]: Table(self, r) for r in self.descriptor["resources"]}

    def load(self, name: str) -> pd.DataFrame:
        """Return the table ``name``, typed, indexed by row address. Raise DataError where anything does not
        fit.
        """
        self._note(name)
        return self._loaded(name).copy(deep=False)  # pandas copies on write

    def _note(self, name: str) -> None:
        if not needs.is_noted(f"table {name}") and name in self.tables:
            needs.note(f"table {name}", self.digest_of(name))

    def register(self, name: str) -> pd.DataFrame:
        """Return a table whose reader notes itself which of its rows were asked for; see load."""
        return self._loaded(name).copy(deep=False)

    def _loaded(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            table = self._table(name)
            self._read[name] = corrected(table, table.read())
        return self._read[name]

    def digest_of(self, name: str) -> str:
        """Return the digest of all that a table's rows come from: file, description, corrections of it."""
        if name not in self._digests:
            table = self.tables[name]
            described = {k: told for k, told in table.description.items() if k not in OF_THE_FILE}
            mended = pd.DataFrame() if name == CORRECTIONS else \
                self.corrections[self.corrections["table"] == name]
            self._digests[name] = needs.digest(with_lf(table.path), described,
                                               "" if mended.empty else mended.to_csv(index=False))
        return self._digests[name]

    def sources_of_rows(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return the sources of each row of a table by its address; a table that cites none has none."""
        key = "sources of rows", name
        self._note(name)
        if key not in self.kept:
            frame = self.load(name)
            cells = frame[SOURCE_COLUMN] if SOURCE_COLUMN in frame else pd.Series("", index=frame.index)
            self.kept[key] = {
                row: tuple(filter(None, str(cell).split(SEPARATOR)))
                for row, cell in zip(frame.index, cells, strict=True)
            }
        return self.kept[key]

    def _table(self, name: str) -> Table:
        if name not in self.tables:
            near = get_close_matches(name, self.tables, n=5, cutoff=0.3) or sorted(self.tables)
            raise DataError(f"data/datapackage.json: no table {name!r}; known are {', '.join(near)}")
        return self.tables[name]

    def changed(self) -> list[str]:
        """Return the tables whose file is no longer the one whose hash datapackage.json records."""
        found = [n for n, t in self.tables.items() if sha256(t.path) != t.description.get("hash")]
        needs.note("changed", needs.digest(*found))
        return found

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """Return the corrected cells, one a row; none where the package has no such table."""
        return self._loaded(CORRECTIONS) if CORRECTIONS in self.tables else pd.DataFrame(columns=CORRECTION)


def data_folder() -> Path:
    """Return the folder of the tables: the one named by ``REPORT_DATA``, else that of the project in hand."""
    return Path(os.environ.get("REPORT_DATA") or project() / "data")


_own: dict[tuple, DataPackage] = {}  # the packages that this process has opened, by what names their folder
_in_hand: ContextVar[DataPackage | None] = ContextVar("package in hand", default=None)


def package() -> DataPackage:
    """Return the data package in hand: the project's own, or the altered one inside ``altered``."""
    if (altered_one := _in_hand.get()) is not None:
        return altered_one
    asked = os.environ.get("REPORT_DATA"), os.environ.get("REPORT_PROJECT"), os.getcwd()
    if asked not in _own:
        _own[asked] = DataPackage(data_folder())
    return _own[asked]


def load(name: str) -> pd.DataFrame:
    """Return a table of the data package in hand; see DataPackage.load."""
    return package().load(name)


@contextmanager
def altered(address: str, column: str, value) -> Iterator[DataPackage]:
    """Put a package in hand in which one datum has another value, for a test or a question of "what if".

    ``address`` names the row. Whatever was computed from the package before is computed again from the
    altered one, and holds again when the context ends. Raises DataError for an unknown row or column.
    """
    one, name = package(), address.split("#")[0]
    frame = one.load(name)
    if address not in frame.index or column not in frame:
        raise DataError(f"{address}, column {column}: no such datum; name a row and a column of the table")
    frame = frame.copy()
    frame.loc[address, column] = value
    other = DataPackage(one.root, {**one._read, name: frame})
    token = _in_hand.set(other)
    try:
        yield other
    finally:
        _in_hand.reset(token)


@contextmanager
def opened(root: Path) -> Iterator[DataPackage]:
    """Put the package in a folder in hand, for a comparison with another; see altered."""
    one = DataPackage(root)
    token = _in_hand.set(one)
    try:
        yield one
    finally:
        _in_hand.reset(token)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Have ``function`` compute what it makes of the package in hand once for each package and arguments.

    Frames and lists are handed out as copies, so that a caller's change stays the caller's.
    """

    @wraps(function)
    def once(*arguments: P.args, **named: P.kwargs) -> T:
        one, key = package(), (function, arguments, tuple(sorted(named.items())))
        if key in one.kept:
            needs.again(one.read_for.get(key, {}))
        else:
            with needs.watched() as read:
                one.kept[key] = function(*arguments, **named)
            one.read_for[key] = read
        made = one.kept[key]
        if isinstance(made, (pd.DataFrame, pd.Series, list, dict)):
            return made.copy()  # type: ignore[return-value]  # of its type
        return made

    return once
