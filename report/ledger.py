"""The ledger: all claims with their readings and verdicts in one JSON document, the shape
of which a schema fixes.
"""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files

from report.article import article
from report.rule import (BOOK_RULE, VANTAGES, Claim, Kind, Limb, NowMeans, Operator, Reading, Vantage,
                         Variant, Verdict, VoteUnit, as_json, claims)
from report.rule.verdict import FIRM_UNITS, PRESENT_YEARS
from report.data.package import load, package, remembered
from report.data.table import SEPARATOR
from report.book import all_readings, by_voice, indicators, readings, treated, verdicts

SCHEMA = 2
COLUMNS = ("claim", "section", "chapter", "kind", "statement", "limb", "criterion", "vantage", "verdict",
           "firmness", "met_of_claim", "readings_of_claim", "votes_of_claim", "reading", "label", "value",
           "unit", "op", "threshold", "met", "period_first", "period_last", "origin", "votes_as",
           "definition", "speaker", "later_source", "sources", "rows", "note")


@remembered
def _cited_by_row(table: str) -> dict[str, frozenset[str]]:
    return {row: frozenset(ids.split(SEPARATOR)) for row, ids in load(table)["source_id"].items()}


def rests_on(one: Reading) -> list[frozenset[str]]:
    """Return the groups of sources a reading needs: of each group any one source is enough,
    since it prints the row.
    """
    groups = {_cited_by_row(row.split("#")[0])[row] for row in one.rows}
    return sorted(groups, key=sorted)


def entry(id: str) -> dict:
    """Return a claim of the ledger: what it says, its verdicts, the counts behind them, its
    readings and indicators.
    """
    one, found = claims()[id], verdicts(id)
    return {
        "id": one.id, "section": one.section, "chapter": one.chapter, "kind": one.kind, "claim": one.text,
        "href": one.href, "now_means": one.now_means, "limbs": [_limb_entry(limb) for limb in one.limbs],
        "treated": treated(id), "verdict": {v: found[v].word if treated(id) else None for v in VANTAGES},
        "counts": {v: _counts(found[v]) for v in VANTAGES},
        "readings": [{**as_json(r), "rests_on": [sorted(g) for g in rests_on(r)]} for r in readings(id)],
        "indicators": [as_json(i) for i in indicators(id)],
    }


def _limb_entry(one: Limb) -> dict:
    return {"name": one.name, "criterion": one.criterion, "unit_of_vote": one.unit_of_vote,
            "essential": one.essential, "unit": one.unit, "op": one.op, "threshold": one.threshold}


def _counts(found: Verdict) -> dict:
    """Return what stands behind a verdict: readings, votes and shares, of the claim and of each limb."""
    limbs = {tally.name: {"met": tally.met, "readings": tally.readings, "votes": tally.units,
                          "share": _share(tally.share)} for tally in found.limbs}
    return {"met": found.met, "readings": found.readings, "votes": found.units, "share": _share(found.share),
            "firmness": found.firmness, "capped": found.capped, "newest": found.newest, "older": found.older,
            "qualifiers": list(found.qualifiers), "by_limb": limbs,
            "by_voice": {voice: list(counts) for voice, counts in by_voice(found).items()}}


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def ledger() -> dict:
    """Return the ledger of this edition, with the settings of the rule that made its words."""
    return {"schema": SCHEMA, "edition": article().edition, "cutoff": package().cutoff.isoformat(),
            "as_of": package().as_of.isoformat(),
            "rule": {"version": 2, "cuts": list(BOOK_RULE.cuts), "firm_votes": FIRM_UNITS,
                     "present_years": PRESENT_YEARS},
            "claims": [entry(id) for id in claims()]}


def schema() -> dict:
    """Return the JSON Schema of the ledger."""
    return json.loads(files("report").joinpath("ledger.schema.json").read_text(encoding="utf-8"))


def ledger_csv() -> str:
    """Return the ledger as a table of one row a reading, with its claim's verdict at that vantage."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for r in all_readings():
        one, found = claims()[r.claim], verdicts(r.claim)[r.vantage]
        writer.writerow(["" if cell is None else str(cell).lower() if isinstance(cell, bool) else cell
                         for cell in (
            one.id, one.section, one.chapter, one.kind, one.text, r.limb, one.limb(r.limb).criterion,
            r.vantage, found.word, found.firmness, found.met, found.readings, found.units, r.id, r.label,
            r.value, r.unit, r.op, r.threshold, r.met, *r.period, r.origin, r.votes_as, r.definition,
            r.speaker, r.later_source, SEPARATOR.join(r.sources), SEPARATOR.join(r.rows), r.note)])
    return text.getvalue()


def read_ledger(document: dict) -> tuple[list[Claim], list[Reading], dict[str, list[frozenset[str]]]]:
    """Return the claims, readings and groups of sources that a ``ledger.json`` holds, to
    apply the rule to them again.
    """
    known, found, groups = [], [], {}
    for c in document["claims"]:
        known.append(_claim_of(c))
        for r in c["readings"]:
            groups[r["id"]] = [frozenset(g) for g in r["rests_on"]]
            found.append(_reading_of(c["id"], r))
    return known, found, groups


def _claim_of(c: dict) -> Claim:
    """Return a claim of the document; what the document leaves out is empty."""
    limbs = tuple(Limb(c["id"], one["name"], one["criterion"], unit=one["unit"],
                       op=Operator(one["op"]) if one["op"] else None, threshold=one["threshold"],
                       unit_of_vote=VoteUnit(one["unit_of_vote"]), essential=one["essential"])
                  for one in c["limbs"])
    return Claim(id=c["id"], section=c["section"], chapter=c["chapter"], kind=Kind(c["kind"]),
                 text=c["claim"], quote="", credited_to=None, claimed_value=None, unit=None,
                 now_means=NowMeans(c["now_means"]), limbs=limbs)


def _reading_of(claim_id: str, r: dict) -> Reading:
    variants = tuple(Variant(label=v["label"], value=v["value"], met=v["met"]) for v in r["variants"])
    copied = ("id", "limb", "label", "value", "unit", "threshold", "met", "origin", "votes_as", "definition",
              "later_source")
    return Reading(**{name: r[name] for name in copied}, claim=claim_id, vantage=Vantage(r["vantage"]),
                   op=Operator(r["op"]) if r["op"] else None, period=tuple(r["period"]),
                   rows=tuple(r["rows"]),
                   sources=tuple(r["sources"]), variants=variants)
