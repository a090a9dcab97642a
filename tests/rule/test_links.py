"""Links between statements: what is refused, and what is walked."""

import pytest

from report.data.package import altered, load
from report.data.table import DataError
from report.rule import claims
from report.rule.links import LinkKind, falls_with, links, needed_by, premises, statements, weakened_by

LINK, PLACE = "argument#C22|C21", "argument_places#C22"


@pytest.mark.parametrize(("address", "column", "value", "message"), [
    (LINK, "from", "C99", r"^data/argument.csv, row \d+, column from: 'C99' is no claim .*; correct it or"),
    (LINK, "to", "P9", r"row \d+, column to: 'P9' is no claim .* and no premise"),
    (LINK, "kind", "proves", r"column kind: 'proves' is not one of supports, rests_on, strains; use"),
    (LINK, "connective", "so " * 16, r"row \d+, column connective: 16 words are quoted; quote at most 15"),
    (LINK, "from", "C23", r"C2[13] bears C2[13] bears C2[13], a circle .*; turn one of these links round"),
    (LINK, "to", "C22", r"C22 bears C22, a circle"),
    (PLACE, "claim", "C99", r"^data/argument_places.csv, row 23, column claim: 'C99' is not in data/claims"),
    (PLACE, "claim", "C23", r"claim 'C22' has no place; add its row"),
    (PLACE, "premise", "P9", r"row 23, column premise: 'P9' is not in data/argument_premises.csv"),
])
def test_a_fault_stops_with_one_clear_message(address, column, value, message):
    """A link to nowhere, a circle, or a long quotation that is drawn all the same."""
    with altered(address, column, value), pytest.raises(DataError, match=message):
        links()


def test_the_tables_as_released_are_accepted():
    """A check that refuses everything."""
    assert links() and set(statements()) == {*claims(), *premises()}


def test_every_premise_is_linked():
    """A premise, or a claim of the first edition, that stands in the map and bears on nothing there.

    What a later claim bears on, if on anything beyond its premise, is for whoever adds it to say.
    """
    ends = {end for one in links() for end in (one.start, one.end)}
    assert {*premises(), *load("earlier_verdicts")["claim"]} <= ends


def test_only_need_lets_a_statement_fall():
    """A claim that falls because one of its several grounds did."""
    with altered(LINK, "kind", "supports"):
        assert "C21" not in falls_with("C22") and "C21" in weakened_by("C22")
    with altered("argument#C23|C21", "kind", "supports"):
        assert falls_with("C21") == [] and needed_by("C23") == []


def test_a_strain_bears_nothing():
    """A contradiction that counts as support."""
    strained = [one for one in links() if one.kind is LinkKind.STRAINS]
    assert strained and all(one.end not in weakened_by(one.start) + falls_with(one.start) for one in strained)
