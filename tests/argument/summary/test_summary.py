"""The cover figure and its counts: every claim once at each vantage, the same counts as the ledger gives."""

import pytest

from argument.summary import charts, series
from report.article import article
from report.book import numbers, verdicts
from report.charts.signs import sign_of
from report.rule import VANTAGES, Kind, Side, claims

GOOD = {"supported", "mostly supported", "attested", "mostly attested"}
BAD = {"contradicted", "mostly contradicted", "denied", "mostly denied"}


def test_every_claim_has_its_own_place_at_each_vantage():
    """Catches two marks drawn over one another, and a claim left out."""
    cells = series.cells()
    assert set(zip(cells["claim"], cells["vantage"], strict=True)) == {
        (id, series.head(v)) for id in claims() for v in VANTAGES}
    assert not cells.duplicated(["section", "place", "vantage"]).any()


def test_sections_are_the_articles():
    """Catches a second table of the article's sections."""
    assert set(series.cells()["section"]) == {f"{n} {title}" for n, title in article().sections.items()}


@pytest.mark.parametrize("vantage", VANTAGES)
def test_counts_of_sides_are_those_of_the_words(vantage):
    """Catches a word counted on the wrong side, or a claim counted twice."""
    words = [str(verdicts(id)[vantage].word) for id in claims()]
    counted = series.sides(vantage)
    assert counted.total() == len(claims())
    assert counted[Side.SUPPORT] == sum(w in GOOD for w in words)
    assert counted[Side.CONTRADICTION] == sum(w in BAD for w in words)
    assert counted[Side.MIXED] == sum(w in ("mixed", "contested") for w in words)


def test_the_figure_draws_every_claim_by_its_verdict_once():
    """Catches a claim under another's sign, two marks in one place, and a line too long for its block."""
    rows = [row for rows in charts.scorecard().spec["datasets"].values() for row in rows if "claim" in row]
    assert {(row["claim"], row["head"]) for row in rows} == {
        (id, head) for id in claims() for head in charts.heads()}
    signs = {(id, head): sign_of(verdicts(id)[v].word) for id in claims()
             for v, head in zip(VANTAGES, charts.heads(), strict=True)}
    assert all(row["sign"] == signs[row["claim"], row["head"]] for row in rows)
    places = {(row["head"], row["column"], row["line"]) for row in rows}
    assert len(places) == len(rows) and all(row["column"] < charts.ABREAST for row in rows)


def test_the_sentence_on_motives_counts_motives_that_fail():
    """Catches a count over all claims, or a verb that does not fit it."""
    motives = [id for id, one in claims().items() if one.kind is Kind.MOTIVE]
    failing = sum(any(str(verdicts(id)[v].word) in BAD for v in VANTAGES) for id in motives)
    told = numbers("summary")["summary-motives-fail"]
    assert told == {0: "none is", 1: "1 is"}.get(failing, f"{failing} are")
    assert set(told.rows) == {f"claims#{id}" for id in motives}
