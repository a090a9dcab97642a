"""Build the book whole or not at all: aside, then swapped into its place. ``make book`` runs this.

The book in ``_build/html`` is always one that was built to its end without a warning, and carries the hash of
all it was made of, and of what it holds, in ``.state``; a build that fails, is killed or runs out of disk
leaves the one before. Two builds at once wait for one another. Nothing but the standard library and a lock is
imported before there is something to build, so that an unchanged book is answered at once.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from itertools import count
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import gettempdir

from filelock import FileLock

sys.path.insert(0, str(Path(__file__).resolve().parent / "sphinx"))
from children import end_with_parent  # by their folder: importing the package would load the engine
from fingerprint import ENGINE, PROJECT, evidence, inputs, of_pages, state
from serving import environment, name_marked, served

STAMP = ".state"
BUILD = Path(os.environ.get("REPORT_BUILD") or PROJECT / "_build")
OWN = BUILD / "with"  # books on other data than the report's, a folder each
ROWS_OF = ".rows-of"  # in such a place, the folder whose rows it holds
# of a build's working folder, what another on other data can begin with
DRAWN_AND_RUN = (".jupyter_cache", ".marks", ".pictures", ".drawn_by", ".answers", "fonts")
BOOK, BEFORE, NEXT = BUILD / "html", BUILD / "html.before", BUILD / "html.next"
WORK = BUILD / "work"  # where Sphinx builds, page by page, from what it kept of the last time
MADE = WORK / "made"  # of which state the pages there are, whole, until another build begins
UNFINISHED = WORK / "unfinished"  # empty while a build lasts; it says so where one has failed
FAILED, UNREAD = b"failed", b"failed before a page was read"
PAGES, READ = WORK / "_build" / "html", WORK / "_build" / ".doctrees"  # as shown, and as read
ANSWERS = WORK / "_build" / ".answers"
MADE_OF = WORK / "_build" / ".made-of.html.json"  # which report/sphinx/kept.py writes when a build ends well
MAKING = [PAGES, READ, ANSWERS, *(WORK / "_build" / one for one in (".jupyter_cache", ".pictures", "fonts"))]
ATTEMPTS = 3
STOPPED = 130  # the exit code of a command that Ctrl-C has ended
ROOM = 20_000_000  # bytes: a build that fails with fewer left has most likely failed for want of them
LONGEST_TMPDIR = 60  # letters: the address of a socket in it has to fit into 108


def from_here(path: Path) -> Path:
    """Return a path as seen from the project; whole where it stands elsewhere, as REPORT_BUILD may say."""
    return path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path


def contents(pages: Path) -> str:
    """Return the hash of the names and sizes of a book's files: a page that was removed, cut short or written
    over since is seen, for the time that it takes to list them.
    """
    sizes = sorted((file.path.removeprefix(str(pages)), file.stat(follow_symlinks=False).st_size)
                   for file in _files(str(pages)) if file.path != str(pages / STAMP))
    return sha256(repr(sizes).encode()).hexdigest()[:16]


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        for one in found:
            if one.is_dir(follow_symlinks=False):
                yield from _files(one.path)
            else:
                yield one


def is_current() -> bool:
    """Say whether the book in its place was made of what now stands in the project, and is still whole."""
    stamp = BOOK / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == state() + contents(BOOK)


def recover() -> None:
    """Put things right after a build that was killed: the book before returns if there is none, what was laid
    aside goes.
    """
    if not BOOK.exists() and BEFORE.exists():
        BEFORE.rename(BOOK)
    for aside in (BEFORE, NEXT):
        shutil.rmtree(aside, ignore_errors=True)


def begin() -> None:
    """Mark the working folder as unfinished; where it was so already, half-read pages are forgotten, and what
    a build that was killed has computed, since nobody has seen whether a file changed meanwhile.
    """
    if UNFINISHED.exists():
        if UNFINISHED.read_bytes() != UNREAD:
            shutil.rmtree(READ, ignore_errors=True)
            MADE_OF.unlink(missing_ok=True)
        if not UNFINISHED.read_bytes():
            shutil.rmtree(ANSWERS, ignore_errors=True)
    MADE.unlink(missing_ok=True)
    WORK.mkdir(parents=True, exist_ok=True)
    UNFINISHED.write_bytes(b"")


def run_sphinx(builder: str | None = None) -> int:
    """Build the pages, or what another builder makes of them, in the working folder, warnings being errors;
    return the exit code.
    """
    command = ["build", str(PROJECT / "chapters"), "--config", str(PROJECT / "_config.yml"), "--toc",
               str(PROJECT / "_toc.yml"), "--path-output", str(WORK), "-W", "-n", "--keep-going"]
    if builder:
        command += ["--builder", "custom", "--custom-builder", builder]
    return subprocess.call([sys.executable, "-m", "report.sphinx.run", *command],
                           cwd=PROJECT, env=environment(),
                           preexec_fn=end_with_parent if os.name == "posix" else None)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, so that no moment is without a book; return whether the system can."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, swapped = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of linux/fcntl.h and linux/fs.h
    return renameat2(here, os.fsencode(one), here, os.fsencode(other), swapped) == 0


def placed(source: str, target: str, before: str) -> None:
    """Put a file in its place: the one that stands in the book before where it is the same, else a copy. A
    file of the book is never written to, so two books may share it.
    """
    found = os.stat(source)
    try:
        known = os.stat(before)
        if (known.st_mtime_ns, known.st_size) == (found.st_mtime_ns, found.st_size):
            os.link(before, target)
            return
    except OSError:  # it is new, or the disk knows no second name for a file
        pass
    shutil.copy2(source, target)


def swap(stamp: str) -> None:
    """Copy the pages out of the working folder, stamp the copy, and put it in the
    place of the book before.
    """
    made, book, next_one = str(PAGES), str(BOOK), str(NEXT)
    shutil.copytree(made, next_one, copy_function=lambda source, target: placed(
        source, target, book + source.removeprefix(made)))  # thousands of files: addresses stay text
    (NEXT / STAMP).write_text(stamp + contents(NEXT), encoding="utf-8")
    if not BOOK.exists():
        NEXT.rename(BOOK)
    elif not exchange(NEXT, BOOK):
        BOOK.rename(BEFORE)
        NEXT.rename(BOOK)
    recover()


def kernels_ahead() -> AbstractContextManager:
    """Have kernels ready when they are asked for, unless prose alone has changed since the last build."""
    try:
        made_of = json.loads(MADE_OF.read_text(encoding="utf-8"))["data"]
    except (OSError, ValueError, KeyError):
        made_of = ""
    if made_of == of_pages():
        return nullcontext()
    name_marked((ENGINE, evidence()), WORK / "_build" / ".marks")
    return served(end_with_parent)


def touched() -> dict[Path, tuple[int, int]]:
    """Return when each input of the book was last written, and its size: a file that was changed and changed
    back is seen as well.
    """
    return {path: (found.st_mtime_ns, found.st_size) for path in inputs() if (found := path.stat())}


def made_so_far() -> set[tuple[str, int, int]]:
    """Return when each page, answer, notebook and picture was last made, with its size: what a build that is
    refused early leaves as it was.
    """
    return {(one.path, told.st_mtime_ns, told.st_size) for folder in MAKING if folder.is_dir()
            for one in _files(str(folder)) if (told := one.stat(follow_symlinks=False))}


def noted() -> bytes:
    """Return what the build before has noted of what it made, and takes back for the time of the next one."""
    return MADE_OF.read_bytes() if MADE_OF.exists() else b""


def note_again(note: bytes) -> None:
    """Put back what the build before has noted, in one step: it still says what has been made."""
    if note:
        aside = MADE_OF.with_suffix(".again")
        aside.write_bytes(note)
        aside.replace(MADE_OF)


def hindrance() -> str | None:
    """Return what keeps a build from beginning, and its mend; None if nothing does."""
    if re.search(r"%[0-9A-Fa-f]{2}|[?]", str(WORK)):  # both mean something in the address of a database
        return f"{WORK}: the notebooks' cache cannot be opened under a path with ? or %20; move the folder"
    if len(gettempdir()) > LONGEST_TMPDIR and os.name == "posix":
        return (f"{gettempdir()}: a folder for temporary files with so long a name leaves no room for the "
                "address of a socket; set TMPDIR to a shorter one, such as /tmp")
    for name in ("_config.yml", "_toc.yml"):
        if not (PROJECT / name).exists():
            return (f"{name}: the file is missing; restore it, or write one like that of "
                    "tests/second_article/project")
    return fault_of_settings()


def fault_of_settings() -> str | None:
    """Return what is wrong with ``article.toml``, which the engine's modules ask as they are imported."""
    found = spec_from_file_location("settings_of_the_article", ENGINE / "article.py")
    assert found and found.loader
    sys.modules[found.name] = read = module_from_spec(found)  # where its classes are looked up
    found.loader.exec_module(read)
    try:
        read.read_article(PROJECT / read.FILE)
    except read.ArticleError as error:
        return str(error)
    return None


