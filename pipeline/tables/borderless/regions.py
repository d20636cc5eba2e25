"""Where on a page a table without a drawn grid may stand: stretches of lines that look like its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.proposals.labels import kind_of
from pipeline.tables.around.surroundings import is_context, is_other
from pipeline.tables.borderless.axes import is_axis
from pipeline.tables.borderless.countedyears import MOST_APART, count_amounts, is_counted
from pipeline.tables.borderless.formlines import is_form_line
from pipeline.tables.borderless.newtables import SAME_EDGE, ends_in_source, heads_below, shares_columns
from pipeline.tables.borderless.nextheads import has_figures, heads_anew, heads_more, is_titled
from pipeline.tables.borderless.shapes import hangs, is_caption, is_label, is_row, is_source, is_tabular, is_year_line
from pipeline.tables.content.cells import Kind
from pipeline.tables.content.labels import is_group_label
from pipeline.tables.content.rows import continues, is_known_row, is_prose, is_short_name
from pipeline.tables.content.units import is_statement, unit_note
from pipeline.tables.layout.charts import is_beside_columns
from pipeline.tables.layout.coded import is_account
from pipeline.tables.layout.figuretails import tails_below
from pipeline.tables.layout.words import PageLine, Segment

FARTHEST, TALLEST = 4.5, 9.0
"""Lines of one table stand no further apart than so many line heights; in tall rows, whose figures end in the same
places, than so many."""
LOOSE = 2.0
"""Lines of one table without years, unless they stand in the same columns."""
ALONE = 1.2
"""A line further below the first one than this many line heights, larger and in no column of it, is no row with it."""
LARGER, TITLE = 1.05, 1.2
"""A title is so many times as high as a row."""
MOST_HEADS, SAME_ROOM = 3, 2.0
"""The name of a section stands below so many heading lines at most, with so many times the room between rows."""
MOST_LABELS, MOST_WRAPPED = 6, 10
SAME_PLACE = 3.0
CLOSE = 0.75
"""Lines of one label are parted by less than this share of their height."""
HUNG = 1.5
"""A line that goes on with a name is indented by less than so many line heights."""
BLANK = 0.25
"""The width of a blank, in heights of a line."""


@dataclass(slots=True)
class Block:
    """Lines ``first`` to ``last`` (included) of a page; ``heading`` the number of its line of years, if any."""

    first: int
    last: int
    heading: int | None = None


def blocks(lines: Sequence[PageLine]) -> list[Block]:
    """The stretches that may be tables, from the top down."""
    count_amounts(lines)
    found: list[Block] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if not ((line.years > 1 and is_year_line(line)) or is_row(line) or (is_tabular(line) and not _is_title(line))):
            number += 1
            continue
        block = _grow(lines, number)
        found.append(block)
        number = block.last + 1
    return found


def _is_title(line: PageLine) -> bool:
    """Whether a line is a caption whose number stands apart from its words: "Tabel 5:", "Tilskud i alt"."""
    return len(line.segments) == 2 and not line.values and is_caption(line.segments[0].text)


def _grow(lines: Sequence[PageLine], first: int) -> Block:
    heading = first if is_year_line(lines[first]) else None
    block = Block(first, first, heading)
    waiting = 0
    valued = lines[first].values > 0
    for number in range(first + 1, len(lines)):
        line, before = lines[number], lines[number - 1]
        gap = line.box[1] - before.box[3]
        far = gap > FARTHEST * line.height
        if (far and not _is_tall(lines, block, number)) or line.centre < before.centre:
            break
        dated = line.years > 1 and is_year_line(line)
        if dated and block.heading is not None and is_counted(lines, block.first, block.heading, number):
            line.count_years()
            dated = is_year_line(line)
        if dated:
            top = block.heading
            if top is None or (not _repeats(lines, block, number) if valued else is_axis(lines[top : number + 1])):
                break
            block.last, waiting = number, 0
        elif not far and _ends(lines, block, number, valued=valued):
            break
        elif (
            is_row(line)
            or (block.heading is None and is_tabular(line))
            or (block.heading is None and _wraps(lines, block, number))
        ):
            block.last, waiting = number, 0
        elif (waiting < MOST_LABELS and (far or is_label(line) or hangs(line))) or (
            waiting < MOST_WRAPPED and _goes_with_labels(lines, block, number)
        ):  # what is far is the name of a tall row
            waiting += 1
        else:
            break
        valued = valued or line.values > 0
    return trailing(lines, block)


def _is_tall(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a row far below is one of a block's: two figures at least, which all end where others of it do.

    Its label may begin on the line above them, or the name of its group stand there ("Personalekonsekvenser").
    """
    line, rows = lines[number], lines[block.first : block.last + 1]
    if line.box[1] - lines[number - 1].box[3] > TALLEST * line.height:
        return False
    row = line if line.values or number + 1 == len(lines) else lines[number + 1]
    begun = is_group_label(line.text) or any(continues(line.text, s.text) for s in row.segments[:2])
    if row is not line and not begun:
        return False
    ends = {round(s.x1) for other in rows for s in other.segments[1:] if s.is_value}
    own = [round(s.x1) for s in row.segments[1:] if s.is_value]
    return len(own) > 1 and not row.years and all(not ends.isdisjoint((x - 1, x, x + 1)) for x in own)


