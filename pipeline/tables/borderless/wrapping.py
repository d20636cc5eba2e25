"""Which printed lines make one row: labels wrap over lines, with the amounts on the first, a middle or the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

import msgspec

from pipeline.tables.borderless.numbers import (
    are_in_turn,
    ends_numbered,
    heads_rows,
    is_begun,
    is_numbered,
    is_numbered_low,
)
from pipeline.tables.content.grid import TextLine, join_lines
from pipeline.tables.content.labels import is_group_label, role_of
from pipeline.tables.content.rows import HANGING, continues, is_dashed, is_known_row
from pipeline.tables.content.units import is_statement
from pipeline.tables.layout.coded import codes_joined
from pipeline.tables.layout.figuretails import broken_joined
from pipeline.tables.layout.labelroom import (
    SAME_EDGE,
    TALLEST_STEP,
    Room,
    first_box,
    had_room,
    has_no_room,
    inside_groups,
    rest_of_names,
    room_of,
)
from pipeline.tables.layout.lonemarks import marks_joined
from pipeline.tables.layout.spacing import JUMP, is_rest_of_another, spaced_rows

TIGHT = 0.93
"""Lines of one row stand closer than this share of the distance between two rows."""
LOOSE_STEP = 1.8
"""Lines of one label that goes on with a capital are at most so many line heights apart where room parts rows."""
NEXT_LINE = 1.3
"""The next line of a cell is no further below than this many line heights."""
FARTHEST = 2.2
"""A line further below than this many line heights never goes on with the label above."""
YEAR = 4
"""The digits of a year."""
FEWEST_ENDS = 2
"""So many labels show on which of their lines the figures stand."""
_NUMBER = re.compile(r"\d{1,4}|\d{1,3}(?:[A-Za-z],?|,|\sog\s\d{1,3})|\d{1,4}\s?[-–]\s?\d{1,4}[A-Za-z]?,?")
FEWEST_BANDS = 2  # so many rules at least part rows


class Printed(msgspec.Struct, gc=False):
    """A line of the body on its way to a row: pieces by column, and whether it has figures."""

    centre: float
    height: float
    cells: dict[int, list[TextLine]]
    valued: bool
    refused: str | None = None
    last: float = 0.0
    label_column: int = 0
    label: str = ""

    def __post_init__(self) -> None:
        self.last = self.last or self.centre
        self._name()

    def _name(self) -> None:
        """Say what the label is: it is asked for often."""
        pieces = self.cells.get(self.label_column, ())
        self.label = pieces[0].text if len(pieces) == 1 else join_lines([piece.text for piece in pieces])

    def take(self, other: Printed) -> None:
        """Join the line below into this row."""
        for column, pieces in other.cells.items():
            self.cells.setdefault(column, []).extend(pieces)
        self._name()
        self.last = other.last
        self.valued = self.valued or other.valued
        self.refused = self.refused or other.refused


def rows_of(lines: list[Printed], rules: Sequence[float], *, within: bool = False) -> list[Printed]:
    """Rows by the rules between them where each has one, else by room, else by words; ``within``: of one drawn row."""
    lines = marks_joined(codes_joined(broken_joined(lines, merged, within=within), merged), merged)
    banded = lines if all(line.valued for line in lines) else _bands(lines, rules)  # no two with figures are one row
    if banded is not None:
        return banded
    room = room_of(lines)
    low = any(line.valued and is_numbered(line) and not line.label for line in lines)
    tails = _number_tails(lines)

    def may_wrap(upper: Printed, lower: Printed, begun: bool) -> bool:
        begun = begun or (low and ends_numbered(upper, lower))
        return (id(lower) in tails and _is_last_line(upper, lower)) or _may_wrap(upper, lower, room, begun=begun)

    spaced = spaced_rows(lines, may_wrap, _are_one)
    if spaced is not None:
        return [merged(row) for row in spaced]
    return _by_room(_by_words(_by_distance(lines, room)))


def _bands(lines: list[Printed], rules: Sequence[float]) -> list[Printed] | None:
    """One row per band, if nearly every band between two rules holds one line with figures and none holds two."""
    if len(rules) < FEWEST_BANDS:
        return None
    inside = [rule for rule in sorted(rules) if lines and lines[0].centre < rule < lines[-1].centre]
    valued = sum(line.valued for line in lines)
    if len(inside) < max(FEWEST_BANDS, 0.8 * (valued - 1)):
        return None
    bands: list[list[Printed]] = [[]]
    edge = iter([*inside, float("inf")])
    limit = next(edge)
    for line in lines:
        while line.centre > limit:
            bands.append([])
            limit = next(edge)
        bands[-1].append(line)
    if any(sum(line.valued for line in band) > 1 for band in bands):
        return None
    room = room_of(lines)
    return [merged(row) for band in bands if band for row in _below_its_group(band, room)]


def _below_its_group(band: list[Printed], room: Room) -> list[list[Printed]]:
    """The lines between two rules, with the name of a group by itself: what is indented below it as rows are is one.

    Shaded rows in turn have no edge between such a name and the first row, nor between a total and a name below it. A
    known name that had room for the next word is one, and what a total had room for is none of its name.
    """
    upper, lower = band[0], band[min(1, len(band) - 1)]
    above, below = first_box(upper), next((box for line in band[1:] if (box := first_box(line)) is not None), None)
    if above is None or below is None or not any(line.valued for line in band):
        return [band]
    known = is_known_row(upper.label) and len(upper.label.split()) <= 3
    apart = role_of(upper.label) == "total" if upper.valued else known
    apart = apart and not continues(upper.label, lower.label) and had_room(upper, lower, room)
    indented = not upper.valued and below[0] - above[0] > SAME_EDGE and round(below[0]) in room.starts
    return [band[:1], band[1:]] if apart or indented else [band]


def merged(lines: Sequence[Printed]) -> Printed:
    first = lines[0]
    for line in lines[1:]:
        first.take(line)
    return first


def _may_wrap(upper: Printed, lower: Printed, room: Room, *, begun: bool) -> bool:
    """Whether a line may go on with the label of the one above: it does in words, or there was no room on that one.

    ``begun``: the one above goes on with a label itself. A known row that says of what it is is no group's name, nor is
    one with a remark in brackets below it.
    """
    in_words = _continues(upper, lower)
    if not in_words and not lower.valued and is_group_label(lower.label):
        return False
    words = upper.label.split()
    named = len(words) <= (1 if in_words else 3) and not begun and HANGING.isdisjoint(words)
    if named and not upper.valued and not lower.label.startswith("(") and is_known_row(upper.label):
        return False
    alone = begun or (upper.valued and not lower.valued)
    return in_words or _is_hung(upper, lower, room) or has_no_room(upper, lower, room, LOOSE_STEP, begun=alone)


def _is_hung(upper: Printed, lower: Printed, room: Room) -> bool:
    """Whether a line is indented as the others are that go on with the label above them."""
    above, below = first_box(upper), first_box(lower)
    if above is None or below is None or round(below[0]) not in room.hung:
        return False
    return below[0] > above[0] - SAME_EDGE and lower.centre - upper.last < LOOSE_STEP * lower.height


def _are_one(upper: Sequence[Printed], lower: Sequence[Printed]) -> bool:
    """Whether the label of the second row goes on with that of the first in words, and one of them has no figures."""
    before, after = ([line.label for line in row if line.label] for row in (upper, lower))
    both = all(any(line.valued for line in row) for row in (upper, lower))
    return bool(before and after) and not both and continues(before[-1], after[0])


def _by_distance(lines: list[Printed], room: Room) -> list[Printed]:
    """Chains of close lines with one line of figures among them are one row."""
    pitches = [b.centre - a.centre for a, b in pairwise(lines) if a.valued and b.valued and a.label and b.label]
    pitch = median_low(pitches) if len(pitches) >= 2 else None
    low = _end_at_figures(lines)
    chains: list[list[Printed]] = []
    for number, line in enumerate(lines):
        last = chains[-1][-1] if chains else None
        above = low and last is not None and last.valued and line.label != ""
        near = lines[number : number + 2]
        rest = last is not None and (is_rest_of_another(chains, line) or _begins_next(last, near))
        rest = rest or (last is not None and heads_rows(last, line, near[1] if len(near) > 1 else None))
        if last is not None and not above and not rest and _close(last, line, pitch, room):
            chains[-1].append(line)
        else:
            chains.append([line])
    rows: list[Printed] = []
    for chain in chains:
        rows += [merged(chain)] if sum(line.valued for line in chain) <= 1 and len(chain) > 1 else chain
    return rows


def _begins_next(upper: Printed, lines: Sequence[Printed]) -> bool:
    """Whether the first line goes on in words to the figures below, as near as to those above, and not from these."""
    if len(lines) < 2 or not upper.valued or lines[0].valued or not lines[1].valued:
        return False
    line, lower = lines[:2]
    even = abs((line.centre - upper.centre) - (lower.centre - line.centre)) < JUMP * line.height
    return even and not _continues(upper, line) and bool(line.label) and _continues(line, lower)


def _end_at_figures(lines: Sequence[Printed]) -> bool:
    """Whether the figures stand on the last line of each label that goes on in words, of several."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.valued != b.valued and a.label and b.label]
    lasts = [b.valued for a, b in pairs if continues(a.label, b.label)]
    return len(lasts) >= FEWEST_ENDS and all(lasts)


