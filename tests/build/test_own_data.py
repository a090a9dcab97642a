"""The book on a reader's own rows: what moved is said verdict by verdict, what does not fit in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from report import own_data
from report.data.package import load, opened, package
from report.data.table import DataError
from tests.build.conftest import PRICES, copied
from tests.references import PROJECT

EXAMPLE = PROJECT / "examples" / "made-up-rows"
OWN_SCRIPTS = ("(function (page)", 'location.replace("')  # of a page, and of one that leads to another
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
ROWS = f"""year,origin,price,source_id,note
2010,bakers,1.5,own_visitors,{HOSTILE}
2016,council,2.9,own_visitors,</script><svg onload=alert(1)>
"""
SOURCE = """@misc{own_visitors,
  title = {Notes of HOSTILE Visitors}, author = {{Visitors}}, year = {2017},
  url = {https://example.org/visitors},
  urldate = {2020-12-31}, kind = {press}, producer = {Visitors}, carrier = {Visitors}, read_as = {original},
  redistribution = {figures only}, note = {Made up for a test, HOSTILE.},
}
""".replace("HOSTILE", HOSTILE)


@pytest.fixture
def own(tmp_path) -> Path:
    """Return a folder of made-up rows for the made-up article: one newer, one in the place of another; and a
    copy that Jupyter keeps, which is no table.
    """
    folder = tmp_path / "visitors' rows"
    (folder / "bread" / ".ipynb_checkpoints").mkdir(parents=True)
    (folder / "bread" / ".ipynb_checkpoints" / "prices-checkpoint.csv").write_text(ROWS, encoding="utf-8")
    (folder / "bread" / "prices.csv").write_text(ROWS, encoding="utf-8")
    (folder / "sources.bib").write_text(SOURCE, encoding="utf-8")
    (folder / "about.toml").write_text('title = "MADE UP <b>rows</b>"\n', encoding="utf-8")
    return folder


class Elements(HTMLParser):
    """Gathers the elements of a page that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        handled = any(name.startswith("on") for name in given)
        inline = tag == "script" and not given.get("src") and given.get("type") != "application/ld+json"
        led = str(given.get("href", "")).lower().startswith("javascript:")
        if tag == "img" or handled or inline or led:
            self.found.append(self.get_starttag_text() or tag)


def hostile_elements(page: str) -> list[str]:
    """Return the elements of a page that could run what a table holds, the page's own script apart."""
    parser = Elements()
    parser.feed(page)
    own = ["<script>"] if any(f"<script>{begins}" in page for begins in OWN_SCRIPTS) else []
    return parser.found[len(own):] if parser.found[:1] == own else parser.found


def run(project: Path, *command: str) -> subprocess.CompletedProcess:
    known = {k: v for k, v in os.environ.items() if k != "REPORT_DATA"}
    return subprocess.run([sys.executable, *command], cwd=project, capture_output=True, text=True,
                          env={**known, "REPORT_PROJECT": str(project), "PYTHONPATH": str(PROJECT)})


def test_the_book_is_built_beside_the_report_and_says_what_moved(own, tmp_path):
    """Rows that do nothing, a page that does not say which verdicts they moved, a report that they overwrite,
    a page of a reader's own figures that could be taken for one of the report, markup in a cell or a source
    that becomes an element of a page.
    """
    project = copied(tmp_path / "project")
    done = run(project, str(PROJECT / "report" / "build.py"), str(own))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    site = project / "_build" / "with" / own.name / "html"
    page = (site / "changed.html").read_text(encoding="utf-8")
    assert "then: supported → mixed (towards contradiction)" in page
    assert "Rise of the price, bakers</a> (then): 22.2222 percent, met → −16.6667 percent, not met" in page
    assert "1 row replaced, 1 added" in page
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert hostile_elements(text) == [], path.name
        marked = "Not the report's own data: MADE UP &lt;b&gt;rows" in text
        assert marked or path.name == "index.html", path.name
    for script in (site / "_static/search-index.js", *(site / "charts").glob("*.js")):
        assert "</script" not in script.read_text(encoding="utf-8").replace("<\\/script", ""), script.name
    assert not (project / "_build" / "html").exists()
    assert (project / PRICES).read_text(encoding="utf-8") == (copied(tmp_path / "again") / PRICES).read_text(
        encoding="utf-8")


@pytest.mark.parametrize(("file", "text", "message"), [
    ("about.toml", "", "about.toml: title is missing; write what the rows are"),
    ("about.toml", 'title = "x"\nkind = "x"\n', "about.toml: 'kind' is not known here"),
    ("about.toml", 'title = "x"\nas_of = 2021-01-01T10:00:00\n', "as_of is datetime.datetime(2021"),
    ("about.toml", "title = 3\n", "about.toml: title is 3; write text"),
    ("about.toml", 'title = " "\n', "about.toml: title is missing; write what the rows are"),
    ("about.toml", 'title = "x"\nas_of = 2999-12-31\n', "about.toml: as_of 2999-12-31 is to come; write the"),
    ("bread/prices", ROWS, "bread/prices: no rows are read from such a file; name a table as"),
    ("bread/prices.numbers", ROWS, "prices.numbers: no rows are read from such a file"),
    ("origins.csv", "id,name,short_name,kind,voice,formerly\nbakers,B,B,person,,\n", "origins.csv, row 2: "
     "the report has 'bakers' already, as something else"),
    ("origins.csv", "id,name,short_name,kind,voice,formerly\nmine,M,M,person,,bakers\n", "row 2: the report "
     "has 'bakers' already"),
    ("bread/prices.csv", "", "prices.csv: is empty; write its rows, or remove it\n"),
    ("bread/prices.csv", ROWS.replace("note\n", "note,\n"), "row 1: a column has no name; write it, or"),
    ("bread/prices.csv", ROWS.replace("note\n", "note,by\n", 1), "row 1: column 'by' is not described; "
     "remove it, or call it as the report does"),
    ("bread/prices.CSV", ROWS, "prices.CSV: no rows are read from such a file; name a table as the report's"),
    ("bread/prices.toml", "", "prices.toml: no rows are read from such a file"),
    ("bread/prise.csv", ROWS, "prise.csv: the book has no table of that name; it has bread/prices.csv"),
    ("claims.csv", "id\n", "claims.csv: claims, criteria and notes are the report's own"),
    ("bread/prices.csv", ROWS.replace("1.5", "1.5 crowns"), "prices.csv, row 2, column price: '1.5 crowns' "
                                                            "holds a unit; write 1.5"),
    ("bread/prices.csv", ROWS.replace("2016", "2026"), "prices.csv, row 3, column year: 2026 is above 2020"),
    ("bread/prices.csv", ROWS.replace("2016", "2026"), "correct it, or as_of in {own}/about.toml if it is"),
    ("about.toml", 'title = "x"\nas_of = 2012-01-01\n', "about.toml: as_of 2012-01-01 lies before 2020"),
    ("bread/prices.csv", ROWS.replace("own_visitors", "nobody"), "source 'nobody' is not in "
     "data/sources.bib; add it to the one in {own} or"),
    ("bread/prices.csv", ROWS.replace("council", "nobody"), "origin 'nobody' is not in data/origins.csv; "
     "add it to the one in {own} or correct"),
    ("bread/prices.csv", ROWS.replace("price,", ""), "column 'price' is missing"),
    ("sources.bib", SOURCE.replace("own_visitors", "made_up_ledger") + SOURCE,
     "sources.bib, made_up_ledger: the report has a source of that id; give yours another"),
    ("sources.bib", SOURCE.replace("own_visitors", "Made_up_Ledger") + SOURCE,
     "sources.bib, Made_up_Ledger: the report has a source of that id; give yours another"),
    ("sources.bib", SOURCE.replace("kind = {press}, ", ""), "own_visitors: field kind is missing"),
    ("bread/prices.csv", ROWS.replace("2010", "2013") + ROWS.splitlines()[1].replace("2010", "2013") + "\n",
     "stands already in row 2"),
])
def test_what_does_not_fit_is_one_sentence(own, tmp_path, file, text, message):
    """A traceback, or rows that are taken in silence although they do not fit."""
    (own / file).write_text(text, encoding="utf-8")
    done = run(copied(tmp_path / "project"), "-m", "report.own_data", str(own), str(tmp_path / "out"))
    assert done.returncode == 1 and message.replace("{own}", str(own)) in done.stderr
    assert done.stderr.startswith("The book cannot be made of these rows: ") and done.stderr.count("\n") == 1


def test_a_folder_without_rows_is_refused(own):
    """A book that is the report's own, and is said to be on a reader's rows."""
    shutil.rmtree(own / "bread")
    with pytest.raises(DataError, match="there are no rows in it; write some into a table of"):
        own_data.put_together(own, own.parent / "out")


def test_rows_behind_a_linked_folder_count(own, tmp_path, monkeypatch):
    """Rows that are left out without a word, since their folder is kept elsewhere."""
    monkeypatch.setenv("REPORT_PROJECT", str(copied(tmp_path / "project")))
    (own / "bread").rename(tmp_path / "elsewhere")
    (own / "bread").symlink_to(tmp_path / "elsewhere")
    own_data.put_together(own, tmp_path / "out")
    assert "2016,council,2.9" in (tmp_path / "out" / "bread" / "prices.csv").read_text(encoding="utf-8")


def test_two_rows_that_are_both_preferred_are_refused(tmp_path):
    """The second of them used, and the first told to be the report's."""
    own = tmp_path / "own"
    (own / "trade").mkdir(parents=True)
    (own / "about.toml").write_text('title = "MADE UP"\n', encoding="utf-8")
    mine = pd.read_csv(PROJECT / "data/trade/china_trade.csv", dtype=str, keep_default_na=False)
    first, second = mine.drop_duplicates("source_id").head(2).to_dict("records")
    second |= {name: first[name] for name in ("year", "flow", "origin")}
    both = pd.DataFrame([first, second]).assign(preferred="true")
    both.to_csv(own / "trade" / "china_trade.csv", index=False)
    with pytest.raises(DataError, match=r"row 3, column preferred: is preferred, and so is row 2 for"):
        own_data.put_together(own, tmp_path / "out")


def test_faults_of_a_whole_package_name_its_folder(own, tmp_path):
    """A reader sent to the report's own files, which are as they should be."""
    project = copied(tmp_path / "project")
    whole = shutil.copytree(project / "data", tmp_path / "whole")
    shutil.copy(own / "about.toml", whole)
    (whole / "bread" / "prices.csv").unlink()
    done = run(project, "-m", "report.own_data", str(whole), str(tmp_path / "out"))
    assert f"rows: {whole}/bread/prices.csv: the file is missing" in done.stderr


def in_the_place_of(folder: Path, corrections: pd.DataFrame, cell: str) -> Path:
    """Write a reader's rows in the place of corrected ones, with a cell, or the column of corrections that
    holds it, in the place of the misprint.
    """
    folder.mkdir()
    (folder / "about.toml").write_text('title = "MADE UP"\n', encoding="utf-8")
    for (table, column), some in corrections.groupby(["table", "column"]):
        mine = pd.read_csv(PROJECT / f"data/{table}.csv", dtype=str, keep_default_na=False)
        keys = mine[package().tables[table].key].agg("|".join, axis=1)
        used = dict(zip(some["key"], some[cell] if cell in some else [cell] * len(some), strict=True))
        mine[column] = keys.map(used)
        (folder / table).parent.mkdir(exist_ok=True)
        mine[keys.isin(used)].to_csv(folder / f"{table}.csv", index=False)
    return folder


def test_corrections_of_rows_that_others_stand_for_lapse(tmp_path, monkeypatch):
    """A reader's row refused for a correction of the report's row in whose place it stands; a misprint that
    stands in the reader's row as well and is used; a register refused since no correction is left.
    """
    known = load("corrections")
    coal = known[known["key"] == "2011|coal"]
    for some, cell, used in ((coal, "50.10", 50.1), (coal, "46.40", 57.7), (known, "value_used", 57.7)):
        lapsed = [] if cell == "46.40" else [*(some["table"] + "#" + some["key"])]
        mine, out = tmp_path / f"mine {cell}", tmp_path / f"data {cell}"
        own_data.put_together(in_the_place_of(mine, some, cell), out)
        monkeypatch.setenv("REPORT_DATA", str(out))
        with opened(out):
            energy = load("lifelines/primary_energy")
            assert energy.loc["lifelines/primary_energy#2011|coal", "share_pct"] == used
            assert len(package().all_corrections()) == len(known) - len(lapsed)
            assert sorted(own_data.is_own()["lapsed"]) == sorted(lapsed)
            assert {name for name, *_ in own_data.counted()} == {*some["table"]}


def test_rows_that_the_evidence_does_not_expect_name_the_claim(tmp_path):
    """Rows that fit the tables and break the evidence, with a traceback in place of a sentence."""
    short = tmp_path / "short"
    shutil.copytree(EXAMPLE, short)
    (short / "trade" / "china_share.csv").unlink()
    done = run(PROJECT, "-m", "report.own_data", str(short), str(tmp_path / "out"))
    assert done.returncode == 1 and "the evidence of C" in done.stderr and done.stderr.count("\n") == 1


def test_the_example_is_marked_and_moves_verdicts(tmp_path, monkeypatch):
    """An example whose rows could be taken for figures, that no longer fits, or that shows nothing."""
    for path in EXAMPLE.rglob("*.csv"):
        _, *rows = path.read_text(encoding="utf-8").splitlines()
        assert rows and all("made_up_" in row and "MADE UP" in row for row in rows), path.name
    made_up = {row for path in EXAMPLE.rglob("*.csv")
               for row in path.read_text(encoding="utf-8").splitlines()[1:]}
    real = "\n".join(p.read_text(encoding="utf-8") for p in (PROJECT / "data").rglob("*.csv"))
    assert not [row for row in made_up if row in real] and "made_up_" not in real
    own_data.put_together(EXAMPLE, tmp_path / "data")
    monkeypatch.setenv("REPORT_DATA", str(tmp_path / "data"))
    found = own_data.changes()
    assert any(change.moved for change in found) and own_data.is_own()["title"].startswith("MADE UP")
    moved = [change for change in found if change.moved]
    assert found[:len(moved)] == moved and all(c.readings for c in moved)


def test_a_folder_that_is_not_there_leaves_no_place(tmp_path):
    """An empty book beside the report's, for a name that was misspelt."""
    project = copied(tmp_path / "project")
    done = run(project, str(PROJECT / "report" / "build.py"), str(tmp_path / "nowhere"))
    assert done.returncode and "nowhere: there is no such folder" in done.stdout + done.stderr
    assert not (project / "_build").exists()


def test_folders_of_one_name_have_books_of_their_own(builder, tmp_path):
    """Two readers' rows, of which the second's book would take the place of the first's."""
    one, other = tmp_path / "a" / "rows", builder.PROJECT / "b" / "rows"
    for folder in (one, other):
        folder.mkdir(parents=True)
    places = [builder.place_of(folder).name for folder in (one, other, one, other)]
    assert places == ["rows", "rows-2", "rows", "rows-2"]
    assert (builder.OWN / "rows-2" / builder.ROWS_OF).read_text() == "b/rows"  # wherever the project is moved
    one.rmdir()
    assert builder.place_of(other).name == "rows"  # which nobody has now


def test_a_whole_package_is_taken_as_it_is(own, tmp_path, monkeypatch):
    """A folder with its own description, of which rows that were left out come back."""
    project = copied(tmp_path / "project")
    monkeypatch.setenv("REPORT_PROJECT", str(project))
    monkeypatch.delenv("REPORT_DATA", raising=False)
    whole = shutil.copytree(project / "data", tmp_path / "whole")
    shutil.copy(own / "about.toml", whole)
    lines = (whole / "bread" / "prices.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (whole / "bread" / "prices.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    own_data.put_together(whole, tmp_path / "out")
    with opened(tmp_path / "out") as package:
        assert len(package.load("bread/prices")) == len(lines) - 2
    assert json.loads((tmp_path / "out" / "about.json").read_text(encoding="utf-8"))
    with pytest.raises(DataError, match="there is no such folder"):
        own_data.put_together(tmp_path / "nothing", tmp_path / "out")
