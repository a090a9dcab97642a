"""Read the data package strictly: every table typed and checked, or refused with one clear message.

``data/datapackage.json`` (Frictionless) is the one description of the tables. ``load`` returns a frame whose index
holds each row's address, such as ``trade/china_share#2014|kotra``, so that whatever is computed from rows can name them.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parent.parent / "data"
SOURCE_COLUMN = "source_id"
SEPARATOR = ";"

NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
FORMS = {
    "number": (NUMBER, "a plain number such as 1200.5"),
    "integer": (r"-?\d+", "a whole number such as 1200"),
    "year": (r"\d{4}", "a year of four digits such as 2014"),
    "date": (r"\d{4}-\d{2}-\d{2}", "a date such as 2014-06-05"),
    "boolean": (r"true|false", "true or false"),
}
PARTIAL_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"


class DataError(ValueError):
    """A table, row or cell that does not fit its description; the message names file, row and fix."""


def _hint(cell: str, kind: str) -> str:
    """Say what is wrong with a cell that is not of its type, and what to write instead."""
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", cell):
        return f"has thousands separators; write {cell.replace(',', '')}"
    unit = re.fullmatch(rf"({NUMBER})\s*\D+", cell)
    if kind in ("number", "integer") and unit:
        return f"holds a unit; write {unit[1]} and name the unit in the field's description"
    return f"is not {FORMS[kind][1]}"


@dataclass
class Table:
    """One resource of the data package: its description, and its rows when read."""

    package: "DataPackage"
    description: dict

    @property
    def name(self) -> str:
        return self.description["name"]

    @property
    def path(self) -> Path:
        return self.package.root / self.description["path"]

    @property
    def fields(self) -> dict[str, dict]:
        return {f["name"]: f for f in self.description["schema"]["fields"]}

    @property
    def key(self) -> list[str]:
        return self.description["schema"]["primaryKey"]

    def refuse(self, what: str, row: int | None = None, column: str | None = None) -> None:
        """Raise DataError; ``row`` counts from 0 and is shown as the line of the file."""
        place = f"data/{self.description['path']}"
        if row is not None:
            place += f", row {row + 2}"
        if column is not None:
            place += f", column {column}"
        raise DataError(f"{place}: {what}")

    def read(self) -> pd.DataFrame:
        """Return the rows, checked and typed, indexed by their addresses."""
        raw = self._cells(self._text())
        typed = {name: self._column(raw[name], f) for name, f in self.fields.items()}
        self._sources(raw)
        frame = pd.DataFrame(typed)
        frame.index = self._addresses(raw)
        return self.package.corrections_for(self, frame)

    def _text(self) -> str:
        if not self.path.exists():
            self.refuse("the file is missing; restore it or remove the table from datapackage.json")
        content = self.path.read_bytes()
        if content.startswith(b"\xef\xbb\xbf"):
            self.refuse("starts with a byte-order mark; save as UTF-8 without one", 0)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            self.refuse(f"is not UTF-8 ({error.reason}); save as UTF-8", content[: error.start].count(b"\n") - 1)
        if "\r" in text:
            self.refuse("has carriage returns; use LF line ends", text[: text.index("\r")].count("\n") - 1)
        if not text.endswith("\n"):
            self.refuse("does not end with a line end; the last row may be cut off", text.count("\n") - 1)
        return text

    def _cells(self, text: str) -> pd.DataFrame:
        try:
            raw = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, skip_blank_lines=False,
                              header=None, on_bad_lines="error")
        except pd.errors.ParserError as error:
            line = re.search(r"line (\d+)", str(error))
            self.refuse(f"has too many cells ({error}); quote cells with commas", int(line[1]) - 2 if line else None)
        header = [str(h) for h in raw.iloc[0]]
        self._header(header)
        raw = raw.iloc[1:].reset_index(drop=True).set_axis(header, axis=1)
        if raw.empty:
            self.refuse("has no rows; restore them or remove the table from datapackage.json")
        if len(raw) + 1 != text.count("\n"):
            self.refuse("has a line break inside a cell; write each row on one line")
        short = raw.isna().any(axis=1)
        if short.any():
            self.refuse("has too few cells; an empty cell still needs its comma", int(short.idxmax()))
        for name in header:
            padded = raw[name].str.strip() != raw[name]
            if padded.any():
                row = int(padded.idxmax())
                self.refuse(f"{raw[name][row]!r} has spaces around it; remove them", row, name)
        return raw

    def _header(self, header: list[str]) -> None:
        expected = list(self.fields)
        missing = [c for c in expected if c not in header]
        unknown = [c for c in header if c not in expected]
        if missing:
            self.refuse(f"column {missing[0]!r} is missing; add it or drop the field from datapackage.json", -1)
        if unknown:
            self.refuse(f"column {unknown[0]!r} is not described; describe it in datapackage.json or remove it", -1)
        if header != expected:
            self.refuse(f"columns stand in another order or twice; write {','.join(expected)}", -1)

    def _column(self, cells: pd.Series, f: dict) -> pd.Series:
        kind, name, limits = f["type"], f["name"], f.get("constraints", {})
        empty = cells == ""
        if empty.any() and (limits.get("required") or name in self.key or name == SOURCE_COLUMN):
            fix = "cite a source of data/sources.bib" if name == SOURCE_COLUMN else "fill it in"
            self.refuse(f"is empty; {fix}", int(empty.idxmax()), name)
        filled = cells[~empty]
        if kind in FORMS:
            bad = ~filled.str.fullmatch(FORMS[kind][0])
            if bad.any():
                row = int(bad.idxmax())
                self.refuse(f"{cells[row]!r} {_hint(cells[row], kind)}", row, name)
        self._patterns(filled, f)
        values = self._typed(cells, filled, f)
        self._range(values, f)
        return values

    def _patterns(self, filled: pd.Series, f: dict) -> None:
        limits = f.get("constraints", {})
        if "enum" in limits:
            bad = ~filled.isin([str(v) for v in limits["enum"]])
            if bad.any():
                row = int(bad.idxmax())
                allowed = ", ".join(map(str, limits["enum"]))
                self.refuse(f"{filled[row]!r} is not one of {allowed}; use one of these or add it to the field's enum",
                            row, f["name"])
        pattern = PARTIAL_DATE if f.get("partial_date") else limits.get("pattern")
        if pattern and f["type"] == "string":
            bad = ~filled.str.fullmatch(pattern)
            if bad.any():
                row = int(bad.idxmax())
                what = "a year, month or day such as 2014, 2014-06 or 2014-06-05" if f.get("partial_date") else pattern
                self.refuse(f"{filled[row]!r} is not of the form {what}", row, f["name"])

    def _typed(self, cells: pd.Series, filled: pd.Series, f: dict) -> pd.Series:
        kind = f["type"]
        if kind == "number":
            return pd.to_numeric(filled).astype("float64").reindex(cells.index)
        if kind in ("integer", "year"):
            whole = pd.to_numeric(filled).astype("int64")
            return whole if len(whole) == len(cells) else whole.astype("Int64").reindex(cells.index)
        if kind == "date":
            days = pd.to_datetime(filled, format="%Y-%m-%d", errors="coerce")
            if days.isna().any():
                row = int(days.isna().idxmax())
                self.refuse(f"{filled[row]!r} is no day of the calendar; correct it", row, f["name"])
            return days.reindex(cells.index)
        if kind == "boolean":
            yes = filled == "true"
            return yes if len(yes) == len(cells) else yes.astype("boolean").reindex(cells.index)
        return filled.reindex(cells.index)

    def _range(self, values: pd.Series, f: dict) -> None:
        low, high = self._limits(f)
        if f["type"] == "date":
            low, high = (pd.Timestamp(str(v)) if v is not None else None for v in (low, high))
        if f.get("partial_date"):
            low, high = (str(v) if v is not None else None for v in (low, high))
        unit = f" {f['unit']}" if f.get("unit") else ""
        for bound, outside, word in ((low, values < low if low is not None else None, "below"),
                                     (high, values > high if high is not None else None, "above")):
            if outside is None:
                continue
            outside = outside.fillna(False).astype(bool)
            if outside.any():
                row = int(outside.idxmax())
                self.refuse(f"{values[row]} is {word} {bound}{unit}; correct it, or the field's limits if it is right",
                            row, f["name"])

    def _limits(self, f: dict) -> tuple:
        """Return the lowest and highest value allowed: declared, or usual for the type and unit."""
        limits = f.get("constraints", {})
        low, high = limits.get("minimum"), limits.get("maximum")
        if f["type"] == "year":
            low, high = low or 1900, high or self.package.as_of.year
        elif f["type"] == "date" or f.get("partial_date"):
            low, high = low or "1900", high or self.package.as_of.isoformat()
        elif f.get("unit") == "percent":
            low, high = 0 if low is None else low, 100 if high is None else high
        return low, high

    def _sources(self, raw: pd.DataFrame) -> None:
        if SOURCE_COLUMN not in raw:
            return
        for cited in raw[SOURCE_COLUMN].unique():
            ids = cited.split(SEPARATOR)
            unknown = [i for i in ids if i not in self.package.source_ids]
            if unknown or len(set(ids)) < len(ids):
                row = int((raw[SOURCE_COLUMN] == cited).idxmax())
                what = f"source {unknown[0]!r} is not in data/sources.bib; add it there or correct the id" if unknown \
                    else f"{cited!r} names a source twice; name it once"
                self.refuse(what, row, SOURCE_COLUMN)

    def _addresses(self, raw: pd.DataFrame) -> pd.Index:
        keys = raw[self.key[0]].str.cat([raw[c] for c in self.key[1:]], sep="|") if len(self.key) > 1 \
            else raw[self.key[0]]
        again = keys.duplicated()
        if again.any():
            row = int(again.idxmax())
            first = int((keys == keys[row]).idxmax())
            self.refuse(f"key {keys[row]!r} stands already in row {first + 2}; keep one row a key "
                        f"({', '.join(self.key)})", row)
        return pd.Index(self.name + "#" + keys, name="row")


@dataclass
class DataPackage:
    """The tables described by ``datapackage.json`` in the folder ``root``."""

    root: Path = DATA
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def descriptor(self) -> dict:
        path = self.root / "datapackage.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            raise DataError(f"data/datapackage.json, line {error.lineno}: {error.msg}; correct the JSON") from None

    @cached_property
    def as_of(self) -> date:
        return date.fromisoformat(self.descriptor["as_of"])

    @cached_property
    def cutoff(self) -> date:
        return date.fromisoformat(self.descriptor["cutoff"])

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """The keys of data/sources.bib (read by pattern here; report.sources parses and checks the entries)."""
        keys = re.findall(r"^@\w+\{([^,\s]+),", (self.root / "sources.bib").read_text(encoding="utf-8"), re.M)
        twice = {k for k in keys if keys.count(k) > 1} if len(set(keys)) < len(keys) else set()
        if twice:
            raise DataError(f"data/sources.bib: key {sorted(twice)[0]!r} stands twice; keep one entry a source")
        return frozenset(keys)

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {r["name"]: Table(self, r) for r in self.descriptor["resources"]}

    def load(self, name: str) -> pd.DataFrame:
        """Return the table ``name``, typed, indexed by row address. Raise DataError where anything does not fit."""
        if name not in self._read:
            self._read[name] = self._table(name).read()
        return self._read[name].copy()

    def _table(self, name: str) -> Table:
        if name not in self.tables:
            near = [t for t in self.tables if name.split("/")[-1][:4] in t] or sorted(self.tables)
            raise DataError(f"data/datapackage.json: no table {name!r}; known are {', '.join(near[:8])}")
        return self.tables[name]

    def changed(self) -> list[str]:
        """Return the tables whose file is no longer the one whose hash datapackage.json records."""
        return [n for n, t in self.tables.items() if sha256(t.path) != t.description.get("hash")]

    @cached_property
    def corrections(self) -> pd.DataFrame | None:
        return self.load("corrections") if "corrections" in self.tables else None

    def corrections_for(self, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
        """Return ``frame`` with data/corrections.csv applied; refuse a correction whose printed value is gone."""
        if table.name == "corrections" or self.corrections is None:
            return frame
        for _, c in self.corrections[self.corrections["table"] == table.name].iterrows():
            address = f"{table.name}#{c['key']}"
            found = frame.loc[address, c["column"]] if address in frame.index and c["column"] in frame else None
            used = pd.Series([c["printed_value"], c["value_used"]]).astype(frame[c["column"]].dtype) \
                if found is not None else None
            if found is None or used.iloc[0] != found:
                raise DataError(f"data/corrections.csv: {address}, column {c['column']}: printed value "
                                f"{c['printed_value']!r} is not there (found {found!r}); renew or remove the correction")
            frame.loc[address, c["column"]] = used.iloc[1]
        return frame


def sha256(path: Path) -> str:
    """Return the Frictionless hash of a file."""
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def package() -> DataPackage:
    """Return the project's own data package."""
    return DataPackage()


def load(name: str) -> pd.DataFrame:
    """Return a table of the project's data package; see DataPackage.load."""
    return package().load(name)
