"""What can be cited, as one record a thing: the report, a chapter, a claim, a reading, a chart, a table, a
source.

A record is CSL-JSON, the form that citation processors and reference managers share; BibTeX, RIS, and the
tags that Zotero, Google Scholar and library catalogues read on a page are made of it. What is not known is
absent.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

import rispy
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from report import identity
from report.article import article
from report.book import verdicts
from report.data.sources import Source, anchor
from report.data.table import Table
from report.rule import VANTAGES, Claim, Reading, Vantage

FOLDER = "cite"
CSL = dict[str, Any]
SOURCE_TYPES = {
    "official": "report",
    "dataset": "dataset",
    "think-tank": "report",
    "press": "article-newspaper",
    "scholarship": "article-journal",
    "advocacy": "report",
    "encyclopedia": "entry-encyclopedia",
    "secondary": "webpage",
}
RIS_TYPES = {
    "report": "RPRT",
    "chapter": "CHAP",
    "figure": "FIGURE",
    "dataset": "DATA",
    "article-newspaper": "NEWS",
    "article-journal": "JOUR",
    "entry-encyclopedia": "ENCYC",
    "webpage": "ELEC",
}
BIBTEX_TYPES = {
    "report": "misc",
    "chapter": "incollection",
    "figure": "incollection",
    "dataset": "incollection",
    "article-newspaper": "misc",
    "article-journal": "article",
    "entry-encyclopedia": "misc",
    "webpage": "misc",
}


@dataclass(frozen=True)
class Record:
    """A thing that can be cited: its CSL-JSON, and the page of its own where it has one."""

    csl: CSL
    kind: str
    place: str | None = None  # page and anchor, from the root of the site

    @property
    def id(self) -> str:
        return self.csl["id"]

    @property
    def files(self) -> str:
        """Return where its citation files stand, without their suffix, from the root of the site."""
        return f"{FOLDER}/{self.id}"


# What is cited ----------------------------------------------------------------------------------------------


def whole() -> Record:
    """Return the record of the report in this edition."""
    return Record(
        {
            **_of_edition(article_id(), "report", identity.TITLE, address=identity.SITE),
            **({"DOI": identity.DOI} if identity.DOI else {}),
            "abstract": article().abstract,
        },
        "report",
        "",
    )


def article_id() -> str:
    """Return what the report is called among other references."""
    return anchor(article().title)


def chapter_record(docname: str, title: str) -> Record:
    """Return the record of a page of the book."""
    return _part(f"chapter-{anchor(docname)}", "chapter", "chapter", title, None, f"{docname}.html")


def claim_record(one: Claim) -> Record:
    """Return the record of a claim: what it says, and its verdicts with vantage, day and counts."""
    return _part(
        f"claim-{one.id.lower()}",
        "claim",
        "chapter",
        f"{one.id}: {one.text}",
        verdicts_told(one),
        f"claims.html#{one.anchor}",
    )


def reading_record(one: Reading) -> Record:
    """Return the record of a reading: what was measured, of which claim, at which vantage, and whether it
    met.
    """
    met = "met" if one.met else "not met"
    told = f"Reading {one.id} of claim {one.claim}, {_heading(one.vantage)}: {met}"
    return _part(one.id, "reading", "chapter", one.label, told, f"claims.html#{one.id}")


def chart_record(meta: Mapping[str, Any], docname: str) -> Record:
    """Return the record of a chart from what ``publish`` says of it."""
    return _part(
        f"chart-{meta['name']}",
        "chart",
        "figure",
        meta["title"],
        f"Chart {meta['name']}",
        f"{docname}.html#fig-{meta['name']}",
    )


def table_record(table: Table, row: str | None = None) -> Record:
    """Return the record of a table, or of one row of it by its address."""
    told = f"Table {table.name}" if row is None else f"Row {row}"
    id = f"table-{anchor(table.name)}"
    return _part(
        id if row is None else f"{id}-{anchor(row.split('#', 1)[1])}",
        "table",
        "dataset",
        table.description["title"],
        told,
        f"data.html#{id}" if row is None else None,
    )


def source_record(s: Source) -> Record:
    """Return the record of a source: who made it, who printed it, when, and when it was read here."""
    via = {"container-title": s.carrier} if s.carrier not in (s.producer, s.by) else {}
    csl = {
        "id": s.id,
        "type": SOURCE_TYPES[s.kind],
        "title": s.title,
        "author": [{"literal": s.by}],
        **via,
        "issued": _parts(s.date),
        "accessed": _parts(s.accessed),
        **({"URL": s.url} if s.url else {}),
        **({"note": f"Archived: {s.archived}"} if s.archived else {}),
    }
    return Record(csl, "source", s.href)


def source_file(id: str) -> str:
    """Return the name, without suffix, of the files with a source's own citation."""
    return f"source-{anchor(id)}"


