"""C19 to C24 and C43 against what was gathered, and against data changed on purpose."""

from collections import Counter

import pytest

from report.rule import Indicator, Reading, claim, verdict_of
from report.data.package import load
from argument.refugees import readings as refugees
from argument.refugees import series as refugees_frames
from report.book import indicators, readings, verdicts

CLAIMS = ("C19", "C20", "C21", "C22", "C23", "C24", "C43")


def word(votes: list, id: str, vantage: str) -> str:
    return verdict_of(claim(id), [r for r in votes if isinstance(r, Reading)], vantage).word


def change(monkeypatch, table: str, edit) -> None:
    """Let the readings see a table as ``edit`` returns it."""
    changed = edit(load(table))
    for module in (refugees, refugees_frames):
        monkeypatch.setattr(module, "load", lambda name: changed.copy() if name == table else load(name))


@pytest.mark.parametrize("id, then, now", [
    ("C19", ("contested", 12, 13), ("attested", 6, 6)),
    ("C20", ("mostly contradicted", 1, 5), ("mixed", 1, 2)),
    ("C21", ("supported", 28, 28), ("supported", 13, 13)),
    ("C22", ("mostly supported", 4, 5), ("mostly supported", 4, 5)),
    ("C23", ("mostly supported", 6, 9), ("mostly supported", 9, 11)),
    ("C24", ("attested", 3, 3), ("untested", 0, 0)),
    ("C43", ("contested", 9, 11), ("attested", 2, 2))])
def test_verdicts_as_the_data_stand(id, then, now):
    """Catches a reading that appears, vanishes or turns, and a word that changes with it."""
    v = verdicts(id)
    assert [(v[t].word, v[t].met, v[t].readings) for t in ("then", "now")] == [then, now]


def test_every_limb_of_c21_is_read_at_both_vantages():
    """Catches a limb that loses its readings, which a mean over the others would hide."""
    assert {(r.limb, r.vantage) for r in readings("C21")} == {
        (l.name, v) for l in claim("C21").limbs for v in ("then", "now")}


def test_stock_readings_are_the_latest_own_figures():
    """Catches an older figure of an estimator: gathered 30,000 to 50,000 (2006), 10,000, 11,000 (2008), 100,000."""
    values = {r.origin: (r.value, r.period[0], r.met) for r in readings("C20") if r.vantage == "then"}
    assert values == {"us-state": (30000, "2006", False), "prc-government": (10000, "2007", False),
                      "robinson": (10000, "2009", False), "uscri": (11000, "2008", False),
                      "rok-mou": (100000, "2010", True)}


def test_unhcr_votes_with_nobody_elses_range():
    """Catches UNHCR voting with the range that it took from the State Department."""
    then = {r.origin: r for r in readings("C20") if r.vantage == "then"}
    assert [w.label for w in then["us-state"].variants] == ["UNHCR (working figure)"] and "unhcr" not in then


def test_figures_of_50000_since_2007_are_all_passed_on():
    """Catches a newspaper's unsourced figure, or the article's own, taken for an estimate."""
    of_claim = {i.label for i in indicators("C20") if i.value == 50000 and i.vantage == "then"}
    assert of_claim == {"National Geographic, 2009", "Patricia Goedde (range reported), 2011",
                        "Chosun Ilbo (unnamed estimate), 2012"}
    assert not [r for r in readings("C20") if r.value == 50000 or r.origin == "article"]


def test_counting_passed_on_figures_would_turn_c20_to_mixed(monkeypatch):
    """Catches prose that still says so when it is no longer true: the word hangs on who is let to vote."""
    change(monkeypatch, "refugees/population_estimates", lambda t: t.assign(own_figure=True))
    assert word(refugees.c20(), "C20", "then") == "mixed"


def test_a_figure_raised_turns_its_reading(monkeypatch):
    """Catches a threshold that no longer looks at the data."""
    change(monkeypatch, "refugees/population_estimates",
           lambda t: t.assign(central=t["central"].where(t["origin"] != "robinson", 50000)))
    robinson = [r for r in refugees.c20() if r.id == "c20-robinson-then"][0]
    assert robinson.met and word(refugees.c20(), "C20", "then") == "mixed"


def test_the_window_of_ten_years_drops_the_old_fifty_thousand(monkeypatch):
    """Catches the 50,000 of 2000 and 2001 voting: they were published before the ten years."""
    change(monkeypatch, "refugees/population_estimates", lambda t: t[~t["ref_year"].isin([2007, 2008])])
    assert not [r for r in refugees.c20() if r.origin == "uscri"]


def test_rates_per_week_equal_the_gathered_ones():
    """Catches a wrong span: gathered 230 (5,000 in five months), 175, 92, 96 and 400 to 500 a week."""
    rates = refugees_frames.returns_per_week()
    low = {(r["origin"], r["end"][:4]): round(r["low_week"]) for _, r in rates.dropna(subset="low").iterrows()}
    wanted = {("scmp-diplomats", "2000"): 230, ("amnesty", "2001"): 175, ("cass", "2002"): 92,
              ("activists-2007", "2007"): 96, ("activist-speech", "2006"): 400, ("icg", "2006"): 150}
    assert {k: low[k] for k in wanted} == wanted


