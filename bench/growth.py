"""How building grows with the number of chapters: a made-up book, and one of ten times as many, in one run.

The chapters are copies of the one of the made-up article of the tests, each with its own table, evidence,
claims and chart. Run ``python -m bench growth``.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from bench.book import BUILDS, PROJECT, Seconds, run

MADE_UP = PROJECT / "tests" / "second_article" / "project"
FEW, MANY = 4, 40
CHAPTER, CLAIMS = "bread", ("C01", "C02")


def _name(number: int) -> str:
    return f"{CHAPTER}{number:02}"


def _as(number: int, text: str) -> str:
    """Return a text of the one chapter as that of a copy."""
    for place, id in enumerate(CLAIMS):
        new = f"C{1 + len(CLAIMS) * number + place:02}"
        text = re.sub(rf"\b{id}\b", new, re.sub(rf"\b{id.lower()}\b", new.lower(), text))
    return re.sub(rf"\b{CHAPTER}\b", _name(number), text)


def grown(folder: Path, chapters: int) -> Path:
    """Make the book with so many more chapters and return its folder."""
    project = shutil.copytree(MADE_UP, folder, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    for number in range(1, chapters):
        for place in ("case", "data"):
            for path in (MADE_UP / place / CHAPTER).glob("*.*"):
                made = project / place / _name(number) / path.name
                made.parent.mkdir(exist_ok=True)
                made.write_text(_as(number, path.read_text(encoding="utf-8")), encoding="utf-8")
        chapter = (MADE_UP / "chapters" / f"{CHAPTER}.md").read_text(encoding="utf-8")
        (project / "chapters" / f"{_name(number)}.md").write_text(_as(number, chapter), encoding="utf-8")
        for table in ("claims", "claim_limbs"):
            rows = (MADE_UP / "data" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
            with (project / "data" / f"{table}.csv").open("a", encoding="utf-8") as file:
                file.write(_as(number, "\n".join(rows)) + "\n")
    names = [_name(number) for number in range(1, chapters)]
    _replace(project / "_toc.yml", "  - file: own_rule", "\n".join(f"  - file: {n}" for n in names)
             + "\n  - file: own_rule")
    _replace(project / "article.toml", "[topics]\n", "[topics]\n"
             + "".join(f'{n} = "{n} (made up)"\n' for n in names))
    known = "".join(f', "{n}"' for n in names)
    _replace(project / "data" / "claims.toml", f'enum = ["{CHAPTER}"', f'enum = ["{CHAPTER}"{known}')
    stamped = run([sys.executable, "-m", "report.data.stamp"], PYTHONPATH=str(PROJECT),
                  REPORT_PROJECT=str(project))[1]
    if stamped.returncode:
        raise RuntimeError(stamped.stderr[-1500:])
    return project


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise RuntimeError(f"{path.name} does not hold {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def built(project: Path) -> Seconds:
    """Build as ``make book`` does and return what it took; raise where it fails."""
    taken, done = run([sys.executable, "report/build.py"], REPORT_PROJECT=str(project))
    if done.returncode:
        raise RuntimeError(done.stdout[-1500:] + done.stderr[-1500:])
    return taken


def four_builds(project: Path) -> tuple[Seconds, ...]:
    """Return what it took to build from nothing, again, after a word of one chapter has changed, and after a
    value of one table.
    """
    taken = [built(project), built(project)]
    _replace(project / "chapters" / f"{CHAPTER}.md", "made up to test", "made up as a test of")
    taken.append(built(project))
    _replace(project / "data" / CHAPTER / "prices.csv", "2008,bakers,1.8", "2008,bakers,1.7")
    return (*taken, built(project))


def main() -> None:
    os.environ.pop("REPORT_DATA", None)
    with tempfile.TemporaryDirectory() as folder:
        few, many = (four_builds(grown(Path(folder) / str(n), n)) for n in (FEW, MANY))
    print(f"A made-up book of {FEW} chapters and of {MANY}, in one run: seconds of the clock (of processor)")
    print(f"{'':32}{f'{FEW} chapters':>16}{f'{MANY} chapters':>16}{'times':>10}{'(processor)':>12}")
    for what, one, ten in zip(BUILDS, few, many, strict=True):
        print(f"{what:32}{one!s:>16}{ten!s:>16}{ten.clock / one.clock:>10.1f}"
              f"{ten.processor / one.processor:>12.1f}")


if __name__ == "__main__":
    main()
