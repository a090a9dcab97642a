"""Readings of C19 to C24 and C43: who fears what, how many are in China, what happens to them, and why.

The figures are rivals, not a series: each estimator has one vote with its latest own figure, and whoever repeats a
range in circulation has none. Statements vote once for each voice; those of voices/statements come from there, and a
voice that stands in both tables keeps its one vote. C21 and C23 rest on acts, texts and records, coded in the tables.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant, both
from report.data.package import load
from argument.refugees.series import (day_of, estimates_published, last_day, latest_own, rates_for,
                                             returns_per_week, unhcr_count, value_of)
from argument.voices import voice_readings, voting

VANTAGES = ("then", "now")
YEAR_OF_CRACKDOWN = 2008
UNHCR_YEARS = {"then": 2016, "now": 2025}
UNREAD_TEXTS = "named only"
UNDISCLOSED = "not disclosed"


def seen_at(rows: pd.DataFrame, dates: pd.Series, vantage: str) -> pd.DataFrame:
    """Return the rows dated up to the cutoff for *then*, after it for *now*."""
    return rows[(last_day(dates) <= day_of("then")) == (vantage == "then")]


def slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def text(cell) -> str:
    return "" if pd.isna(cell) else str(cell)


# C19, C24, C43: what is said of fear and motive

def positions(limb: str, decided: bool = True) -> pd.DataFrame:
    """Return the statements of refugees/motives_and_positions on a limb; ``decided`` keeps those that vote."""
    rows = load("refugees/motives_and_positions")
    rows = rows[rows["limb"] == limb]
    return rows[rows["meets"].notna()] if decided else rows


def c19() -> list[Reading | Indicator]:
    """Return the voices on the fear of a mass flight, and as indicators what is said of its size."""
    return _voices_and_positions("C19.fear") + _sizes()


def c24() -> list[Reading | Indicator]:
    """Return the Chinese voices on why people are returned; foreign ones that say so are indicators."""
    return _voices_and_positions("C24.motive") + [
        indicator("C24", vantage, name=slug(origin), label=f"{_named(said)}, not a Chinese voice", rows=said,
                  period=said["date"].iloc[-1], note=said["says"].iloc[-1])
        for vantage in VANTAGES
        for origin, said in seen_at(said_abroad(), said_abroad()["date"], vantage).groupby("origin")]


def said_abroad() -> pd.DataFrame:
    """Return the statements for C24 by voices that are not Chinese, which its criterion does not admit."""
    statements, own = load("voices/statements"), positions("C24.motive", decided=False)
    said = statements[statements["c24"] == "for"]
    frames = [said.assign(says=said["paraphrase"]), own.assign(says=own["what"])]
    rows = pd.concat([f[["speaker", "date", "says", "chinese_voice", "origin", "source_id"]] for f in frames])
    return rows[~rows["chinese_voice"].astype(bool)]


def c43() -> list[Reading | Indicator]:
    """Return the voices on the weight of the fear and on what it rests, and how many tie it to those already there."""
    basis = [_position(r, rows) for vantage in VANTAGES for r, rows in _by_origin("C43.basis", vantage)]
    return _voices_and_positions("C43.weight") + basis + [_tied(vantage) for vantage in VANTAGES]


def _voices_and_positions(limb: str) -> list[Reading]:
    """Return one reading for each voice; a further statement of a voice that has its vote becomes a variant."""
    votes = voice_readings(limb)
    for vantage in VANTAGES:
        for key, rows in _by_origin(limb, vantage):
            same = [i for i, v in enumerate(votes) if v.vantage == vantage and v.origin == key[0]]
            if same:
                more = variant(limb, label=_named(rows), rows=rows, met=bool(rows["meets"].iloc[-1]))
                votes[same[0]] = replace(votes[same[0]], variants=(*votes[same[0]].variants, more))
            else:
                votes.append(_position(key, rows))
    return votes


def _by_origin(limb: str, vantage: str) -> list[tuple[tuple[str, str, str], pd.DataFrame]]:
    rows = positions(limb)
    return [((origin, limb, vantage), said)
            for origin, said in seen_at(rows, rows["date"], vantage).groupby("origin")]


def _named(rows: pd.DataFrame) -> str:
    return f"{rows['speaker'].iloc[-1]}, {rows['date'].iloc[-1][:4]}"


def _position(key: tuple[str, str, str], rows: pd.DataFrame) -> Reading:
    origin, limb, vantage = key
    last = rows.iloc[-1]
    note = last["what"] if pd.isna(last["note"]) else f"{last['what']} ({last['note']})"
    part = "" if limb != "C43.basis" else "basis-"
    return reading(limb, vantage, name=f"{part}{slug(origin)}", label=_named(rows), rows=rows, period=last["date"],
                   met=bool(last["meets"]), speaker=last["speaker_group"], note=note)


def _sizes() -> list[Indicator]:
    """Return the numbers given for a flight to China, and what is said on whether it would be that large."""
    numbers = load("refugees/collapse_scenarios").query("destination == 'China' and kind != 'wording'")
    doubts = positions("C19.size", decided=False).dropna(subset="date")
    return [make(address, row, rows, vantage)
            for vantage in VANTAGES
            for make, rows, dates in ((_size, numbers, "published"), (_doubt, doubts, "date"))
            for address, row in seen_at(rows, rows[dates], vantage).iterrows()]


def _size(address: str, row: pd.Series, numbers: pd.DataFrame, vantage: str) -> Indicator:
    return indicator("C19", vantage, name=f"size-{slug(row['origin'] + ' ' + row['scenario'])}",
                     label=f"{row['estimator']}: {row['scenario']}", rows=numbers.loc[[address]],
                     value=float(row["high"]), unit="persons", period=row["published"], note=text(row["note"]))


def _doubt(address: str, row: pd.Series, doubts: pd.DataFrame, vantage: str) -> Indicator:
    return indicator("C19", vantage, name=f"doubt-{slug(row['origin'])}", label=row["speaker"],
                     rows=doubts.loc[[address]], period=row["date"], note=row["what"])


def _tied(vantage: str) -> Indicator:
    """Count the voices naming refugees that tie the fear to North Koreans in China, as far as read."""
    rows = load("voices/statements").dropna(subset="ties_to_those_there")
    rows = seen_at(rows, rows["date"], vantage)
    tied = rows[rows["ties_to_those_there"].astype(bool)]
    return indicator("C43", vantage, name="tied-to-those-there", rows=rows, value=float(tied["origin"].nunique()),
                     label=f"Voices that tie the fear to those there, of {rows['origin'].nunique()} naming refugees",
                     unit="voices", period=(rows["date"].min(), rows["date"].max()), origin="report",
                     note="As far as the texts were read, which is mostly their openings.")


# C20: how many are there

def c20() -> list[Reading | Indicator]:
    """Return each estimator's latest own figure, and as indicators figures passed on or counted otherwise."""
    return [r for vantage in VANTAGES for r in (*_stock(vantage), *_passed_on(vantage), _unhcr_row(vantage))]


