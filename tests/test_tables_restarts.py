"""Years below the figures of a table: another heading, the same one again, or figures that look like years."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import extract_bytes

HEAD = "| 1.000 kr. | 2025 | 2026 |\n|---|---|---|\n| Løn | 1.000 | 2.000 |\n"


def figures(text: str) -> dict[str, list[tuple[int | None, str]]]:
    document = extract_bytes(text.encode(), "forslag.md")
    assert not document.problems
    return {
        line.label: [(value.year, str(value.value)) for value in line.values]
        for table in document.tables
        for line in table.lines
    }


@pytest.mark.parametrize("label", ["", "Anlæg", "1.000 kr."])
def test_other_years_below_figures_head_another_table(label: str) -> None:
    found = figures(HEAD + f"| {label} | 2027 | 2028 |\n| Leje | 3 | 4 |\n")
    assert found == {"Løn": [(2025, "1000000"), (2026, "2000000")], "Leje": [(2027, "3000"), (2028, "4000")]}


def test_the_same_years_again_are_no_row() -> None:
    found = figures(HEAD + "| Anlæg | 2025 | 2026 |\n| Leje | 3 | 4 |\n")
    assert found["Leje"] == [(2025, "3000"), (2026, "4000")]
    assert "Anlæg" not in found


@pytest.mark.parametrize("amounts", [("1904", "1904"), ("1950", "2080"), ("2001", "1999")])
def test_figures_that_look_like_years_far_off_are_figures(amounts: tuple[str, str]) -> None:
    expected = [(2025, f"{amounts[0]}000"), (2026, f"{amounts[1]}000")]
    assert figures(HEAD + f"| Leje | {' | '.join(amounts)} |\n| Drift | 3 | 4 |\n")["Leje"] == expected


def test_they_are_figures_in_columns_of_blanks_too() -> None:
    text = (
        "1.000 kr.      2025     2026\n\nLøn            1.000    2.000\nDrift          1904     1904\nLeje   3    4\n"
    )
    assert figures(text)["Drift"] == [(2025, "1904000"), (2026, "1904000")]


@pytest.mark.parametrize("years", [(2025, 2026), (2026, 2027)])
@pytest.mark.parametrize(("unit", "told"), [("Mio. kr.", ("3000000", "4000000")), ("Årsværk", ("3", "4"))])
def test_another_unit_or_measure_beside_years_heads_another_table(
    years: tuple[int, int], unit: str, told: tuple[str, str]
) -> None:
    below = f"| {unit} | {years[0]} | {years[1]} |\n| Leje | 3 | 4 |\n"
    expected = {"Løn": [(2025, "1000000"), (2026, "2000000")], "Leje": list(zip(years, told, strict=True))}
    assert figures(HEAD + below) == expected
    assert figures("Beløb i 1.000 kr.\n\n" + HEAD.replace("1.000 kr.", "Post") + below) == expected


Row = tuple[str, ...]


def on_page(rows: Sequence[Row | float], problems: Sequence[str] = ()) -> list[dict[str, list[tuple[int | None, str]]]]:
    """The lines of each table of a page of rows 18 points apart, and numbers for more room between them."""
    buffer, y = io.BytesIO(), 760.0
    canvas = Canvas(buffer, invariant=1)
    for row in rows:
        if isinstance(row, float):
            y -= row
            continue
        canvas.setFont("Helvetica", 12)
        canvas.drawString(69, y, row[0])
        for place, text in enumerate(row[1:]):
            canvas.drawRightString(165 + 44 * place + 26 * (place > 1), y, text)
        y -= 18
    canvas.save()
    document = extract_bytes(buffer.getvalue(), "notat.pdf")
    assert [found.code for found in document.problems] == list(problems)
    return [
        {line.label: [(value.year, str(value.value)) for value in line.values] for line in table.lines}
        for table in document.tables
    ]


UPPER: list[Row] = [("Mio. kr.", "2025", "2026"), ("Skoler", "214,3", "215,1"), ("Veje", "31,8", "31,3")]
READ = {"Skoler": [(2025, "214300000"), (2026, "215100000")], "Veje": [(2025, "31800000"), (2026, "31300000")]}


@pytest.mark.parametrize("between", [[], [6.0], [12.0], [("Udgifter til projektet",), 6.0]])
@pytest.mark.parametrize("years", [("2026", "2027"), ("2025", "2026")])
def test_rows_of_the_table_above_do_not_head_the_one_below(between: list[Row | float], years: Row) -> None:
    found = on_page([*UPPER, *between, ("1.000 kr.", *years), ("Løn", "500", "600"), ("Drift", "120", "110")])
    first, second = (int(year) for year in years)
    lower = {"Løn": [(first, "500000"), (second, "600000")], "Drift": [(first, "120000"), (second, "110000")]}
    assert found == [READ, lower]


def test_a_last_row_with_one_figure_stays_in_its_table() -> None:
    found = on_page([*UPPER, ("Haller", "2,5"), ("1.000 kr.", "2026", "2027"), ("Løn", "500", "600")])
    assert found == [
        READ | {"Haller": [(2025, "2500000")]},
        {"Løn": [(2026, "500000"), (2027, "600000")]},
    ]


def test_a_range_of_years_beside_years_heads_their_total() -> None:
    rows: list[Row] = [("1.000 kr.", "2025", "2026", "2025-2026"), ("Skoler", "1.300", "1.100", "2.400")]
    found = on_page([*rows, ("Veje", "300", "-100", "200")])
    assert found == [
        {
            "Skoler": [(2025, "1300000"), (2026, "1100000"), (None, "2400000")],
            "Veje": [(2025, "300000"), (2026, "-100000"), (None, "200000")],
        }
    ]


def test_a_table_named_anew_over_the_same_years_takes_no_unit_from_the_one_above() -> None:
    below: list[Row | float] = [("Projekt", "2025", "2026"), ("Løn", "500", "600"), ("Drift", "120", "120")]
    assert on_page([*UPPER, *below], problems=["unit-unknown"]) == [READ, {"Løn": [], "Drift": []}]


SECTIONS: list[Row | float] = [
    ("Beløb i 1.000 kr.",),
    ("Post", "2025", "2026"),
    ("Drift",),
    ("Leje", "500", "600"),
    ("Drift i alt", "500", "600"),
    ("Investering", "2025", "2026"),
    ("Tag", "1.200", "-"),
]


@pytest.mark.parametrize("room", [0.0, 6.0])
@pytest.mark.parametrize("name", ["Personale", "Årsværk i alt"])
def test_a_section_may_print_the_years_beside_its_name_again(name: str, room: float) -> None:
    rows = [*SECTIONS[:5], room, *SECTIONS[5:], room, (name, "2025", "2026"), ("Årsværk", "-2,0", "4")]
    assert on_page(rows) == [
        {
            "Leje": [(2025, "500000"), (2026, "600000")],
            "Drift i alt": [(2025, "500000"), (2026, "600000")],
            "Tag": [(2025, "1200000")],
            "Årsværk": [(2025, "-2"), (2026, "4")],
        }
    ]


def test_years_with_room_above_them_head_a_table_of_its_own() -> None:
    found = on_page([*SECTIONS[:5], 20.0, *SECTIONS[5:]], problems=["unit-unknown"])
    assert found == [
        {"Leje": [(2025, "500000"), (2026, "600000")], "Drift i alt": [(2025, "500000"), (2026, "600000")]},
        {"Tag": []},
    ]
