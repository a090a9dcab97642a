"""In which language a string is written, so that it is read out and set as one.

Titles and quotations of sources keep their own script. What is in another script than the page's is told by
its letters; one script is shared by several languages, and there a source's field ``language`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from report.data.package import remembered
from report.data.sources import sources

HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Letters of these scripts, and what stands between two of them that is a letter of no other.
RUN = re.compile(f"[{HANGUL}{KANA}{HAN}](?:[^A-Za-z\u00c0-\u024f\u0370-\u052f]*[{HANGUL}{KANA}{HAN}])*")


@remembered
def stated() -> dict[str, str]:
    """Return the runs in titles of sources that name their language, with it."""
    return {run: one.language for one in sources().values() if one.language for run in RUN.findall(one.title)}


def language_of(run: str) -> str:
    """Return the code of the language of a run: by its letters, else as its source says, else ``zh``."""
    if re.search(f"[{KANA}]", run):
        return "ja"
    if re.search(f"[{HANGUL}]", run):
        return "ko"
    return stated().get(run, "zh")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text in order, each with its language, or with "" where it is the page's own."""
    end = 0
    for found in RUN.finditer(text):
        if found.start() > end:
            yield text[end:found.start()], ""
        yield found[0], language_of(found[0])
        end = found.end()
    if end < len(text):
        yield text[end:], ""


def told(text: object) -> Markup:
    """Return a text for a template, escaped unless it is HTML, with its language told wherever it is not the
    page's; no tag lies within a run, since its name has letters.
    """
    written = Markup if hasattr(text, "__html__") else escape
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(tongue, written(part)) if tongue else written(part)
        for part, tongue in runs(str(text)))
