"""What differs between two editions, and whether the number says so: ``make changes FROM=...``.

The first part of the number rises when a verdict is another word or something that can be cited is gone, the
second when a figure, a criterion or a chart's title is another or there is more, the third for words. A
number that is too small is refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from report.article import order
from report.editions.snapshot import Rows, Snapshot, SnapshotError, current, snapshot

SHOWN = 12  # changes of one table that are listed


class Level(IntEnum):
    """Which part of the number a change asks to rise."""

    WORDS = 0
    MORE = 1
    BREAKING = 2

    @property
    def part(self) -> str:
        return ("third", "second", "first")[self]


@dataclass(frozen=True)
class Change:
    """One difference: under which heading, in words, and what it asks of the number."""

    heading: str
    words: str
    level: Level


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return the differences between two editions, verdicts first."""
    return [
        *_verdicts(old, new),
        *_evidence("Readings", old.readings, new.readings, ("value", "met", "limb")),
        *_evidence("Indicators", old.indicators, new.indicators, ("value",)),
        *_criteria(old, new),
        *_named("Charts", old.charts, new.charts, "titled"),
        *_tables(old, new),
        *_named("Sources", old.sources, new.sources),
    ]


def _verdicts(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for key in sorted(old.verdicts.keys() | new.verdicts.keys()):
        before, after = old.verdicts.get(key), new.verdicts.get(key)
        if before != after:
            yield Change(
                "Verdicts",
                f"{key}: {before or 'no reading'} → {after or 'no reading'}",
                Level.BREAKING if before else Level.MORE,
            )


def _evidence(heading: str, old: Rows | None, new: Rows | None, parts: tuple[str, ...]) -> Iterator[Change]:
    """Yield the readings or indicators that came, went, or differ in one of ``parts``."""
    if old is None or new is None:
        return
    for id in _gone(old, new):
        yield Change(heading, f"{id} is gone: {old[id]['label']}", Level.BREAKING)
    for id in _gone(new, old):
        yield Change(heading, f"{id} is new: {new[id]['label']}", Level.MORE)
    for id in sorted(old.keys() & new.keys()):
        before, after = old[id], new[id]
        moved = [
            f"{name} {before[name] or 'none'} → {after[name] or 'none'}"
            for name in parts
            if not _same(before[name], after[name])
        ]
        if moved:
            yield Change(heading, f"{id}: {', '.join(moved)}", Level.MORE)


def _criteria(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    if old.criteria is None or new.criteria is None:
        return
    for name in sorted(old.criteria.keys() | new.criteria.keys()):
        before, after = old.criteria.get(name), new.criteria.get(name)
        if before != after:
            told = (
                {
                    column: f"“{before[column]}” → “{after[column]}”"
                    for column in before
                    if before[column] != after[column]
                }
                if before and after
                else {}
            )
            words = "; ".join(f"{column} {what}" for column, what in told.items())
            yield Change(
                "Criteria",
                f"{name}{': ' + words if words else ' is new' if after else ' is gone'}",
                Level.MORE if after else Level.BREAKING,
            )


def _named(
    heading: str, old: dict[str, str] | None, new: dict[str, str] | None, titled: str = ""
) -> Iterator[Change]:
    """Compare things with a title; that of a chart states its finding, that of a source is a word."""
    if old is None or new is None:
        return
    for name in _gone(old, new):
        yield Change(heading, f"{name} is gone", Level.BREAKING)
    for name in _gone(new, old):
        yield Change(heading, f"{name} is new", Level.MORE)
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield Change(
                heading,
                f"{name}: “{old[name]}” → “{new[name]}”",
                Level.MORE if titled else Level.WORDS,
            )


def _tables(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    if old.tables is None or new.tables is None:
        return
    moved = _moved(_gone(old.tables, new.tables), _gone(new.tables, old.tables))
    for name in _gone(old.tables, new.tables):
        what = f"is {moved[name]} now" if name in moved else "is gone"
        yield Change("Tables", f"{name} {what}", Level.BREAKING)
    for name in _gone(new.tables, [*old.tables, *moved.values()]):
        yield Change("Tables", f"{name} is new, {len(new.tables[name])} rows", Level.MORE)
    kept = {name: name for name in old.tables.keys() & new.tables.keys()}
    for before, name in sorted((kept | moved).items(), key=lambda pair: pair[1]):
        found = list(_rows(name, old.tables[before], new.tables[name]))
        yield from found[:SHOWN]
        if len(found) > SHOWN:
            level = max(change.level for change in found[SHOWN:])
            yield Change("Figures", f"{name}: {len(found) - SHOWN} more rows differ", level)


def _moved(gone: list[str], fresh: list[str]) -> dict[str, str]:
    """Return tables that went to another folder, old name to new: the one of the same name there, if one is.
    """
    at = {name: [other for other in fresh if other.split("/")[-1] == name.split("/")[-1]] for name in gone}
    return {name: found[0] for name, found in at.items() if len(found) == 1}


def _rows(name: str, old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> Iterator[Change]:
    for key in _gone(old, new):
        yield Change("Figures", f"{name}#{key} is gone", Level.BREAKING)
    for key in _gone(new, old):
        yield Change("Figures", f"{name}#{key} is new", Level.MORE)
    for key in sorted(old.keys() & new.keys()):
        columns = [c for c in old[key] if c in new[key] and old[key][c] != new[key][c]]
        if columns:
            moved = ", ".join(f"{c} {old[key][c] or 'empty'} → {new[key][c] or 'empty'}" for c in columns)
            yield Change("Figures", f"{name}#{key}: {moved}", Level.MORE)


def _gone(old: Iterable[str], new: Iterable[str]) -> list[str]:
    kept = set(new)
    return sorted(name for name in old if name not in kept)


def _same(before: str, after: str) -> bool:
    """Say whether two values are one but for the last bit that a print of them holds."""
    try:
        a, b = float(before), float(after)
    except ValueError:
        return before == after
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b))


# The number -------------------------------------------------------------------------------------------------


def needed(before: str, changes: Iterable[Change]) -> str:
    """Return the smallest number that may follow an edition after some changes."""
    major, minor, patch = order(before)
    level = max((change.level for change in changes), default=Level.WORDS)
    parts = {
        Level.BREAKING: (major + 1, 0, 0),
        Level.MORE: (major, minor + 1, 0),
        Level.WORDS: (major, minor, patch + 1),
    }
    return ".".join(map(str, parts[level]))


def refusal(old: Snapshot, new: Snapshot, changes: list[Change]) -> str | None:
    """Return why the number of the new edition is too small for what has changed, or None where it is not."""
    least = needed(old.edition, changes)
    if order(new.edition) >= order(least):
        return None
    level = max((change.level for change in changes), default=Level.WORDS)
    because = next(
        (f"{c.heading.lower()}, {c.words}" for c in changes if c.level is level), "nothing but words"
    )
    return (
        f"edition {new.edition} is too small after {old.edition}: the {level.part} part rises for {because}; "
        f'write edition = "{least}" in article.toml, or more'
    )


def told(old: Snapshot, new: Snapshot, changes: list[Change]) -> str:
    """Return the differences as Markdown, fit for the changelog."""
    lines = [f"## Changes from edition {old.edition} to {new.edition}", ""]
    missing = [
        name
        for name in ("criteria", "tables", "sources", "charts")
        if getattr(old, name) is None or getattr(new, name) is None
    ]
    if missing:
        lines += [f"Not compared, since one of the two does not keep them: {', '.join(missing)}.", ""]
    if not changes:
        lines += ["No verdict, reading, criterion, chart, figure or source differs.", ""]
    for heading in dict.fromkeys(change.heading for change in changes):
        lines += [f"### {heading}", "", *(f"- {c.words}" for c in changes if c.heading == heading), ""]
    return "\n".join(lines)


def main() -> int:
    """Print what differs between an edition and the project in hand, and refuse a number that is too small.
    """
    asked = argparse.ArgumentParser(description=(main.__doc__ or "").strip())
    asked.add_argument("old", metavar="FROM", help="tag, commit, folder of a built site, or ledger.json")
    asked.add_argument("new", metavar="TO", nargs="?", help="the same; else the project in hand")
    given = asked.parse_args()
    try:
        old, new = snapshot(given.old), snapshot(given.new) if given.new else current()
    except SnapshotError as error:
        print(error, file=sys.stderr)
        return 2
    changes = compare(old, new)
    print(told(old, new, changes))
    if ".dev" in old.edition:
        print(
            f"{old.edition} is a state on the way to an edition: the number is not checked.", file=sys.stderr
        )
        return 0
    if wrong := refusal(old, new, changes):
        print(wrong, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
