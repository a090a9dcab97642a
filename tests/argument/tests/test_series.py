"""The series on tests, votes and enforcement, and what the charts draw of them."""

from itertools import pairwise

import pytest

from argument.tests import charts, series
from report.data.package import load
from report.trace import plain


@pytest.mark.parametrize("frame", [series.answered, series.allowed_and_sold, series.food_counts,
                                   series.listings_by_year, series.missiles_by_range,
                                   lambda: series.agreement_steps("nuclear")])
def test_every_mark_names_its_rows_and_source(frame):
    """Catches a mark that leads nowhere: each row has addresses that exist and a source."""
    made = plain(frame())
    assert len(made) and made["source_id"].str.len().all()
    for address in made["row"].str.split(";").explode().unique():
        assert address in load(address.split("#")[0]).index


# The Council

def test_days_from_test_to_resolution():
    """Catches a mixed calendar or a wrong trigger: gathered as 5, 18, 23, 56, 82 and 8 days."""
    assert [days.value for days in series.answers()["days"]] == [5, 18, 23, 56, 82, 8]


def test_days_after_launches_follow_the_calendar_of_the_row():
    """Catches days counted from the other calendar: gathered 33, 24, and 63 for the vetoed draft."""
    days = series.days_to_vote()
    by_item = dict(zip(load("tests/unsc_votes").loc[days.index, "item"], days, strict=True))
    gathered = {"S/RES/2371": 33, "S/RES/2397": 24, "S/2022/431": 63, "S/RES/2087": 41}
    assert {item: by_item[item].value for item in gathered} == gathered


def test_china_voted_for_the_answer_to_every_test():
    """Catches a wrong vote: gathered, yes after all six tests."""
    assert series.answers()["vote_china"].tolist() == ["yes"] * 6


def test_votes_shown_end_in_a_veto_and_an_abstention():
    """Catches a vote lost from the chart: eleven for, then one against and one abstention."""
    shown = series.answered()
    assert shown["cast"].tolist() == ["for"] * 11 + ["against", "abstains"]
    assert shown["days"].isna().sum() == 2


# The General Assembly

def test_agreement_before_and_after_each_test():
    """Catches a wrong window. Gathered from roll calls: -4.7, -3.8, -0.8, +1.4, -0.3, margins of 6 to 9.

    The second and the last differ by 0.1, since the gathered ones were rounded on the way.
    """
    card = plain(series.before_and_after_tests())
    assert card["all_change"].tolist() == pytest.approx([-4.7, -3.8, -0.8, 1.4, 1.4, -0.3], abs=0.11)
    assert card["all_margin"].between(5.9, 9.5).all()
    assert (card["all_change"].abs() < card["all_margin"]).all()


def test_nuclear_votes_before_and_after_each_test():
    """Catches pooling over shares in place of votes: gathered over three sessions on either side."""
    card = plain(series.before_and_after_tests()).set_index("test")
    gathered = {1: (81.5, 64.5), 2: (64.5, 54.3), 3: (54.1, 60.5), 4: (60.5, 60.0), 6: (68.1, 52.3)}
    for test, sides in gathered.items():
        found = card.loc[test, ["nuclear_before", "nuclear_after"]].tolist()
        assert found == pytest.approx(list(sides), abs=0.06)


@pytest.mark.parametrize("country, issue, gathered", [
    ("CHN", "all", (92.97, None, None, None, None)), ("CUB", "nuclear", (96.85, None, None, None, 36.67)),
    ("CHN", "nuclear", (77.12, 64.52, 55.10, 60.47, 58.33)),
    ("VNM", "nuclear", (None, None, None, None, 36.67))])
def test_agreement_between_the_tests(country, issue, gathered):
    """Catches a wrong period: gathered as votes alike over votes, pooled between the tests."""
    found = series.agreement_by_period(country, issue)["share"]
    known = {period: value for period, value in enumerate(gathered) if value is not None}
    assert {period: found[period].value for period in known} == pytest.approx(known, abs=0.01)


def test_intervals_between_the_tests():
    """Catches a changed margin: gathered for nuclear votes of 1991-2005 as 69.54 to 84.70."""
    first = series.agreement_by_period("CHN", "nuclear").iloc[0]
    assert (first["low"].value, first["high"].value) == pytest.approx((69.54, 84.70), abs=0.01)


def test_the_margin_of_a_difference_joins_those_of_its_sides():
    """Catches two formulas for one interval: two margins add up in squares, and their rows unite."""
    votes = series.agreement("all")
    sides = votes.loc[2004:2005], votes.loc[2006:2007]
    apart, joint = [series.margin(side) for side in sides], series.margin(*sides)
    assert joint.value**2 == pytest.approx(sum(one.value**2 for one in apart))
    assert set(joint.rows) == set(apart[0].rows) | set(apart[1].rows) and len(joint.rows) == 4


