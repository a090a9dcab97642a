"""Readings of C27: whether China, almost alone, kept its food aid up after the test of 2009.

The World Food Programme's count (INTERFAIS) is the only one that reaches 2011 by donor, and it was not told
what part of Chinese grain was a gift: it has none for 2008, where the Congressional Research Service has
about 100,000 tonnes.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from argument.words import years_told
from report.data.package import load
from report.rule import Options, Reading, Variant, both, limb, reading, variant
from report.trace import Measure, mean, measures, percent_of

DONORS = {"South Korea": "South Korea, INTERFAIS", "United States": "United States, INTERFAIS",
          "Others": "All other donors together, INTERFAIS"}
ROUNDED = ", rounded"  # said of a figure where it is listed, and not where it is chosen


def years_before() -> range:
    """Return the years before the test that the criterion names."""
    return _years("before")


def years_after() -> range:
    """Return the years after the test that the criterion names."""
    return _years("after")


def year_of_test() -> int:
    """Return the year of the test, in which aid may be told from that before or after."""
    return limb("C27.china-kept").whole("test")


def _years(side: str) -> range:
    part = limb("C27.china-kept")
    return range(part.whole(f"{side}_first"), part.whole(f"{side}_last") + 1)


def kept(donor: str, after: Collection[int] = ()) -> Measure:
    """Return a donor's food aid a year in ``after`` as percent of that in the years before the test."""
    return _kept(load("lifelines/food_aid_interfais").query("donor == @donor"), "value_kt", after=after)


def kept_crs(before: Collection[int], after: Collection[int]) -> Measure:
    """Return the same for China as the Congressional Research Service has it, in rounded figures."""
    rows = load("lifelines/food_aid_china").query("origin == 'crs' and period == 'year'")
    return _kept(rows, "value_low_t", before, after)


def loans_kept() -> Measure:
    """Return the same for South Korea's loans of food, from its own ministry."""
    return _kept(load("lifelines/aid_south_korea"), "food_loans")


def _kept(rows: pd.DataFrame, column: str, before: Collection[int] = (),
          after: Collection[int] = ()) -> Measure:
    """Return the yearly mean after as percent of that before, by default in the years of the criterion."""
    spans = (before or years_before(), after or years_after())
    sides = (rows[rows["year"].isin(list(years))] for years in spans)
    earlier, later = (mean(measures(side, column)) for side in sides)
    return percent_of(later, earlier)


def c27() -> list[Reading]:
    """Return the readings of C27: China's aid, and that of each other donor."""
    votes = [reading("C27.china-kept", "then", name="china", label="China, INTERFAIS", measure=kept("China"),
                     variants=_other_windows())]
    votes += [reading("C27.others-cut", "then", name=donor.lower().replace(" ", "-"), label=label,
                      measure=kept(donor), definition=donor.lower()) for donor, label in DONORS.items()]
    votes.append(reading("C27.others-cut", "then", name="south-korea-loans", measure=loans_kept(),
                         label="South Korea, loans of food, its ministry"))
    return [r for vote in votes for r in both(vote)]


def _other_windows() -> list[Variant]:
    before, test = years_told(years_before()), year_of_test()
    since = range(test, years_after()[-1] + 1)
    tried = [(f"INTERFAIS, {test} against {before}", "one-year", kept("China", [test])),
             (f"INTERFAIS, {years_told(since)} against {before}", "three-years", kept("China", since)),
             (f"Congressional Research Service, {test} against {before}{ROUNDED}", "crs",
              kept_crs(years_before(), [test])),
             (f"Congressional Research Service, {test} against {test - 1}", "crs-next-year",
              kept_crs([test - 1], [test]))]
    return [variant("C27.china-kept", label=label, measure=share, key=key) for label, key, share in tried]


def options() -> Options:
    """Return the reading and its variants by key, for a reader's choice."""
    china = next(r for r in c27() if r.limb == "china-kept")
    return {("two-years",): china, **{(str(v.key),): v for v in china.variants}}


def choice() -> dict[str, dict[str, str]]:
    """Return the counts and years that a reader can choose from, in words by the keys of ``options``."""
    spans = f"{years_told(years_after())} against {years_told(years_before())}"
    return {"Count and years": {"two-years": f"INTERFAIS, {spans}",
                                **{str(v.key): v.label.removesuffix(ROUNDED) for v in _other_windows()}}}