def _stock(vantage: str) -> list[Reading]:
    return [_estimate(rows, vantage) for _, rows in latest_own(vantage).groupby("origin")]


def _estimate(rows: pd.DataFrame, vantage: str) -> Reading:
    row = rows.iloc[0]
    return reading("C20.stock", vantage, name=row["origin"], label=f"{row['estimator']}, {row['ref_year']}", rows=rows,
                   value=float(value_of(rows).iloc[0]), period=str(row["ref_year"]),
                   variants=[_repeated(rows.loc[[k]]) for k, rows in _repeating(row["origin"], vantage)],
                   note=text(row["note"]))


def _repeating(origin: str, vantage: str) -> list[tuple[str, pd.DataFrame]]:
    """Return the figures that others pass on from an estimator."""
    rows = estimates_published(vantage)
    rows = rows[(rows["origin"] == origin) & ~rows["own_figure"]]
    return [(k, rows) for k in rows.index]


def _repeated(rows: pd.DataFrame) -> Variant:
    return variant("C20.stock", label=rows["estimator"].iloc[0], rows=rows, value=float(value_of(rows).iloc[0]))


def stock_options() -> dict[tuple[str], Reading | Variant]:
    """Return what a reader may take for the number then: the estimators' own figures, and those passed on."""
    own = {(r.origin,): r for r in _stock("then")}
    passed = without_vote("then")
    return own | {(r["origin"],): _repeated(passed.loc[[k]]) for k, r in passed.iterrows()}


