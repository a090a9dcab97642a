"""What people said on motives: statements that bear on a claim, as a vantage and a criterion admit them.

A claim about motives rests on dated statements, which are no sample. A statement bears on a claim as the
table's codebook says (for, against, open); only for and against vote, and some claims ask for a Chinese
voice.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from report.rule import claim, seen

STATEMENTS = "voices/statements"


def plain(speakers: pd.Series) -> pd.Series:
    """Return names of speakers without the remark in brackets on how the name is known."""
    return speakers.str.replace(r"\s*\([^)]*\)", "", regex=True)


def bearing(claim_id: str, vantage: str, signs: tuple[str, ...] = ("for", "against")) -> pd.DataFrame:
    """Return the rows of statements that bear on a claim and that its vantage may see."""
    rows = load(STATEMENTS)
    return seen(claim_id, rows[rows[claim_id.lower()].isin(signs)], vantage)


def voting(claim_id: str, vantage: str) -> pd.DataFrame:
    """Return the rows whose voice the claim's criterion admits: Chinese voices
    alone where it asks for them.
    """
    rows = bearing(claim_id, vantage)
    asked = {limb.settings.get("voices") for limb in claim(claim_id).limbs}
    return rows[rows["chinese_voice"]] if "chinese" in asked else rows
