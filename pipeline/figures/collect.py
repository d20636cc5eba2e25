"""The figures of all tables of a workspace, each with its stage, its level and the check that covers it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa

from corpus.checked import statuses
from corpus.identity import part_id
from corpus.model import STAFF_UNITS, Line, LineValue, Table
from corpus.store.entries import TablesOutline
from corpus.store.exports import stream_contents
from pipeline.catalogues.owners import line_owners
from pipeline.export.records import documents_of
from pipeline.export.rows import masked_paths, part_of
from pipeline.figures.carried_over import carried_over
from pipeline.figures.damaged import Damaged, damaged_in
from pipeline.figures.model import Figure, Level, Reason, Stage
from pipeline.figures.papers import Paper, PartIds, decided_verbs, is_wanted, listed_proposals, row_committee
from pipeline.figures.rates import is_rate_heading, rate_lines
from pipeline.figures.refused import Refused, refused_in
from pipeline.figures.signs import signs_of, ways_of_proposals
from pipeline.figures.stages import base_headings, stage_of_budget, stage_of_heading, stage_of_place, stage_of_row
from pipeline.figures.structure import levels
from pipeline.masking import mask_name
from pipeline.tables.content.headings import is_total_heading, year_headings
from pipeline.tables.content.pricelevels import figure_level


def figures_of(
    connection: sa.Connection,
    parts: PartIds | None = None,
    refused: list[Refused] | None = None,
    damaged: list[Damaged] | None = None,
) -> Iterator[Figure]:
    """Every figure of the stored tables that stands in one of ``parts``, by path and place; no other paper is read.

    To ``refused`` is added what the tables of these parts print and does not come as a figure, to ``damaged`` which
    pages could not be read whole.
    """
    for paper in stream_contents(connection, TablesOutline, documents_of(parts)):
        decided = decided_verbs(connection, paper.sha256) if paper.outline.kind == "minutes" else {}
        yield from paper_figures(paper, decided, parts)
        if refused is not None:
            refused += refused_in(paper, parts)
        if damaged is not None:
            damaged += damaged_in(paper)


def paper_figures(paper: Paper, decided: dict[int, frozenset[str]], parts: PartIds | None = None) -> Iterator[Figure]:
    """The figures of one document; ``decided`` are the verbs of the decisions taken, by part."""
    outline = paper.outline
    lists = listed_proposals(outline.parts, outline.tables)
    summaries = {number for number, _ in lists}
    noted = ways_of_proposals(outline.tables, lists)
    carried = carried_over(outline.tables)
    for number, table in enumerate(outline.tables):
        figures: list[Figure] = []
        found = levels(table, {at for of, at in carried if of == number})
        status, owners = statuses(table), line_owners(table)
        signs = signs_of(table, noted.get(table.part))
        bases, rates = base_headings(table.columns), rate_lines(table)
        for at, line in enumerate(table.lines):
            row = [_figure(paper, table, (number, at, place), found[at], status) for place in range(len(line.values))]
            for figure, value in zip(row, line.values, strict=True):
                figure.stage = _stage(paper, table, line, value, figure, decided, listing=number in summaries)
                if figure.heading in bases:
                    figure.stage = Stage.BUDGET
                figure.committee = owners[at].committee or figure.committee
                figure.listed = owners[at].number if figure.part_kind != "proposal" else None
                figure.lists = lists.get((number, at))
                figure.caption = table.caption
                figure.signs = signs[at] if figure.unit not in STAFF_UNITS else None
            figures += row
        _leave_out_unusable(figures, rates)
        yield from (figure for figure in figures if is_wanted(parts, paper.sha256, figure.part))


def _figure(
    paper: Paper, table: Table, place: tuple[int, int, int], level: Level, status: Callable[[Line, LineValue], str]
) -> Figure:
    line = table.lines[place[1]]
    value = line.values[place[2]]
    part = part_of(paper, table.part if value.part is None else value.part)
    people = line.unit in STAFF_UNITS
    heading = _heading(table, value, people=people)
    return Figure(
        id=_id(part_id(paper.sha256, part.index), place, value),
        sha256=paper.sha256,
        extractor_version=paper.outline.extractor_version,
        path=mask_name(paper.path),
        also_in=masked_paths(paper.also_in),
        document=paper.outline.title,
        date=paper.outline.date,
        municipality=paper.outline.municipality,
        part=part.index,
        part_kind=part.kind,
        part_title=part.title,
        number=part.number,
        committee=row_committee(part, line.group, line.label),
        fingerprint=part.fingerprint,
        table=place[0],
        line=place[1],
        label=line.label,
        group=line.group,
        role=line.role,
        unit=line.unit,
        year=value.year,
        column=value.column,
        value=value.value,
        raw=value.raw,
        price_level=None
        if line.unit in STAFF_UNITS
        else figure_level(table.price_level, heading, line.label, line.group),
        stage=Stage.UNKNOWN,
        level=level,
        check=status(line, value),
        page=table.page if value.page is None else value.page,
        bbox=value.bbox,
        heading=heading,
    )


def _id(part: str, place: tuple[int, int, int], value: LineValue) -> str:
    """That of the figure in its part: by its first character, or by its place where the text does not have it."""
    return f"{part}.cell.{'.'.join(map(str, place))}" if value.start is None else f"{part}.line.{value.start}"


def _stage(
    paper: Paper,
    table: Table,
    line: Line,
    value: LineValue,
    figure: Figure,
    decided: dict[int, frozenset[str]],
    *,
    listing: bool,
) -> Stage:
    """The column's heading first, then the row, then the place; a table that lists proposals is what they propose."""
    told = stage_of_heading(figure.heading) or stage_of_row(line.role, line.label)
    if told is not None:
        return told
    outline = paper.outline
    placed = stage_of_place(
        kind=outline.kind,
        part_kind=figure.part_kind,
        lists_proposals=listing,
        titles=[title for title in (table.caption, figure.part_title, outline.title) if title],
        decided=decided.get(figure.part, frozenset()),
        year=value.year,
    )
    return stage_of_budget(figure.heading, placed)


