"""Kernels that are forks of one process: what they note, how they end, and what they leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from report.sphinx import execution
from report.sphinx.children import end_with_parent
from report.sphinx.execution import NotingKernel
from report.sphinx.serving import MARKED, MARKS, PLACE, environment, name_marked, served
from tests.references import PROJECT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each kernel is started by itself")


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Serve kernels while a test runs."""
    monkeypatch.setenv("REPORT_MARKED", str(PROJECT / "report"))
    monkeypatch.setenv("REPORT_MARKS", str(tmp_path / "marks"))
    monkeypatch.setenv("REPORT_NEEDS", str(tmp_path / "needs.json"))
    with served(end_with_parent):
        yield
    assert PLACE not in os.environ


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            *_, state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has ended meanwhile
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


def servers() -> list[int]:
    """Return the servers of kernels that this process has started, beside whatever else it has."""
    return [child for child in children_of(os.getpid())
            if b"serve" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")]


def until(true, seconds: float = 60) -> bool:
    """Wait for something that is about to happen, however busy the machine is."""
    for _ in range(int(seconds * 20)):
        if true():
            return True
        time.sleep(0.05)
    return False


def started(place: Path) -> subprocess.Popen:
    """Ask for a kernel, and return the process that stands for it."""
    argv = [str(place / "kernel.json") if part == "{connection_file}" else part
            for part in type("Kernel", (NotingKernel,), {"place": str(place)})().kernel_spec.argv]
    return subprocess.Popen([*argv, "--transport=ipc", f"--ip={place}/socket"])


def test_a_kernel_runs_what_it_is_given(server, tmp_path):
    """A kernel that never answers, works in another folder, or ends without having noted what it needed."""
    from nbclient import NotebookClient
    from nbformat import v4

    code = "import os, report.prose\nreport.prose.formatted(1.5)\nprint(os.getcwd(), os.getppid())"
    notebook = v4.new_notebook(cells=[v4.new_code_cell(code), v4.new_code_cell(execution.kernel.LAST_CELL)])
    with TemporaryDirectory(prefix="report-") as place:
        kind = type("Kernel", (NotingKernel,), {"place": place})
        NotebookClient(notebook, kernel_manager_class=kind, timeout=600, startup_timeout=600,
                       resources={"metadata": {"path": str(tmp_path)}}).execute()
    folder, parent = notebook.cells[0].outputs[0]["text"].split()
    assert folder == str(tmp_path) and int(parent) in children_of(os.getpid())
    noted = (tmp_path / "needs.json").read_text(encoding="utf-8")
    assert '"formatted"' in noted and '"enumerated"' not in noted


def test_a_kernel_ends_with_whoever_asked_for_it(server):
    """A kernel that goes on computing for a build that was killed."""
    with TemporaryDirectory(prefix="report-") as place:
        [serving], asking = servers(), started(Path(place))
        assert until(lambda: children_of(serving))
        asking.kill()
        assert until(lambda: not children_of(serving))
        asking.wait(60)


def test_whoever_asked_ends_with_the_kernel(server):
    """A build that waits for a kernel that has died, as one does on a machine short of memory."""
    with TemporaryDirectory(prefix="report-") as place:
        [serving], asking = servers(), started(Path(place))
        assert until(lambda: children_of(serving))
        os.kill(children_of(serving)[0], signal.SIGKILL)
        asking.wait(60)


def test_whoever_asks_a_server_that_has_died_ends_too(server):
    """A build that waits in silence for a server that the system has killed for want of memory."""
    [serving] = servers()
    os.kill(serving, signal.SIGKILL)
    with TemporaryDirectory(prefix="report-") as place:
        assert started(Path(place)).wait(60) != 0


def test_another_program_by_the_engines_name_is_not_served(monkeypatch, tmp_path):
    """Kernels of a module called report that stands in somebody's search path, or of another checkout."""
    (tmp_path / "report.py").write_text("raise SystemExit('another report')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    told = subprocess.run([sys.executable, "-c", "import report; print(report.__doc__ and report.__file__)"],
                          env=environment(), cwd=tmp_path.parent, capture_output=True, text=True)
    assert told.stdout.strip() == str(PROJECT / "report" / "__init__.py")


def test_a_build_that_fails_ends_the_server(monkeypatch, tmp_path):
    """A fault that is never told, since the build waits for a server that nobody ends."""
    monkeypatch.setenv("REPORT_MARKED", str(PROJECT / "report"))
    monkeypatch.setenv("REPORT_MARKS", str(tmp_path / "marks"))
    with pytest.raises(ZeroDivisionError), served(end_with_parent):
        assert servers()
        1 / 0  # noqa: B018
    assert not servers()


def test_the_debugger_of_kernels_keeps_still(tmp_path, monkeypatch):
    """Each build begun with lines on frozen modules, which concern nobody."""
    for name in (MARKED, MARKS, "PYDEVD_DISABLE_FILE_VALIDATION"):
        monkeypatch.setenv(name, "")  # so that it is afterwards as it was
    name_marked([tmp_path], tmp_path)
    done = subprocess.run([sys.executable, "-c", "import ipykernel.debugger"], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
