"""A fact that a chart's words state is computed, or guarded by a condition: none is merely typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ARGUMENT = Path(__file__).resolve().parents[2] / "argument"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")
DATED = re.compile(rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(MONTHS)})\b|\b(?P<year>(?:19|20)\d\d)\b")
DENIED = re.compile(r"\b(?:has|have|had|was) no\b|\bnone (?:in|of|at)\b|\bnothing (?:in|of|after)\b")
SAID = ("note", "alt_text", "measure")  # the parts of a chart that no condition of its title guards
GUARD = "stated"


def charts_of_article() -> Iterator[tuple[str, ast.Call]]:
    """Yield each call that publishes a chart, with the chart's name."""
    for path in sorted(ARGUMENT.glob("*/charts.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "charts.publish":
                keywords = {word.arg: word.value for word in node.keywords}
                yield ast.literal_eval(keywords["name"]), node


def behind(node: ast.AST) -> str:
    """Return the code of what is computed within words: their typed parts are left out."""
    computed = [part.value for part in ast.walk(node) if isinstance(part, ast.FormattedValue)]
    return " ".join(map(ast.unparse, computed))


def typed(node: ast.AST, guarded: bool = False) -> Iterator[str]:
    """Yield the typed parts of words, without those that a guard or a comprehension's own code holds."""
    if (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == GUARD) or isinstance(
            node, ast.FormattedValue):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.JoinedStr, ast.BinOp, ast.IfExp)):
        for child in ast.iter_child_nodes(node):
            yield from typed(child)
    elif isinstance(node, ast.Call):  # "; ".join(f"…" for …)
        for child in node.args:
            yield from typed(child.elt if isinstance(child, ast.GeneratorExp) else child)


def merely_typed(words: ast.AST, condition: ast.AST | None = None) -> list[str]:
    """Return the days, months and years in words that neither a value among them nor a condition names."""
    named = behind(words) + (ast.unparse(condition) if condition else "")
    found = []
    for part in typed(words):
        for date in DATED.finditer(part):
            month = f"-{MONTHS.index(date['month']) + 1:02d}" if date["month"] else ""
            if date["day"] or (date["year"] or month) not in named:
                found.append(date[0])
    return found


@pytest.mark.parametrize("name, call", [pytest.param(*one, id=one[0]) for one in charts_of_article()])
def test_no_date_is_merely_typed(name, call):
    """A year, month or day in an alternative text, a note or a title that would stay when the data move."""
    keywords = {word.arg: word.value for word in call.keywords}
    found = {part: merely_typed(keywords[part]) for part in SAID if part in keywords}
    found["title"] = merely_typed(keywords["title"], keywords["holds"])
    assert {part: dates for part, dates in found.items() if dates} == {}


@pytest.mark.parametrize("name, call", [pytest.param(*one, id=one[0]) for one in charts_of_article()])
def test_nothing_is_denied_without_a_condition(name, call):
    """“UNHCR's database has no row for China”, in a note, after a row has come in."""
    keywords = {word.arg: word.value for word in call.keywords}
    denied = [part for said in SAID if said in keywords for part in typed(keywords[said])
              if DENIED.search(part)]
    assert denied == []


@pytest.mark.parametrize("code, seen", [
    ("f'{price[2016]:.0f} in 2016'", []),
    ("f'{price[2016]:.0f} in 2017'", ["2017"]),
    ("f'{price:.0f}. Sales were halted on 28 June.'", ["28 June"]),
    ("f'{months[\"2016-07\"]:.0f} in July 2016' + charts.stated('none in 2018', when=True)", []),
    ("f'{months[\"2016-07\"]:.0f} in June 2016'", ["June"]),
    ("'; '.join(f'{r.name} in 2013' for r in rows)", ["2013"]),
])
def test_a_typed_date_is_seen(code, seen):
    """A reader of code that every text passes."""
    assert merely_typed(ast.parse(code, mode="eval").body) == seen
