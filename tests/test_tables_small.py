"""Small tables without years: of one row, beside another one by their captions, below headings in wide cells."""

from __future__ import annotations

import pytest
from laid import Cell, Line, figures, laid, row, texts

PROSE = (
    -60.0,
    "Opgørelsen er lavet i alle kredse mellem marts og maj, og tallene er siden regnet om.",
)
HEADS = row("", "Ledere", "Ansatte", "Elever")
LONE = row("Skovskolen", "12,5", "340", "1.204")
RULES = ((55.0, 4.0, 425.0, 4.0), (55.0, 18.0, 425.0, 18.0), (55.0, 32.0, 425.0, 32.0))


@pytest.mark.parametrize("rules", [RULES[:2], RULES], ids=["head", "all"])
def test_one_row_between_rules_is_a_table(rules: tuple[tuple[float, float, float, float], ...]) -> None:
    document = laid([HEADS, LONE, 14.0, (PROSE,)], rules=rules)
    assert texts(document) == [["", "Ledere", "Ansatte", "Elever"], ["Skovskolen", "12,5", "340", "1.204"]]


@pytest.mark.parametrize("name", ["Tabel 4.", "Table 4:", "Tabelle 4 –", "Tableau 4."])
def test_one_row_below_a_caption_is_a_table(name: str) -> None:
    document = laid([(PROSE,), 14.0, ((-60.0, f"{name} Skolerne i tal"),), HEADS, LONE, 14.0, (PROSE,)])
    assert texts(document) == [["", "Ledere", "Ansatte", "Elever"], ["Skovskolen", "12,5", "340", "1.204"]]


@pytest.mark.parametrize(
    "lines",
    [
        [HEADS, LONE],
        [HEADS, row("Skovskolen:", "12,5", "340", "1.204")],
        [row("", "Ledere", "Ansatte"), LONE],
    ],
    ids=["nothing around it", "a form", "a figure without a heading"],
)
def test_one_row_that_nothing_proves_is_none(lines: list[Line]) -> None:
    assert laid([(PROSE,), 14.0, *lines, 14.0, (PROSE,)]).tables == []


def test_a_caption_right_of_rows_begins_another_table() -> None:
    left = [("0-14", "63,8", "13"), ("15-24", "76,3", "5"), ("25-44", "11,9", "2"), ("45-64", "0,1", "65")]
    rows = [row(*cells, ends=(150.0, 200.0)) for cells in left]
    lines: list[Line] = [
        row("Alder", "Mænd", "Kvinder", ends=(150.0, 200.0)),
        (*rows[0], (-260.0, "Tabel 2. Afslag efter kreds")),
        (*rows[1], *row("Kreds", "Ansøgt", "Afslag", left=260.0, ends=(400.0, 460.0))),
        (*rows[2], *row("Nordby", "36", "21", left=260.0, ends=(400.0, 460.0))),
        (*rows[3], *row("Sønderlund", "13", "8", left=260.0, ends=(400.0, 460.0))),
    ]
    document = laid(lines)
    assert texts(document) == [["Alder", "Mænd", "Kvinder"], *map(list, left)]
    assert texts(document, 1) == [["Kreds", "Ansøgt", "Afslag"], ["Nordby", "36", "21"], ["Sønderlund", "13", "8"]]


def test_ages_name_the_rows_of_a_table_below_a_caption_right_of_another_one() -> None:
    left = [("Nordby", "36", "21"), ("Sønderlund", "13", "8"), ("Vig", "91", "3"), ("Egen", "4", "2")]
    rows = [row(*cells, ends=(170.0, 220.0)) for cells in left]
    right = [row(age, "63,8", "13", left=260.0, ends=(400.0, 460.0)) for age in ("15–24", "25–44")]
    heads = row("Alder", "Mænd", "Kvinder", left=260.0, ends=(400.0, 460.0))
    first = row("Kreds", "Ansøgt", "Afslag", ends=(170.0, 220.0))
    beside = zip(rows, [((-260.0, "Tabel 2. Afslag efter alder"),), heads, *right], strict=True)
    document = laid([first, *((*one, *other) for one, other in beside)])
    assert [len(table.cells) for table in document.tables] == [5, 3]


def test_headings_in_the_middle_of_wide_cells_are_those_of_the_figures_behind_them() -> None:
    rows = [
        row("Nordby", "363.398", "45", "3,3"),
        row("Sønderlund", "12.410", "8", "0,4"),
        row("Vig", "91", "3", "1"),
    ]
    heads = ((-210.0, "Anslag"), (-310.0, "Sager"), (-430.0, "Andel"))
    document = laid([heads, *(tuple(cells) for cells in _wide(rows))])
    assert texts(document)[0] == ["", "Anslag", "Sager", "Andel"]
    assert texts(document)[1] == ["Nordby", "363.398", "45", "3,3"]


def _wide(rows: list[tuple[tuple[float, str], ...]]) -> list[list[tuple[float, str]]]:
    places = dict(zip((300.0, 360.0, 420.0), (290.0, 390.0, 520.0), strict=True))
    return [[(places.get(x, x), text) for x, text in cells] for cells in rows]


