"""A generator of broken tables: each kind of fault, applied to a table wherever it fits it."""

from __future__ import annotations

import copy
import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from report.data.corrections import CORRECTIONS
from report.data.package import data_folder, DataPackage
from report.data.table import spans

ROWS = 40  # of a large table are enough to break one


@dataclass
class Case:
    """A small copy of one table that can be broken: header, rows of cells, description, raw bytes to write.
    """

    description: dict
    header: list[str]
    rows: list[list[str]]
    content: bytes | None = None
    fields: dict[str, dict] = field(default_factory=dict)

    def column(self, fits: Callable[[dict], bool]) -> int | None:
        """Return the first column whose field fits and whose second row is filled."""
        for at, name in enumerate(self.header):
            if fits(self.fields[name]) and self.rows[1][at] != "":
                return at
        return None

    def put(self, at: int | None, cell: str) -> bool:
        """Write ``cell`` into the second row; say whether the fault fits the table."""
        if at is None:
            return False
        self.rows[1][at] = cell
        return True

    def text(self) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([self.header, *self.rows])
        return out.getvalue()

    def written(self) -> bytes:
        return self.content if self.content is not None else self.text().encode()


def of_type(*types: str) -> Callable[[dict], bool]:
    return lambda f: f["type"] in types


def optional_key_free(case: Case, fits: Callable[[dict], bool]) -> int | None:
    key = case.description["schema"]["primaryKey"]
    return case.column(lambda f: fits(f) and f["name"] not in key)


def _raw(change: Callable[[str], bytes]) -> Callable[[Case], bool]:
    def fault(case: Case) -> bool:
        case.content = change(case.text())
        return True
    return fault


def _cell(fits: Callable[[dict], bool], cell: str) -> Callable[[Case], bool]:
    return lambda case: case.put(case.column(fits), cell)


def _number(change: Callable[[str], str]) -> Callable[[Case], bool]:
    def fault(case: Case) -> bool:
        at = case.column(of_type("number", "integer"))
        return at is not None and case.put(at, change(case.rows[1][at]))
    return fault


def _source(change: Callable[[str], str]) -> Callable[[Case], bool]:
    def fault(case: Case) -> bool:
        if "source_id" not in case.header:
            return False
        at = case.header.index("source_id")
        return case.put(at, change(case.rows[1][at]))
    return fault


def _drop_column(case: Case) -> bool:
    for row in [case.header, *case.rows]:
        row.pop()
    return True


def _extra_column(case: Case) -> bool:
    case.header.append("extra")
    for row in case.rows:
        row.append("1")
    return True


def _rename_column(case: Case) -> bool:
    case.header[-1] += "_usd"
    return True


def _swap_columns(case: Case) -> bool:
    for row in [case.header, *case.rows]:
        row[0], row[1] = row[1], row[0]
    return True


def _twice_column(case: Case) -> bool:
    case.header[-1] = case.header[0]
    return True


def _duplicate_key(case: Case) -> bool:
    case.rows.insert(2, list(case.rows[1]))
    return True


def _empty_key(case: Case) -> bool:
    return case.put(case.header.index(case.description["schema"]["primaryKey"][0]), "")


def _empty_required(case: Case) -> bool:
    return case.put(case.column(lambda f: f.get("constraints", {}).get("required", False)), "")


def _short_row(case: Case) -> bool:
    case.rows[1].pop()
    return True


def _long_row(case: Case) -> bool:
    case.rows[1].append("1")
    return True


def _padded(before: str, after: str) -> Callable[[Case], bool]:
    def fault(case: Case) -> bool:
        at = case.column(lambda f: True)
        return case.put(at, f"{before}{case.rows[1][at]}{after}")
    return fault


def _line_break(case: Case) -> bool:
    at = case.column(of_type("string"))
    return at is not None and case.put(at, case.rows[1][at] + "\nmore")


def _outside(bound: str, step: int) -> Callable[[Case], bool]:
    def fault(case: Case) -> bool:
        at = case.column(lambda f: f["type"] in ("number", "integer") and bound in f.get("constraints", {}))
        return at is not None and case.put(
            at, str(int(case.fields[case.header[at]]["constraints"][bound]) + step)
        )

    return fault


def _ends_early(case: Case) -> bool:
    """Let what the second row tells of end before it begins."""
    for begins, ends in spans(case.fields):
        if begun := case.rows[1][case.header.index(begins)]:
            return case.put(case.header.index(ends), f"{int(begun[:4]) - 1}{begun[4:]}")
    return False


def is_share(f: dict) -> bool:
    return (
        f["type"] in ("number", "integer")
        and f.get("unit") == "percent"
        and "maximum" not in f.get("constraints", {})
    )


