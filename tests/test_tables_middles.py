"""Names of sections in the middle of a table, and thousands that stand as far apart as figures do."""

from __future__ import annotations

from laid import Line, laid, row, texts

ENDS = (220.0, 290.0, 360.0)
MIDDLE = (60 + 360) / 2


def _named(name: str, middle: float) -> tuple[tuple[float, str], ...]:
    """A text of about 5.3 points a letter around a place."""
    return ((-(middle - len(name) * 5.3 / 2), name),)


def _ages(middle: float) -> list[Line]:
    rows: list[Line] = [row("", "Antal", "Andel", "Rate", ends=ENDS)]
    for number, name in enumerate(("Kvinder", "Samlede")):
        rows.append(_named(name, middle))
        ages = ("0-14 år", "15-24 år", "25-44 år", "45-64 år")
        rows += [row(age, f"{n + 3}1{number}", f"{n + 2},4", f"0,{n + 7}", ends=ENDS) for n, age in enumerate(ages)]
    return rows


def _spans(lines: list[Line], name: str) -> list[tuple[int, int]]:
    document = laid(lines)
    assert len(document.tables) == 1
    return [(c.column, c.column_span) for cells in document.tables[0].cells for c in cells if c.text == name]


def test_a_section_in_the_middle_of_the_table_is_over_all_columns() -> None:
    assert _spans(_ages(MIDDLE), "Kvinder") == [(0, 4)]
    assert _spans(_ages(MIDDLE), "Samlede") == [(0, 4)]


def test_a_section_in_the_middle_of_the_figures_is_over_these() -> None:
    assert _spans(_ages((195 + 360) / 2), "Samlede") == [(1, 3)]


def test_a_section_at_the_left_is_in_the_column_of_names() -> None:
    assert _spans(_ages(60 + 7 * 5.3 / 2), "Samlede") == [(0, 1)]


def _grouped(*figures: str) -> list[Line]:
    """Figures whose thousands stand 4.5 points before the rest, in letters of 10 points, and a column of shares."""
    lines: list[Line] = [((-150.0, "Antal"), (290, "Andel"))]
    for number, figure in enumerate(figures):
        before, _, after = figure.rpartition(" ")
        cells = ((-60.0, f"Kreds {'ABCDEFG'[number]}"), (180.0, after), (290.0, f"{number + 2},5"))
        lines.append((*cells, (180 - 16.68 - 4.5, before)) if before else cells)
    return lines


def test_thousands_far_before_the_rest_are_no_column_of_their_own() -> None:
    cells = texts(laid(_grouped("8 332", "9 838", "2 832", "778", "6 590", "13 103")))
    assert [row[1] for row in cells[1:]] == ["8 332", "9 838", "2 832", "778", "6 590", "13 103"]


def test_figures_beside_others_of_any_length_are_two_columns() -> None:
    cells = texts(laid(_grouped("8 332", "9 838", "2 83", "778", "6 59", "13 103")))
    assert all(row[1] not in ("8 332", "9 838") for row in cells[1:])


def test_years_over_the_middle_of_the_room_of_wide_figures_head_the_columns_with_the_same_words() -> None:
    """By the words, which are narrower and end at the right, the first year would be over two columns."""
    ends = (240.0, 293.0, 346.0, 400.0, 454.0, 508.0)
    figures_of = [
        ("Vejvedligehold", "12.734.622", "(1.142.958)", "11.591.664", "12.518.849", "(811.273)", "11.707.576")
    ]
    figures_of += [
        ("Hjælpemidler", "11.569.706", "(1.234.063)", "10.335.643", "11.540.527", "(1.320.287)", "10.220.240")
    ]
    years: Line = ((286.0, "Budget 2025"), (448.0, "Budget 2026"))
    words = row("Beløb i kr.", *("Udgift", "Indtægt", "Netto") * 2, ends=ends)
    lines = [years, words, *(row(*cells, ends=ends) for cells in figures_of)]
    document = laid(lines, size=8, rules=[(58, y, 510, y) for y in (4, 18, 46)])
    assert document.problems == []
    line = document.tables[0].lines[0]
    assert [(value.year, value.column) for value in line.values] == [
        (year, f"Budget {year} {word}") for year in (2025, 2026) for word in ("Udgift", "Indtægt", "Netto")
    ]


def test_figures_that_lie_under_a_year_with_their_neighbours_stand_under_the_words_below_it() -> None:
    ends = (242.0, 284.0, 320.0, 363.0, 398.0, 441.0)
    years: Line = ((272.0, "Budget 2026"), (354.0, "Overslag 2027"), (432.0, "Overslag 2028"))
    words = row("", *("Udgift", "Indtægt") * 3, ends=ends)
    body = [("Vejvedligehold", "817", "119-", "1.321", "234-", "1.141", "474-")]
    body += [
        ("Hjælpemidler", "564", "320-", "343", "338-", "885", "268-"),
        ("Tandpleje", "293", "69-", "1.157", "294-", "", ""),
    ]
    lines = [row("1.000 kr."), years, words, *(row(*cells, ends=ends) for cells in body)]
    document = laid(lines, size=7, rules=[(58, y, 442, y) for y in (32, 46, 60, 74)])
    assert document.problems == []
    assert [[f"{value.value:f}" for value in line.values] for line in document.tables[0].lines] == [
        ["817000", "-119000", "1321000", "-234000", "1141000", "-474000"],
        ["564000", "-320000", "343000", "-338000", "885000", "-268000"],
        ["293000", "-69000", "1157000", "-294000"],
    ]
    assert [value.year for value in document.tables[0].lines[0].values] == [2026, 2026, 2027, 2027, 2028, 2028]
