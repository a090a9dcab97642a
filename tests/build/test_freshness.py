"""The build is strict and never stale: changed data show, failing cells and dangling citations stop it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from report.data.package import data_folder
from report.prose import THOUSANDS
from tests.references import CHAPTERS, PROJECT

HEADER = ("---\njupytext:\n  text_representation: {extension: .md, format_name: myst}\n"
          "kernelspec: {name: python3, display_name: Python 3}\n---\n")


def build(folder: Path, data: Path | None = None) -> subprocess.CompletedProcess:
    """Build the pages in ``folder/pages`` (the first is the root) as `make book` builds the book."""
    pages = sorted(p.stem for p in (folder / "pages").glob("*.md"))
    root = "trade" if "trade" in pages else pages[0]
    listed = "".join(f"\n  - file: {p}" for p in pages if p != root)
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {root}"
                                     + (f"\nchapters:{listed}" if listed else "") + "\n")
    return subprocess.run(
        [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder / "pages"), "--config",
         str(PROJECT / "_config.yml"),
         "--toc", str(folder / "_toc.yml"), "--path-output", str(folder), "-W", "-n", "--keep-going"],
        env={**os.environ, "REPORT_DATA": str(data or data_folder())}, capture_output=True, text=True)


def shown(folder: Path) -> str:
    """Return all that a reader can see of the built trade chapter: page, charts' data
    and specifications, ledger.
    """
    site = folder / "_build" / "html"
    files = [site / "trade.html", site / "ledger.json", *(site / "charts").glob("*.csv"),
             *(site / "charts").glob("*.json"),
             *(site / "charts").glob("*.js"), *(site / "charts").glob("*.svg")]
    return "\n".join(f.read_text(encoding="utf-8") for f in files)


def replace_in(path: Path, year: str, origin: str, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    hit = [i for i, line in enumerate(lines)
           if line.startswith(f"{year},") and origin in line and f",{old}," in line]
    assert hit
    for i in hit:
        lines[i] = lines[i].replace(f",{old},", f",{new},", 1)
    path.write_text("".join(lines), encoding="utf-8")


def test_a_changed_number_leaves_no_trace_of_the_old_one(tmp_path):
    """A warm build from a cache that knows the code alone: old numbers in prose, charts
    or verdicts; an old title.
    """
    data, pages = tmp_path / "data", tmp_path / "pages"
    shutil.copytree(data_folder(), data)
    pages.mkdir()
    for page in ("trade", "claims", "data", "references"):
        shutil.copy(CHAPTERS / f"{page}.md", pages)
    first = build(tmp_path, data)
    assert first.returncode == 0, first.stdout[-3000:] + first.stderr[-3000:]
    before = shown(tmp_path)
    assert all(one in before for one in (f"6{THOUSANDS}364", "6363.63", "Trade with China peaked in 2014"))
    assert json.loads((tmp_path / "_build/html/changes.json").read_text())["charts"] == []

    replace_in(data / "trade" / "china_trade.csv", "2014", "gacc", "6363.63", "6111.11")
    replace_in(data / "trade" / "china_trade.csv", "2014", "kotra", "6860", "5600")
    second = build(tmp_path, data)
    assert second.returncode == 0, second.stdout[-3000:] + second.stderr[-3000:]
    after = shown(tmp_path)
    assert f"6{THOUSANDS}111" in after and "6111.11" in after
    assert f"6{THOUSANDS}364" not in after and "6363.63" not in after and f"6{THOUSANDS}860" not in after
    assert "Trade with China peaked in 2014" not in after
    changes = json.loads((tmp_path / "_build/html/changes.json").read_text())
    assert "trade/china_trade" in changes["tables"]
    assert "trade-value-share" in {c["chart"] for c in changes["charts"]}
    assert "its finding no longer holds" in second.stdout


@pytest.mark.parametrize(("body", "message"), [
    ("```{code-cell} ipython3\n1 / 0\n```\n", "ZeroDivisionError"),
    ("A sentence {cite}`no_such_source`.\n", "citation 'no_such_source' is not in data/sources.bib; add it "
                                             "there or correct the id"),
    ("A sentence on {claim}`C99`.\n", "no claim 'C99'; the claims are C01 to C"),
    ("A value {glue:}`never-glued`.\n", "never-glued"),
], ids=["failing cell", "unknown citation", "unknown claim", "unknown value"])
def test_faults_of_a_page_stop_the_build(tmp_path, body, message):
    """A page with a failing cell, a dangling citation, claim or value that is built all the same."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.md").write_text(f"{HEADER}\n# A page\n\n{body}", encoding="utf-8")
    done = build(tmp_path)
    assert done.returncode != 0
    assert message in done.stdout + done.stderr
