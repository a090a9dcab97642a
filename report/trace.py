"""A number as one value: what it is, in which unit, of which period, and the rows it was computed from.

What is computed from measures is a measure again and names the rows of all its parts, so that no quotient
forgets its denominator and no index its base year; its sources follow from its rows and are carried by
nobody. A pandas Series of measures does arithmetic element by element, and ``total``, ``mean``, ``median``
and ``over`` gather many into one. After the indicator metadata of Our World in Data's ETL, where arithmetic
combines what is known of its operands.
"""

from __future__ import annotations

import operator
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import total_ordering
from typing import Any

import pandas as pd

from report import dates
from report.data.package import load, package
from report.data.table import SEPARATOR
from report.prose import enumerated

Period = tuple[str, str]
PERIOD_COLUMNS = (("year",), ("period",), ("period_start", "period_end"), ("start", "end"), ("date",),
                  ("month",))
FEW = 3  # rows that a fault names
MISSPELT = 0.8  # how near, by difflib, text comes to a name that was meant


class TraceError(ValueError):
    """A measure that names no rows, or an operation that would lose what is known of a number."""


def united(*parts: Iterable[str]) -> tuple[str, ...]:
    """Return addresses of several parts, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(row for part in parts for row in part))


def sources_of(rows: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the sources that rows cite, each once, sorted; raise TraceError where one is unknown.
    """
    found: set[str] = set()
    for row in rows:
        known = package().sources_of_rows(row.split("#")[0])
        if row not in known:
            raise TraceError(f"no row has the address {row!r}; correct it, or restore the row")
        found |= set(known[row])
    return tuple(sorted(found))


