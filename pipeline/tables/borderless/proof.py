"""Whether a block of lines in columns is a table: not a list, a form, a table of contents, a chart, or prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.tables.borderless.heads import Rule
from pipeline.tables.borderless.shapes import has_leaders, is_price, is_prosy, is_tabular
from pipeline.tables.borderless.wrapping import Printed
from pipeline.tables.content.cells import TEXT_KIND, read_cell
from pipeline.tables.content.found import Heads
from pipeline.tables.content.units import unit_note
from pipeline.tables.layout.words import PageLine, Segment

FILLED = 0.34
"""Of at least four columns, so large a share of the places holds something; labels of a chart hold less."""
KEPT = 0.6
"""So large a share of a column's cells begins, ends or is centred in one place."""
SAME = 0.4
WITHOUT_HEADS = 8
"""So many full rows of three columns and more are a table without a heading."""
FEWEST_BARS = 4
READS_ON = 0.4
RULED = 3
"""Rules above and below its heading and below its last row tell a table of words, whatever figures stand in it."""
UNITS = ("pr.", "stk", "kr.")
"""What a price is of begins so, row by row: "pr. time"."""
ANSWERS = frozenset({"ja", "nej", "yes", "no", "oui", "non", "nein"})
PAGES = frozenset({"side", "sider", "s", "page", "pages", "p", "pp", "seite", "seiten", "sida", "sivu"})
"""What heads the numbers of pages."""
_DAY = re.compile(r"\d{1,2}[-./]\s?(?:\d{1,2}|[a-zæøå]+)[-./]?\s?\d{4}", re.IGNORECASE)
NAMED = 0.3
"""Where so large a share of the lines are names with colons, the others are what is filled in below them."""


def is_table(
    printed: Sequence[Printed],
    rows: Sequence[Printed],
    heads: Sequence[PageLine],
    body: Sequence[PageLine],
    extents: Heads,
    rules: Sequence[Rule],
) -> bool:
    """``printed`` and ``body``: the lines below the heading, as cells and as printed; ``rows``: what they make."""
    full = [line for line in printed if len(line.cells) > 1]
    if len(full) < 2 - bool(heads and rules):
        return False
    columns = {column for line in printed for column in line.cells}
    if len(columns) < 2 or _reads_on(rows) or _is_list(full) or _is_form(full) or _is_contents(full, heads, body):
        return False
    if len(extents) == 2 and _is_filled_in([*heads, *body]):
        return False
    if len(extents) >= 4 and sum(len(line.cells) for line in full) < FILLED * len(extents) * len(full):
        return False
    if _has_bars(rules):
        return False
    ruled = len({round(y) for y, x0, x1 in rules if x1 - x0 > 0.5 * (extents[-1][1] - extents[0][0])})
    valued = [line for line in full if line.valued]
    if 2 * len(valued) >= len(full):
        proven = _figures_prove(valued, heads, body, extents, ruled)
        if proven or ruled < RULED:
            return proven
    return _words_prove([row for row in rows if len(row.cells) > 1], heads, body, extents, ruled)


def _figures_prove(
    valued: Sequence[Printed], heads: Sequence[PageLine], body: Sequence[PageLine], extents: Heads, ruled: int
) -> bool:
    if not _in_columns(body, extents):
        return False
    twice = sum(sum(_is_figure(line, c) for c in line.cells if c) >= 2 for line in valued)
    headed = any(len(line.segments) > 1 for line in heads)
    labels = sum(not _is_figure(line, min(line.cells)) or (headed and _is_numbered(line)) for line in valued)
    if twice >= 2 and (labels >= 2 or ruled >= 2 or heads):
        return True
    if len(valued) < 2:
        return False
    said = any(unit_note(s.text) for line in heads for s in line.segments)
    return labels >= 2 and (
        said or _is_dense(valued, extents) or (ruled >= 1 and len(valued) >= 3) or (headed and len(valued) >= 3)
    )


def _is_numbered(line: Printed) -> bool:
    """Whether a number stands before the name of a row and its figure: "1", "Nordby", "73.073"."""
    columns = sorted(line.cells)
    return len(columns) > 2 and _is_figure(line, columns[-1]) and not _is_figure(line, columns[1])


def _words_prove(
    full: Sequence[Printed], heads: Sequence[PageLine], body: Sequence[PageLine], extents: Heads, ruled: int
) -> bool:
    if not _in_columns(body, extents) or sum(is_tabular(line) for line in body) < 2:
        return False
    headed = any(len(line.segments) > 1 for line in heads)
    if len(extents) == 2:
        prosy = sum(is_prosy(s) for line in body for s in line.segments)
        few = ruled >= 2 and len(full) >= 2
        if headed and not ruled:
            return _explains(full, heads)
        return headed and (few or (ruled >= 1 and len(full) >= 4)) and 3 * prosy <= 2 * len(body)
    most = sum(len(line.cells) >= 3 for line in full)
    headed = headed or _is_dense(full, extents)
    return headed and (len(full) >= 3 or ruled >= 2) and 2 * most >= len(full) and most >= 2


def _explains(full: Sequence[Printed], heads: Sequence[PageLine]) -> bool:
    """Whether names or days stand beside what they mean, below two short headings: nothing else than that is drawn."""
    if len(full) < 5 or any(s.count > 2 for line in heads for s in line.segments):
        return False
    pairs = [[" ".join(p.text for p in pieces).split() for pieces in row.cells.values()] for row in full]
    long = sum(len(cells[-1]) >= 3 for cells in pairs)
    return long >= 0.8 * len(full) and all(len(cells[0]) <= 3 and cells[0][-1][-1] != ":" for cells in pairs)


