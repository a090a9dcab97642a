"""The closed vocabularies of the rule, each once, as an enum whose members are the words themselves.

What a word ranks, which side it is on and which mark shows it are its properties.
"""

from __future__ import annotations

import math
from enum import StrEnum

from report.rule.choices import default, table

ROUNDING = float(table()["rounding"])
TENTH, FIVE_POINTS = float(default("level")), float(default("points"))  # tolerances, in percent and points


class Vantage(StrEnum):
    """From when a claim is judged: the time of the article, or today."""

    THEN = "then"
    NOW = "now"


class NowMeans(StrEnum):
    """What *now* asks of a claim: hindsight on its own period, the world since the cutoff, or all so far."""

    SAME_PERIOD = "same_period"
    PRESENT = "present"
    TO_DATE = "to_date"

    @property
    def told(self) -> str:
        """Return the meaning as the ledger tells it."""
        return {self.SAME_PERIOD: "Now: hindsight on the same period.",
                self.PRESENT: "Now: the world as it is.",
                self.TO_DATE: "Now: all that has happened so far."}[self]


class Kind(StrEnum):
    """What sort of statement a claim is, which decides what a verdict on it can be."""

    FIGURE = "figure"
    EVENT = "event"
    PATTERN = "pattern"
    QUOTATION = "quotation"
    MOTIVE = "motive"
    JUDGEMENT = "judgement"
    FORECAST = "forecast"

    @property
    def graded(self) -> bool:
        """Say whether claims of this kind get a verdict at all."""
        return self is not Kind.JUDGEMENT

    def judged(self, vantage: Vantage | str) -> bool:
        """Say whether claims of this kind get a verdict at a vantage: a forecast has none when it is made."""
        return self.graded and not (self is Kind.FORECAST and vantage == Vantage.THEN)


class Side(StrEnum):
    """Which way a verdict points."""

    SUPPORT = "support"
    MIXED = "mixed"
    CONTRADICTION = "contradiction"


class Word(StrEnum):
    """The words of verdicts, from support to contradiction; a motive's stand with those of like bearing."""

    SUPPORTED = "supported"
    MOSTLY_SUPPORTED = "mostly supported"
    MIXED = "mixed"
    MOSTLY_CONTRADICTED = "mostly contradicted"
    CONTRADICTED = "contradicted"
    UNTESTED = "untested"
    ATTESTED = "attested"
    MOSTLY_ATTESTED = "mostly attested"
    CONTESTED = "contested"
    MOSTLY_DENIED = "mostly denied"
    DENIED = "denied"

    @property
    def rank(self) -> int | None:
        """Return the place on the way from contradiction (0) to support (4); None
        where nothing was tested.
        """
        return _RANKS[self]

    @property
    def side(self) -> Side | None:
        """Return which way the word points; None where nothing was tested."""
        if self.rank is None:
            return None
        return Side.SUPPORT if self.rank > 2 else Side.MIXED if self.rank == 2 else Side.CONTRADICTION

    @property
    def mark(self) -> str:
        """Return the sign that says the same as the word's colour, so that neither
        carries a verdict alone.
        """
        return "–" if self.rank is None else "○◔◑◕●"[self.rank]

    @property
    def bearing(self) -> Word:
        """Return the graded word of like bearing, so that motives can stand in one picture with the rest."""
        return Word.UNTESTED if self.rank is None else GRADED[self.rank]


# from contradiction to support: of claims about the world, and of claims about motives, which voices attest
GRADED = (Word.CONTRADICTED, Word.MOSTLY_CONTRADICTED, Word.MIXED, Word.MOSTLY_SUPPORTED, Word.SUPPORTED)
VOICED = (Word.DENIED, Word.MOSTLY_DENIED, Word.CONTESTED, Word.MOSTLY_ATTESTED, Word.ATTESTED)
_RANKS = {Word.UNTESTED: None,
          **{word: rank for words in (GRADED, VOICED) for rank, word in enumerate(words)}}
NO_VERDICT_MARK = "·"
VANTAGES = (Vantage.THEN, Vantage.NOW)


def mark_of(word: Word | None) -> str:
    """Return the sign of a verdict's word, or the sign of a claim that gets none."""
    return word.mark if word else NO_VERDICT_MARK


class Operator(StrEnum):
    """How a value is held against a threshold. "Over X" is above X with no ceiling; levels
    and shares have tolerances.
    """

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    WITHIN_TENTH = "within 10 %"
    WITHIN_FIVE_POINTS = "within 5 points"

    def met(self, value: float, threshold: float, level: float = TENTH,
            points: float = FIVE_POINTS) -> bool:
        """Say whether ``value`` meets the criterion at ``threshold``, both in the limb's unit.

        ``level`` (percent of the threshold) and ``points`` are the tolerances of levels and shares.
        """
        low, high = self.interval(threshold, level, points)
        if self in (Operator.ABOVE, Operator.BELOW):
            return low + ROUNDING < value < high - ROUNDING
        return low - ROUNDING <= value <= high + ROUNDING

    def interval(self, threshold: float, level: float = TENTH,
                 points: float = FIVE_POINTS) -> tuple[float, float]:
        """Return the values that meet the criterion, as the ends of an interval."""
        margin = {Operator.WITHIN_TENTH: level / 100 * abs(threshold),
                  Operator.WITHIN_FIVE_POINTS: points}.get(self)
        if margin is not None:
            return threshold - margin, threshold + margin
        return (-math.inf, threshold) if self is Operator.BELOW else (threshold, math.inf)


class VoteUnit(StrEnum):
    """What has one vote in a limb: a maker of figures or statements, or an act, whoever recorded it."""

    ORIGIN = "origin"
    ACT = "act"


class Firmness(StrEnum):
    """How much of the evidence a word could lose before it pointed another way."""

    FIRM = "firm"
    SHAKY = "shaky"
    THIN = "thin"


class Hedge(StrEnum):
    """A source's own hedge on its figure: its "about X" meets "more than X", its "fewer than X" does not."""

    NONE = ""
    ABOUT = "about"
    FEWER_THAN = "fewer than"


def judged_by(op: Operator, value: float, threshold: float, said: str = "", level: float = TENTH,
              points: float = FIVE_POINTS) -> bool:
    """Say whether a value, hedged as its source hedged it, meets a criterion under these tolerances."""
    if said == Hedge.FEWER_THAN and op in (Operator.ABOVE, Operator.AT_LEAST):
        # a count below X can reach the threshold only where X lies above it
        return bool(value > threshold + 1)
    op = Operator.AT_LEAST if said == Hedge.ABOUT and op is Operator.ABOVE else op
    return bool(op.met(value, threshold, level, points))
