"""What is found in a document while it is worked on: kept small, and given in print order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus.blocks import Gathered, packed, unpacked
from corpus.cprcells import of_two_cells
from corpus.model import AnyRecord, Identifier, Problem, Record, Table
from corpus.options import OnPage
from corpus.reading import Reading
from pipeline.across import Across
from pipeline.placing import Placing, in_print_order
from pipeline.tables import TableFindings, each_table
from pipeline.tables.budgets.ledger import Marked
from pipeline.tables.content.grid import Span

RECORDS_AT_ONCE = 500
STRETCH = 10_000
"""Characters of a part whose records are put in order together."""
TABLES_AT_ONCE = 10
"""So many are objects at a time. A table has as many cells as a page has records."""


class TablesFound:
    """The tables of a reading with their records, placed; ``claimed`` are the characters of their cells.

    ``findings`` has what is said of all of them together, and no tables.
    """

    def __init__(self, reading: Reading, placing: Placing, *, in_blocks: bool) -> None:
        self._reading, self._placing = reading, placing
        self._tables: Gathered[Table] = Gathered(Table, TABLES_AT_ONCE if in_blocks else None)
        self.records = Ordered(in_blocks=in_blocks)
        self.claimed = Marked(len(reading.text))
        self.findings = TableFindings()
        self._across = Across(reading)

    def take(self, table: Table, spans: Sequence[Span], records: Sequence[Record]) -> None:
        self._tables.add([self._placing.place_table(table, spans[0][0])])
        self.claimed.mark(spans)
        self.records.add(map(self._placing.place_whole, records))

    def tables(self) -> Sequence[Table]:
        return self._tables.all()

    def of_cells(self, facts: list[Record], shift: int) -> tuple[list[Record], list[Problem]]:
        """The facts of a part that begins at ``shift`` without those read across cells, and what is said of these."""
        return self._across.without(self._without_figures(facts, shift), shift)

    def verdict_cells(self, start: int, end: int) -> list[Span]:
        """The cells below "Beslutning" on the pages of ``text[start:end]``, counted from its start."""
        return self._across.verdicts(start, end)

    def _without_figures(self, facts: list[Record], shift: int) -> list[Record]:
        """The facts of a part that begins at ``shift``, without CPR numbers that are figures of two cells."""
        if not any(isinstance(fact, Identifier) and fact.kind == "cpr" for fact in facts):
            return facts
        return [fact for fact in facts if not (isinstance(fact, Identifier) and self._is_of_cells(fact, shift))]

    def _is_of_cells(self, fact: Identifier, shift: int) -> bool:
        start, end = shift + fact.start, shift + fact.end
        return fact.kind == "cpr" and any(start < last and first < end for first, last in self._of_two_cells)

    @cached_property
    def _of_two_cells(self) -> list[Span]:
        return of_two_cells(self._reading)


def find_all(reading: Reading, placing: Placing, *, in_blocks: bool, on_page: OnPage | None = None) -> TablesFound:
    """Every table of a reading. ``in_blocks``: few of their structs are objects at a time."""
    found = TablesFound(reading, placing, in_blocks=in_blocks)
    found.findings = each_table(reading, found.take, on_page)
    return found


class Ordered:
    """Records that come in any order and are given in print order. ``in_blocks``: few are objects at a time."""

    def __init__(self, *, in_blocks: bool) -> None:
        self._at_once = RECORDS_AT_ONCE if in_blocks else None
        self._open: list[Record] = []
        self._blocks: dict[tuple[int, int], list[bytes]] = defaultdict(list)

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            if self._at_once is not None and len(self._open) >= self._at_once:
                self._fold()
            self._open.append(record)

    def all(self) -> Sequence[Record]:
        """Everything that was added. It can be asked for once."""
        if not self._blocks:
            return in_print_order(self._open)
        self._fold()
        found: Gathered[Record] = Gathered(AnyRecord, self._at_once)
        for stretch in sorted(self._blocks):
            found.add(in_print_order(r for block in self._blocks.pop(stretch) for r in unpacked(AnyRecord, block)))
        return found.all()

    def _fold(self) -> None:
        stretches: dict[tuple[int, int], list[Record]] = defaultdict(list)
        for record in self._open:
            stretches[record.part, record.start // STRETCH].append(record)
        for stretch, records in stretches.items():
            self._blocks[stretch].append(packed(records))
        self._open = []
