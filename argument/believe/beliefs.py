"""What to believe now: sentences whose word of confidence follows from what they rest on.

A ground is a claim, a reading, a judgement, an episode or an explanation, and must say what the sentence
needs; ``believe/grades`` says how much confidence it then allows. A sentence stands as its weakest ground.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from argument.believe import rivals
from argument.believe.series import conduct, episodes
from report.book import indicators, reading_at, readings, verdicts
from report.data.package import load, refuse, remembered
from report.data.table import SEPARATOR, DataError
from report.rule import Indicator, Kind, Reading, claims
from report.rule.verdict import FIRM_UNITS, LOWER_THRESHOLD, UPPER_THRESHOLD
from report.trace import Measure, sources_of, united


class Confidence(StrEnum):
    """How surely a sentence can be held, from none to most."""

    UNTOLD = "cannot be told"
    LIKELY = "more likely than not"
    PROBABLY = "probably"
    ALMOST = "almost certainly"

    @property
    def grade(self) -> int:
        """Return the place on the scale, 0 to 3."""
        return list(Confidence).index(self)


@dataclass(frozen=True)
class Ground:
    """One thing that a sentence rests on: what it is, what it was found to say, and what it allows."""

    kind: str
    name: str
    says: str
    found: str
    grade: int
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Belief:
    """One sentence with its word of confidence and its grounds."""

    name: str
    sentence: str
    confidence: Confidence
    grounds: tuple[Ground, ...]
    limit: str
    changes_it: str
    read_where: str
    row: str

    @property
    def rows(self) -> tuple[str, ...]:
        """Return all that the word of confidence rests on."""
        return united((self.row,), *(one.rows for one in self.grounds))

    def of(self, kind: str) -> list[str]:
        """Return the names of its grounds of a kind."""
        return [one.name for one in self.grounds if one.kind == kind]


def _grade(of: str, word: str) -> tuple[int, str]:
    row = f"believe/grades#{of}|{word}"
    return int(load("believe/grades").loc[row, "grade"]), row


def _claim(row: str, r: pd.Series) -> tuple[str, int, tuple[str, ...]]:
    if r["name"] not in claims() or pd.isna(r["vantage"]):
        refuse(row, "name", f"{r['name']!r} is no claim, or has no vantage; correct it")
    found, one = verdicts(r["name"])[r["vantage"]], claims()[r["name"]]
    rows = (f"claims#{one.id}",)
    if found.word is None or found.word.side is None or found.word.side != r["says"]:
        return f"{found.phrase} {r['vantage']}", 0, rows
    state = "mixed" if found.word.rank == 2 else "outright" if found.word.rank in (0, 4) else "mostly"
    grades = [_grade("word", state), _grade("firmness", str(found.firmness))]
    if one.kind is Kind.MOTIVE:
        grades.append(_grade("motive", "any"))
    return (f"{found.phrase} {r['vantage']}, {found.firmness}", min(grade for grade, _ in grades),
            united(rows, (row for _, row in grades)))


def _reading(row: str, r: pd.Series) -> tuple[str, int, tuple[str, ...]]:
    one = reading_at(r["name"])
    if not isinstance(one, Reading) or r["says"] not in ("met", "not met"):
        refuse(row, "name", f"{r['name']!r} is no reading that is met or not met; correct it")
    found = "met" if one.met else "not met"
    grade, rule = _grade("reading", "as said")
    return found, grade if found == r["says"] else 0, united(one.rows, (rule,))


def _judgement(row: str, r: pd.Series) -> tuple[str, int, tuple[str, ...]]:
    judged, table = f"judgements#{r['name']}", load("judgements")
    if judged not in table.index:
        refuse(row, "name", f"{r['name']!r} has no graded judgement; correct it")
    found = str(table.loc[judged, "judgement"])
    grade, rule = _grade("judgement", "as said")
    return found, grade if found == r["says"] else 0, (judged, rule)


def _episode(row: str, r: pd.Series) -> tuple[str, int, tuple[str, ...]]:
    if r["name"] not in episodes():
        refuse(row, "name", f"{r['name']!r} is no episode; known are {', '.join(episodes())}")
    did = conduct()[r["name"]]
    grade, rule = _grade("episode", "turned" if rivals.turns_without()[r["name"]] else "unturned")
    return str(did), grade if did.value == r["says"] else 0, united(did.rows, (rule,))


def _explanation(row: str, r: pd.Series) -> tuple[str, int, tuple[str, ...]]:
    if r["name"] not in rivals.names():
        refuse(row, "name", f"{r['name']!r} is no explanation; known are {', '.join(rivals.names())}")
    fits, tried = rivals.fits(r["name"])
    grade, rule = _grade("explanation", "as said")
    says = _told_of(int(fits), int(tried))
    return (f"fits {fits} of {tried} episodes", grade if says == r["says"] else 0, united(fits.rows, (rule,)))


def _told_of(fits: int, tried: int) -> str:
    """Return what may be said of an explanation; tried too seldom, or never, it neither fits nor misses."""
    if not tried or tried < FIRM_UNITS:
        return "neither fits nor misses"
    share = fits / tried
    return "fits" if share >= UPPER_THRESHOLD else "misses" if share <= LOWER_THRESHOLD \
        else "neither fits nor misses"


GRADED: dict[str, Callable[[str, pd.Series], tuple[str, int, tuple[str, ...]]]] = {
    "claim": _claim, "reading": _reading, "judgement": _judgement, "episode": _episode,
    "explanation": _explanation}


@remembered
def beliefs() -> dict[str, Belief]:
    """Return the sentences by name, surest first.

    Raises DataError where a sentence has no ground, a ground bears no sentence, or a limit has no reason.
    """
    rows, grounds = load("believe/beliefs"), _grounds()
    if strays := set(grounds) - set(rows["belief"]):
        raise DataError(f"data/believe/grounds.csv: {min(strays)!r} is no sentence of beliefs; correct it")
    found = [_belief(str(row), r, tuple(grounds.get(r["belief"], ()))) for row, r in rows.iterrows()]
    return {one.name: one for one in sorted(found, key=lambda one: -one.confidence.grade)}


def _grounds() -> dict[str, list[Ground]]:
    made: dict[str, list[Ground]] = {}
    for row, r in load("believe/grounds").iterrows():
        found, grade, rows = GRADED[r["kind"]](str(row), r)
        made.setdefault(r["belief"], []).append(
            Ground(r["kind"], r["name"], r["says"], found, grade, united((str(row),), rows)))
    return made


def _belief(row: str, r: pd.Series, grounds: tuple[Ground, ...]) -> Belief:
    if not grounds:
        refuse(row, "belief", f"{r['belief']!r} rests on nothing; add its grounds to grounds.csv")
    limited = not pd.isna(r["limit"])
    if limited == pd.isna(r["limit_reason"]):
        refuse(row, "limit", f"{r['belief']!r} has a limit without a reason, or a reason without a limit; "
                             "fill in both or neither")
    grade = min(one.grade for one in grounds)
    grade = min(grade, Confidence(r["limit"]).grade) if limited else grade
    return Belief(r["belief"], r["sentence"], list(Confidence)[grade], grounds,
                  r["limit_reason"] if limited else "", r["changes_it"], r["read_where"], row)


def claims_source(one: Belief) -> str:
    """Return the sources of the readings behind a sentence that rests on claims alone."""
    ids = [id for ground in one.grounds if ground.kind in ("claim", "judgement")
           for v in verdicts(ground.name).values() for id in _sources_of_claim(ground.name, v.vantage)]
    return SEPARATOR.join(sorted(set(ids)))


def _sources_of_claim(id: str, vantage: str) -> list[str]:
    found: list[Reading | Indicator] = [*readings(id), *indicators(id)]
    return [s for one in found if one.vantage == vantage for s in one.sources]


def policies() -> pd.DataFrame:
    """Return one row an aim: the conditional sentence, its confidence, another reading of the evidence."""
    known, made = beliefs(), []
    for row, r in load("believe/policy").iterrows():
        names = r["beliefs"].split(SEPARATOR)
        if unknown := [name for name in names if name not in known]:
            refuse(row, "beliefs", f"{unknown[0]!r} is no sentence; known are {', '.join(known)}")
        rests = [known[name] for name in names]
        least = min((one.confidence for one in rests), key=lambda word: word.grade)
        made.append({"reader": r["reader"], "sentence": f"If {r['if_aim']}: {r['then']}.",
                     "confidence": str(least), "other": r["other_reading"],
                     "claims": ", ".join(dict.fromkeys(
                         id for one in rests for kind in ("claim", "judgement") for id in one.of(kind))),
                     "row": str(row), "source_id": SEPARATOR.join(sorted({
                         id for one in rests for id in
                         (*sources_of(one.rows), *filter(None, claims_source(one).split(SEPARATOR)))}))})
    return pd.DataFrame(made)


def tally() -> dict[Confidence, Measure]:
    """Return how many sentences have each word of confidence."""
    found = list(beliefs().values())
    rows = united(*(one.rows for one in found))
    return {word: Measure(sum(one.confidence is word for one in found), "sentences", None, rows)
            for word in Confidence}
