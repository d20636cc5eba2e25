"""The lines above the rows of a table that are its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.around.surroundings import is_context
from pipeline.tables.borderless.axes import is_axis
from pipeline.tables.borderless.formlines import is_form_line
from pipeline.tables.borderless.regions import CLOSE
from pipeline.tables.borderless.shapes import hangs, is_caption, is_row
from pipeline.tables.content.cells import TEXT_KIND
from pipeline.tables.content.found import twice_middle
from pipeline.tables.content.headings import year_of
from pipeline.tables.content.naming import is_naming
from pipeline.tables.content.rows import continues
from pipeline.tables.content.units import is_statement, unit_note
from pipeline.tables.layout.words import PageLine

_COMPARED = re.compile(r"(?:\d\d)?\d\d\s?[-–/]\s?(?:\d\d)?\d\d")
YEAR = 4
"""The digits of a year."""
SAME_END = 1.5
"""Headings of one column end within so many points."""
MOST_HEADS = 3
"""So many lines of headings at most stand from the first one on to their years."""
MOST_INDENT = 2.5
"""Rows are indented below the name of their section by less than so many line heights."""
BESIDE = 0.25
"""Lines that overlap by less than this share of their height stand one below the other."""
FEWEST_RUNS = 2
MIDDLE = 0.6
"""A heading stands in the middle over columns when the middles differ by less than this share of its height."""


def headings_above(lines: Sequence[PageLine], first: int, columns: Sequence[tuple[float, float]]) -> list[int]:
    """Up to three lines right above that have something short over a value column and nothing like running text.

    More are of headings that all go on below: "Nedskrivnings- og", "Forplig-". Those halfway beside another are not
    counted: headings of fewer lines, in the middle of their cells. Words over the labels alone are taken along where
    they stand halfway between two such lines: a unit in the corner.
    """
    found: list[int] = []
    below, count = lines[first], 0
    for number in range(first - 1, -1, -1):
        line = lines[number]
        if line.box[3] < below.box[1] + BESIDE * line.height:
            below, count = line, count + 1
        if count > MOST_HEADS and not _go_on(line, lines[number + 1]):
            break
        if lines[number + 1].box[1] - line.box[3] > 1.5 * line.height or not hangs(line) or _has_figures(line):
            break
        if is_form_line(lines, number) or _is_axis(lines, number, first) or _is_caption_with_unit(line):
            break
        if number and line.box[2] < columns[0][0] and _is_beside(line, lines[number - 1]):
            found.append(number)
            continue
        if _begins_corner(line, lines[number + 1], columns):
            found.append(number)
            break
        over = [s for s in line.segments if any(s.x0 < x1 and x0 < s.x1 for x0, x1 in columns)]
        alone = len(line.segments) == 1
        middle = alone and _stands_in_middle(line, columns)
        said = alone and not middle and is_context(line.text) and not is_naming(line.text)
        far = alone and line.box[0] < columns[0][0] - 4 * line.height
        middle = middle or (not over and _name_runs_of_years(line, lines[number + 1]))
        if not (over or middle) or said or (far and not ends_over(line, lines[number + 1 : number + 3])):
            break
        found.append(number)
    return found


def compares_years(upper: PageLine, lower: PageLine) -> bool:
    """Whether a line is the years that a heading above it compares, and no more: "Indeks", "30/29"."""
    last = lower.segments[0]
    over = [s for s in upper.segments if s.x0 < last.x1 and last.x0 < s.x1]
    single = len(lower.segments) == len(over) == 1
    return single and not over[0].is_year and over[0].kind is TEXT_KIND and _COMPARED.fullmatch(last.text) is not None


def _go_on(line: PageLine, below: PageLine) -> bool:
    """Whether each heading of a line goes on in one of the next, so that it is the first line of that one."""
    under = ([s for s in below.segments if s.x0 < each.x1 and each.x0 < s.x1] for each in line.segments)
    return all(
        len(found) == 1 and continues(each.text, found[0].text)
        for each, found in zip(line.segments, under, strict=True)
    )


def _is_beside(line: PageLine, above: PageLine) -> bool:
    """Whether a line stands halfway beside the one above it. Lines of running text overlap a little at most."""
    return above.box[3] - line.box[1] > BESIDE * line.height


def _is_caption_with_unit(line: PageLine) -> bool:
    """Whether a line is a caption and, at its right end, the unit of the table: "Tabel 3. Veje", "1.000 kr."."""
    if len(line.segments) != 2 or not is_caption(line.segments[0].text):
        return False
    return is_statement(line.segments[1].text) and unit_note(line.segments[1].text) is not None


def ends_over(line: PageLine, below: Sequence[PageLine]) -> bool:
    """Whether a line alone ends close above a year that ends there, too: it is the first line of that heading.

    It may be much longer than the year, but begins further right than what stands below it at the left.
    """
    if not below or below[0].box[1] - line.box[3] > CLOSE * line.height:
        return False
    if line.box[0] < min(each.box[0] for each in below) + line.height:
        return False
    return any(abs(s.x1 - line.box[2]) < SAME_END and year_of(s.text) is not None for s in below[0].segments)


def _is_axis(lines: Sequence[PageLine], number: int, first: int) -> bool:
    """Whether a line is of years over the other years that head a table, which is read from its line ``first`` on."""
    if not lines[number].years:
        return False
    last = next((n for n in range(number + 1, min(first + MOST_HEADS, len(lines))) if lines[n].years), None)
    return last is not None and is_axis(lines[number : last + 1])


def _begins_corner(line: PageLine, below: PageLine, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line over the labels goes on in the corner of the headings below: "Antal", "børn"; "1.000 kr.,"."""
    near = below.box[1] - line.box[3] < CLOSE * line.height and abs(line.box[0] - below.box[0]) < 1
    corner = len(below.segments) > 1 and below.segments[0].x1 < columns[0][0] and line.box[2] < columns[0][0]
    if not (near and corner and len(line.segments) == 1):
        return False
    return (line.text.endswith(",") and is_context(line.text)) or below.segments[0].text[0].islower()


