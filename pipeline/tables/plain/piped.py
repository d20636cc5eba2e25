"""Tables of lines with pipes between their cells, as Markdown has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.content.grid import Grid, GridCell, TextLine
from pipeline.tables.plain.lines import PlainLine

RULED = frozenset("+-=")
_SEPARATOR = re.compile(r"[\s|:+=\-]*")


def pipes_grid(lines: Sequence[PlainLine], at: int) -> tuple[Grid, int] | None:
    """A Markdown table: two lines or more with two pipes or more."""
    after = at
    if not (_has_pipes(lines[at]) or (_is_rule(lines[at]) and at + 1 < len(lines) and _has_pipes(lines[at + 1]))):
        return None
    while after < len(lines) and (_has_pipes(lines[after]) or _is_rule(lines[after])):
        after += 1
    rows = [_pipe_row(line) for line in lines[at:after] if not _SEPARATOR.fullmatch(line.text)]
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or width < 2:
        return None
    return Grid(grid_rows(rows), width, ruled=True), after


def _has_pipes(line: PlainLine) -> bool:
    """Two columns at least: "| a | b |" or "a | b | c", but not "Forside | Kontakt"."""
    body = line.body
    return "|" in body and body.strip("|").count("|") >= (1 if body.startswith("|") else 2)


def _is_rule(line: PlainLine) -> bool:
    return line.body[:1] in RULED and len(line.body) > 4 and RULED.issuperset(line.body)


def _pipe_row(line: PlainLine) -> list[list[TextLine]]:
    body = line.text.rstrip()
    position = len(body) - len(body.lstrip())
    if body[position : position + 1] == "|":
        position += 1
    body = body.removesuffix("|")
    row: list[list[TextLine]] = []
    for field in re.finditer(r"(?:[^|\\]|\\.)*(?:\||$)", body[position:]):
        if field.start() == len(body) - position and row:
            break
        start = line.start + position + field.start()
        row.append(_field(field[0].removesuffix("|"), start))
    return row


def _field(text: str, start: int) -> list[TextLine]:
    """A field's printed text without blanks and emphasis marks around it."""
    body = text.strip().strip("*_`").strip() if set(text.strip()) - set("*_`-") else text.strip()
    begin = start + text.find(body) if body else start
    return [TextLine(body, ((begin, begin + len(body)),))] if body else []


def grid_rows(rows: Sequence[Sequence[list[TextLine]]]) -> list[list[GridCell]]:
    """The printed cells of rows, by their columns."""
    return [
        [GridCell(number, column, pieces) for column, pieces in enumerate(row) if pieces]
        for number, row in enumerate(rows)
    ]
