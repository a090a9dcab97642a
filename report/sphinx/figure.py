"""A published chart as part of a page: static first, its data, code and downloads behind it."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, NbElementRenderer
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.highlighting import PygmentsBridge
from sphinx.transforms.post_transforms import SphinxPostTransform

from report import identity
from report.charts.picture import pictures, size_of
from report.charts.publish import MIME
from report.data import needs
from report.data.needs import digest
from report.data.table import SEPARATOR
from report.data.rows import row_href
from report.dates import date_or_words
from report.editions.record import chart_record
from report.prose import formatted
from report.sphinx.domain import report_domain
from report.sphinx.execution import ANSWERS
from report.sphinx.nodes import BOUND, Thing, add_thing, joined, link, paragraph
from report.sphinx.previews import frame_code


def build_folder(app: Sphinx) -> Path:
    """Return the folder of the build, where what was drawn once is kept."""
    return Path(app.outdir).parent


def figures_of(env: BuildEnvironment) -> dict[str, dict[str, dict]]:
    """Return the published specifications by page and name, in the order of the pages' names, whichever of
    them was read last.
    """
    return dict(sorted(report_domain(env).charts.items()))


class chart(Thing):
    """A chart on the page ``page``: ``meta`` is what ``publish`` says of it, the domain has the rest."""

    template = "chart.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        meta, page = self["meta"], self["page"]
        drawn = pictures(figures_of(env)[page][meta["name"]], build_folder(env.app))
        return {
            "meta": meta, "files": f"charts/{meta['name']}", "sizes": sizes(drawn),
            "wide": Markup(drawn["wide"]), "narrow": Markup(drawn["narrow"]),
            "rows": table_rows(meta["data"]), "code": highlighted(meta),
            "cite": f"{chart_record(meta, page).files}.html",
            "frame": frame_code(meta, page, size_of(drawn["wide"])[1]),
            "cited": identity.citation(f"{identity.quoted(meta['title'])}, chart {meta['name']}",
                                       identity.edition_address(f"{page}.html", self["ids"][0])),
        }

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        meta, page, builder = self["meta"], self["page"], env.app.builder.name
        if builder == BOUND:
            return [nodes.container("", *self.bound(env), classes=["chart"])]
        said: list[nodes.Node] = [paragraph(nodes.strong(text=meta["title"])), paragraph(meta["measure"])]
        if builder != "text":
            said.append(_picture(env, meta, page))
        said.append(paragraph(meta["alt"]))
        if meta["note"]:
            said.append(paragraph(f"Note: {meta['note']}"))
        said.append(paragraph(meta["source_line"]))
        if meta["claims"]:
            links = [link("claim", c, page, c) for c in meta["claims"]]
            said.append(paragraph("Bears on ", *joined(links, ", "), "."))
        return said

    def bound(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return the chart as a bound book has it: its words as text, and the plot with note and source line
        as a drawing of lines, its description for those who do not see it.
        """
        meta, page = self["meta"], self["page"]
        title, measure = paragraph(meta["title"]), paragraph(meta["measure"])
        title["classes"], measure["classes"] = ["chart-title"], ["chart-measure"]
        said: list[nodes.Node] = [title, measure, _drawing(env, meta, page)]
        if meta["claims"]:
            links = [link("claim", c, page, c) for c in meta["claims"]]
            bears = paragraph("Bears on ", *joined(links, ", "), ".")
            bears["classes"] = ["chart-claims"]
            said.append(bears)
        return said


def _drawing(env: BuildEnvironment, meta: dict, page: str) -> nodes.image:
    """Return the chart's plot as an SVG, which scales in print and on small screens."""
    build = build_folder(env.app)
    path = build / BOUND / "pictures" / f"{meta['name']}.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(pictures(figures_of(env)[page][meta["name"]], build)["plot"], encoding="utf-8")
    # beside the page; what a drawing's note and source line say is not text where it is an image
    return nodes.image("", uri=f"pictures/{path.name}", candidates={"?": ""},
                       alt=f"{meta['alt']} {meta['source_line']}")


def _picture(env: BuildEnvironment, meta: dict, page: str) -> nodes.image:
    """Return the chart's picture as an image of the page, for formats that take their images from files."""
    drawn = pictures(figures_of(env)[page][meta["name"]], build_folder(env.app))
    path = str(drawn["png"])
    env.images.add_file(page, path)
    return nodes.image("", uri=path, candidates={"*": path}, alt=meta["alt"], width="100%")


def sizes(drawn: dict) -> str:
    """Return the size of both layouts as CSS variables, so that the page does not jump."""
    return ";".join(f"--{layout}-{side[0]}:{length}" for layout in ("wide", "narrow")
                    for side, length in zip(("width", "height"), size_of(drawn[layout]), strict=True))


