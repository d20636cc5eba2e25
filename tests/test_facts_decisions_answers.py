"""What an authority answers to who has asked for access to papers: granted, refused, or a part of it."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

LETTER = (
    "Fjordby Kommune\nDato: 3. oktober 2024\n\nAfgørelse om aktindsigt\n\nKære Ane Skov\n\n"
    "Du har den 15. september 2024 søgt om aktindsigt i en sag.\n\n{}\n\n"
    "Du kan klage til Ankestyrelsen inden 4 uger.\n\nMed venlig hilsen\n\nBo Friis\n"
)


def answers(said: str, letter: str = LETTER) -> list[tuple[str, bool]]:
    records = extract_bytes(letter.format(said).encode(), "svar.txt").records
    return [(each.status, each.negated) for each in records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    ("said", "status", "negated"),
    [
        ("Kommunen har besluttet at give dig delvist afslag.", "rejected", False),
        ("Kommunen har besluttet at give dig\ndelvist afslag.", "rejected", False),
        ("Vi har besluttet at meddele dig afslag på aktindsigt i 3 dokumenter.", "rejected", False),
        ("Vi har besluttet ikke at give dig aktindsigt.", "rejected", False),
        ("Vi kan ikke imødekomme din anmodning.", "rejected", False),
        ("Vi kan desværre ikke imødekomme din anmodning om aktindsigt.", "rejected", False),
        ("Din anmodning imødekommes ikke.", "rejected", False),
        ("Vi har besluttet at undtage 14 dokumenter.", "decided", True),
        ("Du får hermed delvis aktindsigt.", "decided", True),
        ("Vi giver dig hermed delvis aktindsigt.", "decided", True),
        ("Kommunen har besluttet delvist at imødekomme din anmodning.", "decided", True),
        ("Din anmodning imødekommes delvist.", "decided", True),
        ("Vi har besluttet at give dig aktindsigt i sagen.", "decided", False),
        ("Du får aktindsigt i 14 dokumenter.", "decided", False),
        ("Vi giver dig aktindsigt i 12 af de 31 dokumenter.", "decided", True),
        ("Vi giver dig aktindsigt i 12 af de 31 dokumenter. De øvrige undtages efter § 23.", "decided", True),
        ("Du får aktindsigt i hovedparten af sagens dokumenter.", "decided", True),
        ("Vi giver dig aktindsigt i 12 dokumenter. De øvrige undtages efter § 23.", "decided", True),
        ("Vi giver dig aktindsigt i alle de 31 dokumenter.", "decided", False),
    ],
)
def test_an_answer_is_read(said: str, status: str, negated: bool) -> None:
    assert answers(said) == [(status, negated)]


@pytest.mark.parametrize(
    "said",
    [
        "Du får besked, når du har aktindsigt.",
        "Vi kan imødekomme din anmodning, hvis du betaler.",
        "Hvis du får aktindsigt i sagen, sender vi den.",
        "Andre borgere kan også få aktindsigt.",
        "Har vi besluttet at give afslag?",
    ],
)
def test_what_is_no_answer_is_none(said: str) -> None:
    assert answers(said) == []


def test_a_refusal_told_of_somebody_else_is_none() -> None:
    minutes = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 3. april 2024\n\nPunkt 1. Hal\n\nBeslutning\n\n{}\n"

    said = "Byrådet besluttede at give tilsagn til foreningen, som sidste år fik afslag."
    assert answers(said, minutes) == [("decided", False)]


def test_no_money_hangs_on_a_part_that_is_refused() -> None:
    text = LETTER.format("Kommunen har besluttet at give dig delvist afslag på dit tilskud på 12.000 kr.")
    records = [each for each in extract_bytes(text.encode(), "svar.txt").records if isinstance(each, Decision)]

    assert [(each.status, each.links) for each in records] == [("rejected", [])]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Kommunen har besluttet at afslå din anmodning om indsigt i prisen på 17.450.000 kr.", "rejected"),
        ("Kommunen har afslået aktindsigt i fakturaen på 3 mio. kr.", "rejected"),
        ("Vi giver dig aktindsigt i kontrakten på 3 mio. kr.", "decided"),
    ],
)
def test_no_money_hangs_on_what_somebody_may_see(said: str, status: str) -> None:
    records = extract_bytes(LETTER.format(said).encode(), "svar.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]

    assert [(each.status, each.links) for each in decisions] == [(status, [])]
