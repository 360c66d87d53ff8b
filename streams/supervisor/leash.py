"""Ties a child's life to its parent's, also when the parent is killed without warning."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def leash(death: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that has the kernel send `death` to the child when its parent ends.

    The kernel watches the thread that starts the child: start children from a thread that lives
    as long as they should. Where there is no such call (macOS), the child is on its own.
    """
    parent = os.getpid()

    def bind() -> None:
        if _libc is None:
            return
        _libc.prctl(_PR_SET_PDEATHSIG, int(death), 0, 0, 0)
        if os.getppid() != parent:  # it ended before the kernel was told
            os.kill(os.getpid(), death)

    return bind
