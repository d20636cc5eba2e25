"""Which rows of a table are the sums of which others, so that no figure is added to what contains it.

A row is a sum by its role (net, total), or by its figures where its words do not say so: accounts print "Resultat af
ordinær drift" under two totals, and a heading's own row over the rows that it adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.model import Line, LineValue, Table
from pipeline.figures.model import Level
from pipeline.tables.labels import is_part_of

SUMS = frozenset({"net", "total"})
STOCKS = frozenset({"budget", "actual"})
CLEAR = 20
"""A sum that no word marks must be so many times its tolerance: small round figures add up by chance."""

Key = tuple[int | None, str | None]


def quantum(value: LineValue, table: Table) -> Decimal:
    """What one unit of the last printed digit is worth: 1000 for "-206" in a table in 1.000 kr."""
    digits = int("".join(char for char in value.raw if char in "0123456789") or 0)
    if digits and value.value:
        return abs(value.value) / digits
    decimals = len(value.raw.partition(",")[2].strip(" )%"))
    return (table.unit.factor if table.unit else Decimal(1)).scaleb(-decimals)


@dataclass(slots=True)
class _Row:
    """A line that takes part in sums; ``holds`` are the rows that it sums, ``proven`` where the figures say so."""

    at: int
    line: Line
    figures: dict[Key, tuple[Decimal, Decimal]]
    is_sum: bool
    holds: list[_Row] = field(default_factory=list)
    proven: bool = False
    inside: _Row | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The level of each line, and for each sum the lines that it adds up."""

    levels: list[Level]
    parts: dict[int, list[int]]


def levels(table: Table) -> list[Level]:
    """The level of each line."""
    return structure(table).levels


def structure(table: Table) -> Structure:
    """Lines of different units, and stocks beside changes, are in no sum of each other."""
    found = [Level.WITHIN if is_part_of(line.label) else Level.PART for line in table.lines]
    parts: dict[int, list[int]] = {}
    for together in _kinds(table, found):
        _sum_up(together)
        for row in together:
            found[row.at] = Level.WHOLE if len(together) == 1 else _level(row)
            if row.is_sum and row.holds:
                parts[row.at] = [other.at for other in row.holds]
    return Structure(found, parts)


def _level(row: _Row) -> Level:
    if not row.is_sum:
        return Level.FREE if row.inside is None else Level.PART
    if row.inside is not None:
        return Level.INNER
    return Level.SUM if row.holds else Level.BARE


def _kinds(table: Table, found: Sequence[Level]) -> list[list[_Row]]:
    kinds: dict[tuple[str | None, bool], list[_Row]] = {}
    for at, line in enumerate(table.lines):
        if line.values and found[at] is not Level.WITHIN:
            row = _Row(at, line, _figures(line, table), line.role in SUMS)
            kinds.setdefault((line.unit, line.role in STOCKS), []).append(row)
    return list(kinds.values())


def _figures(line: Line, table: Table) -> dict[Key, tuple[Decimal, Decimal]]:
    return {(value.year, value.column): (value.value, quantum(value, table)) for value in line.values}


def _sum_up(rows: Sequence[_Row]) -> None:
    """Backwards first, as sums are printed; then the rows over their parts, where no sum has explained them."""
    for at, row in enumerate(rows):
        above = [other for other in rows[:at] if other.inside is None]
        if row.is_sum:
            _marked(row, above, rows[:at])
        elif row.line.role is None and (parts := _summed(row, above)) and _is_clear(row, parts):
            row.is_sum = True
            _contain(row, parts)
    for at, row in enumerate(rows):
        may_head = row.line.role is None or (row.is_sum and not row.holds)
        explained = row.inside is not None and row.inside.proven
        if may_head and not row.holds and not explained:
            _over(row, rows[at + 1 :])


def _marked(row: _Row, above: Sequence[_Row], every: Sequence[_Row]) -> None:
    parts = _summed(row, above)
    if parts:
        _contain(row, parts)
        return
    last = max((n + 1 for n, other in enumerate(every) if other.line.role in SUMS), default=0)
    plain = list(every[last:])
    if len(plain) > 1 and _adds_up(row, plain):  # what was taken for a sum without a word was none
        for other in plain:
            other.is_sum, other.holds = False, []
        _contain(row, plain)
        return
    row.holds = [other for other in above if not other.is_sum] or list(above)
    for other in row.holds:
        other.inside = row


def _contain(row: _Row, parts: Sequence[_Row]) -> None:
    row.holds, row.proven = list(parts), True
    for part in parts:
        part.inside = row


def _summed(row: _Row, above: Sequence[_Row]) -> list[_Row]:
    """The last rows above that add up to the row in all its columns; one is enough where the row says it is a sum."""
    for count in range(2, len(above) + 1):
        if _adds_up(row, above[-count:]):
            return list(above[-count:])
    alone = row.line.role in SUMS and above and _adds_up(row, above[-1:])
    return [above[-1]] if alone else []


def _over(row: _Row, below: Sequence[_Row]) -> None:
    """The rows right below that the row sums up."""
    near: list[_Row] = []
    for other in below:
        if other.is_sum or other.inside is not row.inside:
            break
        near.append(other)
        if len(near) > 1 and _adds_up(row, near) and (row.is_sum or _is_clear(row, near)):
            row.is_sum = True
            row.holds, row.proven = near, True
            for part in near:
                part.inside = row
            return


def _adds_up(row: _Row, parts: Sequence[_Row]) -> bool:
    """In every column of the row that has parts, one at least, and none of the parts' other columns is left over."""
    columns = {key for part in parts for key in part.figures}
    if not columns or not columns <= row.figures.keys():
        return False
    return all(_column_holds(row, parts, key) for key in row.figures)


def _column_holds(row: _Row, parts: Sequence[_Row], key: Key) -> bool:
    found, slack = row.figures[key]
    figures = [part.figures[key] for part in parts if key in part.figures]
    off = abs(sum((value for value, _ in figures), Decimal(0)) - found)
    return 2 * off <= max([slack, *(one for _, one in figures)]) * (len(figures) + 1 if len(figures) > 1 else 0)


def _is_clear(row: _Row, parts: Sequence[_Row]) -> bool:
    """Whether the figures prove a sum without a word: two columns that say different things, each large enough."""
    large = [
        (key, value)
        for key, (value, slack) in row.figures.items()
        if abs(value) >= CLEAR * slack * (len(parts) + 1) / 2
    ]
    first = parts[0].figures
    shares = {first[key][0] / value for key, value in large if key in first}
    return len(shares) > 1
