"""A claim as pages show it: its box in a chapter, what a reader can do with it there and in the ledger."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, NbElementRenderer, load_mime_renders
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from report import identity
from report.book import indicators, readings, verdicts
from report.data.sources import sources
from report.editions.record import claim_record, verdicts_told
from report.rule import VANTAGES, Claim, Indicator, Reading, claim
from report.show import badges, evidence, heading, number
from report.show.claim_box import MIME
from report.sphinx.nodes import Thing, add_thing, joined, link, listed, paragraph, rendered, target


def claim_actions(id: str) -> Markup:
    """Return what a reader can do with a claim: link to it, cite it, report an error in it."""
    one = claim(id)
    address = identity.edition_address("claims.html", one.anchor)
    told = verdicts_told(one)
    cited = identity.citation(
        f"claim {one.id}, {identity.quoted(one.text)}, {told[0].lower()}{told[1:]}", address)
    report = identity.error_report(one.id, address or one.href)
    return rendered("claim_actions.html", claim=one, cited=cited, report=report,
                    cite=f"{claim_record(one).files}.html")


def verdicts_in_words(one: Claim) -> list[nodes.Node]:
    """Return a claim's verdicts in plain nodes: word and counts at each vantage."""
    if not one.kind.graded:
        return [paragraph("A judgement: indicators, no verdict.")]
    found = verdicts(one.id)
    return [listed(*([paragraph(nodes.strong(text=f"{heading(v)}:"),
                                f" {found[v].phrase} ({found[v].counts})")] for v in VANTAGES))]


def readings_in_words(one: Claim, page: str, addressed: bool = False) -> list[nodes.Node]:
    """Return a claim's readings and indicators as a list: what each says, whether it is met, its sources."""
    found: list[Reading | Indicator] = [*readings(one.id), *indicators(one.id)]
    return [listed(*([_in_words(r, page, addressed)] for r in found))] if found else []


def _in_words(r: Reading | Indicator, page: str, addressed: bool) -> nodes.paragraph:
    value = "" if r.value is None else f": {number(r.value, r.unit)}"
    met = f", {'met' if r.met else 'not met'}" if isinstance(r, Reading) else ""
    credit = joined([link("source", i, page, sources()[i].short) for i in r.sources], "; ")
    made = paragraph(f"{r.label}{value}{met} ({r.vantage}). ", *credit)
    if addressed:
        made.insert(0, target(r.id))
    return made


OWN_RULE = "own_rule"  # the page where readers set their own rule, where the book has one


class claim_box(Thing):
    """The box of the claim ``claim`` on the page ``page``."""

    template = "claim_box.html"

    def context(self, env: BuildEnvironment) -> dict[str, Any]:
        one = claim(self["claim"])
        own = OWN_RULE if OWN_RULE in env.found_docs else ""
        return {"claim": one, "verdicts": badges(one.id), "own": own,
                "evidence": evidence(one), "actions": claim_actions(one.id)}

    def words(self, env: BuildEnvironment) -> list[nodes.Node]:
        one = claim(self["claim"])
        return [paragraph(nodes.strong("", "", link("claim", one.id, self["page"], one.id)), f" {one.text}."),
                *verdicts_in_words(one), *readings_in_words(one, self["page"])]


class ClaimRenderer:
    """myst-nb's renderer of what ``report.verdict`` leaves in a notebook."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != MIME or inline:
            return None
        one = claim(data.content["claim"])
        page = renderer.renderer.sphinx_env.docname
        return [claim_box("", ids=[f"box-{one.id.lower()}"], claim=one.id, page=page)]


def _check_installed(app: Sphinx) -> None:
    if ClaimRenderer not in load_mime_renders():
        raise ExtensionError("the project was installed before its entry points changed, so that no claim "
                             "would be shown; install it again: python -m pip install --no-deps -e .")


def setup(app: Sphinx) -> None:
    add_thing(app, claim_box)
    app.connect("builder-inited", _check_installed)
