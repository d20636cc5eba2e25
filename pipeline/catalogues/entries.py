"""Which tables list the proposals of a catalogue, and which proposal each row is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.model import STAFF_UNITS, Box, Cell, Line, Proposal, Table
from pipeline.catalogues.known import Known, NumberKey, number_key, same_title, title_key, title_of
from pipeline.headings import fold
from pipeline.proposals.labels import NUMBER, YEARS, kind_of, labels
from pipeline.tables.content.labels import role_of

NEAR = 50
"""So many rows further down a table without boxes the row of a line is looked for."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER_WORD = re.compile(r"(?:nr|nummer|no)\b[.:]?\s*", re.IGNORECASE)
_DIVIDER = " \t:.-–—|"
_BODY = re.compile(r"udvalg(?:et|ene)?\b", re.IGNORECASE)
_NO_ENTRY = re.compile(r"(?:heraf|deraf|hvoraf|note|anm)\b|\b(?:i\s?alt|sum|total|subtotal)\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """A row about a proposal: its number and title as printed, the proposal behind, and its line of money, if any.

    ``misnumbered``: the title names the proposal; the number is another one. ``contested``: the number names it, and
    the title names another.
    """

    number: str
    title: str
    page: int | None
    line: Line | None
    proposal: Proposal | None
    misnumbered: bool = False
    contested: bool = False

    @property
    def name(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(slots=True)
class Summary:
    """A table that lists proposals. ``titled``: its rows print titles, and most are those of the proposals."""

    table: Table
    entries: list[Entry]
    titled: bool

    def covered(self) -> set[int]:
        """The parts of the proposals that it lists."""
        return {entry.proposal.index for entry in self.entries if entry.proposal is not None}


@dataclass(slots=True)
class _Row:
    """A row of the table's body: its words by column, and its line of money."""

    texts: dict[int, str]
    page: int | None
    line: Line | None = None
    numbers: dict[int, tuple[str, NumberKey, str]] = field(default_factory=dict)


def read_summary(table: Table, known: Known) -> Summary | None:
    """The table as a summary; None where it does not list several proposals with figures."""
    if len(table.cells) < 3:
        return None
    rows = _rows(table)
    if not any(row.line for row in rows) and all(column.year is None for column in table.columns):
        return None
    for row in rows:
        row.numbers = {column: found for column, text in row.texts.items() if (found := numbered(text))}
    column = _number_column(rows, known)
    entries = _by_number(rows, column, known) if column is not None else []
    if len({entry.proposal.index for entry in entries if entry.proposal}) < 2:
        column, entries = None, _by_title(rows, known)
    summary = Summary(table, entries, titled=_agreeing(entries) * 2 >= sum(_is_titled(e) for e in entries) > 0)
    return summary if _lists(summary, known, numbered=column is not None) else None


def _lists(summary: Summary, known: Known, *, numbered: bool) -> bool:
    """Several proposals other than the one that the table stands in.

    Plain figures number much else than proposals, and titles alone must be most of what the table lists.
    """
    covered = summary.covered()
    if len(covered - {summary.table.part}) < 2:
        return False
    matched = [entry for entry in summary.entries if entry.proposal is not None]
    if not numbered:
        return len(matched) * 2 >= len(summary.entries)
    coded = sum(any(char.isalpha() for char in entry.number) for entry in matched)
    return coded * 2 > len(matched) or summary.titled


# --- rows -----------------------------------------------------------------------------------------------------


def _rows(table: Table) -> list[_Row]:
    """The rows below the headings with what they print beside their figures."""
    lines, columns = _lines_by_row(table)
    head = {cell.column for row in table.cells for cell in row if cell.header and _YEAR.search(cell.text)}
    numbered = {cell.column for row in table.cells for cell in row if cell.header and _heads_numbers(cell.text)}
    figures = (columns | head) - numbered
    found = []
    for number, cells in enumerate(table.cells):
        texts = {cell.column: cell.text for cell in cells if cell.text and cell.column not in figures}
        if texts and not all(cell.header for cell in cells):
            page = next((cell.page for cell in cells if cell.page is not None), table.page)
            found.append(_Row(texts, page, lines.get(number)))
    return found


def _heads_numbers(heading: str) -> bool:
    return any(name == "number" for name, *_ in labels().get(fold(heading), ()))


def _lines_by_row(table: Table) -> tuple[dict[int, Line], set[int]]:
    """The line of money of each row, and the columns in which figures stand. A row of two such lines has none."""
    found: dict[int, list[Line]] = {}
    columns: set[int] = set()
    for line, cells in _cells_of_lines(table):
        at = {cell.row for cell in cells}
        columns |= {cell.column for cell in cells}
        if len(at) == 1 and line.unit is not None and line.unit not in STAFF_UNITS:
            found.setdefault(at.pop(), []).append(line)
    return {row: lines[0] for row, lines in found.items() if len(lines) == 1}, columns


def _cells_of_lines(table: Table) -> Iterator[tuple[Line, list[Cell]]]:
    """Each line with the cells of its figures, as far as they are found."""
    boxed: dict[tuple[int | None, Box | None], Cell]
    boxed = {(cell.page, cell.bbox): cell for row in table.cells for cell in row if cell.bbox is not None}
    reached = 0
    for line in table.lines:
        cells = [boxed.get((value.page, value.bbox)) for value in line.values] if boxed else []
        if not boxed and line.values:
            reached, cells = _next_row(table.cells, line, reached)
        yield line, [cell for cell in cells if cell is not None]


def rows_of_lines(table: Table) -> list[int | None]:
    """The row of the grid that each line is printed in; None for one that has no figure, or figures in several."""
    rows = ({cell.row for cell in cells} for _, cells in _cells_of_lines(table))
    return [at.pop() if len(at) == 1 else None for at in rows]


def figure_columns(table: Table) -> set[int]:
    """The columns whose cells are figures of the lines, more of them than not: what they print is no number."""
    printed = Counter(cell.column for row in table.cells for cell in row if cell.text and not cell.header)
    figures: Counter[int] = Counter()
    for line, cells in _cells_of_lines(table):
        raws = {value.raw for value in line.values}
        figures.update({cell.column for cell in cells if cell.text.strip() in raws})
    return {column for column, count in figures.items() if count * 2 > printed[column]}


def _next_row(cells: Sequence[Sequence[Cell]], line: Line, reached: int) -> tuple[int, list[Cell | None]]:
    """The next row that prints the figures of a line, in a table of plain text."""
    for number in range(reached, min(reached + NEAR, len(cells))):
        left = [cell for cell in cells[number] if cell.text]
        taken: list[Cell | None] = []
        for value in line.values:
            at = next((n for n, cell in enumerate(left) if value.raw in cell.text), None)
            if at is None:
                break
            taken.append(left[at])
            left = left[at + 1 :]
        if len(taken) == len(line.values):
            return number, taken
    return reached, []


# --- numbers and titles ---------------------------------------------------------------------------------------


def numbered(text: str) -> tuple[str, NumberKey, str] | None:
    """The number that a cell begins with, its key, and what is printed after it."""
    kind = kind_of(text)
    bare = text[len(kind) :].lstrip(_DIVIDER) if kind else text
    bare = _NUMBER_WORD.sub("", bare, count=1) if _NUMBER_WORD.match(bare) else bare
    match = NUMBER.match(bare)
    if match is None or YEARS.fullmatch(match[0]):
        return None
    rest = bare[match.end() :].strip(_DIVIDER)
    if rest and not (rest[0].isupper() or rest[0] in "\"'«”"):
        return None
    return match[0].strip(), number_key(match[0]), rest


def _number_column(rows: Sequence[_Row], known: Known) -> int | None:
    """The column in which most proposals are named by number; of equal ones the left."""
    named: dict[int, set[NumberKey]] = {}
    for row in rows:
        for column, (_, key, _) in row.numbers.items():
            if key in known.by_number:
                named.setdefault(column, set()).add(key)
    return min(named, key=lambda column: (-len(named[column]), column), default=None)


def _by_number(rows: Sequence[_Row], column: int, known: Known) -> list[Entry]:
    """The rows with a number of a proposal, or one like it; those without are entries where their title is known."""
    titles = _title_column(rows, column, known)
    shapes = {_shape(part.number) for part in known.proposals if part.number}
    found = []
    for row in rows:
        number, key, _ = row.numbers.get(column, ("", (), ""))
        title = _title(row, column, titles)
        proposal = known.by_number.get(key)
        if proposal is None and number and _shape(number) not in shapes:
            continue
        titled = known.titled(title_key(title)) if title else None
        if proposal is None and titled is None and (not number or key in known.shared):
            continue
        entry = Entry(number, title, row.page, row.line, proposal or titled)
        entry.misnumbered = _misnumbered(number, proposal, titled) and key not in known.shared
        entry.contested = proposal is not None and titled not in (None, proposal) and not agrees(entry)
        found.append(entry)
    return _settled(found)


def _misnumbered(number: str, proposal: Proposal | None, titled: Proposal | None) -> bool:
    return bool(number and proposal is None and titled is not None and titled.number)


def _settled(entries: list[Entry]) -> list[Entry]:
    """A title beside an unknown number speaks for its proposal only where no other row names that."""
    named = {entry.proposal.index for entry in entries if entry.proposal and not entry.misnumbered}
    for entry in entries:
        if entry.misnumbered and entry.proposal and entry.proposal.index in named:
            entry.proposal, entry.misnumbered = None, False
    return entries


def _title_column(rows: Sequence[_Row], column: int, known: Known) -> int:
    """The column that most often prints the title of the proposal whose number the row has."""
    agreeing: Counter[int] = Counter({column: 0})
    for row in rows:
        proposal = known.by_number.get(row.numbers[column][1]) if column in row.numbers else None
        if proposal is None or not title_of(proposal):
            continue
        for other in row.texts:
            if same_title(title_key(_title(row, column, other)), title_of(proposal)):
                agreeing[other] += 1
    return max(agreeing, key=lambda other: (agreeing[other], other == column))


def _title(row: _Row, column: int, titles: int) -> str:
    """What a row prints in the column of titles; in that of numbers, what stands after the number."""
    if titles == column and column in row.numbers:
        return row.numbers[column][2]
    return row.texts.get(titles, "")


def _shape(number: str) -> tuple[str, ...]:
    """Of what a number is made: capitals, small letters, figures."""
    return tuple(
        "9" if piece.isdigit() else "A" if piece.isupper() else "a" for piece in re.findall(r"\d+|[^\W\d_]+", number)
    )


def _by_title(rows: Sequence[_Row], known: Known) -> list[Entry]:
    """The rows with figures that are named by a title; no sums, nor rows of a committee."""
    named: Counter[int] = Counter()
    for row in rows:
        named.update(column for column, text in row.texts.items() if known.titled(_titles_key(row, column, text)))
    if not named:
        return []
    column = max(named, key=lambda other: (named[other], -other))
    return list(_titled_rows(rows, column, known))


def _titles_key(row: _Row, column: int, text: str) -> str:
    return title_key(row.numbers[column][2] or text if column in row.numbers else text)


def _titled_rows(rows: Sequence[_Row], column: int, known: Known) -> Iterator[Entry]:
    for row in rows:
        text = row.texts.get(column, "")
        proposal = known.titled(_titles_key(row, column, text))
        if proposal is not None or (row.line is not None and _is_entry(text)):
            yield Entry("", text, row.page, row.line, proposal)


def _is_entry(text: str) -> bool:
    return (
        bool(text) and not _NO_ENTRY.search(text) and not _BODY.search(text) and role_of(text) not in ("net", "total")
    )


# --- titles ---------------------------------------------------------------------------------------------------


def _is_titled(entry: Entry) -> bool:
    return bool(entry.proposal is not None and entry.title and title_of(entry.proposal))


def _agreeing(entries: Sequence[Entry]) -> int:
    return sum(agrees(entry) for entry in entries if _is_titled(entry))


def agrees(entry: Entry) -> bool:
    """Whether the row prints the title of its proposal; true where one of them has none."""
    if entry.proposal is None or not _is_titled(entry):
        return True
    return same_title(title_key(entry.title), title_of(entry.proposal))
