"""The rule applied again under other choices, on made-up readings."""

from dataclasses import replace

import pytest

from report.rule import (Kind, Limb, Operator, Reading, ReadingError, Rule, Vantage, Variant, Word, claim,
                         robustness)
from report.rule.robustness import (changes, credited_only, each_left_out, each_variant, fall_with_source,
                                    judged, keys)


def shape(kind="figure", *limbs, id="C14"):
    made = tuple(Limb(id, limb, "words") for limb in limbs or ("a",))
    return replace(claim(id), kind=Kind(kind), limbs=made)


def vote(name, met, limb="a", origin=None, sources=("s",), variants=(), id="C14"):
    return Reading(id=f"{id.lower()}-{name}-then", claim=id, limb=limb, vantage=Vantage.THEN, label=name,
                   value=1.0, unit=None, op=None, threshold=None, met=met, period=("2014", "2014"),
                   origin=origin or name, votes_as=origin or name, definition="default", later_source=False,
                   rows=("t#1",), sources=tuple(sources), variants=tuple(variants))


def words(found):
    return [(c.key[0], c.key[1], c.before.word, c.after.word) for c in found]


def test_a_row_stands_while_one_source_is_left():
    """A figure that two papers printed dropped with one; one that needs two sources kept with half."""
    either, needs_both = vote("x", True), vote("y", True)
    rests_on = {either.id: [frozenset("ab")], needs_both.id: [frozenset("a"), frozenset("b")]}
    assert robustness.standing([either, needs_both], rests_on, {"a"}) == [either]
    assert robustness.standing([either, needs_both], rests_on, {"a", "b"}) == []
    assert fall_with_source([either, needs_both], rests_on) == {"a": {needs_both.id}, "b": {needs_both.id}}


def test_leaving_out_sources_changes_the_word():
    """A test that leaves everything in, or that forgets a claim which loses all."""
    x, y = vote("x", True), vote("y", False)
    rests_on = {x.id: [frozenset("p")], y.id: [frozenset("q")]}

    def leave(*out):
        return words(robustness.without_sources([shape()], [x, y], rests_on, set(out)))

    assert leave("q") == [("C14", "then", Word.MIXED, Word.SUPPORTED)]
    assert leave("p") == [("C14", "then", Word.MIXED, Word.CONTRADICTED)]
    assert leave("p", "q") == [("C14", "then", Word.MIXED, Word.UNTESTED)]
    assert leave("z") == []


def test_only_the_credited_origin_counts():
    """A figure of the credited source mixed with another's counted as its own; uncredited claims drawn in."""
    kotra, mixed = vote("x", True, origin="kotra"), vote("y", False, origin="kotra+mou")
    other = vote("z", False, id="C20")
    found = credited_only([shape(), shape(id="C20")], [kotra, mixed, other], {"C14": {"kotra"}})
    assert words(found) == [("C14", "then", Word.MIXED, Word.SUPPORTED)]


def test_one_at_a_time():
    """All left out together instead of in turn; the choice that changed a word lost."""
    readings = [vote("x", True), vote("y", False), vote("z", False)]
    found = each_left_out([shape()], readings, {r.origin: {r.id} for r in readings})
    assert [(c.choice, c.after.word) for c in found] == [
        ("x", Word.CONTRADICTED), ("y", Word.MIXED), ("z", Word.MIXED)]
    assert keys(found) == [("C14", "then")]


def test_a_variant_takes_its_readings_place():
    """Variants that vote beside their reading, or that all step in at once."""
    unlike, like = Variant("unlike", 1.0, False), Variant("like", 1.0, True)
    readings = [vote("x", True, variants=(unlike, like)), vote("y", True, variants=(unlike,))]
    found = each_variant([shape()], readings)
    assert [(c.choice.split(": ")[0], c.after.word) for c in found] == [
        ("c14-x-then", Word.MIXED), ("c14-y-then", Word.MIXED)]


