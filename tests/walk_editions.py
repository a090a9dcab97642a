"""Built editions put side by side as they are published, and walked in a browser: ``make walk-editions``.

It takes the folders of built sites, each of another edition. To build them takes minutes, so it is no part of
the tests: ``make walk-editions SITES="../v0.1.0/_build/html _build/html"``. What it finds wrong it says, and
fails.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from playwright.sync_api import Browser, Page, sync_playwright

from report.editions.hosted import host, lacks
from report.editions.shelf import LATEST, LIST, SITEMAP, day_of, digest, edition_of, put
from tests.conftest import browser_of

UNDER = "some/where"  # editions may stand below another address than that of a server
WAIT = 10_000  # milliseconds for what a script puts on a page


class Host(SimpleHTTPRequestHandler):
    """Serve a folder as a host of pages does: what is not there is answered by the page that says so."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            return super().send_error(code, message, explain)
        told = (Path(self.directory) / UNDER / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(told)
        return None

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who leaves a page before it is whole."""


def shelved(sites: list[Path], aside: Path, address: str) -> Path:
    """Put sites on a shelf, the oldest first, and return the folder that a server shows."""
    shelf, shown = aside / "shelf", aside / "root" / UNDER
    shelf.mkdir()
    for site in sites:
        put(site, shelf, day_of(edition_of(site)), address)
    host(shelf, shown)
    for one in listed(shelf):
        assert digest(shelf / one["path"]) == one["sha256"], f"{one['number']} was altered on the shelf"
    return shown


def listed(shelf: Path) -> list[dict]:
    return json.loads((shelf / LIST).read_text(encoding="utf-8"))["editions"]


def at_rest(shown: Path, address: str) -> Iterator[str]:
    """Return what is wrong with the files alone: pages that lists and maps promise, and redirects."""
    editions = listed(shown)
    pages = {p.relative_to(shown / one["path"]).as_posix()
             for one in editions for p in (shown / one["path"]).rglob("*.html")}
    for one in editions:
        for page in sorted(pages):
            if (shown / one["path"] / page).exists() == lacks(one, page):
                yield f"{LIST} is wrong on {page} in edition {one['number']}"
    yield from (f"no page {place}{page}" for page in sorted(pages) for place in ("", f"{LATEST}/")
                if not (shown / place / page).exists())
    for loc in ElementTree.parse(shown / "sitemap.xml").iter(f"{{{SITEMAP}}}loc"):
        if not (shown / str(loc.text).removeprefix(address)).is_file():
            yield f"the map names {loc.text}, which is not there"


def walked(browser: Browser, shown: Path, root: str) -> Iterator[str]:
    """Return what is wrong for a reader who goes from edition to edition."""
    editions, page, troubles = listed(shown), browser.new_page(), []
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("response", lambda got: got.status >= 400 and troubles.append(f"{got.url}: {got.status}"))
    newest = editions[0]
    for old in editions[1:]:
        for name in sorted(p.name for p in (shown / old["path"]).glob("*.html") if p.name != "index.html"):
            page.goto(f"{root}{old['path']}{name}")
            link = page.locator("#newer-edition, .newer a").first
            link.wait_for(timeout=WAIT)
            if link.bounding_box()["y"] > 200:
                yield f"{old['path']}{name} does not say at its top that it is old"
            link.click()
            there = "" if lacks(newest, name) else name
            arrived = page.url.split("#")[0].removeprefix(root)
            if there and arrived not in (f"{LATEST}/{there}", f"{newest['path']}{there}"):
                yield f"{old['path']}{name} leads to {arrived}"
            if not page.locator("h1").count():
                yield f"{arrived} has no heading"
    for name in sorted(p.name for p in (shown / newest["path"]).glob("*.html") if p.name != "index.html"):
        page.goto(f"{root}{LATEST}/{name}")
        page.locator("nav.editions a").first.wait_for(timeout=WAIT)
        if page.locator(".newer").count():
            yield f"{LATEST}/{name} says that it is old"
        for at, one in enumerate(editions):
            leads = page.locator("nav.editions a").nth(at).get_attribute("href")
            wanted = f"{root}{one['path']}{'' if lacks(one, name) else name}"
            if leads != wanted:
                yield f"{LATEST}/{name} leads to {leads} in place of {wanted}"
    yield from _places(page, root, editions)
    yield from troubles
    page.goto(f"{root}{editions[-1]['path']}nothing/here.html")
    told = page.locator("a[data-path]").evaluate_all("links => links.map(link => link.href)")
    if told != [f"{root}{one['path']}" for one in editions]:
        yield f"the page for what is not there leads to {told}"
    page.close()


def _places(page: Page, root: str, editions: list[dict]) -> Iterator[str]:
    """Return claims and charts of the newest edition that the switch does not find in one that has them."""
    newest = editions[0]
    page.goto(f"{root}{newest['path']}claims.html")
    ids = page.locator("[id^=claim-]").evaluate_all("found => found.map(one => `claims.html#${one.id}`)")
    charts = page.locator("a[href*='#fig-']").evaluate_all("found => found.map(a => a.getAttribute('href'))")
    for place in [*ids[::11], *sorted(set(charts))[::11]]:
        page.goto(f"{root}{place}")  # an address from before editions had their own
        page.wait_for_url(f"{root}{LATEST}/{place}")
        for one in editions[1:]:
            name, _, inside = place.partition("#")
            if lacks(one, name):
                continue
            page.goto(f"{root}{newest['path']}{place}")
            link = page.locator("nav.editions a", has_text=one["number"])
            link.wait_for(timeout=WAIT)
            link.click()
            if page.url != f"{root}{one['path']}{place}" or not page.locator(f"[id='{inside}']").count():
                yield f"{place} is not found in edition {one['number']} by the switch: {page.url}"


def main() -> int:
    """Walk, say what is wrong, and return 1 where anything is."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("sites", type=Path, nargs="+", help="folders of built editions")
    sites = sorted(asked.parse_args().sites, key=lambda site: day_of(edition_of(site)))
    with TemporaryDirectory() as folder:
        aside = Path(folder)
        server = Server(("127.0.0.1", 0), functools.partial(Host, directory=str(aside / "root")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/{UNDER}/"
        shown = shelved(sites, aside, root)
        with sync_playwright() as playwright:
            browser = browser_of(playwright)
            if browser is None:
                print("editions are walked in Chromium, and there is none on this machine", file=sys.stderr)
                return 1
            wrong = [*at_rest(shown, root), *walked(browser, shown, root)]
            browser.close()
        server.shutdown()
    print("\n".join(wrong) or f"{len(sites)} editions stand side by side, and each leads to the others.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
