"""The book against itself as it was: weight of its pages, a build from nothing, nbval over its notebooks.

``make bench BASE=v0.1.0``, or any commit: that state is cloned aside and given an environment of its own
requirements, which needs a registry of packages; then both are built and checked in turn, in one run, since
seconds of two days compare machines. What it was is asked by its own ``make book``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser

from bench.book import JOBS, PROJECT, Seconds, checked, run
from bench.cold import cold
from bench.page import chromium, serve

NBVAL = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--override-ini", "addopts=", "--nbval",
         "--nbval-current-env", "--dist", "loadfile", "-n", JOBS, "tests/notebooks")
OURS = ("REPORT_", "MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTHONPATH")  # what names this project to a command
AS_IT_WAS = ("env", *(f"--unset={name}" for name in (
    "REPORT_PROJECT", "REPORT_BUILD", "REPORT_DATA", "MAKEFLAGS", "MFLAGS", "VIRTUAL_ENV", "PYTHONPATH")))
SETTLING = 1500  # ms in which a page asks for what it loads late


def cloned(base: str, folder: Path) -> Path:
    """Clone the project as it was at a commit, with an environment of its own; return its folder.

    Raises RuntimeError: there is no such commit, or its environment could not be made.
    """
    was = folder / "before"
    for command in (["git", "clone", "--quiet", "--no-checkout", str(PROJECT), str(was)],
                    ["git", "-C", str(was), "checkout", "--quiet", base],
                    ["make", "-C", str(was), ".venv/ready", f"PYTHON={sys.executable}"]):
        _done(command)
    return was


def _done(command: list[str]) -> None:
    done = subprocess.run(command, env=_plain(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")


def _plain() -> dict[str, str]:
    """Return the environment without what names this project or its tools to a build."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def built(was: Path) -> Seconds:
    """Build the earlier book from nothing by its own command; raise RuntimeError where no page came out."""
    taken, done = run([*AS_IT_WAS, "make", "-C", str(was), "book"])
    if done.returncode or not list((was / "_build" / "html").glob("*.html")):
        raise RuntimeError(f"the earlier book was not built:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return taken


def checked_before(was: Path) -> tuple[Seconds, str]:
    """Return what nbval took over the earlier notebooks in their own environment, and its last line."""
    taken, done = run([*AS_IT_WAS, "-C", str(was), ".venv/bin/python", *NBVAL])
    return taken, (done.stdout.strip().splitlines() or ["nothing"])[-1].strip("= ")


def weight(browser: Browser, address: str) -> int:
    """Return the bytes, compressed, that a page and all it asks for take with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLING)
    context.close()
    return sum(sizes)


def weights(book: Path) -> dict[str, int]:
    """Return the weight of each page at the root of a built book, by name."""
    server = serve(book)
    with chromium() as browser:
        found = {page.stem: weight(browser, f"http://127.0.0.1:{server.server_port}/{page.name}")
                 for page in sorted(book.glob("*.html")) if page.stem != "index"}
    server.shutdown()
    return found


def heavier(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """Return the pages of both books that weigh more than they did, the most added first."""
    both = [name for name in before if name in now and now[name] > before[name]]
    return sorted(both, key=lambda name: before[name] - now[name])


def _line(what: str, before: object, now: object) -> None:
    print(f"{what:44}{before!s:>18}{now!s:>18}", flush=True)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("name what to compare with: make bench BASE=v0.1.0")
    base = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        was, built_now = cloned(base, Path(folder)), Path(folder) / "now"
        print(f"Before is {base}; seconds of the clock (of processor), {os.cpu_count()} cores, one run")
        _line("", "before", "now")
        before, (now, failed) = built(was), cold(built_now)
        if failed:
            raise RuntimeError(f"the book was not built:\n{failed[-3000:]}")
        _line("built from nothing", before, now)
        (before, said), (now, says) = checked_before(was), checked()
        _line("nbval over the notebooks", before, now)
        print(f"  before: {said}\n  now: {says}")
        old, new = weights(was / "_build" / "html"), weights(built_now / "html")
    shared = [name for name in old if name in new]
    _line("pages", len(old), len(new))
    _line("bytes of the median page, compressed", f"{statistics.median(old.values()):,.0f}",
          f"{statistics.median(new.values()):,.0f}")
    for what, of in (("median", statistics.median), ("most", max)):
        _line(f"  {what} of the {len(shared)} pages of both", f"{of([old[n] for n in shared]):,.0f}",
              f"{of([new[n] for n in shared]):,.0f}")
    for name in heavier(old, new):
        _line(f"  heavier: {name}", f"{old[name]:,}", f"{new[name]:,}")


if __name__ == "__main__":
    main()
