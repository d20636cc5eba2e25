"""Rows as lines of text: JSON, JSON lines, CSV. Every writer streams; nothing needs all rows in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline.export.rows import flat
from pipeline.export.safety import for_spreadsheet


def write_rows(form: str, rows: Iterable[object], columns: Sequence[str]) -> Iterator[str]:
    """The rows as ``form``: jsonl, json or csv. ``columns`` are those of the CSV."""
    if form == "jsonl":
        return json_lines(rows)
    if form == "json":
        return json_array(rows)
    return csv_lines((msgspec.to_builtins(row) for row in rows), columns)


def json_lines(values: Iterable[object]) -> Iterator[str]:
    """One JSON value per line."""
    for value in values:
        yield msgspec.json.encode(value).decode() + "\n"


def streamed_line(children: Iterable[object], document: Callable[[], object]) -> Iterator[str]:
    """A document as one line of JSON whose ``children`` come first and are written one at a time.

    ``document`` is asked when they have all been given; its own ``children`` are left out.
    """
    yield '{"children":['
    for number, child in enumerate(children):
        yield ("," if number else "") + msgspec.json.encode(child).decode()
    rest = {name: value for name, value in msgspec.to_builtins(document()).items() if name != "children"}
    yield f"],{msgspec.json.encode(rest).decode()[1:]}\n"


def json_array(values: Iterable[object]) -> Iterator[str]:
    """One JSON array, indented."""
    opened = False
    for value in values:
        yield ",\n" if opened else "[\n"
        opened = True
        yield pretty(value)
    yield "\n]\n" if opened else "[]\n"


def pretty(value: object) -> str:
    """One JSON value over several lines, without a line end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def csv_lines(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[str]:
    """A heading and one line per row, in RFC 4180 form; cells that look like formulas are made harmless."""
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([for_spreadsheet(flat(row.get(column))) for column in columns])


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
