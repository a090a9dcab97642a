"""What each page asked of the book, when it was read and when it was written: the same questions are asked
again by the next build, and a page is made anew where an answer is another.

A page is read again where its text, the outputs of its notebook or an answer has changed, and written again
where it was read since, where an answer to its writing has changed, or where the other pages say something
else that any page may show: titles, numbers, labels, words of the glossary. Code, libraries and settings are
asked of no page; they are one setting, and each page is read again when they change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from report import own_data
from report.data import needs
from report.data.needs import digest
from report.sphinx.domain import report_domain
from report.sphinx.editions import errata_by_page
from report.sphinx.execution import outputs_of, read_now
from report.sphinx.figure import build_folder, figures_of
from report.sphinx.kept import read_note, unchanged, write_note
from report.sphinx.page import contents
from report.sphinx.registers import chapters_by_source, charts_by_source, definitions

Told = dict[str, str]
TEXT, OUTPUTS = "its text", "its outputs"  # which a page is read from, beside answers
READ, AROUND, OTHERS = "its reading", "around it", "on others"  # which it is written from
SHOWING_OTHERS = ("references", "data", "cite")  # pages that name charts and citations of other pages
_outputs: dict[str, str] = {}  # of notebooks by their paths, as digests
_written: dict[str, Told] = {}  # what the pages that stand on the site were told when they were written


def _place(app: Sphinx) -> Path:
    return build_folder(app) / f".told.{app.builder.name}.json"


def of_files(app: Sphinx, docname: str) -> Told:
    """Return the digests of a page's text, with what it includes, and of what its notebook put out."""
    path = Path(app.env.doc2path(docname))
    included = (Path(app.srcdir) / other for other in sorted(app.env.dependencies.get(docname, ())))
    texts = [one.read_bytes() for one in (path, *included) if one.is_file()]
    return {TEXT: digest(*texts), OUTPUTS: _outputs.get(str(path), "")}


# Reading ----------------------------------------------------------------------------------------------------

def _begin(app: Sphinx) -> None:
    """Have what pages ask noted while they are read, and what is known of those of the build before."""
    _written.clear()
    _written.update(read_note(_place(app)) or {})
    _place(app).unlink(missing_ok=True)  # until the pages are written
    _outputs.clear()
    _outputs.update(outputs_of(app))
    read = app.builder.read_doc

    def noting(docname: str, **options: bool) -> None:
        with needs.watched() as needed:
            read(docname, **options)
        report_domain(app.env).asked[docname] = {**needed.told, **of_files(app, docname)}

    # no event stands around all of the reading
    app.builder.read_doc = noting  # type: ignore[method-assign, misc]


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str],
              removed: set[str]) -> list[str]:
    """Return the pages that would be told something else than when they were read."""
    answer, asked = _answers(app), report_domain(env).asked
    return [docname for docname in sorted(env.found_docs - added - changed)
            if _is_other(asked.get(docname), of_files(app, docname), answer)]


def _answers(app: Sphinx) -> Callable[[str], str] | None:
    """Return how to ask again; None where all that is not a page is as it was, and so is every answer."""
    return None if unchanged("answers", app.config.report_fingerprint) else cache(read_now)


def _is_other(known: Told | None, files: Told, answer: Callable[[str], str] | None) -> bool:
    """Say whether any of what was told is now another."""
    if known is None or any(known.get(what) != found for what, found in files.items()):
        return True
    return answer is not None and any(answer(what) != told for what, told in known.items()
                                      if what not in files)


# Writing ----------------------------------------------------------------------------------------------------

def _unwritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that stand on the site and would be written otherwise."""
    charts_by_source.cache_clear()  # of what pages held before they were read
    chapters_by_source.cache_clear()
    errata_by_page.cache_clear()
    answer, states = _answers(app), _states(env)
    return [docname for docname, state in sorted(states.items())
            if _is_other(_written.get(docname), state, answer)]


def around(env: BuildEnvironment) -> str:
    """Return the digest of what any page may show of the others, and of whose data the book is made."""
    def said(titles: dict[str, nodes.title]) -> list[tuple[str, str]]:
        return [(docname, title.astext()) for docname, title in sorted(titles.items())]

    standard = env.domaindata["std"]
    labels = [sorted(map(str, standard[kind].items()))
              for kind in ("labels", "anonlabels", "terms", "objects")]
    objects = sorted((*key, place.docname, place.anchor)
                     for key, place in report_domain(env).objects.items())
    return digest(contents(env), sorted(definitions(env).items()), said(env.titles), said(env.longtitles),
                  labels, objects, sorted(env.toc_secnumbers.items()), sorted(env.toc_fignumbers.items()),
                  sorted(env.toctree_includes.items()), sorted(env.found_docs), own_data.is_own())


def of_others(env: BuildEnvironment) -> str:
    """Return the digest of what pages that name others' charts and citations show of these."""
    charts = [[d, n, s["usermeta"]["title"], s["usermeta"]["sources"], s["usermeta"]["tables"]]
              for d, figures in figures_of(env).items() for n, s in figures.items()]
    return digest(charts, sorted(chapters_by_source(env).items()))


def _states(env: BuildEnvironment) -> dict[str, Told]:
    """Return for each page what it is written from beside its own text and the book's answers."""
    on_all, on_some = around(env), of_others(env)
    return {docname: {READ: str(env.all_docs[docname]), AROUND: on_all,
                      OTHERS: on_some if docname in SHOWING_OTHERS else ""} for docname in env.found_docs}


def _watch(app: Sphinx, builder: Builder) -> None:
    """Have what pages ask noted while they are written."""
    env = app.env
    resolve, write, states = env.get_and_resolve_doctree, builder.write_doc, _states(env)

    def resolving(docname: str, *more: Any, **options: Any) -> nodes.document:
        with needs.watched() as needed:
            found = resolve(docname, *more, **options)
        _written[docname] = {**needed.told, **states[docname]}
        return found

    def writing(docname: str, doctree: nodes.document) -> None:
        with needs.watched() as needed:
            write(docname, doctree)
        _written[docname].update(needed.told)

    # no event stands around all of the writing
    env.get_and_resolve_doctree = resolving  # type: ignore[method-assign]
    builder.write_doc = writing  # type: ignore[method-assign]


def _end(app: Sphinx, error: Exception | None) -> None:
    if not error:
        write_note(_place(app), {d: told for d, told in _written.items() if d in app.env.found_docs})


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _begin, priority=950)  # when notebooks have run
    app.connect("env-get-outdated", _outdated)
    app.connect("env-get-updated", _unwritten, priority=900)  # when chapters have their numbers
    app.connect("write-started", _watch)
    app.connect("build-finished", _end, priority=950)
