"""Cold builds one after another, to find what fails once in many: ``python -m bench.cold 20``.

Each starts from nothing in a folder of its own and is removed; what a failed one said is kept. A
project is named as the build names it, by ``REPORT_PROJECT``. Other work on the machine is welcome: what
races shows under load.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.book import Seconds, run

BUILD = Path(__file__).resolve().parents[1] / "report" / "build.py"


def cold(folder: Path) -> tuple[Seconds, str]:
    """Build the book from nothing into a folder; return what it took, and what was said where it failed."""
    taken, done = run([sys.executable, str(BUILD)], REPORT_BUILD=str(folder))
    whole = (folder / "html" / "ledger.json").exists()
    return taken, "" if done.returncode == 0 and whole else f"{done.stdout}\n{done.stderr}"


def main() -> int:
    """Make the builds that are asked for and say how many failed."""
    asked = int(sys.argv[1]) if sys.argv[1:] else 20
    project = Path(os.environ.get("REPORT_PROJECT") or Path.cwd()).resolve()
    place = project / "_build" / "cold"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    took, failed = [], []
    for number in range(1, asked + 1):
        with tempfile.TemporaryDirectory(dir=place) as folder:
            taken, said = cold(Path(folder))
        took.append(taken)
        if said:
            failed.append(number)
            (place / f"failed-{number}.log").write_text(said, encoding="utf-8")
        print(f"{number:3}  {taken}  {'FAILED' if said else 'whole'}", flush=True)
    clock = [one.clock for one in took]
    print(f"{asked} cold builds, {len(failed)} failed; {min(clock):.1f} to {max(clock):.1f} s, median "
          f"{statistics.median(clock):.1f} s" + (f"; see {place}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
