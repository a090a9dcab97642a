"""The book as one file: ``make pdf`` and ``make epub`` run this, and ``make edition``.

The book is built first where it is not current. Then its pages are bound from what that build read and ran:
no notebook runs again. What is made stands in ``_build/bound``.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from filelock import FileLock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from report.build import BUILD, WORK, from_here, main as build_book, run_sphinx

BOUND = "bound"  # the builder in report/sphinx/bound.py
PLACE = BUILD / BOUND
FORMS = {"epub": "book.epub", "pdf": "book.pdf"}


def press() -> str | None:
    """Return why nothing can be printed here, or None where it can."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return (f"the PDF needs Pango, which is not on this machine ({error}); install it: on Debian and "
                "Ubuntu apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, on macOS "
                "brew install pango")
    return None


def printed(document: Path, target: Path) -> None:
    """Print a document as PDF/UA; raise ValueError where a link of it leads nowhere or a file is missing.

    The same document gives the same bytes: dates stand in it, and the file's identifier is made of its text.
    """
    import logging

    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    wrong: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            wrong.append(record.getMessage())

    log, kept = logging.getLogger("weasyprint"), Kept(logging.ERROR)
    log.addHandler(kept)
    try:
        weasyprint.HTML(filename=str(document)).write_pdf(
            target, font_config=FontConfiguration(), pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(document.read_bytes()).digest()[:16])
    finally:
        log.removeHandler(kept)
    if wrong:
        target.unlink(missing_ok=True)
        raise ValueError(f"{document.name} cannot be printed as it is: {'; '.join(dict.fromkeys(wrong))}")


def main(*forms: str) -> int:
    """Make the forms asked for; return 0, or say what is wrong and return another number."""
    if unknown := set(forms) - FORMS.keys():
        print(f"no form is called {unknown.pop()!r}; there are {', '.join(FORMS)}", file=sys.stderr)
        return 2
    if "pdf" in forms and (why := press()):
        print(why, file=sys.stderr)
        return 1
    if code := build_book():
        return code
    with FileLock(BUILD / ".lock"):
        if code := run_sphinx(BOUND):
            print("The book was not bound.", file=sys.stderr)
            return code
        made = WORK / "_build" / BOUND
        try:
            if "pdf" in forms:
                printed(made / "book.html", made / FORMS["pdf"])
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        PLACE.mkdir(exist_ok=True)
        for form in forms:
            shutil.copyfile(made / FORMS[form], PLACE / FORMS[form])
            print(f"The {form.upper()} is {from_here(PLACE / FORMS[form])}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or FORMS)))
