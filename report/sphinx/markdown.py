"""What Markdown would swallow without a word: found in a page's source before anything runs.

A block of code that nobody ended takes the rest of the page with its headings and charts into it, an unended
comment drops it, and what git leaves of two versions is printed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.data.table import DataError

FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,}|:{3,})\s*(.*?)\s*$")
LEFT_BY_GIT = re.compile(r"(?:<{7}|>{7}|\|{7}) ")
COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.S)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
DEFINED, NAMED = re.compile(r"^\[\^([\w-]+)\]:", re.M), re.compile(r"\[\^([\w-]+)\](?!:)")


def check_markdown(text: str, place: str) -> None:
    """Raise DataError for a page of which a part would be lost; it names the line."""
    for line, told in (*_of_git(text), *_of_fences(text), *_of_words(text)):
        raise DataError(f"{place}:{line}: {told}")


def _of_git(text: str) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(text.splitlines(), 1):
        if LEFT_BY_GIT.match(line):
            yield at, f"{line!r} is left of two versions; keep one of them and remove such lines"


def _of_fences(text: str) -> Iterator[tuple[int, str]]:
    """Yield blocks that do not end, or end only with a later one. A block of colons may hold others; what one
    of backticks holds is text, in which no other can begin unless its own marks are longer.
    """
    open_ones: list[tuple[int, str]] = []
    for at, line in enumerate(text.splitlines(), 1):
        if not (found := FENCE.match(line)):
            continue
        marks, words = found.groups()
        begun, of_it = open_ones[-1] if open_ones else (0, "")
        closes = marks[0] == of_it[:1] and len(marks) >= len(of_it)
        if closes and not words:
            open_ones.pop()
        elif not of_it or of_it[0] == ":":
            open_ones.append((at, marks))
        elif closes:
            yield begun, (f"the block that begins here does not end before another begins in line {at}; "
                          f"write {of_it} where it ends")
    for begun, marks in open_ones:
        yield begun, f"the block that begins here has no end; write {marks} behind its last line"


def _of_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield comments without an end and footnotes that no sentence names."""
    words = CODE.sub(_blank, _without_blocks(text))
    for comment in COMMENT.finditer(words):
        if not comment[1]:
            yield _line(words, comment), "the comment that begins here has no end; write --> behind it"
    named = set(NAMED.findall(words))
    seen: set[str] = set()
    for footnote in DEFINED.finditer(words):
        if footnote[1] in seen:
            yield _line(words, footnote), (f"there is a footnote {footnote[1]!r} above already; give one of "
                                           "them another name")
        seen.add(footnote[1])
        if footnote[1] not in named:
            yield _line(words, footnote), (f"no sentence names the footnote {footnote[1]!r}, which would be "
                                           f"dropped; write [^{footnote[1]}] where it belongs, or remove it")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"\S", " ", found[0])


def _line(text: str, found: re.Match[str]) -> int:
    return text[: found.start()].count("\n") + 1


def _without_blocks(text: str) -> str:
    """Return a page's text with as many lines, those of its blocks of code blank."""
    kept, marks = [], ""
    for line in text.splitlines():
        found = FENCE.match(line)
        fence = found[1] if found and found[1][0] != ":" else ""
        kept.append("" if marks or fence else line)
        if not marks:
            marks = fence
        elif fence.startswith(marks) and found and not found[2]:
            marks = ""
    return "\n".join(kept)
