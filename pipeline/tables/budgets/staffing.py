"""Rows under a heading on personnel: money where the section counts its people in a row of its own.

Under "Personalekonsekvenser" a row "Administration" may be of people or of kroner. It is of kroner if a unit of money
is stated and people are counted further down ("Antal årsværk"), or if more is printed than any proposal has people; not
if the rows make up the people that are counted. A row that may be of people or of what they cost ("Elever") is of
kroner where it is a part of a sum of other rows in kroner. What a total over sections is the sum of in every column is
of one kind: people are not added to kroner.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pipeline.tables.content.cells import Kind
from pipeline.tables.content.columns import Layout
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.labels import counts_people, is_part_of, is_staff, measure_of, role_of
from pipeline.tables.content.naming import is_naming

PERSONNEL = ("personale", "stilling", "årsværk", "normering", "bemanding")
"""A heading that begins with one of these is on personnel."""

MOST_PEOPLE = 20_000
"""No proposal changes so many positions; what is printed with more is money."""
MOST_LOST, FEW = 1_000, 100
"""Nor does one do away with so many; but a row of so few may be of people below others of kroner."""
_PROPOSAL = re.compile(r"(?:\w*forslag(?:et)?s?(?:titel)?|titel|overskrift)\b", re.IGNORECASE)
SLACK = 1
"""People that are added up may be off by one, for they are rounded."""
FARTHEST = 200
"""The rows of a section are at most so many rows from one another."""


class _Row(NamedTuple):
    """A row of the body: its number in the grid, label, figures by column, and whether it stands under personnel.

    ``heads``: it has a label and no figures, not even a refused one.
    """

    number: int
    label: str
    figures: dict[int, Decimal]
    heads: bool
    personnel: bool


class _Sum(NamedTuple):
    """A total that holds in every column, and the rows it sums up: how many are plainly of money, or unclear.

    ``many``: one of them takes away more than people.
    """

    net: bool
    many: bool
    plain: int
    unclear: int


class Staffing:
    """What a table's rows say of each other, where one may be of people or of money."""

    def __init__(self, grid: Grid, layout: Layout) -> None:
        self._grid, self._layout = grid, layout

    def is_money(self, row: int, group: str) -> bool:
        """Whether the figures of a row under ``group`` are money, where the table's unit is one of money."""
        section = self._section(row, group)
        own = [each for each in section if each.number == row]
        added = _added(section, row)
        if any(abs(figure) > MOST_PEOPLE for each in [*own, *added] for figure in each.figures.values()):
            return True
        if any(is_staff(each.label) for each in section):
            return False
        counted = next((n for n, each in enumerate(section) if _counts(each.label)), None)
        if counted is None:
            return self._is_summed(row) or _is_lost(section, own)
        return not _make_up([each for each in section[:counted] if not _sums(each.label)], section[counted].figures)

    def is_part_of_money(self, row: int, group: str) -> bool:
        """Whether a row is summed with others that say nothing of people or things: "Administration i alt"."""
        if group.casefold().startswith(PERSONNEL):
            return False
        section = self._section(row, group)
        if any(is_staff(each.label) and _takes_many(each) for each in section if each.number == row):
            return True
        added = _added(section, row)
        return sum(_is_plain(each) for each in added[:-1]) >= 2 or self._is_summed(row)

    @cached_property
    def are_proposals(self) -> bool:
        """Whether the rows are proposals by their headings, with a number beside each: "Nr.", "Titel"."""
        named = any(c.column in self._layout.labels and _PROPOSAL.match(c.text) for c in self._layout.titles)
        return named and any(is_naming(c.text) for c in self._layout.titles if c.column in self._layout.aside)

    def is_large(self, row: int) -> bool:
        """Whether a row has more than a few of anything in each column that does not count people."""
        place = bisect_left(self._rows, row, key=lambda each: each.number)
        people = {c.column for c in self._layout.columns if counts_people(c.heading.measure)}
        figures = [abs(f) for n, f in self._rows[place].figures.items() if f and n not in people]
        return bool(figures) and all(figure >= FEW for figure in figures)

    @cached_property
    def _shares(self) -> frozenset[int]:
        """The columns of percentages, counts and hours: no money, and percentages add up to nothing."""
        return frozenset(c.column for c in self._layout.columns if c.heading.measure in {"percent", "count", "hours"})

    @cached_property
    def counts_apart(self) -> bool:
        """Whether people are counted in a column of their own, so that none are in those of money."""
        return any(counts_people(c.heading.measure) for c in self._layout.columns)

    @cached_property
    def _rows(self) -> list[_Row]:
        rows: list[_Row] = []
        personnel = False
        for number, cells in enumerate(self._grid.rows):
            if not self._layout.is_read(number):
                continue
            label = " ".join(cell.text for cell in cells if cell.column in self._layout.labels)
            values = self._layout.values(number, {cell.column: cell for cell in cells})
            heads = bool(label) and all(value.kind is Kind.NIL for value in values.values())
            personnel = label.casefold().startswith(PERSONNEL) if heads else personnel
            numbers = {n: value.number for n, value in values.items() if value.kind is Kind.NUMBER}
            figures = {n: number for n, number in numbers.items() if number is not None and n not in self._shares}
            rows.append(_Row(number, label, figures, heads, personnel))
        return rows

    def _section(self, row: int, group: str) -> list[_Row]:
        """The rows with figures from the heading over ``row`` to the next one."""
        place = bisect_left(self._rows, row, key=lambda each: each.number)
        first = max(place - FARTHEST, 0)
        headed = (n for n in range(place - 1, first - 1, -1) if self._rows[n].label == group)
        start = next(headed, first)
        after = (n for n in range(place + 1, len(self._rows)) if self._rows[n].heads)
        end = min(next(after, len(self._rows)), place + FARTHEST)
        return [each for each in self._rows[start:end] if each.figures]

    def _is_summed(self, row: int) -> bool:
        """Whether a total is the sum of a row and of others of money, in every column.

        Those are two at least, or one where a net change adds both in two columns, or where the row has more employees
        than a place of work has; and no fewer than unclear ones, if the net change is not of more than people.
        """
        place = bisect_left(self._rows, row, key=lambda each: each.number)
        filled = sum(figure != 0 for figure in self._rows[place].figures.values())
        if not filled or not _is_part(self._rows[place]):
            return False
        sums = [each for each in (self._near.get(place), self._whole.get(place)) if each is not None]
        many = _has_many(self._rows[place])
        return any(
            (each.plain > 1 or (each.plain == 1 and (each.net or many) and filled > 1))
            and (each.plain >= each.unclear or (each.net and each.many and filled > 1))
            for each in sums
        )

    @cached_property
    def _near(self) -> dict[int, _Sum]:
        """By a row's place, the total that sums it and the rows since the total before."""
        found: dict[int, _Sum] = {}
        first = 0
        for place, row in enumerate(self._rows):
            if row.figures and _sums(row.label):
                held = _held(self._rows[first:place], row)
                found.update(dict.fromkeys(range(first, place), held) if held is not None else {})
                first = place + 1
        return found

    @cached_property
    def _whole(self) -> dict[int, _Sum]:
        """By a row's place, the table's last total where it sums all rows above it but other totals."""
        last = max((n for n, row in enumerate(self._rows) if row.figures and _sums(row.label)), default=0)
        held = _held(self._rows[:last], self._rows[last]) if last else None
        return dict.fromkeys(range(last), held) if held is not None else {}