def build() -> int:
    """Build the book and return 0, or say what is wrong and return another number;
    the book before then stays.
    """
    if fault := hindrance():
        print(f"{fault}. The book was not built; {kept()}", file=sys.stderr)
        return 1
    for _ in range(ATTEMPTS):
        begin()
        before, stamp, made, note = touched(), state(), made_so_far(), noted()
        with kernels_ahead():
            code, same = run_sphinx(), touched() == before
        if code:
            if same and made_so_far() == made:
                note_again(note)
                UNFINISHED.write_bytes(UNREAD)
            else:
                UNFINISHED.write_bytes(FAILED if same else b"")
            print(f"The book was not built{for_want_of_room()}; {kept()}", file=sys.stderr)
            return code
        # else a file was changed meanwhile, and pages of two states may stand side by side
        if same:
            UNFINISHED.unlink()
            MADE.write_text(stamp + contents(PAGES), encoding="utf-8")
            return put(stamp)
    print("Files kept changing while the book was built; run make book again.", file=sys.stderr)
    return 1


def for_want_of_room() -> str:
    """Say that the disk is full, where it is: what then fails says much else."""
    return f", and no room is left in {BUILD}: make some" if shutil.disk_usage(BUILD).free < ROOM else ""


def put(stamp: str) -> int:
    """Put the pages that were made in the book's place, say so, and return 0."""
    swap(stamp)
    print(f"The book is in {from_here(BOOK)}.")
    return 0


