"""Readings of C26: whether the bond went on unaffected by the nuclear tests.

Each indicator that the tables hold by year or day is set against itself: what it did around the tests to the vantage,
and what it did in years without a test. An indicator too restless to tell is shown without a vote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant
from report.data.package import load, package
from argument.tests.windows import (SMALLEST_AMOUNT, SMALLEST_SHARE, WIDTH, Pooled, after_tests, amount,
                                           as_percent, moves, pooled, quiet, share_alike, test_sessions, test_years)
from argument.tests.series import last_day
from argument.by_rows import china_trade, joined, rows_at

LIMB = "C26.unmoved"
ISSUES = {"all": "all votes", "human rights": "votes on human rights", "arms control": "votes on arms control",
          "nuclear": "votes on nuclear weapons"}
OTHERS = ["CUB", "IRN", "PAK", "RUS", "VNM"]
VISITS_FROM = 2002  # the dataset codes visits in another way before
FIRST_VOTE = pd.Timestamp("1993-05-11")  # the first vote of the Council on North Korea
FIRST_LISTING = pd.Timestamp("2006-10-14")  # the resolution that set the list up


@dataclass(frozen=True)
class Measured:
    """An indicator by year: a frame with what ``level`` needs, and the years that the tests mark in it."""

    name: str
    label: str
    series: pd.DataFrame
    level: Callable
    tests: list[int]
    smallest: float
    unit: str
    origin: str
    last: int = 9999

    def until(self, last: int) -> "Measured":
        """Return the indicator as far as a vantage sees it."""
        return replace(self, series=self.series[self.series.index <= last], tests=[t for t in self.tests if t <= last],
                       last=last)

    def measured_by(self, series: pd.DataFrame) -> "Measured":
        """Return the same indicator with another frame of values, cut at the same vantage."""
        return replace(self, series=series[series.index <= self.last], level=mean_value)

    def pooled(self, width: int = WIDTH) -> Pooled | None:
        return pooled(self.series, self.level, self.tests, width)

    def shown(self, move: float) -> float:
        """Return a move as readers see it: amounts in percent."""
        return as_percent(move) if self.level is amount else move

    @property
    def rows(self) -> pd.DataFrame:
        return rows_at(";".join(self.series["row"]))


def agreement(issue: str, country: str = "CHN") -> pd.DataFrame:
    """Return votes in the General Assembly together and alike with North Korea, by year of the session."""
    rows = load("tests/unga_agreement").query("issue == @issue and country == @country")
    return rows.assign(row=rows.index).set_index("year").rename_axis(None)


def net_agreement(issue: str) -> pd.DataFrame:
    """Return China's share of votes alike less the mean of five other states, which takes off the North's own moves."""
    frames = {c: agreement(issue, c) for c in ("CHN", *OTHERS)}
    shares = pd.DataFrame({c: 100 * f["same"] / f["votes"] for c, f in frames.items()})
    rows = pd.concat([f["row"] for f in frames.values()]).groupby(level=0).agg(";".join)
    return pd.DataFrame({"value": shares["CHN"] - shares[OTHERS].mean(axis=1), "row": rows})


def published_agreement() -> pd.DataFrame:
    """Return the share of votes alike as the voting dataset prints it, in percent."""
    rows = load("tests/unga_agreement_published")
    return rows.assign(row=rows.index, value=100 * rows["with_china"]).set_index("year").rename_axis(None)


def mean_value(window: pd.DataFrame) -> float:
    return window["value"].mean()


def _by_year(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    return rows.assign(row=rows.index, value=rows[column].astype(float)).set_index("year").rename_axis(None)


def measured() -> list[Measured]:
    """Return every indicator that the tables hold year by year."""
    votes = [Measured(i.replace(" ", "-"), f"General Assembly, {label}", agreement(i), share_alike, test_sessions(),
                      SMALLEST_SHARE, "points", "unga_roll_calls") for i, label in ISSUES.items()]
    visits = load("alliance/elite_visits").query("partner == 'PRK' and year >= @VISITS_FROM")
    amounts = [("trade-kotra", "Trade with China, KOTRA", china_trade("kotra"), "kotra"),
               ("trade-customs", "Trade with China, Chinese customs", china_trade("gacc"), "gacc"),
               ("visits", "Visits of senior officials, AidData", _by_year(visits, "government_visits"),
                "aiddata"),
               ("aid", "Chinese aid commitments, AidData", _by_year(load("lifelines/aid_china_commitments"), "oda_like"),
                "aiddata")]
    return votes + [Measured(n, l, s, amount, test_years(), SMALLEST_AMOUNT, "percent change", o)
                    for n, l, s, o in amounts] + [_food()]


def _food() -> Measured:
    """Return Chinese food aid, in tonnes and not percent since years without any are among them."""
    rows = _by_year(load("lifelines/food_aid_interfais").query("donor == 'China'"), "value_kt")
    return Measured("food-aid", "Chinese food aid, INTERFAIS", rows, mean_value, test_years(),
                    -0.1 * rows["value"].mean(), "thousand tonnes", "wfp-interfais")


def windows() -> pd.DataFrame:
    """Return the move of every indicator at each test and in each quiet year, as a chart shows them side by side."""
    made = []
    for one in measured():
        every = moves(one.series, one.level)
        kinds = {"test": [t for t in one.tests if t in every.index], "quiet": quiet(every.index, one.tests)}
        for kind, years in kinds.items():
            for year in years:
                window = one.series.loc[year - WIDTH:year + WIDTH - 1]
                made.append({"indicator": one.label, "unit": one.unit, "kind": kind, "year": year,
                             "move": one.shown(every[year]), **joined(rows_at(";".join(window["row"])))})
    return pd.DataFrame(made)


def c26() -> list[Reading | Indicator]:
    """Return what each indicator did around the tests to the vantage."""
    last = {"then": package().cutoff.year - 1, "now": package().as_of.year}
    found = [_judged(m.until(last[v]), v) for v in last for m in measured()]
    return found + [_council(v) for v in last] + [_listings(v) for v in last] + [_other_acts(v) for v in last]


def _judged(one: Measured, vantage: str) -> Reading | Indicator:
    result = one.pooled()
    moved = None if result is None else result.moved_away(one.smallest)
    period = (str(one.series.index.min()), str(one.series.index.max()))
    if moved is None:
        return indicator("C26", vantage, name=one.name, label=f"{one.label}: too restless to tell", rows=one.rows,
                         period=period, value=None if result is None else one.shown(result.effect), unit=one.unit,
                         origin=one.origin, note=_told(one, result))
    return reading(LIMB, vantage, name=one.name, label=f"{one.label} ({one.unit})", rows=one.rows, period=period,
                   value=one.shown(result.effect), met=not moved, origin=one.origin, definition=one.name,
                   variants=_variants(one), note=_told(one, result))


def _told(one: Measured, result: Pooled | None) -> str:
    if result is None:
        return "Too few tests or years without one in the series for a comparison."
    low, high = one.shown(result.low), one.shown(result.high)
    windows = f"{len(result.at_tests)} test window{'s' * (len(result.at_tests) > 1)}"
    return (f"Two years from each test on against the two before ({windows}), less the same for {len(result.at_quiet)} "
            f"years without a test; chance leaves {low:+.1f} to {high:+.1f} {one.unit} open.")


def _variants(one: Measured) -> tuple[Variant, ...]:
    """Return the variants that can be told: one year on either side, less the North's own move, the published share."""
    tried = [("One year on either side", "one-year", one, 1)]
    if one.level is share_alike:
        net = one.measured_by(net_agreement(one.name.replace("-", " ")))
        tried.append(("Less the agreement of five other states with the North", "net", net, WIDTH))
    if one.name == "all":
        tried.append(("As the dataset prints the share", "published", one.measured_by(published_agreement()), WIDTH))
    judged = [(label, key, w, w.pooled(width)) for label, key, w, width in tried]
    told = [(label, key, w, r, r.moved_away(w.smallest)) for label, key, w, r in judged if r is not None]
    return tuple(variant(LIMB, label=label, rows=w.rows, value=w.shown(r.effect), met=not moved, key=key)
                 for label, key, w, r, moved in told if moved is not None)


