"""A published chart as part of a page: static first, its data and downloads behind it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from report import identity
from report.charts.picture import pictures, size_of
from report.charts.publish import MIME
from report.data.package import SEPARATOR
from report.prose import formatted
from report.data.sources import sources


def build_folder(app: Sphinx) -> Path:
    return Path(app.outdir).parent


def _cell(value) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, float):
        return formatted(value, f",.{0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2}f")
    return escape(str(value)).replace("-", "−", 1) if isinstance(value, int) else escape(str(value))


def data_table(table: dict, caption: str) -> str:
    """Return the table behind a chart: its values, and each row's sources."""
    heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in (*table["headings"], "Source"))
    rows = []
    for values, ids in zip(table["rows"], table["source_ids"], strict=True):
        links = "; ".join(f'<a href="{sources()[i].href}">{escape(sources()[i].short)}</a>' for i in ids.split(SEPARATOR))
        cells = "".join(f'<td{" class=number" if isinstance(v, (int, float)) else ""}>{_cell(v)}</td>' for v in values)
        rows.append(f"<tr>{cells}<td>{links}</td></tr>")
    return (f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="chart-table">'
            f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>")


def figure_html(spec: dict, build: Path, page: str) -> str:
    """Return the figure: title, measure, picture in two layouts, then data, downloads, citation and its own address."""
    meta, drawn = spec["usermeta"], pictures(spec, build)
    name, files, title = meta["name"], f"charts/{meta['name']}", escape(meta["title"])
    claims = " ".join(f'<a href="claims.html#claim-{c.lower()}">{c}</a>' for c in meta["claims"])
    bears = f'<p class="bears">Bears on {claims}</p>' if claims else ""
    changed = "" if meta["holds"] else ('<p class="changed">The data were changed after the release: the finding that this '
                                        "chart was titled with no longer holds.</p>")
    size = ";".join(f"--{layout}-{side[0]}:{length}" for layout in ("wide", "narrow")
                    for side, length in zip(("width", "height"), size_of(drawn[layout]), strict=True))
    cited = identity.citation(f"“{meta['title']}”, chart {name}", identity.address(f"{page}.html", f"fig-{name}"))
    return f"""<figure class="chart" id="fig-{name}" data-chart="{name}">
<figcaption><span class="chart-title">{title}</span>
<span class="chart-measure">{escape(meta['measure'])}</span></figcaption>{changed}
<div class="picture" style="{size}" role="img" tabindex="0" aria-label="{escape(meta['alt'])}">{drawn['wide']}{drawn['narrow']}</div>
<details class="behind"><summary>Data, image, citation<span class="visually-hidden"> of the chart: {title}</span></summary>
<p class="downloads"><a href="{files}.csv" download>Data (CSV)</a> <a href="{files}.svg" download>Image (SVG)</a>
<a href="{files}.png" download>Image (PNG)</a> <a href="{files}.vl.json" download>Specification</a>
<a href="#code-{name}">Code</a> <a href="#fig-{name}">Link to this chart</a></p>
<p class="citation">{escape(cited)}</p>{bears}
{data_table(meta['data'], meta['measure'])}</details></figure>"""


class FigureRenderer:
    """myst-nb's renderer of the specifications that ``publish`` emits."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != MIME or inline:
            return None
        spec = data.content
        if "usermeta" not in spec:
            raise ExtensionError("a chart entered a page without report.publish(); publish it")
        env: BuildEnvironment = renderer.renderer.sphinx_env
        name = spec["usermeta"]["name"]
        keep(env, name, spec)
        std = env.get_domain("std")
        std.anonlabels[f"fig-{name}"] = env.docname, f"fig-{name}"
        std.labels[f"fig-{name}"] = env.docname, f"fig-{name}", spec["usermeta"]["title"]
        return [nodes.raw("", figure_html(spec, build_folder(env.app), env.docname), format="html")]


def keep(env: BuildEnvironment, name: str, spec: dict) -> None:
    """Remember a page's chart; refuse a second chart of that name."""
    figures = figures_of(env)
    for docname, own in figures.items():
        if name in own and docname != env.docname:
            raise ExtensionError(f"chart {name!r} is published on {docname} and on {env.docname}; rename one")
    figures.setdefault(env.docname, {})[name] = spec


def figures_of(env: BuildEnvironment) -> dict[str, dict[str, dict]]:
    """Return the published specifications by page and name."""
    if not hasattr(env, "report_figures"):
        env.report_figures = {}
    return env.report_figures


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    figures_of(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    figures_of(env).update({d: f for d, f in figures_of(other).items() if d in docnames})


def setup(app: Sphinx) -> None:
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
