"""A notebook's kernel that notes which functions of the project ran in it, and what they read of the data.

Run as a script in place of ipykernel's launcher, before anything of the project is imported. Every module of
the project is loaded with one line more at the head of each function, which notes that it was called; the
code so marked is kept, so that it is made once for a state of a file. ``digests`` says of a file what its
functions hold, comments, layout and docstrings apart: a function that did not run cannot have changed an
output.
"""

from __future__ import annotations

import ast
import hashlib
import json
import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

CALLED = "__called__"  # the name, in each marked module, of the set of functions that were called
SKELETON = ""  # under which the digest of a file stands apart from its functions' bodies
MODULE = "needs_of_the_notebook"  # by which the last cell finds what was noted
LAST_CELL = f"__import__({MODULE!r}).write()"

Digests = dict[str, str]


class _Marks(ast.NodeTransformer):
    """Mark each function of a module or class, and take its digest; what stands in a function belongs to it.
    """

    def __init__(self) -> None:
        self.within: list[str] = []
        self.digests: Digests = {}
        self.bodies: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, list[ast.stmt], str]] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.within.append(node.name)
        self.generic_visit(node)
        self.within.pop()
        return node

    def visit_FunctionDef(self, node):
        name = ".".join([*self.within, node.name])
        said = "".join(ast.dump(part) for part in _undocumented(node.body))
        self.digests[name] = _digest(self.digests.get(name, "") + said)
        self.bodies.append((node, node.body, name))
        node.body = []
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def put_back(self) -> None:
        """Give every function its body again, with the mark before it."""
        for node, body, name in self.bodies:
            documented = len(body) - len(_undocumented(body))
            mark = ast.parse(f"{CALLED}.add({name!r})").body[0]
            ast.copy_location(mark, body[0])
            for part in ast.walk(mark):
                ast.copy_location(part, body[0])
            node.body = [*body[:documented], mark, *body[documented:]]


def _undocumented(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) \
        and isinstance(first.value.value, str)
    return body[1:] if documented else body


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def marked(source: bytes, path: str) -> tuple[CodeType, Digests]:
    """Return the code of a file with every function marked, and the digests of its functions and skeleton."""
    tree, marks = ast.parse(source), _Marks()
    marks.visit(tree)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef)):
            node.body = _undocumented(node.body) or node.body
    marks.digests[SKELETON] = _digest(ast.dump(tree))
    marks.put_back()
    return compile(tree, path, "exec", dont_inherit=True), marks.digests


def kept(source: bytes, path: str, folder: Path) -> tuple[CodeType, Digests]:
    """Return what ``marked`` makes of a file, from ``folder`` where it was made before."""
    made_by = Path(__file__).read_bytes()
    name = hashlib.sha256(b"\0".join([source, path.encode(), sys.version.encode(), made_by])).hexdigest()
    place = folder / name[:32]
    try:
        return marshal.loads(place.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        code, digests = marked(source, path)
        folder.mkdir(parents=True, exist_ok=True)
        aside = place.with_suffix(f".{os.getpid()}")
        aside.write_bytes(marshal.dumps((code, digests)))
        aside.replace(place)
        return code, digests


def digests(path: Path, folder: Path) -> Digests:
    """Return the digests of a file's functions and skeleton; none where there is no such file or it is no
    Python.
    """
    try:
        return kept(path.read_bytes(), str(path), folder)[1]
    except (OSError, SyntaxError, ValueError):
        return {}


class MarkingLoader(SourceFileLoader):
    """Loads a module of the project with its functions marked."""

    def __init__(self, fullname: str, path: str, finder: MarkingFinder) -> None:
        super().__init__(fullname, path)
        self.finder = finder

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code, self.finder.digests_of[path] = kept(self.get_data(path), path, self.finder.folder)
        return code

    def exec_module(self, module: ModuleType) -> None:
        setattr(module, CALLED, self.finder.called.setdefault(self.path, set()))
        super().exec_module(module)


class MarkingFinder:
    """Finds what the other finders find, and has it loaded with marks where it stands below ``roots``."""

    def __init__(self, roots: list[Path], folder: Path) -> None:
        self.roots = [f"{root}{os.sep}" for root in roots]
        self.folder = folder
        self.digests_of: dict[str, Digests] = {}
        self.called: dict[str, set[str]] = {}

    def find_spec(self, fullname: str, path=None, target=None) -> ModuleSpec | None:
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec:
                if type(spec.loader) is SourceFileLoader and str(spec.origin).startswith(tuple(self.roots)):
                    spec.loader = MarkingLoader(fullname, str(spec.origin), self)
                return spec
        return None

    def write(self) -> None:
        """Write what was needed: of each file the skeleton and the functions called, and what was read of the
        data.
        """
        code = {path: {name: found[name] for name in {SKELETON, *self.called.get(path, ())}}
                for path, found in self.digests_of.items()}
        reads = sys.modules.get("report.data.needs")
        told = {"code": code, "data": reads.WHOLE.told if reads else {}}
        Path(os.environ["REPORT_NEEDS"]).write_text(json.dumps(told, sort_keys=True), encoding="utf-8")


def begin() -> None:
    """Have the project's modules loaded with marks from here on; what else a kernel needs is loaded before.
    """
    from ipykernel import kernelapp  # noqa: F401

    roots, folder = os.environ["REPORT_MARKED"].split(os.pathsep), Path(os.environ["REPORT_MARKS"])
    finder = MarkingFinder([Path(root) for root in roots], folder)
    sys.modules[MODULE] = finder  # type: ignore[assignment]  # marked code imports it by this name
    sys.meta_path.insert(0, finder)


def main() -> None:
    """Start the kernel whose connection file the command line names."""
    begin()
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()


if __name__ == "__main__":
    del sys.path[0]  # the folder of this script, whose modules are no notebook's
    main()
