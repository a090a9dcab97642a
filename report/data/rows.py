"""Where each row of the data stands on the site: a page a table, an anchor a row."""

from __future__ import annotations

from report.data.sources import anchor

FOLDER = "rows"


def table_page(name: str) -> str:
    """Return the page, without its suffix, on which every row of a table stands."""
    return f"{FOLDER}/{anchor(name)}"


def row_anchor(address: str) -> str:
    """Return the anchor of a row on its table's page, from an address such as ``wages/index#2014|oecd``."""
    return anchor(address.split("#", 1)[1])


def row_href(address: str) -> str:
    """Return where a row can be opened, from the root of the site: ``rows/wages-index.html#2014-oecd``."""
    return f"{table_page(address.split('#', 1)[0])}.html#{row_anchor(address)}"
