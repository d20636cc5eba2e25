"""What a run and its workers say to each other."""

from __future__ import annotations

import msgspec

from corpus.limits import Limits
from corpus.model import Problem
from corpus.options import PdfEngine, ReadOptions
from pipeline.ingest.pieces import Batch, Some, Started, WorkResult
from pipeline.options import DEFAULT_OPTIONS, Options


class Setup(msgspec.Struct, frozen=True, kw_only=True, tag="setup"):
    """The first thing a worker is told. ``told``: somebody watches how its pages are counted."""

    limits: Limits
    pdf_engine: PdfEngine
    ner_model: str | None
    told: bool

    def options(self) -> Options:
        """How documents are read and extracted."""
        reading = ReadOptions(pdf_engine=self.pdf_engine)
        return msgspec.structs.replace(DEFAULT_OPTIONS, ner_model=self.ner_model, reading=reading, in_blocks=True)


SMALL = 262_144
"""Bytes of a file that may wait with a worker that is still at another one."""


class Task(msgspec.Struct, frozen=True, kw_only=True, tag="task"):
    """A file to work on. ``number`` is its place in the order of a run with one worker; ``location`` its bytes' place.

    ``root`` is that of its path. ``expected``: nothing is to be done if the file holds this content. ``lost``: as in
    :class:`pipeline.ingest.work.Terms`.
    """

    number: int
    location: bytes
    root: int
    path: str
    size: int
    again: bool = False
    expected: str | None = None
    lost: dict[str, Problem] = {}


class Renewal(msgspec.Struct, frozen=True, kw_only=True, tag="renewal"):
    """A content to extract anew from its stored reading, which is packed.

    ``inside``: it lies in another one; ``attached``: so many contents lie in it.
    """

    number: int
    sha256: str
    size: int
    reading: bytes
    path: str
    inside: bool
    attached: int = 0
    lost: dict[str, Problem] = {}


class Jobs(msgspec.Struct, frozen=True, tag="jobs"):
    """Jobs to do in this order, behind those that were given before."""

    jobs: list[Task | Renewal]


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    """Whether each of the contents that were asked about is known. Answers come in the order of the questions."""

    known: list[bool]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """A worker has started."""


class Ask(msgspec.Struct, frozen=True, tag="ask"):
    """Is each of these contents known to the job of its number, one of those that the worker has?"""

    about: list[tuple[int, str]]


class Told(msgspec.Struct, frozen=True, tag="told"):
    """So many pages of the document in hand are done."""

    step: str
    done: int
    total: int


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """The last thing a worker says: why it gives up. ``memory``: it had too little of it."""

    reason: str
    memory: bool


Job = Task | Renewal
ToWorker = Setup | Jobs | Answer
FromWorker = Ready | Ask | Told | Broken | Started | Some | Batch | WorkResult
