"""The tables, as printed and as budget lines, and the rest of the number ledger."""

from __future__ import annotations

from decimal import Decimal

from corpus.model.basis import Box, Struct

STAFF_UNITS = frozenset({"fte", "position", "hours-per-week"})
"""Units of lines that count staff, as those of an ``Fte`` record; any other one is a currency."""


class Unit(Struct, kw_only=True, frozen=True):
    """What one printed number is worth: "Beløb i 1.000 kr." is factor 1000, currency DKK."""

    factor: Decimal
    currency: str
    text: str


class Column(Struct, kw_only=True, frozen=True):
    """A value column by its printed heading, and its budget year where the heading names one."""

    label: str
    year: int | None = None


class Cell(Struct, kw_only=True, frozen=True):
    """A printed cell; ``row`` counts on over page breaks. ``text`` is "" where nothing is printed."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    bbox: Box | None = None
    header: bool = False


class LineValue(Struct, kw_only=True, frozen=True):
    """A figure of a line, in the line's unit, with the printed form. Named by ``year`` or else by ``column``."""

    value: Decimal
    raw: str
    year: int | None = None
    column: str | None = None
    part: int | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    bbox: Box | None = None


class Line(Struct, kw_only=True, frozen=True):
    """A row in tidy form; an empty cell has no value.

    ``unit``: "DKK" (or another currency), or what is counted of staff, one of ``STAFF_UNITS``.
    """

    label: str
    group: str | None = None
    role: str | None = None
    unit: str | None = None
    values: list[LineValue] = []


class Check(Struct, kw_only=True, frozen=True):
    """A sum that the table itself promises, and whether it holds within ``tolerance``. ``unit`` is that of its line.

    The rule "summary = proposal" is of one row, ``label``, of a summary in a catalogue: ``found`` there, ``expected``
    from the proposal, which is part ``part``.
    """

    rule: str
    expected: Decimal
    found: Decimal
    ok: bool
    tolerance: Decimal
    year: int | None = None
    column: str | None = None
    unit: str | None = None
    label: str | None = None
    part: int | None = None


class Table(Struct, kw_only=True, frozen=True):
    """A table as printed (``cells``) and, where it is a budget table that could be read safely, as ``lines``."""

    part: int = 0
    page: int | None = None
    pages: list[int] = []
    bbox: Box | None = None
    caption: str | None = None
    cells: list[list[Cell]] = []
    unit: Unit | None = None
    price_level: int | None = None
    sign_note: str | None = None
    columns: list[Column] = []
    lines: list[Line] = []
    checks: list[Check] = []


class UnclaimedNumber(Struct, kw_only=True, frozen=True):
    """A number printed on a page that is in no cell and no record: the rest of the ledger."""

    text: str
    part: int
    start: int
    end: int
    page: int | None = None
