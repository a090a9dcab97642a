"""Tables broken on purpose: every fault is refused with a message that names file, row and fix."""

import csv
import os
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.data.package import data_folder, DataPackage, package
from report.data.table import FORMS, DataError
from report.data.sources import read_sources
from report.data.stamp import checked, stamped
from tests.second_article.test_second_article import MADE_UP
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


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(data_folder(), tmp_path / "data")
    return tmp_path / "data"


def test_a_key_that_parts_itself(copied):
    """Two sources in a key: its row's address fell apart where addresses are joined, and led nowhere."""
    path = copied / "refugees" / "population_estimates.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",nkd_2010_hyun,", ",nkd_2010_hyun;hyun_joongang,"), encoding="utf-8")
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


def test_broken_descriptor(copied):
    """A comma lost in datapackage.json."""
    path = copied / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("},", "}", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"data/datapackage.json, line \d+: .*; run make datapackage"):
        DataPackage(copied).load("trade/us_cpi")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "', "title = ", r"data/trade/us_cpi.toml: .*line 1.*; correct the TOML"),
        (
            'title = "',
            'tilte = "',
            r"data/trade/us_cpi.toml: 'tilte' is nothing that a description says; write one of ",
        ),
        (
            'known_gaps = "',
            'notes = "',
            r"data/trade/us_cpi.toml: 'notes' is nothing that a description says",
        ),
        ('row = "one year"\n', "", r"data/trade/us_cpi.toml: 'row' is missing; fill it in"),
        (
            'key = ["year"]',
            'key = ["yaer"]',
            r"data/trade/us_cpi.toml: key names 'yaer', which is no field; write",
        ),
        (
            'unit = "',
            'units = "',
            r"data/trade/us_cpi.toml, field \w+: 'units' is nothing that a description says",
        ),
        (
            '"LicenseRef-public-domain-US"',
            '"Public domain"',
            r"data/trade/us_cpi.toml: licence 'Public domain' is no SPDX",
        ),
    ],
)
def test_faulty_description(copied, old, new, message):
    """A description with a slip of the hand, which would be passed over or end in a traceback."""
    path = copied / "trade" / "us_cpi.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=f"^{message}"):
        stamped(copied)


def test_table_without_description_and_description_without_table(copied):
    """A table that stands in the folder and in no description, and the other way round."""
    (copied / "trade" / "us_cpi.toml").rename(copied / "trade" / "us_cpy.toml")
    with pytest.raises(
        DataError, match=r"^data/trade/us_cpi.csv: is not described; add data/trade/us_cpi.toml"
    ):
        stamped(copied)
    (copied / "trade" / "us_cpi.csv").unlink()
    with pytest.raises(DataError, match=r"^data/trade/us_cpy.csv: the file is missing; restore it or remove"):
        stamped(copied)


def as_on_windows(root):
    """Turn the line ends of all tables and registers into CRLF, as a checkout on Windows may."""
    for path in [
        *root.rglob("*.csv"),
        *root.rglob("*.toml"),
        root / "sources.bib",
        root / "datapackage.json",
    ]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def test_line_ends_of_windows_are_read_as_others(copied):
    """A checkout with CRLF line ends in which every table is refused, differs, or seems changed by hand."""
    as_on_windows(copied)
    one = DataPackage(copied)
    for name in TABLES:
        pd.testing.assert_frame_equal(one.load(name), package().load(name))
    assert not one.changed()


def test_stamp_is_the_same_on_windows(copied):
    """Bytes and hashes that change with the machine on which `make datapackage` is run."""
    as_on_windows(copied)
    assert stamped(copied) == stamped()


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


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  kind = {official},\n", "", r"field kind is missing; fill it in"),
        ("  kind = {official},", "  kind = {officious},", r"kind 'officious' is not one of official"),
        ("  read_as = {excerpt},", "  read_as = {skimmed},", r"read_as 'skimmed' is not one of original"),
        (
            "  urldate = {2026-11-23},",
            "  urldate = {23 November},",
            r"urldate '23 November' is not a year, month or day",
        ),
        (
            "  urldate = {2026-11-23},",
            "  urldate = {2026-11-23},\n  archived = {seen in a cache},",
            r"archived 'seen in a cache' is no address of an archived copy",
        ),
        ("  date = {2017-04-05}", "  date = {2017-02-30}", r"'2017-02-30' is not a year, month or day"),
        ("  year = {2017}", "  year = {2071}", r"year 2071 is not that of the date 2017-04-05; correct one"),
        ("  title = {", "  title = ", r"data/sources.bib: .*; correct the entry"),
    ],
)
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


def test_stamping_says_what_hinders_in_one_line(tmp_path):
    """A newcomer's first faults told under a page of Python's own words, or one field at a time."""
    said = []
    for name, text in (("article.toml", 'title = "x"\npublished = "May 2015"\ncutoff = 2015-05-01\n'
                                        'as_of = 2020-01-01\nargument = "x"\n[identity]\n'
                                        'edition = "0.1.0.dev0"\nauthors = "x"\nlicence = "MIT"\n'),
                       ("data/package.toml", 'name = "x"\n')):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-m", "report.data.stamp"], capture_output=True, text=True,
                              env={**os.environ, "REPORT_PROJECT": str(tmp_path)})
        assert done.returncode == 1
        said.append(done.stderr)
    assert said == ["data/package.toml: the file is missing; write in it name, description and, under "
                    "[licence_of_compilation], name and note\n",
                    "data/package.toml: 'description' and 'licence_of_compilation' are missing; fill them "
                    "in\n"]


