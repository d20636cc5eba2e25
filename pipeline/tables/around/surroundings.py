"""What the lines around a table and its title cells say of all its figures: unit, price level, signs, caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.model import Unit
from pipeline.tables.around.breaks import begins_proposal
from pipeline.tables.around.moneytables import is_of_money
from pipeline.tables.around.statements import CAPTION, ends_sentence, runs, stated_unit, tells_unit
from pipeline.tables.around.titledunits import titled_unit
from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid, GridCell, TextLine, union
from pipeline.tables.content.labels import Measure, measure_of, speaks_of_money
from pipeline.tables.content.levels import level_spans, price_level
from pipeline.tables.content.naming import heads_labels
from pipeline.tables.content.pricelevels import table_level
from pipeline.tables.content.rows import is_footnote, is_prose
from pipeline.tables.content.units import (
    KEPT,
    UnitNote,
    begins_unit,
    ends_scaled,
    is_sign_note,
    is_statement,
    last_statement,
    told_units,
    unit_note,
    without_signs,
)

LONGEST_NOTE = 160
NEAR = 3
"""A line that says what a table counts stands at most so many lines above it."""
_SAID = re.compile(
    r"\s*(?:(?:her|nedenfor|herunder)\s(?:er|ses|følger|vises)\s)?(?:(?:alle\s+)?tabel(?:len|ler|lerne)?\s(?:er|viser)\b|"
    r"\(?\s*(?:alle\s+)?(?:beløb(?:ene)?|tal(?:lene)?|hele)\b|\(?\s*i\s|note\b|anm|enhed\b|kr\b|mio|1[. ]?000)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\((?:i\s)?(?:%|pct\.?|procent|antal|stk\.?|indeks|timer|promille)\)", re.IGNORECASE)
_STOP = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ])")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t+")
_RATES = re.compile(
    r"(?:^|\.\s|\balle\s)\s*(?P<noun>takst|pris|sats|gebyr)(?:er|erne|ser|serne)?\s+(?:er\s|angives\s|vises\s)(?:\w+\s)?i\s",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Surroundings:
    """``units`` are the distinct units stated; ``used`` the lines that belong to the table, ``said`` its titles too.

    ``people``: what the table counts, where one of the lines right above says so and no unit is nearer.
    """

    units: list[Unit] = field(default_factory=list)
    price_level: int | None = None
    sign_note: str | None = None
    caption: str | None = None
    used: list[TextLine] = field(default_factory=list)
    said: list[TextLine] = field(default_factory=list)
    people: Measure = "unsaid"

    @property
    def unit(self) -> Unit | None:
        return self.units[0] if len(self.units) == 1 else None


def look_around(grid: Grid, layout: Layout, default: Unit | None) -> Surroundings:
    """Reads titles first, then the lines above (nearest first), then those below.

    Of the lines above only the nearest that states a unit counts: a farther one speaks of another table.
    """
    found = Surroundings()
    inside = _look_inside(found, grid, layout)
    shares = not found.units and _counts_percent(grid, layout)
    if shares:
        found.people = "percent"
    _look_above(found, _units_whole(grid.above))
    if not found.units and found.people == "unsaid":
        _add_unit(found, _unit_of_rates(grid, layout))
    known = len(found.units)
    _look_below(found, grid.below)
    if shares:
        del found.units[known:]
    elif found.people != "unsaid" and len(found.units) > known:
        found.people = "unclear"
    if not found.units and all(c.unit is not None for c in layout.columns if c.heading.year is not None):
        _add_column_unit(found, layout)
    if not found.units and found.people == "unsaid":
        _add_titled_unit(found, grid.above)
    stated = grid.stated() if not found.units and grid.stated is not None else None
    if stated is not None and _add_unit(found, unit_note(stated.text)):
        inside.append(stated)
    if not found.units and layout.has_years:
        _add_column_unit(found, layout)
    if (
        not found.units
        and default is not None
        and found.people == "unsaid"
        and is_of_money(grid, layout, over(grid, layout), default)
    ):
        found.units.append(default)
    found.said = [*inside, *found.used]
    near = [line.text for line in (*grid.above[-NEAR:], *grid.below[:NEAR])]
    found.price_level = table_level([piece.text for piece in found.said], near, layout.columns)
    found.sign_note = found.sign_note or next((piece.text for piece in inside if is_sign_note(piece.text)), None)
    return found


def _look_inside(found: Surroundings, grid: Grid, layout: Layout) -> list[TextLine]:
    """Adds the units that titles and lone cells of the grid state; gives the pieces that were read."""
    inside = [piece for cell in layout.titles for piece in cell.pieces]
    for cell in layout.titles:
        text = _from_scale(grid, cell)
        _add_unit(found, stated_unit(text) or _stated_on_a_line(cell) or _stated_behind_name(text))
    loose = [row[0] for n, row in enumerate(grid.rows) if n not in layout.headings and len(row) == 1]
    for cell in loose:
        if _SAID.match(cell.text) or CAPTION.match(cell.text) or is_sign_note(cell.text) or is_statement(cell.text):
            _add_unit(found, stated_unit(_from_scale(grid, cell)))
            inside += cell.pieces
    return inside


def _add_titled_unit(found: Surroundings, above: Sequence[TextLine]) -> None:
    told = titled_unit([line.text for line in above])
    if told is not None and _add_unit(found, told[1]):
        found.used.append(above[told[0]])


def _counts_percent(grid: Grid, layout: Layout) -> bool:
    """Whether "Pct." alone stands in the heading over the names: all figures of the table are shares.

    The layout may be that of the table with its rows and columns exchanged: what heads its names is the same cell.
    """
    over = (cell for cell in grid.cells() if cell.row in layout.headings and cell.column in layout.labels)
    return any(piece.text.strip("() .").casefold() in _SHARES for cell in over for piece in cell.pieces)


def _from_scale(grid: Grid, cell: GridCell) -> str:
    """The text of a cell, behind that of the one above where this ends in "1.000": "kr." alone is another unit."""
    above = [c.text for c in grid.rows[cell.row - 1] if c.column == cell.column] if cell.row else []
    return f"{above[0]} {cell.text}" if above and ends_scaled(above[0]) else cell.text


def _stated_on_a_line(cell: GridCell) -> UnitNote | None:
    """The unit that is one line of a heading of several: "Titel", "millioner kr."."""
    lines = [piece.text for piece in cell.pieces] if len(cell.pieces) > 1 else []
    return next((unit_note(line) for line in lines if is_statement(line) and unit_note(line) is not None), None)


def _stated_behind_name(text: str) -> UnitNote | None:
    """The unit behind the heading of names, "Overskrift kr."; None behind words that head no names."""
    words = text.split()
    for count in range(1, len(words)):
        unit = " ".join(words[count:])
        if heads_labels(" ".join(words[:count])) and is_statement(unit):
            return unit_note(unit)
    return None


def _unit_of_rates(grid: Grid, layout: Layout) -> UnitNote | None:
    """The unit in a sentence "Alle takster er i kr. …" over a table whose columns are headed "Takst"."""
    headed = " ".join(column.heading.text for column in layout.columns).casefold()
    for line in reversed(grid.above):
        match = _RATES.search(line.text)
        if match is not None:
            return unit_note(line.text[match.start() :].lstrip(". ")) if match["noun"].casefold() in headed else None
    return None


def _add_column_unit(found: Surroundings, layout: Layout) -> None:
    """The one unit that stands over columns of years, for the columns beside them."""
    stated = [c.unit for c in layout.columns if c.unit is not None and c.heading.year is not None]
    for note in stated:
        _add_unit(found, note)
    if len(found.units) > 1:
        found.units.clear()


def over(grid: Grid, layout: Layout) -> list[str]:
    """The titles in a table and the lines right over it, up to the first of running text."""
    said = [cell.text for cell in layout.titles]
    for line in reversed(grid.above[-NEAR:]):
        if is_prose(line.text) and CAPTION.match(line.text) is None:
            break
        said.append(line.text)
    return said


def _add_unit(found: Surroundings, note: UnitNote | None) -> bool:
    if note is None:
        return False
    for told in told_units(note.unit.text) or [note.unit]:
        if all((unit.factor, unit.currency) != (told.factor, told.currency) for unit in found.units):
            found.units.append(told)
    return True


def _units_whole(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those of one unit joined: "Beløb i", "1.000", "kr.", of which the last alone is another unit.

    So is the sentence that ends in a unit in brackets: "Virkningen fremgår herunder (i", "1.000 kr.).".
    """
    whole: list[TextLine] = []
    for line in lines:
        last = whole[-1] if whole else None
        text = f"{last.text} {line.text}" if last is not None and begins_unit(last.text) else line.text
        if last is not None and text != line.text and (begins_unit(text) or is_statement(text)):
            whole[-1] = TextLine(text, (*last.spans, *line.spans), line.page, union([last.box, line.box]) or line.box)
        elif last is not None and (told := _told_on_two(last.text, line.text)) is not None:
            whole.append(TextLine(told, line.spans, line.page, line.box))
        else:
            whole.append(line)
    return whole


