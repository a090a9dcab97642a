"""C19 to C24 and C43 against what was gathered, and against data changed on purpose."""

from collections import Counter
from contextlib import ExitStack

import pytest

from argument.refugees import readings as refugees
from argument.refugees import series
from report.book import indicators, readings, verdicts
from report.data.package import altered, load
from report.rule import Indicator, Word, claim

ESTIMATES, RETURNS = "refugees/population_estimates", "refugees/returns"


def on(id: str, vantage: str) -> dict:
    return {r.origin: r for r in readings(id) if r.vantage == vantage}


def test_every_limb_of_c21_is_read_at_both_vantages():
    """Catches a limb that loses its readings, which a mean over the others would hide."""
    assert {(r.limb, r.vantage) for r in readings("C21")} == {
        (limb.name, v) for limb in claim("C21").limbs for v in ("then", "now")}


def test_stock_readings_are_the_latest_own_figures():
    """Catches an older figure of an estimator: gathered 30,000, 10,000 thrice, 11,000, 100,000."""
    values = {origin: (r.value, r.period[0], r.met) for origin, r in on("C20", "then").items()}
    assert values == {"us-state": (30000, "2006", False), "prc-government": (10000, "2007", False),
                      "robinson": (10000, "2009", False), "uscri": (11000, "2008", False),
                      "rok-mou": (100000, "2010", True),
                      "prc-researcher-2008": (10000, "2008", False)}


def test_unhcr_votes_with_nobody_elses_range():
    """Catches UNHCR voting with the range that it took from the State Department."""
    then = on("C20", "then")
    assert [w.label for w in then["us-state"].variants] == ["UNHCR (working figure)"] and "unhcr" not in then


def test_figures_of_50000_since_2007_are_all_passed_on():
    """Catches a newspaper's unsourced figure, or the article's own, taken for an estimate."""
    of_claim = {i.label for i in indicators("C20") if i.value == 50000 and i.vantage == "then"}
    assert of_claim == {"National Geographic, 2009", "Patricia Goedde (range reported), 2011",
                        "Chosun Ilbo (unnamed estimate), 2012"}
    assert not [r for r in readings("C20") if r.value == 50000 or r.origin == "article"]


def test_figures_passed_on_would_turn_c20_to_mixed():
    """Catches prose that still says so when it is no longer true: the word hangs on who is let to vote."""
    assert refugees.word_if_all_voted() == Word.MIXED != verdicts("C20")["then"].word


def test_what_if_all_voted_follows_the_figures():
    """Catches a word that is asked of nobody: were the six that reach the claim lower, it would fall."""
    reaching = series.without_vote("then")
    reaching = reaching[reaching["persons"] >= 50000]
    with ExitStack() as changes:
        for address, column in zip(reaching.index, reaching["central"].notna(), strict=True):
            changes.enter_context(altered(address, "central" if column else "low", 20000))
        assert refugees.word_if_all_voted() == Word.MOSTLY_CONTRADICTED


def test_a_figure_raised_turns_its_reading():
    """Catches a threshold that no longer looks at the data."""
    with altered(f"{ESTIMATES}#robinson|2009|northeast|rfa_2010_robinson", "central", 50000):
        assert on("C20", "then")["robinson"].met and verdicts("C20")["then"].met == 2


def test_the_window_of_ten_years_drops_the_old_fifty_thousand():
    """Catches the 50,000 of 2000 and 2001 voting: they were published before the ten years."""
    with altered(f"{ESTIMATES}#uscri|2007|china|uscri_wrs2008", "own_figure", False), \
            altered(f"{ESTIMATES}#uscri|2008|border|uscri_wrs2009", "own_figure", False):
        assert "uscri" not in on("C20", "then")
        with altered("limb_settings#C20|stock|window", "value", "16"):
            own = series.latest_own("then").set_index("origin")["persons"]
            assert own["uscri"] == 100000


def test_an_area_that_counts_as_china_is_a_setting():
    """Catches areas kept in code: a figure for Yanbian alone votes where the criterion lets it."""
    assert on("C20", "then").keys() == {"us-state", "prc-government", "robinson", "uscri", "rok-mou",
                                         "prc-researcher-2008"}
    with altered("limb_settings#C20|stock|areas", "value", "china; northeast"):
        assert on("C20", "then")["uscri"].period[0] == "2007"


def test_no_rate_is_said_of_2008():
    """Catches a rate of another year taken for 2008: "every year", said in 2012, is an indicator of 95.8."""
    assert series.rates_for(2008).empty and not [r for r in readings("C22") if r.limb == "rate"]
    assert verdicts("C22")["then"].qualifiers == ("untested in part",)
    standing = [i for i in indicators("C22") if i.origin == "kim-suk-woo"]
    assert [i.value for i in standing] == [pytest.approx(95.82, abs=0.01)] * 2


def test_a_weekly_rate_of_2008_would_turn_the_limb():
    """Catches a rate that cannot meet the criterion: 250 a week in 2008 would."""
    row = f"{RETURNS}#2006-10-26|icg|rate"
    with altered(row, "end", "2008"), altered(row, "start", "2008"), altered(row, "low", 250):
        assert [r.met for r in readings("C22") if r.origin == "icg"] == [True, True]


