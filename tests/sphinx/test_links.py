"""A link that leads nowhere stops the build of the whole book, also where a template wrote it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from report.rule import claims
from report.sphinx import links
from report.sphinx.links import dead_links


@pytest.mark.parametrize(
    ("href", "is_dead"),
    [
        ("other.html", False),
        ("other.html#here", False),
        ("#own", False),
        ("file.csv", False),
        ("rows/a.html", False),
        ("other.html?section=1#here", False),
        ("https://example.org/x", False),
        ("mailto:a@example.org", False),
        ("gone.html", True),
        ("other.html#gone", True),
        ("#gone", True),
        ("gone.csv", True),
        ("rows/gone.html", True),
        ("https:///x", True),
        ("https://example.org/a b", True),
    ],
)
def test_a_link_is_held_against_what_is_there(tmp_path, href, is_dead):
    """A page, an anchor or a file that is not there; a link that is right and called dead."""
    (tmp_path / "rows").mkdir()
    (tmp_path / "page.html").write_text(f'<p id="own"><a href="{href}">x</a></p>', encoding="utf-8")
    (tmp_path / "other.html").write_text('<p id="here">x</p>', encoding="utf-8")
    (tmp_path / "rows" / "a.html").write_text('<a href="../other.html#here">x</a>', encoding="utf-8")
    (tmp_path / "file.csv").write_text("x", encoding="utf-8")
    assert dead_links(tmp_path) == ([f"page.html: {href}"] if is_dead else [])


def test_dead_links_are_told_where_nothing_else_is(monkeypatch):
    """A misspelt number told as a link to #id1, which stood there for that alone; a dead link that is not
    told.
    """
    monkeypatch.setattr(links, "is_whole", lambda env: True)
    monkeypatch.setattr(links, "dead_links", lambda *_: ["bread.html: #id1"])
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), env=None, outdir="out/html", _warncount=1)
    links._finished(app, None)
    app._warncount = 0
    with pytest.raises(ExtensionError, match="that lead nowhere"):
        links._finished(app, None)


def test_pages_that_the_contents_leave_out_are_told(tmp_path, monkeypatch):
    """A chapter that nobody finds since no line of _toc.yml names it; a register without its page, so that no
    link of the book is looked at.
    """
    monkeypatch.setattr(links, "project", lambda: tmp_path)
    (tmp_path / "chapters").mkdir()
    for name in ("cake", "data"):
        (tmp_path / "chapters" / f"{name}.md").touch()
    app, found = SimpleNamespace(srcdir=tmp_path / "chapters"), {one.chapter for one in claims().values()}
    with pytest.raises(ExtensionError) as told:
        links._check_contents(app, SimpleNamespace(
            found_docs={*found, "claims", "data"}, external_site_map={"data": "", "dat": ""}), [])
    assert [said.split(";")[0] for said in str(told.value).splitlines()] == [
        "_toc.yml: there is no chapters/dat.md", "_toc.yml: no line names chapters/cake.md",
        "chapters/references.md: the page is missing, and links of claims or rows lead there"]
