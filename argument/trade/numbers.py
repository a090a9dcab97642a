"""The numbers that the chapter on trade quotes and that are no reading: each a measure
with the rows it rests on.
"""

from __future__ import annotations

from argument.trade.series import (WITH, between_koreas, china_trade, growth_by_base_year,
                                   kotra_against_customs,
                                   shares_2010_2016, world_trade)
from report.data.package import load
from report.rule import limb
from report.trace import Measure, greatest, least, only, percent_change, percent_of

GROWTH = ((2000, 2014, "nominal"), (2000, 2014, "real"), (1993, 2014, "real"), (1993, 2024, "real"),
          (2000, 2024, "nominal"))


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_gap(), **_growth(), **_falls(), **_shares(), "south-2014": between_koreas()[2014]}


def _gap() -> dict[str, Measure]:
    gap = kotra_against_customs()
    totals, imports = (gap.query("flow == @flow").set_index("year") for flow in ("total", "imports"))
    return {"oil-2014": totals.loc[2014, "oil_stated"], "gap-2014": totals.loc[2014, "gap"],
            "gap-imports-2014": imports.loc[2014, "gap"], "gap-share-2014": totals.loc[2014, "gap_share"]}


def _growth() -> dict[str, Measure]:
    times = growth_by_base_year(origins=("kotra",)).set_index(["base_year", "end_year", "prices"])["times"]
    return {f"times-{base}-{end}-{prices}": times[base, end, prices] for base, end, prices in GROWTH}


def _falls() -> dict[str, Measure]:
    kotra, customs = china_trade("kotra")["value"], china_trade("gacc")["value"]
    pairs = ((1993, 1999), (2014, 2016), (2014, 2024))
    last = customs.iloc[-1]
    return {**{f"fall-{first}-{end}": -percent_change(kotra[end], kotra[first]) for first, end in pairs},
            "kotra-2024": kotra[2024], "customs-last": (last / 1000).given(unit="billion US dollars"),
            "customs-last-year": Measure(customs.index[-1], None, last.period, last.rows)}


def _shares() -> dict[str, Measure | str]:
    shares = shares_2010_2016()
    in_2010 = shares.query("year == 2010")["value"]
    with_south = shares[(shares["series"] == "KOTRA") & (shares["denominator"] == WITH)]
    above = [row for row in with_south.itertuples() if limb("C14.share").met(row.value.number)]
    years = ", ".join(str(row.year) for row in above)
    grown = load("trade/printed_growth").query("year == 2012 and measure == 'world-total'")
    world = (world_trade("kotra")["value"][2012] / (1 + only(grown, "change").given(unit=None) / 100)
             ).given(unit="million US dollars")
    south = only(load("trade/interkorean").query("year == 2011 and flow == 'total' and preferred"), "value")
    return {"share-2011-revised": percent_of(china_trade("kotra")["value"][2011], world + south),
            "low-2010": least(in_2010), "high-2010": greatest(in_2010),
            "years-above-70": Measure(years, None, None,
                                      tuple(r for row in with_south["value"] for r in row.rows))}
