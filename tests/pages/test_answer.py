"""The first page answers at once: what it is, the verdicts then and now, telling claims and doors stand in
the first screen of a desk and of a phone.
"""

from __future__ import annotations

import pytest

from report.book import verdicts
from report.rule import VANTAGES, claims
from report.show.answer import bars, telling

SCREENS = [(1280, 900), (360, 740)]


def test_every_claim_is_a_mark_of_both_bars():
    """A claim that is left out of a bar, or a count that is not that of its marks."""
    for bar, vantage in zip(bars(), VANTAGES, strict=True):
        counts = {name: count for name, (_, count) in bar.signs.items()}
        assert sum(counts.values()) == len(claims())
        ranks = [word.rank for id in claims() if (word := verdicts(id)[vantage].word)]
        assert counts["mixed"] == ranks.count(2)
        assert counts["supported"] == ranks.count(4)


def test_telling_claims_carry_most():
    """A telling claim that carries less than one that is not named, or that has no verdict."""
    from report.rule.links import falls_with
    named = [one.claim.id for one in telling()]
    least = min(len(falls_with(id)) for id in named)
    assert all(claims()[id].kind.graded for id in named)
    assert all(len(falls_with(id)) <= least for id, one in claims().items()
               if id not in named and one.kind.graded)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_first_screen_holds_the_answer(width, height, open_page):
    """Something of the answer that stands below the first screen."""
    page = open_page("summary.html", width=width)
    page.set_viewport_size({"width": width, "height": height})
    for what in ("h1", "main p strong", ".answer .bar >> nth=1", ".answer .key", ".telling li >> nth=4",
                 ".doors a >> nth=2"):
        box = page.locator(what).first.bounding_box()
        assert box, what
        assert box["y"] + box["height"] <= height, what


def test_no_code_stands_before_the_answer(open_page):
    """An import above the first sentence of the page."""
    page = open_page("summary.html")
    order = page.eval_on_selector_all(".answer, .cell_input", "all => all.map((e) => e.className)")
    assert "answer" in order[0]
