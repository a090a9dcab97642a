"""A value that would run something where it is opened is refused, with file, row and fix."""

import shutil

import pytest

from report.data.package import DataPackage, data_folder
from report.data.sources import read_sources
from report.data.table import DataError

NOTE = "trade/china_trade"


def with_note(folder, note: str) -> DataPackage:
    """Return the data with another note in the last row of a table."""
    root = shutil.copytree(data_folder(), folder / "data")
    path = root / f"{NOTE}.csv"
    *others, last = path.read_text(encoding="utf-8").splitlines()
    quoted = '"' + note.replace('"', '""') + '"'
    path.write_text("\n".join([*others, ",".join([*last.split(",")[:8], quoted]), ""]), encoding="utf-8")
    return DataPackage(root)


@pytest.mark.parametrize("note", [
    '=HYPERLINK("http://example.org","open")', "@SUM(1+1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "-1+WEBSERVICE(1)", "=1"])
def test_a_formula_is_refused(tmp_path, note):
    """A cell of a table, or of a download made of it, that a spreadsheet runs when it is opened."""
    rows = len(DataPackage(data_folder()).load(NOTE))
    with pytest.raises(DataError, match=rf"^data/{NOTE}.csv, row {rows + 1}, column note: .* would be run by "
                                        "a spreadsheet as a formula; begin it with a word"):
        with_note(tmp_path, note).load(NOTE)


@pytest.mark.parametrize("note", ["50\u202f000 people", "-13 percent (agrees)", "+5.8 percent", "a = b",
                                  "- 3 more", "1 + 1 = 2"])
def test_words_and_numbers_are_not(tmp_path, note):
    """A remark with a sign before its number, taken for a formula."""
    assert with_note(tmp_path, note).load(NOTE)["note"].iloc[-1] == note


@pytest.mark.parametrize(("hidden", "code"), [("\u202e", "202E"), ("\x00", "0000"), ("\t", "0009"),
                                              ("\u2066", "2066"), ("\xa0", "00A0"),
                                              ("\xad", "00AD"), ("\u202f", "202F")])
def test_characters_that_nobody_sees_are_refused(tmp_path, hidden, code):
    """A text that reads otherwise than it is, since a character turns its direction or hides a part."""
    with pytest.raises(DataError, match=rf"row \d+: holds the character U\+{code}, which nobody sees"):
        with_note(tmp_path, f"a note {hidden}turned").load(NOTE)


def test_an_address_that_is_a_script_is_refused(tmp_path):
    """A source whose link runs a script."""
    text = (data_folder() / "sources.bib").read_text(encoding="utf-8")
    entry = text[:text.index("\n}\n") + 3]
    assert "url = {http" in entry
    start = entry.index("url = {") + 7
    (tmp_path / "sources.bib").write_text(
        entry[:start] + "javascript:alert(1)" + entry[entry.index("}", start):], encoding="utf-8")
    with pytest.raises(DataError, match="is no address of the web; write one that begins with https://"):
        read_sources(tmp_path / "sources.bib")
