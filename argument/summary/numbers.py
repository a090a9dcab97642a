"""The numbers that the summary quotes and that are no reading: counts of claims, the last share of trade."""

from __future__ import annotations

from collections import Counter

from argument.summary.series import moved, sides
from argument.trade.series import kotra_share
from report.book import verdicts
from report.rule import BOOK_RULE, VANTAGES, Kind, Side, Vantage, claims
from report.trace import Measure


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    then, share = sides(Vantage.THEN), kotra_share()["value"]
    graded = [id for id, one in claims().items() if one.kind.graded]
    tested = [id for id in graded if any(verdicts(id)[v].readings for v in VANTAGES)]
    counts = {"claims": len(claims()), "graded": len(graded), "tested": len(tested),
              "good-then": then[Side.SUPPORT], "mixed-then": then[Side.MIXED],
              "bad-then": then[Side.CONTRADICTION],
              "judged-then": sum(then[side] for side in Side)}
    return {**{f"summary-{key}": of_claims(number, "claims") for key, number in counts.items()},
            "summary-answer": of_claims(_answer(then)),
            "summary-moved": of_claims(len(moved()), "verdicts"),
            "summary-motives-fail": _failing_motives(), "summary-share-last": share.iloc[-1],
            "summary-share-year": Measure(str(share.index[-1]), None, None, share.iloc[-1].rows)}


def _answer(sides: Counter[Side | None]) -> str:
    """Return whether the argument holds in a few words: by the same cuts as a claim, of the claims judged."""
    borne_out = sides[Side.SUPPORT] / sum(sides[side] for side in Side)
    lower, upper = BOOK_RULE.cuts
    return "In the main yes" if borne_out >= upper else "In the main no" if borne_out <= lower else "In part"


def of_claims(value: float | str, unit: str | None = None) -> Measure:
    """Return what was counted or found over all claims, leading to their rows."""
    return Measure(value, unit, None, tuple(f"claims#{id}" for id in claims()))


def _failing_motives() -> Measure:
    """Return how many motives fail at either vantage, with the verb that the sentence needs."""
    motives = [id for id, one in claims().items() if one.kind is Kind.MOTIVE]
    words = {id: [verdicts(id)[v].word for v in VANTAGES] for id in motives}
    failing = sum(any(word and word.side is Side.CONTRADICTION for word in found) for found in words.values())
    told = "none is" if not failing else "1 is" if failing == 1 else f"{failing} are"
    return Measure(told, None, None, tuple(f"claims#{id}" for id in motives))
