"""The colours of charts against both backgrounds and against each other, by the contrast formula of WCAG 2.
"""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest

from report import charts
from report.article import article
from report.charts.contrast import contrast
from report.charts.theme import DARK, LIGHT, ROLES, palette, resolved
from tests.references import NOTEBOOKS

TEXT = ("text", "quiet", "met", "unmet")
LINES = ("grid",)  # guides that carry no meaning by themselves
THEMES = {"light": LIGHT, "dark": DARK}
STEP = 1.5  # ratio of the luminances of two colours that grey print still tells apart
RAMPS = [
    ("then", "now"),
    ("recorded", "estimated"),
    ("first", "second"),
    ("second", "third"),
    ("third", "fourth"),
]


def meeting() -> set[frozenset[str]]:
    """Return the pairs of actors whose colours meet in a published chart."""
    pairs = set()
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                spec = dict(output.get("data", {}).get(charts.MIME, {}))
                spec.pop("config", None)
                used = set(re.findall(r"var\(--c-(\w+)\)", json.dumps(spec))) & set(article().actors)
                pairs |= {frozenset(pair) for pair in combinations(sorted(used), 2)}
    return pairs


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0),
    ("#ffffff", "#00ff00", 1.37), ("#0000ff", "#ffffff", 8.59)])
def test_contrast_is_that_of_wcag(one, other, ratio):
    """A formula with a wrong weight or a wrong bend, by which all that follows would pass or fail."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [n for n in palette() if n not in ("paper", *LINES)])
def test_marks_and_words_stand_out(name, theme):
    """A colour changed so that marks (3:1) or words (4.5:1) in it can no longer be told from the page."""
    background = ROLES["paper"][THEMES[theme]]
    assert contrast(palette()[name][THEMES[theme]], background) >= (4.5 if name in TEXT else 3)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "pair", [tuple(sorted(p)) for p in sorted(map(sorted, meeting()))] + RAMPS, ids="-".join
)
def test_colours_that_meet_differ_in_lightness(pair, theme):
    """Two actors in one chart, or two steps of a ramp, that a colour-blind reader or grey print cannot tell
    apart.
    """
    one, other = (palette()[name][THEMES[theme]] for name in pair)
    assert contrast(one, other) >= STEP


def test_the_formula():
    """A slip in the formula that would let every colour pass."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_actors_are_the_article_s():
    """An actor's colour kept in the engine, where another article would find it."""
    assert set(palette()) == set(article().actors) | set(ROLES)
    assert not set(ROLES) & set(article().actors)


def test_what_travels_alone_has_no_variables():
    """A downloaded picture in black, because no page gives its variables a value."""
    name = next(iter(article().actors))
    assert resolved(charts.colour(name)) == palette()[name][LIGHT]
    assert resolved(f'"{charts.colour("text")}"', DARK) == f'"{ROLES["text"][DARK]}"'


def test_unknown_colour_is_named():
    """A misspelt actor that would be drawn in a default colour."""
    with pytest.raises(charts.ChartError, match="no colour for 'nobody'; known are"):
        charts.colour("nobody")
