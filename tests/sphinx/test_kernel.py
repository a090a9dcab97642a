"""What a marked module notes: functions that ran, and digests that follow what they hold and nothing else."""

from __future__ import annotations

import importlib
import sys

import pytest

from report.sphinx.kernel import SKELETON, MarkingFinder, digests, marked

CODE = '''"""A module."""
from functools import cache
RATE = 2


def used(value):
    """Return twice a value."""
    return value * RATE


def unused():
    return 1


class Thing:
    """A thing."""

    @property
    def size(self):
        return self.grown(1)

    def grown(self, by):
        def inner():
            return by + 1
        return inner()


@cache
def kept():
    return 3
'''


def changed(old: str, new: str) -> set[str]:
    """Return the parts of the code whose digests a change of its text changes."""
    assert old in CODE
    before, after = (marked(text.encode(), "x.py")[1] for text in (CODE, CODE.replace(old, new, 1)))
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize(("old", "new", "parts"), [
    ("value * RATE", "value * 3", {"used"}),
    ("return by + 1", "return by + 2", {"Thing.grown"}),
    ("RATE = 2", "RATE = 3", {SKELETON}),
    ("def used(value)", "def used(value, more=1)", {SKELETON}),
    ("@cache\n", "", {SKELETON}),
    ("def unused", "def renamed", {SKELETON, "unused", "renamed"}),
    ('"""Return twice a value."""', '"""Return it doubled."""', set()),
    ("    return 1", "    # a remark\n    return 1", set()),
    ("return 3", "return (\n        3)", set()),
], ids=["body", "inner function", "constant", "signature", "decorator", "name", "docstring", "comment",
        "layout"])
def test_a_digest_follows_what_a_part_holds(old, new, parts):
    """A change that no digest shows, or one that shows where nothing can come of it."""
    assert changed(old, new) == parts


def test_functions_that_ran_are_noted(tmp_path, monkeypatch):
    """A function that ran and is not noted, so that a change of it would leave old outputs."""
    (tmp_path / "marked_module.py").write_text(CODE, encoding="utf-8")
    finder = MarkingFinder([tmp_path], tmp_path / "marks")
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    monkeypatch.syspath_prepend(str(tmp_path))
    module = importlib.import_module("marked_module")
    assert module.used(2) == 4 and module.Thing().size == 2 and module.kept() == module.kept() == 3
    assert module.used.__doc__ == "Return twice a value."
    path = str(tmp_path / "marked_module.py")
    assert finder.called[path] == {"used", "Thing.size", "Thing.grown", "kept"}
    assert finder.digests_of[path] == digests(tmp_path / "marked_module.py", tmp_path / "marks")
    sys.modules.pop("marked_module")


def test_a_file_that_is_gone_or_broken_has_no_digests(tmp_path):
    """A notebook called current although a module that it ran is gone."""
    (tmp_path / "broken.py").write_text("def :", encoding="utf-8")
    assert digests(tmp_path / "gone.py", tmp_path) == digests(tmp_path / "broken.py", tmp_path) == {}
