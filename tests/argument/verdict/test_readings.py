"""C38 to C42, against what was gathered and worked out by hand beside the tables."""

from dataclasses import replace

import pytest

from argument.verdict import readings as closing
from argument.verdict import series
from report.book import all_readings, indicators, readings
from report.data.package import altered, load
from report.rule import claim, verdict_of
from report.trace import plain


def by_id(id: str) -> dict:
    return {r.id: r for r in readings(id)}


@pytest.mark.parametrize("year, communist, other",
                         [(1955, 38.46, 14.85), (1988, 9.88, 8.52), (1989, 2.94, 8.13),
                                                    (2010, 20.0, None)])
def test_pact_shares_equal_the_gathered_ones(year, communist, other):
    """Catches a wrong denominator: shares of pairs with a pact as gathered."""
    assert round(float(series.pact_share(year, year, "communist")), 2) == communist
    assert other is None or round(float(series.pact_share(year, year, "other")), 2) == other


@pytest.mark.parametrize("year, pairs",
                         [(1954, 0), (1955, 28), (1956, 21), (1967, 28), (1968, 21), (1988, 21),
                                         (1990, 0)])
def test_pairs_of_the_warsaw_pact(year, pairs):
    """Catches a lost member: gathered, 28 of the 30 pacts of 1955; the rest by who
    was communist in the year.
    """
    assert series.warsaw_pairs(year) == pairs


def test_warsaw_pairs_never_exceed_the_pacts_of_the_year():
    """Catches members counted in years in which the list or the pact no longer has them."""
    pacts = load("alliance/pact_counts").query("pair == 'communist'").set_index("year")["with_defence_pact"]
    assert all(series.warsaw_pairs(y) <= n for y, n in pacts.items())


@pytest.mark.parametrize("first, communist, north",
                         [(1955, 100.0, 92.3), (1960, 99.6, 69.4), (1965, 60.1, 11.7),
                                                     (1975, 44.7, 29.4), (1985, 11.5, 11.1), (1990, 6.0, 5.9),
                                                     (2000, 0.0, 0.0), (2015, 0.7, 0.0)])
def test_shares_of_arms_equal_the_gathered_ones(first, communist, north):
    """Catches rebels counted as the state they fought, or a regime taken for communist in the wrong years."""
    shares = plain(series.arms_by_period()).query("year == @first").set_index("to")["share"].round(1)
    assert (shares[series.COMMUNIST], shares[series.NORTH]) == (communist, north)


@pytest.mark.parametrize("first, share", [(1955, 85.8), (1970, 49.0), (1985, 38.5)])
def test_soviet_shares_equal_the_gathered_ones(first, share):
    """Catches a lost recipient of Soviet arms."""
    assert round(float(series.arms_share("Soviet Union", first, first + 4)), 1) == share


@pytest.mark.parametrize("which, china, every", [("gml", 31, 41), ("cow", 34, 46)])
def test_disputes_are_counted_once(which, china, every):
    """Catches pairs counted as disputes: 32 of 51 and 36 of 56 pairs are 31 of 41 and 34 of 46 disputes."""
    one = next(i for i in indicators("C38") if i.id == f"c38-disputes-{which}-then")
    assert one.value == china and f"of {every} in all" in one.label


def test_number_of_states_from_pairs():
    """Catches an inverted formula: thirteen communist states make the 78 pairs of 1955."""
    assert series.states_of(78) == 13


def test_measures_of_the_forecast_equal_the_gathered_ones():
    """Catches a slip in the spans: gathered, missiles 6, 19, 15, 24 and 21, 0, 27, 9; listings 5 in 2016."""
    counted = {i.id.removeprefix("c39-"): (i.value, i.label) for i in indicators("C39")}
    told = {"missiles": (57, 64), "long-range": (3, 0), "nuclear-tests": (1, 3), "resolutions": (4, 4)}
    for name, (after, before) in told.items():
        value, label = counted[f"{name}-now"]
        assert value == after and label.endswith(f"beside {before} in the four years before")
    tension = [r for r in readings("C39") if r.limb == "tension"]
    assert [(r.value, r.threshold) for r in tension] == [(34.0, 5.0)]


