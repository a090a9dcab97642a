"""What Markdown would swallow, or git has left, is refused with its line."""

from __future__ import annotations

import pytest

from report.article import project
from report.data.table import DataError
from report.sphinx.markdown import check_markdown

FAULTS = {
    "Words.\n\n```\nx = 1\n\n## Sources\n\n```{code-cell}\ny\n```\n":
        r"md:3: the block .* begins in line 8; write ```",
    "Words.\n\n```{code-cell}\nx = 1\n": r"md:3: the block that begins here has no end; write ``` behind",
    "~~~\n```\nx\n```\n": r"md:1: the block that begins here has no end; write ~~~",
    "::::{note}\n:::{tip}\nWords.\n:::\n": r"md:1: the block that begins here has no end; write ::::",
    "Words.\n<!-- to be\n\n## Sources\n": r"md:2: the comment that begins here has no end; write -->",
    "<<<<<<< HEAD\n## Sources\n": r"md:1: '<<<<<<< HEAD' is left of two versions",
    "## Sources\n>>>>>>> theirs\n": r"md:2: '>>>>>>> theirs' is left of two versions",
    "Words[^a].\n\n[^a]: A note.\n[^a]: Another.\n": r"md:4: there is a footnote 'a' above already; give",
    "Words.\n\n[^a]: A note.\n": r"md:3: no sentence names the footnote 'a', which would be dropped",
}
MEANT = ("Words[^a].\n\n[^a]: A note.\n", "````\n```{code-cell}\n```\n````\n", "~~~\n```\n~~~\n",
         "Words of `<!-- x` and ``[^b]:``.\n", "::::{note}\n:::{tip}\n```\nx\n```\n:::\n::::\n",
         "<!-- one\ntwo -->\nWords.\n", "```\n<!-- x\n[^a]: y\n```\n")


@pytest.mark.parametrize("text", FAULTS)
def test_what_would_be_lost_is_refused(text):
    with pytest.raises(DataError, match=FAULTS[text]):
        check_markdown(text, "chapters/trade.md")


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_passes(text):
    check_markdown(text, "chapters/trade.md")


def test_pages_of_the_project_pass():
    for page in (project() / "chapters").glob("*.md"):
        check_markdown(page.read_text(encoding="utf-8"), page.name)
