"""What is particular to the article and is no table, ``article.toml``: read and checked.

The engine finds the project that it works for here: the folder named by ``REPORT_PROJECT``, else the nearest
folder above the working one that holds an ``article.toml``, else the checkout that the engine itself stands
in.
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

FILE = "article.toml"
REQUIRED = {"title": str, "published": str, "cutoff": date, "as_of": date, "argument": str}


class ArticleError(ValueError):
    """A setting of article.toml that is missing or does not fit; the message names it and the fix."""


@dataclass(frozen=True)
class Actor:
    """Who acts in the article: its name, and its colour in the light and in the dark theme."""

    name: str
    light: str
    dark: str


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
    authors: str
    licence: str
    site: str | None
    repository: str | None
    doi: str | None
    sections: dict[int, str]
    topics: dict[str, str]
    actors: dict[str, Actor]
    credited: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def report_title(self) -> str:
        """Return the title of the report: the article's, and what the report does with it."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def project() -> Path:
    """Return the folder of the project in hand."""
    if os.environ.get("REPORT_PROJECT"):
        return Path(os.environ["REPORT_PROJECT"]).resolve()
    here = Path.cwd()
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
    for name, kind in REQUIRED.items():
        if not isinstance(told.get(name), kind):
            raise ArticleError(f"{FILE}: {name} is missing or no {kind.__name__}; write it as {name} = ...")
    if told["cutoff"] > told["as_of"]:
        raise ArticleError(f"{FILE}: cutoff {told['cutoff']} lies after as_of {told['as_of']}; correct one "
                           "of them")
    identity = told.get("identity", {})
    return Article(
        title=told["title"], subtitle=told.get("subtitle", ""), published=told["published"],
        cutoff=told["cutoff"],
        as_of=told["as_of"], argument=told["argument"], source=told.get("source"),
        authors=identity.get("authors", ""), licence=identity.get("licence", ""), site=identity.get("site"),
        repository=identity.get("repository"), doi=identity.get("doi"),
        sections={part["number"]: part["title"] for part in told.get("sections", ())},
        topics=told.get("topics", {}),
        actors={id: _actor(id, about) for id, about in told.get("actors", {}).items()},
        credited={claim: frozenset(origins) for claim, origins in told.get("credited", {}).items()})


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
