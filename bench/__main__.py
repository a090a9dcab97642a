"""All comparisons, one after another: ``python -m bench``, or ``python -m bench data`` for one of them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

PARTS = ("data", "book", "growth", "page", "rule")


def main() -> None:
    asked = sys.argv[1:] or [p for p in PARTS if (Path(__file__).parent / f"{p}.py").exists()]
    unknown = [p for p in asked if p not in PARTS]
    if unknown:
        sys.exit(f"no comparison {unknown[0]!r}; known are {', '.join(PARTS)}")
    del sys.argv[1:]
    for number, part in enumerate(asked):
        print(end="\n" if number else "")
        importlib.import_module(f"bench.{part}").main()


if __name__ == "__main__":
    main()
