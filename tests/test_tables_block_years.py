"""Blocks of rows that each have a year over them, in accounts whose columns have none."""

from __future__ import annotations

from collections.abc import Sequence

from laid import Line, laid, row

from corpus.model import Document

HEADS = ("Drift", "Anlæg", "Netto", "I alt")
UNIT: Line = ((-60.0, "1.000 kr."),)
BLOCK: Sequence[Line] = [
    ((-60.0, "Indtægter"),),
    row("Husleje", "1.210", "320", "0", "1.530"),
    row("Tilskud", "415", "0", "60", "475"),
    ((-60.0, "Udgifter"),),
    row("Husleje", "980", "110", "25", "1.115"),
    row("Varme", "340", "75", "0", "415"),
]


def years(document: Document) -> list[tuple[str | None, str, set[int | None]]]:
    """Group, name and years of each row with figures."""
    return [
        (line.group, line.label, {value.year for value in line.values})
        for table in document.tables
        for line in table.lines
        if line.values
    ]


def test_the_year_in_the_corner_of_the_headings_and_one_further_down_are_of_all_groups_below() -> None:
    document = laid([UNIT, row("2031", *HEADS), *BLOCK, ((-60.0, "2030"),), *BLOCK])
    assert [of for _, _, of in years(document)] == [{2031}] * 4 + [{2030}] * 4


def test_the_year_of_the_headings_stands_in_the_next_column_than_the_number_of_the_note() -> None:
    head = [((-30.0, "7"), *row("Drift og anlæg", *HEADS)), ((-60.0, "2031"),)]
    document = laid([UNIT, *head, *BLOCK, ((-60.0, "2030"),), *BLOCK])
    assert [of for _, _, of in years(document)] == [{2031}] * 4 + [{2030}] * 4


def test_titles_that_differ_in_their_year_are_the_years_of_their_blocks() -> None:
    rows = [*BLOCK[1:3], *BLOCK[4:]]
    document = laid([UNIT, row("Ændringer i 2031", *HEADS), *rows, ((-60.0, "Ændringer i 2030"),), *rows])
    assert [of for _, _, of in years(document)] == [{2031}] * 4 + [{2030}] * 4


def test_a_group_that_one_block_lacks_has_no_year() -> None:
    more = [((-60.0, "Lån"),), row("Optaget", "500", "0", "0", "500")]
    document = laid([UNIT, row("2031", *HEADS), *BLOCK, *more, ((-60.0, "2030"),), *BLOCK])
    assert [(label, of) for group, label, of in years(document) if group == "Lån"] == [("Optaget", {None})]
    assert [of for group, _, of in years(document) if group != "Lån"] == [{2031}] * 4 + [{2030}] * 4


def test_a_table_overleaf_with_another_name_over_its_rows_is_another_one() -> None:
    first = [UNIT, ((-30.0, "7"), *row("Drift", *HEADS)), ((-60.0, "2031"),), *BLOCK, ((-60.0, "2030"),), *BLOCK]
    second = [UNIT, ((-30.0, "8"), *row("Lån", *HEADS)), ((-60.0, "2031"),), *BLOCK, ((-60.0, "2030"),), *BLOCK]
    document = laid(first, second)
    assert [table.pages for table in document.tables] == [[1], [2]]
    assert [of for _, _, of in years(document)] == [*[{2031}] * 4, *[{2030}] * 4] * 2
