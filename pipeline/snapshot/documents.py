"""Documents, their parts and messages as rows: what the records of a snapshot point to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from corpus.identity import document_id, part_id
from corpus.store.entries import Origin, Outline
from corpus.store.exports import stream_contents
from corpus.store.schema import contents, part_contents, parts
from pipeline.export.columns import Column, Kind, Sheet
from pipeline.export.rows import Row, masked_paths, place_row, version_row
from pipeline.export.sheets import ALSO_IN, DOCUMENT, KINDS, PAGE, PART_INDEX, VERSIONS

_ID = Column("id", Kind.TEXT, "`akt show ID` prints it.", required=True)
DOCUMENTS = Sheet(
    "documents",
    "A content that lies somewhere in the ingested folders: a file, an attachment, a member of a container.",
    (
        _ID,
        *DOCUMENT,
        Column("kind", Kind.TEXT, "What it is.", required=True, choices=KINDS),
        Column("media_type", Kind.TEXT, "The format, as a MIME type.", required=True),
        Column("pages", Kind.WHOLE, "How many pages it has; empty for what has none."),
        Column("bytes", Kind.WHOLE, "Its size.", "bytes", required=True),
        Column("parts", Kind.WHOLE, "How many parts it has.", required=True),
        Column("problems", Kind.WHOLE, "How many things in it could not be read safely.", required=True),
        *VERSIONS,
        ALSO_IN,
    ),
)
PARTS = Sheet(
    "parts",
    "A part of a document: what is searched and cited. The parts of a document, joined in order, are its whole text.",
    (
        _ID,
        *DOCUMENT[:2],
        PART_INDEX,
        Column("kind", Kind.TEXT, "message, proposal, agenda-item or body.", required=True),
        Column("title", Kind.TEXT, "Its title."),
        Column("number", Kind.TEXT, "The number of a proposal or an agenda item."),
        Column("committee", Kind.TEXT, "The committee of a proposal, or the body whose meeting it is."),
        Column("page_first", Kind.WHOLE, "Its first page.", PAGE),
        Column("page_last", Kind.WHOLE, "Its last page.", PAGE),
        Column("body_start", Kind.WHOLE, "The character at which the text begins after a header.", required=True),
        Column("text", Kind.TEXT, "All of its text.", required=True),
        *VERSIONS,
    ),
)
MESSAGES = Sheet(
    "messages",
    "A message of a mail or a thread, quoted ones too.",
    (
        _ID,
        *DOCUMENT[:2],
        PART_INDEX,
        Column("sent", Kind.TEXT, "When it was sent: ISO 8601, local as printed, with an offset only where one is."),
        Column("from_name", Kind.TEXT, "The sender's name."),
        Column("from_address", Kind.TEXT, "The sender's address."),
        Column("to", Kind.TEXTS, 'Those it was sent to: "Name <address>".'),
        Column("cc", Kind.TEXTS, "Those who got a copy."),
        Column("subject", Kind.TEXT, "The subject."),
        Column("quoted", Kind.YES_NO, "Whether another message quotes it.", required=True),
        Column("fingerprint", Kind.TEXT, "The same for the same message in another thread.", required=True),
        Column("message_id", Kind.TEXT, "The Message-ID; a quoted copy has none."),
        *VERSIONS,
    ),
)


def document_rows(connection: sa.Connection) -> Iterator[Row]:
    """The rows of :data:`DOCUMENTS`, by path."""
    query = sa.select(contents.c.media_type, contents.c.pages, contents.c.size)
    for origin in stream_contents(connection, Outline):
        row = connection.execute(query.where(contents.c.sha256 == origin.sha256)).one()
        yield {
            "id": document_id(origin.sha256),
            **place_row(origin),
            "kind": origin.outline.kind,
            "media_type": row.media_type,
            "pages": row.pages,
            "bytes": row.size,
            "parts": len(origin.outline.parts),
            "problems": len(origin.outline.problems),
            **version_row(origin),
            "also_in": masked_paths(origin.also_in),
        }


def part_rows(connection: sa.Connection) -> Iterator[Row]:
    """The rows of :data:`PARTS`, by path and place."""
    for origin, row, fields in _parts(connection):
        yield {
            **_begin(origin, row),
            "kind": row.kind,
            "title": row.title,
            "number": fields.get("number"),
            "committee": fields.get("committee"),
            "page_first": row.page_first,
            "page_last": row.page_last,
            "body_start": fields.get("body_start", 0),
            "text": row.text,
            **version_row(origin),
        }


def message_rows(connection: sa.Connection) -> Iterator[Row]:
    """The rows of :data:`MESSAGES`, by path and place."""
    for origin, row, fields in _parts(connection):
        if row.kind == "message":
            sender = fields.get("from") or {}
            yield {
                **_begin(origin, row),
                "sent": fields.get("sent"),
                "from_name": sender.get("name"),
                "from_address": sender.get("address"),
                "to": _written(fields.get("to")),
                "cc": _written(fields.get("cc")),
                "subject": fields.get("subject"),
                "quoted": bool(fields.get("quoted")),
                "fingerprint": row.fingerprint,
                "message_id": fields.get("message_id"),
                **version_row(origin),
            }


def _parts(connection: sa.Connection) -> Iterator[tuple[Origin[Outline], sa.Row[Any], dict[str, Any]]]:
    """Each part with its document, and those of its fields that are no columns."""
    query = sa.select(parts, part_contents.c.text, part_contents.c.payload).join(
        part_contents, sa.and_(part_contents.c.sha256 == parts.c.sha256, part_contents.c.part == parts.c.part)
    )
    for origin in stream_contents(connection, Outline):
        of_it = query.where(parts.c.sha256 == origin.sha256).order_by(parts.c.part)
        for row in connection.execute(of_it):
            yield origin, row, msgspec.json.decode(row.payload)


def _begin(origin: Origin[Outline], row: sa.Row[Any]) -> Row:
    place = place_row(origin)
    return {
        "id": part_id(origin.sha256, row.part),
        "path": place["path"],
        "document": place["document"],
        "part": row.part,
    }


def _written(people: list[dict[str, str | None]] | None) -> list[str]:
    return [_one_written(one.get("name"), one.get("address")) for one in people or []]


def _one_written(name: str | None, address: str | None) -> str:
    """ "Name <address>", or the one of the two that is known."""
    return f"{name} <{address}>" if name and address else name or address or ""


SHEETS: dict[str, tuple[Sheet, Callable[[sa.Connection], Iterator[Row]]]] = {
    DOCUMENTS.name: (DOCUMENTS, document_rows),
    PARTS.name: (PARTS, part_rows),
    MESSAGES.name: (MESSAGES, message_rows),
}
"""By name, with what makes their rows."""
