"""The heading rows of a table without a drawn grid: what each heading stands over, and which lines are one heading.

A heading over several columns overlaps them, or stands in the middle over them, or has a rule of its own below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.borderless.headcuts import apart, on_columns
from pipeline.tables.borderless.midheads import widen
from pipeline.tables.borderless.tiers import counts_columns, in_tiers, is_aligned
from pipeline.tables.content.found import twice_middle
from pipeline.tables.content.grid import GridCell
from pipeline.tables.content.headings import is_total_heading, is_year_heading
from pipeline.tables.content.labels import side_of
from pipeline.tables.content.rows import HANGING
from pipeline.tables.layout.reach import (
    CENTRED,
    SLACK,
    Extents,
    begun_level,
    centred,
    fits,
    overlapped,
    shared_out,
    stands_over,
    widest_run,
)
from pipeline.tables.layout.words import PageLine, Segment

Rule = tuple[float, float, float]
"""A level rule: height, left and right end."""

SLIGHT = 0.3
SAME_EDGE = 1.5
UNDERLINE = 4.0
"""A rule below a heading that runs no further than so many points past it only underlines it."""
TOUCHING = 0.15
"""Lines of one cell stand no further apart than this share of their height."""
CLOSE = 0.75
"""Lines of one heading are parted by less than this share of their height."""


def head_rows(lines: Sequence[PageLine], extents: Extents, rules: Sequence[Rule] = ()) -> list[list[GridCell]]:
    """The cells of the heading lines, from the top down: one line's, with their columns and spans."""
    rows = []
    lines = [apart(line, [*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2]]) for n, line in enumerate(lines)]
    below_each = [*(set(_leaves(extents, line)) for line in lines[1:]), set()]
    lines = [_on_columns(line, extents, headed) for line, headed in zip(lines, below_each, strict=False)]
    leaves_of = [_leaves(extents, line) for line in lines] if len(lines) > 1 else []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        leaves = leaves_of[number + 1 if below else number - 1] if leaves_of else {}
        if len(line.segments) == 1 and number + 2 < len(lines):
            leaves = leaves | {n: s for n, s in leaves_of[number + 2].items() if n in leaves and s.is_year}
        if any(s.is_year for s in line.segments):
            further = leaves_of[number + 2 :]
            leaves = {n: s for found in further for n, s in found.items() if not s.is_year} | leaves
        rows.append(_cells(line, number, extents, rules, below, leaves))
    _reach_all(rows, lines, extents)
    return rows


def _on_columns(line: PageLine, extents: Extents, headed: set[int]) -> PageLine:
    segments = [part for s in line.segments for part in on_columns(s, extents, headed)]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _reach_all(rows: Sequence[list[GridCell]], lines: Sequence[PageLine], extents: Extents) -> None:
    """Make the only heading over others that share all the columns span all of these, if it is in their middle."""
    width = len(extents) - 1
    leaves = _leaves(extents, lines[-1]) if len(lines) > 2 else {}
    if any(n not in leaves for n in range(1, width + 1)):
        return
    for line, row, below in zip(lines, rows, rows[1:-1], strict=False):
        right, shared = ([cell for cell in each if cell.column] for each in (row, below))
        segment = line.segments[-1]
        if len(right) != 1 or len(shared) < 2 or sum(cell.column_span for cell in shared) != width:
            continue
        if all(cell.column_span == 1 for cell in shared) or segment.piece().spans != right[0].pieces[0].spans:
            continue
        if fits(segment, overlapped(segment, extents), list(range(1, width + 1)), leaves, extents):
            right[0].column, right[0].column_span = 1, width


