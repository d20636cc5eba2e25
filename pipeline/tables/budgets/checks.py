"""The sums that a budget table promises: net changes, totals of rows, totals over years.

Printed figures are rounded, so a sum may be off by half the last printed digit for each figure that goes into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

import msgspec

from corpus.model import Check, Line, Problem, exact
from corpus.problems import Code, problem
from pipeline.tables.budgets.deviations import deviation_checks
from pipeline.tables.budgets.sides import is_on_side
from pipeline.tables.budgets.subtotals import (
    is_near_one,
    is_sum_of_one,
    one_row_apart,
    summed,
    sums_before_parts,
    without_parts,
)
from pipeline.tables.budgets.yearsums import year_checks
from pipeline.tables.content.columns import ValueColumn
from pipeline.tables.content.entries import Checked, Entry, Figure
from pipeline.tables.content.headings import is_period_heading
from pipeline.tables.content.labels import is_group_label, plain, role_of

CHANGES = frozenset({"saving", "efficiency", "investment"})
STOCKS = frozenset({"budget", "actual"})
SUMS = frozenset({"net", "total"})
PLAIN_TOTALS = frozenset(
    {"i alt", "ialt", "sum", "total", "totalt", "hovedtotal", "subtotal", "delsum", "netto", "samlet"}
)
MOST_ROWS = 200
"""A sum is looked for in so many rows above it; further down a table no sum is told to be wrong."""
CLEAR = 20
"""A sum that proves what a row adds up is so many times its tolerance."""


def run_checks(entries: Sequence[Entry], columns: Sequence[ValueColumn]) -> list[Checked]:
    """Every sum that can be checked, in print order, then the deviations."""
    checks: list[Checked] = []
    over_years = year_checks(entries, columns, _check)
    for position, entry in enumerate(entries):
        if entry.line.unit is None or not entry.figures:
            continue
        made: list[Check | None] = [*over_years[position]]
        if entry.line.role in SUMS:
            parts = _parts(entries, position)
            made += [_column_check(entry, parts, column, columns) for column in columns]
        page = next(iter(entry.figures.values())).value.page
        checks += [(check, page) for check in made if check is not None]
    return checks + deviation_checks(entries, columns)


def sum_problems(checks: Sequence[Checked]) -> list[Problem]:
    """A ``sum-mismatch`` for each check that does not hold, on the page of the sum."""
    return [
        problem(
            Code.SUM_MISMATCH,
            f"{check.rule} {check.year or check.column or ''}: printed {_printed(check.found)}, parts give "
            f"{_printed(check.expected)}.",
            page=page,
        )
        for check, page in checks
        if not check.ok
    ]


def _printed(value: Decimal) -> str:
    """A figure as Danes print it: "-1.250.000", "0,5"."""
    return f"{value:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def with_groups(entries: Sequence[Entry], columns: Sequence[ValueColumn]) -> list[Line]:
    """The lines, where a sum over rows of several groups is in none of them, nor is a row of the last one after it."""
    lines = []
    closed: str | None = None
    for position, entry in enumerate(entries):
        line = entry.line
        if line.role in SUMS and line.group is not None and entry.figures and _in_groups(entries, position):
            choices = _parts(entries, position).choices
            added = max(choices, key=lambda choice: sum(_explains(entry, choice, column.column) for column in columns))
            held = any(_explains(entry, added, column.column) for column in columns)
            if held and any(part.line.group != line.group for part in added):
                closed = line.group
        if line.group != closed:
            closed = None
        lines.append(line if closed is None else msgspec.structs.replace(line, group=None))
    return lines


def _in_groups(entries: Sequence[Entry], position: int) -> bool:
    """Whether a row that a sum may be the sum of is in another group than the sum."""
    group = entries[position].line.group
    return any(each.line.group != group for each in entries[max(position - MOST_ROWS, 0) : position])


def _explains(entry: Entry, parts: Sequence[Entry], column: int) -> bool:
    found = entry.figures.get(column)
    figures = [part.figures[column] for part in parts if column in part.figures]
    return found is not None and bool(figures) and _adds_up(figures, found)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The rows that a sum may be the sum of. ``choices``: most likely first, from its group to the whole table.

    ``near``: the part rows since the sum before, ``all_near``: "heraf" rows too; ``sums``: the sums above; ``lost``:
    columns with a refused one; ``run``: the last rows that nearly all columns say to be summed, if there are such;
    ``above``: all rows that may be parts, and sums of them; none further down a table; ``alone``: the table has one row
    and this sum.
    """

    choices: list[list[Entry]]
    near: list[Entry]
    sums: list[Entry]
    all_near: Sequence[Entry]
    lost: frozenset[int]
    run: list[Entry]
    above: list[Entry]
    alone: bool
    plain: list[list[Entry]] = field(default_factory=list)
    standing: list[list[Entry]] = field(default_factory=list)
    left: list[list[Entry]] = field(default_factory=list)

    def stepped(self) -> list[list[Entry]]:
        """The first two choices without the rows that others of them sum up; worked out where a column asks."""
        if not self.plain:
            self.plain.extend(without_parts(each) for each in self.choices[:2])
            self.plain.extend(heads for each in self.choices[:2] if (heads := sums_before_parts(each)))
        return self.plain

    def unsummed(self, entry: Entry) -> list[Entry]:
        """The last rows and sums that no sum above takes in, where nearly all columns say that this one does."""
        if not self.standing:
            left = self.unadded()
            self.standing.append(_run(entry, left) or summed(entry, left))
        return self.standing[0]

    def unadded(self) -> list[Entry]:
        """The rows and sums above that no sum above takes in."""
        if not self.left:
            self.left.append(without_parts(self.above))
        return self.left[0]


