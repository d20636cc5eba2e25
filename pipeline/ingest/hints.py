"""What a user can do about a failure, and which problems make a document a failed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from corpus import formats
from corpus.model import Document, Problem
from corpus.problems import ADVICE, Code
from corpus.store.entries import CANNOT_OPEN, FailedFile, Failure, PartlyRead, Stage, Unread
from pipeline.masking import mask_name, mask_place

if TYPE_CHECKING:
    from corpus.store.overview import Standing

HINTS: dict[str, str] = {
    CANNOT_OPEN: "Check that the file or folder is still there and that you may read it, then run `akt ingest` again.",
    **ADVICE,
}
FATAL = frozenset(
    {
        Code.ENCRYPTED_PDF,
        Code.ENCRYPTED_MAIL,
        Code.ENCRYPTED_ARCHIVE,
        Code.READER_MISSING,
        Code.UNREAD_ARCHIVE,
        Code.UNREADABLE,
        Code.EMPTY_FILE,
        Code.UNKNOWN_FORMAT,
        Code.TOO_LARGE,
        Code.STAGE_FAILED,
        Code.WORKER_DIED,
        Code.TIMED_OUT,
        Code.OUT_OF_MEMORY,
    }
)
IN_PART = (
    Code.TRUNCATED,
    Code.TOO_DEEP,
    Code.DAMAGED_MAIL,
    Code.DAMAGED_ARCHIVE,
    Code.UNREAD_TEXT,
    Code.NO_TEXT_LAYER,
)
"""Something of the document was not read, the rest was; what is named first is rarest, and easiest to overlook."""
UNREAD = Unread(FATAL, formats.CONTAINERS)
"""How what was not read is told: for what is accounted for."""
ORNAMENTS = ("image/", "video/", "audio/", "font/")


def hint(code: str) -> str:
    return HINTS.get(code, "Look at the document itself.")


def told(standing: Standing) -> FailedFile:
    """A failure as the user gets it: with what to do about it, and no CPR number in a path.

    A path that is masked has the number of its place behind it: another one may differ in that CPR number only.
    """
    failed = standing.failed
    return msgspec.structs.replace(
        failed,
        path=mask_place(failed.path, standing.place),
        root=mask_name(failed.root),
        file=mask_place(failed.file, standing.file_place),
        reason=mask_name(failed.reason),
        hint=hint(failed.code),
    )


def unmasked(standing: Standing) -> FailedFile:
    """The same with the paths as they are, for whoever asks for it in so many words."""
    failed = standing.failed
    return msgspec.structs.replace(failed, reason=mask_name(failed.reason), hint=hint(failed.code))


def told_in_part(found: PartlyRead, place: int) -> PartlyRead:
    """The same for a document that was read in part, at the place of this number."""
    names = {name: mask_name(getattr(found, name)) for name in ("root", "reason")}
    return msgspec.structs.replace(found, path=mask_place(found.path, place), **names)


def failure_of(document: Document, *, inside: bool) -> Failure | None:
    """Why this document counts as failed: a fatal problem, or no text and any problem at all.

    A mailbox has no text: it fails when it could not be opened or a mail in it could not be read; what is wrong with a
    mail that was read is a problem and no more. ``inside``: it is an attachment or a member. A picture there (a logo in
    a signature) is kept and listed with its problem, but does not make the run a failed one.
    """
    if inside and document.media_type.startswith(ORNAMENTS):
        return None
    empty = document.media_type not in formats.CONTAINERS and not any(part.text.strip() for part in document.parts)
    blamed = [found for found in document.problems if found.code in FATAL or empty]
    if not blamed:
        return None
    found = min(blamed, key=_says_little)  # the first one of those that say most
    stage = Stage.EXTRACT if found.code == Code.STAGE_FAILED else Stage.READ
    return Failure(stage=stage, code=found.code, reason=found.message)


def _says_little(found: Problem) -> int:
    """That nothing is in it explains less than what kept it from being read, and a guessed charset nothing."""
    if found.code == Code.EMPTY_FILE:
        return 2
    return 0 if found.code in FATAL else 1 if found.code in IN_PART else 3
