"""What one change of a reader's own rule costs on a slow phone: script, style, layout and paint, from the
browser's own trace, until the page shows what follows: first what is in sight, then the rest. Run
``python -m bench rule`` after ``make book``; ``python -m bench.rule 360 4`` for another width, or a phone
whose processor is four times slower than this machine's.

A change is set in the form as a key press would set it; what the page's main thread does between that and the
frame that shows all of it is summed by what it is for. Paint is what that thread does of it: where things
stand and what is to be drawn. Drawing the pixels is left out, which other threads do, and a machine without
a graphics card in a way that no phone does.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import CDPSession, Page

from bench.page import BOOK, chromium, serve

SLOW_PHONE = 264  # to which Chrome's developer tools calibrate a low-tier phone, a Moto G Power of 2022
SCORES = 5  # of which the middle one counts: the processor is shared
# The score is Lighthouse's BenchmarkIndex: how many strings of 10,000 letters are joined a second, and how
# often 100,000 integers are copied from one array into another, a tenth of either, and of these the mean.
SCORE = """() => {
  const often = (once) => {
    const start = performance.now();
    let times = 0;
    while (performance.now() - start < 250) { once(times); times += 1; }
    return times / (performance.now() - start) * 100;
  };
  const arrays = [0, 1].map(() => Array.from({ length: 100000 }, (_, i) => i));
  const joined = often(() => {
    let text = "";
    for (let i = 0; i < 10000; i += 1) text += "a";
    if (text.length === 1) throw new Error("no string was joined");
  });
  const copied = often((time) => {
    const [from, to] = time % 2 ? arrays : [arrays[1], arrays[0]];
    for (let i = 0; i < from.length; i += 1) to[i] = from[i];
  });
  return (joined + copied) / 2;
}"""
WIDTH = 360
AIM = 50  # ms
SETTLED = 500  # ms in which the page does at its leisure what it has to do once
STYLE, LAYOUT = {"UpdateLayoutTree", "ParseAuthorStyleSheet"}, {"Layout", "HitTest"}
PAINT = {"PrePaint", "Paint", "Layerize"}
SCRIPT = {"EventDispatch", "FunctionCall", "EvaluateScript", "v8.callFunction", "RunMicrotasks",
          "FireAnimationFrame", "TimerFire", "V8.GC_MC_INCREMENTAL", "MinorGC", "MajorGC", "V8.GCScavenger"}
# Thirty changes, one after another, each on top of those before, by the controls of the form.
CHANGES: tuple[tuple[str, Any], ...] = (
    ('[name="votes"]', 1), ('[name="limbs"]', 1), ('[name="essential"]', 1), ('[name="lower"]', "0.3"),
    ('[name="upper"]', "0.7"), ('[name="level"]', "5"), ('[name="points"]', "2.5"), ('[name="harder"]', "10"),
    ('[name="votes"]', 0), ('[name="limbs"]', 0), ('[name="without"]', 0), ('[name="without"]', 1),
    ('[name="without"]', 2), ('[name="read"]', 0), ('[name="read"]', 1), ('[name="later"]', 1),
    ('[name="credited"]', 1), ('[name="credited"]', 0), ('[name="voices"]', 1), ('[name="voices"]', 2),
    ('[data-add="origins"]', 1), ('[data-add="origins"]', 5), ('[data-add="sources"]', 3),
    ('[name="variants"]', 1), ('[name="variants"]', 2), ('[name="vantage"]', 1), ('[name="vantage"]', 0),
    ('[name="harder"]', "-10"), ('[name="lower"]', "0.45"), ('[name="essential"]', 0))
# What stands at the top of the screen meanwhile.
PLACES = {"the form": ".own-form", "the verdicts": ".own-verdicts", "the map": ".own-map"}
# Make a change. What is in sight follows in the first frame after it; the second has what is out of sight,
# and what comes near because something above it has become shorter. Each mark is the first thing done in the
# frame that follows.
MAKE = """async ([selector, to]) => {
  const fields = document.querySelectorAll(`.own-rule ${selector}`);
  const field = fields[fields.length > 1 ? to : 0];
  const marked = (names) => new Promise((done) => requestAnimationFrame(() => {
    if (names[0]) performance.mark(names[0]);
    done(names.length > 1 ? marked(names.slice(1)) : undefined);
  }));
  performance.mark("change");
  const all = marked(["", "shown", "whole"]);
  if (field.type === "checkbox") field.checked = !field.checked;
  else if (field.tagName === "SELECT") field.selectedIndex = to;
  else field.value = to;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.closest(".own-add")?.querySelector("button").click();
  await all;
  await new Promise((next) => setTimeout(next, 400));
}"""
PARTS = ("what is in sight", "the rest, in the next frame", "both")
MARKS = ("change", "shown", "whole")
CLOCKS = {"ts": "dur", "tts": "tdur"}  # the wall's, and the thread's, which other work changes less


class Cost(NamedTuple):
    """Milliseconds of the page's main thread that a change took."""

    script: float
    style: float
    layout: float
    paint: float

    @property
    def whole(self) -> float:
        """Return all four together."""
        return sum(self)


