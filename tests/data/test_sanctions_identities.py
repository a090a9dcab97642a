"""Identities of the sanctions tables: what must add up or agree."""

import pandas as pd
import pytest

from report.data.package import load


def test_votes_of_the_council_sum_to_its_members():
    """Catches a misread count: fifteen members vote."""
    counted = load("tests/unsc_votes").dropna(subset=["votes_yes"])
    assert (counted[["votes_yes", "votes_no", "votes_abstain"]].sum(axis=1) == 15).all() and len(
        counted
    ) == 19


def test_the_two_calendars_differ_by_a_day():
    """Catches a trigger dated by a wrong calendar: Korea is ahead of New York."""
    votes = load("tests/unsc_votes").dropna(subset=["trigger_date_other"])
    gap = (votes["trigger_date"] - votes["trigger_date_other"]).dt.days
    assert (gap == votes["trigger_calendar"].map({"Korea": 1, "New York": -1})).all() and len(votes) == 3


def test_nuclear_triggers_are_the_nuclear_tests():
    """Catches a trigger that is no test, or a test without an answer."""
    triggers = load("tests/unsc_votes").query("trigger_kind == 'nuclear test'")["trigger_date"]
    assert sorted(triggers) == sorted(load("tests/nuclear_tests")["date"])


def test_each_test_fell_on_the_day_before_in_new_york():
    """Catches a wrong time: this is what the report says of the two calendars."""
    tests = load("tests/nuclear_tests")
    moment = pd.to_datetime(tests["date"].dt.strftime("%Y-%m-%d") + "T" + tests["time_utc"]).dt.tz_localize(
        "UTC"
    )
    assert (moment.dt.tz_convert("Asia/Seoul").dt.date == tests["date"].dt.date).all()
    assert (
        moment.dt.tz_convert("America/New_York").dt.date == (tests["date"] - pd.Timedelta(days=1)).dt.date
    ).all()


def test_counted_agreement_is_the_published_one():
    """Catches votes counted on other texts: gathered, equal within 0.003 in every session from 1991 to 2019.
    """
    counted = load("tests/unga_agreement").query("country == 'CHN' and issue == 'all'").set_index("session")
    published = load("tests/unga_agreement_published").set_index("session")["with_china"]
    assert (counted["same"] / counted["votes"] - published.loc[counted.index]).abs().max() < 0.003


def test_subjects_are_parts_of_all_votes():
    """Catches a subject with more votes than there were, or more alike than cast."""
    votes = load("tests/unga_agreement")
    assert (votes["same"] + votes["opposite"] <= votes["votes"]).all()
    counts = votes.pivot(index=["country", "session"], columns="issue", values="votes")
    assert counts.le(counts["all"], axis=0).all().all()


@pytest.mark.parametrize("day, persons, bodies", [("2017-06-02", 14, 4), ("2017-08-05", 9, 4)])
def test_listings_are_those_of_the_resolutions(day, persons, bodies):
    """Catches entries lost: resolution 2356 lists 14 persons and 4 bodies, resolution 2371 lists 9 and 4."""
    listed = load("tests/un_listings")
    kinds = listed[listed["listed"] == day]["kind"].value_counts()
    assert (kinds["individual"], kinds["entity"]) == (persons, bodies)


def test_size_of_the_lists():
    """Catches rows lost: gathered as 75 bodies and 80 persons, six with an address in China and no Chinese
    person.
    """
    listed = load("tests/un_listings")
    assert listed["kind"].value_counts().to_dict() == {"individual": 80, "entity": 75}
    linked = listed[listed["china_link"] == "address in China or Hong Kong"]
    assert len(linked) == 6 and set(linked["kind"]) == {"entity"}


def test_china_never_votes_for_a_text_on_human_rights_in_the_north():
    """Catches a vote read from another column."""
    votes = load("tests/unga_human_rights")
    assert (
        set(votes["china"]) == set(votes["russia"]) == {"no"}
        and set(votes["usa"]) == {"yes"}
        and len(votes) == 9
    )


def test_suppliers_do_not_exceed_the_total():
    """Catches a quantity read in another unit."""
    goods = load("tests/dual_use_chemicals").query("by == 'Comtrade'")
    total = goods[goods["supplier"] == "all"].set_index("group")["tonnes"]
    parts = goods[goods["supplier"] != "all"].groupby("group")["tonnes"].sum()
    assert (parts <= total.loc[parts.index] * 1.002).all()


def test_votes_in_the_acts_are_the_votes():
    """Catches an act dated apart from the vote that it is."""
    acts = load("tests/china_actions")
    votes = acts[acts["act"].str.match(r"vote for \d{4}$")]
    held = load("tests/unsc_votes").set_index("item")["date"].dt.strftime("%Y-%m-%d")
    assert [held["S/RES/" + a[-4:]] for a in votes["act"]] == votes["date"].tolist() and len(votes) == 11
