"""The code of an article that a module comes to: its own, and that of every module it imports, at its top or
within a function, and so on.

An answer (``report.data.answers``) rests on the code it is computed by. The engine's is one hash for all; of
the article's evidence each answer rests on the modules that its own can reach, so that a change in one
chapter leaves the answers of the others as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from report.article import article, project
from report.data import needs
from report.data.answers import of_the_build
from report.data.table import DataError

STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")  # what of a node holds statements


def rest_on(module: str) -> None:
    """Have whatever is being computed rest on the code of a module, where it is one of the article's."""
    if _is_evidence(module) and not needs.is_noted(f"imported {module}"):
        needs.note(f"imported {module}", digest_of(module))


def digest_of(module: str) -> str:
    """Return the digest of all code of the article that a module can reach; of a module that is not there,
    that of none. Raises DataError for a file that is no Python.
    """
    found: dict[str, bytes] = {}
    waiting = list(_with_packages(module))
    while waiting:
        name = waiting.pop()
        if name not in found:
            path = _file(project(), name)
            found[name] = code = path.read_bytes() if path else b""
            waiting += _imported(path, code) if path else ()
    return needs.digest(*(f"{name}={code!r}" for name, code in sorted(found.items())))


def _is_evidence(module: str) -> bool:
    root = article().argument
    return module == root or module.startswith(f"{root}.")


def _file(folder: Path, module: str) -> Path | None:
    place = folder.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


@cache  # several answers ask of the same files
def _imported(path: Path, code: bytes) -> tuple[str, ...]:
    """Return the article's modules that a file imports, with the packages they stand in. What is taken from a
    module may be one itself, and is looked for.
    """
    shared = of_the_build()
    if shared and (known := shared.noted(noted := f"imports of {path} {needs.digest(code)}")) is not None:
        return tuple(known.split())
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        where = f"{path.relative_to(project())}, line {error.lineno}"
        raise DataError(f"{where}: {error.msg}; correct the code") from None
    named = filter(_is_evidence, _named(tree, path))
    found = tuple(dict.fromkeys(part for name in named for part in _with_packages(name)))
    if shared:
        shared.note(noted, " ".join(found))
    return found


def _named(tree: ast.Module, path: Path) -> Iterator[str]:
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            of = ".".join(filter(None, [_package(path, node.level), node.module]))
            yield of
            yield from (f"{of}.{one.name}" for one in node.names)


def _statements(within: ast.AST) -> Iterator[ast.stmt]:
    """Yield all statements; expressions, which are far more and hold no imports, are not looked into."""
    for part in STATEMENTS:
        for node in getattr(within, part, ()):
            if isinstance(node, ast.stmt):
                yield node
            yield from _statements(node)


def _package(path: Path, level: int) -> str:
    """Return the package that an import with ``level`` leading dots starts from."""
    return ".".join(path.relative_to(project()).parts[:-level]) if level else ""


def _with_packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))
