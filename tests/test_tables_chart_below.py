"""The figures of a chart below a table are no rows of it, whatever column their bars happen to stand near."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

ENDS = (440.0, 540.0)
BARS: list[Line] = [
    ((238.0, "816"),),
    ((70.0, "750"),),
    ((149.0, "527"), (283.0, "559")),
    ((104.0, "497"), (193.0, "475")),
    ((70.0, "500"),),
]


@pytest.mark.parametrize("heads", [("Ultimo 2031", "Ultimo 2032"), ("2031", "2032")])
@pytest.mark.parametrize("note", ["1) Inklusive overførsler fra 2031.", ""])
def test_the_figures_over_the_bars_of_a_chart_are_no_rows(heads: tuple[str, str], note: str) -> None:
    lines: list[Line] = [
        row("Mio. kr.", *heads, ends=ENDS),
        row("Egenkapital i alt", "657", "687", ends=ENDS),
        row("Hensatte forpligtelser", "18", "18", ends=ENDS),
        row("Kortfristede gældsforpligtelser", "96", "100", ends=ENDS),
        row("PASSIVER I ALT", "771", "805", ends=ENDS),
        *([((-60.0, note),)] if note else []),
        8.0,
        *BARS,
    ]
    found = laid(lines)
    assert list(figures(found)) == [
        *("Egenkapital i alt", "Hensatte forpligtelser", "Kortfristede gældsforpligtelser", "PASSIVER I ALT")
    ]
    given = [value.raw for table in found.tables for line in table.lines for value in line.values]
    assert given == ["657", "687", "18", "18", "96", "100", "771", "805"]


def test_figures_on_the_middle_of_a_name_of_two_lines_are_a_row() -> None:
    lines: list[Line] = [
        row("Mio. kr.", "2031", "2032", ends=ENDS),
        row("Egenkapital i alt", "657", "687", ends=ENDS),
        row("Hensatte forpligtelser", "18", "18", ends=ENDS),
        row("Kortfristet gæld", "90", "90", ends=ENDS),
        ((-60.0, "Nettogæld vedrørende fonds og"),),
        -7.0,
        ((440.0, "19"), (540.0, "16")),
        -7.0,
        ((-60.0, "legater, deposita m.v."),),
    ]
    assert figures(laid(lines))["Nettogæld vedrørende fonds og legater, deposita m.v."] == {
        2031: "19000000",
        2032: "16000000",
    }


def test_the_years_below_a_chart_are_no_headings_of_the_next_table() -> None:
    lines: list[Line] = [
        ((70.0, "250"),),
        ((70.0, "0"),),
        tuple((110.0 + 45 * n, str(2026 + n)) for n in range(5)),
        ((-60.0, "Finansieringsoversigt"),),
        ((-60.0, "Beløb i kr."),),
        row("", "Budget", "Overslag", "Overslag"),
        row("", "2031", "2032", "2033"),
        row("Årets resultat", "44.001", "47.490", "44.658"),
        row("Lånoptagelse", "575.383", "663.306", "673.531"),
    ]
    found = laid(lines)
    assert [(c.label, c.year) for c in found.tables[-1].columns] == [
        *(("Budget 2031", 2031), ("Overslag 2032", 2032), ("Overslag 2033", 2033))
    ]
    assert figures(found)["Lånoptagelse"] == {2031: "575383", 2032: "663306", 2033: "673531"}


def test_a_year_alone_is_the_last_line_of_the_name_above_it() -> None:
    lines: list[Line] = [
        row("Beløb i kr.", "Bevilling", "Forbrug", ends=ENDS),
        row("744580 Ombygning af bibliotek", "4.462.704", "27.291", ends=ENDS),
        6.0,
        ((-60.0, "781546 Trafiksikkerhedspulje"),),
        row("2034", "42.125", "8.889", ends=ENDS),
        6.0,
        row("524589 Renovering af broer", "651.164", "180.774", ends=ENDS),
        row("I alt", "5.155.993", "216.954", ends=ENDS),
    ]
    assert "781546 Trafiksikkerhedspulje 2034" in figures(laid(lines, step=12))


def test_several_years_below_a_name_are_rows_of_its_group() -> None:
    lines: list[Line] = [
        row("Beløb i kr.", "Bevilling", "Forbrug", ends=ENDS),
        ((-60.0, "781546 Trafiksikkerhedspulje"),),
        row("2033", "42.125", "8.889", ends=ENDS),
        row("2034", "4.462.704", "27.291", ends=ENDS),
        row("I alt", "4.504.829", "36.180", ends=ENDS),
    ]
    assert "2034" in figures(laid(lines, step=12))


AXES = [(360.0, 80.0, 2), (110.0, 45.0, 8), (270.0, 40.0, 5)]
"""Where the first year of an axis ends, how far apart its years are, and how many."""
TWO = [
    [row("", "Budget", "Overslag", ends=ENDS), row("", "2031", "2032", ends=ENDS)],
    [row("", "Budget 2031", "Overslag 2032", ends=ENDS)],
]


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("heads", TWO)
@pytest.mark.parametrize("title", ["Finansieringsoversigt", ""])
def test_the_years_below_a_chart_stand_over_no_two_years_of_the_next_table(
    axis: tuple[float, float, int], heads: list[Line], title: str
) -> None:
    first, step, count = axis
    lines: list[Line] = [
        ((-60.0, "Alle beløb er i 1.000 kr."),),
        ((70.0, "250"),),
        ((70.0, "0"),),
        tuple((first + step * n, str(2026 + n)) for n in range(count)),
        *([((-60.0, title),)] if title else []),
        *heads,
        row("Årets resultat", "44.001", "47.490", ends=ENDS),
        row("Lånoptagelse", "575.383", "663.306", ends=ENDS),
        row("I alt", "619.384", "710.796", ends=ENDS),
    ]
    found = laid(lines)
    assert [(c.label, c.year) for c in found.tables[-1].columns] == [("Budget 2031", 2031), ("Overslag 2032", 2032)]
    assert figures(found)["Lånoptagelse"] == {2031: "575383000", 2032: "663306000"}


def test_years_in_the_middle_beside_headings_of_two_lines_head_their_columns() -> None:
    ends = (300.0, 360.0, 420.0, 480.0)
    lines: list[Line] = [
        ((-60.0, "Alle beløb er i 1.000 kr."),),
        ((300.0, "Regnskab"), (360.0, "Budget")),
        -7.0,
        ((420.0, "2033"), (480.0, "2034")),
        -7.0,
        ((300.0, "2031"), (360.0, "2032")),
        row("Lånoptagelse", "575.383", "663.306", "20.100", "30.200", ends=ends),
        row("Renter", "5.383", "3.306", "2.100", "3.200", ends=ends),
    ]
    assert figures(laid(lines))["Renter"] == {2031: "5383000", 2032: "3306000", 2033: "2100000", 2034: "3200000"}


def test_a_year_said_to_be_measured_against_another_one_is_its_heading() -> None:
    lines: list[Line] = [
        ((-60.0, "Alle beløb er i 1.000 kr."),),
        row("", "2032", "2033", ends=ENDS),
        row("", "mod 2031", "mod 2032", ends=ENDS),
        row("Renter", "5.383", "3.306", ends=ENDS),
        row("Afdrag", "1.383", "1.306", ends=ENDS),
    ]
    assert figures(laid(lines))["Renter"] == {"2032 mod 2031": "5383000", "2033 mod 2032": "3306000"}


FIVE = (300.0, 340.0, 380.0, 420.0, 460.0)
COLUMNS: list[Line] = [
    ((132.0, "853"),),
    -5.0,
    ((30.0, "750"),),
    -5.0,
    ((295.0, "626"),),
    -5.0,
    ((30.0, "500"), (345.0, "430")),
    -5.0,
    ((390.0, "331"),),
    -5.0,
    ((30.0, "250"), (112.0, "246")),
    -5.0,
    ((30.0, "0"),),
]
CHART_YEARS: Line = tuple((118.0 + 45 * n, str(2020 + n)) for n in range(5))


@pytest.mark.parametrize("end", [[CHART_YEARS], [((-60.0, "Udviklingen i gælden."),)]])
@pytest.mark.parametrize("corner", ["1.000 kr.", ""])
def test_figures_of_a_chart_that_stand_near_a_column_are_no_rows(end: list[Line], corner: str) -> None:
    lines: list[Line] = [
        ((-60.0, "Beløb i 1.000 kr."),),
        row(corner, "2020", "2021", "2022", "2023", "2024", ends=FIVE),
        row("Balancesum", "215", "209", "149", "152", "209", ends=FIVE),
        row("Langfristet gæld", "200", "187", "166", "191", "148", ends=FIVE),
        row("Egenkapital", "910", "565", "768", "693", "992", ends=FIVE),
        8.0,
        *COLUMNS,
        *end,
    ]
    found = figures(laid(lines))
    assert [label for label, values in found.items() if values] == ["Balancesum", "Langfristet gæld", "Egenkapital"]


def test_two_rows_of_figures_alone_in_their_columns_are_rows() -> None:
    lines: list[Line] = [
        row("Mio. kr.", "2031", "2032", ends=ENDS),
        row("Egenkapital", "657", "687", ends=ENDS),
        row("Hensættelser", "18", "18", ends=ENDS),
        row("Gæld", "96", "100", ends=ENDS),
        row("", "771", "805", ends=ENDS),
        row("", "12", "14", ends=ENDS),
        ((-60.0, "2033 ventes at blive et år som de to."),),
    ]
    given = [value.raw for table in laid(lines).tables for line in table.lines for value in line.values]
    assert given[-4:] == ["771", "805", "12", "14"]


def test_a_caption_below_rows_ends_their_table() -> None:
    heads = row("", "2031", "2032", ends=ENDS)
    rows: list[Line] = [row(f"Kreds {n}", f"{k}57", f"{k}87", ends=ENDS) for k, n in enumerate("ABC", 1)]
    bars: list[Line] = [((70.0, "100"), (440.0, "93")), ((70.0, "80"), (440.0, "84"), (540.0, "80"))]
    found = laid([heads, *rows, ((-60.0, "Figur 4: Vækst efter kreds"),), *bars])
    cells = [cell.text for table in found.tables for cells in table.cells for cell in cells]
    assert [text for text in cells if text] == [
        *("2031", "2032", "Kreds A", "157", "187", "Kreds B", "257", "287", "Kreds C", "357", "387")
    ]
