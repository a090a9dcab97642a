"""Identities of the tables of oil, food, aid and markets: parts against printed totals, and twins against
twins.
"""

import pandas as pd
import pytest

from report.data.package import load


def test_food_aid_of_the_donors_adds_to_the_printed_total():
    """Catches a figure put into another year: the years of this table were restored by these totals alone."""
    table = load("lifelines/food_aid_interfais").pivot(index="year", columns="donor", values="value_kt")
    assert (table.drop(columns="Total").sum(axis=1) == table["Total"]).all() and len(table) == 17


def test_humanitarian_funding_of_the_donors_adds_to_the_total():
    """Catches a lost donor or a total of another date."""
    table = load("lifelines/humanitarian_aid_donors")
    parts = table[table["donor"] != "Total"].groupby("year")["value_usd"].sum()
    total = table[table["donor"] == "Total"].set_index("year")["value_usd"]
    assert (parts - total).abs().max() <= 2 and len(total) == 17  # dollars; the service rounds single flows


def test_south_korean_aid_adds_up():
    """Catches the ministry's columns taken for one another, as the copy that was read had them."""
    table = load("lifelines/aid_south_korea").dropna(subset=["food_loans"]).astype({"food_loans": float})
    assert (table["grants"] + table["food_loans"] == table["government"]).all()
    whole = table.dropna(subset=["total"])
    assert (
        (whole["government"] + whole["private"] - whole["total"]).abs() <= 1
    ).all()  # printed to 100 million won


def test_energy_shares_add_to_100_once_corrected():
    """Catches a lapsed correction: as printed, the four shares of 2013 add to 85.8."""
    table = load("lifelines/primary_energy").query("origin == 'keei'")
    assert table.groupby("year")["share_pct"].sum().sub(100).abs().max() <= 0.11


def test_corrected_shares_follow_from_the_printed_ones():
    """Catches a typing slip in a correction: printed shares times last year's total, hydropower from the next
    year.
    """
    fixed = load("lifelines/primary_energy").query("origin == 'keei'").set_index(["year", "source"])
    printed = load("corrections").query("table == 'lifelines/primary_energy'")
    for _, c in printed.iterrows():
        year, source = int(c["key"].split("|")[0]), c["key"].split("|")[1]
        if source != "hydro":
            before, now = (float(fixed.loc[(y, "coal"), "total_ktoe"]) for y in (year - 1, year))
            assert float(c["value_used"]) == pytest.approx(float(c["printed_value"]) * before / now, abs=0.06)
        elif year < 2015:
            after = printed[printed["key"] == f"{year + 1}|hydro"]["printed_value"].iloc[0]
            assert float(c["value_used"]) == float(after)


def _months(seller: str, year: int) -> pd.DataFrame:
    return load("lifelines/refined_1718").query(
        "seller == @seller and period_type == 'month' and standing == 'usable' "
        "and period_start.dt.year == @year"
    )


def test_reported_months_add_to_the_printed_year():
    """Catches a month read wrongly: China's ten months of 2021 and Russia's twelve of 2023."""
    assert _months("China", 2021)["barrels"].sum() == 91_909
    assert (
        abs(_months("Russia", 2023)["barrels"].sum() - 105_845) <= 5
    )  # the page's own year is 4 above its months


def test_doubtful_barrels_stay_marked():
    """Catches a printed impossibility used as a measurement: no row that fits neither its tonnes nor its
    months.
    """
    table = load("lifelines/refined_1718")
    both = table.query("standing == 'usable'").dropna(subset=["barrels", "tonnes"])
    assert (both["barrels"] / both["tonnes"]).between(7.4, 8.5).all()
    assert set(table.query("standing == 'doubtful'")["seller"]) == {"China", "Russia"}


def test_crude_of_customs_equals_the_south_korean_total():
    """Catches a change of unit: 2000 and 2001 are the same figure at 7.33 barrels a tonne, 2010 within
    rounding.
    """
    table = load("lifelines/crude_oil").query("period_type == 'year'")
    for year, tolerance in ((2000, 0.5), (2001, 0.5), (2010, 31)):
        rows = table[table["period_start"].dt.year == year].set_index("unit")["value"]
        assert abs(rows["tonnes"] * 7.33 / 1000 - rows["thousand barrels"]) <= tolerance


def test_cross_checks_equal_the_surveys():
    """Catches a slip in the copied surveys: four prices of other pages of Daily NK on days that have a
    survey.
    """
    surveys = load("survival/pyongyang_prices").assign(date=lambda t: t["date"].dt.strftime("%Y-%m-%d"))
    checks = load("survival/price_checks").query("origin == 'dailynk' and place == 'Pyongyang'")
    same = checks.merge(surveys, on=["date", "item"], suffixes=("_check", ""))
    assert len(same) >= 4 and (same["price"] == same["price_check"]).all()


def test_surveys_stand_once_and_in_number():
    """Catches a lost or doubled survey: 344 of rice and 343 of the dollar."""
    assert load("survival/pyongyang_prices")["item"].value_counts().to_dict() == {
        "rice": 344,
        "US dollar": 343,
    }
