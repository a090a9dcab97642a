"""Tables broken on purpose: every fault is refused with a message that names file, row and fix."""

import json
import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.data.package import data_folder, FORMS, DataError, DataPackage, package
from report.data.sources import read_sources
from tests.data.faults import FAULTS, broken, case_of

TABLES = sorted(package().tables)
WHOLE_FILE = {"header alone", "empty file", "semicolons for commas"}  # their message has no row but the file's
FIX = re.compile(r"; .*\b(write|add|save|use|keep|correct|fill|cite|remove|quote|restore|describe|drop|name|be cut off|needs)\b|"
                 r"save as UTF-8|use LF|may be cut off")


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
            placed = f"data/{one.tables[name].description['path']}" in text and (", row " in text or kind in WHOLE_FILE)
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
            (one.root / one.tables[name].description["path"]).write_bytes(package().tables[name].path.read_bytes())
            assert len(one.load(name))
            break


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(data_folder(), tmp_path / "data")
    return tmp_path / "data"


def test_unknown_table_is_named():
    """A misspelt table: the message offers those that are known."""
    with pytest.raises(DataError, match=r"no table 'trade/china_shares'; known are .*trade/china_share"):
        package().load("trade/china_shares")


def test_missing_file(copied):
    """A table deleted and still described."""
    (copied / "trade/us_cpi.csv").unlink()
    with pytest.raises(DataError, match=r"data/trade/us_cpi.csv: the file is missing; restore it"):
        DataPackage(copied).load("trade/us_cpi")


def test_broken_descriptor(copied):
    """A comma lost in datapackage.json."""
    path = copied / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("},", "}", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"data/datapackage.json, line \d+: .*; correct the JSON"):
        DataPackage(copied).load("trade/us_cpi")


def test_correction_whose_printed_value_is_gone(copied):
    """A correction that outlived the misprint it corrects."""
    path = copied / "corrections.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    table = cells[0]
    one = DataPackage(copied)
    column = json.loads((copied / "datapackage.json").read_text(encoding="utf-8"))
    assert column and table in one.tables
    lines[1] = lines[1].replace(f",{cells[3]},", ",123456,", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/corrections.csv: .*printed value '123456' is not there .*renew or remove"):
        one.load(table)


@pytest.mark.parametrize(("old", "new", "message"), [
    ("  kind = {official},\n", "", r"field kind is missing; fill it in"),
    ("  kind = {official},", "  kind = {officious},", r"kind 'officious' is not one of official"),
    ("  read_as = {excerpt},", "  read_as = {skimmed},", r"read_as 'skimmed' is not one of original"),
    ("  urldate = {2026-11-23},", "  urldate = {23 November},", r"urldate '23 November' is not a year, month or day"),
    ("  title = {", "  title = ", r"data/sources.bib: .*; correct the entry"),
])
def test_broken_source(copied, old, new, message):
    """A source without kind, outside the vocabulary, with a bad date, or one that is no BibTeX."""
    path = copied / "sources.bib"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_sources(path)


def test_source_twice(copied):
    """Two entries with one key, the second of which BibTeX would drop in silence."""
    path = copied / "sources.bib"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n" + text[text.index("@"):text.index("\n}\n") + 3], encoding="utf-8")
    with pytest.raises(DataError, match=r"data/sources.bib: key '\w+' stands twice; keep one entry a source"):
        DataPackage(copied).load("trade/us_cpi")


@settings(max_examples=300, deadline=None)
@given(cell=st.one_of(st.text(max_size=8), st.from_regex(r"[-+\d.,eE% ]{1,8}", fullmatch=True)), kind=st.sampled_from(sorted(FORMS)))
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
