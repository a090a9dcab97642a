"""The one register of sources, ``data/sources.bib``: parsed by pybtex and checked against the vocabulary of
the design.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError

from report.data.needs import Register
from report.data.package import bibliography, package, remembered
from report.data.table import DataError, lacking
from report.dates import is_before, is_date

TYPE = "misc"  # of all entries: what a source is stands in its kind
KINDS = ("official", "dataset", "think-tank", "press", "scholarship", "advocacy", "encyclopedia", "secondary")
READ_AS = ("original", "reprint", "excerpt", "dataset copy")
REDISTRIBUTION = ("open", "cite", "figures only")
OPTIONAL = ("author", "publisher", "date", "url", "note", "licence", "archived", "language")
# between entries, where BibTeX reads nothing: one without its @, and what git leaves of two versions
LOST = re.compile(r"^(?:\w+\s*\{\s*[^,\s{}=]+,\s*$|(?:<{7}|={7}|>{7})(?:\s|$))", re.M)
REQUIRED = ("title", "year", "urldate", "kind", "producer", "carrier", "read_as", "redistribution")


@dataclass(frozen=True)
class Source:
    """Where a figure was read. ``producer`` made it, ``carrier`` printed it; ``date`` is its day, month or
    year.
    """

    id: str
    title: str
    by: str
    date: str
    url: str | None
    accessed: str
    kind: str
    producer: str
    carrier: str
    read_as: str
    licence: str | None
    redistribution: str
    note: str
    archived: str | None = None  # where a copy of it as it was is kept
    language: str = ""  # of its title, as a code such as ja, where its letters do not tell

    @property
    def short(self) -> str:
        """Return the source as a chart's source line names it: who made it, through whom it was read, and
        when.
        """
        via = "" if self.carrier == self.producer else f" via {self.carrier}"
        return f"{self.producer}{via} ({self.date[:4]})"

    @property
    def href(self) -> str:
        return f"references.html#source-{anchor(self.id)}"


def anchor(id: str) -> str:
    """Return an id as docutils would write it in an address."""
    return re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")


def _by(entry: Entry) -> str:
    people = [re.sub(r"[{}]", "", str(p)) for p in entry.persons.get("author", [])]
    return " and ".join(people) if people else entry.fields.get("publisher") or entry.fields["carrier"]


def _source(id: str, entry: Entry) -> Source:
    """Return what the register keeps of an entry; refuse one that says too little or too much."""
    fields = {
        k.lower(): re.sub(r"\\([&%#_$])", r"\1", re.sub(r"[{}]", "", str(v))) for k, v in entry.fields.items()
    }

    def refuse(what: str) -> None:
        raise DataError(f"data/sources.bib, {id}: {what}")

    if entry.type != TYPE:
        refuse(f"@{entry.type} is no entry that the register keeps; write @{TYPE}, and what it is into kind")
    if not re.fullmatch(r"[A-Za-z0-9_:.+-]*[A-Za-z0-9]", id) or id.startswith("."):
        refuse("is no key that an address can hold; write letters, digits and underscores")
    if missing := [name for name in REQUIRED if not fields.get(name)]:
        refuse(lacking([f"field {name}" for name in missing]))
    if unknown := sorted({*fields, *entry.persons} - {*REQUIRED, *OPTIONAL}):
        refuse(f"field {unknown[0]!r} is none that the register keeps; correct its name, or move what it "
               "says into note")
    if odd := next((name for name, value in fields.items() if "\\" in value), None):
        refuse(f"{odd} {fields[odd]!r} holds a command of LaTeX; write the letter itself")
    for name, vocabulary in (("kind", KINDS), ("read_as", READ_AS), ("redistribution", REDISTRIBUTION)):
        if fields[name] not in vocabulary:
            refuse(f"{name} {fields[name]!r} is not one of {', '.join(vocabulary)}; use one of these")
    day = fields.get("date") or fields["year"]
    for name, value in (("date or year", day), ("urldate", fields["urldate"])):
        if not is_date(value):
            refuse(f"{name} {value!r} is not a year, month or day such as 2014-06-05; correct it")
    if not day.startswith(fields["year"]):
        refuse(f"year {fields['year']} is not that of the date {day}; correct one of them")
    if is_before(fields["urldate"], day):
        refuse(f"urldate {fields['urldate']} lies before the date {day}; correct one of them")
    if not fields.get("url") and not fields.get("note"):
        refuse("has neither url nor note; say where it can be found, or that its address is not known")
    if fields.get("url") and not re.fullmatch(r"https?://[^/\s]+(?:/\S*)?", fields["url"]):
        refuse(f"url {fields['url']!r} is no address of the web; write one that begins with https:// or "
               "http:// and has no blank")
    if fields.get("archived") and not re.match(r"https://[^/ ]+/\S+$", fields["archived"]):
        refuse(f"archived {fields['archived']!r} is no address of an archived copy; write one that begins "
               "with https:// and has no blank")
    if not fields.get("licence") and not fields.get("note"):
        refuse("has neither licence nor note; say that its licence was not stated")
    if not re.fullmatch(r"([a-z]{2,3}(-[A-Za-z0-9]+)*)?", fields.get("language", "")):
        refuse(f"language {fields['language']!r} is no code of a language; write one such as ja or zh-Hant")
    return Source(
        id,
        fields["title"],
        _by(entry),
        day,
        fields.get("url"),
        fields["urldate"],
        fields["kind"],
        fields["producer"],
        fields["carrier"],
        fields["read_as"],
        fields.get("licence"),
        fields["redistribution"],
        fields.get("note", ""),
        fields.get("archived"),
        fields.get("language", ""),
    )


def read_sources(path: Path) -> dict[str, Source]:
    """Return the sources of a BibTeX file by id; raise DataError that names the entry and the fix."""
    text, kept = bibliography(path), None
    if folder := os.environ.get("REPORT_MARKS"):  # of a build, whose every process asks for the same
        read_by = Path(__file__).read_bytes() + sys.version.encode()
        kept = Path(folder) / f"{hashlib.sha256(text.encode() + read_by).hexdigest()[:32]}.sources"
        if kept.exists():
            return pickle.loads(kept.read_bytes())
    if lost := LOST.search(text):
        line = text[: lost.start()].count("\n") + 1
        raise DataError(f"data/sources.bib, line {line}: {lost[0].strip()!r} begins no entry; write @ before "
                        "its kind, or remove the line")
    try:
        entries = parse_string(text, "bibtex").entries
    except PybtexError as error:
        raise DataError(f"data/sources.bib: {error}; correct the entry") from None
    found = {id: _source(id, entry) for id, entry in entries.items()}
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        aside = kept.with_suffix(f".{os.getpid()}")
        aside.write_bytes(pickle.dumps(found))
        aside.replace(kept)
    return found


@remembered
def sources() -> Register[Source]:
    """Return the project's register of sources by id."""
    return Register("source", read_sources(package().root / "sources.bib"))
