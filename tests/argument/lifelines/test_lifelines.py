"""C11, C15 and C16 and the series behind them, against what was gathered and worked out beside the tables."""

import pytest

from argument.lifelines import charts, numbers, readings, series
from report.book import indicators, number, reading_at, verdicts
from report.book import readings as readings_of
from report.data.package import altered, load
from report.rule import Reading, limb


def keyed() -> dict:
    return {v.key: round(v.value, 1) for r in readings_of("C16") for v in r.variants if v.key}


def met(claim) -> dict:
    return {r.id: r.met for r in claim() if isinstance(r, Reading)}


# The sentence

def test_wording_is_judged_by_the_edition_of_the_day():
    """Catches an edition that was not current then, and a copy of 2017 taken for the page of today."""
    votes = [r for r in readings_of("C11") if r.limb == "wording"]
    assert [(r.vantage, r.period[0], r.met) for r in votes] == [("then", "2016-02-08", True)]
    later = next(i for i in indicators("C11") if i.id == "c11-later-wording-now")
    assert (later.period[0], later.value, later.unit) == ("2017-05-08", 4, "of 5 terms")


def test_a_dropped_term_turns_the_wording():
    """Catches an edition that passes without one of the quoted terms."""
    with altered("alliance/cfr_wording#2016-02-08", "wording", "most important ally, main source of food"):
        assert not met(readings.c11)["c11-cfr-then"]


def test_the_factbook_has_no_vote_of_its_own():
    """Catches KOTRA's totals voting twice, once as the Factbook's."""
    votes = {r.id: r for r in readings_of("C11") if r.limb == "partner"}
    assert "c11-partner-cia-then" not in votes
    assert [v.met for v in votes["c11-partner-kotra-mou-then"].variants] == [True]


def test_a_minority_of_trade_turns_the_partner():
    """Catches a majority that is not asked of the setting in the data."""
    assert limb("C11.partner").number("majority") == 50
    with altered("limb_settings#C11|partner|majority", "value", "99"):
        assert not any(r.met for r in readings.c11()
                       if getattr(r, "limb", "") == "partner" and r.id != "c11-partner-cow-then")


def test_a_chinese_delivery_turns_the_arms():
    """Catches an arms reading that never looks at China."""
    with altered("alliance/arms_transfers#China|North Korea|1995", "year", 2012):
        assert met(readings.c11)["c11-sipri-then"]


def test_less_aid_from_the_south_turns_the_food():
    """Catches a food reading that does not compare donors."""
    with altered("lifelines/food_aid_interfais#2005|China", "value_kt", 2000):
        assert met(readings.c11)["c11-food-aid-then"]


def test_a_treaty_without_mutual_defence_turns_the_ally():
    """Catches an ally reading that only looks at China's treaty."""
    assert not met(readings.c11)["c11-treaties-now"]
    with altered("alliance/treaties#PRK-RUS|2024-06-19", "mutual_defence", False):
        assert met(readings.c11)["c11-treaties-now"]


def test_a_treaty_counts_until_it_ends():
    """Catches a treaty in force before its day or after its end: Russia's of 2000 was replaced in 2024."""
    rows = {vantage: reading_at(f"c11-treaties-{vantage}").rows for vantage in ("then", "now")}
    assert rows == {"then": ("alliance/treaties#CHN-PRK|1961-07-11", "alliance/treaties#PRK-RUS|2000-02-09"),
                    "now": ("alliance/treaties#CHN-PRK|1961-07-11", "alliance/treaties#PRK-RUS|2024-06-19")}


# Shares of oil

def test_the_shares_that_vote():
    """Catches another year or seller in a vote, or crude left out: gathered 99.3 (2016), 97.5, 80.1."""
    votes = {r.id: (round(r.value, 1), r.met) for r in readings_of("C16")}
    assert votes == {"c16-products-then": (99.3, True), "c16-russia-then": (78.3, False),
                     "c16-reported-now": (97.5, True), "c16-observed-now": (80.1, False)}


