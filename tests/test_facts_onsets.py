"""From which day a figure holds, in whatever way the day is written, and in which budget it is worked in."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Fte
from pipeline.extract import extract_bytes

Told = list[tuple[str, int | None, list[int], bool]]


def told(sentence: str) -> Told:
    found = extract_bytes(f"Notat\n\n8. juni 2026\n\n{sentence}\n".encode(), "notat.txt").records
    return [(each.text, each.year, each.years, each.open_end) for each in found if isinstance(each, Amount | Fte)]


@pytest.mark.parametrize(
    "day",
    [
        "fra 1. august 2028",
        "fra den 1. august 2028",
        "fra 1.8.2028",
        "fra d. 1.8.2028",
        "fra 1/8 2028",
        "fra 1/8-2028",
        "fra 01-08-2028",
        "fra og med 1. aug. 2028",
        "med virkning fra 1. august 2028",
        "med virkning fra 2028",
        "pr. 1. august 2028",
        "med virkning pr. 1.8.2028",
    ],
)
@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Der spares 900.000 kr. {}.", "900.000 kr."),
        ("Der nedlægges 2,25 årsværk {}.", "2,25 årsværk"),
        ("2,25 årsværk nedlægges {}.", "2,25 årsværk"),
        ("Tilskuddet på 900.000 kr. bortfalder {}.", "900.000 kr."),
    ],
)
def test_a_day_says_from_which_year(sentence: str, figure: str, day: str) -> None:
    assert told(sentence.format(day)) == [(figure, 2028, [], True)]


@pytest.mark.parametrize("front", ["Fra 1. august 2028", "Fra 1/8 2028", "Pr. 1.8.2028", "Med virkning fra 1.8.2028"])
def test_the_day_may_stand_in_front(front: str) -> None:
    assert told(f"{front} nedlægges 3 årsværk.") == [("3 årsværk", 2028, [], True)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Besparelsen på 1,9 mio. kr. indarbejdes i budget 2028.", [("1,9 mio. kr.", 2028, [], False)]),
        (
            "Besparelsen på 1,9 mio. kr. og 3,3 årsværk indarbejdes i budget 2028.",
            [("1,9 mio. kr.", 2028, [], False), ("3,3 årsværk", 2028, [], False)],
        ),
        (
            "Udgiften på 400.000 kr. indgår i budgettet for 2027 og 2028.",
            [("400.000 kr.", None, [2027, 2028], False)],
        ),
        ("Besparelsen på 1,9 mio. kr. i 2027 indarbejdes i budget 2028.", [("1,9 mio. kr.", 2027, [], False)]),
    ],
)
def test_what_is_worked_into_a_budget_is_of_its_year(sentence: str, expected: Told) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Gælden var 31 mio. kr. pr. 31. december 2025.",
        "Gælden opgøres til 31 mio. kr. pr. 1. januar 2026.",
        "Der gives 300.000 kr. fra 1.1.2028 til 1.5.2029.",
        "Det koster 2 mio. kr. og er omtalt i budget 2028.",
        "Aftalen fra 1.8.2025 koster 2 mio. kr.",
        "Den 1. august 2025 fik skolen 2 mio. kr.",
    ],
)
def test_other_days_say_no_year(sentence: str) -> None:
    ((_, year, years, open_end),) = told(sentence)
    assert (year, years, open_end) == (None, [], False)


def test_a_thing_is_of_its_day_alone() -> None:
    assert told("Bevillingen på 6 mio. kr. fra 1.8.2023 er brugt op.") == [("6 mio. kr.", 2023, [], False)]
