"""A drawn table whose second half has no heading and columns of other widths is one, if nothing speaks against it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

FIRST, SECOND = (50, 220, 300, 370, 450, 540), (50, 260, 320, 380, 470, 540)
HEAD = ["Mio. kr.", "2031", "2032", "2033", "2034"]
SCHOOLS, ROADS = ["Skoler", "1,2", "1,3", "1,4", "1,5"], ["Veje", "2,2", "2,3", "2,4", "2,5"]
MUSEUMS, TOTAL = ["Museer", "0,2", "0,3", "0,4", "0,5"], ["I alt", "3,6", "3,9", "4,2", "4,5"]


def drawn(*pages: tuple[Sequence[int], Sequence[Sequence[str]]]) -> Document:
    """A document with a grid on each page, right-aligned but for its first column."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for edges, rows in pages:
        canvas.setFont("Helvetica", 9)
        for number, cells in enumerate(rows):
            y = 780 - 16 * number
            for left, right, text in zip(edges, edges[1:], cells, strict=False):
                canvas.rect(left, y - 4, right - left, 16)
                canvas.drawString(left + 3, y, text) if left == edges[0] else canvas.drawRightString(right - 3, y, text)
        canvas.showPage()
    canvas.save()
    return extract_bytes(buffer.getvalue(), "budget.pdf")


def given(found: Document) -> list[tuple[str, list[str]]]:
    return [(line.label, [v.raw for v in line.values]) for table in found.tables for line in table.lines if line.values]


def test_the_second_half_with_columns_of_its_own_width_is_of_the_same_table() -> None:
    found = drawn((FIRST, [HEAD, SCHOOLS, ROADS]), (SECOND, [MUSEUMS, TOTAL]))
    assert len(found.tables) == 1
    assert given(found)[-1] == ("I alt", TOTAL[1:])
    assert [check.ok for check in found.tables[0].checks] == [True] * 4


def test_what_stands_overleaf_below_a_total_is_another_table() -> None:
    found = drawn((FIRST, [HEAD, SCHOOLS, ROADS, ["I alt", "3,4", "3,6", "3,8", "4,0"]]), (SECOND, [MUSEUMS, SCHOOLS]))
    assert [label for label, _ in given(found)] == ["Skoler", "Veje", "I alt"]


def test_a_narrower_table_overleaf_is_another_one() -> None:
    narrow = tuple(edge - 40 if edge > 50 else edge for edge in SECOND)
    found = drawn((FIRST, [HEAD, SCHOOLS, ROADS]), (narrow, [MUSEUMS, TOTAL]))
    assert [label for label, _ in given(found)] == ["Skoler", "Veje"]


def test_other_columns_of_figures_overleaf_are_of_another_table() -> None:
    found = drawn((FIRST, [HEAD, SCHOOLS, ROADS]), (SECOND, [["Havnen", "Lokalplan", "4", "5", "6"]] * 3))
    assert [label for label, _ in given(found)] == ["Skoler", "Veje"]


