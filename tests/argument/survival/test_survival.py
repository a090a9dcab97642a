"""C17, C18 and the market windows, against what was gathered and worked out beside the tables."""

import pytest

from report.data.package import load, package
from argument.survival import series as markets
from argument.survival import readings as survival
from argument.survival import frames as survival_frames
from report.book import indicators, readings, verdicts


@pytest.fixture
def changed(monkeypatch):
    """Return a function that changes a cell of a table for one test."""
    def change(table: str, key: str, column: str, value) -> None:
        frame = load(table)
        frame.loc[f"{table}#{key}", column] = value
        monkeypatch.setitem(package()._read, table, frame)
    return change


def test_counts_of_readings_at_each_vantage():
    """Catches a count that appears, vanishes or votes twice."""
    counts = {v: sum(r.vantage == v for r in readings("C17")) for v in ("then", "now")}
    assert counts == {"then": 10, "now": 2} and not readings("C18")


def test_verdicts_as_the_data_stand():
    """Catches a change of data or code that changes a word of the book."""
    firms, survive = verdicts("C17"), verdicts("C18")
    assert firms["then"].phrase == "mixed"
    assert firms["then"].by_limb == {"count": (3, 5), "operating": (1, 4), "employ": (1, 1)}
    assert firms["now"].phrase == "contradicted, untested in part"
    assert survive["then"].word is None and survive["now"].word is None


def test_about_meets_more_than_and_fewer_does_not():
    """Catches the tolerance for rounded counts turned into a miss, or into a hit for a ceiling."""
    found = {r.id: (r.value, r.met) for r in readings("C17") if r.limb == "count"}
    assert found == {"c17-count-thompson-then": (138, False), "c17-count-kotra-then": (200, False),
                     "c17-count-xinhua-then": (200, True), "c17-count-cnn-then": (200, True),
                     "c17-count-us-open-source-center-then": (205, True), "c17-count-kores-now": (33, False)}
    said = {r.origin: r.said for r in readings("C17") if r.said}
    assert said == {"kotra": "fewer than", "xinhua": "about", "cnn": "about"}


def test_a_smaller_count_turns_c17(changed):
    """Catches a reading that does not hang on its row."""
    changed("survival/foreign_firms", "China", "firms", 199)
    assert not {r.id: r.met for r in survival.c17()}["c17-count-us-open-source-center-then"]


WINDOWS = {  # gathered: change of the median of rice, of the dollar, 0 to 180 days and 180 to 360 days after
    "Fourth nuclear test": (-7.1, -3.2, -1.6, -2.6), "Resolution 2270": (-5.4, -1.1, -0.8, -1.9),
    "Fifth nuclear test": (1.6, -1.8, 2.5, -2.1), "Resolution 2321, coal capped": (-4.3, -2.0, 12.1, -1.7),
    "China stops coal": (-4.3, -0.6, -1.0, -1.2), "Resolution 2371, coal and ore banned": (3.5, -0.7, -3.8, -0.2),
    "Sixth nuclear test": (1.0, -0.5, -6.7, 0.0), "Resolution 2397, fuel and machines": (-14.1, -0.6, -15.5, 1.4),
    "Border closed": (-2.5, 0.0, -1.1, -3.7), "Treaty with Russia": (21.2, 88.0, 63.5, 150.3),
}


def test_windows_equal_the_gathered_ones():
    """Catches a survey that falls into another window, and a date that moves."""
    found = markets.changes().set_index(["shock", "item"])[["change", "later_change"]].round(1)
    now = {s: (*found.loc[[(s, "rice"), (s, "US dollar")], "change"],
               *found.loc[[(s, "rice"), (s, "US dollar")], "later_change"])
           for s in WINDOWS}
    assert now == WINDOWS


def test_counts_of_surveys_equal_the_gathered_ones():
    """Catches a window that rests on other surveys: gathered 6 and 4 (August 2017), 11 and 16 (January 2020)."""
    found = markets.changes().query("item == 'rice'").set_index("shock")[["surveys_before", "surveys_after"]]
    assert tuple(found.loc["Resolution 2371, coal and ore banned"]) == (6, 4)
    assert tuple(found.loc["Border closed"]) == (11, 16)


def test_the_placebo_keeps_clear_of_every_shock():
    """Catches a quiet date that lies within half a year of a shock."""
    quiet = markets.placebo("US dollar").index
    assert len(quiet) > 40 and all(abs(d - s) > markets.WINDOW for d in quiet for s in markets.shocks()["date"])


def test_yearly_medians_equal_the_gathered_ones():
    """Catches a mean taken for a median: gathered 8,037.5 (2017), 5,990 (2021), 65,100 (2026) won a dollar."""
    medians = markets.yearly_medians("US dollar").set_index("year")
    assert [medians.loc[y, "median"] for y in (2017, 2021, 2026)] == [8037.5, 5990, 65_100]
    assert [medians.loc[y, "surveys"] for y in (2017, 2021, 2026)] == [10, 27, 20]


def test_output_equals_the_gathered_index():
    """Catches growth chained from the wrong end: gathered 109.4 (1990), 78.5 (1997), 88.5 (2022), 97.9 (2025)."""
    index = markets.growth_index().set_index("year")["index"].round(1)
    assert [index[y] for y in (1990, 1997, 2016, 2022, 2025)] == [109.4, 78.5, 100.0, 88.5, 97.9]


def test_trade_against_income_equals_the_gathered_share():
    """Catches a mixed-up unit: gathered 11.2 (2008), 20.2 (2012) and 21.2 (2013)."""
    assert [round(survival.trade_to_income(y)[0], 1) for y in (2008, 2012, 2013)] == [11.2, 20.2, 21.2]


def test_indicators_of_both_vantages():
    """Catches a dependence that lost its indicator."""
    heads = {v: {i.label.split(":")[0] for i in indicators("C18") if i.vantage == v} for v in ("then", "now")}
    assert {"Trade", "Oil", "Energy", "Food", "Aid", "Markets"} <= heads["then"]
    assert {"Trade", "Oil", "Energy", "Aid", "Markets"} <= heads["now"]


def test_dashboard_holds_five_dependencies():
    """Catches an empty panel and a share beyond 100."""
    frame = survival_frames.dependencies()
    assert set(frame["facet"]) == set(survival_frames.FACETS) and frame["value"].between(0, 100).all()


def test_a_reader_may_choose_every_shock():
    """Catches a hole in what a reader may choose, and a sanction that moved prices beyond a quiet half-year unseen."""
    options = survival.shock_options()
    assert set(options) == {(k, i, w) for k in survival.shock_keys() for i in ("rice", "dollar")
                            for w in ("change", "later")}
    assert {k for (k, _, w), o in options.items() if o.met and w == "change"} == {"202406"}


def test_petrol_trebles_in_the_ministry_s_words():
    """Catches a price made out of a multiple, or units on one line."""
    petrol = survival_frames.petrol_in_2017()
    assert petrol.groupby("series")["unit"].nunique().max() == 1 and len(petrol) == 8
    assert petrol.query("origin == 'rok-mou'")["times"].max() == 3


def test_rival_prices_of_june_2021():
    """Catches the disagreement of compilers lost: rice at 3,900 won by one and 7,000 by another."""
    rice = survival_frames.rival_rice().groupby("compiler")["price"].agg(["min", "max"])
    assert rice.loc["Daily NK", "min"] < 4500 and rice.loc["ASIAPRESS", "max"] >= 7000
