"""Whether the first table of a page goes on with the last of the page before, and how the two are made one.

It does where nothing but page furniture stands between its rows, or where its heading is printed again with nothing
new said in between: a heading, a number or a label of a proposal, another unit or a sentence begins another table.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.tables.around.breaks import begins_proposal, is_mark
from pipeline.tables.around.cutrows import taken
from pipeline.tables.around.setanew import is_moved, is_set_anew
from pipeline.tables.around.surroundings import is_other, people_said
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.found import Heads
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.content.headings import is_period_heading, is_year_heading
from pipeline.tables.content.labels import is_group_label, role_of
from pipeline.tables.content.reheaded import heads_anew
from pipeline.tables.content.rows import continues, is_footnote, is_prose, is_short_name, starts_section
from pipeline.tables.content.units import is_sign_note, is_statement, unit_note
from pipeline.tables.content.yearrows import is_figure, is_year_row

SAME_EDGE = 3.0
NEAR = 1.5
"""The name of a group stands no further above its first row than this many line heights."""
LEVEL = 1.0
"""Names of sections begin in one place within so many points."""
MARGIN_LINES = 2
"""Lines at the head and foot of a page that may stand between two halves of a table (page number, running title)."""
HEAD_ROWS = 4
FEWEST_HEADINGS = 3
NOTES = ("note", "anm", "kilde", "*")


@dataclass(slots=True)
class Placed:
    """A grid with its lines on the page: ``first`` to ``last``, included. ``bare``: only its heading stands there.

    ``labels``: how many columns stand left of those of the years.
    """

    grid: Grid
    first: int
    last: int
    heads: Heads
    bare: bool = False
    labels: int = 1


@dataclass(frozen=True, slots=True)
class Carried:
    """A page's last table, which may go on overleaf. ``below``: what is printed under it and is no page furniture."""

    placed: Placed
    below: list[TextLine]

    @property
    def section(self) -> TextLine | None:
        """The name of a section whose rows stand overleaf: the only line right below, where other sections begin."""
        grid, line = self.placed.grid, self.below[0] if len(self.below) == 1 else None
        if line is None or line.box is None or any(map(str.isdigit, line.text)):
            return None
        last = grid.box(grid.pages[-1])
        if last is None or line.box[1] - last[3] > NEAR * (line.box[3] - line.box[1]) or _is_note(line.text):
            return None
        if not is_short_name(line.text) or is_other(line.text) or starts_section(line.text) or is_prose(line.text):
            return None
        alone = [row[0] for row in grid.rows if len(row) == 1]
        begun = [cell.box[0] for cell in alone if cell.box is not None]
        return line if any(abs(line.box[0] - left) < LEVEL for left in begun) else None

    def is_noted(self, line: TextLine) -> bool:
        """Whether a line below the table does not end it: a note on its figures, or on a mark above its total."""
        if _is_note(line.text):
            return True
        last = self.placed.grid.rows[-1] if self.placed.grid.rows else []
        ended = any(role_of(cell.text) == "total" for cell in last)
        return is_footnote(line.text) and not ended and not is_prose(line.text)


def may_go_on(before: Placed, after: Placed) -> bool:
    """Whether a table is near the top of its page, in the columns of the one that the page before ends with."""
    if after.first > MARGIN_LINES + 1:
        return False
    return _over_drawn(before, after) if before.bare and after.grid.ruled else _same_columns(before, after)


def goes_on(carried: Carried, after: Placed, above: Sequence[TextLine]) -> bool:
    """Whether one that may (:func:`may_go_on`) does. ``above``: what is printed over ``after`` on its page and is no
    page furniture."""
    before, section = carried.placed, carried.section
    drawn = before.bare and after.grid.ruled
    said = [line.text for line in above]
    if not _says_the_same(before.grid, after.grid, said):
        return False
    if is_headed_again(before.grid, after.grid):
        if not (_stand_level(before.heads, after.heads) or _is_set_again(before.grid, after.grid)):
            return False
        known = _said_over(before.grid)
        noted = section is not None or all(map(carried.is_noted, carried.below))
        return noted and all(is_mark(text) or (is_statement(text) and text in known) for text in said)
    if _is_headed_anew(before.grid, after.grid):
        return False
    if (carried.below and section is None) or any(is_year_row(row) for row in after.grid.rows[:HEAD_ROWS]):
        return False
    pairs = zip(before.grid.edges, after.grid.edges, strict=False)
    same = all(abs(a - b) <= SAME_EDGE for a, b in pairs) or bool(after.heads and after.heads == before.heads)
    anew = drawn or same or is_set_anew(before.grid, after.grid) or is_moved(before.grid, after.grid)
    return anew and groups_over(above, after.grid) is not None


