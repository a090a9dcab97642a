"""Misprints in what was read, put right: ``data/corrections.csv`` applied to the tables that it names.

The tables keep what was printed. A correction that no longer finds its printed value, or does not fit its
table, is refused, so that none is left over from figures that have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from report.data.table import SEPARATOR, SOURCE_COLUMN, Table

CORRECTIONS = "corrections"
CORRECTION = ["table", "key", "column", "printed_value", "value_used", "reason", "also_said_by",
              "lapses_when", SOURCE_COLUMN]
NEAR = 5  # names that a message offers in place of an unknown one


def corrected(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table with what is used in place of its misprints.

    Raises DataError for a correction that does not fit the table, or whose printed value is gone.
    """
    if table.name == CORRECTIONS:
        _check(table, frame)
        return frame
    corrections = table.package.corrections
    for place in np.flatnonzero(corrections["table"].to_numpy() == table.name):
        _put_right(table, frame, corrections.iloc[place], int(place))
    return frame


def _put_right(table: Table, frame: pd.DataFrame, correction: pd.Series, place: int) -> None:
    """Change one cell of ``frame`` from what was printed to what is used."""
    address, column = f"{table.name}#{correction['key']}", correction["column"]
    cell = CorrectedCell(table.package, table.description, place, "printed_value")
    if address not in frame.index:
        near = get_close_matches(address, frame.index, n=3, cutoff=0)
        keys = ", ".join(near_one.split("#", 1)[1] for near_one in near)
        cell.misplaced("key", f"{correction['key']!r} names no row of {table.name}; write the key of one, "
                              f"such as {keys}, or remove the correction")
    found = frame.loc[address, column]
    if pd.isna(found) or cell.typed(correction) != found:
        cell.refuse(f"printed value {correction['printed_value']!r} is not in {address}, column {column} "
                    f"(found {found}); renew or remove the correction")
    used = CorrectedCell(table.package, table.description, place, "value_used")
    frame.loc[address, column] = used.typed(correction)


def _check(register: Table, rows: pd.DataFrame) -> None:
    """Refuse a correction of a table or column that is not, or whose values do not fit the column."""
    tables = {name: table for name, table in register.package.all_tables.items() if name != CORRECTIONS}
    for place, (_, correction) in enumerate(rows.iterrows()):
        name, column = correction["table"], correction["column"]
        if name not in tables:
            near = get_close_matches(name, tables, n=NEAR, cutoff=0.3) or sorted(tables)
            register.refuse(f"{name!r} is no table; write one, such as {', '.join(near)}, or remove the "
                            "correction", place, "table")
        table = tables[name]
        if column not in table.fields:
            register.refuse(f"{column!r} is no column of {name}; write one of {', '.join(table.fields)}",
                            place, "column")
        if column in table.key:
            register.refuse(f"{column!r} is part of the key of {name}, so its address; correct the table and "
                            "remove the correction", place, "column")
        printed, used = (CorrectedCell(table.package, table.description, place, value).typed(correction)
                         for value in ("printed_value", "value_used"))
        if printed == used:
            register.refuse(f"{used} is what was printed; write what is used in its place, or remove the "
                            "correction", place, "value_used")
        also = "" if pd.isna(correction["also_said_by"]) else correction["also_said_by"]
        for id in filter(None, also.split(SEPARATOR)):
            if " " not in id and id not in register.package.source_ids:  # else it is said in words
                register.refuse(f"source {id!r} is not in data/sources.bib; add it there, correct the id, or "
                                "say in words who else gives the value", place, "also_said_by")


@dataclass
class CorrectedCell(Table):
    """A cell checked as one of its table; its faults are placed where it stands, in data/corrections.csv."""

    place: int
    value: str

    def typed(self, correction: pd.Series) -> Any:
        """Return what the correction says in this column, as a value of the column that it corrects."""
        return self.column([correction[self.value]], self.fields[correction["column"]])[0]

    def refuse(self, what: str, row: int | None = None, column: str | None = None) -> NoReturn:
        self.misplaced(self.value, what)

    def misplaced(self, column: str, what: str) -> NoReturn:
        """Refuse the correction for what stands in a column of its row."""
        self.package.all_tables[CORRECTIONS].refuse(what, self.place, column)
