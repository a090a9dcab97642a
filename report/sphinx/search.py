"""Search with no server: an index of claims, charts, tables, sources and sections, loaded when a reader first
searches.

The index is a script and not JSON, so that it loads over file:// as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from report.sphinx.domain import report_domain
from report.sphinx.figure import figures_of
from report.sphinx.kept import unchanged
from report.sphinx.nodes import PAGES
from report.sphinx.page import plain, short_title
from report.rule import VANTAGES, claims
from report.data.package import package
from report.book import treated, verdicts
from report.data.sources import anchor, sources
from report.dates import in_words

REGISTERS = ("claims", "data", "references")  # their entries are in the index as claims, tables and sources


@dataclass(frozen=True)
class Entry:
    """One thing that a search can find."""

    kind: str
    title: str
    href: str
    place: str
    text: str
    language: str = ""  # of its title, where the letters do not tell


def claim_entries() -> Iterator[Entry]:
    for one in claims().values():
        said = (
            " ".join(f"{v}: {verdicts(one.id)[v].phrase}." for v in VANTAGES)
            if treated(one.id) and one.kind != "judgement"
            else ""
        )
        words = [said, one.quote, *(limb.criterion for limb in one.limbs)]
        yield Entry("claim", f"{one.id} {one.text}", one.href, one.chapter, " ".join(filter(None, words)))


def kept_claim_entries(app: Sphinx) -> list[Entry]:
    """Return the entries of claims, from the build before where all that verdicts rest on is as it was."""
    kept = Path(app.outdir).parent / ".search-claims.json"
    if not unchanged("search", app.config.report_fingerprint, kept):
        kept.write_text(json.dumps([astuple(entry) for entry in claim_entries()]), encoding="utf-8")
    return [Entry(*told) for told in json.loads(kept.read_text(encoding="utf-8"))]


def chart_entries(env: BuildEnvironment) -> Iterator[Entry]:
    for docname, figures in figures_of(env).items():
        for name, spec in figures.items():
            meta = spec["usermeta"]
            yield Entry("chart", meta["title"], f"{docname}.html#fig-{name}", short_title(env, docname),
                        " ".join(filter(None, (f"{meta['measure']}.", meta["alt"], meta["note"],
                                               meta["source_line"]))))


def table_entries() -> Iterator[Entry]:
    for name, table in package().tables.items():
        about = table.description
        fields = " ".join(f"{f['name']}: {f['description']}" for f in table.fields.values())
        yield Entry(
            "table",
            about["title"],
            f"data.html#table-{anchor(name)}",
            name,
            f"{about['description']} {fields}",
        )


def source_entries() -> Iterator[Entry]:
    for s in sources().values():
        via = "" if s.carrier == s.producer else f" via {s.carrier}"
        title = f"{s.producer}{via}, {in_words(s.date)}: {s.title}"
        yield Entry("source", title, s.href, s.kind, f"{s.by}. {s.note}", s.language)


def _said(section: nodes.section) -> str:
    """Return the prose of a section without its subsections, code and outputs."""
    blocks = (
        c
        for c in section.children
        if isinstance(
            c,
            (
                nodes.paragraph,
                nodes.bullet_list,
                nodes.enumerated_list,
                nodes.definition_list,
                nodes.table,
                nodes.Admonition,
            ),
        )
    )
    return " ".join(" ".join(plain(block).split()) for block in blocks)


def _note_sections(app: Sphinx, doctree: nodes.document) -> None:
    """Note the sections of a page when it is read, so that a later build need not load it for the index."""
    report_domain(app.env).sections[app.env.docname] = [
        (section["ids"][0], plain(section[section.first_child_matching_class(nodes.title)]), _said(section))
        for section in doctree.findall(nodes.section)]


def section_entries(env: BuildEnvironment) -> Iterator[Entry]:
    noted = report_domain(env).sections
    for docname in sorted(env.found_docs.difference(REGISTERS)):
        for anchored, title, said in noted[docname]:
            yield Entry("section", title, f"{docname}.html#{anchored}", short_title(env, docname), said)


def index_script(entries: Iterable[Entry]) -> str:
    """Return the index as a script that hands it to the search."""
    rows = [astuple(e) for e in entries]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.reportIndex={text};\n"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    if app.builder.name in PAGES:
        yield "search", {}, "search.html"


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    env = app.env
    entries = [
        *kept_claim_entries(app),
        *chart_entries(env),
        *table_entries(),
        *source_entries(),
        *section_entries(env),
    ]
    (Path(app.outdir) / "_static" / "search-index.js").write_text(index_script(entries), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", _note_sections)
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _finished)
