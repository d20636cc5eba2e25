"""Processes of a run beside its own: they heed no signal that ends a run, and end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from corpus.workspace import WorkspaceError

BEGIN = """\
import signal, sys
for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, signal.SIG_IGN)
sys.path[:] = {path!r}
from {module} import main
main({arguments})
"""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""There are as many processes as cores; threads of numpy's would take memory for nothing."""
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class ProcessStartError(WorkspaceError):
    """No process can be started; the message says what to do."""


def can_be_started() -> bool:
    """Descriptors are handed down to them, which Windows does not do."""
    return sys.platform != "win32" and bool(sys.executable)


def start(module: str, descriptors: Sequence[int], *arguments: str | None) -> subprocess.Popen[bytes]:
    """Runs ``main`` of a module in a new process, with these descriptors, its parent's id and the arguments.

    Of what is open here, it has the descriptors alone. Signals are held back until it has said that it heeds none.
    """
    given = ", ".join(repr(each) for each in (*descriptors, os.getpid(), *arguments))
    program = BEGIN.format(path=sys.path, module=module, arguments=given)
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        return subprocess.Popen(
            [sys.executable, "-c", program],
            pass_fds=tuple(descriptors),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**ONE_THREAD, **os.environ},
        )
    except OSError as error:
        raise ProcessStartError(f"No process can be started ({error}); `--workers 0` needs none.") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def end_with(parent: int, *, first: bool = True) -> None:
    """Called by the new process first: it ends when its parent does, and before it where memory runs out.

    ``first`` says that the kernel is to take it before others then.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500" if first else "250")
    if os.getppid() != parent:
        os._exit(0)
