"""Tables broken on purpose: every fault is refused with a message that names file, row and fix."""

import csv
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.data.package import DataPackage, package
from report.data.table import FORMS, DataError
from tests.data.conftest import as_on_windows, replaced
from tests.data.faults import FAULTS, broken, case_of

TABLES = sorted(package().tables)
WHOLE_FILE = {
    "header alone",
    "empty file",
    "semicolons for commas",
}  # their message has no row but the file's
FIX = re.compile(
    r"; .*\b(write|add|save|use|keep|correct|fill|cite|remove|quote|restore|describe|drop|name|be cut off"
    r"|needs)\b|"
    r"save as UTF-8|use LF|may be cut off"
)


@pytest.mark.parametrize("name", TABLES)
def test_every_fault_is_refused(name, tmp_path, record_property):
    """A fault that the loader lets through, or refuses without saying where and how to mend it."""
    missed, tried = [], 0
    for kind, one in broken(package(), name, tmp_path / "data"):
        tried += 1
        try:
            one.load(name)
        except DataError as error:
            text = str(error)
            placed = f"data/{one.tables[name].description['path']}" in text and (
                ", row " in text or kind in WHOLE_FILE
            )
            if not placed or not FIX.search(text):
                missed.append(f"{kind}: unclear message: {text}")
        else:
            missed.append(f"{kind}: let through")
    record_property("faults", (tried - len(missed), tried))
    assert not missed, "\n".join(missed)
    assert tried >= 20


def test_faults_are_many_and_each_fits_a_table():
    """A generator that lost its faults: fewer than forty kinds, or a kind that no table can have."""
    fitting = {kind for kind in FAULTS for name in TABLES if FAULTS[kind](case_of(package(), name))}
    assert len(FAULTS) >= 40
    assert fitting == set(FAULTS)


def test_small_copies_load(tmp_path):
    """A generator whose unbroken copies are refused already, so that every fault seems caught."""
    for name in TABLES:
        for _, one in broken(package(), name, tmp_path / "data"):
            (one.root / one.tables[name].description["path"]).write_bytes(
                package().tables[name].path.read_bytes()
            )
            assert len(one.load(name))
            break


def test_a_key_that_parts_itself(copied):
    """Two sources in a key: its row's address fell apart where addresses are joined, and led nowhere."""
    path = copied / "refugees" / "population_estimates.csv"
    replaced(path, ",nkd_2010_hyun,", ",nkd_2010_hyun;hyun_joongang,")
    with pytest.raises(DataError, match=r"estimates\.csv, row 26.*parts addresses.*; write one value"):
        DataPackage(copied).load("refugees/population_estimates")


def test_unknown_table_is_named():
    """A misspelt table: the message offers those that are known."""
    with pytest.raises(DataError, match=r"no table 'trade/china_shares'; known are .*trade/china_share"):
        package().load("trade/china_shares")


def test_missing_file(copied):
    """A table deleted and still described."""
    (copied / "trade/us_cpi.csv").unlink()
    with pytest.raises(DataError, match=r"data/trade/us_cpi.csv: the file is missing; restore it"):
        DataPackage(copied).load("trade/us_cpi")
    (copied / "trade/us_cpi.csv").mkdir()
    with pytest.raises(DataError, match=r"data/trade/us_cpi.csv: is a folder and no table; put the file in"):
        DataPackage(copied).load("trade/us_cpi")


@pytest.mark.parametrize("table, old, new, told", [
    ("trade/us_cpi", "year,", "Year,", r"us_cpi\.csv, row 1: column 'year' is written 'Year'; write"),
    ("trade/us_cpi", "year,", "year ,", r"row 1: column 'year' is written 'year '; write it as it is"),
    ("claim_limbs", ",>=,", ",=>,", r"claim_limbs\.csv, row \d+, column op: '=>' is not one of")])
