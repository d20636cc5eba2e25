"""Columns of a table of money that may hold something else: years of completion, loans of books, votes.

A unit over a table is said of its money, not of all that stands in it. In a table without years a column is of money
if its heading says so ("Bevilling", "I alt", "1. kvartal"), or if it is summed with such a column in the rows. Where
no heading speaks of money ("Nord", "Syd"), figures of one make are, for the unit must be said of something. Bare years
are refused, unless the heading speaks of money and a neighbour, if there is one, is made alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise, takewhile

from pipeline.lexicon import rows
from pipeline.tables.content.cells import NUMBER_KIND, Value
from pipeline.tables.content.columns import Layout, ValueColumn
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import DEVIATION, is_open_years, is_part_of_year, is_period_heading
from pipeline.tables.content.labels import is_part_of, is_rate, measure_of, speaks_of_money

_YEAR = re.compile(r"(?:19|20)\d\d\W*")
_GROUPED = re.compile(r"\W*\d{1,3}[.\s]\d{3}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_OPEN = frozenset({"unsaid", "unclear"})
_COUNTING = frozenset({"count", "fte", "position", "hours"})
SHORTEST_NAME = 3
"""Shorter ones are signs of accounts and budgets ("R", "BO", "KB"), or "år"."""
_AMOUNTS = re.compile(r"(?:beløb(?:et)?|(?:demografi)?regulering(?:en)?)\b", re.IGNORECASE)
_FORECAST = re.compile(r"(?:\w*prognose|fremskrivning)\b", re.IGNORECASE)
_ADJECTIVES = ("t", "te", "ede", "lig", "lige")
LONG_NOUN = 6
"""A noun that two headings share has so many letters at least."""
OTHER_SIZE = 1000
"""Figures so many times as large as those beside them are of another make."""
FEWEST = 2
"""A sum must hold in so many rows before it bears out what a column is."""
MISPRINTED = 5
"""One row in so many may have a sum that does not hold."""
MOST_COLUMNS = 12
"""More columns than these are not tried as the sum of each two others."""
MOST_SUMMED = 30
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with its figures by row, and their printed texts. ``said``: its heading speaks of money."""

    number: int
    heading: str
    said: bool
    total: bool
    values: Mapping[int, Value]
    texts: Sequence[str]

    @property
    def dated(self) -> bool:
        """Whether it holds whole years and nothing else."""
        return bool(self.texts) and all(_YEAR.fullmatch(text.strip()) for text in self.texts)


def unlike_money(grid: Grid, layout: Layout) -> frozenset[int]:
    """The columns of a table whose figures are not known to be money, though its unit is one.

    In a table of years, what stands beside them must speak of money, or be summed with what does; it is refused if it
    speaks of more. A name with a year must, where another one does: "Børn 2027" beside "Budget 2027"; and so must that
    name without one.
    """
    if layout.units is not None:
        return frozenset()
    columns = [column for column in _columns(grid, layout) if column.texts]
    shares = {column.number for column in columns if _may_be_shares(column, columns)}
    columns = [column for column in columns if column.number not in shares]
    unknown = _unlike(columns, layout)
    if layout.has_years:
        unknown |= _sums_of_others(grid, layout, columns, unknown)
    return frozenset(shares | unknown)


def tied_to_money(grid: Grid, layout: Layout, unsaid: set[int]) -> set[int]:
    """Of columns beside years that do not speak of money by their headings ("Vikarer"), those that sums tie to it."""
    known = {c.column for c in layout.columns if c.heading.measure in _OPEN and c.heading.text}
    return unsaid & _tied([c for c in _columns(grid, layout) if c.texts], layout) if unsaid & known else set()


def _tied(columns: Sequence[_Column], layout: Layout) -> set[int]:
    """The columns of years and of money, and what sums tie to them; years are no parts of a sum."""
    dated = {column.column for column in layout.columns if column.heading.year is not None}
    known = {c.number for c in columns if c.said or c.number in dated}
    known -= _counted([column for column in columns if column.number in dated])
    return _summed([c for c in columns if not c.dated], known)


def _sums_of_others(grid: Grid, layout: Layout, columns: Sequence[_Column], unknown: set[int]) -> set[int]:
    """The totals beside years that add up columns of something else: "I alt" of "Elever" and "Lærere"."""
    totals = [c for c in columns if c.total]
    if not totals:
        return set()
    counting = [c for c in _columns(grid, layout, _COUNTING) if c.texts]
    parts = [*counting, *(c for c in columns if c.number in unknown)]
    if len(parts) < FEWEST:
        return set()
    own = {c.number for c in totals} - _tied(columns, layout)
    return {n for sums in _sums([*parts, *(c for c in totals if c.number in own)]) for n in sums} & own


def _may_be_shares(column: _Column, columns: Sequence[_Column]) -> bool:
    """Whether changes have decimals where no other column has: they may be in per cent, though none says so."""
    if not DEVIATION.fullmatch(column.heading) or _decimals(column) == "none":
        return False
    others = [other for other in columns if other.number != column.number and other.texts]
    return len(others) > 1 and all(_decimals(other) == "none" for other in others)


