"""C17, C18 and the market windows, against what was gathered and worked out beside the tables."""

import pandas as pd
import pytest

from argument.survival import charts, numbers, readings, series
from report.book import indicators, reading_at, verdicts
from report.book import readings as readings_of
from report.data.package import altered, load
from report.data.table import DataError
from report.rule import limb
from report.trace import Measure


# Firms

def test_about_meets_more_than_and_fewer_does_not():
    """Catches the tolerance for rounded counts turned into a miss, or into a hit for a ceiling."""
    found = {r.id: (r.value, r.met) for r in readings_of("C17") if r.limb == "count"}
    assert found == {"c17-count-thompson-then": (138, False), "c17-count-kotra-then": (200, False),
                     "c17-count-xinhua-then": (200, True), "c17-count-cnn-then": (200, True),
                     "c17-count-us-open-source-center-then": (205, True), "c17-count-kores-now": (33, False)}
    said = {r.origin: r.said for r in readings_of("C17") if r.said}
    assert said == {"kotra": "fewer than", "xinhua": "about", "cnn": "about"}


def test_a_smaller_count_turns_c17():
    """Catches a reading that does not hang on its row."""
    with altered("survival/foreign_firms#China", "firms", 199):
        assert not reading_at("c17-count-us-open-source-center-then").met


def test_a_longer_window_lets_older_counts_speak():
    """Catches a window of years that is not asked of the setting in the data."""
    with altered("limb_settings#C17|count|window", "value", "11"):
        assert "c17-count-prc-embassy-then" in {r.id for r in readings_of("C17")}
    assert "c17-count-prc-embassy-then" not in {r.id for r in readings_of("C17")}


def test_only_a_coding_says_what_operates():
    """Catches a count whose source does not say whether the firms still work, but which votes on it."""
    votes = {r.origin: r.met for r in readings_of("C17") if r.limb == "operating"}
    assert votes == {"thompson": False, "xinhua": False, "cnn": True, "us-open-source-center": False,
                     "kores": False}
    counted = set(series.counts_of_firms()["counted"])
    coding = limb("C17.operating")
    assert {one for name in coding.settings for one in coding.setting(name).split("; ")} <= counted


def test_an_account_of_employment_is_coded_in_its_row():
    """Catches a limb that is met because it was typed so: accounts that do not say it have no vote."""
    assert [(r.id, r.met) for r in readings_of("C17") if r.limb == "employ"] == \
        [("c17-employ-dailynk-2010-saebyol-then", True)]
    with altered("survival/employ_readings#dailynk_2010_saebyol", "employs_in_the_north", "elsewhere"):
        assert not [r for r in readings_of("C17") if r.limb == "employ"]


def test_a_share_of_firms_names_its_row():
    """Catches a count that is worked out, 40 percent of about 300, and loses where it came from."""
    counts = series.counts_of_firms()["count"]
    row = "trade/chinese_firms#2004-12-31|tokyo_2005_dailynk"
    assert (counts[row], counts[row].rows) == (120, (row,))


# Markets

GATHERED = {  # change of the median of rice, of the dollar, 0 to 180 days and 180 to 360 days after
    "Fourth nuclear test": (-7.1, -3.2, -1.6, -2.6), "Resolution 2270": (-5.4, -1.1, -0.8, -1.9),
    "Fifth nuclear test": (1.6, -1.8, 2.5, -2.1), "Resolution 2321, coal capped": (-4.3, -2.0, 12.1, -1.7),
    "China stops coal": (-4.3, -0.6, -1.0, -1.2),
    "Resolution 2371, coal and ore banned": (3.5, -0.7, -3.8, -0.2),
    "Sixth nuclear test": (1.0, -0.5, -6.7, 0.0),
    "Resolution 2397, fuel and machines": (-14.1, -0.6, -15.5, 1.4),
    "Border closed": (-2.5, 0.0, -1.1, -3.7), "Treaty with Russia": (21.2, 88.0, 63.5, 150.3),
}


def test_windows_equal_the_gathered_ones():
    """Catches a survey that falls into another window, and a date that moves."""
    found = series.changes().set_index(["shock", "window", "item"])["change"].astype(float).round(1)
    assert {shock: tuple(found[shock, which, item] for which in series.WINDOWS for item in series.ITEMS)
            for shock in GATHERED} == GATHERED


