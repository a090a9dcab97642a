"""What the tour ban did to Chinese tourism in South Korea: a difference-in-differences with placebo
inference.

Months and nationalities. The outcome is the log of tourists (purpose tourism alone: ship crews, counted under
*other*, vanish with the cruise calls whatever their nationality). China is compared with control
nationalities, with an effect for each nationality in each calendar month (its level and its own season) and
one for each month (what all share). The coefficient of China after a date is the effect; it is estimated by
least squares (statsmodels).

One nationality is treated, so ordinary standard errors mean little. Instead every control takes China's place
in turn against the other controls. The spread of these placebo effects gives the interval, which excludes
them all (Conley and Taber 2011): with n controls a new draw falls within their range in (n - 1) / (n + 1) of
cases, 90 percent for the nineteen. The rank of China's effect among them gives the p-value, never below 1 /
(n + 1).

``ASSUMPTIONS`` and ``CAUTIONS`` say what this needs and where it is weak; every result carries them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

TREATED = "China"
DECISION, LAST_FULL_MONTH_THEN = "2016-07", "2017-01"
ORDER = "2017-03"  # tours stopped on the 15th; the month is half treated
MERS = ("2015-06", "2015-07", "2015-08")
BEFORE = ("2014-03", "2016-06")
YEAR_AFTER_ORDER = ("2017-03", "2018-02")
SEEN = 0.8  # a fall that could be seen is one that shows in this share of the placebos
REFERENCE_YEAR = ("2014-03", "2015-02")  # the last whole year that MERS does not touch

ASIA = ("Hong Kong", "India", "Indonesia", "Japan", "Macao", "Malaysia", "Mongolia", "Philippines",
        "Singapore",
        "Taiwan", "Thailand", "Vietnam")
LONG_HAUL = ("Australia", "Canada", "France", "Germany", "Russia", "United Kingdom", "United States")
CONTROL_GROUPS = {
    "all": ASIA + LONG_HAUL,
    "Asia": ASIA,
    "long haul": LONG_HAUL,
    "without Japan and Taiwan": tuple(n for n in ASIA + LONG_HAUL if n not in ("Japan", "Taiwan")),
    "without Hong Kong and Macao": tuple(n for n in ASIA + LONG_HAUL if n not in ("Hong Kong", "Macao")),
    "largest": ("Hong Kong", "Japan", "Malaysia", "Taiwan", "Thailand", "United States"),
}

ASSUMPTIONS = (
    "Without the ban, tourism from China would have moved like that from the controls, season apart.",
    "The ban sent nobody to or from the controls; if South Korea wooed them in 2017 instead, the fall is "
    "overstated.",
    "Nationalities are exchangeable but for the ban: each counts the same; the small, noisier ones widen the "
    "interval.",
    "Nothing else of the same date struck China alone.",
)
CAUTIONS = (
    "MERS kept visitors away in June to August 2015, Chinese more than others; the estimate leaves these "
    "months out.",
    "July and August 2016 would look like a boom against the MERS summer, so nothing is compared with the "
    "year before.",
    "Chinese tourism grew faster than the controls until 2014, so an earlier base would hide part of the "
    "fall.",
    "A spoken order to cut tours was reported in October 2016 and denied: if true, the months before March "
    "2017 are partly treated.",
)


@dataclass(frozen=True)
class Effect:
    """The effect on China in log points, with its placebo inference, and what it rests on."""

    log_points: float
    low: float
    high: float
    coverage: float
    rank: int
    p_value: float
    placebos: pd.Series
    controls: tuple[str, ...]
    before: tuple[str, str]
    after: tuple[str, str]
    assumptions: tuple[str, ...] = ASSUMPTIONS
    cautions: tuple[str, ...] = CAUTIONS

    @property
    def smallest_seen(self) -> float:
        """Return the smallest fall, in percent, whose interval would have kept off zero with four in five of
        the controls in China's place.
        """
        return percent(self.placebos.min() - self.placebos.quantile(SEEN))

    @property
    def percent(self) -> float:
        return percent(self.log_points)

    @property
    def percent_interval(self) -> tuple[float, float]:
        return percent(self.low), percent(self.high)


def percent(log_points: float) -> float:
    """Return a difference in logs as a change in percent."""
    return float(100 * np.expm1(log_points))


def log_tourists(visitors: pd.DataFrame, nationalities: tuple[str, ...], months: pd.Index) -> pd.DataFrame:
    """Return the log of tourists, a row a month and a column a nationality; refuse an empty or zero cell."""
    wide = visitors.pivot(index="month", columns="nationality",
                          values="tourism").reindex(months)[list(nationalities)]
    if not (wide > 0).all().all():
        raise ValueError("tourists of some month are missing or zero and have no log; choose other months or "
                         "controls")
    return np.log(wide)


def months_between(first: str, last: str, without: tuple[str, ...] = ()) -> pd.Index:
    """Return the months from first to last as text, without those named."""
    return pd.Index([str(m) for m in pd.period_range(first, last, freq="M") if str(m) not in without],
                    name="month")


def effect(visitors: pd.DataFrame, group: str = "all", *, before: tuple[str, str] = BEFORE,
           after: tuple[str, str] = YEAR_AFTER_ORDER, without: tuple[str, ...] = MERS,
           seasonal: bool = True) -> Effect:
    """Return the mean effect on China over the months ``after`` against the months ``before``.

    Parameters
    ----------
    visitors : DataFrame
        ``thaad/visitors_monthly``, or a frame with month, nationality and tourism.
    group : str
        A name of ``CONTROL_GROUPS``.
    before, after : pairs of months
        Whole spans; months between them are not used.
    without : months left out of both, for all nationalities
    seasonal : bool
        Whether each nationality has an effect of its own in each calendar month, or one for all months.
    """
    months = months_between(*before, without).append(months_between(*after, without))
    controls = CONTROL_GROUPS[group]
    logs = log_tourists(visitors, (TREATED, *controls), months)
    late = months >= after[0]
    estimate = _coefficients(logs, TREATED, {"after": late}, seasonal)["after"]
    rivals = logs[list(controls)]
    placebos = pd.Series({n: _coefficients(rivals, n, {"after": late}, seasonal)["after"] for n in controls})
    return _inference(estimate, placebos, controls, before, after)


def _inference(estimate: float, placebos: pd.Series, controls: tuple[str, ...], before, after) -> Effect:
    n = len(placebos)
    rank = 1 + int((placebos.abs() >= abs(estimate)).sum())
    low, high = float(estimate - placebos.max()), float(estimate - placebos.min())
    return Effect(float(estimate), low, high, (n - 1) / (n + 1), rank, rank / (n + 1), placebos.sort_values(),
                  controls,
                  before, after)


def sample_of(visitors: pd.DataFrame, found: Effect, without: tuple[str, ...] = MERS) -> pd.DataFrame:
    """Return the rows that an effect was estimated from: China and its controls, in the
    months before and after.
    """
    months = months_between(*found.before, without).append(months_between(*found.after, without))
    return visitors[visitors["nationality"].isin([TREATED, *found.controls]) & visitors["month"].isin(months)]


def monthly_effects(visitors: pd.DataFrame, group: str = "all", *,
                    reference: tuple[str, str] = REFERENCE_YEAR,
                    until: str = "2019-12") -> pd.DataFrame:
    """Return China's effect in every month after the reference year, with the placebo interval of each month.

    Each month is compared with the same month of the reference year, China against the mean of the controls:
    with a coefficient for each month, least squares comes to just this. The months before the decision show
    how far the two ran together. Columns: month, bases (the months of the reference year that it is held
    against), log_points, low, high, and the last three in percent; the controls stand in ``attrs``.
    """
    months, controls = months_between(reference[0], until), CONTROL_GROUPS[group]
    logs = log_tourists(visitors, (TREATED, *controls), months)
    base = logs.loc[reference[0]:reference[1]].groupby(lambda m: m[5:]).mean()
    change = logs - base.loc[months.str[5:]].set_axis(months)
    change = change[change.index > reference[1]]
    rivals = change[list(controls)]
    estimate = change[TREATED] - rivals.mean(axis=1)
    # each against the others
    placebos = rivals.sub(rivals.mean(axis=1), axis=0) * len(controls) / (len(controls) - 1)
    frame = pd.DataFrame({"log_points": estimate, "low": estimate - placebos.max(axis=1),
                          "high": estimate - placebos.min(axis=1)})
    frame[["percent", "percent_low", "percent_high"]] = 100 * np.expm1(frame[["log_points", "low", "high"]])
    reference_months = logs.loc[reference[0]:reference[1]].index
    frame = frame.reset_index()
    frame["bases"] = [tuple(m for m in reference_months if m[5:] == month[5:]) for month in frame["month"]]
    frame.attrs["controls"] = controls
    return frame


def missing_tourists(visitors: pd.DataFrame, found: Effect) -> tuple[float, float, float]:
    """Return how many Chinese tourists stayed away in the span of an effect, and the ends of its interval."""
    months = months_between(*found.after)
    came = visitors.query("nationality == @TREATED and month in @months")["tourism"].sum()
    middle, low, high = (float(came * np.expm1(-x)) for x in (found.log_points, found.high, found.low))
    return middle, low, high


def effects_by_group(visitors: pd.DataFrame, **choices) -> pd.DataFrame:
    """Return the effect for every named control group, one row a group."""
    found = {g: effect(visitors, g, **choices) for g in CONTROL_GROUPS}
    return pd.DataFrame([{"group": g, "controls": len(e.controls), "percent": e.percent,
                          "low": e.percent_interval[0],
                          "high": e.percent_interval[1], "coverage": e.coverage, "rank": e.rank,
                          "p_value": e.p_value}
                         for g, e in found.items()])


def _coefficients(logs: pd.DataFrame, treated: str, spells: dict[str, np.ndarray],
                  seasonal: bool) -> pd.Series:
    """Return the coefficients of ``treated`` in each spell, by least squares with the fixed effects taken
    out.

    Taking them out of both sides leaves the coefficients as they are (Frisch, Waugh and Lovell), and is exact
    here since no cell of months and nationalities is empty.
    """
    seasons = logs.index.str[5:] if seasonal else pd.Index(["any"] * len(logs))
    is_treated = (logs.columns == treated).astype(float)
    regressors = np.column_stack([_within(np.outer(spell, is_treated), seasons).ravel()
                                  for spell in spells.values()])
    from statsmodels.regression.linear_model import OLS  # two seconds to load; most chapters never come here

    fit = OLS(_within(logs.to_numpy(), seasons).ravel(), regressors).fit()
    return pd.Series(fit.params, index=list(spells))


def _within(values: np.ndarray, seasons: pd.Index) -> np.ndarray:
    """Return months by nationalities without the mean of each month and of each
    nationality in each season.
    """
    frame = pd.DataFrame(values).sub(values.mean(axis=1), axis=0)
    return (frame - frame.groupby(seasons.to_numpy()).transform("mean")).to_numpy()
