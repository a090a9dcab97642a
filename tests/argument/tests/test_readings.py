"""C25 to C30 and the numbers of their chapter, against what was gathered and worked out by hand."""

from contextlib import ExitStack

import pandas as pd
import pytest

from argument.tests import series
from argument.tests.c26_bond import moves_compared
from argument.tests.c27_food_aid import choice, kept, kept_crs, options, years_before
from argument.tests.numbers import numbers
from argument.tests.windows import test_sessions as sessions_of_tests
from report.book import indicators, readings
from report.data.package import altered, load
from report.rule import claim, verdict_of


def by_id(claim_id: str) -> dict:
    return {r.id: r for r in readings(claim_id) + indicators(claim_id)}


# The Council

def test_a_faster_resolution_would_not_be_slow():
    """Catches a delay that does not come from the dates: by 12 January 2270 was faster than two others."""
    with altered("tests/unsc_votes#2016-03-02|S/RES/2270", "date", pd.Timestamp("2016-01-12")):
        then = [r for r in readings("C28") if r.limb == "slower" and r.vantage == "then"]
        assert [r.met for r in then] == [True, False, False]


def test_a_delay_names_both_resolutions():
    """Catches a comparison that names one side: 2270, the answer to the first test, and the draft."""
    first = by_id("C28")["c28-after-test-1-then"]
    votes = {"tests/unsc_votes#2016-03-02|S/RES/2270", "tests/unsc_votes#2006-10-14|S/RES/1718"}
    assert set(first.rows) == votes and first.threshold == 5
    (draft,) = first.variants
    assert set(draft.rows) - votes == {"tests/china_actions#2016-02-24|draft of 2270"} and draft.value == 49


def test_were_no_account_to_name_china_the_verdict_would_be_mixed():
    """Catches a verdict on the delay that does not count the accounts of who held the resolution up."""
    found = [r for r in readings("C28") if r.limb == "slower" or not r.met]
    assert verdict_of(claim("C28"), found, "then").word == "mixed"


# The bond

def test_no_window_reaches_past_the_vantage():
    """Catches *then* using a session after February 2017."""
    then = [r for r in readings("C26") + indicators("C26") if r.vantage == "then"]
    yearly = [r for r in then if "other-acts" not in r.id]
    assert len(yearly) > 9 and all(r.period[1] <= "2016-12-31" for r in yearly)


def test_sanctions_and_listings_follow_the_tests():
    """Catches a lost resolution: five of the seven backed to the article came within a year of a test."""
    found = by_id("C26")
    assert not found["c26-council-votes-then"].met and not found["c26-un-listings-then"].met
    assert "1.2 a year" in found["c26-council-votes-then"].note


def test_a_fall_at_the_tests_would_turn_the_vote():
    """Catches a reading that does not hang on the votes: agreement that falls at the tests moved away."""
    votes = load("tests/unga_agreement").query("country == 'CHN' and issue == 'human rights'")
    assert by_id("C26")["c26-human-rights-now"].met
    with ExitStack() as changes:
        for address, session in votes.iterrows():
            fall = sum(session["year"] >= test for test in sessions_of_tests())
            same = round(session["votes"] * (1 - 0.12 * fall)) if fall else session["same"]
            changes.enter_context(altered(address, "same", same))
        assert not by_id("C26")["c26-human-rights-now"].met


def test_an_effect_rests_on_the_windows_of_its_sample():
    """Catches an estimate that forgets a year of its sample: all sessions of 1991 to 2019, or to 2016."""
    found = by_id("C26")
    for vantage, last in (("then", 2016), ("now", 2019)):
        votes = load("tests/unga_agreement").query("country == 'CHN' and issue == 'all'")
        sessions = votes[votes["year"] <= last]
        assert set(found[f"c26-all-{vantage}"].rows) == set(sessions.index)


def test_a_test_is_never_among_the_quiet_years():
    """Catches a window counted on both sides."""
    by_kind = {kind: set(zip(group["indicator"], group["year"], strict=True))
               for kind, group in moves_compared().groupby("kind")}
    assert by_kind["test"] and by_kind["quiet"] and not by_kind["test"] & by_kind["quiet"]


