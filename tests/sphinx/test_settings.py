"""Settings of Jupyter Book and contents that do not fit, or that nothing reads, are told in a line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from report.article import project
from report.sphinx.fingerprint import ENGINE
from report.sphinx.settings import fault_of_settings

CONFIG, CONTENTS = "title: A report\n", "format: jb-book\nroot: summary\nchapters:\n  - file: chain\n"
UNSETTLED = {
    ("- a\n", CONTENTS): "_config.yml: ['a'] is not of type 'object'; correct it",
    ("", CONTENTS): "_config.yml: None is not of type 'object'; correct it",
    ("html: 3\n", CONTENTS): "_config.yml: html: 3 is not of type 'object'; correct it",
    (CONFIG + "htlm: {}\n", CONTENTS): "_config.yml: nothing reads 'htlm'; write one of author, ",
    (CONFIG + "html: {favico: a.png}\n", CONTENTS): "_config.yml: html: nothing reads 'favico'; write",
    (CONFIG + "html: {analytics: {matomo: 1}}\n", CONTENTS): "html: analytics: nothing reads 'matomo'; write",
    (CONFIG + "sphinx: {config: {extensions: [report.sphynx]}}\n", CONTENTS):
        "_config.yml: sphinx: there is no extension 'report.sphynx'; correct the name",
    (CONFIG + "sphinx: {extra_extensions: [nobody.knows]}\n", CONTENTS): "no extension 'nobody.knows'",
    (CONFIG + "sphinx: {config: {extensions: [myst_nb]}}\n", CONTENTS):
        "_config.yml: sphinx: extensions lacks report.sphinx, which makes the pages; add it",
    ("title: [\n", CONTENTS): "_config.yml: while parsing",
    (CONFIG, "root: a: b\n"): "_toc.yml: mapping values are not allowed here",
    (CONFIG, ""): "_toc.yml: toc is not a mapping",
    (CONFIG, CONTENTS + "  - file: chain\n"): "_toc.yml: document file used multiple times: 'chain'",
    (CONFIG, "root: summary\nsubtrees:\n  - captoin: One\n    entries:\n      - file: chain\n"):
        "_toc.yml: nothing reads 'captoin' of a part; write one of caption",
    (CONFIG, CONTENTS.replace("root", "rot")): "_toc.yml: 'root' key not found",
}


def settled(folder: Path, config: str, contents: str) -> tuple[Path, Path]:
    """Write the settings of a book and its contents."""
    places = folder / "_config.yml", folder / "_toc.yml"
    for place, text in zip(places, (config, contents), strict=True):
        place.write_text(text, encoding="utf-8")
    return places


@pytest.mark.parametrize("texts", UNSETTLED, ids=list(UNSETTLED.values()))
def test_settings_that_do_not_fit_are_told_in_a_line(tmp_path, texts):
    assert (told := fault_of_settings(*settled(tmp_path, *texts))) and UNSETTLED[texts] in told
    assert "\n" not in told or "correct the YAML" in told  # which shows the place


def test_settings_of_the_project_fit(tmp_path):
    assert fault_of_settings(project() / "_config.yml", project() / "_toc.yml") is None
    assert fault_of_settings(*settled(tmp_path, CONFIG, CONTENTS)) is None


def test_what_jupyter_book_hands_on_is_not_looked_into(tmp_path):
    for handed_on in ("sphinx: {config: {language: en}}", "sphinx: {local_extensions: {mine: ext}}",
                      "html: {comments: {utterances: {repo: a/b}}}", "latex: {latex_documents: {title: A}}",
                      "parse: {myst_substitutions: {town: here}}"):
        assert fault_of_settings(*settled(tmp_path, f"{CONFIG}{handed_on}\n", CONTENTS)) is None


def test_the_command_of_a_build_says_so_without_a_traceback(tmp_path):
    config, contents = settled(tmp_path, "- a\n", CONTENTS)
    ended = subprocess.run([sys.executable, "-m", "report.sphinx.run", "build", str(tmp_path), "--config",
                            str(config), "--toc", str(contents)], capture_output=True, text=True,
                           env={**os.environ, "PYTHONPATH": str(ENGINE.parent)}, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "_config.yml: ['a'] is not of type 'object'; correct it\n"
