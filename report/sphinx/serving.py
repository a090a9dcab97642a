"""The server of kernels while a build lasts (``kernel_server.py``), by the standard library alone: it is
begun before there is anything to run, since it loads while the build itself does.

``report/build.py`` loads this by its folder, so nothing of the project is imported here.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

PLACE = "REPORT_KERNELS"  # the socket at which kernels are asked for; none where each is started by itself
MARKED, MARKS = "REPORT_MARKED", "REPORT_MARKS"
SERVER = Path(__file__).with_name("kernel_server.py")
# what a user has set for other programs in Python
OF_ITS_USER = ("PYTHONWARNINGS", "PYTHONOPTIMIZE", "PYTHONSAFEPATH", "PYTHONDEVMODE")


def environment() -> dict[str, str]:
    """Return the environment in which a build runs Sphinx and kernels: they import this very engine,
    whichever is installed and whatever else has its name, and are not told to drop what libraries rest on.
    """
    told = {name: value for name, value in os.environ.items() if name not in OF_ITS_USER}
    return {**home(), **told, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def home() -> dict[str, str]:
    """Return a home for a user who has none, as in a container that knows no name for its user: kernels ask
    for one, and nothing need be written there.
    """
    try:
        Path.home()
    except RuntimeError:
        return {"HOME": gettempdir()}
    return {}


def name_marked(roots: Iterable[Path], marks: Path) -> None:
    """Tell kernels below which folders the modules of the project lie, and where these are kept marked; and
    their debugger, which no build uses, to print nothing of itself.
    """
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    os.environ[MARKED] = os.pathsep.join(map(str, roots))
    os.environ[MARKS] = str(marks)


@contextmanager
def served(end_with_parent: Callable[[], None]) -> Iterator[None]:
    """Have kernels forked from one process while this lasts, where the system can do so safely and nobody has
    seen to it. The process ends with this one if it first does what it is given.
    """
    if sys.platform != "linux" or PLACE in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="report-") as place, socket.socket(socket.AF_UNIX) as listening:
        os.environ[PLACE] = path = os.path.join(place, "kernels")
        listening.bind(path)
        listening.listen()
        try:
            with subprocess.Popen([sys.executable, str(SERVER), "serve", str(listening.fileno())],
                                  pass_fds=[listening.fileno()], preexec_fn=end_with_parent,
                                  env=environment()) as server:
                listening.close()  # here: whoever asks a server that has died is told so, and does not wait
                try:
                    yield
                finally:
                    server.kill()
        finally:
            del os.environ[PLACE]
