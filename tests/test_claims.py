"""The verdict rule and what makes a reading, without any data of the book."""

import ast
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.rule import (Firmness, Kind, Limb, NowMeans, Operator, Reading, ReadingError, Rule, Vantage,
                         Word, both, check_readings, claim, claims, indicator, reading, variant, verdict_of)
from report.book import readings
from report.data.package import altered, load
from report.data.table import DataError
from report.ledger import check_chapters
from report.trace import Measure, TraceError, measure
from tests.references import PROJECT


def vote(id, limb, met, vantage="then", origin=None, votes_as=None, year="2014"):
    return Reading(f"c14-{id}-{vantage}", "C14", limb, Vantage(vantage), id, 1.0, None, None, None, met,
                   (year, year), origin or id, "default", False, ("t#1",), ("s",),
                   votes_as=votes_as or origin or id)


def shape(kind, *limbs, essential=(), now_means=NowMeans.SAME_PERIOD):
    made = tuple(Limb("C14", limb, "words", essential=limb in essential) for limb in limbs)
    return replace(claim("C14"), kind=Kind(kind), limbs=made, now_means=now_means)


@pytest.mark.parametrize(("votes", "word"), [
    ([], Word.UNTESTED), ([True], Word.SUPPORTED), ([False], Word.CONTRADICTED), ([True, False], Word.MIXED),
    ([True, True, False], Word.MOSTLY_SUPPORTED), ([True, False, False], Word.MOSTLY_CONTRADICTED),
    ([True] * 13 + [False] * 7, Word.MOSTLY_SUPPORTED), ([True] * 7 + [False] * 13, Word.MOSTLY_CONTRADICTED),
    ([True] * 12 + [False] * 8, Word.MIXED), ([True] * 8 + [False] * 12, Word.MIXED),
])
def test_rule_for_one_limb(votes, word):
    """Cuts at the wrong place or side: 0.65 is mostly supported and 0.35 mostly contradicted."""
    readings = [vote(f"r{i}", "a", met) for i, met in enumerate(votes)]
    assert verdict_of(shape("figure", "a"), readings, "then").word == word


def test_limbs_weigh_alike():
    """Readings pooled over limbs, so that a limb with many readings drowns one with few."""
    readings = [vote("x", "a", False), *(vote(f"y{i}", "b", True) for i in range(9))]
    assert verdict_of(shape("figure", "a", "b"), readings, "then").word == Word.MIXED


def test_an_origin_has_one_vote():
    """Definitions of one maker that outvote another maker."""
    readings = [*(vote(f"x{i}", "a", True, origin="maker") for i in range(9)), vote("y", "a", False)]
    found = verdict_of(shape("figure", "a"), readings, "then")
    assert (found.word, found.units, found.share) == (Word.MIXED, 2, 0.5)
    assert (found.met, found.readings) == (9, 10)


def test_records_of_one_act_share_its_vote():
    """A resolution that votes once as it was passed and once more as its draft."""
    readings = [vote("x", "a", False, votes_as="act"), vote("y", "a", True, votes_as="act"),
                vote("z", "a", True), vote("w", "a", True)]
    found = verdict_of(shape("figure", "a"), readings, "then")
    assert (found.units, found.share) == (3, pytest.approx(2.5 / 3))


@pytest.mark.parametrize(("votes", "word", "capped"), [
    ({"a": [True] * 3, "b": []}, Word.MIXED, True),  # unread
    ({"a": [True] * 9, "b": [False, False, True]}, Word.MIXED, True),  # low
    ({"a": [True], "b": [True, True, False]}, Word.MOSTLY_SUPPORTED, False),
    ({"a": [False], "b": [False]}, Word.CONTRADICTED, False),  # a cap lifts nothing
    ({"a": [False, False, True], "b": []}, Word.MOSTLY_CONTRADICTED, False),
])
def test_an_essential_limb_caps_the_word(votes, word, capped):
    """A sentence borne out by what it says in passing."""
    readings = [vote(f"{limb}{i}", limb, met) for limb, mets in votes.items() for i, met in enumerate(mets)]
    found = verdict_of(shape("figure", "a", "b", essential=("b",)), readings, "then")
    assert (found.word, found.capped) == (word, capped)
    assert ("untested in part" in found.qualifiers) == (not votes["b"])


