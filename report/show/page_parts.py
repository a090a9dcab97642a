"""What a chapter shows of the ledger: a claim's box, the scorecard, and a reader's choice among readings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from report.rule import VANTAGES, Claim, Indicator, Reading, ReadingError, Variant, Verdict, claim, claims
from report.prose import formatted
from report.data.package import SEPARATOR
from report.book import indicators, readings, treated, verdicts
from report.data.sources import sources

# A mark says the same as its colour, so that neither colour nor shape carries a verdict alone.
MARKS = {"supported": "●", "mostly supported": "◕", "mixed": "◑", "mostly contradicted": "◔", "contradicted": "○",
         "untested": "–", "attested": "●", "contested": "◑", "not attested": "○", None: "·"}
HEADINGS = {"then": "As of February 2017", "now": "As of now"}


@dataclass(frozen=True)
class Html:
    """A piece of HTML with the words that stand for it elsewhere."""

    html: str
    plain: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/html": self.html, "text/plain": self.plain}


def slug(word: str | None) -> str:
    return (word or "none").replace(" ", "-")


def badge(verdict: Verdict, vantage_named: bool = False) -> str:
    """Return a verdict's mark, word and counts."""
    when = f'<span class="when">{verdict.vantage}</span> ' if vantage_named else ""
    word = verdict.word or ("no verdict" if verdict.readings or claim(verdict.claim).kind == "judgement" else "no verdict then")
    more = "".join(f'<span class="qualifier">, {q}</span>' for q in verdict.qualifiers)
    counts = f' <span class="counts">{verdict.counts}</span>' if verdict.word else ""
    return (f'<span class="verdict {slug(verdict.word)}">{when}<span class="glyph" aria-hidden="true">'
            f'{MARKS[verdict.word]}</span> <span class="word">{word}</span>{more}{counts}</span>')


def number(value: float | None, unit: str | None) -> str:
    """Return a value as tables print it: few digits, thousands parted, its unit behind it."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 1000 or float(value).is_integer() else 1 if abs(value) >= 1 else 2
    text = formatted(value, f",.{digits}f")
    unit = {"percent": "%"}.get(unit, f" {unit}" if unit else "")
    return f"{text}{unit}"


def _met(met: bool) -> str:
    return f'<span class="{"met" if met else "unmet"}">{"✓ met" if met else "✗ not met"}</span>'


def _cite(ids: Sequence[str]) -> str:
    links = [f'<a href="{sources()[i].href}">{escape(sources()[i].short)}</a>' for i in ids[:4]]
    return "; ".join(links) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")


def _criterion(r: Reading) -> str:
    if r.op is None:
        return ""
    return f"{r.op} {number(r.threshold, r.unit)}" if not r.op.startswith("within") \
        else f"{number(r.threshold, r.unit)} {r.op.replace('within', '±')}"


def _period(period: tuple[str, str]) -> str:
    return period[0] if period[0] == period[1] else f"{period[0]}–{period[1]}"


def _reading_row(r: Reading, addressed: bool) -> str:
    id = f' id="{r.id}"' if addressed else ""
    later = ' <abbr class="later" title="published after February 2017">later source</abbr>' if r.later_source else ""
    speaker = f' <span class="speaker">({escape(r.speaker)})</span>' if r.speaker else ""
    note = f'<span class="note">{escape(r.note)}</span>' if r.note else ""
    rows = [f'<tr{id}><td>{escape(r.label)}{speaker}{later}{note}</td><td class="number">{f"{r.said} " if r.said else ""}{number(r.value, r.unit)}</td>'
            f"<td>{_met(r.met)}</td><td>{_period(r.period)}</td><td>{_cite(r.sources)}</td></tr>"]
    for v in r.variants:
        rows.append(f'<tr class="variant"><td>variant: {escape(v.label)}</td>'
                    f'<td class="number">{number(v.value, r.unit)}</td><td>{_met(v.met)}</td><td></td>'
                    f"<td>{_cite(v.sources)}</td></tr>")
    return "".join(rows)


def readings_table(one: Claim, vantage: str, addressed: bool = False) -> str:
    """Return the readings of a claim at a vantage as a table, limb by limb, variants under their reading."""
    body = []
    for limb in one.limbs:
        here = [r for r in readings(one.id) if r.limb == limb.name and r.vantage == vantage]
        met = f"{sum(r.met for r in here)} of {len(here)}" if here else "no reading"
        body.append(f'<tbody><tr class="limb"><th colspan="5" scope="rowgroup"><span class="limb-name">{limb.name}</span> '
                    f"{escape(limb.criterion)} <span class='counts'>{met}</span></th></tr>"
                    + "".join(_reading_row(r, addressed) for r in here) + "</tbody>")
    return (f'<div class="table-box" tabindex="0" role="region" aria-label="{one.id}: readings, {HEADINGS[vantage].lower()}">'
            f'<table class="readings"><caption>{HEADINGS[vantage]}</caption><thead><tr><th scope="col">Reading</th>'
            '<th scope="col">Value</th><th scope="col">Criterion</th><th scope="col">Period</th>'
            f'<th scope="col">Sources</th></tr></thead>{"".join(body)}</table></div>')


def indicators_table(one: Claim, addressed: bool = False) -> str:
    """Return the indicators of a claim as a table, or nothing where it has none."""
    if not indicators(one.id):
        return ""

    def row(i: Indicator) -> str:
        id = f' id="{i.id}"' if addressed else ""
        note = f'<span class="note">{escape(i.note)}</span>' if i.note else ""
        return (f'<tr{id}><td>{escape(i.label)}{note}</td><td class="number">{number(i.value, i.unit)}</td><td>{i.vantage}</td>'
                f"<td>{_period(i.period)}</td><td>{_cite(i.sources)}</td></tr>")

    return (f'<div class="table-box" tabindex="0" role="region" aria-label="{one.id}: indicators">'
            '<table class="readings"><caption>Indicators (no vote)</caption><thead><tr><th scope="col">Indicator</th>'
            '<th scope="col">Value</th><th scope="col">Vantage</th><th scope="col">Period</th><th scope="col">Sources</th>'
            f'</tr></thead><tbody>{"".join(row(i) for i in indicators(one.id))}</tbody></table></div>')


def evidence(one: Claim, addressed: bool = False) -> str:
    """Return all that stands behind a claim's verdicts: readings at both vantages, then indicators."""
    tables = [readings_table(one, v, addressed) for v in VANTAGES
              if any(r.vantage == v for r in readings(one.id))]
    return "".join(tables) + indicators_table(one, addressed)


