"""An indicator of C44: what papers meant by installation before or as the first parts arrived."""

from __future__ import annotations

from report.data.package import load
from report.rule import Indicator, indicator
from report.trace import count, days_of


def wording() -> Indicator:
    """Return the uses of the word for a plan or a work that had not begun."""
    uses = load("thaad/installation_wording")
    early = uses[uses["means"] != "a work under way"]
    return indicator("C44", "now", name="wording", origin="report",
                     measure=count(early, unit="uses").resting_on(uses),
                     label="Uses of install for what was planned or about to begin",
                     period=days_of(uses))
