"""Copies of data packages that tests may break: the report's own, and that of the made-up article."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from report.data.package import data_folder
from tests.second_article.test_second_article import MADE_UP


@pytest.fixture
def copied(tmp_path) -> Path:
    """Return a copy of the folder of the report's own tables."""
    return shutil.copytree(data_folder(), tmp_path / "data")


@pytest.fixture
def made_up(tmp_path) -> Path:
    """Return the folder of the made-up article's tables in a copy of its project."""
    return shutil.copytree(MADE_UP, tmp_path / "project", ignore=shutil.ignore_patterns("_build")) / "data"


def replaced(path: Path, old: str, new: str) -> None:
    """Write other words into a file, once; fail where it does not hold the old ones."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def as_on_windows(root: Path) -> None:
    """Turn the line ends of all tables and registers into CRLF, as a checkout on Windows may."""
    whole = (root / "sources.bib", root / "datapackage.json")
    for path in (*root.rglob("*.csv"), *root.rglob("*.toml"), *whole):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
