"""C04 to C10, the frames behind their charts, and the tables they rest on, against what
was gathered beside them.
"""

import pytest

from argument.alliance import c09_instruments as instruments
from argument.alliance import c10_leverage as leverage
from argument.alliance import readings as alliance
from argument.alliance import series
from argument.verdict.series import arms_share, pact_share
from report.book import indicators, readings
from report.data.package import altered, load
from report.rule import ReadingError, claim, verdict_of
from report.trace import plain


def by_id(id: str) -> dict:
    return {r.id: r for r in readings(id)}


# Pact

def test_pact_spells_equal_the_gathered_ones():
    """Catches a hole in the pledges: gathered China from 1961, Soviet Union 1961-1996, Cuba from 1986."""
    spans = plain(series.pact_spells()).query("basis == 'recorded in ATOP'").set_index("pact")
    got = {pact: (r["start"], r["end"] - 1) for pact, r in spans.iterrows()}
    assert got == {"North Korea and China": (1961, 2018),
                   "North Korea and Soviet Union, Russia": (1961, 1996),
                   "North Korea and Cuba": (1986, 2018), "China and Soviet Union": (1946, 1980),
                   "South Korea and United States": (1953, 2018)}


def test_a_gap_splits_a_spell():
    """Catches a broken alliance drawn as one."""
    assert series.spells([1961, 1963, 1962, 1970]) == [(1961, 1963), (1970, 1970)]


def test_counting_from_the_war_turns_the_pact():
    """Catches the eleven years without a pact going unsaid."""
    atop = by_id("C04")["c04-atop-then"]
    assert atop.met and [w.met for w in atop.variants] == [False]


def test_one_missing_year_flips_the_pact():
    """Catches a rule that would call any pact unbroken."""
    with altered("alliance/pledges#CHN|PRK|1975", "defence", False):
        assert not by_id("C04")["c04-atop-then"].met


def test_six_disputes_of_allies_in_both_lists():
    """Catches the two rival lists being added: each has the same six, 1993 to 2010."""
    for which in ("gml", "cow"):
        rows = series.disputes_of_allies(which)
        assert sorted(rows["dispute"]) == [4018, 4019, 4089, 4463, 4466, 4490]
        assert (rows["start_year"].min(), rows["end_year"].max()) == (1993, 2010)


# Ideology

def test_the_texts_in_force_are_those_of_the_day():
    """Catches a charter of 2022 judged as if it had been in force in 2017."""
    adopted = {v: sorted(series.in_force(v)["adopted"].str[:4]) for v in ("then", "now")}
    assert adopted == {"then": ["2004", "2009", "2012", "2016"], "now": ["2018", "2019", "2021", "2022"]}


def test_no_two_wordings_of_a_text_overlap():
    """Catches one charter voting in two wordings."""
    for _, rows in load("alliance/ideology_texts").sort_values("adopted").groupby("text"):
        assert (
            rows["until"].iloc[:-1].fillna("9999").to_numpy() <= rows["adopted"].iloc[1:].to_numpy()).all()


def test_restoring_the_doctrine_turns_c06():
    """Catches a comparison that finds less room whatever the later text says."""
    then = next(r for r in readings("C06") if r.origin == "wpk_rules" and r.vantage == "then")
    later = max(then.rows, key=lambda row: row.split("|")[-1])
    with altered(later, "place", "sole guide"):
        got = {r.origin: r.met for r in readings("C06") if r.limb == "less-ideology" and r.vantage == "then"
               and r.origin in ("cpc_charter", "dprk_constitution", "wpk_rules")}
    assert got == {"cpc_charter": True, "dprk_constitution": True, "wpk_rules": False}


@pytest.mark.parametrize("first, last, gathered",
                         [(1955, 1959, 100.0), (1970, 1974, 62.6), (1975, 1979, 44.7),
                                                   (1980, 1984, 13.6), (1990, 1994, 6.0), (2000, 2004, 0.0),
                                                   (2015, 2019, 0.7)])
def test_arms_to_communist_states_equal_the_gathered_shares(first, last, gathered):
    """Catches rebels counted as the government they fought, and a regime list that stops in 2010."""
    assert round(float(arms_share("China", first, last)), 1) == gathered


def test_closeness_is_that_of_c03():
    """Catches C06 drifting from the readings that its criterion names."""
    c03 = {(r.definition, r.vantage): r.met for r in readings("C03")}
    assert {(r.definition, r.vantage): r.met for r in readings("C06") if r.limb == "still-close"} == c03


