"""Which record stands where two finders meet, seen from the outside."""

from __future__ import annotations

import pytest

from corpus.model import Date, Identifier, Reference
from pipeline.extract import extract_bytes


def records(text: str) -> list[object]:
    return list(extract_bytes(text.encode(), "a.txt").records)


def test_a_case_number_is_no_date() -> None:
    found = records("Sagsnr.: 05.01.02-P20-3-23. Mødet var den 5. januar 2023.")

    assert [one.value for one in found if isinstance(one, Reference)] == ["05.01.02-P20-3-23"]
    assert [one.text for one in found if isinstance(one, Date)] == ["5. januar 2023"]


def test_a_proposal_does_not_point_to_itself() -> None:
    found = records(
        "Budgetforslag 2025\nForslag nr. SKU-12\nTitel: Færre vikarer\nUdvalg: Skoleudvalget\n\n"
        "Resumé\nSKU12 hænger sammen med forslag SKU-14.\n"
    )

    assert [one.value for one in found if isinstance(one, Reference) and one.kind == "proposal"] == ["SKU-14"]


def test_figures_of_a_budget_row_are_no_telephone_number() -> None:
    table = "Beløb i 1.000 kr.   2025  2026  2027  2028\nHusleje               60    60    60    60\n"
    found = records(f"{table}\nRing på 99 44 12 34, hvis du har spørgsmål til tallene ovenfor.\n")

    assert [one.value for one in found if isinstance(one, Identifier)] == ["+4599441234"]


def in_proposal(sentence: str) -> list[str]:
    """The proposals that a proposal BSU07 of 2026 to 2029 points to in this sentence."""
    head = "Fjordby Kommune\nBudgetforslag 2026-2029\n\nNr.: BSU07\nTitel: Lukning af Havneskolen\n"
    table = "Udvalg: Skoleudvalget\n\nBeløb i 1.000 kr.   2026 2027 2028 2029\nDrift  -95 -380 -380 -380\n\n1. Resumé\n"
    found = records(f"{head}{table}{sentence}\n")
    return [one.value for one in found if isinstance(one, Reference) and one.kind == "proposal"]


ITS_OWN_NUMBER = {
    "Forslaget svarer til BSU07 i Budget 2024, som faldt.": ["BSU07"],
    "Det indgik i Budget 2024 som BSU07.": ["BSU07"],
    "BSU07 (Budget 2025) var mindre.": ["BSU07"],
    "BSU07 i Budget 2026 er det samme som her.": [],
    "BSU07 ligger ud over Budget 2024.": [],
    "BSU07 gennemføres. Budget 2024 var lavere.": [],
}


@pytest.mark.parametrize("sentence", ITS_OWN_NUMBER)
def test_its_own_number_in_another_years_budget_is_another_proposal(sentence: str) -> None:
    assert in_proposal(sentence) == ITS_OWN_NUMBER[sentence]
