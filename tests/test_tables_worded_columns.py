"""Tables in aligned lines below headings in words: columns of numbers and committees, of remarks, and a lone row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

Row = tuple[str, ...]
UNIT = "Beløb i 1.000 kr.\n\n"


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "oversigt.txt")


def raw(found: Document) -> dict[str, dict[str, str]]:
    return {
        line.label: {value.column or "": value.raw for value in line.values}
        for table in found.tables
        for line in table.lines
    }


def aligned(rows: tuple[Row, ...], figures: set[int], gap: str = "   ") -> str:
    """Words from the left, figures to the right, in columns as wide as what stands in them."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        gap.join(
            cell.rjust(width) if n in figures else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join(map(str.rstrip, lines)) + "\n"


@pytest.mark.parametrize("last", ["1.200", "12 450", "-75"])
def test_one_column_of_money_behind_a_number_and_a_name(last: str) -> None:
    rows = (("Nr.", "Tekst", "Bevilling"), ("1", "Sti ved åen", "1.200"), ("2", "Hal Nord", last), ("", "I alt", "900"))
    found = read(UNIT + aligned(rows, {2}))
    assert raw(found) == {
        "Sti ved åen": {"Bevilling": "1.200"},
        "Hal Nord": {"Bevilling": last},
        "I alt": {"Bevilling": "900"},
    }
    assert Code.UNIT_UNKNOWN not in [problem.code for problem in found.problems]


def test_a_name_that_reaches_over_the_heading_of_the_figures() -> None:
    found = read(f"{UNIT}Nr.  Tekst  Bevilling\n1   Sti ved åen   1.200\n2   Hal Nord   300\n")
    assert raw(found) == {"Sti ved åen": {"Bevilling": "1.200"}, "Hal Nord": {"Bevilling": "300"}}


def test_a_number_and_a_committee_are_no_part_of_the_label() -> None:
    rows = (
        ("Nr.", "Tekst", "Udvalg", "Budget", "Regnskab"),
        ("Veje", "", "", "", ""),
        ("1", "Sti ved åen", "TMU", "1.200", "1.100"),
        ("2", "Bro", "KFU", "", ""),
        ("3", "Hal Nord", "KFU", "", "310"),
        ("", "I alt", "", "1.200", "1.410"),
    )
    found = read(UNIT + aligned(rows, {3, 4}))
    told = {label: values for label, values in raw(found).items() if values}
    assert told == {
        "Sti ved åen": {"Budget": "1.200", "Regnskab": "1.100"},
        "Hal Nord": {"Regnskab": "310"},
        "I alt": {"Budget": "1.200", "Regnskab": "1.410"},
    }
    assert found.tables[0].lines[0].label != "1 Sti ved åen"
    assert found.problems == []


def test_a_name_of_two_lines_beside_a_number() -> None:
    rows = (
        ("Nr.", "Tekst", "Udvalg", "Budget"),
        ("1", "Renovering af", "", ""),
        ("", "tag og have", "TMU", "1.200"),
        ("2", "Bro", "KFU", "20"),
    )
    assert raw(read(UNIT + aligned(rows, {3}))) == {
        "Renovering af tag og have": {"Budget": "1.200"},
        "Bro": {"Budget": "20"},
    }


def test_a_code_behind_the_name_is_no_figure_of_an_empty_column() -> None:
    rows = (("Tekst", "Konto", "Budget", "Regnskab"), ("Sti", "522", "1.200", "1.100"), ("Hal", "523", "", "310"))
    assert raw(read(UNIT + aligned(rows, {2, 3}))) == {
        "Sti": {"Budget": "1.200", "Regnskab": "1.100"},
        "Hal": {"Regnskab": "310"},
    }


def test_a_number_at_the_end_of_a_name_is_of_the_name_where_it_ends_before_the_figures_begin() -> None:
    rows = (("Tekst", "Budget", "Regnskab"), ("Pulje til fremtiden", "1.200", "1.100"), ("Vision 2030", "", "310"))
    assert raw(read(UNIT + aligned(rows, {1, 2})))["Vision 2030"] == {"Regnskab": "310"}


