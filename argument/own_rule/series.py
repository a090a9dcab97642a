"""What every defensible rule makes of the verdicts: frames for the picture of all rules at once.

A row that is a verdict is its claim's, which cites nothing itself, so its sources are stated.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from report.book import readings, verdicts
from report.charts.signs import OF_RANK, UNTESTED, sign_of
from report.data.package import answered, remembered
from report.data.table import SEPARATOR
from report.ledger import own_ground
from report.prose import enumerated
from report.rule import VANTAGES, claims
from report.rule.choices import choices
from report.rule.multiverse import Multiverse, multiverse
from report.rule.robustness import Key

SIGNS = (*(OF_RANK[rank] for rank in reversed(range(5))), UNTESTED)  # from support to untested


@answered
def all_rules() -> Multiverse:
    """Return what all defensible rules make of the book's readings."""
    return multiverse(own_ground())


@remembered
def tested() -> list[Key]:
    """Return the verdicts that rest on some reading."""
    return [key for key in all_rules().ranks if verdicts(key[0])[key[1]].readings]


def _resting(key: Key) -> dict[str, str]:
    claim, vantage = key
    cited = sorted({id for r in readings(claim) if r.vantage == vantage for id in r.sources})
    return {"row": f"claims#{claim}", "source_id": SEPARATOR.join(cited)}


@remembered
def kept(key: Key) -> float:
    """Return the share of all rules under which a verdict keeps the book's word."""
    word, one = verdicts(key[0])[key[1]].word, claims()[key[0]]
    shares = all_rules().shares(key)
    return float(sum(share for rank, share in enumerate(shares)
                     if all_rules().word(key, rank, one.kind) == word))


@remembered
def moved_by(key: Key) -> dict[str, float]:
    """Return for each choice how often it moves a verdict, of the cases in which it is not the book's."""
    return all_rules().moved_by(key)


def most_moved_by(key: Key) -> tuple[str, float]:
    """Return the choice that moves a verdict most, by its label, and how often it does; an empty label where
    none does.
    """
    name, often = max(moved_by(key).items(), key=lambda one: one[1])
    return (choices()[name]["label"], often) if often else ("", 0.0)


@remembered
def strips() -> pd.DataFrame:
    """Return a row for each word that a verdict has under some rule: its share of all rules, and where it
    starts and ends in the strip.
    """
    return pd.DataFrame([row for key in tested() for row in _strip(key)])


def _strip(key: Key) -> list[dict]:
    claim, vantage = key
    told, one, book = all_rules().shares(key), claims()[claim], verdicts(claim)[vantage].word
    shares, ranks = 100 * np.array([*told[4::-1], told[5]]), (4, 3, 2, 1, 0, 5)
    ends, (label, often) = np.cumsum(shares), most_moved_by(key)
    same = {"claim": claim, "vantage": str(vantage), "book": str(book), "book_sign": sign_of(book),
            "kept": 100 * kept(key), "moved_by": label or "nothing", "often": 100 * often, "says": one.text,
            "ledger": one.href, **_resting(key)}
    return [{**same, "sign": SIGNS[place], "word": str(all_rules().word(key, ranks[place], one.kind)),
             "share": share, "start": ends[place] - share, "end": ends[place]}
            for place, share in enumerate(shares) if share]


@remembered
def by_choice() -> pd.DataFrame:
    """Return for each choice how often another value of it gives another word, over all verdicts and rules,
    and the claims that it moves more than any other choice does.
    """
    cited = sorted({id for key in tested() for id in _resting(key)["source_id"].split(SEPARATOR)})
    moved = {key: moved_by(key) for key in tested()}
    rows = [{"name": name, "label": choices()[name]["label"], "does": choices()[name]["does"],
             "often": 100 * float(np.mean([found[name] for found in moved.values()])),
             "first": ", ".join(dict.fromkeys(key[0] for key, found in moved.items()
                                              if found[name] and found[name] == max(found.values()))),
             "source_id": SEPARATOR.join(cited)}
            for name in all_rules().grid.values]
    return pd.DataFrame(rows).sort_values("often", ascending=False, kind="stable", ignore_index=True)


def where_it_moves() -> pd.DataFrame:
    """Return a row a verdict: how often it keeps the book's word, what else it becomes, what moves it most.
    """
    rows = strips().sort_values("share", ascending=False, kind="stable")
    made = []
    for key in tested():
        own = rows[(rows["claim"] == key[0]) & (rows["vantage"] == key[1])]
        others = "; ".join(f"{r.word} {r.share:.0f}" for r in own.itertuples() if r.word != r.book)
        first = own.iloc[0]
        made.append({"claim": key[0], "vantage": str(key[1]), "book": first["book"], "kept": first["kept"],
                     "others": others or "none", "moved_by": first["moved_by"], "often": first["often"],
                     **_resting(key)})
    return pd.DataFrame(made).sort_values("kept", kind="stable", ignore_index=True)


def in_order(found: list[Key]) -> str:
    """Return verdicts as a sentence lists them."""
    ordered = sorted(found, key=lambda key: (key[0], VANTAGES.index(key[1])))
    return enumerated(f"{claim} {vantage}" for claim, vantage in ordered) or "none"
