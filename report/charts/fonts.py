"""The book's one typeface, cut from Source Sans 3 (SIL Open Font Licence) out of the pinned package that
carries it.

The licence reserves the name "Source" for unchanged copies, so the cuts are called Report Sans.
Charts are measured with static cuts of it when the page is made; pages bring a small Latin subset, so that
text and charts look the same on every machine with no request to another host.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import vl_convert

from report.charts.theme import FONT

if TYPE_CHECKING:  # else where a typeface is cut: it is there already for nearly every build
    from fontTools.ttLib import TTFont

ROOMY = f"{FONT} Roomy"  # what charts are laid out in: the same letters, each with room for a wider typeface
SLACK = 1.08  # width of a letter of it in widths of the book's own
FILES = {"upright": "SourceSans3[wght].ttf", "italic": "SourceSans3-Italic[wght].ttf"}
CUTS = {
    "400": ("upright", 400, "Regular"),
    "600": ("upright", 600, "Bold"),  # the semibold serves as the bold of the pair
    "400-italic": ("italic", 400, "Italic"),
}
LATIN = [
    *range(0x20, 0x180),
    *range(0x2010, 0x2028),
    0x202F,
    0x2030,
    0x2032,
    0x2033,
    0x20AC,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2212,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
    0x25CB,
    0x25CF,
    0x2713,
    0x2717,
]
FEATURES = ["kern", "liga", "tnum", "lnum", "locl", "ccmp", "mark"]


def _latin(slope: str) -> TTFont:
    """Return the variable font with the characters of the book alone (subset first: instancing all of it is
    slow).
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=FEATURES, notdef_outline=True, name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    font = TTFont(str(files("fontpkg_source_sans_3") / "files" / FILES[slope]),
                  recalcTimestamp=False)  # a cut says when its design was made, and is the same each time
    subsetter.subset(font)
    return font


def _cut(slope: str, weight: int, style: str) -> TTFont:
    """Return one weight of the variable font."""
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(_latin(slope), {"wght": weight})
    _rename(font, weight, style)
    return font


def _rename(font: TTFont, weight: int, style: str, family: str = FONT) -> None:
    for id, text in (
        (1, family),
        (2, style),
        (3, f"{family} {style}"),
        (4, f"{family} {style}"),
        (6, f"{family.replace(' ', '')}-{style}"),
        (16, family),
        (17, style),
    ):
        font["name"].setName(text, id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def _widen(font: TTFont) -> None:
    """Give each letter of a cut the room that charts are laid out with, in place."""
    font["hmtx"].metrics = {
        glyph: (round(advance * SLACK), bearing) for glyph, (advance, bearing) in font["hmtx"].metrics.items()
    }


def make_fonts(folder: Path) -> list[Path]:
    """Write the cuts as .ttf (for measuring) and .woff2 (for pages) into ``folder``, where they are not there
    yet, and those with more room that charts are laid out in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for cut, (slope, weight, style) in CUTS.items():
        paths = [folder / f"report-sans-{cut}.{suffix}" for suffix in ("ttf", "woff2")]
        roomy = [folder / f"report-sans-roomy-{cut}.ttf"] if slope == "upright" else []
        if all(path.exists() for path in (*paths, *roomy)):
            continue
        font = _cut(slope, weight, style)
        for path, flavour in zip(paths, (None, "woff2"), strict=True):
            font.flavor = flavour
            font.save(path)
        if slope == "upright":
            _widen(font)
            _rename(font, weight, style, ROOMY)
            font.flavor = None
            font.save(roomy[0])
    return sorted(folder.glob("*.woff2"))


def carried(letters: str, cut: str, folder: Path) -> str:
    """Return the rule of style by which a picture carries a cut itself, with some letters of it alone.

    A picture in a book for reading devices is given no typeface by its page. The same letters give the same
    rule.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(folder / f"report-sans-{cut}.woff2", recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=True))
    subsetter.populate(text=letters)
    subsetter.subset(font)
    held = BytesIO()
    font.flavor = "woff2"
    font.save(held)
    return (f'@font-face{{font-family:"{FONT}";font-weight:{CUTS[cut][1]};'
            f"src:url(data:font/woff2;base64,{b64encode(held.getvalue()).decode()})}}")


@cache
def measure_with(folder: Path) -> None:
    """Let chart texts be laid out and drawn with the cuts in ``folder``."""
    make_fonts(folder)
    vl_convert.register_font_directory(str(folder))


if __name__ == "__main__":
    make_fonts(Path(sys.argv[1]))
