"""A table with a line of years: its figures stand under the years, or they are refused."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import groupby, pairwise
from math import inf
from statistics import median

from pipeline.tables.borderless.banded import lines_parted
from pipeline.tables.borderless.drifting import in_order, is_spaced, keep_no_edge, undrifted
from pipeline.tables.borderless.headlines import compares_years, headings_above
from pipeline.tables.borderless.heads import Rule, head_rows, merged_rows
from pipeline.tables.borderless.mixed import mixed
from pipeline.tables.borderless.moved import moved
from pipeline.tables.borderless.recut import recut
from pipeline.tables.borderless.regions import Block
from pipeline.tables.borderless.rules import row_rules
from pipeline.tables.borderless.shapes import is_label, is_row, is_year_line
from pipeline.tables.borderless.stacks import Assignment, Stack, assign, bridged, merge_unmet, stack
from pipeline.tables.borderless.titles import without_titles
from pipeline.tables.borderless.wrapping import Printed, rows_of
from pipeline.tables.content.cells import Kind
from pipeline.tables.content.found import Found, Heads
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.content.naming import is_beside
from pipeline.tables.content.rows import HANGING, is_prose, stands_for_figure
from pipeline.tables.content.units import unit_note
from pipeline.tables.layout.coded import is_account
from pipeline.tables.layout.reach import names_cut
from pipeline.tables.layout.words import PageLine, Segment

SAME_PLACE = 1.5
HALFWAY = 0.75
"""Lines nearer than this share of their height stand beside each other, a heading's two around a single one."""
NAMELESS = "it has no name, and stands in a column by itself at the top of a page"
FEWEST_NAMES, MORE_NAMES = 3, 2
"""So many names at least begin in one place, and so many times as many as numbers do."""
MOST_BELOW = 3
"""So many lines, page furniture with them, may follow a heading at the foot of a page."""


def read_dated(lines: Sequence[PageLine], block: Block, rules: Sequence[Rule], heads: Heads) -> Found | None:
    """The table of a block with a line of years, or below the years ``heads`` of the page before."""
    body = list(range(block.first, block.last + 1))
    lines = [*lines[: block.first], *recut(lines[block.first : block.last + 1]), *lines[block.last + 1 :]]
    years = [n for n in body if lines[n].years > 1 and is_year_line(lines[n])]
    top = years[0] if years and not any(is_row(lines[n]) for n in body if n < years[0]) else None
    below = [n for n in body if n not in years and (top is None or n > top)]
    for n, row in zip(below, lines_parted([lines[n] for n in below]), strict=True):
        lines[n] = row
    if top is not None:
        heads = _heads(lines[top])
        heads = _repeated(lines[top], lines[top + 1], heads) if top < block.last else heads
    above = lines[block.first : top + 1] if top is not None else []
    around = _around(lines, block.first, top) if top is not None else []
    drifting = undrifted([lines[n] for n in below], above + [lines[n] for n in around], heads) if heads else None
    for n, row in zip(below, drifting or [], strict=False):
        lines[n] = row
    rows = [lines[n] for n in below]
    heads = moved(rows, heads) if top is None and heads else heads
    values = [s for line in rows for s in figures_of(line, heads)] if heads else []
    if not values or not any(is_row(line) for line in rows):
        return None
    height = median(line.height for line in rows)
    dated = sorted(heads)
    named = [*above[-1:], *(lines[top + 1 : top + 2] if top is not None else [])]
    remarks = [(s.x0, s.x1) for line in named for s in line.segments if is_beside(s.text)]
    assigned = in_order(rows, heads, remarks) if drifting else _assigned(heads, values, rows, height, remarks)
    if (assigned.lost and keep_no_edge(rows, dated, assigned.lost)) or is_spaced(rows, above):
        heads[:] = dated
        assigned = in_order(rows, heads, remarks)
    if top is None and _are_lone_figures(rows):
        assigned = Assignment(lost={id(s) for s in values}, why=NAMELESS)
    head_lines = headings_above(lines, block.first, heads)
    if top is not None:
        head_lines += [n for n in body if n <= top or n in around] + _headings_below(lines, top, block.last, heads)
    body = [n for n in body if n not in head_lines]
    return _grid(lines, sorted({*head_lines}), body, assigned, rules, heads)


