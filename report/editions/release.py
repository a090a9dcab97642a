"""Make an edition: ``make edition`` writes what is handed out into ``dist/``, from a clean tree and a cold
build.

The site as a zip that opens from a folder, the whole book as PDF and EPUB, the data package, the executed
notebooks and the source, each checked after it is packed; the ledger; an RO-Crate; release notes; checksums.
The same commit gives the same bytes: dates in archives are the commit's, and nothing else in them depends on
when or where they are made.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import jupytext
import nbformat
from frictionless import Package
from jupyter_cache import get_cache
from lxml import html

from report.article import Article, article, project
from report.data.sources import anchor
from report.editions.changes import compare, refusal, told
from report.editions.crate import FILE, crate
from report.editions.errata import errata
from report.editions.repository import complaint, git
from report.editions.snapshot import SnapshotError, current, snapshot
from report.identity import day, edition

BUILD = Path("_build")
SITE, BOUND = BUILD / "html", BUILD / "bound"
CACHES = BUILD / "work" / "_build" / ".jupyter_cache"
NOT_PUBLISHED = {".state", ".buildinfo"}  # what the build keeps for itself
CHANGES = "CHANGES.md"
SHORT = 4_000  # characters of differences that release notes list whole
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a date in a zip


class ReleaseError(RuntimeError):
    """What stands in the way of an edition; the message says what to do."""


@dataclass(frozen=True)
class Commit:
    """What an edition is made of: the commit and its time."""

    name: str
    at: datetime


def clean_commit(root: Path) -> Commit:
    """Return the commit that a project stands at; raise ReleaseError where files differ from it."""

    def said(*command: str) -> str:
        done = git(root, *command)
        if done.returncode:
            raise ReleaseError(f"git {command[0]}: {complaint(done)}; make an edition in a repository")
        return done.stdout.decode("utf-8").strip()

    # whatever a user has set: files that are not tracked would be in no edition made elsewhere
    if differing := said("status", "--porcelain", "--untracked-files=normal", "--", "."):
        raise ReleaseError(
            f"the tree is not clean; commit or remove these, then make the edition:\n{differing}"
        )
    name, at = said("log", "-1", "--format=%H %ct").split()
    return Commit(name, datetime.fromtimestamp(int(at), UTC))


# Packing ----------------------------------------------------------------------------------------------------


def pack(path: Path, contents: Iterable[tuple[str, bytes]], at: datetime) -> None:
    """Write a zip that depends on names and contents alone: sorted, dated by the commit, of one mode."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(contents):
            about = zipfile.ZipInfo(name, max(EARLIEST, at.timetuple()[:6]))
            about.compress_type, about.external_attr, about.create_system = (
                zipfile.ZIP_DEFLATED,
                0o644 << 16,
                3,
            )
            archive.writestr(about, content)


def files_of(
    folder: Path, under: str, keep: Callable[[Path], bool] = lambda path: True
) -> list[tuple[str, bytes]]:
    """Return the files of a folder with their names in an archive, below ``under``."""
    return [
        (f"{under}/{path.relative_to(folder).as_posix()}", path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and keep(path)
    ]


def notebooks(root: Path) -> list[tuple[str, bytes]]:
    """Return the chapters as notebooks with the outputs that the book was built of."""
    caches = sorted((root / CACHES).glob("*"))
    if len(caches) != 1:
        raise ReleaseError(
            f"{CACHES} holds {len(caches)} executions instead of one; remove _build and try again"
        )
    cache = get_cache(str(caches[0]))
    found = []
    for record in cache.list_project_records():
        ran = cache.get_cached_project_nb(record.pk)
        if ran is not None:
            chapter = Path(record.uri)
            made = _merged(chapter, cache.get_cache_bundle(ran.pk).nb)
            found.append((f"{chapter.stem}.ipynb", made.encode("utf-8")))
    return found


def _merged(chapter: Path, ran: nbformat.NotebookNode) -> str:
    """Return a chapter as a notebook with the outputs of its run, and ids that depend on its cells alone."""
    notebook = jupytext.read(chapter, fmt="md:myst")
    outputs = iter([cell for cell in ran.cells if cell.cell_type == "code"])
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
        if cell.cell_type == "code":
            done = next(outputs)
            if done.source.strip() != cell.source.strip():
                raise ReleaseError(f"{chapter.name}: the run is of other cells; remove _build and try again")
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=4, ensure_ascii=False) + "\n"


