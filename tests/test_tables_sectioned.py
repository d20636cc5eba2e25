"""Columns beside the names of rows: sections printed once, numbers of accounts, kinds."""

from __future__ import annotations

import pytest
from laid import ENDS, Line, figures, laid

from corpus.model import Document
from pipeline.extract import extract_bytes

SECTIONED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Drift", "Vejbelysning", ("120", "130", "140", "150")),
    ("", "Snerydning", ("20", "20", "20", "20")),
    ("", "Parker og legepladser", ("60", "50", "40", "30")),
    ("Anlæg", "Stibro over banen", ("300", "", "", "")),
    ("", "Cykelsti langs åen", ("", "400", "200", "")),
)


def _paper(rows: tuple[tuple[str, str, tuple[str, ...]], ...], heads: tuple[str, str]) -> Document:
    lines: list[Line] = [((-60, "1.000 kr."),), _line(heads[0], heads[1], ("2027", "2028", "2029", "2030"))]
    lines += [_line(*row) for row in rows]
    return laid(lines)


def _line(section: str, name: str, printed: tuple[str, ...]) -> Line:
    cells = [(-60.0, section), (-130.0, name), *zip(ENDS, printed, strict=True)]
    return tuple(cell for cell in cells if cell[1])


@pytest.mark.parametrize("heads", [("", "Område"), ("Type", "Område"), ("", "Post"), ("", "")])
def test_the_name_of_a_section_beside_its_first_row_is_the_group_of_its_rows(heads: tuple[str, str]) -> None:
    document = _paper((*SECTIONED, ("", "I alt", ("500", "600", "400", "200"))), heads)
    found = [(line.label, line.group) for line in document.tables[0].lines]
    assert found == [
        ("Vejbelysning", "Drift"),
        ("Snerydning", "Drift"),
        ("Parker og legepladser", "Drift"),
        ("Stibro over banen", "Anlæg"),
        ("Cykelsti langs åen", "Anlæg"),
        ("I alt", None),
    ]
    assert figures(document)["Stibro over banen"] == {2027: "300000"}


def test_a_sum_printed_where_the_sections_are_names_its_row_and_is_in_none() -> None:
    sums = (("I alt", "", ("500", "600", "400", "200")), ("", "Heraf lovbundet", ("50", "60", "40", "20")))
    document = _paper((*SECTIONED, *sums), ("", "Område"))
    found = [(line.label, line.group) for line in document.tables[0].lines]
    assert found[-2:] == [("I alt", None), ("Heraf lovbundet", None)]


def test_a_sum_that_says_the_name_of_its_section_is_in_it() -> None:
    rows = (*SECTIONED[:3], ("", "Drift i alt", ("200", "200", "200", "200")), *SECTIONED[3:])
    lines = _paper(rows, ("", "Område")).tables[0].lines
    assert [line.group for line in lines] == ["Drift", "Drift", "Drift", "Drift", "Anlæg", "Anlæg"]


def test_a_first_column_that_names_rows_by_itself_holds_no_sections() -> None:
    rows = (*SECTIONED, ("Finansiering", "", ("10", "10", "10", "10")))
    lines = _paper(rows, ("", "")).tables[0].lines
    assert [line.label for line in lines][-1] == "Finansiering"
    assert all(line.group is None for line in lines)


@pytest.mark.parametrize("heading", ["Art", "Funktion", "Område"])
@pytest.mark.parametrize(
    "numbers", [("0122130", "0319690"), ("1122130", "2319690"), ("3.22.05", "3.25.11"), ("41", "7")]
)
def test_numbers_of_accounts_between_names_and_years_are_neither_figures_nor_part_of_a_name(
    heading: str, numbers: tuple[str, str]
) -> None:
    head = ((-60, "1.000 kr."), (-190, heading), *zip(ENDS, ("2027", "2028", "2029", "2030"), strict=True))
    names = [
        ("Folkeskoler", numbers[0], "10 20 30 40"),
        ("Biblioteker", numbers[1], "1 2 3 4"),
        ("I alt", "", "11 22 33 44"),
    ]
    document = laid(
        [
            head,
            *(tuple(c for c in ((-60, n), (-190, k), *zip(ENDS, f.split(), strict=True)) if c[1]) for n, k, f in names),
        ]
    )
    assert document.problems == []
    assert list(figures(document)) == ["Folkeskoler", "Biblioteker", "I alt"]
    assert figures(document)["Biblioteker"] == {2027: "1000", 2028: "2000", 2029: "3000", 2030: "4000"}