def _are_lone_figures(rows: Sequence[PageLine]) -> bool:
    """Whether rows overleaf are one column of figures without names: the last one, that had no room beside the others.

    What it is of stands on the page before, and which row is which is not printed.
    """
    return len(rows) > 1 and all(len(line.segments) == 1 and line.segments[0].is_value for line in rows)


def _around(lines: Sequence[PageLine], first: int, top: int) -> list[int]:
    """The lines beside that of the years, on which a heading of two lines stands around it."""
    beside = [n for n in (first - 1, top + 1) if 0 <= n < len(lines) and not lines[n].values]
    return [n for n in beside if abs(lines[n].centre - lines[top].centre) < HALFWAY * lines[n].height]


def read_bare(lines: Sequence[PageLine], block: Block) -> Found | None:
    """A heading of years whose rows stand on the next page, with the name of their group perhaps."""
    if block.heading is None or len(lines) - 1 - block.heading > MOST_BELOW:
        return None
    heads = _heads(lines[block.heading])
    below = list(range(block.heading + 1, len(lines)))
    if any(not is_label(lines[n]) or lines[n].box[2] > heads[0][0] for n in below):
        return None
    head_lines = sorted([*headings_above(lines, block.first, heads), *range(block.first, block.heading + 1)])
    over = [s.x0 for n in head_lines for s in lines[n].segments if s.x1 > heads[0][0]]
    left = min(s.x0 for n in head_lines for s in lines[n].segments)
    extents = [(min(left, min(over) - 2), min(over) - 1), *heads]
    cells = merged_rows([lines[n] for n in head_lines], extents)
    for n in below:
        cells.append([GridCell(len(cells), 0, [lines[n].piece()])])
    edges = tuple(round(x1, 1) for _, x1 in heads)
    return Found(Grid(cells, len(extents), edges=edges), head_lines[0], len(lines) - 1, heads, bare=True)


def _headings_below(lines: Sequence[PageLine], top: int, last: int, heads: Heads) -> list[int]:
    """The lines right below the years that are headings too: more years, or words over several columns of figures."""
    found: list[int] = []
    for number in range(top + 1, last + 1):
        line = lines[number]
        over = [(x0, x1) for x0, x1 in heads if any(s.x0 < x1 and x0 < s.x1 for s in line.segments)]
        near = line.box[1] - lines[number - 1].box[3] < 0.75 * line.height
        words = not any(s.is_value and unit_note(s.text) is None for s in line.segments)
        words = words and not any(stands_for_figure(s.text) for s in line.segments[1:])
        ends = words and all(s.x0 > heads[0][0] for s in line.segments) and _goes_on(lines[number - 1], line)
        ends = ends or compares_years(lines[number - 1], line)
        if not near or not (is_year_line(line) or (words and len(over) >= 2) or ends):
            break
        found.append(number)
    return found


def _goes_on(upper: PageLine, lower: PageLine) -> bool:
    """Whether each stretch of a line ends one above it: "Ændring i forhold til", "2024"; "Afvigelse", "i pct."."""
    above = [[s for s in upper.segments if s.x0 < each.x1 and each.x0 < s.x1] for each in lower.segments]
    return all(
        len(over) == 1 and (over[0].text.split()[-1].casefold() in HANGING or _is_rest(over[0], each))
        for over, each in zip(above, lower.segments, strict=True)
    )


def _is_rest(upper: Segment, lower: Segment) -> bool:
    """Whether words with a small letter are the second line of the word above them, by an edge or the middle."""
    level = min(abs(upper.x0 - lower.x0), abs(upper.x1 - lower.x1), abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2)
    return level < SAME_PLACE and lower.text.strip("(")[:1].islower() and upper.kind is Kind.TEXT and not upper.is_year


def _heads(line: PageLine) -> Heads:
    """The headings of a line of years, from the first year on."""
    first = next(n for n, s in enumerate(line.segments) if s.is_heading)
    return [(s.x0, s.x1) for s in line.segments[first:] if not is_prose(s.text)]


