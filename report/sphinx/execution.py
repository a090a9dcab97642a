"""Execution that is never stale, runs only what a change can reach, and is never serial where it need not be.

The stock cache is keyed by the code of the cells alone: a changed CSV or helper would leave old numbers. Here
each notebook's kernel notes what it needed (``kernel.py``): the functions that were called, the tables,
sources and origins that were read. A notebook is taken from the cache while all of these are as they were.
What no kernel can note, such as the installed libraries, names the cache's folder. Notebooks that the cache
lacks run side by side before Sphinx reads the pages one by one, which ``asked.py`` has it do where an answer
has changed. A fingerprint of engine, libraries and settings is a setting of Sphinx's, so that another reads
every page again.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache as once_each
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import JupyterCacheAbstract, ProjectNb
from jupyter_cache.executors.basic import ExecutionWorkerLocalMProc, JupyterExecutorLocalMproc, ProcessData
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from report.article import ArticleError
from report.book import ANSWERED, all_readings, answer_now, treated
from report.charts import MIME
from report.charts.picture import is_drawn, pictures
from report.data.carriers import carriers
from report.data.imported import digest_of
from report.data.needs import Register, digest
from report.data.origins import origins
from report.data.package import package
from report.data.sources import sources
from report.data.stamp import check_stamped
from report.data.table import DataError, text_of
from report.ledger import check_settings
from report.own_data import is_own
from report.rule import claims
from report.sphinx import computed, kernel, kernel_server
from report.sphinx.cells import check_cells
from report.sphinx.children import end_when_told, end_with_parent
from report.sphinx.faults import failures
from report.sphinx.fingerprint import (ENGINE, evidence, of_descriptions, of_drawing, of_engine,
                                       of_environment, of_pages, of_surroundings)
from report.sphinx.kept import read_note, unchanged, write_note
from report.sphinx.markdown import check_markdown
from report.sphinx.serving import PLACE, name_marked, served

CACHES, NEEDS, MARKS = ".jupyter_cache", "needs", ".marks"
READER = {"type": "plugin", "name": "myst_nb_md"}
SECONDS = 900  # until a cell, or a kernel that starts, is given up; a busy machine may take its time
REGISTERS: dict[str, Callable[[], Register]] = {"source": sources, "origin": origins}
ANSWERS: dict[str, Callable[[str], str]] = {  # what is asked for by name, as its digest
    "tables": lambda _: digest(*package().tables),
    "table": lambda name: package().digest_of(name) if name in package().tables else "",
    "described": lambda name: package().description_digest(name) if name in package().tables else "",
    "imported": digest_of,
    "treated": lambda id: str(treated(id)) if id in claims() else "",
}
ATTEMPTS = 2  # at a kernel that dies or never answers, as on a machine short of memory; not at a failing cell


# What notebooks need ----------------------------------------------------------------------------------------

def is_current(needed: dict, digests: Callable[[str], dict[str, str]]) -> bool:
    """Say whether all that a notebook needed, as its kernel wrote it down, is as it was; ``digests`` tells
    those of a file's code.
    """
    return all(digests(path).get(name) == known
               for path, found in needed["code"].items() for name, known in found.items()) \
        and all(read_now(what) == known for what, known in needed["data"].items())


def read_now(what: str) -> str:
    """Return the digest of what would now be read under the name of a thing (``report.data.needs``)."""
    kind, _, name = what.partition(" ")
    if kind in ANSWERED:
        return answer_now(what)
    if kind in ANSWERS:
        return ANSWERS[kind](name)
    if kind in REGISTERS:
        return REGISTERS[kind]().digest_of(name)
    if kind == "all":
        return REGISTERS[name]().digest()
    return digest(*package().changed()) if kind == "changed" else str(package().descriptor[kind])


def _is_whole(written: Path) -> bool:
    """Say whether a file of JSON is there to its end; a build that was killed may have left a part."""
    return written.exists() and written.read_bytes().rstrip().endswith(b"}")


def _forget_stale(cache: JupyterCacheAbstract, folder: Path, marks: Path) -> None:
    """Drop from the cache every notebook that needed something which is no longer as it was."""
    digests = once_each(lambda path: kernel.digests(Path(path), marks))
    for record in cache.list_cache_records():
        told = folder / NEEDS / f"{record.hashkey}.json"
        executed = folder / "executed" / record.hashkey / "base.ipynb"
        if not _is_whole(told) or not _is_whole(executed) \
                or not is_current(json.loads(told.read_text(encoding="utf-8")), digests):
            told.unlink(missing_ok=True)
            cache.remove_cache(record.pk)


# Running them -----------------------------------------------------------------------------------------------

class LocalKernel(AsyncKernelManager):
    """A kernel of this very Python, whatever kernels a user has installed.

    It is spoken to through sockets that are files in ``place``: kernels that start at once race for ports.
    """

    place: str

    @property
    def launcher(self) -> tuple[str, ...]:
        return "-m", "ipykernel_launcher"

    def __init__(self, **options) -> None:
        by_file = {} if os.name == "nt" else {"transport": "ipc"}
        super().__init__(**options, **by_file, connection_file=os.path.join(self.place, "kernel.json"))

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, *self.launcher, "-f", "{connection_file}"],
                          display_name="Python 3", language="python")


class NotingKernel(LocalKernel):
    """A kernel that notes what it needs, from the server of kernels where one is."""

    @property
    def launcher(self) -> tuple[str, ...]:
        asked = PLACE in os.environ
        return ("-I", "-S", kernel_server.__file__, "ask") if asked else (kernel.__file__,)


class Worker(ExecutionWorkerLocalMProc):
    """Runs one notebook, and keeps beside the cache what it needed."""

    @staticmethod
    def execute(project_nb: ProjectNb, data: ProcessData) -> ExecutionResult:
        end_with_parent()
        folder = Path(data.cache.path) / NEEDS
        folder.mkdir(parents=True, exist_ok=True)
        told = folder / f"{data.cache.create_hashed_notebook(project_nb.nb)[1]}.json"
        aside = told.with_suffix(f".{os.getpid()}")
        os.environ["REPORT_NEEDS"] = str(aside)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                result = _run(project_nb, data)
            except RuntimeError:
                if attempt == ATTEMPTS:
                    raise
                os.environ.pop(PLACE, None)  # the server may have died, and not the kernel: do without it
            else:
                if not result.err:
                    aside.replace(told)
                return result
        raise AssertionError  # the last attempt has returned or raised


def _run(project_nb: ProjectNb, data: ProcessData) -> ExecutionResult:
    """Run a notebook with one cell more, in which its kernel writes down what was needed."""
    cells = project_nb.nb.cells
    with TemporaryDirectory(prefix="report-") as place:
        cells.append(nbformat.v4.new_code_cell(kernel.LAST_CELL))
        try:
            return single_nb_execution(project_nb.nb, cwd=str(Path(project_nb.uri).parent),
                                       timeout=data.timeout, startup_timeout=SECONDS,
                                       allow_errors=data.allow_errors,
                                       kernel_manager_class=type("Kernel", (NotingKernel,), {"place": place}))
        finally:
            cells.pop()
            end_when_told()


class Executor(JupyterExecutorLocalMproc):
    """Runs notebooks on all cores."""

    _EXECUTION_WORKER = Worker


def _key_cache(app: Sphinx, config: Config) -> None:
    """Name the cache folder by what no kernel can note, and drop the folders of other names."""
    config.report_fingerprint, config.report_engine = of_pages(), of_engine()
    around = of_surroundings()
    caches = Path(app.outdir).parent / CACHES
    if caches.exists():
        for old in caches.iterdir():
            if old.name != around:
                shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / around)
    name_marked((ENGINE, evidence()), Path(app.outdir).parent / MARKS)


def _check_data(as_described: bool) -> None:
    """Read all tables and settings before anything runs, so that a fault in one is one message and no
    traceback; their descriptions too, unless they are ``as_described`` to the build before.
    """
    try:
        if not as_described and not is_own():
            check_stamped()
        for name in package().tables:
            package().load(name)
        carriers()  # and all sources with them
        check_settings()
    except (ArticleError, DataError) as error:
        raise ExtensionError(str(error)) from None


def chapters(app: Sphinx) -> list[str]:
    """Return the notebooks of the book, longest first: those that read all claims are late in the alphabet,
    and no core should wait for them.
    """
    found = app.project.discover(app.config.exclude_patterns, app.config.include_patterns)
    paths = [Path(app.srcdir) / f"{docname}.md" for docname in sorted(found, reverse=True)]
    return [str(p) for p in paths if p.exists() and is_notebook(_text(p))]


def _text(chapter: Path) -> str:
    text = text_of(chapter, f"chapters/{chapter.name}")
    if not text.strip():
        raise DataError(f"chapters/{chapter.name}: the page has no text; write it, or remove the file and "
                        "its line in _toc.yml")
    check_page(text, f"chapters/{chapter.name}")
    return text


# several ask for each page, of which the text is the same in a build
is_notebook, check_page = once_each(is_myst_markdown_notebook), once_each(check_markdown)


def keys_of(cache: JupyterCacheAbstract, found: list[str]) -> dict[str, str]:
    """Return under which key the cache holds each chapter, or would; what it was for a chapter that is as it
    was is known from the build before, since reading one takes its time.
    """
    note = Path(cache.path).parents[1] / ".keys.json"
    before, now = read_note(note) or {}, {}
    for path in found:
        held = digest(of_environment(), Path(path).read_bytes())
        known, key = before.get(path, ("", ""))
        if known != held:
            check_cells(_text(Path(path)), f"chapters/{Path(path).name}")
            key = cache.create_hashed_notebook(cache.get_project_notebook(path).nb)[1]
        now[path] = held, key
    write_note(note, now)
    return {path: key for path, (_, key) in now.items()}


def outputs_of(app: Sphinx) -> dict[str, str]:
    """Return the digest of what each notebook put out, by its path."""
    cache = get_cache(app.config.nb_execution_cache_path)
    note = Path(app.outdir).parent / ".outputs.json"
    before: dict[str, tuple[str, str]] = read_note(note) or {}
    now: dict[str, tuple[str, str]] = {}
    for path, key in keys_of(cache, chapters(app)).items():
        ran = Path(cache.path) / "executed" / key / "base.ipynb"
        if ran.exists():
            written = f"{key} {ran.stat().st_mtime_ns}"
            known, told = before.get(path, ("", ""))
            now[path] = written, told if known == written else _put_out(ran)
    write_note(note, now)
    return {path: told for path, (_, told) in now.items()}


def _put_out(executed: Path) -> str:
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    return digest(*(json.dumps(cell.get("outputs")) for cell in cells))


def _run_notebooks(app: Sphinx) -> list[str]:
    """Run every notebook that the cache lacks, on all cores, and return them; stop the build where one fails.
    """
    folder = Path(app.config.nb_execution_cache_path)
    marks, found = Path(app.outdir).parent / MARKS, chapters(app)
    cache = get_cache(str(folder))
    for record in cache.list_project_records():  # a chapter that was renamed, or a folder that was moved
        if record.uri not in found:
            cache.remove_nb_from_project(record.pk)
    known = {record.uri for record in cache.list_project_records()}
    for path in found:
        if path not in known:
            cache.add_nb_to_project(path, read_data=READER)
    if not unchanged("needs", app.config.report_fingerprint):
        _forget_stale(cache, folder, marks)
    keys, done = keys_of(cache, found), {record.hashkey for record in cache.list_cache_records()}
    waiting = {r.pk: r.uri for r in cache.list_project_records() if keys[r.uri] not in done}
    if not waiting:
        return []
    logger = logging.getLogger("report.execution")
    logger.setLevel(logging.ERROR)
    with served(end_with_parent):
        result = Executor(cache, logger=logger).run_and_cache(filter_pks=list(waiting), timeout=SECONDS)
    traces = [(Path(uri).name, cache.get_project_record(uri).traceback or "")
              for uri in (*result.excepted, *result.errored)]
    if traces:
        raise ExtensionError("\n".join(failures(traces)))
    return list(waiting.values())


# Drawing their charts ---------------------------------------------------------------------------------------

def _forget_drawings(build: Path) -> bool:
    """Drop pictures and typeface where what they were made by has changed: the drawing code, or a library.
    Return whether it has. Pictures that were half written when a build was killed go too.
    """
    stamp, made_by = build / ".drawn_by", of_drawing()
    for picture in (build / ".pictures").glob("*.json"):
        if not _is_whole(picture):
            picture.unlink()
    changed = not stamp.exists() or stamp.read_text(encoding="utf-8") != made_by
    if changed:
        for kept in (build / ".pictures", build / "fonts"):
            shutil.rmtree(kept, ignore_errors=True)
        build.mkdir(parents=True, exist_ok=True)
        stamp.write_text(made_by, encoding="utf-8")
    return changed


def _draw_charts(app: Sphinx, of: list[str]) -> None:
    """Draw the charts of notebooks on all cores, before the pages ask for them one by one."""
    cache = get_cache(app.config.nb_execution_cache_path)
    records = map(cache.get_cached_project_nb, of)
    notebooks = [cache.get_cache_bundle(record.pk).nb for record in records if record]
    specs = [output["data"][MIME] for nb in notebooks for cell in nb.cells
             for output in cell.get("outputs", ())
             if MIME in output.get("data", {}) and "usermeta" in output["data"][MIME]]
    build = Path(app.outdir).parent
    undrawn = [spec for spec in specs if not is_drawn(spec, build)]
    if undrawn:
        # forked where that is safe: this process has drawn nothing yet, so the library has no threads in it
        with ProcessPoolExecutor(mp_context=get_context(computed.CONTEXT)) as pool:
            drawn = pool.map(pictures, undrawn, [build] * len(undrawn))
            all_readings()  # the pages of claims ask for them soon, and this process has nothing else to do
            list(drawn)


def _run_and_draw(app: Sphinx) -> None:
    """Run the notebooks and, meanwhile, cut the typeface that their charts are measured
    with; then draw the charts.
    """
    build = Path(app.outdir).parent
    as_described = unchanged("descriptions", of_descriptions())
    if unchanged("data", app.config.report_fingerprint):
        computed.share(*computed.begin(build), read_now, as_they_were=True)
        redraw, ran = _run_and_cut(app, build)
    else:
        _check_data(as_described)
        with served(end_with_parent):  # which loads what kernels need while answers are computed
            computed.share(*computed.begin(build), read_now, as_they_were=False)
            redraw, ran = _run_and_cut(app, build)
    _draw_charts(app, chapters(app) if redraw else ran)


def _run_and_cut(app: Sphinx, build: Path) -> tuple[bool, list[str]]:
    """Run the notebooks that have to and cut the typeface where there is none; return whether all charts are
    to be drawn, and the notebooks that ran.
    """
    redraw = _forget_drawings(build)
    fonts, part = build / "fonts", build / "fonts.part"  # in two steps, or a kill leaves half a typeface
    if fonts.exists():
        ran = _run_notebooks(app)
    else:
        shutil.rmtree(part, ignore_errors=True)
        with subprocess.Popen([sys.executable, "-m", "report.charts.fonts", str(part)],
                              preexec_fn=end_with_parent if os.name == "posix" else None) as cutting:
            ran = _run_notebooks(app)
        if cutting.returncode:
            raise ExtensionError("the typeface could not be cut; the traceback stands above")
        part.rename(fonts)
    return redraw, ran


def setup(app: Sphinx) -> None:
    app.add_config_value("report_fingerprint", "", "", str)
    app.add_config_value("report_engine", "", "env", str)  # every page is read again when it changes
    app.connect("config-inited", _key_cache, priority=100)
    app.connect("builder-inited", _run_and_draw, priority=900)
    app.connect("build-finished", lambda *_: computed.end(), priority=990)
