"""What a build takes over from the one before: each value knows all that it read of the data."""

from report import book
from report.data import needs
from report.data.package import altered, data_folder, opened
from report.rule import claims


def test_evidence_knows_every_table_that_its_rows_come_from():
    """A reading that is taken over from the build before though a table has changed that it rests on: one
    that a function read which another claim had asked before.
    """
    with opened(data_folder()):
        book.all_readings()
        made = book.computed()
    for id in claims():
        found, needed = made["evidence", id]
        tables = {f"table {row.split('#')[0]}" for one in found for row in one.rows}
        assert tables <= needed.read.keys(), (id, tables - needed.read.keys())


def test_what_was_computed_before_is_read_again_by_whoever_asks():
    """A value out of memory whose reads are noted for the first who asked alone."""
    with opened(data_folder()):
        with needs.watched() as first:
            before = book.readings("C14")
        with needs.watched() as second:
            assert book.readings("C14") == before
    assert "table trade/china_share" in first.read and first == second


def test_taken_over_values_are_of_the_package_in_hand_alone():
    """A reading of the build before that is used for altered data."""
    address = "trade/china_share#2014|total|without|estimated|kotra_2014_ajunews"
    with opened(data_folder()):
        book.take({("evidence", "C14"): ((), needs.Needed())})
        assert book.readings("C14") == []
        with altered(address, "share", 12.0):
            assert 12.0 in {one.value for one in book.readings("C14")}