def _repeated(years: PageLine, words: PageLine, heads: Heads) -> Heads:
    """The headings right below the years, where the same ones, two or more, stand below each: "Udgift", "Indtægt".

    ``heads`` are the years; they stay the headings where anything else is printed over the figures.
    """
    below = [s for s in words.segments if s.x1 > heads[0][0] - words.height]
    each, rest = divmod(len(below), len(heads))
    texts = [s.text for s in below]
    if each < 2 or rest or words.values or words.years or years.years != len(heads):
        return heads
    if len({*texts[:each]}) < each or texts != texts[:each] * len(heads):
        return heads
    over = all(below[n * each].x0 < (x0 + x1) / 2 < below[(n + 1) * each - 1].x1 for n, (x0, x1) in enumerate(heads))
    return [(s.x0, s.x1) for s in below] if over else heads


def figures_of(line: PageLine, heads: Heads) -> list[Segment]:
    """The figures of a row. A number in front of a label is its name, none of them: "12  Fjordskolen  -200".

    One under a heading is a figure, where the only text is a remark behind it. The number of an account is none, where
    it stands before the years.
    """
    first_head = heads[0][0]
    figures = [s for s in line.segments if s.is_value and (s.x1 >= first_head or not is_account(s.text))]
    if not figures or figures[0] is not line.segments[0] or len(figures) == len(line.segments):
        return figures
    first, *texts = line.segments[0], *(s for s in line.segments if not s.is_value)
    under = any(first.x0 < x1 and x0 < first.x1 for x0, x1 in heads)
    return figures if under and texts[0].x0 > heads[0][0] else figures[1:]


def _assigned(
    heads: Heads, values: Sequence[Segment], rows: Sequence[PageLine], height: float, remarks: Heads
) -> Assignment:
    """Which figure is in which column; columns of figures under no heading are added to ``heads``.

    The headings of ``remarks`` behind all others are those of no figures, unless one stands under or behind them.
    """
    left = min(x0 for x0, _ in heads) - 8 * height
    heads.sort()
    first = heads[0][0]
    under = max(left, first) if not remarks else inf  # most figures stand under the years, and are of no name
    values = [s for s in values if s.x1 > under or (s.x1 > left and not _is_of_name(s, rows, first, remarks))]
    before = [head for head in heads if head not in remarks]
    behind = heads[len(before) :]
    if before and behind and before == heads[: len(before)] and all(s.x1 < behind[0][0] for s in values):
        found = assign(before, values, rows, height)
        heads[:] = [*before, *behind]
        return found
    return assign(heads, values, rows, height)


def _is_of_name(figure: Segment, rows: Sequence[PageLine], first: float, remarks: Heads) -> bool:
    """Whether a number left of the ``first`` heading begins where names do, or one below ``remarks`` where these do.

    It is the last line of one, "12"; so it is alone on its line right below a name.
    """
    if figure.x1 < first and _is_alone_below_name(figure, rows):
        return True
    if figure.x1 >= first and (not remarks or not any(x0 - SAME_PLACE < figure.x0 < x1 for x0, x1 in remarks)):
        return False
    level = [s for line in rows for s in line.segments if abs(s.x0 - figure.x0) < SAME_PLACE]
    names = sum(s.kind is Kind.TEXT for s in level)
    return names >= FEWEST_NAMES and names > MORE_NAMES * (len(level) - names)


def _is_alone_below_name(figure: Segment, rows: Sequence[PageLine]) -> bool:
    """Whether a number is all of a line below a name with figures, or with these halfway, and begins where it does."""
    n = next((n for n, line in enumerate(rows) if line.segments[0] is figure), 0)
    above = rows[max(n - 2, 0) : n]
    if not n or len(rows[n].segments) > 1 or not above[-1].values:
        return False
    name = above[-1] if above[-1].segments[0].x0 < figure.x1 else above[0]
    first = name.segments[0]
    near = rows[n].box[1] - above[-1].box[3] < HALFWAY * rows[n].height
    return near and abs(first.x0 - figure.x0) < SAME_PLACE and first.kind is Kind.TEXT


