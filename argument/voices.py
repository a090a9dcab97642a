"""Readings from what people said: one vote for each voice, whatever the number of its statements.

A claim about motives rests on dated statements, which are no sample. A statement bears on a claim as the table's
codebook says (for, against, open); only for and against vote, and some claims ask for a Chinese voice.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import reading
from report.rule import Reading, claim
from report.data.package import load, package

STATEMENTS = "voices/statements"
CHINESE_ONLY = ("C08", "C24", "C41")


def by_cutoff(dates: pd.Series) -> pd.Series:
    """Say for each day, month or year whether it ended on or before the cutoff of the vantage *then*."""
    ends = dates + dates.str.len().map({4: "-12-31", 7: "-31", 10: ""})
    return ends <= package().cutoff.isoformat()


def plain(speakers: pd.Series) -> pd.Series:
    """Return names of speakers without the remark in brackets on how the name is known."""
    return speakers.str.replace(r"\s*\([^)]*\)", "", regex=True)


def bearing(claim_id: str, vantage: str, signs: tuple[str, ...] = ("for", "against")) -> pd.DataFrame:
    """Return the rows of statements that bear on a claim: those up to the cutoff for *then*, later ones for *now*."""
    rows = load(STATEMENTS)
    rows = rows[rows[claim_id.lower()].isin(signs)]
    return rows[by_cutoff(rows["date"]) == (vantage == "then")]


def voting(claim_id: str, vantage: str) -> pd.DataFrame:
    """Return the rows whose voice the claim's criterion admits: Chinese voices alone where it asks for them."""
    rows = bearing(claim_id, vantage)
    return rows[rows["chinese_voice"]] if claim_id in CHINESE_ONLY else rows


def voice_readings(limb: str) -> list[Reading]:
    """Return the readings of a motive's limb (written ``C08.buffer``), one for each voice at each vantage."""
    claim_id = claim(limb.split(".")[0]).id
    return [_reading(limb, vantage, origin, said)
            for vantage in ("then", "now")
            for origin, said in voting(claim_id, vantage).groupby("origin")]


def _reading(limb: str, vantage: str, origin: str, said: pd.DataFrame) -> Reading:
    """Return the one vote of a voice; where it spoke both ways, its last word counts and the note says so."""
    said = said.sort_values("date", kind="stable")
    signs, last = said[limb[:3].lower()], said.iloc[-1]
    note = last["paraphrase"] if pd.isna(last["note"]) else f"{last['paraphrase']} ({last['note']})"
    if signs.nunique() > 1:
        note = f"spoke both ways, the last counts; {note}"
    return reading(limb, vantage, name=origin.replace("_", "-"), label=f"{last['speaker']}, {last['date'][:4]}",
                   rows=said, period=(said["date"].iloc[0], last["date"]), met=last[limb[:3].lower()] == "for",
                   origin=origin, speaker=last["group"], note=note)
