"""Which reader claims which bytes. A file is claimed by its bytes, not its name, by one reader or by none."""

from __future__ import annotations

from types import ModuleType

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.problems import Code, problem
from corpus.readers import pdf, text
from corpus.reading import Reading

HEAD = 65_536
"""As many bytes as a reader may look at to claim a file."""

READERS: tuple[ModuleType, ...] = (pdf,)
FALLBACK: ModuleType = text
"""Asked when no reader knows the format: whatever decodes to text is text."""


class ReaderConflictError(Exception):
    """Two readers claim one file: a fault of the readers, not of the file."""


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read one file by the one reader that claims it.

    What is wrong with the file is in the reading's problems: it is empty, over ``limits.file_size``, or of a format
    that no reader knows. ``name`` is the file's own name, without folders.

    Raises ReaderConflictError when two readers claim the bytes.
    """
    if not data:
        return _unread(Code.EMPTY_FILE, "The file holds no bytes.")
    if len(data) > limits.file_size:
        return _unread(Code.TOO_LARGE, f"The file has {len(data)} bytes; the limit is {limits.file_size}.")
    reader = claimant(data[:HEAD], name)
    if reader is None:
        return _unread(Code.UNKNOWN_FORMAT, f"No reader knows the format of '{name}'.")
    reading: Reading = reader.read(data, name, limits)
    return reading


def claimant(head: bytes, name: str) -> ModuleType | None:
    """The reader that claims a file by its first ``HEAD`` bytes, None when no reader does.

    Raises ReaderConflictError when there are two.
    """
    claiming = [reader for reader in READERS if reader.claims(head, name)]
    if len(claiming) > 1:
        names = " and ".join(reader.READER for reader in claiming)
        raise ReaderConflictError(f"{names} both claim '{name}'")
    if claiming:
        return claiming[0]
    return FALLBACK if FALLBACK.claims(head, name) else None


def _unread(code: Code, message: str) -> Reading:
    return Reading(media_type="application/octet-stream", reader="none", text="", problems=[problem(code, message)])