def _heading(table: Table, value: LineValue, *, people: bool) -> str:
    """The heading over a value: its own, else that of the one column of its year, of ``people`` or of money."""
    if value.column is not None:
        return value.column
    return "" if value.year is None else year_headings(table.columns).get((value.year, people), "")


def _leave_out_unusable(figures: Sequence[Figure], rates: Sequence[bool]) -> None:
    """Marks the figures of one table that are in no sum.

    Two columns of a year are two things in every row, also in one that fills only one of them. So are two figures of
    a year in a row whose columns print no heading of their own.
    """
    columns: dict[object, set[str]] = defaultdict(set)
    for figure in figures:
        columns[figure.unit, figure.year, figure.stage].add(figure.column or figure.heading)
    rows = Counter((figure.line, figure.year, figure.stage) for figure in figures)
    for figure in figures:
        several = len(columns[figure.unit, figure.year, figure.stage]) > 1
        repeated = several or rows[figure.line, figure.year, figure.stage] > 1
        figure.left_out = _unusable(figure, rate=rates[figure.line], repeated=repeated)


def _unusable(figure: Figure, *, rate: bool, repeated: bool) -> Reason | None:
    """What keeps a figure out of every sum; what stands under no year, or several columns, can be asked for apart."""
    if figure.unit is None:
        return Reason.UNIT
    if rate or is_rate_heading(figure.column or figure.heading):
        return Reason.RATE
    if figure.level in (Level.INNER, Level.WITHIN):
        return Reason.CONTAINED
    if figure.year is None:
        return Reason.CONTAINED if figure.column and is_total_heading(figure.column) else Reason.NO_YEAR
    return Reason.COLUMNS if repeated else None
