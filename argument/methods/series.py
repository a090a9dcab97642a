"""The book's own readings put to the tests of ``report.rule.robustness``: frames for the Methods page.

A changed choice is a *test* here; what a test changes is a verdict's word. What is computed from readings
rests on their rows; a row of the page that is a verdict is its claim's, which cites nothing itself, so its
sources are stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import krippendorff
import pandas as pd

from argument.methods import choices, sources_read
from report.article import article
from report.book import all_readings, book_rule, readings, verdicts
from report.data.package import answered, load, refuse, remembered
from report.data.table import SEPARATOR
from report.data.sources import sources
from report.ledger import rests_on
from report.rule import VANTAGES, Reading, Side, Verdict, Word, claims
from report.rule.robustness import (MOVED_THRESHOLDS, Change, Key, by_other_rule, changes, each_left_out,
                                    each_variant, fall_with_source, judged, keys, made_by_origin,
                                    moved_thresholds, without_sources, words)
from report.trace import Measure, count, measure, sources_of, united

NARROW, WIDE = MOVED_THRESHOLDS[2], MOVED_THRESHOLDS[1]
TESTS = {  # what is changed, as tables and charts name it: in full, in brief
    "press": ("what the press made left out", "press"),
    "printed": ("what the press made or printed left out", "printed"),
    "source": ("one source left out", "source"),
    "origin": ("one origin left out", "origin"),
    "variant": ("one variant in place of its reading", "variant"),
    "together": ("one definition for all readings at once", "definition"),
    "criterion": ("one other criterion", "criterion"),
    "wide": ("cut at a quarter and three quarters", "¼ and ¾"),
    "narrow": ("cut at two fifths and three fifths", "⅖ and ⅗"),
    "readings": ("a vote for every reading", "readings"),
    "weakest": ("the weakest limb in place of the mean", "weakest"),
    "uncapped": ("no limb essential", "uncapped"),
    "later": ("sources after {published} left out", "later"),
}
FRAGILE = 5  # tests that change a verdict called fragile


@remembered
def groups() -> dict[str, list[frozenset[str]]]:
    """Return for each reading the groups of sources that it needs."""
    return {r.id: rests_on(r) for r in all_readings()}


@remembered
def base() -> dict[Key, Verdict]:
    """Return the book's own verdicts that have a word."""
    return judged(claims().values(), all_readings(), book_rule())


@answered
def results() -> dict[str, list[Change]]:
    """Return the changes that each test makes to the book's verdicts."""
    known, votes, rule = list(claims().values()), all_readings(), book_rule()
    press = {id for id, one in sources().items() if one.kind == "press"}
    early = [r for r in votes if not r.later_source]
    others = {"readings": replace(rule, by_reading=True), "weakest": replace(rule, weakest_limb=True),
              "uncapped": replace(rule, essential=False)}
    return {
        "press": without_sources(known, votes, groups(), press, "press", rule),
        "printed": without_sources(known, votes, groups(), sources_read.printed_by_press(), "printed", rule),
        "source": each_left_out(known, votes, fall_with_source(votes, groups()), rule),
        "origin": each_left_out(known, votes, made_by_origin(votes), rule),
        "variant": each_variant(known, votes, rule),
        "together": [c for found in choices.defined_throughout().values() for c in found],
        "criterion": [c for found in choices.other_criteria().values() for c in found],
        "wide": moved_thresholds(known, votes, WIDE, rule),
        "narrow": moved_thresholds(known, votes, NARROW, rule),
        **{name: by_other_rule(known, votes, other, TESTS[name][1], rule) for name, other in others.items()},
        "later": changes(base(), words(known, early, rule), "later sources"),
    }


def _behind(value: float | str, votes: Iterable[Reading]) -> Measure:
    """Return what was found of readings, resting on their rows."""
    return Measure(value, None, None, united(*(r.rows for r in votes)))


def concerned(found: Iterable[Key]) -> list[Reading]:
    """Return the readings behind verdicts."""
    return [r for claim, vantage in found for r in readings(claim) if r.vantage == vantage]


def crosses(change: Change) -> bool:
    """Say whether a change takes a verdict from one side of the middle to the other."""
    sides = {v.word.side for v in (change.before, change.after) if v.word}
    return sides == {Side.SUPPORT, Side.CONTRADICTION}


def summary() -> pd.DataFrame:
    """Return for each test how many verdicts change, become untested, and change sides, then and now."""
    return pd.DataFrame([_changed_by(test, results()[test]) for test in TESTS])


def _changed_by(test: str, found: list[Change]) -> dict:
    label = TESTS[test][0].format(published=article().published)
    resting = concerned(keys(found)) or all_readings()
    claims_changed = ", ".join(sorted({c.key[0] for c in found}))
    row = {"test": test, "label": label, "claims": _behind(claims_changed, resting)}
    for v in VANTAGES:
        changed, all_of = len(keys(c for c in found if c.key[1] == v)), sum(k[1] == v for k in base())
        row |= {f"changed_{v}": changed, str(v): f"{changed} of {all_of}"}
    return {**row, "untested": len(keys(c for c in found if c.after.word is Word.UNTESTED)),
            "crossed": len(keys(filter(crosses, found)))}


