"""The ledger's files: of the shape that the schema fixes, complete, and one line a reading in the table."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace

import jsonschema
import pytest

from report.article import ArticleError, article, project
from report.data.carriers import carriers
from report.data.package import DataPackage, altered, load
from report.data.sources import sources
from report.data.table import DataError
from report.rule import claims
from report.ledger import COLUMNS, check_notes, check_settings, ledger, ledger_csv, rests_on, schema
from report.book import all_readings, indicators, readings, verdicts


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(ledger()))


@pytest.fixture(scope="module")
def table():
    return list(csv.DictReader(io.StringIO(ledger_csv())))


def test_fits_its_schema(document):
    """A field renamed, missing or null where the shape promises a value."""
    jsonschema.validate(document, schema())


def test_holds_every_claim_and_reading(document):
    """A claim or a reading that the file leaves out."""
    assert [c["id"] for c in document["claims"]] == list(claims())
    assert [r["id"] for c in document["claims"] for r in c["readings"]] == [r.id for r in all_readings()]
    assert [i["id"] for c in document["claims"] for i in c["indicators"]] == [i.id for c in claims()
                                                                              for i in indicators(c)]


def test_met_is_never_null_and_verdicts_only_where_there_is_none(document):
    """A reading without outcome; a judgement with a verdict, or a forecast with one *then*."""
    for c in document["claims"]:
        assert all(isinstance(r["met"], bool) for r in c["readings"])
        without = {v for v in ("then", "now") if c["verdict"][v] is None}
        expected = {"then", "now"} if c["kind"] == "judgement" or not c["treated"] else {"then"} if c[
            "kind"] == "forecast" else set()
        assert without == expected, c["id"]


def test_a_limb_with_an_operator_gives_value_and_threshold(document):
    """A number judged against something that the ledger does not show."""
    for c in document["claims"]:
        for r in c["readings"]:
            assert r["op"] is None or None not in (r["threshold"], r["value"]), r["id"]


def test_groups_of_sources_are_the_readings_sources():
    """A reading whose groups name a source it does not cite, or forget one."""
    for r in all_readings():
        assert set().union(*rests_on(r)) == set(r.sources), r.id
        assert all(rests_on(r)), r.id


def test_the_table_has_a_line_a_reading(table):
    """Readings lost or doubled on the way to CSV, columns out of order, booleans as Python writes them."""
    assert tuple(table[0]) == COLUMNS
    assert [row["reading"] for row in table] == [r.id for r in all_readings()]
    assert {row["met"] for row in table} == {"true", "false"}
    assert {row["later_source"] for row in table} <= {"true", "false"}


def test_the_table_carries_the_verdict_of_its_vantage(table):
    """The verdict *now* printed beside readings *then*."""
    for row in table:
        found = verdicts(row["claim"])[row["vantage"]]
        assert (row["verdict"] or None) == found.word
        assert int(row["readings_of_claim"]) == sum(r.vantage == row["vantage"]
                                                    for r in readings(row["claim"]))


def test_the_table_adds_up_to_the_verdicts(table):
    """Counts that do not follow from the lines of the table itself."""
    for id in claims():
        for vantage in ("then", "now"):
            lines = [row for row in table if row["claim"] == id and row["vantage"] == vantage]
            assert sum(row["met"] == "true" for row in lines) == verdicts(id)[vantage].met


def test_no_cell_breaks_the_table(table):
    """A line break inside a label or note, which spreadsheets read as a new row."""
    assert not [(row["reading"], k) for row in table for k, v in row.items() if re.search(r"[\r\n]", v)]


@pytest.mark.parametrize(("changes", "message"), [
    ({"argument": "argumnet"}, r"argument 'argumnet' is no folder of the project"),
    ({"source": None}, r"source '' is not in data/sources\.bib; write the key of the article itself"),
    ({"source": "nobody"}, r"source 'nobody' is not in data/sources\.bib"),
    ({"topics": {"trade": "Trade"}}, r"\[topics\] lacks the topic of data/\w+/\w+\.csv; add \w+ = "),
    ({"topics": article().topics | {"customs": "Customs"}}, r"topics\.customs is a heading of no table"),
    ({"credited": {"C99": frozenset(["kotra"])}}, r"credited\.C99 is no claim of data/claims\.csv; correct"),
    ({"credited": {"C12": frozenset(["kotr"])}}, r"credited\.C12 names 'kotr', which is not in data"),
    ({"sections": {}}, r"no \[\[sections\]\] has the number 1 of C01 in data/claims\.csv; add one"),
])
def test_a_setting_that_leads_to_nothing_is_refused(monkeypatch, changes, message):
    """A misspelt package of evidence told as claims without readings, a section left out as dead links, a
    topic as an item that is not in a list, and the article's own entry not at all.
    """
    check_settings()
    monkeypatch.setattr("report.ledger.article", lambda: replace(article(), **changes))
    with pytest.raises(ArticleError, match=f"^article.toml: {message}"):
        check_settings()


def test_a_source_read_after_the_last_day_is_refused(monkeypatch):
    """A year of urldate that was mistyped, as a day on which nobody can have read it."""
    late = {id: replace(one, accessed="2027-01-01") for id, one in sources().items()}
    monkeypatch.setattr("report.ledger.sources", lambda: late)
    with pytest.raises(DataError, match=r"^data/sources\.bib, \w+: urldate 2027-01-01 lies after \d{4}-"):
        check_settings()


@pytest.mark.parametrize("column, value, told", [
    ("claim", "C99", r"column claim: 'C99' is not in data/claims\.csv; add it there or correct it"),
    ("word", "mostly suported", r"column word: 'mostly suported' is not one of"),
    ("edition", "0.1.1", r"column edition: '0\.1\.1' is not one of")])
def test_a_word_of_no_claim_or_edition_is_refused(tmp_path, column, value, told):
    """A word of an earlier edition that no page would show."""
    folder = shutil.copytree(project() / "data", tmp_path / "data")
    path = folder / "earlier_verdicts.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(DataError, match=rf"^data/earlier_verdicts\.csv, row 2, {told}"):
        DataPackage(folder).load("earlier_verdicts")


def test_a_carrier_of_no_source_is_refused():
    row = load("carriers").index[0]
    with altered(row, "carrier", "38 Nort"), pytest.raises(
            DataError, match=r"data/carriers\.csv, row 2, column carrier: no source .* through '38 Nort'"):
        carriers()


def test_a_note_on_no_reading_is_refused(document):
    """A remark that nobody sees, since the reading that it names is called otherwise."""
    check_notes(document)
    row = load("notes").index[0]
    with altered(row, "reading", "c99-nobody"), pytest.raises(
            DataError, match=r"data/notes\.csv, row 2, column reading: there is no reading or indicator 'c9"):
        check_notes(document)
