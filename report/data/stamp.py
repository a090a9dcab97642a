"""Write ``data/datapackage.json`` from the tables and from what is written by hand beside them.

``data/<topic>/<table>.toml`` describes a table, ``data/package.toml`` the whole; bytes, hashes, rows, sources
and foreign keys are computed. Run ``python -m report.data.stamp`` after a deliberate change; a test compares
file and sources.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from report.article import FILE, Article, ArticleError, article, read_article
from report.data.folder import files
from report.data.package import OF_THE_FILE, DataPackage, data_folder, package
from report.data.table import FORMS, SEPARATOR, SOURCE_COLUMN, DataError, lacking, sha256, text_of, with_lf
from report.data.sources import REDISTRIBUTION, Source, read_sources
from report.dates import is_date

PACKAGE = "package.toml"
REGISTERS = ("claims", "claim_limbs", "origins")  # which no book can do without
ORIGIN = "origin"
WORDS = ("title", "description", "row", "licence_note", "redistribution", "processing", "known_gaps")
OF_TABLE = {"key", "licence", "field", *WORDS}
OF_FIELD = ("name", "type", "description", "unit", "partial_date")
REFERS = "refers_to"  # of a field whose values are the key of another table
LIMITS = ("required", "unique", "enum", "minimum", "maximum", "pattern")
TYPES = ("string", *FORMS)
KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {  # of what a description says, if not words
    "key": (list, 'a list of names, such as ["year"]'), "field": (list, "each field under [[field]]"),
    "enum": (list, 'a list, such as ["press", "official"]'), "required": (bool, "true or false"),
    "unique": (bool, "true or false"), "partial_date": (bool, "true or false"),
    "minimum": ((int, float, str, date), "a number or a day"),
    "maximum": ((int, float, str, date), "a number or a day"),
    "licence_of_compilation": (dict, "name and note under [licence_of_compilation]")}
OF_PACKAGE = {"name", "description", "licence_of_compilation"}
# SPDX identifiers of one licence; a reference of our own begins with LicenseRef-, as that standard asks
SPDX = r"LicenseRef-[A-Za-z0-9.-]+|[A-Z0-9][A-Za-z0-9.]*(?:-[A-Za-z0-9.]+)*-[0-9]+\.[0-9]+(?:-[A-Z]+)?"


def stamped(root: Path | None = None) -> str:
    """Return the text of datapackage.json for a folder of tables: the data package in hand, if none is named.

    Raises DataError for a description that is missing, broken or says what no description says.
    """
    root = root or data_folder()
    beside = root.parent / FILE
    about = read_article(beside) if beside.exists() else article()
    if not (root / PACKAGE).exists():
        raise DataError(f"data/{PACKAGE}: the file is missing; write in it name, description and, under "
                        "[licence_of_compilation], name and note")
    whole = _read(root / PACKAGE, root, OF_PACKAGE, OF_PACKAGE)
    register = read_sources(root / "sources.bib")
    resources = [_resource(path, root, register) for path in _described(root)]
    descriptor = {
        "profile": "data-package",
        "name": whole["name"],
        "title": f"{about.title}: {about.subtitle}" if about.subtitle else about.title,
        "description": whole["description"],
        **_published(about),
        "version": about.edition,
        "as_of": about.as_of.isoformat(),
        "cutoff": about.cutoff.isoformat(),
        # not `licenses`: every resource without its own would inherit that, and most figures are unlicensed
        "licence_of_compilation": whole["licence_of_compilation"],
        "resources": sorted(resources, key=lambda r: r["name"]),
    }
    return json.dumps(descriptor, indent=1, ensure_ascii=False) + "\n"


def _published(about: Article) -> dict[str, Any]:
    """Return who made the package, and its day and addresses where they are known."""
    known = {"id": about.doi and f"https://doi.org/{about.doi}", "homepage": about.site,
             "created": about.released and f"{about.released.isoformat()}T00:00:00Z"}
    made_by = [{"title": about.authors, "role": "author"}]
    return {**{name: value for name, value in known.items() if value}, "contributors": made_by}


def _described(root: Path) -> list[Path]:
    """Return the descriptions of the tables in a folder; refuse a table without one."""
    for table in files(root, ".csv"):
        if not table.with_suffix(".toml").exists():
            name = table.relative_to(root)
            raise DataError(
                f"data/{name}: is not described; add data/{name.with_suffix('.toml')} or remove the table"
            )
    return [path for path in files(root, ".toml") if path != root / PACKAGE]


def _read(path: Path, root: Path, known: set[str], needed: set[str]) -> dict[str, Any]:
    """Return what a description says; refuse one that cannot be read, says too much or too little."""
    place = f"data/{path.relative_to(root)}"
    try:
        told = tomllib.loads(text_of(path, place))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{place}: {error}; correct the TOML") from None
    _check(told, known, needed, place)
    return told


def _check(told: dict[str, Any], known: set[str], needed: set[str], place: str) -> None:
    unknown, missing = sorted(told.keys() - known), sorted(name for name in needed if not told.get(name))
    if unknown:
        raise DataError(
            f"{place}: {unknown[0]!r} is nothing that a description says; write one of "
            f"{', '.join(sorted(known))}, or remove it"
        )
    if missing:
        raise DataError(f"{place}: {lacking([repr(name) for name in missing])}")
    for name, value in told.items():
        kind, such_as = KINDS.get(name, (str, "words in quotation marks"))
        if not isinstance(value, kind):
            raise DataError(f"{place}: {name} is {value!r}; write {such_as}")


def _check_field(column: dict[str, Any], place: str) -> None:
    """Refuse a field of an unknown type, a number without unit, or limits that no value could be held to."""
    _check(column, {*OF_FIELD, *LIMITS, REFERS}, {"name", "type", "description"}, place)
    kind = column["type"]
    if kind not in TYPES:
        raise DataError(f"{place}: type {kind!r} is none of {', '.join(TYPES)}; write one of these")
    if kind == "number" and not column.get("unit"):
        raise DataError(f"{place}: a number has a unit; add unit, such as \"percent\" or \"ratio\"")
    if column.get("partial_date") and kind != "string":
        raise DataError(f"{place}: partial_date is said of a field of type {kind}; write type = \"string\", "
                        "or remove it")
    for name in ("minimum", "maximum"):
        if name in column:
            _check_limit(column, name, place)
    if "pattern" in column and (kind != "string" or column.get("partial_date")):
        raise DataError(f"{place}: pattern is said of a field that has a form of its own; remove it")
    try:
        re.compile(column.get("pattern", ""))
    except re.error as error:
        raise DataError(f"{place}: pattern {column['pattern']!r} is no regular expression ({error}); correct "
                        "it") from None


def _check_limit(column: dict[str, Any], name: str, place: str) -> None:
    """Refuse a limit that no value of its field could be held to."""
    kind, limit = column["type"], column[name]
    if kind in ("number", "integer", "year"):
        if not isinstance(limit, (int, float)) or isinstance(limit, bool):
            raise DataError(f"{place}: {name} is {limit!r}; write a number")
    elif kind == "date" or column.get("partial_date"):
        if not is_date(str(limit)):
            raise DataError(f"{place}: {name} is {limit!r}; write a day such as 2014-06-05")
    else:
        raise DataError(f"{place}: {name} is said of a field of type {kind}, which has no order; remove it")


def _resource(path: Path, root: Path, register: dict[str, Source]) -> dict[str, Any]:
    """Return the Frictionless resource of the table that a file describes."""
    place = f"data/{path.relative_to(root)}"
    told = _read(path, root, OF_TABLE, {"key", "field", *WORDS})
    for at, column in enumerate(told["field"], 1):
        _check_field(column, f"{place}, field {column.get('name', at)}")
    names = [column["name"] for column in told["field"]]
    if twice := [name for name in names if names.count(name) > 1]:
        raise DataError(f"{place}: field {twice[0]!r} stands twice; keep one, or give each its own name")
    strange = [name for name in told["key"] if name not in names]
    if strange:
        raise DataError(f"{place}: key names {strange[0]!r}, which is no field; write names of fields")
    if twice := [name for name in told["key"] if told["key"].count(name) > 1]:
        raise DataError(f"{place}: key names {twice[0]!r} twice; name each field once")
    if told["redistribution"] not in REDISTRIBUTION:
        raise DataError(f"{place}: redistribution is {told['redistribution']!r}; write one of "
                        f"{', '.join(REDISTRIBUTION)}")
    table = path.with_suffix(".csv")
    if not table.exists():
        raise DataError(f"data/{table.relative_to(root)}: the file is missing; restore it or remove {place}")
    # what does not fit is refused when the loader reads the table; see checked
    try:
        rows = list(csv.DictReader(io.StringIO(with_lf(table).decode("utf-8", "replace"), newline="")))
    except csv.Error:
        rows = []
    licence = told.get("licence")
    return {
        "name": table.relative_to(root).with_suffix("").as_posix(),
        "path": table.relative_to(root).as_posix(),
        **{name: told[name] for name in ("title", "description", "row")},
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(told, _references(told["field"], root, place)),
        "licence": licence,
        **({"licenses": [_licence(licence, told["licence_note"], place)]} if licence else {}),
        **{name: told[name] for name in ("licence_note", "redistribution", "processing", "known_gaps")},
        "bytes": len(with_lf(table)),
        "hash": sha256(table),
        "rows": len(rows),
        **_sources(rows, register),
    }


def _references(fields: list[dict[str, Any]], root: Path, place: str) -> list[dict[str, Any]]:
    """Return which fields hold the key of another table, as Frictionless has it: those that say so, and
    origins where there is a register of them.
    """
    origins = {ORIGIN: "origins"} if (root / "origins.toml").exists() else {}
    found = []
    for name, table in {c["name"]: c.get(REFERS) or origins.get(c["name"]) for c in fields}.items():
        if not table:
            continue
        described = root / f"{table}.toml"
        key = _read(described, root, OF_TABLE, {"key"})["key"] if described.exists() else []
        if len(key) != 1:
            raise DataError(f"{place}, field {name}: {REFERS} is {table!r}, which is no table with a key of "
                            "one field; write the name of one, such as \"claims\"")
        found.append({"fields": [name], "reference": {"resource": table, "fields": key}})
    return found


def _schema(told: dict[str, Any], references: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the schema of a table."""
    return {
        "fields": [_field(column) for column in told["field"]],
        "primaryKey": told["key"],
        "missingValues": [""],
        **({"foreignKeys": references} if references else {}),
    }


