"""The things of the rule as types: claims with their limbs, readings with their variants, verdicts.

Their words stand in ``report.rule.vocabulary``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from report.rule.vocabulary import (Firmness, Hedge, Kind, NowMeans, Operator, Vantage, VoteUnit, Word,
                                    judged_by)


class ReadingError(ValueError):
    """A reading that does not fit its claim; the message names the reading and the fix."""


def _number(of: str, what: str, value: float | None) -> float:
    if value is None:
        raise ReadingError(f"{of} has no {what} to compute with; ask whether it is met")
    return value


class _WithSettings:
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
class Limb(_WithSettings):
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
            raise ReadingError(f"{self.claim} {self.name}: data/claim_limbs.csv has no op, or no threshold; "
                               "write both there, or pass against= as the threshold")
        if math.isnan(value):
            raise ReadingError(f"{self.claim} {self.name}: the value is missing; drop the reading")
        if said not in list(Hedge):
            raise ReadingError(f"{self.claim} {self.name}: hedge {said!r} is not one of "
                               f"{', '.join(list(Hedge)[1:])}")
        return judged_by(self.op, value, threshold, said)


@dataclass(frozen=True)
class Claim(_WithSettings):
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
