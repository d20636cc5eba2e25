"""Which record stands where two finders meet, seen from the outside."""

from __future__ import annotations

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
