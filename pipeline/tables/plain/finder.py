"""Tables where only lines of text are left: pipes, tabs, columns of blanks, or columns collapsed to single blanks.

With collapsed blanks a row gives its figures only if they can be laid out over the heading's columns in exactly one
way. A row with fewer figures than columns is refused, never shifted: which year was left empty is not in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.tables.around.surroundings import is_context, is_other
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, TextLine
from pipeline.tables.content.headings import is_year_heading, read_heading
from pipeline.tables.content.rows import continues, is_prose, is_said, may_be_empty, starts_section
from pipeline.tables.content.spread import Cells, Columns, Token, gap_fields
from pipeline.tables.content.units import is_note, is_sign_note, is_statement, unit_note
from pipeline.tables.content.yearlike import are_amounts_below
from pipeline.tables.content.yearrows import are_amounts, is_figure
from pipeline.tables.plain.lines import LONGEST_CELL, PlainLine, YearLine, count_amounts, text_lines
from pipeline.tables.plain.newheads import Heads, has_year, heads_below
from pipeline.tables.plain.overyears import words_over
from pipeline.tables.plain.piped import RULED, grid_rows, pipes_grid
from pipeline.tables.plain.tabbed import tabbed_grid
from pipeline.tables.plain.worded import worded_grid

CONTEXT_LINES = 8
GAP_LINES = 8
MOST_COLUMNS = 15
_UNIT_BELOW = re.compile(r"(?:tusind|mio|mia|mill|kr|kroner|t\.?kr|årsværk|stillinger)\w*\.?(?:[\s.,;]|$)")
_DRAWN = frozenset("-=_+–—─━ \t")


def find_grids(text: str, start: int = 0, end: int | None = None, ends: Sequence[int] = ()) -> list[Grid]:
    """Every table in the lines of ``text[start:end]``, in print order; offsets count from the start of ``text``.

    ``ends``: where tables end that the format marks. None goes on behind one of these places.
    """
    lines = list(text_lines(text, start, len(text) if end is None else end))
    stops = [bisect_right(lines, place, key=_start) for place in ends] if ends else []
    grids: list[Grid] = []
    at = floor = 0
    for stop in [*stops, len(lines)]:
        own = lines[at:stop]
        count_amounts(own)
        first = at
        while at < stop:
            line = lines[at]
            found = _found(own, at - first) if line.body and _may_begin(line) else None
            if found is None:
                at += 1
                continue
            grid, after = found[0], first + found[1]
            grid.above = [each.piece() for each in lines[max(floor, at - CONTEXT_LINES) : at] if not each.blank]
            grid.below = _below(lines[after : after + CONTEXT_LINES])
            grids.append(grid)
            at, floor = after, _notes_end(lines, after)
    return grids


def _start(line: PlainLine) -> int:
    return line.start


def _notes_end(lines: Sequence[PlainLine], after: int) -> int:
    """The line behind the notes right below a table, if a blank line parts them from the next one; else ``after``."""
    end = after
    while end < len(lines) and not lines[end].blank and is_note(lines[end].body):
        end += 1
    return end if end < len(lines) and lines[end].blank else after


def _may_begin(line: PlainLine) -> bool:
    """Whether a table may begin with a line that is not blank: a short one, or one with a bar, columns or years."""
    body = line.body
    return (
        len(body) <= LONGEST_CELL
        or "|" in body
        or body[0] in RULED
        or "\t" in line.text
        or line.is_parted
        or line.years is not None
    )


def _found(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """The table that begins with a line, and the number of the line after it."""
    return pipes_grid(lines, at) or _dated(lines, at) or tabbed_grid(lines, at) or worded_grid(lines, at)


def around(text: str, floor: int, start: int, end: int) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of ``text[floor:]`` above what stands at ``[start, end)``, and those below it, that may speak of it."""
    above = [line.piece() for line in list(text_lines(text, floor, start))[-CONTEXT_LINES:] if not line.blank]
    stop = end
    for _ in range(CONTEXT_LINES + 1):
        stop = text.find("\n", stop) + 1 or len(text)
    return above, _below(list(text_lines(text, end, stop)))


