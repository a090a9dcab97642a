"""The tour ban's effect: against independent computations, and on made-up tourists
with a known effect or none.
"""

import re

import numpy as np
import pandas as pd
import pytest

from report.data.package import altered, load
from argument.thaad.event_study import (TREATED, base, control_groups, effect, left_out,
                                        missing_tourists, monthly_effects, months_between, reference_months,
                                        spells)


@pytest.fixture(scope="module")
def visitors() -> pd.DataFrame:
    return load("thaad/visitors_monthly")


def invented(known: float, noise: float = 0.05, seed: int = 1) -> pd.DataFrame:
    """Make up tourists with level, season, common shocks and, for China from March 2017, a known effect."""
    rng, months = np.random.default_rng(seed), months_between("2014-03", "2019-12")
    shared = rng.normal(0, 0.3, len(months))
    rows = []
    for n in (TREATED, *control_groups()["all"]):
        level, season = rng.normal(10, 1), rng.normal(0, 0.3, 12)
        logs = level + season[months.str[5:].astype(int) - 1] + shared + rng.normal(0, noise, len(months))
        logs = logs + known * ((months >= "2017-03") & (n == TREATED))
        rows.append(pd.DataFrame({"month": months, "nationality": n, "tourism": np.exp(logs)}))
    return pd.concat(rows)


def sample(visitors: pd.DataFrame) -> pd.DataFrame:
    months = months_between(*base(), left_out()).append(months_between(*spells()["order"]))
    used = visitors[visitors["month"].isin(months) & visitors["nationality"].isin((TREATED,
                                                                                   *control_groups()["all"]))]
    return used.assign(log=np.log(used["tourism"]), season=used["month"].str[5:],
                       treated=((used["nationality"]
                                 == TREATED) & (used["month"] >= "2017-03")).astype(float))


@pytest.mark.filterwarnings("ignore:The design matrix is rank-deficient")
def test_effect_equals_a_regression_on_all_dummies(visitors):
    """Catches an error in how the fixed effects are taken out: here each has its own dummy variable."""
    used = sample(visitors)
    columns = [used["treated"].astype(float),
               pd.get_dummies(used["nationality"] + used["season"].astype(str), dtype=float),
               pd.get_dummies(used["month"], dtype=float)]
    # copes with what is collinear
    fit, *_ = np.linalg.lstsq(pd.concat(columns, axis=1).to_numpy(), used["log"].to_numpy())
    assert effect(visitors).log_points == pytest.approx(fit[0], abs=1e-8)


def test_effect_without_seasons_equals_plain_arithmetic(visitors):
    """Catches an error shared with statsmodels: with one effect a nationality it is a
    difference of four means.
    """
    used = sample(visitors)
    means = used.groupby([used["nationality"] == TREATED, used["month"] >= "2017-03"])["log"].mean()
    expected = (means[True, True] - means[True, False]) - (means[False, True] - means[False, False])
    assert effect(visitors, seasonal=False).log_points == pytest.approx(expected, abs=1e-10)


def test_monthly_effects_equal_a_regression(visitors):
    """Catches a wrong month or season: here each of China's months has its
    coefficient, by plain least squares.
    """
    months = months_between("2014-03", "2016-02")
    of = (TREATED, *control_groups()["Asia"])
    used = visitors[visitors["month"].isin(months) & visitors["nationality"].isin(of)]
    own = pd.get_dummies(used["nationality"] + used["month"].str[5:], dtype=float)
    shared = pd.get_dummies(used["month"], dtype=float)
    spells = pd.DataFrame({m: ((used["nationality"] == TREATED) & (used["month"] == m)).astype(float)
                           for m in months if m > "2015-02"})
    fit, *_ = np.linalg.lstsq(pd.concat([spells, own, shared], axis=1).to_numpy(),
                              np.log(used["tourism"]).to_numpy())
    found = monthly_effects(visitors, "Asia", until="2016-02")
    assert found["log_points"].to_numpy() == pytest.approx(fit[:len(found)], abs=1e-8)