def test_the_year_of_the_rate_is_a_setting():
    """Catches the claim's year kept in code: of 2006 the Crisis Group gave a rate, whose low end is 150."""
    with altered("limb_settings#C22|rate|year", "value", "2006"):
        rates = {r.origin: r.value for r in readings("C22") if r.limb == "rate"}
        assert rates["icg"] == 150 and rates["activist-speech"] == 400


def test_a_voice_in_both_tables_votes_once():
    """Catches the Crisis Group voting twice on C19, once from each table."""
    votes = Counter((r.limb, r.origin) for r in readings("C19") if r.vantage == "then")
    variants = [w.label for r in readings("C19") if r.id == "c19-icg-then" for w in r.variants]
    assert max(votes.values()) == 1 and variants == ["International Crisis Group, 2006"]


def test_every_motive_reading_names_its_kind_of_voice():
    """Catches a box that cannot say who speaks."""
    assert all(r.speaker for id in ("C19", "C24", "C43") for r in readings(id))


def test_c24_is_read_in_halves():
    """Catches a voice that gives one half of the motive and is counted for the whole."""
    halves = {half: {r.origin for r in readings("C24") if r.limb == half and r.vantage == "then"}
              for half in ("weaken", "draw")}
    assert halves == {"weaken": {"zhu-feng"},
                      "draw": {"cui_shunji", "korea_herald", "prc-diplomats", "prc-informants-2008"}}
    both = {r.origin for r in readings("C24") if r.limb == "weaken" and r.vantage == "now"}
    assert both == {"kang_cholhwan", "nkdb"}


def test_a_text_read_by_name_only_does_not_vote_on_c23():
    """Catches the convention of 1960 or the undisclosed agreement of 2004 counted as read."""
    assert {r.period[0][:4] for r in readings("C23") if r.vantage == "then"}.isdisjoint({"1960", "2004"})
    with altered("refugees/border_cooperation#1960_convention", "text_read", "in part"), \
            altered("refugees/border_cooperation#1960_convention", "content", "people are handed over"):
        assert "1960" in {r.period[0][:4] for r in readings("C23") if r.vantage == "then"}


def test_the_border_protocol_has_one_vote():
    """Catches one instrument voting once for each of its versions of 1964, 1986 and 1998."""
    assert [r.id for r in readings("C23") if r.vantage == "then" and "prc-dprk" in r.id] == \
        ["c23-prc-dprk-protocol-then"]


def test_one_witness_denies_the_fear():
    """Catches prose that still says so when it is no longer true."""
    assert [r.origin for r in readings("C19") if r.limb == "fear" and not r.met] == ["marius_grinius"]


def test_a_size_of_the_fear_is_coded_by_its_words():
    """Catches a voice of hundreds of thousands counted for the millions of the sentence."""
    rows = load("refugees/motives_and_positions").query("limb == 'C19.millions'")
    large = rows["what"].str.contains("million", case=False)
    assert len(rows) > 5 and (rows["meets"].astype(bool) == large).all()
    assert {(r.origin, r.met) for r in readings("C19") if r.limb == "millions" and r.vantage == "then"} == {
        ("asan-panel", True), ("nyt_perlez", True), ("zhengming", True), ("icg", False), ("csmonitor", False),
        ("zhao_qizheng", False)}


def test_releases_count_against_c23():
    """Catches a record of people let go, or of returns stopped, that has lost its place."""
    assert {r.origin for r in readings("C23") if not r.met} == {
        "chinese_official_by_moon", "piie", "yomiuri", "nkinsider", "rfa"}


def test_an_arrest_is_no_return():
    """Catches a record voting on C21 that documents no return."""
    with altered(f"{RETURNS}#2021-07-14|rfa|event", "documents_returns", False):
        assert "c21-returns-rfa-now" not in {r.id for r in readings("C21")}


def test_unhcr_blank_is_an_indicator_and_no_reading():
    """Catches a blank in a database read as a count of none, or of a year that the vantage cannot see."""
    blank = [i for i in indicators("C20") if "unhcr-database" in i.id]
    assert [(i.value, i.period[0]) for i in blank] == [(0, "2016"), (0, "2025")]
    assert all(isinstance(i, Indicator) and i.note for i in blank)


def test_unhcr_is_asked_for_china():
    """Catches a blank that stays one whatever the database holds."""
    row = load("refugees/unhcr_north_koreans").query("year == 2016").iloc[0]
    with altered(row.name, "country_iso3", "CHN"):
        assert series.unhcr_count("then", "CHN") == row["refugees"] + row["asylum_seekers"] > 0


def test_nobody_ties_the_fear_to_those_already_there():
    """Catches a voice found that does, which would turn the chapter's sentence."""
    assert {i.vantage: i.value for i in indicators("C43")} == {"then": 0, "now": 0}


@pytest.mark.parametrize("id", ["C19", "C20", "C21", "C22", "C23", "C24", "C43"])
def test_names_of_indicators_are_unique(id):
    """Catches two measurements of one name."""
    names = [i.id for i in indicators(id)]
    assert len(names) == len(set(names))


def test_a_reader_may_choose_any_figure_of_the_window():
    """Catches a figure of the ten years that the choice leaves out."""
    options = refugees.stock_options()
    assert {key for (key,) in options} == set(series.estimates_published("then")["origin"])
    assert sum(o.met for o in options.values()) == 7
