"""What a change makes run again is what it can reach, and no more; nothing needs a clean, wherever it stands.

Whatever a build takes over from the one before, the site is the one that a build from nothing makes, byte
for byte. One small book is built once, in a folder and under circumstances of the awkward kind, and changed
step by step: the tests of this file are one story and run in their order.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.conftest import PRICES, copied, set_first_price
from tests.references import PROJECT

WEIGHTS = """year,grams,source_id
2008,500,made_up_ledger
2010,480,made_up_ledger
"""
MADE = Path("_build", "work", "_build")  # where the pages are made, before they are put in their place
DRAWN_AND_RUN = (".jupyter_cache", ".marks", ".pictures", ".drawn_by", "fonts")
CHAPTER = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---

(ch-weights)=
# Weights (made up)

What a loaf cost is told in {ref}`ch-bread`.

```{code-cell} ipython3
import report
from case.weights import series

report.table(series.lost(), {"year": "Year", "grams": "Grams lost"}, "Weight lost by a loaf (made up)")
```
"""
SERIES = '''"""Weights of a loaf in a made-up town."""

from report.data.package import load


def lost():
    """Return what a loaf lost since the first year."""
    rows = load("bread/weights")
    return rows.assign(grams=rows["grams"].iloc[0] - rows["grams"])


def never_asked():
    """Return what nobody asks for."""
    return 1
'''