def _stand_level(before: Heads, after: Heads) -> bool:
    """Whether years printed again stand in the same columns, where both pages print some."""
    return all(
        abs(a[1] - b[1]) < SAME_EDGE or abs(a[0] - b[0]) < SAME_EDGE for a, b in zip(before, after, strict=False)
    )


def _is_set_again(before: Grid, after: Grid) -> bool:
    """Whether the whole heading is printed again, words and no plain years alone, over columns of other widths.

    Both end at one edge, as two halves do that were set by themselves.
    """
    old, new = _head(before), _head(after)
    same = before.width == after.width and [_texts(row) for row in old] == [_texts(row) for row in new]
    worded = any(c.column and not c.text.isdigit() and not is_statement(c.text) for row in new for c in row)
    ends = zip(before.edges[-1:], after.edges[-1:], strict=False)
    return same and worded and any(abs(a - b) <= SAME_EDGE for a, b in ends)


def _same_columns(before: Placed, after: Placed) -> bool:
    """As many columns; below years, a column of remarks may have nothing in it on one of the pages."""
    if before.grid.ruled != after.grid.ruled or len(before.grid.edges) != len(after.grid.edges):
        return before.grid.width == after.grid.width and _same_headings(before.grid, after.grid)
    if before.grid.width == after.grid.width:
        return True
    if not (before.heads and after.heads):
        return False
    return before.bare or before.labels == after.labels or _label_columns(before, after) is not None


def _same_headings(before: Grid, after: Grid) -> bool:
    """Whether the same headings stand in the same places, where a grid or years as headings are seen on one page."""
    old, new = ([cell for row in _head(grid) for cell in row if cell.text] for grid in (before, after))
    if len(new) < FEWEST_HEADINGS or [c.text for c in old] != [c.text for c in new]:
        return False
    boxes = [(a.box, b.box, a.column == b.column) for a, b in zip(old, new, strict=True)]
    return all(
        same and a is not None and b is not None and max(abs(a[0] - b[0]), abs(a[2] - b[2])) < SAME_EDGE
        for a, b, same in boxes
    )


def _label_columns(before: Placed, after: Placed) -> list[int] | None:
    """Which of the first page's label columns those of the second are, where it has fewer; None where it is unsure."""
    if after.labels >= before.labels or before.heads != after.heads:
        return None
    starts = [_start(before.grid, column) for column in range(before.labels)]
    found: list[int] = []
    for column in range(after.labels):
        start = _start(after.grid, column)
        near = [
            n for n, x0 in enumerate(starts) if x0 is not None and start is not None and abs(x0 - start) < SAME_EDGE
        ]
        if len(near) != 1 or near[0] in found:
            return None
        found += near
    return found if found == sorted(found) else None


def _start(grid: Grid, column: int) -> float | None:
    """Where the first of the cells in a column begins."""
    return min((cell.box[0] for cell in grid.cells() if cell.column == column and cell.box is not None), default=None)


def _over_drawn(before: Placed, after: Placed) -> bool:
    """Whether a lone heading of years stands over the columns of a drawn grid, one for one; sets its label columns."""
    places = [bisect(after.grid.edges, (x0 + x1) / 2) - 1 for x0, x1 in before.heads]
    after.labels = places[0]
    inside = places[0] > 0 and places[-1] < after.grid.width
    return inside and places == list(range(places[0], places[0] + len(places)))


def widen(before: Placed, after: Placed) -> None:
    """Give two grids that are one the same columns; a lone heading is moved over its figures."""
    places = None if before.bare else _label_columns(before, after)
    if places is not None:
        for cell in after.grid.cells():
            further = cell.column + before.labels - after.labels
            cell.column = places[cell.column] if cell.column < after.labels else further
    more = after.labels - before.labels if before.bare else 0
    for cell in before.grid.cells():
        cell.column += more if cell.column >= before.labels else 0
    before.grid.width = max(before.grid.width + more, after.grid.width)


