"""The rule as the package applies it against the rule as the page's script does: random rules over the book's
ledger and over made-up ones, both driven by Hypothesis, the script in a browser.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from report.ledger import ground, ledger
from report.rule import VANTAGES, Kind, NowMeans, Operator, Verdict, VoteUnit
from report.rule.choices import choices
from report.rule.own import Ground, OwnRule, judged_under, of_address

SCRIPT = Path(__file__).parents[2] / "report/sphinx/theme/static/judge.js"
ON_THE_BOOK, ON_MADE_UP = 1000, 1200  # cases: a rule and a ledger
AT_ONCE = 5  # rules that one example asks of one ledger, since drawing and sending a ledger takes longest
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
JUDGE = """([ledger, queries]) => {
  const told = ledger ? { ...ledger, rule: window.rule } : window.book;
  return queries.map((query) => {
    const { chosen, ignored } = reportRule.read(told, query);
    const found = reportRule.judge(told, chosen);
    return [found, reportRule.write(told, chosen), ignored];
  });
}"""


@cache
def book() -> tuple[dict, Ground]:
    document = json.loads(json.dumps(ledger()))
    return document, ground(document)


@pytest.fixture(scope="module")
def script(browser):
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    page.evaluate("([book, rule]) => Object.assign(window, { book, rule })", [book()[0], made_up_rule()])
    yield page
    page.close()


# Rules ------------------------------------------------------------------------------------------------------

def value_of(one: dict, known: Ground) -> st.SearchStrategy[str]:
    """Return texts that an address may hold for a choice: most of them mean something, some do not."""
    if one["kind"] == "one":
        options = [o["value"] for o in one["options"]]
        if "of" in one:
            options += known.members(one["of"])
        return st.sampled_from([*options, *options, "nonsense"])
    if one["kind"] == "number":
        numbers = st.decimals(one["least"], one["most"], places=2).map(str)
        return st.one_of(numbers, numbers, st.sampled_from(["1e3", "NaN", "-99999", "", "0.1234567"]))
    members = list(known.members(one["of"])) or ["nobody"]
    if one["kind"] == "several":
        return st.lists(st.sampled_from([*members, "nobody"]), max_size=5).map(",".join)
    number = st.one_of(st.integers(0, 3).map(str), st.decimals(-100, 100, places=2).map(str))
    return st.lists(st.tuples(st.sampled_from(members), number).map(":".join), max_size=3).map(",".join)


def addresses(known: Ground) -> st.SearchStrategy[str]:
    """Return addresses of rules: some choices made, in any order, and now and then an unknown one."""
    parts = [value_of(one, known).map(lambda text, name=name: f"{name}={text.replace('+', '%2B')}")
             for name, one in choices().items()]
    return st.lists(st.one_of(*parts, st.just("unknown=1")), max_size=7).map("&".join)


# Made-up ledgers --------------------------------------------------------------------------------------------

DAYS = st.sampled_from(["1999", "2020-02", "2020-02-29", "2021-11-27", "2021-11-28", "2021-11-29", "2024",
                        "2021"])
SOURCES = {f"s{i}": {"kind": kind, "read_as": way, "short": f"S{i}"} for i, (kind, way) in enumerate(
    [("press", "excerpt"), ("press", "original"), ("advocacy", "excerpt"), ("official", "original")])}
ORIGINS = {f"o{i}": {"name": f"O{i}", "kind": "person", "voice": voice} for i, voice in enumerate(
    ["", "home", "abroad", "abroad"])}
GROUPS = st.lists(st.lists(st.sampled_from(list(SOURCES)), min_size=1, max_size=3, unique=True), max_size=3)
VALUES = st.one_of(st.integers(-20, 120), st.sampled_from([45.0, 50.0, 55.0, 49.999999, 50.000001, 90, 110]))


def made_up_rule() -> dict[str, Any]:
    """Return the rule of made-up ledgers, whose voices are others than the book's."""
    told = copy.deepcopy(book()[0]["rule"])
    for one in told["choices"]:
        if one["name"] == "voices":
            one["options"] = [one["options"][0], *({"value": v, "label": v, "telling": v}
                                                   for v in ("abroad", "home"))]
    return told


@st.composite
def ledgers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document of the ledger's shape, as far as a rule asks of it."""
    made = [draw(claims(f"C{i:02d}")) for i in range(1, draw(st.integers(1, 3)) + 1)]
    return {"as_of": draw(st.sampled_from(["2026-11-28", "2024-02-29"])), "claims": made, "sources": SOURCES,
            "origins": ORIGINS}


@st.composite
def claims(draw: st.DrawFn, id: str) -> dict[str, Any]:
    limbs = [draw(limb(name)) for name in "abc"[:draw(st.integers(1, 3))]]
    found = [draw(reading(id, number, limbs)) for number in range(draw(st.integers(0, 7)))]
    return {"id": id, "section": 1, "chapter": "x", "kind": draw(st.sampled_from(list(map(str, Kind)))),
            "claim": "x", "now_means": draw(st.sampled_from(list(map(str, NowMeans)))), "limbs": limbs,
            "credited": draw(st.sampled_from([[], [], ["o1"], ["o2", "o0"]])), "readings": found}


