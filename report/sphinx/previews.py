"""What stands for a page or a chart on other sites: the code of a frame, the picture of a shared link.

All of it needs the book's own address, and is left out while that is not known.
"""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any

from sphinx.environment import BuildEnvironment

from report import identity
from report.charts.theme import FONT, LIGHT, palette
from report.sphinx.domain import report_domain

FRAMES, CARDS = "embed", "cards"  # folders of the site
CARD_WIDTH, CARD_HEIGHT = 1200, 630  # pixels, as sites crop a shared picture
AROUND = 150  # pixels of words around a framed chart


def frame_code(meta: dict[str, Any], page: str, height: float) -> tuple[str, str] | None:
    """Return the HTML that shows a chart on another site: as a frame, and as a picture with its words; or
    None while the book's address is not known.
    """
    where = identity.edition_address(f"{page}.html", f"fig-{meta['name']}")
    if where is None:
        return None
    framed = identity.edition_address(f"{FRAMES}/{meta['name']}.html")
    still = identity.edition_address(f"charts/{meta['name']}.png")
    title = escape(meta["title"])
    return (f'<iframe src="{framed}" title="{title}" width="100%" height="{round(height) + AROUND}" '
            'loading="lazy"></iframe>',
            f'<a href="{where}"><img src="{still}" alt="{escape(meta["alt"])}" width="680"></a>')


def preview(env: BuildEnvironment, pagename: str) -> dict[str, str] | None:
    """Return the picture that stands for a page where its address is shared, with its words: its first chart,
    else its card, else the card of the first page; None while the book's address is not known.
    """
    if identity.SITE is None:
        return None
    first = next(iter(report_domain(env).charts.get(pagename, {}).values()), None)
    if first is not None:
        meta = first["usermeta"]
        return {"address": identity.address(f"charts/{meta['name']}.png"), "alt": meta["alt"]}
    named = pagename if pagename in env.titles else env.config.root_doc
    return {"address": identity.address(f"{CARDS}/{named}.png"), "alt": env.titles[named].astext()}


def card(title: str) -> str:
    """Return the card of a page as SVG: its title over the book's name, maker and edition; a title of more
    than five lines, and a name of more than one, end in an ellipsis.
    """
    ink = {name: pair[LIGHT] for name, pair in palette().items()}
    lines = textwrap.wrap(title, 40, max_lines=5, placeholder=" …")
    book = textwrap.shorten(identity.TITLE, 75, placeholder="…")
    said = [(140 + 76 * at, 60, 600, ink["text"], line) for at, line in enumerate(lines)]
    said += [(530, 30, 400, ink["quiet"], book),
             (575, 30, 400, ink["quiet"], f"{identity.AUTHOR}, {identity.edition()}")]
    words = "".join(
        f'<text x="80" y="{y}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(text)}</text>" for y, size, weight, fill, text in said)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{CARD_WIDTH}" height="{CARD_HEIGHT}">'
            f'<rect width="100%" height="100%" fill="{ink["paper"]}"/>'
            f'<rect width="24" height="100%" fill="{ink["accent"]}"/>{words}</svg>')
