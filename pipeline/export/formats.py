"""Rows as lines of text: JSON, JSON lines, CSV. Every writer streams; nothing needs all rows in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from corpus.blocks import Blocks
from corpus.encoding import fields, json_pieces, pieces_of
from corpus.model import Document
from pipeline.export.rows import flat
from pipeline.export.safety import for_spreadsheet

INDENT = "  "


def write_rows(form: str, rows: Iterable[object], columns: Sequence[str]) -> Iterator[str]:
    """The rows as ``form``: jsonl, json or csv. ``columns`` are those of the CSV."""
    if form == "jsonl":
        return json_lines(rows)
    if form == "json":
        return json_array(rows)
    return csv_lines((msgspec.to_builtins(row) for row in rows), columns)


def json_lines(values: Iterable[object]) -> Iterator[str]:
    """One JSON value per line; that of a document comes in pieces, for it may be long."""
    for value in values:
        if isinstance(value, Document):
            yield from _pieces(value)
            yield "\n"
        else:
            yield msgspec.json.encode(value).decode() + "\n"


def _pieces(document: Document) -> Iterator[str]:
    return (piece.decode() for piece in json_pieces(document))


def streamed_line(children: Iterable[Document], document: Callable[[], Document]) -> Iterator[str]:
    """A document as one line of JSON whose ``children`` come first and are written one at a time.

    ``document`` is asked when they have all been given; its own ``children`` are left out.
    """
    yield '{"children":['
    for number, child in enumerate(children):
        if number:
            yield ","
        yield from _pieces(child)
    rest = {name: value for name, value in msgspec.to_builtins(document()).items() if name != "children"}
    yield f"],{msgspec.json.encode(rest).decode()[1:]}\n"


def json_array(values: Iterable[object]) -> Iterator[str]:
    """One JSON array, indented."""
    opened = False
    for value in values:
        yield ",\n" if opened else "[\n"
        opened = True
        yield from pretty_pieces(value) if isinstance(value, Document) else [pretty(value)]
    yield "\n]\n" if opened else "[]\n"


def pretty(value: object) -> str:
    """One JSON value over several lines, without a line end."""
    return _formatted(msgspec.json.encode(value))


def pretty_pieces(document: Document) -> Iterator[str]:
    """A document as JSON over several lines, some of it at a time, without a line end."""
    before = "{\n"
    for name, value in fields(document):
        yield f'{before}{INDENT}"{name}": '
        if isinstance(value, Blocks | list) and value:
            yield from _pretty_items(value)
        else:
            yield pretty(value).replace("\n", f"\n{INDENT}")
        before = ",\n"
    yield "\n}"


def _pretty_items(values: Sequence[object]) -> Iterator[str]:
    before = "[\n"
    for piece in pieces_of(values):
        yield before
        if isinstance(piece, Document):
            yield 2 * INDENT
            yield from (text.replace("\n", f"\n{2 * INDENT}") for text in pretty_pieces(piece))
        else:
            items = _formatted(b"[" + piece + b"]").removeprefix("[\n").removesuffix("\n]")
            yield INDENT + items.replace("\n", f"\n{INDENT}")
        before = ",\n"
    yield f"\n{INDENT}]"


def _formatted(encoded: bytes) -> str:
    return msgspec.json.format(encoded, indent=len(INDENT)).decode()


def csv_lines(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[str]:
    """A heading and one line per row, in RFC 4180 form; cells that look like formulas are made harmless."""
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([for_spreadsheet(flat(row.get(column))) for column in columns])


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
