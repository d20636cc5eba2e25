"""Names that are of several rows: in the middle of them, or with no rule below them where rules part the rows."""

from __future__ import annotations

import pytest
from laid import Cell, Line, laid, row

from corpus.model import Document

ENDS = (320.0, 390.0, 460.0)
ROWS = ("Skoler", "Veje", "Biblioteker", "Hjemmepleje", "Parker", "Museer")


def _row(number: int) -> tuple[Cell, ...]:
    name = ROWS[number % len(ROWS)]
    return row(name, f"{number}1,4", f"2{number}7", f"1.{number}04", left=150.0, ends=ENDS)


def _names(document: Document) -> dict[str, tuple[int, int]]:
    """In which row of the only table each name of a group is, and of how many rows."""
    assert len(document.tables) == 1
    heading, *_ = document.tables[0].cells
    assert [cell.text for cell in heading] == ["Område", "Ydelse", "Andel", "Antal", "Udgift"]
    cells = [cell for cells in document.tables[0].cells[1:] for cell in cells if cell.column == 0 and cell.text]
    return {cell.text: (cell.row, cell.row_span) for cell in cells}


HEADS: list[Line] = [((-60.0, "Område"), *row("Ydelse", "Andel", "Antal", "Udgift", left=150.0, ends=ENDS)), 4.0]
BESIDE_THE_FIRST: list[Line] = [
    *(((-60.0, "Miljø"), *_row(0)), _row(1), _row(2)),
    *(((-60.0, "Sundhed"), *_row(3)), _row(4), _row(5)),
]


def test_a_name_in_the_middle_of_its_rows_is_of_all_of_them() -> None:
    """Between two rows, or beside the second of three."""
    lines: list[Line] = [_row(0), -7.0, ((-60.0, "Undervisning"),), -7.0, _row(1), _row(2)]
    lines += [((-60.0, "Miljø"), *_row(3)), _row(4), _row(0), -7.0, ((-60.0, "Sundhed"),), -7.0, _row(5)]
    assert _names(laid([*HEADS, *lines])) == {"Undervisning": (1, 2), "Miljø": (3, 3), "Sundhed": (6, 2)}


def test_names_beside_the_first_of_their_rows_stay_there() -> None:
    lines = list(BESIDE_THE_FIRST)
    assert _names(laid([*HEADS, *lines])) == {"Miljø": (1, 1), "Sundhed": (4, 1)}


@pytest.mark.timeout(60)
def test_many_names_as_close_as_their_rows_are_read_in_time() -> None:
    """They could be parted into names of one to four lines in millions of ways, none of which uses up the last rows."""
    lines: list[Line] = []
    for number in range(40):
        name = ((-60.0, f"Sted {chr(ord('a') + number)}"),) if number < 28 else ()
        lines += [(*name, *_row(number)), -3.0]
    found = _names(laid([*HEADS, *lines]))
    assert len(found) == 28
    assert set(found.values()) == {(number, 1) for number in range(1, 29)}


def test_rules_that_leave_a_name_out_say_of_which_rows_it_is() -> None:
    lines = list(BESIDE_THE_FIRST)
    whole, inner = (56.0, 464.0), (146.0, 464.0)
    drawn = [whole, inner, inner, whole, inner, inner, whole]
    rules = [(x0, y, x1, y) for y, (x0, x1) in zip((4.0, 22.0, 36.0, 50.0, 64.0, 78.0, 92.0), drawn, strict=True)]
    assert _names(laid([*HEADS, *lines], rules=rules)) == {"Miljø": (1, 3), "Sundhed": (4, 3)}


def test_names_with_figures_on_two_lines_each_are_of_one_row() -> None:
    """Errors in brackets stand below the figures: no other names tell the lines apart."""
    ends = (200.0, 260.0, 320.0)
    lines: list[Line] = [row("", "(1)", "(2)", "(3)", ends=ends)]
    for number, name in enumerate(("Alder", "Køn", "Løn")):
        lines += [
            row(name, f"0,{number}2", "0,71", "0,33", ends=ends),
            row("", "(0,02)", "(0,11)", "(0,05)", ends=ends),
        ]
    cells = [cell for cells in laid(lines).tables[0].cells for cell in cells if cell.text in {"Alder", "Køn", "Løn"}]
    assert [cell.row_span for cell in cells] == [1, 1, 1]


def test_numbers_of_notes_stay_on_their_rows() -> None:
    """Though each could stand in the middle of the rows around it."""
    lines: list[Line] = [_row(0), ((-60.0, "1"), *_row(1)), _row(2), _row(3), ((-60.0, "2"), *_row(4))]
    lines += [((-60.0, "3, 4"), *_row(5)), _row(0), ((-60.0, "5"), *_row(1))]
    assert _names(laid([*HEADS, *lines])) == {"1": (2, 1), "2": (5, 1), "3, 4": (6, 1), "5": (8, 1)}
