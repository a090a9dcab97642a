"""What the book's comparisons with quiet times could have seen at all: windows around the nuclear tests,
market prices around shocks, and tourists before and after the stop of tours, the last by other bases too.

A comparison that finds nothing says little where only a large move would have stood out.
"""

from __future__ import annotations

import pandas as pd

from argument.survival.series import placebo, quiet_tails
from argument.tests.c26_bond import Watched, windows_and_chance
from argument.tests.windows import Pooled, setting
from argument.thaad.event_study import JUDGED, Effect, base, effect, sample_of, spells
from argument.thaad.series import VISITORS
from report.data.package import answered, load
from report.data.table import SEPARATOR
from report.rule import claim
from report.trace import Measure, cited, measure, united

SPANS = {"then": "decision to January 2017", "order": "the year after the stop"}
ITEMS = {"US dollar": "US dollar in Pyongyang", "rice": "Rice in Pyongyang"}


@answered
def windows() -> pd.DataFrame:
    """Return for each comparison what chance allows and the smallest move that it could have shown."""
    return pd.DataFrame([*(_window(*pair) for pair in windows_and_chance()), *map(_price, ITEMS)])


def _window(one: Watched, found: Pooled) -> dict:
    told = one.scale.told
    return _row(one.label, one.scale.unit, f"{len(found.at_tests)} at tests, {len(found.at_quiet)} quiet",
                told(found.effect.number - found.high), told(found.effect.number - found.low),
                told(found.smallest_seen()), found.effect, "C26", told(one.scale.smallest),
                found.chance_to_see(one.scale.smallest))


def _price(item: str) -> dict:
    """Return what a price could have shown: a rise that passes the quiet range from four in five starts."""
    quiet = placebo(item)
    values = quiet.astype(float) / 100
    low, high, start = (values.quantile(share) for share in (*quiet_tails(), 1 - setting("power") / 100))
    rests = Measure(0, None, None, united(*(change.rows for change in quiet)))
    return _row(ITEMS[item], "percent change", f"{len(quiet)} quiet half-years, overlapping", 100 * low,
                100 * high, 100 * ((1 + high) / (1 + start) - 1), rests, "C18")


def windows_told() -> pd.DataFrame:
    """Return the comparisons as a table prints them: whole numbers with their sign and unit."""
    rows = windows()
    return rows.assign(
        allowed=[f"{r.low.value:+.0f} to {r.high.value:+.0f} {r.unit}" for r in rows.itertuples()],
        visible=[f"{r.seen.value:+.0f}" for r in rows.itertuples()],
        needed=["" if r.matters is None else f"{r.matters.value:+.0f}" for r in rows.itertuples()],
        found=["" if r.chance is None else f"{r.chance.value:.0f}" for r in rows.itertuples()])


def tourists_told() -> pd.DataFrame:
    """Return the estimates as a table prints them."""
    rows = tourists()
    return rows.assign(
        change=[f"{r.percent.value:+.0f} ({r.low.value:+.0f} to {r.high.value:+.0f})"
                for r in rows.itertuples()],
        place=[f"{r.rank.value:.0f} of {r.of}" for r in rows.itertuples()],
        visible=[f"{r.seen.value:+.0f}" for r in rows.itertuples()])


def _row(label: str, unit: str, compared: str, low: float, high: float, seen: float, rests: Measure,
         claims: str, matters: float | None = None, chance: float | None = None) -> dict:
    known = {"low": low, "high": high, "seen": seen, "matters": matters, "chance": chance}
    return {"label": label, "unit": unit, "compared": compared, "claims": claims,
            "row": SEPARATOR.join(rests.rows), "source_id": SEPARATOR.join(rests.sources),
            **{name: None if value is None else Measure(float(value), unit, None, rests.rows)
               for name, value in known.items()}}


@answered
def tourists() -> pd.DataFrame:
    """Return China's fall of tourists against the controls by other bases, before and after the stop."""
    visitors = load(VISITORS)
    found = [(span, effect(visitors, before=base(first), after=spells()[span]))
             for span in SPANS for first in claim(JUDGED).listed("other_bases")]
    return pd.DataFrame([_estimate(span, one, sample_of(visitors, one)) for span, one in found])


def _estimate(span: str, one: Effect, rows: pd.DataFrame) -> dict:
    first, last = one.before
    low, high = one.percent_interval
    values = {"percent": one.percent, "low": low, "high": high, "rank": one.rank, "seen": one.smallest_seen}
    return {"span": SPANS[span], "base": f"{first} to {last}", "name": f"{span}-{first[:4]}",
            "of": len(one.controls) + 1, "claims": "C31", "row": SEPARATOR.join(rows.index),
            "source_id": SEPARATOR.join(cited(rows)),
            **{name: measure(rows, value, unit="percent") for name, value in values.items()}}
