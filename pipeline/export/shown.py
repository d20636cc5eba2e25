"""One document, part or record, by its id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from corpus.cpr import mask_digits
from corpus.identity import document_id, part_id, record_id
from corpus.model import Address, AnyPart, AnyRecord, Decision, Document, Message, Quantity, Record
from corpus.store.database import open_store, sqlite_url
from corpus.store.entries import Place
from corpus.store.queries import contents_with_prefix, load_document, members_of, places_of
from corpus.workspace import Workspace
from pipeline.export.layout import Style, aligned, counted, place, wrapped
from pipeline.export.links import link_lines
from pipeline.export.safety import for_terminal, on_one_line
from pipeline.export.tables import summary
from pipeline.links.find import links_of
from pipeline.links.model import Links
from pipeline.masking import mask_name

if TYPE_CHECKING:
    import sqlalchemy as sa

SHORTEST = 4
INDENT = "      "
UNBOUNDED = 1_000_000


class NotFoundError(Exception):
    """No document, part or record has this id, or more than one begins with it."""


class ShownMember(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What an id names. ``parts`` and ``records`` are those of the document, of the part, or the record alone."""

    id: str
    places: list[Place]
    document: Document
    members: list[ShownMember]
    parts: list[AnyPart]
    records: list[AnyRecord]
    links: Links


def find(workspace: Workspace, wanted: str) -> Shown:
    """Raises NotFoundError, or WorkspaceError where there is no readable workspace."""
    workspace.open(create=False)
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        return _find(connection, wanted.strip().lower())


def _find(connection: sa.Connection, wanted: str) -> Shown:
    beginning, *rest = wanted.split(".", 2)
    sha256 = content_with(connection, beginning)
    document = load_document(connection, sha256)
    if document is None:
        raise NotFoundError(f"There is nothing with the id {wanted}.")
    places = [Place(root=mask_name(found.root), path=mask_name(found.path)) for found in places_of(connection, sha256)]
    path = places[0].path if places else document.path
    document = msgspec.structs.replace(document, path=mask_name(path))
    parts, records = _narrowed(document, wanted, rest)
    links = links_of(connection, document, parts, records, min(len(rest), 2))
    members = [ShownMember(id=document_id(m.sha256), name=mask_name(m.name)) for m in members_of(connection, sha256)]
    return Shown(
        id=".".join([document_id(sha256), *rest]),
        places=places,
        document=msgspec.structs.replace(document, parts=[], records=[], tables=list(document.tables)),
        members=members,
        parts=parts,
        records=records,
        links=links,
    )


def content_with(connection: sa.Connection, beginning: str) -> str:
    """The one content whose hash begins like this. Raises NotFoundError when there is none, or more than one."""
    if len(beginning) < SHORTEST:
        raise NotFoundError(f"The id {beginning!r} is too short: give at least {SHORTEST} characters of it.")
    found = contents_with_prefix(connection, beginning)
    if not found:
        raise NotFoundError(f"There is nothing with the id {beginning}: ids stand in what search and records print.")
    if len(found) > 1:
        raise NotFoundError(f"More than one document begins with {beginning}: {', '.join(map(document_id, found))}.")
    return found[0]


def _narrowed(document: Document, wanted: str, rest: list[str]) -> tuple[list[AnyPart], list[AnyRecord]]:
    """All parts and records, those of the named part, or the named record."""
    if not rest:
        return document.parts, list(document.records)
    parts = [part for part in document.parts if str(part.index) == rest[0]]
    if not parts:
        raise NotFoundError(
            f"The document has {counted(len(document.parts), 'part')}, counted from 0, and no part {rest[0]!r}."
        )
    records = [record for record in document.records if record.part == parts[0].index]
    if len(rest) == 1:
        return parts, records
    ending = f".{rest[0]}.{rest[1]}"
    if rest[1].startswith("line."):  # a figure of a budget line, by where it stands
        named = [record for record in records if str(record.start) == rest[1].removeprefix("line.")]
    else:
        named = [record for record in records if record_id(document.sha256, record).endswith(ending)]
    if not named:
        raise NotFoundError(f"There is no record with the id {wanted}.")
    return parts, named


