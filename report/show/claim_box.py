"""A claim's box as a chapter asks for it: the claim's name, of which each page makes what its format can
show.
"""

from __future__ import annotations

from dataclasses import dataclass

from report.book import treated
from report.charts.publish import under_notebook_server
from report.rule import ReadingError, claim
from report.show.badge import badges, plain_verdict
from report.show.evidence import evidence
from report.show.html import rendered

MIME = "application/vnd.report.claim+json"


@dataclass(frozen=True)
class ClaimBox:
    """The box of a claim: its words, verdicts then and now, and the readings behind them."""

    claim: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {MIME: {"claim": self.claim}, "text/plain": plain_verdict(self.claim)}
        if under_notebook_server():  # which knows nothing of claims
            bundle["text/html"] = box(self.claim)
        return bundle


def box(id: str) -> str:
    """Return the box as a notebook server shows it."""
    return rendered("claim_box.html", claim=claim(id), badges=badges(id), evidence=evidence(claim(id)))


def verdict(id: str) -> ClaimBox:
    """Return the box of a claim; raise ReadingError for an unknown one, and for one without readings."""
    if not treated(id):
        raise ReadingError(f"{id} has no readings function yet; add it to the readings of its chapter")
    return ClaimBox(id)
