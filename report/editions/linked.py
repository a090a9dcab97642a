"""What a page says of itself to machines that read schema.org, as JSON-LD.

A chapter is a scholarly article within the report, a table a data set under its sources' own terms, a verdict
the review of a claim that somebody else made. What is not known is absent; addresses are relative until the
site's is known.
"""

from __future__ import annotations

import json
from typing import Any

from report import identity
from report.article import article
from report.book import treated, verdicts
from report.data.sources import sources
from report.data.table import Table
from report.editions.record import Record, day_of, whole
from report.rule import VANTAGES, Claim, Verdict

CONTEXT = "https://schema.org"
Linked = dict[str, Any]


def _known(**told: Any) -> Linked:
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _body() -> Linked:
    return {"@type": "Organization", "name": identity.AUTHOR}


def _report() -> Linked:
    one = whole()
    return {
        "@type": "Report",
        **_known(
            name=identity.TITLE,
            identifier=_doi(),
            url=identity.SITE,
            version=identity.EDITION,
            datePublished=day_of(one.csl),
        ),
    }


def _doi() -> str | None:
    return f"https://doi.org/{identity.DOI}" if identity.DOI else None


def of_page(one: Record, description: str = "") -> Linked:
    """Return a page of the book, or the report itself, as a scholarly article."""
    root = one.kind == "report"
    return {
        "@context": CONTEXT,
        "@type": "Report" if root else "ScholarlyArticle",
        **_known(
            name=one.csl["title"],
            headline=one.csl["title"],
            description=description or one.csl.get("abstract"),
            author=_body(),
            publisher=_body(),
            datePublished=day_of(one.csl),
            version=identity.EDITION,
            inLanguage="en",
            license=identity.licence_address(identity.LICENCE),
            url=one.csl.get("URL"),
            identifier=_doi() if root else one.id,
            isPartOf=None if root else _report(),
            keywords=list(article().keywords) if root else None,
        ),
    }


def of_table(one: Record, table: Table) -> Linked:
    """Return a table as a data set; its licence is its sources' own, or none where they state none."""
    about = table.description
    stated = [licence["path"] for licence in about.get("licenses", ()) if "path" in licence]
    made_by = [
        _known(**{"@type": "CreativeWork"}, name=s["title"], url=s.get("path"))
        for s in about.get("sources", ())
    ]
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        **_known(
            name=one.csl["title"],
            description=about["description"],
            identifier=table.name,
            url=one.csl.get("URL"),
            version=identity.EDITION,
            datePublished=day_of(one.csl),
            creator=_body(),
            isPartOf=_report(),
            license=stated[0] if stated else None,
            conditionsOfAccess=None if stated else about["licence_note"],
            isBasedOn=made_by,
            variableMeasured=[
                _known(
                    **{"@type": "PropertyValue"},
                    name=f["name"],
                    description=f["description"],
                    unitText=f.get("unit"),
                )
                for f in table.fields.values()
            ],
            distribution={
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentSize": f"{about['bytes']} B",
                "sha256": about["hash"].removeprefix("sha256:"),
                "contentUrl": _address(f"data/{about['path']}"),
            },
        ),
    }


def _address(path: str) -> str:
    """Return the address of a file of the site; relative to a page of citations where the site's is not
    known.
    """
    return identity.edition_address(path) or f"../{path}"


def of_claim(one: Claim, record: Record) -> list[Linked]:
    """Return a claim's verdicts as reviews of it, one a vantage; what was not tested or gets none has no
    review.
    """
    found = verdicts(one.id) if treated(one.id) else {}
    return [
        _review(one, found[v], record) for v in VANTAGES if v in found and found[v].word and found[v].readings
    ]


def _review(one: Claim, found: Verdict, record: Record) -> Linked:
    when = article().cutoff if found.vantage == VANTAGES[0] else article().as_of
    made = sources().get(article().source or "")
    claimant = {"@type": "Organization", "name": made.producer} if made else None
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        **_known(
            claimReviewed=one.text,
            url=record.csl.get("URL"),
            datePublished=day_of(record.csl),
            author=_body(),
            isPartOf=_report(),
            license=identity.licence_address(identity.LICENCE),
            reviewAspect=f"as of {identity.day(when)}",
            reviewRating={
                "@type": "Rating",
                "alternateName": str(found.word),
                "ratingExplanation": found.counts,
            },
            itemReviewed=_known(
                **{"@type": "Claim"},
                name=one.id,
                author=claimant,
                datePublished=made and made.date,
                appearance=_known(**{"@type": "CreativeWork"}, name=article().title, url=made and made.url),
            ),
        ),
    }


def of_chart(one: Record, meta: dict[str, Any]) -> Linked:
    """Return a chart as a picture with its words."""
    return {
        "@context": CONTEXT,
        "@type": "ImageObject",
        **_known(
            name=one.csl["title"],
            caption=meta["measure"],
            description=meta["alt"],
            identifier=meta["name"],
            url=one.csl.get("URL"),
            contentUrl=_address(f"charts/{meta['name']}.png"),
            creator=_body(),
            creditText=meta["source_line"],
            license=identity.licence_address(identity.LICENCE),
            isPartOf=_report(),
        ),
    }


def script(told: Linked | list[Linked]) -> str:
    """Return linked data as it stands inside a script element."""
    return json.dumps(told, ensure_ascii=False).replace("</", "<\\/")
