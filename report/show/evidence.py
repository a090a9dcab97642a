"""What stands behind a claim's verdicts: its readings at both vantages, limb by limb, and its indicators."""

from __future__ import annotations

from markupsafe import Markup

from report.article import article
from report.book import indicators, readings
from report.rule import VANTAGES, Claim
from report.show.badge import heading
from report.show.html import rendered


def readings_table(one: Claim, vantage: str, addressed: bool = False) -> Markup:
    """Return the readings of a claim at a vantage as a table, limb by limb, variants under their reading."""
    here = [r for r in readings(one.id) if r.vantage == vantage]
    limbs = [(limb, [r for r in here if r.limb == limb.name]) for limb in one.limbs]
    return rendered("readings.html", claim=one, limbs=limbs, heading=heading(vantage), addressed=addressed,
                    cutoff=f"{article().cutoff:%B %Y}")


def indicators_table(one: Claim, addressed: bool = False) -> Markup:
    """Return the indicators of a claim as a table, or nothing where it has none."""
    found = indicators(one.id)
    return (
        rendered("indicators.html", claim=one, indicators=found, addressed=addressed) if found else Markup("")
    )


def evidence(one: Claim, addressed: bool = False) -> Markup:
    """Return all that stands behind a claim's verdicts: readings at both vantages, then indicators."""
    tables = [
        readings_table(one, v, addressed) for v in VANTAGES if any(r.vantage == v for r in readings(one.id))
    ]
    return Markup("").join([*tables, indicators_table(one, addressed)])
