"""Readings of C38: do communist states favour one another, decade by decade?

Two indicators cover all pairs of states: defence pacts (the Alliance Treaty Obligations and Provisions data, with the
list of communist regimes by Kailitz) and deliveries of arms (SIPRI). A pact is judged against pairs in which neither
state is communist; a supplier's arms against the part of the other states that is communist. Disputes among communist
states have no such yardstick in the data at hand and stay an indicator.
"""

from __future__ import annotations

import math

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant
from report.data.package import load, package
from argument.by_rows import once

LIMB = "C38.favour"
DECADES = range(1950, 2010, 10)
SOVIET_DECADES = range(1950, 1990, 10)
LAST_LISTED = 2010  # the last year of the list of communist regimes
CODE_CHINA = 710
SINCE = 2018


def c38() -> list[Reading | Indicator]:
    """Return pacts and arms by decade, arms since 2018 for *now*; pacts of one year and disputes are indicators."""
    then = [_pacts(d) for d in DECADES] + [_arms("China", d, d + 9) for d in DECADES]
    then += [_arms("China", LAST_LISTED, package().cutoff.year - 1)]
    then += [_arms("Soviet Union", d, d + 9) for d in SOVIET_DECADES]
    now = [_arms("China", SINCE, _last_delivery(), "now")]
    return then + now + [_latest_pacts(), *(_disputes(k) for k in ("gml", "cow"))]


# Pacts

def pact_share(first: int, last: int, pair: str) -> tuple[float, pd.DataFrame]:
    """Return the percentage of pairs with a defence pact, pooled over years, and the rows it rests on.

    ``pair`` is communist, mixed or other.
    """
    rows = load("alliance/pact_counts").query("pair == @pair and @first <= year <= @last")
    return 100 * float(rows["with_defence_pact"].sum() / rows["pairs"].sum()), rows


def warsaw_pairs(year: int) -> int:
    """Return how many pairs of communist states were bound by the Warsaw Pact in a year."""
    members, regimes = load("verdict/warsaw_pact"), load("alliance/communist_regimes")
    gone, listed = members["left"].dt.year.fillna(9999), regimes.loc[regimes["year"] == year, "ccode"]
    inside = members[(members["joined"].dt.year <= year) & (gone >= year) & members["ccode"].isin(listed)]
    return math.comb(len(inside), 2)


def share_outside_warsaw(first: int, last: int) -> float:
    """Return the share of pacts among communist pairs, those of the Warsaw Pact left out of both counts."""
    rows = load("alliance/pact_counts").query("pair == 'communist' and @first <= year <= @last")
    out = sum(warsaw_pairs(int(y)) for y in rows["year"])
    return 100 * float((rows["with_defence_pact"].sum() - out) / (rows["pairs"].sum() - out))


def _pacts(first: int) -> Reading:
    last, span = first + 9, f"{first}s"
    (value, ours), (others, theirs) = (pact_share(first, last, p) for p in ("communist", "other"))
    return reading(LIMB, "then", name=f"pacts-{span}", rows=pd.concat([ours, theirs]), value=value, against=others,
                   met=value > others, label=f"Defence pacts, {span}, percent of pairs", period=(str(first), str(last)),
                   definition=f"pacts-{span}", note=_pact_note(last),
                   variants=_outside_warsaw(first, last, others, ours))


FEW_LEFT = "Five communist states are left, so two pacts, with China and with Cuba, both of North Korea, make a fifth."


def _pact_note(last: int) -> str:
    return "Most of these pacts are the Warsaw Pact." if last < 1990 else FEW_LEFT


def _outside_warsaw(first: int, last: int, others: float, rows: pd.DataFrame) -> list[Variant]:
    if not any(warsaw_pairs(y) for y in range(first, last + 1)):
        return []
    value = share_outside_warsaw(first, last)
    return [variant(LIMB, label=f"Without the Warsaw Pact: {value:.1f} against {others:.1f} percent", value=value,
                    met=value > others, rows=pd.concat([rows, load("verdict/warsaw_pact")]), key=f"no-warsaw-{first}")]


def _latest_pacts() -> Indicator:
    """Return the pacts of the last year that the list of regimes covers: one year, which is no decade and no present."""
    value, ours = pact_share(LAST_LISTED, LAST_LISTED, "communist")
    others, theirs = pact_share(LAST_LISTED, LAST_LISTED, "other")
    return indicator("C38", "then", name=f"pacts-{LAST_LISTED}", rows=pd.concat([ours, theirs]), value=value,
                     unit="percent of pairs", period=str(LAST_LISTED),
                     label=f"Defence pacts in the one year {LAST_LISTED}, against {others:.1f} percent of other pairs",
                     note=FEW_LEFT)


