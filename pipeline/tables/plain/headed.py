"""What stands below headings in words: names of the rows, figures, or words behind and between them ("Bemærkning")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.naming import is_naming
from pipeline.tables.content.reheaded import says_money
from pipeline.tables.content.spread import Cells, Columns, Token, gap_fields
from pipeline.tables.plain.lines import PlainLine

Edge = tuple[int, int]
_FIGURES = {Kind.NUMBER, Kind.REFUSED}


@dataclass(frozen=True, slots=True)
class Headed:
    """Headings in columns that blanks or tabs part. ``edges``: in characters from the line's start.

    ``first``: the columns before it name the rows. ``words``: those from it on that hold words. ``columns``: the
    others, which hold figures; ``figures`` are their numbers.
    """

    fields: list[list[Token]]
    edges: list[Edge]
    first: int
    words: frozenset[int]
    columns: Columns

    @property
    def figures(self) -> list[int]:
        return [n for n in range(self.first, len(self.fields)) if n not in self.words]

    @classmethod
    def of(cls, line: PlainLine, fields: list[list[Token]], rows: Sequence[PlainLine]) -> Headed | None:
        """The headings ``fields`` of a line, the first of them empty where the corner is; None where no figures are.

        ``rows``: the lines below them.
        """
        start = min(field[0][0] for field in fields if field) - line.start
        edges = [(f[0][0] - line.start, f[-1][1] - line.start) if f else (0, max(start - 2, 1)) for f in fields]
        tabs = "\t" in line.text
        kinds = {} if tabs else _kinds(edges, rows)
        money = {
            n for n, f in enumerate(fields) if says_money(_text(f)) and (n not in kinds or _has_figures(n, edges, rows))
        }
        known = (n for n in range(1, len(fields)) if n in money or (kinds.get(n) and not is_naming(_text(fields[n]))))
        if (first := 1 if tabs else next(known, 0)) == 0:
            return None
        words = frozenset(n for n in range(first, len(fields)) if kinds.get(n) is False and n not in money)
        groups = [fields[n] for n in range(first, len(fields)) if n not in words]
        columns = Columns.of(groups, line.start, line.text)
        if columns.aligned:
            columns = replace(columns, names=tuple(edges[:first]))
        return cls(fields, edges, first, words, columns) if columns.aligned or columns.tabs else None

    def parted(self, line: PlainLine) -> tuple[PlainLine, dict[int, list[list[Token]]]]:
        """A line without what stands in the columns of words, and that by column."""
        found: dict[int, list[list[Token]]] = {}
        text = line.text
        for field in gap_fields(line.start, line.text) if self.words else []:
            x0, x1 = field[0][0] - line.start, field[-1][1] - line.start
            if (column := self._word_column(field, x0, x1, found)) is not None:
                found.setdefault(column, []).append(field)
                text = text[:x0] + " " * (x1 - x0) + text[x1:]
        return PlainLine(line.start, text), found

    def _word_column(self, field: list[Token], x0: int, x1: int, before: dict[int, list[list[Token]]]) -> int | None:
        """The column of words that alone is over a field, or begins where it does."""
        last = len(self.fields) - 1
        if last in before:
            return last
        over = _over(self.edges, x0, x1)
        begun = [n for n in self.words if abs(x0 - self.edges[n][0]) <= 1 and not any(m < n for m in over)]
        if begun and read_cell(_text(field)).kind is Kind.TEXT:
            return begun[0]
        return over[0] if len(over) == 1 and over[0] in self.words else None

    def crosses(self, cells: Cells, words: dict[int, list[list[Token]]]) -> bool:
        """Whether a figure stands on the other side of a row's words than its heading does."""
        placed = [(n, cell[0][0]) for n, cell in zip(self.figures, cells, strict=True) if cell]
        return any((n < m) != (at < fields[0][0][0]) for n, at in placed for m, fields in words.items())

    def is_below(self, cells: Cells, start: int) -> bool:
        """Whether each figure of a row is below its own heading and no other one, or ends where it does."""
        for number, cell in zip(self.figures, cells, strict=True):
            x0, x1 = (cell[0][0] - start, cell[-1][1] - start) if cell else self.edges[number]
            over = _over(self.edges, x0, x1)
            if over != [number] and not (abs(x1 - self.edges[number][1]) <= 1 and number in over):
                return False
        return True


def _kinds(edges: Sequence[Edge], rows: Sequence[PlainLine]) -> dict[int, bool]:
    """By column whether it has more figures than words; none for one that has neither."""
    votes: Counter[int] = Counter()
    for line in rows:
        fields = gap_fields(line.start, line.text)
        for order, field in enumerate(fields):
            over = _over(edges, field[0][0] - line.start, field[-1][1] - line.start)
            kind = read_cell(_text(field)).kind
            if (len(over) == 1 or len(fields) == len(edges)) and kind is not Kind.NIL:
                votes[over[0] if len(over) == 1 else order] += 1 if kind in _FIGURES else -1
    return {n: votes[n] > 0 for n in votes}


def _has_figures(column: int, edges: Sequence[Edge], rows: Sequence[PlainLine]) -> bool:
    return any(
        read_cell(_text(field)).kind in _FIGURES
        and column in _over(edges, field[0][0] - line.start, field[-1][1] - line.start)
        for line in rows
        for field in gap_fields(line.start, line.text)
    )


def _over(edges: Sequence[Edge], x0: int, x1: int) -> list[int]:
    return [n for n, (left, right) in enumerate(edges) if x0 < right and left < x1]


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token[2] for token in tokens)