def test_a_name_behind_a_number_that_touches_its_figure_is_refused_and_the_rows_below_it_are_read() -> None:
    head = "Nr.  Tekst             Budget   Regnskab\n1    Sti                1.200      1.100\n"
    found = read(f"{UNIT}{head}2    Omlægning af park i byen 20       30\n3    Bro                   50         60\n")
    told = {label: values for label, values in raw(found).items() if values}
    assert told == {
        "Sti": {"Budget": "1.200", "Regnskab": "1.100"},
        "Bro": {"Budget": "50", "Regnskab": "60"},
    }
    assert [problem.code for problem in found.problems] == [Code.TABLE_REFUSED]


def test_captions_of_two_tables_side_by_side_are_no_headings() -> None:
    found = read(
        "Indtægter                       Anlæg og lån (beløb i mio. kr.)\n"
        "Salg af jord   1,5    1,4       Lønpuljer       1,3    1,2\n"
        "Gebyrer        0,8    0,7       Elevpuljen      0,2    0,1\n"
        "Støtte i eget hjem 0,5    0,4\n"
        "                                Udbud           0,4    0,3\n"
    )
    assert not any(raw(found).values())
    assert Code.TABLE_REFUSED in [problem.code for problem in found.problems]


@pytest.mark.parametrize("figures", [("1.200", "1.100"), ("", "1.100"), ("1.200", "")])
def test_a_lone_row_is_read_where_its_figures_stand_below_their_headings(figures: Row) -> None:
    rows = (("Projekt", "Budget", "Regnskab"), ("Sti ved åen", *figures))
    found = read(UNIT + aligned(rows, {1, 2}))
    heads = zip(rows[0][1:], figures, strict=True)
    assert raw(found) == {"Sti ved åen": {head: figure for head, figure in heads if figure}}
    assert found.problems == []


@pytest.mark.parametrize(
    "row", ["Sti ved åen 1.200      1.100", "Sti    1.200    1.100", "Sti   1.200   1.100   1.300"]
)
def test_a_lone_row_elsewhere_is_refused_and_told(row: str) -> None:
    found = read(f"{UNIT}Projekt                   Budget   Regnskab\n{row}\n")
    assert not any(raw(found).values())
    assert [problem.code for problem in found.problems] == [Code.TABLE_REFUSED]


def test_a_lone_row_without_a_unit_is_told() -> None:
    found = read("Projekt          Budget   Regnskab\nSti ved åen       1.200      1.100\n")
    assert not any(raw(found).values())
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


REMARKS = (
    ("Projekt", "Budget", "Regnskab", "Bemærkning"),
    ("Sti ved åen", "1.200", "1.100", "Færdig i 2027"),
    ("Hal Nord", "300", "310", ""),
    ("Vej", "", "30", "12 dage forsinket"),
    ("Bro", "20", "", "Afventer svar fra staten om støtte til det hele i havnen."),
)


def test_remarks_behind_the_figures() -> None:
    found = read(UNIT + aligned(REMARKS, {1, 2}))
    assert raw(found) == {
        row[0]: {head: cell for head, cell in zip(REMARKS[0][1:3], row[1:3], strict=True) if cell}
        for row in REMARKS[1:]
    }
    assert found.problems == []
    assert [row[-1].text for row in found.tables[0].cells][-1] == REMARKS[-1][-1]


def test_a_remark_of_two_lines_is_no_row() -> None:
    more = ("", "", "", "og havnen")
    found = read(UNIT + aligned((*REMARKS[:2], more, *REMARKS[2:]), {1, 2}))
    assert list(raw(found)) == [row[0] for row in REMARKS[1:]]
    assert found.tables[0].cells[1][-1].text == "Færdig i 2027 og havnen"


