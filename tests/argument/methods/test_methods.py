"""The book's own results under other choices, recomputed from its ledger alone by a rule written anew."""

import json
from collections import defaultdict
from itertools import product

import pytest

from argument.methods import charts, series
from report.article import article
from report.book import all_readings, numbers
from report.data.sources import sources
from report.ledger import ledger, read_ledger
from report.rule import Word, claims
from report.rule.robustness import each_variant, judged, keys
from report.trace import plain


def test_every_credit_of_the_article_is_mapped():
    """A claim that credits a source and is passed over, or an origin that no reading of the claim has."""
    assert {c.id for c in claims().values() if c.credited_to} == set(article().credited)
    made = defaultdict(set)
    for r in all_readings():
        made[r.claim].add(r.origin)
    assert all(origins & made[id] for id, origins in article().credited.items())


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(ledger()))


def word(claim, vantage, readings, low=1 / 3, high=2 / 3):
    """Return a verdict's word from the entries of ledger.json, without the book's rule."""
    if claim["kind"] == "judgement" or (claim["kind"] == "forecast" and vantage == "then"):
        return None
    limbs = defaultdict(list)
    for r in readings:
        if r["vantage"] == vantage:
            limbs[r["limb"]].append(r["met"])
    if not limbs:
        return Word.UNTESTED
    if claim["kind"] == "motive":
        said = [met for votes in limbs.values() for met in votes]
        return Word.ATTESTED if all(said) else Word.NOT_ATTESTED if not any(said) else "contested"
    share = sum(sum(votes) / len(votes) for votes in limbs.values()) / len(limbs)
    if share in (0, 1) or abs(share - 1) < 1e-9:
        return Word.SUPPORTED if share > 0.5 else Word.CONTRADICTED
    if share > high - 1e-9:
        return Word.MOSTLY_SUPPORTED
    return Word.MOSTLY_CONTRADICTED if share < low + 1e-9 else Word.MIXED


def moved(document, keep=lambda r: True, **cut):
    """Return which words differ when only some readings are kept, or the cuts lie elsewhere."""
    return {(c["id"], v) for c, v in product(document["claims"], ("then", "now"))
            if word(c, v, c["readings"]) != word(c, v, [r for r in c["readings"] if keep(r)], **cut)}


def standing_without(*out):
    return lambda r: all(set(group) - set(out) for group in r["rests_on"])


def test_the_ledger_gives_its_own_verdicts(document):
    """A ledger whose verdicts do not follow from its readings."""
    assert not [(c["id"], v) for c, v in product(document["claims"], ("then", "now"))
                if c["verdict"][v] != word(c, v, c["readings"])]


def test_the_table_is_recomputed_from_the_ledger(document):
    """A table on the Methods page that does not follow from ledger.json and the kinds of the sources."""
    readings = [r for c in document["claims"] for r in c["readings"]]
    used, origins = sorted({s for r in readings for s in r["sources"]}), {r["origin"] for r in readings}
    press = {i for i, s in sources().items() if s.kind == "press"}
    swapped = set()
    for c in document["claims"]:
        for r in c["readings"]:
            for variant in r["variants"]:
                others = [{**o, "met": variant["met"]} if o["id"] == r["id"] else o for o in c["readings"]]
                swapped |= {(c["id"], v) for v in ("then", "now")
                            if word(c, v, others) != word(c, v, c["readings"])}
    expected = {
        "press": moved(document, standing_without(*press)),
        "source": set().union(*(moved(document, standing_without(s)) for s in used)),
        "origin": set().union(*(moved(document, lambda r, o=o: r["origin"] != o) for o in origins)),
        "variant": swapped,
        "wide": moved(document, low=0.25, high=0.75), "narrow": moved(document, low=0.4, high=0.6),
        "later": moved(document, lambda r: not r["later_source"]),
    }
    assert {name: set(keys(found)) for name, found in series.results().items()} == expected
    table = series.summary().set_index("test")
    for name, found in expected.items():
        assert [sum(v == vantage for _, v in found) for vantage in ("then", "now")] == \
            table.loc[name, ["changed_then", "changed_now"]].tolist(), name


def test_read_back_the_ledger_gives_the_same_results(document):
    """Something that the tests need and that ledger.json does not hold."""
    known, readings, rests_on = read_ledger(document)
    assert judged(known, readings).keys() == series.base().keys()
    own = {k: v.word for k, v in series.base().items()}
    assert {k: v.word for k, v in judged(known, readings).items()} == own
    assert {i: set(g) for i, g in rests_on.items()} == {i: set(g) for i, g in series.groups().items()}
    assert keys(each_variant(known, readings)) == keys(series.results()["variant"])


def test_fragile_claims_are_those_that_most_tests_change():
    """A list of fragile claims that is typed, or that leaves one out."""
    hits = series.hits()
    assert set(series.fragile()["claim"]) == set(hits.loc[hits["tests"] >= 4, "claim"])
    still = hits.loc[hits["tests"] == 0, ["claim", "vantage"]]
    assert set(series.unmoved()) == set(still.itertuples(index=False, name=None))


def test_the_grid_shows_each_change_once():
    """A test whose column stays empty in the chart because its name is split or hidden by another column."""
    rows = [row for rows in charts.fragile().spec["datasets"].values() for row in rows if "tests" in row]
    assert len(rows) == len(series.hits())
    assert all(sum(row[test] for test in charts.BRIEF) == row["tests"] for row in rows)


@pytest.mark.parametrize("name", ["summary", "hits", "fragile", "credited", "weighty", "thresholds"])
def test_every_row_of_a_table_has_sources_and_addresses(name):
    """A row of the page that rests on nothing."""
    shown = plain(getattr(series, name)())
    assert len(shown) and shown["source_id"].str.len().all() and shown["row"].str.contains("#").all()


def test_a_changed_verdict_rests_on_its_readings_rows():
    """A row of the table that leaves out what its verdicts rest on."""
    press = series.summary().set_index("test").loc["press", "claims"]
    behind = {row for r in series.concerned(keys(series.results()["press"])) for row in r.rows}
    assert set(press.rows) == behind


def test_sides_are_crossed_in_either_direction_alone_by_verdicts_that_have_one():
    """A verdict that becomes mixed or untested counted as one that changes sides."""
    crossed = [c for found in series.results().values() for c in found if series.crosses(c)]
    assert all({c.before.word.rank > 2, c.after.word.rank > 2} == {True, False} for c in crossed)
    assert all(2 not in (c.before.word.rank, c.after.word.rank) for c in crossed)
    assert numbers("methods")["methods-crossed"] == series.summary()["crossed"].max()
