"""What a tag does once its edition is made: ``python -m report.editions.publish --tag v1.0.0 --hosted X``.

The built site is put on the shelf, a branch of the repository that is added to and never pushed over; what a
server is to show is written into a folder. Done again for the same commit it alters nothing; another site, or
another commit, under a number that is published is refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from report.article import article, project
from report.editions import repository
from report.editions.hosted import host
from report.editions.release import SITE, Commit, ReleaseError, clean_commit
from report.editions.shelf import ShelfError, day_of, edition_of, put

BRANCH = "published"
HEADS = f"refs/heads/{BRANCH}"


def git(folder: Path, *command: str) -> str:
    """Run git in a folder and return what it says; raise ShelfError with what it complains of."""
    done = repository.git(folder, *command)
    if done.returncode:
        raise ShelfError(f"git {command[0]}: {repository.complaint(done)}")
    return done.stdout.decode("utf-8").strip()


def publish(root: Path, site: Path, tag: str, commit: Commit, hosted: Path, remote: str = "origin") -> str:
    """Put a built site on the shelf of a remote, and write what a server is to show into ``hosted``; return
    what was done. Raise ShelfError, with nothing pushed, where the tag is not that of the site or the number
    is published as something else.
    """
    number = edition_of(site)
    if tag != f"v{number}":
        raise ShelfError(f"the tag is {tag}, and the site is edition {number}; tag the commit v{number}")
    with TemporaryDirectory() as aside:
        shelf = Path(aside) / "shelf"
        _taken(root, shelf, remote)
        try:
            put(site, shelf, day_of(number), article().site, commit.name)
            git(shelf, "add", "--all")
            changed = bool(git(shelf, "status", "--porcelain"))
            if changed:
                git(shelf, "commit", "--quiet", "--message", f"Edition {number}")
                git(shelf, "push", "--quiet", remote, f"HEAD:{HEADS}")  # by no force: it is refused if behind
            host(shelf, hosted)
        finally:
            git(root, "worktree", "remove", "--force", str(shelf))
    return (f"Edition {number} stands on the shelf." if changed
            else f"Edition {number} stood on the shelf already, as it is; nothing was altered.")


def _taken(root: Path, shelf: Path, remote: str) -> None:
    """Take the shelf of a remote into a folder, or begin one where it has none."""
    if git(root, "ls-remote", "--heads", remote, HEADS):
        git(root, "fetch", "--quiet", remote, HEADS)
        git(root, "worktree", "add", "--quiet", "--detach", str(shelf), "FETCH_HEAD")
        return
    git(root, "worktree", "add", "--quiet", "--detach", "--no-checkout", str(shelf))
    git(shelf, "checkout", "--quiet", "--orphan", BRANCH)
    git(shelf, "rm", "-r", "-f", "--quiet", "--ignore-unmatch", ".")


def main() -> int:
    """Publish the edition that was built here, or say why not."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--tag", required=True, help="the tag that is published, as v1.0.0")
    asked.add_argument("--hosted", type=Path, required=True, help="folder for what a server is to show")
    asked.add_argument("--remote", default="origin", help="where the shelf is kept, a branch of it")
    given, root = asked.parse_args(), project()
    try:
        print(publish(root, root / SITE, given.tag, clean_commit(root), given.hosted, given.remote))
    except (ShelfError, ReleaseError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
