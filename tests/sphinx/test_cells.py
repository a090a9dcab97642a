"""What a cell says of itself and nothing would read is refused, with its line."""

from __future__ import annotations

import pytest

from report.article import project
from report.data.table import DataError
from report.sphinx.cells import TAGS, check_cells

FAULTS = {
    "{code-cell} r\nx = 1": r"md:3: a cell in 'r' would be run as Python; write ipython3",
    "{code-cell} ipython3\n:tag: [hide-input]\nx = 1": "md:3: nothing reads an option 'tag' of a cell",
    "{code-cell} ipython3\n:tags: [hide-inptu]\nx = 1": "md:3: nothing reads the tag 'hide-inptu'",
    "{code-cell} ipython3\n:tags: [hide-input, remove-cell]": "md:3: nothing reads the tag 'remove-cell'",
    "{code-cell}\n---\ntags: [raises-exception]\n---\nx": "nothing reads the tag 'raises-exception'",
    "{code-cell}\n:tags: hide-input\nx = 1": "'hide-input' is not of type 'array'; write the options",
    "{code-cell}\n:tags: [hide-input\nx = 1": "md: .*; write the options of a cell as",
    "{code-cell}\nimport charts\ncharts.prices()\ncharts.loaves()": r"md:3: charts.prices\(\) is not shown,",
    "{code-cell}\nfrom a import charts\ncharts.prices().properties(width=1)\nx = 1\nx": "is not shown, since",
    "{code-cell}\ncharts.prices();": "md:3: the semicolon keeps from the page what the cell returns; remove",
    "{code-cell}\nprices = charts.prices()": "md:3: prices is made and neither shown nor used; write prices",
    "{code-cell}\n:load: other.py": "md: .*; write the options of a cell as",
}


@pytest.mark.parametrize("cell", FAULTS, ids=[cell.replace("\n", " ") for cell in FAULTS])
def test_a_cell_that_says_what_is_not_understood_is_refused(cell):
    with pytest.raises(DataError, match=FAULTS[cell]):
        check_cells(f"Words.\n\n```{cell}\n```\n", "chapters/trade.md")


def test_cells_that_are_understood_pass():
    cells = ("from a import charts\nrows = []\nrows.append(1)\nprint(rows)\ncharts.of(rows)", "prices = 1",
             "prices")
    check_cells("".join(f"```{{code-cell}}\n{code}\n```\n" for code in cells), "chapters/trade.md")
    check_cells("```{code-cell}\n%time 1\n```\n", "chapters/trade.md")
    for tag in TAGS:
        check_cells(f"```{{code-cell}} ipython3\n:tags: [{tag}]\nnamed: int = 1\n```\n", "chapters/trade.md")
    for chapter in (project() / "chapters").glob("*.md"):
        check_cells(chapter.read_text(encoding="utf-8"), chapter.name)
