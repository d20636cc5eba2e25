"""Two versions of a table, figure by figure.

Nothing is subtracted that is not of one unit and price level. Rows are paired by group and label, then by a role that
only one of each side is left with, then by a label that is nearly the same; a pair that is not exact says so.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import Literal

from corpus.identity import part_id
from corpus.model import STAFF_UNITS, Line, LineValue, Table, exact
from pipeline.figures.cells_compared import cell_differences
from pipeline.figures.differences import Difference, Side
from pipeline.headings import fold

NEAR = 0.75
"""How much of two labels must be the same for them to be taken for one row, of 1."""

_DIGITS = re.compile(r"\d+")

Placed = tuple[Side, Table]
Key = tuple[str, str, bool]
At = tuple[int | None, str | None]
Pair = tuple[Line, Line, str]
"""A row before and after, and what is to be said of their being one row: "" where their names are the same."""


def paired_tables(
    before: Sequence[Table], after: Sequence[Table]
) -> tuple[list[tuple[Table, Table]], list[Table], list[Table]]:
    """Tables that share most rows, the nearest in print order where several share as many; then those left over."""
    scored = sorted(
        (-_shared(old, new), abs(n - m), n, m)
        for n, old in enumerate(before)
        for m, new in enumerate(after)
        if _shared(old, new) > 0 or len(before) == len(after) == 1
    )
    chosen: dict[int, int] = {}
    for _, _, n, m in scored:
        if n not in chosen and m not in chosen.values():
            chosen[n] = m
    pairs = [(before[n], after[m]) for n, m in sorted(chosen.items())]
    gone = [table for n, table in enumerate(before) if n not in chosen]
    new = [table for m, table in enumerate(after) if m not in chosen.values()]
    return pairs, gone, new


def _shared(one: Table, other: Table) -> float:
    if one.lines and other.lines:
        return _share({_key(line) for line in one.lines}, {_key(line) for line in other.lines})
    return _share(_labels(one), _labels(other))


def _share(mine: Set[object], theirs: Set[object]) -> float:
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _labels(table: Table) -> set[str]:
    """What the rows of a table are called, whether or not they were read as lines."""
    named = (next((cell.text for cell in cells if cell.text), "") for cells in table.cells)
    return {fold(text) for text in named if text}


def _key(line: Line) -> Key:
    return fold(line.group or ""), fold(line.label), line.unit in STAFF_UNITS


def table_differences(before: Placed, after: Placed, name: str) -> Iterator[Difference]:
    """What differs in two tables: the price level, names of rows, figures, rows."""
    old, new = before[1], after[1]
    if old.price_level != new.price_level:
        levels = [None if level is None else f"{level}-priser" for level in (old.price_level, new.price_level)]
        yield Difference("price level", "changed", name, before=levels[0], after=levels[1])
    pairs, gone, added = _paired_rows(old.lines, new.lines)
    for row, again, how in pairs:
        if how:
            yield _renamed(before, after, row, again, name, how)
        yield from _figures(before, after, row, again, name)
    yield from rows(before, gone, "removed", name)
    yield from rows(after, added, "added", name)
    yield from cell_differences(old, new, name)


def whole_table(side: Side, table: Table, change: Literal["added", "removed"], name: str) -> Iterator[Difference]:
    """Each figure of a table that is in one of the two only."""
    yield from rows((side, table), table.lines, change, name)
    yield from cell_differences(*((table, Table()) if change == "removed" else (Table(), table)), name)


def rows(side: Placed, lines: Sequence[Line], change: Literal["added", "removed"], name: str) -> Iterator[Difference]:
    """Each figure of rows that are in one of the two only."""
    for line in lines:
        for value in line.values:
            if change == "removed":
                yield _figure("row", change, name, (side, line, value), None)
            else:
                yield _figure("row", change, name, None, (side, line, value))


# --- rows -------------------------------------------------------------------------------------------------------


def _paired_rows(before: Sequence[Line], after: Sequence[Line]) -> tuple[list[Pair], list[Line], list[Line]]:
    left, right = [line for line in before if line.values], [line for line in after if line.values]
    pairs: list[Pair] = []
    for row in [*left]:
        match = next((other for other in right if _key(other) == _key(row)), None)
        if match is not None:
            _take(pairs, left, right, row, match, "")
    for row in [*left]:
        match = _only_of_its_role(row, left, right)
        if match is not None:
            _take(pairs, left, right, row, match, f"the only row left of the role {row.role}")
    for row in [*left]:
        near = [(_likeness(row, other), other) for other in right if _key(row)[2] == _key(other)[2]]
        best = max(near, key=lambda each: each[0], default=None)
        if best is not None and best[0] >= NEAR:
            _take(pairs, left, right, row, best[1], f"{best[0]:.0%} of the name is the same")
    return pairs, left, right


def _take(pairs: list[Pair], left: list[Line], right: list[Line], row: Line, match: Line, how: str) -> None:
    pairs.append((row, match, how))
    _remove(left, row)
    _remove(right, match)


def _remove(lines: list[Line], line: Line) -> None:
    """That very line: two rows may be equal in all they print."""
    del lines[next(n for n, other in enumerate(lines) if other is line)]


def _only_of_its_role(row: Line, left: Sequence[Line], right: Sequence[Line]) -> Line | None:
    """The one sum of this role that each side is left with; rows of other roles are about different things."""
    if row.role not in ("net", "total"):
        return None
    fitting = [other for other in right if (other.role, other.unit) == (row.role, row.unit)]
    alone = sum((other.role, other.unit) == (row.role, row.unit) for other in left) == 1
    return fitting[0] if alone and len(fitting) == 1 else None


def _likeness(one: Line, other: Line) -> float:
    """How much of two labels is the same, 0 to 1; numbers in them must be: "Pulje 1" is not "Pulje 2"."""
    if _DIGITS.findall(one.label) != _DIGITS.findall(other.label):
        return 0.0
    return difflib.SequenceMatcher(None, fold(one.label), fold(other.label)).ratio()


def _renamed(before: Placed, after: Placed, row: Line, again: Line, name: str, how: str) -> Difference:
    return Difference(
        "row",
        "renamed",
        name,
        label=row.label,
        new_label=again.label,
        before=row.label,
        after=again.label,
        before_page=before[1].page,
        after_page=after[1].page,
        told=how,
    )


# --- figures ----------------------------------------------------------------------------------------------------

Printed = tuple[Placed, Line, LineValue]


def _figures(before: Placed, after: Placed, row: Line, again: Line, name: str) -> Iterator[Difference]:
    """The figures of one row that differ, by year and column."""
    old, new = _by_place(row), _by_place(again)
    apart = _why_apart(before[1], after[1], row, again)
    for at in dict.fromkeys([*old, *new]):
        one = (before, row, old[at]) if at in old else None
        other = (after, again, new[at]) if at in new else None
        if one is None or other is None:
            yield _figure("figure", "added" if one is None else "removed", name, one, other)
        elif apart and (row.unit != again.unit or one[2].raw != other[2].raw):
            yield _figure("figure", "incomparable", name, one, other, apart)
        elif not apart and one[2].value != other[2].value:
            yield _figure("figure", "changed", name, one, other)


def _by_place(line: Line) -> dict[At, LineValue]:
    """By year and column; of several that stand under one heading, the number of their turn tells them apart."""
    seen: Counter[At] = Counter()
    found: dict[At, LineValue] = {}
    for value in line.values:
        at = (value.year, value.column)
        seen[at] += 1
        found[at if seen[at] == 1 else (value.year, f"{value.column or ''} ({seen[at]})")] = value
    return found


def _why_apart(before: Table, after: Table, row: Line, again: Line) -> str:
    """Why the figures of a row may not be subtracted, "" where they may."""
    if row.unit != again.unit:
        return f"units differ: {row.unit or 'not told'}, {again.unit or 'not told'}"
    if row.unit is None:
        return "the unit is not told"
    if row.unit not in STAFF_UNITS and before.price_level != after.price_level:
        return f"price levels differ: {before.price_level or 'not told'}, {after.price_level or 'not told'}"
    return ""


def _figure(
    what: str,
    change: Literal["changed", "added", "removed", "incomparable"],
    name: str,
    old: Printed | None,
    new: Printed | None,
    told: str = "",
) -> Difference:
    printed = old if old is not None else new
    assert printed is not None
    _, line, value = printed
    return Difference(
        what,
        change,
        name,
        label=line.label,
        new_label=new[1].label if old and new and new[1].label != line.label else "",
        year=value.year,
        column=value.column,
        unit=line.unit,
        new_unit=new[1].unit if old and new and new[1].unit != line.unit else None,
        before=exact(old[2].value) if old else None,
        after=exact(new[2].value) if new else None,
        difference=exact(new[2].value - old[2].value) if old and new and change == "changed" else None,
        before_page=_page(old),
        after_page=_page(new),
        before_id=_id(old),
        after_id=_id(new),
        told=told,
    )


def _page(printed: Printed | None) -> int | None:
    if printed is None:
        return None
    (_, table), _, value = printed
    return table.page if value.page is None else value.page


def _id(printed: Printed | None) -> str | None:
    if printed is None or printed[2].start is None:
        return None
    (side, table), _, value = printed
    part = table.part if value.part is None else value.part
    return f"{part_id(side.document.sha256, part)}.line.{value.start}"
