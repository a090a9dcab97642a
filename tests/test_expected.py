"""The ledger, the indicators and the numbers of the prose against the copies kept in tests/expected (make
references renews them).
"""

from __future__ import annotations

import difflib
from pathlib import Path

from report.data.package import altered
from report.ledger import indicators_csv, ledger_csv
from tests.references import EXPECTED, numbers_csv


def moved(path: Path, made: str) -> list[str]:
    """Return the lines that differ, with a sign for those that are gone and those that are new."""
    kept = path.read_text(encoding="utf-8")
    return [line for line in difflib.unified_diff(kept.splitlines(), made.splitlines(), "kept", "made", n=0,
                                                  lineterm="")]


def test_the_ledger_is_the_one_kept():
    """Catches a change of data, rule or code that changes a reading, a count or a word of the book."""
    assert moved(EXPECTED / "ledger.csv", ledger_csv()) == []


def test_the_indicators_are_those_kept():
    """Catches a change of data or code that changes what is shown without a vote, or the rows it rests on."""
    assert moved(EXPECTED / "indicators.csv", indicators_csv()) == []


def test_the_numbers_of_the_prose_are_those_kept():
    """Catches a change of data or code that changes a number in a sentence, or the rows it rests on."""
    assert moved(EXPECTED / "numbers.csv", numbers_csv()) == []


def test_a_changed_datum_would_be_seen():
    """Catches a comparison that cannot fail: KOTRA's figure of 2014 becomes smaller."""
    with altered("trade/china_trade#2014|total|kotra_2014_ajunews", "value", 5600.0):
        assert len(moved(EXPECTED / "ledger.csv", ledger_csv())) > 4
        assert moved(EXPECTED / "indicators.csv", indicators_csv())
        assert moved(EXPECTED / "numbers.csv", numbers_csv())
