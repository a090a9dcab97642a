"""A piece of a page as a cell leaves it: HTML from a template (``templates/``), and the words that stand for
it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def renderer(package: str, filters: Mapping[str, Callable], **names: object) -> Callable[..., Markup]:
    """Return what fills a template of a package, by its name and context; whatever is no markup is escaped.

    Filters and names are for all templates of the package; asking for what nobody gives is an error.
    """
    @cache
    def environment() -> Environment:
        made = Environment(loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined,
                           trim_blocks=True, lstrip_blocks=True)
        made.filters.update(filters)
        made.globals.update(names)
        return made

    def filled(template: str, **context: object) -> Markup:
        return Markup(environment().get_template(template).render(context).strip())

    return filled


def slug(word: str | None) -> str:
    """Return a word as a style sheet or an address names it."""
    return (word or "none").replace(" ", "-")


rendered = renderer("report.show", {"claim": claim, "number": number, "period": period, "slug": slug,
                                    "source": lambda id: sources()[id], "told": told})