def test_reported_shares_equal_the_gathered_ones():
    """Catches periods added that overlap: gathered 39.7 (2018), 43.0 (2019), 28.6 (2020) and 100 (2021)."""
    wanted = {"2018-reported": 39.7, "2019-reported": 43.0, "2020-reported": 28.6, "2021-reported": 100.0}
    assert {key: keyed()[key] for key in wanted} == wanted


def test_shares_with_an_estimate_of_crude_equal_the_gathered_ones():
    """Catches a unit lost between tonnes and barrels: gathered 99.3 (2016) and 80.1 (2024).

    The gathered 93.5 for 2019 took Russia's impossible 277,365 barrels; with its tonnes the share is 94.3.
    """
    assert {key: keyed()[key] for key in ("2016-kostat", "2024-industry", "2019-industry")} == \
        {"2016-kostat": 99.3, "2024-industry": 80.1, "2019-industry": 94.3}


def test_older_shares_of_crude():
    """Catches a change in the circular total: gathered 100, 100 and 79.1.

    For 1999 the gathered 38.8 set KEDO's pledge of 500,000 tonnes against crude; here it is what was
    delivered in an average year.
    """
    older = [round(v.value, 1) for v in reading_at("c16-products-then").variants if v.key is None]
    assert older == [100.0, 79.1, 100.0, 100.0, 44.4]


def test_products_of_2016_hang_on_range_and_conversion():
    """Catches prose that calls the share of recorded products safe: at worst it is under the mark."""
    assert keyed()["2016-floor"] < 85 < keyed()["2016-none"] < reading_at("c16-products-then").value


def test_russian_products_come_from_outside_the_statistics():
    """Catches three years of customs files taken for one, or one port for all: 57 and 66 percent."""
    assert (keyed()["2016-russia"], keyed()["2016-argus"]) == (56.9, 66.4)


def test_a_share_names_the_rows_of_both_sellers_and_of_the_crude():
    """Catches a share that forgets its denominator, or the estimate that was added to it."""
    assert series.supply_with("2023", "kotra").rows == (
        "lifelines/refined_1718#China|2023-01-01|2023-12-31|1",
        "lifelines/crude_oil#China|2017-01-01|2017-12-31|chosun_cap_2017",
        "lifelines/refined_1718#Russia|2023-01-01|2023-12-31|2")
    assert series.supply_with("2023", "kotra").period == ("2023-01-01", "2023-12-31")


def test_more_russian_oil_turns_c16():
    """Catches a reading that does not hang on its rows."""
    with altered("lifelines/refined_1718#Russia|2023-01-01|2023-12-31|2", "barrels", 2_000_000):
        assert not met(readings.c16)["c16-reported-now"]


def test_a_reader_may_choose_every_estimate():
    """Catches a hole in what a reader may choose, and a year in which the estimates no longer matter."""
    options = readings.oil_options()
    assert set(options) == {(year, crude) for year in readings.oil_years() for crude in series.CRUDE}
    assert set(charts.CRUDE_IN_SHORT) == set(series.CRUDE)
    assert [crude for (year, crude), one in options.items() if year == "2023" and not one.met] == ["none"]
    enough = {crude for (year, crude), one in options.items() if year == "2024" and one.met}
    assert enough == {"nautilus", "unnamed"}


def test_every_choice_of_crude_has_its_row():
    """Catches an estimate whose row was renamed."""
    assert all(len(series.crude_flow(choice).rows) == 1 and series.crude_flow(choice) > 3000
               for choice in series.ESTIMATES)


# Consumer goods

def test_c15_shows_what_was_said_and_does_not_vote():
    """Catches a stated share that passes for a measured one, the article's own among them."""
    assert {i.value for i in indicators("C15")} == {80.0, 90.0, 90.3} and not readings_of("C15")
    assert not any(i.origin == "article" for i in indicators("C15"))


# Series and charts

