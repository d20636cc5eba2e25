"""A heading over several years that says what their figures are: changes are no amounts of these years."""

from __future__ import annotations

from laid import Line, laid, row
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.model import Document

ENDS = (240.0, 330.0, 390.0, 450.0, 510.0)
ROWS: list[Line] = [
    row("Skatter", "-1.520.310", "-1.540.220", "-1.566.190", "-1.579.490", "-1.581.060", ends=ENDS),
    row("Drift", "1.310.450", "1.330.240", "1.342.110", "1.361.010", "1.372.880", ends=ENDS),
    row("Resultat i alt", "-209.860", "-209.980", "-224.080", "-218.480", "-208.180", ends=ENDS),
]
CHANGE = "Ændring i forhold til budget"


def _middle(text: str, first: float, last: float, size: float = 10) -> Line:
    return (((first + last + stringWidth(text, "Helvetica", size)) / 2, text),)


def _values(found: object, label: str) -> list[tuple[int | None, str | None]]:
    lines = [line for table in found.tables for line in table.lines]  # type: ignore[attr-defined]
    return [(value.year, value.column) for line in lines if line.label == label for value in line.values]


def test_a_heading_between_two_rules_over_some_of_the_years_is_a_part_of_each() -> None:
    lines: list[Line] = [
        ((-60.0, "1.000 kr."),),
        _middle(CHANGE, 280, 510),
        ((240.0, "Regnskab"),),
        row("", "2029", "2031", "2032", "2033", "2034", ends=ENDS),
        *ROWS,
    ]
    found = laid(lines, rules=[(58, 4, 514, 4), (58, 17, 514, 17), (58, 45, 514, 45)])
    (table,) = found.tables
    assert [column.label for column in table.columns] == [
        "Regnskab 2029",
        *(f"{CHANGE} {year}" for year in (2031, 2032, 2033, 2034)),
    ]
    assert _values(found, "Drift") == [
        (2029, None),
        *((year, f"{CHANGE} {year}") for year in (2031, 2032, 2033, 2034)),
    ]


def test_a_heading_of_change_over_all_years_is_told_of_each_figure() -> None:
    lines: list[Line] = [
        ((-60.0, "Beløb i 1.000 kr."),),
        _middle(CHANGE, 210, 510),
        row("", "2030", "2031", "2032", "2033", "2034", ends=ENDS),
        *ROWS,
    ]
    found = laid(lines, rules=[(58, 17, 514, 17), (58, 31, 514, 31)])
    assert _values(found, "Skatter") == [(year, f"{CHANGE} {year}") for year in range(2030, 2035)]
    assert [cell.text for cell in found.tables[0].cells[0] if cell.text] == [CHANGE]


def test_a_unit_between_two_rules_over_the_years_is_no_part_of_them() -> None:
    lines: list[Line] = [
        _middle("Beløb i 1.000 kr.", 210, 510),
        row("", "2030", "2031", "2032", "2033", "2034", ends=ENDS),
        *ROWS,
    ]
    (table,) = laid(lines, rules=[(58, 3, 514, 3), (58, 17, 514, 17)]).tables
    assert [column.label for column in table.columns] == ["2030", "2031", "2032", "2033", "2034"]
    assert table.unit is not None
    assert table.unit.factor == 1000


def test_a_number_with_a_colon_and_a_name_that_had_no_room_beside_it_are_one_name() -> None:
    ends = (260.0, 320.0)
    lines: list[Line] = [
        row("1.000 kr.", "2031", "2032", ends=ends),
        ((-60.0, "Klimaudvalget"),),
        row("01 Politisk arbejde", "95", "91", left=68, ends=ends),
        ((-68.0, "Fagområde 2:"),),
        row("Forebyggelse", "20", "24", left=68, ends=ends),
        row("Klimaudvalget i alt", "115", "115", ends=ends),
        ((-60.0, "Fritidsudvalget"),),
        row("03 Biblioteker", "30", "31", left=68, ends=ends),
        row("04 Museer", "10", "11", left=68, ends=ends),
        row("I alt", "40", "42", ends=ends),
    ]
    (table,) = laid(lines, step=12).tables
    assert [(line.label, line.group) for line in table.lines][1] == ("Fagområde 2: Forebyggelse", "Klimaudvalget")


