"""The book on a reader's own data: rows that are newer than the report's, or a rival's, put among its own.

A folder holds tables of the same schema under the same names, with nothing in them but the rows that differ:
a row whose key the report has takes that row's place, any other is added, and where it is preferred it is
used in the place of the report's. Corrections of the report's apply to a reader's row that has the misprint,
and to no other. Beside them stand the sources of these rows (``sources.bib``), their makers
where these are new (``origins.csv``), and what the rows are (``about.toml``: a title, and ``as_of`` where
they are newer than the report). A folder with a ``datapackage.json`` is a whole package and is taken as it
is.

``python -m report.own_data FOLDER OUT`` puts the tables together in OUT, tries all claims on them, and says
in one sentence what is wrong where something is.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from report.article import FILE, project
from report.book import readings, treated, verdicts
from report.data.corrections import CORRECTIONS
from report.data.folder import files
from report.data.package import DataPackage, data_folder, opened, package
from report.data.sources import read_sources
from report.data.table import SEPARATOR, SOURCE_COLUMN, DataError, Table, text_of, with_lf
from report.prose import enumerated
from report.rule import VANTAGES, Reading, Vantage, Verdict, claims

ABOUT, PACKAGE, SOURCES = "about.toml", "datapackage.json", "sources.bib"
OF_A_FOLDER = (ABOUT, SOURCES, PACKAGE)
FOR_PEOPLE = (".md", ".pdf", "README", "LICENSE")  # ends of names of files that say what the rows are
OPEN_REGISTERS = ("origins",)  # registers that rows may be added to; claims and criteria are the report's
PREFERRED = "preferred"  # the column by which one of several prints of a figure is chosen
OF_ABOUT = {"title": (str, "text"), "as_of": (date, "a day such as 2026-01-31, without quotation marks")}
# the mend of a fault lies beside the reader's rows, and not in the report
MENDS = {"; restore it, or remove it with its description": "; write its rows, or remove it",
         "; restore the file or remove its description": "; write it, or remove the file",
         "; restore them or remove the file and its description": "; write them, or remove the file",
         "; add it, or drop its field from the description": "; add it",
         "; describe it beside the table, or remove it": "; remove it, or call it as the report does"}
FORMERLY = "formerly"  # the column of a register for the ids that were given up for a row's
LAPSED = "lapsed"  # in what is said of the rows: those whose correction no longer applies


# Putting the tables together --------------------------------------------------------------------------------

@dataclass
class OwnTable(Table):
    """A table of a reader's own rows, described as the report's; its faults name the reader's file."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / self.description["path"]

    def refuse(self, what: str, row: int | None = None, column: str | None = None) -> NoReturn:
        for ours, theirs in MENDS.items():
            what = what.replace(ours, theirs)
        what = what.replace("; add it there", f"; add it to the one in {self.folder}")
        what = what.replace(f"as_of in {FILE}", f"as_of in {self.folder / ABOUT}")
        at = "" if row is None else f", row {row + 2}"
        raise DataError(f"{self.path}{at}{'' if column is None else f', column {column}'}: {what}")


def put_together(folder: Path, out: Path) -> None:
    """Write into ``out`` the data package of the project with the rows of ``folder`` among its own.

    Raises DataError that names file, row and fix for whatever does not fit.
    """
    shutil.rmtree(out, ignore_errors=True)
    told = about(folder)
    if (folder / PACKAGE).exists():
        shutil.copytree(folder, out)
    else:
        released = project() / "data"
        shutil.copytree(released, out)
        described = json.loads((released / PACKAGE).read_text(encoding="utf-8"))
        described["as_of"] = _as_of(folder, told.get("as_of"), described["as_of"])
        (out / PACKAGE).write_text(json.dumps(described, indent=1, ensure_ascii=False), encoding="utf-8")
        _add_sources(folder, out)
        by_path = {table["path"]: table for table in described["resources"]}
        _check_names(folder)
        tables = [_described(path, folder, by_path) for path in files(folder, ".csv")]
        if not tables:
            raise DataError(f"{folder}: there are no rows in it; write some into a table of the report's "
                            f"name, such as {max(by_path)}")
        told[LAPSED] = []
        # the register of origins first, since the others' origins must stand in it
        for table in sorted(tables, key=lambda t: t["name"] not in OPEN_REGISTERS):
            own = OwnTable(DataPackage(out), table, folder)
            _add_rows(own, out)
            told[LAPSED] += _lapse(own, out)
    (out / "about.json").write_text(json.dumps(told, default=str), encoding="utf-8")


