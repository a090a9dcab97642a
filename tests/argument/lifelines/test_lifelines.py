"""C11, C15 and C16 and the frames behind their charts, against what was gathered and worked out beside the tables."""

import pandas as pd
import pytest

from report.rule import Reading
from report.data.package import load, package
from argument.lifelines import readings as lifelines
from argument.lifelines import frames as lifelines_frames
from argument.lifelines import series as oil
from report.book import indicators, readings, verdicts


@pytest.fixture
def changed(monkeypatch):
    """Return a function that changes a cell of a table for one test."""
    def change(table: str, key: str, column: str, value) -> None:
        frame = load(table)
        frame.loc[f"{table}#{key}", column] = value
        monkeypatch.setitem(package()._read, table, frame)
    return change


def shares(vantage: str = "then") -> dict:
    return {r.id: (round(r.value, 1), r.met) for r in readings("C16") if r.vantage == vantage}


def keyed() -> dict:
    return {v.key: round(v.value, 1) for r in readings("C16") for v in r.variants if v.key}


def test_counts_of_readings_at_each_vantage():
    """Catches a reading that appears, vanishes or votes twice."""
    counts = {(id, v): sum(r.vantage == v for r in readings(id)) for id in lifelines.CLAIMS for v in ("then", "now")}
    assert counts == {("C11", "then"): 12, ("C11", "now"): 6, ("C15", "then"): 0, ("C15", "now"): 0,
                      ("C16", "then"): 2, ("C16", "now"): 2}


@pytest.mark.parametrize("id, then, now", [
    ("C11", ("mostly supported", 10), ("mixed, untested in part", 3)),
    ("C15", ("untested", 0), ("untested", 0)), ("C16", ("supported", 2), ("contradicted", 0))])
def test_verdicts_as_the_data_stand(id, then, now):
    """Catches a change of data or code that changes a word of the book."""
    v = verdicts(id)
    assert ((v["then"].phrase, v["then"].met), (v["now"].phrase, v["now"].met)) == (then, now)


def test_parts_of_the_sentence():
    """Catches a part of the quoted sentence that turns unseen behind the mean."""
    v = verdicts("C11")
    assert v["then"].by_limb == {"wording": (1, 1), "ally": (2, 2), "partner": (4, 4), "food": (1, 2), "arms": (0, 1),
                                 "energy": (2, 2)}
    assert v["now"].by_limb == {"wording": (0, 0), "ally": (0, 1), "partner": (2, 2), "food": (0, 0), "arms": (0, 1),
                                "energy": (1, 2)}


def test_wording_is_judged_by_the_edition_of_the_day():
    """Catches an edition that was not current at the vantage, and a copy of 2017 taken for the page of today."""
    votes = [r for r in readings("C11") if r.limb == "wording"]
    assert [(r.vantage, r.period[0], r.met) for r in votes] == [("then", "2016-02-08", True)]
    later = next(i for i in indicators("C11") if i.id == "c11-later-wording-now")
    assert (later.period[0], later.value) == ("2017-05-08", 4)


def test_the_factbook_has_no_vote_of_its_own():
    """Catches KOTRA's totals voting twice, once as the Factbook's."""
    votes = {r.id: r for r in readings("C11") if r.limb == "partner"}
    assert "c11-partner-cia-then" not in votes
    assert [v.met for v in votes["c11-partner-kotra-mou-then"].variants] == [True]


def test_the_shares_that_vote():
    """Catches another year or seller in a vote. Gathered: 100 (2010 by construction), 70.8 (2023), 21.7 (2024)."""
    assert shares() == {"c16-crude-then": (100.0, True), "c16-products-then": (98.0, True)}
    assert shares("now") == {"c16-reported-now": (70.8, False), "c16-observed-now": (21.7, False)}


def test_reported_shares_equal_the_gathered_ones():
    """Catches periods added that overlap: gathered 39.7 (2018), 43.0 (2019), 28.6 (2020 to August) and 100 (2021)."""
    wanted = {"2018-reported": 39.7, "2019-reported": 43.0, "2020-reported": 28.6, "2021-reported": 100.0}
    assert {k: keyed()[k] for k in wanted} == wanted


def test_shares_with_an_estimate_of_crude_equal_the_gathered_ones():
    """Catches a unit lost between tonnes and barrels: gathered 99.3 (2016, Statistics Korea) and 80.1 (2024, industry).

    The gathered 93.5 for 2019 took Russia's impossible 277,365 barrels; with its tonnes the share is 94.3.
    """
    assert {k: keyed()[k] for k in ("2016-kostat", "2024-industry", "2019-industry")} == \
        {"2016-kostat": 99.3, "2024-industry": 80.1, "2019-industry": 94.3}


