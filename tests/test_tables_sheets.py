"""Sheets printed with a rule around every cell, their titles, sentences and notes too: several tables in one grid."""

from __future__ import annotations

from laid import Line, figures, laid, texts

from corpus.model import Document
from corpus.problems import Code

EDGES = (60.0, 150.0, 260.0, 330.0, 400.0)
STEP = 16.0
SENTENCE = "Forslaget berører to stillinger, som forventes håndteret ved naturlig afgang i løbet af året."
Row = str | tuple[str, ...] | None
"""A text over all columns, the cells of a row, or an empty row."""


def _sheet(rows: list[Row]) -> Document:
    """The rows in a grid; a row of one text has one cell."""
    rules = []
    lines: list[Line] = []
    for number, row in enumerate(rows):
        cells = (row,) if isinstance(row, str) else row or ("",) * 4
        top, foot = STEP * number - 12.0, STEP * (number + 1) - 12.0
        edges = (EDGES[0], EDGES[-1]) if isinstance(row, str) else EDGES
        rules += [(edge, top, edge, foot) for edge in edges]
        rules += [(EDGES[0], y, EDGES[-1], y) for y in (top, foot)]
        placed = ((-EDGES[n] - 4 if n < 2 else EDGES[n + 1] - 4, text) for n, text in enumerate(cells))
        lines.append(tuple(cell for cell in placed if cell[1]))
    return laid(lines, step=STEP, size=7, rules=rules)


def _table(*rows: tuple[str, ...]) -> list[Row]:
    return [("", "Post", "2026", "2027"), *rows]


FIRST = _table(("Drift", "Løn til to projektledere", "-6,3", "-8,7"), ("", "Kørsel", "1,7", "1,5"))
SECOND = _table(("Anlæg", "Ny hal", "38", "76"), ("", "Tag på skolen", "12", "14"))


def test_titles_between_the_tables_of_a_sheet_are_of_the_next_one() -> None:
    first: list[Row] = ["Forslag 1", SENTENCE, "Økonomi, millioner kr.", *FIRST, None]
    document = _sheet([*first, "Forslag 2", SENTENCE, "Økonomi (t.kr.)", *SECOND])
    assert document.problems == []
    assert len(document.tables) == 2
    found = figures(document)
    assert found["Løn til to projektledere"] == {2026: "-6300000", 2027: "-8700000"}
    assert found["Tag på skolen"] == {2026: "12000", 2027: "14000"}
    assert {line.label: line.group for table in document.tables for line in table.lines}["Kørsel"] == "Drift"


def test_the_unit_over_one_table_of_a_sheet_is_not_that_of_the_next() -> None:
    first: list[Row] = ["Forslag 1", "Økonomi, millioner kr.", *FIRST, None]
    document = _sheet([*first, "Forslag 2", "Økonomi", *SECOND])
    assert [problem.code for problem in document.problems] == [Code.UNIT_UNKNOWN]
    assert figures(document)["Løn til to projektledere"] == {2026: "-6300000", 2027: "-8700000"}
    assert figures(document)["Ny hal"] == {}


def test_a_note_below_a_table_of_a_sheet_says_its_unit() -> None:
    first: list[Row] = ["Forslag 1", "Økonomi", *FIRST, "Note: Alle tal er i mio. kr.", None]
    document = _sheet([*first, "Forslag 2", "Økonomi (t.kr.)", *SECOND])
    assert document.problems == []
    assert figures(document)["Kørsel"] == {2026: "1700000", 2027: "1500000"}
    assert figures(document)["Ny hal"] == {2026: "38000", 2027: "76000"}


def test_a_sentence_between_the_rows_of_a_table_parts_it_not() -> None:
    rows: list[Row] = [("", "Forslag, 1.000 kr.", "2026", "2027"), ("1", "Ny hal", "38", "76"), SENTENCE]
    document = _sheet([*rows, ("2", "Tag på skolen", "12", "14"), SENTENCE, ("3", "Cykelsti", "1", "2")])
    assert len(document.tables) == 1
    assert figures(document)["Tag på skolen"] == {2026: "12000", 2027: "14000"}
    assert texts(document)[2] == [SENTENCE]


def _two(between: list[Row], *heads: str) -> Document:
    """Two tables in one sheet whose titles stand in one cell of the names, as in a sheet printed with its grid."""
    first: list[Row] = [("", "Budgetopfølgning", "", ""), ("", "Tekst", "2026", "2027")]
    first += [("Drift", "Løn", "-6,3", "-8,7"), ("", "Kørsel", "1,7", "1,5")]
    second: list[Row] = [heads, ("Anlæg", "Hal", "380,25", "17,50"), ("", "Tag", "120,75", "11,45")]
    return _sheet([*first, ("", "Note: Tabellen i mio. kr.", "", ""), None, *between, *second])


def test_an_empty_row_and_a_title_in_one_cell_part_tables_of_other_headings() -> None:
    document = _two([("", "Virkning", "", ""), ("", "", "Beløb i kr.", "")], "", "Navn", "2028", "2029")
    assert len(document.tables) == 2
    assert figures(document)["Løn"] == {2026: "-6300000", 2027: "-8700000"}
    assert figures(document)["Hal"][2028] == "380.25"


def test_the_unit_in_a_note_of_one_table_of_a_sheet_is_not_that_of_the_next() -> None:
    document = _two([("", "Virkning", "", "")], "", "Navn", "2028", "2029")
    assert figures(document)["Løn"] == {2026: "-6300000", 2027: "-8700000"}
    assert figures(document)["Hal"] == {}
    assert [problem.code for problem in document.problems] == [Code.UNIT_UNKNOWN]


def test_the_same_headings_below_an_empty_row_and_the_name_of_a_section_are_of_one_table() -> None:
    document = _two([("", "Anlæg", "", "")], "", "Tekst", "2026", "2027")
    assert len(document.tables) == 1