def _as_of(folder: Path, theirs: date | None, ours: str) -> str:
    if theirs and str(theirs) < ours:
        raise DataError(f"{folder / ABOUT}: as_of {theirs} lies before {ours}, to which the report's own "
                        "rows reach; write a later day, or leave it out")
    if theirs and theirs > date.today() + timedelta(days=1):  # where it is tomorrow already
        raise DataError(f"{folder / ABOUT}: as_of {theirs} is to come; write the day to which the rows reach")
    return str(theirs or ours)


def about(folder: Path) -> dict[str, Any]:
    """Return what a folder says about its rows."""
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder; name one with tables of this book's schema")
    place = folder / ABOUT
    if not place.exists():
        raise DataError(f'{place}: the file is missing; write into it what the rows are, as title = "..."')
    try:
        told = tomllib.loads(text_of(place, str(place)))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{place}: {error}; correct the TOML") from None
    unknown = sorted(told.keys() - OF_ABOUT.keys())
    if unknown:
        raise DataError(f"{place}: {unknown[0]!r} is not known here; write {enumerated(OF_ABOUT)} alone")
    if not str(told.get("title", "")).strip():
        raise DataError(f'{place}: title is missing; write what the rows are, as title = "..."')
    for name, (kind, such_as) in OF_ABOUT.items():
        if name in told and type(told[name]) is not kind:  # a moment is no day, though an instance of one
            raise DataError(f"{place}: {name} is {told[name]!r}; write {such_as}")
    return told


def _check_names(folder: Path) -> None:
    """Refuse a table, a description or a register that nothing would be read from."""
    for path in files(folder):
        if path.suffix != ".csv" and str(path.relative_to(folder)) not in OF_A_FOLDER \
                and not path.name.endswith(FOR_PEOPLE):
            raise DataError(f"{path}: no rows are read from such a file; name a table as the report's, with "
                            ".csv at its end, or move the file elsewhere")


def _described(path: Path, folder: Path, known: dict[str, dict]) -> dict:
    name = path.relative_to(folder).as_posix()
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.3) or sorted(known)[:3]
        raise DataError(f"{path}: the book has no table of that name; it has {', '.join(near)}")
    if "/" not in name and known[name]["name"] not in OPEN_REGISTERS:
        raise DataError(f"{path}: claims, criteria and notes are the report's own; to test others, start "
                        "another report on a copy")
    return known[name]


def _add_sources(folder: Path, out: Path) -> None:
    """Put the reader's sources behind the report's; refuse an id that the report has for another."""
    place = folder / SOURCES
    if not place.exists():
        return
    try:
        found = read_sources(place)
    except DataError as error:
        raise DataError(str(error).replace(f"data/{SOURCES}", str(place), 1)) from None
    known = {id.lower() for id in read_sources(out / SOURCES)}  # as BibTeX has it
    twice = sorted(id for id in found if id.lower() in known)
    if twice:
        raise DataError(f"{place}, {twice[0]}: the report has a source of that id; give yours another")
    with (out / SOURCES).open("a", encoding="utf-8", newline="\n") as file:
        file.write("\n" + place.read_text(encoding="utf-8").strip() + "\n")


