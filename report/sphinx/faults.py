"""Faults of what was written, told in a line wherever they come up.

Much is checked before anything runs. What is found later, by a cell, a role or a page, would be told by the
libraries with all the code that it passed through, and the line that helps would stand last among hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from traceback import format_exception

from report.article import ArticleError, article
from report.book import NumberError
from report.charts.theme import ChartError
from report.data.table import DataError
from report.prose import ProseError
from report.rule import ReadingError
from report.trace import TraceError

FAULTS = (ArticleError, ChartError, DataError, NumberError, ProseError, ReadingError, TraceError)
UNTOLD = "a notebook did not run to its end, and left no traceback; run make book again"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
TOLD = re.compile(rf"^(?:{'|'.join(one.__name__ for one in FAULTS)}): (.*)", re.MULTILINE)
# a step of a traceback, as IPython writes it and as Python does
STEP = re.compile(r'^ *File "?(.+?)(?:", line |:)(\d+)(?:, in (<?\w+>?))?', re.MULTILINE)
IN_CELL = re.compile(r"^Cell In\[(\d+)\], line (\d+)", re.MULTILINE)


def fault_of(error: BaseException | None) -> str | None:
    """Return what is wrong with what was written, where an error or what lies behind it says so or came up in
    the article's own code, or None.
    """
    behind, last = error, ""
    while behind is not None:
        trace = "".join(format_exception(behind, chain=False))
        if isinstance(behind, FAULTS):
            met = "".join(f" (met in {step})" for step in _steps(trace)[-1:])
            return f"{behind}{met}"
        if isinstance(behind, OSError) and behind.filename:
            last = f"{behind.filename}: {behind.strerror}; see that it is there and may be read and written"
        last = _in_code(trace) or last
        behind = behind.__cause__ or (None if behind.__suppress_context__ else behind.__context__)
    return last or None


def failures(traces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what is to be said of notebooks that failed, by the traceback of each: one line a fault, with the
    chapters that met it.
    """
    met: dict[str, list[str]] = {}
    for chapter, trace in sorted(traces):
        plain = COLOURS.sub("", trace).strip()
        found = TOLD.findall(plain)
        told = found[-1] if found else _of_code(plain, chapter) if plain else UNTOLD
        met.setdefault(told, []).extend([*(_steps(plain)[-1:] if found else ()), f"chapters/{chapter}"])
    for told, places in met.items():
        yield f"{told} (met in {', '.join(dict.fromkeys(places))})"


def _of_code(trace: str, chapter: str) -> str:
    if told := _in_code(trace):
        return told
    cells = IN_CELL.findall(trace)
    where = f"cell {cells[-1][0]}, line {cells[-1][1]}" if cells else "a cell"
    return f"chapters/{chapter}, {where}: {_error(trace)}; correct the cell"


def _in_code(trace: str) -> str | None:
    """Return where in the article's own code an error came up, what it is, and the steps that led there; None
    if it came up elsewhere. Where a table was changed and not the code, a row that it looks for is mostly not
    there.
    """
    steps = _steps(trace)
    if not steps:
        return None
    way = f", asked for at {'; '.join(reversed(steps[:-1]))}" if len(steps) > 1 else ""
    mend = "correct this line, or the rows of the tables that it looks for"
    return f"{steps[-1]}: {_error(trace)}; {mend}{way}"


def _steps(trace: str) -> list[str]:
    """Return the places in the article's own code that a traceback passes through, the deepest last."""
    package = re.escape(article().argument)
    return [f"{own[0]}:{line}" + (f", in {function}" if function else "")
            for path, line, function in STEP.findall(trace)
            if (own := re.search(rf"\b{package}/[^/].*\.py$", path))]


def _error(trace: str) -> str:
    return next((line for line in reversed(trace.splitlines()) if line.strip()), UNTOLD)
