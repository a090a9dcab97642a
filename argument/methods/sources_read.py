"""How the sources were read, and by whom they were printed: all of the register, those behind readings, and
those behind the readings that a word hangs on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from report.book import all_readings, book_rule
from report.data.carriers import carrier_kind
from report.data.package import answered, remembered
from report.data.sources import Source, sources
from report.data.table import SEPARATOR
from report.rule import Reading, claims
from report.rule.robustness import Change, each_left_out, each_recoded
from report.trace import Measure, united

PLACES_OF_COPIES = ("blog", "forum", "copy site", "repository")
PRESS = "press"
KINDS: dict[str, Callable[[Source], bool]] = {  # what the table counts, in its order
    "original": lambda s: s.read_as == "original",
    "dataset": lambda s: s.read_as == "dataset copy",
    "reprint": lambda s: s.read_as == "reprint",
    "excerpt": lambda s: s.read_as == "excerpt",
    "scholarship": lambda s: s.kind == "scholarship",
    "press": lambda s: s.kind == PRESS,
    "carried": lambda s: carrier_kind(s) == PRESS,
    "copied": lambda s: carrier_kind(s) in PLACES_OF_COPIES,
}


@answered
def lost() -> list[Change]:
    """Return the changes that leaving out one reading at a time makes, named by the reading."""
    members = {r.id: {r.id} for r in all_readings()}
    return each_left_out(claims().values(), all_readings(), members, book_rule())


@answered
def recoded() -> list[Change]:
    """Return the changes that judging one reading the other way makes, named by the reading."""
    return each_recoded(claims().values(), all_readings(), book_rule())


def decisive() -> list[Reading]:
    """Return the readings without which some word would be another."""
    ids = {change.choice for change in lost()}
    return [r for r in all_readings() if r.id in ids]


def printed_by_press() -> set[str]:
    """Return the sources that the press printed, whoever made what they say."""
    return {id for id, one in sources().items() if PRESS in (one.kind, carrier_kind(one))}


def behind(votes: Iterable[Reading]) -> set[str]:
    """Return the sources that readings rest on."""
    return {id for r in votes for id in r.sources}


@remembered
def shares() -> pd.DataFrame:
    """Return for each set of sources how many there are, and of each kind how many percent."""
    votes = all_readings()
    return pd.DataFrame([_row("register", "In the register", set(sources()), votes),
                         _row("readings", "Behind readings", behind(votes), votes),
                         _row("decisive", "Behind readings whose loss moves a word", behind(decisive()),
                              decisive())])


def _row(name: str, label: str, ids: set[str], votes: list[Reading]) -> dict:
    rows = united(*(r.rows for r in votes))
    found = [sources()[id] for id in sorted(ids)]
    percents = {kind: Measure(100 * sum(map(holds, found)) / len(found), "percent", None, rows)
                for kind, holds in KINDS.items()}
    return {"set": name, "label": label, "sources": Measure(len(found), "sources", None, rows), **percents,
            "claims": ", ".join(sorted({r.claim for r in votes})), "row": SEPARATOR.join(rows),
            "source_id": SEPARATOR.join(sorted(ids))}
