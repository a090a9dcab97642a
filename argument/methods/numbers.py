"""The numbers of the Methods page: counts of claims, readings and verdicts, and what the tests change."""

from __future__ import annotations

from collections.abc import Iterable

from argument.methods import series as robust
from argument.summary.numbers import of_claims
from report.rule import Vantage, Word
from report.trace import Measure


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    found = {**_extent(), **_without_press(), **_hits(), **_credited()}
    return {f"methods-{key}": of_claims(value) for key, value in found.items()}


def _extent() -> dict[str, int | str]:
    """Return how many of each there are. A section of the article is a topic."""
    book, base = robust.book(), robust.base()
    return {"claims": len(book.claims), "limbs": sum(len(c.limbs) for c in book.claims),
            "topics": len({c.section for c in book.claims}), "readings": len(book.readings),
            "variants": sum(len(r.variants) for r in book.readings), "verdicts": len(base),
            "later": sum(r.later_source for r in book.readings),
            "late": sum(r.vantage == Vantage.THEN for r in book.readings), "tests": len(robust.TESTS),
            "untested": _listed(claim for (claim, _), v in base.items() if v.word == Word.UNTESTED)}


def _without_press() -> dict[str, int | str]:
    press = robust.summary().set_index("test").loc["press"]
    alone = (c.key[0] for c in robust.results()["press"] if c.after.word == Word.UNTESTED)
    return {"press-then": int(press["changed_then"]), "press-now": int(press["changed_now"]),
            "press-untested": int(press["untested"]), "press-alone": _listed(alone)}


def _hits() -> dict[str, int | str]:
    summary, still = robust.summary().set_index("test"), set(robust.unmoved())
    firm = (c.id for c in robust.book().claims if {(c.id, vantage) for vantage in Vantage} <= still)
    return {"source": int(summary.loc["source", ["changed_then", "changed_now"]].sum()),
            "crossed": int(summary["crossed"].max()), "unmoved": len(still), "read": len(robust.hits()),
            "firm": _listed(firm), "fragile": _listed(robust.fragile()["claim"])}


def _credited() -> dict[str, int]:
    credited = robust.credited()
    top = {name: int(credited[name].str.match("supported|attested").sum()) for name in ("alone", "all")}
    return {"credited": len(credited), "credited-top": top["alone"], "credited-all": top["all"]}


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(ids))
