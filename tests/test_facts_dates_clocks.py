"""Times of day that stand before their day, between two days, and at none."""

from __future__ import annotations

import pytest
from dates_read import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mødet holdes kl. 16.00 tirsdag den 4. juni 2024.", ["4. juni 2024 = 2024-06-04 day 16:00"]),
        ("Vi ses klokken 9 den 3/5-2024.", ["3/5-2024 = 2024-05-03 day 09:00"]),
        ("Tid: kl. 14.30-16, fredag d. 7. juni 2024", ["7. juni 2024 = 2024-06-07 day 14:30"]),
        ("fra kl. 10 til kl. 12\nden 7. juni 2024", ["7. juni 2024 = 2024-06-07 day 10:00"]),
        (
            "den 12. april 2024, kl. 10.15 den 1. juni 2024",
            ["12. april 2024 = 2024-04-12 day", "1. juni 2024 = 2024-06-01 day 10:15"],
        ),
        (
            "Møder: kl. 9 den 3. maj 2024, kl. 10.30 den 4. maj 2024",
            ["3. maj 2024 = 2024-05-03 day 09:00", "4. maj 2024 = 2024-05-04 day 10:30"],
        ),
        # The time of the day before it.
        (
            "den 12. april 2024 kl. 10.15, den 1. juni 2024",
            ["12. april 2024 kl. 10.15 = 2024-04-12 day 10:15", "1. juni 2024 = 2024-06-01 day"],
        ),
        (
            "den 12. april 2024, kl. 10, og den 1. juni 2024, kl. 11",
            ["12. april 2024, kl. 10 = 2024-04-12 day 10:00", "1. juni 2024, kl. 11 = 2024-06-01 day 11:00"],
        ),
        (
            "den 12. april 2024 kl. 10 den 1. juni 2024 kl. 11",
            ["12. april 2024 kl. 10 = 2024-04-12 day 10:00", "1. juni 2024 kl. 11 = 2024-06-01 day 11:00"],
        ),
        # Of no day: the sentence ends, it is no time, or a month follows.
        ("Vi lukker kl. 16. Den 4. juni 2024 er fri.", ["4. juni 2024 = 2024-06-04 day"]),
        ("Vi lukker kl. 16\nDen 4. juni 2024 er fri.", ["4. juni 2024 = 2024-06-04 day"]),
        ("kl. 27 den 4. juni 2024", ["4. juni 2024 = 2024-06-04 day"]),
        ("lukket kl. 16 i juni 2024", ["juni 2024 = 2024-06-01..2024-06-30 month"]),
    ],
)
def test_the_time_of_a_day(text: str, expected: list[str]) -> None:
    assert read(text) == expected
