"""Runs of ingest in processes that can be killed: imported once by a process that forks for each run.

Lines of JSON on stdin say what to run; each run is a process group of its own, killed after so many seconds. A line on
stdout says how long it ran and whether it came to its end.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

from corpus.workspace import Workspace
from index import engines
from index.build import IndexWriter
from pipeline.ingest import filing, indexing, keeping, workers
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest

__all__ = ["IndexWriter", "engines", "indexing"]


def main() -> None:
    """Small steps, so that there are many moments between them."""
    filing.AT_ONCE, keeping.EVERY, workers.FEW = 3, 4, 1
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _run(asked)
        with contextlib.suppress(OSError):  # the child does the same; the first one to come does it
            os.setpgid(child, child)
        ended = _waited(child, began, asked["seconds"])
        sys.stdout.write(json.dumps({"seconds": time.monotonic() - began, "ended": ended}) + "\n")
        sys.stdout.flush()


def _run(asked: dict[str, str]) -> None:
    os.setpgid(0, 0)
    try:
        ingest(Workspace(Path(asked["workspace"])), [Path(asked["folder"])], RunOptions(workers=int(asked["workers"])))
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


def _waited(child: int, began: float, seconds: float | None) -> bool:
    """Whether it ended well by itself."""
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status) == 0
        if seconds is not None and time.monotonic() - began >= seconds:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return False
        time.sleep(0.002)


if __name__ == "__main__":
    main()
