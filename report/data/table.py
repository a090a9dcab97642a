"""One table of the data package, read strictly: typed and checked, or refused with one clear message.

A frame's index holds each row's address, such as ``wages/index#2014|oecd``, so that whatever is computed from
rows can name them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pandas as pd

from report.article import FILE
from report.dates import is_before, is_date
from report.prose import enumerated

if TYPE_CHECKING:
    from report.data.package import DataPackage

SOURCE_COLUMN = "source_id"
LONGEST = 600  # characters of what is said of a fault
LONGEST_ROW = 100_000  # characters; what is longer is no row of figures and words
LONGEST_NUMBER = 18  # characters: more digits than a number of the computer's holds
SEPARATOR = ";"
SPANS = (("start", "end"), ("first", "last"), ("from", "to"), ("from", "until"))  # words in names of columns

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
FORMS = {
    "number": (NUMBER, "a plain number such as 1200.5"),
    "integer": (r"-?[0-9]+", "a whole number such as 1200"),
    "year": (r"[0-9]{4}", "a year of four digits such as 2014"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2014-06-05"),
    "boolean": (r"true|false", "true or false"),
}
# what a spreadsheet would run: a cell that begins as a formula does, unless it is a plain number with words
FORMULA = re.compile(r"[=@]|[+-](?!\s?[0-9](?:(?![|!=]|\w\().)*$)")
FORMULA_SIGNS = frozenset("=@+-")
# what a text holds unseen: signs of control, and such as part a word or turn what follows; a tab in a table
HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# blanks of another kind, by which a word that code looks for is not found; in numbers they part thousands
BLANKS = "\xa0\u2000-\u200a\u202f\u3000"
UNSEEN = re.compile(f"[{HIDDEN}]")
UNSEEN_IN_CELLS = re.compile(rf"[\t{HIDDEN}]|(?<!\d)[{BLANKS}]|[{BLANKS}](?!\d)")


class DataError(ValueError):
    """A table, row or cell that does not fit its description; the message names file, row and fix."""


def text_of(path: Path, place: str) -> str:
    """Return the text of a file written by hand; raise DataError where it is missing, no plain UTF-8 or
    holds what nobody sees.
    """
    try:
        content = with_lf(path)
    except FileNotFoundError:
        raise DataError(f"{place}: the file is missing; restore it") from None
    if content.startswith(b"\xef\xbb\xbf"):
        raise DataError(f"{place}: starts with a byte-order mark; save as UTF-8 without one")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(f"{place}, line {line}: is not UTF-8 ({error.reason}); save as UTF-8") from None
    if hidden := UNSEEN.search(text):
        line = text[: hidden.start()].count("\n") + 1
        raise DataError(f"{place}, line {line}: {_unseen(hidden[0])}")
    return text


def _unseen(sign: str) -> str:
    mend = "write a plain space, or remove it" if sign.isspace() else "remove it"
    return f"holds the character U+{ord(sign):04X}, which nobody sees; {mend}"


def lacking(names: Sequence[str]) -> str:
    """Say that some of what has to be there is missing, all at once and not one after the other."""
    if len(names) == 1:
        return f"{names[0]} is missing; fill it in"
    return f"{enumerated(names)} are missing; fill them in"


def _hint(cell: str, kind: str) -> str:
    """Say what is wrong with a cell that is not of its type, and what to write instead."""
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", cell):
        return f"has thousands separators; write {cell.replace(',', '')}"
    unit = re.fullmatch(rf"({NUMBER})\s*\D+", cell)
    if kind in ("number", "integer") and unit:
        return f"holds a unit; write {unit[1]} and name the unit in the field's description"
    return f"is no {kind}; write {FORMS[kind][1]}"


@dataclass
class Table:
    """One resource of the data package: its description, and its rows when read."""

    package: DataPackage
    description: dict

    @property
    def name(self) -> str:
        return self.description["name"]

    @property
    def path(self) -> Path:
        return self.package.root / self.description["path"]

    @cached_property
    def fields(self) -> dict[str, dict]:
        return {f["name"]: f for f in self.description["schema"]["fields"]}

    @property
    def key(self) -> list[str]:
        return self.description["schema"]["primaryKey"]

    def refuse(self, what: str, row: int | None = None, column: str | None = None) -> NoReturn:
        """Raise DataError; ``row`` counts from 0 and is shown as the line of the file."""
        place = f"data/{self.description['path']}"
        if row is not None:
            place += f", row {row + 2}"
        if column is not None:
            place += f", column {column}"
        if len(what) > LONGEST:  # a cell may hold a whole text
            what = f"{what[: LONGEST // 2]} … {what[-LONGEST // 2:]}"
        raise DataError(f"{place}: {what}")

    def read(self) -> pd.DataFrame:
        """Return the rows, checked and typed, indexed by their addresses.

        Cells are checked as plain Python lists: most tables are short, and a pandas call a check costs more
        than its work.
        """
        columns = self._cells(self._text())
        typed = {name: self.column(columns[name], f) for name, f in self.fields.items()}
        self._spans(columns)
        self._sources(columns)
        self._origins(columns)
        self._references(columns)
        return pd.DataFrame(typed, index=self._addresses(columns), copy=False)

    def content(self) -> bytes:
        """Return what the file holds, with LF line ends; refuse a file that is not there."""
        if self.path.is_dir():
            self.refuse("is a folder and no table; put the file in its place")
        if not self.path.exists():
            described = self.path.with_suffix(".toml").exists()
            self.refuse("the file is missing; restore it or " + (
                "remove its description" if described else "run make datapackage, if it was renamed"))
        return with_lf(self.path)

    def _text(self) -> str:
        content = self.content()
        if content.startswith(b"\xef\xbb\xbf"):
            self.refuse("starts with a byte-order mark; save as UTF-8 without one", -1)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            self.refuse(
                f"is not UTF-8 ({error.reason}); save as UTF-8", content[: error.start].count(b"\n") - 1
            )
        if "\r" in text:
            self.refuse(
                "has carriage returns inside a line; use LF line ends",
                text[: text.index("\r")].count("\n") - 1,
            )
        if hidden := UNSEEN_IN_CELLS.search(text):
            self.refuse(_unseen(hidden[0]), text[: hidden.start()].count("\n") - 1)
        if not text:
            self.refuse("is empty; restore it, or remove it with its description")
        if not text.endswith("\n"):
            self.refuse("does not end with a line end; the last row may be cut off", text.count("\n") - 1)
        return text

    def _cells(self, text: str) -> dict[str, list[str]]:
        """Return the columns as cells of text; refuse a file that is no clean rectangle."""
        lengths = list(map(len, text.splitlines()))
        if max(lengths) > LONGEST_ROW:  # the csv module's own limit is the process's, and others raise it
            self.refuse(f"has more than {LONGEST_ROW:,} letters; close every quote, and keep long texts "
                        "elsewhere", lengths.index(max(lengths)) - 1)
        try:
            header, *rows = csv.reader(io.StringIO(text), strict=True)
        except csv.Error as error:
            self.refuse(
                f"cannot be parted into cells ({error}); quote cells with commas, and close every quote"
            )
        except ValueError:
            self.refuse("has no header; restore the file or remove its description")
        self._header(header)
        width, widths = len(header), list(map(len, rows))
        if max(widths, default=0) > width:
            row = next(i for i, cells in enumerate(widths) if cells > width)
            self.refuse(
                f"has too many cells ({widths[row]} for {width} columns); quote cells with commas", row
            )
        if not rows:
            self.refuse("has no rows; restore them or remove the file and its description")
        if len(rows) + 1 != text.count("\n"):
            row = next(i for i, cells in enumerate(rows) if any("\n" in cell for cell in cells))
            self.refuse("has a line break inside a cell; write each row on one line", row)
        if min(widths) < width:
            row = next(i for i, cells in enumerate(widths) if cells < width)
            self.refuse("has too few cells; an empty cell still needs its comma", row)
        columns = dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))
        for name, cells in columns.items():
            bare = list(map(str.strip, cells))
            if bare != cells:
                row = next(i for i, cell in enumerate(cells) if cell != bare[i])
                self.refuse(f"{cells[row]!r} has spaces around it; remove them", row, name)
        return columns

    def _header(self, header: list[str]) -> None:
        expected = list(self.fields)
        if len(header) == 1 and re.search("[;\t]", header[0]):
            self.refuse("columns are not parted by commas; write commas, and quote cells that hold one", -1)
        if "" in header:
            self.refuse("a column has no name; write it, or remove a comma too many here and in the rows", -1)
        if twice := [c for c in header if header.count(c) > 1]:
            self.refuse(f"column {twice[0]!r} stands twice; keep one, or give each its own name", -1)
        spelt = {c.strip().lower(): c for c in header if c not in expected}
        if other := next((c for c in expected if c not in header and c.lower() in spelt), None):
            self.refuse(f"column {other!r} is written {spelt[other.lower()]!r}; write it as it is", -1)
        missing = [c for c in expected if c not in header]
        unknown = [c for c in header if c not in expected]
        if missing:
            self.refuse(
                f"column {missing[0]!r} is missing; add it, or drop its field from the description",
                -1,
            )
        if unknown:
            self.refuse(
                f"column {unknown[0]!r} is not described; describe it beside the table, or remove it",
                -1,
            )
        if header != expected:
            self.refuse(f"columns stand in another order or twice; write {','.join(expected)}", -1)

    def column(self, cells: list[str], f: dict) -> Sequence:
        """Return the cells of a column, typed and within the limits of its field
        ``f``; refuse what is not.
        """
        kind, name, limits = f["type"], f["name"], f.get("constraints", {})
        if "" in cells and (limits.get("required") or name in self.key or name == SOURCE_COLUMN):
            fix = "cite a source of data/sources.bib" if name == SOURCE_COLUMN else "fill it in"
            self.refuse(f"is empty; {fix}", cells.index(""), name)
        if kind in FORMS:
            row = _misfit(cells, re.compile(FORMS[kind][0]).fullmatch)
            if row is not None:
                self.refuse(f"{cells[row]!r} {_hint(cells[row], kind)}", row, name)
            if max(map(len, cells)) > LONGEST_NUMBER:
                row = next(i for i, cell in enumerate(cells) if len(cell) > LONGEST_NUMBER)
                self.refuse(f"{cells[row]!r} has more than {LONGEST_NUMBER} characters; write fewer digits, "
                            "or the number in a larger unit", row, name)
        if limits.get("unique"):
            self._repeated(cells, name)
        if kind == "string" and "enum" not in limits:
            row = next((i for i, cell in enumerate(cells) if cell[:1] in FORMULA_SIGNS
                        and FORMULA.match(cell)), None)
            if row is not None:
                self.refuse(
                    f"{cells[row]!r} would be run by a spreadsheet as a formula; begin it with a word",
                    row,
                    name,
                )
        self._patterns(cells, f)
        values = self._typed(cells, f)
        self._range(values, f)
        return values

    def _repeated(self, cells: list[str], name: str) -> None:
        row = next((i for i, cell in enumerate(cells) if cell and cells.index(cell) < i), None)
        if row is not None:
            self.refuse(f"{cells[row]!r} stands already in row {cells.index(cells[row]) + 2}, and each has "
                        "its own here; correct one of them", row, name)

    def _patterns(self, cells: list[str], f: dict) -> None:
        limits = f.get("constraints", {})
        if "enum" in limits:
            row = _misfit(cells, set(map(str, limits["enum"])).__contains__)
            if row is not None:
                allowed = ", ".join(map(str, limits["enum"]))
                self.refuse(
                    f"{cells[row]!r} is not one of {allowed}; use one of these or add it to the field's enum",
                    row,
                    f["name"],
                )
        partial, pattern = f.get("partial_date"), limits.get("pattern")
        if (partial or pattern) and f["type"] == "string":
            row = _misfit(cells, is_date if partial else re.compile(pattern).fullmatch)
            if row is not None:
                what = "a year, month or day such as 2014, 2014-06 or 2014-06-05" if partial else \
                    f"{pattern}, since it is described as: {f.get('description', '')}"
                self.refuse(f"{cells[row]!r} is not of its form; write {what}", row, f["name"])

    def _typed(self, cells: list[str], f: dict):
        """Return the cells as an array of the field's type, its gaps marked as pandas marks them."""
        kind, gaps = f["type"], "" in cells
        if kind == "number":
            return np.array([float(cell) if cell else np.nan for cell in cells])
        if kind in ("integer", "year"):
            whole = [int(cell) if cell else None for cell in cells]
            return pd.array(whole, dtype="Int64") if gaps else np.array(whole, dtype="int64")
        if kind == "date":
            return self._days(cells, f)
        if kind == "boolean":
            yes = [cell == "true" if cell else None for cell in cells]
            return pd.array(yes, dtype="boolean") if gaps else np.array(yes)
        return pd.array([cell or np.nan for cell in cells] if gaps else cells, dtype="str")

    def _days(self, cells: list[str], f: dict) -> pd.Series:
        days = pd.to_datetime(pd.Series(cells), format="%Y-%m-%d", errors="coerce")
        for row in days.index[days.isna()]:
            if cells[row]:
                self.refuse(f"{cells[row]!r} is no day of the calendar; correct it", row, f["name"])
        return days.array

    def _range(self, values, f: dict) -> None:
        low, high = self._limits(f)
        if low is None and high is None:
            return
        if f["type"] == "date":
            low, high = (pd.Timestamp(str(v)) if v is not None else None for v in (low, high))
        if f.get("partial_date"):
            low, high = (str(v) if v is not None else None for v in (low, high))
        unit = f" {f['unit']}" if f.get("unit") else ""
        # NaN and NaT differ from themselves
        known = {row: v for row, v in enumerate(values.tolist()) if v is not pd.NA and v == v}
        for bound, word, furthest, outside in (
            (low, "below", min, operator.lt),
            (high, "above", max, operator.gt),
        ):
            if known and bound is not None and outside(furthest(known.values()), bound):
                row, value = next((row, v) for row, v in known.items() if outside(v, bound))
                timed = f["type"] in ("year", "date") or f.get("partial_date")
                to_date = timed and bound is high and "maximum" not in f.get("constraints", {})
                of = f"as_of in {FILE}" if to_date else "the field's limits"
                self.refuse(
                    f"{value} is {word} {bound}{unit}; correct it, or {of} if it is right",
                    row,
                    f["name"],
                )

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

    def _spans(self, columns: dict[str, list[str]]) -> None:
        """Refuse what ends before it begins, by the columns that name a beginning and its end."""
        for begins, ends in spans(self.fields):
            for row, (begun, ended) in enumerate(zip(columns[begins], columns[ends], strict=True)):
                if is_before(ended, begun):
                    self.refuse(f"{ended} lies before {begins} {begun}; correct one of them", row, ends)

    def _sources(self, columns: dict[str, list[str]]) -> None:
        known = self.package.source_ids
        for cited in dict.fromkeys(columns.get(SOURCE_COLUMN, ())):
            ids = cited.split(SEPARATOR)
            unknown = [i for i in ids if i not in known]
            if unknown or len(set(ids)) < len(ids):
                what = (
                    f"source {unknown[0]!r} is not in data/sources.bib; add it there or correct the id"
                    if unknown
                    else f"{cited!r} names a source twice; name it once"
                )
                self.refuse(what, columns[SOURCE_COLUMN].index(cited), SOURCE_COLUMN)

    def _origins(self, columns: dict[str, list[str]]) -> None:
        """Refuse an origin that the register of origins lacks, or has given up for another."""
        if "origin" not in columns or self.package.origin_ids is None:
            return
        for cited in dict.fromkeys(filter(None, columns["origin"])):
            taken_by = self.package.origin_ids.get(cited)
            if taken_by != cited:
                what = (
                    f"origin {cited!r} was given up for {taken_by!r}; write that"
                    if taken_by
                    else f"origin {cited!r} is not in data/origins.csv; add it there or correct the id"
                )
                self.refuse(what, columns["origin"].index(cited), "origin")

    def _references(self, columns: dict[str, list[str]]) -> None:
        """Refuse a value that is no key of the table that its field refers to; origins are another matter."""
        for reference in self.description["schema"].get("foreignKeys", ()):
            (name,), told = reference["fields"], reference["reference"]
            if name == "origin" or name not in columns or told["resource"] not in self.package.all_tables:
                continue
            known = self.package.keys(told["resource"], *told["fields"])
            row = _misfit(columns[name], known.__contains__)
            if row is not None:
                self.refuse(f"{columns[name][row]!r} is not in data/{told['resource']}.csv; add it there or "
                            "correct it", row, name)

    def _addresses(self, columns: dict[str, list[str]]) -> pd.Index:
        keys = ["|".join(parts) for parts in zip(*(columns[name] for name in self.key), strict=True)]
        if (row := _misfit(keys, lambda key: not re.search(rf"{SEPARATOR}\S", key))) is not None:
            self.refuse(f"key {keys[row]!r} holds {SEPARATOR!r}, which parts addresses in a list; write one "
                        "value, or a space after it", row)
        if len(set(keys)) < len(keys):
            row = next(i for i, key in enumerate(keys) if keys.index(key) < i)
            self.refuse(
                f"key {keys[row]!r} stands already in row {keys.index(keys[row]) + 2}; keep one row a key "
                f"({', '.join(self.key)})",
                row,
            )
        return pd.Index([f"{self.name}#{key}" for key in keys], name="row")


def spans(fields: dict[str, dict]) -> list[tuple[str, str]]:
    """Return the columns of years and dates that name a beginning, each with that of its end."""
    timed = [name for name, f in fields.items() if f["type"] in ("year", "date") or f.get("partial_date")]
    return [(name, other) for name in timed for begin, end in SPANS
            if (other := "_".join(end if word == begin else word for word in name.split("_"))) != name
            and other in timed]


def _misfit(cells: list[str], fits) -> int | None:
    """Return the place of the first filled cell that does not fit, or None."""
    if all(map(fits, filter(None, cells))):
        return None
    return next(i for i, cell in enumerate(cells) if cell and not fits(cell))


def sha256(path: Path) -> str:
    """Return the Frictionless hash of a file of text, the same for a checkout with CRLF line ends as with LF.
    """
    return "sha256:" + hashlib.sha256(with_lf(path)).hexdigest()


def with_lf(path: Path) -> bytes:
    """Return what a file of text holds with LF line ends, which a checkout on Windows may have turned into
    CRLF.
    """
    return path.read_bytes().replace(b"\r\n", b"\n")
