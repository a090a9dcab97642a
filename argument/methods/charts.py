"""How far the verdicts hang on single choices: one chart and the tables of the Methods page."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.methods import power, series, sources_read as how_read
from argument.methods.series import FRAGILE, TESTS
from report import charts
from report.article import article
from report.charts import Figure
from report.data.package import shown
from report.rule import VANTAGES
from report.show import Html


@shown
def fragile() -> Figure:
    """Which of the tests change each verdict's word, by claim and vantage."""
    hits, tests = series.hits(), len(TESTS)
    most, still = hits["tests"].max(), (hits["tests"] == 0).sum()
    top = list(dict.fromkeys(hits.loc[hits["tests"] == most, "claim"]))
    return charts.publish(
        _grid(hits), name="methods-fragile", claims=top,
        title=f"{still} of {len(hits)} verdicts withstand every test; {' and '.join(top)} "
              f"{'bends' if len(top) == 1 else 'bend'} most",
        holds=still > 0 and most < tests and len(top) <= 3,
        otherwise="Which tests change each verdict",
        measure=f"Filled: the test changes the verdict's word; {tests} tests, as in the table above",
        note="Claims in the order of what changes them. No dots: no reading as of that time.",
        alt_text=f"{still} of {len(hits)} verdicts are changed by no test. {most} of the {tests} tests "
                 f"change those on {', '.join(top)}; {(hits['tests'] >= FRAGILE).sum()} verdicts are "
                 f"changed by {FRAGILE} or more.",
        data=hits, columns={"claim": "Claim", "vantage": "Vantage", "verdict": "Verdict", "tests": "Tests",
                            "which": "Which", "becomes": "Becomes", "recoded": "Readings that turn it"},
        says="{claim}, {vantage}: {verdict}; changed by {which}; becomes {becomes}; turned by the recoding "
             "of one of {recoded} readings")


BY = "by "  # before a test's name, so that no column is called as one that publish() makes
BRIEF = [BY + brief for _, brief in TESTS.values()]


def _grid(hits: pd.DataFrame) -> alt.FacetChart:
    """Return a row a claim and a column a test: a square where it changes the word, a dot where not."""
    order = hits.groupby("claim")["tests"].sum().sort_values(ascending=False, kind="stable").index
    heads = {VANTAGES[0]: f"Then, {article().published}", VANTAGES[1]: f"Now, {article().as_of:%B %Y}"}
    changed = {test: [test.removeprefix(BY) in which.split(", ") for which in hits["which"]]
               for test in BRIEF}
    rows = hits.assign(head=hits["vantage"].map(heads), **changed)
    y = alt.Y("claim:N").title(None).axis(labelOverlap=False, labelFontSize=11).scale(domain=list(order))
    x = alt.X("test:N").title(None).sort(BRIEF).axis(
        orient="top", labelAngle=-90, labelFontSize=12, domain=False, ticks=False,
        labelExpr=f"slice(datum.label, {len(BY)})")
    told: charts.Look = {"href": "ledger:N", "tooltip": ["claim", "vantage", "verdict", "which", "becomes"]}
    base = alt.Chart(rows).transform_fold([*BRIEF], as_=["test", "changed"])
    squares = base.transform_filter("datum.changed").mark_square(
        size=100, color=charts.colour("second")).encode(x, y, **told)
    dots = base.transform_filter("!datum.changed").mark_circle(size=10, color=charts.colour("faint")).encode(
        x, y, **told)
    return charts.layered(squares, dots).properties(width=255, height=alt.Step(13)).facet(
        alt.Facet("head:N").sort(list(heads.values())).title(None), columns=2)


@shown
def all_tests() -> Html:
    """How many verdicts each test changes."""
    return report.table(charts.plain(series.summary()), {
        "label": "What is changed", "then": "Changed, then", "now": "Changed, now",
        "untested": "Become untested", "crossed": "Change sides", "claims": "Claims"},
        "How many verdicts take another word", claims="claims")


