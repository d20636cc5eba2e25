"""Which files there are under a root."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from corpus.junk import JUNK_FOLDERS, is_junk
from corpus.store.entries import Stamp

APPLE_BOOK = "table_of_contents"  # Apple Mail's index in each of its folders called NAME.mbox
_ODD_BYTE = re.compile(rb"\\x([0-9a-f]{2})")
MAILDIR = frozenset({"cur", "new", "tmp"})
MAILDIR_BOOKS = ("dovecot", "courier", "maildir", "subscriptions", ".uid", ".mh_sequences", ".lastfetch")
"""What mail servers write about a Maildir beside its three folders."""


class FoundFile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A file on disk. ``path`` is relative to the root with "/" and printable; ``place`` is where it really is.

    ``inode`` and ``ctime_ns`` are its stamp, ``mtime_ns`` the time that it shows.
    """

    place: str
    path: str
    size: int
    mtime_ns: int
    inode: str
    ctime_ns: int

    @property
    def marks(self) -> tuple[int, int, str, int]:
        """What :func:`corpus.store.places.steady_marks` gives of a file that is as it was."""
        return self.size, self.mtime_ns, self.inode, self.ctime_ns

    @property
    def location(self) -> Path:
        return Path(self.place)

    @property
    def stamp(self) -> Stamp:
        return Stamp(inode=self.inode, ctime_ns=self.ctime_ns)


class NotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A path that was met and not taken, and why. ``failed``: it ought to have been readable.

    ``root`` is the ingested folder that the path is relative to, once that is known.
    """

    path: str
    reason: str
    failed: bool
    root: str = ""


Found = FoundFile | NotTaken


def discover(
    root: Path, start: Path, exclude: Path | None = None, on_junk: Callable[[], None] = lambda: None
) -> Iterator[Found]:
    """The files under ``start``, a folder at or under ``root`` (or that file itself), sorted by path.

    In a Maildir, the servers' own files and mails that were not delivered whole ("tmp") are no documents.
    Links are followed to files inside the root only; folders behind links are not entered (no circles). A folder that
    cannot be listed is a failed :class:`NotTaken`. ``exclude`` (the workspace itself) is left out.
    ``on_junk`` is called for each file, and each folder as one, that is left out for its name.
    """
    if start.is_dir():
        inside = "" if start == root else f"{printable_path(root, start)}/"
        for some in _walk(root, str(start), inside, None if exclude is None else str(exclude), on_junk):
            yield from some
    else:
        yield look_at(root, start)


def printable_path(root: Path, location: Path) -> str:
    """The path under the root with "/"; bytes of a name that are no UTF-8 are shown as \\xNN."""
    return _printable(location.relative_to(root).as_posix())


def location_of(root: Path, path: str) -> Path:
    """Where a path that :func:`printable_path` gave is on disk."""
    plain = root / path
    if "\\x" not in path or os.path.lexists(plain):
        return plain
    return root / os.fsdecode(_ODD_BYTE.sub(lambda found: bytes([int(found.group(1), 16)]), path.encode()))


def _walk(
    root: Path, folder: str, inside: str, exclude: str | None, on_junk: Callable[[], None]
) -> Iterator[list[Found]]:
    """The files below a folder, some at a time. ``inside``: its printable path with "/" behind it; "" for the root."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = _why(error, "The folder cannot be listed")
        yield [NotTaken(path=inside.rstrip("/") or ".", reason=reason, failed=True)]
        return
    maildir = MAILDIR.issubset(entry.name for entry in entries)
    books: tuple[str, ...] = MAILDIR_BOOKS if maildir else ()
    apple = APPLE_BOOK if Path(folder).suffix == ".mbox" else None
    here: list[Found] = []
    for entry in entries:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            yield here
            here = []
            if maildir and name == "tmp":
                yield list(_undelivered(root, Path(entry.path)))
            elif name in JUNK_FOLDERS:
                on_junk()
            elif entry.path != exclude:
                yield from _walk(root, entry.path, f"{inside}{_printable(name)}/", exclude, on_junk)
        elif is_junk(name) or name.startswith(books) or name == apple:
            on_junk()
        else:
            path = inside + (name if name.isascii() else _printable(name))
            here.append(_plain_file(entry, path) or look_at(root, Path(entry.path)))
    yield here


def _plain_file(entry: os.DirEntry[str], path: str) -> FoundFile | None:
    """A file that is no link; None for all else."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return _found(entry.path, path, status) if stat.S_ISREG(status.st_mode) else None


def _found(place: str, path: str, status: os.stat_result) -> FoundFile:
    return FoundFile(
        place=place,
        path=path,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        inode=str(status.st_ino),
        ctime_ns=status.st_ctime_ns,
    )


def _printable(name: str) -> str:
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _undelivered(root: Path, folder: Path) -> Iterator[Found]:
    """A mail is moved from "tmp" when it is whole: what lies there is half a mail, or the same one again."""
    with suppress(OSError):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            reason = "It is a mail that was not delivered whole (it lies in the folder tmp of a Maildir)."
            yield NotTaken(path=printable_path(root, Path(entry.path)), reason=reason, failed=False)


def look_at(root: Path, location: Path) -> Found:
    """One file under a root, or why it is not taken."""
    path = printable_path(root, location)
    try:
        if location.is_symlink() and not location.resolve().is_relative_to(root):
            return NotTaken(path=path, reason="It is a link to a place outside the ingested folder.", failed=False)
        status = location.stat()
    except FileNotFoundError:
        return NotTaken(path=path, reason="It is a link to a file that is not there.", failed=False)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        return NotTaken(path=path, reason=_why(error, "It cannot be looked at"), failed=True)
    if stat.S_ISDIR(status.st_mode):
        return NotTaken(path=path, reason="It is a link to a folder, which is not followed.", failed=False)
    if not stat.S_ISREG(status.st_mode):
        return NotTaken(path=path, reason="It is no file of bytes (a pipe, socket or device).", failed=False)
    return _found(str(location), path, status)


def _why(error: Exception, what: str) -> str:
    cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{what}: {cause}."
