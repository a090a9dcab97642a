"""The book's own results under other choices, recomputed from its ledger alone by a rule written anew."""

import json
from collections import Counter, defaultdict
from fnmatch import fnmatchcase as fnmatch
from functools import partial
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from argument.methods import charts, choices, power, series, sources_read
from argument.tests.c26_bond import moves_compared
from argument.thaad.series import ban_effect
from argument.voices.series import column_of
from report.article import article
from report.book import all_readings, altered, book_rule, numbers, verdicts
from report.data.carriers import UNCLASSED, carrier_kind
from report.data.package import load
from report.data.sources import sources
from report.ledger import ledger, read_ledger
from report.data.table import DataError
from report.rule import ReadingError, Word, claims
from report.rule.robustness import each_variant, judged, keys
from report.trace import plain


def test_every_credit_of_the_article_is_mapped():
    """A claim that credits a source and is passed over, or an origin that no reading of the claim has."""
    crediting = {c.id for c in claims().values() if c.credited_to}
    under_test = {c.id for c in claims().values() for part in c.limbs if "under_test" in part.settings}
    assert crediting - under_test == set(article().credited)
    made = defaultdict(set)
    for r in all_readings():
        made[r.claim].add(r.origin)
    assert all(origins & made[id] for id, origins in article().credited.items())


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(ledger()))


def word(claim, vantage, readings, as_of, low=0.35, high=0.65, by_reading=False, lowest=False, cap=True):
    """Return a verdict's word from the entries of ledger.json, without the book's rule."""
    if claim["kind"] == "judgement" or (claim["kind"] == "forecast" and vantage == "then"):
        return None
    here = [r for r in readings if r["vantage"] == vantage]
    if not here:
        return Word.UNTESTED
    newest = max(str(pd.Period(r["period"][1]).end_time.date()) for r in here)
    if vantage == "now" and claim["now_means"] == "present" and newest < f"{int(as_of[:4]) - 5}{as_of[4:]}":
        return Word.UNTESTED
    shares = {}
    for limb in claim["limbs"]:
        units = defaultdict(list)
        for r in here:
            if r["limb"] == limb["name"]:
                units[r["id"] if by_reading else r["votes_as"]].append(r["met"])
        if units:
            shares[limb["name"]] = sum(sum(met) / len(met) for met in units.values()) / len(units)
    share = min(shares.values()) if lowest else sum(shares.values()) / len(shares)
    essential = [limb["name"] for limb in claim["limbs"] if limb["essential"]]
    held = cap and any(shares.get(name, 0) < low + 1e-9 for name in essential)
    rank = (4 if share > 1 - 1e-9 else 0 if share < 1e-9 else 3 if share > high - 1e-9
            else 1 if share < low + 1e-9 else 2)
    rank = 2 if held and rank > 2 else rank
    graded = ["contradicted", "mostly contradicted", "mixed", "mostly supported", "supported"]
    voiced = ["denied", "mostly denied", "contested", "mostly attested", "attested"]
    return (voiced if claim["kind"] == "motive" else graded)[rank]


def moved(document, keep=lambda r: True, **cut):
    """Return which words differ when only some readings are kept, or the cuts lie elsewhere."""
    kept = {c["id"]: [r for r in c["readings"] if keep(r)] for c in document["claims"]}
    return {(c["id"], v) for c, v in product(document["claims"], ("then", "now"))
            if (cut or len(kept[c["id"]]) < len(c["readings"]))
            and c["verdict"][v] != word(c, v, kept[c["id"]], document["as_of"], **cut)}


def standing_without(*out):
    return lambda r: all(set(group) - set(out) for group in r["rests_on"])


def test_the_ledger_gives_its_own_verdicts(document):
    """A ledger whose verdicts do not follow from its readings."""
    assert not [(c["id"], v) for c, v in product(document["claims"], ("then", "now"))
                if c["verdict"][v] != word(c, v, c["readings"], document["as_of"])]


def with_readings(document, change):
    """Return which words differ when each reading is changed, or falls where the change is None."""
    def changed(c):
        return [after for after in map(change, c["readings"]) if after]
    return {(c["id"], v) for c, v in product(document["claims"], ("then", "now"))
            if c["verdict"][v] != word(c, v, changed(c), document["as_of"])}


