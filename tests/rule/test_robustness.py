"""The rule applied again under other choices: on made-up readings, and recomputed for the book from its ledger alone."""

import json
from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest

from argument.methods import series as robustness_frames
from report.rule import robustness
from report.rule import Kind, Limb, Reading, Variant, Word, claim, claims
from report.ledger import ledger, read_ledger
from report.book import all_readings
from report.article import article
from report.rule.robustness import changes, credited_only, each_left_out, each_variant, fall_with_source, judged, keys
from report.data.sources import sources


def shape(kind="figure", *limbs, id="C14"):
    return replace(claim(id), kind=Kind(kind), limbs=tuple(Limb(id, limb, "words") for limb in limbs or ("a",)))


def vote(name, met, limb="a", origin=None, sources=("s",), variants=(), id="C14"):
    return Reading(f"{id.lower()}-{name}-then", id, limb, "then", name, 1.0, None, None, None, met, ("2014", "2014"), origin or name,
                   "default", False, ("t#1",), tuple(sources), tuple(variants))


def words(found):
    return [(c.key[0], c.key[1], c.before.word, c.after.word) for c in found]


def test_a_row_stands_while_one_source_is_left():
    """A figure that two papers printed dropped with one of them, or one that needs two sources kept with half."""
    either, needs_both = vote("x", True), vote("y", True)
    rests_on = {either.id: [frozenset("ab")], needs_both.id: [frozenset("a"), frozenset("b")]}
    assert robustness.standing([either, needs_both], rests_on, {"a"}) == [either]
    assert robustness.standing([either, needs_both], rests_on, {"a", "b"}) == []
    assert fall_with_source([either, needs_both], rests_on) == {"a": {needs_both.id}, "b": {needs_both.id}}


def test_leaving_out_sources_changes_the_word():
    """A test that leaves everything in, or that forgets a claim which loses all."""
    x, y = vote("x", True), vote("y", False)
    rests_on = {x.id: [frozenset("p")], y.id: [frozenset("q")]}
    leave = lambda *out: words(robustness.without_sources([shape()], [x, y], rests_on, set(out)))  # noqa: E731
    assert leave("q") == [("C14", "then", Word.MIXED, Word.SUPPORTED)]
    assert leave("p") == [("C14", "then", Word.MIXED, Word.CONTRADICTED)]
    assert leave("p", "q") == [("C14", "then", Word.MIXED, Word.UNTESTED)]
    assert leave("z") == []


def test_only_the_credited_origin_counts():
    """A figure of the credited source mixed with another's counted as its own; claims that credit nobody drawn in."""
    kotra, mixed, other = vote("x", True, origin="kotra"), vote("y", False, origin="kotra+mou"), vote("z", False, id="C20")
    found = credited_only([shape(), shape(id="C20")], [kotra, mixed, other], {"C14": {"kotra"}})
    assert words(found) == [("C14", "then", Word.MIXED, Word.SUPPORTED)]


def test_one_at_a_time():
    """All left out together instead of in turn; the choice that changed a word lost."""
    readings = [vote("x", True), vote("y", False), vote("z", False)]
    found = each_left_out([shape()], readings, {r.origin: {r.id} for r in readings})
    assert [(c.choice, c.after.word) for c in found] == [("x", Word.CONTRADICTED), ("y", Word.MIXED), ("z", Word.MIXED)]
    assert keys(found) == [("C14", "then")]


def test_a_variant_takes_its_readings_place():
    """Variants that vote beside their reading, or that all step in at once."""
    unlike, like = Variant("unlike", 1.0, False), Variant("like", 1.0, True)
    readings = [vote("x", True, variants=(unlike, like)), vote("y", True, variants=(unlike,))]
    found = each_variant([shape()], readings)
    assert [(c.choice.split(": ")[0], c.after.word) for c in found] == [("c14-x-then", Word.MIXED), ("c14-y-then", Word.MIXED)]


@pytest.mark.parametrize(("cut", "word"), [((0.25, 0.75), Word.MIXED), ((0.4, 0.6), None)])
def test_cuts_move(cut, word):
    """Thresholds that are ignored: two of three is mostly supported at two thirds, mixed at three quarters."""
    found = robustness.moved_thresholds([shape()], [vote("x", True), vote("y", True), vote("z", False)], cut)
    assert [c.after.word for c in found] == ([word] if word else [])


def test_motives_have_no_cuts_and_judgements_no_verdict():
    """Voices graded by shares; a judgement counted among the verdicts."""
    readings = [vote("x", True), vote("y", True), vote("z", False)]
    assert robustness.moved_thresholds([shape("motive")], readings, (0.25, 0.75)) == []
    assert judged([shape("judgement")], readings) == {}


def test_places_say_how_far_a_word_moves():
    """A verdict that loses all its readings taken for one that moved towards contradiction."""
    before = judged([shape()], [vote("x", True)])
    assert [c.places for c in changes(before, judged([shape()], [vote("x", False)]))] == [-4]
    assert [c.places for c in changes(before, judged([shape()], []))] == [None]


