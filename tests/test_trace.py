"""A number names all the rows it was computed from: arithmetic that unites them, and every published
number checked by altering data.
"""

from __future__ import annotations

import random

import pandas as pd
import pytest

from report.book import all_readings, chapters_with, indicators, numbers, readings
from report.data.package import altered, load, package
from report.rule import claims
from report.trace import (Measure, TraceError, mean, measure, measures, median, only, over, percent_change,
                          percent_of, plain, rows_at, sources_of, total)

SEED, TRIED = 2017, 24
FACTOR = 1.37  # an alteration large enough to show in any rounded value


def of(value, row, unit="tonnes", period=("2014", "2014")):
    return Measure(value, unit, period, (f"t/t#{row}",))


def test_arithmetic_unites_rows_and_spans_periods():
    """Catches a quotient that forgets its denominator, or a difference that forgets when."""
    share = percent_of(of(30, "a"), of(60, "b") + of(60, "c", period=("2010", "2012")))
    assert (share.value, share.unit, share.period, share.rows) == (25, "percent", ("2010", "2014"),
                                                                   ("t/t#a", "t/t#b", "t/t#c"))
    assert percent_change(of(3, "a"), of(2, "b")).rows == ("t/t#a", "t/t#b")


def test_gathering_names_every_part():
    """Catches a mean or a median with the address of its first row alone."""
    parts = [of(v, r) for v, r in ((1, "a"), (2, "b"), (9, "c"))]
    for gather, value in ((total, 12), (mean, 4), (median, 2)):
        assert (gather(parts).value, gather(parts).rows) == (value, ("t/t#a", "t/t#b", "t/t#c"))


@pytest.mark.parametrize("wrong", [
    lambda: Measure(1.0, None, None, ()), lambda: Measure(float("nan"), None, None, ("t/t#a",)),
    lambda: of(1, "a") + of(1, "b", unit="barrels"), lambda: total([]),
    lambda: total([of(1, "a"), of(1, "b", unit="barrels")]),
], ids=["no rows", "no value", "two units", "nothing", "a sum in two units"])
def test_what_would_lose_the_trace_is_refused(wrong):
    """Catches a number from nowhere."""
    with pytest.raises(TraceError):
        wrong()


def test_a_share_of_nothing_is_refused_by_its_rows():
    """Catches years of which a donor gave nothing, told as a division that names neither table nor row."""
    with pytest.raises(TraceError, match="share of nothing was asked for, since t/t#b come to nought"):
        percent_of(of(30, "a"), of(0, "b"))
    with altered("limb_settings#C27|china-kept|before_last", "value", "2007"), \
            pytest.raises(TraceError, match="food_aid_interfais#2007"):
        readings("C27")


def test_columns_and_groups_of_measures():
    """Catches groups whose measures name the rows of the whole table, and plain frames
    that lose rows or sources.
    """
    rows = load("trade/china_trade").query(
        "origin == 'gacc' and flow in ['exports', 'imports'] and preferred")
    both = over(rows, "year", "value")
    year = both.index[0]
    assert both[year].rows == tuple(rows[rows["year"] == year].index)
    flat = plain(both.rename("total").reset_index())
    assert flat["row"].iloc[0] == ";".join(both[year].rows) and flat["source_id"].iloc[0]
    assert float(flat["total"].iloc[0]) == both[year].value


@pytest.mark.parametrize("asked", [
    lambda rows: measures(rows, "valeu"), lambda rows: measures(rows, "value", by="valeu"),
    lambda rows: over(rows, ["year", "valeu"], "value"), lambda rows: measure(rows.head(1), "valeu")],
    ids=["column", "by", "groups", "one"])
def test_a_misspelt_column_is_told_with_its_table(asked):
    """A KeyError that names neither the table nor the column that was meant."""
    with pytest.raises(TraceError, match=r"^trade/china_trade has no column 'valeu', but 'value'; its"):
        asked(load("trade/china_trade"))


def test_one_row_means_one_row():
    """Catches a value taken from the first of several rows."""
    rows = load("trade/china_trade")
    with pytest.raises(TraceError, match="one row was expected"):
        only(rows, "value")
    with pytest.raises(TraceError, match="has no column 'share'; its columns are"):
        only(rows.head(1), "share")
    with pytest.raises(TraceError, match="none was found; the selection of 'value' asks for what the table"):
        only(rows.head(0), "value")
    with pytest.raises(TraceError, match=r"^'value' is asked of 2 rows"):
        measure(rows.head(2), "value")
    with pytest.raises(TraceError, match=r"#\d{4}.*: rows of one year, \d{4}, where one"):
        measures(rows, "value", by="year")
    for asked in (rows_at, sources_of):
        with pytest.raises(TraceError, match="no row has the address 'trade/china_trade#nowhere'"):
            asked(["trade/china_trade#nowhere"])


# Every published number, by what it does when a datum changes -----------------------------------------------

# These judge all claims again under many other rules, which takes half a minute a trial, and what they quote
# are above all counts of the verdicts that come out.
COUNT_VERDICTS = {"methods", "own_rule"}
STATEMENTS = ("claims#", "argument#", "argument_places#", "argument_premises#")


def leads_to_verdicts(number: Measure) -> bool:
    """Say whether a number counts claims, links or verdicts: it names their rows alone. These lead a reader
    to the readings, each of which names the rows of its data and is traced here.
    """
    return all(row.startswith(STATEMENTS) for row in number.rows)


def published() -> dict[str, tuple[float | str | None, frozenset[str]]]:
    """Return every value of the ledger and of the prose with the rows it names."""
    found = {f"reading {r.id}": (r.value, frozenset(r.rows)) for r in all_readings()}
    found |= {f"variant {w.label} of {r.id}": (w.value, frozenset(w.rows)) for r in all_readings()
              for w in r.variants}
    found |= {f"indicator {i.id}": (i.value, frozenset(i.rows)) for id in claims() for i in indicators(id)}
    for chapter in sorted(set(chapters_with("numbers")) - COUNT_VERDICTS):
        found |= {f"number {key} of {chapter}": (m.value, frozenset(m.rows)) for key,
                  m in numbers(chapter).items()
                  if isinstance(m, Measure) and not leads_to_verdicts(m)}
    return found


def data_in_use() -> list[tuple[str, str]]:
    """Return numbers of tables, as address and column, of rows that some published number names."""
    used = sorted({row for _, rows in published().values() for row in rows})
    found = []
    for row in used:
        table = package().tables[row.split("#")[0]]
        frame = load(table.name)
        keys = set(table.key)
        found += [(row, name) for name, f in table.fields.items()
                  if f["type"] == "number" and name not in keys and pd.notna(frame.loc[row, name])]
    return found


@pytest.mark.parametrize("number", range(TRIED))
def test_what_moves_with_a_datum_names_its_row(number):
    """Catches a published number that depends on a row it does not name: a base year, a
    denominator, a part of a mean.
    """
    address, column = random.Random(SEED + number).choice(data_in_use())
    before, value = published(), load(address.split("#")[0]).loc[address, column]
    with altered(address, column, float(value) * FACTOR):
        after = published()
    silent = {name for name, (was, rows) in before.items()
              if name in after and after[name][0] != was and address not in rows | after[name][1]}
    assert silent == set(), f"{address}, {column}"