def test_the_blank_of_customs_is_a_gap():
    """Catches the zeros after 2013 drawn as a halt of oil."""
    told = series.crude_by_year()
    blank = told["status"] == "customs blank"
    assert blank.sum() == 3 and told.loc[blank, "thousand_tonnes"].isna().all()


def test_no_doubtful_row_is_used():
    """Catches Russia's impossible barrels in a chart."""
    table = load("lifelines/refined_1718")
    doubtful = set(table.index[table["standing"] != "usable"])
    used = [*series.products_by_year()["value"], *series.computed_shares()["share"]]
    assert doubtful and not any(doubtful & set(one.rows) for one in used)


def test_china_s_part_of_the_food_equals_the_gathered_one():
    """Catches two vintages of output mixed: gathered 13.2 (aid 2001), 9.7 (grain 2011), 1.3 (grain 2016)."""
    found = series.of_output(series.AID, series.GRAIN).set_index(["year", "series"])["share"]
    assert round(float(found[2001, series.AID]), 1) == 13.2
    assert [round(float(found[year, series.GRAIN]), 1) for year in (2011, 2016)] == [9.7, 1.3]


def test_a_part_of_the_harvest_names_the_harvest():
    """Catches a quotient that names its numerator alone, and a sum of two kinds of aid that names one."""
    parts = series.of_output(series.AID_OF_ALL).set_index("year")["share"]
    assert parts[2000].rows == ("lifelines/food_aid_all_donors#2000|cereals",
                                "lifelines/food_aid_all_donors#2000|non-cereals",
                                "lifelines/cereal_output#2000|cereals, rice milled")


def test_empty_februaries():
    """Catches the prose on the empty February of the third test told without the two empty ones before it."""
    empty = load("lifelines/crude_oil").query("period_type == 'month' and status == 'customs' and value == 0")
    february = empty[empty["period_start"].dt.month == 2]["period_start"].dt.year
    assert list(february) == [2011, 2012, 2013]
    assert load("tests/nuclear_tests").query("test == 3")["date"].dt.strftime("%Y-%m").tolist() == ["2013-02"]


def test_ninety_begins_as_the_top_of_a_range():
    """Catches a lost first step of the chain."""
    quotes = series.quoted_shares()
    first = quotes.iloc[0]
    assert (first["date"], first["low"], first["high"]) == ("2006-10-20", 80, 90)
    assert (quotes["high"] == 90).all()


def test_an_uncertain_date_stands_in_the_middle():
    """Catches a year or month drawn at its first day."""
    assert [series.as_year(d) for d in ("2014", "2014-07", "2014-07-15")] == [2014.538] * 3


@pytest.mark.parametrize("name", ["arms", "grain", "ninety", "crude", "products", "choice", "energy"])
def test_titles_hold_on_the_data_as_released(name):
    """Catches a title that the data do not bear out, and a chart without its name."""
    meta = getattr(charts, name)().meta
    assert meta["holds"] and meta["name"] == f"lifelines-{name}"


def test_numbers_of_the_prose():
    """Catches a number of the prose that another selection has crept into; all name their rows."""
    told = numbers.numbers()
    words = {key: str(told[key]) for key in ("c11-last-arms", "c11-later-arms", "c11-partner", "c15-numbers",
                                             "c16-products")}
    assert words == {"c11-last-arms": "1995", "c11-later-arms": "Russia and Kazakhstan",
                     "c11-partner": "4 of 4", "c15-numbers": "80 or 90", "c16-products": "over 90"}
    assert (told["c11-food-south"], told["c11-food-china"]) == (2493, 1712)
    assert number("lifelines", "c11-aid-2005").rows == (
        "lifelines/food_aid_china#2005|year|voa_wfp_2012",
        "lifelines/cereal_output#2005|cereals, rice milled")


def test_parts_of_the_sentence():
    """Catches a part of the quoted sentence that turns unseen behind the mean."""
    by_limb = verdicts("C11")["then"].by_limb
    assert by_limb["arms"] == (0, 1) and by_limb["food"] == (1, 2)