def test_the_number_of_an_account_that_wraps_below_a_word_beside_the_figures_is_in_its_cell() -> None:
    head = ((-60, "Mio. kr."), (-190, "Art"), *zip(ENDS, ("2027", "2028", "2029", "2030"), strict=True))
    lines: list[Line] = [head]
    for name, number, printed in (
        ("Folkeskoler", "3.22.05", "0,8"),
        ("Ledelse", "3.25.11", "1,6"),
        ("Drift", "6.45.51", "2,4"),
    ):
        lines += [
            8.0,
            ((-190, "Funktion"),),
            -8.0,
            ((-60, name), *((end, printed) for end in ENDS)),
            -8.0,
            ((-190, number),),
        ]
    document = laid(lines)
    assert document.problems == []
    assert figures(document)["Ledelse"] == dict.fromkeys((2027, 2028, 2029, 2030), "1600000")


def test_numbers_before_names_without_a_heading_are_no_part_of_the_names_where_a_total_stands_below_them() -> None:
    head = ((-60, "1.000 kr."), *zip(ENDS, ("2027", "2028", "2029", "2030"), strict=True))
    rows = [
        ("3.22.05", "Folkeskoler", "10 20 30 40"),
        ("3.25.11", "Biblioteker", "1 2 3 4"),
        ("I alt", "", "11 22 33 44"),
    ]
    document = laid(
        [
            head,
            *(tuple(c for c in ((-60, k), (-130, n), *zip(ENDS, f.split(), strict=True)) if c[1]) for k, n, f in rows),
        ]
    )
    assert list(figures(document)) == ["Folkeskoler", "Biblioteker", "I alt"]


def test_sections_of_one_row_each_are_groups_where_the_sum_stands_among_the_names() -> None:
    rows = (
        ("Drift", "Rengøring af kommunale ejendomme", ("-250", "-250", "0", "-250")),
        ("Afledt drift", "Etablering af plejeboliger", ("791", "791", "791", "791")),
        ("", "Nettovirkning i alt", ("541", "541", "791", "541")),
    )
    found = [(line.label, line.group) for line in _paper(rows, ("", "(hele 1.000 kr.)")).tables[0].lines]
    assert found == [
        ("Rengøring af kommunale ejendomme", "Drift"),
        ("Etablering af plejeboliger", "Afledt drift"),
        ("Nettovirkning i alt", None),
    ]


def test_the_word_for_an_account_before_its_number_is_no_part_of_a_name() -> None:
    head = ((-60, "1.000 kr."), (-190, "Profitcenter"), *zip(ENDS, ("2027", "2028", "2029", "2030"), strict=True))
    names = [("Konsulentbistand", "Funktion 1.43.49"), ("IT-licenser", "Funktion 4.52.73"), ("I alt", "")]
    lines: list[Line] = [head]
    for name, account in names:
        cells = [(-60.0, name), (-190.0, account), *((end, "350") for end in ENDS)]
        lines.append(tuple(cell for cell in cells if cell[1]))
    assert list(figures(laid(lines))) == ["Konsulentbistand", "IT-licenser", "I alt"]


@pytest.mark.parametrize("heading", ["Udvalg", "Type", ""])
def test_a_cell_beside_one_row_is_its_group_as_those_over_several_are_theirs(heading: str) -> None:
    rows = [
        f"<th>{heading}</th><th>Forslag</th><th>2027</th><th>2028</th>",
        "<td>Klima</td><td>Plant en skov</td><td>40</td><td>45</td>",
        '<td rowspan="2">Trafik</td><td>Færre skilte</td><td>-15</td><td>-30</td>',
        "<td>Nye cykelstier</td><td>600</td><td>0</td>",
        "<td>Havn</td><td>Havn</td><td>75</td><td>85</td>",
        '<td colspan="2">I alt</td><td>700</td><td>100</td>',
    ]
    markup = "".join(f"<tr>{row}</tr>" for row in rows)
    document = extract_bytes(f"<p>Beløb i 1.000 kr.</p><table>{markup}</table>".encode(), "liste.html")
    lines = [(line.group, line.label, len(line.values)) for line in document.tables[0].lines]
    assert lines == [
        ("Klima", "Plant en skov", 2),
        ("Trafik", "Færre skilte", 2),
        ("Trafik", "Nye cykelstier", 2),
        ("Havn", "Havn", 2),
        (None, "I alt", 2),
    ]
    assert [check.ok for check in document.tables[0].checks] == [True, True]
