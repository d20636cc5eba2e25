"""Which files there are under a root."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from corpus.store.entries import Stamp

# What operating systems, version control and mail programs leave behind. All else is a document until its reader says
# otherwise.
JUNK_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".Spotlight-V100", ".Trashes", ".fseventsd", "__MACOSX", "$RECYCLE.BIN"}
)
JUNK_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".localized", "maildirfolder"})
APPLE_BOOK = "table_of_contents"  # Apple Mail's index in each of its folders called NAME.mbox
JUNK_BEGINNINGS = ("~$", "._", ".~lock.")  # lock files of office programs, resource forks of macOS
JUNK_ENDINGS = (".msf",)  # Thunderbird's index beside each mailbox
_ODD_BYTE = re.compile(rb"\\x([0-9a-f]{2})")
MAILDIR = frozenset({"cur", "new", "tmp"})
MAILDIR_BOOKS = ("dovecot", "courier", "maildir", "subscriptions", ".uid", ".mh_sequences", ".lastfetch")
"""What mail servers write about a Maildir beside its three folders."""


class FoundFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file on disk. ``path`` is relative to the root with "/" and printable; ``location`` is where it really is."""

    location: Path
    path: str
    size: int
    mtime_ns: int
    stamp: Stamp


class NotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A path that was met and not taken, and why. ``failed``: it ought to have been readable."""

    path: str
    reason: str
    failed: bool


Found = FoundFile | NotTaken


def discover(root: Path, start: Path, exclude: Path | None = None) -> Iterator[Found]:
    """The files under ``start``, a folder at or under ``root`` (or that file itself), sorted by path.

    In a Maildir, the servers' own files and mails that were not delivered whole ("tmp") are no documents.
    Links are followed to files inside the root only; folders behind links are not entered (no circles). A folder that
    cannot be listed is a failed :class:`NotTaken`. ``exclude`` (the workspace itself) is left out.
    """
    if start.is_dir():
        yield from _walk(root, start, exclude)
    else:
        yield look_at(root, start)


def printable_path(root: Path, location: Path) -> str:
    """The path under the root with "/"; bytes of a name that are no UTF-8 are shown as \\xNN."""
    relative = location.relative_to(root).as_posix()
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def location_of(root: Path, path: str) -> Path:
    """Where a path that :func:`printable_path` gave is on disk."""
    plain = root / path
    if "\\x" not in path or os.path.lexists(plain):
        return plain
    return root / os.fsdecode(_ODD_BYTE.sub(lambda found: bytes([int(found.group(1), 16)]), path.encode()))


def _walk(root: Path, folder: Path, exclude: Path | None) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield NotTaken(
            path=printable_path(root, folder), reason=_why(error, "The folder cannot be listed"), failed=True
        )
        return
    maildir = MAILDIR.issubset(entry.name for entry in entries)
    for entry in entries:
        location = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if maildir and entry.name == "tmp":
                yield from _undelivered(root, location)
            elif entry.name not in JUNK_FOLDERS and location != exclude:
                yield from _walk(root, location, exclude)
        elif not (_is_junk(entry.name) or _is_book(entry.name, folder, maildir=maildir)):
            yield look_at(root, location)


def _is_junk(name: str) -> bool:
    return name in JUNK_FILES or name.startswith(JUNK_BEGINNINGS) or name.endswith(JUNK_ENDINGS)


def _is_book(name: str, folder: Path, *, maildir: bool) -> bool:
    """What a mail server or program writes about the mails beside it."""
    return (maildir and name.startswith(MAILDIR_BOOKS)) or (folder.suffix == ".mbox" and name == APPLE_BOOK)


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
    stamp = Stamp(inode=str(status.st_ino), ctime_ns=status.st_ctime_ns)
    return FoundFile(location=location, path=path, size=status.st_size, mtime_ns=status.st_mtime_ns, stamp=stamp)


def _why(error: Exception, what: str) -> str:
    cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{what}: {cause}."
