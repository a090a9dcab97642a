"""What China did in eight episodes, by indicators with the same thresholds in all of them.

An episode has a first and a last day. Each indicator is one measure an episode, or none where its table holds
nothing for it; held against its two thresholds it presses, supports, or has not moved. What China did is a
word made of the indicators that moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from argument.message.series import meetings_by_year
from argument.trade.series import china_trade
from report.data.package import load, refuse, remembered
from report.rule import Operator
from report.trace import Measure, mean, measure, measures, percent_change, united

OUTSIDE = ("Security Council", "words")  # domains of acts that other indicators count, or that are no act
AGAINST_THE_NORTH = ("sanctions", "call without sanctions", "panel mandate")


class Move(StrEnum):
    """Which way an indicator points in an episode."""

    PRESSES = "presses"
    SUPPORTS = "supports"
    STILL = "has not moved"


class Conduct(StrEnum):
    """What China did in an episode."""

    PRESSED = "pressed"
    SUPPORTED = "supported"
    MIXED = "mixed"
    UNCHANGED = "no change"
    UNREAD = "unread"

    @property
    def brief(self) -> str:
        """Return the word as it stands over a column."""
        return {self.SUPPORTED: "backed", self.UNCHANGED: "same"}.get(self, str(self))


@dataclass(frozen=True)
class Episode:
    """A time with a first and a last day, and the years that it spans."""

    name: str
    first: pd.Timestamp
    last: pd.Timestamp
    occasion: str
    row: str

    @property
    def years(self) -> range:
        """Return the calendar years that the episode touches."""
        return range(self.first.year, self.last.year + 1)

    def within(self, rows: pd.DataFrame, column: str = "date") -> pd.DataFrame:
        """Return the rows whose day, month or year lies in the episode; a date known to the year or month
        alone counts where that year or month begins no earlier than the episode's own.
        """
        written = rows[column].dt.strftime("%Y-%m-%d") if hasattr(rows[column], "dt") else rows[column]
        first, last = (day.strftime("%Y-%m-%d") for day in (self.first, self.last))
        return rows[[first[:len(cell)] <= cell <= last[:len(cell)] for cell in written.astype(str)]]


@remembered
def episodes() -> dict[str, Episode]:
    """Return the episodes by name, in order of time."""
    rows = load("believe/episodes")
    found = {r["episode"]: Episode(r["episode"], r["first_day"], r["last_day"], r["occasion"], str(row))
             for row, r in rows.iterrows()}
    _in_order(list(found.values()))
    return found


def _in_order(found: list[Episode]) -> None:
    for one, before in zip(found, [None, *found], strict=False):
        if one.last < one.first or (before and one.first <= before.last):
            refuse(one.row, "first_day", f"{one.name!r} ends before it begins, or begins before the one "
                                         "above has ended; correct its days")


def setting(name: str) -> Measure:
    """Return a setting of the comparison, a bare number."""
    rows = load("believe/settings")
    return measure(rows[rows["setting"] == name], "value")


# The indicators, each one measure an episode or none --------------------------------------------------------

def _balance(rows: pd.DataFrame, for_pressure: pd.Series, unit: str, one: Episode) -> Measure | None:
    """Return how many rows tell of pressure, less the others."""
    if rows.empty:
        return None
    value = int(for_pressure.sum()) - int((~for_pressure).sum())
    return measure(rows, value, unit=unit, period=(str(one.first.date()), str(one.last.date())))


def _votes(one: Episode) -> Measure | None:
    rows = load("tests/unsc_votes")
    rows = one.within(rows[rows["kind"].isin(AGAINST_THE_NORTH) & rows["vote_china"].notna()])
    return _balance(rows, rows["vote_china"] == "yes", "votes", one)


def _statements(one: Episode) -> Measure | None:
    rows = one.within(load("message/council_statements"))
    return _balance(rows, rows["north_condemned"].astype(bool), "statements", one)


def _acts(one: Episode) -> Measure | None:
    rows = load("tests/china_actions")
    rows = one.within(rows[~rows["domain"].isin(OUTSIDE) & rows["direction"].isin(["tightens", "shields"])])
    return _balance(rows, rows["direction"] == "tightens", "acts", one)


def _withheld(one: Episode) -> Measure | None:
    rows = load("alliance/leverage_outside_tests")
    rows = one.within(rows[rows["answer"].isin(["cut", "said to be cut", "refused"])])
    return _balance(rows, rows["answer"] != "refused", "reports", one)


def crude() -> pd.Series:
    """Return crude oil from China by year in tonnes, as customs printed it."""
    rows = load("lifelines/crude_oil")
    rows = rows[(rows["seller"] == "China") & (rows["period_type"] == "year") & (rows["status"] == "customs")
                & rows["value"].notna()]
    rows = rows.assign(year=rows["period_start"].dt.year).drop_duplicates("year")
    return measures(rows, "value", by="year")


def _over_the_year_before(yearly: pd.Series, one: Episode) -> Measure | None:
    """Return the change to an episode's last year from the year before its first, in percent."""
    before, last = one.years[0] - 1, one.years[-1]
    return percent_change(yearly[last], yearly[before]) if {before, last} <= set(yearly.index) else None