def lines(shown: Shown, columns: int, bold: Style | None, room: int | None = None) -> Iterator[str]:
    """What an id names, for people. What Akt says of it is no wider than ``room``, if given; a text stays as it is."""
    document, message = shown.document, _own_message(shown)
    title = on_one_line((message.subject if message else document.title) or "(no title)")
    date = _day_and_time(message.sent) if message else document.date
    yield f"{_headed(title, bold, room or UNBOUNDED)}\n"
    about = [
        ("id", shown.id),
        ("kind", "message" + (" that another quotes" if message.quoted else "") if message else document.kind),
        *([("date", date)] if date else []),
        *((name, str(value)) for name in ("municipality", "pages") if (value := getattr(document, name))),
        *(("path", on_one_line(found.path)) for found in shown.places),
        *(("in", on_one_line(root)) for root in dict.fromkeys(found.root for found in shown.places)),
        *(("holds", f"{on_one_line(member.name)}  [{member.id}]") for member in shown.members),
        *(("problem", on_one_line(f"{found.code}: {found.message}")) for found in document.problems),
    ]
    yield aligned(about, room)
    for part in shown.parts:
        yield from _part_lines(shown, part, bold, room or UNBOUNDED)
    yield from link_lines(shown.links, columns, bold)


def _own_message(shown: Shown) -> Message | None:
    """The message that an id of a part or of a record in it is about: it has its own subject and its own time."""
    part = shown.parts[0] if "." in shown.id and shown.parts else None
    return part if isinstance(part, Message) else None


def _day_and_time(sent: str | None) -> str | None:
    return sent[:16].replace("T", " ") if sent else None


def _headed(text: str, bold: Style | None, room: int) -> str:
    lines = wrapped(text, room, "")
    return bold(lines) if bold else lines


def _part_lines(shown: Shown, part: AnyPart, bold: Style | None, room: int) -> Iterator[str]:
    sha256 = shown.document.sha256
    head = on_one_line(f"{part_id(sha256, part.index)}  {type(part).__struct_config__.tag}  {part.title or ''}")
    yield f"\n{_headed(head, bold, room)}\n"
    yield aligned(_about_part(part), room)
    yield f"\n{for_terminal(part.text).strip()}\n"
    records = [record for record in shown.records if record.part == part.index]
    if records:
        yield "\n"
    for record in records:
        row = msgspec.to_builtins(record)
        where = place(f"characters {record.start} to {record.end}", record.page)
        said = on_one_line(f"{type(record).__struct_config__.tag}: {summary(row)}")
        named = f"{on_one_line(record.text)}  ({where})  [{record_id(sha256, record)}]"
        yield f"{wrapped(said, room, '  ')}\n{wrapped(named, room, INDENT)}\n"
        if told := _told_by(record):
            yield f"{wrapped(on_one_line(told), room, INDENT)}\n"


def _about_part(part: AnyPart) -> list[tuple[str, str]]:
    """What a proposal or an item says of itself, and the pages that a part stands on."""
    names = ("number", "committee", "proposer", "expense_type")
    about = [(name.replace("_", " "), on_one_line(value)) for name in names if (value := getattr(part, name, None))]
    if isinstance(part, Message):
        about += _about_message(part)
    first, last = part.page_first, part.page_last
    if first is not None:
        about.append(("page" if first == last else "pages", str(first) if first == last else f"{first} to {last}"))
    return about


def _about_message(message: Message) -> list[tuple[str, str]]:
    """Who wrote it and when, without identifiers."""
    told = [("from", _person(message.sender) if message.sender else ""), ("sent", _day_and_time(message.sent) or "")]
    told.append(("to", ", ".join(map(_person, message.to))))
    return [(name, on_one_line(mask_digits(value))) for name, value in told if value]


def _person(person: Address) -> str:
    return (
        f"{person.name} <{person.address}>" if person.name and person.address else person.name or person.address or ""
    )


def _told_by(record: Record) -> str:
    """The words behind the fields of a figure, or the figures and references of a decision's sentence."""
    if isinstance(record, Quantity) and record.evidence:
        said = (f"{found.field.replace('_', ' ')} «{found.text}»" for found in record.evidence)
        return f"told by: {' · '.join(said)}"
    if isinstance(record, Decision) and record.links:
        return f"with: {' · '.join(f'{link.type} «{link.text}»' for link in record.links)}"
    return ""
