"""The conversation that a message belongs to, by the message's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.identity import document_id, part_id
from corpus.model import Message
from corpus.store import messages as stored
from corpus.store.database import open_store, sqlite_url
from corpus.store.queries import load_document
from corpus.workspace import Workspace, WorkspaceError
from pipeline.conversations.library import Copy, Library
from pipeline.conversations.model import Conversation
from pipeline.conversations.timeline import Timeline
from pipeline.conversations.walk import MOST_COPIES, gather
from pipeline.export.shown import NotFoundError, content_with

if TYPE_CHECKING:
    import sqlalchemy as sa

INGEST = "run `akt ingest` once, with no path: it takes the documents from the workspace"


class NoMessageError(Exception):
    """What the id names is there and is no message."""


def conversation(workspace: Workspace, wanted: str, most: int = MOST_COPIES) -> Conversation:
    """The conversation of the message with this id (its beginning, or that of a document or a record, is enough).

    Raises NotFoundError, NoMessageError, or WorkspaceError where there is no readable workspace or it is too old.
    """
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        if not stored.has_tables(connection):
            raise WorkspaceError(f"The workspace was made before Akt knew of conversations: {INGEST}.")
        library = Library(connection)
        asked = _message(connection, library, wanted.strip().lower())
        notes = []
        if stored.waits_for_messages(connection):
            notes.append(f"Some documents have not been looked at for conversations yet: {INGEST}.")
        return Timeline(library, gather(library, asked, most)).conversation(asked, notes)


def _message(connection: sa.Connection, library: Library, wanted: str) -> Copy:
    """The message that the id names; of a document its outermost one."""
    beginning, *rest = wanted.split(".", 2)
    sha256 = content_with(connection, beginning)
    copies = library.of_content(sha256)
    if not rest:
        found = library.outermost(sha256) or next(iter(copies.values()), None)
    else:
        found = copies.get(int(rest[0])) if rest[0].isdecimal() else None
    if found is None:
        raise _told(connection, sha256, rest)
    return found


def _told(connection: sa.Connection, sha256: str, rest: list[str]) -> Exception:
    """Why there is no message: the part is not there, is none, or the document is gone or was read by an older Akt."""
    document = load_document(connection, sha256)
    parts = document.parts if document else []
    shown = document_id(sha256)
    inside = 0 if rest else stored.count_inside(connection, sha256)
    if inside and not any(isinstance(part, Message) for part in parts):
        first = stored.first_inside(connection, sha256)
        like = f", like {part_id(first.sha256, first.part)}" if first else ""
        held = "1 member" if inside == 1 else f"{inside} members"
        return NoMessageError(f"{shown} holds no message itself but {held}: give the id of one of them{like}.")
    kinds = {str(part.index): str(type(part).__struct_config__.tag) for part in parts}
    if rest and rest[0] not in kinds:
        return NotFoundError(f"The document has {len(parts)} parts, counted from 0, and no part {rest[0]!r}.")
    if "message" not in ([kinds[rest[0]]] if rest else kinds.values()):
        what = f"{shown}.{rest[0]} is no message but {_named(kinds[rest[0]])}" if rest else f"{shown} holds no message"
        return NoMessageError(f"{what}: `akt show` prints it.")
    if not stored.is_live(connection, sha256):
        return NoMessageError(f"The document {shown} is gone from every place it was in: `akt show` still prints it.")
    return NoMessageError(f"{shown} has not been looked at for conversations yet: {INGEST}.")


def _named(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
