"""Days in a list of which one alone has its year printed: the year of the list, the one before, or not told."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import read

MARCH = dt.date(2024, 3, 5)
REFUSED = "! date-refused"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One year, whatever the order.
        ("Vi ses den 3/5, den 12. april 2024 og den 1. juni 2024.", ["2024-05-03", "2024-04-12", "2024-06-01"]),
        ("Møder den 18. september og den 4. september 2025.", ["2025-09-18", "2025-09-04"]),
        ("Frister: 1/4, 15/6 2024", ["2024-04-01", "2024-06-15"]),
        ("Vi ses den 1. juni 2024, den 12. april og den 3. maj.", ["2024-06-01", "2024-04-12", "2024-05-03"]),
        ("Lukket i juni, maj og juli 2023", ["2023-06-01", "2023-05-01", "2023-07-01"]),
        # A plain turn of the year.
        ("Lukket i november, december og januar 2024", ["2023-11-01", "2023-12-01", "2024-01-01"]),
        ("Møder den 12. december og den 9. januar 2025", ["2024-12-12", "2025-01-09"]),
        ("Møder den 12. december 2024 og den 9. januar", ["2024-12-12", "2025-01-09"]),
        ("Ferie i uge 51, uge 7 2025", ["2024-12-16", "2025-02-10"]),
    ],
)
def test_a_list_has_one_year_or_a_plain_turn_of_it(text: str, expected: list[str]) -> None:
    assert [line.split(" = ")[1][:10] for line in read(text, MARCH)] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Frister: 15/6, 1/1 2024", ["1/1 2024 = 2024-01-01 day"]),
        ("Frister den 1. oktober og den 1. april 2024", ["1. april 2024 = 2024-04-01 day"]),
        ("Frister den 1. april 2024 og den 1. oktober 2024", ["1. april 2024 = ", "1. oktober 2024 = "]),
        ("Møder i august, september og marts 2024", ["marts 2024 = 2024-03-01..2024-03-31 month"]),
    ],
)
def test_what_lies_far_back_without_a_plain_turn_is_refused(text: str, told: list[str]) -> None:
    lines = read(text, MARCH)
    assert all(line.startswith(start) for line, start in zip(lines, told, strict=False))
    assert lines[len(told) :] == [REFUSED] * (text.count(",") + text.count(" og ") + 1 - len(told))
