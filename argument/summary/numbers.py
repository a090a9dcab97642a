"""The numbers that the summary quotes and that are no reading: counts of claims, and the last share of trade."""

from __future__ import annotations

from argument.summary.series import BAD, bearing, moved
from argument.trade.series import kotra_share
from report.book import all_readings, verdicts
from report.rule import VANTAGES, Kind, claims
from report.trace import Measure


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    good, middle, bad, _ = bearing("then")
    counts = {"claims": len(claims()), "good-then": good, "mixed-then": middle, "bad-then": bad, "moved": len(moved())}
    share = kotra_share()["value"]
    return {**{f"summary-{key}": of_claims(value) for key, value in counts.items()},
            "summary-readings": str(len(all_readings())), "summary-motives-fail": _failing_motives(),
            "summary-share-last": share.iloc[-1], "summary-share-year": str(share.index[-1])}


def of_claims(value: float | str) -> Measure:
    """Return what was counted or found over all claims, leading to their rows."""
    return Measure(value, "claims", None, tuple(f"claims#{id}" for id in claims()))


def _failing_motives() -> str:
    motives = [id for id, one in claims().items() if one.kind == Kind.MOTIVE]
    failing = sum(any(verdicts(id)[v].word in BAD for v in VANTAGES) for id in motives)
    return "none is" if not failing else "1 is" if failing == 1 else f"{failing} are"
