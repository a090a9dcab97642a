"""Where each row of the data stands on the site: a page a table, an anchor a row."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pandas as pd

from report.data.package import load, package, remembered
from report.data.table import DataError
from report.data.sources import anchor

FOLDER = "rows"
FEW = 5  # addresses that a message lists


def table_page(name: str) -> str:
    """Return the page, without its suffix, on which every row of a table stands."""
    return f"{FOLDER}/{anchor(name)}"


def row_anchor(address: str) -> str:
    """Return the anchor of a row on its table's page, from an address such as ``wages/index#2014|oecd``."""
    return anchor(address.split("#", 1)[1])


@remembered
def short_addresses(name: str) -> dict[str, str]:
    """Return the rows of a table by their short address: the first part of the key, and the origin.

    Where one origin has several figures for one first part, the short form stands for the preferred one;
    where that leaves more than one row, there is none.
    """
    rows = load(name)
    if "origin" not in rows:
        return {}
    meant: dict[str, list[str]] = defaultdict(list)
    for address, origin in rows["origin"].dropna().items():
        meant[f"{str(address).split('|')[0]}|{origin}"].append(str(address))
    if "preferred" in rows:
        chosen = {str(address) for address in rows.index[rows["preferred"].fillna(False).astype(bool)]}
        meant |= {short: [a for a in found if a in chosen] or found for short, found in meant.items()}
    return {short: found[0] for short, found in meant.items() if len(found) == 1 and short not in rows.index}


def full_address(address: str) -> str:
    """Return the address of a row as the ledger has it, from that, its short form, or parts of the key that
    say enough.

    An origin may stand in it under an id that was given up. Raises DataError where no row is called so, or
    where several are and which is meant is not said.
    """
    table, _, parts = address.partition("#")
    meant: list[str] = []
    if table in package().tables:
        now = package().present_origins()
        key = [now.get(part, part) for part in parts.split("|")]
        address_now, rows = f"{table}#{'|'.join(key)}", load(table).index
        if address_now in rows:
            return address_now
        if address_now in (short := short_addresses(table)):
            return short[address_now]
        meant = [row for row in map(str, rows) if _in_order(key, row.partition("#")[2].split("|"))]
        if len(meant) == 1:
            return meant[0]
    if meant:
        more = " or another" if len(meant) > FEW else ""
        raise DataError(f"no row is called {address!r}; it may be {', '.join(meant[:FEW])}{more}; write one "
                        "in full")
    raise DataError(
        f"no row is called {address!r}; its table's page under rows/ has the address of every row")


def _in_order(parts: list[str], key: list[str]) -> bool:
    """Say whether some parts of a key stand in it in this order."""
    rest = iter(key)
    return all(part in rest for part in parts)


def row(address: str) -> pd.Series:
    """Return the one row that an address names, in full or in short; see full_address."""
    return load(address.partition("#")[0]).loc[full_address(address)]


@remembered
def other_anchors(name: str) -> dict[str, list[str]]:
    """Return for each row of a table under which anchors it also stands: its short address, and those given
    up.

    An anchor that would be another row's own, or two rows', is left out.
    """
    former: dict[str, list[str]] = defaultdict(list)
    for old, kept in package().present_origins().items():
        former[kept].append(old)
    meant: dict[str, set[str]] = defaultdict(set)
    briefs = {full: brief for brief, full in short_addresses(name).items()}
    for row in map(str, load(name).index):
        for address in filter(None, (row, briefs.get(row))):
            table, _, key = address.partition("#")
            for called in product(*(former.get(part, [part]) for part in key.split("|"))):
                meant[row_anchor(f"{table}#{'|'.join(called)}")].add(row)
    own = {row_anchor(str(row)) for row in load(name).index}
    found: dict[str, list[str]] = defaultdict(list)
    for called_so, rows in meant.items():
        if len(rows) == 1 and called_so not in own:
            found[min(rows)].append(called_so)
    return found


def row_href(address: str) -> str:
    """Return where a row can be opened, from the root of the site: ``rows/wages-index.html#2014-oecd``."""
    return f"{table_page(address.split('#', 1)[0])}.html#{row_anchor(address)}"
