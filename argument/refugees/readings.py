"""Readings of C19 to C24 and C43: who fears what, how many are in China, what happens to them, and why.

The figures are rivals, not a series: each estimator has one vote with its latest own figure, and whoever
repeats a range in circulation has none. Statements vote once for each voice; those of voices/statements come
from there, and a voice that stands in both tables keeps its one vote. C21 and C23 rest on acts, texts and
records, coded in the tables.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from argument.refugees.series import (STOCK, acts_on, cooperation, latest_own, numbers_of_flight,
                                      passed_on_from, positions, rates_for, rates_of_other_years,
                                      records_of_returns, unhcr_count, unhcr_rows,
                                      voices_naming_refugees, without_vote, year_claimed)
from argument.voices.readings import voice_readings
from report.rule import (VANTAGES, Indicator, Options, Reading, Vantage, Variant, both, claim, indicator,
                         limb, reading, seen, variant, verdict_of)
from report.trace import Measure, days_of, measure, only, united

BASIS, MILLIONS = "C43.basis", "C19.millions"
BORDER_PROTOCOL = "the border protocol and its revisions"


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _words(cell) -> str:
    return "" if pd.isna(cell) else str(cell)


def _last_met(rows: pd.DataFrame) -> Measure:
    """Return whether a limb is met by what an origin did or said, as its last row is coded."""
    return measure(rows, bool(rows["meets"].iloc[-1]))


# C19, C24, C43: what is said of fear and motive

def c19() -> list[Reading | Indicator]:
    """Return the voices on the fear of a mass flight and those that give it a size, and as indicators what is
    said of that size.
    """
    sizes = [one for v in VANTAGES for one in (*_sizes(v), *_doubts(v))]
    millions = [_named_after(MILLIONS, _position(MILLIONS, vantage, origin, said))
                for vantage in VANTAGES for origin, said in _by_origin(MILLIONS, vantage)]
    return _voices_and_positions("C19.fear") + millions + sizes


def c24() -> list[Reading]:
    """Return the voices on why people are returned, for each half of the motive."""
    halves = ("C24.weaken", "C24.draw")
    return [_named_after(half, one) for half in halves for one in _voices_and_positions(half)]


def _named_after(half: str, one: Reading) -> Reading:
    """Return a reading under the name of its limb, since one voice may speak to both."""
    claim_id, part = half.split(".")
    stem = f"{claim_id.lower()}-"
    return replace(one, id=f"{stem}{part}-{one.id.removeprefix(stem)}")


def c43() -> list[Reading | Indicator]:
    """Return the voices on the weight of the fear and on its basis, and how many tie it to those there."""
    basis = [_position(BASIS, vantage, origin, said)
             for vantage in VANTAGES for origin, said in _by_origin(BASIS, vantage)]
    return _voices_and_positions("C43.weight") + basis + [_tied(vantage) for vantage in VANTAGES]


def _voices_and_positions(limb: str) -> list[Reading]:
    """Return one reading for each voice; a further statement of a voice with a vote becomes a variant."""
    votes = {(vote.vantage, vote.origin): vote for vote in voice_readings(limb)}
    for vantage in VANTAGES:
        for origin, said in _by_origin(limb, vantage):
            vote = votes.get((vantage, origin))
            if vote:
                more = variant(limb, label=_named(said), measure=_last_met(said))
                votes[vantage, origin] = replace(vote, variants=(*vote.variants, more))
            else:
                votes[vantage, origin] = _position(limb, vantage, origin, said)
    return list(votes.values())


def _by_origin(limb: str, vantage: str) -> list[tuple[str, pd.DataFrame]]:
    return list(seen(limb.split(".")[0], positions(limb), vantage).groupby("origin"))


def _named(said: pd.DataFrame) -> str:
    return f"{said['speaker'].iloc[-1]}, {said['date'].iloc[-1][:4]}"


def _position(limb: str, vantage: str, origin: str, said: pd.DataFrame) -> Reading:
    last = said.iloc[-1]
    note = last["what"] if pd.isna(last["note"]) else f"{last['what']} ({last['note']})"
    part = "basis-" if limb == BASIS else ""
    return reading(limb, vantage, name=f"{part}{_slug(origin)}", label=_named(said), measure=_last_met(said),
                   period=last["date"], speaker=last["speaker_group"], note=note)


def _sizes(vantage: str) -> list[Indicator]:
    """Return the numbers given for a flight to China."""
    rows = seen("C19", numbers_of_flight().query("destination == 'China'"), vantage, dated="published")
    return [indicator("C19", vantage, name=f"size-{_slug(row['origin'] + ' ' + row['scenario'])}",
                      label=f"{row['estimator']}: {row['scenario']}", period=row["published"],
                      measure=only(rows.loc[[address]], "high"), note=_words(row["note"]))
            for address, row in rows.iterrows()]


def _doubts(vantage: str) -> list[Indicator]:
    """Return what is said on whether a flight would be that large."""
    rows = seen("C19", positions("C19.size", decided=False).dropna(subset="date"), vantage)
    return [indicator("C19", vantage, name=f"doubt-{_slug(row['origin'])}", label=row["speaker"],
                      measure=measure(rows.loc[[address]], True), period=row["date"], note=row["what"])
            for address, row in rows.iterrows()]


def _tied(vantage: str) -> Indicator:
    """Count the voices naming refugees that tie the fear to North Koreans in China, as far as read."""
    rows = seen("C43", voices_naming_refugees(), vantage)
    tied = rows[rows["ties_to_those_there"].astype(bool)]
    return indicator("C43", vantage, name="tied-to-those-there", origin="report",
                     label=f"Voices that tie the fear to those there, of {rows['origin'].nunique()} naming "
                           "refugees",
                     measure=measure(rows, tied["origin"].nunique(), unit="voices"),
                     period=days_of(rows))


# C20: how many are there

def c20() -> list[Reading | Indicator]:
    """Return each estimator's latest own figure, and as indicators figures passed on or counted otherwise."""
    found: list[Reading | Indicator] = []
    for vantage in VANTAGES:
        found += [*_stock(vantage), *_passed_on(vantage), _in_database(vantage)]
    return found