def defined_throughout(document):
    """Return the verdicts that some definition changes, by ledger.json and the table of definitions."""
    def change(reading, rows):
        for row in rows:
            if fnmatch(reading["id"].rsplit("-", 1)[0], row.reading):
                labels = {v["label"]: v["met"] for v in reading["variants"]}
                taken = [met for label, met in labels.items() if fnmatch(label, str(row.takes))]
                return None if pd.isna(row.takes) else {**reading, "met": taken[0]}
        return reading
    found = set()
    for _, rows in load("definitions").groupby("definition"):
        found |= with_readings(document, partial(change, rows=list(rows.itertuples())))
    return found


OPERATORS = {">": lambda v, t: v > t, ">=": lambda v, t: v >= t, "<": lambda v, t: v < t,
             "within 10 %": lambda v, t: abs(v - t) <= t / 10,
             "within 5 points": lambda v, t: abs(v - t) <= 5}


def asked_otherwise(document):
    """Return the verdicts that some other criterion changes, by ledger.json, or by a book with it set."""
    def change(reading, row):
        if (reading["id"][:3].upper(), reading["limb"]) != (row.claim, row.limb):
            return reading
        threshold = float(row.value) * (reading["threshold"] if row.changed == "times" else 1)
        return {**reading, "met": OPERATORS[row.op](reading["value"], threshold)}
    found = set()
    for row in load("other_criteria").itertuples():
        if row.changed in ("threshold", "times"):
            found |= with_readings(document, partial(change, row=row))
        else:
            with altered(f"limb_settings#{row.claim}|{row.limb}|{row.changed}", "value", row.value):
                after = {v: verdicts(row.claim)[v].word for v in ("then", "now")}
            found |= {(row.claim, v) for v in after if after[v] != verdicts(row.claim)[v].word}
    return found


