"""Claims, readings, sources, tables and charts as one Sphinx domain: where each stands, what may point at it.

The domain keeps what pages tell of one another (charts, citations); Sphinx purges and merges it page by page.
A reference to something that is not there is a warning with a fix, and the build is strict. Another book can
cite a claim of this one through ``objects.inv``, as ``report:claim`` and its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from report import identity
from report.book import unknown
from report.data.package import package
from report.data.rows import row_anchor, table_page
from report.sphinx.nodes import DOMAIN

LOGGER = logging.getLogger(__name__)
DIRECTIVES = {"claim": "claims-ledger", "reading": "claims-ledger", "source": "source-register",
              "table": "data-catalogue"}


class Place(NamedTuple):
    """Where an object of the book stands."""

    docname: str
    anchor: str
    title: str


class ReportDomain(Domain):
    """The things of the book that have an address."""

    name = DOMAIN
    label = "Report"
    object_types = {  # noqa: RUF012  # Sphinx copies these for each book
        "claim": ObjType("claim", "claim", "verdict"), "reading": ObjType("reading", "reading"),
        "source": ObjType("source", "source", "cite"), "table": ObjType("table", "table"),
        "chart": ObjType("chart", "chart"), "row": ObjType("row", "row", "measure"),
    }
    roles = {  # noqa: RUF012
        kind: XRefRole(warn_dangling=True) for kind in ("source", "table", "chart", "row")
    }
    initial_data = {"objects": {}, "charts": {}, "cited": {}, "sections": {}, "asked": {}}  # noqa: RUF012
    data_version = 3

    @property
    def objects(self) -> dict[tuple[str, str], Place]:
        """Return every object by kind and name, with its place."""
        return self.data["objects"]

    @property
    def charts(self) -> dict[str, dict[str, dict]]:
        """Return the published specifications by page and name."""
        return self.data["charts"]

    @property
    def cited(self) -> dict[str, list[str]]:
        """Return the sources that the prose of each page cites, in order."""
        return self.data["cited"]

    def note(self, kind: str, name: str, anchor: str, title: str) -> None:
        """Remember that an object stands on the page being read; refuse a second place for it."""
        known = self.objects.get((kind, name))
        if known and known.docname != self.env.docname:
            raise ExtensionError(f"{kind} {name!r} stands on {known.docname} and on {self.env.docname}; "
                                 "keep one of them")
        self.objects[kind, name] = Place(self.env.docname, anchor, title)

    def note_chart(self, spec: dict) -> None:
        """Remember a chart of the page being read; refuse a second chart of that name, also on this page:
        what it held was forgotten when it began to be read.
        """
        meta = spec["usermeta"]
        for docname, own in self.charts.items():
            if meta["name"] in own:
                raise ExtensionError(f"chart {meta['name']!r} is published on {docname} and once more "
                                     f"on {self.env.docname}; rename one, or remove it")
        self.charts.setdefault(self.env.docname, {})[meta["name"]] = spec
        self.note("chart", meta["name"], f"fig-{meta['name']}", meta["title"])

    @property
    def asked(self) -> dict[str, dict[str, str]]:
        """Return what each page was told when it was read, by what it asked for; see ``asked.py``."""
        return self.data["asked"]

    @property
    def sections(self) -> dict[str, list[tuple[str, str, str]]]:
        """Return anchor, title and prose of the sections of each page; see ``search.py``."""
        return self.data["sections"]

    def note_citation(self, id: str) -> None:
        """Remember that the page being read cites a source."""
        self.cited.setdefault(self.env.docname, []).append(id)

    def clear_doc(self, docname: str) -> None:
        self.data["objects"] = {k: place for k, place in self.objects.items() if place.docname != docname}
        self.charts.pop(docname, None)
        self.cited.pop(docname, None)
        self.sections.pop(docname, None)
        self.asked.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        read = set(docnames)
        self.objects.update({k: place for k, place in otherdata["objects"].items() if place.docname in read})
        for kept in ("charts", "cited", "sections", "asked"):
            self.data[kept].update({d: found for d, found in otherdata[kept].items() if d in read})

    def check_consistency(self) -> None:
        """Warn of charts that are said to bear on a claim that is not there."""
        for docname, own in self.charts.items():
            for name, spec in own.items():
                for told in filter(None, (unknown("claim", id) for id in spec["usermeta"]["claims"])):
                    LOGGER.warning(f"chart {name!r}: claims= {told}", location=docname, type="ref",
                                   subtype="claim")

    def resolve_xref(self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
                     node: addnodes.pending_xref, contnode: nodes.Element) -> nodes.Element | None:
        if typ == "row":
            return _to_row(builder, fromdocname, target, node, contnode)
        place = self.objects.get((typ, target))
        if place is None:
            return None
        return _to(builder, fromdocname, place.docname, place.anchor, node, contnode)

    def resolve_any_xref(self, env: BuildEnvironment, fromdocname: str, builder: Builder, target: str,
                         node: addnodes.pending_xref,
                         contnode: nodes.Element) -> list[tuple[str, nodes.Element]]:
        """Find what a plain link may mean: an anchor (``fig-…``, a reading's id), or a claim's id."""
        return [(f"{DOMAIN}:{kind}", _to(builder, fromdocname, place.docname, place.anchor, node, contnode))
                for (kind, name), place in self.objects.items()
                if target == place.anchor or (kind == "claim" and target == name)]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for (kind, name), place in sorted(self.objects.items()):
            yield name, place.title, kind, place.docname, place.anchor, 1


def report_domain(env: BuildEnvironment) -> ReportDomain:
    """Return the domain of the book being built."""
    return cast(ReportDomain, env.get_domain(DOMAIN))


def _as_asked(reference: nodes.reference, node: addnodes.pending_xref) -> nodes.reference:
    reference["classes"] += node.get("classes", [])
    return reference


def _to(builder: Builder, fromdocname: str, docname: str, anchor: str, node: addnodes.pending_xref,
        contnode: nodes.Element) -> nodes.reference:
    """Return a reference that says what the pending one says, with its hint and classes."""
    said = list(contnode.children) if type(contnode) is nodes.inline else [contnode]
    return _as_asked(make_refnode(builder, fromdocname, docname, anchor, said, node.get("hint")), node)


def _to_row(builder: Builder, fromdocname: str, address: str, node: addnodes.pending_xref,
            contnode: nodes.Element) -> nodes.Element | None:
    """Return a reference to a row on the page of its table; formats without these pages say it plainly."""
    table = address.split("#")[0]
    if table not in package().tables or address not in package().sources_of_rows(table):
        return None
    return _to(builder, fromdocname, table_page(table), row_anchor(address), node, contnode) \
        if builder.name == "html" else contnode


def missing(kind: str, name: str) -> str:
    """Return what is wrong with a reference to an object that has no place, and how to mend it."""
    if told := unknown(kind, name):
        return told
    if kind in DIRECTIVES:
        return f"{kind} {name!r} stands on no page of this build; add a page with {{{DIRECTIVES[kind]}}}"
    return f"no {kind} is called {name!r}; correct the {'address' if kind == 'row' else 'name'}"


def _warn(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    if not isinstance(domain, ReportDomain):
        return None
    kind = node["reftype"]
    LOGGER.warning(missing(kind, node["reftarget"]), location=node, type="ref", subtype=kind)
    return True


def _named(app: Sphinx, config: Config) -> None:
    """Name the report and its edition in what other books and readers of EPUB ask for."""
    config.project, config.version = identity.TITLE, identity.EDITION


def setup(app: Sphinx) -> None:
    app.connect("config-inited", _named)
    app.add_domain(ReportDomain)
    app.connect("warn-missing-reference", _warn)
