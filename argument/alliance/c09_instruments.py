"""Readings of C09: each instrument through which China could protect the North, at the vantage against 2012.

The year 2012 is the last before the third nuclear test and Kim Jong Un's first whole year.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from argument.by_rows import reading
from report.rule import Reading
from report.data.package import load, package
from argument.by_rows import meetings_by_year
from argument.by_rows import NAMES, china_trade, rows_at
from argument.voices import by_cutoff

BASE = 2012
RECENT = {"then": (2013, 2016), "now": (2018, package().as_of.year - 1)}  # whole years
SPAN = {"then": f"{RECENT['then'][0]} to {package().cutoff:%B %Y}", "now": f"since {RECENT['now'][0]}"}
COUNCIL_ACTS = ("vote", "veto", "abstention", "draft")  # how acts inside the Council are named in the table
MINISTRY = "group == 'official' and question == 'in force' and date > '2012'"


@dataclass(frozen=True)
class Instrument:
    """What one instrument did at a vantage and in 2012; ``more_protects`` says whether a higher value protects."""

    name: str
    label: str
    rows: pd.DataFrame
    value: float
    base: float
    last: str
    origin: str
    note: str
    more_protects: bool = True

    @property
    def no_less(self) -> bool:
        return self.value >= self.base if self.more_protects else self.value <= self.base


def c09() -> list[Reading]:
    """Return one reading for each instrument, source and vantage that the tables allow."""
    return [_instrument(i, v) for v in ("then", "now") for i in instruments(v)] + stated_stance()


def instruments(vantage: str) -> list[Instrument]:
    """Return the instruments that can be compared with 2012 at a vantage."""
    throughout = [treaty(vantage), sanctions_votes(vantage), enforcement(vantage), summits(vantage),
                  trade("kotra", vantage), trade("gacc", vantage)]
    return throughout + [human_rights_votes(vantage)] + ([elite_visits()] if vantage == "then" else [])


def _instrument(one: Instrument, vantage: str) -> Reading:
    return reading("C09.instrument", vantage, name=one.name, rows=one.rows, period=(str(BASE), one.last),
                   label=f"{one.label}: {one.value:,.4g} against {one.base:,.4g}", met=one.no_less, origin=one.origin,
                   definition=one.name, note=one.note)


def treaty(vantage: str) -> Instrument:
    rows = load("alliance/pledges").query("state_a == 'CHN' and state_b == 'PRK' and year >= @BASE")
    last = min(RECENT[vantage][1], int(rows["year"].max()))
    held = {y: float(rows.loc[rows["year"] == y, "defence"].any()) for y in (BASE, last)}
    return Instrument("treaty", f"Defence pledge in force (1 yes), {last} and {BASE}", rows[rows["year"] <= last],
                      held[last], held[BASE], str(last), "atop",
                      "A pledge on paper; see C04 for those who doubt that it binds.")


def _in_span(rows: pd.DataFrame, vantage: str) -> pd.DataFrame:
    """Return the dated rows from the first year of the recent span up to the cutoff, or to today."""
    dates = rows["date"].astype(str)
    inside = dates >= str(RECENT[vantage][0])
    return rows[inside & by_cutoff(dates)] if vantage == "then" else rows[inside]


def sanctions_votes(vantage: str) -> Instrument:
    votes = load("tests/unsc_votes").query("kind == 'sanctions'")
    rows, in_base = _in_span(votes, vantage), votes[votes["date"].dt.year == BASE]
    refused = (rows["vote_china"] == "no").sum()
    return Instrument("sanctions-votes", f"Sanctions that China voted for, {SPAN[vantage]} and {BASE}", rows,
                      float((rows["vote_china"] == "yes").sum()), float((in_base["vote_china"] == "yes").sum()),
                      f"{rows['date'].max():%Y-%m-%d}", "unsc",
                      f"Drafts put to the vote in the span: {len(rows)}; vetoed by China: {refused}.", False)


def human_rights_votes(vantage: str) -> Instrument:
    votes = load("tests/unsc_votes").query("kind == 'human rights, procedural'").dropna(subset=["vote_china"])
    rows, in_base = _in_span(votes, vantage), votes[votes["date"].dt.year == BASE]
    return Instrument("human-rights-votes", f"Votes against human rights on the agenda, {SPAN[vantage]} and {BASE}",
                      rows, float((rows["vote_china"] == "no").sum()), float((in_base["vote_china"] == "no").sum()),
                      f"{rows['date'].max():%Y-%m-%d}", "unsc",
                      "Outvoted each time. The question first came to a vote in 2014; the meeting of August 2023 began "
                      "without one.")


def trade(origin: str, vantage: str) -> Instrument:
    series = china_trade(origin)
    year = int(series.loc[: RECENT[vantage][1]].index.max())
    banned = "" if vantage == "then" else " Since 2017 the resolutions themselves forbid most of it."
    return Instrument(f"trade-{origin}", f"Trade by {NAMES[origin]}, million dollars, {year} and {BASE}",
                      rows_at(";".join(series.loc[[BASE, year], "row"])), series.loc[year, "value"],
                      series.loc[BASE, "value"], str(year), origin, f"In current dollars.{banned}")


def enforcement(vantage: str) -> Instrument:
    """Return tightening acts less shielding ones, outside the Council's votes; in 2012 the table has neither."""
    acts = load("tests/china_actions")
    acts = acts[~acts["act"].str.startswith(COUNCIL_ACTS)]
    rows = _in_span(acts, vantage)
    return Instrument("enforcement", f"Tightening acts less shielding ones, {SPAN[vantage]} and {BASE}", rows,
                      _balance(rows), _balance(acts[acts["date"].str.startswith(str(BASE))]), rows["date"].max(),
                      "acts_of_china", "A list of acts that came up, no census; the direction is coded.", False)


