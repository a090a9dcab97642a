"""Editions and their errata on pages: all of them on the page of editions, and each on the pages concerned.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from report import identity
from report.article import Edition, article, order
from report.data import needs
from report.data.rows import table_page
from report.data.sources import anchor
from report.editions.errata import Erratum, errata
from report.rule import claim
from report.sphinx.domain import report_domain
from report.sphinx.nodes import Thing, add_thing, listed, paragraph

REGISTERS = {"claim": "claims", "reading": "claims", "table": "data", "source": "references"}


def editions() -> list[dict[str, Any]]:
    """Return this edition and those before it, the newest first: number, day, DOI, address, errata."""
    one = article()
    this = Edition(one.edition, one.released, identity.DOI) if one.released else None
    known = [*one.earlier, *([this] if this else [])]
    return [
        {
            "number": e.number,
            "day": identity.day(e.released),
            "doi": e.doi,
            "files": files(e.number),
            "address": f"{identity.SITE}v{e.number}/" if identity.SITE else None,
            "errata": [found for found in errata() if found.edition == e.number],
            "beside": beside_its_own(e.number),
        }
        for e in reversed(known)
    ]


def beside_its_own(number: str) -> str:
    """Return what is to be said of an edition beside its own errata: an erratum names the last edition that
    has it, so those of a later one may be errors of this one too.
    """
    known = [order(one.edition) for one in errata()]
    if any(other > order(number) for other in known):
        return "What was found wrong in a later edition may stand in it too."
    return "" if order(number) in known else "Nothing has been found wrong in it since."


def files(number: str) -> dict[str, str]:
    """Return where the whole book in one file can be had, by form: of this edition, once it is released and
    its repository is known. Editions before it were not bound.
    """
    one = article()
    if not one.is_released or not identity.REPOSITORY or number != one.edition:
        return {}
    at = f"{identity.REPOSITORY}/releases/download/{identity.tag(one)}/{anchor(one.title)}-{number}"
    return {"PDF": f"{at}.pdf", "EPUB": f"{at}.epub"}


def place_of(env: BuildEnvironment, kind: str, name: str) -> dict[str, str] | None:
    """Return where a thing that an erratum concerns stands: page, address, name; None where it stands
    nowhere.
    """
    if kind == "chapter":
        title = env.titles.get(name)
        return (
            {"page": name, "href": f"{name}.html", "title": title.astext().split(": ")[0]} if title else None
        )
    known = report_domain(env).objects.get((kind, name))
    if known is None and kind == "chart":
        return None
    page, inside = (known.docname, known.anchor) if known else (REGISTERS[kind], f"{kind}-{anchor(name)}")
    return {"page": page, "href": f"{page}.html#{inside}", "title": name}


def concerned(env: BuildEnvironment, one: Erratum) -> set[str]:
    """Return the pages that an erratum concerns, by their names."""
    pages = {place["page"] for place in told(env, one)["places"]}
    for kind, name in one.places:
        if kind in ("claim", "reading"):
            id = claim(name).id if kind == "claim" else name.split("-")[0].upper()
            pages |= {claim(id).chapter, f"cite/claim-{id.lower()}"}
        if kind == "table":
            pages |= {table_page(name), f"cite/table-{anchor(name)}"}
    return pages


def errata_on(env: BuildEnvironment, pagename: str) -> list[dict[str, Any]]:
    """Return the errata that concern a page, as its foot tells them."""
    found, needed = errata_by_page(env, tuple(errata()))
    needs.again(needed)
    return found.get(pagename, [])


@lru_cache(maxsize=1)  # of a build: every page asks
def errata_by_page(env: BuildEnvironment,
                   known: tuple[Erratum, ...]) -> tuple[dict[str, list[dict[str, Any]]], needs.Needed]:
    """Return the errata that concern each page, and what was read to find these."""
    found = defaultdict(list)
    with needs.watched() as needed:
        for one in known:
            for page in concerned(env, one):
                found[page].append(told(env, one))
    return found, needed


def told(env: BuildEnvironment, one: Erratum) -> dict[str, Any]:
    """Return an erratum with those of the places concerned that stand in this build."""
    places = [place for kind, name in one.places if (place := place_of(env, kind, name))]
    return {
        "id": one.id,
        "edition": one.edition,
        "wrong": one.wrong,
        "right": one.right,
        "since": one.since,
        "places": places,
    }


def check_places(env: BuildEnvironment) -> None:
    """Refuse an erratum of a chapter or chart that the book does not have; raise ExtensionError that names
    it.
    """
    for one in errata():
        for kind, name in one.places:
            if place_of(env, kind, name) is None:
                raise ExtensionError(
                    f"data/errata.csv, {one.id}: there is no {kind} {name!r} in the book; name one "
                    "that there is"
                )


class edition_list(Thing):
    """Every edition with its errata."""

    template = "edition_list.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        check_places(env)  # here, since a build of a few pages does not list editions
        found = [{**e, "errata": [told(env, one) for one in e["errata"]]} for e in editions()]
        return {"editions": found, "state": identity.state(), "is_released": article().is_released}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        said: list[nodes.Node] = [paragraph(f"{identity.state()}.")]
        for e in editions():
            doi = f", https://doi.org/{e['doi']}" if e["doi"] else ""
            said.append(paragraph(nodes.strong(text=f"Edition {e['number']}"), f", {e['day']}{doi}."))
            if e["errata"]:
                said.append(
                    listed(
                        *(
                            [paragraph(f"{one.wrong}. Right: {one.right} (since {one.since}).")]
                            for one in e["errata"]
                        )
                    )
                )
            if e["beside"]:
                said.append(paragraph(e["beside"]))
        return said


class Editions(SphinxDirective):
    """``{editions}``: this edition and those before it, each with what was found wrong in it since."""

    def run(self) -> list[nodes.Node]:
        return [edition_list()]


def setup(app: Sphinx) -> None:
    add_thing(app, edition_list)
    app.add_directive("editions", Editions)
