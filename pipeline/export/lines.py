"""The budget lines of the stored tables in tidy form, one row per value, and the problems of the stored documents."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.identity import document_id, part_id
from corpus.model import Line, LineValue, Problem, Table
from corpus.store.entries import Origin, Outline, PartOutline, TablesOutline
from pipeline.export.rows import Row, masked_paths, part_of, part_row, place_row


def line_rows(origin: Origin[TablesOutline]) -> Iterator[tuple[PartOutline, Row]]:
    """One row per value of every table of a document, with the part it stands in."""
    for number, table in enumerate(origin.outline.tables):
        for at, line in enumerate(table.lines):
            for place, value in enumerate(line.values):
                part = part_of(origin, table.part if value.part is None else value.part)
                yield (
                    part,
                    {
                        "id": _line_id(origin.sha256, part, value, (number, at, place)),
                        **place_row(origin),
                        "document_date": origin.outline.date,
                        "municipality": origin.outline.municipality,
                        "part": part.index,
                        **part_row(part),
                        **_figure(table, line, value),
                        "check": check_status(table, line, value),
                        "also_in": masked_paths(origin.also_in),
                    },
                )


def _figure(table: Table, line: Line, value: LineValue) -> Row:
    """The table's unit and price level are of its money; an FTE row is counted in FTE whatever they say."""
    money = line.unit != "fte"
    return {
        "caption": table.caption,
        "label": line.label,
        "group": line.group,
        "role": line.role,
        "unit": line.unit,
        "year": value.year,
        "column": value.column,
        "value": format(value.value, "f"),
        "raw": value.raw,
        "price_level": table.price_level if money else None,
        "unit_text": table.unit.text if table.unit and money else None,
        "page": table.page if value.page is None else value.page,
        "bbox": value.bbox,
    }


def _line_id(sha256: str, part: PartOutline, value: LineValue, place: tuple[int, int, int]) -> str:
    """By the first character of the value, as a record's; by its place in the tables where that is not known."""
    ending = ".".join(map(str, place)) if value.start is None else str(value.start)
    return f"{part_id(sha256, part.index)}.{'line' if value.start is not None else 'cell'}.{ending}"


def check_status(table: Table, line: Line, value: LineValue) -> str:
    """Whether the sums hold that the table promises of a value's unit and year or column, and the checks of its row.

    "ok", "mismatch", or "none" where it promises none.
    """
    asked = (line.unit, value.year, value.column)
    held = [
        check.ok
        for check in table.checks
        if (check.unit, check.year, check.column) == asked and check.label in (None, line.label)
    ]
    if not held:
        return "none"
    return "ok" if all(held) else "mismatch"


def problem_rows(origin: Origin[Outline]) -> Iterator[tuple[int | None, Row]]:
    """One row per problem of a document, with the index of its part where one is to blame."""
    for found in origin.outline.problems:
        yield found.part, _problem_row(origin, found)


def _problem_row(origin: Origin[Outline], found: Problem) -> Row:
    sha256 = origin.sha256
    return {
        "id": document_id(sha256) if found.part is None else part_id(sha256, found.part),
        **place_row(origin),
        "part": found.part,
        "page": found.page,
        "code": found.code,
        "message": found.message,
        "also_in": masked_paths(origin.also_in),
    }