@pytest.mark.parametrize("notes", [("1", "2", "3"), ("13", "", "")])
def test_numbers_of_notes_behind_the_names_in_a_drawn_cell_are_no_part_of_these(notes: tuple[str, str, str]) -> None:
    """No rule parts the column "Note" from that of the names."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("Helvetica", 9)
    names = [
        ("", "Note"),
        ("Grunde", ""),
        *zip(("Bygninger", "Inventar", "Gæld"), notes, strict=True),
        ("Likvider", ""),
    ]
    amounts = [("Regnskab 2031", "Budget 2031"), *((f"1.{n}00", f"1.{n}50") for n in range(1, 6))]
    for number, (names_of, values) in enumerate(zip(names, amounts, strict=True)):
        y = 780 - 16 * number
        for left, right in ((50, 300), (300, 400), (400, 500)):
            canvas.rect(left, y - 4, right - left, 16)
        canvas.drawString(53, y, names_of[0])
        for end, text in zip((290, 397, 497), (names_of[1], *values), strict=True):
            canvas.drawRightString(end, y, text)
    canvas.drawString(50, 810, "Balance (1.000 kr.)")
    canvas.save()
    found = extract_bytes(buffer.getvalue(), "regnskab.pdf")
    assert [label for label, _ in given(found)] == ["Grunde", "Bygninger", "Inventar", "Gæld", "Likvider"]
    assert given(found)[1][1] == ["1.200", "1.250"]


WIDE, NARROW = (330.0, 400.0, 470.0, 540.0), (300.0, 380.0, 460.0, 540.0)


def _half(heads: Sequence[str], label: str, ends: Sequence[float], figure: str) -> list[Line]:
    rows = [row(f"{label} {n}", *[f"{n}.{figure}00"] * 4, ends=ends) for n in (1, 2, 3)]
    return [row("", *heads, ends=ends), *rows]


@pytest.mark.parametrize(
    ("heads", "tables"),
    [
        (("Budget 2031", "Budget 2032", "Prognose 2032", "Afvigelse"), 1),
        (("Note", "31.12.2031", "31.12.2032", "Afvigelse"), 1),
        (("2031", "2032", "2033", "2034"), 2),
    ],
)
def test_the_whole_heading_in_words_again_over_columns_of_other_widths(heads: Sequence[str], tables: int) -> None:
    """The same plain years in other columns may head another table, whose unit is not said."""
    found = laid([((-60.0, "1.000 kr."),), *_half(heads, "Skole", WIDE, "1")], _half(heads, "Vej", NARROW, "2"))
    assert len(found.tables) == tables
    assert bool(figures(found)["Vej 3"]) == (tables == 1)


WIDE, NARROW = (180.0, 300.0, 420.0, 540.0), (300.0, 380.0, 460.0, 540.0)
MORE = [MUSEUMS, ["Havne", "5,2", "5,3", "5,4", "5,5"], ["Broer", "6,1", "6,2", "6,3", "6,4"]]


def _undrawn(last: Sequence[str], more: Sequence[Sequence[str]], ends: Sequence[float] = NARROW) -> Document:
    """A table without rules, whose rows overleaf stand in other columns; ``last`` ends the first page."""
    first: list[Line] = [row(*HEAD, ends=WIDE), row("Anlæg")]
    first += [row(*each, ends=WIDE) for each in (SCHOOLS, ROADS, last)]
    return laid(first, [row(*each, ends=ends) for each in more])


@pytest.mark.parametrize("last", [["Anlæg i alt", "3,4", "3,6", "3,8", "4,0"], ["Haller", "1,1", "1,2", "1,3", "1,4"]])
def test_full_rows_overleaf_in_columns_of_their_own_are_of_the_table_of_years(last: Sequence[str]) -> None:
    found = _undrawn(last, MORE)
    assert len(found.tables) == 1
    assert given(found)[-3:] == [(name, [*printed]) for name, *printed in MORE]
    assert figures(found)["Broer"] == {2031: "6100000", 2032: "6200000", 2033: "6300000", 2034: "6400000"}


@pytest.mark.parametrize(
    ("last", "more", "ends"),
    [
        (["I alt", "3,4", "3,6", "3,8", "4,0"], MORE, NARROW),
        (ROADS, [*MORE[:2], ["Broer", "6,1", "", "6,3", "6,4"]], NARROW),
        (ROADS, [each[:4] for each in MORE], NARROW[1:]),
        (ROADS, MORE, tuple(end - 40 for end in NARROW)),
        (ROADS, MORE[:2], NARROW),
    ],
    ids=["below a total", "a blank", "fewer columns", "another edge", "two rows"],
)
def test_rows_overleaf_that_may_be_of_another_table_are_not_given(
    last: Sequence[str], more: Sequence[Sequence[str]], ends: Sequence[float]
) -> None:
    found = _undrawn(last, more, ends)
    assert not {name for name, _ in given(found)} & {"Havne", "Broer"}
    assert found.problems