def _below(lines: Sequence[PlainLine]) -> list[TextLine]:
    """Up to four lines below a table; none that belongs to a next one, after the last blank line before its years."""
    headed = next((n for n, line in enumerate(lines) if line.years is not None), None)
    if headed is not None:
        lines = lines[: max((n for n, line in enumerate(lines[:headed]) if line.blank), default=0)]
    return [line.piece() for line in lines if not line.blank][:4]


def _is_drawn(line: PlainLine) -> bool:
    """True for a rule of dashes, in one stretch or one under each column; a row of lone dashes is none."""
    return _DRAWN.issuperset(line.body) and any(len(word) > 2 for word in line.body.split())


# --- a heading of years ---------------------------------------------------------------------------------------


def _dated(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """A table under a heading of years, on one line or a year to a line."""
    heading = lines[at].years
    if heading is not None:
        words = words_over(lines[at - 1], lines[at], heading) if at else []
        return _horizontal(lines, at, replace(heading, over=words) if words else heading)
    return _vertical(lines, at)


@dataclass(slots=True)
class BodyRow:
    """A row on its way: its label's printed lines, the tokens of its figures, and the cells they make.

    ``names``: the label by the columns of labels, where the heading has several and the line tells them apart.
    """

    label: list[TextLine]
    cells: Cells | None = None
    refused: str | None = None
    rest: TextLine | None = None
    names: list[list[TextLine]] | None = None

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.label)

    def doubted(self, reason: str, line: PlainLine) -> BodyRow:
        """The row without its figures, which are not given for a reason."""
        label_end = self.label[-1].end if self.label else line.start
        rest = [token for token in line.tokens if token[0] >= label_end]
        return BodyRow(self.label, None, reason, _piece(rest), self.names)

    def go_on(self, row: BodyRow) -> None:
        """Put the words of a wrapped label behind those of this one."""
        self.label += row.label
        both = zip(self.names, row.names, strict=True) if self.names is not None and row.names is not None else None
        self.names = [mine + more for mine, more in both] if both is not None else None


def _horizontal(lines: Sequence[PlainLine], at: int, heading: YearLine) -> tuple[Grid, int] | None:
    columns = Columns.of(heading.groups, lines[at].start, lines[at].text)
    rows: list[BodyRow] = []
    last, kept, number = at, 0, at
    figures, headed, anew = (at, 0), "", False
    while number + 1 < len(lines) and number + 1 - last <= GAP_LINES:
        number += 1
        line = lines[number]
        if line.blank or _is_drawn(line):
            continue
        again = line.years
        if again is not None and (
            are_amounts([again.label_text, *again.texts], heading.texts) or _may_be_row(lines, number, heading, again)
        ):
            again = None
        if again is not None and _repeats(heading, again, [row.text for row in rows[kept:]]):
            anew = anew or (bool(rows) and rows[-1].cells is None and rows[-1].refused is None)
            continue
        if rows and is_context(line.body) and unit_note(line.body) is not None and _are_years_next(lines, number):
            last, kept = figures
            break
        if again is not None or "|" in line.text:
            last, kept = figures if again is not None else (last, kept)
            break
        row = _units(line, columns) if not rows else None
        row = row or (BodyRow([line.piece()]) if _is_unit(line.body) else _row(line, columns))
        heads = _heads_others(lines, number, heading, lines[at].start, below_figures=figures[1] > 0) if rows else None
        if heads == "surely":
            last, kept = figures
            break
        row = row.doubted(headed, line) if headed and row.cells is not None else row
        headed = f'"{" ".join(line.fields)}" above it may head another table' if heads else headed
        is_parted = row.names is not None and sum(map(bool, row.names)) > 1  # "3", "Sti": no section of the text
        is_empty = row.cells is None and row.refused is None and not is_parted
        if is_empty and (is_prose(line.text) or starts_section(line.text)):
            break
        if is_prose(row.text) or (row.refused is not None and (is_said(line.text) or _is_torn(lines, number))):
            break
        rows.append(row)
        if _holds(row):
            last, kept = number, len(rows)
            figures = figures if row.cells is None and row.refused is None else (last, kept)
    found = _finished(heading, rows, kept, last + 1, _names(columns, heading.label, lines[at]))
    if found is not None:
        found[0].begins_again = anew
    return found