def test_steps_cover_the_whole_period_without_overlap():
    """Catches a session counted in two periods: the periods join from 1991 to 2019."""
    spans = list(series.PERIODS.values())
    assert spans[0][0] == 1991 and spans[-1][1] == 2019
    assert all(earlier[1] + 1 == later[0] for earlier, later in pairwise(spans))


# Lists, caps, chemicals, missiles

def test_chinese_listings_by_year():
    """Catches a wrong class or date: gathered as 51 dated, none before 2016."""
    found = plain(series.listings_by_year())
    us = found[found["who"].str.startswith("United States")].set_index("year")["entries"]
    assert us.to_dict() == {2016: 5, 2017: 14, 2018: 12, 2019: 2, 2020: 6, 2021: 4, 2022: 6, 2023: 2}


def test_caps_stand_beside_what_was_reported_and_estimated():
    """Catches a figure in another unit: by one estimate refined products came to 7.56 times the cap."""
    amount = series.allowed_and_sold().set_index("what")["quantity"]
    assert (amount["deliveries, 2018"] / amount["cap from 2018"]).value == pytest.approx(7.56)
    assert amount["reported, 2019"] < amount["cap from 2018"] and amount["sales to China, 2016"] == 22.48


@pytest.mark.parametrize("group, gathered", [("inorganic chemicals", 98.6), ("organic chemicals", 96.8),
                                             ("plant and equipment", 94.3)])
def test_share_of_china_in_chemicals(group, gathered):
    """Catches the doubted methanol in the total. Plant was gathered as 94.2, doubted 2.5 tonnes and all."""
    assert series.chemical_share(group).value == pytest.approx(gathered, abs=0.05)


def test_missiles_by_year():
    """Catches a row lost or doubled: gathered as 339, 241 of them and all 12 ICBMs after the article."""
    missiles, later = load("tests/missile_tests"), series.missiles_after_the_article()
    assert (len(missiles), len(later), (later["type"] == "ICBM").sum()) == (339, 241, 12)
    intercontinental = missiles[missiles["type"] == "ICBM"]
    assert len(intercontinental) == 12 and intercontinental["date_utc"].min() == "2017-07-04"
    by_year = plain(series.missiles_by_range()).groupby("year")["missiles"].sum()
    assert by_year.loc[[2006, 2014, 2016, 2017, 2019, 2022, 2024]].tolist() == [7, 19, 24, 21, 27, 69, 41]


def test_missiles_of_no_known_range_are_other():
    """Catches a type without a place in the chart."""
    assert set(series.missiles_by_range()["range"]) == set(charts.REACHES)


# What the charts draw

def test_stacks_reach_the_total_of_the_year():
    """Catches stacks that overlap or leave gaps."""
    counted = plain(series.food_counts()).query("count == 'INTERFAIS'")
    stacks = charts.stacked(counted, "thousand_tonnes", "donor", charts.GIVERS)
    totals = counted.groupby("year")["thousand_tonnes"].sum()
    assert (stacks.groupby("year")["high"].max() == totals).all() and (stacks["low"] <= stacks["high"]).all()


def test_a_blank_is_not_drawn_as_nil():
    """Catches a blank cell of the table drawn as a bar of no height, or named a nil in the title."""
    figure = charts.food_aid()
    below = [row for rows in figure.spec["datasets"].values() for row in rows
             if row.get("donor") == "China" and "zero" in row]
    bars = [row for row in below if "middle" not in row]
    assert bars and all(row["cell"] != charts.BLANK for row in bars)
    assert {row["year"] for row in below if row["cell"] == charts.BLANK} == {1995, 2008, 2010, 2011}


def test_a_part_of_a_year_is_told_from_whole_years():
    """Catches the running year drawn like a whole one."""
    rows = [row for rows in charts.missiles().spec["datasets"].values() for row in rows if "range" in row]
    assert {row["year"] for row in rows if row["known"] == "part"} == {max(row["year"] for row in rows)}


def test_a_mean_names_all_its_rows():
    """Catches a diamond that names one window: a mean around the tests rests on all sessions."""
    drawn = [row for rows in charts.windows().spec["datasets"].values() for row in rows if "what" in row]
    diamond = next(row for row in drawn if "indicator" not in row and row["what"] == "on human rights"
                   and row["around"] == "around a test")
    ticks = [row for row in drawn if row.get("indicator") == "General Assembly, votes on human rights"
             and row["kind"] == "test"]
    resting = {address for tick in ticks for address in tick["row"].split(";")}
    assert len(ticks) == 5 and set(diamond["row"].split(";")) == resting
    assert diamond["shown"] == pytest.approx(sum(tick["move"] for tick in ticks) / 5)


def test_doubted_figures_stay_in_where_asked():
    """Catches a share that ignores the choice."""
    left_out, kept_in = (series.chemical_share("organic chemicals", doubted=asked) for asked in (False, True))
    assert kept_in < left_out and len(kept_in.rows) < len(left_out.rows)
