"""What a build takes over from the one before: each answer knows all that it was made of."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from inspect import unwrap
from pathlib import Path

import pytest

from report import book
from report.data import needs
from report.data.answers import FOLDER, Answers
from report.data.origins import origins
from report.data.package import altered, answered, data_folder, load, opened, package
from report.data.sources import sources
from report.data.table import DataError
from report.ledger import ledger
from report.rule import ReadingError, claims
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


@answered
def beyond(share: str) -> int:
    """Return how many shares in a table are above one."""
    return int((load("trade/china_share")["share"] > float(share)).sum())


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
    assert read_now(f"made {__name__}.as_another_process") == read_now(f"made {__name__}.plain") == ""


@pytest.mark.parametrize(("what", "module"), [
    ("evidence C14", "argument.trade.readings"), ("numbers trade", "argument.trade.numbers"),
    ("shown argument.trade.charts.share_choice", "argument.trade.charts")])
def test_an_answer_rests_on_the_code_that_it_is_computed_by(answers, what, module):
    """A reading, a number or a chart that is taken over though the chapter's code is another."""
    read_now(what)
    assert dict(answers.made_of())[what][f"imported {module}"] == read_now(f"imported {module}") != ""


def test_the_ledger_is_checked_though_it_is_taken_over(answers, monkeypatch):
    """A function of no claim, which moves no answer and leaves a claim untested without a word."""
    made = ledger()["claims"]
    as_another_process(monkeypatch)

    def c99() -> list:
        return []

    c99.__module__ = "argument.trade.readings"
    monkeypatch.setattr("argument.trade.readings.c99", c99, raising=False)
    assert made and answers.told("made report.ledger._ledger")
    with pytest.raises(DataError, match=r"c99\(\) is of no claim"):
        ledger()


def plain() -> int:
    """Return what was an answer in an edition before, and is none in this."""
    return 1


def test_an_answer_of_an_argument_is_named_by_both(answers):
    """Two answers under one name, or one that is asked for again without what it was asked about."""
    assert [beyond("10"), beyond("50")] == [beyond.__wrapped__("10"), beyond.__wrapped__("50")]
    named = [f"made {__name__}.beyond {share}" for share in (10, 50)]
    assert {what for what, _ in answers.made_of()} == set(named)
    assert read_now(named[1]) == answers.told(named[1]) != ""


@pytest.fixture
def computing(monkeypatch, tmp_path_factory) -> Callable[[], set[str]]:
    """Return what tells which answers a build has computed; answers are given in words, by a table."""
    log, gives = tmp_path_factory.mktemp("log") / "computed", {}

    def answer_now(what: str) -> str:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{what}\n")
        told = gives.get(what, "new")
        answers = Answers(Path(os.environ[FOLDER]))
        answers.put(what, (told, needs.Needed(told={what: told}, made_of={"table t": "now"})))
        return told

    monkeypatch.setattr(computed, "answer_now", answer_now)
    monkeypatch.setattr(computed, "ProcessPoolExecutor", lambda **_: ThreadPoolExecutor(2))  # which knows it
    monkeypatch.setattr(computed, "claims", dict)

    def done(**known: str) -> set[str]:
        gives.update({what.replace("_", " "): told for what, told in known.items()})
        return set(log.read_text(encoding="utf-8").split("\n")[:-1]) if log.exists() else set()

    return done


def put(answers: Answers, what: str, **made_of: str) -> None:
    told = {name.replace("_", " "): value for name, value in made_of.items()}
    answers.put(what, ("old", needs.Needed(told={what: "old"}, made_of=told)))


def read_changed(what: str) -> str:
    """Return the digests of a project whose table t has changed."""
    assert what.startswith("table"), "an answer was asked for before its turn"
    return "now" if what == "table t" else "as it was"


def test_what_rests_on_an_answer_that_comes_out_another_is_computed_again(answers, computing):
    """An answer that is held for current since the answer that it rests on is not looked at itself."""
    put(answers, "evidence A", table_t="before")
    put(answers, "made b", evidence_A="old")
    put(answers, "shown c", made_b="old")
    put(answers, "shown d", table_u="as it was")
    computed.share(answers, ["numbers asked", "gone kind"], read_changed, False)
    assert computing() == {"evidence A", "made b", "shown c", "numbers asked"}
    assert answers.told("shown c") == "new" and answers.told("shown d") == "old"


def test_what_rests_on_an_answer_that_comes_out_the_same_is_put_back(answers, computing):
    """Minutes of computing for a remark in a table; an answer that is lost on the way."""
    computing(evidence_A="old")
    put(answers, "evidence A", table_t="before")
    put(answers, "made b", evidence_A="old")
    put(answers, "shown c", made_b="old", table_u="as it was")
    computed.share(answers, (), read_changed, False)
    assert computing() == {"evidence A"}
    assert answers.find("shown c") == ("old", needs.Needed(
        told={"shown c": "old"}, made_of={"made b": "old", "table u": "as it was"}))


def test_no_answer_is_told_what_may_no_longer_be_so(answers, computing, monkeypatch):
    """A chart that is computed of readings which are in doubt still; one that nobody has any more."""
    put(answers, "evidence A", table_t="before")
    put(answers, "made b", evidence_A="old")
    put(answers, "shown c", made_b="old", table_t="before")
    put(answers, "shown d", made_gone="old")
    there = computed.answer_now

    def noting_what_is_there(what: str) -> str:
        if what == "shown c":
            assert answers.told("made b") == "new"
        return there(what)

    monkeypatch.setattr(computed, "answer_now", noting_what_is_there)
    computed.share(answers, (), read_changed, False)
    assert computing() == {"evidence A", "made b", "shown c", "shown d"}


def test_a_fault_of_evidence_is_told_before_all_else_is_computed(answers, computing, monkeypatch):
    """A minute of computing, and a traceback a chapter, for a setting that is misspelt in a table; or all to
    be computed once more when it is mended.
    """
    def cannot(id: str) -> None:
        raise ReadingError(f"data/limb_settings.csv: {id} has no setting 'window'; add the row")

    computing(evidence_C17="")
    put(answers, "evidence C17", table_t="before")
    put(answers, "shown c", evidence_C17="old")
    monkeypatch.setattr(computed, "claims", lambda: {"C17": None})
    monkeypatch.setattr(computed, "treated", lambda id: True)
    monkeypatch.setattr(computed, "readings", cannot)
    with pytest.raises(ReadingError, match="C17 has no setting 'window'; add the row"):
        computed.share(answers, (), read_changed, False)
    assert computing() == {"evidence C17"} and answers.told("shown c") == "old"


def test_answers_that_rested_on_each_other_are_computed_all_the_same(answers, computing):
    """A build that waits for ever, since code has turned round what asks what."""
    put(answers, "made a", made_b="old", table_t="before")
    put(answers, "made b", made_a="old")
    computed.share(answers, (), read_changed, False)
    assert computing() == {"made a", "made b"}


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
