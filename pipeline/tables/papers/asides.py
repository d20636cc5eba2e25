"""What stands beside each other on a page and is not one: running text beside a table, and two tables side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.tables.borderless.heads import Rule
from pipeline.tables.borderless.measures import is_measure
from pipeline.tables.borderless.shapes import is_year_line
from pipeline.tables.borderless.titled import REACH, gutter_below, gutter_beside
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.content.headings import year_of
from pipeline.tables.content.labels import role_of
from pipeline.tables.content.units import unit_note
from pipeline.tables.layout.coded import is_code
from pipeline.tables.layout.gutters import Cuts
from pipeline.tables.layout.words import PageLine, Segment
from pipeline.tables.papers.captionsides import FEWEST_WORDS as FEWEST_CAPTION
from pipeline.tables.papers.captionsides import caption_gutter
from pipeline.tables.papers.prosebeside import is_text_beside
from pipeline.tables.papers.rowsbeside import are_one_table

Numbered = tuple[int, PageLine]
"""A line, or the side of it that is left, with its number on the page."""

SAME_EDGE = 2.5
TIGHT = 0.9
"""Lines of one paragraph are parted by less than this share of their height."""
FEWEST, FEWEST_ALONE = 3, 6
GOING = 0.5
"""So large a share of a paragraph's lines go on with the line before."""
FEWEST_WORDS = 3
LONGEST_SHORT = 5
"""A committee, a department in capitals has so many letters at most: "SSU", "BMU"."""
SHORT, FEW_SHORT = 0.25, 0.22
WIDEST = 18.0
"""Rules below headings of one table are no further apart than so many points."""
EVEN, OFTEN, MOSTLY = 0.08, 0.75, 0.85


@dataclass(slots=True)
class Flow:
    """Lines of words that begin below each other: a paragraph, or a column of text.

    ``x0`` and ``foot``: where its last line begins, and how far down it reaches; ``height``: how high that is.
    """

    parts: list[tuple[int, Segment]]
    x0: float
    foot: float
    height: float

    @property
    def going(self) -> list[bool]:
        """For each line but the first, whether it goes on with the one above: by a small letter, a comma, a hyphen."""
        texts = [segment.text for _, segment in self.parts]
        return [lower[0].islower() or upper[-1] in ",-" for upper, lower in pairwise(texts)]

    @property
    def is_prose(self) -> bool:
        if len(self.parts) < FEWEST:
            return False
        words = sum(segment.count for _, segment in self.parts)
        return words >= FEWEST_WORDS * len(self.parts) and sum(self.going) >= GOING * (len(self.parts) - 1)

    @property
    def is_even(self) -> bool:
        """Whether the lines are full and follow each other evenly, as those of prose do and of cells do not."""
        x0, _, x1, _ = _box(self)
        short = sum(segment.x1 < x1 - SHORT * (x1 - x0) for _, segment in self.parts) / len(self.parts)
        steps = [lower.box[3] - upper.box[3] for (_, upper), (_, lower) in pairwise(self.parts)]
        even = _shares(steps, EVEN)
        return (short <= FEW_SHORT and even >= OFTEN) or (short <= 2 * FEW_SHORT and even >= MOSTLY)