def _stands_in_middle(line: PageLine, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line above the headings stands in the middle over the first columns, as a heading of them does.

    A unit that begins where the labels or the first column do, or ends where the last one does, is said of the whole
    table.
    """
    if line.box[0] < columns[0][0] - 2 * line.height:
        return False
    if abs(line.box[2] - columns[-1][1]) < SAME_END and unit_note(line.text) is not None and is_statement(line.text):
        return False
    if abs(line.box[0] - columns[0][0]) < 1:
        return False
    middle, reach = line.box[0] + line.box[2], 2 * MIDDLE * line.height
    return any(low - reach < middle < high + reach for low, high in map(twice_middle, _runs_from_first(columns)))


def _name_runs_of_years(line: PageLine, below: PageLine) -> bool:
    """Whether words stand in the middle over as many years each, the same ones: "Udgifter" over "2026", "2027"."""
    if below.years < 2 * FEWEST_RUNS or line.values or line.box[3] > below.box[1]:
        return False
    years = [s for s in below.segments if s.is_year]
    names = [s for s in line.segments if s.x1 > years[0].x0]
    size, rest = divmod(len(years), max(len(names), 1))
    if len(names) < FEWEST_RUNS or rest or size < 2:
        return False
    runs = [years[n : n + size] for n in range(0, len(years), size)]
    if any([s.text for s in run] != [s.text for s in runs[0]] for run in runs):
        return False
    pairs = zip(names, runs, strict=True)
    return all(abs(s.x0 + s.x1 - run[0].x0 - run[-1].x1) < 2 * MIDDLE * line.height for s, run in pairs)


def _runs_from_first(columns: Sequence[tuple[float, float]]) -> list[Sequence[tuple[float, float]]]:
    return [columns[: last + 1] for last in range(1, len(columns))]


def _has_figures(line: PageLine) -> bool:
    """Whether a line is a row of another table: figures beside a label that are no unit and no period."""
    figures = [s for s in line.segments[1:] if s.is_value and not s.is_heading and unit_note(s.text) is None]
    if not figures or line.years or not is_row(line):
        return False
    return not line.segments[0].is_value or (all(s.is_value for s in line.segments) and not _heads_columns(line))


def _heads_columns(line: PageLine) -> bool:
    """Whether figures are years, or count the columns below them, "(1)", "(2)", "(3)": none is passed over."""
    texts = [s.text.strip("().") for s in line.segments]
    if not all(text.isdecimal() for text in texts):
        return False
    if all(len(text) == YEAR for text in texts):
        return True
    first = int(texts[0])
    return [int(text) for text in texts] == list(range(first, first + len(texts)))


def headings_over_section(
    lines: Sequence[PageLine], first: int, columns: Sequence[tuple[float, float]]
) -> tuple[list[int], list[int]]:
    """The heading lines above the name of a group that stands over the first row, and the lines of that name."""
    name = first - 1
    if name < 1 or len(lines[name].segments) > 1 or not hangs(lines[name]) or is_context(lines[name].text):
        return [], []
    heading = lines[name - 1]
    near = all(lines[n + 1].box[1] - lines[n].box[3] < 1.5 * lines[n].height for n in (name - 1, name))
    indent = (lines[first].box[0] - lines[name].box[0]) / lines[name].height
    level = -1 < indent < MOST_INDENT and lines[name].box[2] < columns[0][0]
    if not near or not level:
        return [], []
    over = [[s for s in heading.segments if s.x0 < x1 and x0 < s.x1] for x0, x1 in columns]
    alone = all(len(found) == 1 and not found[0].is_value for found in over) and len(
        {id(s) for found in over for s in found}
    ) == len(columns)
    above = headings_above(lines, name, columns) if alone and len(columns) > 1 else []
    return (above, [name]) if name - 1 in above else ([], [])