def cited(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the source ids that a frame's column ``source_id`` names, each once, sorted."""
    cells = set(rows["source_id"].tolist())
    return tuple(sorted({i for cell in cells if not pd.isna(cell) for i in cell.split(SEPARATOR) if i}))


def rows_at(rows: Iterable[str]) -> pd.DataFrame:
    """Return the rows at addresses, of whatever tables, in their order; raise
    TraceError where one is unknown.
    """
    wanted = list(dict.fromkeys(rows))
    found = []
    for table in dict.fromkeys(row.split("#")[0] for row in wanted):
        frame, here = load(table), [row for row in wanted if row.startswith(f"{table}#")]
        unknown = [row for row in here if row not in frame.index]
        if unknown:
            raise TraceError(f"no row has the address {unknown[0]!r}; correct it, or restore the row")
        found.append(frame.loc[here])
    return found[0] if len(found) == 1 else pd.concat(found)


@total_ordering
@dataclass(frozen=True, eq=False)
class Measure:
    """A value with its unit, period and rows. Compared and printed by its value.

    ``value`` is a number, a word or a truth value; ``unit`` is None for a bare ratio; ``period`` is a first
    and a last year, month or day, or None where time does not enter; ``rows`` are addresses such as
    ``wages/index#2014|oecd``.
    """

    value: float | int | str | bool
    unit: str | None = None
    period: Period | None = None
    rows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.rows or not all("#" in row for row in self.rows):
            raise TraceError(f"the value {self.value!r} rests on no rows; make it from rows of load()")
        if self.value is None or self.value is pd.NA or self.value != self.value:
            raise TraceError(f"the value of {self.rows[0]} is missing; drop the row or say that it is not "
                             "known")
        if hasattr(self.value, "item"):
            # plain Python, so that it prints and serialises
            object.__setattr__(self, "value", self.value.item())

    @property
    def number(self) -> float:
        """Return the value as the number that it is; raise TraceError where it is a word."""
        if isinstance(self.value, str):
            raise TraceError(f"{self.value!r} is a word and no number to compute with; it rests on "
                             f"{self.rows[0]}")
        return self.value

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the sources of the rows, sorted."""
        return sources_of(self.rows)

    def given(self, *, unit: str | None = None, period: Period | str | None = None) -> Measure:
        """Return the same value under another unit or period, where arithmetic cannot know it."""
        spanned = (period, period) if isinstance(period, str) else period
        return replace(self, unit=unit or self.unit, period=spanned or self.period)

    def resting_on(self, *others: Measure | pd.DataFrame) -> Measure:
        """Return the same value with the rows of ``others`` named too: what it was
        chosen by or compared with.
        """
        more = (tuple(o.index) if isinstance(o, pd.DataFrame) else o.rows for o in others)
        return replace(self, rows=united(self.rows, *more))

    def _with(self, other, operation: Callable, unit: str | None, swapped: bool = False) -> Measure:
        known = isinstance(other, Measure)
        left, right = (self.value, other.value if known else other)
        try:
            value = operation(right, left) if swapped else operation(left, right)
        except ZeroDivisionError:
            nought = self if swapped or not known else other
            raise TraceError(f"a share of nothing was asked for, since {enumerated(nought.rows[:3])} come to "
                             "nought; choose other rows, or leave the share out") from None
        periods = [p for p in (self.period, other.period if known else None) if p]
        return Measure(value, unit, dates.span(periods) if periods else None,
                       united(self.rows, other.rows) if known else self.rows)

    def _alike(self, other) -> str | None:
        """Return the unit of a sum or difference; refuse to add what is not counted in the same unit."""
        if isinstance(other, Measure) and self.unit and other.unit and self.unit != other.unit:
            raise TraceError(
                f"{self.unit} and {other.unit} cannot be added or taken off; convert one of them")
        return self.unit or (other.unit if isinstance(other, Measure) else None)

    def __add__(self, other) -> Measure:
        return self._with(other, operator.add, self._alike(other))

    __radd__ = __add__  # sum() starts with 0

    def __sub__(self, other) -> Measure:
        return self._with(other, operator.sub, self._alike(other))

    def __rsub__(self, other) -> Measure:
        return self._with(other, operator.sub, self.unit, swapped=True)

    def __mul__(self, other) -> Measure:
        return self._with(other, operator.mul,
                          self.unit or (other.unit if isinstance(other, Measure) else None))

    __rmul__ = __mul__

    def __truediv__(self, other) -> Measure:
        same = isinstance(other, Measure) and self.unit == other.unit
        return self._with(other, operator.truediv, None if same else self.unit)

    def __rtruediv__(self, other) -> Measure:
        return self._with(other, operator.truediv, None, swapped=True)

    def __neg__(self) -> Measure:
        return replace(self, value=-self.number)

    def __abs__(self) -> Measure:
        return replace(self, value=abs(self.number))

    def __round__(self, digits: int | None = None) -> Measure:
        return replace(self, value=round(self.number, digits))

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other) -> bool:
        return self.value == (other.value if isinstance(other, Measure) else other)

    def __lt__(self, other) -> bool:
        return operator.lt(self.value, other.value if isinstance(other, Measure) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __format__(self, form: str) -> str:
        return format(self.value, form)

    def __str__(self) -> str:
        return str(self.value)


def percent_of(part: Measure, whole: Measure) -> Measure:
    """Return ``part`` in percent of ``whole``."""
    return (100 * part / whole).given(unit="percent")


def percent_change(later: Measure, earlier: Measure) -> Measure:
    """Return the change from ``earlier`` to ``later`` in percent of ``earlier``."""
    return (100 * (later - earlier) / earlier).given(unit="percent")


def _periods_of(rows: pd.DataFrame) -> list[Period | None]:
    """Return the period of each row, by the first set of columns for time that it has filled; None without
    one, and where a column of that name holds no dates.

    Cells are read column by column: a frame of one row for each of thousands of measures took longer than
    all that is computed from them.
    """
    periods: list[Period | None] = [None] * len(rows)
    waiting = list(range(len(rows)))
    for columns in PERIOD_COLUMNS:
        if not waiting or not all(name in rows for name in columns):
            continue
        first, last = rows[columns[0]].tolist(), rows[columns[-1]].tolist()
        filled = [row for row in waiting if not (pd.isna(first[row]) or pd.isna(last[row]))]
        for row in filled:
            periods[row] = _spanned([(_written(first[row]), _written(last[row]))])
        done = set(filled)
        waiting = [row for row in waiting if row not in done]
    return periods


def _period_of(rows: pd.DataFrame) -> Period | None:
    """Return the period that rows span, by the first set of columns for time that they all have filled."""
    columns = next((c for c in PERIOD_COLUMNS
                    if all(name in rows and rows[name].notna().all() for name in c)), None)
    if columns is None or rows.empty:
        return None
    first, last = (map(_written, rows[name].tolist()) for name in (columns[0], columns[-1]))
    return _spanned(sorted(set(zip(first, last, strict=True))))


def _written(value: object) -> str:
    """Return a cell of a column for time as text, as the data have it."""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _spanned(periods: list[Period]) -> Period | None:
    """Return the period that several span, or None where they are no dates."""
    try:
        return dates.span(periods)
    except ValueError:  # a column of that name that holds no dates
        return None


def _unit_of(rows: pd.DataFrame, column: str) -> str | None:
    """Return the unit of a column: the one that its table's description gives, or the one of
    the rows' column ``unit``.
    """
    if "unit" in rows and rows["unit"].nunique() == 1 and column in ("value", "low", "high"):
        return str(rows["unit"].iloc[0])
    table = package().all_tables.get(str(rows.index[0]).split("#")[0]) if len(rows) else None
    return table.fields[column].get("unit") if table and column in table.fields else None


def days_of(rows: pd.DataFrame, column: str = "date") -> Period:
    """Return the first and last day, month or year of rows, as their column writes them."""
    dated = rows[column]
    text = dated.dt.strftime("%Y-%m-%d") if dated.dtype.kind == "M" else dated.astype(str)
    return text.min(), text.max()


def measure(rows: pd.DataFrame, value, *, unit: str | None = None,
            period: Period | str | None = None) -> Measure:
    """Return a value that was computed from ``rows`` of load() in a way that arithmetic on measures does not
    cover.

    ``value`` may be the name of a column where there is one row; other text is what the rows say in words. An
    estimate of a model names all rows of its sample. Raises TraceError: no rows, a column of several rows, or
    text that is nearly the name of a column.
    """
    if rows.empty:
        raise TraceError("there are no rows to measure; correct the selection")
    if isinstance(value, str) and get_close_matches(value, map(str, rows), n=1, cutoff=MISSPELT):
        value, unit = _of_one_row(rows, value), unit or _unit_of(rows, value)
    spanned = (period, period) if isinstance(period, str) else period
    return Measure(value, unit, spanned or _period_of(rows), tuple(rows.index))


def _of_one_row(rows: pd.DataFrame, column: str) -> Any:
    _has(rows, column)
    if len(rows) != 1:
        raise TraceError(f"{column!r} is asked of {len(rows)} rows, {_first(rows)}, which have one each; "
                         "make the selection narrower, or gather them with total(), mean() or another")
    return rows[column].iloc[0]


def coded(rows: pd.DataFrame, met: bool) -> Measure:
    """Return what rows are coded as, met or not."""
    return measure(rows, bool(met))


def _first(rows: pd.DataFrame) -> str:
    more = " and more" if len(rows) > FEW else ""
    return ", ".join(map(str, rows.index[:FEW])) + more


def _has(rows: pd.DataFrame, *columns: str) -> None:
    """Refuse a column that rows lack, by their table and with the name that was meant."""
    for column in columns:
        if column not in rows:
            place = str(rows.index[0]).split("#")[0] if len(rows) else "the selection, which is empty,"
            near = get_close_matches(column, map(str, rows), n=1)
            raise TraceError(f"{place} has no column {column!r}{f', but {near[0]!r}' if near else ''}; its "
                             f"columns are {', '.join(map(str, rows))}")


def only(rows: pd.DataFrame, column: str, **known) -> Measure:
    """Return the value of the one row; raise TraceError where there are more or none."""
    if rows.empty:
        raise TraceError(f"one row was expected and none was found; the selection of {column!r} asks for "
                         "what the table does not hold: correct it, or add the row")
    if len(rows) != 1:
        raise TraceError(f"one row was expected and {len(rows)} were found, {_first(rows)}; see whether one "
                         f"is there twice, or make the selection of {column!r} narrower")
    _has(rows, column)
    return measure(rows, column, **known)


def measures(rows: pd.DataFrame, column: str, *, by: str | None = None, unit: str | None = None) -> pd.Series:
    """Return a column as a Series of measures, each of its own row; rows without a value are left out.

    The Series has the rows' addresses as its index, or the values of the column ``by``, which must then be
    unique.
    """
    _has(rows, column, *([by] if by else []))
    filled = rows[rows[column].notna()]
    unit = unit or _unit_of(filled, column)
    made = [Measure(value, unit, period, (address,))
            for address, value, period in zip(filled.index, filled[column], _periods_of(filled), strict=True)]
    series = pd.Series(made, index=filled[by] if by else filled.index, dtype=object, name=column)
    if by and series.index.has_duplicates:
        twice = series.index[series.index.duplicated()][0]
        same = _first(filled[filled[by] == twice])
        raise TraceError(f"{same}: rows of one {by}, {twice}, where one {column} is taken; see whether one "
                         "is there or preferred twice, choose among them in the code, or gather them with "
                         "over()")
    return series.rename_axis(by)


def _gathered(of: Iterable[Measure], value: Callable[[list], float]) -> Measure:
    parts = list(of)
    if not parts:
        raise TraceError("there are no measures to gather; correct the selection")
    units = {m.unit for m in parts}
    if len(units) > 1:
        raise TraceError(f"measures in {enumerated(sorted(map(str, units)))} cannot be gathered; "
                         "convert them")
    periods = [m.period for m in parts if m.period]
    return Measure(value([m.value for m in parts]), units.pop(), dates.span(periods) if periods else None,
                   united(*(m.rows for m in parts)))


def total(of: Iterable[Measure]) -> Measure:
    """Return the sum of measures in one unit."""
    return _gathered(of, sum)


def mean(of: Iterable[Measure]) -> Measure:
    """Return the arithmetic mean of measures in one unit."""
    return _gathered(of, statistics.fmean)


def median(of: Iterable[Measure]) -> Measure:
    """Return the median of measures in one unit."""
    return _gathered(of, statistics.median)


def least(of: Iterable[Measure]) -> Measure:
    """Return the smallest value, resting on all that it was chosen from."""
    return _gathered(of, min)


def greatest(of: Iterable[Measure]) -> Measure:
    """Return the largest value, resting on all that it was chosen from."""
    return _gathered(of, max)


def count(rows: pd.DataFrame | Sequence[Measure], *, unit: str | None = None,
          period: Period | str | None = None) -> Measure:
    """Return how many rows or measures there are, at least one."""
    if isinstance(rows, pd.DataFrame):
        return measure(rows, len(rows), unit=unit, period=period)
    return _gathered(rows, len).given(unit=unit, period=period)


def over(rows: pd.DataFrame, by: str | list[str], column: str,
         gather: Callable[[Iterable[Measure]], Measure] = total) -> pd.Series:
    """Return one measure a group of rows, gathered from the column by ``total``,
    ``mean``, ``median`` or the like.
    """
    _has(rows, *([by] if isinstance(by, str) else by))
    each = measures(rows, column)
    groups = rows.loc[each.index].groupby(by, sort=True).groups
    return pd.Series({key: gather(each.loc[list(addresses)]) for key, addresses in groups.items()},
                     dtype=object,
                     name=column).rename_axis(by if isinstance(by, str) else None)


def frame(columns: dict[str, pd.Series]) -> pd.DataFrame:
    """Return Series of measures side by side as a frame with the index as its
    first column; gaps stay gaps.
    """
    return pd.DataFrame(columns).reset_index()


def plain(data: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of measures as one of plain values, with columns ``row`` and ``source_id`` for what each
    row rests on.

    A row of the frame rests on all measures in it, and on the addresses that its index, or a column ``row``
    from an earlier call, already holds. Frames without measures pass through with the two columns added.
    """
    made, holding = data.copy(), [c for c in data if data[c].map(lambda v: isinstance(v, Measure)).any()]
    own = data["row"].astype(str).str.split(SEPARATOR) if "row" in data else \
        pd.Series([[i] if isinstance(i, str) and "#" in i else [] for i in data.index], index=data.index)
    rested = [united(mine, *(m.rows for m in parts if isinstance(m, Measure)))
              for mine, *parts in zip(own, *(data[c] for c in holding), strict=True)]
    for c in holding:
        values = [m.value if isinstance(m, Measure) else m for m in data[c]]
        made[c] = pd.Series(values, index=data.index).infer_objects()
    made["row"] = [SEPARATOR.join(rows) for rows in rested]
    derived = [SEPARATOR.join(sources_of(r for r in rows if "#" in r)) for rows in rested]
    # of rows in registers, which cite none
    stated = data["source_id"] if "source_id" in data else [""] * len(data)
    made["source_id"] = [d or s for d, s in zip(derived, stated, strict=True)]
    return made
