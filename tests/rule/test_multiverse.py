"""All defensible rules at once, against the rule applied one at a time."""

from __future__ import annotations

import random

import pytest

from report.ledger import own_ground
from report.rule import Kind, claims
from report.rule.multiverse import UNTESTED, grid, multiverse, own_rule
from report.rule.own import OwnRule, judged_under

LEAST = 10_000  # rules


@pytest.fixture(scope="module")
def found():
    return multiverse(own_ground())


def test_the_grid_is_wide_and_holds_the_books_rule():
    """A handful of rules called all of them; a grid in which the book's own rule has no place."""
    known = grid(own_ground())
    assert known.size >= LEAST
    book = {name: values[known.default_place(name)] for name, values in known.values.items()}
    assert own_rule(known, book) == OwnRule()


def test_it_gives_what_the_rule_gives_one_at_a_time(found):
    """A quicker way to the same words that comes to others: a limb unread, a tie, a cap, an old reading."""
    dice, known = random.Random(14), own_ground()
    for _ in range(40):
        at = {name: dice.randrange(len(values)) for name, values in found.grid.values.items()}
        own = own_rule(found.grid, {name: found.grid.values[name][i] for name, i in at.items()})
        for key, verdict in judged_under(own, known).items():
            if key in found.ranks:
                rank = int(found.ranks[key][tuple(at.values())])
                assert found.word(key, rank, claims()[key[0]].kind) == verdict.word, (key, own.address)


def test_every_verdict_with_a_word_is_there_and_its_shares_sum_to_one(found):
    """A claim left out of the picture, or one whose strip does not fill its row."""
    judged = {key for key, v in judged_under(OwnRule(), own_ground()).items() if v.word is not None}
    assert set(found.ranks) == judged
    for key in found.ranks:
        assert found.shares(key).sum() == pytest.approx(1) and found.ranks[key].size == found.grid.size


def test_what_no_rule_changes_is_changed_by_no_choice(found):
    """A verdict called unmoved that some choice moves, or the other way round."""
    for key in found.ranks:
        still = max(found.moved_by(key).values()) == 0
        one_word = found.ranks[key].min() == found.ranks[key].max()
        assert not one_word or still, key
    assert found.unmoved() and set(found.unmoved()) <= set(found.one_sided())
    assert all(found.ranks[key].flat[0] != UNTESTED for key in found.unmoved())


def test_a_choice_moves_what_it_can_alone(found):
    """Voices that move a claim which is on no motive."""
    for (id, vantage) in found.ranks:
        if claims()[id].kind is not Kind.MOTIVE:
            assert found.moved_by((id, vantage))["voices"] == 0