def _may_be_row(lines: Sequence[PlainLine], at: int, heading: YearLine, again: YearLine) -> bool:
    """Whether years behind a name, right below the heading or a row, may be its figures: the whole table tells."""
    if lines[at - 1].blank or not again.label:
        return False
    near = [line.fields[1:] for line in lines[max(at - GAP_LINES, 0) : at + GAP_LINES] if line.years is None]
    figures = [text for texts in near for text in texts if is_figure(text)]
    return (
        are_amounts_below([again.label_text, *again.texts], [heading.label_text, *heading.texts], figures) is not False
    )


def _is_torn(lines: Sequence[PlainLine], at: int) -> bool:
    """Whether a line ends in a figure whose unit begins the next one: "… en ramme på 585", "tusind kroner."."""
    below = lines[at + 1].body if at + 1 < len(lines) and not lines[at].is_parted else ""
    return _UNIT_BELOW.match(below) is not None and lines[at].body[-1:].isdigit()


def _are_years_next(lines: Sequence[PlainLine], at: int) -> bool:
    """Whether the next line that is not blank is a heading of years."""
    below = next((line for line in lines[at + 1 : at + 3] if not line.blank), None)
    return below is not None and below.years is not None


def _units(line: PlainLine, columns: Columns) -> BodyRow | None:
    """The row of units right below years, one for each: "(t.kr.)", "(t.kr.)"; None for any other line."""
    if not line.is_parted:
        return None
    fields = gap_fields(line.start, line.text)
    stated = [_is_unit(_text(field)) for field in fields]
    first = len(fields) - columns.count
    if columns.count < 2 or first not in {0, 1} or not all(stated[first:]):
        return None
    return BodyRow([_piece(fields[0])] if first else [], fields[first:])


def _is_unit(text: str) -> bool:
    return is_statement(text) and unit_note(text) is not None


def _heads_others(
    lines: Sequence[PlainLine], at: int, heading: YearLine, start: int, *, below_figures: bool
) -> Heads | None:
    """Whether words under two headings of years at least head another table: years follow, they are of a budget, or
    they stand below figures and above others.
    """
    line = lines[at]
    if not line.is_parted:
        return None
    edge = heading.groups[0][0][0] - start
    fields = gap_fields(line.start, line.text)
    behind = [_text(field) for field in fields[1:]]
    under = [_text(field) for field in fields if field[-1][1] - line.start > edge]
    under = behind if all(map(has_year, behind)) else under  # a narrower table stands left of the figures above
    if heading.tabs:
        under = [text.strip() for text in line.text.split("\t")[1:] if text.strip()]
    if len(under) < 2 or any(read_cell(text).kind is not Kind.TEXT for text in under):
        return None
    if any(after.years is not None for after in lines[at + 1 : at + 3]):
        return "surely"
    if sum(read_heading(text).role is not None for text in under) > 1:
        return "surely"
    return heads_below(lines, at, under) if below_figures else None


def _text(field: Sequence[Token]) -> str:
    return " ".join(token[2] for token in field)


def _repeats(heading: YearLine, again: YearLine, between: Sequence[str]) -> bool:
    """Whether years printed again go on with the table: the same ones, and neither unit nor caption in between."""
    label = " ".join(token[2] for token in again.label)
    same = again.label == heading.label or label == " ".join(token[2] for token in heading.label)
    return again.texts == heading.texts and (same or not is_other(label)) and not any(is_other(t) for t in between)


def _holds(row: BodyRow) -> bool:
    """Rows that carry the table on: with figures, or an empty line of a known kind ("Investering")."""
    if row.cells is not None:
        return True
    return row.refused is not None or may_be_empty(row.text)


def _row(line: PlainLine, columns: Columns) -> BodyRow:
    label, cells, refused = columns.read(line.start, line.text)
    rest = [token for token in line.tokens if not label or token[0] >= label[-1][1]] if refused else []
    names = _names(columns, label, line)
    return BodyRow([_piece(label)] if label else [], cells, refused, _piece(rest) if rest else None, names)


