"""The house has one direction, its engine knows no article, and every chapter has the same rooms.

Imports point up the list of floors and never back: what lies above knows nothing of what lies below.
"""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from tests.references import PROJECT

# Each floor from the top down; a file belongs to the first floor with a pattern that it fits.
FLOORS = {
    "the article's settings, dates, and how values are written": ["report/article.py", "report/dates.py",
                                                                 "report/prose.py"],
    "tables and their registers": ["report/data/*.py"],
    "measures": ["report/trace.py"],
    "the rule": ["report/rule/*.py"],
    "the book in hand": ["report/book.py"],
    "the ledger, and who publishes the book": ["report/ledger.py", "report/identity.py",
                                               "report/own_data.py"],
    "charts": ["report/charts/*.py"],
    "editions": ["report/editions/*.py"],
    "what chapters and pages show": ["report/show/*.py"],
    "readings": ["argument/*/readings.py", "argument/*/c[0-9][0-9]_*.py", "argument/methods/power.py"],
    "charts of the argument, and its numbers": ["argument/*/charts.py", "argument/*/numbers.py"],
    "series": ["argument/*/*.py"],
    "chapters": ["chapters/*.md"],
    "pages": ["report/sphinx/*.py"],
}
ORDER = [*list(FLOORS)[:9], "series", "readings", "charts of the argument, and its numbers", "chapters",
         "pages"]
# the front door, and the commands that start a build
DOORS = {"report/__init__.py", "report/build.py", "report/bound.py"}
ROOMS = {"__init__", "series", "readings", "charts", "numbers"}
SHARED = {"voices"}  # evidence of several chapters, which has no page
OWN_METHODS = {"thaad": {"event_study"}, "tests": {"windows"}, "believe": {"rivals", "beliefs"},
               "methods": {"choices", "power", "sources_read"}}


@cache
def files() -> dict[Path, int]:
    """Return every file of the house with the number of its floor."""
    found: dict[Path, int] = {}
    for floor, patterns in FLOORS.items():
        for pattern in patterns:
            for path in PROJECT.glob(pattern):
                if str(path.relative_to(PROJECT)) not in DOORS:
                    found.setdefault(path, ORDER.index(floor))
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


def floor_of(module: str) -> int | None:
    """Return the number of the floor a module lives on, or None where it is not of this house."""
    path = PROJECT / (module.replace(".", "/") + ".py")
    package = PROJECT / module.replace(".", "/") / "__init__.py"
    floors = files()
    return floors.get(path, floors.get(package))


@pytest.mark.parametrize("path", sorted(files()), ids=lambda p: str(p.relative_to(PROJECT)))
def test_nothing_imports_what_lies_below_it(path):
    """A series that knows a reading, a reading that draws, a chart that knows the pages, a chapter
    that reaches into the build.
    """
    own = files()[path]
    below = {m for m in imported(code_of(path)) if (floor := floor_of(m)) is not None and floor > own}
    assert below == set()


def test_the_floors_are_found():
    """An empty floor: a renamed folder, of which the test above would then say nothing."""
    assert set(files().values()) == set(range(len(ORDER)))


def test_the_engine_imports_no_evidence():
    """An engine that knows this article's package by name, so that no other article
    could be put in its place.
    """
    engine = [p for p in PROJECT.glob("report/**/*.py")]
    assert [p for p in engine if any(m.split(".")[0] == "argument" for m in imported(code_of(p)))] == []


ARTICLE_WORDS = re.compile(r"china|chinese|korea|dprk|kotra|thaad|2017|\b[Cc]\d\d\b", re.I)


@pytest.mark.parametrize("path", sorted(p for p in PROJECT.glob("report/**/*")
                                        if p.is_file() and "__pycache__" not in p.parts
                                        and p.suffix in {".py", ".html", ".js", ".css", ".json", ".toml"}),
                         ids=lambda p: str(p.relative_to(PROJECT)))
def test_the_engine_has_no_word_of_this_article(path):
    """A name, a year or a claim of this article in the engine, which another
    article would have to cut out.
    """
    said = [f"{n}: {line.strip()}" for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if ARTICLE_WORDS.search(line)]
    assert said == []


@pytest.mark.parametrize("folder", sorted(p for p in (PROJECT / "argument").iterdir()
                                          if p.is_dir() and p.name != "__pycache__"),
                         ids=lambda p: p.name)
def test_chapters_have_the_same_rooms(folder):
    """A chapter whose evidence is kept in rooms of other names, or that has no page."""
    names = {p.stem for p in folder.glob("*.py")}
    others = {n for n in names - ROOMS if not re.match(r"c\d\d_", n)} - OWN_METHODS.get(folder.name, set())
    assert others == set() and (folder.name in SHARED
                                or (PROJECT / "chapters" / f"{folder.name}.md").exists())


def test_every_folder_of_tests_is_collected(pytestconfig):
    """Tests in a folder that pytest passes over for its name, as it does with ``build``: they never fail."""
    passed_over = pytestconfig.getini("norecursedirs")
    tests = PROJECT / "tests"
    folders = {part for path in tests.rglob("test_*.py") for part in path.relative_to(tests).parts[:-1]}
    assert not [name for name in folders if any(fnmatch(name, pattern) for pattern in passed_over)]
