"""The numbers of the Methods page: counts of claims, readings and verdicts, and what the tests change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from argument.methods import series
from argument.summary.numbers import of_claims
from report.book import all_readings
from report.rule import BOOK_RULE, Firmness, Vantage, Word, claims
from report.trace import Measure

VERDICTS = "verdicts"  # what is counted where nothing else is said
UNITS = {"claims": "claims", "limbs": "limbs", "topics": "sections", "readings": "readings",
         "variants": "variants", "later": "readings", "late": "readings", "tests": "tests"}


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    found = {**_extent(), **_without_press(), **_hits(), **_credited(), **_firmness()}
    told: dict[str, Measure | str] = {
        f"methods-{key}": of_claims(value, None if isinstance(value, str) else UNITS.get(key, VERDICTS))
        for key, value in found.items()}
    cuts = {f"methods-{name}-cut": of_claims(cut, "of the votes")
            for name, cut in zip(("lower", "upper"), BOOK_RULE.cuts, strict=True)}
    return told | cuts | _coding()


def _extent() -> dict[str, int | str]:
    """Return how many of each there are. A section of the article is a topic."""
    known, votes, base = claims().values(), all_readings(), series.base()
    return {"claims": len(known), "limbs": sum(len(one.limbs) for one in known),
            "topics": len({one.section for one in known}), "readings": len(votes),
            "variants": sum(len(r.variants) for r in votes), "verdicts": len(base),
            "later": sum(r.later_source for r in votes),
            "late": sum(r.vantage == Vantage.THEN for r in votes), "tests": len(series.TESTS),
            "untested": _listed(claim for (claim, _), v in base.items() if v.word is Word.UNTESTED)}


def _firmness() -> dict[str, int]:
    """Return how many words are firm, shaky and thin."""
    firmness = Counter(v.firmness for v in series.base().values() if v.firmness)
    return {f"of-{name}": firmness[name] for name in Firmness} | {
        "outdated": sum(v.older is not None for v in series.base().values())}


def _coding() -> dict[str, Measure]:
    """Return how many items two coders coded, and how far they agree."""
    kinds = dict(zip(("criteria", "voices"), series.second_coding().to_dict("records"), strict=True))
    return {f"methods-{kind}-{key}": row[key] for kind, row in kinds.items()
            for key in ("coded", "agreed", "alpha")}


def _without_press() -> dict[str, int | str]:
    press = series.summary().set_index("test").loc["press"]
    alone = (c.key[0] for c in series.results()["press"] if c.after.word is Word.UNTESTED)
    return {"press-then": int(press["changed_then"]), "press-now": int(press["changed_now"]),
            "press-untested": int(press["untested"]), "press-alone": _listed(alone)}


def _hits() -> dict[str, int | str]:
    summary, still = series.summary().set_index("test"), set(series.unmoved())
    firm = (id for id in claims() if {(id, vantage) for vantage in Vantage} <= still)
    return {"source": int(summary.loc["source", ["changed_then", "changed_now"]].sum()),
            "crossed": int(summary["crossed"].max()), "unmoved": len(still), "read": len(series.hits()),
            "firm": _listed(firm), "fragile": _listed(series.fragile()["claim"])}


def _credited() -> dict[str, int]:
    credited = series.credited()
    top = {name: credited[name].map(str).str.match("supported|attested") for name in ("alone", "all")}
    return {"credited": len(credited), "credited-top": int(top["alone"].sum()),
            "credited-all": int(top["all"].sum())}


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(ids))
