"""Readings of C12 to C14: what trade with China was, whether it rose, and what part of the whole it was.

The article cites KOTRA, South Korea's trade agency. Up to 2013 KOTRA follows Chinese customs; from 2014 on it adds an
estimate of the crude oil that customs stopped printing. So customs has one vote for 2000, in whoever's print, and
KOTRA a vote of its own for 2014. The Correlates of War data rest on IMF statistics with freight counted in.
Whether trade between the two Koreas belongs to the whole decides C14, so it makes a definition of its own.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import reading, variant
from report.rule import Reading, Variant, both
from report.data.package import load, package
from argument.trade.series import (NAMES, between_koreas, china_trade, in_dollars_of, oil_added, prices, rows_at,
                                          share, world_trade)

YEAR_OF_CLAIM = 2014
BASE_YEAR = 2000
BASE_YEARS = range(1993, 2014)  # KOTRA's series starts in 1993; the claim's figure is of 2014
PRICES = {"nominal": "current dollars", "real": "constant dollars"}
WITH_SOUTH = "with-inter-korean"


# C12: the two values

def c12() -> list[Reading]:
    """Return the readings of the value of trade in 2000 and in 2014."""
    votes = [_value("year-2000", "gacc", BASE_YEAR, "Chinese customs, and KOTRA after them", _customs_through_kotra(),
                    "KOTRA took its figure for 2000 from a Chinese trade paper, so the two are one vote."),
             _value("year-2000", "cow", BASE_YEAR, "Correlates of War, freight counted in", (),
                    "Importers' reports with freight and insurance, from IMF statistics; above customs in most years."),
             _value("year-2014", "kotra", YEAR_OF_CLAIM, "KOTRA, with its estimate of crude oil", _without_oil_value(),
                    "The figure that the article cites. About 500 million of it is KOTRA's estimate of crude oil."),
             _value("year-2014", "gacc", YEAR_OF_CLAIM, "Chinese customs, no crude oil printed", _first_print(),
                    "Customs printed no crude oil for North Korea from 2014 on."),
             _value("year-2014", "cow", YEAR_OF_CLAIM, "Correlates of War, freight counted in", (),
                    "Importers' reports with freight and insurance, from IMF statistics.")]
    return [r for vote in votes for r in both(vote)]


def _value(limb: str, origin: str, year: int, label: str, variants: tuple[Variant, ...], note: str) -> Reading:
    point = china_trade(origin).loc[year]
    return reading(f"C12.{limb}", "then", name=f"{origin}-{year}", label=label, rows=rows_at(point["row"]),
                   value=point["value"], period=str(year), variants=variants, note=note)


def _printed(year: int, origin: str, *sources: str) -> pd.DataFrame:
    rows = load("trade/china_trade").query("year == @year and flow == 'total' and origin == @origin")
    return rows[rows["source_id"].isin(sources)]


def _customs_through_kotra() -> tuple[Variant, ...]:
    rows = _printed(BASE_YEAR, "kotra", "kotra_2000_china_nkchosun", "kotra_1993_2003_nkchosun")
    return (variant("C12.year-2000", label="As KOTRA printed it", rows=rows, value=rows["value"].iloc[0], key="kotra"),)


def _without_oil_value() -> tuple[Variant, ...]:
    kotra, oil = china_trade("kotra").loc[YEAR_OF_CLAIM], oil_added().loc[YEAR_OF_CLAIM]
    return (variant("C12.year-2014", label="KOTRA less its estimate of crude oil", key="kotra-out",
                    rows=rows_at(f"{kotra['row']};{oil['row']}"), value=kotra["value"] - oil["value"]),)


def _first_print() -> tuple[Variant, ...]:
    rows = _printed(YEAR_OF_CLAIM, "gacc", "gacc_2014_yonhap")
    return (variant("C12.year-2014", label="Chinese customs, first release", rows=rows, value=rows["value"].iloc[0],
                    key="gacc-first"),)


# C13: whether it rose

def c13() -> list[Reading]:
    """Return the readings of the rise since 2000: each series' last year at the vantage, in current dollars."""
    last = package().cutoff.year - 1  # the year of the article was not over
    then = [_rise(o, "then", china_trade(o).loc[:last]) for o in ("kotra", "gacc", "cow")]
    return then + [_rise(o, "now", china_trade(o)) for o in ("kotra", "gacc")]


