"""Two editions compared: what moved is told, and a number too small for it is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace

import pytest

from report.article import article
from report.editions.changes import Level, compare, needed, refusal, told
from report.editions.repository import git
from report.editions.snapshot import Snapshot, SnapshotError, current, snapshot
from report.ledger import ledger, ledger_csv
from tests.references import PROJECT

READING = {
    "claim": "X1",
    "limb": "price",
    "vantage": "then",
    "label": "Bakers",
    "value": "2.5",
    "met": "true",
}
OLD = Snapshot(
    "1.2.3",
    {"X1 then": "supported"},
    {"x1-bakers": READING},
    {"X1.price": {"criterion": "above two", "unit": "", "op": ">", "threshold": "2"}},
    {"bread/prices": {"2010|bakers": {"year": "2010", "price": "2.5"}}},
    {"almanac": "An almanac"},
    {"loaves": "A loaf became dearer"},
    {"x1-flour-then": {"label": "Flour", "value": "4"}},
)


@pytest.mark.parametrize(
    ("changed", "level", "words"),
    [
        ({"verdicts": {"X1 then": "mixed"}}, Level.BREAKING, "X1 then: supported → mixed"),
        ({"verdicts": {}}, Level.BREAKING, "X1 then: supported → no reading"),
        ({"verdicts": {**OLD.verdicts, "X1 now": "mixed"}}, Level.MORE, "X1 now: no reading → mixed"),
        ({"readings": {}}, Level.BREAKING, "x1-bakers is gone: Bakers"),
        ({"readings": {**OLD.readings, "x1-town": READING}}, Level.MORE, "x1-town is new"),
        ({"readings": {"x1-bakers": {**READING, "value": "2.6"}}}, Level.MORE, "value 2.5 → 2.6"),
        ({"readings": {"x1-bakers": {**READING, "met": "false"}}}, Level.MORE, "met true → false"),
        (
            {"criteria": {"X1.price": {**OLD.criteria["X1.price"], "threshold": "3"}}},
            Level.MORE,
            "threshold “2” → “3”",
        ),
        ({"indicators": {}}, Level.BREAKING, "x1-flour-then is gone: Flour"),
        ({"indicators": {"x1-flour-then": {"label": "Flour", "value": "5"}}}, Level.MORE, "value 4 → 5"),
        ({"criteria": {}}, Level.BREAKING, "X1.price is gone"),
        ({"tables": {}}, Level.BREAKING, "bread/prices is gone"),
        ({"tables": {"bread/prices": {}}}, Level.BREAKING, "bread/prices#2010|bakers is gone"),
        (
            {"tables": {"bread/prices": {"2010|bakers": {"year": "2010", "price": "2.6"}}}},
            Level.MORE,
            "bread/prices#2010|bakers: price 2.5 → 2.6",
        ),
        ({"sources": {}}, Level.BREAKING, "almanac is gone"),
        ({"sources": {"almanac": "The almanac"}}, Level.WORDS, "“An almanac” → “The almanac”"),
        ({"charts": {}}, Level.BREAKING, "loaves is gone"),
        ({"charts": {"loaves": "A loaf became cheaper"}}, Level.MORE, "became cheaper"),
    ],
)
def test_each_change_is_told_and_weighed(changed, level, words):
    """A verdict that moves, or an address that goes away, under a number that says that nothing did."""
    new = replace(OLD, **changed)
    (change,) = compare(OLD, new)
    assert change.level is level and words in change.words and words in told(OLD, new, [change])
    least = {Level.BREAKING: "2.0.0", Level.MORE: "1.3.0", Level.WORDS: "1.2.4"}[level]
    assert needed("1.2.3", [change]) == least
    for number, fits in (
        ("1.2.3", False),
        ("1.2.4", level is Level.WORDS),
        ("1.3.0", level < Level.BREAKING),
        ("2.0.0", True),
        ("2.0.0.dev0", True),
    ):
        wrong = refusal(OLD, replace(new, edition=number), [change])
        assert (wrong is None) == fits
        assert fits or f'edition = "{least}"' in wrong


def test_a_table_in_another_folder_is_the_same_table():
    """A folder that was renamed, told as so many tables gone and new, with no word of what moved in them."""
    new = replace(OLD, tables={"loaves/prices": {"2010|bakers": {"year": "2010", "price": "2.6"}}})
    found = compare(OLD, new)
    assert [(one.words, one.level) for one in found] == [
        ("bread/prices is loaves/prices now", Level.BREAKING),
        ("loaves/prices#2010|bakers: price 2.5 → 2.6", Level.MORE),
    ]


def test_what_is_the_same_is_no_change():
    """A last bit told as a change."""
    new = replace(OLD, readings={"x1-bakers": {**READING, "value": "2.5000000000001"}})
    assert compare(OLD, OLD) == compare(OLD, new) == []
    assert "No verdict" in told(OLD, new, [])


def test_what_is_not_kept_is_not_compared():
    """All charts told as gone because one of the two places does not keep any."""
    new = replace(OLD, charts=None, tables=None, criteria=None, sources=None)
    assert compare(OLD, new) == compare(new, OLD) == []
    assert "Not compared" in told(OLD, new, []) and "charts" in told(OLD, new, [])


def test_many_rows_are_summed_up():
    """A list of ten thousand rows in the changelog, or a gone row that the sum hides from the number."""
    rows = {f"{year}|bakers": {"year": str(year)} for year in range(1900, 1950)}
    changes = compare(replace(OLD, tables={"bread/prices": rows}), replace(OLD, tables={"bread/prices": {}}))
    assert (
        len(changes) == 13
        and "38 more rows differ" in changes[-1].words
        and changes[-1].level is Level.BREAKING
    )


def test_the_project_is_its_own_equal(tmp_path):
    """A site and a project read in two ways, so that everything seems to have changed."""
    (tmp_path / "ledger.json").write_text(json.dumps(ledger()), encoding="utf-8")
    now = current()
    read = snapshot(str(tmp_path / "ledger.json"))
    assert read.edition == article().edition and read.tables is None and read.charts is None
    assert compare(read, now) == [] and len(now.readings) > 100 and now.verdicts and now.tables


def test_a_commit_is_an_edition(tmp_path):
    """A commit that is read as the folder stands, or whose number is taken from elsewhere."""

    def git(*command: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *command],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    ledgers = tmp_path / "tests" / "expected" / "ledger.csv"
    ledgers.parent.mkdir(parents=True)
    ledgers.write_text(ledger_csv(), encoding="utf-8")
    (tmp_path / "article.toml").write_text('[identity]\nedition = "3.4.5"\n', encoding="utf-8")
    git("init", "-q")
    with pytest.raises(SnapshotError, match="neither a file"):
        snapshot("v3.4.5", tmp_path)
    git("add", ".")
    git("commit", "-qm", "edition")
    git("tag", "v3.4.5")
    ledgers.write_text("gone", encoding="utf-8")
    read = snapshot("v3.4.5", tmp_path)
    assert read.edition == "3.4.5" and read.readings == current().readings and read.tables is None
    git("rm", "-q", "-r", "--cached", "tests")
    git("commit", "-qm", "nothing")
    with pytest.raises(SnapshotError, match=r"has no tests/expected/ledger\.csv, and its own code makes no"):
        snapshot("HEAD", tmp_path)


def test_a_repository_is_that_of_its_folder(tmp_path, monkeypatch):
    """A hook's variables, by which another repository is read; git's own reason dropped."""
    assert git(tmp_path, "init", "-q").returncode == 0
    monkeypatch.setenv("GIT_DIR", str(PROJECT / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(PROJECT / ".git" / "index"))
    assert git(tmp_path, "rev-parse", "--absolute-git-dir").stdout.decode().strip() == str(tmp_path / ".git")
    number, commit = article().earlier[-1].number, article().earlier[-1].commit
    with pytest.raises(SnapshotError, match=rf"v{number} is commit {commit}, which .* does not hold"):
        snapshot(f"v{number}", tmp_path)
    shutil.rmtree(tmp_path / ".git")
    with pytest.raises(SnapshotError, match=r"git says: fatal: not a git repository .*; mend that, or name"):
        snapshot(f"v{number}", tmp_path)


def test_an_edition_without_a_ledger_in_its_commit_is_computed_by_its_own_code(tmp_path):
    """An edition that cannot be compared, or that is computed by the code in hand, or takes its number."""
    def git(*command: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *command], cwd=tmp_path,
                       check=True, capture_output=True)

    reading = {"id": "c01-then", **READING, "value": 7.5, "met": True}
    one = {"id": "C01", "verdict": {"then": "mixed"}, "readings": [reading]}
    said = {"edition": "of the code in hand", "claims": [one]}
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "__init__.py").touch()
    (tmp_path / "report" / "ledger.py").write_text(f"def ledger():\n    return {said!r}\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.0.7"\n', encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "edition")
    read = snapshot("HEAD", tmp_path)
    assert read.edition == "0.0.7" and read.verdicts == {"C01 then": "mixed"}
    assert read.readings["c01-then"]["value"] == "7.5"


def test_a_folder_without_a_ledger_is_refused(tmp_path):
    """A folder that is no site, compared as an edition in which everything is gone."""
    with pytest.raises(SnapshotError, match=r"holds no ledger\.json"):
        snapshot(str(tmp_path))


def test_an_edition_that_kept_no_indicators_lost_none():
    """Editions before 2.0.0, whose commits keep no indicators: all told as new, or as gone."""
    assert compare(replace(OLD, indicators=None), OLD) == compare(OLD, replace(OLD, indicators=None)) == []
