"""What a data package is made of, broken on purpose: refused when it is made or the book is built, by one
message that names file, place and fix.
"""

import os
import subprocess
import sys
from contextlib import nullcontext

import pytest

from report.data.package import DataPackage
from report.data.stamp import check_stamped, checked, stamped
from report.data.table import DataError
from tests.data.conftest import as_on_windows, replaced

PRICES = "data/bread/prices"  # of the smallest article


def test_broken_descriptor(copied):
    """A comma lost in datapackage.json."""
    path = copied / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("},", "}", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"data/datapackage.json, line \d+: .*; run make datapackage"):
        DataPackage(copied).load("trade/us_cpi")


@pytest.mark.parametrize(("old", "new", "fault"), [
    ('"as_of": "', '"as_of": "on ', "as_of is no day"),
    ('"cutoff": ', '"cut": ', "cutoff is no day"),
    ('"resources": ', '"tables": ', "it lists no resources"),
    ('"name": "alliance/arms_deals"', '"nmae": "alliance/arms_deals"', "resource 1 lacks a name, path, key"),
    ('"schema": {', '"schema": 0, "fields": {', "resource 1 lacks a name, path, key or field"),
    ('"type": "string"', '"type": 3', "resource 1 has a name, path, key or field that is no text"),
])
def test_a_descriptor_that_was_written_over_by_hand_is_told_in_a_line(copied, old, new, fault):
    replaced(copied / "datapackage.json", old, new)
    with pytest.raises(DataError, match=rf"^data/datapackage\.json: {fault}.*; run make datapackage$"):
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
    replaced(path, old, new)
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


def test_stamp_is_the_same_on_windows(copied):
    """Bytes and hashes that change with the machine on which `make datapackage` is run."""
    as_on_windows(copied)
    assert stamped(copied) == stamped()


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


@pytest.mark.parametrize("name", ["bread/prices.csv", "bread/prices.toml", "claims.csv", "sources.bib"])
def test_what_is_no_utf_8_is_refused_by_its_place(made_up, name):
    """Another encoding, told in a traceback that names no file."""
    path = made_up / name
    path.write_bytes(path.read_bytes().replace(b"a", b"\xe9", 1))
    with pytest.raises(DataError, match=rf"^data/{name}, (row|line) \d+: is not UTF-8 .*; save as"):
        checked(stamped(made_up), made_up)


def test_a_byte_order_mark_is_told_as_what_it_is(made_up):
    """A mark that nobody sees, told as a fault of a line that looks right."""
    path = made_up / "bread/prices.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with pytest.raises(DataError, match=rf"^{PRICES}.toml: starts with a byte-order mark; save as UTF-8"):
        stamped(made_up)


@pytest.mark.parametrize(("name", "old"), [("bread/prices.toml", "Crowns"), ("sources.bib", "{Ledger"),
                                           ("bread/prices.csv", "made_up_almanac,")])
def test_what_nobody_sees_is_refused_by_its_place(made_up, name, old):
    """A word that no search finds, since a sign of no width parts it; a line that a sign turns round."""
    for sign in ("\u200b", "\u202e"):
        replaced(made_up / name, old, f"{old}{sign}")
        with pytest.raises(DataError, match=rf"^data/{name}, (row|line) \d+: holds the character U\+20"):
            checked(stamped(made_up), made_up)
        replaced(made_up / name, sign, "")
    checked(stamped(made_up), made_up)


def test_hidden_files_are_no_tables(made_up):
    """What an editor or a system leaves beside tables, refused as a table without description."""
    before = stamped(made_up)
    (made_up / "bread" / ".ipynb_checkpoints").mkdir()
    for name in (".ipynb_checkpoints/prices-checkpoint.csv", "._prices.csv", ".#prices.csv"):
        (made_up / "bread" / name).write_text("left\n", encoding="utf-8")
    assert stamped(made_up) == before


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
    ("bread/prices.toml", 'name = "origin"', 'name = "origin"\nunique = true',
     rf"{PRICES}.csv, row 3, column origin: 'bakers' stands already in row 2"),
    ("bread/prices.toml", 'name = "price"', 'name = "price"\npattern = "1.*"',
     f"{PRICES}.toml, field price: pattern is said"),
    ("bread/prices.toml", 'name = "price"', 'name = "price"\npartial_date = true',
     f"{PRICES}.toml, field price: partial_date is said"),
    ("bread/prices.toml", 'name = "note"', 'name = "note"\nminimum = 3',
     f"{PRICES}.toml, field note: minimum is said"),
    ("bread/prices.toml", 'name = "note"', 'name = "note"\npartial_date = true\nmaximum = "soon"',
     f"{PRICES}.toml, field note: maximum is 'soon'; write a day"),
    ("bread/prices.toml", 'key = ["year", "origin"]', 'key = ["year", "origin", "year"]',
     f"{PRICES}.toml: key names 'year' twice"),
    ("bread/prices.toml", 'redistribution = "', 'redistribution = "un',
     f"{PRICES}.toml: redistribution is 'un"),
    ("sources.bib", "@misc{made_up_almanac", "@misc{ made_up_almonac",
     rf"{PRICES}.csv, row \d, column source_id"),
    ("claims.toml", 'enum = ["bread"]', 'enum = "bread"', r"data/claims\.toml, field chapter: enum is"),
    ("claims.toml", r"'C\d\d'", r"'C(\d'", r"data/claims\.toml, field id: pattern 'C\(\\\\d' is no regular"),
    ("sources.bib", "{made_up_article,", "{made/up,", r"data/sources\.bib, made/up: is no key that"),
])
def test_stamping_refuses_what_the_loader_would(made_up, name, old, new, message):
    """A package made of tables that the next command refuses, or under a message of another cause."""
    checked(stamped(made_up), made_up)
    path = made_up / name
    if old:
        replaced(path, old, new)
    else:
        path.unlink()
        path.with_suffix(".toml").unlink(missing_ok=True)
    with pytest.raises(DataError, match=f"^{message}"):
        checked(stamped(made_up), made_up)


@pytest.mark.parametrize(("name", "old", "new", "message"), [
    ("article.toml", "as_of = 2020-12-31", "as_of = 2019-12-31",
     r"data/datapackage\.json: as_of is '2020-12-31'"),
    ("data/bread/prices.toml", "minimum = 0", "minimum = 1",
     rf"{PRICES}\.toml: data/datapackage\.json was made"),
    ("data/bread/prices.toml", None, None, rf"{PRICES}\.csv: is not described; add {PRICES}\.toml"),
    ("data/bread/prices.csv", "2010,bakers,2.2", "2010,bakers,2.3", None),
])
def test_a_package_made_of_other_descriptions_is_refused(made_up, monkeypatch, name, old, new, message):
    """A day of the vantages that stands in the settings and not in the verdicts; a limit nothing is held to.
    """
    monkeypatch.setenv("REPORT_PROJECT", str(made_up.parent))
    monkeypatch.delenv("REPORT_DATA", raising=False)
    check_stamped()
    path = made_up.parent / name
    if old:
        replaced(path, old, new)
    else:
        path.unlink()
    with pytest.raises(DataError, match=f"^{message}") if message else nullcontext():
        check_stamped()


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