# Arms

@once
def communist_codes(year: int) -> set[int]:
    """Return the codes of the states listed as communist in a year; after the list's end, those of its last year."""
    listed = min(year, LAST_LISTED)
    return set(load("alliance/communist_regimes").query("year == @listed")["ccode"])


def deliveries(supplier: str, first: int, last: int) -> pd.DataFrame:
    """Return a supplier's deliveries, each marked as going to a communist state or not."""
    rows = load("alliance/arms_transfers").query("supplier == @supplier and @first <= year <= @last")
    codes = {y: communist_codes(int(y)) for y in rows["year"].unique()}
    return rows.assign(communist=[c in codes[y] for c, y in zip(rows["recipient_ccode"].fillna(0), rows["year"])])


def arms_share(supplier: str, first: int, last: int) -> tuple[float, pd.DataFrame]:
    """Return the percentage of a supplier's deliveries that went to communist states, and the rows."""
    rows = deliveries(supplier, first, last)
    return 100 * float(rows.loc[rows["communist"], "tiv"].sum() / rows["tiv"].sum()), rows


def communist_partners(first: int, last: int) -> tuple[float, pd.DataFrame]:
    """Return the percentage of a communist state's possible partners that were communist, pooled over years."""
    rows = load("alliance/pact_counts").query("@first <= year <= @last")
    if rows.empty:
        rows = load("alliance/pact_counts").query("year == @LAST_LISTED")
    ours = rows[rows["pair"] == "communist"].groupby("year")["pairs"].sum().map(_states)
    every = rows.groupby("year")["pairs"].sum().map(_states)
    return 100 * float((ours - 1).sum() / (every - 1).sum()), rows


def _states(pairs: int) -> int:
    """Return the number of states that make so many pairs."""
    return round((1 + math.sqrt(1 + 8 * pairs)) / 2)


def _arms(supplier: str, first: int, last: int, vantage: str = "then") -> Reading:
    (value, sent), (expected, states) = arms_share(supplier, first, last), communist_partners(first, last)
    whole = last == first + 9
    span = f"{first}s" if whole else f"{first}-{last}"
    name = "-".join(["arms", *supplier.lower().split(), span])
    regimes = load("alliance/communist_regimes").query("@first <= year <= @last or year == @LAST_LISTED")
    return reading(LIMB, vantage, name=name, rows=pd.concat([sent, states, regimes]), value=value, against=expected,
                   label=f"{supplier}'s arms to communist states, {span.replace('-', ' to ')}, percent",
                   met=value > expected, period=(str(first), str(last)), origin="sipri", definition=name,
                   note=_arms_note(last))


def _arms_note(last: int) -> str:
    note = "Judged against the part of all other states that was communist."
    return note if last < LAST_LISTED else f"{note} After {LAST_LISTED} the states listed for that year are counted."


def _last_delivery() -> int:
    return int(load("alliance/arms_transfers").query("supplier == 'China'")["year"].max())


# Disputes

def _disputes(which: str) -> Indicator:
    """Return how many of the disputes between communist states had China in them, by one of the two rival lists."""
    rows = load("alliance/disputes").query("list == @which")
    every, china = rows["dispute"].nunique(), rows.loc[_with_china(rows), "dispute"].nunique()
    return indicator("C38", "then", name=f"disputes-{which}", rows=rows, value=china, unit="disputes", origin=which,
                     label=f"Disputes between communist states with China in them, of {every} in all",
                     period=(str(rows["start_year"].min()), str(rows["end_year"].max())),
                     note="Militarised disputes, from a threat to war; six of them are between China and North Korea.")


def _with_china(rows: pd.DataFrame) -> pd.Series:
    return rows["ccode_a"].eq(CODE_CHINA) | rows["ccode_b"].eq(CODE_CHINA)


# What a reader can choose

WARSAW_CHOICE = {"in": "counted", "out": "left out"}


def warsaw_options() -> dict[tuple[str, str], Reading | Variant]:
    """Return the share of communist pairs with a pact by decade, with and without the Warsaw Pact."""
    read = {r.definition.removeprefix("pacts-"): r for r in c38()
            if isinstance(r, Reading) and r.vantage == "then" and r.definition.startswith("pacts-")}
    counted = {(decade, "in"): r for decade, r in read.items()}
    return counted | {(decade, "out"): r.variants[0] if r.variants else r for decade, r in read.items()}
