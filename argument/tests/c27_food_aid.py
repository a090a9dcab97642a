"""Readings of C27: whether China, almost alone, kept its food aid up after the test of 2009.

The World Food Programme's count (INTERFAIS) is the only one that reaches 2011 by donor, and it was not told what part
of Chinese grain was a gift: it has none for 2008, where the Congressional Research Service has about 100,000 tonnes.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import reading, variant
from report.rule import Reading, Variant, both
from report.data.package import load

BEFORE, AFTER = (2007, 2008), (2010, 2011)
DONORS = {"South Korea": "South Korea, INTERFAIS", "United States": "United States, INTERFAIS",
          "Others": "All other donors together, INTERFAIS"}


def kept(donor: str, before: tuple[int, ...] = BEFORE, after: tuple[int, ...] = AFTER) -> tuple[float, pd.DataFrame]:
    """Return a donor's food aid a year in ``after`` as percent of that in ``before``, and its rows."""
    rows = load("lifelines/food_aid_interfais").query("donor == @donor")
    rows = rows[rows["year"].isin(before + after)]
    return _percent(rows, "value_kt", before, after), rows


def kept_crs(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[float, pd.DataFrame]:
    """Return the same for China as the Congressional Research Service has it, in rounded figures."""
    rows = load("lifelines/food_aid_china").query("origin == 'crs' and period == 'year'")
    rows = rows[rows["year"].isin(before + after)]
    return _percent(rows, "value_low_t", before, after), rows


def loans_kept() -> tuple[float, pd.DataFrame]:
    """Return the same for South Korea's loans of food, from its own ministry."""
    rows = load("lifelines/aid_south_korea").dropna(subset=["food_loans"])
    rows = rows[rows["year"].isin(BEFORE + AFTER)]
    return _percent(rows, "food_loans", BEFORE, AFTER), rows


def _percent(rows: pd.DataFrame, column: str, before: tuple[int, ...], after: tuple[int, ...]) -> float:
    mean = [rows.loc[rows["year"].isin(years), column].mean() for years in (before, after)]
    return 100 * mean[1] / mean[0]


def c27() -> list[Reading]:
    """Return the readings of C27: China's aid, and that of each other donor."""
    value, rows = kept("China")
    votes = [reading("C27.china-kept", "then", name="china", label="China, INTERFAIS", rows=rows, value=value,
                     period=_period(BEFORE + AFTER), variants=_other_windows(),
                     note="China's blanks of 2008, 2010 and 2011 are true zeros of the count, for the other donors make up "
                          "the printed totals; but the programme was not told what was a gift. Grain sold and given "
                          "together rose from 2009 to 2011.")]
    for donor, label in DONORS.items():
        value, rows = kept(donor)
        votes.append(reading("C27.others-cut", "then", name=donor.lower().replace(" ", "-"), label=label, rows=rows,
                             value=value, period=_period(BEFORE + AFTER), definition=donor.lower()))
    value, rows = loans_kept()
    votes.append(reading("C27.others-cut", "then", name="south-korea-loans", rows=rows, value=value,
                         label="South Korea, loans of food, its ministry", period=_period(BEFORE + AFTER),
                         note="In won; the last loan was of 2007, before the test and under another president."))
    return [r for vote in votes for r in both(vote)]


def _other_windows() -> tuple[Variant, ...]:
    tried = [("INTERFAIS, 2009 against 2007-08", "one-year", kept("China", after=(2009,))),
             ("INTERFAIS, 2009-11 against 2007-08", "three-years", kept("China", after=(2009, 2010, 2011))),
             ("Congressional Research Service, 2009 against 2007-08, rounded", "crs", kept_crs(BEFORE, (2009,))),
             ("Congressional Research Service, 2009 against 2008", "crs-next-year", kept_crs((2008,), (2009,)))]
    return tuple(variant("C27.china-kept", label=label, rows=rows, value=value, key=key)
                 for label, key, (value, rows) in tried)


def _period(years: tuple[int, ...]) -> tuple[str, str]:
    return str(min(years)), str(max(years))


def options() -> dict[tuple[str, ...], Reading | Variant]:
    """Return the reading and its variants by key, for a reader's choice."""
    china = next(r for r in c27() if r.limb == "china-kept")
    return {("two-years",): china} | {(v.key,): v for v in china.variants}


CHOICE = {"Count and years": {
    "two-years": "INTERFAIS, 2010-11 against 2007-08", "one-year": "INTERFAIS, 2009 against 2007-08",
    "three-years": "INTERFAIS, 2009-11 against 2007-08", "crs": "Congressional Research Service, 2009 against 2007-08",
    "crs-next-year": "Congressional Research Service, 2009 against 2008"}}
