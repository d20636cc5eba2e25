"""Tables: found on the page or in the lines of a text, read as budget tables, checked, and accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from corpus.model import Problem, Record, Table
from corpus.options import OnPage
from corpus.problems import Code, problem
from corpus.reading import Reading
from pipeline.tables.around.breaks import Edges
from pipeline.tables.budgets.budget import Outcome, read_table
from pipeline.tables.budgets.carried import carry
from pipeline.tables.budgets.ledger import Marked
from pipeline.tables.budgets.listed import listed_years
from pipeline.tables.budgets.overall import document_unit
from pipeline.tables.budgets.unread import unread_rows
from pipeline.tables.content.cutheads import with_whole_heads
from pipeline.tables.content.grid import Grid, Span, zones
from pipeline.tables.content.leftheads import with_left_heads
from pipeline.tables.content.ranges import with_whole_ranges
from pipeline.tables.papers.pages import OnBreak, page_grids
from pipeline.tables.plain.marked import text_grids
from pipeline.tables.plain.restarts import parted


class TableFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of one reading; all offsets count from the start of ``reading.text``.

    ``starts``: where each table begins, beside ``tables``. ``zones``: what budget tables cover, with their captions,
    units and notes. ``cell_spans``: the printed cells, for the number ledger. ``problem_starts``: where in the text
    what each problem is about begins, beside ``problems``.
    """

    tables: list[Table] = []
    starts: list[int] = []
    records: list[Record] = []
    zones: list[Span] = []
    cell_spans: list[Span] = []
    problems: list[Problem] = []
    problem_starts: list[int] = []


OnTable = Callable[[Table, Sequence[Span], Sequence[Record]], None]
"""Given each table, the stretches of the text where its cells are printed, in order, and the records of its cells."""

OnUnread = Callable[[Grid, Exception], None]
"""Told of a table on which reading broke, and of the fault."""
T = TypeVar("T")


def find_tables(reading: Reading) -> TableFindings:
    """The tables of a reading, and the amounts and årsværk of their cells. Never guesses which year a figure is of."""
    tables: list[Table] = []
    starts: list[int] = []
    records: list[Record] = []
    cells: set[Span] = set()

    def keep(table: Table, spans: Sequence[Span], of_cells: Sequence[Record]) -> None:
        tables.append(table)
        starts.append(spans[0][0])
        records.extend(of_cells)
        cells.update(spans)

    found = each_table(reading, keep)
    return msgspec.structs.replace(found, tables=tables, starts=starts, records=records, cell_spans=sorted(cells))


def each_table(reading: Reading, on_table: OnTable, on_page: OnPage | None = None) -> TableFindings:
    """As :func:`find_tables`, but tables, records and cells are given away one table at a time and are in no list."""
    default, edges = document_unit(reading.text), Edges(reading)
    covered: list[Span] = []
    told = Marked(len(reading.text))
    told_of: list[tuple[int, Problem]] = []

    def broken(page: int, start: int, error: Exception) -> None:
        message = f"The tables of page {page} are not given: finding them broke ({type(error).__name__}: {error})."
        told_of.append((start, problem(Code.STAGE_FAILED, message, page=page)))

    def unread(grid: Grid, error: Exception) -> None:
        page = next(iter(grid.pages), None)
        named = "A table" if page is None else f"A table of page {page}"
        message = f"{named} is not given: reading it broke ({type(error).__name__}: {error})."
        told_of.append((grid.start, problem(Code.STAGE_FAILED, message, page=page)))

    def read(grid: Grid) -> Outcome | None:
        return read_table(grid, reading.text, default.over(grid.start), edges.is_running) if any(grid.rows) else None

    for grid in _each_grid(reading, on_page, broken, unread):
        outcome = _unbroken(read, grid, unread)
        if outcome is None:
            continue
        spans = grid.spans()
        covered += zones(outcome.spans, reading.text)
        if _tells(outcome):
            told.mark(spans)
        told_of += [(spans[0][0], note) for note in outcome.problems]
        on_table(outcome.table, spans, outcome.records)
    told_of += [*unread_rows(reading, told), *listed_years(reading, told)]
    return TableFindings(
        zones=zones(covered, reading.text),
        problems=[problem for _, problem in told_of],
        problem_starts=[start for start, _ in told_of],
    )


def _tells(outcome: Outcome) -> bool:
    """Whether a table gave its figures, said why not, or has years and none of money or people."""
    dated = any(column.year is not None for column in outcome.table.columns)
    return bool(outcome.records or outcome.problems or dated)


def grids(reading: Reading) -> list[Grid]:
    """The grids of a reading: from words with boxes where pages have them, else from lines of text."""
    return list(_each_grid(reading))


def _each_grid(
    reading: Reading,
    on_page: OnPage | None = None,
    on_break: OnBreak | None = None,
    on_unread: OnUnread | None = None,
) -> Iterator[Grid]:
    if any(page.has_words for page in reading.pages):
        return carry(reading, _parted(page_grids(reading, on_page, on_break), on_unread))
    return _parted(text_grids(reading), on_unread)


def _parted(found: Iterable[Grid], on_unread: OnUnread | None) -> Iterator[Grid]:
    for grid in found:
        yield from _unbroken(_parts, grid, on_unread) or ()


def _parts(grid: Grid) -> list[Grid]:
    return parted(with_left_heads(with_whole_heads(with_whole_ranges(grid))))


def _unbroken(read: Callable[[Grid], T], grid: Grid, on_unread: OnUnread | None) -> T | None:
    """What reading a table gives; None where that breaks, which costs this table and no other, if it is told."""
    try:
        return read(grid)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours
        if on_unread is None:
            raise
        on_unread(grid, error)
        return None