def test_the_forecast_is_held_against_lists_of_threats():
    """Catches a forecast that matters remain at the top judged by whether they grew."""
    lists = {r.origin for r in readings("C39") if r.limb == "top"}
    assert lists == {"odni", "cfr-pps", "gallup", "us-government"}
    row = "verdict/threat_rankings#Assessment of the intelligence community|2018"
    with altered(row, "at_the_front", False):
        assert not next(r for r in readings("C39") if r.origin == "odni").met


def test_quotation_is_one_report_in_four_printings():
    """Catches reprints voting for themselves."""
    rs = [r for r in readings("C40") if r.vantage == "then"]
    assert {r.origin for r in rs} == {"nyt_perlez"} and {len(r.variants) for r in rs} == {3}
    assert {r.limb: r.met for r in rs} == {"substance": True, "words": False, "sense": True}


def test_no_printing_has_the_preference_in_quotation_marks():
    """Catches a printing that would turn the finding on the quotation."""
    rows = load("verdict/shi_yinhong_printings")
    assert not rows["preference_quoted"].any() and rows["first_quoted"].all()


def test_the_witness_of_the_article_does_not_vote():
    """Catches a claim that is attested by the citation under test."""
    assert "shi_yinhong" not in {r.origin for r in readings("C41")}
    assert "shi_yinhong" in set(load("voices/statements").query("c41 == 'for'")["origin"])


def test_c41_hangs_on_its_voices():
    """Catches a verdict that does not hang on the voices."""
    one = readings("C41")
    assert verdict_of(claim("C41"), [], "then").word == "untested"
    turned = [replace(r, met=False) for r in one]
    assert verdict_of(claim("C41"), turned, "then").word == "denied"
    assert verdict_of(claim("C41"), [*one, *turned], "then").word == "contested"


def test_calls_to_drop_the_north_do_not_weigh_collapse_against_the_bomb():
    """Catches a call to end the backing, or a plan for the North's fall, counted as an
    answer to the comparison.
    """
    rows = load("voices/statements").dropna(subset=["c41"])
    assert set(rows.loc[rows["motive"] == "none_abandon", "c41"]) == {"open"}
    assert set(rows.loc[rows["origin"].isin(["wang_yi", "jia_qingguo"]), "c41"]) == {"open"}


def test_one_year_is_no_decade():
    """Catches the pacts of 2010 voting: the criterion asks for a decade, and for now the present."""
    assert not any("2010-now" in r.id or r.id == "c38-pacts-2010-then" for r in readings("C38"))
    assert any(i.id == "c38-pacts-2010-then" and round(i.value) == 20 for i in indicators("C38"))


def test_anatomy_has_the_preference_outside_the_marks():
    """Catches a printing whose marks are drawn wrongly: the preference outside, the first
    sentence inside, in each.
    """
    q = series.printings()
    assert q["inside"].str.contains("cannot rely on China").all() and not q["outside"].str.contains(
        "cannot rely").any()
    assert q["outside"].str.contains("collapse|nuclear-armed").all()


def test_every_reading_is_a_mark():
    """Catches a reading lost in the picture of all readings."""
    assert len(series.all_marks()) == len(all_readings())


def test_deciding_voices_are_the_votes_and_the_voices_abroad():
    """Catches a chart of voices that shows others than those that vote, or one of them twice."""
    shown = series.voices("C41", deciding=True)
    assert set(shown["origin"]) - {r.origin for r in readings("C41")} == {"shi_yinhong"}
    assert len(shown) == len(readings("C41")) + 1  # the witness under test is shown and does not vote
    assert not (series.preferences().query("side == 'voice abroad'")["bearing"] == "open").any()


def test_fullest_printing_is_the_one_with_both_quoted_sentences():
    """Catches the vote of the quotation given to a shortened printing."""
    assert closing.fullest(load("verdict/shi_yinhong_printings"))["printing"] == "boston_globe_web"