def hits() -> pd.DataFrame:
    """Return for each verdict how many of the tests change its word, and which.

    The verdict's address is its claim's row.
    """
    return pd.DataFrame([_hit(key, verdict) for key, verdict in base().items() if verdict.readings])


def _hit(key: Key, verdict: Verdict) -> dict:
    claim, vantage = key
    hit = [name for name in TESTS if key in keys(results()[name])]
    becomes = dict.fromkeys(str(c.after.word) for name in hit for c in results()[name] if c.key == key)
    cited = sorted({id for r in concerned([key]) for id in r.sources})
    return {"claim": claim, "vantage": vantage, "verdict": _worded(verdict), "tests": len(hit),
            "which": ", ".join(TESTS[name][1] for name in hit) or "none",
            "becomes": "; ".join(becomes) or "the same", "recoded": _recoded(key, verdict),
            "ledger": claims()[claim].href,
            "row": f"claims#{claim}", "source_id": SEPARATOR.join(cited)}


def _recoded(key: Key, verdict: Verdict) -> str:
    """Return how many of a verdict's readings move its word where one is judged the other way."""
    moving = {c.choice for c in sources_read.recoded() if c.key == key}
    return f"{len(moving)} of {verdict.readings}"


def _worded(verdict: Verdict) -> str:
    return f"{verdict.word} ({verdict.counts})"


def fragile(least: int = FRAGILE) -> pd.DataFrame:
    """Return the verdicts that at least so many of the tests change, the most fragile first."""
    found = hits()
    return found[found["tests"] >= least].sort_values(
        ["tests", "claim"], ascending=[False, True], kind="stable", ignore_index=True)


def unmoved() -> list[Key]:
    """Return the verdicts that no test changes."""
    moved = {k for found in results().values() for k in keys(found)}
    return [k for k, v in base().items() if k not in moved and v.readings]


def credited() -> pd.DataFrame:
    """Return the verdicts of the claims that credit a source, by all readings and by that source's alone."""
    credits = article().credited
    kept = [r for r in all_readings() if r.origin in credits.get(r.claim, ())]
    after = judged([claims()[id] for id in credits], kept, book_rule())
    found = [(id, v) for id in credits for v in VANTAGES if concerned([(id, v)])]
    return pd.DataFrame([_alone(key, kept, after[key]) for key in found])


def _alone(key: Key, kept: list[Reading], after: Verdict) -> dict:
    claim, vantage = key
    own = [r for r in kept if (r.claim, r.vantage) == key] or concerned([key])
    before, credits = base()[key], claims()[claim].credited_to
    return {"claim": claim, "vantage": vantage, "credits": credits, "all": _worded(before),
            "alone": _behind(_worded(after), own), "changed": before.word != after.word,
            "highest_alone": _highest(after), "highest_all": _highest(before)}


def _highest(verdict: Verdict) -> bool:
    """Say whether a verdict's word has the highest rank: supported, or attested of a motive."""
    return verdict.word is not None and verdict.word.rank == Word.SUPPORTED.rank


def weighty(least: int = 2) -> pd.DataFrame:
    """Return the single sources that turn at least so many verdicts.

    Those of one maker that turn the same ones stand together.
    """
    turned: dict[str, list[Key]] = {}
    for change in results()["source"]:
        turned.setdefault(change.choice, []).append(change.key)
    alike: dict[tuple[str, str, tuple[Key, ...]], list[str]] = {}
    for id, found in turned.items():
        if len(found) >= least:
            alike.setdefault((sources()[id].producer, sources()[id].kind, tuple(found)), []).append(id)
    made = [_weight(maker, kind, found, ids) for (maker, kind, found), ids in alike.items()]
    order = ["verdicts", "source_id"]
    return pd.DataFrame(made).sort_values(order, ascending=[False, True], ignore_index=True)


def _weight(maker: str, kind: str, found: tuple[Key, ...], ids: list[str]) -> dict:
    """Return a row of the sources that weigh most; its source is the one weighed, not all of its readings."""
    title = sources()[ids[0]].title if len(ids) == 1 else f"{maker}: any one of {len(ids)} sources"
    resting = [r for r in concerned(found) if set(ids) & set(r.sources)]
    return {"source": title, "kind": kind, "verdicts": len(found),
            "which": ", ".join(f"{claim} {vantage}" for claim, vantage in found),
            "row": SEPARATOR.join(united(*(r.rows for r in resting))), "source_id": SEPARATOR.join(ids)}


def thresholds() -> pd.DataFrame:
    """Return which verdicts change when the shares are cut elsewhere."""
    graded = [k for k, v in base().items() if v.readings]
    return pd.DataFrame([_cut_at(cut, graded) for cut in MOVED_THRESHOLDS])


def _cut_at(cut: tuple[float, float], graded: list[Key]) -> dict:
    found = keys(moved_thresholds(claims().values(), all_readings(), cut, book_rule()))
    moved = ", ".join(dict.fromkeys(claim for claim, _ in found))
    row = {"cut": f"{cut[0]:g} and {cut[1]:g}", "claims": _behind(moved, concerned(found) or all_readings())}
    for v in VANTAGES:
        changed, all_of = (sum(vantage == v for _, vantage in those) for those in (found, graded))
        row[str(v)] = f"{changed} of {all_of}"
    return row