def badges(id: str) -> str:
    """Return a claim's verdicts then and now, or that it is not treated yet."""
    if not treated(id):
        return '<span class="verdict none"><span class="word">not yet treated</span></span>'
    if claim(id).kind == "judgement":
        return (f'<span class="verdict none"><span class="glyph" aria-hidden="true">{MARKS[None]}</span> '
                '<span class="word">a judgement: indicators, no verdict</span></span>')
    return " ".join(badge(v, True) for v in verdicts(id).values())


def plain_verdict(id: str) -> str:
    """Return a claim's verdicts in one line of words."""
    if not treated(id):
        return f"{id}: not yet treated"
    said = "; ".join(f"{v.vantage} {v.phrase} ({v.counts})" for v in verdicts(id).values())
    return f"{id}: {said}"


def verdict(id: str) -> Html:
    """Return the box of a claim: its words, verdicts then and now, and the readings behind them."""
    one = claim(id)
    if not treated(id):
        raise ReadingError(f"{id} has no readings function yet; add it to CLAIMS of its chapter's module")
    html = (f'<section class="claim-box" id="box-{one.id.lower()}" aria-label="Verdict on {one.id}">'
            f'<p class="claim-text"><a class="claim-id" href="{one.href}">{one.id}</a> {escape(one.text)}.</p>'
            f'<p class="verdicts">{badges(id)}</p>'
            f"<details><summary>The readings behind it</summary>{evidence(one)}</details></section>")
    return Html(html, plain_verdict(id))


def table(rows: pd.DataFrame, columns: dict[str, str], caption: str, claims: str | None = None) -> Html:
    """Return a designed table of rows that each name their sources, for what a table says better than a chart.

    ``columns`` maps the columns shown to their headings; ``rows`` needs ``source_id``. Rows computed from the readings of
    whole claims lead to these instead, in the column ``claims`` (ids joined by ", "), with the number of sources behind them.
    """
    missing = [c for c in (*columns, "source_id") if c not in rows]
    if missing or rows.empty or rows["source_id"].isna().any():
        raise ReadingError(f"table {caption!r}: " + (f"column {missing[0]!r} is missing" if missing else "a row or its source is missing"))
    body = "".join(
        "<tr>" + "".join(f"<td>{_ledger_links(v, ids)}</td>" if c == claims else _table_cell(v) for c, v in zip(columns, row, strict=True))
        + ("" if claims else f"<td>{_cite(ids.split(SEPARATOR))}</td>") + "</tr>"
        for row, ids in zip(rows[list(columns)].itertuples(index=False, name=None), rows["source_id"], strict=True))
    heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in (*columns.values(), *(() if claims else ("Source",))))
    html = (f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="designed">'
            f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>")
    return Html(html, rows[list(columns)].to_string(index=False))


def _ledger_links(ids: str, cited: str) -> str:
    links = ", ".join(f'<a href="{claim(id).href}">{id}</a>' for id in ids.split(", ") if id)
    count = len(set(cited.split(SEPARATOR)))
    return f'{links} <span class="counts">({count} source{"s" if count > 1 else ""})</span>'


def _table_cell(value) -> str:
    if value is None or pd.isna(value):
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, pd.Timestamp):
        return f"<td>{value.date().isoformat()}</td>"
    if hasattr(value, "item") or isinstance(value, (int, float)):
        return f'<td class="number">{number(float(value), None)}</td>'
    return f"<td>{escape(str(value))}</td>"


