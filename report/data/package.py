"""The data package: all tables of the project, and the one package that a process has in hand.

``data/datapackage.json`` (Frictionless) describes them; ``report.data.stamp`` makes it of the descriptions
that stand beside the tables.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import pandas as pd

from report.article import project
from report.data import needs
from report.data.answers import Computed, of_the_build
from report.data.corrections import CORRECTION, CORRECTIONS, corrected
from report.data.imported import rest_on
from report.data.table import SEPARATOR, SOURCE_COLUMN, DataError, Table, sha256, text_of
from report.dates import is_date

P = ParamSpec("P")
T = TypeVar("T")
OF_THE_FILE = ("bytes", "hash", "rows", "sources")  # of a description: what follows from the file


def fault_of_descriptor(found: Any) -> str | None:
    """Return what ``datapackage.json`` lacks of what the tables are read by, or None."""
    if not isinstance(found, dict):
        return "it is no object"
    for name in ("as_of", "cutoff"):
        if not is_date(day := str(found.get(name))) or day.count("-") < 2:
            return f"{name} is no day"
    tables = found.get("resources")
    if not isinstance(tables, list):
        return "it lists no resources"
    for place, table in enumerate(tables):
        try:
            text = table["name"], table["path"], *table["schema"]["primaryKey"]
            text += tuple(f[told] for f in table["schema"]["fields"] for told in ("name", "type"))
        except (KeyError, TypeError):
            return f"resource {place + 1} lacks a name, path, key or field"
        if not all(isinstance(one, str) for one in text):
            return f"resource {place + 1} has a name, path, key or field that is no text"
    return None


@dataclass
class DataPackage:
    """The tables described by ``datapackage.json`` in the folder ``root``."""

    root: Path = field(default_factory=lambda: data_folder())
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _digests: dict[str, str] = field(default_factory=dict, repr=False)
    _registers: set[str] = field(default_factory=set, repr=False)  # those read row by row; see register
    kept: dict = field(default_factory=dict, repr=False)  # what `remembered` functions made of these tables
    read_for: dict = field(default_factory=dict, repr=False)  # and what each rests on (report.data.needs)

    @cached_property
    def descriptor(self) -> dict:
        path = self.root / "datapackage.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise DataError("data/datapackage.json: the file is missing; run make datapackage") from None
        except json.JSONDecodeError as error:
            raise DataError(
                f"data/datapackage.json, line {error.lineno}: {error.msg}; run make datapackage"
            ) from None
        if fault := fault_of_descriptor(found):
            raise DataError(f"data/datapackage.json: {fault}; run make datapackage")
        return found

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
        keys = re.findall(r"^\s*@\w+\s*[{(]\s*([^,\s]+)\s*,", bibliography(self.root / "sources.bib"), re.M)
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
        if "origins" not in self.all_tables:
            return None
        rows = self._loaded("origins")
        kept = {id: id for id in rows["id"]}
        former = {
            old: id
            for id, ids in zip(rows["id"], rows["formerly"].fillna(""), strict=True)
            for old in filter(None, ids.split(SEPARATOR))
        }
        return former | kept

    def keys(self, name: str, column: str) -> frozenset[str]:
        """Return the values of a table's column, for whoever checks what refers to them; that is no use of
        the table.
        """
        return frozenset(self._loaded(name)[column])

    @property
    def tables(self) -> Tables:
        """Return the tables by name. Whoever asks rests on which there are, and on each that is taken out."""
        if not needs.is_noted("tables"):
            needs.note("tables", needs.digest(*self.all_tables))
        return self._noting

    @cached_property
    def _noting(self) -> Tables:
        return Tables(self, self.all_tables)

    @cached_property
    def all_tables(self) -> dict[str, Table]:
        """The tables by name, for whoever notes itself what it takes of them; see tables."""
        return {r["name"]: Table(self, r) for r in self.descriptor["resources"]}

    def load(self, name: str) -> pd.DataFrame:
        """Return the table ``name``, typed, indexed by row address. Raise DataError where anything does not
        fit.
        """
        self.note(name)
        return self._loaded(name).copy(deep=False)  # pandas copies on write

    def note(self, name: str) -> None:
        """Note that a table was read."""
        if not needs.is_noted(f"table {name}") and name in self.all_tables:
            needs.note(f"table {name}", self.digest_of(name))

    def register(self, name: str) -> pd.DataFrame:
        """Return a table whose reader notes itself which of its rows were asked for; see load."""
        self._registers.add(name)
        return self._loaded(name).copy(deep=False)

    def _loaded(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            table = self._known(name)
            self._read[name] = corrected(table, table.read())
        return self._read[name]

    def digest_of(self, name: str) -> str:
        """Return the digest of all that a table's rows come from: file, description, corrections of it."""
        if name not in self._digests:
            table = self.all_tables[name]
            described = {k: told for k, told in table.description.items() if k not in OF_THE_FILE}
            mended = pd.DataFrame() if name == CORRECTIONS else \
                self.corrections[self.corrections["table"] == name]
            self._digests[name] = needs.digest(table.content(), described,
                                               "" if mended.empty else mended.to_csv(index=False))
        return self._digests[name]

    def description_digest(self, name: str) -> str:
        """Return the digest of a table's whole description, also of what it says of the file."""
        return needs.digest(json.dumps(self.all_tables[name].description, sort_keys=True))

    def sources_of_rows(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return the sources of each row of a table by its address; a table that cites none has none."""
        key = "sources of rows", name
        self.note(name)
        if key not in self.kept:
            frame = self.load(name)
            cells = frame[SOURCE_COLUMN] if SOURCE_COLUMN in frame else pd.Series("", index=frame.index)
            self.kept[key] = {
                row: tuple(filter(None, str(cell).split(SEPARATOR)))
                for row, cell in zip(frame.index, cells, strict=True)
            }
        return self.kept[key]

    def _known(self, name: str) -> Table:
        if name not in self.all_tables:
            near = get_close_matches(name, self.all_tables, n=5, cutoff=0.3) or sorted(self.all_tables)
            raise DataError(f"data/datapackage.json: no table {name!r}; known are {', '.join(near)}. After "
                            "adding a table and its description run make datapackage")
        return self.all_tables[name]

    def with_table(self, name: str, frame: pd.DataFrame) -> DataPackage:
        """Return a package in which one table has other rows, and what was made of the others is known."""
        other = DataPackage(self.root, {**self._read, name: frame}, _registers=set(self._registers))
        if name not in self._registers and name != CORRECTIONS:  # else nobody has noted who read it
            of_it = {f"table {name}", f"described {name}"}
            other.read_for = {key: needed for key, needed in self.read_for.items()
                              if of_it.isdisjoint(needed.read)}
            other.kept = {key: self.kept[key] for key in other.read_for}
        return other

    def changed(self) -> list[str]:
        """Return the tables whose file is no longer the one whose hash datapackage.json records."""
        found = [n for n, t in self.all_tables.items() if sha256(t.path) != t.description.get("hash")]
        needs.note("changed", needs.digest(*found))
        return found

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """The corrected cells, one a row; none where the package has no such table."""
        known = CORRECTIONS in self.all_tables
        return self._loaded(CORRECTIONS) if known else pd.DataFrame(columns=CORRECTION)

    def all_corrections(self) -> pd.DataFrame:
        """Return the corrected cells; whoever asks rests on all of them, and not on those of one table."""
        if CORRECTIONS in self.tables:
            self.note(CORRECTIONS)
        return self.corrections

    def present_origins(self) -> dict[str, str]:
        """Return each origin with the id that stands for it; whoever asks rests on the register."""
        if "origins" in self.tables:
            self.note("origins")
        return self.origin_ids or {}


class Tables(dict[str, Table]):
    """The tables of a package. What is taken out is noted, since a description is read as a row is."""

    def __init__(self, of: DataPackage, tables: dict[str, Table]) -> None:
        super().__init__(tables)
        self.of = of

    def _taken(self, name: str) -> None:
        if name in self:
            self.of.note(name)
            if not needs.is_noted(f"described {name}"):
                needs.note(f"described {name}", self.of.description_digest(name))

    def __getitem__(self, name: str) -> Table:
        self._taken(name)
        return super().__getitem__(name)

    def get(self, name: str, default=None):
        self._taken(name)
        return super().get(name, default)

    def values(self):
        for name in self:
            self._taken(name)
        return super().values()

    def items(self):
        for name in self:
            self._taken(name)
        return super().items()


def bibliography(path: Path) -> str:
    """Return the text of the register of sources; refuse one that is not there."""
    if not path.exists():
        raise DataError("data/sources.bib: the file is missing; restore it, or write in it an entry for the "
                        "article and one for each source")
    return text_of(path, "data/sources.bib")


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


def refuse(address: object, column: str | None, what: str) -> NoReturn:
    """Raise DataError for a cell that no description can refuse alone, by its file, row and column.

    ``address`` is that of the row, as the table's frame has it in its index.
    """
    name = str(address).split("#")[0]
    package().all_tables[name].refuse(what, load(name).index.get_loc(address), column)


@contextmanager
def altered(address: str, column: str, value) -> Iterator[DataPackage]:
    """Put a package in hand in which one datum has another value, for a test or a question of "what if".

    ``address`` names the row. Whatever was computed of its table is computed again from the altered one, and
    holds again when the context ends. Raises DataError for an unknown row or column.
    """
    one, name = package(), address.split("#")[0]
    frame = one.load(name)
    if address not in frame.index or column not in frame:
        raise DataError(f"{address}, column {column}: no such datum; name a row and a column of the table")
    frame = frame.copy()
    frame.loc[address, column] = value
    other = one.with_table(name, frame)
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


def remembered(function: Callable[P, T], answers: str = "", by_argument: bool = False) -> Callable[P, T]:
    """Have ``function`` compute what it makes of the package in hand once for each package and arguments.

    Frames and lists are handed out as copies, so that a caller's change stays the caller's. What it makes is
    an answer where ``answers`` names its kind: whoever asks is told the answer (``report.data.needs``), and
    the processes of a build share it (``report.data.answers``), by the name of the function and its arguments
    or, ``by_argument``, of these alone. That asks for a value that can be pickled,
    whose ``repr`` says all of it, or that is a frame of such values, and the same in each process.
    """

    @wraps(function)
    def once(*arguments: P.args, **named: P.kwargs) -> T:
        one, key = package(), (function, arguments, tuple(sorted(named.items())))
        if key not in one.kept:
            compute = partial(function, *arguments, **named)
            name = f"{answers} {_name(function, arguments, by_argument)}"
            one.kept[key], one.read_for[key] = \
                _answer(name, function, compute) if answers else _computed(compute)
        needs.again(one.read_for[key])
        made = one.kept[key]
        if isinstance(made, (pd.DataFrame, pd.Series, list, dict)):
            return made.copy()  # type: ignore[return-value]  # of its type
        return made

    return once


def _computed(compute: Callable[[], Any]) -> Computed:
    with needs.watched() as needed:
        made = compute()
    return made, needed


def _answer(what: str, function: Callable, compute: Callable[[], Any]) -> Computed:
    """Return an answer that a function gives; for altered data it is nobody else's."""
    def resting() -> Any:
        rest_on(function.__module__)
        made = compute()
        if made is None:  # a chart that its cell would not show
            place = f"{function.__module__.replace('.', '/')}.py"
            raise DataError(f"{place}: {function.__name__}() returns nothing; return what it makes")
        return made

    return _shared(what, resting) if _in_hand.get() is None else _computed(resting)


def _shared(what: str, compute: Callable[[], Any]) -> Computed:
    """Return an answer, from the other processes of the build where one has computed it."""
    shared = of_the_build()
    with shared.held(what) if shared else nullcontext():
        if shared and (known := shared.find(what)):
            return known
        made, needed = _computed(compute)
        needed.made_of, needed.told = needed.told, {what: needs.digest(said(made))}
        if shared:
            shared.put(what, (made, needed))
        return made, needed


def _name(function: Callable, arguments: tuple, by_argument: bool) -> str:
    """Return the name of what a function makes of arguments."""
    own = () if by_argument else (f"{function.__module__}.{function.__qualname__}",)
    return " ".join([*own, *map(str, arguments)])


def said(answer: Any) -> str:
    """Return all that an answer says, so that two of them can be compared."""
    return answer.to_csv() if isinstance(answer, pd.DataFrame) else repr(answer)


def answering(kind: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Have a function remember what it makes, as answers of a kind, each named by its one argument; see
    remembered.
    """
    return lambda function: remembered(function, kind, by_argument=True)


def answered(function: Callable[P, T]) -> Callable[P, T]:
    """Have a function of at most one argument, which is text, remember what it makes, as an answer of the
    kind ``made`` under its own name: for what takes long and several notebooks or pages ask for.
    """
    return remembered(function, "made")


def shown(function: Callable[[], T]) -> Callable[[], T]:
    """Have a function without arguments remember the chart or table that it makes for a cell of a chapter, as
    an answer of the kind ``shown``: a notebook then runs again where what it shows is another, and not
    wherever a table has changed that a chart was drawn from.
    """
    return remembered(function, "shown")
