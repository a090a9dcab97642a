"""Readings of C26: whether the bond went on unaffected by the nuclear tests.

Each indicator that the tables hold by year or day is set against itself: what it did around the tests to the
vantage, and what it did in years without a test. An indicator too restless to tell is shown without a vote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from argument.tests.series import (agreement, backed_by_china, net_agreement, published_agreement,
                                   tightening_acts, year_of_un_list)
from argument.tests.windows import (LIMB, Pooled, Scale, amounts, mean_value, moves, pooled, quiet,
                                    rates_after_tests, setting, share_alike, test_years, votes_alike)
from argument.trade.series import china_trade
from argument.words import counted, spelled
from report.data.package import load
from report.rule import (Indicator, Reading, Vantage, Variant, end_of, indicator, last_year_of, limb, reading,
                         seen, variant)
from report.trace import Measure, mean, measures, united

SANCTIONS = "sanctions of the Council"  # its lists are annexes of its resolutions: one act, not two
ISSUES = {"all": "all votes", "human rights": "votes on human rights",
          "arms control": "votes on arms control", "nuclear": "votes on nuclear weapons"}


@dataclass(frozen=True, kw_only=True)
class Watched:
    """Measures by year up to ``last`` that may have moved at the tests, and the scale of their moves."""

    name: str
    label: str
    years: pd.DataFrame
    scale: Scale
    last: int

    @property
    def tests(self) -> list[int]:
        """Return the years that the tests mark, as far as they are seen."""
        return [year for year in self.scale.marked() if year <= self.last]

    @property
    def period(self) -> tuple[str, str]:
        """Return the first and last year."""
        return str(self.years.index.min()), str(self.years.index.max())

    def seen_from(self, vantage: str) -> Watched:
        """Return the measures as far as a vantage sees them."""
        last = last_year_of(vantage)
        return replace(self, years=self.years[self.years.index <= last], last=last)

    def measured_by(self, years: pd.DataFrame) -> Watched:
        """Return the same measured in another way, a value a year, up to the same year."""
        return replace(self, years=years[years.index <= self.last],
                       scale=replace(self.scale, level=mean_value))

    def pooled(self, width: int | None = None) -> Pooled | None:
        """Return its pooled moves, or None where there are too few years."""
        return pooled(self.years, self.scale.level, self.tests, width)


def watched() -> list[Watched]:
    """Return what the tables hold year by year."""
    last, visits = last_year_of(Vantage.NOW), load("alliance/elite_visits").query("partner == 'PRK'")
    visits = visits[visits["year"] >= setting("visits_since")]
    series = [("trade-kotra", "Trade with China, KOTRA", china_trade("kotra")["value"]),
              ("trade-customs", "Trade with China, Chinese customs", china_trade("gacc")["value"]),
              ("visits", "Visits of senior officials, AidData",
               measures(visits, "government_visits", by="year")),
              ("aid", "Chinese aid commitments, AidData",
               measures(load("lifelines/aid_china_commitments"), "oda_like", by="year"))]
    votes = [Watched(name=issue.replace(" ", "-"), label=f"General Assembly, {label}", years=agreement(issue),
                     scale=votes_alike(), last=last) for issue, label in ISSUES.items()]
    counted = [Watched(name=name, label=label, years=pd.DataFrame({"value": values}), scale=amounts(),
                       last=last)
               for name, label, values in series]
    return [*votes, *counted, _food(last)]


def _food(last: int) -> Watched:
    """Return Chinese food aid, in tonnes and not percent since years without any are among them."""
    given = measures(load("lifelines/food_aid_interfais").query("donor == 'China'"), "value_kt", by="year")
    smallest = -mean(given).number * setting("smallest_amount") / 100
    scale = Scale(unit="thousand tonnes", level=mean_value, marked=test_years, smallest=smallest)
    return Watched(name="food-aid", label="Chinese food aid, INTERFAIS", years=pd.DataFrame({"value": given}),
                   scale=scale, last=last)


def moves_compared() -> pd.DataFrame:
    """Return the move of every indicator at each test and in each quiet year."""
    made = []
    for one in watched():
        every = moves(one.years, one.scale.level)
        kinds = {"test": [t for t in one.tests if t in every.index], "quiet": quiet(every.index, one.tests)}
        made += [{"indicator": one.label, "unit": one.scale.unit, "kind": kind, "year": year,
                  "move": one.scale.shown(every[year])} for kind, years in kinds.items() for year in years]
    return pd.DataFrame(made)


def windows_and_chance() -> list[tuple[Watched, Pooled]]:
    """Return each indicator that can be pooled, over all tests, with its pooled moves."""
    found = [(one, one.pooled()) for one in watched()]
    return [(one, result) for one, result in found if result is not None]


def c26() -> list[Reading | Indicator]:
    """Return what each indicator did around the tests to the vantage."""
    both = (Vantage.THEN, Vantage.NOW)
    found = [_judged(one.seen_from(vantage), vantage) for vantage in both for one in watched()]
    return found + [count(vantage) for count in (_council, _listings, _other_acts) for vantage in both]


def _judged(one: Watched, vantage: str) -> Reading | Indicator:
    result = one.pooled()
    moved = None if result is None else result.moved_away(one.scale.smallest)
    if result is None or moved is None:
        return indicator("C26", vantage, name=one.name, label=f"{one.label}: too restless to tell",
                         measure=_too_few(one) if result is None else one.scale.shown(result.effect),
                         period=one.period, unit=one.scale.unit, note=_chance_told(one, result))
    return reading(LIMB, vantage, name=one.name, label=f"{one.label} ({one.scale.unit})", period=one.period,
                   measure=one.scale.shown(result.effect), met=not moved, definition=one.name,
                   variants=_variants(one), note=_chance_told(one, result))


def _too_few(one: Watched) -> Measure:
    """Return that there are too few years to compare, as a word that rests on all of them."""
    parts = one.years.to_numpy().ravel()
    return Measure("too few", None, one.period, united(*(part.rows for part in parts)))


def _chance_told(one: Watched, result: Pooled | None) -> str:
    if result is None:
        return "Too few tests or years without one in the series for a comparison."
    low, high = one.scale.told(result.low), one.scale.told(result.high)
    windows = f"{len(result.at_tests)} test window{'s' * (len(result.at_tests) > 1)}"
    width = setting("width")
    return (f"{counted(width, 'year').capitalize()} from each test on against the {spelled(width)} before "
            f"({windows}), less the same for {len(result.at_quiet)} years without a test; "
            f"chance leaves {low:+.1f} to {high:+.1f} {one.scale.unit} open.")


def _variants(one: Watched) -> list[Variant]:
    """Return the variants that can be told: one year on a side, less the North's own move, as published."""
    made = [_variant(one, "One year on either side", "one-year", width=1)]
    if one.scale.level is share_alike:
        net = one.measured_by(net_agreement(one.name.replace("-", " ")))
        made.append(_variant(net, "Less the agreement of five other states with the North", "net"))
    if one.name == "all":
        printed = one.measured_by(published_agreement())
        made.append(_variant(printed, "As the dataset prints the share", "published"))
    return [told for told in made if told is not None]


