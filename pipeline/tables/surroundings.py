"""What the lines around a table and its title cells say of all its figures: unit, price level, signs, caption."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.model import Unit
from pipeline.tables.breaks import begins_proposal
from pipeline.tables.cells import Kind, read_cell
from pipeline.tables.columns import Layout
from pipeline.tables.grid import Grid, TextLine
from pipeline.tables.labels import Measure, is_rate, measure_of, role_of, speaks_of_money
from pipeline.tables.pricelevels import table_level
from pipeline.tables.rows import is_footnote, is_prose
from pipeline.tables.statements import ends_sentence, runs, stated_unit, tells_unit
from pipeline.tables.units import (
    UnitNote,
    holds_unit,
    is_sign_note,
    is_statement,
    last_statement,
    price_level,
    price_levels,
    unit_note,
)

LONGEST_NOTE = 160
NEAR = 3
"""A line that says what a table counts stands at most so many lines above it."""
FAR = 1000
"""A unit so many characters before the next table is not said of that table alone."""
_CAPTION = re.compile(r"(?:tabel|oversigt|skema|figur|bilag|tab\.)\s?[\dA-Z]{1,3}(?:[.:\-–)]|\s|$)", re.IGNORECASE)
_SAID = re.compile(
    r"\s*(?:(?:alle\s+)?tabel(?:len|ler|lerne)?\s(?:er|viser)\b|"
    r"\(?\s*(?:alle\s+)?(?:beløb|tal|hele)\b|\(?\s*i\s|note\b|anm|enhed\b|kr\b|mio|1[. ]?000)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\((?:i\s)?(?:%|pct\.?|procent|antal|stk\.?|indeks|timer|promille)\)", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d(?!\d))\d[\d.,]*")
_HEAD = re.compile(r"(?<![\w.])(?:19|20)\d\d(?:[\s|]+(?:19|20)\d\d)+\W*$")
"""A line of years, which heads one table: the unit in it is not said of the others."""
_ALL_TABLES = re.compile(
    r"\b(?:alle\s+(?:tabeller|oversigter|skemaer)|(?:tabellerne|oversigterne)\s+er)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_TABLED = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\d.,])|(?:^|[\s|])[(−–+-]?\d[\d.,]*[)−–-]?(?=\s*(?:$|\|))")
"""A year anywhere, or a figure at the end of a cell: two of them make a line of a table."""
_RATES = re.compile(
    r"(?:^|\.\s|\balle\s)\s*(?P<noun>takst|pris|sats|gebyr)(?:er|erne|ser|serne)?\s+(?:er\s|angives\s|vises\s)(?:\w+\s)?i\s",
    re.IGNORECASE,
)
_ALL_AMOUNTS = re.compile(r"[aA](?<!\w.)(?i:lle\s+(?:beløb|tal)\b)")


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
    inside = [piece for cell in layout.titles for piece in cell.pieces]
    for cell in layout.titles:
        _add_unit(found, stated_unit(cell.text))
    loose = [row[0] for n, row in enumerate(grid.rows) if n not in layout.headings and len(row) == 1]
    for cell in loose:
        if _SAID.match(cell.text) or _CAPTION.match(cell.text) or is_sign_note(cell.text) or is_statement(cell.text):
            _add_unit(found, stated_unit(cell.text))
            inside += cell.pieces
    _look_above(found, grid.above)
    if not found.units and found.people == "unsaid":
        _add_unit(found, _unit_of_rates(grid, layout))
    known = len(found.units)
    _look_below(found, grid.below)
    if found.people != "unsaid" and len(found.units) > known:
        found.people = "unclear"
    stated = grid.stated() if not found.units and grid.stated is not None else None
    if stated is not None and _add_unit(found, unit_note(stated.text)):
        inside.append(stated)
    if not found.units and layout.has_years:
        _add_column_unit(found, layout)
    if not found.units and default is not None and found.people == "unsaid" and _is_of_money(grid, layout):
        found.units.append(default)
    found.said = [*inside, *found.used]
    near = [line.text for line in (*grid.above[-NEAR:], *grid.below[:NEAR])]
    found.price_level = table_level([piece.text for piece in found.said], near, layout.columns)
    found.sign_note = found.sign_note or next((piece.text for piece in inside if is_sign_note(piece.text)), None)
    return found


def _unit_of_rates(grid: Grid, layout: Layout) -> UnitNote | None:
    """The unit in a sentence "Alle takster er i kr. …" over a table whose columns are headed "Takst"."""
    headed = " ".join(column.heading.text for column in layout.columns).casefold()
    for line in reversed(grid.above):
        match = _RATES.search(line.text)
        if match is not None:
            return unit_note(line.text[match.start("noun") :]) if match["noun"].casefold() in headed else None
    return None


def _add_column_unit(found: Surroundings, layout: Layout) -> None:
    """The one unit that stands over columns of years, for the columns beside them."""
    stated = [c.unit for c in layout.columns if c.unit is not None and c.heading.year is not None]
    for note in stated:
        _add_unit(found, note)
    if len(found.units) > 1:
        found.units.clear()


def _is_of_money(grid: Grid, layout: Layout) -> bool:
    """Whether a table whose unit is not said is one of money: by its price level or caption, a column, or a row."""
    said = [text for text in over(grid, layout) if unit_note(text) is None]
    if any(measure_of(text, heading=True) in {"percent", "count", "hours", "unclear"} for text in said):
        return False
    if any(price_levels(text) or (_CAPTION.match(text) and speaks_of_money(text)) for text in said):
        return True
    if any(column.heading.role in {"budget", "actual"} for column in layout.columns):
        return True
    labels = [cell.text for cell in grid.cells() if cell.column in layout.labels and cell.row not in layout.headings]
    return any(role_of(text) not in {None, "total"} for text in labels)


def over(grid: Grid, layout: Layout) -> list[str]:
    """The titles in a table and the lines right over it, up to the first of running text."""
    said = [cell.text for cell in layout.titles]
    for line in reversed(grid.above[-NEAR:]):
        if is_prose(line.text) and _CAPTION.match(line.text) is None:
            break
        said.append(line.text)
    return said


def _add_unit(found: Surroundings, note: UnitNote | None) -> bool:
    if note is None:
        return False
    if all((unit.factor, unit.currency) != (note.unit.factor, note.unit.currency) for unit in found.units):
        found.units.append(note.unit)
    return True


def _look_above(found: Surroundings, lines: list[TextLine]) -> None:
    seen_unit = False
    for distance, printed in enumerate(reversed(lines)):
        line = _stating(printed)
        before = lines[-distance - 2].text if distance + 1 < len(lines) and line is printed else ""
        if len(line.text) > LONGEST_NOTE or (is_prose(line.text) and not _is_told(line.text)):
            break
        if runs(line.text, before):
            break
        note = None if seen_unit else unit_note(line.text)
        caption = found.caption is None and _CAPTION.match(line.text) is not None
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
        if caption or line is not printed:
            break


def _is_told(text: str) -> bool:
    """Whether a sentence speaks of a table's amounts."""
    return _SAID.match(text) is not None or tells_unit(text)


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
        caption = found.caption is None and _CAPTION.match(text) is not None and line is lines[0]
        said = _SAID.match(text) is not None
        note = unit_note(text) if said else None
        if is_sign_note(text) and found.sign_note is None:
            found.sign_note = text
        elif not (said or caption or (price_level(text) is not None and len(text) < 60)):
            break
        if caption:
            found.caption = text
        _add_unit(found, note)
        found.used.append(line)


