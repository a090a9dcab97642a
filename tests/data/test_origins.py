"""The register of origins: whoever makes a figure stands in it once, and an id that was given up leads on."""

import shutil

import pytest

from report.book import all_readings, indicators
from report.data.origins import given_up, origin, origins, short_name
from report.data.package import DataPackage, altered, data_folder, load, package
from report.data.table import DataError
from report.rule import claims

REGISTER = "origins"


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(data_folder(), tmp_path / "data")
    return tmp_path / "data"


def replaced(path, old, new):
    """Write ``new`` for the first ``old`` in a file that has it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(("cell", "message"), [
    ("tjgw", r"origin 'tjgw' is not in data/origins.csv; add it there or correct the id"),
    ("mfa_china", r"origin 'mfa_china' was given up for 'prc-mfa'; write that"),
])
def test_an_unknown_or_given_up_origin_is_refused(copied, cell, message):
    """An origin misspelt, or under the id that it had before, which would vote as one more maker."""
    replaced(copied / "refugees" / "returns.csv", ",tjwg,", f",{cell},")
    with pytest.raises(DataError, match=rf"^data/refugees/returns.csv, row \d+, column origin: {message}"):
        DataPackage(copied).load("refugees/returns")


def test_every_table_with_origins_leads_to_the_register():
    """A column of origins that tools which read the description cannot follow."""
    leads = [{"fields": ["origin"], "reference": {"resource": REGISTER, "fields": ["id"]}}]
    for name, table in package().tables.items():
        told = table.description["schema"].get("foreignKeys", [])
        led = [one for one in told if one["fields"] == ["origin"]]
        assert led == (leads if "origin" in table.fields else []), name


def test_every_vote_is_that_of_a_known_origin():
    """A reading whose origin is spelt in code and stands in no register."""
    evidence = [*all_readings(), *(i for c in claims() for i in indicators(c))]
    kept = set(load(REGISTER)["id"])
    assert not sorted({r.origin for r in evidence} - kept)


def test_no_origin_is_unused():
    """An origin by which nothing was made: left over from rows that are gone."""
    evidence = [*all_readings(), *(i for c in claims() for i in indicators(c))]
    made = {
        o
        for name, table in package().tables.items()
        if "origin" in table.fields
        for o in load(name)["origin"]
    }
    assert not sorted(set(load(REGISTER)["id"]) - made - {r.origin for r in evidence})


def test_ids_given_up_lead_to_the_one_kept():
    """An id of an earlier edition that no longer resolves, or resolves to itself."""
    rows = load(REGISTER)
    former = {
        old: id for id, cell in zip(rows["id"], rows["formerly"], strict=True) for old in given_up(cell)
    }
    assert former
    assert not set(former) & set(rows["id"])
    assert {old: origin(old).id for old in former} == former
    assert short_name("los_angeles_times") == short_name("latimes") == "Los Angeles Times"
    with pytest.raises(DataError, match=r"origin 'nobody' is not in data/origins.csv; add it there"):
        origin("nobody")


def test_no_carrier_stands_for_a_maker():
    """Two ids under one name in full: two makers where there is one, or the carrier's name for the maker's.
    """
    names = [one.name for id, one in origins().items() if id == one.id]
    assert not sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize("id", ["../kotra", "a#b", ".kotra", "a|b"])
def test_an_id_that_no_address_can_hold_is_refused(id):
    """An origin whose id parts an address, or leads out of a folder."""
    with altered("origins#kotra", "id", id), pytest.raises(DataError, match="is no id that an address"):
        origins()
