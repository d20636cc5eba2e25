"""What a figure takes from the words beside it, and what it does not: the clause, the item of a list, the sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.model import Amount, Date, Fte
from corpus.problems import Code
from pipeline.extract import extract_bytes


def amounts(text: str) -> list[tuple[int | None, str | None, int | None]]:
    """Value (of a range the upper end), role and year of each amount."""
    found = extract_bytes(text.encode(), "notat.txt").records
    return [
        (int(value), each.role, each.year)
        for each in found
        if isinstance(each, Amount) and (value := each.high or each.value) is not None
    ]


def open_ended(text: str) -> list[tuple[dt.date | None, bool]]:
    """Where each date ends, and whether it goes on."""
    return [
        (each.to, each.open_end) for each in extract_bytes(text.encode(), "notat.txt").records if isinstance(each, Date)
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Sidste år brugte vi 11,75 mio. kr. på anlæg, og der er kun 350 t.kr. tilbage i puljen.",
            [(11_750_000, "actual", None), (350_000, None, None)],
        ),
        (
            "Vi brugte 4 mio. kr., og der er 350.000 kr. i puljen.",
            [(4_000_000, "actual", None), (350_000, None, None)],
        ),
        (
            "I 2024 brugte vi 11 mio. kr. på anlæg, og der er 300.000 kr. tilbage.",
            [(11_000_000, "actual", 2024), (300_000, None, None)],
        ),
        (
            "I 2024 brugte vi 11 mio. kr. på anlæg, og tilbage er 300.000 kr.",
            [(11_000_000, "actual", 2024), (300_000, None, None)],
        ),
        (
            "I 2024 brugte vi 11 mio. kr. på anlæg og 3 mio. kr. på drift.",
            [(11_000_000, "actual", 2024), (3_000_000, "actual", 2024)],
        ),
        (
            "Der spares 5 mio. kr. på skoler, heraf er 3 mio. kr. på rengøring.",
            [(5_000_000, "saving", None), (3_000_000, "saving", None)],
        ),
    ],
)
def test_a_main_clause_of_its_own_takes_nothing_from_the_one_before(
    said: str, expected: list[tuple[int, str | None, int | None]]
) -> None:
    assert amounts(said) == expected


@pytest.mark.parametrize(
    "said",
    ["to halvtidsstillinger", "tre deltidsstillinger", "en deltidsstilling", "2-3 halvtids-\nstillinger"],
)
def test_part_time_positions_are_refused(said: str) -> None:
    found = extract_bytes(f"Notat\n\nSkolen mister {said} snart.".encode(), "notat.txt")
    assert [each for each in found.records if isinstance(each, Fte)] == []
    assert [each.code for each in found.problems] == [Code.NUMBER_REFUSED]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Der overdrages 23 medarbejdere svarende til 18,4 årsværk.", ["18,4 årsværk"]),
        ("Der overdrages 23 medarbejdere, hvilket svarer til ca. 18,4 årsværk.", ["18,4 årsværk"]),
        ("Holdet tæller 23 medarbejdere (18,4 årsværk).", ["18,4 årsværk"]),
        ("Holdet har 18,4 årsværk fordelt på 23 medarbejdere.", ["18,4 årsværk"]),
        ("Holdet får 3 medarbejdere og 2 årsværk.", ["3 medarbejdere", "2 årsværk"]),
        ("Der nedlægges 4 stillinger svarende til 3,5 årsværk.", ["4 stillinger", "3,5 årsværk"]),
    ],
)
def test_heads_whose_work_is_told_are_no_positions(said: str, expected: list[str]) -> None:
    found = extract_bytes(said.encode(), "notat.txt").records
    assert [each.text for each in found if isinstance(each, Fte)] == expected


def test_an_item_of_a_list_has_its_own_year() -> None:
    agreed = (
        "Budgetaftale\n\nParterne er enige om:\n\n"
        "- at afsætte 1,95 mio. kr. til PPR i 2026\n"
        "- at afsætte mellem 2 og 3 mio. kr. til faglokaler i 2027\n"
        "- at afsætte 6 mio. kr. til haller i 2028; halvdelen finansieres af puljen\n"
    )
    assert [year for _, _, year in amounts(agreed)] == [2026, 2027, 2028]
    unlike = "Notat\n\nI 2025 spares\n- på skoler 5 mio. kr.\n- på klubber 2 mio. kr.\n"
    assert [year for _, _, year in amounts(unlike)] == [2025, 2025]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Aftalen løfter skolerne med 28 mio. kr. og ældreplejen med 14 mio. Skatten sættes ned.", [28, 14]),
        ("Aftalen løfter skolerne med 28 mio. kr. og ældreplejen med 14 mio. Samtidig falder skatten.", [28, 14]),
        ("Skolerne får 28 mio. kr., og der bor 6 mio. Danskere i landet.", [28]),
    ],
)
def test_the_dot_of_a_scale_may_end_the_sentence(said: str, expected: list[int]) -> None:
    assert [(value or 0) // 1_000_000 for value, _, _ in amounts(said)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Der afsættes 8,5 mio. kr. årligt fra 2026 til tolærerordninger.", [(None, True)]),
        ("Der afsættes 8,5 mio. kr. fra 2026 til at ansætte lærere.", [(None, True)]),
        ("Der afsættes 8,5 mio. kr. fra 2026 til 2028 til skoler.", [(dt.date(2028, 12, 31), False)]),
        ("Der afsættes 8,5 mio. kr. fra 2026 til byggeriets afslutning.", [(dt.date(2026, 12, 31), False)]),
        ("Der afsættes 8,5 mio. kr. fra 2026 til skolen åbner.", [(dt.date(2026, 12, 31), False)]),
        ("Der overføres 5 mio. kr. fra 2026 til puljen.", [(dt.date(2026, 12, 31), False)]),
    ],
)
def test_what_money_is_for_is_no_end_of_its_time(said: str, expected: list[tuple[dt.date | None, bool]]) -> None:
    assert open_ended(said) == expected
