"""Columns that no rule parts: ranks before names, headings a blank apart, a table beside the text of another column."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, laid, row, texts
from reportlab.pdfbase.pdfmetrics import stringWidth

NAMES = ("Nordby", "Vesterlund", "Østermose", "Nederdal", "Overdal")


@pytest.mark.parametrize(("last", "found"), [("Antal", True), ("Side", False)])
def test_numbered_names_with_a_figure_each_are_a_table_and_pages_none(last: str, found: bool) -> None:
    figures = ("73.073", "66.064", "49.972", "35.250", "31.613") if found else ("4", "4", "6", "7", "7")
    rows = [
        ((75.0, str(n)), (-100.0, name), (300.0, figure))
        for n, (name, figure) in enumerate(zip(NAMES, figures, strict=True), 1)
    ]
    document = laid([((75.0, "Nr."), (-100.0, "Navn"), (300.0, last)), *rows])
    assert bool(document.tables) == found
    if found:
        assert texts(document)[:2] == [["Nr.", "Navn", "Antal"], ["1", "Nordby", "73.073"]]


def test_two_headings_a_blank_apart_make_no_column_of_two() -> None:
    ends = (260.0, 320.0, 358.0)
    both = 358.0 - stringWidth("Beløb Andel", "Helvetica", 10)
    heads: list[Line] = [
        (*row("Program", "Budget", "", "", ends=(200.0, *ends)), (260.0, "Udgift"), (-both, "Beløb Andel"))
    ]
    rows = [row(name, "4.146", "3.510", "895", f"{n}8,5%", ends=(200.0, *ends)) for n, name in enumerate(NAMES, 1)]
    cells = texts(laid([*heads, *rows]))
    assert cells[0] == ["Program", "Budget", "Udgift", "Beløb", "Andel"]
    assert cells[1] == ["Nordby", "4.146", "3.510", "895", "18,5%"]


PROSE = (
    "Der blev sidste år brugt mere end i andre",
    "kommuner, der har samme antal elever og de",
    "samme takster. Det vurderes, at omlægningen",
    "ikke har væsentlige følger for det faglige",
    "niveau, men at ventetiden kan stige noget i",
)


def _columns(left: Sequence[Line], right: Sequence[Line]) -> list[Line]:
    """Two columns of text, the lines of the right one halfway between those of the left one."""
    lines: list[Line] = []
    for one, other in zip(left, right, strict=True):
        lines += [one, -7.0, other, -7.0]
    return lines


def test_a_table_that_begins_with_numbers_in_the_right_column_of_a_page() -> None:
    """Its lines do not begin with words at the edge of the column; text stands above and below it there."""
    prose: list[Line] = [((-50.0, PROSE[n % len(PROSE)]),) for n in range(24)]
    other: list[Line] = [((-310.0, PROSE[(n + 2) % len(PROSE)]),) for n in range(24)]
    other[8] = ((-316.0, "Nr."), (-345.0, "Frist"), (-420.0, "Ansvarlig"))
    days = ("2. maj 2024", "9. juni 2024", "1. juli 2024", "7. august 2024", "3. oktober 2024", "4. november 2024")
    for n, day in enumerate(days, 1):
        other[8 + n] = ((-316.0, str(n)), (-345.0, day), (-420.0, NAMES[n % len(NAMES)]))
    document = laid(_columns(prose, other), step=14, size=9)
    assert len(document.tables) == 1
    assert texts(document)[1:3] == [["1", "2. maj 2024", "Vesterlund"], ["2", "9. juni 2024", "Østermose"]]
    assert len(texts(document)) == 1 + len(days)


def test_a_drawn_cell_is_parted_where_all_but_the_total_keep_to_two_columns() -> None:
    """A shaded row, cell by cell, is all that is drawn between the columns."""
    ends = (300.0, 380.0)
    rows = [
        ((-62.0, f"1 {n}"), *row(name, f"{n}7.884", f"4{n}.378", left=110.0, ends=ends))
        for n, name in enumerate(NAMES, 1)
    ]
    heads = ((-62.0, "Afsnit"), *row("Navn", "2030", "2031", left=110.0, ends=ends))
    section = ((-62.0, "1"), (-110.0, "Bygninger"))
    total = row("UDGIFTER I ALT", "89.420", "211.890", left=62.0, ends=ends)
    level = [(58.0, y, 390.0, y) for y in (-10.0, 4.0, 18.0, 18.0 + 14 * 6)]
    upright = [(x, -10.0, x, 18.0) for x in (104.0, 240.0, 320.0)] + [(x, -10.0, x, 102.0) for x in (58.0, 390.0)]
    drawn = [(x, 18.0, x, 102.0) for x in (240.0, 320.0)]
    cells = texts(laid([heads, section, *rows, total], rules=[*level, *upright, *drawn]))
    assert cells[2] == ["1 1", "Nordby", "17.884", "41.378"]
    assert cells[-1][0] == "UDGIFTER I ALT"
    assert cells[-1][-2:] == ["89.420", "211.890"]


def test_rows_of_words_that_begin_level_are_one_table_however_much_they_say() -> None:
    """The words on the right are as many as in a column of a page; each row begins on one line on both sides."""
    said = ("Kommunen yder tilskud til kurser og rådgivning.", "Ordningen dækker kun de største virksomheder i år.")
    names = ("Byrde", "Virkning", "Sammenhæng", "Udgift", "Socialt")
    lines: list[Line] = [((-150.0, "Mulighed 1"), (-380.0, "Mulighed 2")), 6.0]
    for number, name in enumerate(names):
        lines += [((-50.0, name), (-120.0, said[number % 2]), (-340.0, said[1 - number % 2]))]
        lines += [-2.0, ((-340.0, "og gælder i to år."),)] if number % 2 else []
        lines += [6.0]
    cells = texts(laid(lines, step=12, size=9))
    assert cells[0][1:] == ["Mulighed 1", "Mulighed 2"]
    assert [row[0] for row in cells[1:]] == list(names)
    assert cells[2][1:] == [said[1], f"{said[0]} og gælder i to år."]


def test_figures_with_marks_between_two_groups_of_years_name_no_second_table() -> None:
    ends = (160.0, 220.0, 280.0, 360.0, 420.0, 480.0)
    heads: list[Line] = [((-175.0, "Eksport"), (-370.0, "Import"))]
    heads.append(row("Land", "2005", "2006", "Vækst", "2005", "2006", "Vækst", ends=ends))
    marked = ("19 r", "-22,7 r", "16 p", "-13 r", "16 r")
    rows = [
        row(name, "359.865", "384.641", m, "176.303", "445.876", "1", ends=ends)
        for name, m in zip(NAMES, marked, strict=True)
    ]
    document = laid([*heads, *rows])
    assert len(document.tables) == 1
    assert [cell.text for cell in document.tables[0].cells[-1]][:4] == ["Overdal", "359.865", "384.641", "16 r"]


def test_two_tables_of_words_side_by_side_whose_lines_are_not_level_keep_their_columns() -> None:
    """The room between the two is the widest: their own columns are none of the page."""
    left = [("Bo Friis", "Nordby Statistik", "20 30 40 5"), ("Ane Falk", "Statens Kontor", "33 24 95 5")]
    left += [
        ("Ib Holm", "Insee", "44 17 07 5"),
        ("Eva Lund", "Sundhed", "34 97 77 1"),
        ("Per Dam", "Insee", "48 35 52 9"),
    ]
    lines: list[Line] = [
        ((-42.0, "Navn"), (-99.0, "Sted"), (-180.0, "Telefon"), (-312.0, "Navn"), (-382.0, "Sted"), (-460.0, "Telefon"))
    ]
    for number, (name, place, phone) in enumerate(left):
        lines += [((-42.0, name), (-99.0, place), (-180.0, phone)), -8.0 if number else -10.0]
        lines += [((-312.0, name), (-382.0, place), (-460.0, phone)), -3.0]
    document = laid(lines, step=13, size=8)
    assert [len(table.cells[0]) for table in document.tables] == [3, 3]
    assert [texts(document, n)[1] for n in (0, 1)] == [list(left[0])] * 2


def test_where_a_table_is_from_ends_it_above_another_one_of_the_same_columns() -> None:
    ends = (300.0, 380.0)
    rows = [row(name, f"{n}1", f"2{n}", ends=ends) for n, name in enumerate(NAMES)]
    heads, others = row("Kommune", "Skoler", "Haller", ends=ends), row("Kommune", "Biler", "Både", ends=ends)
    document = laid([heads, *rows, ((-60.0, "Kilde: Statistisk opgørelse."),), others, *rows])
    assert [texts(document, n)[0] for n in range(len(document.tables))] == [
        ["Kommune", "Skoler", "Haller"],
        ["Kommune", "Biler", "Både"],
    ]


def test_rows_of_words_begin_where_room_parts_them_and_not_on_every_line_with_a_name() -> None:
    """Name and text of the last rows both go on; pages set in columns have no such rows."""
    long = "Samler de små kontorer i byen og deler lokaler"
    names = ("Havnen", "Skolernes", "Bibliotek", "Miljø og", "Vej og")
    lines: list[Line] = [((-70.0, "Kontor"), (-131.0, "Formål"), (-412.0, "Status")), 7.0]
    for number, name in enumerate(names):
        lines.append(((-47.0, name), (-131.0, f"{long} {number}"), (-412.0, "Er sat i gang med de to")))
        rest = ((-47.0, "Natur"), (-131.0, "med de andre kontorer i området omkring fjorden")) if number > 2 else ()
        lines += [(*rest, (-412.0, "udvalg i år.")), 7.0]
    cells = texts(laid(lines, step=9.5, size=8))
    assert cells[0] == ["Kontor", "Formål", "Status"]
    assert cells[-1] == [
        "Vej og Natur",
        f"{long} 4 med de andre kontorer i området omkring fjorden",
        "Er sat i gang med de to udvalg i år.",
    ]


def test_numbers_that_count_rows_of_words_are_no_axis() -> None:
    """The third stands alone on its line, between the two lines of its row; the steps of an axis fall."""
    lines: list[Line] = [((-60.0, "Nr."), (-120.0, "Indsats"), (-320.0, "Ansvarlig")), 4.0]
    for number, name in enumerate(("Cykelstier", "Lamper", "Bænke ved", "Tage", "Brønde"), 1):
        count, words = ((-60.0, str(number)),), ((-120.0, name), (-320.0, "Teknik"))
        lines += [words, -7.0, count, -7.0, ((-120.0, "stierne"),), 6.0] if number == 3 else [(*count, *words), 6.0]
    assert texts(laid(lines))[3] == ["3", "Bænke ved stierne", "Teknik"]


def test_the_steps_of_an_axis_some_without_a_name_make_no_table() -> None:
    lines: list[Line] = [((-60.0, "Svar"), (300.0, "Andel"))]
    for number in range(7, 0, -1):
        lines.append((*([] if number == 4 else [(-60.0, f"Svar {number}")]), (300.0, f"{number}0%")))
    assert laid(lines).tables == []
