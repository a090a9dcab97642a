"""Sentences to be quoted, each with its word of confidence, what it rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.book import reading_at
from report.rule import ReadingError, claim
from report.show.html import Html, rendered, slug


@dataclass(frozen=True)
class Rests:
    """One thing that a sentence rests on: ``kind`` is claim, reading or what stands on the page ``href``."""

    kind: str
    name: str
    found: str
    href: str = ""

    @property
    def address(self) -> str:
        """Return where a reader finds it."""
        if self.kind == "claim":
            return claim(self.name).href
        return f"claims.html#{reading_at(self.name).id}" if self.kind == "reading" else self.href

    @property
    def label(self) -> str:
        """Return what it is called."""
        return reading_at(self.name).label if self.kind == "reading" else self.name


@dataclass(frozen=True)
class Sentence:
    """A sentence, its word, its grounds, and notes of a heading and a text."""

    name: str
    word: str
    text: str
    rests: tuple[Rests, ...]
    notes: tuple[tuple[str, str], ...] = ()


def sentences(listed: Sequence[Sentence], ranks: Sequence[str]) -> Html:
    """Return sentences as a numbered list; ``ranks`` are the words of confidence from least to most.

    Raises ReadingError where a sentence rests on nothing, or has a word that is not on the scale.
    """
    for one in listed:
        if not one.rests:
            raise ReadingError(f"the sentence {one.name!r} rests on nothing; name its grounds")
        if one.word not in ranks:
            raise ReadingError(f"the sentence {one.name!r} has the word {one.word!r}; known are "
                               f"{', '.join(ranks)}")
    html = rendered("sentences.html", sentences=listed, ranks=list(ranks), slug=slug)
    plain = (f"{n}. {one.word.capitalize()}: {one.text}" for n, one in enumerate(listed, 1))
    return Html(html, "\n".join(plain))
