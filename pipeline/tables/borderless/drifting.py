"""Rows whose figures drift away from their years: lines that blanks align, printed in letters of unequal widths."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from pipeline.tables.borderless.stacks import Assignment
from pipeline.tables.borderless.underheads import SLACK
from pipeline.tables.content.cells import MINUS, NUMBER_KIND, TEXT_KIND, read_cell
from pipeline.tables.content.found import Heads
from pipeline.tables.content.units import is_statement
from pipeline.tables.layout.words import PageLine, Segment, segment_of

APART = 0.4
"""Two blanks are wider than this share of a line's height, one is narrower."""
WIDER = 1.5
"""The gap before a figure is so many times as wide as those between the words of its name."""

SAME_EDGE = 1.0
CLOSE = 0.3
BLANKS = "blanks align the figures of its table, and which year each is of cannot be told"
HAIR = 0.1
"""In points."""
FEWEST_GAPS = 3
WHOLE = 0.12
"""A gap is of whole blanks where it is off by less than this share of one."""


def undrifted(rows: Sequence[PageLine], above: Sequence[PageLine], heads: Heads) -> list[PageLine] | None:
    """The rows with each figure cut from the name in front of it, if figures drift away from the years; else None.

    They do where one that follows a name was taken for its end, or stands before the first year or behind the last
    under no heading of its own, and no row has more figures than there are headings. ``above``: the lines down to
    that of the years. A unit heads no figures beside years.
    """
    if not _may_drift(rows, heads):
        return None
    cut = [_figures_cut(row) for row in rows]
    names = [s for row in cut for s in row.segments[:1] if not (s.is_value or s.is_year)]
    behind = [following(row) for row in cut]
    if not names or not 0 < max(map(len, behind)) <= len(heads):
        return None
    if cut != [*rows]:
        return None if _keep_edges(rows, heads) else cut
    figures = [s for row in behind for s in row if s.kind is NUMBER_KIND]
    left, right = min([x0 for x0, _ in heads]) + SLACK, max([x1 for _, x1 in heads]) - SLACK
    outside = [s for s in figures if s.x1 <= left or s.x0 >= right]
    if not outside or _others_keep(figures, outside, heads):
        return None
    others = [s for line in above for s in line.segments if not is_statement(s.text)]
    over = [s for s in others if not any(_meet(s, name) for name in names)]
    return cut if _is_outside(outside, figures, over, left, right) else None


def _may_drift(rows: Sequence[PageLine], heads: Heads) -> bool:
    """Whether a figure stands beside all years, or at the end of a name, as in most tables none does."""
    left, right = min([x0 for x0, _ in heads]) + SLACK, max([x1 for _, x1 in heads]) - SLACK
    for row in rows:
        for segment in row.segments:
            if segment.is_value:
                if segment.x1 <= left or segment.x0 >= right:
                    return True
            elif segment.count > 1 and not segment.is_year and _ends_in_figure(segment.text):
                return True
    return False


def _ends_in_figure(text: str) -> bool:
    return read_cell(text.rpartition(" ")[2]).kind is not TEXT_KIND


def _keep_edges(rows: Sequence[PageLine], heads: Heads) -> bool:
    """Whether all figures but those at the end of names end where the heading of a year does: "Etape 3" is a name."""
    figures = [s for row in rows for s in following(row) if s.kind is NUMBER_KIND]
    return bool(figures) and all(any(abs(s.x1 - x1) < CLOSE for _, x1 in heads) for s in figures)


def _others_keep(figures: Sequence[Segment], lost: Sequence[Segment], heads: Heads) -> bool:
    """Whether all figures but a lost one end where a year or another one does: it is one too many, and none drifts."""
    if len(lost) != 1:
        return False
    kept = [s for s in figures if s is not lost[0]]
    ends = [x1 for _, x1 in heads]
    return all(
        any(abs(s.x1 - x1) < CLOSE for x1 in ends) or sum(abs(s.x1 - other.x1) < CLOSE for other in kept) > 1
        for s in kept
    )


def _is_outside(
    outside: Sequence[Segment], figures: Sequence[Segment], over: Sequence[Segment], left: float, right: float
) -> bool:
    """Whether a figure beside all years stands under no heading, and in line with none that stands under a year.

    Behind the last year it is enough that two end in one place: headings stand in the middle of wide columns.
    ``left`` and ``right``: from where to where the years reach.
    """
    inside = [s for s in figures if s.x1 > left and s.x0 < right]
    for s in outside:
        if any(_meet(s, head) for head in over):
            continue
        ends = s.x0 >= right and sum(abs(s.x1 - other.x1) < HAIR for other in figures) > 1
        if not ends and not any(_in_line(s, other) for other in inside):
            return True
    return False


def _in_line(one: Segment, other: Segment, within: float = SAME_EDGE) -> bool:
    left, right = other.x0 - one.x0, other.x1 - one.x1
    return min(abs(left), abs(right), abs(left + right) / 2) < within