def _told_on_two(upper: str, lower: str) -> str | None:
    """The last sentence of a line, where the bracket that it ends in is a unit and closes at the end of the next."""
    opened = upper.rfind("(")
    if opened < upper.rfind(")") or opened < 0 or ")" not in lower or lower.rpartition(")")[2].strip(" .:"):
        return None
    if not is_statement(f"{upper[opened:]} {lower}"):
        return None
    start = max((stop.end() for stop in _STOP.finditer(upper, 0, opened)), default=0)
    return f"{upper[start:]} {lower}"


def _look_above(found: Surroundings, lines: list[TextLine]) -> None:
    seen_unit = False
    for distance, printed in enumerate(reversed(lines)):
        line = _stating(printed)
        before = lines[-distance - 2].text if distance + 1 < len(lines) and line is printed else ""
        corner = _corner_unit(line.text) if distance < NEAR else None
        if corner is None and (_is_running(line.text) or runs(line.text, before)):
            break
        note = None if seen_unit else corner or unit_note(line.text)
        caption = found.caption is None and CAPTION.match(line.text) is not None
        near = distance < NEAR and not found.units and found.people == "unsaid"
        near = near and not ends_sentence(line.text, before)
        people = people_said(line.text) if near else "unsaid"
        if near and people == "unsaid" and _OTHER.search(line.text) and unit_note(line.text) is None:
            people = measure_of(line.text, heading=True)
        if people != "unsaid":
            found.people = people
        if note is not None:
            seen_unit = _add_unit(found, note)
        if is_sign_note(line.text) and found.sign_note is None:
            found.sign_note = line.text
        elif caption:
            found.caption = line.text
        elif note is None and price_level(line.text) is None and people not in {"fte", "position"}:
            continue
        found.used.append(line)
        if caption and not found.units and line is printed:
            _look_over_caption(found, before, lines[: -distance - 1])
        if caption or line is not printed:
            break


