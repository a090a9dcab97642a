"""Roles of the prose: what it cites, and the values it takes from the ledger and from its chapter's evidence.

``{cite}`` and ``{claim}`` point at the registers; ``{reading}``, ``{verdict}`` and ``{measure}`` print what
was computed, as a reference to what it rests on. All are pending references of the domain, so that none
dangles unseen.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from report.book import NumberError, number, reading_at, treated, verdicts
from report.data.sources import sources
from report.prose import ProseError, formatted
from report.rule import VANTAGES, Claim, Indicator, Reading, ReadingError, Variant, claim
from report.show import heading, signs
from report.sphinx.domain import ReportDomain, report_domain
from report.sphinx.nodes import joined, link, pending, source_credit, verdict_mark
from report.trace import Measure, TraceError

Made = tuple[list[nodes.Node], list[nodes.system_message]]
SHOWN = 3  # sources that a hint names
PARTS = " • "  # between what a hint says, since an attribute keeps no lines; scripts/cards.js parts it here


class Role(SphinxRole):
    """A role of the book: it prints nodes, or says at its line what is wrong and how to mend it."""

    def run(self) -> Made:
        try:
            made = self.printed()
        except (NumberError, ProseError, ReadingError, TraceError) as error:
            message = self.inliner.reporter.error(f"{{{self.name}}}`{self.text}`: {error}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        for node in made:
            self.set_source_info(node)
        return made, []

    def printed(self) -> list[nodes.Node]:
        """Return what stands in the text; raise an error that says what is wrong."""
        raise NotImplementedError

    def traced(self, kind: str, target: str, text: str, hint: str) -> nodes.Node:
        """Return a value of the text that leads to what it rests on."""
        return pending(kind, target, self.env.docname, nodes.Text(text), hint=hint, classes=["traced"])


class Cite(Role):
    """``{cite}`id,id` ``: who said it and when, each leading to its entry in the register of sources."""

    def printed(self) -> list[nodes.Node]:
        ids, domain = [i.strip() for i in self.text.split(",")], report_domain(self.env)
        for id in ids:
            domain.note_citation(id)
        links = [self._link(id) for id in ids]
        for one in links:
            self.set_source_info(one)
        return [source_credit("", "", nodes.Text("("), *joined(links, "; "), nodes.Text(")"))]

    def _link(self, id: str) -> nodes.Element:
        source = sources().get(id)
        made = link("source", id, self.env.docname, source.short if source else id)
        made["classes"] += ["cite"]
        made["hint"] = source.title if source else None
        return made


class ClaimLink(Role):
    """``{claim}`id` ``: the claim's id with the signs of its verdicts then and now, leading to the ledger."""

    def printed(self) -> list[nodes.Node]:
        try:
            one = claim(self.text)
        except ReadingError:  # the reference stays unresolved, which says so
            return [link("claim", self.text, self.env.docname, self.text)]
        own = signs(one.id)
        mark = verdict_mark("", "".join(mark for _, mark in own.shown), signs=own)
        return [pending("claim", one.id, self.env.docname, nodes.Text(one.id), mark,
                        hint=claim_hint(one), classes=["claim-link"])]


class ReadingValue(Role):
    """``{reading}`id:.1f` `` or ``{reading}`id/variant:.1f` ``: the value, leading to the ledger."""

    def printed(self) -> list[nodes.Node]:
        name, _, form = self.text.partition(":")
        id, _, key = name.partition("/")
        one = reading_at(id)
        shown = variant_of(one, key) if key else one
        if shown.value is None:
            raise NumberError("it has no value, since its criterion is in words; say whether it is met")
        label = f"{one.label}, {shown.label}" if key else one.label
        told = hint(f"{label}.", shown.rows, shown.sources)
        return [self.traced("reading", id, in_form(shown.value, form), told)]


