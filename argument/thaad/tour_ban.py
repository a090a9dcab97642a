"""Frames of the tour ban: its effect by control group and month, placebos, and what the missing tourists cost."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from argument.by_rows import cited
from report.rule import Variant
from report.data.package import load
from argument.thaad.series import addressed, dated
from argument.by_rows import joined
from argument.thaad.event_study import (DECISION, LAST_FULL_MONTH_THEN, MERS, TREATED, YEAR_AFTER_ORDER, effect,
                                        missing_tourists, monthly_effects, months_between, percent)

TABLE, SOURCE = "thaad/visitors_monthly", "kto_monthly_datasalon"
GROUP_KEYS = {"all": "all", "Asia": "asia", "long haul": "longhaul", "without Japan and Taiwan": "nojptw",
              "without Hong Kong and Macao": "nohkmo", "largest": "largest"}
SPELLS = {"then": (DECISION, LAST_FULL_MONTH_THEN), "order": YEAR_AFTER_ORDER, "later": ("2018-03", "2019-12")}
CHOICE = {
    "Compared with": {"all": "all nineteen", "asia": "Asia (twelve)", "longhaul": "Europe, America, Australia (seven)",
                      "nojptw": "all but Japan and Taiwan", "nohkmo": "all but Hong Kong and Macao",
                      "largest": "the six largest"},
    "Months": {"order": "March 2017 to February 2018, the year after the order",
               "then": "July 2016 to January 2017, decision to article", "later": "March 2018 to December 2019"},
}


@lru_cache(maxsize=1)
def options() -> dict[tuple[str, str], Variant]:
    """Return the effect for each control group and span of months; met where the whole interval is a fall."""
    return {(key, spell): _option(group, key, spell) for group, key in GROUP_KEYS.items() for spell in SPELLS}


def _option(group: str, key: str, spell: str) -> Variant:
    visitors, after = load(TABLE), SPELLS[spell]
    found = effect(visitors, group, after=after)
    rows = visitors.query("nationality == @TREATED and @after[0] <= month <= @after[1]")
    low, high = found.percent_interval
    label = f"{found.percent:.0f} percent, {low:.0f} to {high:.0f} ({100 * found.coverage:.0f} percent interval)"
    return Variant(label, round(found.percent, 6), high < 0, tuple(rows.index), cited(rows), f"{key}-{spell}")


def months(until: str = "2018-12") -> pd.DataFrame:
    """Return China's monthly effect against each control group, with its placebo interval, as the chart draws it."""
    visitors = load(TABLE)
    found = pd.concat([monthly_effects(visitors, g, until=until).assign(group=k) for g, k in GROUP_KEYS.items()])
    return dated(found.assign(mers=found["month"].isin(MERS), source_id=SOURCE,
                              row=f"{TABLE}#" + found["month"] + f"|{TREATED}"), "month").reset_index(drop=True)


def placebos() -> pd.DataFrame:
    """Return the effect on every nationality as if the order had struck it, China's among them, ranked."""
    found = effect(load(TABLE))
    ranked = pd.concat([found.placebos, pd.Series({TREATED: found.log_points})]).sort_values()
    spell = months_between(*YEAR_AFTER_ORDER)
    return pd.DataFrame({
        "nationality": ranked.index, "change": [percent(x) for x in ranked], "source_id": SOURCE,
        "who": np.where(ranked.index == TREATED, TREATED, "placebo"),
        "row": [";".join(f"{TABLE}#{m}|{n}" for m in spell) for n in ranked.index]})


def tourists_and_exports(first: str = "2014-01") -> pd.DataFrame:
    """Return Chinese tourists (thousands) and exports to China (billion dollars) by month."""
    tourists = load(TABLE).query("nationality == @TREATED and month >= @first")
    exports = load("thaad/trade_monthly").query("month >= @first")
    both = [tourists.assign(measure="tourists", value=tourists["tourism"] / 1e3),
            exports.assign(measure="exports", value=exports["exports"] / 1e6)]
    shown = pd.concat([addressed(b)[["month", "measure", "value", "row", "source_id"]] for b in both])
    return dated(shown, "month").reset_index(drop=True)


def annual_visitors() -> pd.DataFrame:
    """Return visitors from China by year: the tourism organisation's and the justice ministry's counts, unspliced."""
    published = addressed(load("thaad/visitors_annual").query("nationality == 'China'"))
    counted = pd.concat([
        published.assign(series="visitors")[["year", "series", "visitors", "row", "source_id"]],
        _sums(load(TABLE).query("nationality == @TREATED and month >= '2018'"), "all_purposes", "visitors"),
        _sums(load("thaad/entries_monthly"), "entries", "entries")])
    frame = counted.assign(million=counted["visitors"] / 1e6).sort_values(["series", "year"], ignore_index=True)
    gap = frame.groupby("series")["year"].diff().gt(1).groupby(frame["series"]).cumsum()
    return frame.assign(spell=frame["series"] + gap.astype(str))


def _sums(rows: pd.DataFrame, column: str, series: str) -> pd.DataFrame:
    return pd.DataFrame([{"year": int(y), "series": series, "visitors": r[column].sum(), **joined(r)}
                         for y, r in rows.groupby(rows["month"].str[:4])])


LOSS_LABELS = {"credit-suisse": "Credit Suisse, tours", "ibk": "IBK, worst case", "hri": "HRI, all",
               "reuters": "Reuters, to September"}


def losses() -> pd.DataFrame:
    """Return forecasts in dollars, what an agency put the loss at, and missing tourists at a forecast's spending."""
    printed = addressed(load("thaad/loss_forecasts").query("unit == 'billion US dollars'"))
    shown = printed.assign(kind=np.where(printed["origin"] == "reuters", "came, by a press count", "forecast"),
                           label=_loss_labels(printed))
    shown = pd.concat([shown, pd.DataFrame([_missing(printed.dropna(subset=["per_tourist"]).iloc[0])])])
    return shown[["label", "kind", "value", "low", "high", "row", "source_id"]].reset_index(drop=True)


def _loss_labels(printed: pd.DataFrame) -> pd.Series:
    return printed["origin"].map(LOSS_LABELS).mask(printed["item"] == "tourism loss", "HRI, tourism")


def _missing(forecast: pd.Series) -> dict:
    visitors = load(TABLE)
    value, low, high = (n * forecast["per_tourist"] / 1e9 for n in missing_tourists(visitors, effect(visitors)))
    return {"label": "missing tourists", "kind": "came, by this report", "value": value, "low": low,
            "high": high, "row": forecast["row"], "source_id": f"{forecast['source_id']};{SOURCE}"}