def _shares(values: Sequence[float], within: float) -> float:
    """The share of the values that differ from the middle one by no more than ``within`` of it."""
    usual = sorted(values)[len(values) // 2]
    return sum(abs(value - usual) <= within * usual for value in values) / len(values)


def parts_of(lines: Sequence[Numbered], cuts: Cuts, rules: Sequence[Rule] = ()) -> list[list[Numbered]]:
    """The lines without running text beside them; columns of the page, and tables side by side, each by itself.

    ``cuts``: where columns of the page begin, for each line of the page.
    """
    parts: list[list[Numbered]] = [] if any(cuts) or not lines else [list(lines)]
    whole = False
    for places, stretch in groupby(() if parts else lines, key=lambda numbered: cuts[numbered[0]]):
        sides = [list(stretch)]
        for place in places:
            left, right = _cut(sides[-1], place)
            if is_text_beside(left, right) or not (_are_rows(left, right) or are_one_table(left, right)):
                sides[-1:] = left, right
        if whole and len(sides) == 1:
            parts[-1] += sides[0]
        else:
            parts += sides
        whole = len(sides) == 1
    gaps = _gaps(rules)
    return [part for side in parts for part in _side_by_side(_without_prose(side), gaps)]


def _are_rows(left: Sequence[Numbered], right: Sequence[Numbered]) -> bool:
    """Whether the right side has the years and figures of rows that the left side names, line for line.

    A left side with years and figures of its own is a table. Overleaf, without years, codes in front of names tell.
    """
    if any(is_year_line(line) for _, line in left) and sum(line.values > 1 for _, line in left) > 1:
        return False
    named = {number for number, line in left if line.years < 2}
    headed = any(is_year_line(line) and not named.isdisjoint((number, number - 1)) for number, line in right)
    valued = [n for n, line in right if line.values > 1 and role_of(line.segments[0].text) != "total"]
    codes = {number for number, line in left if _begins_with_code(line.text)}
    lines = dict(left)
    between = {number for number, line in right if line.values > 1 and _is_between(line, lines, number)}
    coded = 2 * sum(number in codes or (number in between and number - 1 in codes) for number in valued) > len(valued)
    told = sum(number in named or number in between for number in valued)
    return (headed or coded) and len(valued) > 1 and told >= MOSTLY * len(valued)


def _begins_with_code(text: str) -> bool:
    """Whether a text begins with a code, which may have a blank in it: "KPU 01"."""
    first, *rest = text.split()
    return is_code(first) or (not first.isdigit() and is_code(first + "".join(rest[:1])))


def _is_between(line: PageLine, others: Mapping[int, PageLine], number: int) -> bool:
    """Whether figures stand beside the middle of two lines of a name."""
    above, below = others.get(number - 1), others.get(number + 1)
    return above is not None and below is not None and above.box[3] > line.box[1] and below.box[1] < line.box[3]


def _without_prose(lines: Sequence[Numbered]) -> list[Numbered]:
    flows = [flow for flow in _flows(lines) if flow.is_prose] if _may_go_on(lines) else []
    if not flows:
        return list(lines)
    by_number = dict(lines)
    columns = [flow for flow in flows if len(flow.parts) >= FEWEST_ALONE and flow.is_even]
    aside = [f for f in flows if _beside_rows(f, by_number) or any(_beside(f, g) for g in columns if f in columns)]
    gone = {id(segment) for flow in aside for _, segment in flow.parts}
    if not gone:
        return list(lines)
    kept = ((n, tuple(s for s in line.segments if id(s) not in gone)) for n, line in lines)
    return [(n, line if len(rest) == len(line.segments) else PageLine(rest)) for (n, rest), (_, line) in
            zip(kept, lines, strict=True) if rest]  # fmt: skip


def _may_go_on(lines: Sequence[Numbered]) -> bool:
    """Whether a text goes on with another one, as most lines of a paragraph do; most tables have none such."""
    words = TEXT_KIND
    for _, line in lines:
        for segment in line.segments:
            if segment.kind is words and (segment.text[0].islower() or segment.text[-1] in ",-"):
                return True
    return False


def _flows(lines: Sequence[Numbered]) -> list[Flow]:
    flows: list[Flow] = []
    current: list[Flow] = []
    words = TEXT_KIND
    for number, line in lines:
        if current:
            top, reach = line.box[1], TIGHT * line.height
            current = [flow for flow in current if top - flow.foot < reach]
        for segment in line.segments:
            if segment.kind is not words or (segment.count < FEWEST_WORDS and not current):
                continue
            x0, top, _, foot = segment.box
            for flow in current:
                if abs(x0 - flow.x0) <= SAME_EDGE and -0.5 * flow.height < top - flow.foot < TIGHT * flow.height:
                    flow.parts.append((number, segment))
                    flow.x0, flow.foot, flow.height = x0, foot, foot - top
                    break
            else:
                if segment.count < FEWEST_WORDS:
                    continue
                current.append(Flow([(number, segment)], x0, foot, foot - top))
                flows.append(current[-1])
    return flows


def _beside(flow: Flow, other: Flow) -> bool:
    """Whether two columns of text run down the page beside each other."""
    if flow is other:
        return False
    left, right = sorted((_box(flow), _box(other)))
    return left[2] < right[0] and left[1] < right[3] and right[1] < left[3]


def _box(flow: Flow) -> tuple[float, float, float, float]:
    boxes = [segment.box for _, segment in flow.parts]
    return min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]


