"""Grids drawn with lines: which of a page's drawn tables hold a table of words, and what stands in its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress
from statistics import median

import numpy as np

from corpus.model import Box
from corpus.reading import Page
from pipeline.tables.around.context import in_room
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, join_lines
from pipeline.tables.content.rows import is_prose
from pipeline.tables.drawn.crossing import cut_at_rules, whole_segments
from pipeline.tables.drawn.forms import has_figures, heads_years, is_form
from pipeline.tables.drawn.gapped import cut_at_columns, gapped_cells
from pipeline.tables.drawn.lattice import drawn_tables
from pipeline.tables.drawn.openends import FEWEST_ROWS, is_cut_short, is_middle, is_open, lengthened
from pipeline.tables.drawn.sheets import tables_of
from pipeline.tables.drawn.stretched import Laid, split_rows
from pipeline.tables.layout.cellwords import (
    Floats,
    Part,
    Tracks,
    Words,
    beside,
    in_cells,
    is_figure,
    tracks_of,
    words_of,
)
from pipeline.tables.layout.edges import edges_of
from pipeline.tables.layout.gutters import Cuts
from pipeline.tables.layout.words import PageLine

SLIVER = 4.5
"""Rules no further apart than this many points enclose nothing: a double line, or one that is drawn askew."""
LEAST_FILLED = 0.3
LEAST_REGULAR = 0.4
MOST_UNDRAWN = 0.25
NOTES = frozenset({"Note", "Noter", "Note nr."})
LONGEST_NOTE = 2
"""The number of a note has so many digits at most."""
UNRULED = 0.5
NARROW = 0.6
NAMED = 0.8
ROOM = 5.0
"""Below its words a drawn row has so many points of room at most: less than a line."""


def ruled_grids(
    page: Page, lines: Sequence[PageLine], carried: Sequence[float] = (), cuts: Cuts | None = None
) -> list[tuple[Grid | None, Box]]:
    """The drawn grids of a page that hold a table, each with its box. A frame, a chart or shading holds none.

    A box without a grid is a form: there is no table in it, and no finder should look for one.
    A table inside a cell of another one keeps its words to itself. ``carried``: the edges of the columns of a drawn
    table that the page before ends with; one row with the same edges may be its last. ``cuts``: where columns of the
    page begin, for each line.
    """
    if not page.packed.rulings and not page.packed.fills:
        return []
    drawn = [(box, tracks) for box, tracks in _drawn(page) if (tracks.owner < 0).mean() <= MOST_UNDRAWN]
    gapped = [] if drawn else list(_gapped(page))
    drawn += gapped
    if not drawn:
        return []
    numbers = beside(lines, [box for box, _ in drawn])
    tables = list(_whole([d for d in drawn if not _is_part(*d, lines, cuts or [])], lines, numbers, cuts or []))
    words = words_of(lines, sorted({*numbers, *(n for _, _, more in tables for n in more)}), page.number)
    words = cut_at_rules(words, [tracks for _, tracks, _ in tables])
    for _, tracks in gapped:
        words = cut_at_columns(words, tracks)
    centres = words.centres
    free = np.ones(len(centres), dtype=bool)
    found: list[tuple[Grid | None, Box]] = []
    doubted: list[tuple[Grid | None, Box, Box]] = []
    for box, tracks, _ in sorted(tables, key=lambda table: _area(table[0])):
        moved, torn = whole_segments(words, tracks, centres)
        tracks, filled, inside = in_cells(words, moved, tracks, free, torn)
        for grid, top, bottom in _grids(tracks, filled, carried):
            own = box[0], top, box[2], bottom
            if _is_nameless(grid, own, words, centres):
                continue
            if _outside(own, words, centres, []):
                doubted.append((grid, own, own))
            else:
                free[inside] = False
                found.append((grid, own))
    found += _side_by_side(doubted, [box for grid, box in found if _names_rows(grid)], words, centres)
    return sorted(found, key=lambda pair: (pair[1][1], pair[1][0]))


def _side_by_side(
    doubted: Sequence[tuple[Grid | None, Box, Box]], found: Sequence[Box], words: Words, centres: Floats
) -> list[tuple[Grid | None, Box]]:
    """Of the grids with figures beside them those that name their own rows, if the others beside them do so too.

    ``found``: the boxes of other such grids.
    """
    named = [each for each in doubted if _names_rows(each[0])]
    boxes = [*found, *(box for _, _, box in named)]
    return [(grid, part) for grid, part, box in named if not _outside(box, words, centres, boxes)]


def _names_rows(grid: Grid | None) -> bool:
    """Whether a text stands in front of the figures in nearly all rows of a grid."""
    rows = [row for row in grid.rows if len(row) > 1] if grid is not None else []
    named = sum(any(read_cell(cell.text).kind is Kind.TEXT for cell in row[:2]) for row in rows)
    valued = sum(any(read_cell(cell.text).kind is Kind.NUMBER for cell in row[1:]) for row in rows)
    return valued > 1 and named >= NAMED * len(rows)


def _drawn(page: Page) -> Iterator[tuple[Box, Tracks]]:
    """The drawn tables of a page from the top down."""
    for boxes in drawn_tables(edges_of(page)):
        tracks = tracks_of(boxes, SLIVER)
        if tracks is not None:
            yield _around(boxes), tracks


def _gapped(page: Page) -> Iterator[tuple[Box, Tracks]]:
    """The table of a page whose columns only the gaps between its rules part."""
    boxes = gapped_cells(page)
    tracks = tracks_of(boxes, SLIVER) if boxes else None
    if tracks is not None:
        yield _around(boxes), tracks


def _is_part(box: Box, tracks: Tracks, lines: Sequence[PageLine], cuts: Cuts) -> bool:
    """Whether a shaded row or two stand between rows of the same columns: the words say more of these than it does."""
    few = len(tracks.ys) - 1 < FEWEST_ROWS and len(tracks.xs) > FEWEST_ROWS
    return few and is_middle(box, tracks, [line for _, line in in_room(lines, cuts, box)])


def _whole(
    drawn: Sequence[tuple[Box, Tracks]], lines: Sequence[PageLine], numbers: Sequence[int], cuts: Cuts
) -> Iterator[tuple[Box, Tracks, Sequence[int]]]:
    """The tables with what goes on below their last rule, and the numbers of those lines.

    A shaded row or two with more rows below is left out, and so is a grid that goes on with rows below and would end
    before the last of these: both say less of the rows than the words do.
    """
    beyond: list[Box] = []
    for box, tracks in drawn:
        if any(b[0] <= box[0] + 1 and box[2] <= b[2] + 1 and b[1] <= box[1] and box[3] <= b[3] + ROOM for b in beyond):
            continue
        places, own, first = _below(box, lines, numbers, cuts)
        more: Sequence[int] = ()
        rows = [lines[n] for n in numbers if box[1] <= lines[n].centre <= box[3] and lines[n].values]
        if is_open(box, tracks, own, first, rows):
            if len(tracks.ys) - 1 < FEWEST_ROWS:
                continue
            box, tracks = lengthened(box, tracks, own, first, rows)
            after = next((n for n in range(first, len(own)) if own[n].centre > box[3]), len(own))
            if is_cut_short(box, tracks, own, after):
                continue
            beyond.append(box)
            more = [places[n] for n in range(first, len(own)) if own[n].centre < box[3]]
        elif is_cut_short(box, tracks, own, first) and not _have_figures(rows):
            continue  # shaded headings, and the name of the first section
        yield box, tracks, more


def _have_figures(rows: Sequence[PageLine]) -> bool:
    """Whether a figure stands behind the first text of a line, which may be a unit: "1.000 kr."."""
    return any(segment.is_value for line in rows for segment in line.segments[1:])


def _below(
    box: Box, lines: Sequence[PageLine], numbers: Sequence[int], cuts: Cuts
) -> tuple[Sequence[int], Sequence[PageLine], int]:
    """What stands in the page's column of a box, by line with its number on the page, and the first line below it."""
    if not any(cuts):
        return (
            range(len(lines)),
            lines,
            next((n for n in reversed(numbers) if lines[n].centre < box[3]), len(lines)) + 1,
        )
    below = [(n, line) for n, line in in_room(lines, cuts, box) if line.centre >= box[3]]
    return [n for n, _ in below], [line for _, line in below], 0


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _grids(
    tracks: Tracks, filled: dict[int, list[Part]], carried: Sequence[float]
) -> Iterator[tuple[Grid | None, float, float]]:
    """The tables in a drawn grid (None for a form), each with its top and its bottom.

    None of a chart, a frame or a form with a table in it, and where not all columns are ruled.
    """
    if not filled or len(filled) < LEAST_FILLED * len(tracks.cells) or _are_columns_missing(tracks, filled):
        return
    cells, ys, xs = _laid(tracks, filled)
    cells, ys = _without_prose(cells, ys, len(xs) - 1)
    for own, rules in tables_of(cells, ys, len(xs) - 1):
        if (read := _grid(own, rules, xs, carried)) is not None:
            yield read