def test_the_table_is_recomputed_from_the_ledger(document):
    """A table on the Methods page that does not follow from ledger.json and the kinds of the sources."""
    readings = [r for c in document["claims"] for r in c["readings"]]
    used, origins = sorted({s for r in readings for s in r["sources"]}), {r["origin"] for r in readings}
    press = {i for i, s in sources().items() if s.kind == "press"}
    kinds = load("carriers").set_index("carrier")["kind"]
    printed = press | {i for i, s in sources().items() if kinds.get(s.carrier) == "press"}
    swapped = set()
    for c in document["claims"]:
        for r in c["readings"]:
            for variant in r["variants"]:
                others = [{**o, "met": variant["met"]} if o["id"] == r["id"] else o for o in c["readings"]]
                swapped |= {(c["id"], v) for v in ("then", "now")
                            if word(c, v, others, document["as_of"])
                            != word(c, v, c["readings"], document["as_of"])}
    expected = {
        "press": moved(document, standing_without(*press)),
        "printed": moved(document, standing_without(*printed)),
        "source": set().union(*(moved(document, standing_without(s)) for s in used)),
        "origin": set().union(*(moved(document, lambda r, o=o: r["origin"] != o) for o in origins)),
        "variant": swapped,
        "together": defined_throughout(document), "criterion": asked_otherwise(document),
        "wide": moved(document, low=0.25, high=0.75), "narrow": moved(document, low=0.4, high=0.6),
        "readings": moved(document, by_reading=True), "weakest": moved(document, lowest=True),
        "uncapped": moved(document, cap=False),
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
    found = judged(known, readings, book_rule())
    assert {k: v.word for k, v in found.items()} == {k: v.word for k, v in series.base().items()}
    assert {k: v.firmness for k, v in found.items()} == {k: v.firmness for k, v in series.base().items()}
    assert {i: set(g) for i, g in rests_on.items()} == {i: set(g) for i, g in series.groups().items()}
    assert keys(each_variant(known, readings, book_rule())) == keys(series.results()["variant"])


def test_fragile_claims_are_those_that_most_tests_change():
    """A list of fragile claims that is typed, or that leaves one out."""
    hits = series.hits()
    assert set(series.fragile()["claim"]) == set(hits.loc[hits["tests"] >= 5, "claim"])
    still = hits.loc[hits["tests"] == 0, ["claim", "vantage"]]
    assert set(series.unmoved()) == set(still.itertuples(index=False, name=None))


def test_the_grid_shows_each_change_once():
    """A test whose column stays empty in the chart because its name is split or hidden by another column."""
    rows = [row for rows in charts.fragile().spec["datasets"].values() for row in rows if "tests" in row]
    assert len(rows) == len(series.hits())
    assert all(sum(row[test] for test in charts.BRIEF) == row["tests"] for row in rows)


@pytest.mark.parametrize("name", ["summary", "hits", "fragile", "credited", "weighty", "thresholds",
                                  "criteria_that_move", "definitions_throughout"])
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


def test_codes_that_were_settled_are_those_of_the_tables():
    """A disagreement settled one way and the table left the other."""
    rows, votes = load("second_coding"), defaultdict(dict)
    for r in all_readings():
        votes[f"{r.claim}.{r.limb}"][" & ".join(r.rows)] = "met" if r.met else "not met"
    statements = load("voices/statements")
    for r in rows.itertuples():
        stands = r.first if pd.isna(r.settled) else r.settled
        if r.first in ("met", "not met"):
            assert votes[r.limb][r.coded_rows] == stands, r.limb
        else:
            assert statements.loc[r.coded_rows, column_of(r.limb)] == stands, (r.limb, r.coded_rows)


def test_a_coding_of_no_limb_or_row_is_refused():
    row = load("second_coding").index[0]
    with altered(row, "limb", "C01.mesage"), pytest.raises(DataError, match="row 2, column limb: 'C01"):
        series.second_coding()
    agreed = load("second_coding").query("settled.isna()").index[0]
    with altered(agreed, "second", "neither"), pytest.raises(DataError, match="settled: the two codes"):
        series.second_coding()
    row = load("second_coding").dropna(subset="settled").index[0]
    with altered(row, "coded_rows", "message/munich_message#nobody"), pytest.raises(
            DataError, match="column coded_rows: no row has the address 'message/munich_message#nobody'"):
        series.disagreements()


def test_every_carrier_has_a_kind_and_none_is_left_over():
    """A new carrier that no row of data/carriers.csv classes, or a row of one that no source has."""
    assert [s.carrier for s in sources().values() if carrier_kind(s) == UNCLASSED] == []
    assert set(load("carriers")["carrier"]) <= {s.carrier for s in sources().values()}


def each_reading(document):
    """Yield each reading with its claim and vantage."""
    return ((c, r, r["vantage"]) for c in document["claims"] for r in c["readings"])


def test_shares_of_how_sources_were_read(document):
    """A share of another set than it says: recounted from ledger.json and the register."""
    shown = sources_read.shares().set_index("set")
    used = {s for c in document["claims"] for r in c["readings"] for s in r["sources"]}
    for name, ids in (("register", set(sources())), ("readings", used)):
        ways = Counter(sources()[i].read_as for i in ids)
        assert shown.loc[name, "sources"].value == len(ids)
        assert shown.loc[name, "excerpt"].value == pytest.approx(100 * ways["excerpt"] / len(ids))
    hanging = {r["id"] for c, r, v in each_reading(document)
               if word(c, v, [o for o in c["readings"] if o is not r], document["as_of"]) != c["verdict"][v]}
    assert {r.id for r in sources_read.decisive()} == hanging


def test_recoding_one_reading(document):
    """A count of recoded words that leaves a reading or a vantage out."""
    found = {(c["id"], v, r["id"]) for c, r, v in each_reading(document)
             if word(c, v, [{**o, "met": o["met"] != (o is r)} for o in c["readings"]], document["as_of"])
             != c["verdict"][v]}
    assert {(*c.key, c.choice) for c in sources_read.recoded()} == found
    assert numbers("methods")["methods-recoding"].value == len({id for _, _, id in found})


@pytest.mark.parametrize(("address", "column", "value", "says"), [
    ("other_criteria#C14|share|threshold|65", "limb", "portion", "has no limb 'portion'"),
    ("other_criteria#C09|instrument|base|2012", "value", "2006; 2009-2012", "no setting 'base' with another"),
    ("other_criteria#C03|indicator|threshold|90", "changed", "times", "no threshold of its own"),
])
def test_a_criterion_that_names_nothing_stops_the_book(address, column, value, says):
    """A row of other criteria that outlived what it is about, and is passed over."""
    with altered(address, column, value), pytest.raises((DataError, ReadingError), match=says):
        choices.changed_by(address)


def test_a_definition_that_names_nothing_stops_the_book():
    """A row of definitions whose variant is no longer called so, and which is passed over."""
    with (altered("definitions#korea-in|c14-cow", "takes", "*with Mars"),
          pytest.raises(DataError, match="c14-cow-then has 0 variants")):
        choices.definitions()


def test_a_definition_of_two_names_and_a_criterion_without_number_are_refused():
    """Of two names the last is shown; a word in the place of a number ends in a traceback."""
    with (altered("definitions#korea-in|c14-cow", "label", "Mars"),
          pytest.raises(DataError, match=r"row \d+, column label: 'korea-in' is called 'Trade")):
        choices.definitions()
    row = load("other_criteria").query("changed == 'threshold'").index[0]
    with altered(row, "value", "eighty"), pytest.raises(DataError, match="column value: 'eighty' is no num"):
        choices.changed_by(row)


def test_every_verdict_that_moved_says_why():
    """A word that changed since an edition in silence, or a reason given for one that did not."""
    rows = load("earlier_verdicts")
    told = {(r.claim, r.vantage): (r.word, pd.notna(r.why_moved)) for r in rows.itertuples()}
    first = {id for id, _ in told}  # a claim that came later has no word of the first edition
    judged = {key: verdict for key, verdict in series.base().items() if key[0] in first}
    assert set(told) == set(judged)
    assert all((verdict.word != told[key][0]) == told[key][1] for key, verdict in judged.items())


def test_agreement_is_more_than_a_share():
    """Alpha taken for the share of codes alike: by chance alone most would be."""
    found = series.second_coding().set_index("scale")
    for _, row in found.iterrows():
        assert 0 < row["alpha"].value < row["agreed"].value / row["coded"].value < 1


def test_what_a_window_could_have_seen():
    """A power that is typed, or taken of the wrong tail: dealt anew for votes on human rights."""
    moves = moves_compared().query("indicator == 'General Assembly, votes on human rights'")
    every, tests = [float(m) for m in moves["move"]], int((moves["kind"] == "test").sum())
    dealt = sorted(sum(c) / tests - (sum(every) - sum(c)) / (len(every) - tests)
                   for c in combinations(every, tests))
    bar = np.percentile(dealt, 2.5)
    shown = power.windows().set_index("label").loc["General Assembly, votes on human rights"]
    assert shown["chance"].value == pytest.approx(100 * sum(d - 5 < bar for d in dealt) / len(dealt))
    seen = shown["seen"].value
    assert sum(d + seen < bar for d in dealt) / len(dealt) == pytest.approx(0.8, abs=0.01)


def test_tourists_by_the_books_own_base_are_the_chapters():
    """A table of bases whose own row is another estimate than the chapter's."""
    rows = power.tourists().set_index("name")
    assert rows.loc["order-2014", "percent"].value == pytest.approx(numbers("thaad")["did-order"].value)
    assert rows.loc["then-2014", "low"].value == pytest.approx(numbers("thaad")["did-decision-low"].value)
    found = ban_effect(spell="then")
    assert found.smallest_seen == rows.loc["then-2014", "seen"].value
    log_fall = np.log1p(found.smallest_seen / 100)
    assert sum(log_fall + p < found.placebos.min() for p in found.placebos) >= 0.75 * len(found.placebos)


def test_a_source_looked_up_again_is_a_decisive_one_or_says_why():
    """A second look at a source on which no reading rests."""
    used = {s for r in all_readings() for s in r.sources}
    assert set(load("second_looks")["source_id"]) <= used | {"globe_print_2016"}
    assert (load("second_looks")["url"].isna() == (load("second_looks")["found"] == "nothing")).all()