def _look_over_caption(found: Surroundings, text: str, above: Sequence[TextLine]) -> None:
    """The unit right above a caption, if the line says nothing else: "Beløb i 1.000 kr.", then "Tabel 2. Økonomi"."""
    note = stated_unit(text, above[-2].text if len(above) > 1 else "") if is_statement(without_signs(text)) else None
    if note is not None and found.people == "unsaid" and _add_unit(found, note):
        found.used.append(above[-1])


def _is_running(text: str) -> bool:
    """Whether a line is running text, which says nothing of the table below it."""
    return len(text) > LONGEST_NOTE or (is_prose(without_signs(text)) and not is_told(text))


def _corner_unit(text: str) -> UnitNote | None:
    """The unit that begins a line of headings of a text, parted from these: "1.000 kr.   Budget   Overslag"."""
    corner, *others = _WIDE.split(text.strip())
    words = others and all(read_cell(text).kind is Kind.TEXT for text in others)
    return unit_note(corner) if words and is_statement(corner) else None


def is_told(text: str) -> bool:
    """Whether a sentence speaks of a table's amounts, or of its rates: "Alle takster er i kr. og inkl. moms, …"."""
    if _SAID.match(text) is not None or tells_unit(text):
        return True
    rates = _RATES.search(text)
    note = unit_note(text) if rates is not None else None
    return rates is not None and note is not None and text[rates.end() : note.start].strip() in {"", "hele"}


def _stating(line: TextLine) -> TextLine:
    """The last sentence of a line, where that states a unit and the line says other things before it."""
    start = last_statement(line.text)
    if start is None:
        return line
    (first, last), *others = line.spans
    told = not others and last - first == len(line.text)
    return TextLine(line.text[start:], ((first + start, last),) if told else line.spans, line.page, line.box)


