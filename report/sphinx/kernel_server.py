"""Kernels as forks of one process that has loaded what they all load, which takes longer than most notebooks.

``serve`` loads the engine with its marks (``kernel.py``), and forks a kernel for each that asks at a socket.
The process that asks stands for its kernel: it ends when the kernel does, and when it is killed the kernel
ends. It loads little of the standard library and nothing else. Linux alone forks such a process safely.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys

PLACE = "REPORT_KERNELS"  # as serving.py names it, which would load more


def ask(argv: list[str]) -> None:
    """Have a kernel started with a command line, and end when it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a kernel is interrupted before it is asked to end
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(os.environ[PLACE])
        asked = {"argv": argv, "folder": os.getcwd(), "environment": dict(os.environ)}
        asking.sendall(json.dumps(asked).encode() + b"\n")
        asking.recv(1)  # nothing is ever sent: this returns when the kernel's process has ended


def serve(listening: socket.socket) -> None:
    """Load what kernels need, and fork one for each that asks, until this process is ended."""
    import ipykernel.debugger  # noqa: F401  # each kernel would load it when it begins
    import report  # noqa: F401

    load_altair()
    gc.freeze()  # what is loaded here stays for good, and a kernel makes many objects and little garbage
    gc.set_threshold(200_000, 50, 100)
    signal.signal(signal.SIGCHLD, _reap)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the build is told, which ends this process
    while True:
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            become_kernel(asking)
        asking.close()


def load_altair() -> None:
    """Load what a kernel loads of Altair when it makes its first chart, its validator among it."""
    import altair as alt
    import pandas as pd

    alt.Chart(pd.DataFrame({"x": [0]})).mark_point().encode(x="x:Q").to_dict()


def _reap(*_: object) -> None:
    """Take leave of kernels that have ended, so that their processor time is known as time of this build."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:  # none is left
        pass


def become_kernel(asking: socket.socket) -> None:
    """Run the kernel that is asked for in this process, and end it with whoever asked."""
    from threading import Thread

    from ipykernel import kernelapp

    end_with_parent()
    with asking.makefile("rb") as line:
        asked = json.loads(line.readline())
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    Thread(target=_end_with, args=[asking], daemon=True).start()
    kernelapp.launch_new_instance([*asked["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"])
    os._exit(0)


def _end_with(asking: socket.socket) -> None:
    asking.recv(1)
    os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "ask":
        ask(sys.argv[2:])
    else:
        import kernel
        from children import end_with_parent

        del sys.path[0]  # the folder of this script, whose modules are no notebook's
        kernel.begin()
        serve(socket.socket(fileno=int(sys.argv[2])))
