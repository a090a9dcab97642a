"""Indicators of C02 and C03 that lie beside the votes on the North: the talks that China hosted, what it
proposed itself, the statements that it refused, its votes on other states, and what scholars made of the tie.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import load
from report.rule import VANTAGES, Indicator, Vantage, indicator, seen
from report.trace import count, days_of, measure


def beside_the_votes() -> list[Indicator]:
    """Return the indicators of C02 that are no vote on the North and no draft of one."""
    made = [_sessions(), _refused()]
    return made + [make(vantage) for vantage in VANTAGES for make in (_proposals, _votes_elsewhere)]


def _sessions() -> Indicator:
    talks = load("message/talks").query("host == 'China'")
    papers = talks[talks["outcome"].isin(["joint statement", "agreed actions"])]
    return indicator("C02", "then", name="sessions-hosted", origin="report",
                     measure=count(talks, unit="sessions"), period=days_of(talks, "date_start"),
                     label="Sessions of talks on the North's nuclear programme that China hosted",
                     note=f"{len(papers)} ended in a joint statement or agreed actions.")


def _refused() -> Indicator:
    texts = load("message/council_statements")
    refused = texts[texts["outcome"] == "blocked"]
    return indicator("C02", "then", name="statements-refused", origin="report", period=days_of(refused),
                     measure=count(refused, unit="statements").resting_on(texts),
                     label="Statements of the Council on the North that China blocked",
                     note=f"Of {len(texts)} read, all of 2009 and 2010; by accounts of unnamed diplomats.")


def _proposals(vantage: Vantage) -> Indicator:
    own = seen("C02", load("message/initiatives"), vantage)
    eases = (own["kind"] == "draft to ease sanctions").sum()
    return indicator("C02", vantage, name="own-proposals", measure=count(own, unit="proposals"),
                     label="Proposals on the North that China made itself", origin="report",
                     period=days_of(own),
                     note=f"{eases} of them would have eased sanctions. Only those that came up: no census.")


def _votes_elsewhere(vantage: Vantage) -> Indicator:
    cast = seen("C02", load("message/votes_elsewhere").query("kind == 'sanctions'"), vantage)
    for_it = int((cast["vote_china"] == "yes").sum())
    against = int((cast["vote_china"] == "no").sum())
    return indicator("C02", vantage, name="yes-elsewhere", measure=measure(cast, for_it, unit="votes"),
                     label="Sanctions on other states that China voted for", period=days_of(cast),
                     note=f"Of {len(cast)} votes read; it abstained on {len(cast) - for_it - against} and "
                          f"voted against {against}. A selection: no share.")


def studies() -> list[Indicator]:
    """Return how many studies, at each vantage, find that China did not turn from the North."""
    works = load("message/scholarship").query("bears_on == 'C03' and bearing == 'for'")
    works = works.assign(published=works["year"].astype(str))
    return [_studies(seen("C03", works, vantage, "published"), vantage) for vantage in VANTAGES]


def _studies(works: pd.DataFrame, vantage: Vantage) -> Indicator:
    return indicator("C03", vantage, name="studies", measure=count(works, unit="studies"), origin="report",
                     label="Studies read that find no turn of China's policy", period=days_of(works, "year"),
                     note="; ".join(works["authors"]) + ". Abstracts alone were read.")
