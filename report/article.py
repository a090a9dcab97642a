"""What is particular to the article and is no table, ``article.toml``: read and checked.

The engine finds the project that it works for here: the folder named by ``REPORT_PROJECT``, else the nearest
folder above the working one that holds an ``article.toml``, else the checkout that the engine itself stands
in.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = "article.toml"
REQUIRED = {  # type of a setting, and what it looks like
    "title": (str, 'title = "What the Article Says"'), "published": (str, 'published = "March 2011"'),
    "cutoff": (date, "cutoff = 2011-03-01, the last day that the article could know"),
    "as_of": (date, "as_of = 2020-12-31, the last day that the report knows"),
    "argument": (str, 'argument = "argument", the package that holds the evidence')}
OPTIONAL = {
    "subtitle": (str, 'subtitle = "the argument, tested"'), "source": (str, 'source = "its_key"'),
    "identity": (dict, "[identity]"), "editions": (list, "[[editions]]"), "sections": (list, "[[sections]]"),
    "topics": (dict, "[topics]"), "actors": (dict, "[actors.town]"), "credited": (dict, "[credited]")}
OF_IDENTITY = {
    "authors": (str, 'authors = "Their names"'), "released": (date, "released = 2026-01-31"),
    "abstract": (str, 'abstract = "What it says."'), "keywords": (list, 'keywords = ["one", "another"]')}
COLOUR = r"#[0-9a-f]{6}"

NUMBER = r"[0-9]+\.[0-9]+\.[0-9]+(?:\.dev[0-9]+)?"  # of an edition; .dev: on the way to it
FORMS = {  # of what the report is known by, where it is known: pattern, and what to write
    "edition": (NUMBER, "1.0.0, or 1.0.0.dev0 on the way to it"),
    "licence": (r"[A-Za-z0-9][A-Za-z0-9.+ -]*", "CC BY 4.0"),
    "code_licence": (r"[A-Za-z0-9][A-Za-z0-9.+ -]*", "MIT"),
    "site": (r"https?://[^\s]+/", "https://example.org/book/, with the slash"),
    "repository": (r"https://[^\s]+[^/\s]", "https://github.com/owner/name"),
    "doi": (r"10\.[0-9]{4,9}/[^\s]+", "10.5281/zenodo.1234567"),
}


class ArticleError(ValueError):
    """A setting of article.toml that is missing or does not fit; the message names it and the fix."""


@dataclass(frozen=True)
class Actor:
    """Who acts in the article: its name, and its colour in the light and in the dark theme."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True)
class Edition:
    """A released state of the report: its number and day, its DOI and its commit where they are known."""

    number: str
    released: date
    doi: str | None = None
    commit: str | None = None


