"""The ledger: all claims with their readings and verdicts in one JSON document, the shape
of which a schema fixes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from importlib.resources import files
from typing import Any

from report.article import FILE, ArticleError, article, project
from report.dates import is_before
from report.data.origins import origins, voices
from report.data.sources import sources
from report.rule import (BOOK_RULE, GRADED, VANTAGES, VOICED, Claim, Kind, Limb, NowMeans, Operator, Reading,
                         Vantage, Variant, Verdict, VoteUnit, as_json, choices as rule_choices, claims, links)
from report.rule.vocabulary import ROUNDING
from report.rule.own import Ground, slug
from report.rule.verdict import FIRM_UNITS, PRESENT_YEARS
from report.data.package import answered, data_folder, load, package, refuse, remembered
from report.data.table import SEPARATOR, DataError
from report.book import all_readings, by_voice, indicators, readings, room, treated, verdicts

SCHEMA = 2
COLUMNS = ("claim", "section", "chapter", "kind", "statement", "limb", "criterion", "vantage", "verdict",
           "firmness", "met_of_claim", "readings_of_claim", "votes_of_claim", "reading", "label", "value",
           "unit", "op", "threshold", "met", "period_first", "period_last", "origin", "votes_as",
           "definition", "speaker", "later_source", "sources", "rows", "note")


@remembered
def _cited_by_row(table: str) -> dict[str, frozenset[str]]:
    return {row: frozenset(ids.split(SEPARATOR)) for row, ids in load(table)["source_id"].items()}


def rests_on(one: Reading | Variant) -> list[frozenset[str]]:
    """Return the groups of sources a reading or variant needs: of each group any one source is enough,
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
        "credited": sorted(article().credited.get(id, ())),
        "readings": [_reading_entry(r) for r in readings(id)],
        "indicators": [as_json(i) for i in indicators(id)],
    }


def _reading_entry(one: Reading) -> dict:
    made = {**as_json(one), "rests_on": [sorted(g) for g in rests_on(one)]}
    made["variants"] = [{**told, "rests_on": [sorted(g) for g in rests_on(v)]}
                        for told, v in zip(made["variants"], one.variants, strict=True)]
    return made


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


def check_chapters() -> None:
    """Raise DataError for a function of a claim in another chapter's room than data/claims.csv says, which
    would leave the claim untested without a word.
    """
    for chapter in dict.fromkeys(one.chapter for one in claims().values()):
        here = f"{article().argument}.{chapter}."  # what is imported from another chapter belongs there
        made = [name for name, one in vars(room(chapter, "readings") or object).items()
                if re.fullmatch(r"c\d+", name) and str(getattr(one, "__module__", "")).startswith(here)]
        for name in made:
            at, found = f"{article().argument}/{chapter}/readings.py", claims().get(name.upper())
            if found is None:
                raise DataError(f"{at}: {name}() is of no claim of data/claims.csv; add the claim or remove "
                                "the function")
            if found.chapter != chapter:
                raise DataError(f"{at}: {name}() stands here, and data/claims.csv has {found.id} in chapter "
                                f"{found.chapter}; correct the column chapter or move the function")


def check_settings() -> None:
    """Raise ArticleError for a setting of the article that leads to nothing, or that claims and tables lack;
    DataError for a source that was read after the last day that the report knows.
    """
    one, known = article(), {name.split("/")[0]: name for name in package().all_tables if "/" in name}
    if not (project() / one.argument).is_dir():
        raise ArticleError(f"{FILE}: argument {one.argument!r} is no folder of the project; correct the "
                           "name, or add the folder with an empty __init__.py")
    if one.source not in sources():
        raise ArticleError(f"{FILE}: source {one.source or ''!r} is not in data/sources.bib; write the key "
                           "of the article itself, or add its entry")
    as_of = package().as_of.isoformat()
    for source in (s for s in sources().values() if is_before(as_of, s.accessed)):
        raise DataError(f"data/sources.bib, {source.id}: urldate {source.accessed} lies after {as_of}, the "
                        f"last day that the report knows; correct it, or as_of in {FILE}")
    for topic in known.keys() - one.topics.keys():
        raise ArticleError(f'{FILE}: [topics] lacks the topic of data/{known[topic]}.csv; add {topic} = "its '
                           'heading" there')
    for topic in sorted(one.topics.keys() - known.keys()):
        raise ArticleError(f"{FILE}: topics.{topic} is a heading of no table; correct the name to that of a "
                           "folder of data/, or remove it")
    for id, makers in one.credited.items():
        if id not in claims():
            raise ArticleError(f"{FILE}: credited.{id} is no claim of data/claims.csv; correct the id, or "
                               "remove it")
        for maker in sorted(makers - set(origins())):
            raise ArticleError(f"{FILE}: credited.{id} names {maker!r}, which is not in data/origins.csv; "
                               "correct the id, or add it there")
    for part in (c for c in claims().values() if c.section not in one.sections):
        raise ArticleError(f"{FILE}: no [[sections]] has the number {part.section} of {part.id} in "
                           f"data/claims.csv; add one with number = {part.section} and its title")


def ledger() -> dict:
    """Return the ledger of this edition, with the settings of the rule that made its words."""
    check_chapters()  # of the code, which may be at fault where every answer is as it was
    told = _ledger()
    if data_folder().resolve() == (project() / "data").resolve():  # a reader's rows may make other readings
        check_notes(told)
    return told


