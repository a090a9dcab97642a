"""All charts of the built book on a few sheets, at both widths and in both themes: ``make contact-sheet``.

What no formula tells, an eye does: labels that touch, a colour that stands for two things, an axis that
misleads. Charts are photographed as a page shows them, under their titles; sheets, single pictures and an
index stand in ``_build/contact-sheet``.
"""

from __future__ import annotations

import shutil
from html import escape
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import BROWSERS
from tests.pages.conftest import SETTLED, SITE, charted, styled

FOLDER = SITE.parent / "contact-sheet"
WIDTHS = {"wide": 1280, "narrow": 360}  # pixels of the window
THEMES = ("light", "dark")
COLUMNS, A_SHEET = {"wide": 3, "narrow": 6}, {"wide": 9, "narrow": 12}
SHEET = 1800  # pixels of a sheet's width
ALONE = ("figure.chart > :not(figcaption, .picture) { display: none !important; } "
         "header.site { position: static !important; } "  # else it lies on charts higher than the window
         ".picture { content-visibility: visible !important; }")  # what is out of sight is photographed too


def photographed(browser: Browser, layout: str, theme: str) -> list[Path]:
    """Photograph every chart in one layout and theme; return the pictures in the order of pages."""
    page = browser.new_page(viewport={"width": WIDTHS[layout], "height": 900}, color_scheme=theme)
    found = []
    for name in charted():
        page.goto((SITE / f"{name}.html").as_uri())
        styled(page, ALONE).evaluate(SETTLED)
        for figure in page.query_selector_all("figure.chart"):
            found.append(FOLDER / "charts" / f"{figure.get_attribute('data-chart')}-{layout}-{theme}.png")
            figure.screenshot(path=found[-1])
    page.close()
    return found


def sheet(pictures: list[Path], columns: int, theme: str) -> str:
    """Return the HTML of a sheet: pictures in columns, each over its file's name."""
    ground, ink = ("#fefefe", "#222") if theme == "light" else ("#14181e", "#ddd")
    shown = "".join(
        f'<figure><img src="charts/{escape(p.name)}"><figcaption>{escape(p.stem)}</figcaption></figure>'
        for p in pictures)
    look = f"margin:16px;background:{ground};color:{ink};font:13px sans-serif"
    return (f'<!DOCTYPE html><meta charset="utf-8"><body style="{look}">'
            f'<div style="columns:{columns};column-gap:16px"><style>figure{{margin:0 0 20px;'
            f'break-inside:avoid}}img{{width:100%}}</style>{shown}</div></body>')


def print_sheets(page: Page, pictures: list[Path], layout: str, theme: str) -> list[Path]:
    """Write the sheets of one layout and theme as HTML and as pictures; return the pictures."""
    left, made = iter(pictures), []
    while part := list(islice(left, A_SHEET[layout])):
        path = FOLDER / f"{layout}-{theme}-{len(made) + 1}.html"
        path.write_text(sheet(part, COLUMNS[layout], theme), encoding="utf-8")
        page.goto(path.as_uri())
        made.append(path.with_suffix(".png"))
        page.screenshot(path=made[-1], full_page=True)
    return made


def main() -> None:
    """Make all sheets anew and say where they are."""
    if not charted():
        raise SystemExit(f"there is no built book in {SITE}; run `make book` first")
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "charts").mkdir(parents=True)
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)  # none: the one that Playwright brought
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": SHEET, "height": 900})
        sheets = [made for layout in WIDTHS for theme in THEMES
                  for made in print_sheets(page, photographed(browser, layout, theme), layout, theme)]
        browser.close()
    links = "".join(f'<li><a href="{made.name}">{made.stem}</a></li>' for made in sheets)
    (FOLDER / "index.html").write_text(f'<!DOCTYPE html><meta charset="utf-8"><ul>{links}</ul>',
                                       encoding="utf-8")
    print(f"{len(sheets)} sheets of {len(charted())} pages are in {FOLDER}")


if __name__ == "__main__":
    main()