def test_firmness():
    """A word called firm that one source, or the other way to join limbs, would turn."""
    def firmness(*votes, limbs=("a",)):
        return verdict_of(shape("figure", *limbs), votes, "then").firmness

    yes = [vote(f"y{i}", "a", True) for i in range(4)]
    assert firmness(*yes) is Firmness.FIRM
    assert firmness(*yes[:2]) is Firmness.THIN
    assert firmness(*yes[:2], vote("n", "a", False)) is Firmness.SHAKY  # one lost makes it mixed
    assert firmness(*yes, vote("n", "b", False), vote("m", "b", True), limbs=("a", "b")) is Firmness.SHAKY
    # one maker behind votes in both limbs: without it nothing is left in one of them
    of_one = [vote("p", "a", True, origin="maker"), vote("q", "b", True, origin="maker"),
              vote("r", "a", False), vote("s", "b", False)]
    assert firmness(*of_one, limbs=("a", "b")) is Firmness.SHAKY
    assert firmness() is None


def test_a_vote_is_lost_in_all_its_limbs():
    """A vote cast in two limbs that is lost in one of them and kept in the other, so that a word falls to one
    side which the loss of the whole vote leaves in the middle.
    """
    def half(limb):
        return [vote(f"z{limb}{met}", limb, met, origin="z") for met in (True, False)]

    votes = [vote("xa", "a", True, origin="x"), vote("ya", "a", False, origin="y"), *half("a"),
             vote("xb", "b", False, origin="x"), vote("yb", "b", True, origin="y"), *half("b")]
    found = verdict_of(shape("figure", "a", "b"), votes, "then", Rule(cuts=(0.4, 0.6)))
    assert (found.word, found.units, found.firmness) == (Word.MIXED, 3, Firmness.FIRM)


def test_now_is_now():
    """A reading of the past that passes for the present, or a period judged in hindsight called outdated."""
    old, rule = [vote("x", "a", True, "now", year="2018")], Rule(as_of=date(2026, 6, 30))
    present = shape("figure", "a", now_means=NowMeans.PRESENT)
    found = verdict_of(present, old, "now", rule)
    assert (found.word, found.older, found.firmness) == (Word.UNTESTED, Word.SUPPORTED, None)
    assert found.phrase == "untested, in 2018 supported"
    assert verdict_of(shape("figure", "a"), old, "now", rule).word == Word.SUPPORTED
    assert verdict_of(present, old, "now").word == Word.SUPPORTED
    fresh = [*old, vote("y", "a", True, "now", year="2021")]
    assert verdict_of(present, fresh, "now", rule).newest == "2021"
    assert verdict_of(present, fresh, "now", rule).word == Word.SUPPORTED


def test_qualifiers():
    """A limb without reading, or a verdict on one reading, that goes unsaid."""
    found = verdict_of(shape("figure", "a", "b"), [vote("x", "a", True)], "then")
    assert (found.word, found.qualifiers) == (Word.SUPPORTED, ("untested in part", "one reading"))


def test_vantages_are_apart():
    """Readings of now that vote then."""
    readings = [vote("x", "a", True, "then"), vote("y", "a", False, "now")]
    assert [verdict_of(shape("figure", "a"), readings, v).word
            for v in ("then", "now")] == [Word.SUPPORTED, Word.CONTRADICTED]


@pytest.mark.parametrize(("votes", "word"), [
    ({"a": [True], "b": [True, True]}, Word.ATTESTED), ({"a": [True, False]}, Word.CONTESTED),
    ({"a": [False], "b": [False]}, Word.DENIED), ({"a": [True] * 12 + [False]}, Word.MOSTLY_ATTESTED),
    ({"a": [True, False, False, False]}, Word.MOSTLY_DENIED),
    ({"a": [True], "b": [False]}, Word.CONTESTED), ({"a": [True]}, Word.ATTESTED), ({}, Word.UNTESTED),
])
def test_motives_have_words_of_their_own(votes, word):
    """One voice against twelve that makes the same word as four against one."""
    readings = [vote(f"{limb}{i}", limb, met) for limb, mets in votes.items() for i, met in enumerate(mets)]
    assert verdict_of(shape("motive", "a", "b"), readings, "then").word == word


def test_no_verdict_for_judgements_and_forecasts():
    """A judgement or a forecast *then* that gets a verdict."""
    assert verdict_of(shape("judgement", "a"), [], "then").word is None
    assert verdict_of(shape("forecast", "a"), [vote("x", "a", True)], "then").word is None
    assert verdict_of(shape("forecast", "a"), [vote("x", "a", True, "now")], "now").word == Word.SUPPORTED


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_verdict_ignores_order_and_flips_with_its_readings(mets):
    """A rule that hangs on the order of readings, or is kinder to one side."""
    words = [Word.CONTRADICTED, Word.MOSTLY_CONTRADICTED, Word.MIXED, Word.MOSTLY_SUPPORTED, Word.SUPPORTED]
    one = shape("figure", "a")
    found = [verdict_of(one, [vote(f"r{i}", "a", m) for i, m in enumerate(side)], "then").word
             for side in (mets, mets[::-1], [not m for m in mets])]
    assert found[0] == found[1]
    assert words.index(found[0]) == 4 - words.index(found[2])