@st.composite
def limb(draw: st.DrawFn, name: str) -> dict[str, Any]:
    op = draw(st.sampled_from([None, *map(str, Operator)]))
    threshold = draw(st.sampled_from([None, 50.0, 50.0, -10.0, 0.0])) if op else None
    return {"name": name, "criterion": "x", "unit": None, "op": op, "threshold": threshold,
            "unit_of_vote": str(VoteUnit.ORIGIN), "essential": draw(st.booleans())}


@st.composite
def reading(draw: st.DrawFn, claim: str, number: int, limbs: list[dict]) -> dict[str, Any]:
    part, vantage = draw(st.sampled_from(limbs)), str(draw(st.sampled_from(VANTAGES)))
    origin, last = draw(st.sampled_from(list(ORIGINS))), draw(DAYS)
    counted = part["op"] is not None
    variants = [{"label": "v", "value": draw(VALUES) if counted else None, "met": draw(st.booleans()),
                 "rests_on": draw(GROUPS)} for _ in range(draw(st.integers(0, 2)))]
    made = {"id": f"{claim.lower()}-r{number}-{vantage}", "limb": part["name"], "vantage": vantage,
            "label": "r", "value": draw(VALUES) if counted else None, "unit": None, "op": part["op"],
            "threshold": part["threshold"], "met": draw(st.booleans()), "period": [last, last],
            "origin": origin, "votes_as": draw(st.sampled_from([origin, "act1"])), "definition": "x",
            "later_source": draw(st.booleans()), "rows": [], "sources": [], "rests_on": draw(GROUPS),
            "variants": variants}
    said = draw(st.sampled_from(["", "", "about", "fewer than"]))
    return made | ({"said": said} if said else {})


# Agreement --------------------------------------------------------------------------------------------------

def as_told(found: Verdict) -> dict[str, Any]:
    """Return a verdict of the package as the script tells one."""
    return {"word": found.word and str(found.word), "met": found.met, "readings": found.readings,
            "votes": found.units, "share": found.share if found.word else None,
            "firmness": found.firmness and str(found.firmness), "capped": found.capped,
            "newest": found.newest, "older": found.older and str(found.older),
            "qualifiers": list(found.qualifiers), "limbs": {t.name: t.share for t in found.limbs}}


def differing(page, document: dict | None, known: Ground, queries: list[str]) -> list:
    """Return what the script and the package see otherwise under the rules of some addresses."""
    told = page.evaluate(JUDGE, [document, queries])
    return [one for query, theirs in zip(queries, told, strict=True) for one in _apart(theirs, known, query)]


def _apart(told: list, known: Ground, query: str) -> list:
    told, address, ignored = told
    own, left = of_address(query, known)
    found = [] if (address, ignored) == (own.address, left) else [(address, own.address, ignored, left)]
    for (id, vantage), verdict in judged_under(own, known).items():
        theirs, ours = told[id][vantage], as_told(verdict)
        theirs = {name: theirs[name] for name in ours}
        for both in (theirs, ours):
            both["share"] = None if both["share"] is None else round(both["share"], 9)
            both["limbs"] = {n: None if s is None else round(s, 9) for n, s in both["limbs"].items()}
        if theirs != ours:
            found.append((id, vantage, theirs, ours))
    return found


def several(known: Ground) -> st.SearchStrategy[list[str]]:
    return st.lists(addresses(known), min_size=AT_ONCE, max_size=AT_ONCE)


def test_they_agree_on_the_book(script):
    """A choice that the page takes otherwise than the package: a source group, a tie, a cap, an old word."""
    _, known = book()
    cases = []

    @settings(max_examples=ON_THE_BOOK // AT_ONCE, deadline=None, suppress_health_check=SLOW)
    @given(several(known))
    def agree(queries):
        cases.extend(queries)
        assert differing(script, None, known, queries) == []

    agree()
    assert len(cases) >= ON_THE_BOOK


def test_they_agree_on_made_up_ledgers(script):
    """A case that this book's ledger happens not to hold, on which the two would part."""
    cases = []

    @settings(max_examples=ON_MADE_UP // AT_ONCE, deadline=None, suppress_health_check=SLOW)
    @given(st.data())
    def agree(data):
        document = data.draw(ledgers())
        known = ground(document)
        queries = data.draw(several(known))
        cases.extend(queries)
        assert differing(script, document, known, queries) == []

    agree()
    assert len(cases) >= ON_MADE_UP


def test_without_a_choice_both_give_the_books_verdicts(script):
    """An agreement of both on something that is not what the book says."""
    [[told, address, ignored]] = script.evaluate(JUDGE, [None, [""]])
    assert (address, ignored) == ("", [])
    for one in book()[0]["claims"]:
        for vantage in ("then", "now"):
            found, counts = told[one["id"]][vantage], one["counts"][vantage]
            assert found["word"] == one["verdict"][vantage], one["id"]
            beside = ("met", "readings", "votes", "firmness", "capped", "older", "qualifiers")
            assert [found[n] for n in beside] == [counts[n] for n in beside], one["id"]


def test_the_fields_of_a_rule_are_the_choices():
    """A choice that is written down and not made, or made and not written down."""
    assert list(OwnRule.__dataclass_fields__) == list(choices())
