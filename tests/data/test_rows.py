"""Addresses of rows: in full, in short, and those that do not say which row is meant."""

import pytest

from report.data.package import load, package
from report.data.table import DataError
from report.data.rows import full_address, other_anchors, row, row_anchor, short_addresses

TABLES = sorted(package().tables)


def test_the_documented_address_names_one_row():
    """The example that the book gives its readers, leading to another figure or to none."""
    found = row("trade/china_share#2014|kotra")
    assert (found["year"], found["origin"], found["preferred"]) == (2014, "kotra", True)
    assert found.name == "trade/china_share#2014|total|without|estimated|kotra_2014_ajunews"


def test_parts_of_a_key_that_say_enough_name_the_row():
    """Parts in their order that fit one row alone, and are refused or lead to another."""
    full = "trade/china_share#2014|total|without|estimated|kotra_2014_ajunews"
    assert full_address("trade/china_share#kotra_2014_ajunews") == full
    assert full_address("trade/china_share#2014|estimated|kotra_2014_ajunews") == full


@pytest.mark.parametrize("parts", ["kotra_2014_ajunews|2014", "2014|kotra_2014", "2014|2014"])
def test_parts_out_of_order_or_cut_name_no_row(parts):
    """An address that is guessed at: parts the wrong way round, cut short, or said twice."""
    with pytest.raises(DataError, match=r"no row is called .*; its table's page under rows/"):
        row(f"trade/china_share#{parts}")


def test_an_address_of_several_rows_lists_them():
    """A message that leaves its reader to guess what would have been enough."""
    with pytest.raises(
        DataError, match=r"it may be trade/china_share#2014\|.*, trade/china_share#2014\|.*; write one in"
    ):
        row("trade/china_share#2014")


@pytest.mark.parametrize("name", TABLES)
def test_every_short_address_is_that_of_its_row(name):
    """A short address that leads to a row of another origin, or that takes the place of a full one."""
    rows = load(name)
    for short, full in short_addresses(name).items():
        assert short not in rows.index
        assert rows.loc[full, "origin"] == short.rsplit("|", 1)[1]


def test_an_origin_given_up_still_finds_its_row():
    """An address cited from an earlier edition that leads nowhere since two ids of one maker were merged."""
    full = "alliance/korean_war#United States|killed or died|us-defense"
    assert full_address("alliance/korean_war#United States|killed or died|us_dod") == full
    assert "united-states-killed-or-died-us-dod" in other_anchors("alliance/korean_war")[full]


@pytest.mark.parametrize("name", TABLES)
def test_no_other_anchor_is_a_rows_own(name):
    """A short or former address that would lead to another row than the one it names."""
    own = {row_anchor(str(row)) for row in load(name).index}
    others = [anchor for found in other_anchors(name).values() for anchor in found]
    assert len(set(others)) == len(others) and not set(others) & own