def verdicts_told(one: Claim) -> str:
    """Return a claim's verdicts in words: vantage and its day, word, counts."""
    if not one.kind.graded:
        return "A judgement, with indicators and without a verdict"
    found = verdicts(one.id)
    told = [f"{_heading(v)} {found[v].phrase}, {found[v].counts}" for v in VANTAGES]
    return f"Verdict {'; '.join(told)}"


def _heading(vantage: Vantage | str) -> str:
    """Return when a claim is judged: the day of the article's cutoff, or what *now* is."""
    day = article().cutoff if vantage == VANTAGES[0] else article().as_of
    return f"as of {identity.day(day)}"


def _part(id: str, kind: str, form: str, title: str, told: str | None, place: str | None) -> Record:
    page, _, inside = (place or "").partition("#")
    address = (identity.edition_address(page, inside) if place else None) or (
        f"https://doi.org/{identity.DOI}" if identity.DOI else None
    )
    csl = {
        **_of_edition(id, form, single_quoted(title), address=address),
        "container-title": identity.TITLE,
        **({"genre": told} if told else {}),
        **({"note": f"In the edition with the DOI {identity.DOI}"} if identity.DOI else {}),
    }
    return Record(csl, kind, place)


def _of_edition(id: str, form: str, title: str, address: str | None) -> CSL:
    issued = article().released
    return {
        "id": id,
        "type": form,
        "title": title,
        "author": [{"literal": identity.AUTHOR}],
        "version": identity.EDITION,
        "language": "en",
        "issued": _parts(issued.isoformat() if issued else str(article().as_of.year)),
        **({"URL": address} if address else {}),
    }


def _parts(day: str) -> dict[str, list[list[int]]]:
    """Return a year, month or day as CSL has it."""
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def single_quoted(title: str) -> str:
    """Return a title whose quotation marks are single, since citations put it in double ones."""
    return title.replace("“", "‘").replace("”", "’").replace('"', "’")


# Forms of a record ------------------------------------------------------------------------------------------


def day_of(csl: CSL, name: str = "issued") -> str:
    """Return a date of a record as 2014, 2014-06 or 2014-06-05."""
    return "-".join(f"{part:02d}" for part in csl[name]["date-parts"][0])


def csl_json(records: Iterable[Record]) -> str:
    """Return records as CSL-JSON."""
    return json.dumps([one.csl for one in records], indent=1, ensure_ascii=False) + "\n"


def bibtex(records: Iterable[Record]) -> str:
    """Return records as BibTeX; names of bodies are kept whole, and the edition is a field that styles print.
    """
    text = io.StringIO()
    _Writer().write_stream(BibliographyData({one.id: _entry(one) for one in records}), text)
    return text.getvalue()


class _Writer(Writer):
    """Writes addresses as they are: BibTeX's own escapes would become a part of them. A sign of money is
    escaped, since it would begin a formula, at which some readers give up the whole file.
    """

    def _encode(self, text: str) -> str:
        return super()._encode(text).replace("$", r"\$")

    def _write_field(self, stream: TextIO, type: str, value: str) -> None:
        if type in ("url", "doi"):
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


