"""A chapter of the book against the same chapter built stock: what a reader with a slow connection waits for.

Stock is Jupyter Book as it comes: its theme untouched, charts as Altair writes them. As Altair's library
comes from another host, the stock page gets a local copy of it, loaded with the page. Both pages are served
compressed from this machine to a headless Chromium whose network and processor are throttled. Then every page
of the book, wide and narrow, against the aims. Run ``python -m bench.page`` after ``make book``.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

from report.charts.publish import MIME
from report.charts.notebook import vega_bundle

PROJECT = Path(__file__).resolve().parents[1]
BOOK = PROJECT / "_build" / "html"
# "slow 4G"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
PROCESSOR = 4  # times slower
PATIENCE = 120  # seconds for a first chart
RUNS = 3
WIDTHS = (1280, 360)
AIMS = {"bytes": 350_000, "blocking": 50, "shift": 0.02}
UNITS = {"bytes": "bytes, gzipped", "requests": "requests", "first paint": "ms to first contentful paint",
         "first chart": "ms to first chart", "blocking": "ms of blocking time",
         "before": "ms of the like before paint",
         "shift": "layout shift"}
WATCH = """window.seen = { tasks: [], shift: 0, chart: 0 };
for (const [type, noted] of [
  ["longtask", (e) => seen.tasks.push([e.startTime, e.duration])],
  ["layout-shift", (e) => { if (!e.hadRecentInput) seen.shift += e.value; }],
]) new PerformanceObserver((list) => list.getEntries().forEach(noted)).observe({ type, buffered: true });
(function look() {
  if (seen.asked) return;
  const drawn = ".picture svg, .vega-embed svg, .vega-embed canvas";
  const charts = [...document.querySelectorAll(drawn)].slice(0, 2);  // wide, narrow
  if (charts.some((chart) => chart.getBoundingClientRect().height > 20)) seen.chart = performance.now();
  else requestAnimationFrame(look);
})();"""


def stock_chart(spec: dict, number: int) -> str:
    """Return a chart as Altair writes it, but for the library, which the page loads from its own folder."""
    titled = {**spec, "title": {"text": spec["usermeta"]["title"], "subtitle": spec["usermeta"]["measure"]}}
    return (f'<div id="altair-viz-{number}"></div><script>vegaEmbed("#altair-viz-{number}", '
            f'{json.dumps(titled).replace("</", "<" + chr(92) + "/")}, {{"mode": "vega-lite"}});</script>')


def stock_notebook(executed: Path) -> nbformat.NotebookNode:
    """Return an executed chapter with stock charts, and without the roles that only this book knows."""
    notebook = nbformat.read(executed, as_version=4)
    for number, cell in enumerate(notebook.cells):
        cell.source = re.sub(r"\{(?:cite|claim)\}`([^`]*)`", r"(\1)",
                             cell.source) if cell.cell_type == "markdown" else cell.source
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                output["data"] = {"text/html": stock_chart(output["data"][MIME], number)}
    return notebook


def build_stock(chapter: str, folder: Path) -> Path:
    """Build the chapter with Jupyter Book as it comes, and return the folder of its pages."""
    source = folder / "source"
    (source / "_static").mkdir(parents=True)
    nbformat.write(stock_notebook(PROJECT / "tests" / "notebooks" / f"{chapter}.ipynb"),
                   source / f"{chapter}.ipynb")
    (source / "_static" / "vega.js").write_text(f"(() => {{{vega_bundle()}}})();", encoding="utf-8")
    (source / "_toc.yml").write_text(f"format: jb-book\nroot: {chapter}\n", encoding="utf-8")
    (source / "_config.yml").write_text(
        "title: stock\nonly_build_toc_files: true\nexecute: {execute_notebooks: 'off'}\n"
        "sphinx: {config: {html_js_files: [vega.js]}}\n", encoding="utf-8")
    done = subprocess.run([str(Path(sys.executable).with_name("jupyter-book")), "build", str(source),
                           "--path-output", str(folder)],
                          capture_output=True, text=True)
    pages = folder / "_build" / "html"
    if not (pages / f"{chapter}.html").exists():
        raise RuntimeError(f"the stock page was not built:\n{done.stderr[-2000:]}")
    return pages


class Compressed(SimpleHTTPRequestHandler):
    """Serve files as a web host does: text compressed, connections kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body, kind = path.read_bytes(), self.guess_type(str(path))
        text = kind.startswith(("text/", "application/json", "application/javascript", "image/svg"))
        body = gzip.compress(body, 6) if text else body
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


