"""What the built site holds beside its pages: ledger, data, pictures, fonts, scripts; nothing from another
host.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging

from report import identity
from report.article import article
from report.sphinx.figure import build_folder, figures_of
from report.sphinx.kept import read_note, unchanged, write_note
from report.sphinx.fingerprint import of_engine, of_environment
from report.sphinx.nodes import PAGES
from report.sphinx.page import SCRIPT, STYLE, THEME
from report.charts.fonts import make_fonts
from report.charts.picture import pictures
from report.charts.theme import DARK, LIGHT, palette, resolved
from report.data.needs import digest
from report.data.package import data_folder, package
from report.data.rows import table_page
from report.data.sources import sources
from report.data.table import with_lf
from report.ledger import ledger
from report.charts.notebook import vega_bundle

LOGGER = logging.getLogger(__name__)
CHART_FILES = ("vl.json", "csv", "js", "svg", "png")
_seen: set[str] = set()  # pages written in this build, and those that it leaves as they were


def colour_variables() -> str:
    """Return the chart colours as CSS variables, light and dark."""
    light, dark = (
        "".join(f"--c-{name}:{pair[theme]};" for name, pair in palette().items()) for theme in (LIGHT, DARK)
    )
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        "@media screen and (prefers-color-scheme:dark){"
        f":root:not([data-theme]){{color-scheme:dark;{dark}}}}}\n"
    )


def sheets() -> str:
    """Return the heads and feet of printed sheets as style: the book, its edition, the sheet's number."""
    def said(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    quiet = "font:400 7.5pt \"Report Sans\",sans-serif;color:#59606b;"
    return (f"@page{{margin:16mm 16mm 15mm;"
            f"@top-left{{content:{said(identity.TITLE)};{quiet}}}"
            f"@top-right{{content:{said(f'Edition {identity.EDITION}')};{quiet}}}"
            f"@bottom-left{{content:{said(f'As of {identity.day(article().as_of)}')};{quiet}}}"
            f"@bottom-right{{content:counter(page) \" / \" counter(pages);{quiet}}}}}\n")


def write_if_changed(path: Path, content: str | bytes) -> bool:
    """Write a file unless it holds the content already; return whether it was written."""
    content = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def chart_csv(meta: dict) -> str:
    """Return a chart's data as CSV, with the sources and the address of each row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*meta["data"]["columns"], "source_id", "row"])
    writer.writerows(
        [*row, ids, address]
        for row, ids, address in zip(
            meta["data"]["rows"], meta["data"]["source_ids"], meta["data"]["addresses"], strict=True
        )
    )
    return text.getvalue()


def chart_script(spec: dict, drawn: dict) -> str:
    """Return a chart's specifications and data as a script, so that it loads over file:// as well."""
    payload = {**drawn["specs"], "datasets": spec.get("datasets", {})}
    text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
    return f'(window.reportCharts=window.reportCharts||{{}})["{spec["usermeta"]["name"]}"]={text};\n'


def chart_made_of(docname: str, spec: dict) -> str:
    """Return the digest of all that the files of a chart are made of."""
    told = sources()
    return digest(of_engine(), docname, json.dumps(spec), *map(told.digest_of, spec["usermeta"]["sources"]))


def write_charts(app: Sphinx) -> None:
    """Write each chart's data, specification, script and pictures, where the chart has changed."""
    build, folder = build_folder(app), Path(app.outdir) / "charts"
    names = set()
    for docname, figures in figures_of(app.env).items():
        for name, spec in figures.items():
            names.add(name)
            files = (folder / f"{name}.{suffix}" for suffix in CHART_FILES)
            if unchanged(f"chart {name}", chart_made_of(docname, spec), *files):
                continue
            drawn = pictures(spec, build)
            write_if_changed(
                folder / f"{name}.vl.json", resolved(json.dumps(spec, indent=1, ensure_ascii=False))
            )
            write_if_changed(folder / f"{name}.csv", chart_csv(spec["usermeta"]))
            write_if_changed(folder / f"{name}.js", chart_script(spec, drawn))
            write_if_changed(folder / f"{name}.svg", drawn["alone"])
            write_if_changed(folder / f"{name}.png", drawn["png"].read_bytes())
    for old in folder.glob("*"):
        if old.name.split(".")[0] not in names:
            old.unlink()


def write_data(out: Path) -> None:
    """Copy the data package into the site, for download under the addresses the catalogue gives; drop what is
    no longer in it.
    """
    paths = ["datapackage.json", "sources.bib", *(t.description["path"] for t in package().tables.values())]
    for path in paths:
        write_if_changed(out / "data" / path, with_lf(data_folder() / path))
    for old in (out / "data").rglob("*.csv"):
        if old.relative_to(out / "data").as_posix() not in paths:
            old.unlink()


def _written(app: Sphinx) -> Path:
    return build_folder(app) / ".pages.json"


def stays(pagename: str) -> None:
    """Have a page that need not be written again stay on the site."""
    _seen.add(pagename)


def note_pages(app: Sphinx) -> set[str]:
    """Remember which pages are written, before they are; return all of this build and of those before."""
    made = {*app.env.found_docs, *map(table_page, package().tables), *_seen}
    ever = made | set(read_note(_written(app)) or ())
    write_note(_written(app), sorted(ever))
    return ever


def drop_vanished(app: Sphinx) -> None:
    """Remove the pages of chapters and tables that are no longer in the book; Sphinx leaves them behind.

    Where no page was out of date none was written, and what stands is what there is.
    """
    if not _seen:
        return
    made = {*app.env.found_docs, *map(table_page, package().tables), *_seen}
    for page in note_pages(app) - made:
        (Path(app.outdir) / f"{page}.html").unlink(missing_ok=True)
    write_note(_written(app), sorted(made))


def joined_scripts() -> str:
    """Return the scripts of a page as one: what they share first, the others by name."""
    others = sorted(path for path in (THEME / "scripts").glob("*.js") if path.name != "page.js")
    return "".join(path.read_text(encoding="utf-8") for path in (THEME / "scripts" / "page.js", *others))


def write_static(app: Sphinx) -> None:
    """Write style and scripts without their comments, fonts and Vega's bundle into the site, before pages ask
    for their checksums.
    """
    out = Path(app.outdir) / "_static"
    style = (THEME / "styles" / STYLE).read_text(encoding="utf-8")
    write_if_changed(out / STYLE, cssmin(colour_variables() + style + sheets()))
    write_if_changed(out / SCRIPT, jsmin(joined_scripts()))
    for font in make_fonts(build_folder(app) / "fonts"):
        write_if_changed(out / "fonts" / font.name, font.read_bytes())
    if not unchanged("vega.js", of_environment(), out / "vega.js"):
        write_if_changed(out / "vega.js", f"(()=>{{{vega_bundle()}}})();")


def report_changes(app: Sphinx) -> None:
    """Say which titles gave way to neutral ones because the data were changed after the release."""
    lost = [(docname, name, spec["usermeta"]["title"]) for docname, figures in figures_of(app.env).items()
            for name, spec in figures.items() if not spec["usermeta"]["holds"]]
    changed = package().changed()
    write_if_changed(Path(app.outdir) / "changes.json", json.dumps(
        {"tables": changed, "charts": [{"page": d, "chart": n, "title": t} for d, n, t in lost]}, indent=1))
    if changed:
        LOGGER.info("tables changed since the release: %s", ", ".join(changed))
    for docname, name, title in lost:
        LOGGER.info("%s, chart %s: its finding no longer holds; titled neutrally %r", docname, name, title)


def _started(app: Sphinx, builder: Builder) -> None:
    if builder.name in PAGES:
        write_static(app)
    if builder.name == "html":
        _seen.clear()
        note_pages(app)


def _page(app: Sphinx, pagename: str, *about: object) -> None:
    _seen.add(pagename)


def drop_unused(out: Path) -> None:
    """Remove the two style sheets that Sphinx and myst-nb write for every theme and no page of the book
    loads.
    """
    for name in ("pygments.css", "mystnb.*.css"):
        for path in (out / "_static").glob(name):
            path.unlink()


def drop_unshown(app: Sphinx) -> None:
    """Remove the images and the files offered that no page has any more; Sphinx leaves them behind."""
    for name, known in (("_images", app.env.images), ("_downloads", app.env.dlfiles)):
        folder, used = Path(app.outdir) / name, {file for _, file in known.values()}
        for path in sorted(folder.rglob("*"), reverse=True):  # what a folder holds, then the folder
            if path.is_file() and path.relative_to(folder).as_posix() not in used:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    out = Path(app.outdir)
    if not unchanged("ledger.json", app.config.report_fingerprint, out / "ledger.json"):
        write_if_changed(out / "ledger.json", json.dumps(ledger(), indent=1, ensure_ascii=False))
    write_data(out)
    write_charts(app)
    drop_unused(out)
    if app.builder.name == "html":
        drop_vanished(app)
        drop_unshown(app)
    report_changes(app)
    (out / ".nojekyll").touch()


def setup(app: Sphinx) -> None:
    app.connect("write-started", _started)
    app.connect("html-page-context", _page)
    app.connect("build-finished", _finished)