def _rise(origin: str, vantage: str, series: pd.DataFrame) -> Reading:
    last, base = series.iloc[-1], series.loc[BASE_YEAR]
    return reading("C13.rose", vantage, name=origin, label=f"{NAMES[origin]}, {last['year']} against {BASE_YEAR}",
                   rows=rows_at(f"{base['row']};{last['row']}"), value=last["value"], against=base["value"],
                   period=(str(BASE_YEAR), str(last["year"])), variants=_other_bases(series), origin=origin,
                   note=RISE_NOTES[origin, vantage])


RISE_NOTES = {
    ("kotra", "then"): "Published after the article. An estimate of crude oil is in it; 2016 lies below 2014.",
    ("gacc", "then"): "No total of 2016 was found. 2015 lies below 2014, and crude oil is no longer in it.",
    ("cow", "then"): "The data end in 2014. Freight and insurance are counted in.",
    ("kotra", "now"): "2000 is near the low point of the series; 2024 lies far below 2014.",
    ("gacc", "now"): "No crude oil since 2014. 2000 is near the low point of the series; 2025 lies far below 2014.",
}


def _other_bases(series: pd.DataFrame) -> list[Variant]:
    """Return the rise against every other base year, in current and in constant dollars."""
    last = series.iloc[-1]
    return [_against(last, series.loc[base], kind) for base in BASE_YEARS if base in series.index
            for kind in PRICES if (base, kind) != (BASE_YEAR, "nominal")]


def base_value(last: pd.Series, base: pd.Series, kind: str) -> tuple[float, pd.DataFrame]:
    """Return a base year's trade as the last year's is to be compared with, and the rows of both.

    ``kind`` is ``nominal``, or ``real`` for the base year's trade in dollars of the last year.
    """
    rows = rows_at(f"{base['row']};{last['row']}")
    if kind == "nominal":
        return float(base["value"]), rows
    return (in_dollars_of(base["value"], base["year"], last["year"]),
            pd.concat([rows, prices(base["year"]), prices(last["year"])]))


def _against(last: pd.Series, base: pd.Series, kind: str) -> Variant:
    value, rows = base_value(last, base, kind)
    times = last["value"] / value
    return variant("C13.rose", label=f"{last['year']} against {base['year']}, {PRICES[kind]}: {times:.2f} times",
                   rows=rows, value=last["value"], against=value, key=f"{base['year']}-{kind}")


# C14: the share of 2014

def c14() -> list[Reading]:
    """Return the readings of China's share in 2014."""
    return [r for vote in (_cited_share(), _share_with_south(), _share_in_cow()) for r in both(vote)]


def _point(series: pd.DataFrame) -> pd.Series:
    return series.loc[YEAR_OF_CLAIM]


def _published(origin: str, *, preferred: bool) -> pd.DataFrame:
    rows = load("trade/china_share").query("year == @YEAR_OF_CLAIM and flow == 'total' and origin == @origin")
    return rows[rows["preferred"] == preferred]


def _computed(label: str, key: str, parts: dict) -> Variant:
    return variant("C14.share", label=label, key=key, **parts)


def _kotra(south: bool, oil: bool) -> dict:
    """Return KOTRA's share, with or without South Korea and KOTRA's estimate of crude oil."""
    return share(_point(china_trade("kotra")), _point(world_trade("kotra")),
                 south=_point(between_koreas()) if south else None, oil=None if oil else _point(oil_added()))


def _cited_share() -> Reading:
    rows, again = _published("kotra", preferred=True), _published("kotra", preferred=False)
    variants = (_computed("KOTRA, worked out from its two totals", "kotra-without-in-computed",
                          _kotra(south=False, oil=True)),
                variant("C14.share", label="KOTRA, as printed in 2018", rows=again, value=again["share"].iloc[0],
                        key="kotra-without-in-reprint"),
                _computed("KOTRA, without its estimate of crude oil", "kotra-without-out",
                          _kotra(south=False, oil=False)))
    return reading("C14.share", "then", name="kotra", label="KOTRA, without inter-Korean trade", rows=rows,
                   value=rows["share"].iloc[0], period=str(YEAR_OF_CLAIM), variants=variants,
                   note="The source that the article cites. Trade with South Korea is not foreign trade to KOTRA.")