def _close(upper: Printed, lower: Printed, pitch: float | None, room: Room) -> bool:
    """Figures between two lines of their label overlap both; other lines are close against the usual distance.

    A group's name stands close to its first row, too: a label goes on only in words, or where its line had no room.
    """
    if upper.valued and lower.valued:
        return False
    distance = lower.centre - upper.centre
    if (upper.valued and not upper.label) or (lower.valued and not lower.label):
        return distance < 0.95 * max(upper.height, lower.height)
    if pitch is None or distance >= TIGHT * pitch:
        return False
    in_words = _continues(upper, lower)
    if upper.label and lower.label and not (in_words or has_no_room(upper, lower, room)):
        return False
    if not upper.valued and _is_body(upper.label) and not in_words:
        return False
    alone = [line.label for line in (upper, lower) if not line.valued]
    return not any((is_known_row(label) and len(label.split()) <= 3) or label.endswith(":") for label in alone)


def _by_words(lines: list[Printed]) -> list[Printed]:
    rows: list[Printed] = []
    valued = [line for line in lines if line.valued]
    numbered = sum(map(is_numbered, valued)) > 1 and 2 * sum(map(is_numbered, lines)) > len(valued)
    numbered = numbered or are_in_turn(lines)
    tails = _number_tails(lines)
    named = 2 * sum(_is_bare(line.label) for line in valued) < len(valued)
    room = room_of(lines if numbered else ())
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        last = rows[-1] if rows else None
        begun = (
            numbered and last is not None and (is_begun(last, line, after, room) or (named and _is_rest(last, line)))
        )
        begun = begun or (id(line) in tails and last is not None and _is_last_line(last, line))
        if last is None or (line.valued and last.valued) or not (begun or _goes_on(last, line)):
            rows.append(line)
        else:
            last.take(line)
    return rows


