"""What an edition says, as far as another can be held against it: verdicts, readings, criteria, rows,
sources, charts.

It is read where an edition leaves it: in a commit of the repository, in a built site, or in a ``ledger.json``
alone. A part that a place does not keep is None, and is not compared.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypedDict

from pybtex.database import parse_string

from report.article import article, project
from report.editions.repository import complaint, git
from report.ledger import indicators_csv, ledger, ledger_csv

LEDGER, INDICATORS = "tests/expected/ledger.csv", "tests/expected/indicators.csv"
NOTEBOOKS = "tests/notebooks"
OWN_LEDGER = "import json; from report.ledger import ledger; print(json.dumps(ledger()))"  # of any edition
CRITERION = ("criterion", "unit", "op", "threshold")
Rows = dict[str, dict[str, str]]


class SnapshotError(ValueError):
    """A place that holds no edition, or not enough of one; the message names it and the fix."""


@dataclass(frozen=True)
class Snapshot:
    """An edition, part by part: words by claim and vantage, readings and charts by id, rows by table and key.
    """

    edition: str
    verdicts: dict[str, str] = field(default_factory=dict)
    readings: dict[str, dict[str, str]] = field(default_factory=dict)
    criteria: dict[str, dict[str, str]] | None = None
    tables: dict[str, Rows] | None = None
    sources: dict[str, str] | None = None
    charts: dict[str, str] | None = None
    indicators: dict[str, dict[str, str]] | None = None


@dataclass(frozen=True)
class Place:
    """Where an edition is read: a name for messages, a function for a file's text, one for the files of a
    folder.
    """

    name: str
    text: Callable[[str], str | None]
    files: Callable[[str], list[str]]


def folder(path: Path) -> Place:
    """Return a folder as a place: a built site, or a project as it stands."""

    def text(name: str) -> str | None:
        return (path / name).read_text(encoding="utf-8") if (path / name).is_file() else None

    return Place(
        str(path),
        text,
        lambda under: sorted(
            p.relative_to(path).as_posix() for p in (path / under).rglob("*") if p.is_file()
        ),
    )


def commit(name: str, root: Path) -> Place:
    """Return a commit or tag of the repository in ``root`` as a place."""

    def text(path: str) -> str | None:
        shown = git(root, "show", f"{name}:./{path}")
        return None if shown.returncode else shown.stdout.decode("utf-8")

    return Place(
        name,
        text,
        lambda under: (
            git(root, "ls-tree", "-r", "-z", "--name-only", name, f"./{under}/")
            .stdout.decode("utf-8")
            .split("\0")[:-1]
        ),
    )


def snapshot(where: str, root: Path | None = None) -> Snapshot:
    """Return the edition at a place: a tag, a commit, the folder of a built site, or a ``ledger.json``."""
    path = Path(where)
    if path.is_file():
        return _of_ledger(json.loads(path.read_text(encoding="utf-8")), folder(path.parent))
    if path.is_dir():
        place = folder(path)
        told = place.text("ledger.json")
        if told is None:
            raise SnapshotError(f"{where} holds no ledger.json; name the folder of a built site")
        return _of_ledger(json.loads(told), place)
    root = root or project()
    place = commit(_commit_of(where, root), root)
    told = place.text(LEDGER)
    if told is None:
        return _by_its_own_code(where, place, root)
    return Snapshot(_edition_of(place), *_of_csv(told), **_parts(place), charts=_charts_of_notebooks(place),
                    indicators=_of_indicators(place.text(INDICATORS)))


def _commit_of(where: str, root: Path) -> str:
    """Return what was given where it is a tag or commit of the repository, else the commit that
    ``article.toml`` names for an edition that has no tag; raise SnapshotError where neither is.
    """
    known = {f"v{one.number}": one.commit for one in article().earlier if one.commit}
    for name in filter(None, (where, known.get(where))):
        if git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").returncode == 0:
            return name
    asked = git(root, "rev-parse", "--git-dir")
    if asked.returncode:
        raise SnapshotError(f"{where!r} is neither a file nor a folder, and of its repository git says: "
                            f"{complaint(asked)}; mend that, or name a file or a folder")
    if where in known:
        raise SnapshotError(f"{where} is commit {known[where]}, which this repository does not hold; fetch "
                            "its history (git fetch --unshallow), or name the folder of the built site")
    raise SnapshotError(f"{where!r} is neither a file, nor a folder, nor a tag or commit of this repository; "
                        "write one of these")


def _by_its_own_code(where: str, place: Place, root: Path) -> Snapshot:
    """Return an edition that keeps no ledger in its commit, as its own code computes it in a folder aside;
    raise SnapshotError where it cannot.
    """
    with TemporaryDirectory() as aside:
        packed = git(root, "archive", "--format=zip", place.name)
        if packed.returncode == 0:
            with zipfile.ZipFile(io.BytesIO(packed.stdout)) as archive:
                archive.extractall(aside)
        around = {name: value for name, value in os.environ.items() if not name.startswith("REPORT_")}
        made = subprocess.run([sys.executable, "-c", OWN_LEDGER], cwd=aside, capture_output=True, text=True,
                              env=around | {"PYTHONPATH": aside})
    if made.returncode:
        why = (made.stderr.strip().splitlines() or ["it has no code that makes one"])[-1]
        raise SnapshotError(
            f"{where} has no {LEDGER}, and its own code makes no ledger here ({why}); name the folder of its "
            "built site, or the ledger.json in it"
        )
    found = _of_ledger(json.loads(made.stdout), place)
    return replace(found, edition=_edition_of(place), charts=_charts_of_notebooks(place))


def current() -> Snapshot:
    """Return what the project in hand says, computed now; its charts as its reference notebooks have them."""
    place = folder(project())
    _, readings = _of_csv(ledger_csv())
    return Snapshot(
        article().edition, _words(ledger()), readings, **_parts(place), charts=_charts_of_notebooks(place),
        indicators=_of_indicators(indicators_csv()),
    )


def _edition_of(place: Place) -> str:
    """Return the number of an edition from its settings, or from those of its package, where it stood once.
    """
    settings = tomllib.loads(place.text("article.toml") or "")
    stated = settings.get("identity", {}).get("edition")
    if stated is None:
        stated = tomllib.loads(place.text("pyproject.toml") or "").get("project", {}).get("version")
    if stated is None:
        raise SnapshotError(
            f"{place.name} says nowhere which edition it is; name a built site or a ledger.json"
        )
    return stated


def _of_csv(text: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    rows = list(csv.DictReader(io.StringIO(text)))
    words = {f"{r['claim']} {r['vantage']}": r["verdict"] for r in rows if r["verdict"]}
    told = ("claim", "limb", "vantage", "label", "value", "met")
    return words, {r["reading"]: {name: r[name] for name in told} for r in rows}


def _of_indicators(text: str | None) -> dict[str, dict[str, str]] | None:
    """Return the indicators of a table of them; None for an edition that kept none."""
    if text is None:
        return None
    return {r["indicator"]: {name: r[name] for name in ("label", "value")}
            for r in csv.DictReader(io.StringIO(text))}


def _words(document: dict[str, Any]) -> dict[str, str]:
    return {
        f"{c['id']} {v}": word
        for c in document["claims"]
        for v, word in c["verdict"].items()
        if word and any(r["vantage"] == v for r in c["readings"])
    }


def _of_ledger(document: dict[str, Any], place: Place) -> Snapshot:
    readings = {
        r["id"]: {
            "claim": c["id"],
            "limb": r["limb"],
            "vantage": r["vantage"],
            "label": r["label"],
            "value": "" if r["value"] is None else str(r["value"]),
            "met": str(r["met"]).lower(),
        }
        for c in document["claims"]
        for r in c["readings"]
    }
    drawn = [name for name in place.files("charts") if name.endswith(".vl.json")]
    charts = (
        {
            meta["name"]: meta["title"]
            for name in drawn
            for meta in [json.loads(place.text(name) or "{}")["usermeta"]]
        }
        if drawn
        else None
    )
    indicators = {
        i["id"]: {"label": i["label"], "value": str(i.get("value", ""))}
        for c in document["claims"]
        for i in c["indicators"]
    } if all("indicators" in c for c in document["claims"]) else None
    return Snapshot(document["edition"], _words(document), readings, **_parts(place), charts=charts,
                    indicators=indicators)


class _Parts(TypedDict):
    criteria: Rows | None
    tables: dict[str, Rows] | None
    sources: dict[str, str] | None


def _parts(place: Place) -> _Parts:
    """Return criteria, tables and sources of an edition; None for what the place does not keep."""
    descriptor = place.text("data/datapackage.json")
    tables = None if descriptor is None else dict(_tables(place, json.loads(descriptor)))
    limbs, register = place.text("data/claim_limbs.csv"), place.text("data/sources.bib")
    criteria = (
        None
        if limbs is None
        else {
            f"{r['claim']}.{r['limb']}": {name: r.get(name, "") for name in CRITERION}
            for r in csv.DictReader(io.StringIO(limbs))
        }
    )
    sources = (
        None
        if register is None
        else {
            id: re.sub(r"[{}]", "", entry.fields.get("title", ""))
            for id, entry in parse_string(register, "bibtex").entries.items()
        }
    )
    return {"criteria": criteria, "tables": tables, "sources": sources}


def _tables(place: Place, descriptor: dict[str, Any]) -> Iterator[tuple[str, Rows]]:
    for about in descriptor["resources"]:
        text, key = place.text(f"data/{about['path']}"), about["schema"]["primaryKey"]
        if text is not None:
            yield (
                about["name"],
                {"|".join(row[part] for part in key): row for row in csv.DictReader(io.StringIO(text))},
            )


def _charts_of_notebooks(place: Place) -> dict[str, str] | None:
    found = [name for name in place.files(NOTEBOOKS) if name.endswith(".ipynb")]
    outputs = [
        output
        for name in found
        for cell in json.loads(place.text(name) or '{"cells": []}')["cells"]
        for output in cell.get("outputs", ())
    ]
    metas = [
        spec["usermeta"]
        for output in outputs
        for spec in output.get("data", {}).values()
        if isinstance(spec, dict) and "name" in spec.get("usermeta", {})
    ]
    return {meta["name"]: meta["title"] for meta in metas} if found else None