class Book:
    """A small book of two notebooks in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = folder / "_build" / "html"
        self.around: dict[str, str] = {}

    def build(self) -> str:
        """Build the book as `make book` does and return what was said; fail where it fails."""
        done = self.run()
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def run(self) -> subprocess.CompletedProcess:
        known = {k: v for k, v in os.environ.items() if k not in ("REPORT_DATA", "LANG", "LC_ALL", "HOME")}
        return subprocess.run([sys.executable, str(PROJECT / "report" / "build.py")], cwd=self.folder,
                              env={**known, "REPORT_PROJECT": str(self.folder), **self.around},
                              capture_output=True, text=True, encoding="utf-8")

    def ran(self) -> dict[str, int]:
        """Return when each chapter's notebook last ran, by what is written down after each run."""
        return {str(p): p.stat().st_mtime_ns for p in (self.folder / "_build").glob("work/**/needs/*.json")}

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        (self.folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    def page(self, name: str) -> str:
        return (self.site / f"{name}.html").read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return every file of the site by its name."""
        return {p.relative_to(self.site).as_posix(): p.read_bytes() for p in self.site.rglob("*")
                if p.is_file()}

    def anew(self, folder: Path) -> dict[str, bytes]:
        """Return every file of the site that the same files make in another folder, where nothing but charts,
        typeface and notebooks is taken over; the other tests hold these.
        """
        other = Book(shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("_build")))
        other.around = self.around
        for name in DRAWN_AND_RUN:
            place = MADE / name
            if (self.folder / place).is_dir():
                shutil.copytree(self.folder / place, folder / place)
            elif (self.folder / place).exists():
                shutil.copy(self.folder / place, folder / place)
        other.build()
        return other.files()

    def change(self) -> int:
        """Build again and return how many notebooks ran."""
        before = self.ran()
        self.build()
        return sum(before.get(path) != when for path, when in self.ran().items())


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    """Return a book that was built in a folder with blanks and letters that are not English, without git, in
    the C locale, far east of Greenwich, by somebody whose home cannot be written to.
    """
    made = Book(copied(tmp_path_factory.mktemp("with blanks") / "Über 책 (book) & more"))
    home = made.folder.parent / "home"
    home.mkdir(mode=0o555)
    made.around = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "HOME": str(home), "PYTHONHASHSEED": "12345"}
    (made.folder / "data/bread/weights.csv").write_text(WEIGHTS, encoding="utf-8")
    described = (made.folder / "data/bread/prices.toml").read_text(encoding="utf-8")
    head, year, _, price, source, _ = described.split("[[field]]")
    price = price.replace('"price"', '"grams"').replace('"crowns"', '"grams"')
    (made.folder / "data/bread/weights.toml").write_text(
        "[[field]]".join([head.replace('["year", "origin"]', '["year"]'), year, price, source]),
        encoding="utf-8")
    (made.folder / "chapters/weights.md").write_text(CHAPTER, encoding="utf-8")
    (made.folder / "case/weights").mkdir()
    (made.folder / "case/weights/__init__.py").touch()
    (made.folder / "case/weights/series.py").write_text(SERIES, encoding="utf-8")
    made.edit("_toc.yml", "- file: claims", "- file: weights\n  - file: claims")
    subprocess.run([sys.executable, "-m", "report.data.stamp"], cwd=made.folder, check=True,
                   env={**os.environ, "REPORT_PROJECT": str(made.folder), "PYTHONPATH": str(PROJECT)})
    made.build()
    yield made
    home.chmod(0o755)


def test_nothing_changed_is_said_at_once(book):
    """A build of a book that is current already."""
    assert "nothing has changed" in book.build()
    assert len(book.ran()) == 2


def test_a_sentence_a_comment_and_an_unused_function_run_no_notebook(book):
    """Minutes of computing for a sentence, or for a function that nobody asks for."""
    book.edit("chapters/bread.md", "This book is made up", "This very book is made up")
    book.edit("case/bread/series.py", "    rows = load(", "    # a remark\n    rows = load(")
    book.edit("case/weights/series.py", "return 1", "return 2")
    assert book.change() == 0
    assert "This very book is made up" in book.page("bread")
    notebook = (book.site / "notebooks/bread.ipynb").read_text(encoding="utf-8")
    assert "This very book is made up" in notebook
    told = [notebook.index(words) for words in ("edition 2.1.0", "run `make lab` there", "import report")]
    assert told == sorted(told)


def test_a_change_that_shows_on_no_page_leaves_the_site_as_it_is(book):
    """Pages that were not made in this build, since none was out of date, taken for such as are gone: a
    remark in the contents, and hundreds of links lead nowhere.
    """
    before = book.files()
    book.edit("_toc.yml", "- file: claims", "- file: claims  # a remark")
    assert book.change() == 0
    changed = {name for name, content in book.files().items() if before.pop(name, None) != content}
    assert not before and changed == {".state"}


def test_a_table_runs_the_notebooks_that_load_it(book):
    """A changed table that runs chapters which do not read it; an old number left on a page or in a chart."""
    set_first_price(book.folder, "1.55")
    assert book.change() == 1
    assert "1.55" in (book.site / "charts/bread-loaves.csv").read_text(encoding="utf-8")
    assert "1.55" in book.page("bread") and "1.8 crowns" not in book.page("bread")
    assert "1.55" in book.page("rows/bread-prices")
    assert "1.55" in (book.site / "notebooks/bread.ipynb").read_text(encoding="utf-8")
    assert 'href="notebooks/bread.ipynb"' in book.page("bread") and "ipynb" not in book.page("claims")


def test_a_function_runs_the_notebooks_that_use_it(book):
    """A changed function that runs every chapter, or whose old result stays."""
    assert "20" in book.page("weights")
    book.edit("case/weights/series.py", '- rows["grams"])', '- rows["grams"] + 7700)')
    assert book.change() == 1
    assert re.search(r"7\W?720", book.page("weights"))


def test_a_remark_that_no_chart_shows_runs_no_notebook(book, tmp_path):
    """Notebooks that run for a change of a table of which they show something else."""
    before = book.ran()
    row = "2008,bakers,1.55,made_up_almanac,"
    assert is_as_from_nothing(book, tmp_path, PRICES, row, f"{row}reprinted", reads={"data"})
    assert book.ran() == before and "reprinted" in book.page("rows/bread-prices")


def test_a_function_that_a_chart_is_made_by_makes_it_anew(book, tmp_path):
    """A chart of the build before, kept though a function has changed that it is made by, in its own module
    or in one that this imports.
    """
    assert is_as_from_nothing(book, tmp_path, "case/bread/charts.py", "A loaf became dearer",
                              "A loaf grew dear", reads={"bread"})
    assert "A loaf grew dear" in book.page("bread")


def test_a_changed_heading_is_read_where_others_name_it(book, tmp_path):
    """The old words of a heading that another page links to."""
    assert '<span class="std std-ref">Bread (made up)</span>' in book.page("weights")
    assert is_as_from_nothing(book, tmp_path, "chapters/bread.md", "# Bread (made up)", "# Loaves (made up)",
                              reads={"bread"})
    assert '<span class="std std-ref">Loaves (made up)</span>' in book.page("weights")


@pytest.mark.parametrize(("path", "old", "new", "reads"), [
    ("data/bread/weights.csv", "2010,480", "2010,470", {"data", "weights"}),
    ("data/bread/prices.csv", "2010,council,1.9", "2010,council,2.6", {"bread", "claims", "data"}),
    ("data/sources.bib", "Almanac of the Guild of Bakers", "Yearbook of the Guild", {"bread", "references"}),
    ("data/claim_limbs.csv", "crowns,>,2", "crowns,>,2.5", {"bread", "claims", "data"}),
    ("chapters/bread.md", "A loaf cost", "A good loaf cost", {"bread"}),
], ids=["value", "verdict", "source", "threshold", "sentence"])
def test_a_change_is_read_where_it_shows_and_the_site_is_as_from_nothing(book, tmp_path, path, old, new,
                                                                         reads):
    """A page that keeps what is no longer so; pages that are read again for what they do not show."""
    assert is_as_from_nothing(book, tmp_path, path, old, new, reads)


def is_as_from_nothing(book: Book, folder: Path, path: str, old: str, new: str, reads: set[str]) -> bool:
    """Change a file of the book, build it, and say whether those pages alone were read again; fail where its
    site is another than one that is built from nothing.
    """
    book.edit(path, old, new)
    said = re.sub(r"\x1b\[[0-9;]*m", "", book.build())
    made, anew = book.files(), book.anew(folder / "anew")
    assert made.keys() == anew.keys()
    assert not [name for name, content in made.items() if anew[name] != content]
    read = set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\w+)", said))
    assert read == reads, f"{sorted(read)} were read again"
    return True


@pytest.mark.parametrize(("path", "old", "new"), [
    ("data/bread/prices.csv", "2010,council,2.6,", "2010,council,2.6 crowns,"),
    ("case/weights/series.py", 'rows = load("bread/weights")', 'rows = lode("bread/weights")'),
    ("chapters/bread.md", "A good loaf", "A {claim}`C99` loaf")], ids=["early", "in a cell", "on a page"])
def test_after_a_fault_the_site_is_as_from_nothing(book, tmp_path, path, old, new):
    """What a build made before it was refused, taken for what was made of the files as they are again."""
    book.edit("data/bread/weights.csv", "2008,500", "2008,490")
    book.edit(path, old, new)
    assert book.run().returncode
    book.edit(path, new, old)
    assert book.run().returncode == 0
    book.edit(path, old, new)
    assert book.run().returncode and book.run().returncode
    book.edit("data/bread/weights.csv", "2008,490", "2008,500")
    book.edit(path, new, old)
    book.edit("chapters/weights.md", "What a loaf", "What any loaf")
    book.build()
    assert book.files() == book.anew(tmp_path / "anew")
    book.edit("chapters/weights.md", "What any loaf", "What a loaf")


def test_a_source_that_is_gone_leaves_no_citation(book, tmp_path):
    """A file that cites a source which the book no longer has."""
    register = book.folder / "data/sources.bib"
    before, other = register.read_text(encoding="utf-8"), "made_up_annual"
    first = re.search(r"@.*?^}\n", before, re.M | re.S).group()
    register.write_text(before + re.sub(r"{\w+,", f"{{{other},", first, count=1), encoding="utf-8")
    book.build()
    assert (book.site / "cite/source-made-up-annual.ris").exists()
    register.write_text(before, encoding="utf-8")
    book.build()
    assert book.files() == book.anew(tmp_path / "anew")


def test_what_no_page_shows_any_more_leaves_the_site(book, tmp_path):
    """An image or a file that stays when its page no longer has it; a picture that was drawn anew, since a
    file beside it was gone, and never signed again.
    """
    chapter, shown = book.folder / "chapters/bread.md", ("loaf.svg", "note.txt")
    before = chapter.read_text(encoding="utf-8")
    for name in shown:
        (chapter.parent / name).write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    chapter.write_text(f"{before}\n![A loaf (made up)](loaf.svg) {{download}}`note.txt`\n", encoding="utf-8")
    book.build()
    assert {path.name for path in book.site.rglob("*")} >= set(shown)
    for name in shown:
        (chapter.parent / name).unlink()
    chapter.write_text(before, encoding="utf-8")
    (book.folder / MADE / "html" / "charts" / "bread-loaves.csv").unlink()
    book.build()
    assert book.files() == book.anew(tmp_path / "anew")


def test_a_renamed_chapter_needs_no_clean_and_leaves_no_page(book):
    """A build that dies of a chapter that is gone, or a page of it that stays on the site."""
    (book.folder / "chapters/weights.md").rename(book.folder / "chapters/grams.md")
    book.edit("_toc.yml", "file: weights", "file: grams")
    assert book.change() == 0  # its cells are those that have run
    assert "Weights (made up)" in book.page("grams") and not (book.site / "weights.html").exists()
    assert not (book.site / "notebooks/weights.ipynb").exists()
    assert "weights.html" not in (book.site / "_static/search-index.js").read_text(encoding="utf-8")


def test_a_fault_in_a_table_is_one_sentence_and_leaves_the_book(book):
    """A fault under the tracebacks of all notebooks; a book that is lost or called current after it."""
    kept = book.page("bread")
    good = (book.folder / PRICES).read_text(encoding="utf-8")
    set_first_price(book.folder, "1.7 crowns")
    done = book.run()
    said = done.stdout + done.stderr
    assert done.returncode == 2 and book.page("bread") == kept
    fault = "data/bread/prices.csv, row 2, column price: '1.7 crowns' holds a unit; write 1.7"
    assert said.count(fault) == 1 and "Traceback" not in said
    assert "The book was not built; the one before stays in _build/html." in said
    (book.folder / PRICES).write_text(good, encoding="utf-8")
    assert "nothing has changed" in book.build()


def test_a_moved_and_copied_folder_is_built_of_its_own_files(book):
    """A folder that was copied with its build, and is built of the files of the first one, or dies."""
    copy = Book(shutil.copytree(book.folder, book.folder.parent / "a copy"))
    copy.around = book.around
    set_first_price(copy.folder, "1.66")
    copy.build()
    assert "1.66" in copy.page("bread") and "1.55" not in copy.page("bread")
    assert "1.55" in book.page("bread")
