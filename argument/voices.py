"""Readings from what people said: one vote for each voice, whatever the number of its statements.

A claim about motives rests on dated statements, which are no sample. A statement bears on a claim as the table's
codebook says (for, against, open); only for and against vote, and some claims ask for a Chinese voice.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from report.rule import Reading, by_cutoff, claim, reading, seen
from report.trace import measure

STATEMENTS = "voices/statements"

__all__ = ["bearing", "by_cutoff", "plain", "voice_readings", "voting"]


def plain(speakers: pd.Series) -> pd.Series:
    """Return names of speakers without the remark in brackets on how the name is known."""
    return speakers.str.replace(r"\s*\([^)]*\)", "", regex=True)


def bearing(claim_id: str, vantage: str, signs: tuple[str, ...] = ("for", "against")) -> pd.DataFrame:
    """Return the rows of statements that bear on a claim and that its vantage may see."""
    rows = load(STATEMENTS)
    return seen(claim_id, rows[rows[claim_id.lower()].isin(signs)], vantage)


def voting(claim_id: str, vantage: str) -> pd.DataFrame:
    """Return the rows whose voice the claim's criterion admits: Chinese voices alone where it asks for them."""
    rows = bearing(claim_id, vantage)
    asked = {limb.settings.get("voices") for limb in claim(claim_id).limbs}
    return rows[rows["chinese_voice"]] if "chinese" in asked else rows


def voice_readings(limb: str) -> list[Reading]:
    """Return the readings of a motive's limb (written ``C08.buffer``), one for each voice at each vantage."""
    claim_id = claim(limb.split(".")[0]).id
    return [_reading(limb, vantage, origin, said)
            for vantage in ("then", "now")
            for origin, said in voting(claim_id, vantage).groupby("origin")]


def _reading(limb: str, vantage: str, origin: str, said: pd.DataFrame) -> Reading:
    """Return the one vote of a voice; where it spoke both ways, its last word counts and the note says so."""
    said = said.sort_values("date", kind="stable")
    column = limb.split(".")[0].lower()
    signs, last = said[column], said.iloc[-1]
    note = last["paraphrase"] if pd.isna(last["note"]) else f"{last['paraphrase']} ({last['note']})"
    if signs.nunique() > 1:
        note = f"spoke both ways, the last counts; {note}"
    return reading(limb, vantage, name=origin.replace("_", "-"), label=f"{last['speaker']}, {last['date'][:4]}",
                   measure=measure(said, bool(last[column] == "for")), period=(said["date"].iloc[0], last["date"]),
                   origin=origin, speaker=last["group"], note=note)