def check_notes(told: dict) -> None:
    """Raise DataError for a note on a reading or indicator that a ledger has not: nobody would see it."""
    if "notes" not in package().tables:
        return
    ids = {one["id"] for part in told["claims"] for kind in ("readings", "indicators") for one in part[kind]}
    for row, id in load("notes")["reading"].items():
        if not any(known in ids for known in (id, f"{id}-then", f"{id}-now")):
            refuse(row, "reading", f"there is no reading or indicator {id!r}; correct the id, or remove the "
                                   "note")


@answered
def _ledger() -> dict:
    told = [entry(id) for id in claims()]
    return {"schema": SCHEMA, "edition": article().edition, "cutoff": package().cutoff.isoformat(),
            "as_of": package().as_of.isoformat(), "rule": _rule_entry(), "claims": told,
            **_registers(told), "argument": _argument()}


def _rule_entry() -> dict:
    """Return the book's rule, and the choices and presets of a reader's own."""
    return {"version": 2, "cuts": list(BOOK_RULE.cuts), "firm_votes": FIRM_UNITS,
            "present_years": PRESENT_YEARS, "rounding": ROUNDING,
            "words": {"graded": list(GRADED), "voiced": list(VOICED)},
            "choices": [{**one, **({"options": _options(one)} if one["kind"] == "one" else {})}
                        for one in rule_choices.choices().values()],
            "presets": rule_choices.table()["preset"]}


def _options(one: dict) -> list[dict]:
    """Return the options of a choice, those that the article's own register adds among them."""
    added = voices() if one.get("of") == "voices" else []
    return [*one["options"], *({"value": slug(v), "label": f"of the kind “{v}” alone",
                                "telling": f"on motives only voices of the kind “{v}” count"}
                               for v in added)]


def _registers(told: list[dict]) -> dict:
    """Return what a rule asks of the sources and origins that the readings name."""
    every = [r for one in told for r in one["readings"]]
    groups = [g for r in every for part in (r, *r["variants"]) for g in part["rests_on"]]
    named = sorted({id for g in groups for id in g})
    makers = sorted({r["origin"] for r in every})
    return {"sources": {id: {"kind": sources()[id].kind, "read_as": sources()[id].read_as,
                             "short": sources()[id].short} for id in named},
            "origins": {id: {"name": one.short_name, "kind": one.kind, "voice": one.voice}
                        for id in makers if (one := origins().get(id))}}


def _argument() -> dict:
    """Return the premises with their claims, and the links; nothing for an article that links no claims."""
    if links.LINKS not in package().tables:
        return {"premises": [], "links": []}
    return {"premises": [{"id": one.id, "name": one.name, "claims": dict(one.claims)}
                         for one in links.premises().values()],
            "links": [{"from": one.start, "to": one.end, "kind": one.kind} for one in links.links()]}


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


def indicators_csv() -> str:
    """Return the indicators as a table of one row each: what is shown without a vote."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["indicator", "claim", "vantage", "label", "value", "unit", "period_first", "period_last",
                     "origin", "sources", "rows", "note"])
    for id in claims():
        for i in indicators(id):
            writer.writerow([i.id, id, i.vantage, i.label, "" if i.value is None else i.value, i.unit or "",
                             *i.period, i.origin, SEPARATOR.join(i.sources), SEPARATOR.join(i.rows), i.note])
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


def ground(document: dict) -> Ground:
    """Return what a ``ledger.json`` holds as that to which a reader's own rule is applied."""
    known, found, groups = read_ledger(document)
    variants = {r["id"]: tuple([frozenset(g) for g in v["rests_on"]] for v in r["variants"])
                for c in document["claims"] for r in c["readings"]}
    return Ground(tuple(known), tuple(found), groups, variants,
                  kinds={id: one["kind"] for id, one in document["sources"].items()},
                  ways={id: one["read_as"] for id, one in document["sources"].items()},
                  voices={id: one["voice"] for id, one in document["origins"].items()},
                  credited={c["id"]: c["credited"] for c in document["claims"] if c["credited"]},
                  as_of=date.fromisoformat(document["as_of"]))


@remembered
def own_ground() -> Ground:
    """Return the readings of the book in hand as that to which a reader's own rule is applied."""
    return ground(ledger())


ASKED = {  # of a ledger, by a rule and by the page where readers set their own
    "claims": ("id", "kind", "now_means", "credited", "treated"),
    "limbs": ("name", "essential", "op", "threshold", "unit"),
    "readings": ("id", "limb", "vantage", "label", "value", "met", "said", "origin", "votes_as",
                 "later_source", "rests_on"),
    "variants": ("label", "value", "met", "rests_on")}


def asked_by_a_rule(document: dict) -> dict:
    """Return what a rule asks of a ``ledger.json``, in the shape of that document and a fraction of its size.
    """
    def kept(part: dict, kind: str, **more: Any) -> dict:
        return {name: part[name] for name in ASKED[kind] if name in part} | more

    claims_kept = [
        kept(c, "claims", limbs=[kept(limb, "limbs") for limb in c["limbs"]], readings=[
            kept(r, "readings", period=r["period"][1:] * 2, variants=[kept(v, "variants")
                                                                      for v in r["variants"]])
            for r in c["readings"]]) for c in document["claims"]]
    return {**{name: document[name] for name in ("edition", "as_of", "rule", "sources", "origins",
                                                 "argument")}, "claims": claims_kept}


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
                   said=r.get("said", ""), rows=tuple(r["rows"]),
                   sources=tuple(r["sources"]), variants=variants)
