"""What a snapshot says of itself: its files with their checksums, and one checksum over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

NAME = "manifest.json"
FORMAT = "akt-snapshot/1"
DATA, STORE = "data", "store"


class SnapshotError(Exception):
    """The folder is no snapshot, or is not what it was when it was written; the message says what is wrong."""


class NoSnapshotError(SnapshotError):
    """The folder is none that a snapshot was written to."""


class SnapshotFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a snapshot, by its path in it. ``rows``: how many the table in it has."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``sha256`` is over the lines of the files ("sha256  path"), so that it names the whole: cite that.

    It is the same for the same workspace, whenever it is written. ``counts``: rows of the files in ``data/``.
    ``store_format``: that of the store which ``store/`` gives back.
    """

    format: str = FORMAT
    akt: str
    store_format: int
    created: str
    sha256: str
    counts: dict[str, int]
    versions: list[str]
    files: list[SnapshotFile]


def checksum(path: Path) -> str:
    """SHA-256 of a file, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(files: Iterable[SnapshotFile]) -> str:
    """The checksum over all files, in the form in which `sha256sum` lists them."""
    lines = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    return hashlib.sha256(lines.encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Raises SnapshotError where there is none that this version can read."""
    try:
        found = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        if (folder / STORE).is_dir():
            raise SnapshotError(f"{folder} is not the snapshot that was written: {NAME} is missing.") from error
        raise NoSnapshotError(
            f"{folder} is no snapshot, for it has no {NAME}: name a folder that `akt export` wrote."
        ) from error
    except OSError as error:
        raise SnapshotError(f"{folder} is no snapshot: {NAME} cannot be read ({error.strerror}).") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SnapshotError(f"{folder / NAME} is damaged ({error}).") from error
    if found.format != FORMAT:
        raise SnapshotError(f"{folder} has the format {found.format}; this Akt reads {FORMAT}.")
    return found


def faults(folder: Path, manifest: Manifest) -> list[str]:
    """What differs from the manifest: files that are missing or changed, and lines of the manifest that are."""
    wrong = []
    for file in manifest.files:
        path = folder / file.path
        if not _inside(file.path) or not path.is_file():
            wrong.append(f"{file.path} is missing")
        elif path.stat().st_size != file.bytes or checksum(path) != file.sha256:
            wrong.append(f"{file.path} is not what was written")
    if digest(manifest.files) != manifest.sha256:
        wrong.append(f"{NAME} itself was changed")
    return wrong


def _inside(path: str) -> bool:
    """Whether a path of a manifest stays in its folder: a snapshot comes from others."""
    pieces = Path(path).parts
    return not Path(path).is_absolute() and ".." not in pieces and pieces[:1] in ((DATA,), (STORE,))
