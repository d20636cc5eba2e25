"""Lines whose cells are parted by tabs or by gaps: each figure under its own heading, each word in its own column."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Document, Table
from pipeline.extract import extract_bytes

Row = tuple[str, ...]
HEADS: tuple[Row, ...] = (
    ("Nr.", "Forslag"),
    ("Forslag", "Udvalg"),
    ("Nr.", "Budgetforslag"),
    ("Konto", "Budget"),
    ("Udvalg", "Nr.", "Overslag"),
)
UNIT = "Beløb i 1.000 kr., 2027-priser"


def html(rows: tuple[Row, ...]) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = "<!doctype html><html><head><meta charset='utf-8'></head>"
    return f"{head}<body><p>{UNIT}</p><table>{body}</table></body></html>".encode()


def mail(rows: tuple[Row, ...]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "mona@fjordby.example", "ole@fjordby.example", "Tal"
    message.set_content(html(rows).decode(), subtype="html")
    return message.as_bytes()


def tabs(rows: tuple[Row, ...]) -> bytes:
    return "\n".join(["Fjordby Kommune", "", UNIT, "", *map("\t".join, rows)]).encode()


def gaps(rows: tuple[Row, ...], labels: int, gap: str = "  ") -> bytes:
    """Labels from the left, figures to the right, in columns as wide as what stands in them."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        gap.join(
            cell.ljust(w) if n < labels else cell.rjust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join(["Fjordby Kommune", "", UNIT, "", *map(str.rstrip, lines)]).encode()


def ways(rows: tuple[Row, ...], labels: int) -> list[Document]:
    return [
        extract_bytes(html(rows), "side.html"),
        extract_bytes(mail(rows), "brev.eml"),
        extract_bytes(tabs(rows), "tal.txt"),
        extract_bytes(gaps(rows, labels), "tal.txt"),
    ]


def printed(table: Table) -> list[list[str]]:
    """The cells that have a text, row by row."""
    return [[cell.text for cell in row if cell.text] for row in table.cells]


def by_year(document: Document) -> list[dict[int | None, str]]:
    (table,) = document.tables
    return [{value.year: value.raw for value in line.values} for line in table.lines]


@pytest.mark.parametrize("head", HEADS)
def test_a_last_column_of_labels_gives_its_heading_to_no_year(head: Row) -> None:
    """Also where a row has as many figures as there would be years without the first one."""
    names = [tuple(f"{word}{n}" for word in ("KF", "Sti", "Ø")[: len(head)]) for n in range(3)]
    rows = (
        (*head, "2027", "2028", "2029"),
        *(
            (*name, *figures)
            for name, figures in zip(names, (("-500", "-500", ""), ("-10", "", "-30"), ("-1", "-2", "-3")), strict=True)
        ),
    )
    for document in ways(rows, len(head)):
        assert by_year(document) == [
            {2027: "-500", 2028: "-500"},
            {2027: "-10", 2029: "-30"},
            {2027: "-1", 2028: "-2", 2029: "-3"},
        ]
        assert printed(document.tables[0]) == [[cell for cell in row if cell] for row in rows]
        assert not document.problems


def test_a_code_and_a_committee_are_no_part_of_the_label() -> None:
    rows = (
        ("Nr.", "Projekt", "Udvalg", "2027", "2028"),
        ("7", "Vision 2030", "TMU", "500", ""),
        ("8", "Sti ved åen", "KFU", "", "250"),
        ("", "I alt", "", "500", "250"),
    )
    for document in ways(rows, 3):
        lines = document.tables[0].lines
        assert [line.label for line in lines] == ["Vision 2030", "Sti ved åen", "I alt"]
        assert by_year(document) == [{2027: "500"}, {2028: "250"}, {2027: "500", 2028: "250"}]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_blank_a_figure_is_of_its_cells_column(data: st.DataObject) -> None:
    head = data.draw(st.sampled_from(HEADS))
    years = tuple(str(2027 + n) for n in range(data.draw(st.integers(2, 4))))
    figure = st.integers(-9999, -10).map(lambda n: f"{n:,}".replace(",", "."))
    cells = st.tuples(*(st.one_of(st.just(""), figure) for _ in years)).filter(any)
    rows = data.draw(st.lists(cells, min_size=2, max_size=5))
    names = [tuple(f"{'ABC'[n]}{number} sti" for n in range(len(head))) for number, _ in enumerate(rows)]
    table = ((*head, *years), *((*name, *row) for name, row in zip(names, rows, strict=True)))
    for document in ways(table, len(head))[:3]:
        assert by_year(document) == [
            {int(year): cell for year, cell in zip(years, row, strict=True) if cell} for row in rows
        ]


@pytest.mark.parametrize(("first", "gap"), list(product(("Budget 2027", "Regnskab 2027"), (" ", "  ", "   "))))
def test_the_kind_of_a_year_stays_with_it(first: str, gap: str) -> None:
    """ "Budget 2027" before "Budget 2028" is the heading of one column, however wide the blank within it."""
    text = f"{UNIT}\n\nOmråde      {gap.join(first.split())}   Budget 2028\nSkoler              1.000         2.000\n"
    (table,) = extract_bytes(text.encode(), "tal.txt").tables
    assert [column.label.split() for column in table.columns] == [first.split(), ["Budget", "2028"]]


def test_words_that_reach_over_two_columns_of_labels_part_none() -> None:
    text = f"{UNIT}\n\nForslag   Udvalg   2027   2028\nStier og veje i by   500    600\nHal       KFU      100    200\n"
    document = extract_bytes(text.encode(), "tal.txt")
    assert by_year(document) == [{2027: "500", 2028: "600"}, {2027: "100", 2028: "200"}]
    assert [line.label for line in document.tables[0].lines] == ["Stier og veje i by", "Hal KFU"]


