"""A reader's own rule: the choices of ``report.rule.choices`` as one value, its address, and what it makes of
the readings.

Pure: a ``Ground`` (claims, readings, and what is known of their sources) and a rule in, verdicts out. First
it is settled which readings count and what each says under the rule; then the one rule of
``report.rule.verdict`` is applied to them. The script of the page does the same, and a test holds the two
together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from report.rule.choices import choices, default
from report.rule.model import Claim, Limb, Reading, Verdict
from report.rule.vocabulary import VANTAGES, Kind, Operator, Vantage, judged_by
from report.rule.robustness import Groups, Key, by_claim
from report.rule.verdict import Rule, verdict_of

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
SAFE = ",:!*'()"  # what an address holds as it is, beside letters, digits and -_.~


class Statement(NamedTuple):
    """What a reading says by itself or by a variant, and the groups of sources that it needs."""

    value: float | None
    hedge: str
    met: bool
    rests_on: tuple[frozenset[str], ...]

    def stands(self, gone: frozenset[str]) -> bool:
        """Say whether every group has a source that is not gone."""
        return not any(group <= gone for group in self.rests_on)


@dataclass(frozen=True)
class Ground:
    """What a rule is applied to: claims, readings, and what is known of sources and origins.

    ``rests_on`` holds for each reading its groups of sources, of each of which any one is enough, and
    ``variants_rest_on`` the same for each of its variants.
    """

    claims: tuple[Claim, ...]
    readings: tuple[Reading, ...]
    rests_on: Groups
    variants_rest_on: Mapping[str, tuple[Collection[frozenset[str]], ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)  # of sources
    ways: Mapping[str, str] = field(default_factory=dict)  # in which sources were read
    voices: Mapping[str, str] = field(default_factory=dict)  # whose an origin's is
    credited: Mapping[str, Collection[str]] = field(default_factory=dict)
    as_of: date | None = None

    # what is asked of the ground for each of many rules

    @cached_property
    def kind_of(self) -> dict[str, Kind]:
        """The kind of each claim."""
        return {c.id: c.kind for c in self.claims}

    @cached_property
    def limb_of(self) -> dict[tuple[str, str], Limb]:
        """Each limb by its claim and name."""
        return {(limb.claim, limb.name): limb for c in self.claims for limb in c.limbs}

    @cached_property
    def voice_of(self) -> dict[str, str]:
        """Whose voice each origin is, as an address holds it."""
        return {origin: slug(voice) for origin, voice in self.voices.items()}

    @cached_property
    def said_by(self) -> dict[str, list[Statement]]:
        """What each reading says by itself and by its variants."""
        return {r.id: self._said(r) for r in self.readings}

    def _said(self, one: Reading) -> list[Statement]:
        rest = self.variants_rest_on.get(one.id, ())
        return [Statement(one.value, one.said, one.met, tuple(self.rests_on[one.id])),
                *(Statement(v.value, "", v.met, tuple(rest[i]) if i < len(rest) else ())
                  for i, v in enumerate(one.variants))]

    def members(self, register: str) -> dict[str, int]:
        """Return the names that a choice may take from a register, each with how many variants it has."""
        if register == "variants":
            return {r.id: len(r.variants) for r in self.readings if r.variants}
        if register == "thresholds":
            return {limb_key(limb): 0 for one in self.claims for limb in one.limbs if movable(limb)}
        found: Iterable[str] = {
            "kinds": self.kinds.values(), "ways": self.ways.values(), "sources": self.kinds,
            "origins": (r.origin for r in self.readings), "readings": (r.id for r in self.readings),
            "voices": (slug(v) for v in self.voices.values() if v)}[register]
        return dict.fromkeys(sorted(set(found)), 0)


def slug(name: str) -> str:
    """Return a name as an address holds it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def limb_key(limb: Limb) -> str:
    """Return a limb as an address names it."""
    return f"{limb.claim}.{limb.name}"


def movable(limb: Limb) -> bool:
    """Say whether a limb has a threshold of its own, which a reader can move."""
    return limb.op is not None and limb.threshold is not None


@dataclass(frozen=True)
class OwnRule:
    """A reader's choices; the defaults are the book's own. Fields have the names of ``choices.toml``."""

    votes: str = default("votes")
    limbs: str = default("limbs")
    essential: str = default("essential")
    lower: float = default("lower")
    upper: float = default("upper")
    level: float = default("level")
    points: float = default("points")
    harder: float = default("harder")
    at: tuple[tuple[str, float], ...] = ()
    without: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    later: str = default("later")
    credited: str = default("credited")
    voices: str = default("voices")
    origins: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    variants: str = default("variants")
    swap: tuple[tuple[str, float], ...] = ()
    vantage: str = default("vantage")

    def rule(self, as_of: date | None = None) -> Rule:
        """Return what is left of the choices once it is settled which readings count and what they say."""
        return Rule(cuts=(self.lower, self.upper), by_reading=self.votes == "reading",
                    weakest_limb=self.limbs == "weakest", essential=self.essential == "on", as_of=as_of)

    @property
    def address(self) -> str:
        """Return the choices that are not the book's own, as the query of an address."""
        said = ((f.name, getattr(self, f.name)) for f in fields(self))
        return "&".join(f"{name}={quote(_written(value), safe=SAFE)}" for name, value in said
                        if value != _default(name))


def _default(name: str) -> object:
    """Return a choice's default as the rule holds it."""
    found = default(name)
    return tuple(found) if isinstance(found, list) else found


