"""A verdict as a badge: mark, word and counts. The mark says the same as the colour, so that neither carries
it alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from report.article import article
from report.book import by_voice, treated, verdicts
from report.rule import VANTAGES, NowMeans, Vantage, Verdict, claim
from report.rule.vocabulary import NO_VERDICT_MARK, mark_of
from report.show.html import rendered


def heading(vantage: str) -> str:
    """Return a vantage as a heading: the month of the article's cutoff, or now."""
    return f"As of {article().cutoff:%B %Y}" if vantage == VANTAGES[0] else "As of now"


@dataclass(frozen=True)
class Signs:
    """The signs of a claim's verdicts where they stand alone: word and mark, then and now, and both in words.
    """

    shown: tuple[tuple[str, str], ...]
    said: str


def signs(id: str) -> Signs:
    """Return a claim's signs, the first then and the second now; none where there is nothing to grade."""
    if not treated(id):
        return Signs((), "not yet treated")
    if not claim(id).kind.graded:
        return Signs((), "a judgement, no verdict")
    words = [verdicts(id)[v].word for v in VANTAGES]
    shown = tuple((str(word or ""), mark_of(word)) for word in words)
    then, now = (word or "no verdict" for word, _ in shown)
    return Signs(shown, f"{then} then and now" if then == now else f"{then} then, {now} now")


def badge(verdict: Verdict, full: bool = False) -> Markup:
    """Return a verdict's mark, word, counts and firmness; in full also its vantage and its weakest limb."""
    with_verdict = verdict.readings or not claim(verdict.claim).kind.graded
    return rendered("badge.html", verdict=verdict, named=full, when=heading(verdict.vantage),
                    mark=NO_VERDICT_MARK, weakest=verdict.weakest if full else None, newest=_newest(verdict),
                    voices=by_voice(verdict) if full and verdict.readings else {},
                    absent="no verdict" if with_verdict else "no verdict then")


def _newest(verdict: Verdict) -> str | None:
    """Return the year of the newest reading as of now, unless *now* is hindsight on one period."""
    hindsight = claim(verdict.claim).now_means is NowMeans.SAME_PERIOD
    if verdict.vantage is not Vantage.NOW or hindsight or verdict.newest is None or verdict.older:
        return None
    return verdict.newest[:4]


def badges(id: str) -> Markup:
    """Return a claim's verdicts then and now, or that it is not treated yet."""
    graded = claim(id).kind.graded
    found = [badge(v, True) for v in verdicts(id).values()] if treated(id) and graded else []
    return rendered("badges.html", treated=treated(id), graded=graded, badges=found, mark=NO_VERDICT_MARK)


def plain_verdict(id: str) -> str:
    """Return a claim's verdicts in one line of words."""
    if not treated(id):
        return f"{id}: not yet treated"
    said = "; ".join(f"{v.vantage} {v.phrase} ({', '.join(filter(None, (v.counts, v.standing)))})"
                     for v in verdicts(id).values())
    return f"{id}: {said}"