# Food aid

def test_chinese_food_aid_against_2007_and_2008():
    """Catches a wrong year: gathered as 29 percent for 2009-11 in one count, about 50 for 2009 in another."""
    assert kept("China", after=(2009, 2010, 2011)).value == pytest.approx(29, abs=0.5)
    assert kept_crs(years_before(), (2009,)).value == pytest.approx(50)
    assert kept("China") == 0


def test_a_share_kept_names_the_years_on_both_sides():
    """Catches a quotient that names one side: 2007, 2008, 2010 and 2011."""
    years = (2010, 2011, 2007, 2008)
    assert kept("China").rows == tuple(f"lifelines/food_aid_interfais#{year}|China" for year in years)


def test_only_the_remaining_donors_kept_half():
    """Catches a donor's row read for another's."""
    cut = {r.id: r.met for r in readings("C27") if r.limb == "others-cut" and r.vantage == "then"}
    assert [name for name, met in cut.items() if not met] == ["c27-others-then"]


def test_food_given_in_2010_would_turn_the_vote():
    """Catches a reading of China's aid that does not hang on the count: 270 kilotonnes in 2010 are half."""
    assert not by_id("C27")["c27-china-then"].met
    with altered("lifelines/food_aid_interfais#2010|China", "value_kt", 270.0):
        assert by_id("C27")["c27-china-then"].met


def test_the_choice_offers_each_answer_once():
    """Catches an option without an answer."""
    (known,) = choice().values()
    assert {keys[0] for keys in options()} == set(known)
    assert [round(option.value) for option in options().values()] == [0, 88, 29, 50, 100]


# Supplies

def test_one_group_before_the_article_and_two_by_now():
    """Catches an investigation of missile vehicles or finance voting on nuclear goods."""
    assert [len(series.nuclear_supply(vantage)) for vantage in ("then", "now")] == [1, 2]
    assert {r.vantage: r.met for r in readings("C29") if r.limb == "several"} == {"then": False, "now": True}


def test_several_are_counted_over_all_investigations():
    """Catches a supply counted that serves no nuclear work, or the plural asked of each investigation."""
    with altered("tests/investigations#shenyang_2017", "nuclear_usable", False):
        assert not by_id("C29")["c29-several-now"].met


def test_judgements_have_no_votes():
    """Catches a vote on a judgement."""
    assert not readings("C25") and not readings("C30") and indicators("C25") and indicators("C30")


# Numbers of the prose

def test_words_of_the_record_are_counted():
    """Catches words cut out of a note: an act less that tightens, and a vote that was none, are counted."""
    made = numbers()
    assert (made["c25-acts-then"], made["c25-acts-now"], made["c25-supported"]) == (
        "12 tighten and 6 shield", "1 tighten and 7 shield", "7 of 7")
    with altered("tests/china_actions#2009-06-12|vote for 1874", "direction", "shields"):
        assert numbers()["c25-acts-then"] == "11 tighten and 7 shield"
    with altered("tests/unsc_votes#2009-06-12|S/RES/1874", "vote_china", "abstain"):
        assert numbers()["c25-supported"] == "6 of 7"


def test_the_doubted_methanol_lowers_the_share_of_china():
    """Catches a share with the doubted entry that leaves it out: gathered as 23.5 and 96.8 percent."""
    assert numbers()["c30-organic-doubted"].value == pytest.approx(23.5, abs=0.05)
    assert by_id("C30")["c30-organic-chemicals-now"].value == pytest.approx(96.8, abs=0.05)


def test_what_now_means_decides_what_is_seen():
    """Catches a series that holds all that has happened so far for a claim on what came since."""
    def first_day() -> str:
        return next(i.period[0] for i in indicators("C25") if i.id == "c25-drafts-supported-now")

    assert first_day() > "2017-02-12"
    with altered("claims#C25", "now_means", "to_date"):
        assert first_day() == "2006-07-15"