def _field(column: dict[str, Any]) -> dict[str, Any]:
    limits = {name: column[name] for name in LIMITS if name in column}
    return {
        **{name: column[name] for name in OF_FIELD if name in column},
        **({"constraints": limits} if limits else {}),
    }


def _licence(id: str, note: str, place: str) -> dict[str, str]:
    """Return a licence as Frictionless has it, from its SPDX identifier."""
    if not re.fullmatch(SPDX, id):
        raise DataError(
            f"{place}: licence {id!r} is no SPDX identifier; write one such as CC-BY-4.0 or "
            "LicenseRef-public-domain-US, or remove it where the terms are not known"
        )
    text = {} if id.startswith("LicenseRef-") else {"path": f"https://spdx.org/licenses/{id}.html"}
    return {"name": id, **text, "title": note}


def _sources(rows: list[dict[str, str]], register: dict[str, Source]) -> dict[str, list[dict[str, str]]]:
    """Return the sources that a table's rows cite, under the name that Frictionless gives them."""
    cited = sorted({id for row in rows for id in (row.get(SOURCE_COLUMN) or "").split(SEPARATOR)
                    if id in register})
    named = [
        {"name": id, "title": register[id].title, **({"path": url} if (url := register[id].url) else {})}
        for id in cited
    ]
    return {"sources": named} if named else {}


