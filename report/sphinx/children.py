"""Processes that end with the one that started them, by the standard library alone: a build that is killed
must not go on writing beside the next one.
"""

from __future__ import annotations

import ctypes
import signal

PR_SET_PDEATHSIG = 1  # of linux/prctl.h


def end_when_told() -> None:
    """Have this process end at SIGTERM again. A kernel that does not start leaves its caller with a handler
    of that signal, and whoever asks the process to end would wait for ever.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def end_with_parent() -> None:
    """Have this process killed when its parent ends, where the system can (Linux)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError, TypeError):
        return