def merged_rows(
    lines: Sequence[PageLine], extents: Extents, rules: Sequence[Rule] = (), *, told_by_room: bool = False
) -> list[list[GridCell]]:
    """As :func:`head_rows`, with headings of several lines made one cell, and lines that share no column one row.

    ``told_by_room``: which lines are one heading is told by the room between them, where that differs.
    """
    tiers = in_tiers(lines, extents, rules) if told_by_room else None
    lines = tiers.lines if tiers else _level(lines)
    rows = head_rows(lines, extents, rules)
    if tiers:
        tiers.restore(cell for row in rows for cell in row)
    for upper, lower in pairwise(range(len(rows))) if tiers is None else ():
        _join(rows, lines, upper, lower, rules)
    kept: list[list[GridCell]] = []
    for row in rows:
        if not row:
            continue
        if kept and not _columns(kept[-1]) & _columns(row):
            kept[-1] = sorted([*kept[-1], *row], key=lambda cell: cell.column)
        else:
            kept.append(row)
    for number, row in enumerate(kept):
        for cell in row:
            cell.row = number
    widen(kept, extents)
    return _raised(kept)


def _level(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines, where one halfway beside the line above it, over other columns, is one with it."""
    joined = list(lines[:1])
    for line in lines[1:]:
        last = joined[-1]
        near = line.box[1] < last.box[3] - SLACK
        if near and not any(a.x0 < b.x1 and b.x0 < a.x1 for a in last.segments for b in line.segments):
            joined[-1] = PageLine(tuple(sorted([*last.segments, *line.segments], key=lambda segment: segment.x0)))
        else:
            joined.append(line)
    return joined


def _raised(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """The headings of one column with nothing above them reach up to the top; those that are years stay."""
    raised: list[list[GridCell]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        above = set().union(*(_columns(upper) for upper in rows[:number]))
        for cell in row:
            if number and cell.column_span == 1 and cell.column not in above and not is_year_heading(cell.text):
                cell.row, cell.row_span = 0, number + 1
            raised[cell.row].append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in raised]


def _columns(row: Sequence[GridCell]) -> set[int]:
    return {column for cell in row for column in range(cell.column, cell.column + cell.column_span)}


def _join(rows: list[list[GridCell]], lines: Sequence[PageLine], upper: int, lower: int, rules: Sequence[Rule]) -> None:
    """Move the cells of the upper heading line that go on in the same columns of the lower one down into it."""
    if lines[lower].box[1] - lines[upper].box[3] > CLOSE * lines[lower].height or counts_columns(lines[lower]):
        return
    dated = any(cell.column_span > 1 and is_year_heading(cell.text) for cell in rows[upper])
    for cell in list(rows[upper]):
        if dated and is_year_heading(cell.text):
            continue
        below = [c for c in rows[lower] if c.column == cell.column and c.column_span == cell.column_span]
        if len(below) == 1 and not _parted(cell, lines[upper], lines[lower], rules) and not _own(cell, below[0]):
            below[0].put(cell.pieces + below[0].pieces)
            rows[upper].remove(cell)


def _own(upper: GridCell, lower: GridCell) -> bool:
    """Whether two headings say things of their own: a unit or price level in the corner, a year over a year.

    What stands in brackets goes on with the line above, and so does a unit after "Beløb i".
    """
    if lower.text.startswith("(") or upper.text.endswith(",") or upper.text.split()[-1].casefold() in HANGING:
        return False
    if upper.column == 0 and (is_context(upper.text) or is_context(lower.text)):
        return True
    return is_year_heading(upper.text) and is_year_heading(lower.text)


def _parted(cell: GridCell, upper: PageLine, lower: PageLine, rules: Sequence[Rule]) -> bool:
    """Whether a rule runs below a heading.

    One along all of the lower line is none of it where the two lines touch, as those of one cell do: the first one
    hangs out of a cell that is too low.
    """
    box = cell.box
    between = [(x0, x1) for y, x0, x1 in rules if upper.centre < y < lower.centre]
    if lower.box[1] - upper.box[3] < TOUCHING * lower.height:
        left, right = lower.box[0] + SAME_EDGE, lower.box[2] - SAME_EDGE
        between = [(x0, x1) for x0, x1 in between if x0 > left or x1 < right]
    return box is not None and any(x0 < box[2] and box[0] < x1 for x0, x1 in between)


def _cells(
    line: PageLine,
    number: int,
    extents: Extents,
    rules: Sequence[Rule],
    below: PageLine | None,
    leaves: dict[int, Segment],
) -> list[GridCell]:
    overlaps = [overlapped(segment, extents) for segment in line.segments]
    repeated = _over_repeated(line, overlaps, leaves, extents) or begun_level(line, overlaps, leaves)
    if below is not None and not repeated:
        repeated = shared_out(line, overlaps, leaves, extents) or _over_last_years(line, overlaps, leaves)
    cells: dict[int, GridCell] = {}
    low = -1
    for position, (segment, over) in enumerate(zip(line.segments, overlaps, strict=True)):
        high = min([o[0] for o in overlaps[position + 1 :] if o], default=len(extents))
        found = repeated.get(position) or _spread(segment, over, (low, high), extents, rules, below, leaves)
        low = max(low, over[-1]) if over else low
        if found[0] in cells:
            cells[found[0]].put([*cells[found[0]].pieces, segment.piece()])
        else:
            cells[found[0]] = GridCell(number, found[0], [segment.piece()], 1, len(found))
    return [cells[column] for column in sorted(cells)]


def _spread(
    segment: Segment,
    over: list[int],
    free: tuple[int, int],
    extents: Extents,
    rules: Sequence[Rule],
    below: PageLine | None,
    leaves: dict[int, Segment],
) -> list[int]:
    """The columns that a heading is of; ``free``: those between its neighbours' columns, both not included."""
    if segment.is_year and (sides := _sides_below(segment, free, extents, leaves)):
        return sides
    if segment.is_year and over and not _is_over_leaves(segment, free, extents, leaves):
        middle = segment.x0 + segment.x1
        return [min(reversed(over), key=lambda n: abs(sum(extents[n]) - middle))]
    if over[:1] == [0] and len(over) == 2 and 1 in leaves and abs(segment.x1 - leaves[1].x1) < SAME_EDGE:
        return over[1:]
    if segment.is_year and (run := widest_run(segment, free, extents, leaves)) and set(over) <= set(run):
        return run
    ruled = _under(segment, extents, rules, below)
    if set(over) <= set(ruled) and ruled and free[0] < ruled[0] and ruled[-1] < free[1]:
        years = _years_below(segment, free, leaves)
        return years if set(ruled) < set(years) else ruled
    if is_total_heading(segment.text) and over:
        return over
    if over and _is_over_all(segment, free, extents, leaves):
        return list(range(1, len(extents)))
    next_line = _leaves(extents, below) if below is not None else leaves
    if len(over) == 1 and [n for n, leaf in next_line.items() if leaf.text[0].islower()] == over:
        return over  # the only one that goes on with what stands above
    if years := _years_below(segment, free, leaves):
        return years
    if len(over) == 1 and over[0] in leaves and (below is None or leaves[over[0]].text[0].islower()):
        return over  # it goes on below, or goes on with what stands above
    if len(over) != 1 or not stands_over(segment, extents[over[0]], leaves.get(over[0])):
        wide = centred(segment, over, free, extents, leaves)
        if len(wide) > len(over):
            return wide
    if not over:
        gaps = [(max(x0 - segment.x1, segment.x0 - x1), n) for n, (x0, x1) in enumerate(extents)]
        return [min(gaps)[1]]
    return over


def _leaves(extents: Extents, other: PageLine | None) -> dict[int, Segment]:
    """The headings of the line below, or above the last one, that stand over one column each."""
    found = {}
    for segment in other.segments if other is not None else ():
        over = overlapped(segment, extents)
        if len(over) == 1:
            found[over[0]] = segment
    return found


def _over_repeated(
    line: PageLine, overlaps: Sequence[list[int]], leaves: dict[int, Segment], extents: Extents
) -> dict[int, list[int]]:
    """The columns of headings over others that repeat, by their place in the line: "2022", "2023" and once more.

    Those that end where columns before the last one of each run end are of these alone.
    """
    width = len(extents)
    begin = next((n for n in range(1, width) if n in leaves and leaves[n].is_year), 1)  # names are left of the years
    texts = [leaves[n].text if n in leaves else "" for n in range(begin, width)]
    right = [(position, over) for position, over in enumerate(overlaps) if over and over[-1] >= begin]
    size, left = divmod(len(texts), len(right)) if len(right) > 1 else (0, 0)
    if size < 2 or left or not all(texts) or texts != texts[:size] * len(right) or len(set(texts)) < 2:
        return {}
    runs = [list(range(begin + n * size, begin + (n + 1) * size)) for n in range(len(right))]
    apart = all(set(over) <= set(run) for (_, over), run in zip(right, runs, strict=True))
    ends = [
        [
            n
            for n in run[:-1]
            if abs(extents[n][1] - line.segments[p].x1) < 1.5 and is_aligned(line.segments[p], leaves[n])
        ]
        for (p, _), run in zip(right, runs, strict=True)
    ]
    if not apart or (all(ends) and not _are_centred([line.segments[p] for p, _ in right], runs, extents, leaves)):
        return {}
    return {position: run for (position, _), run in zip(right, runs, strict=True)}


def _are_centred(
    segments: Sequence[Segment], runs: Sequence[list[int]], extents: Extents, leaves: dict[int, Segment]
) -> bool:
    """Whether each heading is in the middle of its run of columns, an odd number: so it is over the middle one, too.

    The middle is that of what stands in the columns, of their headings, or between the two.
    """
    for segment, run in zip(segments, runs, strict=True):
        low, high = sorted(sum(ends) for ends in (
            (extents[run[0]][0], extents[run[-1]][1]), (leaves[run[0]].x0, leaves[run[-1]].x1)))  # fmt: skip
        reach = 2 * CENTRED * (segment.box[3] - segment.box[1])
        if not low - reach < segment.x0 + segment.x1 < high + reach:
            return False
    return len(runs[0]) % 2 == 1


def _over_last_years(line: PageLine, overlaps: Sequence[list[int]], leaves: dict[int, Segment]) -> dict[int, list[int]]:
    """The columns of the last heading, by its place, where only it stands level with no year below.

    It stands in the middle over all years that have no other heading: "Regnskab", "Budget", "Budgetoverslag".
    """
    right = [(position, over) for position, over in enumerate(overlaps) if over and over[-1] in leaves and over != [0]]
    last = len(line.segments) - 1
    if len(right) < 2 or right[-1][0] != last:
        return {}
    pairs = [(line.segments[p], leaves[over[-1]]) for p, over in right]
    level = [min(abs(s.x0 - year.x0), abs(s.x1 - year.x1)) < SAME_EDGE for s, year in pairs]
    free = [n for n, leaf in sorted(leaves.items()) if n > right[-2][1][-1] and leaf.is_year]
    if not all(level[:-1]) or level[-1] or len(free) < 2 or not set(right[-1][1]) <= set(free):
        return {}
    segment, first, end = line.segments[last], leaves[free[0]], leaves[free[-1]]
    reach = 2 * CENTRED * line.height
    low, high = twice_middle([(leaves[n].x0, leaves[n].x1) for n in free])
    inside = end.x1 == max(leaf.x1 for leaf in leaves.values()) and first.x0 < segment.x0
    return {last: free} if inside and low - reach < segment.x0 + segment.x1 < high + reach else {}


def _sides_below(segment: Segment, free: tuple[int, int], extents: Extents, leaves: dict[int, Segment]) -> list[int]:
    """The columns of the sides of an account, "Udgifter", "Indtægter", "Netto", below a year alone in its line.

    It is that of all of them, whatever column it keeps to; nothing where other columns stand among or behind them.
    """
    sides = [n for n in range(1, len(extents)) if n in leaves and side_of(leaves[n].text) is not None]
    if free != (-1, len(extents)) or len(sides) < 2 or len({side_of(leaves[n].text) for n in sides}) < len(sides):
        return []
    whole = sides == list(range(sides[0], len(extents)))
    return sides if whole and leaves[sides[0]].x0 - SLACK < segment.x0 and segment.x1 < extents[-1][1] + SLACK else []


def _is_over_leaves(segment: Segment, free: tuple[int, int], extents: Extents, leaves: dict[int, Segment]) -> bool:
    """Whether a year stands over several columns that have headings of their own: no heading is there but the year."""
    run = [n for n in range(max(free[0] + 1, 1), free[1]) if n in leaves and not leaves[n].is_year]
    over = overlapped(segment, extents)
    if len(run) < 2 or not set(over) <= set(run):
        return False
    return not any(abs(leaves[n].x1 - segment.x1) < 1.5 for n in over)


def _is_over_all(segment: Segment, free: tuple[int, int], extents: Extents, leaves: dict[int, Segment]) -> bool:
    """Whether a heading alone in its line, wider than two columns, stands in the middle over all that are headed."""
    if free != (-1, len(extents)) or len(extents) < 4 or any(n not in leaves for n in range(1, len(extents))):
        return False
    height = segment.box[3] - segment.box[1]
    middle = abs(segment.x0 + segment.x1 - leaves[1].x0 - leaves[len(extents) - 1].x1) / 2
    wide = max(leaf.x1 - leaf.x0 for column, leaf in leaves.items() if column)
    return middle < CENTRED * height and segment.x1 - segment.x0 > 2 * wide


def _years_below(segment: Segment, free: tuple[int, int], leaves: dict[int, Segment]) -> list[int]:
    """All columns of years below a heading with no other heading over them, if it stands in the middle over them."""
    years = [n for n, leaf in sorted(leaves.items()) if leaf.is_year]
    if segment.is_year or len(years) < 2 or years[-1] - years[0] >= len(years):
        return []
    if not (free[0] < years[0] and years[-1] < free[1]):
        return []
    if len({leaves[n].text for n in years}) < len(years) or _ends_with_one(segment, [leaves[n] for n in years[:-1]]):
        return []
    reach = 2 * SLIGHT * (segment.box[3] - segment.box[1])
    low, high = twice_middle([(leaves[n].x0, leaves[n].x1) for n in years])
    return years if low - reach < segment.x0 + segment.x1 < high + reach else []


def _ends_with_one(segment: Segment, years: Sequence[Segment]) -> bool:
    """Whether a heading ends where one of the years below it does and begins elsewhere: "Budget" over "2026"."""
    return any(abs(segment.x1 - year.x1) < SLIGHT and abs(segment.x0 - year.x0) > 2 * SAME_EDGE for year in years)


def _under(segment: Segment, extents: Extents, rules: Sequence[Rule], below: PageLine | None) -> list[int]:
    """The columns above which the rule right below a heading runs, if it is not one below all headings."""
    if below is None:
        return []
    middle = segment.box[3]
    own = [r for r in rules if segment.box[3] - 3 <= r[0] <= below.centre and r[1] < segment.x1 and segment.x0 < r[2]]
    own = [r for r in own if max(segment.x0 - r[1], r[2] - segment.x1) > UNDERLINE]
    if not own:
        return []
    _, left, right = min(own, key=lambda r: abs(r[0] - middle))
    columns = [n for n, (x0, x1) in enumerate(extents) if left - 3 <= (x0 + x1) / 2 <= right + 3]
    return columns if 1 < len(columns) < len(extents) and 0 not in columns else []