def test_words_between_the_figures_and_one_that_stands_under_another_heading() -> None:
    head = "Projekt          Budget   Status     Regnskab\n"
    rows = "Sti ved åen       1.200   Færdig        1.100\nVej                  20                  10\n"
    assert raw(read(UNIT + head + rows)) == {
        "Sti ved åen": {"Budget": "1.200", "Regnskab": "1.100"},
        "Vej": {"Budget": "20", "Regnskab": "10"},
    }
    found = read(f"{UNIT}{head}{rows}Hal Nord            300     310   I gang\n")
    assert raw(found)["Hal Nord"] == {}
    assert raw(found)["Vej"] == {"Budget": "20", "Regnskab": "10"}
    assert [problem.code for problem in found.problems] == [Code.TABLE_REFUSED]


@pytest.mark.parametrize(
    "row", ["Vej                  20              1.500", "Kaj           20         10   Dyrt   50"]
)
def test_a_figure_among_the_remarks_is_given_to_no_column(row: str) -> None:
    found = read(f"{UNIT}{aligned(REMARKS[:3], {1, 2})}{row}\n")
    assert raw(found)[row[:3]] == {}
    assert [problem.code for problem in found.problems] == [Code.TABLE_REFUSED]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_each_figure_is_of_its_own_column_or_of_none(data: st.DataObject) -> None:
    """Whatever columns of words stand before, between and behind those of money, and whatever is blank."""
    names = data.draw(st.sampled_from([("Projekt",), ("Nr.", "Tekst"), ("Nr.", "Tekst", "Udvalg")]))
    money = ["Budget", "Korrigeret budget", "Regnskab"][: data.draw(st.integers(1, 3))]
    place = data.draw(st.integers(0, len(money)))
    heads = [*money[:place], "Bemærkning", *money[place:]] if place else money
    figure = st.integers(-9_999_999, 9_999_999).map(lambda n: f"{n:,}".replace(",", "."))
    cell = st.one_of(st.just(""), figure, figure)
    word = st.sampled_from(["", "Færdig", "Udbud i foråret", "12 dage forsinket", "Ny"])
    rows: list[Row] = [(*names, *heads)]
    for number in range(data.draw(st.integers(2, 6))):
        whole: Row = (str(number + 1), f"Bro {'ABCDEF'[number]}", "TMU")
        named = whole[: len(names)] if len(names) > 1 else whole[1:2]
        rows.append((*named, *(data.draw(word if head == "Bemærkning" else cell) for head in heads)))
    figures = {n for n, head in enumerate(rows[0]) if head in money}
    found = read(UNIT + aligned(tuple(rows), figures))
    at = min(len(names) - 1, 1)
    truth = {row[at]: {rows[0][n]: row[n] for n in figures if row[n]} for row in rows[1:]}
    for label, values in raw(found).items():
        mine = next(told for name, told in truth.items() if name in label)
        assert all(mine.get(head) == value for head, value in values.items()), label


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm      Budgetchef\nTelefon       1234\nLokale        12\n",
        f"{UNIT}Ida Holm      Budgetkonsulent\nTlf.          12345678\n",
        f"{UNIT}Navn        Telefon   Afdeling\nIda Holm    2233      Budget\nOle Bak     4455      Regnskab\n",
        "Tid     Emne                 Lokale\n9.00    Budget og regnskab   12\n10.30   Anlæg                14\n",
        "Tid     Budget               Lokale\n9.00    Gennemgang           12\n10.30   Spørgsmål            14\n",
        "Budget   Økonomi\nRådhuset 1   8000\nTorvet 2     8200\n",
        "Afdeling   Budget\nTelefon    1234\n",
        "Emne      Budget    Regnskab\nMøde      12        14\n",
        "Punkt   Emne                Bilag\n1       Budget 2027         3\n2       Regnskab            4\n",
        "Frist        Budget     Ansvarlig\n12.03.2026   Oplæg      Ida\n14.04.2026   Høring     Ole\n",
    ],
)
def test_lists_of_people_places_and_times_are_no_money(text: str) -> None:
    found = read(text)
    assert not any(raw(found).values())
    assert found.problems == []
