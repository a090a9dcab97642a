"""The numbers that a chapter's prose quotes, with the rows each rests on: computed in the notebook, compared by its tests."""

from __future__ import annotations

from html import escape

from report.book import numbers
from report.show.page_parts import Html
from report.trace import Measure


def numbers_table(chapter: str) -> Html:
    """Return the numbers of a chapter's prose by their keys: value, unit, period and rows."""
    listed = [_told(key, one) for key, one in sorted(numbers(chapter).items())]
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in listed)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Number", "Value", "Unit", "Rows"))
    html = (f'<details class="numbers"><summary>The {len(listed)} numbers of this page that are no reading</summary>'
            f'<div class="table-box" tabindex="0" role="region" aria-label="Numbers of this page"><table class="designed">'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>")
    return Html(html, "\n".join(" | ".join(row) for row in listed))


def _told(key: str, one: Measure | str) -> tuple[str, str, str, str]:
    if not isinstance(one, Measure):
        return key, str(one), "", ""
    value = f"{one.value:.6g}" if isinstance(one.value, float) else str(one.value)
    rows = "; ".join(one.rows) if len(one.rows) <= 6 else f"{'; '.join(one.rows[:5])}; and {len(one.rows) - 5} more"
    return key, value, one.unit or "", rows
