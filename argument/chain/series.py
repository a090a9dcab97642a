"""The frames behind the argument as a chain: its statements, its links, what falls with what, and the graded
judgements.
"""

from __future__ import annotations

import pandas as pd

from report.article import article
from report.book import indicators, verdicts
from report.charts.signs import sign_of
from report.data.package import load, refuse
from report.data.table import SEPARATOR, DataError
from report.rule import VANTAGES, Kind, Side, Vantage, Word, claims, mark_of
from report.rule.links import LinkKind, falls_with, links, needed_by, premises, statements, weakened_by
from report.trace import Measure, united

CONCLUSION = "PC"
HEAD, CLAIM = 1.55, 1.0  # rows that a premise's name and a claim take in the map
NO_VERDICT = "no verdict"


def row_of(id: str) -> str:
    """Return the address of a statement's row: a premise's own, or a claim's place among the premises."""
    return premises()[id].row if id in premises() else f"argument_places#{id}"


def walked(*ids: str) -> tuple[str, ...]:
    """Return the addresses of statements, of all that falls with them, and of the links between these."""
    fallen = {one for id in ids for one in falls_with(id)}
    found = (one.row for one in links() if one.kind is LinkKind.RESTS_ON and one.borne in fallen
             and one.ground in fallen | set(ids))
    return united(map(row_of, ids), map(row_of, sorted(fallen)), found)


def load_of(id: str) -> Measure:
    """Return how many statements cannot stand without a statement."""
    return Measure(len(falls_with(id)), "statements", None, walked(id))


def carrying() -> list[str]:
    """Return the claims with which something falls, those with which most falls first."""
    return sorted((id for id in claims() if falls_with(id)), key=lambda id: -len(falls_with(id)))


def grounds(id: str = CONCLUSION) -> list[str]:
    """Return the claims without which a statement cannot stand."""
    return [one for one in needed_by(id) if one in claims()]


def word(id: str, vantage: Vantage | str) -> Word | None:
    """Return a claim's verdict at a vantage."""
    return verdicts(id)[vantage].word


def marked(id: str, vantage: Vantage | str) -> str:
    """Return the mark and the word of a claim's verdict."""
    found = verdicts(id)[vantage]
    return f"{mark_of(found.word)} {found.phrase}"


def named(id: str) -> str:
    """Return a statement as a table names it: a claim by its id, a premise by id and name."""
    return f"{id} {premises()[id].name}" if id in premises() else id


# The map ----------------------------------------------------------------------------------------------------

def heights() -> dict[str, float]:
    """Return the place of each statement in the map, in rows from the top: premises with their claims under
    them.
    """
    found, at = {}, 0.0
    for id, premise in premises().items():
        found[id] = at + HEAD / 2
        at += HEAD
        for claim in premise.claims:
            found[claim] = at + CLAIM / 2
            at += CLAIM
    return found


def nodes() -> pd.DataFrame:
    """Return one row a claim and vantage: place, load, what falls with it, and the sign of its verdict."""
    at, made = heights(), []
    for premise in premises().values():
        for id, name in premise.claims.items():
            for vantage in VANTAGES:
                verdict = verdicts(id)[vantage]
                made.append({"claim": id, "name": name, "says": claims()[id].text, "place": at[id],
                             "premise": premise.name, "vantage": str(vantage), "verdict": verdict.phrase,
                             "sign": sign_of(verdict.word), "load": load_of(id), "href": claims()[id].href,
                             "falls": ", ".join(falls_with(id)) or "nothing"})
    return pd.DataFrame(made)


def heads() -> pd.DataFrame:
    """Return one row a premise: its name, place and load."""
    at = heights()
    return pd.DataFrame([{"premise": id, "name": premise.name, "says": premise.text, "place": at[id],
                          "load": load_of(id)} for id, premise in premises().items()])


def curves() -> pd.DataFrame:
    """Return four rows a link, the corners of its curve from ground to borne: ``depth`` is 0 at the
    statements and -1 for the longest.
    """
    at, made = heights(), []
    longest = max(abs(at[one.borne] - at[one.ground]) for one in links())
    for one in links():
        start, stop = at[one.ground], at[one.borne]
        depth = -(abs(stop - start) / longest) ** 0.5
        told = {"link": f"{one.start} {one.kind.replace('_', ' ')} {one.end}", "kind": str(one.kind),
                "connective": f"“{one.connective}”" if one.connective else "no words of the article",
                "why": one.note, "row": one.row, "source_id": article().source}
        corners = ((0.0, start), (depth, start), (depth, stop), (0.0, stop))
        made += [{**told, "corner": n, "depth": d, "place": p} for n, (d, p) in enumerate(corners)]
    return pd.DataFrame(made)


# The tables -------------------------------------------------------------------------------------------------

