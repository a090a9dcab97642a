"""The chart colours against both backgrounds, by the contrast formula of WCAG 2."""

from __future__ import annotations

import pytest

from report.charts.publish import COLOURS

TEXT = ("text", "quiet", "met", "unmet")
LINES = ("grid",)  # guides that carry no meaning by themselves
THEMES = {"light": 0, "dark": 1}


def luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [n for n in COLOURS if n not in ("paper", *LINES)])
def test_marks_and_words_stand_out(name, theme):
    """A colour changed so that marks (3:1) or words (4.5:1) in it can no longer be told from the page."""
    background = COLOURS["paper"][THEMES[theme]]
    assert contrast(COLOURS[name][THEMES[theme]], background) >= (4.5 if name in TEXT else 3)


def test_the_formula():
    """A slip in the formula that would let every colour pass."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
