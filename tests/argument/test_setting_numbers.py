"""Numbers and marks that a criterion decides: each must follow it, where it was once typed a second time."""

from argument.alliance import numbers as alliance
from argument.believe import beliefs
from argument.lifelines import numbers as lifelines
from argument.trade import charts as trade_charts
from argument.trade import numbers as trade
from report.book import altered, indicators, reading_at


def test_years_above_the_mark_are_those_of_the_criterion():
    """Years said to pass seventy percent when the criterion asks for another share."""
    with altered("claim_limbs#C14|share", "threshold", 99.0):
        assert trade.numbers()["years-above-70"].value == ""


def test_the_mark_of_the_article_is_that_of_the_criterion():
    """A line drawn at seventy, and at 2014, when the criterion names another share and year."""
    with altered("claim_limbs#C14|share", "threshold", 72.5):
        assert "article: 72.5" in str(trade_charts.which_70().spec)


def test_a_share_of_oil_is_held_against_what_the_article_claims():
    """Products said to lie over ninety percent when the claim's figure is another."""
    with altered("claims#C16", "claimed_value", "99"):
        assert lifelines.numbers()["c16-products"].value == "under 99"


def test_the_last_arms_are_those_of_the_window():
    """A share of arms to 2016 over ten years when the window is three."""
    usual = alliance.numbers()["c06-arms-last"]
    with altered("limb_settings#C06|less-ideology|window", "value", "30"):
        assert alliance.numbers()["c06-arms-last"].value != usual.value


def test_the_oil_reported_is_that_of_the_year_of_the_setting():
    """Shares of 2023 that vote, or stand in another chapter, when the setting names 2019."""
    usual = {id: reading_at(id).value for id in ("c16-reported-now", "c10-oil-reported-now")}
    with altered("limb_settings#C16|share|reported", "value", "2019"):
        assert all(reading_at(id).value != value for id, value in usual.items())
        assert {one.id for one in indicators("C18")} & {"c18-oil-2019-now", "c18-oil-2023-now"} \
            == {"c18-oil-2019-now"}


def test_the_room_of_the_doctrine_is_in_the_order_of_the_setting():
    """A place that counts as less room, or as naming the doctrine, whatever the setting says."""
    ids = ("c04-dprk-constitution-then", "c05-treaty-now", "c06-cpc-charter-now")
    order = "sole guide; one guide of several; named, not the guide; not named"
    usual = [reading_at(id).met for id in ids]
    with altered("limb_settings#C06|less-ideology|places", "value", order):
        assert [reading_at(id).met for id in ids] == [not met for met in usual]


def test_an_explanation_that_was_never_tried_neither_fits_nor_misses():
    """A share made up for an explanation that no episode could try."""
    told = beliefs._told_of
    assert told(0, 0) == told(1, 1) == told(6, 12) == "neither fits nor misses"
    assert told(12, 12) == "fits" and told(0, 12) == "misses"