def test_older_shares_of_crude():
    """Catches a change in the circular total: gathered 100, 100 and 79.1.

    For 1999 the gathered 38.8 set KEDO's pledge of 500,000 tonnes against crude; here it is what was delivered in an
    average year.
    """
    then = {r.id: r for r in lifelines.c16()}["c16-crude-then"]
    assert [round(v.value, 1) for v in then.variants] == [79.1, 100.0, 100.0, 44.4]


def test_rounding_alone_cannot_undo_2016():
    """Catches a product share that only the rounding of two printed figures carries over 85."""
    assert keyed()["2016-floor"] >= 85


def test_a_reader_may_choose_every_estimate():
    """Catches a hole in what a reader may choose, and a year in which the estimates no longer matter."""
    options = lifelines.oil_options()
    assert set(options) == {(y, c) for y in lifelines.OIL_YEARS for c in oil.CRUDE}
    assert [c for (y, c), o in options.items() if y == "2023" and not o.met] == ["none"]
    assert {c for (y, c), o in options.items() if y == "2024" and o.met} == {"nautilus", "unnamed"}


def test_less_russian_oil_turns_c16(changed):
    """Catches a reading that does not hang on its rows."""
    changed("lifelines/refined_1718", "Russia|2023-01-01|2023-12-31|2", "barrels", 20_000)
    assert {r.id: r.met for r in lifelines.c16()}["c16-reported-now"]


def test_a_chinese_delivery_turns_the_arms(changed):
    """Catches an arms reading that never looks at China."""
    changed("alliance/arms_transfers", "China|North Korea|1995", "year", 2012)
    assert {r.id: r.met for r in lifelines.c11() if isinstance(r, Reading)}["c11-sipri-then"]


def test_less_aid_from_the_south_turns_the_food(changed):
    """Catches a food reading that does not compare donors."""
    for year in range(2002, 2012):
        changed("lifelines/food_aid_interfais", f"{year}|South Korea", "value_kt", 0)
    assert {r.id: r.met for r in lifelines.c11() if isinstance(r, Reading)}["c11-food-aid-then"]


def test_a_treaty_without_mutual_defence_turns_the_ally(changed):
    """Catches an ally reading that only looks at China's treaty."""
    changed("alliance/treaties", "PRK-RUS|2024-06-19", "mutual_defence", False)
    assert {r.id: r.met for r in lifelines.c11() if isinstance(r, Reading)}["c11-treaties-now"]


def test_c15_shows_what_was_said_and_does_not_vote():
    """Catches a stated share that passes for a measured one."""
    assert {i.value for i in indicators("C15")} == {80.0, 90.0, 90.3}


def test_the_blank_of_customs_is_a_gap():
    """Catches the zeros after 2013 drawn as a halt of oil."""
    frame = lifelines_frames.crude_by_year()
    assert frame.loc[frame["status"] == "customs blank", "thousand_tonnes"].isna().all()


def test_no_doubtful_row_is_used():
    """Catches Russia's impossible barrels in a chart."""
    table = load("lifelines/refined_1718")
    doubtful = set(table.index[table["standing"] != "usable"])
    frames = (lifelines_frames.products_by_year(), lifelines_frames.computed_shares())
    assert not any(doubtful & set(";".join(f["row"]).split(";")) for f in frames)


def test_china_s_part_of_the_food_equals_the_gathered_one():
    """Catches the two vintages of output mixed: gathered 13.2 (aid 2001), 9.7 (grain 2011), 1.3 (grain 2016)."""
    found = lifelines_frames.china_of_output().set_index(["year", "series"])["share"].round(1)
    assert found[2001, "food aid from China"] == 13.2
    assert (found[2011, "grain exports of China"], found[2016, "grain exports of China"]) == (9.7, 1.3)


def test_empty_februaries():
    """Catches the empty February of the third test told without the two empty ones before it."""
    months = lifelines_frames.empty_months()
    february = months[months["period_start"].dt.month == 2]
    assert list(february["period_start"].dt.year) == [2011, 2012, 2013]
    assert list(february["tested"]) == [False, False, True]


def test_ninety_begins_as_the_top_of_a_range():
    """Catches a lost first step of the chain."""
    quotes = lifelines_frames.quoted_shares()
    first = quotes.iloc[0]
    assert (first["date"], first["low"], first["high"]) == ("2006-10-20", 80, 90)
    assert isinstance(quotes, pd.DataFrame) and (quotes["high"] == 90).all()


def test_every_choice_of_crude_has_its_row():
    """Catches an estimate whose row was renamed."""
    assert all(oil.crude_flow(c)[0] > 3000 for c in (*oil.FLOW_OF_2017, oil.KOSTAT_2016))