def test_no_rate_is_said_of_2008():
    """Catches a rate of another year taken for 2008: "every year", said in 2012, is an indicator of 95.8 a week."""
    assert refugees_frames.rates_for(2008).empty and not [r for r in readings("C22") if r.limb == "rate"]
    assert verdicts("C22")["then"].qualifiers == ("untested in part",)
    standing = [i for i in indicators("C22") if i.origin == "kim-suk-woo"]
    assert [i.value for i in standing] == [pytest.approx(95.82, abs=0.01)] * 2


def test_a_weekly_rate_of_2008_would_turn_the_limb(monkeypatch):
    """Catches a rate that cannot meet the criterion: 250 a week in 2008 would."""
    change(monkeypatch, "refugees/returns", lambda t: t.assign(
        end=t["end"].mask(t["origin"] == "icg", "2008"), start=t["start"].mask(t["origin"] == "icg", "2008"),
        low=t["low"].mask(t["origin"] == "icg", 250)))
    assert [r.met for r in refugees.c22() if isinstance(r, Reading) and r.origin == "icg"] == [True, True]


def test_sexes_of_2020_follow_from_the_cumulative_counts():
    """Catches another split: gathered 72 men and 157 women of 229."""
    row = refugees_frames.arrivals_by_sex().query("last_year == 2020").iloc[0]
    assert (row["male"], row["female"], row["total"], row["computed"]) == (72, 157, 229, True)


def test_years_taken_together_are_never_single_years():
    """Catches 947 for 1998 or 1,046 for 2001 in a series by year; gathered 56, 85, 71, 148, 312 and 583."""
    assert refugees_frames.arrivals_by_sex()["last_year"].min() == 2002
    single = refugees_frames.single_years_before_table()
    assert dict(zip(single["year"], single["total"])) == {1996: 56, 1997: 85, 1998: 71, 1999: 148, 2000: 312, 2001: 583}


def test_what_2009_was_said_to_be():
    """Catches a lost revision: 2,952 was provisional, then 2,927, then 2,914."""
    said = refugees_frames.arrivals_said().query("year == 2009").sort_values("reported_on")["total"].drop_duplicates()
    assert list(said) == [2952, 2927, 2914]


def test_a_voice_in_both_tables_votes_once():
    """Catches the Crisis Group voting twice on C19, once from each table."""
    votes = Counter(r.origin for r in readings("C19") if r.vantage == "then")
    icg = [r for r in readings("C19") if r.origin == "icg"][0]
    assert max(votes.values()) == 1 and [w.label for w in icg.variants] == ["International Crisis Group, 2006"]


def test_every_motive_reading_names_its_kind_of_voice():
    """Catches a box that cannot say who speaks."""
    assert all(r.speaker for id in ("C19", "C24", "C43") for r in readings(id))


def test_c24_rests_on_chinese_voices_alone():
    """Catches a defector or a foreign expert voting on China's motive."""
    assert {r.speaker for r in readings("C24")} == {"official", "scholar in China"}
    assert {i.origin for i in indicators("C24")} == {"kang_cholhwan", "nkdb"}


def test_a_text_read_by_name_only_does_not_vote_on_c23():
    """Catches the convention of 1960 or the undisclosed agreement of 2004 counted as read."""
    assert {r.period[0][:4] for r in readings("C23") if r.vantage == "then"}.isdisjoint({"1960", "2004"})


def test_c23_stands_on_the_edge(monkeypatch):
    """Catches prose that calls C23 firm: one hand-over less makes it mixed."""
    change(monkeypatch, "refugees/returns", lambda t: t.assign(handed_over=t["handed_over"] & (t["origin"] != "voa")))
    assert word(refugees.c23(), "C23", "then") == "mixed"


def test_releases_count_against_c23():
    """Catches a record of people let go, or of returns stopped, that has lost its place."""
    assert {r.origin for r in readings("C23") if not r.met} == {
        "chinese_official_by_moon", "piie", "yomiuri", "nkinsider", "rfa"}


def test_unhcr_blank_is_an_indicator_and_no_reading():
    """Catches a blank in a database read as a count of none."""
    blank = [i for i in indicators("C20") if "unhcr-database" in i.id]
    assert [i.value for i in blank] == [0, 0] and all(isinstance(i, Indicator) for i in blank)


def test_nobody_ties_the_fear_to_those_already_there():
    """Catches a voice found that does, which would turn the chapter's sentence."""
    tied = {i.vantage: i.value for i in indicators("C43")}
    assert tied == {"then": 0, "now": 0}


def test_ids_and_votes_are_unique():
    """Catches two votes of one origin and definition, and two readings of one name."""
    for id in CLAIMS:
        readings(id)
        names = [i.id for i in indicators(id)]
        assert len(names) == len(set(names))
