"""What kind of publication a source was read through: ``data/carriers.csv``, a row a carrier.

A project may do without the table; then, and for a carrier without a row, the kind is not known.
"""

from __future__ import annotations

from report.data.package import package, refuse, remembered
from report.data.sources import Source, sources

TABLE = "carriers"
UNCLASSED = "of no known kind"


@remembered
def carriers() -> dict[str, str]:
    """Return the kind of each carrier that has a row."""
    if TABLE not in package().tables:
        return {}
    rows, known = package().load(TABLE), {one.carrier for one in sources().values()}
    for row, carrier in rows["carrier"].items():
        if carrier not in known:
            refuse(row, "carrier", f"no source of data/sources.bib was read through {carrier!r}; correct the "
                                   "name, or remove the row")
    return dict(zip(rows["carrier"], rows["kind"], strict=True))


def carrier_kind(source: Source) -> str:
    """Return what kind of publication a source was read in; its own kind where its maker printed it."""
    own = source.kind if source.carrier == source.producer else UNCLASSED
    return carriers().get(source.carrier, own)
