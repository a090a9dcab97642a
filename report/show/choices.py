"""A reader's choice among precomputed readings; the table of all answers is there without a script."""

from __future__ import annotations

from report.rule import Options, Reading, ReadingError, claim
from report.show.html import Html, rendered

FOLDED = 12  # answers above which their table is folded away


def choices(name: str, question: str, dimensions: dict[str, dict[str, str]],
            options: Options, unit: str | None = None, chart: str | None = None) -> Html:
    """Return a reader's choice among precomputed readings; the table of all of them is the static default.

    Parameters
    ----------
    name : id of the claim, in small letters; it names the choice in the page's address
        (``?name.dimension=key``)
    question : what the reader chooses, in words
    dimensions : label of each dimension -> {key: label of the option}
    options : (key of each dimension, in order) -> the reading or variant that it selects
    unit : unit of the values, where the options are variants alone
    chart : name of the chart whose parameter ``chosen`` follows the choice (keys joined by ``-``)
    """
    for keys in options:
        for key, (label, known) in zip(keys, dimensions.items(), strict=True):
            if key not in known:
                raise ReadingError(
                    f"choice {name!r}: {key!r} is no option of {label!r}; known are {', '.join(known)}"
                )
    graded = claim(name.upper()).kind.graded
    unit = unit or next((o.unit for o in options.values() if isinstance(o, Reading)), None)
    rows = [
        {
            "keys": "-".join(keys),
            "kind": "reading" if isinstance(option, Reading) else "variant",
            "option": option,
            "labels": [known[key] for key, known in zip(keys, dimensions.values(), strict=True)],
        }
        for keys, option in options.items()
    ]
    html = rendered(
        "choices.html",
        name=name,
        question=question,
        dimensions=dimensions,
        rows=rows,
        unit=unit,
        chart=chart,
        total=len({id(option) for option in options.values()}),
        folded=len(options) > FOLDED,
        rests="the verdict rests on all readings"
        if graded
        else "the claim is a judgement and has no verdict",
    )
    return Html(html, f"{question}: {len(options)} answers")
