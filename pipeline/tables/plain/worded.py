"""Tables in lines of text whose headings are words in columns: "Projekt", "Budget", "Regnskab", without a year.

The headings and the figures are parted by tabs or by two blanks at least, and one heading speaks of money: else names
beside numbers are no table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.content.reheaded import says_money
from pipeline.tables.content.rows import continues, is_prose, starts_section
from pipeline.tables.content.spread import SMALL, Cells, Token, is_figure
from pipeline.tables.content.units import unit_note
from pipeline.tables.plain.headed import Headed
from pipeline.tables.plain.lines import PlainLine

LONGEST_HEADING = 40
MOST_HEADINGS = 15
FEWEST_ROWS = 2
FIRST_ROWS = 40
"""Lines below the headings that tell what stands in their columns."""
UNIT_LINES = 6
"""A unit so many lines above the headings of a lone row is its unit."""
_PARTED = re.compile(r"\d[.,]\d")
_CONTACT = re.compile(
    r"(?:(?:tlf|telefon|mobil|fax|cvr|ean|gln|sags?|journal|j|dok)[. -]*(?:nr|nummer)?|lokale?|direkte|hovednummer"
    r"|omstilling)[.: ]*",
    re.IGNORECASE,
)
"""What names a number that is no money, in the lines below a name."""
_AMOUNT = re.compile(r"\d[.,]\d|\d{3}")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t")
_DRAWN = re.compile(r"[\s\-=_+–—]*[\-=_–—]{3}[\s\-=_+–—]*")


@dataclass(slots=True)
class _Row:
    """A row: its label by the columns of names, the cells behind it, or why it is refused and what it prints.

    ``label``: the words of all columns of names; ``names`` is None where the line does not tell them apart.
    """

    label: list[TextLine]
    names: list[list[TextLine]] | None
    cells: list[list[TextLine]]
    has_figures: bool = False
    refused: str | None = None

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.label)


def worded_grid(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """The table whose headings are line ``at``, and the line behind it; None where there is none."""
    if not lines[at].is_parted or not _are_headings(fields := _fields(lines[at])):
        return None
    row = next((line for line in lines[at + 1 : at + 4] if not line.blank and not _DRAWN.fullmatch(line.text)), None)
    if row is None or not (first := _fields(row)):
        return None
    named = fields[0][0][0] - lines[at].start <= first[0][-1][1] - row.start
    heads = fields if named else [[], *fields]
    if len(heads) < 2 or not any(says_money(_text(head)) for head in heads[1:]):
        return None
    below = _first_rows(lines, at + 1)
    wider = sum(len(_fields(line)) > len(heads) for line in below)
    if wider > 1 and 2 * wider > len(below):
        return None  # captions of two tables side by side, or headings that stand closer than columns do
    headed = Headed.of(lines[at], heads, below)
    if headed is None or not any(says_money(_text(heads[n])) for n in headed.figures):
        return None
    rows, after = _rows(lines, at + 1, headed)
    return (_grid(headed, rows), after) if _is_table(lines, at, headed, rows) else None


def _first_rows(lines: Sequence[PlainLine], start: int) -> list[PlainLine]:
    """The lines below headings that may tell what stands in their columns: to the first two blank ones."""
    found: list[PlainLine] = []
    for number in range(start, min(start + FIRST_ROWS, len(lines))):
        line = lines[number]
        if line.blank and number > start + 1 and lines[number - 1].blank:
            break
        if line.is_parted and not _DRAWN.fullmatch(line.text):
            found.append(line)
    return found


def _is_table(lines: Sequence[PlainLine], at: int, headed: Headed, rows: Sequence[_Row]) -> bool:
    """Whether two rows are read, or one below a unit or in two columns; below a unit also rows that are refused."""
    read = [row for row in rows if row.has_figures and row.refused is None]
    told = len(read) + sum(row.refused is not None for row in rows)
    is_single = len(headed.figures) == 1
    if is_single and all(_CONTACT.fullmatch(row.text) for row in rows if row.has_figures or row.refused is not None):
        return False
    if told >= FEWEST_ROWS and read:
        return True
    amounts = [cell[0] for row in read for cell in row.cells if cell]
    above = lines[max(at - UNIT_LINES, 0) : at]
    if any(_says_unit(line.text) for line in above) or unit_note(lines[at].text) is not None:
        return told > 0 and (not is_single or not read or any(_is_amount(cell, lines, headed) for cell in amounts))
    return bool(read) and not is_single and any(_AMOUNT.search(cell.text) for cell in amounts)


def _is_amount(cell: TextLine, lines: Sequence[PlainLine], headed: Headed) -> bool:
    """Whether a lone figure is printed as amounts are: with a point or decimals, or ending where its heading does."""
    line = next(line for line in reversed(lines) if line.start <= cell.start)
    right = headed.edges[headed.figures[0]][1]
    return _PARTED.search(cell.text) is not None or abs(cell.end - line.start - right) <= 1


def _says_unit(text: str) -> bool:
    """Whether a line says the unit of what is below it: "Anlægsoversigt i mio. kr."; running text does not."""
    note = unit_note(text)
    return note is not None and not is_prose(text)


def _are_headings(fields: Sequence[Sequence[Token]]) -> bool:
    texts = [_text(field) for field in fields]
    worded = all(read_cell(text).kind is Kind.TEXT and len(text) <= LONGEST_HEADING for text in texts)
    return 1 < len(texts) <= MOST_HEADINGS and worded and not any(text.endswith(":") for text in texts)


def _rows(lines: Sequence[PlainLine], start: int, headed: Headed) -> tuple[list[_Row], int]:
    """The rows below the headings down to the last with figures, and the line behind it."""
    rows: list[_Row] = []
    kept, after, blank = 0, start, False
    for number in range(start, len(lines)):
        line = lines[number]
        if line.blank or _DRAWN.fullmatch(line.text):
            if blank and line.blank and rows:
                break
            blank = line.blank
            continue
        if "|" in line.text or line.years is not None or (row := _row(line, headed)) is None:
            break
        if not row.label and not row.has_figures and row.refused is None:
            if not rows or blank:
                break
            rows[-1].cells = [above + below for above, below in zip(rows[-1].cells, row.cells, strict=True)]
            after = number + 1 if kept == len(rows) else after
            continue
        rows.append(row)
        blank = False
        if row.has_figures or row.refused is not None:
            kept, after = len(rows), number + 1
    _read_alone(rows[:kept], headed, lines)
    return rows[:kept], after


def _row(line: PlainLine, headed: Headed) -> _Row | None:
    """A row of figures, or a name alone; None for prose, headings of another table and other words in columns."""
    rest, words = headed.parted(line)
    if is_prose(" ".join(rest.text.split())):
        return None
    fields, columns = _fields(rest), headed.columns
    label, cells, refused = columns.read(rest.start, rest.text)
    names = _names(label, rest, headed)
    beside = _cells(headed, None, words)
    if cells is None and refused is None:
        is_name = not fields or len(fields) == 1 or _are_names(fields, names, headed, line.start)
        if not is_name and _has_figures(fields, headed, line.start):
            return _refused(rest, headed, words, "words stand among its figures")
        if not is_name or (len(fields) == 1 and starts_section(line.text)):
            return None
        return _Row(_piece(label), _pieces(names), beside)
    if len(fields) == 1:
        return None  # single blanks part the figures: prose may end in a number, too
    refused = refused or _doubt(rest, label, cells or [], headed) or _beside_doubt(headed, cells or [], words)
    if refused is None and cells is not None:
        return _Row(_piece(label), _pieces(names), _cells(headed, cells, words), has_figures=True)
    return _refused(rest, headed, words, refused or "its columns cannot be told")


def _refused(line: PlainLine, headed: Headed, words: dict[int, list[list[Token]]], reason: str) -> _Row:
    """A row whose figures are not given: printed in the order of the columns, the last of which has the rest."""
    fields, columns = _fields(line), headed.columns
    named = max(1, sum(_is_name(field, headed, line.start) for field in fields))
    label = [token for field in fields[:named] for token in field]
    names = _names(label, line, headed)
    last = named + columns.count - 1
    printed = [*fields[named:last], [token for field in fields[last:] for token in field]]
    printed += [[] for _ in range(columns.count - len(printed))]
    return _Row(_piece(label), _pieces(names), _cells(headed, printed, words), False, reason)


def _has_figures(fields: Sequence[list[Token]], headed: Headed, start: int) -> bool:
    """Whether behind a name a figure stands below the headings of figures."""
    edges = headed.edges[headed.first :]
    behind = [
        f for f in fields[1:] if _is_figure(f) and any(f[0][0] - start < b and a < f[-1][1] - start for a, b in edges)
    ]
    return bool(behind) and not _is_figure(fields[0])


def _names(label: Sequence[Token], line: PlainLine, headed: Headed) -> Cells | None:
    """A label by the columns of names; None where the line does not tell which of them each word is of.

    The name of a section may reach over several of them: it is of the one that it begins with.
    """
    if headed.first == 1 or headed.columns.tabs:
        return [list(label)]
    names = headed.columns.named(label, line.start, line.text)
    begun = [n for n in range(headed.first) if label and abs(label[0][0] - line.start - headed.edges[n][0]) <= 1]
    if names is not None or len(begun) != 1 or list(label) not in _fields(line):
        return names
    return [list(label) if n == begun[0] else [] for n in range(headed.first)]


def _are_names(fields: Sequence[list[Token]], names: Cells | None, headed: Headed, start: int) -> bool:
    """Whether a line without figures has names only, each below the heading of its column: "3", "Sti"."""
    return names is not None and len(names) > 1 and all(_is_name(field, headed, start) for field in fields)


def _is_name(field: Sequence[Token], headed: Headed, start: int) -> bool:
    """Whether words begin below the heading of a column of names, or end before the first figures do."""
    x0, x1 = field[0][0] - start, field[-1][1] - start
    if headed.columns.tabs:
        return False
    under = any(left <= x0 < right or (x0 < right and left < x1) for left, right in headed.edges[: headed.first])
    return under and (read_cell(_text(field)).kind is Kind.TEXT or headed.columns.is_name(x0, x1))


def _doubt(line: PlainLine, label: Sequence[Token], cells: Cells, headed: Headed) -> str | None:
    """Why the figures of a row may not be given: one stands before words, or may be the end of the name."""
    fields = _fields(line)
    within = [
        field
        for field in fields[1:]
        if label and field[0][0] < label[-1][1] and _is_figure(field) and not _is_name(field, headed, line.start)
    ]
    if within:
        return f'"{_text(within[0])}" stands before words'
    touched = next((c for c in cells if c and is_figure(c[-1][2]) and read_cell(_text(c)).kind is Kind.TEXT), None)
    if touched is not None:
        return f'whether "{touched[-1][2]}" is of its name is not told'
    is_code = len(fields) > 1 and any(
        field[-1] == label[-1] and _is_figure(field) and _is_name(field, headed, line.start)
        for field in fields
        if label
    )
    is_open = cells and (not cells[0] or (not all(cells) and label and _PARTED.search(label[-1][2])))
    is_apart = bool(label) and label[-1][1] - line.start < headed.edges[headed.figures[0]][0]
    is_number = bool(label) and SMALL.fullmatch(label[-1][2]) is not None and is_apart  # "Vision 2030"
    if label and is_open and is_figure(label[-1][2]) and not is_code and not (is_number and headed.columns.aligned):
        return f'whether "{label[-1][2]}" is of its name is not told'
    return None


def _beside_doubt(headed: Headed, cells: Cells, words: dict[int, list[list[Token]]]) -> str | None:
    """Why a row with words behind its figures may not be read: a figure among the words, or on their other side."""
    loose = [field for fields in words.values() for field in fields if _is_figure(field)]
    printed = any(_PARTED.search(_text(field)) for field in loose)
    if loose and (printed or not all(cells) or any(len(fields) > 1 for fields in words.values())):
        return f'whether "{_text(loose[0])}" is one of its figures is not told'
    return "its figures do not stand under their headings" if cells and headed.crosses(cells, words) else None


def _read_alone(rows: Sequence[_Row], headed: Headed, lines: Sequence[PlainLine]) -> None:
    """Refuse the only row of a table unless each of its figures stands below its heading."""
    figures = [row for row in rows if row.has_figures]
    if len(figures) != 1:
        return
    at = figures[0].label[0].start if figures[0].label else min(c[0].start for c in figures[0].cells if c)
    line = next(line for line in reversed(lines) if line.start <= at)
    cells = [figures[0].cells[n - headed.first] for n in headed.figures]
    tokens = [[(cell[0].start, cell[-1].end, cell[0].text)] if cell else [] for cell in cells]
    if headed.columns.aligned and not headed.is_below(tokens, line.start):
        figures[0].refused = "its figures do not stand under their headings"
        figures[0].has_figures = False


def _cells(headed: Headed, cells: Cells | None, words: dict[int, list[list[Token]]]) -> list[list[TextLine]]:
    """What stands in the columns behind the names, figures and words."""
    found = dict(zip(headed.figures, cells, strict=True)) if cells is not None else {}
    found |= {column: [token for field in fields for token in field] for column, fields in words.items()}
    return [_piece(found.get(n, [])) for n in range(headed.first, len(headed.fields))]


def _is_figure(field: Sequence[Token]) -> bool:
    return read_cell(_text(field)).kind is Kind.NUMBER


def _grid(headed: Headed, rows: Sequence[_Row]) -> Grid:
    rows = _joined(rows)
    refused = {n: row.refused for n, row in enumerate(rows, 1) if row.refused is not None}
    several = headed.first > 1 and all(row.names is not None for row in rows)
    heads = headed.fields[: headed.first]
    top = [_piece(head) for head in heads] if several else [_piece([token for head in heads for token in head])]
    table = [[*top, *map(_piece, headed.fields[headed.first :])]]
    for row in rows:
        names = row.names if several and row.names is not None else [row.label]
        table.append([*names, *row.cells])
    grid_rows = [
        [GridCell(number, column, pieces) for column, pieces in enumerate(row) if pieces]
        for number, row in enumerate(table)
    ]
    return Grid(grid_rows, len(table[0]), refused=refused)


def _joined(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, where a label goes on from a line without figures to the next."""
    joined: list[_Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        is_open = before is not None and not (before.has_figures or before.refused is not None or any(before.cells))
        if before is not None and is_open and continues(before.text, row.text):
            both = before.names is not None and row.names is not None
            names = [a + b for a, b in zip(before.names or [], row.names or [], strict=True)] if both else None
            joined[-1] = replace(row, label=[*before.label, *row.label], names=names)
        else:
            joined.append(row)
    return joined


def _pieces(names: Cells | None) -> list[list[TextLine]] | None:
    return [_piece(name) for name in names] if names is not None else None


def _piece(tokens: Sequence[Token]) -> list[TextLine]:
    return [TextLine(_text(tokens), ((tokens[0][0], tokens[-1][1]),))] if tokens else []


def _fields(line: PlainLine) -> list[list[Token]]:
    """The words of a line, parted where two blanks or a tab stand between them."""
    fields: list[list[Token]] = []
    for token in line.tokens:
        between = line.text[fields[-1][-1][1] - line.start : token[0] - line.start] if fields else ""
        if fields and not _WIDE.search(between):
            fields[-1].append(token)
        else:
            fields.append([token])
    return fields


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token[2] for token in tokens)