@dataclass(frozen=True, slots=True)
class DocumentUnit:
    """The one unit that a document states. ``everywhere``: it is said of all amounts, or once of no table right below.

    ``places`` and ``tabled``: where the lines end that state it, and those of tables. The unit over one table is not
    that of another one with a heading of its own.
    """

    unit: Unit | None
    everywhere: bool
    places: Sequence[int] = ()
    tabled: Sequence[int] = ()

    def over(self, start: int) -> Unit | None:
        """The unit of a table that begins at a place in the text and states none."""
        last = bisect_right(self.places, start) - 1
        first = last >= 0 and self._next(self.places[last]) >= start
        return self.unit if self.everywhere or first else None

    def _next(self, place: int) -> float:
        """Where the first line of a table after a place ends."""
        at = bisect_right(self.tabled, place)
        return self.tabled[at] if at < len(self.tabled) else float("inf")

    def is_loose(self, text: str) -> bool:
        """Whether it is stated somewhere with no table on the next three lines that are not blank."""
        for place in self.places:
            end = self._next(place)
            if end > place + FAR or sum(bool(line.strip()) for line in text[place : int(end)].split("\n")) > NEAR:
                return True
        return False


def document_unit(text: str) -> DocumentUnit:
    """The unit of a sentence on "alle beløb", else the one that headings and notes on tables state; None for two."""
    said = []
    for match in _ALL_AMOUNTS.finditer(text):
        end = text.find("\n", match.end(), match.end() + LONGEST_NOTE)
        said.append(unit_note(text[match.start() : end if end >= 0 else match.end() + LONGEST_NOTE]))
    if (unit := _one_unit(note for note in said if note is not None)) is not None:
        return DocumentUnit(unit, everywhere=True)
    stated = [] if any(said) else list(_stated(text))
    unit = _one_unit(note for _, note in stated)
    if unit is None:
        return DocumentUnit(None, everywhere=False)
    found = DocumentUnit(unit, False, [end for end, _ in stated], list(_tabled(text)))
    return replace(found, everywhere=_ALL_TABLES.search(text) is not None or found.is_loose(text))


