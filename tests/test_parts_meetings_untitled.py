"""Minutes that nowhere say "Referat": a meeting and its day on top, and decisions under "Beslutning"."""

from __future__ import annotations

import pytest

from corpus.model import AgendaItem, Decision, Document
from pipeline.extract import extract_bytes

TOP = "Fjordby Kommune\nEkstraordinært møde i Byrådet\nOnsdag den 3. april 2024\n\n"
ITEMS = (
    "1. Havnen\nBeslutning:\nByrådet besluttede at købe Kajgade 3 for 7.250.000 kr.\n"
    "2. Havnefoged\nBeslutning:\nDer ansættes en havnefoged.\n"
    "3. Takster\nBeslutning:\nEfter afstemning vedtaget at hæve prisen til 3.240 kr.\n"
)


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "papir.txt")


def items(document: Document) -> list[str | None]:
    return [part.heading for part in document.parts if isinstance(part, AgendaItem)]


def test_they_are_divided_and_their_decisions_have_body_and_day() -> None:
    document = read(TOP + ITEMS)

    assert document.kind == "minutes"
    assert items(document) == ["Havnen", "Havnefoged", "Takster"]
    decided = [record for record in document.records if isinstance(record, Decision)]
    assert [(record.part, record.body, record.date) for record in decided] == [
        (part, "Byrådet", "2024-04-03") for part in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "text",
    [
        # An agenda: nothing stands under "Beslutning".
        TOP + "1. Havnen\nBeslutning:\n2. Havnefoged\nBeslutning:\n3. Takster\nBeslutning:\n",
        TOP + "1. Havnen\nBeslutning:\nBilag\n2. Havnefoged\nBeslutning:\nBilag\n",
        # No meeting, or no day, on top.
        "Fjordby Kommune\nNotat om havnen\nOnsdag den 3. april 2024\n\n" + ITEMS,
        "Fjordby Kommune\nMøde i Byrådet\n\n" + ITEMS,
    ],
)
def test_what_tells_of_no_meeting_that_was_held_is_none(text: str) -> None:
    document = read(text)

    assert document.kind != "minutes"
    assert items(document) == []


@pytest.mark.parametrize(
    "head",
    [
        "Skolebestyrelsesmøde den 3. april 2024\n\nVestre Skole\n\nTil stede: Mette, Bo, Ida\n\n",
        "Skolebestyrelsesmøde\nVestre Skole, onsdag den 3. april 2024\n\nDeltagere: Mette, Bo, Ida\n\n",
    ],
)
def test_a_meeting_of_a_school_s_board(head: str) -> None:
    items = "1. Dagsorden\nDagsordenen blev godkendt.\n\n2. Lejrture\nGodkendt.\n"
    document = read(f"{head}{items}")

    assert (document.kind, document.date) == ("minutes", "2024-04-03")
    decided = [record for record in document.records if isinstance(record, Decision)]
    assert [(record.body, record.status, record.date) for record in decided] == [
        ("Skolebestyrelsen", "decided", "2024-04-03")
    ] * 2


def test_an_agenda_of_a_school_s_board_decides_nothing() -> None:
    document = read("Skolebestyrelsesmøde den 3. april 2024\n\n1. Godkendelse af dagsorden\n2. Budget\n3. Eventuelt\n")

    assert document.kind != "minutes"
    assert [record for record in document.records if isinstance(record, Decision)] == []
