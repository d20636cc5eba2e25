"""Down the body of a table: a line per row, with its figures, records of them, and problems where it is not safe.

A line of percentages, counts or hours has no unit and no values: such figures are neither money nor årsværk.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from corpus.model import Line, Problem, Unit
from corpus.problems import Code, problem
from pipeline.tables.around.surroundings import Surroundings
from pipeline.tables.budgets.brokensigns import BELOW_SIGNS, rows_below_signs
from pipeline.tables.budgets.doubts import (
    BESIDE_UNIT,
    Marks,
    heads_unread,
    in_ore,
    in_parts,
    rows_beside_units,
    stray_columns,
    table_doubt,
    unit_headed,
)
from pipeline.tables.budgets.measured import Measures
from pipeline.tables.budgets.nameless import why_unclear
from pipeline.tables.budgets.recording import Recorder
from pipeline.tables.budgets.sectioned import is_section, sections_over
from pipeline.tables.budgets.sides import Accounts
from pipeline.tables.budgets.unlike import tied_to_money, unlike_money
from pipeline.tables.content.cells import (
    MINUS,
    NIL_KIND,
    NUMBER_KIND,
    REFUSED_KIND,
    TEXT_KIND,
    Value,
    is_masked,
    read_cell,
    why_unread,
)
from pipeline.tables.content.columns import Layout, ValueColumn, holds_several
from pipeline.tables.content.dashed import begun_above
from pipeline.tables.content.entries import Entry, Figure
from pipeline.tables.content.footmarks import noted_marks, without_mark
from pipeline.tables.content.grid import Grid, GridCell
from pipeline.tables.content.headings import DEVIATION, is_open_years, is_period_heading, is_year_heading
from pipeline.tables.content.labels import (
    counts_people,
    is_group_label,
    is_part_of,
    is_price,
    is_rate,
    measure_of,
    plain,
    rate_in_kroner,
    role_of,
    speaks_of_money,
)
from pipeline.tables.content.naming import kinds_beside
from pipeline.tables.content.refusals import Refused, told_once
from pipeline.tables.content.rows import without_stand_ins
from pipeline.tables.content.units import is_note, is_unread_unit, told_units, unit_note

# Words in a value column that mean a figure all the same.
_ABOUT = re.compile(
    rf"(?:[{MINUS}+(]?\s?\d|"
    r"(?:ca\.?|cirka|omkring|op til|over|under|mindst|højst|knap|godt|min\.|max\.|maks\.)\s)",
    re.IGNORECASE,
)


class Rows:
    """Walks down the body of a table once; ``unitless`` names the rows of money for which no unit is known."""

    def __init__(self, grid: Grid, layout: Layout, around: Surroundings, text: str) -> None:
        self.grid, self.layout, self.around = grid, layout, around
        self._kept = Recorder(text, grid, layout, around)
        self.group: str | None = None
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.unitless: list[str] = []
        self.records = self._kept.records
        self.nameless = self._kept.nameless
        self.unlike: dict[str, list[str]] = {}
        self._reasons: dict[str, list[Refused]] = {}
        self._unit_cell = ""
        self._headed_unread = False
        self._accounts = Accounts(grid, layout)
        self._stray = stray_columns(grid, layout)
        self._unit_headed = unit_headed(layout)
        self._unlike = unlike_money(grid, layout)
        self._known = around.unit
        unsaid = {column.column for column in layout.columns if not self._is_money(column)}
        self._of_money = {column.column for column in layout.columns} - unsaid | tied_to_money(grid, layout, unsaid)
        self._counted = Measures(grid, layout, around)
        self._marks = Marks.of(grid, layout)
        self._over = sections_over(grid, layout)
        self._noted = noted_marks(grid)
        self._beside_units = rows_beside_units(grid, layout)
        self._ore = in_ore(grid, layout)
        self._below_signs = set(rows_below_signs(grid, layout))
        self._named_above = {
            row: cell.text
            for cell in grid.cells()
            if cell.row_span > 1 and cell.column in layout.labels[-1:] and cell.row not in layout.headings
            for row in range(cell.row + 1, cell.row + cell.row_span)
        }
        body = [n for n in range(len(grid.rows)) if layout.is_read(n)]
        self._kinds = {} if self._over else kinds_beside(grid, layout.aside, layout.labels, body)

    def read(self) -> None:
        if (doubt := table_doubt(self.grid, self.layout)) is not None:
            page = self.grid.pages[0] if self.grid.pages else None
            self.problems.append(
                problem(Code.TABLE_REFUSED, f"{doubt}; none of the figures of its table is given.", page=page)
            )
            return
        body = [n for n in range(len(self.grid.rows)) if self.layout.is_read(n) and self.layout.columns]
        begun = begun_above(self.grid, self.layout, body, self._is_summed)
        begins = {label.number: label for label in begun.values()}
        for position, number in enumerate(body):
            if number in begins:
                self._begin_label(anew=begins[number].anew)
                continue
            row = {cell.column: cell for cell in self.grid.rows[number]}
            self._unit_cell = row[self.layout.units].text if self.layout.units in row else ""
            label = without_mark(self._label(number, row), self._noted)
            if number in begun:
                label = f"{begun[number].text} {label}"
            figures = self.layout.values(number, row)
            if number in self.grid.refused:
                self._refuse_row(label, row, self.grid.refused[number])
            elif number in self._below_signs:
                self._refuse_row(label, row, BELOW_SIGNS)
            elif number in self._beside_units:
                self._refuse_row(label, row, BESIDE_UNIT)
            elif any(value.kind is REFUSED_KIND and holds_several(row[n].text) for n, value in figures.items()):
                self._refuse_row(label, row, "several figures stand in one cell")
            elif self._is_shifted(figures):
                self._refuse_row(label, row, "a figure stands under no heading")
            elif position == 0 and heads_unread(self.layout, label):
                self._headed_unread = True
            elif any(value.kind is not NIL_KIND for value in figures.values()) and not self._heads_again(row):
                self._values(label, row, figures)
            elif " " in label and is_masked(label.rpartition(" ")[2]):
                self._refuse_row(label, row, "it ends in a figure that is masked as a CPR number is")
            elif label and not is_note(label):
                dashed = any(value.kind is NIL_KIND for value in figures.values())
                self._label_only(label, number, dashed=dashed, more=position + 1 < len(body))
        self.problems = told_once(self.problems, self._reasons)

    def _is_shifted(self, figures: dict[int, Value]) -> bool:
        """Whether a figure stands under no heading, and may be that of a heading that has none in this row."""
        if not any(figures[n].kind is NUMBER_KIND for n in self._stray & figures.keys()):
            return False
        headed = [figures.get(c.column) for c in self.layout.columns if c.column not in self._stray]
        return len(headed) < 2 or any(value is None or value.kind is not NUMBER_KIND for value in headed)

    def _begin_label(self, *, anew: bool) -> None:
        """Go on to a row whose name begins on a line without figures: it is in no group of dash lines above it."""
        self._counted.begin_section("unsaid")
        if anew:
            self.group = None

    def _heads_again(self, row: dict[int, GridCell]) -> bool:
        """Whether a row prints the headings of the columns once more, over a second block of rows.

        The figures "1", "2" under "År 1", "År 2" are none.
        """
        printed = [c for c in self.layout.columns if c.column in row]
        texts = [row[c.column].text for c in printed]
        if all(read_cell(text).kind is NUMBER_KIND and not is_year_heading(text) for text in texts):
            return False
        if len(printed) > 1 and all(f" {c.heading.text}".endswith(f" {row[c.column].text}") for c in printed):
            return True
        return len(printed) > 1 and " ".join(texts) == " ".join(column.heading.text for column in self.layout.columns)

    def _label(self, number: int, row: dict[int, GridCell]) -> str:
        """The row's name without what stands beside it but an "I alt"; a cell over several rows is their group.

        Where no other column names them, such a cell is the name of each.
        """
        over = self._over.get(number)
        if over is not None or (self._over and self.group in self._over.values()):
            self.group = over
        if self._kinds and (self.group is None or self.group in self._kinds.values()):
            self.group = self._kinds.get(number)
        cells = [row[c] for c in sorted(row) if c in self.layout.labels and not is_section(row[c], self.layout, over)]
        named = [c for c in cells if c.column == self.layout.named] or cells
        aside = [row[n] for n in sorted(row) if n in self.layout.aside]
        if (sided := self._accounts.name(cells, [c.text for c in aside])) is not None:
            return sided
        told = " ".join(c.text for c in [c for c in aside if not named or role_of(c.text) == "total"] + named)
        return told or self._named_above.get(number, "")

    def _refuse_row(self, label: str, row: dict[int, GridCell], why: str) -> None:
        page = next(iter(row.values())).page if row else None
        figures = " ".join(cell.text for column, cell in sorted(row.items()) if column not in self.layout.labels)
        sentence = f'Row "{label}" ({figures}): {why}' if figures else f'Row "{label}": {why}'
        self.problems.append(problem(Code.TABLE_REFUSED, f"{sentence}; its figures are not given.", page=page))
        self._add(label, None, {}, lost=frozenset(column.column for column in self.layout.columns))

    def _label_only(self, label: str, number: int, *, dashed: bool, more: bool) -> None:
        if (name := without_stand_ins(label)) != label:
            self._add(name, None, {})
            return
        role = role_of(label)
        measure = measure_of(label)
        heads = is_group_label(label) or (role is None and not counts_people(measure)) or self._is_summed(label)
        if number in self.layout.sections or (more and heads and not dashed):
            self.group = label
            self._counted.begin_section(measure)
            return
        if counts_people(measure):
            self._counted.begin_section(measure, dashed=dashed)
            self._add(label, measure, {})
        else:
            self._add(label, self._known.currency if self._known and measure in {"unsaid", "money"} else None, {})

    @cached_property
    def _names(self) -> set[str]:
        return {plain(cell.text) for cell in self.grid.cells() if cell.column in self.layout.labels}

    def _is_summed(self, label: str) -> bool:
        """Whether a row further down is the sum of what stands under a label: "Driftsudgifter i alt"."""
        return bool({f"{plain(label)} i alt", f"i alt {plain(label)}"} & self._names)

    def _values(self, label: str, row: dict[int, GridCell], figures: dict[int, Value]) -> None:
        """One line per unit: a row may have money in some columns and årsværk in others."""
        self._begin_row(label)
        lines: dict[str | None, dict[int, Figure]] = {}
        lost = set()
        for column in self.layout.columns:
            value = figures.get(column.column)
            if value is None or value.kind is NIL_KIND:
                continue
            told = self._told()
            unit, figure = self._figure(label, column, row[column.column], value)
            if self._told() > told:
                lost.add(column.column)
            lines.setdefault(unit, {})
            if figure is not None:
                lines[unit][column.column] = figure
        if len(lines) > 1 and not lines.get(None, True):
            del lines[None]
        for unit, found in lines.items():
            self._add(label, unit, found, lost=frozenset(lost))

    def _told(self) -> int:
        """How many figures are known to be refused so far."""
        return len(self.problems) + len(self.nameless) + sum(map(len, self.unlike.values()))

    def _begin_row(self, label: str) -> None:
        """What holds for all figures of a row is worked out for the first of them."""
        self._counted.begin_row(self._unit_cell, self.group)
        note = unit_note(self._unit_cell) or unit_note(label, row_label=True)
        note = note or (unit_note(self.group, row_label=True) if self.group else None)
        rated = note is None and rate_in_kroner(label)
        self._row_unit = note.unit if note else None
        self._rate_unit = Unit(factor=Decimal(1), currency="DKK", text=label) if rated else None

    def _add(
        self, label: str, unit: str | None, figures: dict[int, Figure], lost: frozenset[int] = frozenset()
    ) -> None:
        line = Line(
            label=label,
            group=self.group,
            role=role_of(label),
            unit=unit,
            values=[figure.value for figure in figures.values()],
        )
        stated = unit_note(self.group, row_label=True) if self.group else None
        other = stated is not None and (self._known is None or stated.unit.factor != self._known.factor)
        scale = stated.unit.factor if stated is not None and other else None
        self.entries.append(Entry(line, figures, is_part_of(label), lost, scale))

    def _figure(
        self, label: str, column: ValueColumn, cell: GridCell, value: Value
    ) -> tuple[str | None, Figure | None]:
        measure = self._counted.measure(label, column, value, cell.row)
        if measure in {"percent", "hours", "count"}:
            return None, None
        if value.kind is TEXT_KIND and not _ABOUT.match(cell.text):
            return None, None
        if value.kind is not NUMBER_KIND and not (self.layout.has_years or self.around.units or counts_people(measure)):
            return None, None
        if column.column in self._stray:
            return self._refused("The figure {} stands under no heading", label, column, cell)
        if value.kind is not NUMBER_KIND or len(cell.spans) != 1:
            why = why_unread(cell.text) if value.kind is not NUMBER_KIND else "is printed on two lines"
            return self._refused(f"The figure {{}} {why}", label, column, cell)
        if measure == "unclear":
            return self._refused(why_unclear(column.heading.text, self._known), label, column, cell)
        if counts_people(measure):
            if doubt := self._marks.doubt(cell.text, None):
                return self._refused(f"The figure {{}} {doubt}", label, column, cell)
            return measure, self._kept.people(label, self.group, column, cell, value, measure)
        unit = self._unit(column, value)
        if unit is not None and column.column in self._unit_headed:
            return self._refused("Which year the figure {} is of is not said", label, column, cell)
        if unit is not None and value.unit is None and column.unit is None and column.column not in self._of_money:
            self.nameless.append((column.column, cell.text))
            return None, None
        if unit is not None and unit is self._known and column.column in self._unlike:
            self.unlike.setdefault(column.heading.text, []).append(cell.text)
            return None, None
        if unit is None:
            self.nameless += [(column.column, cell.text)] if self._headed_unread else []
            self.unitless.append(label)
            return None, None
        if self._units_differ(column, value, unit):
            return self._refused("The figure {} has a unit other than the table's", label, column, cell)
        if unit is self._known and unit.factor != 1 and (is_rate(label) or is_rate(column.heading.text)):
            return self._refused("Whether the figure {} is in the table's unit is not said", label, column, cell)
        if unit.factor == 1 and self._has_other_decimals(label, column, value, unit):
            return self._refused("The figure {} has other decimals than kroner have", label, column, cell)
        if doubt := self._marks.doubt(cell.text, unit.factor):
            return self._refused(f"The figure {{}} {doubt}", label, column, cell)
        return unit.currency, self._kept.money(label, self.group, column, cell, value, unit)

    def _has_other_decimals(self, label: str, column: ValueColumn, value: Value, unit: Unit) -> bool:
        """Decimals of kroner that are neither of a price nor of øre, which are where every figure has them."""
        is_of_price = any(map(is_price, (label, column.heading.text)))
        return not is_of_price and in_parts(value, "" if self._ore else unit.text)

    def _units_differ(self, column: ValueColumn, value: Value, unit: Unit) -> bool:
        """A figure or year with "kr." beside it in a table of thousands, or two units in one cell: one is not meant."""
        unread = (unit is self._known and is_unread_unit(self._unit_cell)) or len(told_units(unit.text)) > 1
        if unread or (value.unit is not None and value.unit.factor == 1 and unit.factor != 1):
            return True
        dated = column.heading.year is not None and column.unit is not None and column.unit.unit is unit
        return dated and self._known is not None and self._known.factor != unit.factor

    def _is_money(self, column: ValueColumn) -> bool:
        """In a table of years, a column beside them may be an index or a share: its heading must speak of money."""
        heading = column.heading
        dated = heading.year is not None or heading.total or not self.layout.has_years
        said = speaks_of_money(heading.text) or DEVIATION.fullmatch(heading.text) is not None
        timed = is_period_heading(heading.text) or is_open_years(heading.text)
        return dated or not heading.text or said or timed

    def _refused(self, sentence: str, label: str, column: ValueColumn, cell: GridCell) -> tuple[None, None]:
        under = f', column "{column.heading.text}"' if column.heading.text else ""
        said = sentence.format(f'"{cell.text}" in row "{label}"{under}')
        if said:
            self.problems.append(problem(Code.NUMBER_REFUSED, f"{said}; it is not given.", page=cell.page))
            self._reasons.setdefault(sentence, []).append((self.problems[-1], cell.text))
        return None, None

    def _unit(self, column: ValueColumn, value: Value) -> Unit | None:
        own = value.unit
        if self._rate_unit is not None:
            return self._rate_unit
        if own is not None and own.factor != 1:
            return Unit(factor=own.factor, currency=own.currency, text="")
        stated = self._row_unit or (column.unit.unit if column.unit is not None else None)
        if stated is not None:
            return stated
        if own is not None and self._known is None:
            return Unit(factor=own.factor, currency=own.currency, text="")
        return self._known