def _grid(
    cells: list[Laid], ys: list[float], xs: list[float], carried: Sequence[float]
) -> tuple[Grid | None, float, float] | None:
    """The table that cells make, None for a form, its top and its bottom; nothing where they make none."""
    rows = len(ys) - 1
    columns = len({cell.column for cell in cells if cell.parts})
    if columns < 2 or len(cells) < LEAST_REGULAR * rows * (len(xs) - 1):
        return None
    cells, rows, refused = split_rows(cells, rows)
    edges = tuple(round(x, 1) for x in xs)
    if len({cell.row for cell in cells if cell.parts}) < 2 and not _are_alike(edges, carried):
        return None
    if is_form(cells, rows, columns):
        shaded = has_figures(cells) or heads_years(cells)
        return None if shaded else (None, ys[0], ys[-1])
    table: list[list[GridCell]] = [[] for _ in range(rows)]
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.parts:
            pieces = [part.piece for part in cell.parts]
            table[cell.row].append(GridCell(cell.row, cell.column, pieces, cell.row_span, cell.column_span))
    return Grid(table, len(xs) - 1, refused=refused, edges=edges, ruled=True), ys[0], ys[-1]


def _are_alike(edges: Sequence[float], carried: Sequence[float]) -> bool:
    return len(edges) == len(carried) and all(abs(a - b) <= 1 for a, b in zip(edges, carried, strict=True))