def _look_below(found: Surroundings, lines: list[TextLine]) -> None:
    for number, line in enumerate(lines):
        text = line.text
        if is_footnote(text):
            continue
        if runs(text, lines[number - 1].text if number else ""):
            break
        caption = found.caption is None and CAPTION.match(text) is not None and line is lines[0]
        said = _SAID.match(text) is not None
        note = unit_note(text) if said else None
        if note is not None and found.units and CAPTION.match("".join(x.text for x in lines[number + 1 : number + 2])):
            break  # it is the unit of the table whose caption follows
        if is_sign_note(text) and found.sign_note is None:
            found.sign_note = text
        elif not (said or caption or (price_level(text) is not None and len(text) < 60)):
            break
        if caption:
            found.caption = text
        _add_unit(found, note)
        found.used.append(line)


_SHARES = frozenset({"pct", "%", "procent"})
_PEOPLE = re.compile(
    r"(?:(?:tabel|skema|oversigt)\s?[\dA-Z]{1,3}[.:]?\s)?(?:personale\w*[,:]?\s)?(?:(?:ændring(?:er)?|udvikling)\si\s)?"
    r"(?:antal(?:let)?\s(?:af\s)?)?(?:årsværk|helårsværk|fuldtids\w{6,14}|helårsstillinger|stillinger)(?:\s?\(.{0,30}\))?[.:]?",
    re.IGNORECASE,
)
_COUNTED_PEOPLE = re.compile(
    r"\bantal(?:let af)?\s(?:\w+\s)?(?:årsværk|fuldtids\w+|helårs\w+|stillinger)\b", re.IGNORECASE
)
_PEOPLE_LAST = re.compile(
    r"(?:\((?:i\s|antal\s)?(?:årsværk|helårsværk|fuldtids\w{6,14}|helårsstillinger|stillinger)\)|"
    r"(?:[,:–-]\s|\si\s)(?:i\s|antal\s)?(?:årsværk|helårsværk|fuldtids\w{6,14}|helårsstillinger))[.:]?$",
    re.IGNORECASE,
)
"""What a title counts: "Personale (årsværk)", "Normering i dagtilbud, årsværk", "Bemanding opgjort i årsværk"."""
_PERSONNEL = re.compile(r"(?:\d[\d.]*\s)?(?:personale|stilling|årsværk|normering|bemanding)\w*\b", re.IGNORECASE)


def people_said(text: str) -> Measure:
    """Whether a line over a table says that it counts people: "Antal årsværk". ``unclear``: a heading on personnel."""
    if len(text) > 90 or unit_note(text) is not None or read_cell(text).kind is not Kind.TEXT:
        return "unsaid"
    if (
        _PEOPLE.fullmatch(text.strip())
        or (_PEOPLE_LAST.search(text.strip()) and (text.strip(" .:").endswith(")") or not speaks_of_money(text)))
        or (_COUNTED_PEOPLE.search(text) and not is_prose(text))
    ):
        said = measure_of(text, heading=True)
        return said if said in {"fte", "position"} else "fte"
    return "unclear" if _PERSONNEL.match(text) and len(text.split()) <= 4 else "unsaid"


_NOTE = re.compile(r"(?:note|anm(?:ærkning)?)(?:er|\s\d{1,2})?[.:)]*\s", re.IGNORECASE)


def tells_figures(text: str) -> bool:
    """Whether a note on a table says a figure of its own: "Note: Merforbruget er 6,2 mio. kr.". A unit is none."""
    mark = _NOTE.match(text)
    if mark is None or is_sign_note(text):
        return False
    note = unit_note(text)
    stated = [(0, mark.end()), *level_spans(text), *([(note.start, note.end)] if note is not None else [])]
    return any(char.isdigit() and not any(a <= n < b for a, b in stated) for n, char in enumerate(text))


def is_other(text: str) -> bool:
    """True for a line with which no table goes on: a unit, a price level, a caption, a count of people, a proposal."""
    return is_context(text) or people_said(text) in {"fte", "position"} or begins_proposal(text)


@lru_cache(maxsize=KEPT)
def is_context(text: str) -> bool:
    """True for a line that speaks of a table and is no row of it: a unit, a price level, a note on signs, a caption."""
    said = unit_note(text) is not None or (price_level(text) is not None and len(text) < 40)
    return said or is_sign_note(text) or CAPTION.match(text) is not None or text.casefold().startswith(("note", "anm"))
