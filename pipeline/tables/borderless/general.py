"""Any table without years over its columns: statistics, accounts, lists with text in their cells.

Columns are clusters of segments that stand over each other; what stands above the first figures or the first rule is
the heading. What does not keep to its columns, a list, a form and a table of contents are no tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.tables.borderless.closecells import close_cut
from pipeline.tables.borderless.headlines import headings_above, headings_over_section
from pipeline.tables.borderless.heads import Rule, merged_rows
from pipeline.tables.borderless.lonerows import is_captioned, is_lone_row
from pipeline.tables.borderless.measures import are_measured
from pipeline.tables.borderless.middles import is_section, over_columns
from pipeline.tables.borderless.namedgroups import ruled_names, with_middle_names
from pipeline.tables.borderless.proof import is_table
from pipeline.tables.borderless.recut import recut
from pipeline.tables.borderless.regions import Block
from pipeline.tables.borderless.rules import last_ruled, row_rules
from pipeline.tables.borderless.shapes import is_caption, is_price, is_row
from pipeline.tables.borderless.stacks import Stack, bridged, merge_unmet, stack
from pipeline.tables.borderless.textrows import counted_rows, text_rows
from pipeline.tables.borderless.tiers import counts_columns, is_inside_heading, lines_of_heading
from pipeline.tables.borderless.titles import without_titles
from pipeline.tables.borderless.underheads import SLACK
from pipeline.tables.borderless.wrapping import Printed, merged, rows_of
from pipeline.tables.content.cells import NUMBER_KIND, TEXT_KIND
from pipeline.tables.content.found import Found, Heads
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.content.rows import is_prose
from pipeline.tables.layout.charts import is_bar_chart, is_scale
from pipeline.tables.layout.columncharts import is_column_chart
from pipeline.tables.layout.halves import halves_joined
from pipeline.tables.layout.words import PageLine, Segment

FULL = 0.6
"""Lines with this share of the most segments tell the columns."""
FIGURES = 0.4
"""A table with figures on this share of its lines has its rows told by them."""
THOUSAND = "1000"
"""What the figures of a column are to be multiplied by is none itself: "1 000" below "Antal"."""
FEWEST_VALUED = 3
"""So many full lines with figures tell the columns without their headings."""
MOST_HEADS = 6
BAND = 2.2
"""The ground of a shaded row is at most so many line heights high."""


@dataclass(slots=True)
class Body:
    """The lines of a table, its heading apart, and its columns."""

    heads: list[int]
    body: list[int]
    extents: Heads


def read_general(lines: Sequence[PageLine], block: Block, rules: Sequence[Rule]) -> Found | None:
    """The table of a block without years, None where it is none."""
    if rules:
        block.last = last_ruled(lines, block.first, block.last, rules)
    numbers = list(range(block.first, block.last + 1))
    inside = _recut(close_cut(lines[block.first : block.last + 1]), lines[max(block.first - 3, 0) : block.first])
    lines = [*lines[: block.first], *inside, *lines[block.last + 1 :]]
    rows = [lines[n] for n in numbers]
    if sum(len(line.segments) > 1 for line in rows) < 2:
        return None
    stacks = _columns(rows)
    if len(stacks) < 2:
        return None
    extents = [(column.x0, column.x1) for column in stacks]
    own = _inside(rules, rows)
    body = _split(lines, numbers, extents, own)
    named = _named([lines[n] for n in body.body], extents)
    printed, rest = ([_printed(lines[n], extents, named) for n in body.body] for _ in range(2))
    grouped = with_middle_names(rest, lambda part: _rows(part, extents, own))
    table, spans = grouped or (_rows(rest, extents, own), {})
    spans = spans or ruled_names(table, extents, own)
    below = [lines[n] for n in body.body]
    if is_bar_chart(below) or is_scale(below) or is_column_chart(below):
        return None
    heads = [lines[n] for n in body.heads]
    if not is_table(printed, table, heads, below, extents, own):
        captioned = len(below) == 1 and is_captioned(lines, min(body.heads, default=body.body[0]), body.body[0])
        if not is_lone_row(heads, below, extents, own, captioned=captioned):
            return None
    body.heads = without_titles(lines, body.heads, extents, own)
    above = [lines[n] for n in body.heads]
    cells = merged_rows(above, _below(above[:-1], stacks), own, told_by_room=True)
    refused = {len(cells) + number: row.refused for number, row in enumerate(table) if row.refused}
    cells += _body_cells(table, len(cells), extents, own)
    for number, count in spans.items():
        cells[number - len(table)][0].row_span = count
    used = [*body.heads, *body.body]
    return Found(Grid(cells, len(extents), refused=refused, edges=_edges(table, stacks)), min(used), max(used))


def _recut(lines: list[PageLine], above: Sequence[PageLine]) -> list[PageLine]:
    """The lines with figures cut from words that are as close, but for headings of words: "at 1" is a part of one."""
    cut = recut(lines, signed=False)
    whole, left = [*above, *lines], min(line.box[0] for line in lines)
    figures = (n for n, line in enumerate(lines) if line.values or line.years)
    top = next((n for n in figures if not is_inside_heading(whole, n + len(above), left)), 0)
    return [*lines[:top], *cut[top:]]


def _body_cells(table: Sequence[Printed], first: int, extents: Heads, rules: Sequence[Rule]) -> list[list[GridCell]]:
    """The cells of the rows, numbered from ``first`` on; the only one of a row may be over several columns."""
    across = sorted(y for y, x0, x1 in rules if x0 < extents[0][0] + 1 and x1 > extents[-1][1] - 1)
    found = []
    for number, row in enumerate(table, first):
        over = over_columns(row, table, extents)
        if over is None and 0 in row.cells and _has_band(row, across, table):
            over = range(len(extents))
        found.append(_cells(number, row, over))
    return found


def _cells(number: int, row: Printed, over: range | None) -> list[GridCell]:
    """The cells of a row, or its only one, that is ``over`` several columns."""
    if over is None:
        return [GridCell(number, column, row.cells[column]) for column in sorted(row.cells)]
    return [GridCell(number, over[0], pieces, 1, len(over)) for pieces in row.cells.values()]


def _columns(rows: Sequence[PageLine]) -> list[Stack]:
    """Clusters of the segments of the fullest lines, then of the others that stand over one of them or none."""
    most = max(len(line.segments) for line in rows)
    full = [line for line in rows if len(line.segments) >= max(FULL * most, 2)]
    segments = [s for line in full for s in line.segments]
    valued = [line for line in full if line.values > 1 and not counts_columns(line)]
    if FEWEST_VALUED <= len(valued) < len(full):
        told = stack([s for line in valued for s in line.segments])
        wide = {
            id(s) for line in full if not line.values for s in line.segments if sum(t.overlaps(s) for t in told) > 1
        }
        segments = [s for s in segments if id(s) not in wide]  # two headings a blank apart make no column of two
    stacks = bridged(stack(segments), segments, full)
    rest = [s for line in rows if line not in full and len(line.segments) > 1 for s in line.segments]
    for segment in sorted(rest, key=lambda s: s.x1 - s.x0):
        over = [found for found in stacks if found.overlaps(segment)]
        if not over:
            stacks.append(Stack(segment.x0, segment.x1, [segment]))
        elif len(over) == 1:
            over[0].add(segment)
    return merge_unmet(sorted(stacks, key=lambda found: found.x0), rows)


def _below(upper: Sequence[PageLine], stacks: Sequence[Stack]) -> Heads:
    """The columns without what the upper heading lines have in them: a heading over two columns widens neither."""
    gone = {id(s) for line in upper for s in line.segments}
    left = [[s for s in column.segments if id(s) not in gone] or column.segments for column in stacks]
    return [(min(s.x0 for s in column), max(s.x1 for s in column)) for column in left]


def _inside(rules: Sequence[Rule], rows: Sequence[PageLine]) -> list[Rule]:
    """The rules that run over, between or right below the lines."""
    left, right = min(line.box[0] for line in rows), max(line.box[2] for line in rows)
    top, bottom = rows[0].box[1], rows[-1].box[3]
    reach = 4 * rows[0].height
    return [r for r in rules if top - reach <= r[0] <= bottom + reach and r[1] < right and left < r[2]]


def _split(lines: Sequence[PageLine], numbers: list[int], extents: Heads, rules: Sequence[Rule]) -> Body:
    """Heading and body: down to the rule below the heading, or to the first line with a figure right of the labels."""
    wide = 0.6 * (extents[-1][1] - extents[0][0])
    printed = [lines[n] for n in numbers]
    figures = (k for k, line in enumerate(printed) if _has_figure(line, extents) or are_measured(printed, k, extents))
    figures = (k for k in figures if not is_inside_heading(lines, numbers[k], extents[0][0]))
    first = next((k for k in figures if not _names_figures([lines[n] for n in numbers[k : k + 3]], extents)), None)
    after = _first_of_figures(printed, extents)
    labels = extents[after - 1][1]
    drawn = [k for k in range(1, len(numbers)) if _rule_between(lines, numbers, k, rules, wide, labels)]
    if len(drawn) > 1 and drawn[0] == 1 and len(lines[numbers[0]].segments) == 1 and drawn[1] <= (first or 0):
        drawn = drawn[1:]
    ruled = drawn[0] if drawn else None
    while ruled is not None and ruled + 1 in drawn and ruled < (first or 0) and _is_nameless(printed[ruled], extents):
        ruled += 1
    while (lower := _next_tier(printed, ruled, [k for k in drawn if k <= (first or 0)], extents)) is not None:
        ruled = lower
    if first is None:
        head = ruled if ruled is not None and ruled <= MOST_HEADS else lines_of_heading(printed)
        while head > 1 and _is_apart([lines[n] for n in numbers], head - 1, extents):
            head -= 1
    elif (
        ruled is not None
        and ruled <= min(first, MOST_HEADS)
        and (first - ruled <= 3 or (ruled and _are_words(printed[ruled:], extents)))
    ):
        head = ruled
    elif not ruled and first > 1 and _are_full(printed[:2], extents) and _are_words(printed[1:], extents):
        head = 1
    else:
        head = first
        while head > 1 and (
            _is_low(lines[numbers[head - 1]], extents[: after + 1])
            or is_section(lines[numbers[head - 1]], lines[numbers[head - 2]], extents)
        ):
            head -= 1
    above = headings_above(lines, numbers[0], extents[1:])
    if not above and not head:
        above, name = headings_over_section(lines, numbers[0], extents[1:])
        numbers = [*name, *numbers]
    if head and _is_corner(lines, min([*above, numbers[0]]), extents):
        above.append(min([*above, numbers[0]]) - 1)
    return Body(sorted([*above, *numbers[:head]]), numbers[head:], extents)


def _are_full(lines: Sequence[PageLine], extents: Heads) -> bool:
    """Whether the lines of a table of three columns and more have something in each."""
    return all(len({column_of(s, extents) for s in line.segments}) == len(extents) > 2 for line in lines)


def _are_words(lines: Sequence[PageLine], extents: Heads) -> bool:
    """Whether few of the lines of a body have figures behind the names."""
    return sum(_has_figure(line, extents) for line in lines) < FIGURES * len(lines)


def _is_nameless(line: PageLine, extents: Heads) -> bool:
    """Whether a line between two rules below a heading goes on with it: two words at least, none over the names."""
    return len(line.segments) > 1 and line.segments[0].x0 > extents[0][1]


def _next_tier(lines: Sequence[PageLine], ruled: int | None, drawn: Sequence[int], extents: Heads) -> int | None:
    """The next rule below one that parts two tiers of headings: fewer stand above it than there are columns."""
    below = [number for number in drawn if ruled is not None and number > ruled]
    if ruled is None or not below:
        return None
    upper, lower = lines[:ruled], lines[ruled : below[0]]
    over = [max(sum(s.x0 > extents[0][1] for s in line.segments) for line in part) for part in (upper, lower) if part]
    return below[0] if len(over) == 2 and 0 < over[0] < over[1] >= len(extents) - 2 else None


def _first_of_figures(rows: Sequence[PageLine], extents: Heads) -> int:
    """The first column after that of the labels with more figures than words; the second one where none has."""
    counts = [0] * len(extents)
    for line in rows:
        for s in line.segments:
            counts[column_of(s, extents)] += 1 if s.is_value and not s.is_year else -1
    return next((n for n, count in enumerate(counts) if n and count > 0), 1)


def _is_corner(lines: Sequence[PageLine], first: int, extents: Heads) -> bool:
    """Whether the line above the first heading is the beginning of the one over the labels, and nothing else."""
    if first == 0:
        return False
    line, below = lines[first - 1], lines[first]
    if len(line.segments) > 1 or is_prose(line.text) or is_caption(line.text) or line.text.endswith((".", ":")):
        return False
    if first > 1 and is_caption(lines[first - 2].text):
        return False
    near = below.box[1] - line.box[3] < 0.35 * line.height
    apart = first == 1 or line.box[1] - lines[first - 2].box[3] > 0.5 * line.height
    level = abs(line.box[0] - below.box[0]) < 2 and abs(line.box[0] - extents[0][0]) < 2
    return near and apart and level and line.box[2] < extents[1][0]


def _is_low(line: PageLine, extents: Heads) -> bool:
    """Whether a line above the first figures is a row of the body: a lone label, left of them, or a numbered one.

    ``extents``: the columns of labels and the first one of figures.
    """
    first, last = line.segments[0], line.segments[-1]
    numbered = len(line.segments) == 2 and first.text.isdecimal() and not first.is_year and last.kind is TEXT_KIND
    return (first is last or numbered) and last.x1 < extents[-1][0] and first.x0 < extents[-2][1]


def _has_figure(line: PageLine, extents: Heads) -> bool:
    prices = [s for s in line.segments if is_price(s.text)]
    values = [s for s in line.segments if s.is_value and s.text.strip("()%")] if is_row(line) else []
    worded = {column_of(s, extents) for s in line.segments if s.kind is TEXT_KIND}  # "Over 3" is a heading
    values = [s for s in values if column_of(s, extents) not in worded]
    return any(s.x1 > extents[0][1] for s in prices + values)


def _names_figures(lines: Sequence[PageLine], extents: Heads) -> bool:
    """Whether a line has words over figures and no plain figures itself: "All | 16–34 | 65+", "Airport | (%)"."""
    line, below = lines[0], lines[1:]
    figures = (s for s in line.segments[1:] if s.is_value and s.kind is NUMBER_KIND and s.text[-1].isdigit())
    if any("".join(s.text.split()).replace(".", "") != THOUSAND for s in figures):
        return False
    valued = {column_of(s, extents) for other in below for s in other.segments if s.kind is NUMBER_KIND}
    words = [s for s in line.segments[1:] if s.text[0] == "(" or not any(c.isdigit() for c in s.text)]
    named = {column_of(s, extents) for s in words if len(s.text) > 2 and s.kind is TEXT_KIND}
    return len(below) == 2 and bool(named & valued)


def _is_apart(lines: Sequence[PageLine], number: int, extents: Heads) -> bool:
    """Whether a line has a label and stands as far below the labelled one above it as the next one below it does."""
    if number + 1 >= len(lines):
        return False
    above, line, below = lines[number - 1 : number + 2]
    if any(other.segments[0].x0 > extents[0][1] for other in (above, line, below)):
        return False
    return line.centre - above.centre > 0.95 * (below.centre - line.centre)


def _rule_between(
    lines: Sequence[PageLine], numbers: list[int], position: int, rules: Sequence[Rule], wide: float, labels: float
) -> bool:
    """Whether rules run between two lines, also below the labels: those below headings of others stop before them."""
    upper, lower = lines[numbers[position - 1]].centre, lines[numbers[position]].centre
    drawn = [(x0, x1) for y, x0, x1 in rules if upper < y < lower]
    return sum(x1 - x0 for x0, x1 in drawn) >= wide and min(drawn)[0] < labels


def _named(body: Sequence[PageLine], extents: Heads) -> int:
    """The column that names the rows: the first with words on most lines that have figures, else that with most."""
    words = [0] * len(extents)
    valued = 0
    for line in body:
        valued += line.values > 0
        for column in {column_of(s, extents) for s in line.segments if not s.is_value}:
            words[column] += 1
    often = [n for n, count in enumerate(words[:-1]) if 2 * count > (valued or len(body))]
    return often[0] if often else max(range(len(extents) - 1), key=lambda n: words[n])


def _printed(line: PageLine, extents: Heads, named: int) -> Printed:
    cells: dict[int, list[TextLine]] = {}
    valued = False
    for segment in line.segments:
        column = column_of(segment, extents)
        cells.setdefault(column, []).append(segment.piece())
        valued = valued or (column > named and (segment.is_value or segment.is_year or is_price(segment.text)))
    return Printed(line.centre, line.height, cells, valued, label_column=named)


def column_of(segment: Segment, extents: Heads) -> int:
    """The column over which a segment begins, if it covers several, else the one that it overlaps or is nearest to."""
    left, right = segment.x0, segment.x1 - SLACK
    over: list[int] = []
    for n, (x0, x1) in enumerate(extents):  # a comprehension takes longer than these few
        if left < x1 - SLACK and x0 < right:
            if not segment.is_value and (segment.text[0].isalpha() or not is_price(segment.text)):
                return n
            over.append(n)
    if len(over) == 1:
        return over[0]
    if not over:
        return min(range(len(extents)), key=lambda n: max(extents[n][0] - segment.x1, segment.x0 - extents[n][1]))
    return max(over, key=lambda n: min(segment.x1, extents[n][1]) - max(segment.x0, extents[n][0]))


def _rows(printed: list[Printed], extents: Heads, rules: Sequence[Rule]) -> list[Printed]:
    names = extents[printed[0].label_column] if printed else extents[0]
    across = sorted(row_rules(rules, (extents[0][0], extents[-1][1]), names))
    rows: list[Printed] = []
    stretch: list[Printed] = []
    for line in halves_joined(printed, merged):
        if _has_band(line, across, printed):
            rows += [*_parted(stretch, across), line]
            stretch = []
        else:
            stretch.append(line)
    return rows + _parted(stretch, across)


def _has_band(line: Printed, across: Sequence[float], lines: Sequence[Printed]) -> bool:
    """Whether a line of one text has a band of its own, between two rules no farther apart than a line takes."""
    if len(line.cells) > 1 or line.valued:
        return False
    above = max((y for y in across if y < line.centre), default=None)
    below = min((y for y in across if y > line.centre), default=None)
    if above is None or below is None or below - above >= BAND * line.height:
        return False
    return not any(above < other.centre < below for other in lines if other is not line)


def _parted(printed: list[Printed], across: Sequence[float]) -> list[Printed]:
    valued = sum(line.valued for line in printed)
    valued += sum(line.valued and not line.label for line in printed)  # on the middle of a label
    if (counted := counted_rows(printed)) is not None:
        return counted
    if valued < FIGURES * len(printed) or _are_marks(printed):
        return text_rows(printed, across)
    return rows_of(printed, across)


def _are_marks(printed: Sequence[Printed]) -> bool:
    """Whether marks and dashes stand behind the names ("x", "–"), and no figure at all."""
    pieces = [p.text for line in printed for c, found in line.cells.items() if c > line.label_column for p in found]
    return len(pieces) > len(printed) and all(len(text) == 1 and not text.isdigit() for text in pieces)


def _edges(table: Sequence[Printed], stacks: Sequence[Stack]) -> tuple[float, ...]:
    """What a table that goes on overleaf has in common: the right edges of figures, the left edges of words."""
    edges = []
    for column in stacks:
        figures = sum(s.is_value for s in column.segments)
        starts = [s.x0 for s in column.segments]
        edges.append(round(column.x1 if 2 * figures > len(starts) else median(starts), 1))
    return tuple(edges)
