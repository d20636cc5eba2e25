"""The checks that the tables of one document promise, each with the places of its figures on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from corpus.identity import part_id
from corpus.model import Check, Line, LineValue, Table, exact
from pipeline.export.rows import part_of
from pipeline.figures.papers import Paper, PartIds, is_wanted
from pipeline.figures.structure import SUMS, Structure, structure
from pipeline.figures.verdicts import Spot, Status, Verdict
from pipeline.masking import mask_name

SUMMARY = "summary = proposal"
LOW, HIGH = Decimal(150_000), Decimal(2_000_000)
"""Kr. a year for one årsværk: less is below any salary, more is not salaries alone."""
SALARIES = frozenset({"saving", "efficiency"})

Place = tuple[int, int, int]
"""Table, line and value, by their numbers."""


class _Places:
    """The figures of a document's tables by what a check says of them; each is given once for a rule."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._given: set[tuple[str, Place]] = set()
        self._by_figure: dict[int, dict[tuple[object, ...], list[tuple[int, int]]]] = {}

    def spot(self, place: Place) -> Spot:
        table = self.paper.outline.tables[place[0]]
        line = table.lines[place[1]]
        value = line.values[place[2]]
        part = part_of(self.paper, table.part if value.part is None else value.part)
        ending = ".".join(map(str, place)) if value.start is None else str(value.start)
        return Spot(
            sha256=self.paper.sha256,
            path=mask_name(self.paper.path),
            page=table.page if value.page is None else value.page,
            box=value.bbox,
            label=line.label,
            raw=value.raw,
            id=f"{part_id(self.paper.sha256, part.index)}.{'line' if value.start is not None else 'cell'}.{ending}",
        )

    def found(self, number: int, table: Table, check: Check) -> Place | None:
        """The figure that a check found: on the row that it names, else on the first sum that has it."""
        if number not in self._by_figure:
            self._by_figure = {number: _by_figure(table)}
        asked = (check.unit, check.year, check.column, check.found)
        for at, n in self._by_figure[number].get(asked, []):
            place = (number, at, n)
            if _may_be(table.lines[at], check) and (check.rule, place) not in self._given:
                self._given.add((check.rule, place))
                return place
        return None


def _by_figure(table: Table) -> dict[tuple[object, ...], list[tuple[int, int]]]:
    """Line and value of each figure of a table, by unit, year, column and value."""
    found: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    for at, line in enumerate(table.lines):
        for n, value in enumerate(line.values):
            found.setdefault((line.unit, value.year, value.column, value.value), []).append((at, n))
    return found


def _may_be(line: Line, check: Check) -> bool:
    if check.label is not None:
        return line.label == check.label
    return check.rule not in SUMS or line.role in SUMS


def _is_of(value: LineValue, check: Check) -> bool:
    return (value.year, value.column) == (check.year, check.column)


def table_verdicts(paper: Paper, parts: PartIds | None = None) -> Iterator[Verdict]:
    """Every check of the document's tables, in print order, then the money per årsværk of each table."""
    places = _Places(paper)
    for number, table in enumerate(paper.outline.tables):
        if not is_wanted(parts, paper.sha256, table.part):
            continue
        found = structure(table)
        for check in table.checks:
            place = places.found(number, table, check)
            yield _verdict(places, number, table, check, place, found)
        yield from _salaries(places, number, table, found)


def _verdict(
    places: _Places, number: int, table: Table, check: Check, place: Place | None, found: Structure
) -> Verdict:
    paper = places.paper
    page = table.page
    nowhere = Spot(paper.sha256, mask_name(paper.path), page, table.bbox, check.label or check.rule, "", "")
    return Verdict(
        rule=check.rule,
        status=Status.HOLDS if check.ok else Status.FAILS,
        spot=nowhere if place is None else places.spot(place),
        found=check.found,
        expected=check.expected,
        tolerance=check.tolerance,
        unit=check.unit or "",
        year=check.year,
        column=check.column,
        part=table.part,
        document=paper.outline.title,
        others=[] if place is None else [places.spot(other) for other in _behind(paper, number, check, place, found)],
    )


def _behind(paper: Paper, number: int, check: Check, place: Place, found: Structure) -> Iterator[Place]:
    """The figures that the expected one comes from: the rows of a sum, the years of a line, the proposal's own."""
    tables = paper.outline.tables
    if check.rule == SUMMARY:
        yield from _own_figure(paper, check)
    elif check.rule in SUMS:
        for at in found.parts.get(place[1], []):
            for n, value in enumerate(tables[number].lines[at].values):
                if _is_of(value, check):
                    yield number, at, n
    else:
        values = tables[number].lines[place[1]].values
        pair = _pair(values, place[2], check) if check.rule == "deviation" else None
        for n, value in enumerate(values):
            if n in pair if pair else n != place[2] and (check.rule != "years" or value.year is not None):
                yield number, place[1], n


def _pair(values: Sequence[LineValue], printed: int, check: Check) -> tuple[int, int] | None:
    """The two figures of a line that a deviation is taken from, where no other two differ by as much."""
    others = [n for n in range(len(values)) if n != printed]
    pairs = [(a, b) for a, b in permutations(others, 2) if values[a].value - values[b].value == check.expected]
    return pairs[0] if len(pairs) == 1 else None


def _own_figure(paper: Paper, check: Check) -> Iterator[Place]:
    """The figure in the proposal that a summary's row is held against: on a sum, where one has it."""
    own = [
        (line.role not in SUMS, (number, at, n))
        for number, table in enumerate(paper.outline.tables)
        for at, line in enumerate(table.lines if table.part == check.part else [])
        for n, value in enumerate(line.values)
        if _is_of(value, check) and line.unit == check.unit and abs(value.value) == abs(check.expected)
    ]
    yield from (place for _, place in sorted(own)[:1])


def _salaries(places: _Places, number: int, table: Table, found: Structure) -> Iterator[Verdict]:
    """A remark for each year in which savings and årsværk of a proposal are in no relation that a salary explains."""
    if part_of(places.paper, table.part).kind != "proposal":
        return
    staff = [(at, line) for at, line in enumerate(table.lines) if line.unit == "fte" and line.role is None]
    if len(staff) != 1:
        return
    at, line = staff[0]
    for n, value in enumerate(line.values):
        money = _saved(table, value.year)
        if value.value >= 0 or not money or value.year is None:
            continue
        each = money / value.value
        if LOW <= each <= HIGH:
            continue
        total = sum((table.lines[a].values[b].value for a, b in _saving(table, value.year)), Decimal(0))
        yield Verdict(
            rule="kr. per årsværk",
            status=Status.REMARK,
            spot=places.spot((number, at, n)),
            found=value.value,
            expected=exact(total),
            tolerance=Decimal(0),
            unit="fte",
            year=value.year,
            part=table.part,
            document=places.paper.outline.title,
            others=[places.spot((number, a, b)) for a, b in _saving(table, value.year)],
            told=f"{round(each):d}",
        )


def _saving(table: Table, year: int | None) -> Iterator[tuple[int, int]]:
    for at, line in enumerate(table.lines):
        if line.unit == "DKK" and line.role in SALARIES:
            yield from ((at, n) for n, value in enumerate(line.values) if value.year == year and value.column is None)


def _saved(table: Table, year: int | None) -> Decimal:
    """What is saved in a year, as the proposal's savings have it; 0 where it saves nothing or adds."""
    total = sum((table.lines[at].values[n].value for at, n in _saving(table, year)), Decimal(0))
    return min(total, Decimal(0))
