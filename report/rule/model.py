"""The words of the rule as types: claims with their limbs, readings with their variants, indicators,
verdicts.

Each closed vocabulary stands here once, as an enum whose members are the words themselves; what a word ranks,
which side it is on and which mark shows it are its properties.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from report.rule.choices import default, table

ROUNDING = float(table()["rounding"])
TENTH, FIVE_POINTS = float(default("level")), float(default("points"))  # tolerances, in percent and points


class ReadingError(ValueError):
    """A reading that does not fit its claim; the message names the reading and the fix."""


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
        return {self.SAME_PERIOD: "Now: hindsight on the same period.", self.PRESENT: "Now: the world as it "
                                                                                      "is.",
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

    def printed(self, threshold: str) -> str:
        """Return the criterion as tables print it, around a threshold that is printed already."""
        return f"{threshold} {self.replace('within', '±')}" if self.startswith(
            "within") else f"{self} {threshold}"


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


def _number(of: str, what: str, value: float | None) -> float:
    if value is None:
        raise ReadingError(f"{of} has no {what} to compute with; ask whether it is met")
    return value


class _Set:
    """What has settings: the windows, years, admitted voices and the like that its evidence asks for."""

    settings: Mapping[str, str]

    @property
    def _settings_of(self) -> str:
        """Return the table that holds the settings, and the key of their rows, for messages."""
        raise NotImplementedError

    def setting(self, name: str) -> str:
        """Return a setting as text; raise ReadingError for one that the table lacks."""
        if name not in self.settings:
            raise ReadingError(f"{self._settings_of} has no setting {name!r}; add the row")
        return self.settings[name]

    def number(self, name: str) -> float:
        """Return a setting as a number; raise ReadingError where it is none."""
        try:
            return float(self.setting(name))
        except ValueError:
            raise ReadingError(f"{self._settings_of}: setting {name} is {self.setting(name)!r} and no plain "
                               "number such as 1200.5; correct it") from None

    def whole(self, name: str) -> int:
        """Return a setting as a whole number, such as a year; raise ReadingError where it is none."""
        number = self.number(name)
        if number != int(number):
            raise ReadingError(f"{self._settings_of}: setting {name} is {self.setting(name)!r} and no whole "
                               "number such as 2014; correct it")
        return int(number)

    def listed(self, name: str) -> list[str]:
        """Return a setting that lists several, parted by semicolons."""
        return self.setting(name).split("; ")


@dataclass(frozen=True)
class Limb(_Set):
    """One checkable part of a claim: its criterion for ONE reading and, where it is a number, operator and
    threshold.

    ``unit_of_vote`` says what has one vote in it; an ``essential`` limb carries the sentence, so that the
    claim cannot be borne out without it. ``settings`` are the windows, years, admitted voices and the like
    that the criterion names (data/limb_settings.csv).
    """

    claim: str
    name: str
    criterion: str
    unit: str | None = None
    op: Operator | None = None
    threshold: float | None = None
    unit_of_vote: VoteUnit = VoteUnit.ORIGIN
    essential: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def _settings_of(self) -> str:
        return f"data/limb_settings.csv: {self.claim} {self.name}"

    @property
    def limit(self) -> float:
        """Return the threshold; raise ReadingError where the criterion is in words or leaves it open."""
        return _number(f"{self.claim} {self.name}", "threshold", self.threshold)

    def met(self, value: float, against: float | None = None, said: str = "") -> bool:
        """Say whether ``value`` (in the limb's unit) meets the criterion.

        ``against`` is the threshold where the limb leaves it to the reading (a base year, an earlier test).
        ``said`` is the source's own hedge.
        """
        threshold = self.threshold if self.threshold is not None else against
        if self.op is None or threshold is None:
            raise ReadingError(f"{self.claim} {self.name}: no operator and threshold; pass met=True or "
                               "met=False")
        if math.isnan(value):
            raise ReadingError(f"{self.claim} {self.name}: the value is missing; drop the reading")
        if said not in list(Hedge):
            raise ReadingError(f"{self.claim} {self.name}: hedge {said!r} is not one of "
                               f"{', '.join(list(Hedge)[1:])}")
        return judged_by(self.op, value, threshold, said)


def judged_by(op: Operator, value: float, threshold: float, said: str = "", level: float = TENTH,
              points: float = FIVE_POINTS) -> bool:
    """Say whether a value, hedged as its source hedged it, meets a criterion under these tolerances."""
    if said == Hedge.FEWER_THAN and op in (Operator.ABOVE, Operator.AT_LEAST):
        # a count below X can reach the threshold only where X lies above it
        return bool(value > threshold + 1)
    op = Operator.AT_LEAST if said == Hedge.ABOUT and op is Operator.ABOVE else op
    return bool(op.met(value, threshold, level, points))


@dataclass(frozen=True)
class Claim(_Set):
    """One statement of the article.

    ``settings`` are what its indicators need, where it has no limbs to hold them (data/claim_settings.csv).
    """

    id: str
    section: int
    chapter: str
    kind: Kind
    text: str
    quote: str
    credited_to: str | None
    claimed_value: str | None
    unit: str | None
    now_means: NowMeans
    limbs: tuple[Limb, ...]
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def _settings_of(self) -> str:
        return f"data/claim_settings.csv: {self.id}"

    @property
    def anchor(self) -> str:
        """Return the claim's anchor on the page of the ledger."""
        return f"claim-{self.id.lower()}"

    @property
    def href(self) -> str:
        """Return the claim's address in the book."""
        return f"claims.html#{self.anchor}"

    def limb(self, name: str) -> Limb:
        """Return a limb by its name; raise ReadingError for an unknown one."""
        for limb in self.limbs:
            if limb.name == name:
                return limb
        known = ", ".join(limb.name for limb in self.limbs) or "none"
        raise ReadingError(f"data/claim_limbs.csv: {self.id} has no limb {name!r}; known are {known}. Add "
                           "its row, or correct the name")


class _Valued:
    label: str
    value: float | None

    @property
    def number(self) -> float:
        """Return the value where it is a number; raise ReadingError where it is judged in words."""
        return _number(repr(self.label), "value", self.value)


@dataclass(frozen=True)
class Variant(_Valued):
    """A reading's sibling that does not vote: a reprint, another base year, an estimate
    that rests on assumptions.
    """

    label: str
    value: float | None
    met: bool
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    key: str | None = None


@dataclass(frozen=True)
class Reading(_Valued):
    """One way to measure one limb at one vantage: one vote for its origin and definition."""

    id: str
    claim: str
    limb: str
    vantage: Vantage
    label: str
    value: float | None
    unit: str | None
    op: Operator | None
    threshold: float | None
    met: bool
    period: tuple[str, str]
    origin: str
    definition: str
    later_source: bool
    rows: tuple[str, ...]
    sources: tuple[str, ...]
    variants: tuple[Variant, ...] = ()
    note: str = ""
    speaker: str | None = None
    said: str = ""
    votes_as: str = ""  # the origin or the act whose one vote this reading shares

    @property
    def limit(self) -> float:
        """Return the number that the value is held against; raise ReadingError where there is none."""
        return _number(self.id, "threshold", self.threshold)


@dataclass(frozen=True)
class Indicator(_Valued):
    """A measurement that informs a judgement or a claim without a vote."""

    id: str
    claim: str
    vantage: Vantage
    label: str
    value: float | None
    unit: str | None
    period: tuple[str, str]
    origin: str
    rows: tuple[str, ...]
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class LimbTally:
    """How one limb stands at a vantage: its readings, the units of vote behind them, and their mean."""

    name: str
    met: int
    readings: int
    units: int
    share: float | None  # of 1, each unit counting alike; None where nothing was read
    essential: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the readings of one claim at one vantage come to; ``word`` is None where it gets no verdict.

    ``units`` counts the independent units of vote, ``share`` is the mean over limbs of 1, before any cap;
    ``capped`` says that an essential limb kept the word from support. ``newest`` is the last year, month or
    day of the newest reading, and ``older`` the word as of then, where that is too long ago for a claim on
    the present.
    """

    claim: str
    vantage: Vantage
    word: Word | None
    met: int = 0
    readings: int = 0
    limbs: tuple[LimbTally, ...] = ()
    units: int = 0
    share: float | None = None
    firmness: Firmness | None = None
    newest: str | None = None
    older: Word | None = None
    capped: bool = False
    qualifiers: tuple[str, ...] = ()

    @property
    def by_limb(self) -> dict[str, tuple[int, int]]:
        """Return how many readings of each limb are met, and how many there are."""
        return {tally.name: (tally.met, tally.readings) for tally in self.limbs}

    @property
    def weakest(self) -> LimbTally | None:
        """Return the limb that stands lowest, where more than one was read."""
        read = [(tally.share, n) for n, tally in enumerate(self.limbs) if tally.share is not None]
        return self.limbs[min(read)[1]] if len(read) > 1 else None

    @property
    def counts(self) -> str:
        """Return the counts behind the word, as shown beside it."""
        return f"{self.met} of {self.readings} met" if self.readings else "no reading"

    @property
    def standing(self) -> str:
        """Return how many independent votes stand behind the word, and how firm it is."""
        return f"{self.votes}, {self.firmness}" if self.firmness else ""

    @property
    def votes(self) -> str:
        """Return how many independent votes stand behind the word, with the noun."""
        return f"{self.units} {'vote' if self.units == 1 else 'votes'}"

    @property
    def said(self) -> tuple[str, ...]:
        """Return what is said after the word: its qualifiers, and the word that time has overtaken."""
        overtaken = (f"in {self.newest[:4]} {self.older}",) if self.older and self.newest else ()
        return (*self.qualifiers, *overtaken)

    @property
    def phrase(self) -> str:
        """Return the word with its qualifiers."""
        return ", ".join((self.word or "no verdict", *self.said))


# What a reader's choice selects: the keys of its dimensions, in their order, lead to a reading or variant.
Options = dict[tuple[str, ...], Reading | Variant]


def as_json(one: Reading | Indicator) -> dict:
    """Return a reading or indicator in the shape of ledger.json."""
    entry = {k: v for k, v in asdict(one).items() if k not in ("claim",) and v is not None}
    if isinstance(one, Reading):
        entry["variants"] = [{k: v for k,
                              v in asdict(w).items() if k in ("label", "value", "met", "rows", "sources")}
                             for w in one.variants]
        for k in ("value", "unit", "op", "threshold"):
            entry.setdefault(k, None)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in entry.items() if v != "" or k == "label"}
