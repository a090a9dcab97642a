"""Jupyter Book's own command, as a build runs it: ``python -m report.sphinx.run build ...``.

Settings are looked through first, since it would show a traceback for them; and a fault of what was written,
where it comes up in the midst of a page, is told in its own line.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

STOPPED = 130  # as the shell has it for a command that Ctrl-C has ended


def tell_faults_in_a_line() -> None:
    """Have Jupyter Book say of a fault what it is and how it is mended, and of other errors what it does."""
    from jupyter_book import sphinx

    from report.sphinx.faults import fault_of

    at_length = sphinx.handle_exception

    def handle_exception(app: Any, options: Any, error: BaseException, *rest: Any) -> None:
        if told := fault_of(error):
            print(f"\n{told}", file=sys.stderr)
        else:
            at_length(app, options, error, *rest)

    sphinx.handle_exception = handle_exception


def main(command: list[str]) -> int:
    """Run a command of Jupyter Book's; return the exit code, having said what is wrong where it is not 0."""
    # a build makes many objects and little garbage: looking for it took a tenth of its time
    gc.set_threshold(200_000, 50, 100)
    from jupyter_book.cli.main import main as jupyter_book

    from report.sphinx.settings import fault_of_settings

    config, contents = (Path(command[command.index(name) + 1]) for name in ("--config", "--toc"))
    if told := fault_of_settings(config, contents):
        print(told, file=sys.stderr)
        return 1
    tell_faults_in_a_line()
    try:
        jupyter_book(command, prog_name="jupyter-book")
    except SystemExit as ended:
        return int(ended.code or 0)
    except RuntimeError as error:
        if "building your book" not in str(error):
            raise
        return 2  # Sphinx has said what is wrong
    except KeyboardInterrupt:
        return STOPPED
    return 0


def leave(code: int) -> NoReturn:
    """End the process at once: to clear away all that a book is made of, object by object, takes a second."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
