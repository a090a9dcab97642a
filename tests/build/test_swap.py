"""Whatever happens to a build, the book in its place is the whole old one or the whole new one, and says so.

Sphinx is left out: what is tested is the command around it, on pages that cost nothing.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from types import SimpleNamespace

import pytest

from tests.build.conftest import first_price, said, set_first_price, write_pages
from tests.references import PROJECT

OLD, NEW = "1.8", "1.9"
NEEDING_ROOM = {"os.mkdir", "shutil.copyfile", "writing"}
CHANGING = {*NEEDING_ROOM, "os.rename", "os.remove", "os.rmdir", "shutil.copytree", "shutil.rmtree",
            "ctypes.dlopen"}
_fault: list = []  # what to raise, at which events, and at which of them from now


class Killed(BaseException):
    """The end of a process, which nothing in it can handle."""


def _at_each_step(event: str, args: tuple) -> None:
    if event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR):
        event = "writing"
    if not _fault or event not in _fault[0][1]:
        return
    raised, events, left = _fault[0]
    _fault[:] = [(raised, events, left - 1)] if left else []
    if not left:
        raise raised


sys.addaudithook(_at_each_step)  # Python tells it of every change to files, and it cannot be taken off again


def steps(builder, raised: BaseException, events: set[str]):
    """Yield the outcome of builds that fail at their first change to a file, their second, and so on."""
    for step in range(500):
        shutil.rmtree(builder.BUILD, ignore_errors=True)
        set_first_price(builder.PROJECT, OLD)
        assert builder.main() == 0
        set_first_price(builder.PROJECT, NEW)
        _fault[:] = [(raised, events, step)]
        try:
            outcome = builder.main()
        except Killed:
            outcome = None
        passed = bool(_fault)
        _fault.clear()
        yield step, outcome
        if passed:
            return
    raise AssertionError("a build takes no 500 steps")


def test_a_build_killed_at_any_moment_leaves_a_whole_book(builder, capsys):
    """Half a site called whole; a moment without a book; a state that only `make clean` cures."""
    killed = 0
    for step, outcome in steps(builder, Killed(), CHANGING):
        killed += outcome is None
        assert said(builder) in ({OLD}, {NEW}), f"step {step}"
        assert (said(builder) == {NEW}) == builder.is_current(), f"step {step}"
        assert builder.main() == 0 and said(builder) == {NEW}, f"step {step}"
        assert not builder.NEXT.exists() and not builder.BEFORE.exists(), f"step {step}"
    assert killed > 20


def test_a_full_disk_at_any_moment_is_said_and_leaves_a_whole_book(builder, capsys):
    """A traceback in place of a sentence; success reported of a book that could not be written."""
    refused = 0
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    for step, outcome in steps(builder, full, NEEDING_ROOM):
        refused += outcome == 1
        assert said(builder) == ({NEW} if outcome == 0 else {OLD}), f"step {step}"
        assert builder.main() == 0 and said(builder) == {NEW}, f"step {step}"
    assert refused > 5
    assert "The book was not built: [Errno 28] No space left on device" in capsys.readouterr().err


def test_a_system_without_an_exchange_swaps_in_two_steps(builder, monkeypatch):
    """A book that is only put in its place where folders can be exchanged in one step."""
    monkeypatch.setattr(builder, "exchange", lambda one, other: False)
    assert builder.main() == 0
    set_first_price(builder.PROJECT, NEW)
    assert builder.main() == 0 and said(builder) == {NEW}
    builder.BOOK.rename(builder.BEFORE)  # as a kill between the two leaves it
    assert builder.main() == 0 and said(builder) == {NEW}


def test_a_book_can_stand_outside_of_its_project(builder, monkeypatch, tmp_path, capsys):
    """A book that was built whole, and a command that fails because it cannot say where."""
    monkeypatch.setattr(builder, "BOOK", tmp_path / "elsewhere" / "html")
    monkeypatch.setattr(builder, "NEXT", tmp_path / "elsewhere" / "html.next")
    assert builder.main() == 0 and said(builder) == {OLD}
    assert builder.main() == 0 and str(builder.BOOK) in capsys.readouterr().out


def test_a_failed_build_is_never_current(builder, capsys):
    """Pages of a failed build in the book; an edit taken back after it, and the fault still shown."""
    assert builder.main() == 0
    set_first_price(builder.PROJECT, NEW)
    builder.run_sphinx = lambda: write_pages(builder) or 2
    assert builder.main() == 2 and said(builder) == {OLD} and not builder.is_current()
    assert "the one before stays in _build/html" in capsys.readouterr().err
    set_first_price(builder.PROJECT, OLD)
    builder.run_sphinx = lambda: pytest.fail("there is nothing to build")
    assert builder.main() == 0 and said(builder) == {OLD} and builder.is_current()


def test_a_build_that_is_refused_early_has_no_page_read_again(builder):
    """All pages read and written again after a table's fault is mended, for ten seconds."""
    assert builder.main() == 0
    read = builder.READ / "trade.doctree"
    read.parent.mkdir()
    read.touch()
    builder.MADE_OF.write_text("{}", encoding="utf-8")
    set_first_price(builder.PROJECT, NEW)
    builder.run_sphinx = lambda: builder.MADE_OF.unlink() or 2
    assert builder.main() == 2 and builder.main() == 2 and builder.MADE_OF.exists()
    builder.begin()
    assert read.exists()
    builder.UNFINISHED.unlink()
    builder.run_sphinx = lambda: write_pages(builder) or 2
    assert builder.main() == 2
    builder.begin()
    assert not read.exists() and not builder.MADE_OF.exists()