def source(root: Path, commit: Commit, under: str) -> list[tuple[str, bytes]]:
    """Return the files of a commit."""
    found = git(root, "ls-tree", "-r", "-z", "--name-only", commit.name, ".")
    if found.returncode:
        raise ReleaseError(f"git ls-tree: {complaint(found)}; make an edition in a repository")
    listed = found.stdout.decode("utf-8")
    return [(f"{under}/{name}", (root / name).read_bytes()) for name in listed.split("\0") if name]


# Checks after packing ---------------------------------------------------------------------------------------


ASKED_FOR = "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"


def check_site(path: Path, under: str) -> None:
    """Refuse a packed site that does not open from a folder: no first page, or files asked for by address."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if f"{under}/index.html" not in names:
            raise ReleaseError(f"{path.name} has no index.html; build the book again")
        for name in sorted(n for n in names if n.endswith(".html")):
            page = html.document_fromstring(archive.read(name), parser=html.HTMLParser(encoding="utf-8"))
            for asked in page.xpath(ASKED_FOR):
                if re.match(r"(?:[a-z]+:)?/", asked):
                    raise ReleaseError(f"{path.name}, {name}: asks for {asked}, which a folder does not have")


def check_data(path: Path, under: str) -> None:
    """Refuse a packed data package that is not valid once it is unpacked."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        report = Package(str(Path(folder) / under / "datapackage.json")).validate()
    if not report.valid:
        faults = report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]
        raise ReleaseError(
            f"{path.name} is no valid data package once unpacked: {faults}; run make datapackage"
        )


# The edition ------------------------------------------------------------------------------------------------


