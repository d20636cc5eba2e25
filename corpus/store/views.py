"""The store for other programs: views with plain names, which SQLite itself answers.

Whoever opens ``akt.sqlite`` with Datasette, DuckDB, pandas or the ``sqlite3`` program reads these and needs to know no
inner table. docs/store.md is made from :data:`VIEWS`; a name that is there stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import msgspec
import sqlalchemy as sa

from corpus.identity import ID_LENGTH
from corpus.model import RECORD_TYPES
from corpus.store.schema import meta

VERSION_KEY = "views"


class ViewColumn(msgspec.Struct, frozen=True):
    """A column of a view: its name, the SQL it is made by, and what it means."""

    name: str
    sql: str
    meaning: str


class View(msgspec.Struct, frozen=True):
    """A view: what one row is, its columns, and the tables behind it, in SQL."""

    name: str
    row: str
    columns: tuple[ViewColumn, ...]
    source: str

    @property
    def sql(self) -> str:
        """The statement that makes it."""
        chosen = ", ".join(f'{column.sql} AS "{column.name}"' for column in self.columns)
        return f'CREATE VIEW "{self.name}" AS SELECT {chosen} FROM {self.source}'


def _field(table: str, name: str) -> str:
    return f"json_extract({table}.payload, '$.\"{name}\"')"


def _short(table: str) -> str:
    return f"substr({table}.sha256, 1, {ID_LENGTH})"


_PATH = (
    "(SELECT o.path FROM occurrences o WHERE o.sha256 = c.sha256 AND NOT o.deleted "
    "ORDER BY o.file IS NOT NULL, length(o.path), o.path LIMIT 1)"
)
_LIVE = "EXISTS (SELECT 1 FROM occurrences o WHERE o.sha256 = c.sha256 AND NOT o.deleted)"
_VERSION = "(SELECT s.version FROM stages s WHERE s.sha256 = c.sha256 AND s.stage = '{}')"
_PART = " JOIN parts p ON p.sha256 = {0}.sha256 AND p.part = {0}.part"
_TEXT = " JOIN part_contents t ON t.sha256 = {0}.sha256 AND t.part = {0}.part"
_OWNER = " LEFT JOIN table_value_owners w ON w.sha256 = v.sha256 AND w.ordinal = v.ordinal"
_NUMBER = (
    f"CASE WHEN p.kind = 'proposal' THEN {_field('t', 'number')} ELSE coalesce(w.number, {_field('t', 'number')}) END"
)

_DOCUMENT = (
    ViewColumn("sha256", "c.sha256", "The content, by its SHA-256: 64 hex digits."),
    ViewColumn("path", _PATH, 'Where it lies, relative to the folder that was ingested; "!" leads into a container.'),
    ViewColumn("document", "c.title", "The title of the document."),
    ViewColumn("document_date", "c.date", "The day of the document, ISO 8601."),
    ViewColumn("document_kind", "c.kind", "What it is: email, budget-proposal, minutes, …"),
    ViewColumn("municipality", "c.municipality", "The municipality whose document it is."),
)
_VERSIONS = (
    ViewColumn("extractor_version", _VERSION.format("extract"), "The version that took out what is in the row."),
)


def _place(table: str) -> tuple[ViewColumn, ...]:
    corners = (("x0", 0, "left"), ("top", 1, "upper"), ("x1", 2, "right"), ("bottom", 3, "lower"))
    box = f"{table}.bbox" if table == "v" else _field(table, "bbox")
    return (
        ViewColumn("page", f"{table}.page", "The page, from 1; null for what has no pages."),
        *(
            ViewColumn(name, f"json_extract({box}, '$[{at}]')", f"The {side} edge of its box, in points from top left.")
            for name, at, side in corners
        ),
    )


def _part_columns(table: str) -> tuple[ViewColumn, ...]:
    return (
        ViewColumn("part", f"{table}.part", "The part of the document, from 0."),
        ViewColumn("part_kind", "p.kind", "message, proposal, agenda-item or body."),
        ViewColumn("part_title", "p.title", "The title of the part."),
    )


DOCUMENTS = View(
    "documents",
    "One content that lies somewhere now.",
    (
        ViewColumn("id", _short("c"), "The id that `akt show` takes."),
        *_DOCUMENT,
        ViewColumn("media_type", "c.media_type", "The format, as a MIME type."),
        ViewColumn("pages", "c.pages", "How many pages it has; null for what has none."),
        ViewColumn("size", "c.size", "Bytes."),
        ViewColumn("reader_version", _VERSION.format("read"), "The reader that read it."),
        *_VERSIONS,
    ),
    f"contents c WHERE {_LIVE}",
)
FILES = View(
    "files",
    "One place where a content lies or lay: a file, or a member of a container.",
    (
        ViewColumn("folder", "r.path", "The folder that was ingested."),
        ViewColumn("path", "o.path", 'Relative to it, with "!" between a container and its member.'),
        ViewColumn("sha256", "o.sha256", "The content; null for a file that could never be opened."),
        ViewColumn("size", "o.size", "Bytes, of a file."),
        ViewColumn("inside", "o.file IS NOT NULL", "1 for a member of a container, 0 for a file."),
        ViewColumn("deleted", "o.deleted", "1 when it is gone."),
        ViewColumn("failure", "o.failure", "Why the file could not be opened."),
    ),
    "occurrences o JOIN roots r ON r.id = o.root",
)
PARTS = View(
    "document_parts",
    "One part of a document: what is searched and cited. The parts of a document, joined in order, are its whole text.",
    (
        ViewColumn("id", f"{_short('t')} || '.' || t.part", "The id that `akt show` takes."),
        *_DOCUMENT,
        *_part_columns("t"),
        ViewColumn("page_first", "p.page_first", "Its first page."),
        ViewColumn("page_last", "p.page_last", "Its last page."),
        ViewColumn("body_start", _field("t", "body_start"), "The character at which the text begins after a header."),
        ViewColumn("number", _field("t", "number"), "The number of a proposal or of an agenda item."),
        ViewColumn("committee", _field("t", "committee"), "The committee of a proposal or of a meeting."),
        ViewColumn("text", "t.text", "All of its text."),
    ),
    f"part_contents t JOIN contents c ON c.sha256 = t.sha256{_PART.format('t')} WHERE {_LIVE}",
)
MESSAGES = View(
    "messages",
    "One message of a mail or thread, quoted ones too.",
    (
        ViewColumn("id", f"{_short('t')} || '.' || t.part", "The id that `akt show` and `akt thread` take."),
        *_DOCUMENT,
        ViewColumn("part", "t.part", "The part of the document, from 0."),
        ViewColumn("sent", _field("t", "sent"), "When it was sent, ISO 8601, local as printed."),
        ViewColumn("from_name", "json_extract(t.payload, '$.from.name')", "The sender's name."),
        ViewColumn("from_address", "json_extract(t.payload, '$.from.address')", "The sender's address."),
        ViewColumn("to", _field("t", "to"), "Those it was sent to, as JSON: [{name, address}]."),
        ViewColumn("cc", _field("t", "cc"), "Those who got a copy, likewise."),
        ViewColumn("subject", _field("t", "subject"), "The subject."),
        ViewColumn("quoted", _field("t", "quoted"), "1 for a message that another one quotes."),
        ViewColumn("fingerprint", "p.fingerprint", "The same for the same message in another thread."),
        ViewColumn("body", f"substr(t.text, 1 + {_field('t', 'body_start')})", "The text after the header."),
    ),
    f"part_contents t JOIN contents c ON c.sha256 = t.sha256{_PART.format('t')} WHERE p.kind = 'message' AND {_LIVE}",
)
BUDGET_LINES = View(
    "budget_lines",
    "One figure of a budget table, in kr. (or another currency) or årsværk.",
    (
        *_DOCUMENT,
        *_part_columns("v"),
        ViewColumn("part_number", _field("t", "number"), "The number of the proposal or agenda item it stands in."),
        ViewColumn("part_committee", _field("t", "committee"), "The committee of that proposal or meeting."),
        ViewColumn("number", _NUMBER, "`part_number`; outside of proposals the number that the row prints, if any."),
        ViewColumn(
            "committee",
            f"coalesce(w.committee, {_field('t', 'committee')})",
            "The committee that the row prints in a column of its own, else `part_committee`.",
        ),
        ViewColumn("table_number", "v.table_number", "Which table of the document, from 1."),
        ViewColumn("caption", "v.caption", "The caption of the table."),
        ViewColumn("label", "v.label", "What the row is called."),
        ViewColumn("line_group", "v.line_group", "The heading that the row stands under."),
        ViewColumn("role", "v.role", "saving, efficiency, investment, net, …; null where no word says it."),
        ViewColumn("year", "v.year", "The year of the column."),
        ViewColumn("column_label", "v.column_label", "The heading of a column that is no single year."),
        ViewColumn("value", "v.value", "The exact value in the unit, as text: a decimal in plain notation."),
        ViewColumn("value_number", "CAST(v.value AS REAL)", "The same as a number, for sorting and sums."),
        ViewColumn("unit", "v.unit", "DKK or another currency; fte for årsværk, position for stillinger."),
        ViewColumn("raw", "v.raw", "The figure as printed."),
        ViewColumn("unit_text", "v.unit_text", 'The words that say the unit, such as "Beløb i 1.000 kr.".'),
        ViewColumn("price_level", "v.price_level", "The year of the prices."),
        ViewColumn("sign_note", "v.sign_note", "What the table says of its signs."),
        ViewColumn("check_status", "v.check_status", "Whether the table's own sums prove it: ok, mismatch or none."),
        *_place("v"),
        *_VERSIONS,
    ),
    f"table_values v JOIN contents c ON c.sha256 = v.sha256{_PART.format('v')}{_TEXT.format('v')}{_OWNER} "
    f"WHERE {_LIVE}",
)
PROBLEMS = View(
    "document_problems",
    "One thing that looked readable and was not, or that does not add up.",
    (
        *_DOCUMENT,
        ViewColumn("part", "q.part", "The part, where one is to blame."),
        ViewColumn("page", "q.page", "The page, from 1."),
        ViewColumn("code", "q.code", "What it is: [problems](problems.md)."),
        ViewColumn("message", "q.message", "A sentence about it."),
    ),
    f"problems q JOIN contents c ON c.sha256 = q.sha256 WHERE {_LIVE}",
)
RECORD_VIEWS = {
    "amounts": "amount",
    "ftes": "fte",
    "committees": "committee",
    "dates": "date",
    "decisions": "decision",
    "document_references": "reference",
    "identifiers": "identifier",
    "people": "person",
}
_NUMBERS = ("value", "low", "high")


def _record_view(name: str, kind: str) -> View:
    """All of its own fields by their names in records.md; decimals as exact text, and as numbers beside."""
    common = {"part", "start", "end", "text", "page", "bbox", "source", "municipality"}
    fields = [field.encode_name for field in msgspec.structs.fields(RECORD_TYPES[kind])]
    own = [field for field in fields if field not in common]
    columns = [ViewColumn(field, _field("r", field), f"`{field}` of the record.") for field in own]
    if kind in ("amount", "fte"):
        columns += [
            ViewColumn(f"{field}_number", f"CAST({_field('r', field)} AS REAL)", f"`{field}` for sorting and sums.")
            for field in _NUMBERS
        ]
    where = f"r.type = '{kind}' AND {_LIVE}"
    identity = f"{_short('r')} || '.' || r.part || '.{kind}.' || r.start"
    return View(
        name,
        f"One record of type {kind}: its own fields as in [records.md](records.md), and its place.",
        (
            ViewColumn("id", identity, "The id that `akt show` takes."),
            *(_of_record(column) if column.name in fields else column for column in _DOCUMENT),
            *_part_columns("r"),
            *columns,
            ViewColumn("text", "r.text", "The printed words."),
            ViewColumn("quote", "r.quote", "The sentence around them."),
            *_place("r"),
            *_VERSIONS,
        ),
        f"records r JOIN contents c ON c.sha256 = r.sha256{_PART.format('r')} WHERE {where}",
    )


def _of_record(column: ViewColumn) -> ViewColumn:
    """What a record says itself goes before what its document says: the municipality of a committee."""
    return ViewColumn(column.name, f"coalesce({_field('r', column.name)}, {column.sql})", column.meaning)


VIEWS: tuple[View, ...] = (
    *(DOCUMENTS, FILES, PARTS, MESSAGES),
    *(_record_view(name, kind) for name, kind in RECORD_VIEWS.items()),
    *(BUDGET_LINES, PROBLEMS),
)


def make_views(connection: sa.Connection, *, mend: bool = True) -> None:
    """Make the views of this version, unless they are there. Nothing is made in a database that is not SQLite.

    ``mend``: those that are not as this version has made them are made again.
    """
    if connection.dialect.name != "sqlite":
        return
    version = hashlib.sha256("\n".join(view.sql for view in VIEWS).encode()).hexdigest()
    if connection.scalar(sa.select(meta.c.value).where(meta.c.key == VERSION_KEY)) == version:
        if mend:
            _make_again(connection, lost_views(connection))
        return
    for name in sa.inspect(connection).get_view_names():
        connection.exec_driver_sql(f'DROP VIEW "{name}"')
    for view in VIEWS:
        connection.exec_driver_sql(view.sql)
    connection.execute(meta.delete().where(meta.c.key == VERSION_KEY))
    connection.execute(meta.insert().values(key=VERSION_KEY, value=version))


def lost_views(connection: sa.Connection) -> list[str]:
    """The names of the views that are not there, or are not what this version makes; none but in SQLite."""
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    there = {str(name): str(sql) for name, sql in rows}
    return [view.name for view in VIEWS if there.get(view.name) != view.sql]


def _make_again(connection: sa.Connection, names: Collection[str]) -> None:
    for view in VIEWS:
        if view.name in names:
            connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{view.name}"')
            connection.exec_driver_sql(view.sql)
