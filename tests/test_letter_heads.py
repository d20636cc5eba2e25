"""Letters that print no greeting: known by whom they are to, their day on a line of its own, and their closing."""

from __future__ import annotations

import pytest

from corpus.model import Date
from pipeline.extract import extract_bytes

SENDER = "Fjordby Kommune\nSekretariatet\n\n"
TO = "Redaktør Ida Holm\nFjordby Folkeblad\n"
TEXT = "\nAfgørelse om aktindsigt\n\nVi har d.d. set på sagen. Vi sender resten førstkommende mandag.\n"
END = "\nMed venlig hilsen\n\nBo Friis\nJurist\n"


def described(text: str) -> tuple[str, str | None]:
    document = extract_bytes(text.encode(), "brev.txt")
    return document.kind, document.date


@pytest.mark.parametrize(
    "day",
    [
        "Mandag den 6. maj 2024\n",
        "Den 6. maj 2024\n",
        "6. maj 2024\nSagsnr. 2024-001234\n",
        "                                        Mandag den 6. maj 2024\n",
        "Sagsnr. 2024-001234\n6. maj 2024\n",
        "Dato: 6. maj 2024\n",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_the_day_beside_whom_it_is_to_is_the_letter_s(day: str, above: bool) -> None:
    head = f"{SENDER}{day}\n{TO}" if above else f"{SENDER}{TO}{day}"

    assert described(f"{head}{TEXT}{END}") == ("letter", "2024-05-06")


def test_days_are_counted_from_it() -> None:
    document = extract_bytes(f"{SENDER}{TO}6. maj 2024\n{TEXT}{END}".encode(), "brev.txt")

    days = [record.first.isoformat() for record in document.records if isinstance(record, Date)]
    assert days == ["2024-05-06", "2024-05-06", "2024-05-13"]
    assert document.problems == []


@pytest.mark.parametrize(
    "text",
    [
        # No closing; who writes and signs; a note; what is only told of; two days.
        f"{SENDER}{TO}6. maj 2024\n{TEXT}",
        f"Bo Friis\nByrådsmedlem\n6. maj 2024\n\nSvar om vejene\n\nVejene er dårlige.{END}",
        f"Notat\n\n{TO}6. maj 2024\n{TEXT}{END}",
        f"Invitation\n\nSommerfest i haven\n6. maj 2024\n\nKom og vær med.{END}",
        f"{SENDER}{TO}6. maj 2024\n8. maj 2024\n{TEXT}{END}",
    ],
)
def test_what_is_no_such_letter(text: str) -> None:
    assert described(text)[0] != "letter"
