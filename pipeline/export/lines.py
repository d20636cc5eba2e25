"""The budget lines of the stored tables in tidy form, one row per value, and the problems of the stored documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.checked import statuses
from corpus.identity import document_id, part_id
from corpus.model import STAFF_UNITS, Line, LineValue, Problem, Table
from corpus.store.entries import Origin, Outline, PartOutline, TablesOutline
from pipeline.catalogues.owners import Owner, line_owners
from pipeline.export.rows import Row, masked_paths, part_of, part_row, place_row, version_row
from pipeline.tables.content.headings import year_headings
from pipeline.tables.content.pricelevels import figure_level


def line_rows(origin: Origin[TablesOutline]) -> Iterator[tuple[PartOutline, Row]]:
    """One row per value of every table of a document, with the part it stands in: :data:`sheets.LINES`."""
    begin: Row = {**place_row(origin)}
    end: Row = {"document_kind": origin.outline.kind, **version_row(origin), "also_in": masked_paths(origin.also_in)}
    for number, table in enumerate(origin.outline.tables):
        status, headings = statuses(table), year_headings(table.columns)
        about: Row = {"table": number + 1, "caption": table.caption, "sign_note": table.sign_note}
        owners = line_owners(table)
        before, part, standing = None, part_of(origin, table.part), dict[str, object]()
        for at, line in enumerate(table.lines):
            row_of_line = _line(table, line)
            for place, value in enumerate(line.values):
                index = table.part if value.part is None else value.part
                if index != before:
                    before, part = index, part_of(origin, index)
                    standing = {**begin, **_standing(origin, part), **about}
                yield (
                    part,
                    {
                        "id": _line_id(origin.sha256, part, value, (number, at, place)),
                        **standing,
                        **_owned(part, standing, owners[at]),
                        **row_of_line,
                        **_value(table, line, value, headings),
                        "check": status(line, value),
                        **end,
                    },
                )


def _standing(origin: Origin[TablesOutline], part: PartOutline) -> Row:
    """The part that a figure stands in."""
    return {
        "body": part.committee,
        "number": part.number,
        "title": part.title or origin.outline.title,
        "part": part.index,
        **part_row(part),
    }


def _owned(part: PartOutline, standing: Row, owner: Owner) -> Row:
    """What the row prints of itself: its committee, and outside of proposals its number."""
    own = part.number if part.kind == "proposal" else owner.number or part.number
    return {"body": owner.committee or standing["body"], "number": own}


def _line(table: Table, line: Line) -> Row:
    """The table's unit is of its money, not of a row that counts årsværk or positions."""
    money = line.unit not in STAFF_UNITS
    return {
        "label": line.label,
        "group": line.group,
        "role": line.role,
        "unit": line.unit,
        "price_level": table.price_level if money else None,  # the figure's own takes its place
        "unit_text": table.unit.text if table.unit and money else None,
    }


def _value(table: Table, line: Line, value: LineValue, headings: Mapping[tuple[int, bool], str]) -> Row:
    over = None if value.year is None else headings.get((value.year, line.unit in STAFF_UNITS))
    heading = over if value.column is None else value.column
    money = line.unit not in STAFF_UNITS
    return {
        "price_level": figure_level(table.price_level, heading, line.label, line.group) if money else None,
        "year": value.year,
        "column": heading,
        "value": value.value,
        "value_kr": value.value if line.unit == "DKK" else None,
        "raw": value.raw,
        "page": table.page if value.page is None else value.page,
        "bbox": value.bbox,
    }


def _line_id(sha256: str, part: PartOutline, value: LineValue, place: tuple[int, int, int]) -> str:
    """By the first character of the value, as a record's; by its place in the tables where that is not known."""
    ending = ".".join(map(str, place)) if value.start is None else str(value.start)
    return f"{part_id(sha256, part.index)}.{'line' if value.start is not None else 'cell'}.{ending}"


def problem_rows(origin: Origin[Outline]) -> Iterator[tuple[int | None, Row]]:
    """One row per problem of a document, with the index of its part where one is to blame."""
    for found in origin.outline.problems:
        yield found.part, _problem_row(origin, found)


def _problem_row(origin: Origin[Outline], found: Problem) -> Row:
    sha256, place = origin.sha256, place_row(origin)
    return {
        "id": document_id(sha256) if found.part is None else part_id(sha256, found.part),
        "path": place["path"],
        "document": place["document"],
        "part": found.part,
        "page": found.page,
        "code": found.code,
        "message": found.message,
        **version_row(origin),
        "also_in": masked_paths(origin.also_in),
    }
