"""A piece of a page as a cell leaves it: HTML from a template (``templates/``), and the words that stand for
it elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.data.sources import sources
from report.rule import claim
from report.show.languages import told
from report.show.values import number, period


@dataclass(frozen=True)
class Html:
    """A piece of HTML with the words that stand for it elsewhere."""

    html: str
    plain: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/html": self.html, "text/plain": self.plain}


@cache
def templates() -> Environment:
    """Return the templates, where whatever is no markup is escaped."""
    made = Environment(loader=PackageLoader("report.show"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)
    made.filters.update(claim=claim, number=number, period=period, slug=slug, source=lambda id: sources()[id],
                        told=told)
    return made


def rendered(template: str, **context) -> Markup:
    """Return a template of the book, filled."""
    return Markup(templates().get_template(template).render(context).strip())


def slug(word: str | None) -> str:
    """Return a word as a style sheet or an address names it."""
    return (word or "none").replace(" ", "-")
