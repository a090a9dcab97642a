"""Who made the report and where it lives, as the settings of the article say.

``None`` means "not known yet". Whatever needs a setting that is ``None`` (a canonical link, a launch button,
"report an error", a DOI badge) is left out of the pages and of the citations; nothing stands in for it.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from report.article import Article, article
from report.dates import in_words

TITLE = article().report_title
AUTHOR = article().authors
LICENCE = article().licence
CODE_LICENCE = article().code_licence
EDITION = article().edition

SITE: str | None = article().site  # address of the published book, ending in "/"
REPOSITORY: str | None = article().repository  # address of the repository, as "https://github.com/owner/name"
DOI: str | None = article().doi


def address(page: str, anchor: str = "") -> str | None:
    """Return the public address of a page of the book, where the book's own is known: that of the newest
    edition.
    """
    if not SITE:
        return None
    folder = "latest/" if article().is_released else ""
    return f"{SITE}{folder}{page}{f'#{anchor}' if anchor else ''}"


def edition_address(page: str, anchor: str = "") -> str | None:
    """Return where a page stands as this edition has it, whatever later ones say, where the book's own
    address is known; a state on the way to an edition is at the address itself.
    """
    if not SITE:
        return None
    folder = f"v{EDITION}/" if article().is_released else ""
    return f"{SITE}{folder}{page}{f'#{anchor}' if anchor else ''}"


def error_report(subject: str, page: str) -> str | None:
    """Return the address of a prefilled report of an error, where the repository is known."""
    if not REPOSITORY:
        return None
    body = f"Where: {page}\n\nWhat is wrong:\n\nWhat it should say, and by which source:\n"
    return f"{REPOSITORY}/issues/new?{urlencode({'title': f'Error in {subject}', 'body': body})}"


def edition_of(one: Article) -> str:
    """Return the number of an edition and its year, or the year of what it knows while it is not released."""
    year = (one.released or one.as_of).year
    return f"edition {one.edition}, {year}{'' if one.is_released else ' (not released)'}"


def edition() -> str:
    """Return the number of this edition and its year."""
    return edition_of(article())


def tag(one: Article) -> str:
    """Return what the edition is called in the repository; a state on the way to one is what stands there."""
    return f"v{one.edition}" if one.is_released else "HEAD"


def launch_address(one: Article, chapter: str | None = None) -> str | None:
    """Return where the book, or a chapter as a notebook, can be run, once Binder can reach the repository."""
    host, _, repository = (one.repository or "").partition("github.com/")
    if not host or not repository:
        return None
    where = f"lab/tree/chapters/{chapter}.md" if chapter else "lab"
    return f"https://mybinder.org/v2/gh/{repository}/{tag(one)}?urlpath={where}"


def spdx(licence: str) -> str:
    """Return the identifier of a licence in the list of SPDX, from its name: CC BY 4.0 is CC-BY-4.0."""
    return licence.replace(" ", "-")


def licence_address(licence: str) -> str:
    """Return where the text of a licence can be read."""
    deed = re.fullmatch(r"CC (BY(?:-[A-Z]+)*) ([0-9.]+)", licence)
    return (f"https://creativecommons.org/licenses/{deed[1].lower()}/{deed[2]}/" if deed
            else f"https://spdx.org/licenses/{spdx(licence)}.html")


def day(one: date) -> str:
    """Return a day in words, such as 24 November 2026."""
    return in_words(one.isoformat())


def state() -> str:
    """Return which edition this is and what it knows, as the foot of every page says it."""
    released = article().released
    when = f", {day(released)}" if released else " (not released)"
    return f"Edition {EDITION}{when}; “now” is {day(article().as_of)}"


def quoted(title: str) -> str:
    """Return a title in quotation marks; those inside it become single."""
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def citation(what: str | None = None, where: str | None = None) -> str:
    """Return how to cite this edition, or a part of it, as plain text; ``where`` is its address."""
    parts = [f"{AUTHOR}, {what}", f"in {TITLE}, {edition()}"] if what else [f"{AUTHOR}, {TITLE}, {edition()}"]
    tail = [f"https://doi.org/{DOI}" if DOI else "", where or ""]
    return ", ".join(parts) + "." + "".join(f" {t}" for t in tail if t)
