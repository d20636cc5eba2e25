"""Notes to accounts: the unit at the head of page after page, headings of the table above, and what is no money."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_tables_accounts_pages import NOTE, YEARS, Line, Put, headings, kroner, pages, row

from pipeline.tables import TableFindings

STAGES = (400.0, 450.0, 500.0)


def stages(
    title: str, *, heads: tuple[str, str, str] = ("Trin 1", "Trin 2", "I alt"), at: Sequence[float] = STAGES
) -> list[Line]:
    return [
        (40, [Put(60, title, "left")]),
        (14, [Put(x, text) for x, text in zip(at, heads, strict=True)]),
        row("Saldo primo", "323 623 946", at, 12),
        row("Nye", "98 210 308", at),
        row("Saldo ultimo", "421 833 1.254", at),
    ]


def notes(*blocks: list[Line], of: int = 6) -> TableFindings:
    """Pages that begin with the unit and years; the last one, of three years, has these tables too."""
    titles = [(14.0, [Put(60, f"{number}. Renter af lån nr. {number}", "left")]) for number in range(of)]
    rows = [row(label, "12 11", YEARS) for label in ("Renter", "Gebyrer", "Andet")]
    three = [row(label, "12 11 10", (370.0, *YEARS)) for label in ("Renter", "Gebyrer", "Andet")]
    head = (0.0, [*NOTE[1], Put(370, "2025")])
    pages_before = [[(0.0, NOTE[1]), title, *rows] for title in titles[1:]]
    return pages(*pages_before, [head, *three, *(line for block in blocks for line in block)])


def last(found: TableFindings) -> int:
    return len(found.tables) - 1


def test_the_unit_at_the_head_of_the_pages_is_that_of_all_their_tables() -> None:
    found = notes(stages("Fordeling af saldoen på trin"))
    assert kroner(found, last(found))["Nye"] == ["98", "210", "308"]


def test_a_unit_at_the_head_of_few_pages_is_not_that_of_other_tables() -> None:
    found = notes(stages("Fordeling af saldoen på trin"), of=3)
    assert kroner(found, last(found)) == {}
    assert [problem.code for problem in found.problems] == ["table-refused"]


@pytest.mark.parametrize("said", ["Pct.", "Antal", "Fordeling i procent", "Antal elever"])
def test_where_something_else_is_counted_the_unit_of_the_page_is_not_meant(said: str) -> None:
    found = notes([(40, [Put(60, said, "left")]), *stages("Fordeling på trin")])
    assert kroner(found, last(found)) == {}


def test_people_beside_money_are_no_money() -> None:
    found = notes(stages("Segmenter", heads=("Omsætning", "Tilskud", "Heltidsmedarbejdere"), at=(320, 400, 520)))
    lines = [line for line in found.tables[last(found)].lines if line.label == "Saldo primo"]
    assert [(line.unit, [f"{value.value:f}" for value in line.values]) for line in lines] == [
        ("DKK", ["323000000", "623000000"]),
        ("fte", ["946"]),
    ]


def test_headings_in_words_below_rows_of_years_head_another_table() -> None:
    found = notes(stages("Fordeling på trin", at=(370.0, *YEARS)))
    assert headings(found, last(found)) == ["Trin 1", "Trin 2", "I alt"]
    assert [line.label for line in found.tables[last(found) - 1].lines] == ["Renter", "Gebyrer", "Andet"]


def test_the_headings_of_the_table_above_are_those_of_one_without_any() -> None:
    places = (300.0, 350.0, 400.0, 460.0)
    found = pages(
        [
            (0, [Put(60, "Resultat i sammendrag (mio. kr.)", "left")]),
            (14, [Put(400, "Indeks"), Put(460, "4. kvt.")]),
            (10, [Put(x, text) for x, text in zip(places, ("2024", "2023", "24/23", "2024"), strict=True)]),
            row("Indtægter", "2.332 2.334 100 584", places, 12),
            row("Udgifter", "-603 -641 94 -180", places),
            row("I alt", "1.729 1.693 102 404", places),
            (60, [Put(60, "Balance i sammendrag (mia. kr.)", "left")]),
            row("Udlån", "343,9 337,5 102 343,9", places, 14),
            row("Obligationer", "33,2 47,4 70 33,2", places),
            row("Aktiver i alt", "377,1 384,9 98 377,1", places),
        ]
    )
    assert headings(found, 1) == headings(found, 0)
    assert kroner(found, 1)["Udlån"][:2] == ["343900", "337500"]


def test_a_share_that_is_owned_is_no_money() -> None:
    found = pages(
        [NOTE, row("Ejerandel", "38 41", YEARS), row("Udbytte", "3 4", YEARS), row("Omsætning", "7 8", YEARS)]
    )
    assert kroner(found) == {"Udbytte": ["3", "4"], "Omsætning": ["7", "8"]}


def test_numbers_named_by_the_way_are_no_money_nor_are_their_changes() -> None:
    rows = [
        row("Det gennemsnitlige antal medlemmer", "4 5", YEARS),
        row("Lejemål primo, antal 1.000 stk.", "77 84", YEARS),
        row("Sammenlagte lejemål", "-5 -7", YEARS),
        row("Lejemål ultimo, antal 1.000 stk.", "72 77", YEARS),
        row("Øget antal pladser i haven", "6 8", YEARS),
        row("Husleje", "7 8", YEARS),
    ]
    assert kroner(pages([NOTE, *rows])) == {"Øget antal pladser i haven": ["6", "8"], "Husleje": ["7", "8"]}
