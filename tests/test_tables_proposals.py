"""Budget tables as proposals print them: headings that say more than a year, and names that wrap."""

from __future__ import annotations

import pytest
from laid import Line, figures, laid, row

YEARS = ("2025", "2026", "2027", "2028")


@pytest.mark.parametrize("level", ["{}-pl", "{}-p/l", "B {}-pl", "{} pl"])
def test_price_levels_of_different_years_are_the_years(level: str) -> None:
    heads = [level.format(year) for year in YEARS]
    document = laid(
        [row("1.000 kr."), row("", *heads), row("Løn", "1", "2", "3", "4"), row("Drift", "5", "6", "7", "8")]
    )
    assert figures(document)["Løn"] == {2025: "1000", 2026: "2000", 2027: "3000", 2028: "4000"}


def test_one_price_level_is_no_year() -> None:
    document = laid([row("1.000 kr.", "2025-pl"), row("Løn", "1"), row("Drift", "5"), row("Leje", "6")])
    assert all(not values for values in figures(document).values())


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_unit_in_the_middle_over_the_years_is_a_heading_of_theirs(count: int) -> None:
    middle = (278 + 300 + 60 * (count - 1)) / 2
    unit = ((middle + 15, "t.kr."),)
    amounts = [row("Løn til lærere", *"1234"[:count]), row("Drift", *"5678"[:count]), row("Leje", *"9123"[:count])]
    document = laid([row("Økonomi"), unit, row("Post", *YEARS[:count]), *amounts])
    (table,) = document.tables
    assert [cell.column_span for cell in table.cells[0] if cell.text == "t.kr."] == [count]
    assert figures(document)["Drift"] == {2025 + n: f"{5 + n}000" for n in range(count)}


def test_a_title_that_ends_in_kr_states_the_unit() -> None:
    title = row("Oversigt over udgifter og indtægter i 1.000 kr.")
    head = row("Post", *YEARS)
    document = laid([title, head, row("Løn", "1", "2", "3", "4"), row("Drift", "5", "6", "7", "8")])
    assert figures(document)["Løn"][2025] == "1000"


def test_names_that_begin_alike_are_rows_of_their_own() -> None:
    """The figures stand on the last line of a label, and no room parts the rows."""
    lines = [row("Mio. kr.", "2025", "2026"), row("Rengøring på gamle Sandvig Skole", "7", "8")]
    lines += [row("Rengøring på Egelund"), row("Plejehjem", "9", "1"), row("Rengøring på Birkely", "3", "4")]
    found = figures(laid(lines, step=12))
    assert found["Rengøring på gamle Sandvig Skole"] == {2025: "7000000", 2026: "8000000"}
    assert "Rengøring på gamle Sandvig Skole Rengøring på Egelund" not in found


def test_remarks_beside_figures_do_not_make_their_labels_running_text() -> None:
    """The figures stand at half the height of labels of two lines, and all lines are equally far apart."""
    lines: list[Line] = [row("1.000 kr.", "2025", "2026"), row("Serviceudgifter")]
    lines += [(*row("Indtægter fra leje", "-33", "62"), (-400.0, "Se bilag"))]
    for number, (upper, lower) in enumerate(
        [("Vedligehold af haller", "og svømmebade"), ("Bortfald af en pulje til", "forsøg i skolen")]
    ):
        lines += [row(upper), -7.0, (*row("", f"{number + 1}1", "-67"), (-400.0, "Se bilag")), -7.0, row(lower)]
    found = figures(laid(lines))
    assert found["Indtægter fra leje"] == {2025: "-33000", 2026: "62000"}
    assert found["Vedligehold af haller og svømmebade"] == {2025: "11000", 2026: "-67000"}
    assert found["Bortfald af en pulje til forsøg i skolen"] == {2025: "21000", 2026: "-67000"}
