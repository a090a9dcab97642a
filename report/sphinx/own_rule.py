"""The page where readers set their own rule: its form, made of the choices of the rule, and what follows from
them, which the server prints under the book's own rule and the page's script under the reader's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from report.data.package import package
from report.ledger import asked_by_a_rule, ledger, own_ground
from report.rule import GRADED, VANTAGES, Side, Verdict, Word, claims, links
from report.rule.choices import choices, table
from report.rule.own import OwnRule, judged_under
from report.show import slug as styled
from report.sphinx.kept import unchanged
from report.sphinx.nodes import PAGES, Thing, add_thing, listed, paragraph
from report.sphinx.output import write_if_changed

DATA = "_static/rule-data.js"
ROW = 24  # pixels of a row of the map, which the style sheet keeps
REACH = 66  # pixels to the left that the longest link takes
TICKED = ("kinds", "ways")  # registers short enough to be ticked off one by one


def groups() -> dict[str, list[dict[str, Any]]]:
    """Return the choices by the heading under which the form has them, each with its options and members."""
    known = own_ground()
    found: dict[str, list[dict[str, Any]]] = {}
    told = {one["name"]: one for one in ledger()["rule"]["choices"]}
    for name, one in choices().items():
        members = list(known.members(one["of"])) if one.get("of") in TICKED else []
        found.setdefault(one["group"], []).append({**told[name], "members": members})
    return found


def tally(found: dict) -> list[tuple[str, str, dict[str, int]]]:
    """Return how many claims have each word, those of motives by the graded word of like bearing."""
    words = [*reversed(GRADED), Word.UNTESTED]
    counted = {v: [found[c, v].word for c in claims() if found[c, v].word] for v in VANTAGES}
    return [(str(word), word.mark, {v: sum(w.bearing is word for w in counted[v]) for v in VANTAGES})
            for word in words]


def rows_of_the_map() -> list[tuple[str, str, bool]]:
    """Return the rows of the map from the top: id, name, and whether it is a premise."""
    if links.LINKS not in package().tables:
        return []
    return [row for one in links.premises().values()
            for row in ((one.id, one.name, True), *((id, name, False) for id, name in one.claims.items()))]


def arcs() -> list[dict[str, Any]]:
    """Return a curve for each link of the argument, from the row that bears to the row that is borne."""
    rows = rows_of_the_map()
    at = {id: ROW * (place + 0.5) for place, (id, _, _) in enumerate(rows)}
    return [{"kind": one.kind.replace("_", "-"), "ground": one.ground, "borne": one.borne,
             "path": _arc(at[one.ground], at[one.borne], len(rows) * ROW)}
            for one in (links.links() if rows else ())]


def _arc(start: float, end: float, height: float) -> str:
    reach = 10 + (REACH - 10) * abs(end - start) / height * 1.3
    left = max(0.0, REACH + 4 - reach * 1.3)
    return f"M{REACH + 4} {start:g}C{left:.0f} {start:g} {left:.0f} {end:g} {REACH + 4} {end:g}"


def bearing(found: dict) -> dict[str, list[tuple[str, list[str], list[str], bool]]]:
    """Return at each vantage the claims that carry something: with the statements that fall with each, those
    that lose a ground, and whether its word points to contradiction.
    """
    if not rows_of_the_map():
        return {}
    carried = [(id, links.falls_with(id), links.weakened_by(id)) for id in claims()]
    return {str(v): [(id, falls, weakened, _fails(found[id, v])) for id, falls, weakened in carried
                     if falls or weakened] for v in VANTAGES}


def _fails(found: Verdict) -> bool:
    return found.word is not None and found.word.side is Side.CONTRADICTION


class own_rule(Thing):
    """The form of a reader's own rule, and the verdicts that follow."""

    template = "own_rule.html"
    assets: ClassVar = ("own-rule.css", "judge.js", "own-rule.js")

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        found = judged_under(OwnRule(), own_ground())
        rows = rows_of_the_map()
        return {"groups": groups(), "presets": table()["preset"], "claims": claims(), "found": found,
                "vantages": VANTAGES, "slug": styled, "tally": tally(found), "map": rows, "arcs": arcs(),
                "map_height": len(rows) * ROW, "map_width": REACH + 6, "failing": bearing(found),
                "data": DATA, "page": f"{self['page']}.html"}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        return [paragraph("On the site's page readers set these choices, and every verdict follows. The "
                          "book's own rule:"), *specification_in_words()]


def _value(one: dict[str, Any]) -> str:
    """Return the book's own value of a choice in words."""
    if one["kind"] == "one":
        return next(o["label"] for o in one["options"] if o["value"] == one["default"])
    if one["kind"] == "number":
        return f"{one['default']:g} {one['unit']}".strip()
    return "none left out" if one["kind"] == "several" else "none moved"


def _allowed(one: dict[str, Any]) -> str:
    """Return what a choice may be, in words."""
    if one["kind"] == "one":
        more = ["a voice of the register of origins"] if one.get("of") == "voices" else []
        return "; ".join([f"{o['value']}: {o['label']}" for o in one["options"]] + more)
    if one["kind"] == "number":
        return f"{one['least']:g} to {one['most']:g} {one['unit']}"
    return {"kinds": "kinds of source", "ways": "ways of reading", "origins": "origins", "sources": "sources",
            "readings": "readings", "variants": "a reading and the number of its variant",
            "thresholds": "a limb and its threshold"}[one["of"]]


def specification_in_words() -> list[nodes.Node]:
    """Return the choices as a list: what each is, what it may be, and the book's own."""
    return [listed(*([paragraph(nodes.strong(text=one["label"]), " (", nodes.literal(text=name), f"). "
                                f"{one['does']} May be: {_allowed(one)}. The book's own: {_value(one)}.")]
                     for name, one in choices().items()))]


class OwnRuleDirective(SphinxDirective):
    """``{own-rule}``: the form and what follows from it."""

    def run(self) -> list[nodes.Node]:
        return [own_rule(page=self.env.docname)]


class Specification(SphinxDirective):
    """``{rule-choices}``: the choices of the rule, from their table."""

    def run(self) -> list[nodes.Node]:
        return specification_in_words()


def rule_data() -> str:
    """Return what the page's script reads, as a script, so that it loads over file:// as well."""
    text = json.dumps(asked_by_a_rule(json.loads(json.dumps(ledger()))), ensure_ascii=False,
                      separators=(",", ":")).replace("</", "<\\/")
    return f"window.reportLedger={text};\n"


def _finished(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name not in PAGES:
        return
    out = Path(app.outdir)
    if not unchanged(DATA, app.config.report_fingerprint, out / DATA):
        write_if_changed(out / DATA, rule_data())


def setup(app: Sphinx) -> None:
    add_thing(app, own_rule)
    app.add_directive("own-rule", OwnRuleDirective)
    app.add_directive("rule-choices", Specification)
    app.connect("build-finished", _finished)