def _stock(vantage: str) -> list[Reading]:
    return [_estimate(row, vantage) for _, row in latest_own(vantage).iterrows()]


def _estimate(row: pd.Series, vantage: str) -> Reading:
    repeated = passed_on_from(row["origin"], vantage)
    return reading(STOCK, vantage, name=row["origin"], label=f"{row['estimator']}, {row['ref_year']}",
                   measure=row["persons"], period=str(row["ref_year"]), note=_words(row["note"]),
                   variants=[_repeated(other) for _, other in repeated.iterrows()])


def _repeated(row: pd.Series) -> Variant:
    return variant(STOCK, label=row["estimator"], measure=row["persons"])


def _passed_on(vantage: str) -> list[Indicator]:
    return [indicator("C20", vantage, name=f"passed-on-{row['origin']}", note=_words(row["note"]),
                      label=f"{row['estimator']}, {row['ref_year']}", measure=row["persons"],
                      period=str(row["ref_year"]))
            for _, row in without_vote(vantage).iterrows()]


def _in_database(vantage: str) -> Indicator:
    year = str(unhcr_rows(vantage)["year"].iloc[0])
    return indicator("C20", vantage, name="unhcr-database", label=f"UNHCR's database counts in China, {year}",
                     measure=unhcr_count(vantage, "CHN"), period=year)


def stock_options() -> Options:
    """Return what a reader may take for the number then: the estimators' own figures, and those passed on."""
    own: Options = {(one.origin,): one for one in _stock(Vantage.THEN)}
    return own | {(row["origin"],): _repeated(row) for _, row in without_vote(Vantage.THEN).iterrows()}


def word_if_all_voted() -> Measure:
    """Return the word on C20 then if the figures that are passed on voted beside the estimators' own."""
    options, own = list(stock_options().values()), _stock(Vantage.THEN)[0]
    votes = [replace(own, met=one.met) for one in options]
    word = verdict_of(claim("C20"), votes, Vantage.THEN).word
    return Measure(str(word), None, None, united(*(one.rows for one in options)))


