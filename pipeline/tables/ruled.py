"""Grids drawn with lines, by the algorithm of pdfplumber's ``table`` module on our own rulings and words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from corpus.model import Box
from corpus.reading import Page, Ruling, Word
from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.grid import Grid, GridCell
from pipeline.tables.words import PageLine, Segment

SNAP, JOIN, MEET = 2.0, 3.0, 3.0
SHORTEST = 3.0
MOST_POINTS = 3000
"""Pages with more crossings are drawings; the search for cells is quadratic."""


def ruled_grids(page: Page, lines: Sequence[PageLine]) -> list[tuple[Grid, Box]]:
    """The drawn grids of a page that hold a table, each with its box. A frame, a chart or shading holds none."""
    found = []
    for boxes in _tables(page.rulings):
        box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        grid = _grid(boxes, lines)
        if grid is not None and not _outside(box, lines):
            found.append((grid, box))
    return found


def _tables(rulings: Sequence[Ruling]) -> list[list[Box]]:
    edges = [_edge(ruling) for ruling in rulings if max(ruling.x1 - ruling.x0, ruling.bottom - ruling.top) >= SHORTEST]
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if upright < 2 or len(edges) - upright < 2:
        return []
    from pdfplumber import table  # a heavy import, and most pages have no grid

    merged = table.merge_edges(edges, SNAP, SNAP, JOIN, JOIN)
    merged += _open_ends(merged)
    upright = sum(edge["orientation"] == "v" for edge in merged)
    if upright * (len(merged) - upright) > MOST_POINTS * 20:
        return []
    points = table.edges_to_intersections(merged, MEET, MEET)
    if len(points) > MOST_POINTS:
        return []
    tables: list[list[Box]] = table.cells_to_tables(table.intersections_to_cells(points))
    return tables


def _open_ends(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules for the first or last row of a grid whose upright rules go on past its last level one, all equally far."""
    upright = [e for e in edges if e["orientation"] == "v"]
    level = [e for e in edges if e["orientation"] == "h"]
    added: list[dict[str, Any]] = []
    for side in ("top", "bottom"):
        for height in sorted({e[side] for e in upright}):
            ends = [e for e in upright if abs(e[side] - height) <= MEET]
            x0, x1 = min(e["x0"] for e in ends), max(e["x0"] for e in ends)
            drawn = any(abs(e["top"] - height) <= MEET and e["x0"] < x1 and x0 < e["x1"] for e in [*level, *added])
            if len(ends) >= 3 and not drawn:
                box = {"x0": x0, "x1": x1, "top": height, "bottom": height, "width": x1 - x0, "height": 0.0}
                added.append(box | {"orientation": "h"})
    return added


def _edge(ruling: Ruling) -> dict[str, Any]:
    wide = ruling.x1 - ruling.x0 >= ruling.bottom - ruling.top
    middle_x, middle_y = (ruling.x0 + ruling.x1) / 2, (ruling.top + ruling.bottom) / 2
    x0, x1 = (ruling.x0, ruling.x1) if wide else (middle_x, middle_x)
    top, bottom = (middle_y, middle_y) if wide else (ruling.top, ruling.bottom)
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if wide else "v",
    }


def _grid(boxes: Sequence[Box], lines: Sequence[PageLine]) -> Grid | None:
    xs = sorted({x for box in boxes for x in (box[0], box[2])})
    ys = sorted({y for box in boxes for y in (box[1], box[3])})
    if len(xs) < 3:
        return None
    filled: dict[Box, list[Segment]] = {}
    for line in lines:
        for segment in line.segments:
            for part, box in _placed(segment, boxes):
                filled.setdefault(box, []).append(part)
    if not filled or len(filled) < 0.3 * len(boxes) or not _ruled_through(filled, ys):
        return None
    cells = [_cell(box, parts, xs, ys) for box, parts in filled.items()]
    return _compact(cells, xs)