@pytest.mark.parametrize(("op", "value", "met"), [
    (">", 70.0, False), (">", 70.1, True), (">=", 70.0, True), ("<", 70.0, False),
    ("within 10 %", 63.0, True),
    ("within 10 %", 62.9, False), ("within 10 %", 77.0, True), ("within 5 points", 75.0, True),
    ("within 5 points", 75.1, False),
])
def test_operators(op, value, met):
    """An operator that is off by its boundary."""
    assert Limb("C14", "a", "", "percent", Operator(op), 70.0).met(value) is met


@pytest.mark.parametrize(("value", "said", "met"), [
    (70.0, "about", True), (69.9, "about", False), (70.0, "fewer than", False), (71.0, "fewer than", False),
    (90.0, "fewer than", True),
])
def test_hedges(value, said, met):
    """A source's "about X" that fails "more than X", or its "fewer than X" that meets it."""
    assert Limb("C14", "a", "", "percent", Operator(">"), 70.0).met(value, said=said) is met
    with pytest.raises(ReadingError, match="hedge 'nearly' is not one of about, fewer than"):
        Limb("C14", "a", "", "percent", Operator(">"), 70.0).met(value, said="nearly")


def rows():
    return load("trade/china_share").query("year == 2014").head(1)


def of(value):
    return measure(rows(), value, unit="percent", period="2014")


def test_reading_takes_value_or_met_by_its_limb():
    """A typed result: a limb with a threshold that is told whether it is met."""
    with pytest.raises(ReadingError, match="has an operator, so its value is judged"):
        reading("C14.share", "then", name="x", label="x", measure=of(90.0), met=True)
    with pytest.raises(ReadingError, match=r"has no op in .*, so pass met="):
        reading("C01.occasion", "then", name="x", label="x", measure=of(1.0))


def test_a_bare_number_is_no_measure():
    """A number typed where a measure is asked for, told as an attribute that it lacks."""
    for made in (lambda: reading("C14.share", "then", name="x", label="x", measure=86.3),
                 lambda: variant("C14.share", label="x", measure=86.3),
                 lambda: indicator("C14", "then", name="x", label="x", measure=86.3)):
        with pytest.raises(ReadingError, match=r"measure= is 86\.3, which names no rows; pass a measure"):
            made()


def test_reading_then_ends_before_the_cutoff():
    """Hindsight read as what could be said in February 2017."""
    for period in ("2017", "2017-03", "2017-02-13"):
        with pytest.raises(ReadingError, match="it cannot be read \\*then\\*"):
            reading("C14.share", "then", name="x", label="x", measure=of(1.0), period=period)


def test_reading_is_of_the_year_of_its_limb():
    """A share of 2016 that votes on what the article says of 2014; a period that ends before it begins."""
    with pytest.raises(ReadingError, match=r"c14-x-then: the period 2015-03 to 2014 ends before it begins"):
        reading("C14.share", "then", name="x", label="x", measure=of(1.0), period=("2015-03", "2014"))
    with pytest.raises(ReadingError, match=r"c14-x-then: the period 2016 leaves out 2014, the year of C14"):
        reading("C14.share", "then", name="x", label="x", measure=of(90.0), period="2016")
    assert reading("C14.share", "then", name="x", label="x", measure=of(90.0), period=("2013", "2014")).met


def test_reading_needs_rows_with_addresses():
    """A reading whose rows were lost on the way, so that it traces to nothing."""
    for lost in (lambda: measure(rows().reset_index(drop=True).rename(index=str), 1.0),
                 lambda: measure(rows().head(0), 1.0),
                 lambda: Measure(1.0)):
        with pytest.raises(TraceError):
            lost()


def test_now_of_a_claim_on_the_present_refuses_the_past():
    """Evidence of before the cutoff that votes once more as of now."""
    with pytest.raises(ReadingError, match="is judged now by what came after"):
        reading("C13.rose", "now", name="x", label="x", measure=of(1.0), against=of(0.5), period="2016")


def test_unknown_claim_limb_and_vantage():
    """A misspelt claim, limb or vantage that makes a reading nobody counts."""
    for limb, message in (("C99.share", "^data/claims.csv has no claim 'C99'; .*[.] Correct the id, or add"),
                          ("C14", "has no limb ''; known are share"),
                          ("C14.part", "has no limb 'part'; known are share")):
        with pytest.raises(ReadingError, match=message):
            reading(limb, "then", name="x", label="x", measure=of(1.0))
    with pytest.raises(ReadingError, match="vantage 'later' is not one of then, now"):
        reading("C14.share", "later", name="x", label="x", measure=of(1.0))


