"""A drawing in a page is what Vega drew, less what nobody sees."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from report.charts.inline import inlined

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9">'


def drawn(body: str) -> str:
    """Return what stands inside the drawing, inlined."""
    svg = inlined(f"{HEAD}{body}</svg>", "fig", "wide", (680, 300))
    return svg.partition(">")[2].removesuffix("</svg>")


@pytest.mark.parametrize("body, left", [
    ('<rect width="9" height="9" fill="white"/><path d="M1,1h3" fill="red"/>',
     '<path d="M1,1h3" fill="red"/>'),
    ('<g class="mark-group role-frame" role="graphics-object" aria-roledescription="x"><g><path '
     'class="background" aria-hidden="true" d="M0,0h9v9h-9Z"/><text>3.14159</text></g></g>',
     "<text>3.14159</text>"),
    ('<g transform="translate(0,0)"><path d="M1.234,5.678L9.96,0.04" stroke="red" opacity="1"/></g>',
     '<path d="M1.2,5.7L10,0" stroke="red"/>'),
    ('<g transform="translate(10,20)"><g transform="translate(0.5,0.5)"><text>a</text></g></g>',
     '<g transform="translate(10.5,20.5)"><text>a</text></g>'),
    ('<line x2="0" y2="5" stroke="red" stroke-width="1"/>', '<line y2="5" stroke="red"/>'),
    ('<g stroke-width="3"><line y2="5" stroke-width="1"/></g>',
     '<g stroke-width="3"><line y2="5" stroke-width="1"/></g>'),
    ('<g opacity="0.355"><text font-size="13px" fill="red">a</text>'
     '<text font-size="13px" fill="tan">b</text></g>',
     '<g opacity="0.355" font-size="13"><text fill="red">a</text><text fill="tan">b</text></g>'),
    ('<path d="M0,0L1,1" fill="none"/><path d="M0,0L1,1" display="none" fill="red"/><path fill="red"/>', ""),
], ids=["paper", "roles", "coordinates", "shifts", "defaults", "a width handed down", "said once", "unseen"])
def test_what_is_left_is_what_is_seen(body, left):
    """A mark that vanishes, a stroke of another width, an opacity or a printed number that is cut short."""
    assert drawn(body) == left


def test_ids_are_the_charts_own():
    """Two charts of a page that share a clip, the second drawn in the first one's."""
    body = ('<defs><clipPath id="clip0"><rect x="0" y="0" width="5" height="5"/></clipPath></defs>'
            '<g clip-path="url(#clip0)"><use xlink:href="#a" fill="red"/></g>')
    made = drawn(body)
    assert 'id="fig-wide-clip0"' in made and 'clip-path="url(#fig-wide-clip0)"' in made
    assert 'href="#fig-wide-a"' in made and "<rect " in made
    ElementTree.fromstring(f"<svg>{made}</svg>")
