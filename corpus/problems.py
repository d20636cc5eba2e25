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
    OTHER_FORMAT = "other-format"
    ENCRYPTED_PDF = "encrypted-pdf"
    NO_TEXT_LAYER = "no-text-layer"
    UNREAD_TEXT = "unread-text"
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
    WEEKDAY_MISMATCH = "weekday-mismatch"
    TABLE_REFUSED = "table-refused"
    DECISION_UNREAD = "decision-unread"
    ANSWERS_IN_COLOUR = "answers-in-colour"
    STAGE_FAILED = "stage-failed"
    WORKER_DIED = "worker-died"
    TIMED_OUT = "timed-out"
    OUT_OF_MEMORY = "out-of-memory"


MEANING: dict[Code, str] = {
    Code.EMPTY_FILE: "The file holds no bytes, or nothing but blanks: a copy or an upload broke off.",
    Code.UNKNOWN_FORMAT: (
        "No reader knows the bytes of this file (Word, Excel, a picture …); it is kept in the list, unread. The "
        "ending of its name counts for nothing."
    ),
    Code.READER_MISSING: "The format is known, but what reads it is not installed; it is kept in the list, unread.",
    Code.UNREADABLE: (
        "The file claims a format that its bytes do not keep to, as one that was cut off does; nothing of it could be "
        "read."
    ),
    Code.OTHER_FORMAT: (
        "The file is named as a PDF, a workbook, an archive or a picture and holds plain text, a web page or a mail; "
        "it was read as what it holds."
    ),
    Code.ENCRYPTED_PDF: "The PDF asks for a password.",
    Code.NO_TEXT_LAYER: "A page shows pictures only, as a scan does; its words are not in the index.",
    Code.UNREAD_TEXT: (
        "A page of a PDF shows words that could not be read: its font does not say which letters they are, or its "
        "content is damaged. Words may be missing from the page, and others on it be wrong."
    ),
    Code.TOO_LARGE: "The file, or what it unpacks to, is over a limit of size and was not read.",
    Code.TOO_DEEP: "Containers are nested deeper than the limit (a zip in a mail in a zip); what is below is not read.",
    Code.TRUNCATED: "The document is over a limit of pages, characters or attachments; what lies beyond was not read.",
    Code.CHARSET_GUESSED: (
        "The bytes do not fit the encoding they claim; another one was used. Letters such as æ, ø and å may be wrong."
    ),
    Code.HIDDEN_TEXT: (
        "The document holds text that a person does not see (white on white, outside the page, hidden by a style); it "
        "is left out, for nobody can point to it."
    ),
    Code.OTHER_ENGINE: "The usual reader could not read this PDF, or a page of it; another one did, which sees less.",
    Code.DAMAGED_MAIL: "The mail is broken (a missing boundary, faulty base64); what could be read is given.",
    Code.ENCRYPTED_MAIL: "The mail or a part of it is encrypted (S/MIME, PGP); what it says is not in the index.",
    Code.BAD_HEADER: "A mail header (sender, time …) could not be read; its field is empty.",
    Code.UNREAD_ARCHIVE: "An archive, or a member of one, is packed in a way that is not read (.7z, .rar …).",
    Code.ENCRYPTED_ARCHIVE: "A member of an archive asks for a password; it was not read, the others were.",
    Code.DAMAGED_ARCHIVE: "An archive is broken or cut off; the members that could be found were read.",
    Code.UNSAFE_NAME: (
        "The name of an archive's member leads out of the archive, is empty or holds what is not seen; it is shown "
        "safely, and the member is read."
    ),
    Code.NO_FILE: "A member of an archive is a link or a device; it was not followed.",
    Code.UNIT_UNKNOWN: (
        "A table of money does not say whether it is in kr., 1.000 kr. or mio. kr.; its figures are not given in kr."
    ),
    Code.UNIT_CONFLICT: "Two units are printed for one table; its figures are not given in kr.",
    Code.SUM_MISMATCH: (
        "The printed total is not the sum of the printed figures, rounding allowed for: a fault of the paper, or a "
        "figure that was read wrongly. Both figures are given as printed."
    ),
    Code.SUMMARY_MISMATCH: (
        "A catalogue's summary and its proposals differ in a figure, a number or a title, or one lacks what the other "
        "has."
    ),
    Code.NUMBER_REFUSED: (
        "Something looks like an amount or an FTE and fits no rule, can be read in two ways (EUR 250,000), or is told "
        'without a figure ("et par millioner kroner"); or a CVR number\'s check digit is wrong. It is not given.'
    ),
    Code.DATE_REFUSED: "Something looks like a date and is none (31 February), lacks its year, or is counted from a day"
    ' that is not known ("i går"); it is not given.',
    Code.WEEKDAY_MISMATCH: (
        "A day is printed with a weekday that it does not have: one of the two is misprinted. It is given as the day "
        "is printed."
    ),
    Code.TABLE_REFUSED: (
        "Something looks like a table and its grid could not be read safely (which figure belongs to which year?); it "
        "is not given. Its words are in the text."
    ),
    Code.DECISION_UNREAD: (
        'Minutes print something under the heading "Beslutning" that no rule reads (a remark, a count of votes, a '
        "verdict in other words), or another paper says in the present that a body grants a sum "
        '("Byrådet godkender, at der gives …"), which may be a draft; no decision of it is given. '
        "Its words are in the text."
    ),
    Code.ANSWERS_IN_COLOUR: (
        'A mail says that its answers stand in another colour in the mail that it quotes ("Mine svar med rødt '
        'nedenfor"); the text has no colours, so they are given with the words of who asked.'
    ),
    Code.STAGE_FAILED: "A step of the extraction broke on this document; what the other steps found is kept.",
    Code.WORKER_DIED: (
        "The process that worked on the document came to an end of its own, twice, once with nothing beside it; "
        "the document was not read, all others were."
    ),
    Code.TIMED_OUT: "The work on the document took longer than the limit, twice; it was not read.",
    Code.OUT_OF_MEMORY: "The work on the document needed more memory than the limit, twice; it was not read.",
}
"""What each code means, and why it happens."""

