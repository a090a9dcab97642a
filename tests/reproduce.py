"""Whether this machine gets what the edition recorded: ``make reproduce``, or ``python -m tests.reproduce``.

Verdicts, readings and the numbers of the prose are computed again and compared with ``tests/expected``; every
chapter is executed again and its outputs, charts and tables compared with ``tests/notebooks``. The report,
``_build/reproduction/report.md`` and the same as ``report.json``, says what is identical and what differs
where, with what it was computed, and what each chapter took.
"""

from __future__ import annotations

import csv
import io
import json
import platform
import re
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import nbformat

from report.charts import MIME
from report.ledger import indicators_csv, ledger_csv
from tests.references import EXPECTED, NOTEBOOKS, PROJECT, chapters, numbers_csv, write_reference

OUT = PROJECT / "_build" / "reproduction"
SHOWN = 80  # characters of a value that the report prints
KINDS = {MIME: "chart", "text/html": "table", "text/plain": "text"}  # by the first format that an output has


# Comparing --------------------------------------------------------------------------------------------------

PARTS = ("verdicts", "readings", "indicators", "numbers")


def of_tables(kept: str, made: str, key: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield what differs between two tables of text: rows that are gone or new, cells with other values."""
    old, new = ({tuple(row[name] for name in key): row for row in csv.DictReader(io.StringIO(text))}
                for text in (kept, made))
    for name in dict.fromkeys([*old, *new]):
        where = " ".join(name)
        if name not in old or name not in new:
            yield {"where": where, "recorded": "there" if name in old else "absent",
                   "here": "there" if name in new else "absent"}
            continue
        for column, value in old[name].items():
            if new[name].get(column) != value:
                yield {"where": f"{where}, {column}", "recorded": value, "here": str(new[name].get(column))}


def of_values(kept: Any, made: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Yield the innermost places at which two JSON values differ."""
    if type(kept) is type(made) and isinstance(kept, dict):
        for name in dict.fromkeys([*kept, *made]):
            yield from of_values(kept.get(name), made.get(name), f"{path}.{name}")
    elif type(kept) is type(made) and isinstance(kept, list) and len(kept) == len(made):
        for place, (one, other) in enumerate(zip(kept, made, strict=True)):
            yield from of_values(one, other, f"{path}[{place}]")
    elif kept != made:
        yield {"where": path.lstrip("."), "recorded": _short(kept), "here": _short(made)}


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def of_notebooks(kept: nbformat.NotebookNode, made: nbformat.NotebookNode) -> Iterator[dict[str, str]]:
    """Yield what differs between the outputs of two runs of a chapter, with the cell and the kind of output.
    """
    old, new = ([cell for cell in one.cells if cell.cell_type == "code"] for one in (kept, made))
    if [cell.source for cell in old] != [cell.source for cell in new]:
        yield {"where": "cells", "kind": "code", "recorded": f"{len(old)} cells", "here": "other code"}
        return
    for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
        for found in of_values(*([_content(output) for output in cell.outputs] for cell in (one, other))):
            kind = kind_of(one.outputs[0]) if one.outputs else "text"
            yield {**found, "where": f"cell {number}{found['where']}", "kind": kind}


def _content(output: dict) -> Any:
    return output.get("data", output.get("text", output))


def kind_of(output: dict) -> str:
    """Return what an output is: a chart, a table, or text."""
    return next((kind for form, kind in KINDS.items() if form in output.get("data", {})), "text")


# Computing again --------------------------------------------------------------------------------------------

def chapter_again(chapter: Path, folder: Path) -> dict[str, Any]:
    """Execute a chapter and return what it took, what it made, and what differs from the recorded run."""
    began = time.perf_counter()
    made = nbformat.read(write_reference(chapter, folder), as_version=4)
    taken = time.perf_counter() - began
    cells = [cell for cell in made.cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    kept = nbformat.read(NOTEBOOKS / f"{chapter.stem}.ipynb", as_version=4)
    return {"chapter": chapter.stem, "seconds": round(taken, 1), "cells": len(cells),
            "outputs": len(outputs), "charts": sum(kind_of(o) == "chart" for o in outputs),
            "differs": list(of_notebooks(kept, made))}


def libraries() -> dict[str, dict[str, str]]:
    """Return the libraries that the edition pins, with the version pinned and the one in use; those that some
    systems alone need are left out.
    """
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)$", (PROJECT / "requirements.txt").read_text("utf-8"),
                        re.M)
    return {name: {"pinned": known, "here": _installed(name)} for name, known in pinned}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def reproduced(folder: Path) -> dict[str, Any]:
    """Compute the edition again and return the report on it."""
    ledger = (EXPECTED / "ledger.csv").read_text(encoding="utf-8")
    differing = list(of_tables(ledger, ledger_csv(), ("reading",)))
    indicators = (EXPECTED / "indicators.csv").read_text(encoding="utf-8")
    numbers = (EXPECTED / "numbers.csv").read_text(encoding="utf-8")
    return {
        "edition": version("report"), "python": platform.python_version(), "system": platform.platform(),
        "libraries": libraries(),
        "verdicts": [one for one in differing if one["where"].endswith(", verdict")],
        "readings": [one for one in differing if not one["where"].endswith(", verdict")],
        "indicators": list(of_tables(indicators, indicators_csv(), ("indicator",))),
        "numbers": list(of_tables(numbers, numbers_csv(), ("chapter", "number"))),
        "chapters": [chapter_again(chapter, folder) for chapter in chapters()],
    }


