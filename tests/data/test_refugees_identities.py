"""Tables on North Koreans in China: totals that the ministry publishes, parts that must fit, codes that must
agree.
"""

import pytest

from report.data.package import data_folder, load


def test_arrivals_add_up_to_the_official_cumulative_counts():
    """Catches a wrong or missing year: the ministry announced these totals for the ends of 2022 to 2025."""
    arrivals = load("refugees/arrivals")
    to_date = load("refugees/arrivals_cumulative").set_index("end_of")["total"]
    summed = {y: arrivals.loc[arrivals["last_year"] <= y, "total"].sum() for y in to_date.index}
    assert summed == to_date.to_dict() == {2022: 33882, 2023: 34078, 2024: 34314, 2025: 34538}


@pytest.mark.parametrize(
    "table", ["refugees/arrivals", "refugees/arrivals_cumulative", "refugees/arrivals_vintages"]
)
def test_sexes_add_up(table):
    """Catches a slip in either sex; the misprint of 216 women for 2024 is corrected on loading."""
    rows = load(table).dropna(subset=["male", "female"])
    assert (rows["male"] + rows["female"] == rows["total"]).all()


def test_the_misprint_stays_as_printed_in_the_file():
    """Catches a correction written over what the newspaper printed."""
    lines = (data_folder() / "refugees/arrivals_vintages.csv").read_text(encoding="utf-8").splitlines()
    printed = [r for r in lines if "globaleconomictimes_2025" in r]
    corrected = (
        load("refugees/arrivals_vintages").query("source_id == 'globaleconomictimes_2025'")["female"].iloc[0]
    )
    assert ",216," in printed[0] and corrected == 210


def test_single_years_make_the_column_of_three_years():
    """Catches the column 1999-2001 read as one year: announced 148 + 312 + 583 make its 1,043."""
    said = load("refugees/arrivals_vintages").query(
        "source_id == 'sedaily_2003' and year in (1999, 2000, 2001)"
    )
    table = load("refugees/arrivals").query("period == '1999-2001'")
    assert said["total"].sum() == table["total"].iloc[0] == 1043


def test_rows_of_several_years_say_so():
    """Catches a row of several years that a chart could take for one."""
    arrivals = load("refugees/arrivals")
    several = arrivals[arrivals["first_year"].isna() | (arrivals["first_year"] != arrivals["last_year"])]
    assert set(several["period"]) == {"to 1998", "1999-2001"}


def test_counts_since_2020_fit_those_before_2024():
    """Catches a slip in Human Rights Watch's counts: 1,076 are the 670 of four events and the 406 since 2024.
    """
    returns = load("refugees/returns")
    four = (
        ("2021-07-14", "rfa"),
        ("2023-08-29", "hrw"),
        ("2023-09-18", "hrw"),
        ("2023-10-09", "jm-missionary"),
    )
    named = returns[[pair in four for pair in zip(returns["end"], returns["origin"], strict=True)]]
    period = returns.query("origin == 'hrw' and end == '2025-10'").set_index("kind")["low"]
    assert named["low"].sum() == 670 and 670 + period["period total"] == period["cumulative"]


def test_the_chinese_count_of_2002_is_the_sum_of_its_printed_parts():
    """Catches the count read as caught in Yanbian alone: 3,732 were caught there and 1,077 elsewhere."""
    row = load("refugees/returns").query("origin == 'cass' and end == '2002-12-31'").iloc[0]
    assert row["low"] == 3732 + 1077 and "3,732" in row["detail"] and "1,077" in row["detail"]


def test_highs_lie_above_lows():
    """Catches swapped ends of a range."""
    for table in ("refugees/population_estimates", "refugees/returns", "refugees/collapse_scenarios"):
        rows = load(table).dropna(subset=["low", "high"])
        assert (rows["high"] >= rows["low"]).all(), table


def test_only_words_lack_a_number():
    """Catches a record whose number was lost."""
    returns = load("refugees/returns")
    bare = returns[returns["low"].isna() & returns["high"].isna()]
    assert set(bare["kind"]) == {"wording", "trend"}
    assert load("refugees/population_estimates")[["low", "high", "central"]].notna().any(axis=1).all()


def test_arrests_and_orders_document_no_return():
    """Catches an arrest, a detention or an order counted as a return."""
    returns = load("refugees/returns")
    assert not returns.loc[
        returns["kind"].isin(["arrests", "detained", "ordered"]), "documents_returns"
    ].any()


def test_unhcr_has_no_row_for_china_or_the_south():
    """Catches a row for China in UNHCR's table, which would make the chapter's blank a number."""
    assert not load("refugees/unhcr_north_koreans")["country_iso3"].isin(["CHN", "KOR"]).any()


def test_shares_of_the_vietnamese_fit_in_all_refugees():
    """Catches a column taken for another: those from Vietnam are part of all whom China hosts."""
    hosts = load("refugees/unhcr_china_as_host")
    assert (hosts["refugees_from_vietnam"] <= hosts["refugees"]).all()


def test_chinese_voices_are_those_of_chinese_groups():
    """Catches a foreign voice coded Chinese, which would give C24 a vote."""
    said = load("refugees/motives_and_positions")
    assert (said["chinese_voice"] == said["speaker_group"].isin(["official", "scholar in China"])).all()
