"""How far the verdicts hang on single choices: one chart and the tables of the Methods page."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.methods import series
from argument.methods.series import FRAGILE, TESTS
from report import charts
from report.charts import Figure
from report.show import Html


def fragile() -> Figure:
    """How many of the tests change each verdict's word, by claim and vantage."""
    hits, tests = series.hits(), len(TESTS)
    most, still = hits["tests"].max(), (hits["tests"] == 0).sum()
    top = list(dict.fromkeys(hits.loc[hits["tests"] == most, "claim"]))
    return charts.publish(
        _bars(hits), name="methods-fragile", claims=top,
        title=f"{still} of {len(hits)} verdicts withstand every test; the most fragile are those on "
              f"{', '.join(top[:-1])} and {top[-1]}",
        holds=still > 0 and len(top) > 1 and most < tests,
        otherwise="How many tests change each verdict",
        measure=f"Number of the {tests} tests of the table above that change a verdict's word, by claim and "
                "vantage; claims without readings left out",
        alt_text=f"{still} of {len(hits)} verdicts are changed by no test. {most} of the {tests} tests "
                 f"change those on {', '.join(top)}; {(hits['tests'] >= FRAGILE).sum()} verdicts are "
                 "changed by four or more.",
        data=hits, columns={"claim": "Claim", "vantage": "Vantage", "verdict": "Verdict", "tests": "Tests",
                            "which": "Which", "becomes": "Becomes"})


def _bars(hits: pd.DataFrame) -> alt.FacetChart:
    tests = len(TESTS)
    y = alt.Y("claim:N").title(None).sort("ascending").axis(labelOverlap=False, labelFontSize=11)
    x = alt.X("tests:Q").title("tests that change the word").scale(domain=[0, tests]).axis(
        tickCount=tests, format="d")
    bars = alt.Chart(hits).mark_bar(color=charts.colour("un"), height=7).encode(
        y, x, href="ledger:N", tooltip=["claim", "vantage", "verdict", "which", "becomes"])
    vantages = alt.Facet("vantage:N").sort(["then", "now"]).title(None)
    return bars.properties(width=255, height=alt.Step(13)).facet(vantages, columns=2)


def all_tests() -> Html:
    """How many verdicts each test changes."""
    return report.table(charts.plain(series.summary()), {
        "label": "What is changed", "then": "Changed, then", "now": "Changed, now",
        "untested": "Become untested", "crossed": "Change sides", "claims": "Claims"},
        "How many verdicts take another word", claims="claims")


def fragile_verdicts() -> Html:
    """The verdicts that four or more tests change, with those tests."""
    return report.table(series.fragile(), {
        "claim": "Claim", "vantage": "Vantage", "verdict": "Verdict", "which": "Changed by",
        "becomes": "Becomes"},
        "Verdicts that four or more tests change", claims="claim")


def credited_alone() -> Html:
    """The verdicts of claims that credit a source, by all readings and by that source's alone."""
    return report.table(charts.plain(series.credited()), {
        "claim": "Claim", "vantage": "Vantage", "credits": "Credits", "all": "By all readings",
        "alone": "By the credited source alone"}, "Verdicts by the credited source alone")


def weighty_sources() -> Html:
    """The single sources that turn three verdicts or more."""
    return report.table(series.weighty(least=3), {
        "source": "Title", "kind": "Kind", "which": "Verdicts that change without it"},
        "Single sources whose loss changes three or more verdicts")


def other_cuts() -> Html:
    """The verdicts that change when the shares are cut elsewhere."""
    return report.table(charts.plain(series.thresholds()), {
        "cut": "Cut at", "then": "Changed, then", "now": "Changed, now", "claims": "Claims"},
        "Verdicts that change with the cuts", claims="claims")
