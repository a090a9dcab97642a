"""Building the book against the same book under the stock settings of Jupyter Book, in one run, and checking
its notebooks.

Stock runs every notebook anew at each build, one after another, and writes charts as Altair does, with its
library on another host. It is given the chapters with the roles that only this book knows turned into words,
and none of the registers, pictures, downloads or searches that this book makes besides; so it has less to do.
What it does not do: notice that data or code have changed where a page has not, which is why its builds of an
unchanged book are quick. Run ``python -m bench.book``.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from report.data.package import data_folder

PROJECT = Path(__file__).resolve().parents[1]
CHAPTERS, NOTEBOOKS = PROJECT / "chapters", PROJECT / "tests" / "notebooks"
AIM_SECONDS = 60
JOBS = "2"
TABLE = "refugees/arrivals.csv"  # whose last column is a remark, so that a change of it changes no figure
BUILDS = ("from nothing", "again, nothing changed", "again, a word changed", "again, a table changed")
OWN_WORDS = re.compile(r"\{(?:cite|claim|term)\}`([^`]*)`")
OWN_BLOCKS = re.compile(
    r"^```\{(?:claims-ledger|data-catalogue|corrections|source-register|how-to-[a-z]+|still-unset)\}\n```\n",
    re.M)
STOCK_CONFIG = """title: stock
only_build_toc_files: true
execute: {execute_notebooks: force, timeout: 300}
parse: {myst_enable_extensions: [colon_fence, deflist, smartquotes, substitution]}
"""
# Run by the kernel before a stock notebook: a published chart shows itself as Altair would show it.
STOCK_CHARTS = """import json
from altair.utils.html import spec_to_html
from report import charts

def as_altair(figure, include=None, exclude=None):
    spec = {k: v for k, v in figure.spec.items() if k != "usermeta"}
    html = spec_to_html(spec, mode="vega-lite", vega_version="6", vegalite_version="6", vegaembed_version="7",
                        fullhtml=False)
    return {"text/html": html, "text/plain": "chart"}

charts.Figure._repr_mimebundle_ = as_altair
"""


class Seconds(NamedTuple):
    """What a command took: by the clock, and of processor time over all cores, which other work on
    the machine changes less.
    """

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s ({self.processor:.0f})"


def run(command: list[str], **env: str) -> tuple[Seconds, subprocess.CompletedProcess]:
    """Run a command and return what it took, with all that it started, and how it ended."""
    start, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **env}, capture_output=True, text=True)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Seconds(time.perf_counter() - start,
                   now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime), done


def jupyter_book(source: Path, config: Path, toc: Path, out: Path, *options: str, **env: str) -> Seconds:
    """Build a book and return what it took; raise where no page came out."""
    taken, done = run([str(Path(sys.executable).with_name("jupyter-book")), "build", str(source), "--config",
                       str(config),
                       "--toc", str(toc), "--path-output", str(out), *options], **env)
    if done.returncode or not list((out / "_build" / "html").glob("*.html")):
        raise RuntimeError(f"{source.name} was not built:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return taken


def four_builds(source: Path, folder: Path, build: Callable[..., Seconds]) -> tuple[Seconds, ...]:
    """Return what it took to build from nothing, again, after a word has changed in one chapter, and after a
    remark has changed in one table.
    """
    data = shutil.copytree(data_folder(), folder / "data")
    taken = [build(REPORT_DATA=str(data)), build(REPORT_DATA=str(data))]
    with (source / "trade.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more word.\n")
    taken.append(build(REPORT_DATA=str(data)))
    table = data / TABLE
    table.write_text(re.sub(r",$", ",a remark", table.read_text(encoding="utf-8"), count=1, flags=re.M),
                     encoding="utf-8")
    return (*taken, build(REPORT_DATA=str(data)))


def own(folder: Path) -> tuple[Seconds, ...]:
    """Return what the four builds took as `make book` makes them: strict, on all cores, from a
    cache that knows the data.
    """
    source = shutil.copytree(CHAPTERS, folder / "chapters")
    return four_builds(source, folder, lambda **env: jupyter_book(
        source, PROJECT / "_config.yml", PROJECT / "_toc.yml", folder, "-W", "-n", "--keep-going", **env))


def stock(folder: Path) -> tuple[Seconds, ...]:
    """Return what the same four builds took under stock settings."""
    source, startup = folder / "source", folder / "ipython" / "profile_default" / "startup"
    source.mkdir(parents=True)
    startup.mkdir(parents=True)
    (startup / "00-charts.py").write_text(STOCK_CHARTS, encoding="utf-8")
    for page in CHAPTERS.glob("*.md"):
        text = OWN_BLOCKS.sub("", OWN_WORDS.sub(r"\1", page.read_text(encoding="utf-8")))
        (source / page.name).write_text(text, encoding="utf-8")
    shutil.copy(PROJECT / "_toc.yml", folder / "_toc.yml")
    (folder / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
    return four_builds(source, folder,
                       lambda **env: jupyter_book(source, folder / "_config.yml", folder / "_toc.yml", folder,
                                                  IPYTHONDIR=str(folder / "ipython"), **env))


def unchanged() -> Seconds | None:
    """Return what it took `make book` to find that there is nothing to do, or None
    where the book is not built.
    """
    taken, done = run([sys.executable, "report/build.py"])
    return taken if "nothing has changed" in done.stdout else None


def checked() -> tuple[Seconds, str]:
    """Return what it took nbval to run and compare all reference notebooks, and its last line."""
    taken, done = run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--override-ini",
                       "addopts=", "--nbval",
                       "--nbval-current-env", "--dist", "loadfile", "-n", JOBS, str(NOTEBOOKS)])
    return taken, (done.stdout.strip().splitlines() or ["nothing"])[-1].strip("= ")


def line(what: str, this: Seconds, other: Seconds) -> str:
    return (f"{what:32}{this!s:>16}{other!s:>16}{other.clock / this.clock:>14.1f}"
            f"{other.processor / this.processor:>12.1f}")


def main() -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        this, plain = own(Path(one)), stock(Path(two))
    print(f"The book built on {os.cpu_count()} cores, in one run: seconds of the clock (of processor); aim: "
          f"{AIM_SECONDS} s from nothing")
    print(f"{'':32}{'this book':>16}{'stock':>16}{'stock / this':>14}{'(processor)':>12}")
    for what, ours, theirs in zip(BUILDS, this, plain, strict=True):
        print(line(what, ours, theirs))
    if asked := unchanged():
        print(line("make book, nothing changed", asked, plain[1]))
    taken, said = checked()
    print(f"nbval over the notebooks, {JOBS} at a time: {taken}; {said}; aim: {AIM_SECONDS} s")


if __name__ == "__main__":
    main()
