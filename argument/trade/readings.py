"""Readings of C12 to C14: what trade with China was, whether it rose, and what part of the whole it was.

The article cites KOTRA, South Korea's trade agency. Up to 2013 KOTRA follows Chinese customs; from 2014 on it
adds an estimate of the crude oil that customs stopped printing. So customs has one vote for 2000, in
whoever's print, and KOTRA a vote of its own for 2014. The Correlates of War data rest on IMF statistics with
freight counted in. Whether trade between the two Koreas belongs to the whole decides C14, so it makes a
definition of its own.
"""

from __future__ import annotations

import pandas as pd

from argument.trade.series import (BASE_YEARS, ONE_RETURN, PRICES, base_value, between_koreas, china_trade,
                                   growth_by_base_year, kotra_share_worked_out, national_total_by_cow,
                                   oil_added, share, share_in_factbook, world_trade)
from report.data.origins import short_name
from report.data.package import load
from report.rule import Options, Reading, Variant, both, last_whole_year, limb, reading, variant
from report.trace import mean, only

WITH_SOUTH = "with-inter-korean"


# C12: the two values

def c12() -> list[Reading]:
    """Return the readings of the value of trade in the claim's two years."""
    votes = [_value("year-2000", "gacc", "Chinese customs, and KOTRA after them", _customs_through_kotra()),
             _value("year-2000", "cow", "Correlates of War, freight counted in"),
             _value("year-2014", "kotra", "KOTRA, with its estimate of crude oil", _without_oil_value()),
             _value("year-2014", "gacc", "Chinese customs, no crude oil printed", _first_print()),
             _value("year-2014", "cow", "Correlates of War, freight counted in")]
    return [r for vote in votes for r in both(vote)]


def _year(name: str) -> int:
    return limb(name).whole("year")


def _value(name: str, origin: str, label: str, variants: tuple[Variant, ...] = ()) -> Reading:
    year = _year(f"C12.{name}")
    return reading(f"C12.{name}", "then", name=f"{origin}-{year}", label=label, period=str(year),
                   variants=variants,
                   measure=china_trade(origin).loc[year, "value"], origin=origin)


def _printed(year: int, origin: str, *sources: str) -> pd.DataFrame:
    """Return the first row with a total of trade that one of the sources printed."""
    rows = load("trade/china_trade").query("year == @year and flow == 'total' and origin == @origin")
    return rows[rows["source_id"].isin(sources)]


def _customs_through_kotra() -> tuple[Variant, ...]:
    rows = _printed(_year("C12.year-2000"), "kotra", "kotra_2000_china_nkchosun", "kotra_1993_2003_nkchosun")
    printed = only(rows.head(1), "value").resting_on(rows)
    return (variant("C12.year-2000", label="As KOTRA printed it", measure=printed, key="kotra"),)


def _without_oil_value() -> tuple[Variant, ...]:
    year = _year("C12.year-2014")
    return (variant("C12.year-2014", label="KOTRA less its estimate of crude oil", key="kotra-out",
                    measure=china_trade("kotra").loc[year, "value"] - oil_added()[year]),)


def _first_print() -> tuple[Variant, ...]:
    rows = _printed(_year("C12.year-2014"), "gacc", "gacc_2014_yonhap")
    return (variant("C12.year-2014", label="Chinese customs, first release", measure=only(rows, "value"),
                    key="gacc-first"),)


# C13: whether it rose

def c13() -> list[Reading]:
    """Return the readings of the rise since the base year, and of whether trade is still rising: each
    series' last year at the vantage, in current dollars.
    """
    last = last_whole_year()
    series = [(o, "then", china_trade(o).loc[:last]) for o in ("kotra", "gacc", "cow")]
    series += [(o, "now", china_trade(o)) for o in ("kotra", "gacc")]
    return [_rise(*one) for one in series] + [_still_rising(*one) for one in series]


def _rise(origin: str, vantage: str, points: pd.DataFrame) -> Reading:
    base, last = _year("C13.rose"), points.index[-1]
    return reading("C13.rose", vantage, name=origin, label=f"{short_name(origin)}, {last} against {base}",
                   measure=points.loc[last, "value"], against=points.loc[base, "value"],
                   period=(str(base), str(last)),
                   variants=_other_bases(points), origin=origin, votes_as=ONE_RETURN)


def _still_rising(origin: str, vantage: str, points: pd.DataFrame) -> Reading:
    """Return the last year against the mean of the years before it that the criterion names."""
    last = points.index[-1]
    before = points.loc[last - limb("C13.rising").whole("window"): last - 1, "value"]
    return reading("C13.rising", vantage, name=f"rising-{origin}", measure=points.loc[last, "value"],
                   against=mean(before), period=(str(before.index[0]), str(last)), origin=origin,
                   label=f"{short_name(origin)}, {last} against the mean of {before.index[0]} to "
                         f"{before.index[-1]}", votes_as=ONE_RETURN)


def _other_bases(points: pd.DataFrame) -> list[Variant]:
    """Return the rise against every other base year, in current and in constant dollars."""
    last, own = points.index[-1], _year("C13.rose")
    return [_against(points, base, last, kind) for base in BASE_YEARS if base in points.index
            for kind in PRICES if (base, kind) != (own, "nominal")]


