"""The register of sources, broken on purpose: each fault is refused by its entry or line, with the fix."""

import pytest

from report.data.package import DataPackage
from report.data.sources import read_sources
from report.data.table import DataError
from tests.data.conftest import replaced


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  kind = {official},\n", "", r"field kind is missing; fill it in"),
        ("  kind = {official},", "  kind = {officious},", r"kind 'officious' is not one of official"),
        ("  read_as = {excerpt},", "  read_as = {skimmed},", r"read_as 'skimmed' is not one of original"),
        (
            "  urldate = {2026-11-23},",
            "  urldate = {23 November},",
            r"urldate '23 November' is not a year, month or day",
        ),
        (
            "  urldate = {2026-11-23},",
            "  urldate = {2026-11-23},\n  archived = {seen in a cache},",
            r"archived 'seen in a cache' is no address of an archived copy",
        ),
        ("  date = {2017-04-05}", "  date = {2017-02-30}", r"'2017-02-30' is not a year, month or day"),
        ("  year = {2017}", "  year = {2071}", r"year 2071 is not that of the date 2017-04-05; correct one"),
        ("  title = {", "  title = ", r"data/sources.bib: .*; correct the entry"),
        ("  licence = {", "  licnece = {", r"field 'licnece' is none that the register keeps; correct"),
        ("  title = {", "  title = {M\\'u ", r"title .* holds a command of LaTeX; write the letter itself"),
        ("  urldate = {2026-11-23},", "  urldate = {1926-11-23},", r"urldate 1926-11-23 lies before"),
        ("@misc{", "@micx{", r"@micx is no entry that the register keeps; write @misc, and what"),
        ("  url = {https://", "  url = {https://www. ", r"url .* is no address of the web; .* has no blank"),
        ("@misc{", "misc{", r"data/sources.bib, line \d+: 'misc\{\w+,' begins no entry; write @ before its"),
        ("@misc{", "<<<<<<< HEAD\n@misc{", r"line \d+: '<<<<<<<' begins no entry; write @ before"),
    ],
)
def test_broken_source(copied, old, new, message):
    """A source without kind, outside the vocabulary, with a bad date, or one that is no BibTeX."""
    path = copied / "sources.bib"
    replaced(path, old, new)
    with pytest.raises(DataError, match=message):
        read_sources(path)


def test_source_twice(copied):
    """Two entries with one key, the second of which BibTeX would drop in silence."""
    path = copied / "sources.bib"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n" + text[text.index("@"):text.index("\n}\n") + 3], encoding="utf-8")
    with pytest.raises(DataError, match=r"data/sources.bib: key '\w+' stands twice; keep one entry a source"):
        DataPackage(copied).load("trade/us_cpi")