def test_one_figure_votes_once():
    """A reprint that votes beside its original."""
    again = [vote("a", "share", True, origin="kotra"), vote("b", "share", True, origin="kotra")]
    with pytest.raises(ReadingError, match="one figure votes once"):
        check_readings(again)
    split = [vote("a", "share", True, origin="kotra"), replace(vote("b", "share", True, origin="kotra"),
                                                               definition="other", votes_as="another")]
    with pytest.raises(ReadingError, match="one origin has one vote"):
        check_readings(split)
    with pytest.raises(ReadingError, match="two readings are called"):
        check_readings([vote("a", "share", True), vote("a", "share", False)])


def test_later_sources_are_marked():
    """A source of 2018 on a period before 2017 that passes for what could be read then."""
    late = load("trade/china_share").query("year == 2014 and source_id == 'kotra_2016_kbs'")
    assert reading("C14.share", "then", name="x", label="x", measure=measure(late, 90.2, unit="percent"),
                   period="2014").later_source


def test_both_is_for_the_same_period_alone():
    """A claim about the present that is judged now by figures of then."""
    one = replace(vote("x", "rose", True), claim="C13")
    with pytest.raises(ReadingError, match="judged now by the present"):
        both(one)


def test_variant_is_judged_by_the_limb():
    """A variant marked by hand."""
    assert not variant("C14.share", label="x", measure=of(70.0)).met


def test_claims_are_those_of_the_article():
    """A claim out of the article's order, or a number left out; how many there are, the README says."""
    assert list(claims()) == [f"C{n:02d}" for n in range(1, len(claims()) + 1)]


def test_every_setting_is_asked_for():
    """A row of data/limb_settings.csv or data/claim_settings.csv that the code of its evidence no longer
    reads, so that a reader who changes it changes nothing.
    """
    asked = set()
    for path in (PROJECT / "argument").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                told = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                if sum(map(len, filter(None, told))) > 4:  # shorter words would stand for any name
                    asked.add("".join(r"[a-z0-9]+" if part is None else re.escape(part) for part in told))
    named = sorted(set(load("limb_settings")["setting"]) | set(load("claim_settings")["setting"]))
    unread = [name for name in named if not any(re.fullmatch(pattern, name) for pattern in asked)]
    assert unread == []


def test_a_claim_in_another_chapter_is_refused():
    """A claim left untested since its row names another chapter than its function stands in."""
    with altered("claims#C14", "chapter", "survival"), \
            pytest.raises(DataError, match=r"trade/readings.py: c14\(\) stands here, .* has C14 in"):
        check_chapters()
    with altered("claims#C30", "id", "C97"), pytest.raises(DataError, match=r"c30\(\) is of no claim"):
        check_chapters()


def test_both_takes_a_reading_of_then():
    """A second reading called now-now, whose fault is told as another's."""
    with pytest.raises(ReadingError, match=r"c14-x-now: both\(\) takes a reading made for"):
        both(vote("x", "share", True, "now"))


def test_a_limb_that_is_not_there_is_told_with_its_file():
    """A criterion whose row is missing, told without the file that lacks it."""
    with pytest.raises(ReadingError, match=r"claim_limbs.csv: C14 has no limb 'rise'; known are share. Add"):
        claim("C14").limb("rise")


def test_settings_of_no_claim_are_refused():
    """A setting that nobody could ask for."""
    with altered("claim_settings#C18|half_year", "claim", "C98"), \
            pytest.raises(DataError, match=r"data/claim_settings.csv: 'C98' is not in data/claims.csv"):
        claims()


def test_settings_that_are_no_numbers_are_refused():
    """A setting of words where a number is asked for, told by table, claim and name."""
    one = Limb("C98", "share", "?", settings={"window": "ten", "least": "2.5"})
    with pytest.raises(ReadingError, match=r"settings.csv: C98 share: setting window is 'ten' and no plain"):
        one.number("window")
    with pytest.raises(ReadingError, match=r"setting least is '2.5' and no whole number"):
        one.whole("least")
    with pytest.raises(ReadingError, match="C98 share has no setting 'most'; add the row"):
        one.setting("most")


@pytest.mark.parametrize("unit", ["percentage points", None])
def test_a_criterion_is_in_the_unit_of_what_it_judges(unit):
    """A threshold in one unit, or in none, that judges a measure in another."""
    says = r"C14.share, .*: the measure is in percent, .* in data/claim_limbs.csv in (percentage|none)"
    with altered("claim_limbs#C14|share", "unit", unit), pytest.raises(ReadingError, match=says):
        readings("C14")


def test_a_threshold_has_an_operator():
    """A threshold that nothing is held against, told as a fault of the code."""
    says = r"data/claim_limbs#C14\|share: threshold 70 has no op; write one"
    with altered("claim_limbs#C14|share", "op", None), pytest.raises(DataError, match=says):
        readings("C14")