def _share_with_south() -> Reading:
    lankov = _published("kotra+mou", preferred=True)
    variants = (variant("C14.share", label="The same, as Andrei Lankov printed it in the Korea Times", rows=lankov,
                        value=lankov["share"].iloc[0], key="kotra-with-in-published"),
                _computed("The same, without the estimate of crude oil", "kotra-with-out",
                          _kotra(south=True, oil=False)),
                _computed("CIA World Factbook, its two shares weighted by its totals", "cia-with-in",
                          share_in_factbook()))
    return reading("C14.share", "then", name="kotra-mou", label="KOTRA, with inter-Korean trade", origin="kotra+mou",
                   definition=WITH_SOUTH, period=str(YEAR_OF_CLAIM), variants=variants, **_kotra(south=True, oil=True),
                   note="Trade with South Korea was mostly goods sent up to Kaesong and back. The Factbook's totals "
                        "are these very sums, so it has no vote of its own.")


def _share_in_cow() -> Reading:
    china, world = _point(china_trade("cow")), _point(world_trade("cow"))
    variants = (_computed("Correlates of War, by its national totals", "cow-without-out-national",
                          share(china, _cow_national())),
                _computed("Correlates of War, with inter-Korean trade added", "cow-with-out",
                          share(china, world, south=_point(between_koreas()))))
    return reading("C14.share", "then", name="cow", label="Correlates of War, without inter-Korean trade", origin="cow",
                   period=str(YEAR_OF_CLAIM), variants=variants, **share(china, world),
                   note="The whole is too large, since third countries booked trade with the South under the North; a "
                        "cleaner whole would make the share larger. No crude oil of 2014 is in it.")


def _cow_national() -> pd.Series:
    rows = load("trade/cow_national").query("year == @YEAR_OF_CLAIM and country == 'North Korea'")
    return pd.Series({"value": float(rows[["exports", "imports"]].sum().sum()), "row": rows.index[0]})


def share_in_factbook(year: int = YEAR_OF_CLAIM) -> dict:
    """Return China's share by the CIA World Factbook: its shares of exports and imports, weighted by its totals.

    Shares are of the last edition that has the year; totals of the same edition, or the next that has them.
    """
    shares = load("trade/cia_shares").query("data_year == @year and partner == 'China'")
    shares = shares[shares["edition"] == shares["edition"].max()]
    totals = load("trade/cia_totals").query("data_year == @year").sort_values("edition")
    totals = totals[totals["edition"] >= shares["edition"].max()].drop_duplicates("flow")
    weights = totals.set_index("flow")["value"]
    value = (shares.set_index("flow")["share"] * weights).sum() / weights.sum()
    return {"value": float(value), "rows": pd.concat([shares, totals])}


# What a reader can choose

SHARE_CHOICE = {
    "Compiler": {"kotra": "KOTRA", "cow": "Correlates of War"},
    "Trade with South Korea": {"without": "left out", "with": "counted"},
    "Estimate of crude oil": {"in": "counted", "out": "left out"},
}


def share_options() -> dict[tuple[str, str, str], Reading | Variant]:
    """Return a reading or variant of C14 for every combination of ``SHARE_CHOICE``.

    The Correlates of War have no estimate of crude oil, so their share is the same either way.
    """
    then = {r.id: r for r in c14() if r.vantage == "then"}
    keyed = {w.key: w for r in then.values() for w in r.variants}
    cow = {"without": then["c14-cow-then"], "with": keyed["cow-with-out"]}
    return {("kotra", "without", "in"): then["c14-kotra-then"], ("kotra", "without", "out"): keyed["kotra-without-out"],
            ("kotra", "with", "in"): then["c14-kotra-mou-then"], ("kotra", "with", "out"): keyed["kotra-with-out"],
            **{("cow", south, oil): cow[south] for south in cow for oil in ("in", "out")}}


def growth_options(origin: str = "kotra", ends: tuple[int, ...] = (2014, 2016, 2024),
                   ) -> dict[tuple[str, str, str], Variant]:
    """Return how many times as large trade was, for every base year, price basis and end year, as a reader chooses."""
    series = china_trade(origin)
    return {(str(base), kind, str(end)): _times(series.loc[end], series.loc[base], kind)
            for base in BASE_YEARS if base in series.index for kind in PRICES for end in ends if end in series.index}


def _times(last: pd.Series, base: pd.Series, kind: str) -> Variant:
    judged, times = _against(last, base, kind), float(last["value"]) / base_value(last, base, kind)[0]
    return Variant(judged.label, round(times, 6), judged.met, judged.rows, judged.sources,
                   f"{judged.key}-{last['year']}")


CLAIMS = {"C12": c12, "C13": c13, "C14": c14}
