"""Which reader claims which bytes. A file is claimed by its bytes, not its name, by one reader or by none.

A reader is a module with ``READER`` (its name and version), ``claims`` and ``read``. A *stream* reader has ``members``
in the place of ``read``: it reads containers that may be too large for memory (mailboxes) and gives what they hold one
at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from types import ModuleType
from typing import Any

from msgspec.structs import replace

from corpus import formats
from corpus.counts import counted
from corpus.limits import DEFAULT_LIMITS, Budget, Limits
from corpus.model import Problem
from corpus.options import DEFAULT_READ_OPTIONS, ReadOptions
from corpus.problems import Code, problem
from corpus.readers import archive, html, mail, mbox, msg, pdf, pst, text, tnef
from corpus.readers.streams import Stream, read_whole
from corpus.reading import Child, Reading

HEAD = 1_048_576
"""As many bytes as a reader may look at to claim a file: the headers of a mail to thousands fit."""

READERS: tuple[ModuleType, ...] = (html, mail, msg, pdf, tnef)
STREAMS: tuple[Stream, ...] = (mbox, pst, *archive.STREAMS)
FALLBACK: ModuleType = text
"""Asked when no reader knows the format: whatever decodes to text is text."""


NO_TEXTS = (
    *(".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip", ".7z", ".rar", ".gz", ".pst"),
    *(".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff"),
)
"""What is named so is neither text nor a page nor a mail. An .xls or .doc may be a page, which their programs open."""
TEXTS = {text: "plain text", html: "a web page", mail: "a mail"}


def stream_of(head: bytes, name: str) -> Stream | None:
    """The stream reader that claims a file by its first ``HEAD`` bytes, None when it is to be read whole."""
    if not any(stream.claims(head, name) for stream in STREAMS):
        return None
    claiming = claimants(head, name)
    return claiming[0] if len(claiming) == 1 and claiming[0] in STREAMS else None


def opened(
    data: bytes, name: str, limits: Limits, budget: Budget, depth: int
) -> tuple[Stream, Iterator[Child | Problem]] | None:
    """What a container that lies in another one holds, a member at a time; None for a file that is read whole.

    ``depth``: how many containers it lies in.
    """
    stream = stream_of(data[:HEAD], name)
    if stream is None:
        return None
    if depth >= limits.depth:
        note = f"'{name}' lies in {depth} containers, which is the limit; what it holds was not read."
        return stream, iter([problem(Code.TOO_DEEP, note)])
    return stream, stream.members(BytesIO(data), name, limits, budget)


def read(
    data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, options: ReadOptions = DEFAULT_READ_OPTIONS
) -> Reading:
    """Read one file by the one reader that claims it.

    What is wrong with the file is in the reading's problems: it is empty, over ``limits.file_size``, of a format
    that no reader knows, or claimed by two readers, which the message names. ``name`` is the file's own
    name, without folders.
    """
    if not data:
        return _unread(Code.EMPTY_FILE, "The file holds no bytes.")
    if len(data) > limits.file_size:
        return _unread(Code.TOO_LARGE, f"The file has {counted(len(data), 'byte')}; the limit is {limits.file_size}.")
    claiming = claimants(data[:HEAD], name)
    if len(claiming) > 1:
        both = " and ".join(f"'{reader.READER}'" for reader in claiming)
        return _unread(Code.UNREADABLE, f"The readers {both} both claim '{name}'; it was read by none.")
    if not claiming:
        return _unread(Code.UNKNOWN_FORMAT, _unknown(data[:HEAD], name))
    if claiming[0] in STREAMS:
        return read_whole(claiming[0], data, name, limits)
    if claiming == [pdf]:
        return pdf.read(data, name, limits, options)
    reading: Reading = claiming[0].read(data, name, limits)
    return _misnamed(reading, name, TEXTS.get(claiming[0]))


def _misnamed(reading: Reading, name: str, kind: str | None) -> Reading:
    """The reading with a problem where the name promises something else than a ``kind`` of text."""
    if kind is None or not name.lower().endswith(NO_TEXTS):
        return reading
    note = problem(Code.OTHER_FORMAT, f"'{name}' holds {kind} and was read as that.")
    return replace(reading, problems=[*reading.problems, note])


def claimants(head: bytes, name: str) -> list[Any]:
    """The readers that claim a file by its first ``HEAD`` bytes; there should be one or none.

    A tar has a check sum to prove it, whatever its first name begins like. A PDF may have bytes before it, but what
    begins as another format only holds one: a zip whose first member is a PDF that is stored and not packed. What only
    its name and a tag tell to be a page is none where it begins as something packed.
    """
    claiming: list[Any] = [reader for reader in (*READERS, *STREAMS) if reader.claims(head, name)]
    if len(claiming) > 1:
        proved = [reader for reader in claiming if reader in STREAMS and reader.MEDIA_TYPE == formats.TAR_TYPE]
        others = [reader for reader in claiming if reader is not pdf or head.lstrip().startswith(b"%PDF-")]
        packed = [reader for reader in others if reader in STREAMS]
        claiming = proved or (packed if html in others and packed else others)
    if not claiming and FALLBACK.claims(head, name):
        return [FALLBACK]
    return claiming


def _unknown(head: bytes, name: str) -> str:
    kind = archive.office_kind_of(head)
    if kind is not None:
        return archive.office_note(name, kind)
    why = text.why_no_text(head)
    return f"No reader knows the format of '{name}'{f'; as a text it was not read, for {why}' if why else ''}."


def _unread(code: Code, message: str) -> Reading:
    return Reading(media_type="application/octet-stream", reader="none", text="", problems=[problem(code, message)])