def _add_rows(own: OwnTable, out: Path) -> None:
    """Put a reader's rows into their table: in the place of those with their keys, or behind the rows whose
    keys come before theirs.
    """
    own.read()  # or a DataError that names the row of the reader's file
    head, rows = _rows(out / own.description["path"])
    at = [head.index(name) for name in own.key]
    for row, new in enumerate(_rows(own.path)[1]):
        _prefer(row, head, rows, own)
        if own.name in OPEN_REGISTERS:
            _check_new(row, head, rows, own)
        key = [new[place] for place in at]
        keys = [[row[place] for place in at] for row in rows]
        if key in keys:
            rows[keys.index(key)] = new
        else:
            behind = max((place + 1 for place, other in enumerate(keys) if other <= key), default=0)
            rows.insert(behind, new)
    _write(out / own.description["path"], [head, *rows])


def _check_new(at: int, head: list[str], rows: list[list[str]], own: OwnTable) -> None:
    """Refuse a row of a register under an id that the report has, or has given up, for another."""
    new = _rows(own.path)[1][at]
    columns = [head.index(name) for name in (*own.key, FORMERLY) if name in head]

    def ids(row: list[str]) -> set[str]:
        return {id for place in columns for id in row[place].split(SEPARATOR) if id}

    theirs: set[str] = set().union(*(ids(row) for row in rows if row != new))
    if twice := sorted(ids(new) & theirs):
        own.refuse(f"the report has {twice[0]!r} already, as something else; give yours another id, or "
                   "remove the row", at)


def _lapse(own: OwnTable, out: Path) -> list[str]:
    """Take out the corrections of cells in whose place a reader's rows have another value than the misprint;
    return the addresses of their rows.
    """
    register = out / f"{CORRECTIONS}.csv"
    if not register.exists():
        return []
    (head, rows), (named, mine) = _rows(register), _rows(own.path)
    by_key = {"|".join(row[named.index(name)] for name in own.key): row for row in mine}

    def lapses(correction: dict[str, str]) -> bool:
        if correction["table"] != own.name or correction["key"] not in by_key:
            return False
        cell = by_key[correction["key"]][named.index(correction["column"])]
        of = own.fields[correction["column"]]
        return not cell or bool(own.column([cell], of)[0] != own.column([correction["printed_value"]], of)[0])

    lapsed = [row for row in rows if lapses(dict(zip(head, row, strict=True)))]
    if len(lapsed) == len(rows):
        _take_out(CORRECTIONS, out)
    elif lapsed:
        _write(register, [head, *(row for row in rows if row not in lapsed)])
    return [f"{row[head.index('table')]}#{row[head.index('key')]}" for row in lapsed]


def _take_out(name: str, out: Path) -> None:
    """Take a table that has no rows left out of a package."""
    described = json.loads((out / PACKAGE).read_text(encoding="utf-8"))
    described["resources"] = [table for table in described["resources"] if table["name"] != name]
    (out / PACKAGE).write_text(json.dumps(described, indent=1, ensure_ascii=False), encoding="utf-8")
    (out / f"{name}.csv").unlink()