def _are_columns_missing(tracks: Tracks, filled: dict[int, list[Part]]) -> bool:
    """Whether figures stand beside each other in the cells, or words apart in most lines, of all or of one column, or
    numbers ("Note") behind some of the names: no rule parts them."""
    figures = 0
    lines, apart, noted = Counter[int](), Counter[int](), Counter[int]()
    headed = {tracks.cells[n][1] for n, parts in filled.items() if any(p.segments[-1] in NOTES for p in parts)}
    for number, parts in filled.items():
        column = tracks.cells[number][1]
        figures += sum(part.figures > 1 for part in parts if len(part.segments) > 1)
        lines[column] += len(parts)
        apart[column] += sum(len(part.segments) > 1 for part in parts)
        noted[column] += sum(len(part.segments) == 2 and _is_note(part.segments[1]) for part in parts)
    if any(count >= FEWEST_ROWS or (count and column in headed) for column, count in noted.items()):
        return True
    if figures > 1 or apart.total() > UNRULED * lines.total():
        return True
    return any(apart[column] >= FEWEST_ROWS and apart[column] > UNRULED * lines[column] for column in apart)


def _is_note(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_NOTE


def _laid(tracks: Tracks, filled: dict[int, list[Part]]) -> tuple[list[Laid], list[float], list[float]]:
    """The cells in the rows and columns in which one begins, and the rules around the rows and the columns.

    A blank row or column stays, but not a gap between two rules that no line of words would fit into.
    """
    height = median(part.height for parts in filled.values() for part in parts)
    before: list[list[int]] = []
    kept: list[list[float]] = []
    for axis, rules in enumerate((tracks.ys, tracks.xs)):
        begun = {cell[axis] for cell in tracks.cells}
        full = {tracks.cells[number][axis] for number in filled}
        wide = [
            int(n in full or (n in begun and rules[n + 1] - rules[n] > NARROW * height)) for n in range(len(rules) - 1)
        ]
        before.append([0, *accumulate(wide)])
        kept.append([*compress(rules, wide), rules[-1]])
    down, across = before
    cells = []
    for number, (row, column, row_span, column_span) in enumerate(tracks.cells):
        spans = down[row + row_span] - down[row], across[column + column_span] - across[column]
        if min(spans) > 0:
            cells.append(Laid(down[row], across[column], *spans, tuple(filled.get(number, ()))))
    return cells, kept[0], kept[1]


def _without_prose(cells: list[Laid], ys: list[float], columns: int) -> tuple[list[Laid], list[float]]:
    """Without first and last rows of one cell of running text, the frame around a table that shares its rules."""
    while len(ys) > 3:
        for row in (0, len(ys) - 2):
            level = [cell for cell in cells if cell.row <= row < cell.row + cell.row_span]
            if len(level) == 1 and level[0].column_span == columns and _is_text(level[0].parts):
                cells = [_moved(cell, row) for cell in cells if cell is not level[0]]
                ys = ys[1:] if row == 0 else ys[:-1]
                break
        else:
            break
    return cells, ys


def _moved(cell: Laid, gone: int) -> Laid:
    return Laid(cell.row - (cell.row > gone), cell.column, cell.row_span, cell.column_span, cell.parts)


def _is_text(parts: Sequence[Part]) -> bool:
    return is_prose(join_lines(part.piece.text for part in parts))


def _is_nameless(grid: Grid | None, box: Box, words: Words, centres: Floats) -> bool:
    """True for a grid of figures alone whose names stand left of it, on most of its lines: shading behind figures."""
    if grid is None or any(read_cell(cell.text).kind is Kind.TEXT for row in grid.rows for cell in row[:1]):
        return False
    x, y = centres[:, 0], centres[:, 1]
    level = (box[1] <= y) & (y <= box[3])
    left = np.flatnonzero(level & (x < box[0] - 1)).tolist()
    named = {words.lines[n] for n in left if not is_figure(words.texts[n])}
    return len(named) > 0.5 * len({words.lines[n] for n in np.flatnonzero(level).tolist()})


def _outside(box: Box, words: Words, centres: Floats, others: Sequence[Box]) -> bool:
    """True where figures stand beside the grid on most of its lines: it is shading behind part of a table.

    What stands in ``others`` beside it is not part of its table.
    """
    x, y = centres[:, 0], centres[:, 1]
    level = (box[1] <= y) & (y <= box[3])
    for left, top, right, bottom in others:
        if right <= box[0] or box[2] <= left:
            level &= ~((left <= x) & (x <= right) & (top <= y) & (y <= bottom))
    beside = np.flatnonzero(level & ((x < box[0] - 1) | (x > box[2] + 1))).tolist()
    lines = {words.lines[n] for n in beside if is_figure(words.texts[n])}
    return len(lines) > 0.5 * len({words.lines[n] for n in np.flatnonzero(level).tolist()})
