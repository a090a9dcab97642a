"""The frame behind the cover figure and the counts of the summary: every claim with its verdicts."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from report.article import article
from report.book import verdicts
from report.rule import VANTAGES, Side, Vantage, Verdict, claims

NO_VERDICT = "no verdict"


def head(vantage: Vantage | str) -> str:
    """Return what stands over a vantage."""
    return f"as of {article().published if vantage == Vantage.THEN else 'now'}"


def cells() -> pd.DataFrame:
    """Return one row a claim and vantage: verdict, its place in the article and section."""
    made: list[dict] = []
    place: Counter[int] = Counter()
    for id, one in claims().items():
        place[one.section] += 1
        made += [_cell(id, place[one.section], v) for v in verdicts(id).values()]
    return pd.DataFrame(made)


def _cell(id: str, number: int, verdict: Verdict) -> dict:
    one = claims()[id]
    return {"claim": id, "says": one.text, "section": f"{one.section} {article().sections[one.section]}",
            "place": number, "vantage": head(verdict.vantage), "verdict": verdict.word or NO_VERDICT,
            "counts": verdict.counts, "href": one.href, "row": f"claims#{id}", "source_id": article().source}


def sides(vantage: Vantage | str) -> Counter[Side | None]:
    """Return how many claims' verdicts are on each side; judgements and what is untested are on none."""
    words = [verdicts(id)[vantage].word for id in claims()]
    return Counter(word.side if word else None for word in words)


def moved() -> list[str]:
    """Return the claims whose verdict now is another than then, among those that have both."""
    pairs = {id: [verdicts(id)[v].word for v in VANTAGES] for id in claims()}
    return [id for id, (then, now) in pairs.items() if then and now and then != now]