def without_vote(vantage: str) -> pd.DataFrame:
    """Return the figures in the window that do not vote: of nobody named, passed on, or for another area."""
    rows, voting_origins = estimates_published(vantage), latest_own(vantage)["origin"]
    rest = rows[~rows["origin"].isin(voting_origins)]
    return rest[~rest["area"].isin(("children", "detained", "yanbian"))]


def _passed_on(vantage: str) -> list[Indicator]:
    rows = without_vote(vantage)
    return [indicator("C20", vantage, name=f"passed-on-{r['origin']}", label=f"{r['estimator']}, {r['ref_year']}",
                      rows=rows.loc[[k]], value=float(value_of(rows.loc[[k]]).iloc[0]), unit="persons",
                      period=str(r["ref_year"]), note=text(r["note"]))
            for k, r in rows.iterrows()]


def _unhcr_row(vantage: str) -> Indicator:
    year = UNHCR_YEARS[vantage]
    rows = load("refugees/unhcr_north_koreans").query("year == @year")
    return indicator("C20", vantage, name="unhcr-database", label=f"UNHCR's database counts in China, {year}",
                     rows=rows, value=float(unhcr_count(year)), unit="persons", period=str(year),
                     note="It has no row for North Koreans in China in any year: a blank, not a count of none.")


# C21: what they are called, what happens to them, who objects

def c21() -> list[Reading]:
    """Return the readings of label, returns, punishment and pressure, one for each origin."""
    statements = [r for part in ("label", "punishment", "pressure") for r in _statements(f"C21.{part}")]
    return statements + [_returned(origin, vantage, rows)
                         for vantage in VANTAGES for origin, rows in records_of_returns(vantage).groupby("origin")]


def _statements(limb: str) -> list[Reading]:
    """Return one reading for each origin at each vantage from the statements on a limb."""
    rows, part = on_limb(limb), limb.split(".")[1]
    return [reading(limb, vantage, name=f"{part}-{slug(origin)}", rows=said, met=bool(said["meets"].iloc[-1]),
                    label=_speaker(said), period=(said["date"].iloc[0], said["date"].iloc[-1]),
                    note=said["what"].iloc[-1])
            for vantage in VANTAGES for origin, said in seen_at(rows, rows["date"], vantage).groupby("origin")]


def on_limb(limb: str) -> pd.DataFrame:
    """Return the acts and statements that bear on a limb, in their order."""
    rows = load("refugees/law_and_statements")
    return rows[(rows["limb"] == limb) & rows["meets"].notna()].sort_values("date", kind="stable")


def _speaker(said: pd.DataFrame) -> str:
    years = sorted({d[:4] for d in said["date"]})
    span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    name = "Chinese foreign ministry" if said["origin"].iloc[0] == "prc-mfa" else said["speaker"].iloc[-1]
    return f"{name}, {span}"


def records_of_returns(vantage: str) -> pd.DataFrame:
    """Return the records that state that people were returned, of periods that end at the vantage.

    A cumulative count without a first year says nothing of one side of the cutoff, so it is left out.
    """
    rows = load("refugees/returns")
    rows = rows[rows["documents_returns"] & ~((rows["kind"] == "cumulative") & rows["start"].isna())]
    return seen_at(rows, rows["end"], vantage).sort_values("end", kind="stable")


def _returned(origin: str, vantage: str, rows: pd.DataFrame) -> Reading:
    first = rows["start"].fillna(rows["end"]).min()
    return reading("C21.returns", vantage, name=f"returns-{origin}", label=rows["reporter"].iloc[-1], rows=rows,
                   period=(first, rows["end"].max()), met=True, note=text(rows["detail"].iloc[-1]))


# C22: 2008