def test_a_change_names_the_surveys_of_both_its_windows():
    """Catches a later change that rests on the surveys of the half-year between, and an unnamed shock."""
    changes = series.changes().set_index(["shock", "item", "window"])["change"]
    changed = changes["Border closed", "rice", "later_change"]
    days = pd.to_datetime([row[len("survival/pyongyang_prices#"):][:10] for row in changed.rows[:-1]])
    shut = pd.Timestamp("2020-01-22")
    after = days[days >= shut]
    assert changed.rows[-1] == "lifelines/events#2020-01-22"
    assert days.min() >= shut - series.half_year() and after.min() >= shut + series.half_year()


def test_counts_of_surveys_equal_the_gathered_ones():
    """Catches a window that rests on other surveys: gathered 6 and 4 (2017), 11 and 16 (2020)."""
    rice = series.changes().query("item == 'rice'").drop_duplicates("shock").set_index("shock")
    counts = rice[["surveys_before", "surveys_after"]].astype(int)
    assert tuple(counts.loc["Resolution 2371, coal and ore banned"]) == (6, 4)
    assert tuple(counts.loc["Border closed"]) == (11, 16)


def test_the_placebo_keeps_clear_of_every_shock():
    """Catches a quiet date that lies within half a year of a shock."""
    quiet = series.placebo("US dollar").index
    assert len(quiet) > 40
    assert all(abs(day - shock.date) > series.half_year() for day in quiet for shock in series.shocks())


def test_a_shock_is_seen_once_its_half_year_was_over():
    """Catches an event of before the article whose half-year reaches past it, told as known then."""
    indicated = {shock.name.split(",")[0]: shock.vantage for shock in series.shocks() if shock.indicated}
    assert indicated == {"Resolution 2270": "then", "Resolution 2371": "now", "Resolution 2397": "now",
                         "Border closed": "now", "Treaty with Russia": "now"}
    assert next(shock for shock in series.shocks() if shock.brief == "2321").vantage == "now"


def test_a_datum_moves_windows_and_output():
    """Catches measures that are kept when the data change, and that stay changed afterwards."""
    ids = ("c18-dollar-2020-01-now", "c18-output-low-now")
    before = [reading_at(id).value for id in ids]
    cheapest = series.window("US dollar", pd.Timestamp("2020-01-22"), 0)["price"].astype(float).idxmin()
    with altered(cheapest, "price", 80_000.0), altered("survival/growth_bok#2017", "real_growth_pct", -20.0):
        after = [reading_at(id).value for id in ids]
    assert after[0] > before[0] and after[1] < before[1]
    assert [reading_at(id).value for id in ids] == before


def test_yearly_medians_equal_the_gathered_ones():
    """Catches a mean taken for a median: gathered 8,037.5 (2017), 5,990 (2021), 65,100 (2026) won."""
    medians = series.yearly_medians("US dollar")
    assert [medians[year] for year in (2017, 2021, 2026)] == [8037.5, 5990, 65_100]
    assert [len(medians[year].rows) for year in (2017, 2021, 2026)] == [10, 27, 20]


def test_an_index_names_its_base_year():
    """Catches an index that forgets what it was divided by: the base year's row, or its surveys."""
    trade = series.trade_index().set_index("year")["index"]
    assert set(series.china_trade("kotra").loc[2016, "value"].rows) <= set(trade[2021].rows)
    survey = series.price_index().query("series == 'Rice'").iloc[-1]["index"]
    in_2016 = load("survival/pyongyang_prices").query("item == 'rice' and date.dt.year == 2016").index
    assert len(in_2016) == 13 and set(in_2016) <= set(survey.rows)


# Dependence and output

def test_output_equals_the_gathered_index():
    """Catches growth chained from the wrong end: gathered 109.4 (1990), 78.5 (1997), 88.5 (2022)."""
    index = series.growth_index().astype(float).round(1)
    assert [index[year] for year in (1990, 1997, 2016, 2022, 2025)] == [109.4, 78.5, 100.0, 88.5, 97.9]


