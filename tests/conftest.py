"""What all tests share: one browser a process, and the tally of faults that the loader caught, printed at the
end of the run.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

# Git as it is set up here must not reach the repositories that tests make: a hook's GIT_DIR would have them
# commit into the repository of whoever runs the tests, and a setting to sign commits would ask for a key.
for name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[name]
os.environ |= {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "commit.gpgsign", "GIT_CONFIG_VALUE_0": "false",
               "GIT_CONFIG_KEY_1": "tag.gpgsign", "GIT_CONFIG_VALUE_1": "false"}

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 180_000  # milliseconds until a page that never answers fails; a busy machine may take its time


def browser_of(playwright: Playwright) -> Browser | None:
    """Start the machine's own Chromium, where it has one."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    return path and playwright.chromium.launch(executable_path=path, timeout=PATIENCE,
                                               args=["--no-sandbox", "--disable-gpu",
                                                     "--disable-background-networking"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium."""
    with sync_playwright() as playwright:
        started = browser_of(playwright)
        if started is None:
            pytest.skip(f"no browser on this machine: none of {', '.join(BROWSERS)} is installed")
        yield started
        started.close()


def pytest_terminal_summary(terminalreporter):
    properties = [dict(r.user_properties) for r in terminalreporter.stats.get("passed", [])
                  + terminalreporter.stats.get("failed", [])]
    tallies = [p["faults"] for p in properties if "faults" in p]
    if tallies:
        caught, tried = (sum(t[i] for t in tallies) for i in (0, 1))
        terminalreporter.write_line(f"faults caught: {caught} of {tried} ({100 * caught / tried:.1f} "
                                    f"percent) over {len(tallies)} tables")
