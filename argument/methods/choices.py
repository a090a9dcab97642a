"""Choices that the criteria left open, as data: other criteria of a limb (``data/other_criteria.csv``) and
definitions taken for all readings at once (``data/definitions.csv``).

A row that names nothing that is there stops the book, so that neither table outlives what it is about.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
import pandas as pd

from report.book import all_readings, altered, book_rule, readings
from report.data.package import answered, load, refuse, remembered
from report.rule import Operator, Reading, claims, limb
from report.rule.robustness import Change, Key, changes, held_against, together, words

CRITERIA, DEFINITIONS, SETTINGS = "other_criteria", "definitions", "limb_settings"
THRESHOLD, TIMES = "threshold", "times"


# Other criteria ---------------------------------------------------------------------------------------------

@answered
def other_criteria() -> dict[str, list[Change]]:
    """Return the changes that each other criterion makes, by the address of its row."""
    return {row: changed_by(row) for row in load(CRITERIA).index}


@answered
def changed_by(row: str) -> list[Change]:
    """Return the verdicts of one claim that change under the other criterion of a row."""
    cells, known = load(CRITERIA).loc[row], claims()
    id = cells["claim"]
    if id not in known or cells["limb"] not in {part.name for part in known[id].limbs}:
        refuse(row, "limb", f"{id} has no limb {cells['limb']!r}; correct the row or remove it")
    others = [_otherwise(r, cells) for r in readings(id)] if cells["changed"] in (THRESHOLD, TIMES) \
        else _under_setting(row, cells)
    rule = book_rule()
    return changes(words([known[id]], readings(id), rule), words([known[id]], others, rule), row)


def asked(cells: pd.Series) -> str:
    """Return another criterion in words: what is asked, in place of what."""
    one, part = cells["changed"].replace("_", " "), limb(f"{cells['claim']}.{cells['limb']}")
    if cells["changed"] == TIMES:
        return f"{part.name}: {cells['op']} {cells['value']} times what it is held against"
    if cells["changed"] == THRESHOLD:
        held = "" if part.op is None else f", for {part.op} {part.threshold:g}"
        return f"{part.name}: {cells['op']} {cells['value']}{held}"
    return f"{part.name}: {one} {cells['value']}, for {part.setting(cells['changed'])}"


def _otherwise(one: Reading, cells: pd.Series) -> Reading:
    if one.limb != cells["limb"]:
        return one
    op = None if pd.isna(cells["op"]) else Operator(cells["op"])
    return held_against(one, limb(f"{one.claim}.{one.limb}"), op, **{cells["changed"]: _number(cells)})


def _number(cells: pd.Series) -> float:
    try:
        return float(cells["value"])
    except ValueError:
        refuse(cells.name, "value", f"{cells['value']!r} is no number; write one, such as 0.5")


def _under_setting(row: str, cells: pd.Series) -> list[Reading]:
    """Return a claim's readings as they are when a setting of a criterion has another value."""
    address = f"{SETTINGS}#{cells['claim']}|{cells['limb']}|{cells['changed']}"
    value = cells["value"]
    if address not in load(SETTINGS).index or load(SETTINGS).loc[address, "value"] == value:
        refuse(row, "changed", f"no setting {cells['changed']!r} with another value than {value}; correct "
                               "the row or remove it")
    with altered(address, "value", value):
        return readings(cells["claim"])


# Definitions ------------------------------------------------------------------------------------------------

@remembered
def definitions() -> dict[str, dict[str, bool | None]]:
    """Return for each definition whether each reading concerned is met by it, None where it falls."""
    found: dict[str, dict[str, bool | None]] = {}
    labels: dict[str, str] = {}
    for row, cells in load(DEFINITIONS).iterrows():
        concerned = [r for r in all_readings() if fnmatchcase(_stem(r), cells["reading"])]
        if not concerned:
            refuse(row, "reading", f"no reading is called {cells['reading']!r}; correct the row or remove it")
        label = labels.setdefault(cells["definition"], cells["label"])
        if cells["label"] != label:
            refuse(row, "label", f"{cells['definition']!r} is called {label!r} in a row above; call it the "
                                 "same in each")
        found.setdefault(cells["definition"], {}).update(
            {r.id: _met_by(r, cells["takes"], row) for r in concerned})
    return found


def _stem(one: Reading) -> str:
    return one.id.removesuffix(f"-{one.vantage}")


def _met_by(one: Reading, takes: str | float, row: str) -> bool | None:
    if pd.isna(takes):
        return None
    fitting = [v for v in one.variants if fnmatchcase(v.label, str(takes))]
    if len(fitting) != 1:
        refuse(row, "takes", f"{one.id} has {len(fitting)} variants called {takes!r}; name one")
    return fitting[0].met


@answered
def defined_throughout() -> dict[str, list[Change]]:
    """Return the changes that each definition makes when it is taken for all readings at once."""
    found = together(claims().values(), all_readings(), definitions(), book_rule())
    return {name: [c for c in found if c.choice == name] for name in definitions()}


def concerned_by(definition: str) -> list[Key]:
    """Return the verdicts that have a reading concerned by a definition."""
    ids = definitions()[definition]
    return list(dict.fromkeys((r.claim, r.vantage) for r in all_readings() if r.id in ids))