FAULTS: dict[str, Callable[[Case], bool]] = {
    "byte-order mark": _raw(lambda t: b"\xef\xbb\xbf" + t.encode()),
    "lines ended by carriage returns": _raw(lambda t: t.replace("\n", "\r").encode()),
    "carriage return in a line": _raw(lambda t: t.replace(",", ",\r", 1).encode()),
    "last line cut off": _raw(lambda t: t[:-4].encode()),
    "not UTF-8": _raw(lambda t: t.replace("\n", "\n", 1).encode() + b"caf\xe9,\n"),
    "header alone": _raw(lambda t: t.split("\n", 1)[0].encode() + b"\n"),
    "empty file": _raw(lambda t: b"\n"),
    "blank line": _raw(lambda t: t.replace("\n", "\n\n", 1).encode()),
    "semicolons for commas": _raw(lambda t: t.replace(",", ";").encode()),
    "missing column": _drop_column, "unknown column": _extra_column, "renamed column": _rename_column,
    "columns swapped": _swap_columns, "column twice": _twice_column,
    "too few cells": _short_row, "too many cells": _long_row, "line break in a cell": _line_break,
    "space before": _padded(" ", ""), "space after": _padded("", " "), "tab after": _padded("", "\t"),
    "no-break space after": _padded("", "\u00a0"),
    "duplicate key": _duplicate_key,
    "empty key": _empty_key,
    "empty required cell": _empty_required,
    "no source": _source(lambda s: ""),
    "unknown source": _source(lambda s: "no_such_source"),
    "source twice": _source(lambda s: f"{s};{s}"),
    "sources parted by commas": _source(lambda s: f"{s},{s}"),
    "sources parted with a space": _source(lambda s: f"{s}; {s}"),
    "source with trailing separator": _source(lambda s: f"{s};"),
    "text in a number": _number(lambda n: "about " + n),
    "unit in a cell": _number(lambda n: n + " million"),
    "percent sign": _number(lambda n: n + "%"),
    "currency sign": _number(lambda n: "$" + n),
    "thousands separator": _number(lambda n: "1,200"),
    "decimal comma": _number(lambda n: "3,5"),
    "thousands parted by a space": _number(lambda n: "1 200"),
    "not a number": _number(lambda n: "NaN"),
    "infinity": _number(lambda n: "inf"),
    "overflow": _number(lambda n: "1e999"),
    "en dash for minus": _number(lambda n: "–5"),
    "digits without end": _number(lambda n: "9" * 400),
    "more digits than a number holds": _number(lambda n: "12345678901234567890"),
    "an end before its beginning": _ends_early,
    "two numbers": _number(lambda n: f"{n}-{n}"),
    "unknown as n/a": _number(lambda n: "n/a"),
    "plus sign": _number(lambda n: "+" + n.lstrip("-")),
    "fraction in a whole number": _cell(of_type("integer"), "12.5"),
    "share of 940": _cell(is_share, "940"),
    "negative share": _cell(is_share, "-4"),
    "below the minimum": _outside("minimum", -1),
    "above the maximum": _outside("maximum", 1),
    "year 20114": _cell(of_type("year"), "20114"),
    "year 14": _cell(of_type("year"), "14"),
    "year 2014.0": _cell(of_type("year"), "2014.0"),
    "year 1014": _cell(of_type("year"), "1014"),
    "year to come": _cell(of_type("year"), "2999"),
    "date with slashes": _cell(of_type("date"), "2014/06/05"),
    "day first": _cell(of_type("date"), "05-06-2014"),
    "30 February": _cell(of_type("date"), "2014-02-30"),
    "date to come": _cell(of_type("date"), "2999-01-01"),
    "time in a date": _cell(of_type("date"), "2014-06-05T00:00"),
    "month 13": _cell(lambda f: f.get("partial_date", False), "2014-13"),
    "partial date in words": _cell(lambda f: f.get("partial_date", False), "June 2014"),
    "partial date to come": _cell(lambda f: f.get("partial_date", False), "2999-01"),
    "yes for true": _cell(of_type("boolean"), "yes"), "True for true": _cell(of_type("boolean"), "True"),
    "word outside the vocabulary": _cell(lambda f: "enum" in f.get("constraints", {}), "something else"),
    "pattern broken": _cell(lambda f: "pattern" in f.get("constraints", {}) and f["type"] == "string", "§"),
}


def case_of(package: DataPackage, name: str) -> Case:
    """Return a small copy of a table, ready to be broken."""
    table = package.tables[name]
    with table.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if len(rows) < 3:
        rows.append(list(rows[1]))  # a table of one row is broken in its second, so it gets one
    return Case(copy.deepcopy(table.description), rows[0], rows[1:ROWS + 1], fields=table.fields)


def corrected(package: DataPackage) -> list[dict]:
    """Return the descriptions of the tables that are corrected, without which no correction can be checked.
    """
    return [package.tables[name].description for name in package.corrections["table"].unique()]


def broken(package: DataPackage, name: str, root: Path) -> Iterator[tuple[str, DataPackage]]:
    """Yield (kind of fault, package with this one table broken by it) for every fault that fits the table."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(data_folder() / "sources.bib", root / "sources.bib")
    description = package.tables[name].description
    (root / description["path"]).parent.mkdir(parents=True, exist_ok=True)
    about = [description, *corrected(package)] if name == CORRECTIONS else [description]
    descriptor = {**{k: package.descriptor[k] for k in ("as_of", "cutoff")}, "resources": about}
    (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    whole = DataPackage(root)
    for kind, fault in FAULTS.items():
        case = case_of(package, name)
        if fault(case):
            (root / description["path"]).write_bytes(case.written())
            one = DataPackage(root)
            one.__dict__["source_ids"] = whole.source_ids
            yield kind, one