def if_it_fails() -> pd.DataFrame:
    """Return one row a claim that carries something: what falls with it, what is weakened, its verdicts."""
    return pd.DataFrame([{
        "claim": f"{id} {claims()[id].text}", "load": len(falls_with(id)),
        "falls": ", ".join(one for one in falls_with(id) if one in claims()),
        "premises": "; ".join(named(one) for one in falls_with(id) if one in premises()),
        "weakened": "; ".join(map(named, weakened_by(id))),
        **{str(v): marked(id, v) for v in VANTAGES},
        "row": SEPARATOR.join(walked(id)), "source_id": article().source} for id in carrying()])


def premise_table() -> pd.DataFrame:
    """Return one row a premise: its claims, what it cannot stand without, and the weakest of that."""
    made = []
    for id, premise in premises().items():
        rested = grounds(id)
        made.append({
            "premise": named(id), "text": premise.text, "claims": ", ".join(premise.claims),
            "rests": ", ".join(rested), **{f"weakest_{v}": _weakest(rested, v) for v in VANTAGES},
            **{f"marks_{v}": " ".join(mark_of(word(one, v)) for one in premise.claims) for v in VANTAGES},
            "row": SEPARATOR.join((premise.row, *map(row_of, premise.claims))),
            "source_id": article().source})
    return pd.DataFrame(made)


def _weakest(ids: list[str], vantage: Vantage) -> str:
    """Return the lowest word among claims with the claims that have it, and those that have no word."""
    found = {id: word(id, vantage) for id in ids}
    ranks = [one.rank for one in found.values() if one and one.rank is not None]
    low = [id for id, one in found.items() if one and one.rank is not None and one.rank == min(ranks)]
    words = dict.fromkeys(str(found[id]) for id in low)
    said = [f"{mark_of(found[low[0]])} {' or '.join(words)}: {', '.join(low)}"] if low else []
    for absent in (Word.UNTESTED, None):
        if without := [id for id, one in found.items() if one is absent]:
            said.append(f"{mark_of(absent)} {absent or NO_VERDICT}: {', '.join(without)}")
    return "; ".join(said)


# The graded judgements --------------------------------------------------------------------------------------

def judgements() -> pd.DataFrame:
    """Return one row a judgement, with the labels of the indicators for and against.

    Raises DataError where the claim is no judgement, an indicator is not one of the claim's or stands on both
    sides, or a judgement of the article has no row.
    """
    rows = load("judgements")
    made = [_judgement(str(row), r) for row, r in rows.iterrows()]
    ungraded = {id for id, one in claims().items() if one.kind is Kind.JUDGEMENT} - set(rows["claim"])
    if ungraded:
        raise DataError(f"data/judgements.csv: claim {min(ungraded)!r} is a judgement and has no row; add it")
    return pd.DataFrame(made)


def _judgement(row: str, r: pd.Series) -> dict:
    id = r["claim"]
    if id not in claims() or claims()[id].kind is not Kind.JUDGEMENT:
        refuse(row, "claim", f"{id!r} is no claim of the kind judgement; correct it or remove the row")
    known = {one.id: one for one in indicators(id)}
    sides = {side: [] if pd.isna(r[side]) else r[side].split(SEPARATOR) for side in ("for", "against")}
    unknown = [one for ids in sides.values() for one in ids if one not in known]
    if unknown:
        refuse(row, None, f"{id} has no indicator {unknown[0]!r}; known are {', '.join(known)}")
    if twice := set(sides["for"]) & set(sides["against"]):
        refuse(row, None, f"{min(twice)!r} stands on both sides; keep it on one")
    named = [known[one] for ids in sides.values() for one in ids]
    told = {side: "; ".join(f"{known[one].label} ({known[one].vantage})" for one in ids)
            for side, ids in sides.items()}
    sources = sorted({source for one in named for source in one.sources})
    return {"claim": id, "judgement": r["judgement"], "weaker_form": r["weaker_form"], "reason": r["reason"],
            **told, "row": SEPARATOR.join(united((row,), *(one.rows for one in named))),
            "source_id": SEPARATOR.join(sources)}


def borne_out(vantage: Vantage | str) -> tuple[list[str], list[str]]:
    """Return the links whose ground is a claim that is borne out, and all whose ground has a verdict at all;
    each by its address.
    """
    found = [one for one in links() if one.kind is not LinkKind.STRAINS and one.ground in claims()]
    sides = [(one.row, w.side) for one in found if (w := word(one.ground, vantage)) and w.side]
    return [row for row, side in sides if side is Side.SUPPORT], [row for row, _ in sides]


__all__ = ["CONCLUSION", "borne_out", "carrying", "curves", "falls_with", "grounds", "heads", "heights",
           "if_it_fails", "judgements", "load_of", "marked", "nodes", "premise_table", "row_of", "statements",
           "walked", "word"]
