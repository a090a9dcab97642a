"""Explanations against episodes: what each predicts, whether it fits, and which can be told apart.

The codes by hand are rows of ``believe/predictions``. The second code follows from the explanation's rule and
the episode's circumstances, both data, so that whoever doubts a code by hand can see what the plain reading
of the explanation gives.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations

import pandas as pd

from argument.believe.series import Conduct, Episode, conduct, episodes, observed, word_of
from report.data.package import load, remembered
from report.data.table import DataError
from report.trace import Measure, united

HANDS = ("first", "second")  # the code by hand, and the code by the rule


class Predicts(StrEnum):
    """What an explanation says that China does."""

    PRESSURE = "more pressure"
    SUPPORT = "less pressure or more support"
    SAME = "no change"
    SILENT = "silent"

    @property
    def brief(self) -> str:
        """Return the code in one word, as it stands in a cell."""
        return {self.PRESSURE: "press", self.SUPPORT: "back", self.SAME: "same", self.SILENT: ""}[self]

    @property
    def conduct(self) -> Conduct | None:
        """Return what China must have done for the prediction to fit."""
        return {self.PRESSURE: Conduct.PRESSED, self.SUPPORT: Conduct.SUPPORTED,
                self.SAME: Conduct.UNCHANGED, self.SILENT: None}[self]


class Fit(StrEnum):
    """How a prediction stands to what China did."""

    FITS = "fits"
    MISSES = "does not fit"
    UNTOLD = "cannot be told"
    SILENT = "is silent"


def fit(predicts: Predicts, did: Conduct) -> Fit:
    """Return how a prediction stands to a word of conduct."""
    if predicts is Predicts.SILENT:
        return Fit.SILENT
    if did in (Conduct.MIXED, Conduct.UNREAD):
        return Fit.UNTOLD
    return Fit.FITS if predicts.conduct == did else Fit.MISSES


def names() -> dict[str, str]:
    """Return the explanations by id, as they are printed."""
    return dict(zip(*(load("believe/explanations")[c] for c in ("explanation", "name")), strict=True))


def _circumstances(episode: str) -> pd.DataFrame:
    rows = load("believe/circumstances")
    return rows[rows["episode"] == episode]


def by_rule(explanation: str, episode: str) -> Measure:
    """Return what an explanation's rule predicts for an episode, resting on its circumstances."""
    rows = load("believe/explanations")
    row = rows[rows["explanation"] == explanation]
    r, here = row.iloc[0], _circumstances(episode)
    held = set(here["circumstance"])
    code = next((r[f"{place}_then"] for place in ("first", "second") if r[f"{place}_when"] in held),
                r["otherwise"])
    return Measure(code, None, None, united(row.index, (episodes()[episode].row,), here.index))


@remembered
def cells() -> pd.DataFrame:
    """Return one row an explanation and episode: both codes, what China did, and how the codes stand to it.

    Raises DataError where a cell is missing from the codes by hand.
    """
    rows = load("believe/predictions").reset_index().set_index(["explanation", "episode"])
    made = []
    for explanation, name in names().items():
        for episode in episodes():
            if (explanation, episode) not in rows.index:
                raise DataError(f"data/believe/predictions.csv: {explanation!r} has no row for {episode!r}; "
                                "add it, with the code silent where it predicts nothing")
            made.append(_cell(explanation, name, episode, rows.loc[(explanation, episode)]))
    return pd.DataFrame(made)


def _cell(explanation: str, name: str, episode: str, r: pd.Series) -> dict:
    did, second = conduct()[episode], by_rule(explanation, episode)
    codes = {"first": Predicts(r["predicts"]), "second": Predicts(str(second.value))}
    return {"explanation": explanation, "name": name, "episode": episode, "why": r["why"],
            "basis": r["basis"], "did": str(did), **codes,
            **{f"fit_{hand}": fit(code, Conduct(str(did.value))) for hand, code in codes.items()},
            "rows": united((r["row"],), second.rows, did.rows)}


# Scores -----------------------------------------------------------------------------------------------------

def of(explanation: str) -> pd.DataFrame:
    """Return the cells of one explanation."""
    found = cells()
    return found[found["explanation"] == explanation]