def _beside_rows(flow: Flow, lines: dict[int, PageLine]) -> bool:
    """Whether figures stand beside the text line for line, where it goes on: no row has figures on two lines.

    Those on one side of it count together; a number in front of a label says nothing of the figures behind it.
    """
    before = {n: _has_figures(s for s in lines[n].segments if s.x1 <= segment.x0) for n, segment in flow.parts}
    after = {n: _has_figures(s for s in lines[n].segments if s.x0 >= segment.x1) for n, segment in flow.parts}
    both = [
        (before[a] and before[b]) or (after[a] and after[b])
        for going, ((a, _), (b, _)) in zip(flow.going, pairwise(flow.parts), strict=True)
        if going
    ]
    return (sum(both) >= 2 and 2 * sum(both) >= len(both)) or _beside_others(flow, lines)


def _beside_others(flow: Flow, lines: dict[int, PageLine]) -> bool:
    """Whether rows with figures stand beside the text, each between two of its lines; codes in front tell of names."""
    coded = sum(is_code(segment.text.split()[0]) for _, segment in flow.parts)
    if len(flow.parts) < FEWEST + 1 or coded > 1:
        return False
    x0, top, x1, bottom = _box(flow)
    own = {n for n, _ in flow.parts}
    near = range(flow.parts[0][0], flow.parts[-1][0])
    between = [lines[n] for n in near if n in lines and n not in own]
    clear = all(s.x1 < x0 or x1 < s.x0 for line in between for s in line.segments)
    rows = [line for line in between if top < line.centre < bottom and _is_named_row(line)]
    return clear and len(rows) >= 2


def _is_named_row(line: PageLine) -> bool:
    """Figures with a name before them; alone, or with a code, they may be those of the text, on a label's middle."""
    figures = [s.x0 for s in line.segments if s.is_value or s.is_year]
    return bool(figures) and any(_is_name(s) and s.x0 < max(figures) for s in line.segments)


def _is_name(segment: Segment) -> bool:
    """Words that name a row by themselves; no code in front of a name or behind it: "D04", "BFU"."""
    text = segment.text
    short = text.isalpha() and text.isupper() and len(text) <= LONGEST_SHORT
    return segment.kind is TEXT_KIND and not segment.is_year and not short and not is_code(text)


def _has_figures(segments: Iterable[Segment]) -> bool:
    return any(segment.is_value or segment.is_year for segment in segments)


def _side_by_side(lines: list[Numbered], gaps: Sequence[Rule]) -> list[list[Numbered]]:
    """Cut the lines around a heading printed twice, or whose rules end twice, or two titles, with labels below each."""
    headed = [n for n, (_, line) in enumerate(lines) if line.years > 1]
    for position, (_, line) in enumerate(lines):
        segments = line.segments
        if segments[-1].count >= FEWEST_CAPTION and (found := caption_gutter(lines, position)):
            gutter, first, last = found
            left, right = _cut(lines[first : last + 1], gutter)
            return [lines[:first], left, right, *_side_by_side(lines[last + 1 :], gaps)]
        if len(segments) < 2:
            continue
        place = None
        if line.years > 1 and is_year_line(line):
            near = [each for _, each in lines[position : position + REACH]]
            place = _gutter(lines, position) or _stepped(lines, position) or gutter_beside(near)
        if place is None and (gaps or len(segments) - line.values - line.years > 1):
            place = _twin(lines, position, gaps)
        if place is None and len(segments) == 2 and any(position < n < position + REACH for n in headed):
            place = gutter_below([each for _, each in lines[position : position + REACH]])
        if place is None:
            continue
        first, last = _stretch(lines, position, place)
        left, right = _cut(lines[first : last + 1], place)
        return [lines[:first], left, right, *_side_by_side(lines[last + 1 :], gaps)]
    return [lines]


def _stepped(lines: Sequence[Numbered], position: int) -> float | None:
    """Where the right one of two tables begins whose lines of years stand at uneven heights, each behind a label.

    The upper one is the line at ``position``.
    """
    if position + 1 == len(lines):
        return None
    upper, lower = (line for _, line in lines[position : position + 2])
    heads = lower.box[1] < upper.box[3] and is_year_line(lower)
    firsts = upper.segments[0], lower.segments[0]
    if not heads or any(s.is_year or (s.is_value and unit_note(s.text) is None) for s in firsts):
        return None
    left, right = sorted((upper, lower), key=lambda line: line.box[0])
    return right.box[0] - SAME_EDGE if left.box[2] < right.box[0] else None


