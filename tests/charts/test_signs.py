"""The signs of verdicts in charts against those of the text."""

import re
from pathlib import Path

import pytest

from report.charts import signs
from report.rule import Word

STYLE = Path(__file__).parents[2] / "report/sphinx/theme/styles/report.css"


@pytest.mark.parametrize("word", [*Word, None])
def test_every_word_has_a_sign(word):
    """Catches a word of the rule that a chart would leave without shape or colour."""
    name = signs.sign_of(word)
    for scale in (signs.verdict_shapes(), signs.verdict_colours()):
        known = scale.to_dict()
        assert known["range"][known["domain"].index(name)]


def test_signs_of_verdicts_are_told_apart_by_shape():
    """Catches two verdicts that only a colour tells apart."""
    paths = signs.verdict_shapes().to_dict()["range"]
    assert len(set(paths)) == len(paths) == len(signs.VERDICTS)


@pytest.mark.parametrize("rank", range(5))
def test_hue_and_filling_are_the_text_s(rank):
    """Catches a disc in a chart that the page draws in another hue, or fills otherwise."""
    rule = next(line for line in STYLE.read_text(encoding="utf-8").splitlines()
                if line.startswith(".verdict." + signs.OF_RANK[rank].replace(" ", "-")))
    assert f"--hue: var(--c-{signs.HUES[rank]})" in rule and f"--fill: {25 * rank}%" in rule
    assert signs.QUARTERS[rank].count("A") == (0 if rank == 0 else 2 if rank == 4 else 1)
    assert re.search(r"A1,1,0,1,1", signs.QUARTERS[rank]) is None or rank > 2