def _parts(entries: Sequence[Entry], position: int) -> _Parts:
    total, scale = entries[position].line, entries[position].scale
    nearby = [e for e in entries[max(position - MOST_ROWS, 0) : position] if e.scale == scale]
    above = [e for e in nearby if e.line.unit == total.unit and not e.part_of and is_on_side(e.line.label, total.label)]
    rows = _without_first_total([e for e in above if e.line.role not in SUMS])
    changes = [e for e in rows if e.line.role not in STOCKS]
    since = above[max([n + 1 for n, e in enumerate(above) if e.line.role in SUMS], default=0) :]
    near = _without_first_total([e for e in since if e.line.role not in STOCKS | SUMS])
    group = [e for e in near if e.line.group == total.group]
    three = [e for e in changes if e.line.role in CHANGES]
    sums = [e for e in above if e.line.role in SUMS]
    all_near = nearby[max([n + 1 for n, e in enumerate(nearby) if e.line.role in SUMS], default=0) :]
    unsure = entries[position].figures if position > MOST_ROWS else ()
    lost = frozenset(unsure).union(*(e.lost for e in nearby), entries[position].lost)
    run = _run(entries[position], near)
    short = [] if unsure else above  # what sums of sums take is looked for row by row, for each sum anew
    last = [e for e in since if e.line.role not in SUMS]
    choices = [three, group, near, changes] if total.role == "net" else [group, near, changes, rows]
    more = [sums, run] if total.role == "net" else [sums, last, run]
    alone = position == 1 and len(entries) == 2
    return _Parts([*choices, *more], near, sums, all_near, lost, run, short, alone)


def _run(entry: Entry, near: list[Entry]) -> list[Entry]:
    """The last of the rows above, two at least, whose sums are printed in all columns but one at most, two at least.

    A committee's total need not stand below a heading of the committee: a column beside the names may tell it.
    """
    columns = {column: figure for column, figure in entry.figures.items() if figure.value.value}
    added = dict.fromkeys(columns, (Decimal(0), Decimal(0), 0))
    best: list[Entry] = []
    most = max(2, len(columns) - 1) - 1
    for start in range(len(near) - 1, -1, -1):
        held = 0
        for column, found in columns.items():
            total, quantum, parts = added[column]
            if (part := near[start].figures.get(column)) is not None:
                total, quantum, parts = total + part.value.value, max(quantum, part.quantum), parts + 1
                added[column] = total, quantum, parts
            off = abs(total - found.value.value)
            held += parts > 0 and off <= _tolerance(max(quantum, found.quantum), parts)
        if held > most and start < len(near) - 1:
            best, most = near[start:], held
    return best


def _without_first_total(rows: list[Entry]) -> list[Entry]:
    """The rows without their first where it is the sum of the others in every column: "Årsværk", then its parts."""
    if len(rows) < 3:
        return rows
    first, rest = rows[0], rows[1:]
    for column, figure in first.figures.items():
        parts = [part.figures[column] for part in rest if column in part.figures]
        if figure.value.value == 0 or len(parts) < 2 or not _adds_up(parts, figure):
            return rows
    return rest if first.figures else rows