def _unlike(columns: Sequence[_Column], layout: Layout) -> set[int]:
    """The columns that no heading and no sum ties to money."""
    if layout.has_years:
        dated = {column.column for column in layout.columns if column.heading.year is not None}
        beside = [column for column in columns if column.number not in dated]
        unknown = {c.number for c in beside if not _told(c)}
        unknown -= _tied(columns, layout) if unknown else set()
        unknown |= {c.number for c in beside if c.dated and not _may_be_round(c, columns)}
        counted = _counted([column for column in columns if column.number in dated])
        names = {_name(column.heading) for column in columns if column.number in counted}
        same = {column.number for column in beside if _name(column.heading) in names}
        return unknown | counted | same
    refused = {c.number for c in columns if c.dated and not _may_be_round(c, columns)}
    columns = [column for column in columns if column.number not in refused]
    seeds = {column.number for column in columns if column.said}
    summed = _summed(columns, seeds or {column.number for column in columns if column.total})
    if seeds:
        return refused | _beside_money(columns, summed, seeds)
    unsaid = [column for column in columns if not column.total]
    if any(column.number in summed for column in unsaid):
        return refused | {column.number for column in unsaid} - summed
    alike = {c.number for c in unsaid if len(columns) == 1 or _is_like_another(c, columns)}
    return refused | {column.number for column in unsaid} - alike


def _counted(columns: Sequence[_Column]) -> set[int]:
    """Of columns of years, those with the name of something else where others have a name of money.

    A forecast beside amounts ("Prognose 2027", "Beløb 2027") is one of what these are for.
    """
    named = [column for column in columns if _name(column.heading)]
    if any(names_amounts(column.heading) for column in named):
        named = [replace(c, said=False) if _FORECAST.match(c.heading) else c for c in named]
    seeds = {column.number for column in named if column.said}
    unknown = {column.number for column in named if not _told(column)}
    return unknown - _summed(columns, seeds) if seeds and unknown else set()


def names_amounts(heading: str) -> bool:
    """True for a heading that says of its figures that they are amounts, whatever the rows are: "Beløb 2027"."""
    return _AMOUNTS.match(heading) is not None


def _name(heading: str) -> str:
    """The noun beside a year: "Børn" of "Børn 2027"; none of "B2027", "Forventet 2027" and "2027"."""
    words = [word.casefold() for word in _WORD.findall(heading)]
    noun = next((word for word in words if len(word) >= SHORTEST_NAME), "")
    return "" if noun.endswith(_ADJECTIVES) and not speaks_of_money(noun) else noun


def _may_be_round(column: _Column, columns: Sequence[_Column]) -> bool:
    """Whether what look like years are amounts near 2,000, as one beside them may be; not so under "Anlægsår"."""
    years = any(word.endswith("år") for word in _WORD.findall(column.heading.casefold()))
    return _told(column) and not years and (len(columns) == 1 or _is_like_another(column, columns))


def _told(column: _Column) -> bool:
    return column.said or column.total


def _beside_money(columns: Sequence[_Column], summed: set[int], seeds: set[int]) -> set[int]:
    """Columns beside those that speak of money, that no sum ties to them; a total of such columns is one of them."""
    said = [column for column in columns if column.number in seeds]
    akin = {c.number for c in columns if any(_is_akin(c.heading, s.heading) and _alike(c, s) for s in said)}
    unknown = {column.number for column in columns if not _told(column)} - summed - akin
    totals = {column.number for column in columns if column.total} - summed
    others = [column for column in columns if column.number in unknown | totals]
    counted = {n for sums in _sums(others) for n in sums} & totals if unknown else set()
    return (unknown | counted) - seeds


