"""Years below the figures of a table: another heading, the same one again, or figures that look like years."""

from __future__ import annotations

import pytest

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
