"""Words under a year: those that stand for a figure, those that are glued to one, and a period that ends a sentence."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row, texts

from pipeline.extract import extract_bytes

YEARS = ("2031", "2032", "2033", "2034")


def test_words_that_stand_for_figures_leave_the_others_of_a_year_to_be_read() -> None:
    rates = [("Voksne", "40", "42"), ("Børn", "gratis", "gratis"), ("Bibliotek", "Gratis", "10")]
    found = figures(laid([row("Takster, kr.", *YEARS[:2]), *(row(*cells) for cells in rates)]))
    assert found == {"Voksne": {2031: "40", 2032: "42"}, "Børn": {}, "Bibliotek": {2032: "10"}}


def test_figures_glued_to_a_remark_are_refused_and_told() -> None:
    remark = (-480.0, "Politisk bestilt")
    lines: list[Line] = [
        (*row("1.000 kr.", *YEARS), (-483.0, "Bemærkning")),
        (*row("Skoler", "-100", "-120", "-124", "-124"), remark),
        (*row("Haller", "-50", "-50", "-50", "124"), remark),
        row("I alt", "-150", "-170", "-174", "0"),
    ]
    document = laid(lines)
    assert figures(document)["Skoler"] == {2031: "-100000", 2032: "-120000", 2033: "-124000"}
    assert [problem.message for problem in document.problems if problem.code == "table-refused"] == [
        'Figures and words stand in the column "2034 Bemærkning" (-124 …); its 3 figures are not given.'
    ]


def test_a_column_of_words_with_one_figure_under_a_year_is_told() -> None:
    states = [("Skoler", "-100", "Udført"), ("Haller", "-50", "Afventer"), ("Veje", "-70", "-20")]
    document = laid([row("1.000 kr.", *YEARS[:2]), *(row(*cells) for cells in states)])
    assert figures(document)["Veje"] == {2031: "-70000"}
    assert any('column "2032" (-20 …)' in problem.message for problem in document.problems)


def test_a_period_at_the_top_of_a_page_is_no_row_of_the_table_before() -> None:
    table = [row("1.000 kr.", *YEARS), row("Skoler", "-1", "-2", "-3", "-4"), row("I alt", "-1", "-2", "-3", "-4")]
    prose = "Antallet af børn mellem 0 og 5 år falder i hele kommunen med 6,9 pct. i perioden"
    document = laid(table, [((-60.0, prose),), ((-60.0, "2031-2033."),), 14.0, ((-60.0, "Resumé"),)])
    assert [table.page for table in document.tables] == [1]


@pytest.mark.parametrize("words", [["Ukendt"] * 4, ["Ingen", "Afventer", "Ukendt", "Ukendt"]])
def test_words_that_stand_for_figures_head_no_other_table(words: list[str]) -> None:
    unknown, pay = row("Afledt drift", *words), row("Løn", *["-362"] * 4)
    for rows in ([pay, unknown], [unknown, pay]):
        lines = [row("1.000 kr.", *YEARS), *rows, row("Licenser", "", "850", "850", "850")]
        document = laid([*lines, row("Netto", "-362", "488", "488", "488")])
        assert document.problems == []
        assert figures(document)["Afledt drift"] == {}
        assert figures(document)["Licenser"] == {2032: "850000", 2033: "850000", 2034: "850000"}
        assert [column.label for column in document.tables[0].columns] == list(YEARS)


def test_words_that_stand_for_figures_in_lines_of_text_are_no_name_of_a_section() -> None:
    text = "Forslag\n\n1.000 kr.            2031    2032\nLøn                  -362    -362\n"
    text += "Afledt drift       Ukendt  Ukendt\nLicenser              850     850\nNetto                 488     488\n"
    lines = extract_bytes(text.encode(), "notat.txt").tables[0].lines
    assert [(line.group, line.label) for line in lines] == [
        (None, label) for label in ("Løn", "Afledt drift", "Licenser", "Netto")
    ]


def test_columns_under_one_year_are_read_apart_where_a_word_stands_over_each() -> None:
    """The words stand in the middle over their figures, and do not end where these do."""
    ends = (230.0, 262.0, 300.0, 332.0, 400.0)
    heads: list[Line] = [
        ((252.0, "Budget 2031"), (322.0, "Budget 2032")),
        (
            (-60.0, "Område"),
            (226.0, "Bevilget"),
            (266.0, "Brugt"),
            (296.0, "Ønsket"),
            (336.0, "Aftalt"),
            (400.0, "Rest"),
        ),
    ]
    rows = [
        ("Nordby", "1.872", "2.907", "1.932", "3.714", "-42"),
        ("Vesterlund", "187", "4.829", "4.106", "4.050", "1"),
        ("Østermose", "2.589", "2.099", "2.513", "1.300", "-51"),
        ("Nederdal", "1.120", "2.593", "664", "4.183", "14"),
    ]
    cells = texts(laid([*heads, *(row(*cells, ends=ends) for cells in rows)], size=7, step=10))
    assert [tuple(found) for found in cells[-4:]] == rows


def test_words_in_the_middle_over_the_same_years_are_their_headings() -> None:
    """None stands over a figure: each is halfway between the two columns that it names."""
    heads: list[Line] = [
        ((-60.0, "Område"), (270.0, "Drift"), (390.0, "Anlæg")),
        ((236.0, "2031"), (296.0, "2032"), (356.0, "2031"), (416.0, "2032")),
    ]
    ends = (236.0, 296.0, 356.0, 416.0)
    rows = [row(name, "114", "234", "800", "121", ends=ends) for name in ("Skoler", "Veje", "Havne")]
    document = laid([*heads, *rows], size=8)
    first = document.tables[0].cells[0]
    assert [(cell.text, cell.column, cell.column_span) for cell in first] == [
        ("Område", 0, 1), ("Drift", 1, 2), ("Anlæg", 3, 2)
    ]  # fmt: skip


def test_words_over_the_same_years_name_runs_of_them_behind_two_columns_of_names_too() -> None:
    """The figures end further right than their years, so that the words are in no column's middle."""
    heads: list[Line] = [
        ((290.0, "Indkøb"), (390.0, "Udgift"), (490.0, "Balance")),
        ((-60.0, "Nr."), (-110.0, "Varegruppe"), *((250.0 + 50 * n, f"203{1 + n % 2}") for n in range(6))),
    ]
    ends = tuple(266.0 + 50 * n for n in range(6))
    rows = [
        (*row(f"{n}", "34.268", "19.106", "58.833", "86.930", "5.592", "5.994", ends=ends), (-110.0, name))
        for n, name in enumerate(("Korn", "Drikkevarer", "Brændsel", "Olie"), 1)
    ]
    first = laid([*heads, *rows], size=7).tables[0].cells[0]
    spans = [(cell.text, cell.column, cell.column_span) for cell in first if cell.column > 1]
    assert spans == [("Indkøb", 2, 2), ("Udgift", 4, 2), ("Balance", 6, 2)]