def _says_the_same(before: Grid, after: Grid, above: Sequence[str]) -> bool:
    """False where the second page says another unit than the first, or of what it is a table."""
    old = [piece.text for piece in before.above] + [cell.text for row in before.rows[:HEAD_ROWS] for cell in row]
    heads = [row for row in after.rows[:3] if not any(is_figure(cell.text) for cell in row if cell.column)]
    new = [*above, *(cell.text for row in heads for cell in row)]  # a row may have a unit of its own
    said = {(note.unit.factor, note.unit.currency) for text in old if (note := unit_note(text)) is not None}
    units = {(note.unit.factor, note.unit.currency) for text in new if (note := unit_note(text)) is not None}
    people = any(people_said(text) in {"fte", "position"} and text not in old for text in above)
    return units <= said and not people


def is_headed_again(before: Grid, after: Grid) -> bool:
    """Whether the second page's rows begin with the first one's heading, and with nothing that it does not say."""
    old, new = _head(before), _head(after)
    if not old or not new:
        return False
    if is_year_row(new[-1]):
        repeated = [c.text for c in old[-1] if c.column] == [c.text for c in new[-1] if c.column]
    else:
        repeated = _texts(new[0]) == _texts(old[0])
    if len(new[-1]) > 1 and " ".join(_texts(new[-1])) == " ".join(_texts(old[-1])) and len(old) == len(new):
        return True  # headings that stand over fewer columns there
    headings = [row for row in old if [cell.column for cell in row] != [0]]  # the names of sections are none
    if len(headings) != len(new) and _by_column(headings) == _by_column(new) != {}:
        return True  # the lines of a heading are rows on one page and one cell on the other
    known = _said_over(before)
    return repeated and all(cell.text in known or is_mark(cell.text) for row in new for cell in row)


def _by_column(head: Sequence[Sequence[GridCell]]) -> dict[int, str]:
    """The heading of each column, its lines joined; empty where a cell stands over several."""
    found: dict[int, list[str]] = {}
    for cell in (cell for row in head for cell in row if cell.text):
        if cell.column_span > 1:
            return {}
        found.setdefault(cell.column, []).append(cell.text)
    return {column: " ".join(texts) for column, texts in found.items()}


def follows(before: Grid, after: Grid) -> bool:
    """Whether a table's rows may be more of the one before: it has its heading again, or none."""
    if not _says_the_same(before, after, []):
        return False
    if is_headed_again(before, after):
        return True
    return not _is_headed_anew(before, after) and not any(is_year_row(row) for row in after.rows[:HEAD_ROWS])


def _is_headed_anew(before: Grid, after: Grid) -> bool:
    """Whether the second page's rows begin with a heading in words that the first one has not."""
    head = _head(after)
    return bool(head) and heads_anew(before.rows[len(_head(before)) :], head[-1], after.rows[len(head) :])


def _said_over(grid: Grid) -> set[str]:
    """The texts of a table's heading, and of the lines above it."""
    return {cell.text for row in _head(grid) for cell in row} | {piece.text for piece in grid.above}


def _head(grid: Grid) -> list[list[GridCell]]:
    """The rows down to the one of years among the first; where none is, those above the first figure."""
    for number, row in enumerate(grid.rows[:HEAD_ROWS]):
        if is_year_row(row):
            return grid.rows[: number + 1]
    for number, row in enumerate(grid.rows[: HEAD_ROWS + 1]):
        counted = (cell.text for cell in row if cell.column and not is_period_heading(cell.text))
        if _is_second_line(row):
            continue
        if any(read_cell(text).kind in {Kind.NUMBER, Kind.REFUSED} for text in counted):
            return grid.rows[:number]
    return []


def _is_second_line(row: Sequence[GridCell]) -> bool:
    """Whether a row without a name has words, and no figure but a year: "2023", "budget", "Forskel"."""
    texts = [cell.text for cell in row if cell.text]
    named = not texts or row[0].column == 0
    words = any(read_cell(text).kind is Kind.TEXT and not is_year_heading(text) for text in texts)
    return not named and words and not any(map(is_figure, texts))


def _printed_again(before: Grid, after: Grid) -> int:
    """How many of the second page's first rows are the first one's heading, with the units below its years."""
    count = len(_head(after))
    heads = before.rows[: HEAD_ROWS + 1]
    units = [_texts(row) for row in heads if row and all(is_statement(cell.text) for cell in row)]
    while count < len(after.rows) and _texts(after.rows[count]) in units:
        count += 1
    return count