# C21: what they are called, what happens to them, who objects

def c21() -> list[Reading]:
    """Return the readings of label, returns, punishment and pressure, one for each origin."""
    statements = [r for part in ("label", "punishment", "pressure") for r in _statements(f"C21.{part}")]
    return statements + [_returned(origin, vantage, rows) for vantage in VANTAGES
                         for origin, rows in records_of_returns(vantage).groupby("origin")]


def _statements(limb: str) -> list[Reading]:
    """Return one reading for each origin at each vantage from the statements on a limb."""
    part = limb.split(".")[1]
    return [reading(limb, vantage, name=f"{part}-{_slug(origin)}", label=_speaker(said),
                    measure=_last_met(said), period=days_of(said), note=said["what"].iloc[-1])
            for vantage in VANTAGES for origin, said in seen("C21", acts_on(limb), vantage).groupby("origin")]


def _speaker(said: pd.DataFrame) -> str:
    first, last = (day[:4] for day in days_of(said))
    name = "Chinese foreign ministry" if said["origin"].iloc[0] == "prc-mfa" else said["speaker"].iloc[-1]
    return f"{name}, {first}" if first == last else f"{name}, {first} to {last}"


def _returned(origin: str, vantage: str, rows: pd.DataFrame) -> Reading:
    first, documented = rows["start"].fillna(rows["end"]).min(), bool(rows["documents_returns"].all())
    return reading("C21.returns", vantage, name=f"returns-{origin}", label=rows["reporter"].iloc[-1],
                   measure=measure(rows, documented), period=(first, rows["end"].max()),
                   note=_words(rows["detail"].iloc[-1]))


# C22: 2008

def c22() -> list[Reading | Indicator]:
    """Return what is said of 2008, at both vantages, and the rates per week said of other years."""
    votes = [r for vote in (*_stepped_up(), *_rates_of_the_year()) for r in both(vote)]
    return votes + [one for vantage in VANTAGES for one in _other_rates(vantage)]


def _stepped_up() -> list[Reading]:
    year = str(year_claimed("stepped-up"))
    return [reading("C22.stepped-up", "then", name=f"stepped-up-{_slug(origin)}", measure=_last_met(said),
                    label=said["speaker"].iloc[-1], period=year, note=said["what"].iloc[-1])
            for origin, said in acts_on("C22.stepped-up").groupby("origin")]


def _rates_of_the_year() -> list[Reading]:
    """Return the rates said of 2008 by their lower end: a range that begins below does not give the claim."""
    year = year_claimed("rate")
    return [reading("C22.rate", "then", name=f"rate-{_slug(row['origin'])}", measure=row["low_week"],
                    label=f"{row['reporter']}, per week", period=str(year), note=_words(row["note"]))
            for _, row in rates_for(year).iterrows()]


def _other_rates(vantage: str) -> list[Indicator]:
    """Return what was said of other years, per week."""
    return [indicator("C22", vantage, name=f"rate-{_slug(row['origin'] + ' ' + row['end'])}",
                      label=f"{row['reporter']}, {row['end'][:4]}, per week", measure=row["a_week"],
                      period=row["end"], note=_words(row["detail"]))
            for _, row in rates_of_other_years().iterrows()]


# C23: two governments

def c23() -> list[Reading]:
    """Return the texts and practices that bind or show both governments returning people, and others."""
    return [_cooperation(origin, bool(met), vantage, rows)
            for vantage in VANTAGES
            for (origin, met), rows in seen("C23", cooperation(), vantage).groupby(["origin", "met"])]


def _cooperation(origin: str, met: bool, vantage: str, rows: pd.DataFrame) -> Reading:
    rows = rows.sort_values("date", kind="stable")
    chain = limb("C23.cooperation").listed("one_instrument")
    return reading("C23.cooperation", vantage, name=_slug(origin) if met else f"{_slug(origin)}-not-returned",
                   label=rows["label"].iloc[-1], measure=measure(rows, met), period=days_of(rows),
                   votes_as=BORDER_PROTOCOL if origin in chain else None,
                   definition="default" if met else "people not returned", note=rows["says"].iloc[-1])