def test_rules_below_each_line_leave_the_headings_headings() -> None:
    ends = (300.0, 350.0, 400.0, 450.0)
    lines: list[Line] = [
        ((-60.0, "Branche"), (-320.0, "Ansatte efter sted")),
        ((-285.0, "By"), (-385.0, "Land")),
        row("", "Antal", "Andel", "Antal", "Andel", ends=ends),
        row("Handel", "94", "20", "53", "25", ends=ends),
        row("Fiskeri", "102", "4", "255", "8", ends=ends),
        row("Byggeri", "9", "2", "36", "17", ends=ends),
    ]
    rules = tuple((55.0, 14.0 * n + 4, 455.0, 14.0 * n + 4) for n in range(-1, 6))
    heads = [cell for cells in laid(lines, rules=rules).tables[0].cells[:3] for cell in cells if cell.text]
    assert [(cell.text, cell.column_span) for cell in heads] == [
        ("Branche", 1),
        ("Ansatte efter sted", 4),
        ("By", 2),
        ("Land", 2),
        *[("Antal", 1), ("Andel", 1)] * 2,
    ]


YEARS = ((-300.0, "2031"), (-400.0, "2030"))
"""In the middle of cells that end at 360 and 460."""
ACCOUNTS = [("Salg", "1", "76.182", "-35.783"), ("Tilskud", "12", "28.796", "-27.671"), ("I alt", "", "4.978", "448")]


def test_years_in_the_middle_of_wide_cells_are_those_of_the_figures_behind_them() -> None:
    heads = ((-60.0, "1.000 kr."), (-220.0, "Note"), *YEARS)
    document = laid([heads, *(row(*cells, ends=(230.0, 350.0, 450.0)) for cells in ACCOUNTS)])
    assert texts(document)[:2] == [["1.000 kr.", "Note", "2031", "2030"], ["Salg", "1", "76.182", "-35.783"]]
    assert figures(document)["Tilskud"] == {2031: "28796000", 2030: "-27671000"}


@pytest.mark.parametrize(
    ("heads", "ends"),
    [
        (((-60.0, "1.000 kr."), *YEARS), (260.0, 360.0, 460.0)),
        (((-60.0, "1.000 kr."), (-220.0, "Note"), (-300.0, "2031"), (-385.0, "2030")), (230.0, 360.0, 460.0)),
    ],
    ids=["figures left of the years, too", "not equally far behind"],
)
def test_figures_that_may_be_of_another_year_are_refused(heads: tuple[Cell, ...], ends: tuple[float, ...]) -> None:
    document = laid([heads, *(row(label, "9.311", *cells, ends=ends) for label, _, *cells in ACCOUNTS)])
    assert not any(figures(document).values())
    assert "table-refused" in [problem.code for problem in document.problems]


def test_headings_in_wide_cells_at_the_top_of_a_page_are_none_of_the_table_before() -> None:
    ends = (360.0, 460.0)
    first = [row("1.000 kr.", "2031", "2030", ends=ends), *(row(*cells, ends=ends) for cells in SALES)]
    heads = ((-60.0, "Pct."), (-300.0, "Kunder"), (-400.0, "Banker"))
    second = [heads, *(row(*cells, ends=ends) for cells in SHARES)]
    document = laid(first, second)
    assert [table.page for table in document.tables] == [1, 2]
    assert texts(document, 1) == [["Pct.", "Kunder", "Banker"], *map(list, SHARES)]


SALES = [("Salg", "76.182", "-35.783"), ("Tilskud", "28.796", "-27.671"), ("I alt", "104.978", "-63.454")]
SHARES = [("Danmark", "82", "18"), ("Norge", "14", "69"), ("Sverige", "4", "13")]


@pytest.mark.parametrize("corner", ["Pct.", "Procent", "(%)"])
def test_shares_said_in_the_corner_are_no_money(corner: str) -> None:
    heads = row(corner, "2031", "2030", "I alt")
    lines: list[Line] = [
        heads,
        *(row(*cells) for cells in SHARES),
        8.0,
        ((-60.0, "Mio. kr."),),
        ((-60.0, "Markedsrisiko"),),
    ]
    document = laid([((-60.0, "Fordeling på lande"),), *lines])
    assert not any(figures(document).values())
    assert document.tables[0].unit is None


def test_a_form_of_answers_days_and_amounts_is_no_table() -> None:
    filled = [("Kan deles?", "Ja"), ("Godkendt", "16. februar 2031"), ("Tilskud", "302.000 kr."), ("Behandlet", "Nej")]
    lines = [((-60.0, name), (-300.0, text)) for name, text in filled]
    rules = tuple((55.0, 14.0 * n + 4, 500.0, 14.0 * n + 4) for n in range(4))
    assert laid(lines, rules=rules).tables == []
    blanks = [((-60.0, name), (-300.0, text if n % 2 else "_____________")) for n, (name, text) in enumerate(filled)]
    assert laid(blanks, rules=rules).tables == []