def _by_room(rows: list[Printed]) -> list[Printed]:
    """Join labels that wrap and go on with a capital: the next line's first word had no room on the line above.

    A name in the middle of a label goes on; any label does in a table whose labels wrap, if it has no groups or these
    begin further left. One above a line that begins with a dash begins a name or heads a group; so does one that ends
    in a capital in a table with groups where no label is known to wrap: "Kultur, Fritid og Idræt".
    """
    alone = {n for n, row in enumerate(rows) if not row.valued and set(row.cells) == {row.label_column}}
    alone -= {n for n in alone if n + 1 < len(rows) and is_dashed(rows[n + 1].label)}
    if not alone or len(alone) == len(rows):
        return rows
    room = room_of(rows)
    roomless = {n for n in range(1, len(rows)) if has_no_room(rows[n - 1], rows[n], room)}
    places = {place for row in rows if (place := _amounts(row)) is not None}
    low = any(is_numbered_low(row) for row in rows)
    inner = inside_groups(rows, alone, room)
    rest = rest_of_names(rows, alone, inner, room)
    begun = {n + 1 for n in rest if n + 1 < len(rows) and has_no_room(rows[n], rows[n + 1], room, begun=True)}
    grouped = any(n not in roomless or _heads_group(rows[n].label) for n in alone)
    joined = rows[:1]
    for number in range(1, len(rows)):
        last, row = joined[-1], rows[number]
        up = number in alone and last.valued and places <= {"first"}
        down = number - 1 in alone and row.valued and last is rows[number - 1] and "first" not in places
        down = down and (low or not is_numbered(row))
        named = _ends_in_name(last.label) and (up or bool(places) or not grouped or _ends_in_place(last.label))
        sure = named or (bool(places) and not grouped and up) or number - 1 in inner
        sure = sure or (up and _is_number(row.label))
        head = row.label if up else last.label
        told = (number in roomless and sure) or (up and number in rest and (bool(places) or number + 1 not in begun))
        numbers = down and number - 1 in inner and _ends_in_number(head)
        if (up or down) and told and (numbers or not _heads_group(head)):
            last.take(row)
        else:
            joined.append(row)
    return joined


def _heads_group(label: str) -> bool:
    """True for a line without figures that is a row of its own wherever it stands: "Anlæg", "Område 4: Kultur"."""
    known = is_known_row(label) and len(label.split()) <= 3
    return known or _is_body(label) or (any(char in ":–" or char.isdigit() for char in label) and not _is_number(label))


