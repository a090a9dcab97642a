"""The numbers of the Methods page: counts of claims, readings and verdicts, and what the tests change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from argument.methods import choices, power, series, sources_read
from argument.summary.numbers import of_claims
from report.book import all_readings
from report.data.package import load
from report.rule import BOOK_RULE, Firmness, Vantage, Word, claims
from report.rule.robustness import keys
from report.trace import Measure, count

VERDICTS = "verdicts"  # what is counted where nothing else is said
UNITS = {"claims": "claims", "limbs": "limbs", "topics": "sections", "readings": "readings",
         "variants": "variants", "later": "readings", "late": "readings", "tests": "tests",
         "decisive": "readings", "recoding": "readings", "fragile-least": "tests", "criteria": "criteria",
         "criteria-moving": "criteria",
         "definitions": "definitions", "definitions-moving": "definitions", "moves": "moves",
         "moves-far": "moves"}


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    found = {**_extent(), **_without_press(), **_hits(), **_credited(), **_firmness(), **_recoded(),
             **_choices()}
    told: dict[str, Measure | str] = {
        f"methods-{key}": of_claims(value, None if isinstance(value, str) else UNITS.get(key, VERDICTS))
        for key, value in found.items()}
    cuts = {f"methods-{name}-cut": of_claims(cut, "of the votes")
            for name, cut in zip(("lower", "upper"), BOOK_RULE.cuts, strict=True)}
    return told | cuts | _coding() | _how_read() | _power() | _looked_up()


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
    press, printed = (series.summary().set_index("test").loc[name] for name in ("press", "printed"))
    alone = (c.key[0] for c in series.results()["press"] if c.after.word is Word.UNTESTED)
    return {"press-then": int(press["changed_then"]), "press-now": int(press["changed_now"]),
            "press-untested": int(press["untested"]), "press-alone": _listed(alone),
            "printed-then": int(printed["changed_then"]), "printed-now": int(printed["changed_now"]),
            "printed-untested": int(printed["untested"])}


def _how_read() -> dict[str, Measure]:
    """Return how many sources there are in each set and how many percent of each kind."""
    return {f"methods-{row['set']}-{kind}": row[kind] for row in sources_read.shares().to_dict("records")
            for kind in ("sources", *sources_read.KINDS)}


def _power() -> dict[str, Measure]:
    """Return how often a move that matters would have been seen, and the smallest that would have been."""
    windows, tourists = power.windows().set_index("label"), power.tourists().set_index("name")
    rights, all_votes = windows.loc["General Assembly, votes on human rights"], \
        windows.loc["General Assembly, all votes"]
    return {"methods-seen-rights": rights["chance"], "methods-seen-all": all_votes["chance"],
            "methods-seen-trade": windows.loc["Trade with China, KOTRA", "chance"],
            "methods-seen-dollar": windows.loc[power.ITEMS["US dollar"], "seen"],
            "methods-seen-rice": windows.loc[power.ITEMS["rice"], "seen"],
            "methods-seen-tourists": abs(tourists.loc["then-2014", "seen"]),
            **{f"methods-did-{year}": abs(tourists.loc[f"order-{year}", "percent"])
               for year in ("2010", "2012", "2014")}}


def _looked_up() -> dict[str, Measure]:
    """Return how many decisive sources were looked up again, and of how many the original was opened."""
    rows = load("second_looks")
    return {"methods-looked-up": count(rows, unit="sources"),
            **{f"methods-looked-{key}": count(rows[rows["found"] == found], unit="sources")
               for key, found in (("original", "original"), ("another", "another printing"))}}


def _recoded() -> dict[str, int | str]:
    """Return how many words one recoded reading would move, and which to the other side."""
    found = sources_read.recoded()
    return {"decisive": len(sources_read.decisive()), "recoded": len(keys(found)),
            "recoding": len({c.choice for c in found}),
            "recoded-over": _listed(c.key[0] for c in found if series.crosses(c))}


def _choices() -> dict[str, int | str]:
    """Return how many other criteria and definitions there are, and what they and all tests move."""
    criteria, definitions, steps = choices.other_criteria(), choices.defined_throughout(), series.steps()
    return {"criteria": len(criteria), "criteria-moving": sum(map(bool, criteria.values())),
            "criteria-words": len(keys(series.results()["criterion"])), "definitions": len(definitions),
            "definitions-moving": sum(map(bool, definitions.values())),
            "definitions-words": len(keys(series.results()["together"])),
            **{f"c14-{side}": str(next(c.after.word for c in definitions[f"korea-{side}"]
                                       if c.key[0] == "C14")) for side in ("in", "out")},
            "moves": int(steps.sum()), "moves-far": int(steps[steps.index > 1].sum())}


def _hits() -> dict[str, int | str]:
    summary, still = series.summary().set_index("test"), set(series.unmoved())
    firm = (id for id in claims() if {(id, vantage) for vantage in Vantage} <= still)
    return {"source": int(summary.loc["source", ["changed_then", "changed_now"]].sum()),
            "crossed": int(summary["crossed"].max()), "unmoved": len(still), "read": len(series.hits()),
            "firm": _listed(firm), "fragile": _listed(series.fragile()["claim"]),
            "fragile-least": series.FRAGILE}


def _credited() -> dict[str, int]:
    credited = series.credited()
    return {"credited": len(credited), "credited-top": int(credited["highest_alone"].sum()),
            "credited-all": int(credited["highest_all"].sum())}


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(ids))
