"""Amounts and "fra 2022": of which year a thing is, or from when on something goes on."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Fte
from pipeline.extract import extract_bytes


def years(sentence: str, head: str = "Notat\n\n8. juni 2026\n\n") -> list[tuple[str, int | None, bool]]:
    found = extract_bytes(f"{head}{sentence}\n".encode(), "notat.txt").records
    return [(each.text, each.year, each.open_end) for each in found if isinstance(each, Amount)]


@pytest.mark.parametrize(
    ("sentence", "sum_", "year"),
    [
        ("Det oprindelige budget fra 2023 var 7 mio. kr.", "7 mio. kr.", 2023),
        ("Regnskabet fra 2024 viste 2,3 mio. kr.", "2,3 mio. kr.", 2024),
        ("Vi fandt en regning fra 2020 på 61.000 kr. i mappen.", "61.000 kr.", 2020),
        ("En bevilling fra 2021 på 4 mio. kr. er ikke brugt.", "4 mio. kr.", 2021),
        ("Tilskuddet fra 2022 på 35.000 kr. blev aldrig udbetalt.", "35.000 kr.", 2022),
        ("Bevillingen på 6 mio. kr. fra 2023 er brugt op.", "6 mio. kr.", 2023),
    ],
)
def test_a_thing_is_of_its_year_alone(sentence: str, sum_: str, year: int) -> None:
    assert years(sentence) == [(sum_, year, False)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der afsættes 4 mio. kr. fra 2027.",
        "Der gives et årligt tilskud på 90.000 kr. fra 2027.",
        "Tilskuddet på 90.000 kr. fra 2027 er nyt.",
        "Der afsættes et beløb fra 2027 på 1 mio. kr.",
        "Besparelsen fra 2024 på 1,2 mio. kr. er fordelt.",
        "Merudgiften på 1,2 mio. kr. fra 2025 er dækket.",
        "Tilskuddet på 70.000 kr. fra 2025 gives hvert år.",
        "Der er afsat 800.000 kr. fra 2025.",
    ],
)
def test_what_begins_goes_on(sentence: str) -> None:
    ((_, _, open_end),) = years(sentence)
    assert open_end


def test_a_thing_in_a_text_without_a_day_has_no_plain_year() -> None:
    assert years("Regnskabet fra 2024 viste 2,3 mio. kr.", "") == [("2,3 mio. kr.", None, False)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der spares 300.000 kr. fra 1. januar 2028.", [("300.000 kr.", 2028, True)]),
        ("Der gives 300.000 kr. fra 1. januar 2028 til 1. maj 2029.", [("300.000 kr.", None, False)]),
        ("Dog således, at beløbet i 2027 nedsættes til 350.000 kr.", [("350.000 kr.", 2027, False)]),
        ("Der afsættes 2,5 mio. kr. og 1,5 årsværk i 2027.", [("2,5 mio. kr.", 2027, False)]),
        ("Der afsættes 2,5 mio. kr. og 1,5 årsværk i 2027 og 2028.", [("2,5 mio. kr.", None, False)]),
        (
            "Der gives 7 mio. kr. i 2028 og 2 mio. kr. årligt herefter.",
            [("7 mio. kr.", 2028, False), ("2 mio. kr.", 2029, True)],
        ),
        ("Der gives 2 mio. kr. årligt herefter.", [("2 mio. kr.", None, False)]),
    ],
)
def test_years_that_stand_apart(sentence: str, expected: list[tuple[str, int | None, bool]]) -> None:
    assert years(sentence) == expected


def test_staff_from_a_day_on() -> None:
    found = extract_bytes(
        b"Notat\n\nDer ans\xc3\xa6ttes 3 \xc3\xa5rsv\xc3\xa6rk fra 1. august 2027.\n", "notat.txt"
    ).records

    assert [(each.year, each.open_end) for each in found if isinstance(each, Fte)] == [(2027, True)]


@pytest.mark.parametrize(
    ("sentence", "year", "goes_on"),
    [
        ("Kajen finansieres af overskuddet på 2,3 mio. kr. fra 2025.", 2025, False),
        ("Havnen havde et underskud på 2,3 mio. kr. fra 2024, som blev dækket.", 2024, False),
        ("Merforbruget på 2,3 mio. kr. fra 2025 dækkes af kassen.", 2025, False),
        ("Salget giver et overskud på 2,3 mio. kr. fra 2028.", 2028, True),
    ],
)
def test_the_result_of_a_year_is_of_that_year_alone(sentence: str, year: int, *, goes_on: bool) -> None:
    assert years(sentence) == [("2,3 mio. kr.", year, goes_on)]