ADVICE: dict[str, str] = {
    Code.EMPTY_FILE: "Ask for a new copy: this one holds nothing.",
    Code.UNKNOWN_FORMAT: "Save it as PDF, text or .eml, and ingest that.",
    Code.READER_MISSING: "Install what reads it (`pip install 'akt[pst]'` for Outlook data files), then ingest again.",
    Code.UNREADABLE: "Open the file in its own program; if it is broken there too, ask for a new copy.",
    Code.OTHER_FORMAT: "Look at it: a server may have sent a page (an error, a login) in the place of the document.",
    Code.ENCRYPTED_PDF: "Ask for a copy without a password, or save one, and ingest that.",
    Code.NO_TEXT_LAYER: "Run the PDF through OCR (`ocrmypdf -l dan`), and ingest the result.",
    Code.UNREAD_TEXT: (
        "Look at the pages that the message names, at their figures above all; ask for a new copy, or run the PDF "
        "through OCR (`ocrmypdf --force-ocr -l dan`)."
    ),
    Code.TOO_LARGE: "Split the file, and ingest the pieces.",
    Code.TOO_DEEP: "Unpack it by hand and ingest the folder, or allow more (`--limit depth=…`).",
    Code.TRUNCATED: "Allow more (`--limit`, the message names which), or split the document.",
    Code.CHARSET_GUESSED: "Compare names and special letters with the document before you quote them.",
    Code.HIDDEN_TEXT: "Look at the document: the message quotes the beginning (HTML) or names the pages (PDF).",
    Code.OTHER_ENGINE: "Look at the pages that the message names, at their tables above all.",
    Code.DAMAGED_MAIL: "Ask for the mail once more, exported from the mailbox; compare its attachments.",
    Code.ENCRYPTED_MAIL: "Ask for the mail as it reads to its recipient, printed to PDF or saved without encryption.",
    Code.BAD_HEADER: "Look at the mail itself: it is not found by what this header says.",
    Code.UNREAD_ARCHIVE: "Unpack it and ingest the folder, or pack it anew as .zip.",
    Code.ENCRYPTED_ARCHIVE: "Unpack it with its password, and ingest the folder.",
    Code.DAMAGED_ARCHIVE: "Ask for the archive once more: members may be missing.",
    Code.UNSAFE_NAME: "Nothing, but be careful when you unpack the archive with another program.",
    Code.NO_FILE: "Ask for what the link points to, if it matters.",
    Code.UNIT_UNKNOWN: "Look at the page, and ask the authority; the printed figures are in `akt tables`.",
    Code.UNIT_CONFLICT: "Look at the page, and ask the authority; the printed figures are in `akt tables`.",
    Code.SUM_MISMATCH: "See the place with `akt check --crop DIR`; ask the authority which figure is right.",
    Code.SUMMARY_MISMATCH: "See both places with `akt check --crop DIR`; ask the authority which one is right.",
    Code.NUMBER_REFUSED: "Look at the page: the message quotes the words. They are found by `akt search`.",
    Code.DATE_REFUSED: "Look at the page; for short dates `akt extract --document-date` says which year they are of.",
    Code.WEEKDAY_MISMATCH: "Ask which day is meant before you write it: the message quotes both.",
    Code.TABLE_REFUSED: "Look at the page, and take the figures by hand; `akt tables --draw DIR` shows what was read.",
    Code.DECISION_UNREAD: "Read the item: the message quotes how it begins, and `akt show` prints it whole.",
    Code.ANSWERS_IN_COLOUR: "Look at the mail itself before you say who wrote what in the quoted one.",
    Code.STAGE_FAILED: "What the other steps found is kept; please report the document to the makers of Akt.",
    Code.WORKER_DIED: "Save it anew in its own program, or print it to PDF, and ingest that; please report it.",
    Code.TIMED_OUT: "Split the document, or allow more time (`--limit seconds=…`); if it is small, please report it.",
    Code.OUT_OF_MEMORY: "Split the document, or allow more memory (`--limit memory=…`).",
}
"""What a user can do about each."""


def problem(code: Code, message: str, *, part: int | None = None, page: int | None = None) -> Problem:
    """A problem with a sentence of its own: what was met, where, and what was done about it."""
    return Problem(code=code.value, message=message, part=part, page=page)