# The second coding ------------------------------------------------------------------------------------------

SCALES = {"criteria": ("met", "not met"), "statements on motives": ("for", "against", "open")}


def second_coding() -> pd.DataFrame:
    """Return for each scale how many were coded twice, how many codes agree, and Krippendorff's alpha.

    Alpha for nominal codes of two coders, by the library ``krippendorff`` (Hayes and Krippendorff 2007): 1
    where they agree throughout, 0 where they agree no more than chance.
    """
    return pd.DataFrame([_agreement(name, codes) for name, codes in SCALES.items()])


def _coded_twice() -> pd.DataFrame:
    """Return the second coding; raise DataError for one of an unknown limb."""
    known = {f"{one.id}.{part.name}" for one in claims().values() for part in one.limbs}
    rows = load("second_coding")
    for row in rows.index[~rows["limb"].isin(known)]:
        refuse(row, "limb", f"{rows.loc[row, 'limb']!r} is no limb of data/claim_limbs.csv; correct it")
    for row, coded in rows["coded_rows"].items():
        for address in coded.split(" & "):
            if address not in load(address.split("#")[0]).index:
                refuse(row, "coded_rows", f"no row has the address {address!r}; correct it")
    for row in rows.index[(rows["first"] != rows["second"]) & rows["settled"].isna()]:
        refuse(row, "settled", "the two codes differ and none stands; write the one that does, and why")
    return rows


def _agreement(name: str, codes: tuple[str, ...]) -> dict:
    rows = _coded_twice().query("first in @codes")
    both = [rows[coder].map(codes.index).to_list() for coder in ("first", "second")]
    alpha = krippendorff.alpha(both, level_of_measurement="nominal")
    return {"scale": name, "coded": count(rows, unit="items"),
            "agreed": measure(rows, int((rows["first"] == rows["second"]).sum()), unit="items"),
            "alpha": measure(rows, float(alpha))}


def disagreements() -> pd.DataFrame:
    """Return what the two coders saw differently, with the code that stands and why."""
    rows = _coded_twice().dropna(subset="settled")
    addresses = rows["coded_rows"].str.split(" & ")
    return rows.assign(claim=rows["limb"].str.split(".").str[0], row=addresses.str.join(SEPARATOR),
                       source_id=[SEPARATOR.join(sources_of(coded)) for coded in addresses])


# Other criteria, and definitions taken throughout -----------------------------------------------------------

def criteria_that_move() -> pd.DataFrame:
    """Return the other criteria that make another word, with what is asked, why, and the words."""
    rows, found = load(choices.CRITERIA), choices.other_criteria()
    return pd.DataFrame([{"claim": rows.loc[row, "claim"], "asked": choices.asked(rows.loc[row]),
                          "why": rows.loc[row, "why"], "becomes": _told(moved), **_resting(keys(moved), row)}
                         for row, moved in found.items() if moved])


def definitions_throughout() -> pd.DataFrame:
    """Return each definition taken for all readings at once, with the claims it concerns and new words."""
    rows, found = load(choices.DEFINITIONS), choices.defined_throughout()
    labels = dict(zip(rows["definition"], rows["label"], strict=True))
    return pd.DataFrame([{"label": labels[name], "becomes": _told(moved) or "no word changes",
                          "claims": ", ".join(sorted({claim for claim, _ in choices.concerned_by(name)})),
                          **_resting(choices.concerned_by(name))} for name, moved in found.items()])


def _told(moved: Iterable[Change]) -> str:
    return "; ".join(f"{c.key[0]} {c.key[1]}: {c.before.word} → {c.after.word}" for c in moved)


def _resting(found: list[Key], *rows: str) -> dict[str, str]:
    """Return the rows and sources behind verdicts, for a row of a table."""
    votes = concerned(found)
    return {"row": SEPARATOR.join((*rows, *united(*(r.rows for r in votes)))),
            "source_id": SEPARATOR.join(sorted({id for r in votes for id in r.sources}))}


def steps() -> pd.Series:
    """Return how many moves from word to word there are by the places that they go, over all tests."""
    moves = {(name, c.key, c.after.word): abs(c.places) for name, found in results().items() for c in found
             if c.places}
    return pd.Series(moves).value_counts().sort_index()


# What became of the words of an earlier edition -------------------------------------------------------------

def moved_since(edition: str = "0.1.0") -> pd.DataFrame:
    """Return the verdicts that read otherwise than in an earlier edition, with both words and the reason."""
    rows = load("earlier_verdicts").query("edition == @edition").dropna(subset="why_moved")
    now = [verdicts(r.claim)[r.vantage].phrase for r in rows.itertuples()]
    cited = [SEPARATOR.join(sorted({id for one in concerned([(r.claim, r.vantage)]) for id in one.sources}))
             for r in rows.itertuples()]
    return rows.assign(after=now, row=rows.index, source_id=cited)
