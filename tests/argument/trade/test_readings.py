"""C12 to C14 and the series behind them, against what was gathered and worked out
by hand beside the tables.
"""

import pytest

from report.rule import claim, verdict_of
from report.data.package import altered
from argument.trade import readings as trade
from argument.trade import series as trade_series
from report.book import readings


def by_id(id: str) -> dict:
    return {r.id: r for r in readings(id)}


def test_values_of_c12():
    """Catches another print of a figure taking the place of the one that the book names."""
    values = {r.id[len("c12-"):-len("-then")]: (r.value, r.met) for r in readings("C12")
              if r.vantage == "then"}
    wanted = {"gacc-2000": (488.05, True), "cow-2000": (653.0, False), "kotra-2014": (6860.0, True),
              "gacc-2014": (6363.63, True), "cow-2014": (6728.0, True)}
    assert values.items() >= wanted.items()


def test_customs_and_kotra_are_one_vote_for_2000():
    """Catches KOTRA voting with a figure that it took from Chinese customs."""
    votes = [r.origin for r in readings("C12") if r.limb == "year-2000" and r.vantage == "then"]
    kotra = by_id("C12")["c12-gacc-2000-then"].variants[0]
    assert votes == ["gacc", "cow"] and (kotra.key, kotra.value) == ("kotra", 488.04)


def test_shares_of_c14_equal_the_gathered_ones():
    """Catches a wrong denominator: gathered 90.1 (printed), 68.9 and 79.3 (worked out there)."""
    values = {r.origin: round(r.value, 1) for r in readings("C14")}
    assert values.items() >= {"kotra": 90.1, "kotra+mou": 68.9, "cow": 79.3}.items()


def test_variants_of_c14_equal_the_gathered_ones():
    """Catches a slip in the oil or the South.

    The gathered 89.5 and 67.3 took customs for KOTRA less its oil; to one digit that is the same.
    """
    values = {w.key: (round(w.value, 1), w.met) for r in readings("C14") for w in r.variants
              if r.vantage == "then"}
    wanted = {"kotra-without-in-computed": (90.1, True), "kotra-without-in-reprint": (90.2, True),
              "kotra-without-out": (89.5, True), "kotra-with-in-published": (68.9, False),
              "kotra-with-out": (67.3, False), "cia-with-in": (68.6, False),
              "cow-without-out-national": (82.4, True), "cow-with-out": (62.1, False)}
    assert values.items() >= wanted.items()


def test_only_the_south_decides_c14():
    """Catches a choice that lacks a combination, and a South that no longer turns the
    answer in every one of them.
    """
    options = trade.share_options()
    keys = [tuple(d) for d in trade.SHARE_CHOICE.values()]
    assert set(options) == {(a, b, c) for a in keys[0] for b in keys[1] for c in keys[2]}
    assert all(o.met == (south == "without") for (_, south, _), o in options.items())


def test_rise_by_base_year_equals_the_gathered_multiples():
    """Catches a wrong deflator: gathered 14.06 and 10.22 (2000), 7.63 and 4.65 (1993), all to 2014."""
    options = trade.growth_options()
    wanted = {("2000", "nominal"): 14.06, ("2000", "real"): 10.22, ("1993", "nominal"): 7.63,
              ("1993", "real"): 4.65}
    assert {k: round(options[(*k, "2014")].value, 2) for k in wanted} == wanted


def test_growth_is_offered_for_every_choice():
    """Catches a hole in what a reader may choose."""
    assert set(trade.growth_options()) == {(str(b), p, str(e)) for b in range(1993, 2014)
                                           for p in ("nominal", "real")
                                           for e in (2014, 2016, 2024)}
    assert all(type(o.value) is float for o in trade.growth_options().values())


def test_variants_of_c13_have_their_own_keys():
    """Catches two variants under one key, which a reader could not tell apart."""
    for r in (r for r in readings("C13") if r.limb == "rose"):
        keys = [w.key for w in r.variants]
        assert len(set(keys)) == len(keys) and "2000-nominal" not in keys and "2000-real" in keys


def test_then_uses_nothing_after_the_article():
    """Catches a year that was not over when the article appeared, and KOTRA's later print not marked so."""
    then = [r for id in ("C12", "C13", "C14") for r in readings(id) if r.vantage == "then"]
    assert max(r.period[1] for r in then) == "2016"
    assert {r.id for r in then if r.later_source} >= {"c13-kotra-then", "c13-rising-kotra-then"}


def test_still_rising_is_held_against_the_ten_years_before():
    """Catches a trough as the yardstick, from which every later year is a rise."""
    read = {r.id: r for r in readings("C13") if r.limb == "rising"}
    assert read["c13-rising-kotra-now"].label.endswith("the mean of 2014 to 2023")
    assert not read["c13-rising-kotra-now"].met and read["c13-rising-kotra-then"].met


def test_a_smaller_figure_flips_the_reading():
    """Catches readings that do not depend on the data: KOTRA's 6.86 billion becomes 5.86."""
    with altered("trade/china_trade#2014|total|kotra_2014_ajunews", "value", 5860.0):
        votes = readings("C12")
        assert not next(r for r in votes if r.id == "c12-kotra-2014-then").met
        assert verdict_of(claim("C12"), votes, "then").met == 3
    assert verdict_of(claim("C12"), readings("C12"), "then").met == 4


def test_larger_trade_with_the_south_lowers_the_share():
    """Catches a share with the South that forgets it."""
    with altered("trade/interkorean#2014|total|mou_whitepaper_2015", "value", 2 * 2342.64):
        share = by_id("C14")["c14-kotra-mou-then"].value
    assert share == pytest.approx(100 * 6860 / (7610 + 2 * 2342.64))


def test_growth_undone_gives_the_gathered_totals():
    """Catches growth undone in the wrong direction, for KOTRA 2021, customs 2024 and
    KOTRA's world total of 1997.
    """
    made = {("kotra", 2021): trade_series.china_trade("kotra"),
            ("gacc", 2024): trade_series.china_trade("gacc"),
            ("all", 1997): trade_series.world_trade("kotra")}
    values = {k: (round(float(f.loc[k[1], "value"]), 1), f.loc[k[1], "how"]) for k, f in made.items()}
    assert values == {("kotra", 2021): (681.7, "from printed growth"),
                      ("gacc", 2024): (2177.0, "from printed growth"),
                      ("all", 1997): (2175.0, "from printed growth")}


HEADLINE = {1993: 899.64, 1999: 369.7, 2005: 1580.34, 2008: 2780.0, 2011: 5630.0, 2013: 6540.0, 2015: 5710.0,
            2016: 6056.0, 2018: 2720.0, 2019: 3090.0, 2020: 760.8, 2022: 1532.49, 2023: 2721.1, 2024: 2640.87}
HEADLINE_REAL = {1993: 1953.6, 2000: 889.1, 2008: 4050.5, 2014: 9090.2, 2016: 7915.2, 2019: 3791.4}


def test_kotra_series_equals_the_gathered_headline():
    """Catches a preferred print that is not the one gathered as the headline."""
    series = trade_series.china_trade("kotra")["value"]
    assert {y: series[y] for y in HEADLINE} == HEADLINE


def test_real_values_equal_the_gathered_ones():
    """Catches another deflator; the gathered factors had four digits, so one part in
    ten thousand may differ.
    """
    series = trade_series.china_trade("kotra")["value"]
    real = {y: float(trade_series.in_dollars_of(series[y], y, 2024)) for y in HEADLINE_REAL}
    assert real == pytest.approx(HEADLINE_REAL, rel=1e-4)

