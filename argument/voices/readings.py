"""Readings from what people said: one vote for each voice, whatever the number of its statements."""

from __future__ import annotations

import pandas as pd

from argument.voices.series import column_of, voting
from report.rule import Reading, reading
from report.trace import measure


def voice_readings(limb: str) -> list[Reading]:
    """Return the readings of a motive's limb (written ``C08.buffer``), one for each voice at each vantage."""
    return [_reading(limb, vantage, origin, said)
            for vantage in ("then", "now")
            for origin, said in voting(limb, vantage).groupby("origin")]


def _reading(limb: str, vantage: str, origin: str, said: pd.DataFrame) -> Reading:
    """Return the one vote of a voice; where it spoke both ways, its last word counts and the note says so."""
    said = said.sort_values("date", kind="stable")
    column = column_of(limb)
    signs, last = said[column], said.iloc[-1]
    note = last["paraphrase"] if pd.isna(last["note"]) else f"{last['paraphrase']} ({last['note']})"
    if signs.nunique() > 1:
        note = f"spoke both ways, the last counts; {note}"
    return reading(limb, vantage, name=origin.replace("_", "-"),
                   label=f"{last['speaker']}, {last['date'][:4]}",
                   measure=measure(said, bool(last[column] == "for")),
                   period=(said["date"].iloc[0], last["date"]),
                   origin=origin, speaker=last["group"], note=note)