def _is_akin(one: str, other: str) -> bool:
    """Whether two headings are compounds of one noun: "Investeringsejendomme", "Domicilejendomme"."""
    letters = zip(reversed(one.casefold()), reversed(other.casefold()), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    parts = {text[: len(text) - shared] for text in (one, other)}
    return shared >= LONG_NOUN and all(len(part) >= SHORTEST_NAME and part.isalpha() for part in parts)


def _columns(grid: Grid, layout: Layout, measures: frozenset[str] = _OPEN | {"money"}) -> Iterator[_Column]:
    """The columns with a heading of one of the ``measures`` whose figures have no unit of their own."""
    body = [number for number in range(len(grid.rows)) if layout.is_read(number)]
    cells = {number: {cell.column: cell for cell in grid.rows[number]} for number in body}
    money = [n for n in body if measure_of(_label(layout, cells[n])) in {"unsaid", "money", "unclear"}]
    read = {number: layout.values(number, cells[number]) for number in money}
    for column in layout.columns:
        heading = column.heading
        if not heading.text or heading.measure not in measures or is_rate(heading.text):
            continue
        values = {n: row[column.column] for n, row in read.items() if column.column in row}
        values = {n: value for n, value in values.items() if value.kind is NUMBER_KIND}
        texts = [cells[n][column.column].text for n in values]
        own = any(value.unit is not None for value in values.values())
        total = heading.total and not _counts(heading.text)
        said = not total and (own or _says_money(column))
        yield _Column(column.column, heading.text, said, total, values, texts)


def _label(layout: Layout, row: Mapping[int, GridCell]) -> str:
    return " ".join(row[n].text for n in sorted(row) if n in layout.labels)


def _says_money(column: ValueColumn) -> bool:
    heading = column.heading
    timed = is_period_heading(heading.text) or is_part_of_year(heading.text)
    if heading.unit is not None or timed or is_open_years(heading.text):
        return True
    said = speaks_of_money(heading.text) or DEVIATION.fullmatch(heading.text) is not None
    return (heading.role is not None or said) and heading.measure != "unclear" and not _counts(heading.text)


@cache
def _no_money() -> tuple[str, ...]:
    return tuple(row["heading"] for row in rows("table_columns") if row["kind"] == "ending")


def _counts(heading: str) -> bool:
    """Whether a heading with a word of money is of something else: "Anlægsår", "Bevillingsnr.", "Samlet antal"."""
    words = _WORD.findall(heading.casefold())
    compound = any(word.endswith(_no_money()) and word not in _no_money() for word in words)
    return compound or any(word in {"antal", "antallet", "nr", "nummer"} for word in words)


# --- make -----------------------------------------------------------------------------------------------------


def _is_like_another(column: _Column, columns: Sequence[_Column]) -> bool:
    return any(_alike(column, other) for other in columns if other.number != column.number)


def _alike(one: _Column, other: _Column) -> bool:
    """Whether two columns print their figures the same way, and of about the same size."""
    if one.dated != other.dated and any(_GROUPED.match(text) for text in (*one.texts, *other.texts)):
        return False  # years have no mark between their thousands
    if {_decimals(one), _decimals(other)} == {"all", "none"}:
        return False
    a, b = _size(one), _size(other)
    return not (a and b) or max(a, b) < OTHER_SIZE * min(a, b)


def _decimals(column: _Column) -> str:
    """Whether all figures but zeros have decimals, none, or some of them."""
    with_some = [value.quantum < 1 for value in column.values.values() if value.number]
    return "none" if not any(with_some) else "all" if all(with_some) else "some"


def _size(column: _Column) -> Decimal:
    sizes: list[Decimal] = sorted(abs(value.number) for value in column.values.values() if value.number)
    return sizes[len(sizes) // 2] if sizes else Decimal(0)


# --- sums -----------------------------------------------------------------------------------------------------


def _summed(columns: Sequence[_Column], known: set[int]) -> set[int]:
    """The columns that sums over the rows, or a "heraf", tie to the known ones, with these."""
    found = set(known)
    sums = [*_sums(columns), *({b.number, a.number} for a, b in pairwise(columns) if _is_of_which(a, b))]
    while new := {n for tied in sums if found & tied for n in tied} - found:
        found |= new
    return found


def _is_of_which(whole: _Column, part: _Column) -> bool:
    """Whether a column is a part of the one before it: "heraf renterisiko", but not "heraf elever"."""
    of, _, what = part.heading.partition(" ")
    named = measure_of(what, heading=True) == "unsaid" and not _counts(what)
    return named and is_part_of(of) and part.number == whole.number + 1 and _alike(whole, part)


def _sums(columns: Sequence[_Column]) -> list[set[int]]:
    """The columns of each sum that the rows bear out: one is the sum of two others, or of those next to it."""
    found = []
    if len(columns) > MOST_SUMMED:
        return []
    runs = [tuple(columns[i:j]) for i in range(len(columns)) for j in range(i + 3, len(columns) + 1)]
    near = [run for run in runs if len(run) > 3]
    threes = list(combinations(columns, 3)) if len(columns) <= MOST_COLUMNS else [r for r in runs if len(r) == 3]
    for group in (*threes, *near):
        wholes = group if len(group) == 3 else (group[0], group[-1])
        if any(_holds(whole, [part for part in group if part is not whole]) for whole in wholes):
            found.append({column.number for column in group})
    return found


def _holds(whole: _Column, parts: Sequence[_Column]) -> bool:
    """Whether a column is the sum of others in nearly all rows that have it, and adds up two at least in several."""
    tried = full = missed = 0
    for number, value in [*whole.values.items()][:MOST_ROWS]:
        added = [part.values[number] for part in parts if number in part.values]
        if value.number is None or not added:
            continue
        total = sum((each.number for each in added if each.number is not None), Decimal(0))
        slack = max(each.quantum for each in (value, *added)) * len(added) / 2
        held = abs(total - value.number) <= slack
        tried, missed = tried + 1, missed + (not held)
        full += held and sum(abs(each.number or Decimal(0)) > slack for each in added) > 1
    return full >= FEWEST and MISPRINTED * missed <= tried