def fits(explanation: str, hand: str = "first") -> tuple[Measure, Measure]:
    """Return in how many episodes an explanation fits, and in how many it could be tried."""
    rows = of(explanation)
    codes = list(rows[f"fit_{hand}"])
    tried = [code for code in codes if code in (Fit.FITS, Fit.MISSES)]
    rested = united(*rows["rows"])
    return (Measure(codes.count(Fit.FITS), "episodes", None, rested),
            Measure(len(tried), "episodes", None, rested))


def scores() -> pd.DataFrame:
    """Return one row an explanation: fits and tries by either hand, most fits first."""
    made = []
    for explanation, name in names().items():
        told = {}
        for hand in HANDS:
            told[hand], told[f"tried_{hand}"] = fits(explanation, hand)
        silent = (of(explanation)["fit_first"] == Fit.SILENT).sum()
        made.append({"explanation": explanation, "name": name, "silent": int(silent), **told})
    return pd.DataFrame(made).sort_values("first", key=lambda s: -s.map(int), kind="stable")


def agreement() -> tuple[Measure, Measure]:
    """Return how many cells both codes agree on, and how many there are."""
    found = cells()
    rested = united(load("believe/predictions").index, load("believe/explanations").index,
                    load("believe/circumstances").index)
    return (Measure(int((found["first"] == found["second"]).sum()), "cells", None, rested),
            Measure(len(found), "cells", None, rested))


def decided() -> dict[str, Measure]:
    """Return the episodes in which what China did is told by one word."""
    return {name: did for name, did in conduct().items()
            if did.value not in (Conduct.MIXED, Conduct.UNREAD)}


def always(code: Predicts) -> Measure:
    """Return how often somebody who always predicts the same would have fitted."""
    did = decided()
    return Measure(sum(code.conduct == one.value for one in did.values()), "episodes", None,
                   united(*(one.rows for one in conduct().values())))


# Which can be told apart ------------------------------------------------------------------------------------

@remembered
def pairs() -> pd.DataFrame:
    """Return one row a pair of explanations: the episodes in which both predict and not the same, and in
    which of these each fits; only episodes in which what China did can be told.
    """
    made = []
    for one, other in combinations(names(), 2):
        both = of(one).merge(of(other), on="episode", suffixes=("_a", "_b"))
        both = both[(both["fit_first_a"].isin([Fit.FITS, Fit.MISSES]))
                    & (both["fit_first_b"].isin([Fit.FITS, Fit.MISSES]))]
        apart = both[both["first_a"] != both["first_b"]]
        made.append({"one": one, "other": other, "pair": f"{names()[one]} and {lowered(names()[other])}",
                     "tried": len(both), "apart": len(apart), "episodes": ", ".join(apart["episode"]),
                     "for_one": ", ".join(apart.loc[apart["fit_first_a"] == Fit.FITS, "episode"]),
                     "for_other": ", ".join(apart.loc[apart["fit_first_b"] == Fit.FITS, "episode"]),
                     "rows": united(*of(one)["rows"], *of(other)["rows"])})
    return pd.DataFrame(made)


def between(one: str, other: str) -> pd.Series:
    """Return the row of a pair of explanations, whichever is named first."""
    rows = pairs()
    return rows[rows["one"].isin([one, other]) & rows["other"].isin([one, other])].iloc[0]


def lowered(name: str) -> str:
    """Return a name as it stands within a sentence."""
    return name[0].lower() + name[1:]


# What hangs on one indicator --------------------------------------------------------------------------------

def turns_without() -> dict[str, list[str]]:
    """Return by episode the indicators without which the word on what China did is another."""
    seen, found = observed(), {}
    for name, did in conduct().items():
        here = seen[seen["episode"] == name]
        found[name] = [r["indicator"] for _, r in here.iterrows()
                       if word_of(list(here.loc[here["indicator"] != r["indicator"], "move"])) != did.value]
    return found


def bounds(one: Episode) -> str:
    """Return the first and the last day of an episode in words."""
    return f"{one.first.day} {one.first:%B %Y} to {one.last.day} {one.last:%B %Y}"
