"""Tables without a drawn grid, by where the words stand.

Blocks of lines that look like rows are found; those below a line of years are read as budget tables, where a figure
stands under its year or is refused, and all others by what stands over each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.borderless.captioned import below_captions
from pipeline.tables.borderless.dated import read_bare, read_dated
from pipeline.tables.borderless.formlines import is_form_line
from pipeline.tables.borderless.general import read_general
from pipeline.tables.borderless.headcuts import KINDS
from pipeline.tables.borderless.heads import CLOSE, Rule
from pipeline.tables.borderless.newtables import SAME_EDGE
from pipeline.tables.borderless.recut import recut
from pipeline.tables.borderless.regions import BLANK, FARTHEST, Block, blocks, trailing
from pipeline.tables.borderless.shapes import is_caption, is_label
from pipeline.tables.borderless.stacks import Stack, stack
from pipeline.tables.content.found import Found, Heads
from pipeline.tables.content.rows import continues
from pipeline.tables.layout.coded import is_code
from pipeline.tables.layout.words import PageLine, Segment

FURTHEST_DOWN = 3
"""So many lines at most stand over the first row of a table that goes on from the page before."""
MOST_HEADS = 3
"""So many lines of words at most stand between years and the figures under them."""
LEVEL = 1.0
"""Figures of one column end in one place within so many points."""
TIGHT = 0.1
"""A line this share of its height above a numbered row is closer to it than the lines of two rows are."""
HALFWAY = 0.95
"""Figures this share of a line's height below a line overlap it: they are on the middle of a label of two lines."""


def borderless_grids(lines: Sequence[PageLine], rules: Sequence[Rule], carried: Heads) -> list[Found]:
    """The borderless tables of a page. ``carried``: year columns of a table that the page before ended with."""
    found: list[Found] = []
    parts = below_captions(lines, blocks(lines))
    for block in _carried_whole(lines, parts, carried) if carried else parts:
        goes_on = carried and block.heading is None and not found and _with_label(lines, block) <= FURTHEST_DOWN
        heads = carried if goes_on and not is_form_line(lines, block.first) else []
        if heads and (_is_headed(lines, block) or not _is_under(lines, block, heads)):
            heads = []
        if heads:
            first, block.first = block.first, _with_label(lines, block)
            block = trailing(lines, block) if block.first < first else block
        dated = block.heading is not None or heads
        result = read_general(lines, block, rules) if not dated or _heads_repeated(lines, block) else None
        if result is None and dated:
            result = read_dated(lines, block, rules, list(heads))
            if result is not None and result.grid.refused and _heads_several(lines, block):
                result = read_general(lines, block, rules) or result
        if result is None and dated and block.last >= len(lines) - 3:
            result = read_bare(lines, block)
        if result is not None:
            if found and _is_heading_of(found[-1], result):
                found.pop()
            found.append(result)
    return found


def _is_heading_of(above: Found, below: Found) -> bool:
    """Whether most lines that were taken for a table are headings of the one below."""
    shared = above.last - max(above.first, below.first) + 1
    return 2 * shared > above.last - above.first + 1


def _is_under(lines: Sequence[PageLine], block: Block, heads: Heads) -> bool:
    """Whether half of the figures of a block stand under, or next to, headings of the page before: else it has none."""
    rows = lines[block.first : block.last + 1]
    figures = [(s, line.height) for line in rows for s in line.segments[1:] if s.is_value]
    under = sum(any(s.x0 < x1 + near and x0 - near < s.x1 for x0, x1 in heads) for s, near in figures)
    return 2 * under >= len(figures)


def _is_headed(lines: Sequence[PageLine], block: Block) -> bool:
    """Whether a block has headings in words of its own: two at least on a line above its figures, over two of them."""
    rows = lines[block.first : block.last + 1]
    top = next((n for n, line in enumerate(rows) if any(s.is_value for s in line.segments[1:])), 0)
    figures = [s for line in rows[top:] for s in line.segments[1:] if s.is_value]
    over = ({id(s) for s in line.segments for f in figures if s.x0 < f.x1 and f.x0 < s.x1} for line in rows[:top])
    return any(len(segments) > 1 for segments in over) or _heads_in_order(rows[:top], figures)


def _heads_in_order(above: Sequence[PageLine], figures: Sequence[Segment]) -> bool:
    """Whether a line of words has one before the end of each column of figures, and behind the one before."""
    wide = [line for line in above if len(line.segments) > 1]
    columns = stack(figures) if wide else []
    for line in wide:
        words = [s for s in line.segments if not (s.is_value or s.is_year)][-len(columns) :]
        places = [(s.x0, s.x1, c.x0, c.x1) for s, c in zip(words, columns, strict=False)]
        if len(words) == len(columns) > 1 and all(x0 < end for x0, _, _, end in places):
            return all(end < word for (_, _, _, end), (_, word, _, _) in pairwise(places))
    return False


def _heads_repeated(lines: Sequence[PageLine], block: Block) -> bool:
    """Whether each year stands over several headings, the same ones as over the next: "2026", "Budget", "Forbrug"."""
    if block.heading is None or block.heading >= block.last:
        return False
    line, below, *further = lines[block.heading : block.last + 1]
    years = [s for s in line.segments if s.is_year]
    if further and years and len(below.segments) == 1 and below.box[2] < years[0].x0:
        below = further[0]  # the heading of the names stands halfway between the two
    if below.values or below.years or len(years) < 2 or len(years) != len([s for s in line.segments if s.is_heading]):
        return False
    printed = [text for s in below.segments for text in _kinds(s.text)]
    size, left = divmod(len(printed), len(years))
    texts = printed[-size * len(years) :] if size else []
    return size > 1 and left < 2 and texts == texts[:size] * len(years) and len(set(texts)) == size