def _grid(
    lines: Sequence[PageLine],
    head_lines: list[int],
    body: list[int],
    assigned: Assignment,
    rules: Sequence[Rule],
    heads: Heads,
) -> Found:
    dated = {n for n in body if lines[n].years > 1 and is_year_line(lines[n])}
    rows = [lines[n] for n in body if n not in dated]
    columns = assigned.columns
    texts = [s for line in rows for s in line.segments if id(s) not in columns]
    labels = _label_stacks([s for s in texts if id(s) not in assigned.lost] if assigned.lost else texts, rows, heads)
    end = heads[-1][1] - 1
    after = _label_stacks([s for s in texts if s.x0 >= end], rows, [])
    figures = _of_figures(heads, rows, assigned, [s for n in head_lines for s in lines[n].segments])
    extents = [*((c.x0, c.x1) for c in labels), *figures, *((c.x0, c.x1) for c in after)]
    said = [
        sum([len(s.text) for s in column.segments if not s.is_value]) if len(labels) > 1 else 0 for column in labels
    ]
    named = said.index(max(said))
    whole = min(x for x, _ in extents), heads[-1][1]
    top, bottom = lines[body[0]].box[1], lines[body[-1]].box[3]
    inside = [rule for rule in rules if top < rule[0] < bottom]
    across = row_rules(inside, whole, (labels[named].x0, labels[named].x1))
    over = [s for n in head_lines for s in lines[n].segments]
    head_lines = without_titles(lines, head_lines, names_cut(extents, over, len(labels)), rules)
    wide = names_cut(_with_figures(extents, rows, assigned, len(labels)), over, len(labels))
    cells = merged_rows([lines[n] for n in head_lines], wide, rules)
    beside = _places_beside(lines, head_lines)
    aside = {n for n, place in enumerate(heads, len(labels)) if place in beside}
    refused: dict[int, str] = {}
    for again, stretch in groupby(body, key=dated.__contains__):
        if again:
            for row in head_rows([lines[n] for n in stretch], wide):
                cells.append(_numbered(row, len(cells)))
            continue
        printed = [_printed(lines[n], assigned, extents, len(labels), named, aside) for n in stretch]
        for found in rows_of(printed, across):
            number = len(cells)
            if why := found.refused or mixed(found, labels):
                refused[number] = why
            places = {0: found.cells[named]} if named and _begins_at_edge(found, named, labels) else found.cells
            cells.append([GridCell(number, column, pieces) for column, pieces in sorted(places.items())])
    grid = Grid(cells, len(extents), refused=refused, edges=tuple(round(x1, 1) for _, x1 in heads))
    used = [*head_lines, *body]
    return Found(grid, min(used), max(used), heads, labels=len(labels))


def _places_beside(lines: Sequence[PageLine], head_lines: Sequence[int]) -> Heads:
    """Where the headings of remarks stand, "Kommentar": a figure under one, "50 pct.", makes no row of its line."""
    return [(s.x0, s.x1) for n in head_lines for s in lines[n].segments if is_beside(s.text)]


def _begins_at_edge(row: Printed, named: int, labels: Sequence[Stack]) -> bool:
    """Whether a row is a name alone that begins where the numbers or codes in front of names do: that of a group."""
    box = row.cells[named][0].box if row.cells.keys() == {named} else None
    return box is not None and not row.valued and abs(box[0] - labels[0].x0) < SAME_PLACE


def _with_figures(extents: Heads, rows: Sequence[PageLine], assigned: Assignment, labels: int) -> Heads:
    """The columns with the rooms of their figures, which headings over the years stand over, too.

    Figures that drift away from their years make no room.
    """
    if not assigned.rooms:
        for s in [s for line in rows for s in line.segments if id(s) in assigned.columns]:
            assigned.reach(assigned.columns[id(s)], s.x0, s.x1)
    wide = list(extents)
    for column, (left, right) in assigned.rooms.items():
        x0, x1 = wide[column + labels]
        wide[column + labels] = min(x0, left), max(x1, right)
    apart = all(a[1] < b[0] for a, b in pairwise(wide[max(labels - 1, 0) :]))
    return wide if apart else extents


