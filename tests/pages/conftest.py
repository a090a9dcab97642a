"""The built book in a real browser. ``make book`` builds it; its pages are found there, so
later chapters are covered.
"""

from __future__ import annotations

import functools
import json
import os
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import PATIENCE

SITE = Path(os.environ.get("REPORT_SITE", Path(__file__).resolve().parents[2] / "_build" / "html"))
REGISTERS = ("claims", "data", "references")
SETTLED = """async () => {
  await document.fonts.ready;
  let before = "", same = 0;
  while (same < 3) {
    await new Promise((frame) => requestAnimationFrame(() => setTimeout(frame)));
    const now = [scrollX, scrollY, document.documentElement.scrollHeight].join();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}"""


def names() -> list[str]:
    """Return the pages of the built book; the page that only leads to the first one is none."""
    return sorted(p.stem for p in SITE.glob("*.html") if p.stem != "index")


def charted() -> list[str]:
    """Return the pages with charts."""
    return [n for n in names() if '<figure class="chart"' in (SITE / f"{n}.html").read_text(encoding="utf-8")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", names() or ["(no page)"])
    if "charted_page" in metafunc.fixturenames and not any(
        "charted_page" in m.args[0] for m in metafunc.definition.iter_markers("parametrize")):
        metafunc.parametrize("charted_page", charted() or ["(no page)"])


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built book."""
    if not names():
        pytest.fail(f"there is no built book in {SITE}; run `make book` first")
    return SITE


@pytest.fixture(scope="session")
def ledger(site: Path) -> dict:
    """Return the ledger that the built book publishes; a test that alters it copies it first."""
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built book and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def open_page(browser: Browser, address: str):
    """Return a function that opens a page of the book: at a width, in a theme, over http or
    file, with or without script.
    """
    contexts = []

    def opened(name: str, width: int = 1280, theme: str = "light", protocol: str = "http", before: str = "",
               **options) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.troubles = []
        page.asked = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("console",
                lambda said: page.troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("requestfailed", lambda request: page.troubles.append(f"failed: {request.url}"))
        page.on("response", lambda response: page.asked.append(response))
        if before:
            page.add_init_script(before)
        page.goto((address if protocol == "http" else SITE.as_uri()) + f"/{name}")
        return settled(page) if options.get("java_script_enabled", True) else page

    yield opened
    for context in contexts:
        context.close()


def settled(page: Page) -> Page:
    """Return the page once its typeface has come or was given up, and nothing moves from frame to frame.

    What is measured before that hangs on how busy the machine is.
    """
    page.evaluate(SETTLED)
    return page


def styled(page: Page, rules: str) -> Page:
    """Return the page with more rules of style, in a way that its policy allows."""
    page.evaluate("""(rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets.push(sheet);
    }""", rules)
    return page


def until(page: Page, said: str, arg=None) -> None:
    """Wait until an expression, or a function of `arg`, is true on the page.

    The browser's own waiting compiles its expression again at every frame, which the page's policy
    refuses as soon as the first frame was too early; this asks from outside, which it never does.

    Raises TimeoutError: it was never true.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(said, arg):
        if time.monotonic() > end:
            raise TimeoutError(f"{page.url}: never true: {said}")
        page.wait_for_timeout(20)


def touch(page: Page, picture) -> None:
    """Turn a chart interactive as a keyboard reader does, by focusing it."""
    picture.scroll_into_view_if_needed()
    picture.focus()
    until(page, "picture => picture.classList.contains('interactive')", arg=picture)
