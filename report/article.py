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
    "title": (str, '"What the Article Says"'), "published": (str, '"March 2011"'),
    "cutoff": (date, "2011-03-01, the last day that the article could know"),
    "as_of": (date, "2020-12-31, the last day that the report knows"),
    "argument": (str, '"argument", the package that holds the evidence')}

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
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArticleError(
            f"{path}: the file is missing; restore it, or name the project by REPORT_PROJECT") from None
    except tomllib.TOMLDecodeError as error:
        raise ArticleError(f"{FILE}: {error}; correct the TOML") from None
    for name, (kind, such_as) in REQUIRED.items():
        if not isinstance(told.get(name), kind):
            raise ArticleError(f"{FILE}: {name} is missing or of another kind; write, for instance, {name} = "
                               f"{such_as}")
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
        sections=dict(map(_section, told.get("sections", ()))),
        topics=told.get("topics", {}),
        actors={id: _actor(id, about) for id, about in told.get("actors", {}).items()},
        credited={claim: frozenset(origins) for claim, origins in told.get("credited", {}).items()},
        earlier=_earlier(told.get("editions", ()), identity["edition"]))


def order(number: str) -> tuple[int, ...]:
    """Return what editions are ordered by: the three parts of the number; ``1.0.0.dev0`` counts as 1.0.0."""
    return tuple(int(part) for part in number.split(".")[:3])


def _identity(told: dict[str, Any]) -> dict[str, Any]:
    """Return who made the report and where it lives; refuse what is missing or does not fit."""
    unknown = sorted(told.keys() - {*FORMS, "authors", "released", "abstract", "keywords"})
    if unknown:
        raise ArticleError(f"{FILE}: identity.{unknown[0]} is nothing that is known of a report; correct the "
                           "name or remove it")
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


def _actor(id: str, about: dict) -> Actor:
    missing = [name for name in ("name", "light", "dark") if not about.get(name)]
    if missing:
        raise ArticleError(f"{FILE}: actors.{id} has no {missing[0]}; give its name and its colour in both "
                           "themes")
    return Actor(about["name"], about["light"], about["dark"])


@cache
def _article(path: Path) -> Article:
    if str(path.parent) not in sys.path:
        # the evidence of a project that is not installed is found beside its article
        sys.path.append(str(path.parent))
    return read_article(path)


def article() -> Article:
    """Return the article of the project in hand."""
    return _article(project() / FILE)
