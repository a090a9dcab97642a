"""A page a thing that can be cited, with its citation in each style and form, and the files of these.

``cite/claim-….html`` and the like are what reference managers and search engines read: each has one record
in its head, where a chapter or the ledger holds many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from report import own_data
from report.article import article
from report.book import readings
from report.data.package import load, package
from report.data.needs import digest
from report.data.rows import row_anchor, short_addresses, table_page
from report.data.sources import sources
from report.editions import linked
from report.editions.record import (
    FOLDER,
    Record,
    bibtex,
    chapter_record,
    chart_record,
    claim_record,
    csl_json,
    reading_record,
    ris,
    source_file,
    source_record,
    table_record,
    whole,
)
from report.editions.stamp import citation_cff
from report.editions.styles import styled
from report.rule import Reading, claims
from report.sphinx.domain import report_domain
from report.sphinx.editions import errata_on
from report.sphinx.figure import figures_of
from report.sphinx.fingerprint import of_engine
from report.sphinx.kept import unchanged
from report.sphinx.nodes import PAGES, rendered
from report.sphinx.output import stays, write_if_changed
from report.sphinx.page import contents

UP = "../"  # from a page of citations to the pages of the book
FORMS = {"bib": bibtex, "ris": ris, "json": csl_json}


def chapters(env: BuildEnvironment) -> dict[str, Record]:
    """Return the records of the pages of the book by their names; the first page stands for the whole."""
    root = env.config.root_doc
    return {
        d: whole() if d == root else chapter_record(d, title.astext())
        for d, title in sorted(env.titles.items())
    }


def page_of(one: Record, **more: Any) -> tuple[str, dict[str, Any], str]:
    """Return the page of a record as Sphinx asks for it: name, context, template."""
    about = {"told": (), "readings": (), "row": None, "linked": None, **more}
    body = rendered("cite_page.html", up=UP, record=one, styled=styled(one), bibtex=bibtex([one]), **about)
    title = f"Cite: {one.csl['title']}"
    if one.kind in ("table", "chart"):
        title += f" ({one.csl['genre']})"
    return (
        f"{FOLDER}/{one.id}",
        {"title": title, "body": body, "record": one, "linked": about["linked"], "about": description(one)},
        "page.html",
    )


def description(one: Record) -> str:
    """Return what a page of citations is of, for whoever finds it by a search."""
    told = f" {one.csl['genre']}." if "genre" in one.csl else ""
    return f"How to cite “{one.csl['title']}”.{told}"[:200]


def cited_readings(found: Iterable[Reading]) -> list[dict[str, Any]]:
    """Return readings with their citations, for the page of their claim."""
    made = [(r, reading_record(r)) for r in found]
    return [{"id": r.id, "href": f"{UP}claims.html#{r.id}", "styled": styled(one)} for r, one in made]


def cited_row(name: str) -> dict[str, Any] | None:
    """Return how the first row of a table is cited, as an example of all: its address, page and citation."""
    rows = load(name).index
    if not len(rows):
        return None
    full = str(rows[0])
    brief = next((short for short, long in short_addresses(name).items() if long == full), full)
    return {
        "address": brief,
        "href": f"{UP}{table_page(name)}.html#{row_anchor(full)}",
        "styled": styled(table_record(package().tables[name], brief)),
    }


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages of citations whose record, or whatever else stands on them, is another than in the
    build before.
    """
    if app.builder.name != "html":
        return
    around = digest(of_engine(), contents(app.env), repr(article()), own_data.is_own())

    def changed(one: Record, told: Any, *more: object) -> bool:
        made_of = digest(around, one, told, errata_on(app.env, one.files), *more)
        same = unchanged(f"page {one.id}", made_of, Path(app.outdir) / f"{one.files}.html")
        if same:
            stays(one.files)
        return not same

    told: Any
    for record in chapters(app.env).values():
        if changed(record, told := linked.of_page(record)):
            yield page_of(record, linked=told)
    for one in claims().values():
        record, found = claim_record(one), readings(one.id)
        if changed(record, told := linked.of_claim(one, record), found):
            yield page_of(record, linked=told, readings=cited_readings(found))
    for docname, figures in figures_of(app.env).items():
        for spec in figures.values():
            record = chart_record(spec["usermeta"], docname)
            if changed(record, told := linked.of_chart(record, spec["usermeta"])):
                yield page_of(record, linked=told)
    for kind, name in report_domain(app.env).objects:
        if kind == "table":
            table = package().tables[name]
            record = table_record(table)
            if changed(record, told := linked.of_table(record, table), package().digest_of(name)):
                yield page_of(record, linked=told, row=cited_row(name))


def records(env: BuildEnvironment) -> list[Record]:
    """Return the records of all that has a page of citations."""
    charted = [
        chart_record(spec["usermeta"], d)
        for d, found in figures_of(env).items()
        for spec in found.values()
    ]
    tables = [
        table_record(package().tables[name]) for kind, name in report_domain(env).objects if kind == "table"
    ]
    return [*chapters(env).values(), *map(claim_record, claims().values()), *charted, *tables]


def write_citations(folder: Path, name: str, found: list[Record]) -> list[Path]:
    """Write records as BibTeX, RIS and CSL-JSON, where they are others than in the build before; return where
    they stand.
    """
    places = [folder / f"{name}.{suffix}" for suffix in FORMS]
    if not unchanged(f"citations {name}", digest(of_engine(), *found), *places):
        for place, form in zip(places, FORMS.values(), strict=True):
            write_if_changed(place, form(found))
    return places


def write_sources(folder: Path) -> list[Path]:
    """Write each source's own citation, where the register or what writes it has changed; return where they
    stand.
    """
    forms = {"bib": bibtex, "ris": ris}
    files = {id: [folder / f"{source_file(id)}.{suffix}" for suffix in forms] for id in sources()}
    places = [place for own in files.values() for place in own]
    whole = [folder / f"sources.{suffix}" for suffix in FORMS]
    if not unchanged("citations of sources", digest(of_engine(), sources().digest()), *places, *whole):
        found = {s.id: source_record(s) for s in sources().values()}
        for id, own in files.items():
            for place, form in zip(own, forms.values(), strict=True):
                write_if_changed(place, form([found[id]]))
        write_citations(folder, "sources", list(found.values()))
    return places + whole


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    folder = Path(app.outdir) / FOLDER
    kept = write_sources(folder)
    for one in records(app.env):
        kept += write_citations(folder, one.id, [one])
    for id in claims():
        if found := [reading_record(r) for r in readings(id)]:
            kept += write_citations(folder, f"claim-{id.lower()}-readings", found)
    for gone in {path for suffix in FORMS for path in folder.glob(f"*.{suffix}")}.difference(kept):
        gone.unlink()
    write_if_changed(Path(app.outdir) / "CITATION.cff", citation_cff(article()))


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _finished)