def _meet(one: Segment, other: Segment) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def keep_no_edge(rows: Sequence[PageLine], heads: Heads, lost: Collection[int]) -> bool:
    """Whether the figures stand where they do by chance: those of a full row that is ``lost``, or those of a column.

    Most of such a row are in line with no figure of another one; in such a column all edges and middles differ.
    """
    all_figures = [s for row in rows for s in following(row)]
    if _others_keep(all_figures, [s for s in all_figures if id(s) in lost], heads):
        return False
    full = [figures for row in rows if len(figures := following(row)) == len(heads)]
    for column in zip(*full, strict=True):
        height = column[0].box[3] - column[0].box[1]
        edges = ([s.x0 for s in column], [s.x1 for s in column], [(s.x0 + s.x1) / 2 for s in column])
        if all(max(places) - min(places) > height for places in edges):
            return True
    for figures in full:
        others = [s for row in rows for s in following(row) if s not in figures]
        apart = [s for s in figures if not any(_in_line(s, other, CLOSE) for other in others)]
        if any(id(s) in lost for s in figures) and 2 * len(apart) > len(figures):
            return True
    return False


def is_spaced(rows: Sequence[PageLine], above: Sequence[PageLine]) -> bool:
    """Whether blanks align the figures, and those of a row that lacks one drift: they may be of any year.

    Every gap of the rows is of whole blanks then, as words in columns are not, and the figures of that row neither all
    end where others of the table or headings do, nor all begin there. ``above``: the lines down to that of the years.
    """
    if not _are_blanks(rows, above):
        return False
    printed = [[s for line in above[-1:] for s in line.segments if s.is_heading], *map(following, rows)]
    most = max(map(len, printed), default=0)
    for n, figures in enumerate(printed):
        others = [s for other in printed[:n] + printed[n + 1 :] for s in other]
        ends, begins = (all(any(abs(s.box[n] - o.box[n]) < CLOSE for o in others) for s in figures) for n in (2, 0))
        if len(figures) < most and not (ends or begins):
            return True
    return False


def _are_blanks(rows: Sequence[PageLine], above: Sequence[PageLine]) -> bool:
    """Whether all gaps between the stretches of the rows are of whole blanks, as wide as those between the words."""
    blank = next((gap for line in (*rows, *above) for s in line.segments if (gap := _gap_inside(s)) > 0), None)
    gaps = [b.x0 - a.x1 for row in rows for a, b in pairwise(row.segments)] if blank is not None else []
    if len(gaps) < FEWEST_GAPS or blank is None:
        return False
    for gap in sorted(gaps):
        count = round(gap / blank)
        if count < 1 or abs(gap / blank - count) > WHOLE:
            return False
        blank = gap / count
    return True


def _gap_inside(segment: Segment) -> float:
    """The narrowest gap between two words of a stretch; nothing for a single word."""
    boxes = segment.boxes if segment.count > 1 else []
    return min((after[0] - before[2] for before, after in pairwise(boxes)), default=0.0)


def in_order(rows: Sequence[PageLine], heads: Heads, remarks: Heads) -> Assignment:
    """Figures that drift, by their order where every row with figures has one for each heading; else all are lost.

    So they are where words stand behind the figures of a row, or one of the headings is that of ``remarks``.
    """
    heads.sort()
    printed = [found for row in rows if (found := following(row) or _nameless(row, heads))]
    remarked = any(head in remarks for head in heads) or any(map(_has_remark, rows))
    if not remarked and all(len(figures) == len(heads) for figures in printed):
        return Assignment({id(s): n for figures in printed for n, s in enumerate(figures)})
    return Assignment(lost={id(s) for figures in printed for s in figures}, why=BLANKS)


def _has_remark(row: PageLine) -> bool:
    """Whether words stand behind the first figure of a row."""
    first = next(iter(following(row)), None)
    return first is not None and any(s.kind is TEXT_KIND and s.x0 > first.x0 for s in row.segments)


def following(row: PageLine) -> list[Segment]:
    """The figures behind the name of a row; without a name there are none."""
    for n, segment in enumerate(row.segments):
        if not segment.is_value:
            return [s for s in row.segments[n:] if s.is_value]
    return []


def _nameless(row: PageLine, heads: Heads) -> list[Segment]:
    """The figures of a row without a name; with letters before the first heading, "(0-6 år)" is the end of a name."""
    names = [s for s in row.segments if s.x1 <= heads[0][0] and any(map(str.isalpha, s.text))]
    return [s for s in row.segments if s.is_value and s not in names]


def _figures_cut(row: PageLine) -> PageLine:
    """A row with the figures at the end of its name cut from it that stand apart from it, or have a sign."""
    parted = {
        id(s): parts
        for s in row.segments
        if s.count > 1 and not (s.is_value or s.is_year) and len(parts := _parts(s, row.height)) > 1
    }
    if not parted:
        return row
    return PageLine(tuple([part for s in row.segments for part in parted.get(id(s), (s,))]))


def _parts(segment: Segment, height: float) -> list[Segment]:
    texts = segment.text.split(" ")
    if len(texts) != segment.count or read_cell(texts[-1]).kind is TEXT_KIND:
        return [segment]
    boxes = segment.boxes
    gaps = [boxes[n][0] - boxes[n - 1][2] for n in range(1, len(texts))]
    first = len(texts)
    while first > 1 and read_cell(texts[first - 1]).kind is not TEXT_KIND:
        first -= 1
    usual = max(gaps[: first - 1], default=0.0)
    cuts = [n for n in range(first, len(texts)) if _is_apart(texts[n], gaps[n - 1], usual, height)]
    if not cuts:
        return [segment]
    edges = [0, *range(cuts[0], len(texts)), len(texts)]
    words = segment.words
    return [segment_of(words[a:b], " ".join(texts[a:b]), segment.page) for a, b in pairwise(edges)]


def _is_apart(text: str, gap: float, usual: float, height: float) -> bool:
    signed = len(text) > 1 and text[0] in MINUS
    return signed or gap > max(APART * height, WIDER * usual)