def _tabled(text: str) -> Iterator[int]:
    """Where the lines end that have two years or figures: the tables that a unit above them is said of."""
    end = -1
    for line in text.split("\n"):
        end += 1 + len(line)
        if (
            len(line) <= LONGEST_NOTE
            and _DIGIT.search(line) is not None
            and len(_TABLED.findall(line)) > 1
            and not is_prose(line)
        ):
            yield end


def _one_unit(notes: Iterable[UnitNote]) -> Unit | None:
    units: dict[tuple[str, str], Unit] = {}
    for note in notes:
        units.setdefault((str(note.unit.factor), note.unit.currency), note.unit)
    return next(iter(units.values())) if len(units) == 1 else None


def _stated(text: str) -> Iterator[tuple[int, UnitNote]]:
    """The units that lines of a text state which are neither running text nor rows of figures, with the line's end."""
    if not holds_unit(text):
        return
    before, end = "", -1
    for line in text.split("\n"):
        last, before, end = before, line, end + 1 + len(line)
        if len(line) > LONGEST_NOTE or not holds_unit(line):
            continue
        line = line[last_statement(line) or 0 :]
        if is_prose(line) and not _is_told(line):
            continue
        if runs(line, last) or _HEAD.search(line):
            continue
        open_end = last.rstrip()[-1:].isdigit() or (is_prose(last) and not last.rstrip().endswith("."))
        note, rest = unit_note(line), line
        while note is not None and not (open_end and not rest[: note.start].strip()):
            rest = rest[note.end :]
            if not is_rate(line) and len(_FIGURES.findall(rest)) < 2:
                yield end, note
            note = unit_note(rest)


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


def is_other(text: str) -> bool:
    """True for a line with which no table goes on: a unit, a price level, a caption, a count of people, a proposal."""
    return is_context(text) or people_said(text) in {"fte", "position"} or begins_proposal(text)


def is_context(text: str) -> bool:
    """True for a line that speaks of a table and is no row of it: a unit, a price level, a note on signs, a caption."""
    said = unit_note(text) is not None or (price_level(text) is not None and len(text) < 40)
    return said or is_sign_note(text) or _CAPTION.match(text) is not None or text.casefold().startswith(("note", "anm"))
