"""Write what the settings of the article say into the files that others read: ``make identity``.

``article.toml`` is the one place for edition, day, title, authors, licences, site, repository and DOI. Pages
and ledger read it; CITATION.cff, pyproject.toml and a part of the README are files that GitHub, Zenodo and
pip read, so they are written from it. A test compares them with what would be written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from report.article import Article, article, project
from report.identity import day, edition_of, launch_address, spdx
from report.prose import enumerated

BEGIN, END = "<!-- made by make identity -->", "<!-- to here -->"
WIDE = 10_000  # columns, so that no sentence is broken


def citation_cff(one: Article) -> str:
    """Return the report as a CITATION.cff of version 1.2.0, without the fields that are not known.

    One licence stands there, that of the report: Zenodo reads a list of them as an error.
    """
    released = {"date-released": one.released.isoformat()} if one.released else {}
    places = {
        name: value
        for name, value in (("doi", one.doi), ("url", one.site), ("repository-code", one.repository))
        if value
    }
    about: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this report, please cite it and name the edition.",
        "type": "software",
        "title": one.report_title,
        "abstract": one.abstract,
        "authors": [{"name": one.authors}],
        "version": one.edition,
        **released,
        **places,
        "license": spdx(one.licence),
        "keywords": list(one.keywords),
        "preferred-citation": {
            "type": "report",
            "title": one.report_title,
            "authors": [{"name": one.authors}],
            "version": one.edition,
            "year": (one.released or one.as_of).year,
            **released,
            **{k: v for k, v in places.items() if k != "repository-code"},
        },
    }
    told = yaml.safe_dump(
        {k: v for k, v in about.items() if v}, sort_keys=False, allow_unicode=True, width=WIDE
    )
    return f"# Made of article.toml by make identity; a change here is lost.\n{told}"


def with_version(pyproject: str, one: Article) -> str:
    """Return pyproject.toml with the number of the edition."""
    return re.sub(r'^version = ".*"', f'version = "{one.edition}"', pyproject, count=1, flags=re.M)


def readme_part(one: Article) -> str:
    """Return what the README says of citing the report and of where it lives."""
    doi = f" https://doi.org/{one.doi}" if one.doi else ""
    before = f" The edition before it is {one.earlier[-1].number}." if one.earlier else ""
    lines = [f"{one.authors}, *{one.report_title}*, {edition_of(one)}.{doi}{before}", ""]
    links = [
        text
        for text in (
            f"[The book]({one.site})" if one.site else "",
            f"[Repository]({one.repository})" if one.repository else "",
            f"[Run it on Binder]({launch_address(one)})" if launch_address(one) else "",
            f"[DOI {one.doi}](https://doi.org/{one.doi})" if one.doi else "",
        )
        if text
    ]
    if links:
        lines += [" · ".join(links), ""]
    unknown = [
        what
        for what, value in (
            ("a public address", one.site),
            ("a repository", one.repository),
            ("a DOI", one.doi),
        )
        if not value
    ]
    if unknown:
        lines += [
            f"Not known yet, and therefore nowhere in the book: {enumerated(unknown)}. "
            "Each is one line of `article.toml`; after it `make identity`.",
            "",
        ]
    known = f"What the book calls *now* is {day(one.as_of)}."
    return "\n".join([*lines, known])


def with_part(readme: str, one: Article) -> str:
    """Return a README with the part between the marks made anew; one without marks stays as it is."""
    return re.sub(
        f"{re.escape(BEGIN)}.*?{re.escape(END)}",
        lambda _: f"{BEGIN}\n{readme_part(one)}\n{END}",
        readme,
        flags=re.S,
    )


def stamped(root: Path | None = None, one: Article | None = None) -> dict[str, str]:
    """Return the files of a project that tell who it is, by name, as they should be."""
    root, one = root or project(), one or article()
    told = {"CITATION.cff": citation_cff(one)}
    for name, made in (("pyproject.toml", with_version), ("README.md", with_part)):
        if (root / name).exists():
            told[name] = made((root / name).read_text(encoding="utf-8"), one)
    return told


def main() -> None:
    """Write the files that differ, and say which."""
    for name, text in stamped().items():
        path = project() / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"written: {name}")


if __name__ == "__main__":
    main()
