"""The frame behind the cover figure and the counts of the summary: every claim with its verdicts."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from report.article import article
from report.book import verdicts
from report.rule import VANTAGES, Verdict, Word, claims

SECTIONS = {1: "1 a message", 2: "2 the alliance", 3: "3 trade, food, oil", 4: "4 refugees", 5: "5 nuclear tests",
            6: "6 THAAD", 7: "7 motive"}
GOOD = (Word.SUPPORTED, Word.ATTESTED, Word.MOSTLY_SUPPORTED)
MIDDLE = (Word.MIXED, Word.CONTESTED)
BAD = (Word.CONTRADICTED, Word.NOT_ATTESTED, Word.MOSTLY_CONTRADICTED)
JUDGED = "no verdict"
# From what bears the article out to what does not; a motive's words stand with those of like bearing.
BEARING = {Word.SUPPORTED: "supported", Word.ATTESTED: "supported", Word.MOSTLY_SUPPORTED: "mostly supported",
           Word.MIXED: "mixed", Word.CONTESTED: "mixed", Word.MOSTLY_CONTRADICTED: "mostly contradicted",
           Word.CONTRADICTED: "contradicted", Word.NOT_ATTESTED: "contradicted",
           Word.UNTESTED: "untested or no verdict", None: "untested or no verdict"}
HEADS = {"then": "as of February 2017", "now": "as of now"}


def cells() -> pd.DataFrame:
    """Return one row a claim and vantage: verdict, its bearing, and its place in the figure (section, number in it)."""
    made, place = [], Counter()
    for id, one in claims().items():
        place[one.section] += 1
        made += [_cell(id, place[one.section], v) for v in verdicts(id).values()]
    return pd.DataFrame(made)


def _cell(id: str, number: int, verdict: Verdict) -> dict:
    one = claims()[id]
    return {"claim": id, "says": one.text, "section": SECTIONS[one.section], "place": number,
            "vantage": HEADS[verdict.vantage], "verdict": verdict.word or JUDGED, "bearing": BEARING[verdict.word],
            "counts": verdict.counts, "href": one.href, "row": f"claims#{id}", "source_id": article().source}


def tally(vantage: str) -> Counter:
    """Return how many claims have each verdict at a vantage; judgements and unread forecasts count as no verdict."""
    return Counter(verdicts(id)[vantage].word or JUDGED for id in claims())


def bearing(vantage: str) -> tuple[int, int, int, int]:
    """Return how many claims at a vantage are borne out in the main, stand in the middle, fail, and are not judged."""
    count = tally(vantage)
    good, middle, bad = (sum(count[word] for word in words) for words in (GOOD, MIDDLE, BAD))
    return good, middle, bad, count[Word.UNTESTED] + count[JUDGED]


def moved() -> list[str]:
    """Return the claims whose verdict now is another than then, among those that have both."""
    pairs = {id: [verdicts(id)[v].word for v in VANTAGES] for id in claims()}
    return [id for id, (then, now) in pairs.items() if then and now and then != now]