def test_known_effect_is_found():
    """Catches an estimator that is biased, or an interval that misses: China falls by half,
    others share its shocks.
    """
    found = effect(invented(np.log(0.5)))
    assert found.percent == pytest.approx(-50, abs=3)
    assert found.low < np.log(0.5) < found.high
    assert found.rank == 1 and found.p_value == pytest.approx(1 / 20)


def test_no_effect_is_not_found():
    """Catches an interval that is too sure: without an effect it covers zero in about nine draws of ten."""
    draws = [effect(invented(0.0, seed=s)) for s in range(60)]
    covered = np.mean([e.low <= 0 <= e.high for e in draws])
    assert 0.8 <= covered <= 1
    assert np.mean([e.rank == 1 for e in draws]) <= 0.15


def test_coverage_follows_the_number_of_controls(visitors):
    """Catches one level claimed for every control group: seven controls cannot give 90 percent."""
    found = {group: effect(visitors, group) for group in control_groups()}
    assert found["all"].coverage == pytest.approx(0.9)
    assert found["long haul"].coverage == pytest.approx(0.75)
    assert all(one.percent_interval[1] < 0 and one.rank == 1 for one in found.values())


def test_fall_after_the_order_and_none_before(visitors):
    """Shows a change of data: 62 percent down in the year after the order, nothing before the article.

    The gathered figure is -62.3 percent, March 2017 to February 2018 on the year before; controls were flat.
    """
    order = effect(visitors)
    decision = effect(visitors, after=("2016-07", "2017-01"))
    assert order.percent == pytest.approx(-62.3, abs=0.5)
    assert decision.low < 0 < decision.high and decision.rank > 10


def test_missing_tourists_agree_with_the_effect(visitors):
    """Catches a sign or an interval the wrong way round."""
    found = effect(visitors)
    stayed_away, least, most = missing_tourists(visitors, found)
    came = visitors.query("nationality == 'China' and '2017-03' <= month <= '2018-02'")["tourism"].sum()
    assert stayed_away / (came + stayed_away) == pytest.approx(-found.percent / 100)
    assert 0 < least < stayed_away < most


def test_result_carries_its_assumptions_and_the_mers_caution(visitors):
    """Catches a result that travels without its conditions."""
    found = effect(visitors)
    assert len(found.assumptions) == 4
    assert any("MERS" in c for c in found.cautions)


def test_zero_tourists_are_refused(visitors):
    """Catches a log of zero that would silently become minus infinity."""
    broken = visitors.copy()
    broken.loc[(broken["nationality"] == "Macao") & (broken["month"] == "2016-01"), "tourism"] = 0
    with pytest.raises(ValueError, match="missing or zero"):
        effect(broken)


def test_months_come_from_the_events_and_settings():
    """Catches a month typed in code: the base ends before the decision, the year begins with the stop."""
    assert base() == ("2014-03", "2016-06") and reference_months() == ("2014-03", "2015-02")
    assert spells() == {"then": ("2016-07", "2017-01"), "order": ("2017-03", "2018-02"),
                        "later": ("2018-03", "2019-12")}
    with altered("thaad/events#2017-03-15|Group-tour ban takes effect", "date", "2017-05-01"):
        assert spells()["order"] == ("2017-05", "2018-04") and spells()["later"][0] == "2018-05"
    with altered("claim_settings#C31|base_first", "value", "2015-03"):
        assert base()[0] == "2015-03" and reference_months()[1] == "2016-02"


@pytest.mark.parametrize("row, column, value, told", [
    ("claim_settings#C31|stop", "value", "Tours stop", "column value: 'Tours stop' is no event"),
    ("thaad/control_groups#asia", "nationalities", "Japan; Atlantis",
     "thaad/control_groups.csv, row 3, column nationalities: 'Atlantis' is no control"),
    ("thaad/control_groups#asia", "nationalities", "Japan; China", "'China' is no control"),
    ("claim_settings#C31|power", "value", "most", "C31: setting power is 'most' and no plain number"),
], ids=["event", "nationality", "treated", "number"])
def test_settings_that_do_not_fit_are_refused(visitors, row, column, value, told):
    """Catches a setting that would end in an error of pandas, or in an estimate of something else."""
    with altered(row, column, value), pytest.raises(ValueError, match=re.escape(told)):
        _ = effect(visitors, "Asia").smallest_seen
