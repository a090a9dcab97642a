"""The signs of verdicts and of readings in charts: the discs of the text, filled by quarters, drawn as paths.

A sign follows from the rank of a verdict's word and from nothing else, so that words of like rank, those of
motives among them, share it. Where nothing was tested the sign is a dash; where a claim gets no verdict, a
dot.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.charts.altair_later import alt
from report.charts.theme import scale
from report.rule import Word

HOLE = 0.72  # radius of the ring's hole, as the page's style draws it
RING = (f"M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1ZM0,-{HOLE}A{HOLE},{HOLE},0,1,0,0,{HOLE}"
        f"A{HOLE},{HOLE},0,1,0,0,-{HOLE}Z")
# from contradiction to support: so many quarters of the disc are filled, from the top clockwise
QUARTERS = ("", "M0,0L0,-1A1,1,0,0,1,1,0Z", "M0,0L0,-1A1,1,0,0,1,0,1Z", "M0,0L0,-1A1,1,0,1,1,-1,0Z",
            "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1Z")
HUES = ("unmet", "unmet", "mixed", "met", "met")
DASH, DOT = "M-0.8,-0.16L0.8,-0.16L0.8,0.16L-0.8,0.16Z", "M0,-0.3A0.3,0.3,0,1,1,0,0.3A0.3,0.3,0,1,1,0,-0.3Z"
OF_RANK = {rank: next(str(word) for word in Word if word.rank == rank) for rank in range(5)}
UNTESTED, NO_VERDICT = str(Word.UNTESTED), "no verdict"
VERDICTS = (*(OF_RANK[rank] for rank in reversed(range(5))), UNTESTED, NO_VERDICT)
OUTCOMES = ("met", "not met")
DIAMOND = "M0,-1L1,0L0,1L-1,0ZM0,-0.55L-0.55,0L0,0.55L0.55,0Z"


def sign_of(word: Word | None) -> str:
    """Return the name of a verdict's sign, which is the graded word of like rank."""
    if word is None:
        return NO_VERDICT
    return UNTESTED if word.rank is None else OF_RANK[word.rank]


def verdict_shapes(domain: Sequence[str] = VERDICTS) -> alt.Scale:
    """Return the scale of the channel ``shape`` for names of signs."""
    paths = {OF_RANK[rank]: RING + QUARTERS[rank] for rank in range(5)} | {UNTESTED: DASH, NO_VERDICT: DOT}
    return alt.Scale(domain=list(domain), range=[paths[name] for name in domain])


def verdict_colours(domain: Sequence[str] = VERDICTS) -> alt.Scale:
    """Return the scale of the channel ``color`` for names of signs."""
    hues = {OF_RANK[rank]: HUES[rank] for rank in range(5)} | {UNTESTED: "quiet", NO_VERDICT: "quiet"}
    return scale(*(hues[name] for name in domain), domain=domain)


def outcome_shapes() -> alt.Scale:
    """Return the scale of the channel ``shape`` for readings: a dot where met, else an open diamond."""
    return alt.Scale(domain=list(OUTCOMES), range=["circle", DIAMOND])