def test_both_were_unfree_in_1970():
    """Catches a score of another state or year: gathered 0.033 and 0.015."""
    got = {i.id: i.value for i in indicators("C05") if "freedom" in i.id}
    assert got == {"c05-freedom-chn-then": 0.033, "c05-freedom-prk-then": 0.015}


# War

def test_chinese_dead_run_from_xu_yan_to_cow():
    """Catches a lost or merged figure: gathered 115,000 to 422,612, the official
    183,108 and 197,653 among them.
    """
    dead = series.war_dead().set_index("origin")["value_low"].to_dict()
    assert dead == {"xu_yan": 110000, "ciic": 115000, "docslib": 152000, "pla_daily": 171687,
                    "dandong_museum": 183108,
                    "china_state": 197653, "us_jcs": 401401, "cow": 422612}


def test_war_and_commitment_are_judged_apart():
    """Catches the fighting of 1950-53 passing for a pledge."""
    v = verdict_of(claim("C07"), readings("C07"), "then")
    assert v.by_limb == {"fought": (8, 8), "commitment": (3, 7)}


def test_american_troops_by_both_series():
    """Catches the imputed years read as reports: gathered 326,863 (1953), 23,635
    (2017), 23,495 (December 2025).
    """
    rows = load("alliance/us_troops").set_index(["series", "date"])
    got = [int(rows.loc[k, "troops"])
           for k in (("annual", "1953"), ("reports", "2017-09"), ("reports", "2025-12"))]
    assert got == [326863, 23635, 23495]
    assert rows.query("standing == 'imputed'").index.get_level_values("date").tolist() == ["1951", "1952"]


def test_the_two_series_of_troops_agree():
    """Catches a mis-keyed report: gathered gaps 982 (1975), 630 (1977), 400 (2006); 491
    (1974) was overlooked there.
    """
    rows = load("alliance/us_troops")
    annual = rows.query("series == 'annual' and standing == 'reported'").assign(
        year=lambda r: r["date"].astype(int))
    month = rows.query("series == 'reports'").assign(year=lambda r: r["date"].str[:4].astype(int))
    month = month[month["date"].str.endswith("-09")]
    gap = annual.set_index("year")["troops"].sub(month.set_index("year")["troops"]).abs().dropna()
    assert {int(y): int(g) for y, g in gap[gap > 300].items()} == {1974: 491, 1975: 982, 1977: 630, 2006: 400}


# Instruments and leverage

def test_instruments_against_the_years_that_called_for_them():
    """Catches a base year or span that slips: the values behind C09, counted by hand. Two sanctions of 2006,
    one of 2009 in five years; four in the 1504 days to 12 February 2017; meetings in January 2006, May and
    August 2010 and May 2011.
    """
    assert instruments.base_years() == (2006, 2009, 2010, 2011, 2012)
    got = {i.name: _rounded(i) for i in instruments.instruments("then")}
    assert got == {"treaty": (1, 1), "sanctions-votes": (round(4 * 365.25 / 1504, 2), 0.6),
                   "enforcement": (0.97, 0), "summits": (0, 0.8),
                   "trade-kotra": (6056, round((1700 + 2680.7 + 3470 + 5630 + 6010) / 5, 2)),
                   "trade-gacc": (5511, round((1699.6 + 2681 + 3472 + 5630 + 5931) / 5, 2)),
                   "visits": (3, 9.6)}
    now = {i.name: _rounded(i) for i in instruments.instruments("now")}
    assert now["summits"] == (0.75, 0.8) and now["sanctions-votes"] == (0, 0.6)
    assert now["enforcement"][0] < 0 == now["enforcement"][1]


def _rounded(one: instruments.Comparison) -> tuple[float, float]:
    return round(float(one.at_vantage), 2), round(float(one.in_base), 2)


def test_an_instrument_without_a_base_has_no_vote():
    """Catches votes on human rights held against years in which none was called, which cannot fail."""
    assert "human-rights-votes" in {i.id.split("-", 1)[1].rsplit("-", 1)[0] for i in indicators("C09")}
    assert not [r for r in readings("C09") if "human-rights" in r.id]


def test_shares_of_dependence():
    """Catches a wrong divisor: printed 92.5, 91.5, 70, 60; worked out beside the
    tables 68.9, 79.3, 39, 41, 67.
    """
    then = {r.id.removeprefix("c10-").removesuffix("-then"): r for r in readings("C10")
            if r.vantage == "then"}
    gathered = {"trade-kotra-without": 92.5, "trade-itc-without": 91.5, "trade-crs-unstated": 70, "arms": 0,
                "trade-cnn-unstated": 60, "trade-kotra-and-mou-with": 68.9, "trade-cow": 79.3,
                "food-aid": 38.9}
    assert {k: round(then[k].value, 1) for k in gathered} == gathered
    assert [round(w.value) for w in then["food-aid"].variants] == [41, 67]


