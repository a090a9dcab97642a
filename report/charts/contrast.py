"""How well two colours can be told apart, by the formula of WCAG 2."""

from __future__ import annotations

OF_WORDS = 4.5  # ratio to the paper that words need; marks need 3


def luminance(hue: str) -> float:
    """Return the relative luminance of a colour such as ``#1a7a46``, 0 to 1."""
    parts = [int(hue[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