def _held(rows: Sequence[_Row], total: _Row) -> _Sum | None:
    """What a total sums up, if it is the sum of the rows in every column."""
    parts = [row for row in rows if _is_part(row)]
    added = {n: sum((row.figures.get(n, Decimal(0)) for row in parts), Decimal(0)) for n in total.figures}
    if added != total.figures or not any(added.values()):
        return None
    plain = sum(_is_plain(row) for row in parts)
    many = any(_takes_many(row) for row in parts)
    return _Sum(role_of(total.label) == "net", many, plain, len(parts) - plain - sum(row.personnel for row in parts))


def _takes_many(row: _Row) -> bool:
    return any(figure < -MOST_LOST for figure in row.figures.values())


def _has_many(row: _Row) -> bool:
    """Whether a row of employees has more of them than are of one kind anywhere: they are what these cost."""
    return is_staff(row.label) and any(abs(figure) > MOST_LOST for figure in row.figures.values())


def _is_part(row: _Row) -> bool:
    return bool(row.figures) and not (_sums(row.label) or _counts(row.label) or is_part_of(row.label))


def _is_plain(row: _Row) -> bool:
    """Whether a row says nothing of people or things, nor the heading over it."""
    return not row.personnel and measure_of(row.label) in {"unsaid", "money"} and not is_staff(row.label)


def _sums(label: str) -> bool:
    """Whether a row is a total of anything but people."""
    return role_of(label) in {"net", "total"} and not _counts(label)


def _added(section: Sequence[_Row], row: int) -> list[_Row]:
    """The rows that a row is summed with, and their sum at the end; none where a column does not add up."""
    sums = [n for n, each in enumerate(section) if role_of(each.label) in {"net", "total"}]
    start = max((n + 1 for n in sums if section[n].number < row), default=0)
    end = next((n for n in sums if section[n].number > row), None)
    if end is None or _counts(section[end].label) or any(_counts(each.label) for each in section[start:end]):
        return []
    whole = section[end].figures
    parts = [each.figures for each in section[start:end]]
    held = [sum(figures.get(n, Decimal(0)) for figures in parts) == figure for n, figure in whole.items()]
    return list(section[start : end + 1]) if whole and all(held) and any(whole.values()) else []


def _is_lost(section: Sequence[_Row], own: Sequence[_Row]) -> bool:
    """Whether a section takes away more than people, in rows that do not say what they count, and ``own`` is large."""
    bare = [row for row in section if role_of(row.label) is None and measure_of(row.label) == "unsaid"]
    lost = any(figure < -MOST_LOST for row in bare for figure in row.figures.values())
    return lost and any(abs(figure) > FEW for row in own for figure in row.figures.values())


def _counts(label: str) -> bool:
    return measure_of(label) in {"fte", "position"}


def _make_up(rows: Sequence[_Row], counted: dict[int, Decimal]) -> bool:
    """Whether the figures of the rows add up to those of the people in a column, or nearly so."""
    sums = {n: sum((row.figures.get(n, Decimal(0)) for row in rows), Decimal(0)) for n in counted}
    return any(figure != 0 and abs(sums[n] - figure) <= SLACK for n, figure in counted.items())
