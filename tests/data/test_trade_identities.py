"""Identities of the trade tables: what must add up, within the steps to which it was printed."""

import pytest

from report.data.package import load
from argument.trade.series import between_koreas, china_trade, world_trade


def test_flows_with_china_sum_to_the_printed_total():
    """Catches a swapped or misread flow. Customs' own print of 2014 is 0.37 off, as read by two."""
    rows = load("trade/china_trade")
    off = {}
    for (_, source), group in rows.groupby(["year", "source_id"]):
        by_flow = group.set_index("flow")
        if {"exports", "imports", "total"} <= set(by_flow.index):
            gap = abs(
                by_flow.loc["total", "value"]
                - by_flow.loc["exports", "value"]
                - by_flow.loc["imports", "value"]
            )
            if gap > group["printed_to"].sum() / 2 + 1e-9:
                off[source] = round(float(gap), 2)
    assert off == {"gacc_2014_dailynk": 0.37}


def test_flows_with_the_world_sum_to_the_printed_total():
    """Catches a misprint that was not mended: exports of 2007 were printed as 319, not 919 million."""
    rows = load("trade/dprk_total").query("inter_korean == 'without'")
    for _, group in rows.groupby(["year", "source_id"]):
        by_flow = group.set_index("flow")["value"]
        if {"exports", "imports", "total"} <= set(by_flow.index):
            assert by_flow["exports"] + by_flow["imports"] == pytest.approx(by_flow["total"], abs=15)


def test_directions_between_the_koreas_sum_to_the_total():
    """Catches directions of one year beside the total of another."""
    rows = load("trade/interkorean")
    for _, group in rows.groupby(["year", "source_id"]):
        by_flow = group.set_index("flow")["value"]
        if {"north-to-south", "south-to-north", "total"} <= set(by_flow.index):
            assert by_flow["north-to-south"] + by_flow["south-to-north"] == pytest.approx(
                by_flow["total"], abs=6
            )
    assert between_koreas()[2014] == 2342.64


def test_kotra_totals_reproduce_its_printed_shares():
    """Catches a total or a share of the wrong year: they agree within half a point in every year."""
    china, world = china_trade("kotra")["value"], world_trade("kotra")["value"]
    printed = load("trade/china_share").query("origin == 'kotra' and flow == 'total' and preferred")
    printed = printed[printed["crude"] != "dropped"]
    assert len(printed) == 23
    for _, r in printed.iterrows():
        assert 100 * china[r["year"]] / world[r["year"]] == pytest.approx(r["share"], abs=0.5)


def test_printed_growth_fits_the_totals():
    """Catches a total or growth rate read in the wrong line, where both were printed."""
    series = {(m, o): china_trade(o) if m == "china-total" else world_trade(o)
              for m, o in (("china-total", "kotra"), ("china-total", "gacc"), ("world-total", "kotra"))}
    for _, r in load("trade/printed_growth").query("origin != 'rok-mofa' and preferred").iterrows():
        values = series[r["measure"], r["origin"]]["value"]
        if r["year"] - 1 in values.index:
            # Customs revised 2019 upwards in the print that gives 16.3, on a total of 2805.
            assert 100 * (values[r["year"]] / values[r["year"] - 1] - 1) == pytest.approx(
                r["change"], abs=0.8
            )


def test_reprints_of_one_origin_agree():
    """Catches a figure credited to the wrong compiler: prints of one figure differ by rounding and revision
    alone.
    """
    rows = load("trade/china_trade").query("not (source_id == 'kotra_1993_2003_nkchosun' and year == 1999)")
    for _, group in rows.groupby(["year", "flow", "origin"]):
        assert group["value"].max() / group["value"].min() < 1.03


def test_misprints_are_mended():
    """Catches a correction that no longer reaches the table."""
    assert (
        load("trade/china_trade").loc["trade/china_trade#1999|total|kotra_1993_2003_nkchosun", "value"]
        == 370.37
    )
    assert (
        load("trade/dprk_total").loc["trade/dprk_total#2007|exports|without|kotra_2007_etnews", "value"]
        == 919
    )


def test_factbook_totals_of_2014_are_kotra_and_the_south():
    """Catches the day when the Factbook deserves a vote of its own: its totals are KOTRA's flows plus the
    South's.
    """
    totals = load("trade/cia_totals").query("data_year == 2014").set_index("flow")["value"]
    kotra = load("trade/dprk_total").query("year == 2014 and origin == 'kotra' and preferred")
    kotra = kotra.set_index("flow")["value"]
    south = load("trade/interkorean").query("year == 2014 and preferred").set_index("flow")["value"]
    assert totals["exports"] == round(kotra["exports"] + south["north-to-south"])
    assert totals["imports"] == round(kotra["imports"] + south["south-to-north"])


def test_alternative_columns_are_chinas_own_count():
    """Catches a change of the columns that keep the series of China's trade in one piece: 474 billion in
    2000.
    """
    china = load("trade/cow_national").query("country == 'China'").set_index("year")
    own = china["alternative_exports"] + china["alternative_imports"]
    main = china["exports"] + china["imports"]
    assert own[2000] == pytest.approx(474386, rel=1e-3) and main[2000] > 1.8 * own[2000]
    assert main[1998] < own[1999] < 1.2 * main[1998]
