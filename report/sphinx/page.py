"""The page around the text: the book's own theme (``theme/``), and nothing on a page that it does not need.

A page loads one style sheet, one script and the fonts. The theme inherits no other, and what extensions would
add to every page is not printed, so nothing has to be taken out of the site after the build.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from report import identity
from report.article import article
from report.rule.vocabulary import GRADED, NO_VERDICT_MARK, VANTAGES, VOICED, Word
from report.show import heading
from report.editions import linked
from report.editions.record import Record, chapter_record, tags, whole
from report.sphinx.editions import errata_on
from report.charts.fonts import CUTS
from report.sphinx.nodes import PAGES, Thing, source_credit
from report.sphinx.previews import preview

THEME = Path(__file__).parent / "theme"
STYLE, SCRIPT = "report.css", "report.js"
DESCRIPTION_LENGTH = 200
MEANINGS = {
    Word.SUPPORTED: "every vote meets the criterion", Word.MOSTLY_SUPPORTED: "most votes do",
    Word.MIXED: "votes are divided, or a part that carries the claim fails",
    Word.MOSTLY_CONTRADICTED: "few votes meet it", Word.CONTRADICTED: "no vote does",
    Word.UNTESTED: "nothing was found to test it by, or nothing recent enough",
}


def plain(node: nodes.Node) -> str:
    """Return what a node says, without citations and markup."""
    if isinstance(node, source_credit):
        return ""
    if isinstance(node, nodes.raw):
        return unescape(re.sub(r"<[^>]+>", "", node.astext()))
    if isinstance(node, nodes.Text):
        return node.astext()
    children = node.children
    if (
        isinstance(node, nodes.Element) and node.get("nb_element") == "mime_bundle"
    ):  # one value in several formats
        children = [next((c for c in children if c.get("mime_type") == "text/plain"), children[0])]
    return "".join(plain(child) for child in children)


def shortened(text: str, length: int) -> str:
    """Return the first sentences of a text that fit, or its first words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    sentences = re.match(rf"(.{{1,{length - 1}}}[.?!])\s", text)
    return (
        sentences[1]
        if sentences and len(sentences[1]) > length / 3
        else text[:length].rsplit(" ", 1)[0] + "…"
    )


def description(doctree: nodes.document | None) -> str:
    """Return the first paragraph of a page in brief."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    return next((shortened(text, DESCRIPTION_LENGTH) for p in paragraphs if len(text := plain(p)) > 40), "")


def short_title(env: BuildEnvironment, docname: str) -> str:
    """Return a chapter's title up to its colon, as the contents name it."""
    return env.titles[docname].astext().split(": ")[0]


def contents(env: BuildEnvironment) -> list[dict]:
    """Return the parts of the book with their pages, as the table of contents has them."""
    root = env.config.root_doc
    parts = [{"caption": "", "pages": [root]}]
    for tree in env.tocs[root].findall(addnodes.toctree):
        parts.append(
            {
                "caption": tree.get("caption") or "",
                "pages": [d for _, d in tree["entries"] if d in env.titles],
            }
        )
    return [{"caption": part["caption"], "pages": [_listed(env, name) for name in part["pages"]]}
            for part in parts]


def _listed(env: BuildEnvironment, docname: str) -> dict[str, str]:
    return {"name": docname, "title": short_title(env, docname), "number": number_of(env, docname)}


def number_of(env: BuildEnvironment, docname: str) -> str:
    """Return the number of a chapter where its part of the contents is numbered, else nothing."""
    return ".".join(map(str, env.toc_secnumbers.get(docname, {}).get("", ())))


def neighbour(app: Sphinx, pagename: str, way: str) -> dict[str, str] | None:
    """Return the page before (``prev``) or behind (``next``) one: its number, name, question and address."""
    _, before, behind = cast(StandaloneHTMLBuilder, app.builder).relations.get(pagename, (None, None, None))
    name = {"prev": before, "next": behind}[way]
    if name is None:
        return None
    title, _, question = app.env.titles[name].astext().partition(": ")
    return {"link": app.builder.get_relative_uri(pagename, name), "title": title, "question": question,
            "number": number_of(app.env, name)}


def key_to_signs() -> list[dict[str, str]]:
    """Return what each sign of a verdict means, from support to contradiction, then those that grade nothing.
    """
    words = zip(reversed(GRADED), reversed(VOICED), strict=True)
    graded = [_sign(word, str(voiced)) for word, voiced in words]
    return [*graded, _sign(Word.UNTESTED),
            {"word": "none", "name": "no verdict", "voiced": "", "mark": NO_VERDICT_MARK,
             "means": "a forecast when it was made"}]


def _sign(word: Word, voiced: str = "") -> dict[str, str]:
    return {"word": str(word), "name": str(word), "voiced": voiced, "mark": word.mark,
            "means": MEANINGS[word]}


