"""Archives: .zip, .tar (also packed), and single files packed by gzip, bzip2 or xz, read one member at a time.

Nothing is ever unpacked to disk. What is over a limit, damaged, encrypted, or no file at all is a problem, and the
other members are read. Archives of other programs (7z, rar …) are claimed, so that they are told with what to do.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import msgspec

from corpus import formats
from corpus.counts import counted
from corpus.limits import Budget, Limits, OverLimitError
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers import archive_tar, archive_zip
from corpus.readers.archive_kinds import BZIP2, GZIP, XZ, declared_kind, office_kind, office_note
from corpus.readers.archive_names import safe_name
from corpus.readers.archive_unpack import (
    CHUNK,
    DamagedError,
    Decompressor,
    Unpacked,
    bzip2_stream,
    gzip_stream,
    xz_stream,
)
from corpus.reading import Child

__all__ = ["STREAMS", "Archive", "office_kind_of", "office_note"]

MOST_TOLD = 100
"""Problems of one kind that are told one by one; the others are counted."""
_PACKED_ENDINGS = {".gz": "", ".bz2": "", ".xz": "", ".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar"}
_UNREAD: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"MSCF\0\0\0\0", "cab"),
    (b"\x1f\x9d", "Z"),
    (b"\x60\xea", "arj"),
)

Claims = Callable[[bytes], bool]
Members = Callable[[BinaryIO, str, Limits, Budget], Iterator[Child | Problem]]


class Archive(msgspec.Struct, frozen=True):
    """A stream reader of one format (:class:`corpus.readers.streams.Stream`)."""

    media_type: str
    claimed: Claims
    give: Members

    @property
    def READER(self) -> str:  # noqa: N802  # as every reader has it
        return formats.ARCHIVE

    @property
    def MEDIA_TYPE(self) -> str:  # noqa: N802
        return self.media_type

    @property
    def PACKED(self) -> bool:  # noqa: N802
        return True

    def claims(self, head: bytes, name: str) -> bool:
        return self.claimed(head)

    def is_installed(self) -> bool:
        """It needs no library."""
        return True

    def members(
        self, file: BinaryIO, name: str, limits: Limits, budget: Budget | None = None
    ) -> Iterator[Child | Problem]:
        """Each file under its path in the archive, made safe and unique, or a problem in its place.

        Without a ``budget``, the archive lies in no other.
        """
        return _told(self.give(file, name, limits, budget or Budget(limits, file.seek(0, io.SEEK_END))), name)


def _told(found: Iterator[Child | Problem], name: str) -> Iterator[Child | Problem]:
    """What is found, with an end at the limit, and no more problems than a person reads."""
    counts: Counter[str] = Counter()
    given, is_stopped = 0, False
    try:
        for each in found:
            if isinstance(each, Child):
                given += 1
                yield each
                continue
            counts[each.code] += 1
            if counts[each.code] <= MOST_TOLD:
                yield each
    except OverLimitError as error:
        is_stopped = True
        yield problem(
            Code.TOO_LARGE, f"{error} Of '{name}', {counted(given, 'member was', 'members were')} read and no more."
        )
    except DamagedError as error:
        is_stopped = True
        yield problem(
            Code.UNREADABLE,
            f"The archive '{name}' is damaged: {error}. {counted(given, 'member was', 'members were')} read.",
        )
    for code, count in counts.items():
        if count > MOST_TOLD:
            yield problem(Code(code), f"{count - MOST_TOLD} problems more like these in '{name}'.")
    if not (given or counts or is_stopped):
        yield problem(Code.EMPTY_FILE, f"The archive '{name}' holds no files.")


# --- formats --------------------------------------------------------------------------------------------------------


def office_kind_of(head: bytes) -> str | None:
    """What a file that begins like a zip is, if it is an Office file; it is no archive then."""
    if not head.startswith(archive_zip.MAGIC):
        return None
    return declared_kind(head) or office_kind(archive_zip.local_names(head))


def _is_zip(head: bytes) -> bool:
    return len(head) >= archive_zip.SMALLEST and head.startswith(archive_zip.MAGIC) and office_kind_of(head) is None


def _tar_members(file: BinaryIO, name: str, limits: Limits, budget: Budget) -> Iterator[Child | Problem]:
    file.seek(0)
    return archive_tar.members(file, limits, _Free(budget))


class _Free(Budget):
    """For a tar that is not packed: its bytes are there already, only its members are counted."""

    def __init__(self, budget: Budget) -> None:
        self._of_all = budget

    def count(self) -> None:
        self._of_all.count()

    def spend(self, size: int) -> None:
        """Nothing was unpacked."""


def _packed(start: Callable[[], Decompressor], magic: bytes) -> Members:
    """The members of a packed tar, or the one file that is packed."""

    def members(file: BinaryIO, name: str, limits: Limits, budget: Budget) -> Iterator[Child | Problem]:
        file.seek(0)
        unpacked = Unpacked(file, start, budget, magic)
        stream = cast("BinaryIO", io.BufferedReader(unpacked, CHUNK))
        head = cast("io.BufferedReader", stream).peek(archive_tar.BLOCK)[: archive_tar.BLOCK]
        if archive_tar.is_tar(head):
            yield from archive_tar.members(stream, limits, budget)
        else:
            yield _single(stream, name, limits, budget)
        if unpacked.has_more:
            yield problem(Code.DAMAGED_ARCHIVE, f"Behind the packed bytes of '{name}' stands something else, unread.")

    return members


def _single(stream: BinaryIO, name: str, limits: Limits, budget: Budget) -> Child | Problem:
    budget.count()
    data = bytearray()
    while piece := stream.read(CHUNK):
        data += piece
        if len(data) > limits.file_size:
            return problem(Code.TOO_LARGE, f"'{name}' unpacks to more than the limit of {limits.file_size} bytes.")
    return Child(name=_unpacked_name(name), media_type="application/octet-stream", data=bytes(data))


def _unpacked_name(name: str) -> str:
    """ "brev.txt.gz" holds "brev.txt"; what has none of the usual endings holds a file of its own name."""
    for ending, instead in _PACKED_ENDINGS.items():
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)] + instead
            break
    return safe_name(name)[0] or "uden-navn-1"


def _unread(kind: str) -> Members:
    def members(file: BinaryIO, name: str, limits: Limits, budget: Budget) -> Iterator[Problem]:
        note = f"'{name}' is packed as .{kind}, which is not read; unpack it and ingest the folder, or pack it as .zip."
        yield problem(Code.UNREAD_ARCHIVE, note)

    return members


def _starts(magic: bytes) -> Claims:
    return lambda head: head.startswith(magic)


def _is_bzip2(head: bytes) -> bool:
    return head.startswith(BZIP2) and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")


STREAMS: tuple[Archive, ...] = (
    Archive(formats.ZIP_TYPE, _is_zip, archive_zip.members),
    Archive(formats.TAR_TYPE, archive_tar.is_tar, _tar_members),
    Archive(formats.GZIP_TYPE, _starts(GZIP), _packed(gzip_stream, GZIP)),
    Archive(formats.BZIP2_TYPE, _is_bzip2, _packed(bzip2_stream, BZIP2)),
    Archive(formats.XZ_TYPE, _starts(XZ), _packed(xz_stream, XZ)),
    *(Archive(formats.UNREAD_TYPES[kind], _starts(magic), _unread(kind)) for magic, kind in _UNREAD),
)
