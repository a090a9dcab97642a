"""A tag publishes its edition once: done again it alters nothing, and anything else under its number is
refused.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from report.article import article
from report.editions.publish import BRANCH, publish
from report.editions.release import Commit
from report.editions.shelf import ShelfError
from tests.editions.test_release import git
from tests.editions.test_shelf import site, text

NUMBER = article().earlier[-1].number  # of an edition whose day the settings know
TAG, COMMIT = f"v{NUMBER}", Commit("a" * 40, datetime(2020, 12, 31, tzinfo=UTC))


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """Return a clone of a repository that publishes to where it was cloned from."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "a")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    git(tmp_path, "init", "-q", "--bare", "remote")
    folder = tmp_path / "root"
    git(tmp_path, "clone", "-q", "remote", "root")
    (folder / "chapter.md").write_text("words", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "all")
    git(folder, "push", "-q", "origin", "HEAD:main")
    return folder


def shelf_of(root: Path, name: str) -> Path:
    """Return the shelf as it stands at the remote."""
    git(root.parent, "clone", "-q", "-b", BRANCH, "remote", name)
    return root.parent / name


def commits(root: Path) -> str:
    return (root.parent / "remote" / "refs" / "heads" / BRANCH).read_text(encoding="utf-8")


def test_a_tag_puts_its_edition_on_the_shelf_once(root, tmp_path):
    """A shelf with the sources in it, one that is pushed over, or a second run that fails or alters it."""
    made = site(tmp_path / "site", NUMBER, {"trade.html": "<body>trade"})
    assert "stands on the shelf" in publish(root, made, TAG, COMMIT, tmp_path / "shown")
    shelf, first = shelf_of(root, "shelf"), commits(root)
    assert text(shelf / TAG / "trade.html") == text(shelf / "latest/trade.html") == "<body>trade"
    assert not (shelf / "chapter.md").exists() and text(root / "chapter.md") == "words"
    assert text(tmp_path / "shown" / "latest/trade.html") == "<body>trade"
    assert "nothing was altered" in publish(root, made, TAG, COMMIT, tmp_path / "again")
    assert commits(root) == first


@pytest.mark.parametrize(("tag", "commit", "words", "told"), [
    (TAG, COMMIT, "<body>trade, mended in silence", "published already and this is another"),
    (TAG, Commit("b" * 40, COMMIT.at), "<body>trade", "published already and this is another"),
    ("v9.9.9", COMMIT, "<body>trade", "the tag is v9.9.9"),
])
def test_anything_else_under_a_number_is_refused(root, tmp_path, tag, commit, words, told):
    """A tag that was moved to another commit, other pages under it, or a tag that is not the site's."""
    publish(root, site(tmp_path / "site", NUMBER, {"trade.html": "<body>trade"}), TAG, COMMIT,
            tmp_path / "shown")
    first, other = commits(root), site(tmp_path / "other", NUMBER, {"trade.html": words})
    with pytest.raises(ShelfError, match=told):
        publish(root, other, tag, commit, tmp_path / "again")
    assert commits(root) == first and not (tmp_path / "again").exists()
