"""Whose each line of a table is: the number and the committee that its row prints in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Cell, Committee, Document, Table
from corpus.store.entries import FigureOwner
from pipeline.catalogues.entries import figure_columns, numbered, rows_of_lines
from pipeline.context import Context
from pipeline.facts import committees
from pipeline.headings import fold
from pipeline.language import Prose
from pipeline.proposals.labels import labels


@dataclass(frozen=True, slots=True)
class Owner:
    """What a row prints under "Nr." and under "Udvalg"; a committee by its canonical name, where it is one."""

    number: str | None = None
    committee: str | None = None


NOBODY = Owner()
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def line_owners(table: Table) -> list[Owner]:
    """The owner of each line of a table, in order; :data:`NOBODY` for a row that prints none.

    A cell over several rows is of each of them. What is left blank is not taken from the row above.
    """
    columns = _columns(table)
    if not columns:
        return [NOBODY] * len(table.lines)
    told = _told(table, columns)
    return [NOBODY if row is None else told.get(row, NOBODY) for row in rows_of_lines(table)]


def figure_owners(document: Document) -> list[FigureOwner]:
    """What the store keeps of it: the figures whose rows print a number or a committee, by their ordinals."""
    found: list[FigureOwner] = []
    ordinal = 0
    for table in document.tables:
        for line, owner in zip(table.lines, line_owners(table), strict=True):
            if owner != NOBODY:
                told = range(ordinal, ordinal + len(line.values))
                found += [FigureOwner(ordinal=at, number=owner.number, committee=owner.committee) for at in told]
            ordinal += len(line.values)
    return found


def _columns(table: Table) -> dict[int, str]:
    """The columns whose heading says that they hold numbers or committees; the first of each.

    "Forslag" also heads the figures that are proposed, beside "Budget" or below a year: those number nothing.
    """
    found: dict[int, str] = {}
    heads = [cell for cells in table.cells for cell in cells if cell.header]
    money = figure_columns(table) | {
        column
        for cell in heads
        if cell.column_span > 1 and _YEAR.search(cell.text)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    for cell in heads:
        if cell.column_span > 1 or cell.column in money:
            continue
        names = {name for name, *_ in labels().get(fold(cell.text).rstrip(".:"), ())}
        for name in names & {"number", "committee"} - set(found.values()):
            found[cell.column] = name
    return found


def _told(table: Table, columns: dict[int, str]) -> dict[int, Owner]:
    texts: dict[int, dict[str, str]] = {}
    for cell in _body(table):
        name = columns.get(cell.column)
        if name and cell.text.strip():
            for row in range(cell.row, cell.row + cell.row_span):
                texts.setdefault(row, {})[name] = cell.text
    return {
        row: Owner(_number(said.get("number", "")), _committee(said.get("committee", "")))
        for row, said in texts.items()
    }


def _body(table: Table) -> Iterator[Cell]:
    return (cell for cells in table.cells for cell in cells if not cell.header)


def _number(text: str) -> str | None:
    found = numbered(text)
    return found[0] if found else None


@lru_cache(maxsize=20_000)
def _committee(text: str) -> str | None:
    """The one body that a cell names; a short form as it is printed."""
    printed = " ".join(text.split())
    found = committees.find(Prose(printed), Context())[0]
    names = {body.name for body in found if isinstance(body, Committee) and body.name}
    if len(names) == 1:
        return names.pop()
    return printed if printed and not names and printed.isupper() and printed.isalpha() else None