def _column_check(entry: Entry, parts: _Parts, column: ValueColumn, columns: Sequence[ValueColumn]) -> Check | None:
    """The check against the first choice that holds. A sum that none explains fails only where the label is plain."""
    found = entry.figures.get(column.column)
    if found is None:
        return None
    held = _first_held(entry, parts.choices, column)
    if held is None:
        held = _first_held(entry, parts.stepped(), column)
    if held is None and parts.sums:
        held = _first_held(entry, [parts.unsummed(entry)], column)
    if held is not None or column.column in parts.lost:
        return held
    made = _checks(entry, parts.choices, column)
    if not made:
        return None
    if run := parts.run or (parts.sums and parts.unsummed(entry)):
        return next(iter(_checks(entry, [run], column)), None)
    if entry.line.role == "net" and parts.sums:
        return _of_sides(entry, parts, column)  # else which of the sums and rows above it adds up is not plain
    if any(_with_other_signs(entry, choice, column) for choice in parts.choices):
        return None
    if _is_budget(columns) and (missed := _missed(entry, parts, column)) is not None:
        return missed
    stepped = [*parts.stepped()[:1], *parts.stepped()[2:]]
    nearest = [made[0], *_checks(entry, stepped, column)]
    miss = min(nearest, key=lambda check: abs(check.expected - check.found))
    promised = (
        _promises(entry, parts.choices[0], column)
        or _holds_elsewhere(entry, parts.near, column)
        or _sums_one(entry, parts, column, columns)
    )
    if not promised or _one_row_apart(parts, column, miss):
        return None
    far = abs(miss.expected - miss.found) > abs(miss.found) / 2
    if entry.line.role == "total" and far and not _level(entry, parts):
        return None  # too far off for a misprint: it is the total of something else
    return miss


def _first_held(entry: Entry, choices: Sequence[Sequence[Entry]], column: ValueColumn) -> Check | None:
    held = next((choice for choice in choices if _explains(entry, choice, column.column)), None)
    return None if held is None else _checks(entry, [held], column)[0]


def _of_sides(entry: Entry, parts: _Parts, column: ValueColumn) -> Check | None:
    """The failing check of a net below the sums of both sides and nothing else: "Udgifter i alt", "Indtægter i alt".

    Whether one is taken off is told by what comes nearest; None where a way to take them holds.
    """
    sides = [e for e, below in pairwise([*parts.unadded(), entry]) if not _is_repeated(e, below)]
    roles = [role_of(plain(e.line.label).removesuffix(" i alt")) for e in sides]
    if sorted(map(str, roles)) != ["expense", "income"] or any(column.column not in e.figures for e in sides):
        return None
    one, other = (side.figures[column.column].value.value for side in sides)
    found = entry.figures[column.column].value.value
    expected = min(one + other, one - other, other - one, key=lambda value: abs(value - found))
    made = _check(entry, [side.figures[column.column] for side in sides], column)
    held = abs(expected - found) <= made.tolerance
    return None if held else msgspec.structs.replace(made, expected=exact(expected), ok=False)


def _is_repeated(row: Entry, below: Entry) -> bool:
    """Whether the sum below a row is that of this row alone."""
    same = {n: f.value.value for n, f in row.figures.items()} == {n: f.value.value for n, f in below.figures.items()}
    return same and below.line.role == "total"


def _one_row_apart(parts: _Parts, column: ValueColumn, made: Check) -> bool:
    return one_row_apart(parts.all_near, column.column, made.expected, made.found, made.tolerance)


def _checks(entry: Entry, choices: Sequence[Sequence[Entry]], column: ValueColumn) -> list[Check]:
    by_choice = [[e.figures[column.column] for e in choice if column.column in e.figures] for choice in choices]
    return [_check(entry, figures, column) for figures in by_choice if figures]


def _is_budget(columns: Sequence[ValueColumn]) -> bool:
    """Budget years on end, two at least; accounts look back: their years fall, or are actual ones."""
    years = [c.heading.year for c in columns if c.heading.year is not None]
    actual = any(c.heading.role == "actual" or is_period_heading(c.heading.text) for c in columns)
    return len(years) >= 2 and not actual and all(b == a + 1 for a, b in pairwise(years))


def _missed(entry: Entry, parts: _Parts, column: ValueColumn) -> Check | None:
    """The failing check of a budget's plain total, however far off, against the nearest of its possible sums."""
    if column.heading.year is None or not _is_plain_sum(entry.line):
        return None
    choices = [choice for choice in (parts.choices[0], parts.choices[1], parts.near) if len(choice) >= 2]
    if entry.line.role == "net":
        choices = [choice for choice in choices if len(choice) >= len(parts.near)]
    if not parts.near and len(parts.sums) >= 2:
        choices = [parts.sums]
    made = _checks(entry, [*choices, *parts.stepped()[2:]], column)
    return min(made, key=lambda check: abs(check.expected - check.found), default=None)