def test_measures_lie_within_their_window():
    """Catches a measure booked to a test that was more than 180 days before it."""
    assert series.pressure_days()["days"].between(0, series.window()).all()


def test_unused_by_test():
    """Catches a measure beyond the resolutions that no longer turns its test."""
    assert {(r.definition, r.vantage): r.met for r in readings("C10") if r.limb == "unused"} == {
        ("test-1", "then"): False, ("test-2", "then"): True, ("test-3", "then"): False,
        ("test-4", "then"): False,
        ("test-5", "then"): True, ("test-5", "now"): True, ("test-6", "now"): False,
        ("occasion-2003", "then"): False, ("occasion-2005", "then"): True}


def test_the_coal_stop_after_the_article_is_not_known_then():
    """Catches an act of 18 February 2017 in a reading as of the 12th."""
    then, now = by_id("C10")["c10-test-5-then"], by_id("C10")["c10-test-5-now"]
    assert then.period[1] == "2017-02-12" and not any("2017-02-18" in a for a in then.rows)
    assert any("2017-02-18" in a for a in now.rows) and now.period[1] == "2017-03-08"


def test_a_disputed_measure_would_turn_its_test():
    """Catches a coding that no longer matters: were the coal stop beyond the resolutions,
    test 5 would not be met.
    """
    rows = load("alliance/pressure_after_tests").query("test == 5 and beyond_un == 'disputed'")
    with altered(rows.index[0], "beyond_un", "yes"):
        assert not by_id("C10")["c10-test-5-now"].met


def test_every_text_on_the_buffer_is_read():
    """Catches a text that neither votes nor stands as a variant of its voice's last word."""
    cited = {a for r in readings("C08") for one in (r, *r.variants) for a in one.rows
             if a.startswith("alliance/")}
    assert cited == set(load("alliance/buffer_framing").index)


def test_a_fact_told_by_several_has_one_vote():
    """Catches China's share of trade voting once for each compiler of one customs return."""
    trade = {r.votes_as for r in readings("C10") if r.id.startswith("c10-trade")}
    assert len(trade) == 1 < sum(r.id.startswith("c10-trade") for r in readings("C10"))


def test_the_command_of_the_war_is_read_beside_the_treaty():
    """Catches an alliance of the war that is looked for in paper of 1961 alone."""
    met = {r.id: r.met for r in readings("C07") if r.limb == "commitment" and r.vantage == "then"}
    commands = {id for id in met if "command" in id}
    assert len(commands) == 3 and {id for id, is_met in met.items() if is_met} == commands


def test_a_paper_has_one_vote_on_the_buffer():
    """Catches the Global Times voting thrice, in its two editions and by its article on the treaty."""
    now = [r for r in readings("C08") if r.vantage == "now"]
    assert len({r.origin for r in now}) == len(now) and not [r for r in now if r.origin == "huanqiu"]
    paper = by_id("C08")["c08-global-times-now"]
    assert paper.met and [w.met for w in paper.variants] == [True]


def test_a_change_of_the_last_word_turns_the_paper():
    """Catches a merger that keeps the first word: had the latest been against, so would the vote be."""
    first, last = sorted([r for r in readings("C08") if r.vantage == "now"], key=lambda r: r.period[1])[:2]
    late = alliance.replace(last, origin="huanqiu", met=False)
    merged = alliance.one_vote_each([alliance.replace(first, origin="global_times", met=True), late])
    assert [(r.origin, r.met, len(r.variants)) for r in merged] == [("global_times", False, 1)]


def test_the_ministry_has_one_name():
    """Catches an official of the ministry voting under his own name in one claim and
    the ministry's in another.
    """
    for id in ("C04", "C09"):
        liu = [r for r in readings(id) if "Liu Jianchao" in r.label]
        assert [r.origin for r in liu] == ["prc-mfa"]


# Tables

def test_elite_visits_add_up_where_both_parts_are_printed():
    """Catches a lost cell: government and military visits make the printed total."""
    rows = load("alliance/elite_visits").dropna(subset=["government_visits", "military_visits"])
    assert (rows["government_visits"] + rows["military_visits"] == rows["all_visits"]).all()


