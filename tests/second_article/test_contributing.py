"""What CONTRIBUTING.md promises, done by its recipes in a copy of the made-up article."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest

from tests.references import PROJECT
from tests.second_article.test_second_article import MADE_UP, run

TOLD = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SHOW = """
import json
from report.book import readings, verdicts
from report.rule import claims
print(json.dumps({id: [verdicts(id)["then"].phrase, len(readings(id))] for id in claims()}))
"""


class Copy:
    """A copy of the made-up article that counts the files written in it by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edited: set[str] = set()
        shutil.copytree(MADE_UP, folder, ignore=shutil.ignore_patterns("__pycache__", "_build"))

    def append(self, name: str, text: str) -> None:
        self.edited.add(name)
        path = self.folder / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        self.edited.add(name)
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def verdicts(self) -> dict[str, list]:
        """Return the word and the number of readings of each claim, the package stamped anew."""
        stamped = run(self.folder, "-m", "report.data.stamp")
        assert not stamped.returncode, stamped.stderr
        shown = run(self.folder, "-c", SHOW)
        assert not shown.returncode, shown.stderr
        return json.loads(shown.stdout)


@pytest.fixture
def copy(tmp_path) -> Copy:
    return Copy(tmp_path / "project")


def promised(heading: str) -> int:
    """Return how many files a heading of CONTRIBUTING.md promises that a change takes at most."""
    found = re.search(rf"^## {heading} \((?:at most )?(\d+) files", TOLD, flags=re.M)
    assert found, heading
    return int(found[1])


def test_a_claim_is_added_by_its_recipe(copy):
    """A step that the recipe leaves out: a registry, an enum, a list of claims elsewhere."""
    copy.append("data/claims.csv", "C03,1,bread,figure,A loaf cost less than three crowns in 2014,"
                                   "less than three crowns,,3,crowns,same_period\n")
    copy.append("data/claim_limbs.csv", "C03,cheap,By this count a loaf cost less than three crowns,origin,"
                                        "true,crowns,<,3\n")
    copy.append("case/bread/readings.py", '''

def c03() -> list[Reading]:
    """Return the readings of the price of 2008, by one of two counts."""
    return both(reading("C03.cheap", "then", name="bakers", label="A loaf in 2008",
                        measure=prices("bakers")[2008]))
''')
    copy.append("chapters/bread.md", '\n## Cheap (C03)\n\n```{code-cell} ipython3\n'
                                     'report.verdict("C03")\n```\n')
    assert copy.verdicts()["C03"] == ["supported, one reading", 2]
    assert len(copy.edited) <= promised("Add a claim")


def test_a_reading_is_added_by_its_recipe(copy):
    """A step that the recipe leaves out: an origin's name in code, a count somewhere."""
    before = copy.verdicts()
    copy.append("data/bread/prices.csv", "2010,almanac,1.5,made_up_almanac,\n")
    copy.append("data/origins.csv", "almanac,The Almanac (made up),Almanac,press,,\n")
    copy.replace("case/bread/readings.py", 'ORIGINS]\n    return [r for vote', '(*ORIGINS, "almanac")]\n'
                 '    return [r for vote')
    assert before["C01"] == ["mixed", 4] and copy.verdicts()["C01"] == ["mostly contradicted", 6]
    assert len(copy.edited) <= promised("Add a reading")


def block(heading: str, starts: str) -> str:
    """Return the block of code under a heading of CONTRIBUTING.md that starts with some words."""
    section = re.split(r"^## ", TOLD.split(f"## {heading}", 1)[1], maxsplit=1, flags=re.M)[0]
    fenced = re.findall(r"^```python\n(.*?)^```$", section, flags=re.M | re.S)
    indented = [textwrap.dedent(found) for found in re.findall(r"(?:^(?:    .*|)\n)+", section, flags=re.M)]
    found = [text.strip("\n") + "\n" for text in (*fenced, *indented) if text.lstrip("\n").startswith(starts)]
    assert len(found) == 1, (heading, starts, found)
    return found[0]


def test_a_chart_and_a_chapter_are_added_by_their_recipes(copy):
    """A block of the recipes that no longer runs, or that builds nothing which a reader could find."""
    copy.append("case/bread/charts.py", "\n\n" + block("Add a chart", "@shown\ndef "))
    copy.append("chapters/bread.md", "\n" + block("Add a chart", "```{code-cell}"))
    assert len(copy.edited) == promised("Add a chart")
    (copy.folder / "chapters" / "cake.md").write_text(block("Add a chapter", "---"), encoding="utf-8")
    copy.append("_toc.yml", textwrap.indent(block("Add a chapter", "- file"), "  "))
    (copy.folder / "case" / "cake").mkdir()
    (copy.folder / "case" / "cake" / "__init__.py").touch()
    copy.replace("data/claims.toml", 'enum = ["bread"]', 'enum = ["bread", "cake"]')
    copy.verdicts()  # stamps the package
    built = run(copy.folder, str(PROJECT / "report" / "build.py"))
    assert not built.returncode, built.stdout[-3000:] + built.stderr[-3000:]
    pages = copy.folder / "_build" / "html"
    bread, cake = ((pages / f"{name}.html").read_text(encoding="utf-8") for name in ("bread", "cake"))
    assert 'id="fig-bread-council"' in bread and "By the council's count a loaf became dearer" in bread
    assert 'id="box-c01"' in cake and "Was cake dearer" in cake and 'href="cake.html"' in bread


def test_what_is_named_exists():
    """A command, file or folder in CONTRIBUTING.md that was renamed."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+)(?: [a-z ]+)?:", makefile, flags=re.M))
    commands = {word for line in re.findall(r"`make ([^`]+)`", TOLD) for word in line.split()
                if word.isalpha()}
    assert commands and commands <= targets
    paths = re.findall(r"`((?:data|argument|report|tests|chapters)/[\w./]+)`", TOLD)
    assert paths and not [p for p in paths if not (PROJECT / p).exists()]
