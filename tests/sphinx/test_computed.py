"""What a build takes over from the one before: each answer knows all that it was made of."""

from inspect import unwrap

import pytest

from report import book
from report.data import needs
from report.data.answers import FOLDER, Answers
from report.data.origins import origins
from report.data.package import altered, answered, data_folder, load, opened, package
from report.data.sources import sources
from report.rule import claims
from report.sphinx import computed
from report.sphinx.execution import read_now

SHARE = "trade/china_share#2014|total|without|estimated|kotra_2014_ajunews"


@pytest.fixture
def answers(tmp_path, monkeypatch) -> Answers:
    """Return the answers that the processes of a build share, which is to begin."""
    monkeypatch.setattr("report.data.package._own", {})  # as in a process of its own
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return Answers(tmp_path)


def as_another_process(monkeypatch) -> None:
    monkeypatch.setattr("report.data.package._own", {})


@answered
def widest() -> float:
    """Return the greatest share in a table."""
    return float(load("trade/china_share")["share"].max())


def test_evidence_knows_every_table_that_its_rows_come_from():
    """A reading that is taken over from the build before though a table has changed that it rests on: one
    that a function read which another claim had asked before.
    """
    with opened(data_folder()):
        book.all_readings()
        evidence = unwrap(book._evidence)
        for id in claims():
            needed = package().read_for[evidence, (id,), ()]
            tables = {f"table {row.split('#')[0]}" for one in book.readings(id) for row in one.rows}
            assert tables <= needed.read.keys(), (id, tables - needed.read.keys())


def test_what_was_computed_before_is_read_again_by_whoever_asks():
    """A value out of memory whose reads are noted for the first who asked alone."""
    with opened(data_folder()):
        with needs.watched() as first:
            before = book.readings("C14")
        with needs.watched() as second:
            assert book.readings("C14") == before
    assert "table trade/china_share" in first.read and first == second


def test_an_answer_is_computed_by_one_process_and_told_to_the_others(answers, monkeypatch):
    """Readings that each notebook computes again; an answer that is taken over, and what it rests on not."""
    with needs.watched() as first:
        mine = book.readings("C14")
    assert [what for what, _ in answers.made_of()] == ["evidence C14"]
    as_another_process(monkeypatch)
    monkeypatch.setattr("report.book.room", None)  # whatever computes again dies
    with needs.watched() as second:
        assert book.readings("C14") == mine
    assert first.told == second.told and second.told["evidence C14"] == read_now("evidence C14")


def test_shared_answers_are_of_the_package_in_hand_alone(answers):
    """A shared reading that is used for altered data, or an altered one that is shared."""
    with altered(SHARE, "share", 12.0):
        assert 12.0 in {one.value for one in book.readings("C14")}
    assert not list(answers.made_of())
    rests_on = {"table trade/china_share": package().digest_of("trade/china_share")}
    answers.put("evidence C14", ((), needs.Needed(read=rests_on)))
    assert book.readings("C14") == []
    with altered(SHARE, "share", 12.0):
        assert 12.0 in {one.value for one in book.readings("C14")}


def test_an_answer_without_a_name_of_its_own_is_asked_for_by_its_function(answers):
    """What a notebook was told that no later build can ask for again."""
    with needs.watched() as needed:
        assert widest() == load("trade/china_share")["share"].max()
    name = f"made {__name__}.widest"
    assert needed.told[name] == read_now(name)
    assert read_now(f"made {__name__}.gone") == ""


def test_answers_that_rest_on_a_stale_one_go_with_it(answers, monkeypatch):
    """An answer that is held for current since the answer that it rests on is not looked at itself."""
    widest()
    answers.put("numbers trade", ({}, needs.Needed(made_of={"evidence C14": "as before"})))
    answers.put("evidence C14", ((), needs.Needed(told={"evidence C14": "as before"},
                                                  made_of={"table trade/china_share": "as it was"})))
    monkeypatch.setattr(computed, "compute", lambda missing: asked.extend(missing))
    asked: list[str] = []
    computed.share(answers, (), read_now, False)
    assert {"evidence C14", "numbers trade"} <= set(asked)
    assert "made tests.sphinx.test_computed.widest" not in asked


def test_what_rests_on_an_altered_table_is_computed_again_and_nothing_else():
    """A reading of other rows that is taken for one of these; minutes of tests for what no row changed."""
    origin = origins()["kotra"]
    with opened(data_folder()):
        register, others = sources(), book._evidence("C32")
        assert origins()["kotra"] == origin and 12.0 not in {one.value for one in book.readings("C14")}
        with altered(SHARE, "share", 12.0):
            assert sources() is register and book._evidence("C32") is others
            assert 12.0 in {one.value for one in book.readings("C14")}
            with altered("origins#kotra", "short_name", "another"):  # a register, which is read row by row
                assert origins()["kotra"].short_name == "another"
                assert 12.0 in {one.value for one in book.readings("C14")}