def _names(columns: Columns, label: Sequence[Token], line: PlainLine) -> list[list[TextLine]] | None:
    """The words of a label by the columns of labels; None where there is one of them, or it cannot be told."""
    named = columns.named(label, line.start, line.text) if len(columns.names) > 1 else None
    return [[_piece(words)] if words else [] for words in named] if named is not None else None


def _piece(tokens: Sequence[Token]) -> TextLine:
    return TextLine(" ".join(token[2] for token in tokens), ((tokens[0][0], tokens[-1][1]),))


def _finished(
    heading: YearLine, rows: list[BodyRow], kept: int, after: int, names: list[list[TextLine]] | None = None
) -> tuple[Grid, int] | None:
    """The grid of a heading and its rows; ``names``: the headings of the columns of labels, where there are several."""
    rows = rows[:kept]
    if not any(row.cells or row.refused for row in rows):
        return None
    rows = _joined(rows)
    top = names or [[_piece(heading.label)] if heading.label else []]
    several = names is not None and all(row.names is not None for row in rows)
    if not several and names is not None:
        top = [[_piece(heading.label)]]
    over = heading.over or [[] for _ in heading.groups]
    headed = [[_piece(part) for part in parts if part] for parts in zip(over, heading.groups, strict=True)]
    table: list[list[list[TextLine]]] = [[*top, *headed]]
    refused: dict[int, str] = {}
    for row in rows:
        if row.refused:
            refused[len(table)] = row.refused
        label = row.names if several and row.names is not None else [row.label]
        cells = [[_piece(cell)] if cell else [] for cell in row.cells or []]
        table.append([*label, *cells] if row.rest is None else [*label, [row.rest]])
    grid = Grid(grid_rows(table), len(top) + len(heading.groups), refused=refused)
    for number in refused:
        for cell in grid.rows[number]:
            if cell.column == len(top):
                cell.column_span = len(heading.groups)
    return grid, after


def _joined(rows: list[BodyRow]) -> list[BodyRow]:
    """Wrapped labels put together: a continuation follows its row, a label's beginning goes before the figures."""
    joined: list[BodyRow] = []
    for row in rows:
        before = joined[-1] if joined else None
        has_figures = row.cells is not None or row.refused is not None
        if before is None or is_sign_note(row.text) or not continues(before.text, row.text):
            joined.append(row)
        elif not has_figures:
            before.go_on(row)
        elif before.cells is None and before.refused is None:
            before.go_on(row)
            before.cells, before.refused, before.rest = row.cells, row.refused, row.rest
        else:
            joined.append(row)
    return joined


# --- one cell to a line ---------------------------------------------------------------------------------------


def _vertical(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """Columns pasted a cell to a line: years below each other, then a label and its figures below each other."""
    groups: list[list[Token]] = []
    number = at
    while number < len(lines) and (lines[number].blank or lines[number].is_heading_cell):
        if not lines[number].blank:
            groups.append(lines[number].tokens)
        elif not groups:
            return None
        number += 1
        if len(groups) > MOST_COLUMNS:
            return None
    if len(groups) < 2 or sum(is_year_heading(" ".join(t[2] for t in group)) for group in groups) < 2:
        return None
    rows: list[BodyRow] = []
    kept, after, figures = 0, number, 0
    for position in range(number, len(lines)):
        line = lines[position]
        if line.blank:
            continue
        kind = read_cell(line.text).kind
        if kind is Kind.TEXT:
            if is_prose(line.text) or starts_section(line.text) or len(rows) - kept > GAP_LINES:
                break
            rows.append(BodyRow([line.piece()]))
        elif rows:
            rows[-1].cells = [*(rows[-1].cells or []), line.tokens]
            kept, after, figures = len(rows), position + 1, figures + 1
        else:
            return None
    for row in rows[:kept]:
        if row.cells and len(row.cells) != len(groups):
            row.refused = f"{len(row.cells)} figures for {len(groups)} columns"
            row.rest = _piece([token for cell in row.cells for token in cell])
            row.cells = None
    return _finished(YearLine([], groups), rows, kept, after) if figures else None