def notes(root: Path, one: Article, about: dict[str, str], differing: str) -> str:
    """Return the release notes: how to cite it, what has changed, what was found wrong before, what the files
    are. Where much differs they list the verdicts alone; hosts refuse notes of more than 125 000 characters.
    """
    changelog = root / "CHANGELOG.md"
    section = (
        re.search(r"^## .*?\n(.*?)(?=^## |\Z)", changelog.read_text(encoding="utf-8"), re.S | re.M)
        if changelog.exists()
        else None
    )
    draft = "" if one.is_released else "A draft on the way to an edition, not to be published.\n"
    doi = f" https://doi.org/{one.doi}" if one.doi else ""
    mended = [f"- Edition {e.edition}: {e.wrong}. Right: {e.right}." for e in errata()]
    lines = [
        f"# {one.report_title}, edition {one.edition}",
        "",
        draft,
        f"Cite: {one.authors}, *{one.report_title}*, {edition()}.{doi}",
        "",
        f"What it calls *now* is {day(one.as_of)}.",
        "",
    ]
    if section:
        lines += ["## In short", "", section[1].strip(), ""]
    first, *more = re.split(r"(?=^### )", differing, flags=re.M)
    if len(differing) > SHORT and more:
        differing = f"{first}{more[0]}\nAll else that differs, row by row, is listed in `{CHANGES}`."
    lines += [differing, ""]
    if mended:
        lines += ["## Errata of editions before", "", *mended, ""]
    lines += ["## Files", "", *(f"- `{name}`: {what}" for name, what in sorted(about.items()))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def changes_since(one: Article) -> str:
    """Return what differs from the edition before; raise ReleaseError for a number that is too small."""
    if not one.earlier:
        return "This is the first edition."
    before = one.earlier[-1]
    for where in filter(None, (f"v{before.number}", before.commit)):
        try:
            old = snapshot(where)
        except SnapshotError:
            continue
        new = current()
        found = compare(old, new)
        if wrong := refusal(old, new, found):
            raise ReleaseError(wrong)
        return told(old, new, found)
    return (
        f"The differences from edition {before.number} are not listed: this repository has no tag "
        f"v{before.number} that keeps its ledger."
    )


def make(root: Path, build: Callable[[Commit], int]) -> Path:
    """Make the edition of a project and return the folder that holds it; ``build`` builds the book."""
    one, commit = article(), clean_commit(root)
    name = f"{anchor(one.title)}-{one.edition}"
    shutil.rmtree(
        root / BUILD / "work", ignore_errors=True
    )  # a warm build may keep what a cold one would not make
    (root / SITE / ".state").unlink(missing_ok=True)
    if build(commit):
        raise ReleaseError("the book was not built; mend what is named above")
    folder = root / "dist" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    about = {
        f"{name}-site.zip": "the book as pages; unpack it and open index.html",
        f"{name}.pdf": "the whole book to print or to read page by page (A4, tagged)",
        f"{name}.epub": "the whole book for readers of electronic books (EPUB 3)",
        f"{name}-data.zip": "the data package: tables, their description, sources (Frictionless)",
        f"{name}-notebooks.zip": "the chapters as notebooks, executed",
        f"{name}-source.zip": f"all that the edition is made of, commit {commit.name}",
        "ledger.json": "all claims with their readings and verdicts",
        "ledger.csv": "the same as a table, a row a reading",
        CHANGES: "all that differs from the edition before, row by row",
        "RELEASE_NOTES.md": "what this edition is, and what differs from the one before in short",
    }
    site = files_of(root / SITE, name, lambda path: path.name not in NOT_PUBLISHED)
    pack(folder / f"{name}-site.zip", site, commit.at)
    pack(folder / f"{name}-data.zip", files_of(root / SITE / "data", name), commit.at)
    pack(folder / f"{name}-notebooks.zip", [(f"{name}/{n}", text) for n, text in notebooks(root)], commit.at)
    pack(folder / f"{name}-source.zip", source(root, commit, name), commit.at)
    for form in ("pdf", "epub"):
        shutil.copyfile(root / BOUND / f"book.{form}", folder / f"{name}.{form}")
    for ledger in ("ledger.json", "ledger.csv"):
        shutil.copyfile(root / SITE / ledger, folder / ledger)
    check_site(folder / f"{name}-site.zip", name)
    check_data(folder / f"{name}-data.zip", name)
    differing = changes_since(one)
    (folder / CHANGES).write_text(f"{differing.strip()}\n", encoding="utf-8")
    (folder / "RELEASE_NOTES.md").write_text(notes(root, one, about, differing), encoding="utf-8")
    published = (one.released or commit.at.date()).isoformat()
    (folder / FILE).write_text(crate(folder, about, one, published, commit.name), encoding="utf-8")
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in sorted(folder.iterdir())
    ]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    return folder


def build_book(commit: Commit) -> int:
    """Build the book and bind it, by the engine's own commands; return an exit code. What dates itself takes
    the commit's time.
    """
    surroundings = os.environ | {"SOURCE_DATE_EPOCH": str(int(commit.at.timestamp()))}
    engine = Path(__file__).parents[1]
    return next((code for command in ("build.py", "bound.py") if (code := subprocess.call(
        [sys.executable, str(engine / command)], cwd=project(), env=surroundings))), 0)


def main() -> int:
    """Make the edition, or say what stands in the way."""
    try:
        folder = make(project(), build_book)
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    where = folder.relative_to(project())
    print(
        f"The edition is in {where}."
        if article().is_released
        else f"A draft is in {where}; it is no edition while its number ends in dev."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