def _entry(one: Record) -> Entry:
    csl, form = one.csl, BIBTEX_TYPES[one.csl["type"]]
    day = csl["issued"]["date-parts"][0]
    in_a_whole = form == "incollection"
    # styles print the edition of a collection; for the rest it stands in the note, which all print
    edition = f"Edition {csl['version']}" if "version" in csl and not in_a_whole else None
    told = ". ".join(filter(None, (csl.get("genre"), csl.get("note"))))
    fields = {
        "title": f"{{{csl['title']}}}",
        "booktitle" if in_a_whole else "howpublished" if form == "misc" else "journal": csl.get(
            "container-title"
        ),
        "year": str(day[0]),
        "month": str(day[1]) if len(day) > 1 else None,
        "publisher": csl["author"][0]["literal"] if in_a_whole else None,
        "edition": csl.get("version") if in_a_whole else None,
        "version": csl.get("version"),
        "note": ". ".join(filter(None, (told, edition))) or None,
        "doi": csl.get("DOI"),
        "url": csl.get("URL"),
        "urldate": day_of(csl, "accessed") if "accessed" in csl else None,
    }
    authors = [Person(last=f"{{{author['literal']}}}") for author in csl["author"]]
    return Entry(form, {k: v for k, v in fields.items() if v}, {"author": authors})


def ris(records: Iterable[Record]) -> str:
    """Return records as RIS."""
    return rispy.dumps([_reference(one.csl) for one in records])


def _reference(csl: CSL) -> dict[str, Any]:
    day = day_of(csl)
    told = [text for text in (csl.get("genre"), csl.get("note")) if text]
    known = {
        "type_of_reference": RIS_TYPES[csl["type"]],
        "id": csl["id"],
        "title": csl["title"],
        "authors": [author["literal"] for author in csl["author"]],
        "secondary_title": csl.get("container-title"),
        "year": day[:4],
        "date": day.replace("-", "/") if len(day) > 4 else None,
        "edition": csl.get("version"),
        "language": csl.get("language"),
        "doi": csl.get("DOI"),
        "urls": [csl["URL"]] if "URL" in csl else None,
        "access_date": day_of(csl, "accessed").replace("-", "/") if "accessed" in csl else None,
        "notes": told or None,
    }
    return {name: value for name, value in known.items() if value}


def tags(one: Record) -> list[tuple[str, str]]:
    """Return what a page says of itself in its head, for Zotero, Google Scholar (``citation_*``) and
    catalogues (``DC.*``).

    Zotero takes the last word of a name for a surname, but for a name with a comma: one at its end keeps that
    of a body whole. The number of the edition it reads from ``prism.edition``.
    """
    csl, day = one.csl, day_of(one.csl)
    author, body = csl["author"][0]["literal"], csl.get("container-title")
    whole_name = f"{author}," if " " in author else author
    # of a report Zotero prints what stands here as the type of report: "Text" would be none
    form = {"report": None, "dataset": "Dataset", "figure": "Image"}.get(csl["type"], "Text")
    told = [
        ("citation_title", csl["title"]),
        ("citation_author", whole_name),
        ("citation_publication_date", day.replace("-", "/")),
        ("citation_language", csl.get("language")),
        ("citation_inbook_title" if body else "citation_technical_report_institution", body or author),
        ("citation_technical_report_number", None if body else f"edition {csl['version']}"),
        ("citation_doi", csl.get("DOI")),
        ("citation_public_url", csl.get("URL")),
        ("DC.title", csl["title"]),
        ("DC.creator", whole_name),
        ("DC.date", day),
        ("DC.type", form),
        ("DC.language", csl.get("language")),
        ("DC.description", csl.get("genre")),
        ("DC.identifier", (csl.get("DOI") and f"doi:{csl['DOI']}") or csl.get("URL")),
        ("DC.rights", identity.licence_address(identity.LICENCE) if one.kind != "table" else None),
        ("prism.edition", csl.get("version")),
        ("DCTERMS.isPartOf", body),
        ("DCTERMS.hasVersion", csl.get("version")),
    ]
    return [(name, value) for name, value in told if value]
