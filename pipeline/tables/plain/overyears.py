"""Words on the line over years in a text, one over each: "Forbrug", "Forventet" over "2024", "2025"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.content.cells import Kind, read_cell
from pipeline.tables.content.spread import Token, gap_fields, tab_fields
from pipeline.tables.content.units import is_statement, unit_note
from pipeline.tables.plain.lines import LONGEST_CELL, PlainLine, YearLine


def words_over(line: PlainLine, dated: PlainLine, heading: YearLine) -> list[list[Token]]:
    """The words of ``line`` over each heading of ``dated``, the line right below it; empty where one has none.

    Beside them may stand one text more, over the names of the rows. Words over two headings are of neither.
    """
    if not line.is_parted or line.years is not None or any(map(str.isdigit, _behind_corner(line))):
        return []
    fields = tab_fields(line.start, line.text) if heading.tabs else gap_fields(line.start, line.text)
    fields = [field for field in fields if field]
    over = [
        [n for n, field in enumerate(fields) if _is_over(field, line, group, dated, heading)]
        for group in heading.groups
    ]
    if (runs := heading.runs) > 1:
        return _over_runs(fields, line, dated, heading, runs)
    numbers = [found[0] for found in over if len(found) == 1]
    if len({*numbers}) < len(heading.groups) or len(fields) - len(numbers) not in {0, 1}:
        return []
    words = [fields[number] for number in numbers]
    corner = [n for n in range(len(fields)) if n not in numbers]
    told = corner in ([], [0]) and all(_is_name(" ".join(token[2] for token in field)) for field in words)
    return words if told else []


def _over_runs(
    fields: Sequence[list[Token]], line: PlainLine, dated: PlainLine, heading: YearLine, runs: int
) -> list[list[Token]]:
    """The words over each run of the same years: "Budget" over 2026 and 2027, "Regnskab" over 2026 and 2027."""
    size = len(heading.groups) // runs
    words = fields[-runs:]
    if len(fields) - runs not in {0, 1} or not all(_is_name(" ".join(token[2] for token in field)) for field in words):
        return []
    for number, field in enumerate(words):
        run = heading.groups[number * size : (number + 1) * size]
        first, last = run[0][0][0] - dated.start, run[-1][-1][1] - dated.start
        begins, ends = field[0][0] - line.start, field[-1][1] - line.start
        before = heading.groups[number * size - 1][-1][1] - dated.start if number else 0
        if begins >= last or ends <= first or begins < before:
            return []
    return [words[number // size] for number in range(len(heading.groups))]


def _behind_corner(line: PlainLine) -> str:
    """The line without what stands over the names, which may be a unit."""
    return " ".join(line.fields[1:])


def _is_over(
    field: Sequence[Token], line: PlainLine, group: Sequence[Token], dated: PlainLine, heading: YearLine
) -> bool:
    """Whether words stand over a heading: behind as many tabs, else with a place of the line in common."""
    if heading.tabs:
        return _tabs_before(line, field) == _tabs_before(dated, group)
    begins, ends = field[0][0] - line.start, field[-1][1] - line.start
    return begins < group[-1][1] - dated.start and group[0][0] - dated.start < ends


def _tabs_before(line: PlainLine, field: Sequence[Token]) -> int:
    return line.text.count("\t", 0, field[0][0] - line.start)


def _is_name(text: str) -> bool:
    plain = len(text) <= LONGEST_CELL and read_cell(text).kind is Kind.TEXT
    return plain and not is_statement(text) and unit_note(text) is None
