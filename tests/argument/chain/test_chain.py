"""The page on the chain: loads walked anew from the file, a map that follows the verdicts, judgements whose
indicators exist, and a prose that says what the links say.
"""

import csv
from collections import defaultdict

import pytest

from argument.chain import charts, series
from report.book import indicators, numbers, verdicts
from report.charts.signs import sign_of
from report.data.package import altered, data_folder, load
from report.data.table import DataError
from report.rule import VANTAGES, Kind, claims
from report.rule.links import falls_with, links, premises, weakened_by


@pytest.fixture(scope="module")
def rows():
    with (data_folder() / "argument.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fallen(rows, *start):
    """Return what falls with some statements, by going over all links again until nothing more does."""
    down = set(start)
    while more := {r["from"] for r in rows if r["kind"] == "rests_on" and r["to"] in down} - down:
        down |= more
    return down - set(start)


def test_loads_are_those_walked_anew(rows):
    """A load that is typed, or that takes a link the wrong way round."""
    for id in [*claims(), *premises()]:
        assert set(falls_with(id)) == fallen(rows, id), id
        down = {id} | fallen(rows, id)
        lean = {r["to"] for r in rows if r["kind"] == "supports" and r["from"] in down} - down
        assert set(weakened_by(id)) == lean, id
    drawn = {r["claim"]: r["load"] for r in map_rows() if "load" in r and "claim" in r}
    assert drawn == {id: len(fallen(rows, id)) for id in claims()}


def test_what_the_conclusion_needs_is_what_it_falls_with(rows):
    """A list of grounds that was walked the wrong way."""
    assert set(series.grounds()) == {id for id in claims() if series.CONCLUSION in fallen(rows, id)}


def map_rows():
    return [row for found in charts.chain().spec["datasets"].values() for row in found]


def test_the_map_shows_every_claim_and_link_once():
    """A claim left out, or drawn under another's verdict; a link that is not drawn."""
    marks = {(r["claim"], r["vantage"]): r["sign"] for r in map_rows() if "sign" in r}
    assert marks == {(id, v): sign_of(verdicts(id)[v].word) for id in claims() for v in VANTAGES}
    corners = defaultdict(set)
    for r in map_rows():
        if "corner" in r:
            corners[r["link"]].add((r["corner"], r["depth"], r["place"]))
    assert len(corners) == len(links()) and {len(found) for found in corners.values()} == {4}
    places = list(series.heights().values())
    assert len(set(places)) == len(places) == len(claims()) + len(premises())


def test_a_changed_verdict_changes_the_map():
    """A map whose marks are drawn by hand."""
    before = series.nodes().set_index(["claim", "vantage"])["sign"]
    with altered("claim_limbs#C14|share", "threshold", 99.0):
        after = series.nodes().set_index(["claim", "vantage"])["sign"]
        shown = series.premise_table().set_index("claims")["marks_then"]
    moved = set(before.index[before != after])
    assert moved == {("C14", v) for v in VANTAGES}
    assert (shown != series.premise_table().set_index("claims")["marks_then"]).sum() == 1


def test_a_changed_link_changes_the_loads():
    """A load kept from before."""
    with altered("argument#P3|C19", "kind", "strains"):
        assert "P3" not in falls_with("C19") and "C19" not in series.grounds()


def test_every_judgement_is_graded_by_its_own_indicators():
    """A judgement without grade, or one that names an indicator that nobody computes."""
    table = load("judgements")
    assert set(table["claim"]) == {id for id, one in claims().items() if one.kind is Kind.JUDGEMENT}
    for r in table.to_dict("records"):
        known = {one.id for one in indicators(r["claim"])}
        named = [id for side in ("for", "against") for id in r[side].split(";")]
        assert named and set(named) <= known and len(set(named)) == len(named), r["claim"]


@pytest.mark.parametrize(("column", "value", "message"), [
    ("for", "c18-nothing-then", r"row 2: C18 has no indicator 'c18-nothing-then'; known are c18-"),
    ("against", "c18-trade-share-then", r"'c18-trade-share-then' stands on both sides; keep it on one"),
    ("claim", "C17", r"row 2, column claim: 'C17' is no claim of the kind judgement"),
])
def test_a_faulty_judgement_is_refused(column, value, message):
    """A grade that rests on an indicator of another claim, or of none."""
    with altered("judgements#C18", column, value), pytest.raises(DataError, match=message):
        series.judgements()


def test_a_judgement_without_a_grade_is_refused():
    """A judgement of the article that the page passes over."""
    with altered("judgements#C18", "claim", "C25"), altered("judgements#C18", "for", "c25-acts-now"), \
            altered("judgements#C18", "against", "c25-acts-then"), \
            pytest.raises(DataError, match="claim 'C18' is a judgement and has no row; add it"):
        series.judgements()


def test_the_page_says_what_the_links_say():
    """Sentences on what carries that no longer fit the links: they tell in words what these claims say."""
    found = numbers("chain")
    assert found["chain-needed"] == "C02, C09, C19, C40 and C41"
    assert found["chain-most"] == "C19" and found["chain-figures-carrying"] == "1"
    assert falls_with("C20") == ["C43"]  # the one figure that carries anything
    assert set(falls_with("C42")) == {"C39", "P5"} and series.CONCLUSION not in falls_with("P5")
    assert (falls_with("C18"), falls_with("C31")) == (["P2"], ["P6"])  # of the four judgements
    assert "P3" in falls_with("C19") and "C41" in falls_with("P3")


def test_the_page_says_how_the_premises_stand():
    """The premise called best or weakest that no longer is."""
    ranks = {id: [w.rank for one in series.grounds(id) if (w := series.word(one, "now"))
                  and w.rank is not None] for id in premises()}
    lowest = {id: min(found) for id, found in ranks.items() if found}
    best, weakest = max(lowest, key=lowest.get), min(lowest, key=lowest.get)
    assert (best, weakest) == ("P2", "P5")
    assert list(lowest.values()).count(lowest[best]) == list(lowest.values()).count(lowest[weakest]) == 1