@pytest.mark.parametrize(("cut", "word"), [((0.25, 0.75), Word.MIXED), ((0.4, 0.6), None)])
def test_cuts_move(cut, word):
    """Thresholds that are ignored: two of three is mostly supported, and mixed when cut at three quarters."""
    found = robustness.moved_thresholds([shape()], [vote("x", True), vote("y", True), vote("z", False)], cut)
    assert [c.after.word for c in found] == ([word] if word else [])


def test_other_rules():
    """A choice of the rule that is not made: votes by reading, the weakest limb, no essential limb."""
    one, two = shape("figure", "a", "b"), shape("figure", "a")
    readings = [vote("x", True), vote("y", True, limb="b"), vote("z", False, limb="b")]
    lowest = robustness.by_other_rule([one], readings, Rule(weakest_limb=True), "weakest")
    assert words(lowest) == [("C14", "then", Word.MOSTLY_SUPPORTED, Word.MIXED)]
    many = [*(vote(f"m{i}", True, origin="maker") for i in range(3)), vote("z", False)]
    each = robustness.by_other_rule([two], many, Rule(by_reading=True), "by reading")
    assert words(each) == [("C14", "then", Word.MIXED, Word.MOSTLY_SUPPORTED)]
    cap = replace(one, limbs=(one.limbs[0], replace(one.limbs[1], essential=True)))
    low = [*(vote(f"y{i}", True) for i in range(3)), vote("n", True, limb="b"),
           *(vote(f"n{i}", False, limb="b") for i in range(2))]
    loose = robustness.by_other_rule([cap], low, Rule(essential=False), "no cap")
    assert words(loose) == [("C14", "then", Word.MIXED, Word.MOSTLY_SUPPORTED)]


def test_judgements_have_no_verdict():
    """A judgement counted among the verdicts."""
    readings = [vote("x", True), vote("y", True), vote("z", False)]
    assert judged([shape("judgement")], readings) == {}


def test_places_say_how_far_a_word_moves():
    """A verdict that loses all its readings taken for one that moved towards contradiction."""
    before = judged([shape()], [vote("x", True)])
    assert [c.places for c in changes(before, judged([shape()], [vote("x", False)]))] == [-4]
    assert [c.places for c in changes(before, judged([shape()], []))] == [None]


def test_one_reading_recoded():
    """A reading judged otherwise at all vantages, or one whose recoding is passed over."""
    readings = [vote("x", True), vote("y", True), vote("z", False)]
    found = robustness.each_recoded([shape()], readings)
    assert [(c.choice, c.after.word) for c in found] == [
        ("c14-x-then", Word.MOSTLY_CONTRADICTED), ("c14-y-then", Word.MOSTLY_CONTRADICTED),
        ("c14-z-then", Word.SUPPORTED)]


def test_a_definition_holds_for_all_readings_at_once():
    """A definition that is taken for one reading after the other, or whose readings do not fall."""
    readings = [vote("x", True), vote("y", True), vote("z", False)]
    none, two = dict.fromkeys(("c14-x-then", "c14-y-then"), False), {"c14-z-then": None}
    found = robustness.together([shape()], readings, {"none": none, "two": two})
    assert [(c.choice, c.after.word) for c in found] == [
        ("none", Word.CONTRADICTED), ("two", Word.SUPPORTED)]


def test_another_criterion():
    """A reading judged by its old threshold, or a factor taken of nothing."""
    part, one = Limb("C14", "a", "words", op=Operator.ABOVE, threshold=70.0), vote("x", True)
    high = replace(one, value=90.0, threshold=70.0)
    assert not robustness.held_against(high, part, threshold=95.0).met
    assert robustness.held_against(high, part, Operator.BELOW, threshold=95.0).met
    assert not robustness.held_against(high, part, times=2.0).met
    with pytest.raises(ReadingError, match="no threshold of its own"):
        robustness.held_against(replace(high, threshold=None), part, times=2.0)
