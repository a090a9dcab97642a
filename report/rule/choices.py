"""The choices of the rule as data, ``choices.toml``: what each is called, the book's own value, its bounds
and words.

It stands above the rule, which takes its defaults from here; the page where readers set their own rule, its
script and the specification on the page of methods are made of the same table.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

KINDS = ("one", "number", "several", "pairs")


@cache
def table() -> dict[str, Any]:
    """Return the whole table as it is written."""
    return tomllib.loads(files("report.rule").joinpath("choices.toml").read_text(encoding="utf-8"))


@cache
def choices() -> dict[str, dict[str, Any]]:
    """Return the choices by name, in the order in which a page shows them."""
    return {one["name"]: one for one in table()["choice"]}


def default(name: str) -> Any:
    """Return the book's own value of a choice."""
    return choices()[name]["default"]
