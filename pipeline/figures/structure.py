"""Which rows of a table are the sums of which others, so that no figure is added to what contains it.

A row is a sum by its role (net, total), or by its figures where its words do not say so: accounts print "Resultat af
ordinær drift" under two totals, and a heading's own row over the rows that it adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.model import Line, LineValue, Table
from pipeline.figures.model import Level
from pipeline.tables.content.labels import is_part_of, is_rate

SUMS = frozenset({"net", "total"})
STOCKS = frozenset({"budget", "actual"})
CLEAR = 20
"""A sum that no word marks must be so many times its tolerance: small round figures add up by chance."""

MOST_ROWS = 200
"""A sum is looked for in so many rows; those that are in a sum themselves are not counted."""

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


def levels(table: Table, carried: Set[int] = frozenset()) -> list[Level]:
    """The level of each line."""
    return structure(table, carried).levels


def structure(table: Table, carried: Set[int] = frozenset()) -> Structure:
    """Lines of different units, and stocks beside changes, are in no sum of each other.

    Those at ``carried`` only take a sum to the next page.
    """
    apart = [is_part_of(line.label) or is_rate(line.label) or at in carried for at, line in enumerate(table.lines)]
    found = [Level.WITHIN if row_apart else Level.PART for row_apart in apart]
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
    above: list[_Row] = []
    since: list[_Row] = []
    for row in rows:
        if row.is_sum:
            _marked(row, above, since)
            since = []
        else:
            if row.line.role is None and (parts := _summed(row, above)) and _is_clear(row, parts):
                row.is_sum = True
                _contain(row, parts)
            since.append(row)
        if row.holds:
            above = [other for other in above if other.inside is None]
        above.append(row)
    for at, row in enumerate(rows):
        may_head = row.line.role is None or (row.is_sum and not row.holds)
        explained = row.inside is not None and row.inside.proven
        if may_head and not row.holds and not explained:
            _over(row, rows[at + 1 : at + 1 + MOST_ROWS])


def _marked(row: _Row, above: Sequence[_Row], since: Sequence[_Row]) -> None:
    """What a row that says it is a sum adds up; ``since`` are all rows after the last such row."""
    parts = _summed(row, above)
    if parts:
        _contain(row, parts)
        return
    if len(since) > 1 and _adds_up(row, since):  # what was taken for a sum without a word was none
        for other in since:
            other.is_sum, other.holds = False, []
        _contain(row, since)
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
    near = above[-MOST_ROWS:]
    for count in _counts(row, list(reversed(near))):
        if _adds_up(row, near[-count:]):
            return list(near[-count:])
    alone = row.line.role in SUMS and near and _adds_up(row, near[-1:])
    return [near[-1]] if alone else []


def _over(row: _Row, below: Sequence[_Row]) -> None:
    """The rows right below that the row sums up."""
    end = next((n for n, other in enumerate(below) if other.is_sum or other.inside is not row.inside), len(below))
    for count in _counts(row, below[:end]):
        if _adds_up(row, below[:count]) and (row.is_sum or _is_clear(row, below[:count])):
            row.is_sum = True
            _contain(row, below[:count])
            return


def _counts(row: _Row, near: Sequence[_Row]) -> Iterator[int]:
    """How many of the rows, two at least, add up in the row's first figure that is not 0: few do by chance."""
    key = next((key for key, (value, _) in row.figures.items() if value), None)
    if key is None:
        return
    found, slack = row.figures[key]
    total = Decimal(0)
    parts = 0
    for count, part in enumerate(near, 1):
        if key in part.figures:
            value, quantum = part.figures[key]
            total += value
            slack = max(slack, quantum)
            parts += 1
        if count > 1 and 2 * abs(total - found) <= slack * (parts + 1):
            yield count


def _adds_up(row: _Row, parts: Sequence[_Row]) -> bool:
    totals = _Totals()
    for part in parts:
        totals.add(part)
    return totals.are(row)


class _Totals:
    """The sums of rows by column."""

    def __init__(self) -> None:
        self._columns: dict[Key, tuple[Decimal, Decimal, int]] = {}

    def add(self, part: _Row) -> None:
        for key, (value, slack) in part.figures.items():
            total, most, count = self._columns.get(key, (Decimal(0), Decimal(0), 0))
            self._columns[key] = total + value, max(most, slack), count + 1

    def are(self, row: _Row) -> bool:
        """Whether the row has them in each of its columns, within rounding, and there is none beside its columns."""
        if not self._columns or not self._columns.keys() <= row.figures.keys():
            return False
        return all(self._is(key, found, slack) for key, (found, slack) in row.figures.items())

    def _is(self, key: Key, found: Decimal, slack: Decimal) -> bool:
        total, most, count = self._columns.get(key, (Decimal(0), Decimal(0), 0))
        return 2 * abs(total - found) <= max(slack, most) * (count + 1 if count > 1 else 0)


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
