"""The series behind the charts of trade: complete, and equal to what was gathered."""

import pytest

from argument.trade import series
from report.trace import plain


def test_kotra_less_customs_equals_the_gathered_gap():
    """Catches another print of either side. Gathered for 2012: 79.5, with the sum of the
    flows for the rounded 5931.
    """
    table = plain(series.kotra_against_customs()).query("flow == 'total'").set_index("year")["gap"].round(1)
    assert table.to_dict() == pytest.approx(
        {2012: 79.0, 2013: -6.5, 2014: 496.4, 2015: 199.0, 2017: 309.3, 2018: 330.0, 2019: 301.0, 2020: 221.7,
         2021: 363.7, 2022: 504.8, 2023: 425.7, 2024: 463.8})


def test_gap_on_the_import_side_equals_the_gathered_one_and_the_oil_stated():
    """Catches flows taken from the wrong side; in 2018 the gap is 40 above what KOTRA
    states, more than rounding.
    """
    table = plain(series.kotra_against_customs()).query("flow == 'imports'").set_index("year")
    assert table["gap"].loc[[2014, 2015, 2018, 2019, 2020, 2023]].round(1).to_dict() == pytest.approx(
        {2014: 497.5, 2015: 282.6, 2018: 350.0, 2019: 291.0, 2020: 221.8, 2023: 425.2}, abs=0.06)
    stated = table["oil_stated"].dropna().astype(float)
    assert ((table["gap"].loc[stated.index] - stated).abs().round() == [3, 3, 40, 1]).all()


def test_gap_on_the_export_side_is_noise_except_in_2018():
    """Catches oil that creeps into exports: the gap reads as oil on the import side only."""
    gaps = plain(series.kotra_against_customs()).query("flow == 'exports'").set_index("year")[
        "gap_share"].abs()
    assert gaps.drop(2018).max() < 2


def test_shares_of_2011_to_2015_equal_the_gathered_ones():
    """Catches a wrong total of trade between the Koreas."""
    shares = plain(series.kotra_share(south=True))["value"].round(1)
    gathered = {2003: 32.7, 2005: 39.0, 2008: 49.3, 2010: 57.0, 2011: 70.1, 2012: 68.4, 2013: 77.2,
                2014: 68.9,
                2015: 63.7, 2016: 88.0}
    assert {y: shares[y] for y in gathered} == gathered


def test_year_2010_runs_from_45_to_83():
    """Catches a source that drops out of the comparison of one year."""
    table = plain(series.shares_2010_2016(2010, 2010)).sort_values("value", ascending=False)
    assert (table["value"].round(1).tolist(),
            len(set(table["series"]))) == ([83.0, 57.0, 56.0, 46.6, 46.0, 45.3], 5)


COW_SHARES = {1981: 34.1, 1993: 40.0, 2000: 20.6, 2008: 34.1, 2010: 56.0, 2014: 79.3}


def test_two_sided_dependence_equals_the_gathered_one_but_for_the_break():
    """Catches the break of 1999: gathered 0.0767 there and 0.126 in 2014, since that count
    of China's trade doubles.
    """
    table = plain(series.two_sided_dependence()).pivot(index="year", columns="side", values="value")
    korea, china = table["China in North Korea's trade"], table["North Korea in China's trade"]
    assert {y: round(korea[y], 1) for y in COW_SHARES} == COW_SHARES
    assert round(china[1981], 4) == 1.3038 and round(china[1998], 4) == 0.1367
    assert (round(china[1999], 3), round(china[2014], 3)) == (0.153, 0.156)


def test_growth_covers_every_base_year_both_ways():
    """Catches a hole between 1993 and 2013."""
    table = plain(series.growth_by_base_year()).query("series == 'KOTRA'")
    assert table.groupby(["end_year", "prices"]).size().to_dict() == {
        (e, p): 21 for e in (2014, 2016, 2024) for p in ("nominal", "real")}


def test_headings_and_the_rest_make_the_whole():
    """Catches a share of the wrong total. Gathered: coal 46.77 in 2016, wigs 54.12
    and the rest 39.48 in 2024.
    """
    table = plain(series.what_is_sold()).pivot(index="year", columns="commodity", values="share")
    assert table.sum(axis=1).to_list() == pytest.approx([100] * 9)
    assert [round(table.loc[y, c], 2) for y, c in ((2016, "coal"), (2024, "wigs, false hair, eyelashes"),
                                                   (2024, "all other goods"))] == [46.77, 54.12, 39.48]


def test_value_fell_and_share_rose_after_2014():
    """Catches data on which the opening chart would say the wrong thing."""
    table = plain(series.value_and_share()).query("series == 'KOTRA'").pivot(index="year", columns="measure",
                                                                             values="value")
    assert table.loc[2024, "value"] < table.loc[2014, "value"] / 2 < table.loc[2014, "real value"]
    assert table.loc[2024, "share"] > table.loc[2014, "share"] > 90
    assert table["share"].loc[1993:].notna().all()
