"""What a claim comes to, printed without building the book."""

import pytest

from report.book import indicators, readings
from report.rule import claims
from report.told import told


@pytest.mark.parametrize("id", claims())
def test_each_claim_is_told(id):
    """A reading that is left out, or a value that cannot be printed."""
    lines = list(told(id))
    assert [line.startswith(id) for line in lines[:3]] == [True, True, False]
    assert all(sum(f" {one.id}: " in line for line in lines) == 1 for one in (*readings(id), *indicators(id)))
