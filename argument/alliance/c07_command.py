"""An indicator of C07: the combined command of the two armies, which is the wartime alliance in its own form.

It is no written pledge of defence, so it does not vote on the commitment.
"""

from __future__ import annotations

from report.data.package import load
from report.rule import Indicator, indicator
from report.trace import count


def combined_command() -> Indicator:
    """Return how many accounts date the founding of the combined command within the war."""
    accounts = load("alliance/combined_command")
    dated = accounts[accounts["founded"].notna()]
    agreed = int(dated["agreed_by_both"].fillna(False).sum())
    return indicator("C07", "then", name="combined-command", origin="report",
                     measure=count(dated, unit="accounts").resting_on(accounts),
                     label="Accounts of a combined command of both armies",
                     period=(dated["founded"].min(), dated["founded"].max()),
                     note=f"Of {len(accounts)} read; {agreed} have both sides agree to it. Kim Il Sung "
                          "gave up the command of his army under pressure, by others.")