def _end(vantage: str) -> pd.Timestamp:
    return pd.Timestamp(package().cutoff if vantage == "then" else package().as_of)


def council_votes() -> pd.DataFrame:
    """Return the sanctions drafts that China voted for."""
    return load("tests/unsc_votes").query("kind == 'sanctions' and vote_china == 'yes'")


def _counted(vantage: str, days: pd.Series, start: pd.Timestamp) -> pd.Series:
    end, tests = _end(vantage), load("tests/nuclear_tests")["date"]
    return after_tests(days, tests[tests <= end], start, end)


def _rates(rate: pd.Series) -> str:
    return f"{rate['after']:.1f} a year within twelve months of a test, {rate['otherwise']:.1f} otherwise."


def vote_rates(vantage: str) -> pd.Series:
    """Return the sanctions that China voted for, a year, within twelve months of a test and otherwise."""
    return _counted(vantage, council_votes()["date"], FIRST_VOTE)


def _council(vantage: str) -> Reading:
    votes, rate = council_votes(), vote_rates(vantage)
    votes = votes[votes["date"] <= _end(vantage)]
    return reading(LIMB, vantage, name="council-votes", label="Sanctions China voted for (resolutions a year)",
                   rows=votes, period=(f"{FIRST_VOTE:%Y-%m-%d}", f"{votes['date'].max():%Y-%m-%d}"),
                   value=rate["after"] - rate["otherwise"], met=bool(rate["after"] <= rate["otherwise"]),
                   definition="council-votes", note=f"{_rates(rate)} A vote for, after whatever delay and softening.")


def _listings(vantage: str) -> Reading:
    listed = load("tests/un_listings")
    listed = listed[listed["listed"] <= _end(vantage)]
    rate = _counted(vantage, listed["listed"], FIRST_LISTING)
    return reading(LIMB, vantage, name="un-listings", rows=listed,
                   label="Listings by the Council with China's assent (entries a year)",
                   period=(f"{FIRST_LISTING:%Y-%m-%d}", f"{listed['listed'].max():%Y-%m-%d}"),
                   value=rate["after"] - rate["otherwise"], met=bool(rate["after"] <= rate["otherwise"]),
                   definition="un-listings", note=f"{_rates(rate)} Entries still on the list in 2024.")


def _other_acts(vantage: str) -> Indicator:
    acts = load("tests/china_actions").query("direction == 'tightens' and domain != 'Security Council'")
    days = last_day(acts["date"])
    acts, days = acts[days <= _end(vantage)], days[days <= _end(vantage)]
    rate = _counted(vantage, days, FIRST_LISTING)
    return indicator("C26", vantage, name="other-acts", rows=acts, origin="report", unit="acts a year",
                     label="Other acts that tighten: finance, export control, trade, police",
                     period=(f"{FIRST_LISTING:%Y-%m-%d}", f"{days.max():%Y-%m-%d}"),
                     value=rate["after"] - rate["otherwise"],
                     note=f"{_rates(rate)} Gathered by hand, with the tests in mind, so no vote.")
