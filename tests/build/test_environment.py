"""When `make` sets its environment up anew: where the folder or the pins are others, and for no date."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.references import PROJECT

FILES = ("Makefile", "requirements.txt", "pyproject.toml")
TOMORROW = 4102444800  # a day of the year 2100, in seconds


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a folder whose environment is said to be made of what stands there."""
    made = tmp_path / "a book"
    (made / ".venv").mkdir(parents=True)
    for name in FILES:
        shutil.copy(PROJECT / name, made / name)
    told = asked(made).partition("printf '%s' \"")[2].partition('"')[0]
    (made / ".venv/ready").write_text(told, encoding="utf-8")
    return made


def asked(folder: Path) -> str:
    """Return what `make book` would run."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", "-n", "book"], cwd=folder, env=known, check=True, capture_output=True,
                          text=True).stdout


def test_an_environment_that_is_made_stays_whatever_the_dates(folder):
    """Minutes of installing at each build, since a file is dated in the future or was checked out again."""
    for name in FILES:
        os.utime(folder / name, (TOMORROW, TOMORROW))
    assert "venv" in asked(folder) and "-m venv" not in asked(folder)


def test_other_pins_make_it_anew(folder):
    """A library that stays at its version though the pins name another, whose file is older."""
    pins = folder / "requirements.txt"
    pins.write_text(pins.read_text(encoding="utf-8").replace("altair==", "altair===", 1), encoding="utf-8")
    os.utime(pins, (0, 0))
    assert "-m venv" in asked(folder)


def test_a_folder_that_was_moved_makes_it_anew(folder):
    """An environment whose scripts lead to the folder it was copied from."""
    assert "-m venv" in asked(folder.rename(folder.with_name("another book")))


def test_a_folder_that_cannot_be_installed_from_says_so(folder):
    """Forty lines of a build tool's about a variable that nobody has set."""
    moved = folder.rename(folder.with_name("a $book"))
    told = subprocess.run(["make", "-n", "book"], cwd=moved, capture_output=True, text=True, check=False)
    assert told.returncode == 2 and told.stderr.count("\n") == 1
    assert f"{moved}: the project cannot be installed from a folder with a $ in its path" in told.stderr