def test_a_row_with_fewer_cells_than_columns_is_refused() -> None:
    rows = (("Nr.", "Forslag", "2027", "2028"), ("1", "Sti", "100", "200"))
    document = extract_bytes(tabs(rows) + b"\n2\tVej\t300", "tal.txt")
    assert by_year(document)[0] == {2027: "100", 2028: "200"}
    assert all("300" not in line.values() for line in by_year(document))
    assert any("300" in problem.message for problem in document.problems)


ACCOUNTS = (
    ("Område", "Budget", "Regnskab", "Afvigelse"),
    ("Skoler", "412,6", "418,9", "6,3"),
    ("Dagtilbud", "298,0", "295,2", "-2,8"),
    ("Ældre", "", "101,5", ""),
    ("I alt", "710,6", "815,6", "3,5"),
)


def by_column(document: Document) -> list[dict[str | int | None, str]]:
    (table,) = document.tables
    return [{value.year or value.column: value.raw for value in line.values} for line in table.lines]


@pytest.mark.parametrize(
    "head",
    [
        ("Område", "Budget", "Regnskab", "Afvigelse"),
        ("", "Budget", "Forventet regnskab", "Afvigelse"),
        ("Område", "Drift 2027", "Drift 2028", "I alt"),
    ],
)
def test_a_table_without_a_line_of_years_is_read(head: Row) -> None:
    rows = (head, *ACCOUNTS[1:])
    heads = [int(h[-4:]) if h[-4:].isdigit() else h for h in head[1:]]
    for document in ways(rows, 1):
        assert by_column(document) == [
            {name: cell for name, cell in zip(heads, row[1:], strict=True) if cell} for row in ACCOUNTS[1:]
        ]


@pytest.mark.parametrize("head", ["Budget 2027", "Bevilling", "Beløb i alt"])
def test_one_column_of_money_after_a_number_and_a_text(head: str) -> None:
    rows = (("Nr.", "Tekst", head), ("1", "Sti", "1.000"), ("2", "Vej", "500"))
    for document in ways(rows, 2)[:3]:
        assert [line.label for line in document.tables[0].lines] == ["Sti", "Vej"]
        assert [list(line.values()) for line in by_column(document)] == [["1.000"], ["500"]]


def test_a_remark_behind_the_years_is_no_reason_to_lose_them() -> None:
    rows = (
        ("Nr.", "Forslag", "2027", "2028", "Bemærkning"),
        ("1", "Sti", "100", "", "Udbud"),
        ("2", "Vej", "", "7", ""),
    )
    for document in ways(rows, 2)[:3]:
        assert by_year(document) == [{2027: "100"}, {2028: "7"}]


def test_rows_below_a_blank_line_are_of_the_table_and_a_next_table_is_not() -> None:
    text = gaps(ACCOUNTS, 1).decode()
    total = text.index("I alt")
    more = "Tekst    Bevilget  Forbrug\nVej          10       20\nBro           5        6\n"
    both = f"{text[:total]}\n{text[total:]}\n\nMio. kr.\n\n{more}"
    tables = extract_bytes(both.encode(), "tal.txt").tables
    assert [[line.label for line in table.lines] for table in tables] == [
        ["Skoler", "Dagtilbud", "Ældre", "I alt"],
        ["Vej", "Bro"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Fra:\tOle Dam\nTlf.:\t12345678\nSted:\tFjordby\n",
        "Ida Holm    Konsulent\nTelefon     12345678\nCVR         12345678\n",
        "Navn\tTelefon\nOle Dam\t12345678\nIda Holm\t87654321\n",
        "Vi mødes  den 4. maj  på rådhuset.\nDer er kaffe  til 12  deltagere.\n",
    ],
)
def test_a_list_of_telephones_is_no_table_of_money(text: str) -> None:
    assert extract_bytes(text.encode(), "brev.txt").tables == []


KINDS = (
    ("Nr.", "Forslag", "Type", "2027", "2028"),
    ("21", "Ny legeplads", "Anlæg", "800", ""),
    ("21", "Ny legeplads", "Drift", "", "35"),
    ("22", "Solceller", "Anlæg", "3.200", "3.200"),
    ("22", "Solceller", "Drift", "-150", "-400"),
    ("", "I alt", "", "3.850", "2.835"),
)


def test_rows_of_one_name_are_told_apart_by_the_kind_beside_it() -> None:
    for document in ways(KINDS, 3):
        (table,) = document.tables
        assert [(line.group, line.label) for line in table.lines] == [
            ("Anlæg", "Ny legeplads"),
            ("Drift", "Ny legeplads"),
            ("Anlæg", "Solceller"),
            ("Drift", "Solceller"),
            (None, "I alt"),
        ]
        assert [check.ok for check in table.checks] == [True, True]


def test_a_kind_beside_names_that_stand_once_is_no_group() -> None:
    rows = (KINDS[0], *KINDS[1::2][:2], KINDS[-1])
    for document in ways(rows, 3):
        assert {line.group for line in document.tables[0].lines} == {None}


def test_a_numbered_row_without_figures_does_not_end_the_table() -> None:
    rows = (
        ("Nr.", "Projekt", "2027", "2028"),
        ("1", "Vision 2030", "", "200"),
        ("2", "Sti", "", ""),
        ("3", "Vej", "100", ""),
        ("", "I alt", "100", "200"),
    )
    for document in ways(rows, 2):
        found = {line.label: {v.year: v.raw for v in line.values} for line in document.tables[0].lines}
        assert (found["Vej"], found["I alt"]) == ({2027: "100"}, {2027: "100", 2028: "200"})
