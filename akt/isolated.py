"""Reading a file in a process of its own, so that no document can take this one down, or the machine's memory.

The process is started anew and not forked: a notebook has threads, and may hold much itself.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec

from corpus.limits import Limits, limits_of
from corpus.model import Document
from corpus.options import PdfEngine

PROGRAM = "import sys; sys.path[:] = {path!r}; from akt.isolated import main; main()"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The file to read, how, and within which limits. ``name`` is its path as the document tells it."""

    name: str
    document_date: dt.date | None
    show_identifiers: bool
    pdf_engine: PdfEngine
    limits: Limits
    location: str


def usual_limits() -> Limits:
    """Those of docs/limits.md, as ``AKT_LIMITS`` changes them. Raises ValueError where it is not understood."""
    return limits_of(os.environ.get("AKT_LIMITS", "").split())


def read_isolated(wanted: Wanted) -> Document:
    """What is in a file, read within the limits of time and memory. Raises OSError when it cannot be opened.

    Where the process ends without a document (it cannot itself be watched on Windows), RuntimeError.
    """
    with open(wanted.location, "rb"):
        pass
    command = [sys.executable, "-c", PROGRAM.format(path=sys.path)]
    done = subprocess.run(command, input=msgspec.msgpack.encode(wanted), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(f"The process that read {wanted.name} ended with code {done.returncode}.")
    return msgspec.msgpack.decode(done.stdout, type=Document)


def main() -> None:
    """The whole life of the process. What any library prints goes to stderr."""
    from corpus.options import ReadOptions
    from pipeline.options import Options
    from pipeline.unpacking import Extractor

    answer = os.dup(1)
    os.dup2(2, 1)
    wanted = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Wanted)
    options = Options(
        document_date=wanted.document_date,
        show_identifiers=wanted.show_identifiers,
        reading=ReadOptions(pdf_engine=wanted.pdf_engine),
    )
    with closing(Extractor(options, wanted.limits)) as extractor:
        document = extractor.file(Path(wanted.location), wanted.name)
    with os.fdopen(answer, "wb") as out:
        out.write(msgspec.msgpack.encode(document))