def _twin(lines: Sequence[Numbered], position: int, gaps: Sequence[Rule]) -> float | None:
    """Where the right one of two tables begins below a heading that names the labels of both, or between rules."""
    line = lines[position][1]
    first = line.segments[0]
    if not gaps and first.text not in [segment.text for segment in line.segments[1:]]:
        return None
    rows = [line for _, line in lines[position + 1 : position + 9]]
    for before, segment in pairwise(line.segments):
        place = segment.x0 - SAME_EDGE
        named = segment.text == first.text and before is not first and first.kind is TEXT_KIND and not first.is_year
        if not (named or (segment.kind is TEXT_KIND and _ends_twice(line, before.x1, place, gaps))):
            continue
        left, right = (
            sum(_is_labelled(line, x0, x1) for line in rows) for x0, x1 in ((0.0, place), (place, float("inf")))
        )
        if min(left, right) >= 2 and all(_clear(line, place) for line in rows[:2]):
            return place
    return None


def _gaps(rules: Sequence[Rule]) -> list[Rule]:
    """Height and ends of the gaps in level rules drawn in two pieces; a narrow one where another height has it, too."""
    by_height: dict[int, list[Rule]] = {}
    for rule in rules:
        by_height.setdefault(round(rule[0]), []).append(rule)
    found = [(y, two[0][2], two[1][1]) for y, two in by_height.items() if len(two) == 2 and two[0][2] < two[1][1]]
    return [
        gap
        for gap in found
        if gap[2] - gap[1] > WIDEST or sum(abs(gap[1] - other[1]) + abs(gap[2] - other[2]) < 2 for other in found) > 1
    ]


def _ends_twice(line: PageLine, before: float, place: float, gaps: Sequence[Rule]) -> bool:
    """Whether rules right above or below a line leave a gap in it that is wide, or that farther ones leave, too."""
    own = [gap for gap in gaps if before < gap[1] + 3 and gap[1] < place and gap[2] < place + line.height]
    if not own or min(abs(y - line.centre) for y, _, _ in own) >= 1.5 * line.height:
        return False
    heights = [y for y, _, _ in own]
    return max(heights) - min(heights) > line.height or max(x1 - x0 for _, x0, x1 in own) > WIDEST


def _is_labelled(line: PageLine, left: float, right: float) -> bool:
    """Whether a line has a label and figures behind it between two places."""
    inside = [s for s in line.segments if left <= s.x0 < right]
    return len(inside) > 1 and inside[0].kind is TEXT_KIND and any(s.is_value or is_measure(s.text) for s in inside[1:])


def _gutter(lines: Sequence[Numbered], position: int) -> float | None:
    """Where the right one of two tables begins, None for one table."""
    heads = [s for s in lines[position][1].segments if s.is_year]
    years = [year for s in heads if (year := year_of(s.text)) is not None]
    half, odd = divmod(len(years), 2)
    twice = not odd and years[:half] == years[half:] and len(set(years[:half])) == half
    starts = [half] if twice else [n for n in range(1, len(years)) if years[n] <= years[n - 1]]
    if len(years) != len(heads) or len(years) < 2 or len(starts) != 1:
        return None
    left, right = heads[starts[0] - 1].x1, heads[starts[0]].x0
    rows = [line for _, line in lines[position + 1 : position + 12]]
    labels = [
        s.x0
        for line in rows
        for s in line.segments
        if s.kind is TEXT_KIND
        and left < s.x0 < right
        and sum(map(str.isalpha, s.text)) > 1
        and _has_figures(t for t in line.segments if t.x0 > s.x0)
    ]
    return min(labels) - SAME_EDGE if len(labels) >= 2 else None


def _stretch(lines: Sequence[Numbered], position: int, place: float) -> tuple[int, int]:
    """The lines around a line of years that keep clear of the gutter."""
    first = last = position
    while first > 0 and position - first < 3 and _clear(lines[first - 1][1], place):
        first -= 1
    while last + 1 < len(lines) and _clear(lines[last + 1][1], place):
        last += 1
    return first, last


def _clear(line: PageLine, place: float) -> bool:
    return not any(s.x0 < place < s.x1 for s in line.segments)


def _cut(lines: Sequence[Numbered], place: float) -> tuple[list[Numbered], list[Numbered]]:
    sides: tuple[list[Numbered], list[Numbered]] = ([], [])
    for number, line in lines:
        for side, segments in zip(
            sides,
            (
                tuple(s for s in line.segments if s.x0 < place),
                tuple(s for s in line.segments if s.x0 >= place),
            ),
            strict=True,
        ):
            if segments:
                side.append((number, PageLine(segments)))
    return sides
