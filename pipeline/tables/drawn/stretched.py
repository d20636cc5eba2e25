"""Drawn rows that hold several printed ones: where only frame and columns are ruled, the words part the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.tables.borderless.broken import ends_in_unit
from pipeline.tables.borderless.wrapping import Printed, rows_of
from pipeline.tables.content.grid import TextLine
from pipeline.tables.content.headings import is_year_heading, year_of
from pipeline.tables.content.rows import continues
from pipeline.tables.content.units import begins_unit, is_statement, unit_note
from pipeline.tables.drawn.wordrows import band_starts
from pipeline.tables.layout.cellwords import Part
from pipeline.tables.layout.halves import WHY

ONE_HEIGHT = 0.4
"""Words whose middles differ by less than this share of their height stand on one line."""
HALFWAY = 0.95
APART = 1.5
"""Two rows are so many line heights apart, by their middles; two lines of a cell stand closer."""
LISTED, FEWEST_LISTED, MANY = 3, 2, 4
TWO_FIGURES = "two figures stand in one cell"
ACROSS = "a figure is printed across the rule between two cells"


@dataclass(frozen=True, slots=True)
class Laid:
    """A drawn cell in its row and column, with what stands in it; ``parts`` is empty for a blank one."""

    row: int
    column: int
    row_span: int
    column_span: int
    parts: tuple[Part, ...]


def split_rows(cells: Sequence[Laid], count: int) -> tuple[list[Laid], int, dict[int, str]]:
    """The cells in rows of one figure to a cell, how many rows there are, and the rows that could not be parted."""
    starts = [0]
    parted: list[Laid] = []
    for row in range(count):
        level = [cell for cell in cells if cell.row == row and cell.row_span == 1]
        rows = [level]
        if _is_most(level, cells) and (starts_at := band_starts(level)):
            rows = list(_listed_rows(level, starts_at))
        elif _is_stacked(level):
            rows = list(_printed_rows(level))
        elif _heads_section(level):
            rows = list(_below_heading(level))
        elif count <= 2 and (listed := _listed(level, below_heading=row > 0)):
            rows = list(_listed_rows(level, listed))
        for number, laid in enumerate(rows, starts[-1]):
            parted += [cell if cell.row == number else replace(cell, row=number) for cell in laid]
        starts.append(starts[-1] + len(rows))
    for cell in cells:
        if cell.row_span > 1:
            top, bottom = starts[cell.row], starts[cell.row + cell.row_span]
            parted.append(replace(cell, row=top, row_span=bottom - top))
    several = [cell for cell in parted if cell.column and len(cell.parts) > 1]
    refused = {cell.row: TWO_FIGURES for cell in several if sum(part.is_value for part in cell.parts) > 1}
    refused |= {cell.row: WHY for cell in several if any(part.piece.text[0] in ".," for part in cell.parts[1:])}
    refused |= {cell.row: ACROSS for cell in parted if any(part.torn for part in cell.parts)}
    return parted, starts[-1], refused


def _is_most(level: Sequence[Laid], cells: Sequence[Laid]) -> bool:
    """Whether more lines stand in one row than in all others: the rules part no rows but the headings."""
    tallest: dict[int, int] = {}
    for cell in cells:
        tallest[cell.row] = max(tallest.get(cell.row, 0), len(cell.parts))
    return bool(level) and 2 * tallest[level[0].row] > sum(tallest.values())


def _is_stacked(level: Sequence[Laid]) -> bool:
    """Figures under each other in two columns, or in one beside as many lines of another."""
    several = [cell for cell in level if len(cell.parts) > 1 and not _is_heading(cell)]
    stacked = [cell for cell in several if sum(part.figures > 0 for part in cell.parts) > 1]
    if len(stacked) != 1:
        return len(stacked) > 1
    figures = [part for part in stacked[0].parts if part.figures]
    return any(
        all(_beside(part, cell.parts) for part in figures) for cell in level if cell is not stacked[0] and cell.parts
    )


def _heads_section(level: Sequence[Laid]) -> bool:
    """Whether the name of a section stands below the headings, apart from the first of them, in a row of no figures.

    Shaded rows in turn draw no rule between the two.
    """
    filled = sorted((cell for cell in level if cell.parts), key=lambda cell: cell.column)
    if len(filled) < 2 or len(filled[0].parts) != 2 or any(part.is_value for cell in filled for part in cell.parts):
        return False
    head, name = sorted(filled[0].parts, key=lambda part: part.middle)
    level_with = all(len(cell.parts) == 1 and _beside(head, cell.parts) is not None for cell in filled[1:])
    apart = name.middle - head.middle > APART * max(head.height, name.height)
    text = name.piece.text
    goes_on = continues(head.piece.text, text) or is_statement(text) or begins_unit(head.piece.text)
    return level_with and apart and not goes_on


def _below_heading(level: Sequence[Laid]) -> Iterator[list[Laid]]:
    first = min((cell for cell in level if cell.parts), key=lambda cell: cell.column)
    head, name = sorted(first.parts, key=lambda part: part.middle)
    yield [replace(cell, parts=(head,)) if cell is first else cell for cell in level]
    yield [replace(first, parts=(name,))]


def _is_heading(cell: Laid) -> bool:
    """Whether the lines of a cell are a heading with its unit: "2026", "(1.000", "kr.)"; "2026", "1.000 kr."."""
    text = " ".join(part.piece.text for part in cell.parts)
    note = unit_note(text)
    dated = note is not None and note.end == len(text) and year_of(text[: note.start]) is not None
    return dated or ends_in_unit(text)


def _listed(level: Sequence[Laid], *, below_heading: bool) -> list[float]:
    """The heights at which every column has a line that begins something: rows of words without rules between them.

    None unless the first line is one of them, and three are, or two of many columns below their headings.
    """
    filled = [cell for cell in level if cell.parts]
    if len(filled) < 2:
        return []
    first = min(filled, key=lambda cell: len(cell.parts))
    rows = [[part, *(_beside(part, cell.parts) for cell in filled if cell is not first)] for part in first.parts]
    begun = [all(part is not None and not part.piece.text[:1].islower() for part in row) for row in rows]
    starts = [part.middle for part, begins in zip(first.parts, begun, strict=True) if begins]
    top = min(part.middle for cell in filled for part in cell.parts)
    fewest = FEWEST_LISTED if below_heading and len(filled) >= MANY else LISTED
    return starts if len(starts) >= fewest and starts[0] - top < ONE_HEIGHT * first.parts[0].height else []


def _beside(part: Part, others: Sequence[Part]) -> Part | None:
    return next((other for other in others if abs(part.middle - other.middle) < ONE_HEIGHT * part.height), None)


def _listed_rows(level: Sequence[Laid], starts: Sequence[float]) -> Iterator[list[Laid]]:
    for top, bottom in pairwise([*starts, float("inf")]):
        row = [(cell, [p for p in cell.parts if top <= p.middle + ONE_HEIGHT * p.height < bottom]) for cell in level]
        yield [replace(cell, parts=tuple(parts)) for cell, parts in row]


def _printed_rows(level: Sequence[Laid]) -> Iterator[list[Laid]]:
    """The rows of a stretched one: its heading, and below it lines joined as those of a borderless table are."""
    spans = {cell.column: cell.column_span for cell in level}
    parts = {id(part.piece): part for cell in level for part in cell.parts}
    labels = _named(level)
    lines = _lines(level, labels)
    first = next((n for n, line in enumerate(lines) if line.valued), len(lines))
    figures = {cell.column for cell in level if any(part.is_value for part in cell.parts) and cell.column > labels}
    heads = max((n + 1 for n in range(first) if figures & lines[n].cells.keys()), default=0)
    rows = [_joined(lines[:heads])] if heads else []
    for run in _between_years(lines[heads:]):
        rows += rows_of(run, [], within=True)
    for row in rows:
        cells = sorted(row.cells.items())
        yield [Laid(0, column, 1, spans[column], tuple(parts[id(p)] for p in pieces)) for column, pieces in cells]


def _joined(lines: Sequence[Printed]) -> Printed:
    first = lines[0]
    for line in lines[1:]:
        first.take(line)
    return first


def _between_years(lines: Sequence[Printed]) -> Iterator[list[Printed]]:
    """The lines in runs that end before a line of years, or after it."""
    run: list[Printed] = []
    for line in lines:
        if _is_years(line):
            yield from ([run] if run else [])
            yield [line]
            run = []
        else:
            run.append(line)
    if run:
        yield run


def _is_years(line: Printed) -> bool:
    pieces = [piece.text for pieces in line.cells.values() for piece in pieces]
    return not line.valued and sum(is_year_heading(text) for text in pieces) > 1


def _named(level: Sequence[Laid]) -> int:
    """The column of the names: of those before the figures the one with most words, behind numbers or codes."""
    filled = sorted((cell for cell in level if cell.parts), key=lambda cell: cell.column)
    first = next((cell.column for cell in filled[1:] if 2 * sum(p.is_value for p in cell.parts) > len(cell.parts)), 1)
    before = [cell for cell in filled if cell.column < first] or filled[:1]
    return max(before, key=lambda cell: sum(len(part.piece.text) for part in cell.parts)).column


def _lines(level: Sequence[Laid], labels: int) -> list[Printed]:
    """The printed lines of a row from the top down, with the pieces of each column; ``labels`` is that of the names."""
    parts = sorted(((part, cell.column) for cell in level for part in cell.parts), key=lambda pair: pair[0].middle)
    lines: list[Printed] = []
    for part, column in parts:
        cells: dict[int, list[TextLine]] = {column: [part.piece]}
        valued = part.is_value and column > labels
        line = Printed(part.middle, part.height, cells, valued, label_column=labels)
        if lines and part.middle - lines[-1].centre < ONE_HEIGHT * part.height and column not in lines[-1].cells:
            lines[-1].take(line)
        else:
            lines.append(line)
    return _with_centred(lines, labels)


def _with_centred(lines: Sequence[Printed], labels: int) -> list[Printed]:
    """Figures that stand at half the height between two lines of their label are put on the first of these."""
    joined: list[Printed] = []
    for number, line in enumerate(lines):
        beyond = lines[number + 1] if number + 1 < len(lines) else None
        if joined and beyond is not None and labels not in line.cells and line.valued:
            near = beyond.centre - joined[-1].centre < 2 * HALFWAY * max(beyond.height, joined[-1].height)
            if near and not joined[-1].valued and not beyond.valued:
                joined[-1].take(line)
                continue
        held = bool(joined) and joined[-1].valued and joined[-1].last > joined[-1].centre
        if held and not line.valued and line.centre - joined[-1].last < HALFWAY * line.height:
            joined[-1].take(line)
            continue
        joined.append(line)
    return joined