@dataclass(frozen=True)
class Article:
    """The article and the report on it. What is not known yet is None, and whatever needs it is left out."""

    title: str
    subtitle: str
    published: str
    cutoff: date
    as_of: date
    argument: str
    source: str | None
    edition: str
    released: date | None
    authors: str
    licence: str
    code_licence: str
    abstract: str
    keywords: tuple[str, ...]
    site: str | None
    repository: str | None
    doi: str | None
    sections: dict[int, str]
    topics: dict[str, str]
    actors: dict[str, Actor]
    credited: dict[str, frozenset[str]] = field(default_factory=dict)
    earlier: tuple[Edition, ...] = ()

    @property
    def report_title(self) -> str:
        """Return the title of the report: the article's, and what the report does with it."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def is_released(self) -> bool:
        """Say whether this is an edition, and not a state on the way to one."""
        return self.released is not None


def project() -> Path:
    """Return the folder of the project in hand."""
    return _project(os.environ.get("REPORT_PROJECT"), os.getcwd())


@cache  # a build asks thousands of times
def _project(named: str | None, working: str) -> Path:
    if named:
        return Path(working, named).resolve()
    here = Path(working)
    checkout = Path(__file__).resolve().parents[1]
    return next((folder for folder in (here, *here.parents) if (folder / FILE).exists()), checkout)


def read_article(path: Path) -> Article:
    """Return the article that a file describes; raise ArticleError that names the setting and the fix."""
    try:
        told = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        raise ArticleError(
            f"{path}: the file is missing; restore it, or name the project by REPORT_PROJECT") from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"{FILE}: is not UTF-8 ({error}); save as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ArticleError(f"{FILE}: {error}; correct the TOML, or save it without byte-order mark") from None
    unknown = sorted(told.keys() - REQUIRED.keys() - OPTIONAL.keys())
    if unknown:
        raise ArticleError(f"{FILE}: {unknown[0]} is nothing that is known of an article; correct the name "
                           "or remove it")
    _check_kinds({name: told.get(name) for name in REQUIRED} | told, REQUIRED | OPTIONAL)
    if told["cutoff"] > told["as_of"]:
        raise ArticleError(f"{FILE}: cutoff {told['cutoff']} lies after as_of {told['as_of']}; correct one "
                           "of them")
    identity = _identity(told.get("identity", {}))
    return Article(
        title=told["title"], subtitle=told.get("subtitle", ""), published=told["published"],
        cutoff=told["cutoff"],
        as_of=told["as_of"], argument=told["argument"], source=told.get("source"),
        edition=identity["edition"], released=identity.get("released"), authors=identity["authors"],
        licence=identity["licence"], code_licence=identity.get("code_licence", ""),
        abstract=" ".join(identity.get("abstract", "").split()),
        keywords=tuple(identity.get("keywords", ())), site=identity.get("site"),
        repository=identity.get("repository"), doi=identity.get("doi"),
        sections=_sections(told.get("sections", ())), topics=_topics(told.get("topics", {})),
        actors={id: _actor(id, about) for id, about in told.get("actors", {}).items()},
        credited={claim: _credited(claim, origins) for claim, origins in told.get("credited", {}).items()},
        earlier=_earlier(told.get("editions", ()), identity["edition"]))


def _check_kinds(told: dict[str, Any], kinds: dict[str, tuple[type, str]], under: str = "") -> None:
    """Refuse settings of another type than theirs: text for a list would be taken apart into letters."""
    for name, (kind, such_as) in kinds.items():
        if name in told and type(told[name]) is not kind:  # a moment is no day, though an instance of one
            raise ArticleError(f"{FILE}: {under}{name} is missing or of another kind; write, for instance, "
                               f"{such_as}")


def order(number: str) -> tuple[int, ...]:
    """Return what editions are ordered by: the three parts of the number; ``1.0.0.dev0`` counts as 1.0.0."""
    return tuple(int(part) for part in number.split(".")[:3])


def _identity(told: dict[str, Any]) -> dict[str, Any]:
    """Return who made the report and where it lives; refuse what is missing or does not fit."""
    unknown = sorted(told.keys() - FORMS.keys() - OF_IDENTITY.keys())
    if unknown:
        raise ArticleError(f"{FILE}: identity.{unknown[0]} is nothing that is known of a report; correct the "
                           "name or remove it")
    _check_kinds(told, OF_IDENTITY, "identity.")
    for name in ("edition", "authors", "licence"):
        if not told.get(name):
            raise ArticleError(f"{FILE}: identity.{name} is missing; add it under [identity]")
    for name, (form, such_as) in FORMS.items():
        if name in told and not re.fullmatch(form, str(told[name])):
            raise ArticleError(f"{FILE}: identity.{name} {told[name]!r} does not fit; write it like {such_as}"
                               ", or remove the line until it is known")
    on_the_way, released = ".dev" in told["edition"], told.get("released")
    if on_the_way and released:
        raise ArticleError(f"{FILE}: identity.released says {released}, but edition {told['edition']} is on "
                           "the way to one; remove the day, or the .dev of the number")
    if not on_the_way and not isinstance(released, date):
        raise ArticleError(f"{FILE}: edition {told['edition']} has no day; write identity.released = "
                           "2026-01-31, without quotation marks")
    return told


def _earlier(told: Iterable[dict[str, Any]], current: str) -> tuple[Edition, ...]:
    """Return the editions released before this one, oldest first; refuse numbers that do not rise."""
    try:
        found = tuple(Edition(**one) for one in told)
    except TypeError as error:
        raise ArticleError(f"{FILE}: [[editions]]: {error}; give number and released, and doi and commit "
                           "where they are known") from None
    for one in found:
        if not isinstance(one.released, date):
            raise ArticleError(f"{FILE}: [[editions]]: {one.number} was released {one.released!r}; write a "
                               "day, without quotation marks")
    for earlier, later in pairwise(found):
        if earlier.released > later.released:
            raise ArticleError(f"{FILE}: [[editions]]: {later.number} was released {later.released}, before "
                               f"{earlier.number} ({earlier.released}); correct one of the days")
    numbers = [*(one.number for one in found), current]
    for before, after in pairwise(numbers):
        if not re.fullmatch(NUMBER, before) or ".dev" in before or order(before) >= order(after):
            raise ArticleError(f"{FILE}: edition {before!r} does not come before {after!r}; list "
                               "[[editions]] oldest first, by numbers such as 1.0.0")
    return found


def _section(told: dict[str, Any]) -> tuple[int, str]:
    if not isinstance(told.get("number"), int) or not told.get("title"):
        raise ArticleError(f"{FILE}: [[sections]]: {told} lacks its number or its title; write both, such as "
                           'number = 1 and title = "Trade"')
    return told["number"], told["title"]


def _sections(told: list[dict[str, Any]]) -> dict[int, str]:
    found = list(map(_section, told))
    if twice := [number for at, (number, _) in enumerate(found) if number in dict(found[:at])]:
        raise ArticleError(f"{FILE}: [[sections]]: number {twice[0]} stands twice; give each section its own")
    return dict(found)


def _topics(told: dict[str, Any]) -> dict[str, str]:
    for topic, heading in told.items():
        if not isinstance(heading, str) or not heading:
            raise ArticleError(f"{FILE}: topics.{topic} is {heading!r}; write its heading in quotation marks")
    return told


def _credited(claim: str, origins: Any) -> frozenset[str]:
    if not isinstance(origins, list) or not all(isinstance(one, str) for one in origins):
        raise ArticleError(f"{FILE}: credited.{claim} is {origins!r}; write a list of origins, such as "
                           '["who_counted"]')
    return frozenset(origins)


def _actor(id: str, about: dict) -> Actor:
    if not isinstance(about, dict):
        raise ArticleError(f"{FILE}: actors.{id} is {about!r}; write [actors.{id}] with name, light and dark")
    missing = [name for name in ("name", "light", "dark") if not about.get(name)]
    if missing:
        raise ArticleError(f"{FILE}: actors.{id} has no {missing[0]}; give its name and its colour in both "
                           "themes")
    for theme in ("light", "dark"):
        if not re.fullmatch(COLOUR, str(about[theme])):
            raise ArticleError(f"{FILE}: actors.{id}.{theme} is {about[theme]!r}; write a colour such as "
                               '"#1f4e9e"')
    return Actor(about["name"], about["light"], about["dark"])


def importable() -> None:
    """Have the evidence of a project that is not installed found beside its article."""
    if str(project()) not in sys.path:
        sys.path.append(str(project()))


@cache
def _article(path: Path) -> Article:
    importable()
    return read_article(path)


def article() -> Article:
    """Return the article of the project in hand."""
    return _article(project() / FILE)