def sections(env: BuildEnvironment, docname: str) -> list[dict]:
    """Return the headings of the second level on a page."""
    page = env.get_doctree(docname)
    top = next(page.findall(nodes.section), None)
    return [{"id": s["ids"][0], "title": plain(s[s.first_child_matching_class(nodes.title)])}
            for s in (top.children if top else ()) if isinstance(s, nodes.section)]


def launch(docname: str) -> str | None:
    """Return where a chapter can be run as a notebook, once the repository is known and Binder can reach it.
    """
    return identity.launch_address(replace(article(), repository=identity.REPOSITORY), docname)


def _context(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give the templates what the theme does not know: contents, description, picture, addresses."""
    env, known = app.env, pagename in app.env.titles
    page = f"{pagename}.html"
    record, told = _cited(env, pagename, context)
    context["report"] = {
        "tags": tags(record) if record else [],
        "cite": f"{record.files}.html" if record and known else "",
        "record": f"{record.files}.json" if record else "",
        "cite_as": (record.csl.get("DOI") and f"https://doi.org/{record.csl['DOI']}")
        or record.csl.get("URL") if record else None,
        "linked": linked.script(told) if told else "",
        "errata": errata_on(env, pagename),
        "title": identity.TITLE,
        "author": identity.AUTHOR,
        "licence": identity.LICENCE,
        "licence_address": identity.licence_address(identity.LICENCE),
        "code_licence": identity.CODE_LICENCE,
        "edition": identity.EDITION,
        "signs": key_to_signs(),
        "vantages": [heading(v) for v in VANTAGES],
        "as_of": identity.day(article().as_of),
        "state": identity.state(),
        "doi": identity.DOI,
        "repository": identity.REPOSITORY,
        "description": context.get("about") or description(doctree),
        "address": identity.address(page),
        "image": preview(env, pagename),
        "contents": contents(env),
        "sections": sections(env, pagename) if known else [],
        "cuts": list(CUTS),
        "assets": _assets(app, doctree),
        "error": identity.error_report(f"the page {pagename}", page),
        "launch": launch(pagename) if known and Path(app.env.doc2path(pagename)).suffix == ".md" else None,
    }
    if known:
        context["title"] = env.titles[pagename].astext()
        context.update({way: neighbour(app, pagename, way) for way in ("prev", "next")})


def _cited(env: BuildEnvironment, pagename: str, context: dict) -> tuple[Record | None, Any]:
    """Return the record of what a page shows, where it can be cited, and what the page says to machines."""
    if "record" in context:
        return context["record"], context["linked"]
    if pagename not in env.titles:
        return None, None
    record = whole() if pagename == env.config.root_doc else chapter_record(
        pagename, env.titles[pagename].astext())
    return record, linked.of_page(record)


def _assets(app: Sphinx, doctree: nodes.document | None) -> set[str]:
    """Return the style sheets and scripts of a page: the book's own, and those that a thing on it asks for.
    """
    asked = {
        name for thing in (doctree.findall(Thing) if doctree else ()) for name in getattr(thing, "assets", ())
    }
    for name in sorted(asked):
        if name.endswith(".css"):
            app.add_css_file(name)
        else:
            app.add_js_file(name, loading_method="defer")
    return {f"_static/{name}" for name in {STYLE, SCRIPT, *asked}}


# Code cells -------------------------------------------------------------------------------------------------

def _open_code(self, node: HideCodeCellNode) -> None:
    self.body.append(f'<details class="code"><summary>{node["prompt_show"]}</summary>\n')


def _close_code(self, node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")


# The theme --------------------------------------------------------------------------------------------------

def _open_table(self, node: nodes.table) -> None:
    self.body.append('<div class="table-box" tabindex="0" role="region" aria-label="Table">')
    HTML5Translator.visit_table(self, node)


def _close_table(self, node: nodes.table) -> None:
    HTML5Translator.depart_table(self, node)
    self.body.append("</div>\n")


def _configure(app: Sphinx, config: Config) -> None:
    """Leave out Sphinx's own indices, since the book has its registers; name the links that headings carry.
    """
    config.html_permalinks_icon = "#"
    config.html_secnumber_suffix = " "
    config.html_use_index = False
    config.html_domain_indices = False


def _equip(app: Sphinx) -> None:
    """Give pages the book's script, and no search of Sphinx's, which no setting of it leaves out."""
    if app.builder.name in PAGES:
        app.add_js_file(SCRIPT, loading_method="defer")
        app.builder.search = False  # type: ignore[attr-defined]  # builders of pages have it


def setup(app: Sphinx) -> None:
    app.add_config_value(
        "comments_config", {}, ""
    )  # which Jupyter Book sets for an extension that is not loaded
    app.add_html_theme("report", str(THEME))
    app.add_node(HideCodeCellNode, override=True, html=(_open_code, _close_code))
    app.add_node(nodes.table, override=True, html=(_open_table, _close_table))
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _equip)
    app.connect("html-page-context", _context, priority=900)