def c22() -> list[Reading | Indicator]:
    """Return what is said of 2008, at both vantages, and the rates per week said of other years."""
    votes = _stepped_up() + _rates_of_2008()
    return [r for vote in votes for r in both(vote)] + [i for vantage in VANTAGES for i in _other_rates(vantage)]


def _stepped_up() -> list[Reading]:
    rows = on_limb("C22.stepped-up")
    return [reading("C22.stepped-up", "then", name=f"stepped-up-{slug(origin)}", rows=said,
                    met=bool(said["meets"].iloc[-1]), label=said["speaker"].iloc[-1], period=str(YEAR_OF_CRACKDOWN),
                    note=said["what"].iloc[-1]) for origin, said in rows.groupby("origin")]


def _rates_of_2008() -> list[Reading]:
    """Return the rates said of 2008; the lower end is read, since a range that begins below does not give the claim."""
    rates = rates_for(YEAR_OF_CRACKDOWN)
    return [reading("C22.rate", "then", name=f"rate-{slug(r['origin'])}", label=f"{r['reporter']}, per week",
                    rows=rates.loc[[k]], value=float(r["low_week"]), period=str(YEAR_OF_CRACKDOWN),
                    note=text(r["note"])) for k, r in rates.iterrows()]


def _other_rates(vantage: str) -> list[Indicator]:
    """Return what was said of other years, per week: the low end or, without one, the high end."""
    rates = returns_per_week().drop(index=rates_for(YEAR_OF_CRACKDOWN).index)
    rates = rates[last_day(rates["end"]) <= day_of("then")]
    return [indicator("C22", vantage, name=f"rate-{slug(r['origin'] + ' ' + r['end'])}", rows=rates.loc[[k]],
                      label=f"{r['reporter']}, {r['end'][:4]}, per week", unit="persons a week",
                      value=float(r["low_week"] if pd.notna(r["low_week"]) else r["high_week"]), period=r["end"],
                      note=text(r["detail"])) for k, r in rates.iterrows()]


# C23: two governments

def c23() -> list[Reading]:
    """Return the texts and practices that bind or show the two governments returning people, and those that do not."""
    records = cooperation()
    return [_cooperation(origin, bool(met), vantage, rows)
            for vantage in VANTAGES
            for (origin, met), rows in seen_at(records, records["date"], vantage).groupby(["origin", "met"])]


def cooperation() -> pd.DataFrame:
    """Return agreements, practices and hand-overs with columns ``date``, ``label``, ``says`` and ``met``.

    A text of which only the name was read, or whose contents were not disclosed, shows nothing as read.
    """
    own, texts = on_limb("C23.cooperation"), load("refugees/border_cooperation")
    texts = texts[(texts["text_read"] != UNREAD_TEXTS) & (texts["bearing"] != "neither")]
    texts = texts[~texts["content"].str.contains(UNDISCLOSED)]
    hands = load("refugees/returns").query("handed_over")
    treaty = own["kind"] == "treaty"
    frames = [own.assign(who=own["speaker"].where(~treaty, "Agreement"), says=own["what"],
                         met=own["meets"].astype(bool)),
              texts.assign(who=texts["instrument"].str[0].str.upper() + texts["instrument"].str[1:],
                           says=texts["content"], met=texts["bearing"] == "together"),
              hands.assign(date=hands["end"], who=hands["reporter"], says=hands["detail"], met=True)]
    rows = pd.concat([f[["date", "who", "says", "met", "origin", "source_id"]] for f in frames])
    return rows.assign(label=rows["who"] + ", " + rows["date"].str[:4])


def _cooperation(origin: str, met: bool, vantage: str, rows: pd.DataFrame) -> Reading:
    rows = rows.sort_values("date", kind="stable")
    return reading("C23.cooperation", vantage, name=slug(origin) if met else f"{slug(origin)}-not-returned", rows=rows,
                   label=rows["label"].iloc[-1], met=met,
                   definition="default" if met else "people not returned",
                   period=(rows["date"].iloc[0], rows["date"].iloc[-1]), note=rows["says"].iloc[-1])


CLAIMS = {"C19": c19, "C20": c20, "C21": c21, "C22": c22, "C23": c23, "C24": c24, "C43": c43}
