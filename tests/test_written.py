"""Numbers and dates are written one way throughout, each from one definition."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from report import identity
from report.article import article
from report.charts.theme import amount, theme
from report.dates import in_words, printed, unbroken
from report.prose import THOUSANDS, formatted
from report.show import number, period, table
from tests.references import PROJECT

CODE = sorted(path for room in ("report", "argument") for path in (PROJECT / room).rglob("*.py"))


def test_thousands_are_parted_alike_in_prose_tables_and_charts():
    """A plain space, which a line may break at, or a comma beside the narrow space of the axes."""
    assert THOUSANDS == "\u202f"
    assert formatted(1234567, ",.0f") == amount(1234567) == number(1234567.0) == "1\u202f234\u202f567"
    assert theme()["config"]["locale"]["number"]["thousands"] == THOUSANDS


def test_only_one_place_parts_thousands():
    """A second way to write a number, which will one day differ from the first."""
    own = re.compile(r"""\.replace\(\s*["'],["'],\s*["'][ \u202f\u2009\u00a0]|["'][\u202f\u2009]["']""")
    found = [path.relative_to(PROJECT).as_posix() for path in CODE
             if own.search(path.read_text(encoding="utf-8").replace("\\u202f", "\u202f"))]
    assert found == ["report/prose.py"]


def test_data_that_are_read_part_thousands_alike():
    """A claim that is printed with a space at which its number breaks."""
    plain = re.compile(r"\b\d{1,3} \d{3}\b(?! (?:January|February|March|April|May|June|July|August))")
    for name in ("claims", "claim_limbs", "argument_places"):
        text = (PROJECT / "data" / f"{name}.csv").read_text(encoding="utf-8")
        assert plain.findall(text) == [], name


@pytest.mark.parametrize(("dated", "said"), [
    ("2014", "2014"), ("2014-06", "June 2014"), ("2014-06-05", "5 June 2014")])
def test_dates_are_said_in_words(dated, said):
    """A day printed as 05.06., June 5 or 2014-06-05 beside one that is not."""
    assert in_words(dated) == said


@pytest.mark.parametrize(("typed", "said"), [
    ("signed 1961-07-11", "signed 11 July 1961"),
    ("chance leaves -4.4 to +11.1", "chance leaves −4.4 to +11.1"),
    ("in 2016-17", "in 2016–17"), ("2009 against 2007-08", "2009 against 2007-08"),
    ("table trade/share#2014-06|kotra", "table trade/share#2014-06|kotra"), ("38-40 Street", "38-40 Street")])
def test_words_of_data_are_printed_alike(typed, said):
    """A day or a minus sign of a label that is written otherwise than in the table beside it; an address that
    is rewritten.
    """
    assert printed(typed) == said


def test_nothing_has_no_sign():
    """A change of −0."""
    assert [formatted(-0.4, "+.0f"), formatted(0.02, "+.1f"), formatted(-1.6, ".0f")] == ["0", "0.0", "−2"]


def test_a_span_of_years_is_not_broken():
    """“1996–” at the end of a line and 2025 on the next."""
    assert unbroken("1996–2025, a – b") == "1996\u2060–\u20602025, a – b"


def test_a_table_says_its_dates_in_words():
    """Dates of one table in words and of the next as its CSV has them, which break over lines."""
    rows = pd.DataFrame({"day": ["2014-06-05", "2014-06"], "at": pd.to_datetime(["2014-06-05"] * 2),
                         "what": ["a test of 2014-06-05", "2014"], "source_id": ["kotra_2015_edaily"] * 2})
    printed = table(rows, {"day": "Day", "at": "At", "what": "What"}, "A table").html
    cells = re.findall(r"<td>([^<]*)</td>", printed)
    assert cells == ["5 June 2014", "5 June 2014", "a test of 2014-06-05", "June 2014", "5 June 2014", "2014"]


def test_what_is_read_uses_these_words():
    """A table, an edition or a source with dates of its own kind."""
    assert period(("2014-06-05", "2014-06-05")) == "5 June 2014"
    assert period(("2013", "2014")) == "2013–2014"
    assert period(("2013-12-30", "2014")) == "30 December 2013 – 2014"
    assert identity.day(article().as_of) == in_words(article().as_of.isoformat())
