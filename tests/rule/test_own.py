"""A reader's own rule: its address, what of it is refused, and what each choice does to made-up readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from report.rule import BOOK_RULE, Kind, Limb, Operator, Reading, Vantage, Variant, Word, claim
from report.rule.choices import KINDS, choices, default, table
from report.rule.own import Ground, OwnRule, judged_under, moved, of_address

VOICES = {"home": "Voice at home", "abroad": "voice abroad"}


def vote(name, met, value=None, origin=None, sources=("paper",), variants=(), said="", later=False):
    op, threshold = (Operator.ABOVE, 70.0) if value is not None else (None, None)
    return Reading(id=f"c14-{name}-then", claim="C14", limb="share", vantage=Vantage.THEN, label=name,
                   value=value, unit=None, op=op, threshold=threshold, met=met, period=("2014", "2014"),
                   origin=origin or name, votes_as=origin or name, definition="default", later_source=later,
                   rows=("t#1",), sources=tuple(sources), variants=tuple(variants), said=said)


def ground(*readings, kind=Kind.FIGURE, op=Operator.ABOVE, threshold=70.0, more=(), **known):
    limb = Limb("C14", "share", "words", op=op, threshold=threshold)
    one = replace(claim("C14"), kind=kind, limbs=(limb, *more))
    return Ground((one,), readings, {r.id: [frozenset(r.sources)] for r in readings},
                  {r.id: tuple([frozenset(v.sources)] for v in r.variants) for r in readings},
                  kinds={"paper": "press", "office": "official"},
                  ways={"paper": "excerpt", "office": "original"}, voices=VOICES, as_of=date(2026, 1, 1),
                  **known)


def word(known, **chosen):
    return judged_under(OwnRule(**chosen), known)["C14", Vantage.THEN].word


def test_the_defaults_are_the_books_rule():
    """A page that starts from another rule than the one that made the verdicts."""
    assert OwnRule().rule() == BOOK_RULE and OwnRule().address == ""
    for name, one in choices().items():
        kept = getattr(OwnRule(), name)
        assert (list(kept) if isinstance(kept, tuple) else kept) == default(name)
        assert one["kind"] in KINDS


@pytest.mark.parametrize("preset", table()["preset"], ids=lambda p: p["name"])
def test_a_preset_is_a_rule(preset):
    """A preset whose address is misspelt, so that it leaves the book's rule in place."""
    known = ground(vote("x", True), vote("y", True, sources=("office",)), credited={"C14": ["x"]})
    own, ignored = of_address(preset["address"], known)
    assert ignored == [] and own != OwnRule() and of_address(own.address, known) == (own, [])


@pytest.mark.parametrize(("query", "ignored"), [
    ("lower=0.7", ["lower=0.7"]), ("lower=nan", ["lower=nan"]), ("lower=1e-3", ["lower=1e-3"]),
    ("lower=٠", ["lower=٠"]), ("x=1&x=2", ["x", "x"]), ("votes=reading&votes=unit", ["votes"]),
    ("without=press,gossip", ["without=gossip"]), ("at=C14.share:80,C14.share:90", ["at=C14.share:90"]),
    ("at=C99.share:1", ["at=C99.share:1"]), ("swap=c14-x-then:2", ["swap=c14-x-then:2"]),
    ("swap=c14-x-then:1.5", ["swap=c14-x-then:1.5"]), ("off=,", []), ("", []), ("&&=&", [""])])
def test_what_means_nothing_is_ignored_and_told(query, ignored):
    """A mangled address that stops the page, or that is obeyed by half without a word."""
    known = ground(vote("x", True, value=80.0, variants=[Variant("v", 1.0, False)]))
    assert of_address(query, known)[1] == ignored


def test_each_choice_of_sources_leaves_out_what_it_says():
    """A source that still counts, or a reading that falls although another source prints its row."""
    known = ground(vote("x", True), vote("y", False, sources=("office",)), vote("z", False, sources=("paper",
                   "office")), credited={"C14": ["x"]})
    assert word(known) is Word.MOSTLY_CONTRADICTED
    assert word(known, without=("press",)) is Word.CONTRADICTED
    assert word(known, without=("official",)) is Word.MIXED
    assert word(known, read=("excerpt",)) is Word.CONTRADICTED
    assert word(known, sources=("office",)) is Word.MIXED
    assert word(known, origins=("y", "z")) is Word.SUPPORTED
    assert word(known, off=("c14-x-then",)) is Word.CONTRADICTED
    assert word(known, credited="only") is Word.SUPPORTED
    assert word(known, without=("press", "official")) is Word.UNTESTED
    assert moved(OwnRule(without=("press",)), known) == ["C14"]
    assert moved(OwnRule(without=("press",), vantage="now"), known) == []


