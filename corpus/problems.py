"""The codes of problems: an enum, so that they can be documented, counted and searched for."""

from __future__ import annotations

from enum import StrEnum

from corpus.model import Problem


class Code(StrEnum):
    """What went wrong with a document, each with what it means to the reader of the record."""

    EMPTY_FILE = "empty-file"
    UNKNOWN_FORMAT = "unknown-format"
    READER_MISSING = "reader-missing"
    UNREADABLE = "unreadable"
    ENCRYPTED_PDF = "encrypted-pdf"
    NO_TEXT_LAYER = "no-text-layer"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TRUNCATED = "truncated"
    CHARSET_GUESSED = "charset-guessed"
    HIDDEN_TEXT = "hidden-text"
    OTHER_ENGINE = "other-engine"
    BAD_HEADER = "bad-header"
    DAMAGED_MAIL = "damaged-mail"
    ENCRYPTED_MAIL = "encrypted-mail"
    UNREAD_ARCHIVE = "unread-archive"
    ENCRYPTED_ARCHIVE = "encrypted-archive"
    DAMAGED_ARCHIVE = "damaged-archive"
    UNSAFE_NAME = "unsafe-name"
    NO_FILE = "no-file"
    UNIT_UNKNOWN = "unit-unknown"
    UNIT_CONFLICT = "unit-conflict"
    SUM_MISMATCH = "sum-mismatch"
    SUMMARY_MISMATCH = "summary-mismatch"
    NUMBER_REFUSED = "number-refused"
    DATE_REFUSED = "date-refused"
    TABLE_REFUSED = "table-refused"
    STAGE_FAILED = "stage-failed"
    WORKER_DIED = "worker-died"
    TIMED_OUT = "timed-out"
    OUT_OF_MEMORY = "out-of-memory"


MEANING: dict[Code, str] = {
    Code.EMPTY_FILE: "The file holds no bytes, or nothing but blanks.",
    Code.UNKNOWN_FORMAT: "No reader knows the bytes of this file; it is kept in the list, unread.",
    Code.READER_MISSING: "The format is known, but what reads it is not installed; it is kept in the list, unread.",
    Code.UNREADABLE: "The file claims a format that its bytes do not keep to; nothing of it could be read.",
    Code.ENCRYPTED_PDF: "The PDF asks for a password.",
    Code.NO_TEXT_LAYER: "A page shows pictures only; its words are not in the index.",
    Code.TOO_LARGE: "The file is over the size limit and was not read.",
    Code.TOO_DEEP: "Containers are nested deeper than the limit; what lies below was not read.",
    Code.TRUNCATED: "The document is over a limit; what lies beyond it was not read.",
    Code.CHARSET_GUESSED: "The bytes do not fit the encoding they claim; another one was used.",
    Code.HIDDEN_TEXT: "The document holds text that a person does not see; it is left out.",
    Code.OTHER_ENGINE: "The usual reader could not read this PDF, or a page of it; another one did, which sees less.",
    Code.DAMAGED_MAIL: "The mail is broken (a missing boundary, faulty base64); what could be read is given.",
    Code.ENCRYPTED_MAIL: "The mail or a part of it is encrypted (S/MIME, PGP); what it says is not in the index.",
    Code.BAD_HEADER: "A mail header could not be read; its field is empty.",
    Code.UNREAD_ARCHIVE: "An archive, or a member of one, is packed in a way that is not read.",
    Code.ENCRYPTED_ARCHIVE: "A member of an archive asks for a password; it was not read, the others were.",
    Code.DAMAGED_ARCHIVE: "An archive is broken or cut off; the members that could be found were read.",
    Code.UNSAFE_NAME: (
        "The name of an archive's member leads out of the archive, is empty or holds what is not seen; it is shown "
        "safely."
    ),
    Code.NO_FILE: "A member of an archive is a link or a device; it was not followed.",
    Code.UNIT_UNKNOWN: "A table of money does not say its unit; its figures are not given in kr.",
    Code.UNIT_CONFLICT: "Two units are printed for one table; its figures are not given in kr.",
    Code.SUM_MISMATCH: "The printed total is not the sum of the printed figures.",
    Code.SUMMARY_MISMATCH: (
        "A catalogue's summary and its proposals differ in a figure, a number or a title, or one lacks what the other "
        "has."
    ),
    Code.NUMBER_REFUSED: "Something looks like an amount or an FTE and fits no rule; it is not given.",
    Code.DATE_REFUSED: "Something looks like a date and is none (31 February), or lacks its year; it is not given.",
    Code.TABLE_REFUSED: "Something looks like a table and its grid could not be read safely; it is not given.",
    Code.STAGE_FAILED: "A step of the extraction broke on this document; what the other steps found is kept.",
    Code.WORKER_DIED: (
        "The process that worked on the document came to an end of its own, twice, once with nothing beside it; "
        "the document was not read, all others were."
    ),
    Code.TIMED_OUT: "The work on the document took longer than the limit, twice; it was not read.",
    Code.OUT_OF_MEMORY: "The work on the document needed more memory than the limit, twice; it was not read.",
}


def problem(code: Code, message: str, *, part: int | None = None, page: int | None = None) -> Problem:
    """A problem with a sentence of its own: what was met, where, and what was done about it."""
    return Problem(code=code.value, message=message, part=part, page=page)
