"""Readings of C09: each instrument through which China could protect the North, at the vantage against the
base years.

The base years (data/limb_settings.csv) are those before the third nuclear test in which the North tested,
launched or attacked, so that each instrument was called for. Acts are counted a year, since the spans differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from argument.message.series import meetings_by_year, years_recent
from argument.trade.series import ONE_RETURN, china_trade
from report.data.origins import short_name
from report.data.package import load
from report.rule import Indicator, Reading, Vantage, end_of, indicator, limb, reading, so_far, vantage_of
from report.trace import Measure, mean, measure, measures, only, total

LIMB = "C09.instrument"
DAYS_A_YEAR = 365.25
INSTRUMENTS = {"treaty": "Treaty: a defence pledge in force (1 for yes)",
               "sanctions-votes": "Council: sanctions voted for, a year",
               "enforcement": "Enforcement: tightening acts less shielding ones, a year",
               "trade-kotra": "Trade by KOTRA, million US dollars",
               "trade-gacc": "Trade by customs, million US dollars",
               "summits": "Visits: meetings of the leaders, a year",
               "visits": "Visits: of senior officials in a year"}


@dataclass(frozen=True)
class Comparison:
    """What one instrument did at a vantage and in the base years; ``more_protects`` says whether more of it
    protects.
    """

    name: str
    label: str
    at_vantage: Measure
    in_base: Measure
    last: str
    origin: str
    note: str = ""
    more_protects: bool = True
    votes_as: str | None = None

    @property
    def no_less(self) -> bool:
        """Say whether the instrument protected no less at the vantage than in the base years."""
        return bool(self.at_vantage >= self.in_base if self.more_protects
                    else self.at_vantage <= self.in_base)


def base_years() -> tuple[int, ...]:
    """Return the years that the instruments are held against, in order."""
    spans = [part.strip().split("-") for part in limb(LIMB).setting("base").split(";")]
    return tuple(sorted(year for span in spans for year in range(int(span[0]), int(span[-1]) + 1)))


def _span(vantage: str) -> str:
    first = years_recent(vantage)[0]
    return f"{first} to {end_of(vantage):%B %Y}" if vantage == Vantage.THEN else f"since {first}"


def _years_long(vantage: str) -> float:
    """Return how many years the recent span has up to the cutoff, or to today."""
    first = pd.Timestamp(str(years_recent(vantage)[0]))
    return ((end_of(vantage) - first).days + 1) / DAYS_A_YEAR


def c09() -> list[Reading | Indicator]:
    """Return one reading for each instrument, source and vantage that the tables allow, and as an indicator
    the votes of which the base years have none.
    """
    read = [_reading(one, v) for v in ("then", "now") for one in instruments(v)]
    return [*read, *_stated_stance(), *map(_human_rights_votes, ("then", "now"))]


def instruments(vantage: str) -> list[Comparison]:
    """Return the instruments that can be compared with the base years at a vantage."""
    throughout = [_treaty(vantage), _sanctions_votes(vantage), _enforcement(vantage), _summits(vantage),
                  _trade("kotra", vantage), _trade("gacc", vantage)]
    return throughout + ([_elite_visits()] if vantage == "then" else [])


def _reading(one: Comparison, vantage: str) -> Reading:
    compared = Measure(one.no_less, None, None, one.at_vantage.resting_on(one.in_base).rows)
    return reading(LIMB, vantage, name=one.name, measure=compared, period=(str(base_years()[0]), one.last),
                   label=f"{one.label}: {float(one.at_vantage):,.4g} against {float(one.in_base):,.4g}",
                   origin=one.origin, definition=one.name, note=one.note, votes_as=one.votes_as)


def _treaty(vantage: str) -> Comparison:
    base = base_years()
    rows = load("alliance/pledges").query("state_a == 'CHN' and state_b == 'PRK' and year >= @base[0]")
    last = min(years_recent(vantage)[1], int(rows["year"].max()))
    span = rows[rows["year"] <= last]
    held = {year: measure(span, float(rows.loc[rows["year"] == year, "defence"].any()))
            for year in (*base, last)}
    return Comparison("treaty", f"Defence pledge in force (1 yes), {last} and base", held[last],
                      mean(held[year] for year in base), str(last), "atop")


def _in_span(rows: pd.DataFrame, vantage: str) -> pd.DataFrame:
    """Return the dated rows from the first year of the recent span up to the cutoff, or to today."""
    dates = rows["date"].dt.strftime("%Y-%m-%d") if rows["date"].dtype.kind == "M" else rows["date"]
    return so_far(rows[dates >= str(years_recent(vantage)[0])], vantage)


def _cast(votes: pd.DataFrame, vote: str, within: pd.DataFrame) -> Measure:
    """Return how many of some votes China cast one way, which may be none, resting on
    ``within`` where there is none.
    """
    return measure(votes if len(votes) else within, float((votes["vote_china"] == vote).sum()))


def _a_year(counted: Measure, years: float) -> Measure:
    return Measure(counted.number / years, "a year", counted.period, counted.rows)


def _sanctions_votes(vantage: str) -> Comparison:
    votes = load("tests/unsc_votes").query("kind == 'sanctions'")
    rows, in_base = _in_span(votes, vantage), votes[votes["date"].dt.year.isin(base_years())]
    refused = (rows["vote_china"] == "no").sum()
    return Comparison("sanctions-votes", f"Sanctions that China voted for, a year, {_span(vantage)} and base",
                      _a_year(_cast(rows, "yes", rows), _years_long(vantage)),
                      _a_year(_cast(in_base, "yes", rows), len(base_years())),
                      f"{rows['date'].max():%Y-%m-%d}", "unsc",
                      f"Drafts put to the vote in the span: {len(rows)}; vetoed by China: {refused}.",
                      more_protects=False)


def sanctions_voted_for(vantage: str) -> Measure:
    """Return how many sanctions China voted for in the recent span."""
    rows = _in_span(load("tests/unsc_votes").query("kind == 'sanctions'"), vantage)
    return _cast(rows, "yes", rows)


def _human_rights_votes(vantage: str) -> Indicator:
    votes = load("tests/unsc_votes").query("kind == 'human rights, procedural'").dropna(subset=["vote_china"])
    rows = _in_span(votes, vantage)
    return indicator("C09", vantage, name="human-rights-votes",
                     label=f"Votes against human rights on the agenda, {_span(vantage)}",
                     measure=_cast(rows, "no", rows), origin="unsc", unit="votes")


def _trade(origin: str, vantage: str) -> Comparison:
    values = china_trade(origin)["value"]
    year = int(values.loc[: years_recent(vantage)[1]].index.max())
    return Comparison(f"trade-{origin}", f"Trade by {short_name(origin)}, million dollars, {year} and base",
                      values[year], mean(values[[y for y in base_years() if y in values.index]]), str(year),
                      origin, votes_as=ONE_RETURN)


def _enforcement(vantage: str) -> Comparison:
    """Return tightening acts less shielding ones, beside the Council's; the base years have neither."""
    acts = load("tests/china_actions")
    acts = acts[~acts["act"].str.startswith(tuple(limb(LIMB).listed("council_acts")))]
    rows, in_base = _in_span(acts, vantage), acts[acts["date"].str[:4].astype(int).isin(base_years())]
    label = f"Tightening acts less shielding ones, a year, {_span(vantage)} and base"
    return Comparison("enforcement", label,
                      _a_year(measure(rows, _balance(rows)), _years_long(vantage)),
                      _a_year(measure(in_base if len(in_base) else rows, _balance(in_base)),
                              len(base_years())),
                      rows["date"].max(), "acts_of_china", more_protects=False)


