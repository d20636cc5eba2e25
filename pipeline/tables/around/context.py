"""The lines around a table that may speak of it: captions, units and notes over and below it, in its own column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.model import Box
from pipeline.tables.around.overleaf import Placed
from pipeline.tables.around.surroundings import people_said
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.labels import counts_people, measure_of
from pipeline.tables.content.rows import is_footnote, is_prose
from pipeline.tables.content.units import is_note, is_statement, unit_note
from pipeline.tables.layout.gutters import Cuts
from pipeline.tables.layout.words import PageLine

CONTEXT_LINES = 8
LINES_BELOW = 4
WIDE = 0.9
"""A gap of more than this many line heights parts the notes of one table from the headings of the next."""

Room = tuple[float, float]
"""From where to where across the page a column of it reaches."""
_PAGE: Room = float("-inf"), float("inf")


def add_context(placed: Sequence[Placed], lines: Sequence[PageLine], cuts: Cuts) -> None:
    """Give each table of a page what stands above and below it.

    ``cuts``: where columns of the page begin, for each line; what stands in another column speaks of no table of this
    one, and what reaches over all columns may speak of each.
    """
    rooms = [_room_of(table, cuts) for table in placed]
    for room in set(rooms):
        here = [(table, r == room) for table, r in zip(placed, rooms, strict=True) if room in (_PAGE, r) or r == _PAGE]
        if room == _PAGE:
            _between(here, range(len(lines)), lines)
            continue
        kept = [(n, own) for n, line in enumerate(lines) if (own := _within(line, cuts[n : n + 1], room)) is not None]
        _between(here, [n for n, _ in kept], [line for _, line in kept])


def in_room(lines: Sequence[PageLine], cuts: Cuts, box: Box) -> list[tuple[int, PageLine]]:
    """What the lines have in the column of the page that a box stands in, each with its number on the page."""
    level = [cut for line, cut in zip(lines, cuts, strict=False) if box[1] < line.centre < box[3]]
    room = _room_at(box, level)
    return [(n, own) for n, line in enumerate(lines) if (own := _within(line, cuts[n : n + 1], room)) is not None]


def _room_of(table: Placed, cuts: Cuts) -> Room:
    """The column of the page that a table stands in."""
    own = cuts[table.first : table.last + 1]
    box = table.grid.box(table.grid.pages[0]) if any(own) and table.grid.pages else None
    return _room_at(box, own) if box is not None else _PAGE


def _room_at(box: Box, cuts: Cuts) -> Room:
    """The column of the page that a box stands in, whose lines have these cuts."""
    edges = sorted({edge for line in cuts for edge in line})
    if not edges:
        return _PAGE
    starts = [edge for edge in edges if edge <= box[0] + 1]
    ends = [edge for edge in edges if edge > box[0] + 1]
    return max(starts, default=_PAGE[0]), min(ends, default=_PAGE[1])


def _within(line: PageLine, cuts: Cuts, room: Room) -> PageLine | None:
    """What stands in a column of the page on a line that is cut into columns."""
    if room == _PAGE or not any(cuts):
        return line
    own = tuple(s for s in line.segments if room[0] <= s.x0 + 1 and s.x0 < room[1])
    return line if len(own) == len(line.segments) else PageLine(own) if own else None


def _between(placed: Sequence[tuple[Placed, bool]], numbers: Sequence[int], lines: Sequence[PageLine]) -> None:
    """Part the lines of a column among its tables; ``numbers`` are theirs on the page.

    Tables over all columns of the page part them too; each comes with whether it is one of the column's own.
    """
    places = [(bisect_left(numbers, table.first), bisect_right(numbers, table.last) - 1) for table, _ in placed]
    floor = 0
    for position, ((table, wanted), (first, last)) in enumerate(zip(placed, places, strict=True)):
        after = places[position + 1][0] if position + 1 < len(places) else None
        above = lines[max(floor, first - CONTEXT_LINES) : first]
        end, floor = (len(lines), 0) if after is None else _parting(lines, table.grid, last, after, above)
        if wanted:
            table.grid.above = [line.piece() for line in above]
            table.grid.below = [line.piece() for line in lines[last + 1 : min(end, last + 1 + LINES_BELOW)]]


def _parting(
    lines: Sequence[PageLine], grid: Grid, last: int, first: int, above: Sequence[PageLine]
) -> tuple[int, int]:
    """Of the lines between two tables: where those of the upper one end, and where those of the lower one begin.

    A gap parts them, or the end of footnotes on the upper one below its unit. Where it stands only above the lower
    table's years, or nowhere, they are the lower one's; both get them if the upper one has not said its unit. Footnotes
    right below the upper one are its own.
    """
    said = [line.text for line in above] + [cell.text for row in grid.rows[:3] for cell in row]
    known = any(unit_note(text) is not None for text in said)
    wide = [n for n in range(last + 1, first + 1) if lines[n].box[1] - lines[n - 1].box[3] > WIDE * lines[last].height]
    if wide[:1] == [last + 1] and _is_noted(lines, last, first, known=known):
        wide = wide[1:]
    noted = next((n for n in range(last + 1, first) if not is_footnote(lines[n].text)), first)
    if noted == last + 1 and not known and last + 2 < first and is_footnote(lines[last + 2].text):
        end = next((n for n in range(last + 1, first) if not _is_below(lines[n].text)), first)
        if _is_unit(lines[last + 1].text):
            return end, end
    if wide and wide[0] < first:
        return max(wide[0], noted), wide[0]
    return max(last + 1 if known else first, noted), last + 1


def _is_noted(lines: Sequence[PageLine], last: int, first: int, *, known: bool) -> bool:
    """Whether the line below a table is a note on it, or says its unit, which is not ``known`` from elsewhere.

    Such a line, with other notes below it, is nearer to it than to what stands below, or text parts them from the next
    table. A unit of money is the upper one's where the next one counts people by its title or corner.
    """
    text = lines[last + 1].text
    if text.casefold().startswith(("note", "anm")):
        return True
    if known or first - last < 2 or not _is_unit(text):
        return False
    if any(people_said(lines[n].text) in {"fte", "position"} for n in range(last + 2, first)) or counts_people(
        measure_of(lines[first].segments[0].text, heading=True)
    ):
        return True
    said = (n for n in range(last + 1, first - 1) if not _is_below(lines[n + 1].text))
    end = next(said, first - 1)
    above, below = (lines[n + 1].box[1] - lines[n].box[3] for n in (last, end))
    return above < below or any(is_prose(lines[n].text) for n in range(last + 2, first))


def _is_unit(text: str) -> bool:
    return unit_note(text) is not None and is_statement(text)


def _is_below(text: str) -> bool:
    """Whether a line is a note on the table above it: "* Vedtaget i maj", "(a) Skønnet"."""
    return is_note(text) or is_footnote(text)