def _placed(segment: Segment, boxes: Sequence[Box]) -> list[tuple[Segment, Box]]:
    """The words of a segment by the smallest box that holds their centre; words outside have none."""
    placed: list[tuple[list[Word], Box]] = []
    for word in segment.words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        inside = [b for b in boxes if b[0] <= x <= b[2] and b[1] <= y <= b[3]]
        if not inside:
            continue
        box = min(inside, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
        if placed and placed[-1][1] == box:
            placed[-1][0].append(word)
        else:
            placed.append(([word], box))
    if len(placed) == 1 and len(placed[0][0]) == len(segment.words):
        return [(segment, placed[0][1])]
    texts = segment.text.split(" ")
    first = {word.start: text for word, text in zip(segment.words, texts, strict=False)}
    return [(Segment(tuple(ws), " ".join(first[w.start] for w in ws), segment.page), box) for ws, box in placed]


def _ruled_through(filled: dict[Box, list[Segment]], ys: Sequence[float]) -> bool:
    """False where rows or columns are not all drawn: cells with figures below or beside each other."""
    stacked: dict[float, int] = {}
    beside = 0
    for box, parts in filled.items():
        figures = [part for part in parts if part.kind is Kind.NUMBER]
        tops = [round(part.box[1]) for part in figures]
        if len(set(tops)) >= 2 and len(figures) >= 2:
            stacked[box[1]] = stacked.get(box[1], 0) + 1
        beside += len(tops) - len(set(tops))
    return max(stacked.values(), default=0) < 2 and beside < 2


def _cell(box: Box, parts: Sequence[Segment], xs: Sequence[float], ys: Sequence[float]) -> GridCell:
    left, right = bisect_left(xs, box[0]), bisect_left(xs, box[2])
    top, bottom = bisect_left(ys, box[1]), bisect_left(ys, box[3])
    rows: list[list[Segment]] = []
    for part in parts:
        if rows and abs(rows[-1][-1].box[1] - part.box[1]) < 2:
            rows[-1].append(part)
        else:
            rows.append([part])
    pieces = [_one_line(row) for row in rows]
    return GridCell(top, left, [piece.piece() for piece in pieces], bottom - top, right - left)


def _one_line(parts: Sequence[Segment]) -> Segment:
    return Segment(tuple(w for part in parts for w in part.words), " ".join(p.text for p in parts), parts[0].page)


def _compact(cells: list[GridCell], xs: Sequence[float]) -> Grid | None:
    """The grid without the rows and columns in which nothing begins; None for a frame or a form of two text columns.

    Its edges are the rules at the left of its columns, and the last one; ``xs`` are all.
    """
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    figures = sum(_is_figure(cell) for cell in cells)
    if len(columns) < 2 or len(rows) < 2 or (len(columns) == 2 and figures < 2):
        return None
    table: list[list[GridCell]] = [[] for _ in rows]
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        row_span = sum(cell.row <= row < cell.row + cell.row_span for row in rows)
        column_span = sum(cell.column <= column < cell.column + cell.column_span for column in columns)
        number = rows.index(cell.row)
        table[number].append(GridCell(number, columns.index(cell.column), cell.pieces, row_span, column_span))
    edges = tuple(round(xs[column], 1) for column in [*columns, -1])
    return Grid(table, len(columns), edges=edges, ruled=True)


def _is_figure(cell: GridCell) -> bool:
    return read_cell(cell.text).kind is Kind.NUMBER


def _outside(box: Box, lines: Sequence[PageLine]) -> bool:
    """True where figures stand beside the grid on most of its lines: it is shading behind part of a table."""
    level = [line for line in lines if box[1] <= line.centre <= box[3]]
    beside = [
        line
        for line in level
        if any(s.is_value and not box[0] - 1 <= (s.x0 + s.x1) / 2 <= box[2] + 1 for s in line.segments)
    ]
    return bool(level) and len(beside) > 0.5 * len(level)
