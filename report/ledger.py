"""The ledger: all claims with their readings and verdicts in one JSON document, the shape of which a schema fixes."""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.resources import files

from report.claims import VANTAGES, as_json, claims
from report.data import package
from report.readings import indicators, readings, treated, verdicts

SCHEMA = 1


def entry(id: str) -> dict:
    """Return a claim of the ledger: what it says, its verdicts, the counts behind them, its readings and indicators."""
    one, found = claims()[id], verdicts(id)
    return {
        "id": one.id, "section": one.section, "chapter": one.chapter, "kind": one.kind, "claim": one.text,
        "href": one.href, "limbs": [limb.name for limb in one.limbs], "treated": treated(id),
        "verdict": {v: found[v].word if treated(id) else None for v in VANTAGES},
        "counts": {v: {"met": found[v].met, "readings": found[v].readings, "qualifiers": list(found[v].qualifiers),
                       "by_limb": {k: list(c) for k, c in found[v].by_limb.items()}} for v in VANTAGES},
        "readings": [as_json(r) for r in readings(id)],
        "indicators": [as_json(i) for i in indicators(id)],
    }


def ledger() -> dict:
    """Return the ledger of this edition."""
    return {"schema": SCHEMA, "edition": version("report"), "cutoff": package().cutoff.isoformat(),
            "as_of": package().as_of.isoformat(), "claims": [entry(id) for id in claims()]}


def schema() -> dict:
    """Return the JSON Schema of the ledger."""
    return json.loads(files("report").joinpath("ledger.schema.json").read_text(encoding="utf-8"))