# Telling ----------------------------------------------------------------------------------------------------

def differs(told: dict[str, Any]) -> bool:
    """Say whether anything of the edition came out otherwise."""
    return any(told[part] for part in PARTS) \
        or any(chapter["differs"] for chapter in told["chapters"])


def as_text(told: dict[str, Any]) -> str:
    """Return the report in words."""
    lines = [f"# Edition {told['edition']}, computed again", "",
             "**Something differs**, as listed." if differs(told) else
             "**Everything is identical** to what the edition recorded.", "",
             f"Python {told['python']}, {told['system']}.", "", "| what | result |", "|---|---|"]
    lines += [f"| {part} | {_counted(told[part])} |" for part in PARTS]
    lines += ["", "| chapter | outputs | cells | charts | seconds | result |", "|---|--:|--:|--:|--:|---|"]
    lines += [f"| {c['chapter']} | {c['outputs']} | {c['cells']} | {c['charts']} | {c['seconds']} | "
              f"{_counted(c['differs'])} |" for c in told["chapters"]]
    found = [(part, one) for part in PARTS for one in told[part]]
    found += [(f"{c['chapter']}, {one['kind']}", one) for c in told["chapters"] for one in c["differs"]]
    if found:
        lines += ["", "## What differs", ""]
        lines += [f"- {part}, {one['where']}: recorded {one['recorded']!r}, here {one['here']!r}"
                  for part, one in found]
    others = {name: one for name, one in told["libraries"].items() if one["here"] != one["pinned"]}
    lines += ["", "## Libraries", ""]
    lines += [f"- {name}: pinned {one['pinned']}, here {one['here']}" for name, one in others.items()] \
        or ["All are of the versions that the edition pins."]
    lines += [f"- {name} {one['here']}" for name, one in told["libraries"].items() if name not in others]
    return "\n".join(lines) + "\n"


def _counted(found: list) -> str:
    return f"{len(found)} differ" if found else "identical"


def main() -> int:
    (OUT / "notebooks").mkdir(parents=True, exist_ok=True)
    told = reproduced(OUT / "notebooks")
    (OUT / "report.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    (OUT / "report.md").write_text(as_text(told), encoding="utf-8")
    result = "something differs" if differs(told) else "everything is identical"
    print(f"{result}; the report is in {(OUT / 'report.md').relative_to(PROJECT)}")
    return int(differs(told))


if __name__ == "__main__":
    sys.exit(main())