def test_what_is_nearly_right_is_told_as_that(copied, table, old, new, told):
    """A column told as missing that stands there, an operator told as a spreadsheet's formula."""
    replaced(copied / f"{table}.csv", old, new)
    with pytest.raises(DataError, match=told):
        DataPackage(copied).load(table)


def test_line_ends_of_windows_are_read_as_others(copied):
    """A checkout with CRLF line ends in which every table is refused, differs, or seems changed by hand."""
    as_on_windows(copied)
    one = DataPackage(copied)
    for name in TABLES:
        pd.testing.assert_frame_equal(one.load(name), package().load(name))
    assert not one.changed()


def correct(root, line, **cells):
    """Write cells of a line of corrections.csv (the first correction stands on line 2)."""
    path = root / "corrections.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for column, cell in cells.items():
        rows[line - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        (
            "table",
            "lifelines/primary_enrgy",
            r"'lifelines/primary_enrgy' is no table; write one, such as lifelines/primary_e",
        ),
        ("table", "corrections", r"'corrections' is no table; write one, such as "),
        (
            "key",
            "2011|cole",
            r"'2011\|cole' names no row of lifelines/primary_energy; write the key .*2011\|coal",
        ),
        ("column", "share", r"'share' is no column of lifelines/primary_energy; write one of .*share_pct"),
        (
            "column",
            "year",
            r"'year' is part of the key of lifelines/primary_energy, .*; correct the table and remove",
        ),
        ("printed_value", "123456", r"123456\.0 is above 100 percent; correct it"),
        (
            "printed_value",
            "46.5",
            r"printed value '46.5' is not in lifelines/primary_energy#2011\|coal, .*renew or remove",
        ),
        ("printed_value", "about 46.4", r"'about 46.4' is no number; write a plain number"),
        ("value_used", "46.4", r"46\.4 is what was printed; write what is used in its place, or remove"),
        ("value_used", "fifty", r"'fifty' is no number; write a plain number such as 1200.5"),
        ("value_used", "1,057.7", r"'1,057.7' has thousands separators; write 1057.7"),
        ("value_used", "57.7 percent", r"'57.7 percent' holds a unit; write 57.7 and name the unit"),
        ("value_used", "577", r"577\.0 is above 100 percent; correct it"),
        ("also_said_by", "keei_2017", r"source 'keei_2017' is not in data/sources.bib; add it there, corr"),
    ],
)
def test_faulty_correction(copied, column, cell, message):
    """A correction of nothing that is there, or by what the column cannot hold: place and fix are named."""
    correct(copied, 2, **{column: cell})
    with pytest.raises(DataError, match=rf"^data/corrections.csv, row 2, column {column}: {message}"):
        DataPackage(copied).load("lifelines/primary_energy")


def test_faulty_correction_of_another_table(copied):
    """A correction of no table, which no table's loading would meet: whatever is loaded meets it."""
    correct(copied, 5, table="lifelines/no_such_table")
    with pytest.raises(
        DataError, match=r"^data/corrections.csv, row 5, column table: .* is no table; write one"
    ):
        DataPackage(copied).load("trade/us_cpi")


@settings(max_examples=300, deadline=None)
@given(
    cell=st.one_of(st.text(max_size=8), st.from_regex(r"[-+\d.,eE% ]{1,8}", fullmatch=True)),
    kind=st.sampled_from(sorted(FORMS)),
)
def test_a_cell_is_read_exactly_or_refused(cell, kind):
    """A cell of one type taken for another: whatever is accepted reads back as the same value."""
    if re.fullmatch(FORMS[kind][0], cell):
        if kind in ("number", "integer"):
            assert float(cell) == float(str(float(cell)))
        elif kind == "year":
            assert len(cell) == 4 and cell.isascii() and 0 <= int(cell) <= 9999
        elif kind == "boolean":
            assert cell in ("true", "false")
        else:
            assert len(cell) == 10 and cell.isascii()
    else:
        assert cell not in ("true", "false") or kind != "boolean"
