"""The answer at a glance: all verdicts then and now as two bars of marks with their counts, and the claims on
which most of the argument rests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.article import article
from report.book import verdicts
from report.charts.signs import NO_VERDICT, VERDICTS, sign_of
from report.data.package import package
from report.rule import VANTAGES, Claim, Vantage, Word, claims
from report.rule.links import LINKS, falls_with, premises
from report.rule.vocabulary import mark_of

TELLING = 5  # claims that are named


@dataclass(frozen=True)
class Bar:
    """All claims at a vantage: when that is, and under each sign's name its mark and how many claims have it,
    from support to no verdict.
    """

    when: str
    signs: Mapping[str, tuple[str, int]]

    @property
    def said(self) -> str:
        """Return the bar in words; signs that no claim has are left out."""
        return ", ".join(f"{count} {name}" for name, (_, count) in self.signs.items() if count)


@dataclass(frozen=True)
class Telling:
    """A claim on which much rests: its short name, and the word and mark of its verdict at each vantage."""

    claim: Claim
    name: str
    verdicts: Mapping[Vantage, tuple[str, str]]


def months() -> dict[Vantage, str]:
    """Return when each vantage is, as headings say it."""
    return {Vantage.THEN: f"Then, {article().published}", Vantage.NOW: f"Now, {article().as_of:%B %Y}"}


def bars() -> list[Bar]:
    """Return a bar a vantage."""
    made = []
    for vantage in VANTAGES:
        words = [verdicts(id)[vantage].word for id in claims()]
        names = [sign_of(word) for word in words]
        marks = {sign_of(word): mark_of(word) for word in (*Word, None)}
        made.append(Bar(months()[vantage], {name: (marks[name], names.count(name)) for name in VERDICTS}))
    return made


def telling() -> list[Telling]:
    """Return the claims with a verdict without which most statements of the argument fall, those that carry
    most first; none where the article has no table of its argument.
    """
    if LINKS not in package().tables:
        return []
    names = {id: name for premise in premises().values() for id, name in premise.claims.items()}
    carrying = {id: len(falls_with(id)) for id, one in claims().items() if one.kind.graded}
    chosen = sorted((id for id, load in carrying.items() if load), key=lambda id: -carrying[id])[:TELLING]
    return [Telling(claims()[id], names[id],
                    {Vantage(v): (str(one.word or NO_VERDICT), mark_of(one.word))
                     for v, one in verdicts(id).items()})
            for id in chosen]
