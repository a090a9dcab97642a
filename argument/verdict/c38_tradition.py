"""Readings of C38: do communist states favour one another, decade by decade?

Two indicators cover all pairs of states: defence pacts (the Alliance Treaty Obligations and Provisions data,
with the list of communist regimes by Kailitz) and deliveries of arms (SIPRI). A pact is judged against pairs
in which neither state is communist; a supplier's arms against the part of the other states that is communist.
Disputes among communist states have no such yardstick in the data at hand and stay an indicator.
"""

from __future__ import annotations

from argument.verdict.series import (CODE_CHINA, last_listed, arms_share, communist_partners, disputes,
                                     last_delivery, pact_share, share_outside_warsaw, states_of, warsaw_pairs)
from report.data.package import load
from report.rule import (Indicator, Options, Reading, Vantage, Variant, indicator, last_whole_year, limb,
                         reading, variant)
from report.trace import Measure, only

LIMB = "C38.favour"
WARSAW_CHOICE = {"in": "counted", "out": "left out"}


def c38() -> list[Reading | Indicator]:
    """Return pacts and arms by decade, arms since the Cold War for *now*; pacts of one
    year and disputes inform.
    """
    then = [_pacts(d) for d in decades()] + [_arms("China", d, d + 9) for d in decades()]
    then += [_arms("China", last_listed(), last_whole_year())]
    then += [_arms("Soviet Union", d, d + 9) for d in decades("last_soviet_decade")]
    now = [_arms("China", limb(LIMB).whole("now_first"), last_delivery(), "now")]
    return [*then, *now, _latest_pacts(), *(_disputes(which) for which in ("gml", "cow"))]


def decades(last: str = "last_decade") -> range:
    """Return the first years of the decades that are read, up to the one that a setting names."""
    return range(limb(LIMB).whole("first_decade"), limb(LIMB).whole(last) + 1, 10)


def _pacts(first: int) -> Reading:
    last, span = first + 9, f"{first}s"
    ours, others = (pact_share(first, last, pair) for pair in ("communist", "other"))
    return reading(LIMB, "then", name=f"pacts-{span}", measure=ours, against=others, met=bool(ours > others),
                   label=f"Defence pacts, {span}, percent of pairs", period=(str(first), str(last)),
                   definition=f"pacts-{span}",
                   note="Most of these pacts are the Warsaw Pact." if last < 1990 else few_left(last),
                   variants=_outside_warsaw(first, last, others))


def few_left(year: int) -> str:
    """Return how many communist states there were in a year, and how many of their pairs had a pact."""
    rows = load("alliance/pact_counts").query("pair == 'communist' and year == @year")
    bound, pairs = only(rows, "with_defence_pact"), only(rows, "pairs")
    return (f"In {year} {states_of(int(pairs))} communist states are left, and {bound} of their {pairs} "
            "pairs have a pact.")


def _outside_warsaw(first: int, last: int, others: Measure) -> list[Variant]:
    if not any(warsaw_pairs(year) for year in range(first, last + 1)):
        return []
    ours = share_outside_warsaw(first, last)
    return [variant(LIMB, label=f"Without the Warsaw Pact: {ours:.1f} against {others:.1f} percent",
                    measure=ours,
                    against=others, met=bool(ours > others), key=f"no-warsaw-{first}")]


def _latest_pacts() -> Indicator:
    """Return the pacts of the last year that the list of regimes covers: one year, which is
    no decade and no present.
    """
    ours, others = (pact_share(last_listed(), last_listed(), pair) for pair in ("communist", "other"))
    return indicator("C38", "then", name=f"pacts-{last_listed()}", measure=ours.resting_on(others),
                     unit="percent of pairs",
                     period=str(last_listed()), note=few_left(last_listed()),
                     label=f"Defence pacts in the one year {last_listed()}, against {others:.1f} percent of "
                           "other pairs")


def _arms(supplier: str, first: int, last: int, vantage: str = "then") -> Reading:
    span = f"{first}s" if last == first + 9 else f"{first}-{last}"
    name = "-".join(["arms", *supplier.lower().split(), span])
    listed = last_listed()
    regimes = load("alliance/communist_regimes").query("@first <= year <= @last or year == @listed")
    sent, expected = arms_share(supplier, first, last).resting_on(regimes), communist_partners(first, last)
    return reading(LIMB, vantage, name=name, measure=sent, against=expected, met=bool(sent > expected),
                   label=f"{supplier}'s arms to communist states, {span.replace('-', ' to ')}, percent",
                   period=(str(first), str(last)), origin="sipri", definition=name, note=_arms_note(last))


def _arms_note(last: int) -> str:
    note = "Judged against the part of all other states that was communist."
    if last < last_listed():
        return note
    return f"{note} After {last_listed()} the states listed for that year are counted."


def _disputes(which: str) -> Indicator:
    """Return how many of the disputes between communist states had China in them, by
    one of the two rival lists.
    """
    return indicator("C38", "then", name=f"disputes-{which}", measure=disputes(which, CODE_CHINA),
                     origin=which,
                     label=f"Disputes between communist states with China in them, of {disputes(which)} in "
                           "all")


def warsaw_options() -> Options:
    """Return the share of communist pairs with a pact by decade, with and without the Warsaw Pact."""
    by_decade = {r.definition.removeprefix("pacts-"): r for r in c38() if isinstance(r, Reading)
                 and r.vantage == Vantage.THEN and r.definition.startswith("pacts-")}
    within: Options = {(decade, "in"): r for decade, r in by_decade.items()}
    return within | {(decade, "out"): r.variants[0] if r.variants else r for decade, r in by_decade.items()}