def test_a_year_alone_over_the_sides_of_an_account_is_that_of_each() -> None:
    """It stands in the middle over all three, and so over the middle one."""
    ends = (268.5, 319.4, 362.2)
    lines: list[Line] = [
        ((-60.0, "Hele 1.000 kr."),),
        14.0,
        ((320.0, "Budget 2031"),),
        row("", "Udgifter", "Indtægter", "Netto", ends=ends),
        ((-60.0, "Kulturudvalget"),),
        row("Biblioteker", "2.401", "-502", "1.899", left=68, ends=ends),
        row("Museer", "1.561", "-99", "1.462", left=68, ends=ends),
        row("I alt", "3.962", "-601", "3.361", ends=ends),
    ]
    (table,) = laid(lines, size=9, rules=[(50, 4, 370, 4), (50, 18, 370, 18), (50, 32, 370, 32)]).tables
    assert [(column.label, column.year) for column in table.columns] == [
        *((f"Budget 2031 {side}", 2031) for side in ("Udgifter", "Indtægter", "Netto"))
    ]


def test_a_second_line_of_headings_with_words_and_years_is_no_row() -> None:
    lines: list[Line] = [
        ((-60.0, "(mio. kr.)"),),
        row("", "Samlet", "Forbrug før", "Forbrug", "Forbrug", "Rest-", ends=ENDS),
        row("", "bevilling", "2031", "2031", "i alt", "bevilling", ends=ENDS),
        ((-60.0, "Vejudvalget"),),
        row("Broer", "16,6", "2,2", "4,8", "7,0", "9,6", left=68, ends=ENDS),
        row("Stier", "19,6", "6,6", "6,5", "13,1", "6,5", left=68, ends=ENDS),
        row("I alt", "36,2", "8,8", "11,3", "20,1", "16,1", ends=ENDS),
    ]
    found = laid(lines)
    assert [(column.label, column.year) for column in found.tables[0].columns] == [
        *(("Samlet bevilling", None), ("Forbrug før 2031", None), ("Forbrug 2031", 2031), ("Forbrug i alt", None)),
        ("Restbevilling", None),
    ]
    assert not found.problems


def _changes(last: str, *figures: str) -> Document:
    ends = (270.0, 340.0, 430.0, 520.0)
    lines: list[Line] = [
        ((-60.0, "Beløb i 1.000 kr."),),
        row("Område", "Budget 2026", "Budget 2027", "Ændring 2026-27", last, ends=ends),
        row("Skoler", "1.500", "1.600", "100", figures[0], ends=ends),
        row("Veje", "2.000", "2.200", "200", figures[1], ends=ends),
        row("I alt", "3.500", "3.800", "300", figures[2], ends=ends),
    ]
    return laid(lines)


def test_what_two_years_differ_by_is_no_sum_of_them() -> None:
    found = _changes("Ændring i pct.", "6,7", "10,0", "8,6")
    assert not found.problems
    assert _values(found, "Veje") == [(2026, None), (2027, None), (None, "Ændring 2026-27")]


def test_a_word_that_stands_for_each_column_begins_the_heading_of_each() -> None:
    """ "Ændring Ændring i pct.", a blank apart: the changes in kroner are not taken for per cent."""
    start = 450 - stringWidth(" Ændring i pct.", "Helvetica", 10)
    ends = (270.0, 340.0, start, 450.0)
    found = laid(
        [
            ((-60.0, "Beløb i 1.000 kr."),),
            row("Område", "Budget 2026", "Budget 2027", "Ændring", "Ændring i pct.", ends=ends),
            row("Skoler", "1.500", "1.600", "100", "6,7", ends=ends),
            row("Veje", "2.000", "2.200", "200", "10,0", ends=ends),
        ]
    )
    assert _values(found, "Veje") == [(2026, None), (2027, None), (None, "Ændring")]


def test_changes_with_decimals_beside_whole_amounts_may_be_in_per_cent() -> None:
    found = _changes("Ændring", "6,7", "10,0", "8,6")
    assert [problem.code for problem in found.problems] == ["table-refused"]
    assert _values(found, "Veje") == [(2026, None), (2027, None), (None, "Ændring 2026-27")]
    assert (None, "Ændring") in _values(_changes("Ændring", "7", "10", "17"), "Veje")
