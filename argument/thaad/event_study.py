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

from report.data.package import load, package, refuse, remembered
from report.rule import claim

TREATED = "China"
JUDGED = "C31"  # whose settings in data/claim_settings.csv say which months are compared
Months = tuple[str, str]  # the first and the last

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


# The months that are compared, and with whom ---------------------------------------------------------------

def turning_point(name: str) -> pd.DataFrame:
    """Return the row of the event of the dispute that a setting names, the decision or the stop of tours."""
    events, told = load("thaad/events"), claim(JUDGED).setting(name)
    found = events[events["event"] == told]
    if found.empty:
        refuse(f"claim_settings#{JUDGED}|{name}", "value", f"{told!r} is no event of data/thaad/events.csv; "
                                                           "write one as it stands there")
    return found.head(1)


def day_of(name: str) -> str:
    """Return the day of the decision or of the stop of tours."""
    return str(turning_point(name)["date"].iloc[0])


def _month(day: str) -> pd.Period:
    return pd.Period(day, "M")


def _months(first: pd.Period, last: pd.Period) -> Months:
    return str(first), str(last)


def base(first: str | None = None) -> Months:
    """Return the months before the decision that China is held against, from the base's first or another."""
    return _months(_month(first or claim(JUDGED).setting("base_first")), _month(day_of("decision")) - 1)


def reference_months() -> Months:
    """Return the months at the start of the base that single months are held against."""
    first = _month(claim(JUDGED).setting("base_first"))
    return _months(first, first + claim(JUDGED).whole("reference_months") - 1)


def left_out() -> tuple[str, ...]:
    """Return the months that are in no estimate."""
    return tuple(claim(JUDGED).listed("left_out"))


def spells() -> dict[str, Months]:
    """Return the spells over which an effect is read: from the decision to the last month over at the
    cutoff, the year after the stop of tours, and what came later.
    """
    stop = _month(day_of("stop"))
    year_over = stop + claim(JUDGED).whole("after_months")
    return {"then": _months(_month(day_of("decision")), _month(package().cutoff.isoformat()) - 1),
            "order": _months(stop, year_over - 1),
            "later": _months(year_over, _month(claim(JUDGED).setting("later_last")))}


@remembered
def control_groups() -> dict[str, tuple[str, ...]]:
    """Return the nationalities of each group of controls, by its name."""
    found, known = {}, {*load("thaad/visitors_monthly")["nationality"]} - {TREATED}
    for address, r in load("thaad/control_groups").iterrows():
        found[r["group"]] = tuple(r["nationalities"].split("; "))
        if strange := [name for name in found[r["group"]] if name not in known]:
            refuse(address, "nationalities", f"{strange[0]!r} is no control that "
                                             "data/thaad/visitors_monthly.csv has; correct the name")
    return found


# The estimate -----------------------------------------------------------------------------------------------

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
    before: Months
    after: Months
    assumptions: tuple[str, ...] = ASSUMPTIONS
    cautions: tuple[str, ...] = CAUTIONS

    @property
    def smallest_seen(self) -> float:
        """Return the smallest fall, in percent, whose interval would have kept off zero with as many
        of the controls in China's place.
        """
        return percent(self.placebos.min() - self.placebos.quantile(claim(JUDGED).number("power") / 100))

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


def effect(visitors: pd.DataFrame, group: str = "all", *, before: Months | None = None,
           after: Months | None = None, seasonal: bool = True) -> Effect:
    """Return the mean effect on China over the months ``after`` against the months ``before``, without those
    that are left out for all nationalities.

    Parameters
    ----------
    visitors : DataFrame
        ``thaad/visitors_monthly``, or a frame with month, nationality and tourism.
    group : str
        A name of ``control_groups()``.
    before, after : pairs of months
        Whole spans, without more the base and the year after the stop; months between them are not used.
    seasonal : bool
        Whether each nationality has an effect of its own in each calendar month, or one for all months.
    """
    before, after = before or base(), after or spells()["order"]
    months = months_between(*before, left_out()).append(months_between(*after, left_out()))
    controls = control_groups()[group]
    logs = log_tourists(visitors, (TREATED, *controls), months)
    late = months >= after[0]
    estimate = _coefficients(logs, TREATED, {"after": late}, seasonal)["after"]
    rivals = logs[list(controls)]
    placebos = pd.Series({n: _coefficients(rivals, n, {"after": late}, seasonal)["after"] for n in controls})
    return _inference(estimate, placebos, controls, before, after)


def _inference(estimate: float, placebos: pd.Series, controls: tuple[str, ...], before: Months,
               after: Months) -> Effect:
    n = len(placebos)
    rank = 1 + int((placebos.abs() >= abs(estimate)).sum())
    low, high = float(estimate - placebos.max()), float(estimate - placebos.min())
    return Effect(float(estimate), low, high, (n - 1) / (n + 1), rank, rank / (n + 1), placebos.sort_values(),
                  controls, before, after)


def sample_of(visitors: pd.DataFrame, found: Effect) -> pd.DataFrame:
    """Return the rows that an effect was estimated from: China and its controls, in the
    months before and after.
    """
    months = months_between(*found.before, left_out()).append(months_between(*found.after, left_out()))
    return visitors[visitors["nationality"].isin([TREATED, *found.controls]) & visitors["month"].isin(months)]


def monthly_effects(visitors: pd.DataFrame, group: str = "all", *,
                    until: str | None = None) -> pd.DataFrame:
    """Return China's effect in every month after the reference months, with the placebo interval of each.

    Each month is compared with the same month of the reference, China against the mean of the controls:
    with a coefficient for each month, least squares comes to just this. The months before the decision show
    how far the two ran together. Columns: month, bases (the months of the reference that it is held
    against), log_points, low, high, and the last three in percent; the controls stand in ``attrs``.
    """
    reference, controls = reference_months(), control_groups()[group]
    months = months_between(reference[0], until or spells()["later"][1])
    logs = log_tourists(visitors, (TREATED, *controls), months)
    held_against = logs.loc[reference[0]:reference[1]].groupby(lambda m: m[5:]).mean()
    change = logs - held_against.loc[months.str[5:]].set_axis(months)
    change = change[change.index > reference[1]]
    rivals = change[list(controls)]
    estimate = change[TREATED] - rivals.mean(axis=1)
    # each against the others
    placebos = rivals.sub(rivals.mean(axis=1), axis=0) * len(controls) / (len(controls) - 1)
    frame = pd.DataFrame({"log_points": estimate, "low": estimate - placebos.max(axis=1),
                          "high": estimate - placebos.min(axis=1)})
    frame[["percent", "percent_low", "percent_high"]] = 100 * np.expm1(frame[["log_points", "low", "high"]])
    held = logs.loc[reference[0]:reference[1]].index
    frame = frame.reset_index()
    frame["bases"] = [tuple(m for m in held if m[5:] == month[5:]) for month in frame["month"]]
    frame.attrs["controls"] = controls
    return frame


def missing_tourists(visitors: pd.DataFrame, found: Effect) -> tuple[float, float, float]:
    """Return how many Chinese tourists stayed away in the span of an effect, and the ends of its interval."""
    months = months_between(*found.after)
    came = visitors.query("nationality == @TREATED and month in @months")["tourism"].sum()
    middle, low, high = (float(came * np.expm1(-x)) for x in (found.log_points, found.high, found.low))
    return middle, low, high


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
