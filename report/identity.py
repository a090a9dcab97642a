"""Who made the report and where it lives, as the settings of the article say.

``None`` means "not known yet". Whatever needs a setting that is ``None`` (a canonical link, a launch button,
"report an error", a DOI badge) is left out of the pages and of the citations; nothing stands in for it.
"""

from __future__ import annotations

from importlib.metadata import version
from urllib.parse import urlencode

from report.article import article

TITLE = article().report_title
AUTHOR = article().authors
LICENCE = article().licence

SITE: str | None = article().site  # address of the published book, ending in "/"
REPOSITORY: str | None = article().repository  # address of the repository, as "https://github.com/owner/name"
DOI: str | None = article().doi


def address(page: str, anchor: str = "") -> str | None:
    """Return the public address of a page of the book, where the book's own is known."""
    return f"{SITE}{page}{f'#{anchor}' if anchor else ''}" if SITE else None


def error_report(subject: str, page: str) -> str | None:
    """Return the address of a prefilled report of an error, where the repository is known."""
    if not REPOSITORY:
        return None
    body = f"Where: {page}\n\nWhat is wrong:\n\nWhat it should say, and by which source:\n"
    return f"{REPOSITORY}/issues/new?{urlencode({'title': f'Error in {subject}', 'body': body})}"


def edition() -> str:
    """Return the number of this edition and the year of what it knows."""
    known = version("report")
    return f"edition {known}, {article().as_of.year}{' (not released)' if '.dev' in known else ''}"


def quoted(title: str) -> str:
    """Return a title in quotation marks; those inside it become single."""
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def citation(what: str | None = None, where: str | None = None) -> str:
    """Return how to cite this edition, or a part of it, as plain text; ``where`` is its address."""
    parts = [f"{AUTHOR}, {what}", f"in {TITLE}, {edition()}"] if what else [f"{AUTHOR}, {TITLE}, {edition()}"]
    tail = [f"https://doi.org/{DOI}" if DOI else "", where or ""]
    return ", ".join(parts) + "." + "".join(f" {t}" for t in tail if t)
