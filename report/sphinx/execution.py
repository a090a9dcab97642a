"""Execution that is never stale and never serial where it need not be.

The stock cache is keyed by the code of the cells alone: a changed CSV or helper would leave old numbers. Here
its folder is named by a fingerprint of the data, the package and the pinned requirements. A fingerprint that
knows of this folder too is a configuration value, so that a change re-reads every page. Notebooks that the
cache lacks are run side by side by jupyter-cache's own parallel executor before Sphinx reads the pages one by
one.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from report.sphinx.fingerprint import of_outputs, of_pages
from report.charts.picture import is_drawn, pictures
from report.charts import MIME
from report.book import all_readings

CACHES = ".jupyter_cache"
READER = {"type": "plugin", "name": "myst_nb_md"}
SECONDS = 300


def _key_cache(app: Sphinx, config: Config) -> None:
    """Name the cache folder by the fingerprint of outputs, and drop the folders of other fingerprints."""
    config.report_fingerprint, outputs = of_pages(), of_outputs()
    caches = Path(app.outdir).parent / CACHES
    if caches.exists():
        for old in caches.iterdir():
            if old.name != outputs:
                shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / outputs)


def _run_notebooks(app: Sphinx) -> None:
    """Run every notebook that the cache lacks, on all cores; stop the build where one fails."""
    cache = get_cache(app.config.nb_execution_cache_path)
    for record in cache.list_project_records():  # a chapter that was renamed, or a folder that was moved
        if not Path(record.uri).exists():
            cache.remove_nb_from_project(record.pk)
    found = app.project.discover(app.config.exclude_patterns, app.config.include_patterns)
    # those that read all claims are late in the alphabet; no core waits for them
    for docname in sorted(found, reverse=True):
        path = Path(app.srcdir) / f"{docname}.md"
        if not path.exists() or not is_myst_markdown_notebook(path.read_text(encoding="utf-8")):
            continue
        cache.add_nb_to_project(str(path), read_data=READER)
    waiting = [record.pk for record in cache.list_unexecuted()]
    if not waiting:
        return
    logger = logging.getLogger("report.execution")
    logger.setLevel(logging.ERROR)
    result = load_executor("local-parallel", cache, logger=logger).run_and_cache(filter_pks=waiting,
                                                                                 timeout=SECONDS)
    failed = [*result.excepted, *result.errored]
    if failed:
        traces = "\n".join(filter(None, (cache.get_project_record(uri).traceback for uri in failed)))
        raise ExtensionError(f"a notebook failed: {', '.join(Path(uri).name for uri in failed)}\n{traces}")


def _draw_charts(app: Sphinx) -> None:
    """Draw the charts of the notebooks that have run on all cores, before the pages
    ask for them one by one.
    """
    cache = get_cache(app.config.nb_execution_cache_path)
    notebooks = [cache.get_cache_bundle(record.pk).nb for record in cache.list_cache_records()]
    specs = [output["data"][MIME] for nb in notebooks for cell in nb.cells
             for output in cell.get("outputs", ())
             if MIME in output.get("data", {}) and "usermeta" in output["data"][MIME]]
    build = Path(app.outdir).parent
    undrawn = [spec for spec in specs if not is_drawn(spec, build)]
    if undrawn:
        # the drawing library's threads survive no fork
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            drawn = pool.map(pictures, undrawn, [build] * len(undrawn))
            all_readings()  # the pages of claims ask for them soon, and this process has nothing else to do
            list(drawn)


def _run_and_draw(app: Sphinx) -> None:
    """Run the notebooks and, meanwhile, cut the typeface that their charts are measured
    with; then draw the charts.
    """
    with subprocess.Popen([sys.executable, "-m", "report.charts.fonts",
                           str(Path(app.outdir).parent / "fonts")]) as cutting:
        _run_notebooks(app)
    if cutting.returncode:
        raise ExtensionError("the typeface could not be cut; the traceback stands above")
    _draw_charts(app)


def setup(app: Sphinx) -> None:
    app.add_config_value("report_fingerprint", "", "env", str)
    app.connect("config-inited", _key_cache, priority=100)
    app.connect("builder-inited", _run_and_draw, priority=900)
