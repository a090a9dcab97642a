"""Readings made of a frame and a value instead of a measure: what is still to be moved to report.rule."""

from __future__ import annotations

from report import rule
from report.rule import Indicator, Reading, ReadingError, Variant, both, claim
from report.trace import Measure, cited


def _measure(limb, rows, value, met):
    if rows.empty or not all("#" in str(i) for i in rows.index):
        raise ReadingError(f"{limb}: the rows are none or have lost their addresses; pass rows of load() with their index")
    return Measure(bool(met) if value is None else value, None, None, tuple(dict.fromkeys(rows.index)))


def reading(limb, vantage, *, rows, value=None, met=None, **more):
    return rule.reading(limb, vantage, measure=_measure(limb, rows, value, met), met=met, **more)


def variant(limb, *, rows, value=None, met=None, **more):
    return rule.variant(limb, measure=_measure(limb, rows, value, met), met=met, **more)


def indicator(claim_id, vantage, *, rows, value=None, **more):
    return rule.indicator(claim_id, vantage, measure=_measure(claim_id, rows, value, True), **more)


__all__ = ["Indicator", "Reading", "Variant", "both", "cited", "claim", "indicator", "reading", "variant"]
