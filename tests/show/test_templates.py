"""What chapters show: one template a thing, in which whatever is no markup is escaped."""

from __future__ import annotations

import pytest

from report import readings, show
from report.data.package import load
from report.rule import ReadingError, claims
from report.show import strip

HOSTILE = "<script>alert('&')</script>"


@pytest.fixture
def rows():
    return load("trade/china_share").head(2).assign(words=HOSTILE, holds=[True, False])


def test_words_of_data_are_no_markup(rows):
    """A cell, a heading or a caption that a reader's browser takes for a script."""
    html = show.table(rows, {"words": HOSTILE, "holds": "Holds"}, caption=HOSTILE).html
    assert (
        "<script" not in html and html.count("&lt;script&gt;") == 2 + 1 + 2
    )  # cells; heading; caption and label
    assert "<td>yes</td>" in html and "<td>no</td>" in html and "references.html#source-" in html


@pytest.mark.parametrize(("change", "message"), [
    (lambda d: d.drop(columns="source_id"), "column 'source_id' is missing"),
    (lambda d: d.head(0), "a row or its source is missing"),
])
def test_a_table_without_sources_is_refused(rows, change, message):
    """A designed table whose rows rest on nothing."""
    with pytest.raises(ReadingError, match=message):
        show.table(change(rows), {"year": "Year"}, caption="Shares")


@pytest.mark.parametrize("one", claims().values(), ids=lambda c: c.id)
def test_every_claim_is_drawn(one):
    """A claim whose strip lacks a mark of a reading, or whose evidence lacks a row of one."""
    found = readings(one.id)
    evidence, strips = show.evidence(one, addressed=True), strip.strips(one)
    assert all(f'id="{r.id}"' in evidence for r in found)
    assert all(f'data-r="{r.id}"' in strips for r in found) or not one.kind.graded


def test_an_unknown_choice_is_refused():
    """A choice whose option no select offers, and that no reader could make."""
    with pytest.raises(ReadingError, match="'2001' is no option of 'Year'; known are 2000"):
        show.choices("c14", "Which?", {"Year": {"2000": "2000"}}, {("2001",): None})