def _texts(row: Sequence[GridCell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _is_note(text: str) -> bool:
    """True for what is printed under a table and does not end it: a note on its figures, its unit."""
    noted = text.casefold().startswith(NOTES) or is_sign_note(text) or is_statement(text)
    return noted and not begins_proposal(text)


def append(grid: Grid, more: Grid, above: Sequence[TextLine], section: TextLine | None = None) -> None:
    """Add the rows of the next page, and the name of a group above them; headings printed again are no rows.

    ``section``: the name of a group that is the last line of the page before.
    """
    if section is not None:
        grid.rows.append([GridCell(len(grid.rows), _column_of(section, grid), [section])])
    again = _printed_again(grid, more) if is_headed_again(grid, more) else 0
    grid.again += [piece for row in more.rows[:again] for cell in row for piece in cell.pieces]
    groups = groups_over(above, more) if not again else None
    if groups is None:
        grid.again += above
    if groups and not section and (place := _cut_name(grid, groups[0], more)) is not None:
        grid.rows[-1][place] = longer(grid.rows[-1][place], after=groups.pop(0))
    for name in groups or ():
        grid.rows.append([GridCell(len(grid.rows), _column_of(name[0], more), name)])
    bare = section is None and not groups and grid.rows and len(more.rows) > again
    whole = taken(grid.rows[-1], more.rows[again]) if bare else None
    if whole is not None and again not in more.refused and len(grid.rows) - 1 not in grid.refused:
        grid.rows[-1] = whole
        again += 1
    for position, row in enumerate(more.rows[again:], again):
        number = len(grid.rows)
        if position in more.refused:
            grid.refused[number] = more.refused[position]
        grid.rows.append([GridCell(number, c.column, c.pieces, c.row_span, c.column_span) for c in row])
    grid.below = [*more.below, *(line for line in grid.below if is_footnote(line.text))]


def _cut_name(grid: Grid, line: Sequence[TextLine], more: Grid) -> int | None:
    """The place in a table's last row of the name that goes on in small letters on the first line of the next page."""
    column = _column_of(line[0], more)
    cells = enumerate(grid.rows[-1] if grid.rows and line[0].text[:1].islower() else ())
    return next((n for n, c in cells if c.column == column and continues(c.text, line[0].text)), None)


def longer(cell: GridCell, *, before: Sequence[TextLine] = (), after: Sequence[TextLine] = ()) -> GridCell:
    """A cell with lines before and after its own."""
    return GridCell(cell.row, cell.column, [*before, *cell.pieces, *after], cell.row_span, cell.column_span)


def groups_over(above: Sequence[TextLine], more: Grid) -> list[list[TextLine]] | None:
    """The names of groups over the first row of a page, each with its lines; None where something else stands there."""
    groups: list[list[TextLine]] = []
    box = more.box(more.pages[0])
    top = box[1] if box is not None else None
    for line in reversed(above):
        if not is_group_label(line.text) and not _heads_rows(line, more, top):
            return None
        top = line.box[1] if line.box is not None else None
        if groups and continues(line.text, groups[0][0].text):
            groups[0].insert(0, line)
        else:
            groups.insert(0, [line])
    return groups


def _heads_rows(line: TextLine, more: Grid, below: float | None) -> bool:
    """Whether a line may name a group of rows: a short one close above what is ``below``, where labels begin."""
    if not is_short_name(line.text) or is_other(line.text) or starts_section(line.text) or is_prose(line.text):
        return False
    box = line.box
    if box is None or below is None or below - box[3] > NEAR * (box[3] - box[1]):
        return False
    named = [c for c in more.cells() if c.box is not None and read_cell(c.text).kind is Kind.TEXT]
    if any(c.row == 0 and continues(line.text, c.text) for c in named):
        return False
    labels = [c.box[0] for c in named if c.box is not None]
    return any(abs(box[0] - left) < SAME_EDGE for left in labels)


def _column_of(line: TextLine, grid: Grid) -> int:
    """The column whose cells begin nearest to where a line does."""
    if line.box is None:
        return 0
    left = line.box[0]
    starts = [(abs(cell.box[0] - left), cell.column) for cell in grid.cells() if cell.box is not None]
    return min(starts, default=(0.0, 0))[1]
