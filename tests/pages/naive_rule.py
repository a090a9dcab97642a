"""The rule a third time, as the Methods page words it and as plainly as can be: some dozens of lines over
``ledger.json``, in exact fractions, that share nothing with the package or the page's script.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

WORDS = ("contradicted", "mostly contradicted", "mixed", "mostly supported", "supported")
ON_MOTIVES = ("denied", "mostly denied", "contested", "mostly attested", "attested")


def words(ledger: dict, rule: dict) -> dict[tuple[str, str], str | None]:
    """Return the word of every claim then and now under a rule, its choices by name, the book's where none
    is given.
    """
    return {key: found["word"] for key, found in verdicts(ledger, rule).items()}


def verdicts(ledger: dict, rule: dict) -> dict[tuple[str, str], dict]:
    """Return every claim's word, its step from contradicted (0) to supported (4), how firm it is, and the
    readings met, readings and votes behind it.
    """
    rule = {one["name"]: one["default"] for one in ledger["rule"]["choices"]} | rule
    return {(claim["id"], vantage): _verdict(ledger, rule, claim, vantage)
            for claim in ledger["claims"] for vantage in ("then", "now")}


def _verdict(ledger, rule, claim, vantage):
    votes = [(r, met) for r in claim["readings"] if r["vantage"] == vantage
             for met in [_met(ledger, rule, claim, r)] if met is not None]
    found = {"word": None, "step": None, "firm": None, "met": sum(met for _, met in votes),
             "readings": len(votes), "votes": len({_voter(r, rule) for r, _ in votes})}
    if claim["kind"] == "judgement" or (claim["kind"] == "forecast" and vantage == "then"):
        return found
    step = _step(claim, rule, votes, rule["limbs"] == "weakest")
    if step is None or _too_old(ledger, claim, vantage, votes):
        return found | {"word": "untested"}
    return found | {"word": (ON_MOTIVES if claim["kind"] == "motive" else WORDS)[step], "step": step,
                    "firm": _firm(claim, rule, votes, step, found["votes"])}


def _step(claim, rule, votes, weakest):
    shares = [_share([(r, met) for r, met in votes if r["limb"] == limb["name"]], rule)
              for limb in claim["limbs"]]
    read = [s for s in shares if s is not None]
    if not read:
        return None
    share = min(read) if weakest else sum(read) / len(read)
    lower, upper = (Fraction(str(rule[cut])) for cut in ("lower", "upper"))
    place = 4 if share == 1 else 0 if share == 0 else 3 if share >= upper else 1 if share <= lower else 2
    low = any(s is None or s <= lower
              for limb, s in zip(claim["limbs"], shares, strict=True) if limb["essential"])
    return min(place, 2) if rule["essential"] == "on" and low else place


def side(step: int | None) -> int | None:
    """Return to which side a step points: 1 is support, 0 mixed, -1 contradiction."""
    return None if step is None else (step > 2) - (step < 2)


def _firm(claim, rule, votes, step, count):
    if count < 3:
        return "thin"
    weakest = rule["limbs"] == "weakest"
    others = [_step(claim, rule, votes, not weakest)]
    for lost in {_voter(r, rule) for r, _ in votes}:  # in whatever limbs it is cast
        others.append(_step(claim, rule, [v for v in votes if _voter(v[0], rule) != lost], weakest))
    for lost in {r["origin"] for r, _ in votes}:
        others.append(_step(claim, rule, [v for v in votes if v[0]["origin"] != lost], weakest))
    return "firm" if all(side(one) == side(step) for one in others) else "shaky"


def _voter(r, rule):
    return r["id" if rule["votes"] == "reading" else "votes_as"]


def _share(votes, rule):
    by_voter: dict[str, list[bool]] = {}
    for r, met in votes:
        by_voter.setdefault(_voter(r, rule), []).append(met)
    each = [Fraction(sum(found), len(found)) for found in by_voter.values()]
    return sum(each) / len(each) if each else None


def _counts(ledger, rule, groups):
    def in_use(id):
        source = ledger["sources"][id]
        return not (source["kind"] in rule["without"] or source["read_as"] in rule["read"]
                    or id in rule["sources"])
    return all(any(map(in_use, group)) for group in groups)


def _met(ledger, rule, claim, r):
    """Return whether a reading is met, or None where it does not count."""
    voice = ledger["origins"][r["origin"]]["voice"].lower().replace(" ", "-")
    if (r["id"] in rule["off"] or r["origin"] in rule["origins"]
            or (rule["later"] == "out" and r["later_source"])
            or (rule["credited"] == "only" and claim["credited"] and r["origin"] not in claim["credited"])
            or (rule["voices"] != "all" and claim["kind"] == "motive" and voice != rule["voices"])):
        return None
    limb = next(one for one in claim["limbs"] if one["name"] == r["limb"])
    if r["id"] in dict(rule["swap"]):
        spoken = r["variants"][int(dict(rule["swap"])[r["id"]]) - 1]
        return _meets(rule, claim, limb, spoken) if _counts(ledger, rule, spoken["rests_on"]) else None
    if not _counts(ledger, rule, r["rests_on"]):
        return None
    speaking = [r] + [v for v in r["variants"] if _counts(ledger, rule, v["rests_on"])]
    said = [_meets(rule, claim, limb, one) for one in speaking]
    return {"none": said[0], "for": any(said), "against": all(said)}[rule["variants"]]


def _meets(rule, claim, limb, one):
    if limb["op"] is None or limb["threshold"] is None or one["value"] is None:
        return one["met"]
    value, bar = one["value"], limb["threshold"]
    way = {">": 1, ">=": 1, "<": -1}.get(limb["op"], 0)
    bar += way * rule["harder"] / 100 * abs(bar)
    bar = dict(rule["at"]).get(f"{claim['id']}.{limb['name']}", bar)
    if one.get("said") == "fewer than" and way == 1:
        return value > bar + 1
    if limb["op"] == "<":
        return value < bar - 1e-9
    if way == 1:
        strict = limb["op"] == ">" and one.get("said") != "about"
        return value > bar + 1e-9 if strict else value >= bar - 1e-9
    room = rule["points"] if "points" in limb["op"] else rule["level"] / 100 * abs(bar)
    return abs(value - bar) <= room + 1e-9


def _too_old(ledger, claim, vantage, votes):
    if vantage == "then" or claim["now_means"] != "present":
        return False
    as_of = datetime.date.fromisoformat(ledger["as_of"])
    oldest = as_of.replace(year=as_of.year - ledger["rule"]["present_years"]).isoformat()
    ends = [r["period"][1] for r, _ in votes]
    return max(f"{end}-12-31"[:10] if len(end) == 4 else f"{end}-31"[:10] for end in ends) < oldest
