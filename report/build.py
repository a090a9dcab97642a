"""Build the book whole or not at all: aside, then swapped into its place. ``make book`` runs this.

The book in ``_build/html`` is always one that was built to its end without a warning, and carries the hash of
all it was made of in ``.state``; a build that fails, is killed or runs out of disk leaves the one before. Two
builds at once wait for one another. Nothing but the standard library and a lock is imported before there is
something to build, so that an unchanged book is answered at once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

sys.path.insert(0, str(Path(__file__).resolve().parent / "sphinx"))
from fingerprint import PROJECT, state  # by its folder: importing the package would load the engine

STAMP = ".state"
BUILD = PROJECT / "_build"
BOOK, BEFORE, NEXT = BUILD / "html", BUILD / "html.before", BUILD / "html.next"
WORK = BUILD / "work"  # where Sphinx builds, page by page, from what it kept of the last time
UNFINISHED = WORK / "unfinished"
ATTEMPTS = 3


def is_current() -> bool:
    """Say whether the book in its place was made of what now stands in the project."""
    stamp = BOOK / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == state()


def recover() -> None:
    """Put things right after a build that was killed: the book before returns,
    half-read pages are forgotten.
    """
    if not BOOK.exists() and BEFORE.exists():
        BEFORE.rename(BOOK)
    shutil.rmtree(BEFORE, ignore_errors=True)
    shutil.rmtree(NEXT, ignore_errors=True)
    if UNFINISHED.exists():
        shutil.rmtree(WORK / "_build" / ".doctrees", ignore_errors=True)


def run_sphinx() -> int:
    """Build the pages in the working folder, warnings being errors; return the exit code."""
    command = ["build", str(PROJECT / "chapters"), "--config", str(PROJECT / "_config.yml"), "--toc",
               str(PROJECT / "_toc.yml"), "--path-output", str(WORK), "-W", "-n", "--keep-going"]
    return subprocess.call([sys.executable, "-c", "from jupyter_book.cli.main import main; main()", *command],
                           cwd=PROJECT)


def swap(stamp: str) -> None:
    """Copy the pages out of the working folder, stamp the copy, and put it in the
    place of the book before.
    """
    shutil.copytree(WORK / "_build" / "html", NEXT)
    (NEXT / STAMP).write_text(stamp, encoding="utf-8")
    if BOOK.exists():
        BOOK.rename(BEFORE)
    NEXT.rename(BOOK)
    shutil.rmtree(BEFORE, ignore_errors=True)


def build() -> int:
    """Build the book and return 0, or say what is wrong and return another number;
    the book before then stays.
    """
    for _ in range(ATTEMPTS):
        recover()
        WORK.mkdir(parents=True, exist_ok=True)
        UNFINISHED.touch()
        stamp = state()
        if code := run_sphinx():
            print("The book was not built; the one before, if any, stays in _build/html.", file=sys.stderr)
            return code
        UNFINISHED.unlink()
        # else a file was changed meanwhile, and pages of two states may stand side by side
        if state() == stamp:
            swap(stamp)
            print(f"The book is in {BOOK.relative_to(PROJECT)}.")
            return 0
    print("Files kept changing while the book was built; run make book again.", file=sys.stderr)
    return 1


def main() -> int:
    """Build the book unless it is current already; one build at a time."""
    BUILD.mkdir(exist_ok=True)
    with FileLock(BUILD / ".lock"):
        if is_current():
            print("nothing has changed since the book was built; it is in _build/html")
            return 0
        return build()


if __name__ == "__main__":
    sys.exit(main())