def _ends(lines: Sequence[PageLine], block: Block, number: int, *, valued: bool) -> bool:
    """Whether a block ends before a line: it parts rows without years, or heads what stands below figures."""
    line = lines[number]
    if valued and line.values == len(line.segments) and is_beside_columns(lines, block.first, number):
        return True
    if block.heading is None:
        return _parts(lines, block, number)
    if not valued or line.years or has_figures(line):
        return False
    return (
        is_titled(line)
        or ends_in_source(lines, number)
        or heads_more(lines, block.heading, number)
        or _titles_another(lines, number)
        or heads_anew(lines, block.first, number)
    )


def _goes_with_labels(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a line, whatever it reads like, begins where labels do and ends before the first figures.

    Below a blank row it must go on in words on the next line.
    """
    line, next_row = lines[number], _next_row(lines, number)
    rows = [*lines[block.first : block.last + 1], *next_row]
    figures = [s.x0 for row in rows for s in row.segments[1:] if s.is_value or s.is_year]
    labels = [s for row in rows for s in row.segments if not s.is_value or unit_note(s.text) is not None]
    labels += [line.segments[0] for line in _goes_on(lines, number)]
    gap = line.box[1] - lines[number - 1].box[3]
    near = gap < LOOSE * line.height or (gap < FARTHEST * line.height and bool(_goes_on(lines, number)))
    level = any(abs(s.x0 - label.x0) <= SAME_EDGE for label in labels for s in line.segments)
    right = max((s.x1 for s in line.segments if not s.is_value), default=line.box[2])
    return near and level and bool(figures) and right < min(figures)


def _goes_on(lines: Sequence[PageLine], number: int) -> list[PageLine]:
    """The next line of a label, if it goes on in words and figures stand beside it, or halfway between the two."""
    line = lines[number]
    for n in range(number + 1, min(number + 3, len(lines))):
        below = lines[n]
        if below.box[1] - line.box[3] > CLOSE * line.height:
            break
        if below.segments[0].is_value:
            continue
        valued = any(other.values for other in lines[number + 1 : n + 1])
        return [below] if valued and continues(line.text, below.segments[0].text) else []
    return []


def _titles_another(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a unit or a caption on a line without figures stands apart, or below a larger title, over headings.

    These are words and no years, but for one on the last of their lines: "Forbrug", "2027".
    """
    line, before = lines[number], lines[number - 1]
    apart = line.box[1] - before.box[3] > MOST_APART * line.height
    titled = len(before.segments) == 1 and not before.values and before.height > TITLE * line.height
    if not (apart or titled) or len(line.segments) > 1 or not is_context(line.text):
        return False
    heads = []
    for below in lines[number + 1 : number + 4]:
        if below.values or below.years > 1 or (below.years and len(below.segments) == 1):
            break
        heads.append(below)
    return any(len(head.segments) > 1 and hangs(head) for head in heads) and number + len(heads) + 1 < len(lines)


def _next_row(lines: Sequence[PageLine], number: int) -> list[PageLine]:
    """The first row with a label and figures of the next few lines, if any."""
    near = lines[number + 1 : number + 5]
    return [x for x in near if x.values and not all(s.is_value for s in x.segments[:2]) and is_row(x)][:1]


def _parts(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a table without years ends above a line: at a caption, or at a gap below which the columns are others."""
    line, before = lines[number], lines[number - 1]
    figures = any(s.kind is Kind.NUMBER and s.is_value and unit_note(s.text) is None for s in line.segments[1:])
    if (is_caption(line.text) or is_context(line.text) or is_source(line.text)) and not figures:
        return True
    if number + 1 < len(lines) and heads_below(lines, block.first, number):
        return True
    gap = line.box[1] - before.box[3]
    if block.last == block.first and len(line.segments) == 1 and gap > ALONE * before.height:
        return not shares_columns([before], line) and line.height > LARGER * before.height
    usual = sorted(b.box[1] - a.box[3] for a, b in pairwise(lines[block.first : number]))
    limit = max(LOOSE * line.height, 2.5 * usual[len(usual) // 2] if usual else 0)
    if gap <= limit or _stand_apart(lines, block, number):
        return False
    return not shares_columns(lines[block.first : block.last + 1], line)


def _stand_apart(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a lone name stands no further below headings than the first row, in their columns, stands below it."""
    if block.last - block.first >= MOST_HEADS or any(line.values for line in lines[block.first : number]):
        return False
    line, rows = lines[number], lines[number + 1 : number + 2]
    alone = len(line.segments) == 1 and not is_prose(line.text) and len(rows) == 1
    if not alone or rows[0].values < 2 or not shares_columns(lines[block.first : block.last + 1], rows[0]):
        return False
    return line.box[1] - lines[number - 1].box[3] < SAME_ROOM * (rows[0].box[1] - line.box[3])


def _wraps(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a line is the end of a cell right of the first column: it begins where one above it begins."""
    line, before = lines[number], lines[number - 1]
    if line.box[1] - before.box[3] > 0.9 * line.height or len(line.segments) > 2:
        return False
    rows = lines[max(block.first, number - 8) : number]
    left = min(row.box[0] for row in rows)
    starts = [s.x0 for row in rows if len(row.segments) > 1 for s in row.segments if s.x0 > left + 2 * line.height]
    return all(any(abs(s.x0 - x) <= SAME_EDGE for x in starts) for s in line.segments)


def _repeats(lines: Sequence[PageLine], block: Block, number: int) -> bool:
    """Whether a line of years only repeats the table's: the same ones, right below the rows, and nothing new said."""
    if block.heading is None:
        return False
    old, new = lines[block.heading], lines[number]
    between = lines[block.last + 1 : number + 1]
    apart = max(line.box[1] - before.box[3] for before, line in pairwise([lines[block.last], *between]))
    pairs = [(s, t) for s, t in zip(_years(old), _years(new), strict=False) if s.text == t.text]
    if not len(pairs) == len(_years(old)) == len(_years(new)) or not all(_is_level(s, t) for s, t in pairs):
        return False
    if any(len(line.segments) == 1 and is_statement(line.text) and unit_note(line.text) for line in between[:-1]):
        return False  # a unit on a line of its own is that of another table
    if any(line.height > TITLE * new.height or is_prose(line.text) for line in between[:-1]):
        return False
    if _is_headed_anew(lines, block.heading, number):
        return False
    said = [line.text for line in between[:-1]] + [s.text for s in new.segments if not s.is_heading]
    known = {s.text for s in old.segments}
    return apart < MOST_APART * new.height and not any(is_other(text) and text not in known for text in said)


def _is_headed_anew(lines: Sequence[PageLine], heading: int, number: int) -> bool:
    """Whether words close over years printed again, several, are not those over the first ones: "Budget", "Budget"."""
    upper, years = lines[number - 1], lines[number]
    near = years.box[1] - upper.box[3] < CLOSE * years.height
    if not near or len(upper.segments) < 2 or upper.values or upper.years or not hangs(upper):
        return False
    return heading == 0 or [s.text for s in upper.segments] != [s.text for s in lines[heading - 1].segments]


def _years(line: PageLine) -> list[Segment]:
    return [s for s in line.segments if s.is_year]


def _is_level(one: Segment, other: Segment) -> bool:
    """Whether two headings stand in one column: other columns are those of another table."""
    return abs(one.x1 - other.x1) < SAME_PLACE or abs(one.x0 + one.x1 - other.x0 - other.x1) < 2 * SAME_PLACE


def trailing(lines: Sequence[PageLine], block: Block) -> Block:
    """Take along the end of broken figures or of a wrapped label below the last row, and known rows without figures."""
    block.last += tails_below(lines, block.last)
    while block.last + 1 < len(lines):
        line, before = lines[block.last + 1], lines[block.last]
        gap = line.box[1] - before.box[3]
        if gap > 2 * line.height or not is_label(line) or is_context(line.text) or _heads_form(lines, block.last + 1):
            break
        heads_next = any(is_year_line(following) for following in lines[block.last + 2 : block.last + 5])
        left = min([above.box[0] for above in lines[block.first : block.last + 1]])
        if (heads_next and not _is_rest(lines, block, left)) or _heads_prose(lines, block.last + 1):
            break
        wrapped = line.text[:1].islower() and gap < 0.6 * line.height and abs(line.box[0] - left) < 2 * line.height
        named = is_known_row(line.text) and is_short_name(line.text)
        if not wrapped and not named and not _ends_label(lines, block, line.box[0]):
            break
        block.last += 1
    return block


def _is_rest(lines: Sequence[PageLine], block: Block, left: float) -> bool:
    """Whether the line right below a block is the end of its last name, by its first sign: "i alt", "(netto)"."""
    line, before = lines[block.last + 1], lines[block.last]
    near = line.box[1] - before.box[3] < CLOSE * line.height and abs(line.box[0] - left) < 2 * line.height
    return near and (line.text[0].islower() or (line.text[0] == "(" and _ends_label(lines, block, line.box[0])))


def _heads_form(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a line is the title over a proposal's form, or larger than the row above it and apart from it."""
    line, before = lines[number], lines[number - 1]
    larger = min(b[3] - b[1] for s in line.segments for b in s.boxes) > TITLE * before.height
    if larger and line.box[1] - before.box[3] > CLOSE * before.height:
        return True
    below = range(number + 1, min(number + 3, len(lines)))
    return kind_of(line.text) is not None and any(is_form_line(lines, n) for n in below)


def _heads_prose(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a line stands no further from the running text below it than from what is above it."""
    if number + 1 >= len(lines) or not is_prose(lines[number + 1].text):
        return False
    above, line, below = lines[number - 1 : number + 2]
    return below.box[1] - line.box[3] <= line.box[1] - above.box[3]


def _ends_label(lines: Sequence[PageLine], block: Block, left: float) -> bool:
    """Whether the line below a block goes on with its last label: by its words, or as the end of a name without room.

    The figures of the label may stand on a line of their own, at half the height between two of its lines.
    """
    line = lines[block.last + 1]
    near = range(block.last, max(block.last - 2, block.first - 1), -1)
    if _is_hung(lines[block.last], line) or _is_of_account(lines[block.first : block.last + 1], line):
        return True
    upper = next((n for n in near if any(_is_name(s, left) for s in lines[n].segments)), None)
    if upper is None or line.box[1] - lines[upper].box[3] > 0.6 * line.height or abs(line.box[0] - left) > line.height:
        return False
    above = next(s for s in lines[upper].segments if _is_name(s, left))
    begun = upper
    while begun > block.first and not lines[begun].values and _is_close(lines[begun - 1], lines[begun]):
        begun -= 1
    figures = any(lines[n].values for n in range(begun, block.last + 1))
    if continues(above.text, line.text):
        return figures or upper == block.last
    rows = [lines[n] for n in range(block.first, block.last + 1) if lines[n].values]
    labels = [s.x1 for row in rows for s in row.segments if _is_name(s, left)]
    words = above.text.split()
    word = line.segments[0].words[0]
    named = len(words) > 2 and words[-1][:1].isupper()
    return figures and named and above.x1 + BLANK * line.height + (word.x1 - word.x0) > max(labels, default=0.0)


def _is_hung(row: PageLine, line: PageLine) -> bool:
    """Whether a line right below a row goes on in words with its name, a little indented."""
    if not row.values or line.box[1] - row.box[3] > 0.6 * line.height:
        return False
    names = (s for s in row.segments if not s.is_value and 0 < line.box[0] - s.x0 < HUNG * line.height)
    return any(continues(s.text, line.text) for s in names)


def _is_of_account(rows: Sequence[PageLine], line: PageLine) -> bool:
    """Whether a line is the name right below the number of an account, behind which names stand in other rows."""
    first, *figures = rows[-1].segments
    near = line.box[1] - rows[-1].box[3] < 0.6 * line.height and abs(line.box[0] - first.x0) <= SAME_EDGE
    if not near or not figures or not is_account(first.text):
        return False
    return any(s.count > 1 and is_account(s.text.partition(" ")[0]) for s in (row.segments[0] for row in rows))


def _is_close(upper: PageLine, lower: PageLine) -> bool:
    return lower.box[1] - upper.box[3] < CLOSE * lower.height


def _is_name(segment: Segment, left: float) -> bool:
    """Whether a name begins in a place, with a number in front of it perhaps."""
    if segment.is_value or segment.is_year:
        return False
    return abs(segment.x0 - left) <= SAME_EDGE or (segment.count > 1 and abs(segment.boxes[1][0] - left) <= SAME_EDGE)