def _balance(acts: pd.DataFrame) -> float:
    return float((acts["direction"] == "tightens").sum() - (acts["direction"] == "shields").sum())


def _summits(vantage: str) -> Comparison:
    yearly, (first, last) = meetings_by_year(), years_recent(vantage)
    return Comparison("summits", f"Meetings of the leaders, a year, {first} to {last} and base",
                      mean(yearly.loc[first:last]), mean(yearly[list(base_years())]), str(last),
                      "meeting_reports")


def summits(vantage: str) -> Measure:
    """Return how often the leaders met in the whole years of the recent span."""
    first, last = years_recent(vantage)
    return total(meetings_by_year().loc[first:last])


def _elite_visits() -> Comparison:
    rows = load("alliance/elite_visits").query("partner == 'PRK'")
    yearly = measures(rows, "all_visits", by="year")
    last = yearly.index.max()
    return Comparison("visits", f"Visits of senior officials, {last} and base", yearly[last],
                      mean(yearly[list(base_years())]), str(last), "aiddata")


def _stated_stance() -> list[Reading]:
    """Return what the foreign ministry said of the treaty at each vantage: whether it stood by it."""
    base = str(base_years()[-1])
    rows = load("alliance/pact_statements").query("group == 'official' and question == 'in force' and date > "
                                                  "@base")
    return [_stance(rows.loc[[address]]) for address in rows.index]


def _stance(rows: pd.DataFrame) -> Reading:
    said = str(only(rows, "paraphrase"))
    row = rows.iloc[0]
    return reading(LIMB, vantage_of(row["date"]), name="stated-stance",
                   label=f"{row['speaker']}: {said[0].lower()}{said[1:]}", origin="prc-mfa",
                   measure=measure(rows, bool(row["defence_pact"] == "yes")),
                   period=(str(base_years()[0]), row["date"]),
                   definition="stated-stance", speaker=row["group"],
                   note="" if pd.isna(row["note"]) else row["note"])


def instruments_compared() -> pd.DataFrame:
    """Return each instrument with its measure in the base years, then and now, and
    whether it protects no less.
    """
    now_by_name = {one.name: one for one in instruments("now")}
    made = []
    for then in instruments("then"):
        now = now_by_name.get(then.name)
        made.append({"instrument": INSTRUMENTS[then.name], "base": then.in_base, "then": then.at_vantage,
                     "then_judged": _judged(then), "now": now.at_vantage if now else None,
                     "now_judged": _judged(now)})
    return pd.DataFrame(made)


def _judged(one: Comparison | None) -> str:
    return "not read" if one is None else "no less" if one.no_less else "less"
