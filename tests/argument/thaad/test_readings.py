"""C31 to C37 and C44 as the data stand, and what would move them."""

import pytest

from argument.thaad import numbers, series
from report.book import indicators, readings, verdicts
from report.data.package import altered, load, package
from report.rule import ReadingError, indicator
from report.trace import count


def by_id(id: str) -> dict:
    return {r.id: r for r in readings(id)}


def test_nine_is_one_vote_and_seven_is_one_vote():
    """Catches a reprint voting, and a floor below nine taken for a denial of nine."""
    counts = [r for r in readings("C32") if r.limb == "count" and r.vantage == "then"]
    assert {r.origin: r.value for r in counts} == {"rok-military-official": 9}
    assert [w.value for w in counts[0].variants] == [7, 7]
    assert [i.value for i in indicators("C32")] == [2]


def test_items_named_are_mostly_no_talks():
    """Catches the article's word passing for the source's: schedule items, of which few are talks."""
    found = numbers.numbers()
    assert (found["c32-talks"], found["c32-named"]) == (2, 10)


def test_the_briefing_is_not_its_own_witness():
    """Catches the briefing of 9 January 2017 counted as independent of itself."""
    witness = {r.origin: r.met for r in readings("C33") if r.limb == "witness" and r.vantage == "then"}
    assert witness == {"rok-ministry-november": True, "yonhap-tv": True}


def test_contacts_of_the_briefing_are_counted_over_its_printings():
    """Catches a contact counted twice, or lost because one printing left it out: two and two make three."""
    number = {r.origin: r for r in readings("C33") if r.limb == "number" and r.vantage == "then"}
    assert {o: (r.value, r.met) for o, r in number.items()} == {
        "rok-military-official": (3, True), "rok-ministry-november": (1, False)}
    assert [(v.value, v.met) for v in number["rok-military-official"].variants] == [(2, False)] * 2


def test_a_silent_hotline_is_no_account_of_all_contacts():
    """Catches a report on the hotline alone voting on how many contacts went unanswered."""
    assert [i.value for i in indicators("C33")] == [0, 0] and "channel-a" not in {r.origin
                                                                                  for r in readings("C33")}


def test_an_account_speaks_of_no_time_after_it():
    """Catches a period that runs past the day on which the account was given:
    November 2016 to January 2017.
    """
    periods = {r.period[1] for r in readings("C32") if r.origin == "rok-ministry-november"}
    assert periods == {"2016-11-06"}


def test_no_store_was_shut_before_the_article():
    """Catches March 2017 read into February: before the article Lotte was inspected, not closed."""
    stores = load("thaad/lotte_stores").query("status != 'open'")
    assert stores["date"].min() > package().cutoff.isoformat()
    assert all("2017-03" not in row for row in by_id("C34")["c34-lotte-then"].rows)


def test_a_retold_remark_is_no_admission():
    """Catches a private remark, retold by visitors, counted as open: and shows that on
    the record it would count.
    """
    retold = next(i for i in load("thaad/statements").query("origin == 'rok-lawmakers'").index)
    assert load("thaad/statements").loc[retold, "gives_thaad"]
    assert not by_id("C35")["c35-admission-rok-lawmakers-then"].met
    with altered(retold, "on_record", True):
        assert by_id("C35")["c35-admission-rok-lawmakers-then"].met
        assert verdicts("C35")["then"].met == 5


def test_launch_is_the_eleventh_in_the_database_and_the_twelfth_in_korea():
    """Catches a launch lost between two calendars."""
    assert by_id("C37")["c37-cns-then"].rows == ("tests/missile_tests#2017-02-11|Pukguksong-2|01",)
    assert all(r.period == ("2017-02-12", "2017-02-12") for r in readings("C37"))


def test_deployment_then_is_not_read_from_later_arrival():
    """Catches parts of March 2017 standing in South Korea in February."""
    then = [r for r in readings("C44") if r.vantage == "then"]
    assert all(r.period[1] <= package().cutoff.isoformat() for r in then)
    assert {(r.limb, r.met) for r in then} == {("decided", True), ("installed", False)}


def test_runs_of_exports():
    """Catches a wrong base month: gathered 16 falling months to October 2016, then 24
    rising, the first by 0.2.
    """
    runs = series.runs_of_months()
    falling = runs[(runs["last"] == "2016-10")].iloc[0]
    rising = runs[(runs["first"] == "2016-11")].iloc[0]
    assert (falling["first"], falling["months"], falling["rising"]) == ("2015-07", 16, False)
    assert (rising["last"], rising["months"], rising["rising"]) == ("2018-10", 24, True)
    growth = series.monthly_export_growth()
    assert float(growth["2016-11"]) == pytest.approx(0.2, abs=0.05)


def test_indicators_of_anger():
    """Catches an indicator that drifts: gathered -62.3 for tourists, +14.2 for
    exports, -77 for Lotte's sales.
    """
    values = {i.id: i.value for i in indicators("C31")}
    assert values["c31-tourists-now"] == pytest.approx(-62.3, abs=0.5)
    assert values["c31-exports-now"] == pytest.approx(14.2, abs=0.05)
    assert values["c31-lotte-now"] == pytest.approx(-77, abs=0.1)
    assert values["c31-shares-then"] == -18.2
    assert (values["c31-acts-then"], values["c31-acts-now"]) == (9, 6)
    assert (values["c31-votes-then"], values["c31-votes-now"]) == (1, 4)


def test_acts_before_and_after_do_not_overlap():
    """Catches an act counted at both vantages."""
    assert not set(series.acts("then").index) & set(series.acts("now").index)


def test_an_indicator_fits_its_vantage():
    """Catches what happened after the article shown as known then, because it has no vote."""
    rang = {i.vantage: i for i in indicators("C33")}
    assert (rang["then"].period[1], rang["now"].period[1]) == ("2017-02-12", "2017-11-01")
    with pytest.raises(ReadingError, match=r"c33-late-then: the period ends 2017-11-01, after 2017-02-12"):
        indicator("C33", "then", name="late", label="Late", period=rang["now"].period,
                  measure=count(load("thaad/military_accounts"), unit="accounts"))
