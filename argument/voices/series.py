"""What people said on motives: statements that bear on a claim, as a vantage and a criterion admit them.

A claim about motives rests on dated statements, which are no sample. A statement bears on a limb as the
table's codebook says (for, against, open); only for and against vote, whoever speaks, but for the voice that
the claim itself calls upon.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from report.rule import limb, seen

STATEMENTS = "voices/statements"


def plain(speakers: pd.Series) -> pd.Series:
    """Return names of speakers without the remark in brackets on how the name is known."""
    return speakers.str.replace(r"\s*\([^)]*\)", "", regex=True)


def bearing(claim_id: str, vantage: str, signs: tuple[str, ...] = ("for", "against"),
            column: str | None = None) -> pd.DataFrame:
    """Return the rows of statements that bear on a claim, by its column of codes, and that its vantage may
    see.
    """
    rows = load(STATEMENTS)
    return seen(claim_id, rows[rows[column or claim_id.lower()].isin(signs)], vantage)


def column_of(address: str) -> str:
    """Return the column with the codes of a limb: the claim's own, unless the limb has one of its own."""
    return limb(address).settings.get("column", address.split(".")[0].lower())


def voting(address: str, vantage: str) -> pd.DataFrame:
    """Return the rows that vote on a limb (written ``C08.buffer``): all but those of the voice under test."""
    rows = bearing(address.split(".")[0], vantage, column=column_of(address))
    return rows[rows["origin"] != limb(address).settings.get("under_test")]
