"""A day of a month that is not told ("Vi mødes den 24.") is told as refused; what only counts is no day."""

from __future__ import annotations

import pytest

from corpus.model import Date
from pipeline.extract import extract_bytes


def read(sentence: str) -> tuple[list[str], int]:
    """The dates of a sentence in a paper of a known day, and how many are refused."""
    document = extract_bytes(f"Notat\n\n8. juni 2026\n\n{sentence}\n".encode(), "notat.txt")
    dates = [each.text for each in document.records if isinstance(each, Date)]
    return dates[1:], sum(each.code == "date-refused" for each in document.problems)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi mødes på biblioteket den 17.",
        "Næste møde i gruppen er den 17. Husk kaffe til alle.",
        "Vi ses d. 17!",
        "Vi mødes den 17. kl. 14 ved porten.",
        "Mødet er flyttet til den 17.",
        "Fristen for svar er den 17.",
        "Vi svarer senest den 17.",
    ],
)
def test_a_day_without_its_month_is_told(sentence: str) -> None:
    assert read(sentence) == ([], 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi mødes på den 4. etage.",
        "Mødet var det 17. i rækken.",
        "Vi mødes hver måned den 17.",
        "Boken er skrevet af Frederik den 9.",
        "Den 3. sal er lukket.",
    ],
)
def test_what_is_counted_is_not(sentence: str) -> None:
    assert read(sentence) == ([], 0)


@pytest.mark.parametrize("day", ["17. juni", "17/6", "17. ds.", "17. Juni 2026"])
def test_a_day_with_its_month_is_read(day: str) -> None:
    assert read(f"Vi mødes på biblioteket den {day}") == ([day], 0)