def test_trade_against_income_equals_the_gathered_share():
    """Catches a mixed-up unit: gathered 11.2 (2008), 20.2 (2012) and 21.2 (2013)."""
    shares = [series.trade_to_income(year) for year in (2008, 2012, 2013)]
    assert [round(float(share), 1) for share in shares] == [11.2, 20.2, 21.2]
    assert {row.split("#")[0] for row in shares[0].rows} == {"trade/china_trade", "survival/growth_bok",
                                                             "survival/krw_per_dollar"}


def test_indicators_of_both_vantages():
    """Catches a dependence that lost its indicator, and a judgement that got a verdict."""
    heads = {v: {i.label.split(":")[0] for i in indicators("C18") if i.vantage == v} for v in ("then", "now")}
    assert {"Trade", "Oil", "Energy", "Food", "Aid", "Markets"} <= heads["then"]
    assert {"Trade", "Oil", "Energy", "Aid", "Markets"} <= heads["now"]
    assert not readings_of("C18") and verdicts("C18")["now"].word is None


def test_a_donor_that_gave_nothing_has_a_share_of_nothing():
    """Catches a year without China that drops out, or a nothing that rests on no rows."""
    share = reading_at("c18-aid-share-now")
    assert share.value == 0 and all(row.endswith("|Total") for row in share.rows)


def test_dashboard_holds_five_dependencies():
    """Catches an empty panel and a share beyond 100."""
    frame = series.dependencies()
    assert set(frame["facet"]) == set(charts.FACETS)
    assert frame["value"].astype(float).between(0, 100).all()


# Choices, charts and numbers

def test_a_reader_may_choose_every_shock():
    """Catches a hole in what a reader may choose, and a sanction that moved prices unseen."""
    options = readings.shock_options()
    assert set(options) == {(key, item, which) for key in readings.shock_keys() for item in ("rice", "dollar")
                            for which in ("change", "later")}
    assert {key for (key, _, which), one in options.items() if one.met and which == "change"} == {"202406"}


def test_petrol_trebles_in_the_ministry_s_words():
    """Catches a price made out of a multiple, units on one line, and a forgotten first price."""
    petrol = series.petrol_in_2017()
    assert petrol.groupby("origin")["unit"].nunique().max() == 1 and len(petrol) == 8
    printed = petrol[petrol["origin"] == "rok-mou"]["times"]
    assert printed.max() == 3 and len(printed.iloc[-1].rows) == 1
    assert petrol[petrol["origin"] == "dailynk"]["times"].iloc[-1].rows[1:] == (
        "survival/fuel_prices#2017-04-21|day|average of Pyongyang, Sinuiju, Hyesan|petrol",)


def test_rival_prices_of_june_2021():
    """Catches the disagreement of compilers lost: rice at 3,900 won by one and 7,000 by another."""
    rice = series.rival_rice().groupby("compiler")["price"].agg(["min", "max"])
    assert rice.loc["Daily NK", "min"] < 4500 and rice.loc["ASIAPRESS", "max"] >= 7000


@pytest.mark.parametrize("name", ["firms", "dependencies", "prices", "windows", "petrol", "output"])
def test_titles_hold_on_the_data_as_released(name):
    """Catches a title that the data do not bear out, and a chart without its name."""
    meta = getattr(charts, name)().meta
    assert meta["holds"] and meta["name"] == f"survival-{name}"


def test_numbers_of_the_prose():
    """Catches a number of the prose that another selection has crept into."""
    every = numbers.numbers()
    told = {key: round(float(one), 1) for key, one in every.items() if isinstance(one, Measure)}
    assert every["c17-older"] == "contradicted"
    assert (told["c17-all"], told["c17-kores-of"], told["c18-fewest"], told["c18-most"]) == (351, 38, 4, 16)
    assert (told["c18-won-2019"], told["c18-won-2021"], told["c18-trade-fall"]) == (8025, 5990, 88.7)


def test_shocks_and_windows_are_data():
    """Catches an event or a window typed in code, and an event that no row dates."""
    with altered("survival/shocks#border", "indicated", False):
        assert not any("2020-01" in one.id for one in indicators("C18"))
    with altered("claim_settings#C18|half_year", "value", "90"):
        assert series.half_year().days == 90
    with altered("survival/shocks#border", "dated_by", "lifelines/events#2020-01-23"), \
            pytest.raises(DataError, match=r"shocks.csv, row 10, column dated_by: no row is called"):
        series.shocks()