def printed(value: float) -> str:
    """Return a number of an address: at most six decimals, none that is nought at the end."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(one if isinstance(one, str) else f"{one[0]}:{printed(one[1])}" for one in value)
    return printed(value) if isinstance(value, (int, float)) else str(value)


# The address read again -------------------------------------------------------------------------------------

def of_address(query: str, ground: Ground) -> tuple[OwnRule, list[str]]:
    """Return the rule of an address, and what of it is ignored because it means nothing here.

    Nothing that an address says can do harm: an unknown name or value, or a number out of bounds, leaves the
    book's own choice in place.
    """
    chosen: dict[str, object] = {}
    ignored: list[str] = []
    for name, text in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        one = choices().get(name)
        if one is None or name in chosen:
            ignored.append(name)
            continue
        value, left = _read(one, text, ground)
        ignored += [f"{name}={part}" for part in left]
        if value is not None:
            chosen[name] = value
    return OwnRule(**chosen), ignored  # type: ignore[arg-type]


def _read(one: Mapping, text: str, ground: Ground) -> tuple[object, list[str]]:
    if one["kind"] == "one":
        known = [o["value"] for o in one["options"]] + list(ground.members(one["of"]) if "of" in one else ())
        return (text, []) if text in known else (None, [text])
    if one["kind"] == "number":
        value = _number(text, one["least"], one["most"])
        return (value, []) if value is not None else (None, [text])
    known_members = ground.members(one["of"])
    kept: dict[str, float | None] = {}
    left = []
    for part in filter(None, text.split(",")):
        member, value = _member(part, one, known_members)
        if member in known_members and member not in kept and (one["kind"] == "several" or value is not None):
            kept[member] = value
        else:
            left.append(part)
    return tuple(sorted(kept if one["kind"] == "several" else kept.items())), left


def _member(part: str, one: Mapping, known: Mapping[str, int]) -> tuple[str, float | None]:
    """Return a member of a register, with its number where the choice pairs it with one."""
    if one["kind"] == "several":
        return part, None
    member, _, number = part.rpartition(":")
    if one["of"] == "variants":
        value = _number(number, 1, known.get(member, 0))
        return member, value if value is not None and value.is_integer() else None
    return member, _number(number, -math.inf, math.inf)


def _number(text: str, least: float, most: float) -> float | None:
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if least <= value <= most else None


# What the readings say under a rule -------------------------------------------------------------------------

def counted(own: OwnRule, ground: Ground) -> list[Reading]:
    """Return the readings that count under a rule, each with what it says under it."""
    gone = frozenset(id for id, kind in ground.kinds.items()
                     if kind in own.without or ground.ways.get(id) in own.read or id in own.sources)
    swaps = dict(own.swap)
    found = []
    for r in ground.readings:
        if not _admitted(own, ground, r):
            continue
        met = _says(own, ground, r, gone, swaps)
        if met is not None:
            found.append(r if met == r.met else replace(r, met=met))
    return found


def _admitted(own: OwnRule, ground: Ground, r: Reading) -> bool:
    """Say whether a reading counts, its sources aside."""
    if r.id in own.off or r.origin in own.origins or (own.later == "out" and r.later_source):
        return False
    if own.credited == "only" and r.claim in ground.credited and r.origin not in ground.credited[r.claim]:
        return False
    return own.voices == "all" or ground.kind_of[r.claim] is not Kind.MOTIVE \
        or ground.voice_of.get(r.origin, "") == own.voices


def _says(own: OwnRule, ground: Ground, r: Reading, gone: frozenset[str],
          swaps: Mapping[str, float]) -> bool | None:
    """Return whether a reading is met under a rule, or None where its sources do not count."""
    said, at, limb = ground.said_by[r.id], int(swaps.get(r.id, 0)), ground.limb_of[r.claim, r.limb]
    if not said[at].stands(gone):
        return None
    if at or own.variants == "none" or len(said) == 1:
        return _met(own, limb, said[at])
    among = [_met(own, limb, one) for one in said if one.stands(gone)]
    return any(among) if own.variants == "for" else all(among)


def _met(own: OwnRule, limb: Limb, said: Statement) -> bool:
    """Return whether a value meets its limb's criterion under a rule; as it was, where nothing is moved."""
    value, was = said.value, said.met
    if limb.op is None or not movable(limb) or value is None:
        return was
    threshold = threshold_under(own, limb)
    tolerant = (own.level, own.points) != (default("level"), default("points"))
    if threshold == limb.threshold and not (tolerant and limb.op.startswith("within")):
        return was
    return judged_by(limb.op, value, threshold, said.hedge, own.level, own.points)


def threshold_under(own: OwnRule, limb: Limb) -> float:
    """Return a limb's threshold under a rule, in the limb's unit."""
    own_at = dict(own.at).get(limb_key(limb))
    if own_at is not None:
        return own_at
    if limb.op in (Operator.ABOVE, Operator.AT_LEAST):
        return limb.limit + own.harder / 100 * abs(limb.limit)
    if limb.op is Operator.BELOW:
        return limb.limit - own.harder / 100 * abs(limb.limit)
    return limb.limit


def judged_under(own: OwnRule, ground: Ground) -> dict[Key, Verdict]:
    """Return every verdict under a rule, those without a word among them."""
    grouped, rule = by_claim(counted(own, ground)), own.rule(ground.as_of)
    return {(c.id, v): verdict_of(c, grouped.get(c.id, ()), v, rule) for c in ground.claims for v in VANTAGES}


def moved(own: OwnRule, ground: Ground) -> list[str]:
    """Return the claims of which a verdict that is shown takes another word than by the book's own rule."""
    before, after = judged_under(OwnRule(), ground), judged_under(own, ground)
    shown = VANTAGES if own.vantage == "both" else (Vantage(own.vantage),)
    return [c.id for c in ground.claims if any(before[c.id, v].word != after[c.id, v].word for v in shown)]