def test_later_sources_and_voices():
    """Voices left out of claims that are on no motive; a later source that counts where it may not."""
    readings = vote("x", True, origin="home"), vote("y", False, origin="abroad", later=True)
    assert word(ground(*readings), later="out") is Word.SUPPORTED
    assert word(ground(*readings), voices="voice-abroad") is Word.MIXED
    assert word(ground(*readings, kind=Kind.MOTIVE), voices="voice-abroad") is Word.DENIED
    assert word(ground(*readings, kind=Kind.MOTIVE), voices="voice-at-home") is Word.ATTESTED


@pytest.mark.parametrize(("value", "said", "chosen", "met"), [
    (75.0, "", {}, True), (75.0, "", {"harder": 10.0}, False), (65.0, "", {"harder": -10.0}, True),
    (75.0, "", {"at": (("C14.share", 80.0),)}, False), (75.0, "", {"at": (("C14.share", 74.0),),
                                                                   "harder": 50.0}, True),
    (77.0, "about", {"harder": 10.0}, True), (77.0, "", {"harder": 10.0}, False),
    (77.5, "fewer than", {"harder": 10.0}, False)])
def test_thresholds_move(value, said, chosen, met):
    """A threshold that moves the wrong way, twice, or without its source's hedge."""
    was = value > 70
    assert word(ground(vote("x", was, value=value, said=said)), **chosen) is (
        Word.SUPPORTED if met else Word.CONTRADICTED)


@pytest.mark.parametrize(("op", "value", "chosen", "met"), [
    (Operator.BELOW, 65.0, {"harder": 10.0}, False), (Operator.WITHIN_TENTH, 78.0, {"level": 12.0}, True),
    (Operator.WITHIN_TENTH, 78.0, {"points": 12.0}, False),
    (Operator.WITHIN_TENTH, 76.0, {"level": 5.0}, False),
    (Operator.WITHIN_FIVE_POINTS, 76.0, {"points": 6.0}, True),
    (Operator.WITHIN_TENTH, 76.0, {"harder": 50.0}, True)])
def test_tolerances_and_other_operators(op, value, chosen, met):
    """A tolerance of shares that moves levels; what must be less made easier by what makes it harder."""
    was = op.met(value, 70.0)
    assert word(ground(vote("x", was, value=value), op=op), **chosen) is (
        Word.SUPPORTED if met else Word.CONTRADICTED)


def test_variants_speak_for_their_reading():
    """A variant that votes beside its reading, or that speaks although its own sources do not count."""
    kind, harsh = Variant("a", 80.0, True, sources=("office",)), Variant("b", 60.0, False, sources=("paper",))
    known = ground(vote("x", False, value=60.0, sources=("paper", "office"), variants=[kind, harsh]),
                   vote("y", True, value=80.0, sources=("office",), variants=[harsh]))
    assert word(known) is Word.MIXED
    assert word(known, variants="for") is Word.SUPPORTED
    assert word(known, variants="against") is Word.CONTRADICTED
    assert word(known, variants="for", sources=("office",)) is Word.CONTRADICTED
    assert word(known, variants="against", without=("press",)) is Word.MIXED
    assert word(known, swap=(("c14-x-then", 1),)) is Word.SUPPORTED
    assert word(known, swap=(("c14-y-then", 1),), without=("press",)) is Word.CONTRADICTED


def test_the_rest_is_the_rule():
    """A choice that is read from the address and then not applied."""
    more = (Limb("C14", "other", "words", essential=True),)
    readings = [vote("a", True, origin="m"), vote("b", True, origin="m"), vote("c", False)]
    known = ground(*readings, more=more)
    assert word(known) is Word.MIXED and word(known, votes="reading") is Word.MIXED
    assert word(known, votes="reading", essential="off") is Word.MOSTLY_SUPPORTED
    assert word(known, essential="off", upper=0.5) is Word.MOSTLY_SUPPORTED
    assert word(known, lower=0.5, upper=0.55) is Word.MOSTLY_CONTRADICTED
    low = replace(vote("d", False), limb="other")
    assert word(ground(*readings, low, more=more), limbs="weakest") is Word.CONTRADICTED