@shown
def fragile_verdicts() -> Html:
    """The verdicts that at least so many tests change as make one fragile, with those tests."""
    return report.table(series.fragile(), {
        "claim": "Claim", "vantage": "Vantage", "verdict": "Verdict", "which": "Changed by",
        "becomes": "Becomes"},
        f"Verdicts that {FRAGILE} or more tests change", claims="claim")


@shown
def credited_alone() -> Html:
    """The verdicts of claims that credit a source, by all readings and by that source's alone."""
    return report.table(charts.plain(series.credited()), {
        "claim": "Claim", "vantage": "Vantage", "credits": "Credits", "all": "By all readings",
        "alone": "By the credited source alone"}, "Verdicts by the credited source alone")


@shown
def weighty_sources() -> Html:
    """The single sources that turn three verdicts or more."""
    return report.table(series.weighty(least=3), {
        "source": "Title", "kind": "Kind", "which": "Verdicts that change without it"},
        "Single sources whose loss changes three or more verdicts")


@shown
def disagreements() -> Html:
    """What the two coders saw differently, and what stands."""
    return report.table(series.disagreements(), {
        "limb": "Limb", "first": "First", "second": "Second", "settled": "Stands", "why": "Why"},
        "Codes on which two coders differ", claims="claim")


@shown
def moved_since() -> Html:
    """The verdicts that read otherwise than in edition 0.1.0, and why."""
    return report.table(series.moved_since(), {
        "claim": "Claim", "vantage": "Vantage", "word": "Edition 0.1.0", "after": "This edition",
        "why_moved": "Why"}, "Verdicts that moved since edition 0.1.0", claims="claim")


@shown
def sources_read() -> Html:
    """How the sources were read and who printed them: all, behind readings, behind decisive readings."""
    return report.table(charts.plain(how_read.shares()), {
        "label": "Sources", "sources": "How many", "original": "Originals, %", "dataset": "Copies of data, %",
        "reprint": "Reprints, %", "excerpt": "Excerpts, %", "scholarship": "Scholarship, %",
        "press": "Press, %", "carried": "Printed by press, %", "copied": "On blogs and copies, %",
        "claims": "Claims"},
        "How the sources were read, and who made and printed them", claims="claims")


@shown
def other_criteria() -> Html:
    """The other criteria that make another word."""
    return report.table(series.criteria_that_move(), {
        "claim": "Claim", "asked": "Asked instead", "why": "Why one could", "becomes": "Words"},
        "Other criteria that make another word", claims="claim")


@shown
def definitions() -> Html:
    """What each definition makes of the words when it is taken for all readings at once."""
    return report.table(series.definitions_throughout(), {
        "label": "Definition", "becomes": "Words", "claims": "Concerned"},
        "Definitions taken for all readings at once", claims="claims")


@shown
def windows_power() -> Html:
    """What the comparisons with quiet times could have seen."""
    return report.table(power.windows_told(), {
        "label": "What is compared", "compared": "Windows", "allowed": "Chance allows",
        "visible": "Smallest that shows", "needed": "Smallest that matters", "found": "Seen in, %",
        "claims": "Claims"},
        "What a comparison with quiet times could have seen", claims="claims")


@shown
def tourist_bases() -> Html:
    """China's tourists against the controls by other bases, before and after tours were stopped."""
    return report.table(power.tourists_told(), {
        "span": "Span", "base": "Base", "change": "Change, % (interval)", "place": "Rank",
        "visible": "Smallest fall that shows, %", "claims": "Claims"},
        "Tourists from China by base, before and after tours were stopped", claims="claims")


@shown
def other_cuts() -> Html:
    """The verdicts that change when the shares are cut elsewhere."""
    return report.table(charts.plain(series.thresholds()), {
        "cut": "Cut at", "then": "Changed, then", "now": "Changed, now", "claims": "Claims"},
        "Verdicts that change with the cuts", claims="claims")