def _is_plain_sum(line: Line) -> bool:
    words = plain(line.label)
    if line.role == "net":
        return True
    return words in PLAIN_TOTALS or words.startswith(("i alt", "samlet", "samlede", "total")) or words.endswith("i alt")


def _with_other_signs(entry: Entry, parts: Sequence[Entry], column: ValueColumn) -> bool:
    """Whether the sum holds with income, or savings, or costs taken off, printed without a minus as they are."""
    found = entry.figures[column.column]
    for roles in ({"income"}, {"saving", "efficiency"}, {"investment", "expense", "construction", "grant"}):
        both = [(e.line.role in roles, e.figures[column.column]) for e in parts if column.column in e.figures]
        turned = [figure.value.value for turn, figure in both if turn]
        if not turned or any(value < 0 for value in turned) or len(turned) == len(both):
            continue
        expected, tolerance = _sum_of([figure for _, figure in both], found)
        if abs(expected - 2 * sum(turned) - found.value.value) <= tolerance:
            return True
    return False


def _level(entry: Entry, parts: _Parts) -> bool:
    """Whether the rows from a budget group's heading to the total are plain parts, with figures in the same columns."""
    same = all(part.figures.keys() == entry.figures.keys() for part in parts.near)
    group = entry.line.group
    named = group is not None and (is_group_label(group) or plain(group) in plain(entry.line.label))
    grouped = named and all(part.line.group == entry.line.group for part in parts.near)
    return len(parts.near) >= 2 and same and grouped


def _promises(entry: Entry, first: list[Entry], column: ValueColumn) -> bool:
    """Whether a miss is the document's: the parts are the three kinds of change, or rows right above a plain total."""
    figures = [e for e in first if column.column in e.figures]
    if entry.line.role == "net":
        return bool(figures)
    words = plain(entry.line.label)
    return len(figures) >= 2 and (words in PLAIN_TOTALS or words.startswith("i alt"))


def _holds_elsewhere(entry: Entry, near: Sequence[Entry], column: ValueColumn) -> bool:
    """Whether a longer name that ends in "i alt" is the sum of all rows since the last one: another column says so.

    Three rows or more, each with a figure in both columns; small figures add up by chance.
    """
    if len(near) < 3 or not plain(entry.line.label).endswith("i alt"):
        return False
    full = [n for n in entry.figures if all(n in part.figures for part in near)]
    if column.column not in full:
        return False
    for other in full:
        found = entry.figures[other]
        tolerance = _sum_of([part.figures[other] for part in near], found)[1]
        if abs(found.value.value) >= CLEAR * tolerance and _explains(entry, near, other):
            return True
    return False


def _sums_one(entry: Entry, parts: _Parts, column: ValueColumn, columns: Sequence[ValueColumn]) -> bool:
    """Whether a plain total promises to be the one row above it: nothing else is printed that it could add up."""
    if not _is_plain_sum(entry.line):
        return False
    if parts.alone and _is_budget(columns) and is_near_one(entry, parts.near, column.column):
        return True
    return is_sum_of_one(entry, parts.near, parts.sums, column.column)


def _sum_of(parts: Sequence[Figure], found: Figure) -> tuple[Decimal, Decimal]:
    """What the parts add up to, and how far the printed sum may be from it."""
    quantum = max([part.quantum for part in parts] + [found.quantum])
    return sum([part.value.value for part in parts], Decimal(0)), _tolerance(quantum, len(parts))


def _tolerance(quantum: Decimal, parts: int) -> Decimal:
    return quantum * (parts + 1 if parts > 1 else 0) / 2


def _adds_up(parts: Sequence[Figure], found: Figure) -> bool:
    expected, tolerance = _sum_of(parts, found)
    return abs(expected - found.value.value) <= tolerance


def _check(entry: Entry, parts: Sequence[Figure], column: ValueColumn, rule: str = "") -> Check:
    found = entry.figures[column.column]
    expected, tolerance = _sum_of(parts, found)
    return Check(
        rule=rule or ("net" if entry.line.role == "net" else "total"),
        expected=exact(expected),
        found=found.value.value,
        ok=abs(expected - found.value.value) <= tolerance,
        tolerance=exact(tolerance),
        year=column.heading.year,
        column=found.value.column,
        unit=entry.line.unit,
    )