def test_every_credit_of_the_article_is_mapped():
    """A claim that credits a source and is passed over, or an origin that no reading of the claim has."""
    assert {c.id for c in claims().values() if c.credited_to} == set(article().credited)
    made = defaultdict(set)
    for r in all_readings():
        made[r.claim].add(r.origin)
    assert all(origins & made[id] for id, origins in article().credited.items())


# The book's own results, recomputed from ledger.json by a rule written anew ------------------------------------------

@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(ledger()))


def word(claim, vantage, readings, low=1 / 3, high=2 / 3):
    """Return a verdict's word from the entries of ledger.json, without the book's rule."""
    if claim["kind"] == "judgement" or claim["kind"] == "forecast" and vantage == "then":
        return None
    limbs = defaultdict(list)
    for r in readings:
        if r["vantage"] == vantage:
            limbs[r["limb"]].append(r["met"])
    if not limbs:
        return Word.UNTESTED
    if claim["kind"] == "motive":
        said = [met for votes in limbs.values() for met in votes]
        return Word.ATTESTED if all(said) else Word.NOT_ATTESTED if not any(said) else "contested"
    share = sum(sum(votes) / len(votes) for votes in limbs.values()) / len(limbs)
    if share in (0, 1) or abs(share - 1) < 1e-9:
        return Word.SUPPORTED if share > 0.5 else Word.CONTRADICTED
    return "mostly supported" if share > high - 1e-9 else "mostly contradicted" if share < low + 1e-9 else Word.MIXED


def moved(document, keep=lambda r: True, **cut):
    """Return the (claim, vantage) whose word differs when only some readings are kept, or the cuts lie elsewhere."""
    return {(c["id"], v) for c, v in product(document["claims"], ("then", "now"))
            if word(c, v, c["readings"]) != word(c, v, [r for r in c["readings"] if keep(r)], **cut)}


def standing_without(*out):
    return lambda r: all(set(group) - set(out) for group in r["rests_on"])


def test_the_ledger_gives_its_own_verdicts(document):
    """A ledger whose verdicts do not follow from its readings."""
    assert not [(c["id"], v) for c, v in product(document["claims"], ("then", "now")) if c["verdict"][v] != word(c, v, c["readings"])]


def test_the_table_is_recomputed_from_the_ledger(document):
    """A table on the Methods page that does not follow from ledger.json and the kinds of the sources."""
    readings = [r for c in document["claims"] for r in c["readings"]]
    used = sorted({s for r in readings for s in r["sources"]})
    press = {i for i, s in sources().items() if s.kind == "press"}
    swapped = set()
    for c in document["claims"]:
        for r in c["readings"]:
            for variant in r["variants"]:
                others = [{**o, "met": variant["met"]} if o["id"] == r["id"] else o for o in c["readings"]]
                swapped |= {(c["id"], v) for v in ("then", "now") if word(c, v, others) != word(c, v, c["readings"])}
    expected = {
        "press": moved(document, standing_without(*press)),
        "source": set().union(*(moved(document, standing_without(s)) for s in used)),
        "origin": set().union(*(moved(document, lambda r, o=o: r["origin"] != o) for o in {r["origin"] for r in readings})),
        "variant": swapped,
        "wide": moved(document, low=0.25, high=0.75), "narrow": moved(document, low=0.4, high=0.6),
        "later": moved(document, lambda r: not r["later_source"]),
    }
    assert {name: set(keys(found)) for name, found in robustness_frames.results().items()} == expected
    table = robustness_frames.summary().set_index("test")
    for name, found in expected.items():
        assert [sum(v == vantage for _, v in found) for vantage in ("then", "now")] == \
            table.loc[name, ["changed_then", "changed_now"]].tolist(), name


def test_read_back_the_ledger_gives_the_same_results(document):
    """Something that the tests need and that ledger.json does not hold."""
    known, readings, rests_on = read_ledger(document)
    book = robustness_frames.book()
    assert judged(known, readings).keys() == robustness_frames.base().keys()
    assert {k: v.word for k, v in judged(known, readings).items()} == {k: v.word for k, v in robustness_frames.base().items()}
    assert {i: set(g) for i, g in rests_on.items()} == {i: set(g) for i, g in book.rests_on.items()}
    assert keys(each_variant(known, readings)) == keys(robustness_frames.results()["variant"])


def test_fragile_claims_are_those_that_most_tests_change():
    """A list of fragile claims that is typed, or that leaves one out."""
    hits = robustness_frames.hits()
    assert set(robustness_frames.fragile()["claim"]) == set(hits.loc[hits["tests"] >= 4, "claim"])
    assert set(robustness_frames.unmoved()) == {tuple(k) for k in hits.loc[hits["tests"] == 0, ["claim", "vantage"]].to_numpy()}