def _balance(acts: pd.DataFrame) -> float:
    return float((acts["direction"] == "tightens").sum() - (acts["direction"] == "shields").sum())


def summits(vantage: str) -> Instrument:
    yearly, (first, last) = meetings_by_year(), RECENT[vantage]
    held = yearly.loc[first:last]
    rows = load("alliance/meeting_counts").query("pair == 'Kim Jong Un and Xi Jinping'")
    used = ";".join(r for r in held["row"] if r)
    note = {"then": "None in 2012 and none in the span: no less, but hardly a sign of protection.",
            "now": "Meetings of whole years; that of June 2026 could be read as announced only."}[vantage]
    return Instrument("summits", f"Meetings of the leaders, {SPAN[vantage]} and {BASE}",
                      pd.concat([rows, rows_at(used)]) if used else rows, float(held["value"].sum()),
                      float(yearly.loc[BASE, "value"]), str(last), "meeting_reports", note)


def elite_visits() -> Instrument:
    rows = load("alliance/elite_visits").query("partner == 'PRK' and year >= @BASE")
    last, yearly = int(rows["year"].max()), rows.set_index("year")["all_visits"]
    return Instrument("visits", f"Visits of senior officials, {last} and {BASE}", rows, float(yearly[last]),
                      float(yearly[BASE]), str(last), "aiddata", "The series ends in 2015.")


def stated_stance() -> list[Reading]:
    """Return what the foreign ministry said of the treaty at each vantage: whether it stood by it."""
    rows = load("alliance/pact_statements").query(MINISTRY)
    return [_stance(rows.loc[[address]]) for address in rows.index]


def _stance(rows: pd.DataFrame) -> Reading:
    said = rows.iloc[0]
    words = said["paraphrase"][0].lower() + said["paraphrase"][1:]
    return reading("C09.instrument", "then" if by_cutoff(rows["date"]).iloc[0] else "now", name="stated-stance",
                   label=f"{said['speaker']}: {words}", rows=rows, origin="prc-mfa", period=(str(BASE), said["date"]),
                   met=said["defence_pact"] == "yes", definition="stated-stance", speaker=said["group"],
                   note="" if pd.isna(said["note"]) else said["note"])
