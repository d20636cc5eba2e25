"""From a grid to a budget table: tidy lines in kr. and årsværk, records, checks, and problems where it is not safe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

import msgspec

from corpus.model import Column, Problem, Record, Table, Unit
from corpus.problems import Code, problem
from pipeline.tables.around.captions import IsRunning, title_of, whole_caption
from pipeline.tables.around.moneytables import is_count
from pipeline.tables.around.surroundings import NEAR, Surroundings, look_around, over, tells_figures
from pipeline.tables.budgets.checks import run_checks, sum_problems, with_groups
from pipeline.tables.budgets.dating import with_years
from pipeline.tables.budgets.doubts import figures_in_remarks, lost_figures
from pipeline.tables.budgets.lines import Rows
from pipeline.tables.budgets.nameless import nameless_notes
from pipeline.tables.budgets.overall import level_of_all
from pipeline.tables.budgets.shares import with_shares
from pipeline.tables.budgets.unlike import unlike_money
from pipeline.tables.content.cells import NUMBER_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.columns import Layout, read_layout
from pipeline.tables.content.grid import Grid, GridCell, Span
from pipeline.tables.content.headings import RANGE
from pipeline.tables.content.netnames import with_net_names
from pipeline.tables.content.pricelevels import inherited_level
from pipeline.tables.content.printed import printed_cells
from pipeline.tables.content.rows import is_said
from pipeline.tables.content.units import unit_note
from pipeline.tables.content.yearsdown import turned

_GRANT = re.compile(
    r"\b(?:bevilget|bevilling\w*|tilskud\w*|beløb\w*|budget\w*|regnskab\w*|udgift\w*|indtægt\w*|tildeling\w*|lønsum|"
    r"saldo|debet|perioden|år til dato)\b",
    re.IGNORECASE,
)
"""The heading of a column that holds money, also where the table has no years: "Ansøgt | Bevilget"."""


@dataclass(slots=True)
class Outcome:
    """One table, read. ``spans`` are its stretches of the text, with the caption, unit and notes that belong to it.

    A table that is no budget table (a list of actions, say) claims none: its sentences are read as prose is.
    """

    table: Table
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def read_table(
    grid: Grid, text: str, default_unit: Unit | None = None, is_running: IsRunning = lambda line: False
) -> Outcome:
    """Interpret a grid. ``text`` is the whole reading's; ``default_unit`` a unit stated for the whole document.

    ``is_running``: whether a line above is one that the head of each page has, and no title.
    """
    layout = own = grid.read() if grid.read is not None else read_layout(grid)
    reader = grid
    if not layout.has_years and (other := turned(grid)) is not None:
        reader, layout = other, read_layout(other)
        reader.refused |= dict.fromkeys(unlike_money(grid, own), "whether it is of money is not said")
    around = _around(grid, layout, text, default_unit)
    layout = with_shares(with_years(layout, over(grid, layout)), reader)
    rows = Rows(reader, layout, around, text)
    title = title_of(grid, own, text, is_running) if around.caption is None else None
    rows.group = title if _begins_again(grid, own) else None
    printed = around.caption
    caption = whole_caption(printed, grid, text) if printed is not None else (title if rows.group is None else None)
    rows.read()
    page = next(iter(pages := grid.pages), None)
    rows.entries, nets = with_net_names(rows.entries, layout.columns)
    checks = run_checks(rows.entries, layout.columns)
    table = Table(
        page=page,
        pages=pages,
        bbox=grid.box(page),
        caption=caption,
        cells=printed_cells(grid, own),
        unit=around.unit,
        price_level=around.price_level,
        sign_note=around.sign_note,
        columns=[Column(label=c.heading.text, year=c.heading.year) for c in layout.columns],
        lines=with_groups(rows.entries, layout.columns),
        checks=[check for check, _ in checks],
    )
    rows.problems += _not_given(rows, reader, layout, page)
    counted = bool(rows.unitless) and is_count(reader, layout, [*over(grid, layout), *filter(None, [caption, title])])
    problems = [*rows.problems, *_unit_problems(around, rows, page, counted=counted), *sum_problems(checks)]
    spans = [*_used(around), *_claimed(reader, layout), *grid.spans_again()]
    found = rows.records or rows.problems or rows.unitless
    return Outcome(table, _grouped(rows, table, nets), problems, spans if found else [])


def _used(around: Surroundings) -> list[Span]:
    """Where the lines stand that belong to a table and say no figure of their own."""
    return [span for line in around.used if not tells_figures(line.text) for span in line.spans]


def _begins_again(grid: Grid, layout: Layout) -> bool:
    """Whether the headings are printed again below a name that stands alone, as the table's title does above them.

    "Skoler" above is the name of the first rows then, as "Dagtilbud" is of those below.
    """
    if grid.begins_again:
        return True
    first = next((n for n in range(len(grid.rows)) if n not in layout.headings), len(grid.rows))
    later = [n for n in layout.headings if n > first + 1 and n - 1 not in layout.headings]
    return any([cell.column for cell in grid.rows[n - 1]] == [0] and len(grid.rows[n]) > 1 for n in later)


def _not_given(rows: Rows, reader: Grid, layout: Layout, page: int | None) -> Iterator[Problem]:
    """What stands in columns that do not say what it is, or among words."""
    said = [f"{note}; they" for note in nameless_notes(rows.nameless, layout)]
    for heading, figures in rows.unlike.items():
        said.append(f'Whether the figures under "{heading}" ({figures[0]} …) are money is not said; they')
    for heading, figures in lost_figures(reader, layout).items():
        words = f'Figures and words stand in the column "{heading}" ({figures[0]} …)'
        said.append(f"{words}; its {len(figures)} figures")
    if stuck := figures_in_remarks(reader, layout):
        said.append(f"{len(stuck)} figures ({stuck[0]} …) stand in the cells of remarks, and their own are blank; they")
    for sentence in said:
        yield problem(Code.TABLE_REFUSED, f"{sentence} are not given.", page=page)


def _around(grid: Grid, layout: Layout, text: str, default_unit: Unit | None) -> Surroundings:
    """What is said about a table, with the price level of the whole document where its own lines state none."""
    around = look_around(grid, layout, default_unit)
    if around.price_level is None and (level := level_of_all(default_unit, text)) is not None:
        said = default_unit.text if default_unit is not None else ""
        near = [line.text for line in (*around.said, *grid.above[-NEAR:], *grid.below[:NEAR]) if line.text not in said]
        around.price_level = inherited_level(level, near, layout.columns)
    return around


def _grouped(rows: Rows, table: Table, nets: Set[int]) -> list[Record]:
    """The records, without a group where their line has none, and net where their place says so."""
    outside = {
        figure.value.start
        for entry, line in zip(rows.entries, table.lines, strict=True)
        if line is not entry.line
        for figure in entry.figures.values()
    }
    for record in rows.records:  # a copy of each would be checked once more, and nobody else has them yet
        if record.start in outside:
            msgspec.structs.force_setattr(record, "group", None)
        if record.start in nets:
            msgspec.structs.force_setattr(record, "role", "net")
    return rows.records


def _claimed(grid: Grid, layout: Layout) -> list[Span]:
    """The cells in which no other finder should look.

    A label or remark with a figure in it is left to them: "Nedlæggelse af 2 stillinger" says something of its own. So
    are words between figures, a line of running text that was taken for a row, and a sentence that stands over columns.
    """
    columns = {column.column for column in layout.columns}
    said = {n for n in grid.refused if is_said(" ".join(cell.text for cell in grid.rows[n]))}
    return [
        span
        for cell in grid.cells()
        if cell.row not in said
        and (
            (cell.row in layout.headings and not _tells(cell))
            or cell.column == layout.units
            or (cell.column in columns and read_cell(cell.text).kind is not TEXT_KIND)
            or not any(map(str.isdigit, cell.text))
            or cell.row in grid.refused
        )
        for span in cell.spans
    ]


def _tells(cell: GridCell) -> bool:
    """Whether a cell over several columns says something in a sentence, and no unit: it heads none of them."""
    return cell.column_span > 1 and is_said(cell.text) and unit_note(cell.text) is None


def _unit_problems(around: Surroundings, rows: Rows, page: int | None, *, counted: bool) -> list[Problem]:
    if len(around.units) > 1 and rows.unitless:
        printed = " / ".join(dict.fromkeys(unit.text for unit in around.units))
        return [problem(Code.UNIT_CONFLICT, f"One table, two units ({printed}); its figures are not given.", page=page)]
    texts = [column.heading.text for column in rows.layout.columns]
    timed = rows.layout.has_years or any(map(RANGE.search, texts))
    if rows.unitless and (timed or any(map(_GRANT.search, texts))) and not counted:
        return [problem(Code.UNIT_UNKNOWN, f"No unit is printed for the table {_known_by(rows)}.", page=page)]
    return []


def _known_by(rows: Rows) -> str:
    """What tells a table without a unit from others: its first row, or its first figure where no name is printed."""
    if name := rows.unitless[0]:
        return f'with the row "{name}"'
    columns = {column.column for column in rows.layout.columns}
    cells = (c for number, row in enumerate(rows.grid.rows) if rows.layout.is_read(number) for c in row)
    figures = (c.text for c in cells if c.column in columns and read_cell(c.text).kind is NUMBER_KIND)
    return f'whose first figure is "{next(figures, "")}"'