def checked(text: str, root: Path) -> str:
    """Return the text of a datapackage.json; raise DataError where the folder's tables do not fit it, or a
    register is missing.
    """
    made = DataPackage(root)
    made.descriptor = json.loads(text)
    for name in REGISTERS:
        if name not in made.all_tables:
            raise DataError(f"data/{name}.csv: the register is missing; restore it and data/{name}.toml, or "
                            "begin with those of tests/second_article/project")
    for name in made.all_tables:
        made.load(name)
    return text


def check_stamped() -> None:
    """Raise DataError where what is written beside the tables, or in the article's settings, is not what the
    package in hand was made of; that a table has other rows is no fault, and told elsewhere.
    """
    made, known = json.loads(stamped()), package().descriptor
    for name in made.keys() - {"resources"}:
        if made[name] != known.get(name):
            raise DataError(f"data/datapackage.json: {name} is {known.get(name)!r}, and by {FILE} and "
                            f"data/{PACKAGE} it is {made[name]!r}; run make datapackage")
    tables = {one["name"]: one for one in known["resources"]}
    for one in made["resources"]:
        if _told(one) != _told(tables.pop(one["name"], {})):
            raise DataError(f"data/{one['name']}.toml: data/datapackage.json was made before it was as it is;"
                            " run make datapackage")
    if tables:
        raise DataError(f"data/{min(tables)}.toml: the file is missing, and data/datapackage.json has its "
                        "table; restore it, or run make datapackage")


def _told(resource: dict[str, Any]) -> dict[str, Any]:
    return {name: told for name, told in resource.items() if name not in OF_THE_FILE}


def main() -> int:
    """Write ``datapackage.json`` of the project in hand; say in one line what hinders it."""
    try:
        text = checked(stamped(), data_folder())
    except (DataError, ArticleError) as error:
        print(error, file=sys.stderr)
        return 1
    (data_folder() / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