def kind(name: str) -> str | None:
    """Return what an event of the trace is for."""
    known = {"script": SCRIPT, "style": STYLE, "layout": LAYOUT, "paint": PAINT}
    return next((what for what, names in known.items() if name in names), None)


def costs(events: Iterable[dict], clock: str = "tts") -> list[tuple[Cost, Cost]]:
    """Return what each change took until what is in sight was shown, and from then until all was: each
    event's own time, without that of the events within it.

    Events are those of the browser's trace, in microseconds of ``clock``.
    """
    events = list(events)
    marks = sorted((e for e in events if e["name"] in MARKS and clock in e), key=lambda e: e[clock])
    thread = {(e["pid"], e["tid"]) for e in marks}
    spans = sorted(((e[clock], e[clock] + e.get(CLOCKS[clock], 0), what) for e in events
                    if e.get("ph") == "X" and (e["pid"], e["tid"]) in thread and clock in e
                    and (what := kind(e["name"]))), key=lambda span: (span[0], -span[1]))
    times = [e[clock] for e in marks]
    return [(_between(spans, start, shown), _between(spans, shown, whole))
            for start, shown, whole in zip(times[::3], times[1::3], times[2::3], strict=True)]


def _between(spans: list[tuple[float, float, str]], start: float, end: float) -> Cost:
    took = dict.fromkeys(Cost._fields, 0.0)
    around: list[tuple[float, str]] = []  # ends and kinds of the events that are not over
    for begun, over, what in spans:
        first, last = max(begun, start), min(over, end)
        if last <= first:
            continue
        while around and around[-1][0] <= first:
            around.pop()
        if around:
            took[around[-1][1]] -= last - first
        took[what] += last - first
        around.append((last, what))
    return Cost(**{what: us / 1000 for what, us in took.items()})


def traced(page: Page, session: CDPSession) -> list[dict]:
    """Make all changes and return the events of the browser's trace."""
    events: list[dict] = []
    done: list[bool] = []
    session.on("Tracing.dataCollected", lambda batch: events.extend(batch["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "categories":
                                   "devtools.timeline,blink.user_timing,v8,disabled-by-default-v8.gc"})
    for change in CHANGES:
        page.evaluate(MAKE, list(change))
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    return events


def slower(page: Page) -> float:
    """Return by how much this machine's processor is to be slowed down to be a slow phone's; 1 at least."""
    return max(1.0, statistics.median(page.evaluate(SCORE) for _ in range(SCORES)) / SLOW_PHONE)


def measured(book: Path = BOOK, width: int = WIDTH,
             place: str = ".own-verdicts", rate: float | None = None) -> tuple[list[dict], float]:
    """Return the browser's trace of all the changes on the page of a built book, at a place of it, and how
    many times slower than this machine's the processor was: ``rate`` times, or as the slow phone's is.
    """
    server = serve(book)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"http://127.0.0.1:{server.server_port}/own_rule.html")
        page.wait_for_selector(".own-rule[data-ready]", state="attached")
        page.wait_for_timeout(SETTLED)
        page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
        page.wait_for_timeout(SETTLED)
        session = page.context.new_cdp_session(page)
        rate = rate or slower(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        events = traced(page, session)
    server.shutdown()
    return events, rate


def main() -> None:
    width = int(sys.argv[1]) if len(sys.argv) > 1 else WIDTH
    asked = float(sys.argv[2]) if len(sys.argv) > 2 else None
    print(f"{len(CHANGES)} changes of a reader's own rule, {width} pixels wide; ms of the main thread of a "
          f"slow phone, aim: all under {AIM}")
    for place, selector in PLACES.items():
        events, rate = measured(width=width, place=selector, rate=asked)
        print(f"at {place}, with a processor {rate:.1f} times slower than this machine's")
        for clock, told in (("ts", "by the clock"), ("tts", "of the thread's own time")):
            frames = list(zip(*costs(events, clock), strict=True))
            both = [Cost(*map(sum, zip(one, other, strict=True))) for one, other in zip(*frames, strict=True)]
            for part, each in zip(PARTS, (*frames, both), strict=True):
                told_of(f"{place}: {part}, {told}", each)


def told_of(title: str, frame: Sequence[Cost]) -> None:
    """Print what a frame took over all changes, by what it was for."""
    print(f"{title:64}{'median':>8}{'90th':>8}{'worst':>8}")
    for name in (*Cost._fields, "whole"):
        each = sorted(getattr(one, name) for one in frame)
        ninth = statistics.quantiles(each, n=10)[-1]
        print(f"  {name:62}{statistics.median(each):>8.1f}{ninth:>8.1f}{each[-1]:>8.1f}")


if __name__ == "__main__":
    main()