def is_made() -> bool:
    """Say whether the pages of this state stand whole in the working folder: only their place was missed,
    since the disk was full, the build was killed or somebody has removed the book or a part of it.
    """
    return MADE.exists() and PAGES.is_dir() \
        and MADE.read_text(encoding="utf-8") == state() + contents(PAGES)


def kept() -> str:
    """Say what stands in the book's place after a build that failed."""
    try:
        return f"the one before stays in {from_here(BOOK)}." if BOOK.exists() else "there is none yet."
    except OSError:  # somebody else's
        return f"the one in {from_here(BOOK)} cannot be read."


def with_own_data(folder: Path) -> int:
    """Build the book on the rows of a folder, in a place of its own; the report's book stays as it is."""
    if not folder.is_dir():  # as will be told; and nothing is left of it
        return beside(folder, OWN / "data")
    place = place_of(folder)
    with FileLock(place / ".rows.lock"):
        return beside(folder, place)


def place_of(folder: Path) -> Path:
    """Return where the book on a folder's rows is: under the folder's name, with a number behind it where
    another folder of that name has its book there.
    """
    OWN.mkdir(parents=True, exist_ok=True)
    name = folder.name or "data"
    with FileLock(OWN / ".lock"):
        place = next(one for one in (OWN / (name if n == 1 else f"{name}-{n}") for n in count(1))
                     if not _is_anothers(one, folder))
        place.mkdir(exist_ok=True)
        (place / ROWS_OF).write_text(str(from_here(folder)), encoding="utf-8")
    return place


def _is_anothers(place: Path, folder: Path) -> bool:
    owner = place / ROWS_OF
    known = PROJECT / owner.read_text(encoding="utf-8") if owner.exists() else folder
    return known != folder and known.is_dir()  # a folder that is gone needs no place


def beside(folder: Path, place: Path) -> int:
    """Put the rows of a folder together with the report's in a place, and build the book on them there."""
    together = place / "data"
    if code := subprocess.call([sys.executable, "-m", "report.own_data", str(folder), str(together)],
                               cwd=PROJECT, env={**environment(), "REPORT_PROJECT": str(PROJECT)}):
        return code
    for kept_one in DRAWN_AND_RUN:  # what the rows do not reach need not run again
        mine, theirs = WORK / "_build" / kept_one, place / "work" / "_build" / kept_one
        if mine.is_dir() and not theirs.exists():
            shutil.copytree(mine, theirs)
        elif mine.exists() and not theirs.exists():
            shutil.copy(mine, theirs)
    return subprocess.call([sys.executable, __file__],
                           env={**os.environ, "REPORT_DATA": str(together), "REPORT_BUILD": str(place)})


def main(folder: str | None = None) -> int:
    """Build the book unless it is current already, on the report's data or on a folder's rows; one build at a
    time.
    """
    if folder:
        return with_own_data(Path(folder).resolve())
    try:
        # a whole book is answered without a lock, so also to those who may read the folder and not write
        if not is_current() or BEFORE.exists() or NEXT.exists():
            BUILD.mkdir(parents=True, exist_ok=True)
            with FileLock(BUILD / ".lock"):
                recover()
                if not is_current():
                    return put(state()) if is_made() else build()
        print(f"nothing has changed since the book was built; it is in {from_here(BOOK)}")
        return 0
    except OSError as error:  # no room left, or a folder that may not be written to
        told = error.args[0][0][-1] if isinstance(error, shutil.Error) else error  # of many files, the first
        print(f"The book was not built: {told}. Mend that and run make book again; {kept()}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Stopped; {kept()}", file=sys.stderr)
        return STOPPED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