def _variant(one: Watched, label: str, key: str, width: int | None = None) -> Variant | None:
    """Return a variant, or None where it cannot be told."""
    result = one.pooled(width)
    moved = None if result is None else result.moved_away(one.scale.smallest)
    if result is None or moved is None:
        return None
    return variant(LIMB, label=label, measure=one.scale.shown(result.effect), met=not moved, key=key)


# Acts by the day --------------------------------------------------------------------------------------------

def _rates(days: pd.Series, vantage: str, since: str) -> pd.Series:
    """Return the acts a year after tests and otherwise, from a day that the criterion names on."""
    tests = seen("C26", load("tests/nuclear_tests"), vantage)["date"]
    return rates_after_tests(days, tests, pd.Timestamp(limb(LIMB).setting(since)), end_of(vantage))


def vote_rates(vantage: str) -> pd.Series:
    """Return the sanctions that China voted for, a year, soon after a test and otherwise."""
    return _rates(seen("C26", backed_by_china(), vantage)["date"], vantage, "votes_since")


def _told(rates: pd.Series) -> str:
    soon = f"within {counted(setting('within'), 'month')} of a test"
    return f"{rates['after']:.1f} a year {soon}, {rates['otherwise']:.1f} otherwise."


def _council(vantage: str) -> Reading:
    rates = vote_rates(vantage)
    return reading(LIMB, vantage, name="council-votes", definition="council-votes", votes_as=SANCTIONS,
                   label="Sanctions China voted for (resolutions a year)",
                   measure=rates["after"] - rates["otherwise"], met=rates["after"] <= rates["otherwise"],
                   note=f"{_told(rates)} A vote for, after whatever delay and softening.")


def _listings(vantage: str) -> Reading:
    days = seen("C26", load("tests/un_listings"), vantage, "listed")["listed"]
    rates = _rates(days, vantage, "lists_since")
    return reading(LIMB, vantage, name="un-listings", definition="un-listings", votes_as=SANCTIONS,
                   label="Listings by the Council with China's assent (entries a year)",
                   measure=rates["after"] - rates["otherwise"], met=rates["after"] <= rates["otherwise"],
                   note=f"{_told(rates)} Entries still on the list in {year_of_un_list()}.")


def _other_acts(vantage: str) -> Indicator:
    rates = _rates(tightening_acts(vantage)["day"], vantage, "lists_since")
    return indicator("C26", vantage, name="other-acts", origin="report", unit="acts a year",
                     label="Other acts that tighten: finance, export control, trade, police",
                     measure=rates["after"] - rates["otherwise"],
                     note=f"{_told(rates)} Gathered by hand, with the tests in mind, so no vote.")