def serve(folder: Path) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def blocking(tasks: list[list[float]], first: float, last: float) -> float:
    """Return by how much tasks (start and duration, ms) exceed 50 ms between two times, as total blocking
    time counts it.

    The measure proper begins at first contentful paint (web.dev/articles/tbt); a task that began earlier
    counts from there.
    """
    within = [min(start + duration, last) - max(start, first) for start, duration in tasks]
    return sum(max(0, ms - 50) for ms in within)


def wait_for_chart(page: Page) -> None:
    """Wait for the first chart by asking from outside: the browser's own waiting compiles an expression,
    which a page's policy refuses. Raise TimeoutError where none comes.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate("seen.chart > 0"):
        if time.monotonic() > end:
            raise TimeoutError(f"{page.url}: no chart was drawn in {PATIENCE} s")
        page.wait_for_timeout(50)


def opened(browser: Browser, address: str, width: int = 1280) -> dict[str, float]:
    """Open a page once with an empty cache, throttled, and return what it took; the time of its
    first chart is 0 without one.
    """
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load", timeout=120_000)
    if page.query_selector(".picture, .vega-embed"):
        wait_for_chart(page)
    page.wait_for_timeout(2000)
    seen = page.evaluate("Object.assign(seen, { asked: true })")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return {"bytes": sum(sizes), "requests": len(sizes), "first paint": paint,
            "first chart": max(paint, seen["chart"]),
            "blocking": blocking(seen["tasks"], paint, float("inf")),
            "before": blocking(seen["tasks"], 0, paint),
            "shift": seen["shift"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def every_page(book: Path = BOOK) -> Iterator[tuple[str, int, dict[str, float]]]:
    """Yield each page of the book at each width with the medians of what it took to open it."""
    server = serve(book)
    with chromium() as browser:
        for name in sorted(p.stem for p in book.glob("*.html") if p.stem != "index"):
            for width in WIDTHS:
                runs = [opened(browser, f"http://127.0.0.1:{server.server_port}/{name}.html", width)
                        for _ in range(RUNS)]
                yield name, width, {measure: statistics.median(run[measure] for run in runs)
                                    for measure in UNITS}


def compare(chapter: str = "trade", book: Path = BOOK) -> dict[str, tuple[float, float]]:
    """Return each measure of a chapter in this book and built stock: the median of alternating runs."""
    folder = Path(tempfile.mkdtemp())
    try:
        servers = [serve(book), serve(build_stock(chapter, folder))]
        with chromium() as browser:
            runs = [[opened(browser, f"http://127.0.0.1:{s.server_port}/{chapter}.html") for s in servers]
                    for _ in range(RUNS)]
        ours, stock = zip(*runs, strict=True)
        return {name: (statistics.median(run[name] for run in ours),
                       statistics.median(run[name] for run in stock)) for name in UNITS}
    finally:
        shutil.rmtree(folder)


def main() -> None:
    chapter = sys.argv[1] if len(sys.argv) > 1 else "trade"
    print(f"Chapter {chapter}, first opened: 1.6 Mbit/s, 150 ms, processor {PROCESSOR} times slower, median "
          f"of {RUNS} runs")
    print(f"{'':32}{'this book':>12}{'stock':>12}{'stock / this':>14}")
    for name, (own, stock) in compare(chapter).items():
        shown = [f"{v:.3f}" if name == "shift" else f"{v:,.0f}" for v in (own, stock)]
        print(f"{UNITS[name]:32}{shown[0]:>12}{shown[1]:>12}{f'{stock / own:.1f}' if own else '–':>14}")
    aims = (f"{AIMS['bytes']:,} bytes, {AIMS['blocking']} ms of blocking time, a layout shift of "
            f"{AIMS['shift']}")
    print(f"\nEvery page, as above; aims: {aims} (* misses one)")
    print(f"{'':20}{'bytes':>10}{'requests':>10}{'paint, ms':>11}{'blocking, ms':>14}{'shift':>9}")
    for name, width, took in every_page():
        missed = " *" if any(took[measure] > aim for measure, aim in AIMS.items()) else ""
        print(
            f"{name:14}{width:>6}{took['bytes']:>10,.0f}{took['requests']:>10.0f}{took['first paint']:>11.0f}"
              f"{took['blocking']:>14.0f}{took['shift']:>9.4f}{missed}")


if __name__ == "__main__":
    main()
