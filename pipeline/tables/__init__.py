"""Tables: found on the page or in the lines of a text, read as budget tables, checked, and accounted for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from corpus.model import Problem, Record, Table
from corpus.reading import Reading
from pipeline.tables.budget import Outcome, read_table
from pipeline.tables.carried import carry
from pipeline.tables.grid import Grid, Span, zones
from pipeline.tables.pages import page_grids
from pipeline.tables.plain_text import find_grids
from pipeline.tables.restarts import parted
from pipeline.tables.surroundings import document_unit
from pipeline.tables.unread import unread_rows


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


def find_tables(reading: Reading) -> TableFindings:
    """The tables of a reading, and the amounts and årsværk of their cells. Never guesses which year a figure is of."""
    default = document_unit(reading.text)
    outcomes: list[tuple[Grid, Outcome]] = []
    for grid in grids(reading):
        if any(grid.rows):
            outcomes.append((grid, read_table(grid, reading.text, default)))
    spans = [grid.spans() for grid, _ in outcomes]
    starts = [each[0][0] for each in spans]
    told = [span for each, (_, outcome) in zip(spans, outcomes, strict=True) if _tells(outcome) for span in each]
    told_of = [(start, note) for start, (_, each) in zip(starts, outcomes, strict=True) for note in each.problems]
    told_of += unread_rows(reading, told)
    return TableFindings(
        tables=[outcome.table for _, outcome in outcomes],
        starts=starts,
        records=[record for _, outcome in outcomes for record in outcome.records],
        zones=zones((span for _, outcome in outcomes for span in outcome.spans), reading.text),
        cell_spans=sorted({span for each in spans for span in each}),
        problems=[problem for _, problem in told_of],
        problem_starts=[start for start, _ in told_of],
    )


def _tells(outcome: Outcome) -> bool:
    """Whether a table gave its figures, said why not, or has years and none of money or people."""
    dated = any(column.year is not None for column in outcome.table.columns)
    return bool(outcome.records or outcome.problems or dated)


def grids(reading: Reading) -> list[Grid]:
    """The grids of a reading: from words with boxes where pages have them, else from lines of text."""
    if any(page.has_words for page in reading.pages):
        found = _parted(page_grids(reading))
        carry(reading, found)
        return found
    return _parted(find_grids(reading.text))


def _parted(found: Sequence[Grid]) -> list[Grid]:
    return [part for grid in found for part in parted(grid)]
