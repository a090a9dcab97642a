"""The comparison with the recorded edition: what is the same is said to be, and what differs is found."""

from __future__ import annotations

import copy

import nbformat
import pytest

from report.charts import MIME
from tests.references import EXPECTED, NOTEBOOKS, chapters
from tests.reproduce import as_text, differs, libraries, of_notebooks, of_tables

NAME = chapters()[0].stem


def recorded() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOKS / f"{NAME}.ipynb", as_version=4)


def told(**parts) -> dict:
    """Return a report in which nothing differs but ``parts``."""
    chapter = {"chapter": NAME, "seconds": 1.0, "cells": 2, "outputs": 2, "charts": 1, "differs": []}
    return {"edition": "1", "python": "3", "system": "x", "libraries": libraries(), "verdicts": [],
            "readings": [], "indicators": [], "numbers": [],
            "chapters": [{**chapter, **parts.pop("chapter", {})}], **parts}


def test_the_same_is_identical():
    """A comparison that finds differences where there are none."""
    ledger = (EXPECTED / "ledger.csv").read_text(encoding="utf-8")
    assert list(of_tables(ledger, ledger, ("reading",))) == []
    assert list(of_notebooks(recorded(), recorded())) == []
    assert not differs(told()) and "Everything is identical" in as_text(told())


def test_another_verdict_or_a_lost_reading_is_found():
    """A changed word or a reading that is gone, passed over."""
    ledger = (EXPECTED / "ledger.csv").read_text(encoding="utf-8")
    head, first, _, *rest = ledger.splitlines(keepends=True)
    word = first.split(",")[head.split(",").index("chapter")]
    found = list(of_tables(ledger, "".join([head, first.replace(word, "elsewhere", 1), *rest]), ("reading",)))
    assert {"recorded": "there", "here": "absent"}.items() <= found[1].items()
    assert found[0]["where"].endswith(", chapter") and found[0]["here"] == "elsewhere"
    assert differs(told(readings=found)) and "elsewhere" in as_text(told(readings=found))


def test_another_value_in_a_chart_is_found_at_its_place():
    """A chart that was drawn of other data and is called identical."""
    made = recorded()
    number, output = next((n, o) for n, c in enumerate([c for c in made.cells if c.cell_type == "code"], 1)
                          for o in c.outputs if MIME in o.get("data", {}))
    output["data"][MIME] = copy.deepcopy(output["data"][MIME])
    output["data"][MIME]["usermeta"]["data"]["rows"][0][-1] = "another"
    found = list(of_notebooks(recorded(), made))
    assert [one["here"] for one in found] == ["another"]
    assert found[0]["where"].startswith(f"cell {number}[0]") and found[0]["kind"] == "chart"
    assert differs(told(chapter={"differs": found}))


@pytest.mark.parametrize("change", ["lost", "new code"])
def test_a_lost_output_and_other_code_are_found(change):
    """Outputs that are gone, or a chapter that was edited since, called identical."""
    made = recorded()
    cell = next(c for c in made.cells if c.cell_type == "code" and c.outputs)
    if change == "lost":
        cell.outputs = []
    else:
        cell.source += "\n1"
    assert list(of_notebooks(recorded(), made))


def test_libraries_are_those_pinned():
    """A report that does not say with which versions it was computed."""
    assert libraries()["pandas"]["here"] == libraries()["pandas"]["pinned"]
