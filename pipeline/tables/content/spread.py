"""The figures of a line of text, laid out over the columns of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.tables.content.cells import MINUS, Kind, changes_figure, read_cell

Token = tuple[int, int, str]
Cells = list[list[Token]]
_TOKEN = re.compile(r"\S+")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t")
_FIGURE = re.compile(rf"[{MINUS}+(]*\d[{MINUS}\d.,)%*]*|[{MINUS}+(]|\)|[{MINUS}.…]{{1,3}}")
_UNIT = re.compile(r"(?:kr|mio|mill|mia|tkr|t\.kr|dkk|%|pct)\.?\)?", re.IGNORECASE)
MOST_TOKENS = 6
SMALL = re.compile(r"\d{1,2}|(?:19|20)\d\d")
_ENDS_IN_FIGURE = re.compile(rf"[{MINUS}]?(?:\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+,\d+)")
"""A last word of a name that is a figure by its form: the first one of "Suppe 10,00   12,00"."""


@dataclass(slots=True)
class Columns:
    """The columns of a heading line: ``edges`` in characters from the line's start, of use where it is ``aligned``.

    ``names``: the edges of the headings before them, parted as the columns are: one place for each column of labels.
    """

    edges: list[tuple[int, int]]
    count: int
    tabs: bool = False
    aligned: bool = False
    names: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, groups: Sequence[Sequence[Token]], start: int, text: str) -> Columns:
        edges = [(group[0][0] - start, group[-1][1] - start) for group in groups]
        before = text[: edges[0][0]]
        gaps = [text[a[1] : b[0]] for a, b in pairwise(edges)] or [before[len(before.rstrip()) :]]
        tabs = all("\t" in gap for gap in gaps)
        aligned = not tabs and all(len(gap.expandtabs()) >= 2 for gap in gaps)
        fields = before.split("\t")[:-1] if tabs else []
        names = [(n, n + 1) for n, _ in enumerate(fields)]
        if aligned and _WIDE.search(before[len(before.rstrip()) :]):
            names = [(field[0][0], field[-1][1]) for field in gap_fields(0, before)]
        return cls(edges, len(groups), tabs, aligned, tuple(names))

    def read(self, start: int, text: str) -> tuple[list[Token], Cells | None, str | None]:
        """Label, cells (None for a row without figures) and the reason why the row is refused, if it is."""
        tokens = [(start + m.start(), start + m.end(), m[0]) for m in _TOKEN.finditer(text)]
        if self.tabs and "\t" in text:
            return self._by_tabs(start, text)
        by_position = self.aligned and _WIDE.search(text.strip()) is not None
        label, cells, refused = self._by_position(start, text) if by_position else collapsed(tokens, self.count)
        if cells is not None and label and changes_figure(label[-1][2]):
            return label, None, f'"{label[-1][2]}" stands before its figures'
        return label, cells, refused

    def named(self, label: Sequence[Token], start: int, text: str) -> Cells | None:
        """A label by the columns of labels; None where the line does not tell which of them each word is of."""
        placed: Cells = [[] for _ in self.names]
        if not label:
            return placed
        stop = label[-1][1] - start
        fields = tab_fields(start, text[:stop]) if self.tabs else gap_fields(start, text[:stop])
        for number, field in enumerate(fields):
            at = number if self.tabs else self._name_at(field[0][0] - start, field[-1][1] - start)
            if at is None or at >= len(placed) or (field and placed[at]):
                return None
            placed[at] = field
        return placed

    def _name_at(self, x0: int, x1: int) -> int | None:
        """The column of labels that alone is over ``[x0, x1)``, or begins or ends with it."""
        over = [n for n, (left, right) in enumerate(self.names) if x0 < right and left < x1]
        if over:
            return over[0] if len(over) == 1 else None
        near = [n for n, (left, _) in enumerate(self.names) if left <= x0]
        return near[-1] if near else None

    def _by_tabs(self, start: int, text: str) -> tuple[list[Token], Cells | None, str | None]:
        """Fields between tabs: all are there, or the row has every figure or none."""
        fields = tab_fields(start, text)
        names = max(len(self.names), 1)
        if len(fields) == self.count + names:
            label, cells = [token for field in fields[:names] for token in field], fields[names:]
            return label, cells if any(cells) else None, None
        printed = [part for part in fields if part]
        if len(printed) <= 1 and not (printed and read_cell(_text(printed[0])).kind is Kind.NUMBER):
            return (printed[0] if printed else []), None, None
        alone = names == 1 or all(read_cell(_text(part)).kind is not Kind.TEXT for part in printed[1:])
        if len(printed) == self.count + 1 and alone:
            return printed[0], printed[1:], None
        return printed[0], None, f"its line has {len(fields)} cells, the headings have {names + self.count}"

    def _by_position(self, start: int, text: str) -> tuple[list[Token], Cells | None, str | None]:
        fields = gap_fields(start, text)
        figures: list[list[Token]] = []
        while fields and read_cell(_text(fields[-1])).kind in {Kind.NUMBER, Kind.NIL, Kind.REFUSED}:
            if self.is_name(fields[-1][0][0] - start, fields[-1][-1][1] - start):
                break
            figures.insert(0, fields.pop())
        if figures and len(fields) > 1 and self._is_cell(fields[-1], start):
            figures.insert(0, fields.pop())
        label = [token for field in fields for token in field]
        if not figures:
            return collapsed(label, self.count)
        if len(figures) == self.count:
            return label, figures, None
        if len(figures) > self.count:
            return label, None, f"{len(figures)} figures for {self.count} columns"
        if _ENDS_IN_FIGURE.fullmatch(label[-1][2] if label else "") and len(self.names) <= 1:
            return collapsed([*label, *(token for figure in figures for token in figure)], self.count)
        cells, refused = place([(f[0][0] - start, f[-1][1] - start, f) for f in figures], self.edges)
        return label, cells, refused

    def is_name(self, x0: int, x1: int) -> bool:
        """Whether what stands at ``[x0, x1)`` is in one of several columns of labels: "7" under "Nr."."""
        over = any(x0 < right and left < x1 for left, right in self.names)
        return len(self.names) > 1 and over and not self._over(x0, x1)

    def _is_cell(self, field: Sequence[Token], start: int) -> bool:
        """Whether words stand among the figures; a long name below one of several headings of names does not."""
        x0, x1 = field[0][0] - start, field[-1][1] - start
        named = len(self.names) > 1 and any(x0 < right and left < x1 for left, right in self.names)
        return self._over(x0, x1) and (not named or is_figure(field[-1][2]))

    def _over(self, x0: int, x1: int) -> bool:
        return any(x0 < right and left < x1 for left, right in self.edges)


def place(
    figures: Sequence[tuple[float, float, list[Token]]], edges: Sequence[tuple[float, float]], tolerance: float = 1
) -> tuple[Cells | None, str | None]:
    """Each figure into the column whose right edge it shares, or that alone it overlaps; refused if neither tells."""
    cells: Cells = [[] for _ in edges]
    for x0, x1, tokens in figures:
        over = [n for n, (left, right) in enumerate(edges) if x0 < right and left < x1]
        near = [n for n, (left, right) in enumerate(edges) if abs(x1 - right) <= tolerance]
        chosen = near if len(near) == 1 else over
        if len(chosen) != 1 or cells[chosen[0]] or (near and over and near[0] not in over):
            return None, "its figures do not stand under the years"
        cells[chosen[0]] = tokens
    return cells, None


def is_figure(word: str) -> bool:
    """True for a word that may be a figure or a piece of one: "-1.234", "(", "–"."""
    return _FIGURE.fullmatch(word) is not None


def gap_fields(start: int, text: str) -> list[list[Token]]:
    """The words between tabs or two blanks and more."""
    fields: list[list[Token]] = []
    position = 0
    for stop in [*_WIDE.finditer(text), None]:
        end = stop.start() if stop else len(text)
        tokens = [(start + m.start(), start + m.end(), m[0]) for m in _TOKEN.finditer(text, position, end)]
        if tokens:
            fields.append(tokens)
        position = stop.end() if stop else end
    return fields


def tab_fields(start: int, text: str) -> list[list[Token]]:
    """The words between tabs, also where there are none."""
    fields: Cells = []
    position = 0
    for part in text.rstrip("\r").split("\t"):
        end = position + len(part)
        fields.append([(start + m.start(), start + m.end(), m[0]) for m in _TOKEN.finditer(text, position, end)])
        position = end + 1
    return fields


def collapsed(tokens: Sequence[Token], count: int) -> tuple[list[Token], Cells | None, str | None]:
    """Figures at the end of a line whose columns are single blanks, if they fill ``count`` columns in just one way."""
    first = len(tokens)
    while first > 0 and (
        _FIGURE.fullmatch(tokens[first - 1][2]) or (first > 1 and _UNIT.fullmatch(tokens[first - 1][2]))
    ):
        first -= 1
    while first < len(tokens) and _UNIT.fullmatch(tokens[first][2]):
        first += 1
    figures = tokens[first:]
    if not figures or (len(figures) < count and not _counts(figures)):
        return list(tokens), None, None
    for skipped in range(min(len(figures), 2)):
        if skipped and not (SMALL.fullmatch(figures[0][2]) and first > 0):
            break
        ways = _ways(tuple(token[2] for token in figures[skipped:]), count)
        if len(ways) == 1:
            return list(tokens[: first + skipped]), _cut(figures[skipped:], ways[0]), None
        if ways:
            return list(tokens[:first]), None, "its figures fit the columns in more than one way"
    return list(tokens[:first]), None, f"{len(figures)} figures for {count} columns"


def _counts(figures: Sequence[Token]) -> bool:
    """Whether too few figures are figures at all: "Pulje 2" and "Budget 2024" are labels, "Investering 500" is not."""
    word = figures[0][2].rstrip(".,;:")
    return not (len(figures) == 1 and (SMALL.fullmatch(word) or not any(c.isdigit() for c in word)))


@cache
def _valid(text: str) -> bool:
    """A figure or a lone dash; "200 -" is two cells where blanks part the columns."""
    return read_cell(text).kind in {Kind.NUMBER, Kind.NIL} and not (len(text) > 1 and text[-2] in " \u00a0")


def _ways(words: tuple[str, ...], count: int) -> list[tuple[int, ...]]:
    """The cuts of ``words`` into ``count`` cells, each a figure or a lone dash; at most two are looked for."""
    if len(words) < count or len(words) > count * MOST_TOKENS:
        return []

    def cuts(start: int, left: int) -> list[tuple[int, ...]]:
        if left == 0:
            return [()] if start == len(words) else []
        key = (start, left)
        if key not in known:
            found: list[tuple[int, ...]] = []
            for end in range(start + 1, min(start + MOST_TOKENS, len(words) - left + 1) + 1):
                if _valid(" ".join(words[start:end])):
                    found += [(end, *rest) for rest in cuts(end, left - 1)]
                if len(found) > 1:
                    break
            known[key] = found[:2]
        return known[key]

    known: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    return cuts(0, count)


def _cut(tokens: Sequence[Token], ends: tuple[int, ...]) -> Cells:
    return [list(tokens[start:end]) for start, end in zip((0, *ends), ends, strict=False)]


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token[2] for token in tokens)
