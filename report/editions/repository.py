"""Git, asked in one way: of the repository that a folder lies in, whatever a hook has set for another one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# what git sets for the hooks of a repository: `git rev-parse --local-env-vars`, but for the settings
OF_A_REPOSITORY = ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE",
                   "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
                   "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE",
                   "GIT_SHALLOW_FILE", "GIT_WORK_TREE")


def git(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and return what came of it: its exit code, and what it said, as bytes."""
    around = {name: value for name, value in os.environ.items() if name not in OF_A_REPOSITORY}
    return subprocess.run(["git", *command], cwd=folder, env=around, capture_output=True)


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git complained of."""
    return done.stderr.decode("utf-8", "replace").strip()