def _against(points: pd.DataFrame, base: int, last: int, kind: str) -> Variant:
    value, start = points.loc[last, "value"], base_value(points, base, last, kind)
    return variant("C13.rose", label=f"{last} against {base}, {PRICES[kind]}: {value / start:.2f} times",
                   measure=value, against=start, key=f"{base}-{kind}")


# C14: the share of the claim's year

def c14() -> list[Reading]:
    """Return the readings of China's share in the claim's year."""
    year = _year("C14.share")
    return [r for vote in (_cited_share(year), _share_with_south(year), _share_in_cow(year))
            for r in both(vote)]


def _published(year: int, origin: str, *, preferred: bool) -> pd.DataFrame:
    rows = load("trade/china_share").query("year == @year and flow == 'total' and origin == @origin")
    return rows[rows["preferred"] == preferred]


def _cited_share(year: int) -> Reading:
    variants = (
        variant("C14.share", label="KOTRA, worked out from its two totals", key="kotra-without-in-computed",
                measure=kotra_share_worked_out(year, south=False, oil=True)),
        variant("C14.share", label="KOTRA, as printed in 2018", key="kotra-without-in-reprint",
                measure=only(_published(year, "kotra", preferred=False), "share")),
        variant("C14.share", label="KOTRA, without its estimate of crude oil", key="kotra-without-out",
                measure=kotra_share_worked_out(year, south=False, oil=False)))
    return reading("C14.share", "then", name="kotra", label="KOTRA, without inter-Korean trade",
                   variants=variants,
                   measure=only(_published(year, "kotra", preferred=True), "share"))


def _share_with_south(year: int) -> Reading:
    variants = (
        variant("C14.share", label="The same, as Andrei Lankov printed it in the Korea Times",
                key="kotra-with-in-published",
                measure=only(_published(year, "kotra+mou", preferred=True), "share")),
        variant("C14.share", label="The same, without the estimate of crude oil", key="kotra-with-out",
                measure=kotra_share_worked_out(year, south=True, oil=False)),
        variant("C14.share", label="CIA World Factbook, its two shares weighted by its totals",
                key="cia-with-in",
                measure=share_in_factbook(year)))
    return reading("C14.share", "then", name="kotra-mou", label="KOTRA, with inter-Korean trade",
                   origin="kotra+mou",
                   definition=WITH_SOUTH, variants=variants,
                   measure=kotra_share_worked_out(year, south=True, oil=True))


def _share_in_cow(year: int) -> Reading:
    china, world = china_trade("cow").loc[year, "value"], world_trade("cow").loc[year, "value"]
    variants = (
        variant("C14.share", label="Correlates of War, by its national totals",
                key="cow-without-out-national",
                measure=share(china, national_total_by_cow(year))),
        variant("C14.share", label="Correlates of War, with inter-Korean trade added", key="cow-with-out",
                measure=share(china, world, south=between_koreas()[year])))
    return reading("C14.share", "then", name="cow", label="Correlates of War, without inter-Korean trade",
                   origin="cow",
                   variants=variants, measure=share(china, world))


# What a reader can choose

SHARE_CHOICE = {
    "Compiler": {"kotra": "KOTRA", "cow": "Correlates of War"},
    "Trade with South Korea": {"without": "left out", "with": "counted"},
    "Estimate of crude oil": {"in": "counted", "out": "left out"},
}


def share_options() -> Options:
    """Return a reading or variant of C14 for every combination of ``SHARE_CHOICE``.

    The Correlates of War have no estimate of crude oil, so their share is the same either way.
    """
    then = {r.id: r for r in c14() if r.vantage == "then"}
    keyed = {w.key: w for r in then.values() for w in r.variants}
    cow: dict[str, Reading | Variant] = {"without": then["c14-cow-then"], "with": keyed["cow-with-out"]}
    return {("kotra", "without", "in"): then["c14-kotra-then"],
            ("kotra", "without", "out"): keyed["kotra-without-out"],
            ("kotra", "with", "in"): then["c14-kotra-mou-then"],
            ("kotra", "with", "out"): keyed["kotra-with-out"],
            **{("cow", south, oil): cow[south] for south in cow for oil in ("in", "out")}}


def growth_options(origin: str = "kotra", ends: tuple[int, ...] = (2014, 2016, 2024),
                   ) -> Options:
    """Return how many times as large trade was, for every base year, price basis and end
    year, as a reader chooses.
    """
    return {(str(g.base_year), g.prices, str(g.end_year)): _times(g)
            for g in growth_by_base_year((origin,), ends).itertuples()}


def _times(grown) -> Variant:
    met = bool(grown.end_value > grown.base_value)
    label = f"{grown.end_year} against {grown.base_year}, {PRICES[grown.prices]}: {grown.times:.2f} times"
    return Variant(label=label, value=round(float(grown.times), 6), met=met, rows=grown.times.rows,
                   sources=grown.times.sources, key=f"{grown.base_year}-{grown.prices}-{grown.end_year}")
