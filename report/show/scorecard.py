"""The table of claims with their verdicts: of one chapter, or of the whole article."""

from __future__ import annotations

from report.book import treated, verdicts
from report.rule import VANTAGES, Claim, ReadingError, claims
from report.show.badge import badge, heading, plain_verdict
from report.show.html import Html, rendered


def scorecard(chapter: str | None = None) -> Html:
    """Return the table of claims with their verdicts; of one chapter, or of the whole article."""
    chosen = [c for c in claims().values() if chapter in (None, c.chapter)]
    if not chosen:
        raise ReadingError(f"no claim belongs to chapter {chapter!r}")
    html = rendered("scorecard.html", rows=[_row(c) for c in chosen], when=[heading(v) for v in VANTAGES])
    return Html(html, "\n".join(plain_verdict(c.id) for c in chosen))


def _row(one: Claim) -> dict:
    graded = treated(one.id) and one.kind.graded
    return {"claim": one, "treated": treated(one.id),
            "badges": [badge(v) for v in verdicts(one.id).values()] if graded else []}
