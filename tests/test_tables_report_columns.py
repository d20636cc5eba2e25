"""Annual reports: a shaded column of the current year, sections that are each of a year, under headings in words."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row, texts
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

ROWS = [("Renter", "498,7", "465,1"), ("Gebyrer", "-22,5", "-74,5"), ("Netto", "476,2", "390,6")]
ROWS += [("Udbytte", "7,0", "4,6"), ("Skat", "-3,2", "-5,2"), ("Årets resultat", "480,0", "390,0")]
TOP, STEP = 760.0, 12.0


def _report(*, shaded: Sequence[tuple[float, float]], whole: bool, upright: bool = False) -> Document:
    """A statement of two years with a hairline below the headings and above each sum, and shaded columns."""
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    lines = [("DKK mio.", "2031", "2030"), *ROWS]
    canvas.setFillGray(0.9)
    for left, right in shaded:
        if whole:
            canvas.rect(left, TOP - len(ROWS) * STEP - 3, right - left, (len(ROWS) + 1) * STEP, stroke=0, fill=1)
        else:
            for n in range(len(lines)):
                canvas.rect(left, TOP - n * STEP - 3, right - left, STEP, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 8)
    for n, (name, *values) in enumerate(lines):
        y = TOP - n * STEP
        canvas.drawString(60, y, name)
        for x, value in zip((296, 346), values, strict=True):
            canvas.drawRightString(x, y, value)
    for n, left in ((0, 60), (2, 250), (5, 250)):
        canvas.line(left, TOP - n * STEP - 3, 350, TOP - n * STEP - 3)
    for x in (60, 250, 300, 350) if upright else ():
        canvas.line(x, TOP + 9, x, TOP - 6 * STEP - 3)
    canvas.save()
    return extract_bytes(held.getvalue(), "rapport.pdf")


@pytest.mark.parametrize("shaded", [[(250.0, 300.0)], [(300.0, 350.0)], [(250.0, 299.0), (300.0, 350.0)]])
@pytest.mark.parametrize("whole", [True, False])
def test_shaded_columns_below_hairlines_make_no_grid(shaded: Sequence[tuple[float, float]], whole: bool) -> None:
    document = _report(shaded=shaded, whole=whole)
    assert texts(document) == [["DKK mio.", "2031", "2030"], *([*each] for each in ROWS)]
    assert figures(document)["Årets resultat"] == {2031: "480000000", 2030: "390000000"}


def test_a_shaded_column_between_upright_lines_is_one_of_a_grid() -> None:
    document = _report(shaded=[(250.0, 300.0)], whole=False, upright=True)
    assert figures(document)["Netto"] == {2031: "476200000", 2030: "390600000"}


def _sections(*years: str) -> Document:
    """Headings in words, and below each year, in a cell over all columns, rows of its own; every cell is ruled."""
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, TOP + 14, "Restløbetid (1.000 kr.)")
    rows: list[tuple[str, ...]] = [("Post", "Anfordring", "1-5 år", "I alt")]
    for n, year in enumerate(years, 1):
        rows += [(year,), ("Gæld", f"{n}85", f"{n}10", f"{2 * n}95"), ("Indlån", f"{n}12", f"{n}01", f"{2 * n}13")]
    for n, (name, *values) in enumerate(rows):
        y = TOP - n * STEP
        canvas.drawString(62, y, name)
        for x, value in zip((248, 308, 368), values, strict=False):
            canvas.drawRightString(x, y, value)
        for x0, x1 in ((60, 370),) if not values else ((60, 190), (190, 250), (250, 310), (310, 370)):
            canvas.rect(x0, y - 3, x1 - x0, STEP)
    canvas.save()
    return extract_bytes(held.getvalue(), "rapport.pdf")


def test_years_over_all_columns_are_each_that_of_the_rows_below_it() -> None:
    document = _sections("2031", "2030")
    found = [
        (line.group, line.label, value.year, value.column, f"{value.value:f}")
        for line in document.tables[0].lines
        for value in line.values
        if value.column == "I alt"
    ]
    assert found == [
        ("2031", "Gæld", 2031, "I alt", "295000"),
        ("2031", "Indlån", 2031, "I alt", "213000"),
        ("2030", "Gæld", 2030, "I alt", "495000"),
        ("2030", "Indlån", 2030, "I alt", "413000"),
    ]


def test_one_year_over_all_columns_is_that_of_each() -> None:
    (table,) = _sections("2031").tables
    assert {(value.year, value.column) for line in table.lines for value in line.values} == {
        (2031, "2031 Anfordring"),
        (2031, "2031 1-5 år"),
        (2031, "2031 I alt"),
    }


@pytest.mark.parametrize("section", [True, False])
def test_words_below_a_title_head_another_table_also_where_a_section_stands_between(section: bool) -> None:
    years = [row("t.kr.", "2031", "2032", "2033", "2034"), row("Skole", "760", "741", "441", "730")]
    years += [row("Hal", "530", "454", "63", "31"), row("Anlæg i alt", "1.290", "1.195", "504", "761")]
    ends = (350.0, 410.0, 480.0)
    heads = [row("t.kr.", "Udgifter", "Indtægter", "Netto", ends=ends)]
    areas = [row("Skat", "201", "-46", "155", ends=ends), row("Turisme", "572", "-55", "517", ends=ends)]
    named: list[Line] = [((-60.0, "Økonomiudvalget"),)] if section else []
    title: list[Line] = [10.0, ((-60.0, "Politikområder, budget 2031"),), 6.0]
    document = laid([*years, *title, *heads, *named, *areas, row("I alt", "773", "-101", "672", ends=ends)])
    found = figures(document)
    assert found["Anlæg i alt"] == {2031: "1290000", 2032: "1195000", 2033: "504000", 2034: "761000"}
    assert found["Skat"] == {"Udgifter": "201000", "Indtægter": "-46000", "Netto": "155000"}
    assert found["I alt"]["Netto"] == "672000"


def test_stretches_of_time_head_another_table_below_one_of_years() -> None:
    ends = (300.0, 350.0, 400.0, 450.0)
    years = [row("1.000 kr.", "2031", "2030"), row("Udbytte", "31 076", "26 389"), row("I alt", "31 076", "26 389")]
    times = [row("1.000 kr.", "0-3 mdr.", "3-12 mdr.", "1-5 år", "I alt", ends=ends)]
    debts = [row("Gæld", "15 915", "16 186", "22 110", "54 211", ends=ends)]
    debts.append(row("Indlån", "13 352", "864", "8 397", "22 613", ends=ends))
    section: list[Line] = [((-60.0, "2031"),)]
    title: list[Line] = [10.0, ((-60.0, "Restløbetid"),)]
    document = laid([*years, *title, *times, *section, *debts])
    found = figures(document)
    assert found["Udbytte"] == {2031: "31076000", 2030: "26389000"}
    values = [value for line in document.tables[1].lines if line.label == "Gæld" for value in line.values]
    assert [(value.column, f"{value.value:f}") for value in values][:2] == [
        ("0-3 mdr.", "15915000"),
        ("3-12 mdr.", "16186000"),
    ]
    assert 2030 not in {value.year for value in values}