def _of_figures(heads: Heads, rows: Sequence[PageLine], assigned: Assignment, headings: Sequence[Segment]) -> Heads:
    """The columns, where a year stands over several: each is that of its figures, with words of its own over them.

    Such a year keeps no edge and no middle of the figures under it.
    """
    if sum(s.is_heading for s in headings) >= len(heads):
        return heads
    figures: dict[int, list[Segment]] = {}
    for line in rows:
        for segment in line.segments:
            if (column := assigned.columns.get(id(segment))) is not None:
                figures.setdefault(column, []).append(segment)
    columns = list(heads)
    for number, under in figures.items():
        x0, x1 = min(s.x0 for s in under), max(s.x1 for s in under)
        left, right = heads[number]
        kept = min(abs(left - x0), abs(right - x1), abs(left + right - x0 - x1) / 2) < SAME_PLACE
        if not kept and any(abs(s.x1 - x1) < SAME_PLACE for s in headings if not s.is_heading):
            columns[number] = x0, x1
    return columns


def _numbered(row: list[GridCell], number: int) -> list[GridCell]:
    for cell in row:
        cell.row = number
    return row


def _label_stacks(texts: Sequence[Segment], rows: Sequence[PageLine], columns: Heads) -> list[Stack]:
    """The text columns left of the figures, one at least; without ``columns`` those of the given segments."""
    if not columns:
        return merge_unmet(stack(texts), rows) if texts else []
    left = [s for s in texts if s.x0 < columns[0][0]]
    names = [s for s in left if s.x1 <= columns[0][0] + 1]
    alone = {id(line.segments[0]) for line in rows if len(line.segments) == 1}
    beside = [s for s in names if id(s) not in alone]
    stacks = stack(beside) if len(beside) > 1 else stack(names)
    stacks = _with_alone(stacks, names) if len(beside) > 1 else stacks
    stacks = merge_unmet(bridged(stacks, names, rows), rows)
    return stacks or [Stack(min((s.x0 for s in left), default=columns[0][0] - 2), columns[0][0] - 1)]


def _with_alone(stacks: list[Stack], names: Sequence[Segment]) -> list[Stack]:
    """The columns with the names that stand alone on their lines, each over one of them or over none."""
    taken = {id(s) for column in stacks for s in column.segments}
    for s in sorted((s for s in names if id(s) not in taken), key=lambda s: s.x1 - s.x0):
        over = [column for column in stacks if column.overlaps(s)]
        if not over:
            stacks.append(Stack(s.x0, s.x1, [s]))
        elif len(over) == 1:
            over[0].add(s)
    return sorted(stacks, key=lambda column: column.x0)


def _printed(line: PageLine, assigned: Assignment, extents: Heads, labels: int, named: int, aside: Set[int]) -> Printed:
    """A line of the body; what stands in the columns ``aside`` says nothing of its being a row."""
    cells: dict[int, list[TextLine]] = {}
    refused = None
    columns, lost = assigned.columns, assigned.lost
    valued = False
    for segment in line.segments:
        column = columns.get(id(segment))
        if column is not None:
            number = column + labels
            valued = valued or number not in aside
        else:
            number = _column_of(segment, extents, labels)
            if number >= labels and not valued:
                valued = number - labels in assigned.filled and number not in aside
            if lost and id(segment) in lost:
                refused = assigned.why
        if number in cells:
            cells[number].append(segment.piece())
        else:
            cells[number] = [segment.piece()]
    valued = valued or refused is not None
    return Printed(line.box[3] - line.height / 2, line.height, cells, valued, refused, label_column=named)


def _column_of(segment: Segment, extents: Heads, labels: int) -> int:
    """The column that a text overlaps most; one that begins far left of the figures is a label, however long it is."""
    first = extents[labels][0]
    if segment.x1 <= first or segment.x0 < first - 2 * (segment.box[3] - segment.box[1]):
        if labels == 1:
            return 0
        candidates = range(labels)
    else:
        candidates = range(labels, len(extents))
    overlap = [(min(segment.x1, extents[n][1]) - max(segment.x0, extents[n][0]), -n) for n in candidates]
    return -max(overlap)[1]
