"""What an article's own code hands over is refused where it is nothing, or something else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from report import book
from report.book import NumberError, numbers, readings
from report.data.package import opened, package, shown
from report.data.table import DataError
from report.rule import ReadingError, claims

FIRST = next(iter(claims()))
CHAPTER = claims()[FIRST].chapter


def test_code_of_another_checkout_is_refused(tmp_path, monkeypatch):
    """A folder that was renamed, whose code another checkout's environment supplies."""
    monkeypatch.setattr(book, "project", lambda: tmp_path)
    with pytest.raises(ReadingError, match=rf"{CHAPTER}\.readings is not in this project, and was"):
        book.room(CHAPTER, "readings")


@pytest.fixture
def room(monkeypatch):
    """Have the code of a chapter return what a test says, for a package that nothing is known of yet."""
    def returning(made):
        code = SimpleNamespace(numbers=lambda: made, **{FIRST.lower(): lambda: made})
        monkeypatch.setattr(book, "room", lambda chapter, name: code)

    with opened(package().root):
        yield returning


@pytest.mark.parametrize("made, told", [
    (None, r"readings\.py: \w+\(\) returns None; return a list of readings"),
    ([[]], r"readings\.py: \w+\(\) has a list among its readings; return readings and indicators alone, and"),
    (["a"], r"readings\.py: \w+\(\) has a str among its readings")])
def test_evidence_that_is_none_is_refused(room, made, told):
    """A claim that is called untested, since its readings stand in a list within their list."""
    room(made)
    with pytest.raises(ReadingError, match=told):
        readings(FIRST)


def test_numbers_that_are_none_are_refused(room):
    room(None)
    with pytest.raises(NumberError, match=rf"{CHAPTER}/numbers\.py: numbers\(\) returns None; return a dict"):
        numbers(CHAPTER)


def test_a_chart_that_is_not_returned_is_refused():
    """A chart that is missing from its page without a word."""
    @shown
    def prices():
        return None

    with pytest.raises(DataError, match=r"tests/test_book\.py: prices\(\) returns nothing; return what"):
        prices()