def _heads_several(lines: Sequence[PageLine], block: Block) -> bool:
    """Whether years stand over several columns of figures, each with words of its own: "Regnskab 2025" over "Udgift".

    The words end where the figures under them end, or each stands over one column alone, and there are more of these
    columns than years.
    """
    if block.heading is None:
        return False
    heading, *below = recut(lines[block.heading : block.last + 1])
    figures = (sum(s.is_value and s.text != "%" for s in line.segments[1:]) for line in below)
    top = next((n for n, count in enumerate(figures) if count > 1), 0)
    columns = stack([s for line in below[top:] for s in line.segments[1:] if s.is_value])
    words = [s for line in (heading, *below[:top]) for s in line.segments]
    ends = [[word for word in words if abs(word.x1 - column.x1) < SAME_EDGE] for column in columns]
    years = sum(s.is_year for s in heading.segments)
    return 0 < top <= MOST_HEADS and len(columns) > years and (all(ends) or _each_headed(below[:top], columns))


def _each_headed(heads: Sequence[PageLine], columns: Sequence[Stack]) -> bool:
    """Whether each column of figures has a word below the years that stands over it and over no other one, or a
    heading in one line of as many, each between its figures' end and that of those before.
    """
    for line in heads:
        places = zip(line.segments, columns, [None, *columns], strict=False)
        between = (s.x1 <= c.x1 and (before is None or before.x1 < s.x0) for s, c, before in places)
        if len(line.segments) == len(columns) and all(between):
            return True
    words = [box for line in heads for s in line.segments for box in s.boxes]
    over = [[n for n, column in enumerate(columns) if x0 < column.x1 and column.x0 < x1] for x0, _, x1, _ in words]
    alone = {places[0] for places in over if len(places) == 1}
    return len(alone) == len(columns)


def _kinds(text: str) -> list[str]:
    """Headings of kinds of figures a blank apart, each by itself: "Budget Forbrug"."""
    words = text.split()
    return words if KINDS.issuperset(words) else [text]


def _carried_whole(lines: Sequence[PageLine], parts: list[Block], carried: Heads) -> list[Block]:
    """The blocks of a page that goes on with a table; a blank row does not part what stands in the same columns."""
    whole = parts[:1]
    for block in parts[1:]:
        last = whole[-1]
        between = lines[last.last + 1 : block.first]
        near = lines[block.first].box[1] - lines[last.last].box[3] < FARTHEST * lines[block.first].height
        apart = block.heading is not None or last.heading is not None or not all(map(_is_name, between))
        if len(whole) == 1 and near and not apart and _in_columns(lines, block, last, carried):
            last.last = block.last
        else:
            whole.append(block)
    return whole


def _is_name(line: PageLine) -> bool:
    """A line that may be a label or the name of a group, and says nothing of another table."""
    return is_label(line) and not is_caption(line.text) and not is_context(line.text)


def _in_columns(lines: Sequence[PageLine], block: Block, last: Block, carried: Heads) -> bool:
    """Whether the figures of a block all end where those above it do."""
    known = _ends(lines, last, carried)
    return all(any(abs(end - other) <= LEVEL for other in known) for end in _ends(lines, block, carried))


def _ends(lines: Sequence[PageLine], block: Block, carried: Heads) -> list[float]:
    """Where the figures of a block end that stand right of a label; what ends left of the columns is in the label."""
    rows = lines[block.first : block.last + 1]
    return [s.x1 for line in rows if line.values for s in line.segments if s.is_value and s.x1 > carried[0][0]]


def _with_label(lines: Sequence[PageLine], block: Block) -> int:
    """The first line of a row at the top of a page whose label begins on lines above its figures."""
    first = block.first
    rows = lines[first : block.last + 1]
    while first > 0 and _is_named(lines[first - 1]) and _begins_label(lines[first - 1], lines[first], rows):
        first -= 1
    return first


def _is_named(line: PageLine) -> bool:
    """A label, with a number in front of it perhaps."""
    return line.values == len(line.segments) - 1 and not line.segments[-1].is_value


def _begins_label(line: PageLine, below: PageLine, rows: Sequence[PageLine]) -> bool:
    """Whether a line's words go on in the label below, or it is the beginning of a name that had no more room."""
    first = below.segments[0].text
    coded = len(below.segments) > 1 and not below.segments[1].is_value and (is_code(first) or first.isdigit())
    label = below.segments[coded]
    if below.values and below.centre - line.centre < HALFWAY * line.height:
        return not any(s.x0 < line.box[2] and line.box[0] < s.x1 for s in below.segments)
    name = line.segments[-1]
    if abs(label.x0 - name.x0) > SAME_EDGE or below.box[1] - line.box[3] > CLOSE * line.height:
        return continues(line.text, label.text if coded else below.text)
    words = name.text.split()
    word = label.words[0]
    level = [s for row in rows if row.values for s in row.segments if abs(s.x0 - label.x0) <= SAME_EDGE]
    labels = [s.x1 for s in level if not s.is_value]
    named = len(words) > 2 and words[-1][:1].isupper() and not label.is_value
    named = named or (coded and len(line.segments) == 1 and below.box[1] - line.box[3] < TIGHT * line.height)
    return continues(name.text, label.text) or (
        named and line.box[2] + BLANK * line.height + word.x1 - word.x0 > max(labels, default=0.0)
    )