def _crude(one: Episode) -> Measure | None:
    return _over_the_year_before(crude(), one)


def _trade(one: Episode) -> Measure | None:
    return _over_the_year_before(china_trade("kotra")["value"], one)


def _meetings(one: Episode) -> Measure | None:
    """Return meetings a year, less the mean of the years before; none where these were not all counted."""
    yearly, back = meetings_by_year(), int(setting("years_before"))
    before = range(one.years[0] - back, one.years[0])
    if not {*before, *one.years} <= set(yearly.index):
        return None
    change = mean(yearly[year] for year in one.years) - mean(yearly[year] for year in before)
    return change.given(unit="meetings a year")


COMPUTED: dict[str, Callable[[Episode], Measure | None]] = {
    "votes": _votes, "statements": _statements, "acts": _acts, "withheld": _withheld, "crude": _crude,
    "trade": _trade, "meetings": _meetings}


@dataclass(frozen=True)
class Indicator:
    """One indicator with its two thresholds, each in its own unit."""

    name: str
    label: str
    how: str
    unit: str
    presses: tuple[Operator, float]
    supports: tuple[Operator, float]
    row: str

    def move(self, value: float) -> Move:
        """Return which way a value points."""
        for move, (op, threshold) in ((Move.PRESSES, self.presses), (Move.SUPPORTS, self.supports)):
            if op.met(value, threshold):
                return move
        return Move.STILL


@remembered
def indicators() -> dict[str, Indicator]:
    """Return the indicators by name; raise DataError where a row has thresholds that overlap."""
    found = {}
    for row, r in load("believe/indicators").iterrows():
        sides = {side: (Operator(r[f"{side}_op"]), float(r[f"{side}_at"]))
                 for side in ("presses", "supports")}
        if sides["presses"][0] == sides["supports"][0] or not _apart(sides):
            refuse(row, "presses_at", f"a value of {r['indicator']!r} can press and support at once; let "
                                      "the thresholds stand apart")
        found[r["indicator"]] = Indicator(r["indicator"], r["name"], r["how"], r["unit"], row=str(row),
                                          **sides)
    return found


def _apart(sides: dict[str, tuple[Operator, float]]) -> bool:
    low = min(sides.values(), key=lambda side: side[0] is not Operator.BELOW)[1]
    high = max(sides.values(), key=lambda side: side[0] is not Operator.BELOW)[1]
    return low <= high


# What China did ---------------------------------------------------------------------------------------------

@remembered
def observed() -> pd.DataFrame:
    """Return one row an episode and indicator that was read: its value as a measure, and the move."""
    made = []
    for one in episodes().values():
        for name, indicator in indicators().items():
            value = COMPUTED[name](one)
            if value is not None:
                rested = Measure(value.value, indicator.unit, value.period,
                                 united(value.rows, (indicator.row, one.row)))
                made.append({"episode": one.name, "indicator": name, "label": indicator.label,
                             "unit": indicator.unit, "value": rested, "move": indicator.move(float(value))})
    return pd.DataFrame(made)


@remembered
def conduct() -> dict[str, Measure]:
    """Return what China did in each episode, a word of ``Conduct`` that rests on all that was read."""
    seen, settings = observed(), tuple(load("believe/settings").index)
    found = {}
    for name, one in episodes().items():
        here = seen[seen["episode"] == name]
        rows = united((one.row, *settings), *(value.rows for value in here["value"]))
        found[name] = Measure(str(word_of(list(here["move"]))), None,
                              (str(one.first.date()), str(one.last.date())), rows)
    return found


def word_of(moves: list[Move]) -> Conduct:
    """Return the word that the moves of what was read come to."""
    if len(moves) < setting("fewest_read"):
        return Conduct.UNREAD
    moved = [move for move in moves if move is not Move.STILL]
    if not moved:
        return Conduct.UNCHANGED
    pressing = moved.count(Move.PRESSES) / len(moved)
    if pressing >= setting("share_needed").number:
        return Conduct.PRESSED
    return Conduct.SUPPORTED if 1 - pressing >= setting("share_needed").number else Conduct.MIXED


# Base rates -------------------------------------------------------------------------------------------------

def every_vote() -> pd.DataFrame:
    """Return one row a vote of China on measures against a state in the Council, the North first."""
    north = load("tests/unsc_votes")
    asked = north["kind"].isin(AGAINST_THE_NORTH) & north["vote_china"].notna()
    north = north[asked].assign(on="North Korea")
    other = load("message/votes_elsewhere")
    both = pd.concat([north.assign(north=True), other[other["kind"] != "use of force"].assign(north=False)])
    both = both.sort_values("date", kind="stable")
    read = both.groupby("on")["on"].transform("size").where(~both["north"], len(both))
    found = both.assign(read=read).sort_values(["read", "on"], ascending=[False, True], kind="stable")
    return found.assign(state=found["on"], vote=found["vote_china"],
                        date=found["date"].dt.strftime("%Y-%m-%d"),
                        nth=found.groupby("on", sort=False).cumcount() + 1)[
        ["state", "item", "date", "vote", "nth", "north", "source_id"]]


def backed(votes: pd.DataFrame) -> Measure:
    """Return for how many of some votes China voted."""
    return measure(votes, int((votes["vote"] == "yes").sum()), unit="votes")
