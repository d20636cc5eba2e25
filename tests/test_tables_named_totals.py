"""A total of a longer name ("Driftsudgifter i alt") that is wrong in most columns is told by one that holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract import extract_bytes

ROWS = [
    ("Skole", "388,7", "391,2", "402,1"),
    ("Dagtilbud", "212,4", "205,0", "211,3"),
    ("Unge", "56,3", "41,9", "48,8"),
]


def told(*total: str, rows: Sequence[tuple[str, ...]] = ROWS) -> list[str]:
    head = ["Oversigt, mio. kr.", "", "| | Regnskab 2023 | Budget 2024 | Budget 2025 |", "|---|---|---|---|"]
    text = "\n".join([*head, *(f"| {' | '.join(row)} |" for row in (*rows, total))])
    found = extract_bytes(text.encode(), "oversigt.txt")
    return [problem.message for problem in found.problems if problem.code == "sum-mismatch"]


def test_two_wrong_columns_of_three_are_told() -> None:
    assert told("Driftsudgifter i alt", "657,4", "640,1", "666,2") == [
        "total 2024: printed 640.100.000, parts give 638.100.000.",
        "total 2025: printed 666.200.000, parts give 662.200.000.",
    ]
    assert told("Driftsudgifter i alt", "657,4", "638,1", "662,2") == []


@pytest.mark.parametrize(
    ("total", "rows"),
    [
        pytest.param(("Driftsudgifter i alt", "957,4", "640,1", "666,2"), ROWS, id="no column holds"),
        pytest.param(
            ("Driftsudgifter i alt", "657,4", "640,1", "666,2"), [*ROWS[:2], (*ROWS[2][:2], "", "")], id="blanks"
        ),
        pytest.param(("Driftsudgifter i alt", "601,1", "640,1", "666,2"), ROWS[:2], id="two rows"),
        pytest.param(("Drift", "657,4", "640,1", "666,2"), ROWS, id="no total"),
    ],
)
def test_a_total_that_may_be_of_other_rows_is_not_told(total: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    assert told(*total, rows=rows) == []


YEARS = ["Beløb i 1.000 kr., 2027-pl", "", "| | 2027 | 2028 | 2029 |", "|---|---|---|---|"]


def of_years(*rows: tuple[str, ...]) -> list[str]:
    text = "\n".join(["Forslag 7 Skiltning", "", *YEARS, *(f"| {' | '.join(row)} |" for row in rows)])
    found = extract_bytes(text.encode(), "forslag.md")
    return [problem.message for problem in found.problems if problem.code == "sum-mismatch"]


def test_a_total_that_differs_from_the_only_row_above_it_is_told() -> None:
    total = ("I alt", "-430", "-430", "-430")
    assert of_years(("Skilte", "-430", "-430", "-340"), total) == ["total 2029: printed -430.000, parts give -340.000."]
    assert len(of_years(("Skilte", "-340", "-350", "-360"), total)) == 3
    assert of_years(("Skilte", "-430", "-430", "-430"), total) == []


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("Heraf skilte", "-430", "-430", "-340")], id="part"),
        pytest.param([("Skilte", "-43", "-53", "-34")], id="far off"),
        pytest.param([("Skilte", "-430", "-430", "")], id="blank"),
        pytest.param([("Drift i alt", "-100", "-90", "-80"), ("Skilte", "-400", "-430", "-340")], id="below a sum"),
    ],
)
def test_a_total_below_one_of_its_rows_promises_nothing(rows: list[tuple[str, ...]]) -> None:
    assert of_years(*rows, ("I alt", "-430", "-430", "-430")) == []