def test_arms_to_the_north_by_supplier_equal_the_gathered_sums():
    """Catches a lost year: gathered USSR 18,300, China 4,962, Russia 482,
    Kazakhstan 177, United States 62.
    """
    rows = load("alliance/arms_transfers").query("recipient == 'North Korea'")
    assert rows.groupby("supplier")["tiv"].sum().to_dict() == {"China": 4962, "Kazakhstan": 177,
                                                               "Russia": 482,
                                                               "Soviet Union": 18300, "United States": 62}
    assert rows.query("supplier == 'China'")["year"].max() == 1995


def test_disputes_by_pairs_and_by_number():
    """Catches pairs counted as disputes: gathered 51 pairs in 41 disputes and 56
    in 46, China in 31 and 34.
    """
    rows = load("alliance/disputes")
    china = rows[rows[["ccode_a", "ccode_b"]].eq(710).any(axis=1)]
    got = {k: (len(r), r["dispute"].nunique(), china.loc[china["list"] == k, "dispute"].nunique())
           for k, r in rows.groupby("list")}
    assert got == {"gml": (51, 41, 31), "cow": (56, 46, 34)}


@pytest.mark.parametrize("year, ours, others", [(1955, 38.46, 14.85), (1988, 9.88, 8.52), (1989, 2.9, 8.1)])
def test_shares_of_pacts_equal_the_gathered_ones(year, ours, others):
    """Catches a wrong denominator: gathered 30 of 78 and 369 of 2,485 (1955), 25 of 253
    and 805 of 9,453 (1988).
    """
    got = [float(pact_share(year, year, pair)) for pair in ("communist", "other")]
    assert got == pytest.approx([ours, others], abs=0.06)


def test_meetings_add_up_to_the_printed_count():
    """Catches a meeting listed twice: the summit of September 2025 was called the sixth."""
    held = "partner == 'China' and dprk_leader == 'Kim Jong Un' and basis == 'held'"
    rows = load("alliance/leader_meetings").query(held)
    counts = load("alliance/meeting_counts").query("pair == 'Kim Jong Un and Xi Jinping'")
    assert len(rows) == counts.sort_values("as_of")["meetings"].iloc[-1] == 6


def test_a_limb_in_words_asks_for_an_answer():
    """Catches a reading of this chapter made without saying whether it is met."""
    from report.rule import reading
    from report.trace import count
    with pytest.raises(ReadingError):
        reading("C04.pact", "then", name="x", label="x", measure=count(load("alliance/treaties")),
                period="1961", origin="x")


# Frames

def test_every_frame_names_rows_and_sources():
    """Catches a mark that leads nowhere."""
    made = [series.pact_spells(), series.war_dead(), series.american_troops(), series.freedom_by_era(),
            series.doctrine_steps(), series.pressure_days(), series.wars(), series.buffer_voices(),
            instruments.instruments_compared(), leverage.dependence_shares()]
    for frame in map(plain, made):
        assert frame["source_id"].str.len().gt(0).all() and frame["row"].str.contains("#").all()


def test_means_of_freedom_by_era():
    """Catches an era that slips: means of 1950 to 1975 and of 2015 to 2024, recomputed by hand."""
    mean = plain(series.freedom_by_era()).set_index(["state", "era"])["mean"].round(3)
    assert (mean["China", "1950 to 1975"], mean["North Korea", "2015 to 2024"]) == (0.034, 0.014)
    assert mean["South Korea", "2015 to 2024"] == 0.717


def test_treaties_carry_on_the_pacts_after_the_data():
    """Catches a treaty drawn where it is not in force: Russia's second begins in
    2024, Cuba's is not known.
    """
    later = plain(series.pact_spells()).query("basis == 'in force by its treaty'")
    assert later.set_index("pact")["start"].to_dict() == {
        "North Korea and China": 2019, "South Korea and United States": 2019,
        "North Korea and Soviet Union, Russia": 2024}


def test_wars_by_both_datasets():
    """Catches rival counts of the dead added up: gathered 21,000 combatants for 1979,
    PRIO's best for it 45,000.
    """
    got = plain(series.wars()).set_index(["war", "by"])
    assert got.loc[("Sino-Vietnamese war (1979)", "Correlates of War"), "low"] == 21000
    border = got.loc[("China-Vietnam border conflict", "PRIO")]
    assert border["low"] < 45000 < border["high"]


def test_options_of_leverage_contain_the_readings():
    """Catches a choice that tells another story than the ledger: strict rules are those of the readings."""
    options = leverage.unused_options()
    assert set(options) == {(str(t), rule) for t in range(1, 7) for rule in leverage.COUNTING}
    read = {r.definition[-1]: r.met for r in readings("C10")
            if r.limb == "unused" and r.definition != "test-5"}
    assert {t: options[t, "strict"].met for t in read} == read
    assert not options["5", "disputed"].met and not options["2", "all"].met
