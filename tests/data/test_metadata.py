"""The description of the data: complete, true of the files, and nothing in it unused."""

import re
from pathlib import Path

import pytest
from frictionless import Package

from report.trace import cited
from report.rule import claims
from report.data.package import data_folder, load, package
from report.data.stamp import stamped
from report.book import all_readings, indicators
from report.data.sources import sources

PROJECT = Path(__file__).resolve().parents[2]
TABLES = sorted(package().tables)
REQUIRED = (
    "title",
    "description",
    "row",
    "path",
    "bytes",
    "hash",
    "rows",
    "licence_note",
    "redistribution",
    "processing",
    "known_gaps",
)
REGISTERS = ("carriers", "claims", "claim_limbs", "claim_settings", "corrections", "definitions",
             "earlier_verdicts", "errata", "judgements", "limb_settings", "notes", "origins",
             "other_criteria", "second_coding", "survival/shocks", "thaad/control_groups",
             *(f"believe/{one}" for one in ("beliefs", "grades", "grounds", "indicators", "policy",
                                            "settings")))  # our own
UNITLESS = ("string", "date", "boolean", "year")


def code_and_prose() -> str:
    """Return all that may use a table or a source: the package and the chapters."""
    files = [
        *(PROJECT / "report").rglob("*.py"),
        *(PROJECT / "argument").rglob("*.py"),
        *(PROJECT / "chapters").glob("*.md"),
    ]
    return "\n".join(p.read_text(encoding="utf-8") for p in files)


@pytest.fixture(scope="module")
def text():
    return code_and_prose()


def test_stamp_agrees_with_files():
    """A table or description changed without `make datapackage`, or the generated file changed by hand."""
    assert (data_folder() / "datapackage.json").read_text(encoding="utf-8") == stamped(), (
        "run make datapackage"
    )


@pytest.mark.parametrize("name", TABLES)
def test_description_is_complete(name):
    """A table without title, row, processing, gaps or licence note; a number without unit; a field without
    description.
    """
    about = package().tables[name].description
    assert not [k for k in REQUIRED if not about.get(k) and about.get(k) != 0]
    assert "licence" in about and (about["licence"] or about["licence_note"])
    assert about["redistribution"] in ("open", "cite", "figures only")
    for f in package().tables[name].fields.values():
        assert f.get("description"), f["name"]
        assert f["type"] in UNITLESS or f.get("unit"), f"{f['name']} has no unit"


def test_no_table_inherits_a_licence():
    """A licence of the whole, which every table without its own takes over by the standard: nobody gave it.
    """
    assert "licenses" not in package().descriptor
    for name, table in package().tables.items():
        stated = [one["name"] for one in table.description.get("licenses", ())]
        assert stated == [licence for licence in [table.description["licence"]] if licence], name


@pytest.mark.parametrize("name", TABLES)
def test_file_is_sorted_and_tidy(name):
    """A column that is empty throughout, or a key that is not one."""
    frame = load(name)
    table = package().tables[name]
    assert not [c for c in frame if frame[c].isna().all()]
    keys = frame[table.key].astype(str).apply(tuple, axis=1).tolist()
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", [t for t in TABLES if t not in REGISTERS])
def test_every_row_names_its_source(name):
    """A table that forgot the column of sources."""
    assert package().tables[name].fields["source_id"]["constraints"]["required"]


def test_no_table_is_unused(text):
    """A table that no reading, chart or page reads: dead weight, and nobody would notice that it is wrong."""
    unused = [t for t in TABLES if f'"{t}"' not in text and f"`{t}`" not in text]
    assert not unused


def test_no_source_is_unused(text):
    """A source on which nothing rests: left over from a table that was dropped."""
    rested = {i for t in TABLES if "source_id" in package().tables[t].fields for i in cited(load(t))}
    in_prose = {i.strip() for ids in re.findall(r"\{cite\}`([^`]+)`", text) for i in ids.split(",")}
    assert not sorted(set(sources()) - rested - in_prose)


def test_rows_of_readings_exist():
    """A reading that names a row which no table holds: a broken trace."""
    evidence = [*all_readings(), *(i for c in claims() for i in indicators(c))]
    known = {t: set(load(t).index) for t in {row.split("#")[0] for r in evidence for row in r.rows}}
    assert not [(r.id, row) for r in evidence for row in r.rows if row not in known[row.split("#")[0]]]


def test_accessed_no_later_than_the_book():
    """A source read after the day that the book says it knows."""
    assert not [s.id for s in sources().values() if s.accessed > package().as_of.isoformat()]
    assert not [s.id for s in sources().values() if s.date[:7] > package().as_of.isoformat()[:7]]


def test_sources_name_no_path_of_a_machine():
    """A note that speaks of a file on somebody's machine, not of where a figure was read."""
    text = (data_folder() / "sources.bib").read_text(encoding="utf-8") + (
        data_folder() / "datapackage.json"
    ).read_text(encoding="utf-8")
    assert not re.findall(r"""file://|(?:^|[\s"'({`])(?:~|[A-Z]:)?[/\\]\w[\w.-]*[/\\]\S*""", text, re.M)


def test_frictionless_finds_the_package_valid():
    """A package that other tools cannot read: types, keys, bytes or hashes that do not fit."""
    report = Package(str(data_folder() / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:20]