def _is_number(label: str) -> bool:
    """True for a number alone, which names no row: the last word of a name, "Stationsvej", "14", "14B", "12-14"."""
    return label[:1].isdecimal() and _NUMBER.fullmatch(label) is not None


def _ends_in_number(label: str) -> bool:
    """True for what numbers the name that follows it: "Politikområde 2:", "Mål 4:"."""
    return len(label) > 2 and label[-1] == ":" and label[-2].isdigit()


def _is_body(label: str) -> bool:
    """True for a label that ends in the name of a committee or an office."""
    return label.casefold().endswith(("udvalget", "forvaltningen"))


def _amounts(row: Printed) -> str | None:
    """Whether the figures of a wrapped label stand on its first or its last line; None where that is not told."""
    label = row.cells.get(row.label_column, [])
    figures = [piece for column, pieces in row.cells.items() if column > row.label_column for piece in pieces]
    if len(label) < 2 or not figures or not row.valued:
        return None
    middles = [(box[1] + box[3]) / 2 for piece in (figures[0], label[0], label[-1]) if (box := piece.box)]
    if len(middles) < 3:
        return None
    near = [abs(middles[0] - middle) < 0.3 * row.height for middle in middles[1:]]
    return "first" if near[0] else ("last" if near[1] else None)


def _ends_in_name(label: str) -> bool:
    words = label.split()
    return len(words) > 2 and words[-1][:1].isupper() and words[-1][1:2].islower()


def _ends_in_place(label: str) -> bool:
    """True for a label whose last word is a name behind a small word: "Vinduer på Solbakken", not "Fritid og Idræt"."""
    return label.split()[-2].casefold() in HANGING - {"og", "eller", "samt"}


def _is_rest(upper: Printed, lower: Printed) -> bool:
    """Whether a line with a number and figures has nothing but digits for a name, "2026/27": the name's last line."""
    whole = upper.valued or is_numbered(upper) or is_known_row(upper.label) or upper.label.endswith(":")
    near = lower.centre - upper.last < TALLEST_STEP * lower.height
    return near and not whole and is_numbered(lower) and lower.valued and _is_bare(lower.label)


def _number_tails(lines: Sequence[Printed]) -> set[int]:
    """The rows, by their identity, with nothing but a number for a name, which may end the name on the line above.

    The only one with a year, "Pulje", "2031"; and others if all stand below names of two words at least, "Ny Skole",
    "2": rows that are numbered follow each other.
    """
    named = [n for n, line in enumerate(lines) if line.valued and _is_number(line.label)]
    years = [n for n in named if len(lines[n].label) == YEAR and lines[n].label.isdecimal()]
    others = [n for n in named if n not in years]
    if any(not n or lines[n - 1].valued or len(lines[n - 1].label.split()) < 2 for n in others):
        others = []
    return {id(lines[n]) for n in (*(years if len(years) == 1 else ()), *others)}


def _is_last_line(upper: Printed, lower: Printed) -> bool:
    """Whether a row named by a number may be the last line of a name: that has no figures and is right above it."""
    above, below = first_box(upper), first_box(lower)
    if above is None or below is None or upper.valued:
        return False
    near = lower.centre - upper.last < NEXT_LINE * lower.height and abs(above[0] - below[0]) < SAME_EDGE
    heads = not upper.label[0].isdigit() and (is_known_row(upper.label) or _is_body(upper.label))
    return near and not heads


def _is_bare(label: str) -> bool:
    return label != "" and not any(map(str.isalpha, label))


def _goes_on(upper: Printed, lower: Printed) -> bool:
    if lower.centre - upper.last > FARTHEST * lower.height:
        return False
    if not lower.label:
        return lower.valued and not upper.valued and not is_known_row(upper.label)
    return _continues(upper, lower)


def _continues(upper: Printed, lower: Printed) -> bool:
    """Whether a label goes on with the one above, by its words; a unit in brackets beside figures is no name."""
    unit = lower.valued and not upper.valued and lower.label[:1] == "(" and is_statement(lower.label)
    unit = unit and not upper.label.endswith(":") and upper.label != ""
    return unit or _is_summed(upper, lower) or continues(upper.label, lower.label)


def _is_summed(upper: Printed, lower: Printed) -> bool:
    """Whether "i alt" with a small letter is the second line of a name: its row has figures on one of the two."""
    near = lower.centre - upper.last < NEXT_LINE * lower.height
    return near and upper.label != "" and upper.valued != lower.valued and lower.label == "i alt"