class VerdictWord(Role):
    """``{verdict}`id now` ``: the verdict's word; with ``counts`` the readings met, "2 of 3"; with ``votes``
    the independent votes, "2 votes".
    """

    def printed(self) -> list[nodes.Node]:
        id, vantage, asked = (*self.text.split(), "", "", "")[:3]
        if vantage not in VANTAGES or asked not in ("", "counts", "votes") or len(self.text.split()) > 3:
            raise NumberError(f"write the id of a claim, a vantage ({' or '.join(VANTAGES)}) and, for what "
                              "is behind it, 'counts' or 'votes'")
        found = verdicts(claim(id).id)[vantage]
        if found.word is None:
            raise NumberError(f"a claim of the kind {claim(id).kind} has no verdict {vantage}; leave it out")
        behind = {"counts": f"{found.met} of {found.readings}", "votes": found.votes}
        text = behind.get(asked, str(found.word))
        return [self.traced("claim", id, text, f"{id}, {vantage}: {found.phrase} ({found.counts})")]


class MeasureValue(Role):
    """``{measure}`key:.0f` ``: a number that the chapter's evidence names, leading to its rows."""

    def printed(self) -> list[nodes.Node]:
        key, _, form = self.text.partition(":")
        one = number(self.env.docname, key)
        if not isinstance(one, Measure):
            return [nodes.Text(in_form(one, form))]
        text = in_form(one.value, form)
        return [self.traced("row", one.rows[0], text, hint("", one.rows, one.sources))]


def variant_of(one: Reading | Indicator, key: str) -> Variant:
    """Return a variant of a reading by its key; raise NumberError where there is none."""
    known = {v.key: v for v in getattr(one, "variants", ()) if v.key}
    if key not in known:
        listed = ", ".join(known) or "none with a key"
        raise NumberError(f"{one.id} has no variant {key!r}; known are {listed}")
    return known[key]


def in_form(value: float | int | str, form: str) -> str:
    """Return a value as prose prints it; words and whole numbers, such as years, need no format."""
    if isinstance(value, str):
        if form:
            raise NumberError(f"{value!r} is words, which have no format; leave {form!r} out")
        return value
    if not form and not isinstance(value, int):
        raise NumberError("a number needs a format, such as :.0f or :,.1f, behind its name")
    try:
        return formatted(value, form)
    except ValueError as error:
        raise NumberError(f"{form!r} is no format of a number ({error}); write one such as .0f") from None


def rests_on(rows: Iterable[str]) -> str:
    """Return in words which rows a number rests on: how many of which tables, and the first of them."""
    first, *rest = rows
    if not rest:
        return f"Rests on the row {first}"
    tables = dict.fromkeys(row.split("#")[0] for row in (first, *rest))
    return f"Rests on {len(rest) + 1} rows of {', '.join(tables)}, the first {first}"


def hint(said: str, rows: Iterable[str], ids: Iterable[str]) -> str:
    """Return what a value says when it is pointed at: what it is, its rows, the first of its sources."""
    known, rested = list(ids), tuple(rows)
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    named = "; ".join(sources()[i].short for i in known[:SHOWN])
    whence = f"{'Sources' if len(known) > 1 else 'Source'}: {named}{more}" if known else ""
    return PARTS.join(part for part in (said, rests_on(rested) if rested else "", whence) if part)


def claim_hint(one: Claim) -> str:
    """Return what a claim's name says when it is pointed at: the claim, and its verdicts with their dates."""
    if not treated(one.id) or not one.kind.graded:
        return f"{one.text}.{PARTS}{signs(one.id).said.capitalize()}."
    found = verdicts(one.id)
    return PARTS.join([f"{one.text}.", *(f"{heading(v)}: {found[v].phrase} ({found[v].counts})"
                                         for v in VANTAGES)])


ROLES = {"cite": Cite, "claim": ClaimLink, "reading": ReadingValue, "verdict": VerdictWord,
         "measure": MeasureValue}


def setup(app: Sphinx) -> None:
    for name, role in ROLES.items():
        app.add_role(name, role())  # the short name, for authors
        app.add_role_to_domain(ReportDomain.name, name, role())