PRICES = "data/bread/prices"  # of the smallest article


@pytest.mark.parametrize("name", ["bread/prices.csv", "bread/prices.toml", "claims.csv", "sources.bib"])
def test_what_is_no_utf_8_is_refused_by_its_place(tmp_path, name):
    """Another encoding, told in a traceback that names no file."""
    root = tmp_path / "project" / "data"
    shutil.copytree(MADE_UP, root.parent, ignore=shutil.ignore_patterns("_build"))
    path = root / name
    path.write_bytes(path.read_bytes().replace(b"a", b"\xe9", 1))
    with pytest.raises(DataError, match=rf"^data/{name}, (row|line) \d+: is not UTF-8 .*; save as"):
        checked(stamped(root), root)


def test_a_byte_order_mark_is_told_as_what_it_is(tmp_path):
    """A mark that nobody sees, told as a fault of a line that looks right."""
    root = tmp_path / "project" / "data"
    shutil.copytree(MADE_UP, root.parent, ignore=shutil.ignore_patterns("_build"))
    path = root / "bread/prices.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with pytest.raises(DataError, match=rf"^{PRICES}.toml: starts with a byte-order mark; save as UTF-8"):
        stamped(root)


def test_hidden_files_are_no_tables(tmp_path):
    """What an editor or a system leaves beside tables, refused as a table without description."""
    root = tmp_path / "project" / "data"
    shutil.copytree(MADE_UP, root.parent, ignore=shutil.ignore_patterns("_build"))
    before = stamped(root)
    (root / "bread" / ".ipynb_checkpoints").mkdir()
    for name in (".ipynb_checkpoints/prices-checkpoint.csv", "._prices.csv", ".#prices.csv"):
        (root / "bread" / name).write_text("left\n", encoding="utf-8")
    assert stamped(root) == before


@pytest.mark.parametrize(("name", "old", "new", "message"), [
    ("claims.csv", None, None, r"data/claims\.csv: the register is missing; restore it and data/c"),
    ("claim_limbs.csv", None, None, r"data/claim_limbs\.csv: the register is missing"),
    ("origins.csv", None, None, r"data/origins\.csv: the register is missing"),
    ("sources.bib", None, None, r"data/sources\.bib: the file is missing; restore it"),
    ("claims.csv", ",bread,", ",cake,", r"data/claims\.csv, row 2, column chapter: 'cake' is not one of"),
    ("bread/prices.csv", "made_up_ledger", "nobody", r"data/bread/prices\.csv, row \d, column source_id: "),
    ("bread/prices.csv", ",made_up_ledger,", "", r"data/bread/prices\.csv, row \d: has too few cells"),
    ("bread/prices.csv", "2010,", "2008,", r"data/bread/prices\.csv, row \d: key '2008\|\w+' stands already"),
    ("bread/prices.csv", "made_up_almanac,\n", f"made_up_almanac,{'x' * 200_000}\n",
     rf"{PRICES}.csv, row \d: has more than 100,000 letters"),
    ("bread/prices.csv", ",note", ",source_id", rf"{PRICES}.csv, row 1: column 'source_id' stands twice"),
    ("bread/prices.csv", "year,origin,price,source_id,note", "year;origin;price;source_id;note",
     rf"{PRICES}.csv, row 1: columns are not parted by commas"),
    ("bread/prices.toml", 'type = "number"', 'type = "numbr"', rf"{PRICES}.toml, field price: type 'num"),
    ("bread/prices.toml", "minimum = 0", 'minimum = "0"', rf"{PRICES}.toml, field price: minimum is '0'"),
    ("bread/prices.toml", 'unit = "crowns"\n', "", rf"{PRICES}.toml, field price: a number has a unit"),
    ("bread/prices.toml", 'name = "note"', 'name = "price"', rf"{PRICES}.toml: field 'price' stands"),
    ("bread/prices.toml", "required = true", 'required = "yes"', f"{PRICES}.toml, field year: required is"),
    ("claims.toml", 'enum = ["bread"]', 'enum = "bread"', r"data/claims\.toml, field chapter: enum is"),
    ("claims.toml", r"'C\d\d'", r"'C(\d'", r"data/claims\.toml, field id: pattern 'C\(\\\\d' is no regular"),
    ("sources.bib", "{made_up_article,", "{made/up,", r"data/sources\.bib, made/up: is no key that"),
])
def test_stamping_refuses_what_the_loader_would(tmp_path, name, old, new, message):
    """A package made of tables that the next command refuses, or under a message of another cause."""
    root = tmp_path / "project" / "data"
    shutil.copytree(MADE_UP, root.parent, ignore=shutil.ignore_patterns("_build"))
    checked(stamped(root), root)
    path = root / name
    if old:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    else:
        path.unlink()
        path.with_suffix(".toml").unlink(missing_ok=True)
    with pytest.raises(DataError, match=f"^{message}"):
        checked(stamped(root), root)


def test_a_package_that_was_not_made_again_says_so(copied):
    """A table that was renamed with its description, told as one to be restored; a package without its file
    told in a traceback.
    """
    for end in ("csv", "toml"):
        (copied / f"trade/us_cpi.{end}").rename(copied / f"trade/cpi.{end}")
    with pytest.raises(DataError, match=r"us_cpi\.csv: .* restore it or run make datapackage, if it was"):
        DataPackage(copied).load("trade/us_cpi")
    (copied / "datapackage.json").unlink()
    with pytest.raises(DataError, match=r"^data/datapackage\.json: the file is missing; run make datapack"):
        DataPackage(copied).load("trade/us_cpi")
