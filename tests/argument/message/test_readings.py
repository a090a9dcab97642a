"""C01 to C03, against what was gathered and worked out by hand beside the tables."""

from dataclasses import replace

import pandas as pd

from argument.message import series
from report.book import indicators, readings
from report.data.package import altered, load
from report.rule import claim, verdict_of
from report.trace import plain


def by_id(id: str) -> dict:
    return {r.id: r for r in readings(id)}


def test_only_the_account_that_reports_a_message_votes_on_it():
    """Catches the organiser or its partner voting on a message that the part read does not mention."""
    assert {r.origin for r in readings("C01")} == {"rogin"}
    assert len(by_id("C01")["c01-occasion-rogin-then"].variants) == 2


def test_no_vote_against_sanctions_before_2022():
    """Catches a wrong vote: gathered, no vote against a sanctions draft before 26 May 2022."""
    against = [r for r in readings("C02") if r.definition.startswith("vote-s-") and r.met]
    assert [r.period[0] for r in against] == ["2022-05-26"]


def test_vote_24_days_after_the_column():
    """Catches a moved date: gathered, resolution 2321 came 24 days after the column of 6 November 2016."""
    told = pd.Timestamp(load("message/munich_message").loc["message/munich_message#rogin_2016", "date"])
    voted = load("tests/unsc_votes").set_index("item").loc["S/RES/2321", "date"]
    assert (voted - told).days == 24


def test_every_draft_belongs_to_a_vote():
    """Catches a part taken out of a draft that was never put to the vote, or another day for it."""
    votes = load("tests/unsc_votes").set_index("item")["date"]
    drafts = load("message/council_drafts").set_index("item")["date"]
    assert all(votes[item] == day for item, day in drafts.items())


def test_every_vote_on_human_rights_is_a_reading_met():
    """Catches a vote dropped: China voted against in 2014, 2015, 2016, 2017 and 2024; in
    August 2023 there was none.
    """
    rights = [r for r in readings("C02") if "human-rights" in r.definition]
    assert all(r.met for r in rights)
    assert [(r.period[0][:4], r.vantage) for r in rights] == [("2014", "then"), ("2015", "then"),
                                                              ("2016", "then"),
                                                              ("2017", "now"), ("2024", "now")]


def test_renewals_of_the_panel_do_not_vote():
    """Catches one renewal counted and its yearly forerunners not: the failed one of 2024 is no reading."""
    assert not [r for r in readings("C02") if "panel" in r.id]


def test_votes_read_are_those_of_the_table():
    """Catches a vote in the table that C02 passes over, or one whose Chinese vote is not filled in."""
    votes = load("tests/unsc_votes").query("kind in ('sanctions', 'human rights, procedural')")
    assert votes["vote_china"].notna().all()
    assert len(votes) == sum(len(series.votes(f"C02.{part}")) for part in ("weapons", "regime"))


def test_a_resolution_is_judged_by_its_vote_and_its_draft_in_different_limbs():
    """Catches a resolution that votes twice, in opposite senses, on one and the same question."""
    limbs = {r.id: r.limb for r in readings("C02")}
    assert {limb for id, limb in limbs.items() if "-s-res-" in id and "draft" not in id} == {"weapons"}
    assert {limb for id, limb in limbs.items() if "draft" in id or "procedural" in id} == {"regime"}


def test_averages_equal_the_gathered_ones():
    """Catches a wrong span: gathered, visits 5.3 in 2002-08, 11.3 in 2009-11, 4.0 in
    2012-15; meetings 3, 2, 0, 1, after six in 2002-11.
    """
    visits = next(one.yearly for one in series.all_closeness() if one.name == "visits").map(float)
    means = [round(visits.loc[a:b].mean(), 1) for a, b in ((2002, 2008), (2009, 2011), (2012, 2015))]
    assert means == [5.3, 11.3, 4.0]
    assert float(series.meetings_by_year().loc[2002:2011].sum()) == 6
    assert list(series.meetings_by_year().loc[2012:2025].map(float)) == [0] * 6 + [3, 2] + [0] * 5 + [1]


def test_values_of_c03():
    """Catches another span or another print: the values that the chapter names."""
    values = {r.definition: (round(r.value, 1), r.met) for r in readings("C03") if r.vantage == "then"}
    assert values == {"meetings": (0.0, False), "visits": (46.9, False), "trade": (274.0, True),
                      "entries": (135.7, True), "votes": (91.7, False)}


def test_announced_visit_is_not_counted_as_held():
    """Catches the visit of June 2026, read as announced, counted among the meetings."""
    assert 2026 not in series.meetings_by_year().index
    assert [i.value for i in indicators("C03") if "announced" in i.id] == [1.0]


def test_north_is_lowest_of_nine_in_2014_and_2015():
    """Catches a lost neighbour: gathered, the North is lowest of nine in 2008, 2014 and 2015."""
    v = series.visits()
    lowest = v.loc[v.groupby("year")["visits"].transform("min") == v["visits"]]
    assert {2008, 2014, 2015} <= set(lowest[lowest["north"]]["year"])
    assert v["country"].nunique() == 9 and v["country"].notna().all()


def test_a_changed_vote_flips_c02():
    """Catches a verdict that does not hang on the votes: had China voted no
    throughout, the claim would stand.
    """
    changed = [replace(r, met=True) for r in readings("C02") if r.vantage == "now"]
    assert verdict_of(claim("C02"), changed, "now").word == "supported"


def test_a_changed_datum_flips_a_reading():
    """Catches a reading that is typed, not read: a hundred visits in 2014 would turn C03 then."""
    assert not by_id("C03")["c03-visits-then"].met
    with altered("alliance/elite_visits#PRK|2014", "all_visits", 100):
        assert by_id("C03")["c03-visits-then"].met


def test_strip_around_november_has_only_dated_events():
    """Catches a saying with no more than a year placed on a day."""
    strip = plain(series.autumn())
    assert strip["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all() and strip["source_id"].notna().all()
    assert {"2016-11-02", "2016-11-06", "2016-11-30"} <= set(strip["date"])


def test_an_average_names_the_years_it_holds_and_no_others():
    """Catches a year between the two spans named among the rows, or a year of either left out."""
    years = {row.split("|")[1] for row in by_id("C03")["c03-visits-then"].rows}
    assert years == {str(y) for y in (*range(2002, 2012), 2013, 2014, 2015)}
