"""Readings of C39 to C42: the forecast, the quotation, what China would rather live with, and why.

C38, the tradition of communist states, is in ``tradition``. The motives rest on what people said (``voices``): they are
attested, contested or not attested, and no share of opinion is taken.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, both
from report.data.package import load
from argument.verdict.tradition import c38
from argument.voices import bearing, voice_readings

BEFORE, AFTER = (2013, 2016), (2017, 2020)
SPANS = (str(BEFORE[0]), str(AFTER[1]))
INSTITUTES = {"norsar": "NORSAR", "bloomberg": "Bloomberg"}


# C39: the forecast

def c39() -> list[Reading | Indicator]:
    """Return each measure of 2017 to 2020 against 2013 to 2016, and what came later as an indicator."""
    return [_missiles(), _long_range(), _nuclear_tests(), *_yields(), _resolutions(), _listings(), _missiles_later()]


def _between(rows: pd.DataFrame, dates: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return the rows whose day, month or year in the column ``dates`` falls in the years."""
    text = rows[dates].dt.strftime("%Y-%m-%d") if rows[dates].dtype.kind == "M" else rows[dates]
    year = text.str[:4].astype("Int64")
    return rows[year.between(*years).fillna(False).astype(bool)]


def _rise(name: str, label: str, rows: pd.DataFrame, dates: str, note: str, origin: str | None = None,
          variants: tuple = ()) -> Reading:
    """Return a count of rows after the article against the count of the four years before."""
    old, new = _between(rows, dates, BEFORE), _between(rows, dates, AFTER)
    return reading("C39.rise", "now", name=name, label=label, rows=pd.concat([old, new]), value=len(new),
                   against=len(old), period=SPANS, definition=name, origin=origin, note=note, variants=variants)


def _missiles() -> Reading:
    rows = load("tests/missile_tests")
    days = rows.drop_duplicates("date_utc")
    old, new = _between(days, "date_utc", BEFORE), _between(days, "date_utc", AFTER)
    fewer_days = variant("C39.rise", label=f"Days with a launch: {len(new)} against {len(old)}", value=len(new),
                         against=len(old), rows=pd.concat([old, new]))
    return _rise("missiles", "Missiles launched", rows, "date_utc", variants=(fewer_days,),
                 note="None was launched between November 2017 and May 2019, the months of the summits.")


def _long_range() -> Reading:
    rows = load("tests/missile_tests").query("type == 'ICBM'")
    return _rise("long-range", "Intercontinental missiles launched", rows, "date_utc",
                 note="The first flew on 4 July 2017; the database has none before.")


def _nuclear_tests() -> Reading:
    return _rise("nuclear-tests", "Nuclear tests", load("tests/nuclear_tests"), "date", origin="seismologists",
                 note="One, the largest, in September 2017, against three in the four years before.")


def _yields() -> list[Reading]:
    """Return the largest explosion of both spans by each origin that estimated one in both."""
    tests = load("tests/nuclear_tests")
    rows = load("tests/nuclear_yields")
    old = rows[rows["test"].isin(_between(tests, "date", BEFORE)["test"])]
    new = rows[rows["test"].isin(_between(tests, "date", AFTER)["test"])]
    return [_largest(o, old[old["origin"] == o], new[new["origin"] == o])
            for o in sorted(set(old["origin"]) & set(new["origin"]))]


def _largest(origin: str, old: pd.DataFrame, new: pd.DataFrame) -> Reading:
    return reading("C39.rise", "now", name=f"yield-{origin}", rows=pd.concat([old, new]), value=new["low_kt"].max(),
                   label=f"Largest nuclear explosion in kilotons, {INSTITUTES.get(origin, origin)}",
                   against=old["high_kt"].max(), period=SPANS, definition="largest-yield",
                   note="The lower end of the later estimate against the upper end of the earlier.")


def _resolutions() -> Reading:
    rows = load("tests/unsc_votes").query("kind == 'sanctions' and outcome == 'adopted'")
    return _rise("resolutions", "Sanctions resolutions adopted", rows, "date",
                 note="Four in both spans; those of the later span are all of 2017, the harshest there are.")


def _listings() -> Reading:
    rows = load("tests/ofac_listings").query("`class` == 'Chinese or Hong Kong' and designated.notna()")
    return _rise("listings", "Chinese and Hong Kong names put on the US sanctions list", rows, "designated",
                 note="The point of tension with China. Floors: names taken off before April 2021 are missing.")


def _missiles_later() -> Indicator:
    rows = _between(load("tests/missile_tests"), "date_utc", (2021, 2024))
    return indicator("C39", "now", name="missiles-later", label="Missiles launched, 2021 to 2024", rows=rows,
                     value=len(rows), unit="missiles", period=("2021", "2024"),
                     note="The four years after the measured ones. Outcomes of many launches after 2022 are not known.")


# C40: the quotation

def c40() -> list[Reading]:
    """Return the readings of the quotation: the printings are one report, so one votes and the rest are variants."""
    rows = load("verdict/shi_yinhong_printings").sort_values("date", kind="stable")
    judged = {"substance": rows["preference_attributed"], "words": rows["first_quoted"] & rows["preference_quoted"],
              "sense": ~rows["omission_changes_sense"]}
    return [r for limb, met in judged.items() for r in both(_printing(limb, rows, met))]


def fullest(rows: pd.DataFrame) -> pd.Series:
    """Return the reprint that prints most of what he is quoted with."""
    reprints = rows[rows["kind"] == "reprint"]
    return reprints.loc[reprints["second_quoted_sentence"].fillna("").str.len().idxmax()]


def _printing(limb: str, rows: pd.DataFrame, met: pd.Series) -> Reading:
    one = fullest(rows)
    rest = [variant(f"C40.{limb}", label=_where(r), rows=rows.loc[[a]], met=bool(met[a])) for a, r in rows.iterrows()
            if a != one.name]
    return reading(f"C40.{limb}", "then", name=limb, label=f"{_where(one)} of a New York Times report",
                   rows=rows.loc[[one.name]], period=one["date"], met=bool(met[one.name]), variants=rest,
                                      definition=limb, note=QUOTATION_NOTES[limb])


def _where(printing: pd.Series) -> str:
    return f"{printing['printing'].replace('_', ' ').title()}, {printing['kind']}"


QUOTATION_NOTES = {
    "substance": "Every printing read credits him with the preference. The newspaper's own page could not be read.",
    "words": "Only the first of the two sentences is inside quotation marks; the second is the reporter's paraphrase.",
    "sense": "Left out is his remark that China may at the moment be closer to the North than the United States.",
}


# C41 and C42: what China would rather live with, and why

def c41() -> list[Reading | Indicator]:
    """Return a reading for each Chinese voice that decides the comparison, and the voices abroad as indicators."""
    return [*voice_readings("C41.preference"), *(_abroad(v) for v in ("then", "now"))]


def _abroad(vantage: str) -> Indicator:
    rows = bearing("C41", vantage, ("for",))
    rows = rows[~rows["chinese_voice"]]
    dates = sorted(rows["date"])
    return indicator("C41", vantage, name="abroad", label="Voices abroad that say so of China", rows=rows,
                     value=rows["origin"].nunique(), unit="voices", period=(dates[0], dates[-1]),
                     origin="voices_abroad", note="The criterion asks for Chinese voices, so these do not vote.")


def c42() -> list[Reading]:
    """Return a reading for each voice that gives ideology as a reason for the backing, or denies it."""
    return voice_readings("C42.ideology")


CLAIMS: dict[str, object] = {"C38": c38, "C39": c39, "C40": c40, "C41": c41, "C42": c42}
