"""The code that a module of the evidence comes to: its own, and whatever it can reach."""

from pathlib import Path

import pytest

from report.article import article
from report.data import needs
from report.data.answers import FOLDER
from report.data.imported import _imported, digest_of, rest_on
from report.data.table import DataError

FILES = {
    "__init__.py": "",
    "bread/__init__.py": "",
    "bread/charts.py": "from evidence.bread import series\nimport evidence.words\nVALUE = series.VALUE\n",
    "bread/series.py": "def late():\n    from ..corn.series import VALUE\n    return VALUE\n",
    "corn/__init__.py": "",
    "corn/series.py": "import pandas\nfrom evidence.bread import charts\nVALUE = 1\n",
    "words.py": "",
    "wine.py": "from evidence import words\n",
}


@pytest.fixture
def evidence(tmp_path, monkeypatch) -> Path:
    """Return the folder of a project's evidence, in hand."""
    folder = tmp_path / "evidence"
    for name, code in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(code, encoding="utf-8")
    named = article()
    monkeypatch.setattr("report.data.imported.project", lambda: tmp_path)
    monkeypatch.setattr("report.data.imported.article", lambda: type(named)(**{**vars(named),
                                                                             "argument": "evidence"}))
    return folder


@pytest.mark.parametrize("file", [name for name in FILES if name != "wine.py"])
def test_a_change_of_whatever_a_module_reaches_is_seen(evidence, file):
    """An import that is missed: within a function, with dots, of a package, in a circle."""
    before = digest_of("evidence.bread.charts")
    with (evidence / file).open("a", encoding="utf-8") as code:
        code.write("# another\n")
    assert digest_of("evidence.bread.charts") != before


def test_the_packages_that_a_module_stands_in_are_its_code_too(evidence):
    """A setting at the head of a package, which is loaded before any module of it."""
    before = digest_of("evidence.words")
    (evidence / "__init__.py").write_text("YEAR = 2017\n", encoding="utf-8")
    assert digest_of("evidence.words") != before


def test_what_it_does_not_reach_is_not(evidence):
    """Every answer computed again for each change."""
    before = digest_of("evidence.bread.charts")
    (evidence / "wine.py").write_text("RED = 1\n", encoding="utf-8")
    assert digest_of("evidence.bread.charts") == before


def test_a_module_that_was_looked_for_in_vain_is_seen_when_it_comes(evidence):
    """Evidence that a chapter had not, and which is then taken for what there was: nothing."""
    before = digest_of("evidence.wine.charts")
    (evidence / "wine").mkdir()
    (evidence / "wine/charts.py").write_text("RED = 1\n", encoding="utf-8")
    assert digest_of("evidence.wine.charts") != before


def test_code_that_is_no_python_is_told_by_file_and_line(evidence):
    """A fault in one of fourteen files of the same name."""
    (evidence / "corn/series.py").write_text("VALUE = 1\ndef (:\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"evidence/corn/series.py, line 2: invalid syntax; correct the code"):
        digest_of("evidence.bread.charts")


def test_only_the_evidence_is_noted_by_its_code(evidence):
    """The engine, which is one hash for all, noted with every answer."""
    with needs.watched() as needed:
        rest_on("report.data.package")
        rest_on("evidence.bread.charts")
    assert list(needed.told) == ["imported evidence.bread.charts"]


def test_what_a_file_imports_is_found_once_a_build(evidence, tmp_path, monkeypatch):
    """All code parsed by every process of every build; or a note of what a file no longer says."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "answers"))
    before = digest_of("evidence.bread.charts")
    _imported.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr("ast.parse", lambda code: pytest.fail("the code was parsed again"))
        assert digest_of("evidence.bread.charts") == before
    (evidence / "bread" / "series.py").write_text("from evidence.wine import words\n", encoding="utf-8")
    beside = digest_of("evidence.bread.charts")
    (evidence / "wine.py").write_text("WINE = 1\n", encoding="utf-8")
    assert len({before, beside, digest_of("evidence.bread.charts")}) == 3
