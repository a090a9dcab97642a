"""The numbers of the page on a reader's own rule: how many rules there are, and what none of them changes."""

from __future__ import annotations

from argument.own_rule import series
from argument.summary.numbers import of_claims
from report.ledger import own_ground
from report.trace import Measure


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    found, tested = series.all_rules(), series.tested()
    most = series.by_choice().iloc[0]
    used = [own_ground().ways[id] for id in own_ground().kinds]
    half = sum(series.kept(key) > 0.5 for key in tested)
    told = {"rules": (found.grid.size, "rules"), "choices": (len(found.grid.values), "choices"),
            "verdicts": (len(tested), "verdicts"), "still": (len(found.unmoved()), "verdicts"),
            "still-which": (series.in_order(found.unmoved()), None),
            "sided": (len(found.one_sided()), "verdicts"), "half": (half, "verdicts"),
            "excerpts": (100 * used.count("excerpt") / len(used), "percent"),
            "most": (most["label"].lower(), None), "most-often": (float(most["often"]), "percent")}
    return {f"own-rule-{key}": of_claims(value, unit) for key, (value, unit) in told.items()}
