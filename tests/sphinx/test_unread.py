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
    "As [it](page.md says.": "]( would be printed as it stands; end the address",
    "As [it] (page.md) says.": "] (page.md) would be printed as it stands; write a link as [words](address)",
    "![A loaf] (loaf.svg)": "] (loaf.svg) would be printed as it stands; write a link as",
    "As (page.md)[it] says.": "(page.md)[i would be printed as it stands; write a link as",
    "##Bread": "##B would be printed as it stands; write a blank behind the marks of a heading",
    "(ch-bread) ;": "(ch-bread) ; would be printed as it stands; write a label as",
    "| loaf | price |": "| loaf | price | would be printed as it stands; write a line as |---|---|",
    "**Bread is dear.": "** would be printed as it stands; write ** before and behind",
    "Bread is `dear.": "` would be printed as it stands; write as many backticks",
    "<img src='loaf.svg'>": "<img> is HTML, which not every form of the book can show",
    "<div class='x'>Bread</div>": "<div> is HTML, which not every form of the book can show",
    "As <script>alert()</script> says.": "<script> is HTML, which not every form of the book can show",
    "![](loaf.svg)": "the image loaf.svg has no alternative text",
}
MEANT = ("Of <a href='page.html'>loaves</a> [so called] (in 2014), 5 * 3 | 2, #1 (1.5)[2].",
         "Written as `{claim}`, a set {1, 2}, and [so on].", "```\n[@nobody]\n```", "![A loaf](loaf.svg)")
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
    said = build(tmp_path, "html", {"page": "\n\n".join(blocks), "cells": UNCALLED,
                                        "roles": "# Roles\n\nAs {verdict}`C13 later` says.\n"})[1]
    assert "write the id of a claim" in said and not re.search("roles.md.*as it stands", said)
    told = [line for line in said.splitlines() if re.search("as it stands;|alternative text;|is HTML", line)]
    assert len(told) == len(RAW), told
    for at, fault in enumerate(RAW.values()):
        assert f"page.md:{5 + 2 * at}: WARNING: {fault}" in said
    assert "kind-official stands twice on the page" in said
    assert re.search(r"cells.md:\d+: WARNING: a cell shows the function made and not what it", said)