def _is_dense(full: Sequence[Printed], extents: Heads) -> bool:
    """Whether many rows of three columns and more have hardly a blank: they need no heading."""
    filled = sum(len(line.cells) for line in full)
    return len(extents) >= 3 and len(full) >= WITHOUT_HEADS and filled >= 0.9 * len(extents) * len(full)


def _has_bars(rules: Sequence[Rule]) -> bool:
    """Whether the edges of filled boxes begin in one place and end in others, as the bars of a chart do."""
    ends: dict[int, set[int]] = {}
    for _, x0, x1 in rules:
        ends.setdefault(round(x0), set()).add(round(x1 / 3))
    return any(len(found) >= FEWEST_BARS for found in ends.values())


def _reads_on(rows: Sequence[Printed]) -> bool:
    """Whether texts go on from row to row, as lines of prose do and cells do not.

    A row with two figures behind its name is none of prose, however the units in it begin: "pr. time". Nor goes a
    word on that stands alone in its cell, and again in its column: "yes", "no".
    """
    pairs = 0
    going: list[tuple[int, str]] = []
    for upper, lower in pairwise(rows):
        if sum(_is_figure(lower, column) for column in lower.cells if column) > 1:
            continue
        for column, pieces in lower.cells.items():
            text = pieces[0].text
            if column in upper.cells and len(text) > 1 and not text[0].isdigit():
                pairs += 1
                if text[0].islower() and text[1].islower() and not text.startswith(UNITS):
                    going.append((column, " ".join(piece.text for piece in pieces)))
    if pairs < 2 or len(going) <= READS_ON * pairs:
        return False
    often = Counter(going)
    return sum(often[cell] == 1 or " " in cell[1] for cell in going) > READS_ON * pairs


def _is_figure(line: Printed, column: int) -> bool:
    text = " ".join(piece.text for piece in line.cells[column])
    return read_cell(text).kind is not TEXT_KIND or is_price(text)


def _first(line: Printed) -> str:
    return line.cells[min(line.cells)][0].text


def _is_list(full: Sequence[Printed]) -> bool:
    """Marks or counted numbers, and one text beside each."""
    marked = sum(len(line.cells) == 2 and _is_mark(_first(line)) for line in full)
    return 2 * marked > len(full)


def _is_mark(text: str) -> bool:
    if len(text) > 5:
        return False
    return text[-1:] in ".)" or not (text[:1].isdigit() or text[-1:].isalnum())


def _is_form(full: Sequence[Printed]) -> bool:
    """A name with a colon, and what is filled in beside it; or lines of names with colons over what is filled in."""
    named = sum(len(line.cells) == 2 and _first(line).rstrip().endswith(":") for line in full)
    over = sum(all(pieces[-1].text.endswith(":") for pieces in line.cells.values()) for line in full)
    return 2 * named >= len(full) or (over > 1 and over >= NAMED * len(full))


def _is_filled_in(lines: Sequence[PageLine]) -> bool:
    """Whether answers or blanks to write on stand behind names, and days or amounts with their unit behind others."""
    filled = [line.segments[-1].text.rstrip(".") for line in lines if len(line.segments) == 2]
    answers = sum(text.casefold() in ANSWERS or has_leaders(text) for text in filled)
    if not answers or answers == len(filled):
        return False
    others = sum(_DAY.fullmatch(text) is not None or read_cell(text).unit is not None for text in filled)
    return others > 0 and answers + others > 1


def _is_contents(full: Sequence[Printed], heads: Sequence[PageLine], body: Sequence[PageLine]) -> bool:
    """Titles with page numbers that only grow, and no other figures between."""
    last = [line.cells[max(line.cells)][-1].text for line in full if len(line.cells) <= 3 and not _has_two(line)]
    numbers = [int(text) for text in last if text.isdigit() and len(text) <= 4]
    if len(numbers) < 0.8 * len(full) or numbers != sorted(numbers) or len(set(numbers)) < 0.5 * len(numbers):
        return False
    if len(numbers) < 3:
        return False
    if any(line.segments[-1].text.casefold().rstrip(".") in PAGES for line in heads):
        return True
    led = sum(has_leaders(line.text) for line in body)
    return 2 * led > len(body) or (numbers[-1] <= 2000 and all(len(line.segments) <= 2 for line in heads))


def _has_two(line: Printed) -> bool:
    """Whether two figures stand behind a name."""
    _, *others = sorted(line.cells)
    return len(others) > 1 and all(_is_figure(line, column) for column in others)


def _in_columns(body: Sequence[PageLine], extents: Heads) -> bool:
    """Whether the columns, on the whole, keep an edge or their middle."""
    columns: list[list[Segment]] = [[] for _ in extents]
    for line in body:
        for s in line.segments:
            over = [n for n, (x0, x1) in enumerate(extents) if s.x0 < x1 and x0 < s.x1]
            if len(over) == 1:
                columns[over[0]].append(s)
    kept, whole = 0.0, 0
    for column in columns:
        if len(column) < 2:
            continue
        height = column[0].box[3] - column[0].box[1]
        places = ([s.x0 for s in column], [s.x1 for s in column], [(s.x0 + s.x1) / 2 for s in column])
        kept += max(_most_alike(values, SAME * height) for values in places)
        whole += len(column)
    return whole > 0 and kept >= KEPT * whole


def _most_alike(values: Sequence[float], within: float) -> int:
    """How many of the values lie within a distance of one of them, at most."""
    ordered = sorted(values)
    best, low = 0, 0
    for high, value in enumerate(ordered):
        while value - ordered[low] > 2 * within:
            low += 1
        best = max(best, high - low + 1)
    return best