def table_rows(table: dict) -> list[dict[str, Any]]:
    """Return the rows behind a chart: cells, and whether each is a number; sources; the row's own address."""
    addresses = table.get("addresses") or [""] * len(table["rows"])
    dated = ["year" in name for name in table["columns"]]
    return [{"cells": [(_cell(v, year), isinstance(v, (int, float)))
                       for v, year in zip(values, dated, strict=True)],
             "sources": ids.split(SEPARATOR), "address": _one_address(address)}
            for values, ids, address in zip(table["rows"], table["source_ids"], addresses, strict=True)]


def _one_address(addresses: str) -> str:
    """Return where the first of the rows that a mark rests on can be opened."""
    first = addresses.split(SEPARATOR)[0]
    return row_href(first) if "#" in first else ""


def _cell(value, year: bool = False) -> str:
    """Return a value as the table behind a chart prints it; of a ``year`` the thousands are not parted."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, float):
        return formatted(value, f",.{0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2}f")
    if isinstance(value, int):
        return str(value) if year else formatted(value, ",d")
    return date_or_words(str(value))


def source_code(made_by: str) -> str:
    """Return the source of the function that made a chart, from its name such as ``package.charts:share``.

    It is read from its file: to load the module would load all that draws, for a page whose charts are drawn.
    """
    module, _, name = made_by.partition(":")
    try:
        found = find_spec(module)
        text = Path(found.origin).read_text(encoding="utf-8") if found and found.origin else ""
        return functions(text)[name]
    except (ImportError, OSError, SyntaxError, KeyError, ValueError) as error:
        raise ExtensionError(f"the code of a chart is said to be {made_by!r}, which cannot be read "
                             f"({error!r})") from None


@cache  # a chapter's charts are made by one file
def functions(text: str) -> dict[str, str]:
    """Return the source of each function of a module, by its name."""
    lines = text.splitlines()
    return {one.name: "\n".join(lines[one.lineno - 1:one.end_lineno]) + "\n"
            for one in ast.parse(text).body if isinstance(one, ast.FunctionDef)}


def highlighted(meta: dict) -> Markup:
    """Return the code of the function that made a chart, coloured as code; nothing where none is named."""
    if not meta.get("made_by"):
        return Markup("")
    code = source_code(meta["made_by"])
    needs.note(f"code {meta['made_by']}", digest(code))
    return Markup(PygmentsBridge("html").highlight_block(code, "python"))


def _code_now(made_by: str) -> str:
    try:
        return digest(source_code(made_by))
    except ExtensionError:
        return ""


ANSWERS["code"] = _code_now


class FigureRenderer:
    """myst-nb's renderer of the specifications that ``publish`` emits."""

    # a bound book shows tables as tables; myst-nb knows no such format
    mime_priority_overrides: ClassVar = [("*", MIME, 1), (BOUND, "text/html", 30), (BOUND, "text/plain", 70)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != MIME or inline:
            return None
        spec = data.content
        if "usermeta" not in spec:
            raise ExtensionError("a chart entered a page without report.publish(); publish it")
        env: BuildEnvironment = renderer.renderer.sphinx_env
        report_domain(env).note_chart(spec)
        meta = spec["usermeta"]
        return [chart("", ids=[f"fig-{meta['name']}"], meta=meta, page=env.docname)]


PREPARING = "Code that prepares this page"


class QuietCells(SphinxPostTransform):
    """Fold code and put it under what it made, with an address where it is the only code that a chart has.

    Whether a cell asks to be hidden makes no difference: one switch of the page folds, shows or hides all.
    """

    default_priority = 210  # after myst-nb has wrapped hidden input
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") != "cell_code" or not cell.children:
                continue
            made = next(cell.findall(chart), None)
            source = next((c for c in cell.findall(nodes.container)
                           if c.get("nb_element") == "cell_code_source"), None)
            if source is not None and made is not None and not made["meta"].get("made_by"):
                source["ids"].append(f"code-{made['meta']['name']}")
            if cell[0].get("nb_element") == "cell_code_source":
                cell.replace(cell[0], folded := HideCodeCellNode(prompt_show="Code", prompt_hide="Code"))
                folded += source
            if isinstance(cell[0], HideCodeCellNode):
                folded = cell[0]
                if len(cell) == 1:  # nothing stands above it that would say what it is the code of
                    folded["prompt_show"] = folded["prompt_hide"] = PREPARING
                cell.children.append(cell.children.pop(0))


def setup(app: Sphinx) -> None:
    add_thing(app, chart)
    app.add_post_transform(QuietCells)
