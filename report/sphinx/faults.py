"""Faults of what was written, told in a line wherever they come up.

Much is checked before anything runs. What is found later, by a cell, a role or a page, would be told by the
libraries with all the code that it passed through, and the line that helps would stand last among hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import format_exception
from typing import Any

import yaml

from report.article import ArticleError, article
from report.book import NumberError
from report.charts.theme import ChartError
from report.data.table import DataError
from report.prose import ProseError
from report.rule import ReadingError
from report.trace import TraceError

FAULTS = (ArticleError, ChartError, DataError, NumberError, ProseError, ReadingError, TraceError)
# settings that Jupyter Book reads, and that neither its schema nor its defaults have, by where they stand
UNLISTED = {"": ("project",), "parse: ": ("myst_substitutions",), "html: ": ("navbar_footer_text",)}
PARTS, ENTRIES = ("parts", "subtrees"), ("chapters", "sections", "entries")  # of a table of contents
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
            return _placed(str(behind), trace)
        last = _in_code(trace) or last
        behind = behind.__cause__ or (None if behind.__suppress_context__ else behind.__context__)
    return last or None


def _placed(told: str, trace: str) -> str:
    """Return a fault with the line of the article's own code that met it, where one did."""
    steps = _steps(trace)
    return f"{told} (met at {steps[-1]})" if steps else told


def failures(traces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what is to be said of notebooks that failed, by the traceback of each: one line a fault, with the
    chapters that met it.
    """
    met: dict[str, list[str]] = {}
    for chapter, trace in traces:
        plain = COLOURS.sub("", trace).strip()
        found = TOLD.findall(plain)
        told = _placed(found[-1], plain) if found else _of_code(plain, chapter) if plain else UNTOLD
        met.setdefault(told, []).append(chapter)
    for told, chapters in met.items():
        yield f"{told} (met in {', '.join(f'chapters/{name}' for name in sorted(chapters))})"


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


def fault_of_contents(config: Path, contents: Path) -> str | None:
    """Return what does not fit in Jupyter Book's settings or in the table of contents, by the libraries that
    read them, or None.
    """
    from jupyter_book.config import PATH_YAML_DEFAULT, get_validator
    from sphinx_external_toc.parsing import MalformedError, parse_toc_data

    read, validator = {}, get_validator()
    for path in (config, contents):
        try:
            read[path] = yaml.safe_load(path.read_bytes())
        except yaml.YAMLError as unread:
            return f"{path.name}: {unread}; correct the YAML"
    settings = read[config]
    for error in validator.iter_errors(settings):
        at = "".join(f"{key}: " for key in error.path)
        return f"{config.name}: {at}{error.message}; correct it"
    for untold in _unread(settings, validator.schema, yaml.safe_load(PATH_YAML_DEFAULT.read_bytes())):
        return f"{config.name}: {untold}"
    try:
        parse_toc_data(read[contents])
    except MalformedError as error:
        return f"{contents.name}: {error}; correct it"
    return next((f"{contents.name}: {told}" for told in _unread_parts(read[contents])), None)


def _unread_parts(told: Any) -> Iterator[str]:
    """Yield what is to be said of what a part of the contents says and their library passes over."""
    from sphinx_external_toc.parsing import TOCTREE_OPTIONS

    known = {*TOCTREE_OPTIONS, *ENTRIES}
    for name, value in told.items() if isinstance(told, dict) else ():
        for part in value if isinstance(value, list) else ():
            if name in PARTS and isinstance(part, dict):
                for unknown in sorted(part.keys() - known):
                    yield f"nothing reads {unknown!r} of a part; write one of {', '.join(sorted(known))}"
            yield from _unread_parts(part)


def _unread(settings: dict, schema: dict, defaults: Any, at: str = "") -> Iterator[str]:
    """Yield what is to be said of settings that Jupyter Book's schema allows, and that nothing reads; ``at``
    is what they stand under.
    """
    below, defaults = schema.get("properties", {}), defaults if isinstance(defaults, dict) else {}
    known = {*below, *defaults, *UNLISTED.get(at, ())}
    for name, value in settings.items():
        if name not in known:
            yield f"{at}nothing reads {name!r}; write one of {', '.join(sorted(known))}"
        elif isinstance(value, dict) and (below.get(name, {}).get("properties") or defaults.get(name)):
            yield from _unread(value, below.get(name, {}), defaults.get(name), f"{at}{name}: ")
