"""The README tells the truth at every landing."""

import re
import shlex

import pytest

from report.rule import claims
from report.book import verdicts
from tests.references import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_findings_are_the_ledgers():
    """A finding that the README still states after its verdict has moved."""
    rows = re.findall(r"^\| (C\d\d) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", README, flags=re.M)
    assert len(rows) >= 10
    assert rows == [(id, verdicts(id)["then"].word, verdicts(id)["now"].word) for id, *_ in rows]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_commands_are_those_of_the_makefile(name):
    """A command that the Makefile does not know, one of several in a line or with a hyphen among them."""
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    text = (PROJECT / name).read_text(encoding="utf-8")
    told = re.findall(r"(?:^|[`(])make ([^`#;)\n]+)", text, flags=re.M)
    named = {word for line in told for word in shlex.split(line) if "=" not in word}
    assert named and named <= targets, named - targets


def test_counts_are_true():
    """A count of claims that has moved on."""
    assert f"{len(claims())} claims" in README


def test_layout_names_what_exists():
    """A file or folder in the layout that was renamed."""
    block = README.split("## Layout")[1].split("```")[1]
    assert not [w for w in re.findall(r"^(\S+/?)\s", block, flags=re.M) if not (PROJECT / w).exists()]
