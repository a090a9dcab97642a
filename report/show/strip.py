"""A claim's readings as a strip: for each limb, then and now, every reading a mark that meets the criterion
or does not.

Where the limb has a number the marks stand by value, on one scale for both vantages, and the part of the
scale that meets the criterion is shaded. Where it has words they stand in two lanes, met to the right of the
line. A mark's shape says what its colour says. Lengths are percentages or pixels, never a scaled drawing, so
type and marks keep their size on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from report.rule import VANTAGES, Claim, Limb, Operator, Reading
from report.prose import formatted
from report.book import readings, verdicts
from report.show.badge import badge
from report.show.html import rendered
from report.show.values import number

STEP = 12  # pixels from one mark to the next
ABREAST = 6  # marks beside each other in a lane, so that two lanes fit the half of a phone
NARROWEST = 150  # pixels that a scale has on a phone: marks that would touch there are stacked
CHARACTER = 6  # pixels that one takes in a label
MARGIN = 5  # percent of a scale left free on both sides
FEW = 6  # readings that the words for a strip name one by one
SIGNS = {Operator.AT_LEAST: "≥ {}", Operator.WITHIN_TENTH: "{} ± 10 %",
         Operator.WITHIN_FIVE_POINTS: "{} ± 5"}


@dataclass(frozen=True)
class Scale:
    """Where a value stands between the edges of a strip, in percent."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        low, high, value = (
            map(math.log10, (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        )
        return MARGIN + (100 - 2 * MARGIN) * (value - low) / (high - low)

    @classmethod
    def over(cls, values: Sequence[float], percent: bool) -> Scale:
        """Return a scale that holds the values: 0 to 100 for shares, logarithmic where they differ
        twentyfold.
        """
        low, high = min(values), max(values)
        if percent and low >= 0 and high <= 100:
            return cls(0, 100)
        if low > 0 and high / low >= 20:
            return cls(_round(low, math.floor), _round(high, math.ceil), log=True)
        if low == high:
            low, high = (0, 2 * high) if high > 0 else (2 * low, 0) if low < 0 else (0, 1)
        low = 0 if 0 <= low < high / 2 else low
        step = _round((high - low) / 4, math.ceil)
        return cls(math.floor(low / step) * step, math.ceil(high / step) * step)


def _round(value: float, towards) -> float:
    """Return a round number (1, 2 or 5 times a power of ten) next to a positive value, below or above it."""
    power = 10 ** math.floor(math.log10(value))
    steps = (1, 2, 5, 10)
    fits = [
        s
        for s in steps
        if (s <= value / power + 1e-9 if towards is math.floor else s >= value / power - 1e-9)
    ]
    return power * (fits[-1] if towards is math.floor else fits[0])


@dataclass(frozen=True)
class Axis:
    """How a limb's readings become places on a scale: by value, or as a multiple of what each is compared
    with.
    """

    limb: Limb
    op: Operator
    scale: Scale
    threshold: float
    times: bool

    def value(self, r: Reading) -> float:
        return _value(r, self.times)

    @property
    def fulfilled(self) -> tuple[float, float]:
        """Return the part of the scale that meets the criterion, in percent."""
        low, high = self.op.interval(self.threshold)
        return (0 if math.isinf(low) else max(0, self.scale.place(low)),
                100 if math.isinf(high) else min(100, self.scale.place(high)))


def axis_of(limb: Limb, found: Sequence[Reading]) -> Axis | None:
    """Return the axis of a limb whose readings are numbers, or None where they stand in two lanes."""
    if limb.op is None or not found or any(r.value is None or r.threshold is None for r in found):
        return None
    times, threshold = limb.threshold is None, 1.0 if limb.threshold is None else limb.threshold
    if times and any(r.limit <= 0 or r.number < 0 for r in found):
        return None
    values = [_value(r, times) for r in found]
    values += [] if times else [v.value for r in found for v in r.variants if v.value is not None]
    edges = [edge for edge in limb.op.interval(threshold) if math.isfinite(edge)]
    return Axis(limb, limb.op, Scale.over([*values, *edges], limb.unit == "percent"), threshold, times)


def _value(r: Reading, times: bool) -> float:
    return r.number / r.limit if times else r.number


def stacked(places: Sequence[float]) -> list[int]:
    """Return the level of each mark, so that none covers another on the narrowest page."""
    apart = 100 * STEP / NARROWEST
    ends: list[float] = []
    levels: dict[int, int] = {}
    for i in sorted(range(len(places)), key=places.__getitem__):
        level = next((k for k, end in enumerate(ends) if places[i] - end >= apart), len(ends))
        ends[level:level + 1] = [places[i]]
        levels[i] = level
    return [levels[i] for i in range(len(places))]


@dataclass(frozen=True)
class Mark:
    """A sign at a place: of a reading, or of a variant, which names none. ``x`` is a length of SVG, ``y`` is
    in pixels.
    """

    kind: str
    x: str
    y: float
    reading: str = ""

    @classmethod
    def of(cls, r: Reading, x: str, y: float) -> Mark:
        """Return the mark of a reading, by whether it meets the criterion."""
        return cls("met" if r.met else "unmet", x, y, r.id)


@dataclass(frozen=True)
class Label:
    """Words under a scale: the criterion's limit, or an end of the scale."""

    text: str
    x: str
    anchor: str
    is_limit: bool = False


@dataclass(frozen=True)
class Drawing:
    """One strip: its height in pixels, what it says in words, and its marks; with a scale also what stands on
    that.
    """

    height: float
    said: str
    marks: list[Mark]
    base: float | None = None
    low: float = 0
    high: float = 0
    at: float = 0
    labels: Sequence[Label] = ()


def _said(limb: Limb, found: Sequence[Reading], vantage: str) -> str:
    """Return a strip in words: how many readings meet the criterion, and which, where they are few."""
    met = f"{sum(r.met for r in found)} of {len(found)} readings meet the criterion"
    if len(found) > FEW:
        return f"{limb.name}, {vantage}: {met}; the table below lists them."
    each = "; ".join(
        ", ".join(filter(None, (r.label, number(r.value, r.unit), "met" if r.met else "not met")))
        for r in found
    )
    return f"{limb.name}, {vantage}: {met}. {each}."


def lanes(limb: Limb, found: Sequence[Reading], vantage: str) -> Drawing:
    """Return readings whose criterion is in words: not met to the left of the line, met to the right."""
    sides = {met: [r for r in found if r.met is met] for met in (False, True)}
    rows = max(1, math.ceil(max(map(len, sides.values())) / ABREAST))
    height = rows * STEP + 4
    marks = []
    for met, side in sides.items():
        for i, r in enumerate(side):
            column, row = divmod(i, rows)
            x = (1 if met else -1) * (STEP * column + STEP * 0.75)
            marks.append(Mark.of(r, str(x), height - 2 - STEP * (row + 0.5)))
    return Drawing(height, _said(limb, found, vantage), marks)


def by_value(axis: Axis, found: Sequence[Reading], vantage: str) -> Drawing:
    """Return readings that are numbers, each at its value, with the part of the scale that meets the
    criterion shaded.
    """
    places = [axis.scale.place(axis.value(r)) for r in found]
    levels = stacked(places)
    base = STEP * (max(levels, default=0) + 1) + 4
    low, high = axis.fulfilled
    variants = [] if axis.times else [v.value for r in found for v in r.variants if v.value is not None]
    marks = [*(Mark("variant", f"{axis.scale.place(value):.1f}%", base) for value in variants),
             *(Mark.of(r, f"{x:.1f}%", base - 2 - STEP * (level + 0.5))
               for r, x, level in zip(found, places, levels, strict=True))]
    return Drawing(base + 20, _said(axis.limb, found, vantage), marks, base, low, high,
                   axis.scale.place(axis.threshold), _labels(axis))


def _labels(axis: Axis) -> list[Label]:
    """Return the threshold's label, and those of the ends that leave it room."""
    at = axis.scale.place(axis.threshold)
    limit = SIGNS.get(axis.op, axis.op + " {}").format(_printed(axis, axis.threshold))
    labels = [
        Label(limit, f"{at:.1f}%", "start" if at < 12 else "end" if at > 88 else "middle", is_limit=True)
    ]
    for value, end, x in ((axis.scale.low, "start", MARGIN), (axis.scale.high, "end", 100 - MARGIN)):
        text = _printed(axis, value)
        room = CHARACTER * (len(text) + len(limit) / 2 + 1) * 100 / NARROWEST
        if abs(x - at) > room:
            labels.append(Label(text, f"{x:g}%", end))
    return labels


def _printed(axis: Axis, value: float) -> str:
    """Return a value as a scale prints it."""
    if axis.times:
        return "×" + formatted(value, ",.3g")
    return formatted(value, f",.{0 if abs(value) >= 10 or float(value).is_integer() else 1}f")


def limb_strips(one: Claim, limb: Limb) -> dict:
    """Return one limb's row of the strip: its name, its scale in words, its readings then and now (or None).
    """
    found = [r for r in readings(one.id) if r.limb == limb.name]
    axis = axis_of(limb, found)
    drawings = {}
    for vantage in VANTAGES:
        here = [r for r in found if r.vantage == vantage]
        draw = (
            by_value(axis, here, vantage) if axis and here else lanes(limb, here, vantage) if here else None
        )
        drawings[vantage] = draw
    unit = "" if axis is None else "times what it is compared with" if axis.times else limb.unit or ""
    scale = f"{unit}{', log scale' if axis.scale.log else ''}" if axis else None
    return {"limb": limb, "scale": scale, "drawings": drawings}


def marks() -> Markup:
    """Return the signs of readings, drawn once on the page and used by every strip."""
    return rendered("strip_marks.html")


def strips(one: Claim) -> Markup:
    """Return a claim's verdicts and, under each, its readings limb by limb; nothing for what has no verdict.
    """
    if not one.kind.graded:
        return Markup("")
    return rendered("strips.html", heads={v: badge(found, True) for v, found in verdicts(one.id).items()},
                    rows=[limb_strips(one, limb) for limb in one.limbs])
