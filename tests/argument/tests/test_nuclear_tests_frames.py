"""What the charts on tests, votes and enforcement draw."""

import pandas as pd
import pytest

from report.data.package import load
from argument.tests import series as frames
from argument.tests.c26_bond import windows
from argument.tests.c27_food_aid import CHOICE, options


@pytest.mark.parametrize("frame", [frames.answered, frames.allowed_and_sold, frames.food_counts, frames.listings_by_year,
                                   frames.missiles_by_range, windows, lambda: frames.agreement_steps("nuclear")])
def test_every_mark_names_its_rows_and_source(frame):
    """Catches a mark that leads nowhere: each row has addresses that exist and a source."""
    made = frame()
    assert made["source_id"].notna().all()
    for address in made["row"].str.split(";").explode().unique():
        assert address in load(address.split("#")[0]).index


def test_votes_shown_end_in_a_veto_and_an_abstention():
    """Catches a vote lost from the chart: eleven for, then one against and one abstention."""
    shown = frames.answered()
    assert shown["cast"].tolist() == ["for"] * 11 + ["against", "abstains"]
    assert shown["days"].isna().sum() == 2


def test_stacks_reach_the_total_of_the_year():
    """Catches stacks that overlap or leave gaps."""
    order = ["China", "South Korea", "United States", "Others"]
    counted = frames.food_counts().query("count == 'INTERFAIS'")
    stacks = frames.stacked(counted, "thousand_tonnes", "donor", order)
    totals = counted.groupby("year")["thousand_tonnes"].sum()
    assert (stacks.groupby("year")["high"].max() == totals).all() and (stacks["low"] <= stacks["high"]).all()


def test_a_test_is_never_among_the_quiet_years():
    """Catches a window counted on both sides."""
    moved = windows()
    by_kind = {k: set(zip(g["indicator"], g["year"])) for k, g in moved.groupby("kind")}
    assert not by_kind["test"] & by_kind["quiet"]


def test_steps_cover_the_whole_period_without_overlap():
    """Catches a session counted in two periods: the periods join from 1991 to 2019."""
    spans = list(frames.PERIODS.values())
    assert spans[0][0] == 1991 and spans[-1][1] == 2019
    assert all(a[1] + 1 == b[0] for a, b in zip(spans, spans[1:]))


def test_caps_stand_beside_what_was_reported_and_estimated():
    """Catches a figure in another unit: by one estimate refined products came to 7.56 times the cap."""
    amount = frames.allowed_and_sold().set_index("what")["quantity"]
    assert amount["deliveries, 2018"] / amount["cap from 2018"] == pytest.approx(7.56)
    assert amount["reported, 2019"] < amount["cap from 2018"] and amount["sales to China, 2016"] == 22.48


def test_missiles_of_no_known_range_are_other():
    """Catches a type without a place in the chart."""
    ranges = set(frames.missiles_by_range()["range"])
    assert ranges == {"short", "medium", "intercontinental", frames.OTHER_RANGE}


def test_the_choice_offers_each_answer_once():
    """Catches an option without an answer."""
    (known,) = CHOICE.values()
    assert {k[0] for k in options()} == set(known)
    assert [round(o.value) for o in options().values()] == [0, 88, 29, 50, 100]


def test_partial_dates_order():
    """Catches a month that counts at its start."""
    assert (frames.last_day(pd.Series(["2016-09"])) > pd.Timestamp("2016-09-29")).all()