def _write(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def _prefer(at: int, head: list[str], rows: list[list[str]], own: OwnTable) -> None:
    """Have a reader's preferred row stand in for the report's preferred rows of the same thing by the same
    origin, which else would go on being used; refuse a second one of the reader's own.
    """
    mine = _rows(own.path)[1]
    new = mine[at]
    if PREFERRED not in head or new[head.index(PREFERRED)] != "true":
        return
    same = [head.index(name) for name in {*own.key, "origin"} - {SOURCE_COLUMN} if name in head]
    for before, row in enumerate(mine[:at]):
        if row[head.index(PREFERRED)] == "true" and all(row[place] == new[place] for place in same):
            own.refuse(f"is preferred, and so is row {before + 2} for the same; choose one of them", at,
                       PREFERRED)
    for row in rows:
        if all(row[place] == new[place] for place in same):
            row[head.index(PREFERRED)] = "false"


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    head, *rows = csv.reader(io.StringIO(with_lf(path).decode("utf-8")))
    return head, rows


# What changed -----------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Change:
    """A claim on which the data in hand say something else than the report's: its verdicts, its readings."""

    claim: str
    verdicts: dict[Vantage, tuple[Verdict, Verdict]]  # by vantage: as released, and on the data in hand
    readings: list[tuple[Reading | None, Reading | None]]

    @property
    def moved(self) -> bool:
        """Say whether the word of a verdict is another."""
        return any(before.word != now.word for before, now in self.verdicts.values())

    def way(self, vantage: Vantage) -> str:
        """Return which way a verdict moved, by the ranks of its words."""
        before, now = (v.word for v in self.verdicts[vantage])
        if before == now:
            return "as before"
        if before is None or now is None or before.rank is None or now.rank is None:
            return "another verdict"
        return "towards support" if now.rank > before.rank else \
            "towards contradiction" if now.rank < before.rank else "another word of the same rank"


def is_own() -> dict[str, Any] | None:
    """Return what is said about the data in hand where they are a reader's own, else None."""
    told = data_folder() / "about.json"
    if data_folder().resolve() == (project() / "data").resolve() or not told.exists():
        return None
    return json.loads(told.read_text(encoding="utf-8"))


def changes() -> list[Change]:
    """Return on which claims the data in hand say something else than the report's own, those whose verdicts
    moved first.
    """
    found = list(_compared())
    return sorted(found, key=lambda change: not change.moved)


def _compared() -> Iterator[Change]:
    with opened(project() / "data"):
        known = {id: (verdicts(id), readings(id)) for id in claims() if treated(id)}
    for id in filter(treated, claims()):
        before, of_before = known.get(id, ({}, []))
        pairs = {v: (before[v], verdicts(id)[v]) for v in VANTAGES if v in before}
        old, new = {r.id: r for r in of_before}, {r.id: r for r in readings(id)}
        changed = [(old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])
                   if name not in old or name not in new
                   or (old[name].value, old[name].met) != (new[name].value, new[name].met)]
        if changed or any(one.word != other.word for one, other in pairs.values()):
            yield Change(id, pairs, changed)


def counted() -> list[tuple[str, int, int]]:
    """Return the tables with rows that the report has not: name, rows replaced, rows added."""
    released, found = DataPackage(project() / "data"), []
    for name in package().changed():
        if name not in released.tables:
            continue
        old, new = (_rows(one.tables[name].path)[1] for one in (released, package()))
        added = len(new) - len(old)
        known = set(map(tuple, old))
        replaced = sum(tuple(row) not in known for row in new) - max(added, 0)
        if replaced or added > 0:  # rows that were taken out are corrections, which are told by themselves
            found.append((name, replaced, max(added, 0)))
    return found


def _try_all() -> None:
    """Make all readings of the data in hand; raise DataError that names the claim whose evidence cannot."""
    for one in claims().values():
        try:
            readings(one.id)
        except Exception as error:  # evidence that expects what the rows do not have, in words of its own
            raise DataError(
                f"they fit the tables, but the evidence of {one.id} ({one.chapter}) does not expect them: "
                f"{error}; see whether a year needs its rows in other tables too, or a row is there "
                "twice") from error


def _theirs(told: str, folder: Path) -> str:
    """Return a fault of a whole package with the reader's folder in the place of the report's."""
    whole = (folder / PACKAGE).exists()
    return re.sub(r"\bdata/(?=[\w/]+\.(?:csv|toml|bib|json)\b)", f"{folder}/", told) if whole else told


def main() -> int:
    """Put a folder's rows among the report's and try all claims on them; say in a sentence what is wrong."""
    folder, out = map(Path, sys.argv[1:3])
    try:
        put_together(folder, out)
        os.environ["REPORT_DATA"] = str(out)
        for name in package().tables:
            package().load(name)
        _try_all()
    except DataError as error:
        print(f"The book cannot be made of these rows: {_theirs(str(error), folder)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
