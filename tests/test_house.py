"""The house has one direction: data, claims, readings, charts, chapters, pages. What lies above knows nothing of what lies below."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
# Each room, from the top down; a file belongs to the first room whose pattern it fits.
ROOMS = ["report/data.py", "report/sources.py", "report/claims.py", "report/tourism_event_study.py", "report/readings/*.py",
         "report/*.py", "chapters/*.md", "report/sphinx/*.py"]
TOP = {"report/__init__.py", "report/identity.py"}  # the front door, and settings that belong to no room


@cache
def files() -> dict[Path, int]:
    """Return every file of the house with the number of its room."""
    found: dict[Path, int] = {}
    for number, room in enumerate(ROOMS):
        for path in PROJECT.glob(room):
            if str(path.relative_to(PROJECT)) not in TOP:
                found.setdefault(path, number)
    return found


def imported(code: str) -> set[str]:
    """Return the modules that code imports, at its top or later, with the names taken from them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def code_of(path: Path) -> str:
    """Return a module, or the cells of a chapter."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = re.findall(r"^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)^```", text, re.S | re.M)
    return "\n".join(cells)


def room_of(module: str) -> int | None:
    """Return the number of the room a module lives in, or None where it is not of this house."""
    path = PROJECT / (module.replace(".", "/") + ".py")
    package = PROJECT / module.replace(".", "/") / "__init__.py"
    rooms = files()
    return rooms.get(path, rooms.get(package))


@pytest.mark.parametrize("path", sorted(files()), ids=lambda p: str(p.relative_to(PROJECT)))
def test_nothing_imports_what_lies_below_it(path):
    """A reading that draws, a chart that knows the pages, a chapter that reaches into the build."""
    own = files()[path]
    below = {m for m in imported(code_of(path)) if (room := room_of(m)) is not None and room > own}
    assert below == set()


def test_the_rooms_are_found():
    """An empty room: a renamed folder, of which the test above would then say nothing."""
    assert set(files().values()) == set(range(len(ROOMS)))
