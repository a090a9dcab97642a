"""The ledger: all claims with their readings and verdicts in one JSON document, the shape of which a schema fixes."""

from __future__ import annotations

import csv
import io
import json
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files

from report.rule.model import VANTAGES, Claim, Limb, Reading, Variant, as_json, claims
from report.data.package import SEPARATOR, load, package
from report.book import all_readings, indicators, readings, treated, verdicts

SCHEMA = 1
COLUMNS = ("claim", "section", "chapter", "kind", "statement", "limb", "criterion", "vantage", "verdict", "met_of_claim",
           "readings_of_claim", "reading", "label", "value", "unit", "op", "threshold", "met", "period_first", "period_last",
           "origin", "definition", "speaker", "later_source", "sources", "rows", "note")


@lru_cache(maxsize=None)
def _cited_by_row(table: str) -> dict[str, frozenset[str]]:
    return {row: frozenset(ids.split(SEPARATOR)) for row, ids in load(table)["source_id"].items()}


def rests_on(one: Reading) -> list[frozenset[str]]:
    """Return the groups of sources a reading needs: of each group any one source is enough, since it prints the row."""
    groups = {_cited_by_row(row.split("#")[0])[row] for row in one.rows}
    return sorted(groups, key=sorted)


def entry(id: str) -> dict:
    """Return a claim of the ledger: what it says, its verdicts, the counts behind them, its readings and indicators."""
    one, found = claims()[id], verdicts(id)
    return {
        "id": one.id, "section": one.section, "chapter": one.chapter, "kind": one.kind, "claim": one.text,
        "href": one.href, "limbs": [limb.name for limb in one.limbs], "treated": treated(id),
        "verdict": {v: found[v].word if treated(id) else None for v in VANTAGES},
        "counts": {v: {"met": found[v].met, "readings": found[v].readings, "qualifiers": list(found[v].qualifiers),
                       "by_limb": {k: list(c) for k, c in found[v].by_limb.items()}} for v in VANTAGES},
        "readings": [{**as_json(r), "rests_on": [sorted(g) for g in rests_on(r)]} for r in readings(id)],
        "indicators": [as_json(i) for i in indicators(id)],
    }


def ledger() -> dict:
    """Return the ledger of this edition."""
    return {"schema": SCHEMA, "edition": version("report"), "cutoff": package().cutoff.isoformat(),
            "as_of": package().as_of.isoformat(), "claims": [entry(id) for id in claims()]}


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
        writer.writerow(["" if cell is None else str(cell).lower() if isinstance(cell, bool) else cell for cell in (
            one.id, one.section, one.chapter, one.kind, one.text, r.limb, one.limb(r.limb).criterion, r.vantage, found.word,
            found.met, found.readings, r.id, r.label, r.value, r.unit, r.op, r.threshold, r.met, *r.period, r.origin,
            r.definition, r.speaker, r.later_source, SEPARATOR.join(r.sources), SEPARATOR.join(r.rows), r.note)])
    return text.getvalue()


def read_ledger(document: dict) -> tuple[list[Claim], list[Reading], dict[str, list[frozenset[str]]]]:
    """Return the claims, readings and groups of sources that a ``ledger.json`` holds, to apply the rule to them again."""
    known, found, groups = [], [], {}
    for c in document["claims"]:
        limbs = tuple(Limb(c["id"], name, "", None, None, None) for name in c["limbs"])
        known.append(Claim(c["id"], c["section"], c["chapter"], c["kind"], c["claim"], "", None, None, None, "", limbs))
        for r in c["readings"]:
            groups[r["id"]] = [frozenset(g) for g in r["rests_on"]]
            found.append(Reading(
                r["id"], c["id"], r["limb"], r["vantage"], r["label"], r["value"], r["unit"], r["op"], r["threshold"], r["met"],
                tuple(r["period"]), r["origin"], r["definition"], r["later_source"], tuple(r["rows"]), tuple(r["sources"]),
                tuple(Variant(v["label"], v["value"], v["met"]) for v in r["variants"])))
    return known, found, groups
