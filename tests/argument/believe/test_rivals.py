"""Explanations against episodes: what China did follows from data, every cell is coded, and a fit is one."""

import csv
from collections import Counter
from contextlib import ExitStack

import pandas as pd
import pytest

from argument.believe import charts, rivals, series
from argument.believe.rivals import Fit, Predicts
from argument.believe.series import Conduct, Episode, Move
from report.charts import FindingError
from report.data.package import altered, data_folder, load
from report.data.table import DataError


def rows_of(name):
    with (data_folder() / "believe" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_explanation_is_coded_for_every_episode():
    """A cell that was left out because it was awkward, or coded twice."""
    cells = rivals.cells()
    assert set(zip(cells["explanation"], cells["episode"], strict=True)) == {
        (one["explanation"], other["episode"]) for one in rows_of("explanations")
        for other in rows_of("episodes")}
    assert len(cells) == len(rows_of("explanations")) * len(rows_of("episodes"))


def test_a_missing_cell_is_refused():
    """A prediction that is gone, so that an explanation passes an episode over."""
    with altered("believe/predictions#2013|buffer", "episode", "1999"), \
            pytest.raises(DataError, match="'buffer' has no row for '2013'; add it, with the code silent"):
        rivals.cells()


@pytest.mark.parametrize(("predicts", "did", "fit"), [
    (Predicts.PRESSURE, Conduct.PRESSED, Fit.FITS), (Predicts.PRESSURE, Conduct.SUPPORTED, Fit.MISSES),
    (Predicts.SUPPORT, Conduct.SUPPORTED, Fit.FITS), (Predicts.SUPPORT, Conduct.UNCHANGED, Fit.MISSES),
    (Predicts.SAME, Conduct.UNCHANGED, Fit.FITS), (Predicts.SAME, Conduct.PRESSED, Fit.MISSES),
    (Predicts.PRESSURE, Conduct.MIXED, Fit.UNTOLD), (Predicts.SAME, Conduct.UNREAD, Fit.UNTOLD),
    (Predicts.SILENT, Conduct.PRESSED, Fit.SILENT), (Predicts.SILENT, Conduct.UNREAD, Fit.SILENT)])
def test_a_fit_is_one(predicts, did, fit):
    """A prediction that counts as right whatever happened, or wrong where nothing could be told."""
    assert rivals.fit(predicts, did) is fit


@pytest.mark.parametrize(("moves", "word"), [
    ("pp", Conduct.PRESSED), ("pps", Conduct.PRESSED), ("ps", Conduct.MIXED), ("pss", Conduct.SUPPORTED),
    ("p-", Conduct.PRESSED), ("--", Conduct.UNCHANGED), ("p", Conduct.UNREAD), ("", Conduct.UNREAD),
    ("pppss", Conduct.MIXED)])
def test_what_china_did_is_a_word_of_the_moves(moves, word):
    """One indicator that makes a word by itself, or a majority of none."""
    of = {"p": Move.PRESSES, "s": Move.SUPPORTS, "-": Move.STILL}
    assert series.word_of([of[one] for one in moves]) is word


def test_votes_are_those_of_the_table():
    """An indicator that counts votes on human rights, votes outside the episode, or an abstention for."""
    found = series.observed().query("indicator == 'votes'").set_index("episode")["value"]
    with (data_folder() / "tests" / "unsc_votes.csv").open(encoding="utf-8", newline="") as file:
        votes = list(csv.DictReader(file))
    for one in rows_of("episodes"):
        asked = [v for v in votes if one["first_day"] <= v["date"] <= one["last_day"] and v["vote_china"]
                 and not v["kind"].startswith("human rights")]
        yes = sum(v["vote_china"] == "yes" for v in asked)
        expected = yes - (len(asked) - yes) if asked else None
        assert (found[one["episode"]].value if one["episode"] in found else None) == expected


def test_dates_known_to_the_month_fall_where_they_can():
    """A report of March 2003 lost because it has no day, or one of 2002 let in."""
    one = Episode("x", pd.Timestamp("2003-01-10"), pd.Timestamp("2003-12-31"), "", "believe/episodes#2003")
    dates = ["2002", "2002-12", "2003", "2003-01", "2003-01-09", "2003-01-10", "2003-12-31", "2004-01"]
    assert list(one.within(pd.DataFrame({"date": dates}))["date"]) == ["2003", "2003-01", "2003-01-10",
                                                                      "2003-12-31"]


def test_a_changed_vote_changes_what_china_did_and_who_fits():
    """A word of conduct, or a fit, that is typed."""
    address = "tests/unsc_votes#2022-05-26|S/2022/431"
    before = Counter(rivals.cells().query("episode == '2022'")["fit_first"])
    with altered(address, "vote_china", "yes"):
        assert series.conduct()["2022"] == Conduct.PRESSED
        after = Counter(rivals.cells().query("episode == '2022'")["fit_first"])
    assert series.conduct()["2022"] == Conduct.SUPPORTED and before != after and after[Fit.FITS] == 0


def test_a_changed_threshold_changes_what_china_did():
    """A threshold that stands in code."""
    with altered("believe/indicators#trade", "supports_at", 50.0):
        assert series.conduct()["2003"] == Conduct.PRESSED
    assert series.conduct()["2003"] == Conduct.MIXED


def test_thresholds_that_overlap_are_refused():
    """A value that presses and supports at once, of which the first found would win."""
    with altered("believe/indicators#trade", "presses_at", 20.0), \
            pytest.raises(DataError, match="a value of 'trade' can press and support at once"):
        series.indicators()


def test_an_episode_out_of_order_is_refused():
    """An episode that runs into the next, so that one act counts twice."""
    with altered("believe/episodes#2010", "last_day", pd.Timestamp("2014-01-01")), \
            pytest.raises(DataError, match="row 5, column first_day: '2013' ends before it begins"):
        series.episodes()


def test_the_second_code_follows_from_rule_and_circumstance():
    """A second code that was copied from the first."""
    assert rivals.by_rule("stability", "2010") == Predicts.SUPPORT  # a weak regime, before pressing others
    assert rivals.by_rule("stability", "2006") == Predicts.PRESSURE
    with altered("believe/circumstances#2010|regime weak", "circumstance", "Seoul near Beijing"):
        assert rivals.by_rule("stability", "2010") == Predicts.PRESSURE
        assert rivals.by_rule("refugees", "2010") == Predicts.SAME
    agreed, every = rivals.agreement()
    assert 0 < int(agreed) < int(every)


def test_pairs_are_told_apart_by_contrary_predictions_alone():
    """An episode that counts as telling two apart though one is silent, or both say the same."""
    codes = {(r["explanation"], r["episode"]): r["predicts"] for r in rows_of("predictions")}
    told = set(rivals.decided())
    for r in rivals.pairs().to_dict("records"):
        both = [(codes[r["one"], e], codes[r["other"], e]) for e in told]
        tried = [pair for pair in both if "silent" not in pair]
        assert (r["tried"], r["apart"]) == (len(tried), sum(a != b for a, b in tried)), r["pair"]


def test_the_matrix_shows_every_cell_once_with_its_sign():
    """A cell drawn under another's sign, or not at all."""
    drawn = [r for part in charts.rivals_matrix().spec["datasets"].values() for r in part if "predicts" in r]
    assert {(r["explanation"], r["episode"]): r["sign"] for r in drawn} == {
        (r["explanation"], r["episode"]): str(r["fit_first"]) for r in rivals.cells().to_dict("records")}


def test_what_was_read_is_drawn_once_with_its_sign():
    """An indicator that decides and is not shown, or is shown pointing the other way."""
    drawn = [r for part in charts.conduct().spec["datasets"].values() for r in part if "shown" in r]
    assert {(r["label"], r["episode"]): (r["sign"], r["value"]) for r in drawn} == {
        (r["label"], r["episode"]): (str(r["move"]), r["value"].value)
        for r in series.observed().to_dict("records")}


def test_the_title_of_the_matrix_has_a_condition():
    """A finding that the chart still prints when another explanation leads."""
    with altered("believe/predictions#2010|stability", "predicts", "more pressure"), \
            pytest.raises(FindingError, match="chart 'believe-rivals': the finding no longer holds"):
        charts.rivals_matrix()


def test_the_title_of_the_votes_has_a_condition():
    """A comparison that is printed the wrong way round."""
    rows = load("tests/unsc_votes").query("vote_china == 'yes'").index
    assert charts.votes().meta["holds"]
    with ExitStack() as stack:
        for row in rows:
            stack.enter_context(altered(row, "vote_china", "abstain"))
        with pytest.raises(FindingError, match="chart 'believe-votes': the finding no longer holds"):
            charts.votes()
