"""Readings made of a frame and a value instead of a measure: what is still to be moved to report.rule."""

from __future__ import annotations

from report import rule
from report.rule import Indicator, Reading, ReadingError, Variant, both, claim
from report.trace import Measure, cited


def _measure(limb, rows, value, met):
    if rows.empty or not all("#" in str(i) for i in rows.index):
        raise ReadingError(f"{limb}: the rows are none or have lost their addresses; pass rows of load() with their index")
    return Measure(bool(met) if value is None else value, None, None, tuple(dict.fromkeys(rows.index)))


def reading(limb, vantage, *, rows, value=None, met=None, **more):
    return rule.reading(limb, vantage, measure=_measure(limb, rows, value, met), met=met, **more)


def variant(limb, *, rows, value=None, met=None, **more):
    return rule.variant(limb, measure=_measure(limb, rows, value, met), met=met, **more)


def indicator(claim_id, vantage, *, rows, value=None, **more):
    return rule.indicator(claim_id, vantage, measure=_measure(claim_id, rows, value, True), **more)


__all__ = ["Indicator", "Reading", "Variant", "both", "cited", "claim", "indicator", "reading", "variant"]


# The series of trade in their earlier shape: plain values with strings of addresses and sources.

import pandas as pd  # noqa: E402

from argument.trade import series as trade  # noqa: E402
from report.data.package import SEPARATOR, remembered  # noqa: E402
from report.trace import plain  # noqa: E402
from report.trace import rows_at as rows_of  # noqa: E402

once = remembered
NAMES = {"kotra": "KOTRA", "gacc": "Chinese customs", "cow": "Correlates of War", "unctad": "UNCTAD", "jetro": "JETRO",
         "imf": "IMF", "itc": "International Trade Centre", "oec": "Observatory of Economic Complexity", "kita": "KITA",
         "kotra+mou": "KOTRA and Ministry of Unification", "cia": "CIA World Factbook",
         "rok-mofa": "South Korea's foreign ministry"}


def rows_at(addresses):
    return rows_of(addresses.split(SEPARATOR))


def joined(rows):
    return {"row": SEPARATOR.join(rows.index), "source_id": SEPARATOR.join(cited(rows))}


def points(made):
    listed = [{k: v for k, v in p.items() if k != "rows"} | joined(p["rows"]) for p in made]
    frame = pd.DataFrame(listed, columns=["year", "value", "how", "row", "source_id"])
    return frame.sort_values("year").set_index("year", drop=False).rename_axis(None)


def _earlier(series):
    frame = plain(series)
    frame.insert(0, "year", series.index)
    return frame.rename_axis(None)


def china_trade(origin):
    return _earlier(trade.china_trade(origin))


def world_trade(origin):
    return _earlier(trade.world_trade(origin))


def kotra_share(**asked):
    return _earlier(trade.kotra_share(**asked))


def prices(year):
    return rows_at(f"trade/us_cpi#{year}")


def in_dollars_of(value, year, other):
    return float(value) * float(prices(other)["cpi"].iloc[0]) / float(prices(year)["cpi"].iloc[0])


def meetings_by_year(*kinds):
    from argument.message.series import meetings_by_year as measured

    series = measured(*kinds)
    frame = plain(pd.DataFrame({"value": series}))
    frame.insert(0, "year", series.index)
    return frame.rename_axis(None)


def arms_share(supplier, first, last):
    from argument.verdict.series import arms_share as measured

    share = measured(supplier, first, last)
    return share.value, rows_of(share.rows)
