"""What of a text would be printed as it was written, or lost, is told with its line."""

from __future__ import annotations

import re

from tests.sphinx.conftest import build

RAW = {  # a paragraph each, and what is said of it
    "As {claim} `C01` says.": "{claim} would be printed as it stands; write a role as",
    "As {claim}C02 says.": "{claim} would be printed as it stands; write a role as",
    "As it says [@nobody].": "[@nobody] would be printed as it stands; cite a source as",
    "As it says [^nowhere].": "[^nowhere] would be printed as it stands; write the footnote",
    "As [it][nowhere] says.": "][nowhere] would be printed as it stands; write a link as",
    "![](loaf.svg)": "the image loaf.svg has no alternative text",
}
MEANT = ("Written as `{claim}`, a set {1, 2}, and [so on].", "```\n[@nobody]\n```", "![A loaf](loaf.svg)")
UNCALLED = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n\n# Cells\n\nA lede.\n\n" \
    "```{code-cell} ipython3\ndef made():\n    return 1\n\nmade\n```\n"
REGISTER = "```{source-register}\n```"


def test_what_would_be_printed_raw_is_told(tmp_path):
    """A role that lacks a backtick, a footnote that stands nowhere, a picture that says nothing to whoever
    does not see it, two places of one address, a function that was not called.
    """
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "loaf.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>',
                                                 encoding="utf-8")
    blocks = ["# A page", "Its lede.", *RAW, *MEANT, REGISTER, "## Again", REGISTER]
    said = build(tmp_path, "html", {"page": "\n\n".join(blocks), "cells": UNCALLED})[1]
    told = [line for line in said.splitlines() if "as it stands;" in line or "alternative text;" in line]
    assert len(told) == len(RAW)
    for at, fault in enumerate(RAW.values()):
        assert f"page.md:{5 + 2 * at}: WARNING: {fault}" in said
    assert "kind-official stands twice on the page" in said
    assert re.search(r"cells.md:\d+: WARNING: a cell shows the function made and not what it", said)