def test_a_current_book_asks_for_no_right_to_write(builder, monkeypatch):
    """Another user, or a folder that is read-only, told that a book is not built which stands there whole."""
    assert builder.main() == 0

    def refused(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(builder, "FileLock", refused)
    assert builder.main() == 0
    set_first_price(builder.PROJECT, NEW)
    assert builder.main() == 1 and said(builder) == {OLD}


def test_a_file_changed_and_changed_back_is_noticed(builder):
    """Pages of two states side by side, since a file was another while some of them were made."""
    assert builder.main() == 0
    set_first_price(builder.PROJECT, NEW)
    built = []

    def meddled() -> int:
        set_first_price(builder.PROJECT, "7.7")
        write_pages(builder)
        set_first_price(builder.PROJECT, NEW)
        built.append(first_price(builder.PROJECT))
        if len(built) > 1:
            builder.run_sphinx = lambda: write_pages(builder)
        return 0

    builder.run_sphinx = meddled
    assert builder.main() == 0 and said(builder) == {NEW} and len(built) == 2


def test_what_was_computed_while_a_file_changed_is_forgotten(builder):
    """A reading of another state of the code that the next build takes for one of its own."""
    answer = builder.ANSWERS / "of this code" / "one.answer"

    def computing(code: int, meddle: bool) -> int:
        answer.parent.mkdir(parents=True, exist_ok=True)
        answer.touch()
        if meddle:
            set_first_price(builder.PROJECT, NEW)
            set_first_price(builder.PROJECT, OLD)
        return write_pages(builder) or code

    found = []
    for code, meddle in ((0, False), (2, False), (2, True)):
        builder.run_sphinx = partial(computing, code, meddle)
        builder.build()
        builder.begin()
        found.append(answer.exists())
    assert found == [True, True, False]
    answer.parent.mkdir(parents=True)
    answer.touch()
    builder.begin()  # after one that was killed
    assert not answer.exists()


def test_two_builds_wait_for_one_another(builder):
    """Two builds in one folder at once."""
    at_once, most = [], []

    def slow() -> int:
        at_once.append(1)
        most.append(len(at_once))
        made = write_pages(builder)
        at_once.pop()
        return made

    builder.run_sphinx = slow
    ended = []
    both = [threading.Thread(target=lambda: ended.append(builder.main())) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert ended == [0, 0] and most == [1]  # the second finds the book of the first


STARTING = """
import subprocess, sys
from children import end_with_parent
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30); print('still at it')"],
                 preexec_fn=end_with_parent)
print("started", flush=True)
input()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such signal")
def test_what_a_killed_build_started_ends_with_it():
    """A Sphinx that goes on writing beside the next build after `make` was killed."""
    folder = PROJECT / "report" / "sphinx"
    parent = subprocess.Popen([sys.executable, "-c", STARTING], env={**os.environ, "PYTHONPATH": str(folder)},
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout.readline() == "started\n"
    parent.kill()
    assert parent.stdout.read() == ""  # which waits for the child too, since it holds the other end
    parent.wait()


@pytest.mark.parametrize("name", ["data/bread/prices.csv", "data/bread/prices.toml", "data/sources.bib",
                                  "data/datapackage.json", "article.toml", "case/bread/series.py",
                                  "chapters/bread.md", "_config.yml", "_toc.yml", "chapters/new.md",
                                  "case/bread/numbers.py", "data/bread/new.csv"])
def test_every_input_is_in_the_fingerprint(builder, name):
    """A file that a page is made of and that changes, comes or goes unnoticed."""
    before = builder.state()
    path = builder.PROJECT / name
    known = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text((known or "") + "\n", encoding="utf-8")
    assert builder.state() != before
    path.unlink()
    assert (builder.state() != before) == (known is not None)


def test_the_engine_and_its_libraries_are_in_the_fingerprint(builder, monkeypatch, tmp_path):
    """A library or a file of the engine that changes unnoticed."""
    engine = {p for p in builder.Path(builder.__file__).parent.rglob("*")
              if p.is_file() and "__pycache__" not in p.parts}
    assert engine <= set(builder.inputs())
    before = builder.state()
    (tmp_path / "charting-9.9.dist-info").mkdir()
    fingerprint = sys.modules["fingerprint"]
    monkeypatch.setattr(fingerprint.site, "getsitepackages", lambda: [str(tmp_path)])
    assert builder.state() != before


def test_a_book_that_was_made_is_put_in_its_place_without_being_made_again(builder):
    """A book that is gone, or that a kill or a full disk kept from its place: pages that are there already
    are held for a build that has begun, or made a second time.
    """
    assert builder.main() == 0
    builder.run_sphinx = lambda: pytest.fail("the pages were made again")
    shutil.rmtree(builder.BOOK)
    assert builder.main() == 0 and said(builder) == {first_price(builder.PROJECT)}
    set_first_price(builder.PROJECT, NEW)
    shutil.rmtree(builder.BOOK)
    builder.run_sphinx = lambda: write_pages(builder)
    assert builder.main() == 0 and said(builder) == {NEW}


@pytest.mark.parametrize("harm", [lambda page: page.unlink(), lambda page: page.write_text(""),
                                  lambda page: page.with_name("old.html").write_text("of another book")])
def test_a_book_that_was_harmed_is_whole_again(builder, harm):
    """A page that somebody removed, cut short or added, in a book that is said to be what was built."""
    assert builder.main() == 0
    builder.run_sphinx = lambda: pytest.fail("the pages were made again, and stood there")
    harm(builder.BOOK / "2.html")
    assert not builder.is_current()
    assert builder.main() == 0 and said(builder) == {OLD}
    made = []
    builder.run_sphinx = lambda: made.append(1) or write_pages(builder)
    for folder in (builder.BOOK, builder.PAGES):
        (folder / "1.html").unlink()
    assert builder.main() == 0 and said(builder) == {OLD} and made


def test_a_build_that_is_stopped_says_so(builder, capsys):
    """Ctrl-C, told in tracebacks that say nothing of the book."""
    assert builder.main() == 0
    set_first_price(builder.PROJECT, NEW)

    def stopped() -> int:
        raise KeyboardInterrupt

    builder.run_sphinx = stopped
    assert builder.main() == 130
    assert re.fullmatch(r"Stopped; the one before stays in \S+\n", capsys.readouterr().err)


def test_a_folder_behind_a_link_is_in_the_fingerprint_and_one_of_tools_is_not(builder, tmp_path):
    """A table in a linked folder that changes unnoticed; a copy that Jupyter keeps, which changes nothing."""
    (builder.PROJECT / "data" / "bread").rename(tmp_path / "bread")
    (builder.PROJECT / "data" / "bread").symlink_to(tmp_path / "bread", target_is_directory=True)
    before = builder.state()
    set_first_price(builder.PROJECT, NEW)
    now = builder.state()
    assert now != before
    (builder.PROJECT / "data" / ".ipynb_checkpoints").mkdir()
    (builder.PROJECT / "data" / ".ipynb_checkpoints" / "prices.csv").write_text("copied", encoding="utf-8")
    assert builder.state() == now


def test_a_link_that_leads_back_is_followed_once(builder):
    """A build that looks through the same folders for ever, since one of them holds a link to all."""
    (builder.PROJECT / "data" / "all").symlink_to(builder.PROJECT, target_is_directory=True)
    found = [path.relative_to(builder.PROJECT).as_posix() for path in builder.inputs()
             if path.is_relative_to(builder.PROJECT)]
    assert "data/bread/prices.csv" in found and not [name for name in found if name.count("all/") > 1]


def test_a_folder_for_temporary_files_with_a_long_name_is_told(builder, monkeypatch, capsys):
    """An address that is too long for a socket, told without the setting that makes it so."""
    monkeypatch.setattr(builder, "gettempdir", lambda: f"/tmp/{'x' * 120}")
    assert builder.main() == 1
    assert re.match(r"/tmp/x+: a folder for .*; set TMPDIR to a shorter one", capsys.readouterr().err)


def test_a_disk_without_room_is_told(builder, monkeypatch, capsys):
    """A build that fails for want of room and tells the libraries' words for it alone."""
    builder.run_sphinx = lambda: 2
    monkeypatch.setattr(builder.shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    assert builder.main() == 2
    assert "The book was not built, and no room is left in " in capsys.readouterr().err


@pytest.mark.parametrize("name", ["_config.yml", "_toc.yml"])
def test_a_project_without_its_settings_is_told_so(builder, capsys, name):
    """A book that is not built for no reason that is said, or under a page of a library's own words."""
    (builder.PROJECT / name).unlink()
    assert builder.main() == 1
    assert capsys.readouterr().err.startswith(f"{name}: the file is missing; restore it, or write one like")


def test_a_fault_of_the_article_s_settings_is_told_in_one_line(builder, capsys):
    """A misspelt setting, told in forty lines that ask the reader to report it to Jupyter Book."""
    settings = builder.PROJECT / "article.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("as_of =", "as_fo ="), encoding="utf-8")
    assert builder.main() == 1
    assert re.match(r"article.toml: as_fo is nothing that is known .*\. The book was not built; there is "
                    r"none yet\.\n$", capsys.readouterr().err)


@pytest.mark.parametrize("name", ["a%2Fb", "what?"])
def test_a_path_that_the_cache_cannot_open_is_refused(builder, monkeypatch, name):
    """A folder whose name a database's address takes apart: another file opened, or an error of a library."""
    monkeypatch.setattr(builder, "WORK", builder.WORK / name)
    assert "under a path with ? or %20; move the folder" in builder.hindrance()
