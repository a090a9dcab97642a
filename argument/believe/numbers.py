"""The numbers of the page on what to believe: fits, base rates, and words of confidence."""

from __future__ import annotations

from argument.believe import beliefs, rivals, series
from argument.believe.rivals import Predicts
from report.data.package import load
from report.prose import enumerated
from report.trace import Measure, count, united


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    found = {**_rivals(), **_apart(), **_votes(), **_patrons(), **_beliefs()}
    return {f"believe-{key}": one for key, one in found.items()}


def _rivals() -> dict[str, Measure]:
    told = {}
    for name in rivals.names():
        told[f"{name}-fits"], told[f"{name}-tried"] = rivals.fits(name)
    agreed, coded = rivals.agreement()
    stated = load("believe/predictions").query("basis == 'stated'")
    turns = rivals.turns_without()
    rows = united(*(one.rows for one in series.conduct().values()))
    unturned = [name for name in rivals.decided() if not turns[name]]
    return {**told, "explanations": count(load("believe/explanations"), unit="explanations"),
            "episodes": count(load("believe/episodes"), unit="episodes"),
            "indicators": count(load("believe/indicators"), unit="indicators"),
            "decided": Measure(len(rivals.decided()), "episodes", None, rows),
            "unturned": Measure(len(unturned), "episodes", None, rows),
            "unturned-which": Measure(_listed(unturned), None, None, rows),
            "unchanged": Measure(str(rivals.always(Predicts.SAME) or "no"), None, None, rows),
            "agreed": agreed, "coded": coded, "stated": count(stated, unit="predictions"),
            "fewest": series.setting("fewest_read"), "needed": series.setting("share_needed"),
            "always-press": rivals.always(Predicts.PRESSURE), "always-back": rivals.always(Predicts.SUPPORT)}


def _apart() -> dict[str, Measure]:
    rows = rivals.pairs()
    rested = united(*rows["rows"])
    none = rows[rows["apart"] == 0]
    two, seoul = rivals.between("stability", "washington"), rivals.between("washington", "seoul")
    return {"pairs": Measure(len(rows), "pairs", None, rested),
            "pairs-none": Measure(len(none), "pairs", None, rested),
            "pairs-few": Measure(int((rows["apart"] <= 1).sum()), "pairs", None, rested),
            "two-apart": Measure(int(two["apart"]), "episodes", None, two["rows"]),
            "two-tried": Measure(int(two["tried"]), "episodes", None, two["rows"]),
            "two-which": Measure(two["episodes"] or "none", None, None, two["rows"]),
            "seoul-apart": Measure(str(seoul["apart"] or "none"), None, None, seoul["rows"])}


def _votes() -> dict[str, Measure]:
    rows, told = series.every_vote(), {}
    for key, part in (("north", rows[rows["north"]]), ("others", rows[~rows["north"]]),
                      ("iran", rows[rows["state"] == "Iran"])):
        told[f"votes-{key}"] = count(part, unit="votes")
        told[f"backed-{key}"] = series.backed(part)
    against = rows[rows["north"] & (rows["vote"] != "yes")]
    told["withheld"] = count(against, unit="votes")
    told["withheld-late"] = count(against[against["date"] >= "2018"], unit="votes")
    return told


def _patrons() -> dict[str, Measure]:
    rows = load("believe/patrons")
    ended = rows[rows["end"] == "ended"]["client"].nunique()
    let_be = rows[rows["did"] == "let be"]["client"].nunique()
    every = tuple(rows.index)
    return {"clients": Measure(rows["client"].nunique(), "clients", None, every),
            "ended": Measure(ended, "clients", None, every),
            "let-be": Measure(let_be, "clients", None, every)}


def _beliefs() -> dict[str, Measure]:
    counts = beliefs.tally()
    told = {f"tally-{word.grade}": one for word, one in counts.items()}
    rows = united(*(one.rows for one in beliefs.beliefs().values()))
    return {**told, "sentences": Measure(len(beliefs.beliefs()), "sentences", None, rows)}


def _listed(names: list[str]) -> str:
    """Return names as a sentence lists them."""
    return enumerated(names) or "none"