def scorecard(chapter: str | None = None) -> Html:
    """Return the table of claims with their verdicts; of one chapter, or of the whole article."""
    chosen = [c for c in claims().values() if chapter in (None, c.chapter)]
    if not chosen:
        raise ReadingError(f"no claim belongs to chapter {chapter!r}")
    rows = "".join(_score_row(c) for c in chosen)
    html = ('<div class="table-box" tabindex="0" role="region" aria-label="Scorecard of claims"><table class="scorecard">'
            '<thead><tr><th scope="col">Claim</th><th scope="col">What the article says</th><th scope="col">Then</th>'
            f'<th scope="col">Now</th></tr></thead><tbody>{rows}</tbody></table></div>')
    return Html(html, "\n".join(plain_verdict(c.id) for c in chosen))


def _score_row(one: Claim) -> str:
    if not treated(one.id):
        cells = '<td colspan="2" class="quiet">not yet treated</td>'
    elif one.kind == "judgement":
        cells = '<td colspan="2" class="quiet">a judgement: indicators, no verdict</td>'
    else:
        cells = "".join(f"<td>{badge(v)}</td>" for v in verdicts(one.id).values())
    text = f'<a href="{one.chapter}.html#box-{one.id.lower()}">{escape(one.text)}</a>' if treated(one.id) else escape(one.text)
    return f'<tr><th scope="row"><a href="{one.href}">{one.id}</a></th><td>{text}</td>{cells}</tr>'


def choices(name: str, question: str, dimensions: dict[str, dict[str, str]],
            options: dict[tuple[str, ...], Reading | Variant], unit: str | None = None, chart: str | None = None) -> Html:
    """Return a reader's choice among precomputed readings; the table of all of them is the static default.

    Parameters
    ----------
    name : id of the claim, in small letters; it names the choice in the page's address (``?c14.dimension=key``)
    question : what the reader chooses, in words
    dimensions : label of each dimension -> {key: label of the option}
    options : (key of each dimension, in order) -> the reading or variant that it selects
    unit : unit of the values, where the options are variants alone
    chart : name of the chart whose parameter ``chosen`` follows the choice (keys joined by ``-``)
    """
    for keys in options:
        for key, (label, known) in zip(keys, dimensions.items(), strict=True):
            if key not in known:
                raise ReadingError(f"choice {name!r}: {key!r} is no option of {label!r}; known are {', '.join(known)}")
    rests = "the claim is a judgement and has no verdict" if claim(name.upper()).kind == "judgement" else \
        "the verdict rests on all readings"
    total = len({id(o) for o in options.values()})
    unit = unit or next((o.unit for o in options.values() if isinstance(o, Reading)), None)
    selects = "".join(
        f'<label>{escape(label)} <select name="{slug(label.lower())}">'
        + "".join(f'<option value="{k}">{escape(v)}</option>' for k, v in known.items()) + "</select></label>"
        for label, known in dimensions.items())
    rows = "".join(_choice_row(keys, dimensions, o, unit) for keys, o in options.items())
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in dimensions)
    html = (f'<form class="choices" data-name="{name}"{f" data-chart={json.dumps(chart)}" if chart else ""} '
            f'data-total="{total}" data-rests="{rests}" aria-label="{escape(question)}"><fieldset><legend>{escape(question)}</legend>'
            f'<div class="selects" hidden>{selects}</div><output aria-live="polite" hidden></output></fieldset>'
            f'<details{"" if len(options) > 12 else " open"}><summary>All {len(options)} answers</summary>'
            f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(question)}: all answers">'
            f'<table><thead><tr>{heads}<th scope="col">Value</th><th scope="col">Criterion</th>'
            f"<th scope='col'>Sources</th></tr></thead><tbody>{rows}</tbody></table></div></details></form>")
    return Html(html, f"{question}: {len(options)} answers")


def _choice_row(keys: tuple[str, ...], dimensions: dict, o: Reading | Variant, unit: str | None) -> str:
    labels = "".join(f"<td>{escape(known[k])}</td>" for k, known in zip(keys, dimensions.values(), strict=True))
    kind = "reading" if isinstance(o, Reading) else "variant"
    return (f'<tr data-keys="{"-".join(keys)}" data-kind="{kind}">{labels}<td class="number">{number(o.value, unit)}</td>'
            f"<td>{_met(o.met)}</td><td>{_cite(o.sources)}</td></tr>")
