"""Bare amounts that look like years below headings in words of money: they head nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest
from laid import laid, row

from corpus.model import Document
from pipeline.extract import extract_bytes

HEAD = "Beløb i 1.000 kr.\n\n| Projekt | Bevilling | Forbrug |\n|---|---|---|\n"
OTHERS = ["| Sti | 1500 | 1400 |", "| Vej | 1600 | 1300 |"]
WORDS = (None, "Bevilling"), (None, "Forbrug")

Headings = tuple[tuple[int | None, str | None], ...]
Figures = dict[str, list[tuple[int | None, str | None, str]]]


def read(rows: list[str], head: str = HEAD) -> Document:
    return extract_bytes((head + "\n".join(rows) + "\n").encode(), "anlæg.md")


def figures(document: Document) -> Figures:
    lines = [line for table in document.tables for line in table.lines]
    return {line.label: [(v.year, v.column, str(v.value)) for v in line.values] for line in lines}


def under(
    headings: tuple[tuple[int | None, str | None], ...], *amounts: str
) -> list[tuple[int | None, str | None, str]]:
    return [(*heading, amount) for heading, amount in zip(headings, amounts, strict=True)]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("amounts", [("2000", "1950"), ("1950", "2000"), ("1999", "2024")])
def test_years_far_apart_behind_a_name_are_amounts(place: int, amounts: tuple[str, str]) -> None:
    document = read([*OTHERS[:place], f"| Hal | {' | '.join(amounts)} |", *OTHERS[place:]])
    assert not document.problems
    assert len(document.tables) == 1
    assert figures(document) == {
        "Hal": under(WORDS, f"{amounts[0]}000", f"{amounts[1]}000"),
        "Sti": under(WORDS, "1500000", "1400000"),
        "Vej": under(WORDS, "1600000", "1300000"),
    }


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("name", ["Hal", "I alt", "Investering"])
def test_years_behind_a_name_may_be_either_and_are_refused(place: int, name: str) -> None:
    document = read([*OTHERS[:place], f"| {name} | 2024 | 2025 |", *OTHERS[place:]])
    assert [note.code for note in document.problems] == ["table-refused"]
    assert f'"{name}" (2024 2025)' in document.problems[0].message
    found = figures(document)
    assert found["Sti"] == under(WORDS, "1500000", "1400000")
    assert found["Vej"] == under(WORDS, "1600000", "1300000")
    assert found[name] == []
    assert not [record for record in document.records if record.text in {"2024", "2025"}]


def test_a_lone_column_has_no_year_from_its_first_row() -> None:
    document = read(["| Hal | 2024 |", "| Sti | 1500 |"], "Beløb i 1.000 kr.\n\n| Projekt | Bevilling |\n|---|---|\n")
    assert [note.code for note in document.problems] == ["table-refused"]
    assert figures(document)["Sti"] == under(WORDS[:1], "1500000")


def test_in_the_middle_of_a_lone_column_it_is_an_amount() -> None:
    head = "Beløb i 1.000 kr.\n\n| Projekt | Bevilling |\n|---|---|\n"
    document = read(["| Sti | 1500 |", "| Hal | 2024 |"], head)
    assert not document.problems
    assert figures(document)["Hal"] == under(WORDS[:1], "2024000")


def test_a_lone_amount_above_does_not_make_those_below_headings() -> None:
    document = read([*OTHERS, "| Bro | 2024 | |", "| Hal | 2000 | 1950 |", "| Tag | 700 | 800 |"])
    assert not document.problems
    found = figures(document)
    assert found["Bro"] == under(WORDS[:1], "2024000")
    assert found["Hal"] == under(WORDS, "2000000", "1950000")
    assert found["Tag"] == under(WORDS, "700000", "800000")


@pytest.mark.parametrize("corner", ["", "1.000 kr.", "År", "Konto", "Projekt", "Budgetår"])
def test_years_behind_a_heading_are_headings(corner: str) -> None:
    document = read([f"| {corner} | 2024 | 2025 |", *OTHERS])
    assert not document.problems
    assert figures(document) == {
        "Sti": under(((2024, None), (2025, None)), "1500000", "1400000"),
        "Vej": under(((2024, None), (2025, None)), "1600000", "1300000"),
    }


def test_the_name_of_a_column_below_an_empty_corner_is_a_heading() -> None:
    document = read(["| Udvalg | 2024 | 2025 |", *OTHERS], HEAD.replace("Projekt", ""))
    assert not document.problems
    assert [value[0] for value in figures(document)["Sti"]] == [2024, 2025]


def test_years_far_apart_are_no_heading_without_a_name_either() -> None:
    document = read(["| | 1950 | 2000 |", *OTHERS])
    assert [note.code for note in document.problems] == ["table-refused"]
    assert figures(document)["Sti"] == under(WORDS, "1500000", "1400000")


def test_bare_years_among_figures_with_marks_are_headings() -> None:
    document = read(["| Kultur | 2024 | 2025 |", "| Sti | 1.500 | 1.400 |"])
    assert [value[0] for value in figures(document)["Sti"]] == [2024, 2025]


def test_the_same_word_twice_needs_the_years() -> None:
    head = HEAD.replace("Bevilling", "Budget").replace("Forbrug", "Budget")
    assert [value[0] for value in figures(read(["| Kultur | 2024 | 2025 |", *OTHERS], head))["Sti"]] == [2024, 2025]


Cells = list[tuple[str, str, str]]


def blanks(rows: Cells) -> Document:
    lines = [f"{name:<20}{first:>12}{last:>12}" for name, first, last in rows]
    return extract_bytes("\n".join(["Beløb i 1.000 kr.", "", *lines, ""]).encode(), "anlæg.txt")


def tabs(rows: Cells) -> Document:
    lines = ["\t".join(cells) for cells in rows]
    return extract_bytes("\n".join(["Beløb i 1.000 kr.", "", *lines, ""]).encode(), "anlæg.txt")


def html(rows: Cells) -> Document:
    lines = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in cells) + "</tr>" for cells in rows)
    body = f'<meta charset="utf-8"><p>Beløb i 1.000 kr.</p><table>{lines}</table>'
    return extract_bytes(body.encode(), "anlæg.html")


def page(rows: Cells) -> Document:
    return laid([((-60.0, "Beløb i 1.000 kr."),), *[row(*cells) for cells in rows]])


WORDED: Cells = [("Projekt", "Bevilling", "Forbrug")]
BARE: Cells = [("Sti", "1500", "1400"), ("Vej", "1600", "1300")]


@pytest.mark.parametrize("of", [blanks, tabs, html, page])
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(("amounts", "sure"), [(("2000", "1950"), True), (("2024", "2025"), False)])
def test_it_is_so_in_every_form(
    of: Callable[[Cells], Document], place: int, amounts: tuple[str, str], *, sure: bool
) -> None:
    document = of([*WORDED, *BARE[:place], ("Hal", *amounts), *BARE[place:]])
    assert [note.code for note in document.problems] == ([] if sure else ["table-refused"])
    assert figures(document) == {
        "Hal": under(WORDS, f"{amounts[0]}000", f"{amounts[1]}000") if sure else [],
        "Sti": under(WORDS, "1500000", "1400000"),
        "Vej": under(WORDS, "1600000", "1300000"),
    }


@pytest.mark.parametrize("of", [blanks, tabs, html, page])
def test_years_behind_a_heading_are_so_in_every_form(of: Callable[[Cells], Document]) -> None:
    found = figures(of([*WORDED, ("1.000 kr.", "2024", "2025"), *BARE]))
    assert [value[0] for value in found["Sti"]] == [2024, 2025]


def test_below_a_caption_they_head_another_table() -> None:
    lines = [row(*cells) for cells in [*WORDED, *BARE]]
    other = [row(*cells) for cells in [("Drift", "2026", "2027"), ("Løn", "700", "800"), ("Leje", "90", "80")]]
    document = laid([((-60.0, "Beløb i 1.000 kr."),), *lines, ((-60.0, "Tabel 2. Drift i 1.000 kr."),), *other])
    assert figures(document)["Løn"] == under(((2026, None), (2027, None)), "700000", "800000")


SAME = ("Beløb i 1.000 kr.", "2026", "2027", "2028")


@pytest.mark.parametrize("amounts", [("2035", "2035", "2035"), ("2026", "2026", "2026")])
def test_one_amount_under_each_year_behind_a_name_heads_nothing(amounts: tuple[str, ...]) -> None:
    document = laid(
        [row(*SAME), row("Leje", "1154", "1200", "1230"), row("Tilskud", *amounts), row("El", "7", "8", "9")]
    )
    assert len(document.tables) == 1
    assert figures(document)["Tilskud"] == [(year, None, f"{amounts[0]}000") for year in (2026, 2027, 2028)]
    assert not document.problems


@pytest.mark.parametrize("corner", ["Beløb i 1.000 kr.", "Område"])
def test_one_year_over_three_columns_heads_another_table(corner: str) -> None:
    rows = [row("Leje", "1154", "1200", "1230"), row("El", "7", "8", "9")]
    words = row("", "Budget", "Forbrug", "Rest")
    below = [row("Tandpleje", "50", "40", "10"), row("Kørsel", "70", "30", "40")]
    document = laid([row(*SAME), *rows, words, row(corner, "2025", "2025", "2025"), *below])
    values = [
        v
        for table in document.tables
        for line in table.lines
        if line.label in {"Tandpleje", "Kørsel"}
        for v in line.values
    ]
    assert all(value.year == 2025 for value in values)


def test_one_amount_under_each_year_in_text_heads_nothing() -> None:
    lines = ["Beløb i 1.000 kr.     2026     2027     2028", "Leje                  1154     1200     1230"]
    lines += ["Tilskud               2035     2035     2035", "El                       7        8        9"]
    document = extract_bytes(("\n".join(lines) + "\n").encode(), "budget.txt")
    assert figures(document)["Tilskud"] == [(year, None, "2035000") for year in (2026, 2027, 2028)]
    assert figures(document)["El"] == [(2026, None, "7000"), (2027, None, "8000"), (2028, None, "9000")]


def test_a_column_of_years_beside_years_in_rows_is_refused_and_costs_no_other() -> None:
    head = "Beløb i 1.000 kr.\n\n| År | Skoler | Dagtilbud | Ældre | Vedtaget |\n|---|---|---|---|---|\n"
    document = read(["| 2026 | 11 | 12 | 13 | 2024 |", "| 2027 | 21 | 22 | 23 | 2025 |"], head)

    assert [note.code for note in document.problems] == ["table-refused"]
    assert '"Vedtaget" (2024 2025)' in document.problems[0].message
    assert figures(document) == {
        "Skoler": under(((2026, None), (2027, None)), "11000", "21000"),
        "Dagtilbud": under(((2026, None), (2027, None)), "12000", "22000"),
        "Ældre": under(((2026, None), (2027, None)), "13000", "23000"),
        "Vedtaget": [],
    }


LIKE_YEARS = (
    ("Skoler", "1500", "2010"),
    ("Dagtilbud", "2000", "2025"),
    ("Ældre", "3000", "3100"),
    ("I alt", "6500", "7135"),
)
BUDGETS = (2026, None), (2027, None)
ALL = "Alle beløb er i 1.000 kr."


def on_page(*rows: tuple[str, ...]) -> Document:
    heading = row("Område", "Budget 2026", "Budget 2027")
    return laid([((-60.0, ALL),), 10.0, heading, *(row(*cells) for cells in rows)])


def in_columns(*rows: tuple[str, ...]) -> Document:
    lines = [("Område", "Budget 2026", "Budget 2027"), *rows]
    text = "\n".join("".join(cell.ljust(20) for cell in cells).rstrip() for cells in lines)
    return extract_bytes(f"{ALL}\n\n{text}\n".encode(), "budget.txt")


def between_tabs(*rows: tuple[str, ...]) -> Document:
    lines = [("Område", "Budget 2026", "Budget 2027"), *rows]
    return extract_bytes(f"{ALL}\n\n{chr(10).join(map(chr(9).join, lines))}\n".encode(), "budget.txt")


@pytest.mark.parametrize("printed", [on_page, in_columns, between_tabs])
def test_a_row_whose_figures_read_like_years_is_no_heading_of_years(
    printed: Callable[..., Document],
) -> None:
    document = printed(*LIKE_YEARS)
    assert not document.problems
    assert figures(document) == {
        name: under(BUDGETS, f"{first}000", f"{second}000") for name, first, second in LIKE_YEARS
    }


@pytest.mark.parametrize("printed", [on_page, in_columns, between_tabs])
def test_what_may_be_years_or_amounts_is_refused_and_so_is_what_stands_below(
    printed: Callable[..., Document],
) -> None:
    document = printed(("Skoler", "150", "210"), ("Dagtilbud", "2024", "2025"), ("Ældre", "100", "300"))
    assert figures(document) == {"Skoler": under(BUDGETS, "150000", "210000"), "Dagtilbud": [], "Ældre": []}
    assert {problem.code for problem in document.problems} == {"table-refused"}


@pytest.mark.parametrize("printed", [on_page, in_columns, between_tabs])
def test_years_in_even_steps_behind_a_name_head_another_table(printed: Callable[..., Document]) -> None:
    document = printed(("Skoler", "1.500", "2.100"), ("Drift", "2028", "2029"), ("Ældre", "1.100", "3.300"))
    assert [[column.year for column in table.columns] for table in document.tables] == [[2026, 2027], [2028, 2029]]
    assert figures(document)["Skoler"] == under(BUDGETS, "1500000", "2100000")


def cells_of(lines: Iterable[Sequence[str]], *, piped: bool) -> str:
    """The lines of a table with its unit, between bars or tabs."""
    told = [f"| {' | '.join(cells)} |" if piped else "\t".join(cells) for cells in lines]
    return f"{ALL}\n\n{chr(10).join(told)}\n"


@pytest.mark.parametrize("piped", [True, False])
def test_one_column_of_amounts_like_years_is_not_lost_in_its_heading(piped: bool) -> None:
    rows = ["Område", "Budget 2027"], ["Skoler", "2010"], ["Dagtilbud", "2025"], ["Ældre", "2029"], ["I alt", "6064"]
    document = extract_bytes(cells_of(rows, piped=piped).encode(), "budget.txt")
    assert not document.problems
    assert [found[0][2] for found in figures(document).values()] == ["2010000", "2025000", "2029000", "6064000"]


@pytest.mark.parametrize("corner", ["", "Område"])
@pytest.mark.parametrize("last", ["", "2026"])
@pytest.mark.parametrize("piped", [True, False])
def test_one_year_again_and_again_below_words_of_money_is_no_row(corner: str, last: str, piped: bool) -> None:
    heads = ["" if corner else "Område", "Budget", "Regnskab", "Afvigelse"], [corner, "2026", "2026", last]
    rows = [*heads, ["Skoler", "1.500", "1.600", "100"], ["Veje", "2.000", "2.100", "100"]]
    document = extract_bytes(cells_of(rows, piped=piped).encode(), "regnskab.txt")
    assert not document.problems
    assert {name: [value[0] for value in values] for name, values in figures(document).items()} == {
        "Skoler": [2026, 2026, 2026 if last else None],
        "Veje": [2026, 2026, 2026 if last else None],
    }


@pytest.mark.parametrize("printed", [on_page, between_tabs])
def test_a_dash_among_what_reads_like_years_is_of_a_row(printed: Callable[..., Document]) -> None:
    """Right below the headings, too: they have no dash in them, and "Budget 2027" is not "Budget 2027 2001"."""
    document = printed(("Skoler", "-", "2001"), ("Dagtilbud", "150", "210"), ("Ældre", "100", "300"))
    assert not document.problems
    assert figures(document)["Skoler"] == under(BUDGETS[1:], "2001000")
    assert figures(document)["Ældre"] == under(BUDGETS, "100000", "300000")
