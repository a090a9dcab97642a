"""All that the page of a reader's own rule should show, from ``ledger.json`` and the naive rule alone."""

from __future__ import annotations

from tests.pages.naive_rule import WORDS, side, verdicts

VANTAGES = ("then", "now")


def grounds(ledger: dict, id: str) -> tuple[list[str], list[str]]:
    """Return what cannot stand without a claim, and what is left with a ground less."""
    known = [*(c["id"] for c in ledger["claims"]), *(p["id"] for p in ledger["argument"]["premises"])]
    links = ledger["argument"]["links"]
    fallen = {id}
    for _ in known:
        fallen |= {one["from"] for one in links if one["kind"] == "rests_on" and one["to"] in fallen}
    less = {one["to"] for one in links if one["kind"] == "supports" and one["from"] in fallen} - fallen
    return [k for k in known if k in fallen - {id}], [k for k in known if k in less]


def whole(ledger: dict, rule: dict, told: str) -> dict:
    """Return all that the page should show under a rule that it tells in some words."""
    found, book, ids = verdicts(ledger, rule), verdicts(ledger, {}), [c["id"] for c in ledger["claims"]]
    shown = [v for v in VANTAGES if rule.get("vantage", "both") in ("both", v)]

    def counts(one: dict) -> str:
        votes = f"{one['votes']} vote{'' if one['votes'] == 1 else 's'}"
        more = f"{votes}, {one['firm']}" if one["firm"] else votes
        return f"{one['met']} of {one['readings']} met; {more}" if one["word"] and one["readings"] else ""

    def cell(id: str, v: str) -> list:
        one, was = found[id, v], book[id, v]
        if one["word"] != was["word"]:
            return [one["word"] or "no verdict", counts(one), f"book: {was['word']}", True]
        softer = one["firm"] and one["firm"] != was["firm"]
        return [one["word"] or "no verdict", counts(one), f"book: {was['firm']}" if softer else "", False]

    def number(word: str, v: str) -> str:
        step = WORDS.index(word) if word in WORDS else None
        now, then = (sum(one[id, v]["word"] is not None and one[id, v]["step"] == step for id in ids)
                     for one in (found, book))
        return str(now) if now == then else f"{now} (book: {then})"

    def failing(one: dict, v: str) -> set[str]:
        return {id for id in ids if side(one[id, v]["step"]) == -1}

    def falls(v: str) -> list[list[str]]:
        rows = []
        for id in ids:
            fall, less = grounds(ledger, id)
            note = ("" if id in failing(book, v) else "new") if id in failing(found, v) else (
                "no longer fails" if id in failing(book, v) else None)
            if note is not None and (fall or less):
                gone = note == "no longer fails"
                rows.append([id, note, *("" if gone else ", ".join(x) or "nothing" for x in (fall, less))])
        return rows

    moved = [id for id in ids if any(cell(id, v)[3] for v in shown)]
    over = [id for id in moved if any(
        {side(found[id, v]["step"]), side(book[id, v]["step"])} == {1, -1} for v in shown)]
    return {"verdicts": {id: {v: cell(id, v) for v in shown} for id in ids},
            "tally": {word: {v: number(word, v) for v in shown} for word in [*reversed(WORDS), "untested"]},
            "map": {id: {v: [f"{v} {cell(id, v)[0]}", cell(id, v)[3]] for v in shown} for id in ids},
            "broken": sorted(one["to"] for one in ledger["argument"]["links"] if one["kind"] == "rests_on"
                             and one["to"] in failing(found, shown[-1])),
            "falls": {v: falls(v) for v in shown},
            "said": f"Under the rule “{told}”, {len(moved)} of {len(ids)} claims "
                    f"{'moves' if len(moved) == 1 else 'move'}, {len(over) or 'none'} of them from one side "
                    "to the other." if told else "The book's own rule."}
