"""What earlier bodies decided is put down to them, also where several stand on one line or a line is wrapped."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Byrådet\nBeslutningsprotokol\n\nDato: 24. juni 2024\n\nPunkt 1: Broen\n\n"
KLU, OEU = "Klimaudvalget", "Økonomiudvalget"
Told = tuple[str | None, str, str | None, list[str]]  # body, status, day, figures


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{HEAD}{text}\n".encode(), "referat.txt").records
    return [
        (each.body, each.status, each.date, [link.text for link in each.links])
        for each in records
        if isinstance(each, Decision)
    ]


FIRST: Told = (KLU, "recommended", "2024-06-17", [])
SECOND: Told = (OEU, "recommended", "2024-06-18", ["7,2 mio. kr."])


@pytest.mark.parametrize(
    "history",
    [
        "Klimaudvalget, 17. juni 2024: Anbefales. Økonomiudvalget, 18. juni 2024: Anbefales med 7,2 mio. kr.",
        "Klimaudvalget, 17. juni 2024: Anbefales. Økonomiudvalget, 18. juni\n2024: Anbefales med 7,2 mio. kr.",
        "Klimaudvalget, 17. juni 2024: Anbefales. Økonomiudvalget, den\n18. juni 2024: Anbefales med 7,2 mio. kr.",
        "Klimaudvalget,\n17. juni 2024: Anbefales. Økonomiudvalget, den 18. juni 2024:\nAnbefales med 7,2 mio. kr.",
        "Klimaudvalget 17. juni 2024\nAnbefales. Økonomiudvalget 18. juni 2024\nAnbefales med 7,2 mio. kr.",
        "Klimaudvalget (17. juni 2024): Anbefales. Økonomiudvalget (18. juni 2024): Anbefales med 7,2 mio. kr.",
    ],
)
@pytest.mark.parametrize("label", ["Tidligere behandling", "Historik", "Tidligere beslutninger"])
def test_each_body_has_its_own_decision(label: str, history: str) -> None:
    own: Told = ("Byrådet", "decided", "2024-06-24", [])

    assert told(f"Beslutning\n\nGodkendt.\n\n{label}\n\n{history}") == [own, FIRST, SECOND]
    assert told(f"{label}\n\n{history}\n\nBeslutning\n\nGodkendt.") == [FIRST, SECOND, own]


def test_two_bodies_on_one_line_under_the_decision() -> None:
    assert told("Beslutning\n\nØkonomiudvalget, 18. juni 2024: Anbefales. Byrådet, 24. juni 2024: Ikke tiltrådt.") == [
        (OEU, "recommended", "2024-06-18", []),
        ("Byrådet", "rejected", "2024-06-24", []),
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Udsat. Økonomiudvalget mødtes den 18. juni 2024: der var tre forslag.",
        "Udsat. Økonomiudvalgets møde\n18. juni 2024 blev aflyst.",
        "Udsat. Økonomiudvalget\n18. juni 2024\nSagen er ny.",
    ],
)
def test_a_body_and_a_day_in_prose_head_nothing(prose: str) -> None:
    assert told(f"Beslutning\n\n{prose}")[0] == ("Byrådet", "postponed", "2024-06-24", [])
    assert all(body != OEU for body, *_ in told(f"Beslutning\n\n{prose}"))


def test_what_a_body_is_to_do_is_no_decision() -> None:
    assert told("Beslutning\n\nGodkendt. Sagen går til Klimaudvalget, der bevilger 200.000 kr.") == [
        ("Byrådet", "decided", "2024-06-24", [])
    ]


@pytest.mark.parametrize("mark", ["", "### "])
@pytest.mark.parametrize(
    "heading",
    [
        "Tidligere beslutning: Klimaudvalget 17. juni 2024",
        "Behandling i Klimaudvalget den 17. juni 2024",
        "17-06-2024 Klimaudvalget",
        "Klimaudvalget - 17. juni 2024",
        "Klimaudvalget den 17. juni 2024, sag nr.\n25",
        "Klimaudvalgets møde den 17. juni 2024",
        "Klimaudvalget – 17. juni 2024 – pkt. 4",
    ],
)
def test_a_line_above_what_a_body_said_heads_it(heading: str, mark: str) -> None:
    advice = "Indstilling\n\nForvaltningen indstiller, at der bevilges 7,2 mio. kr. til broen.\n\n"
    later = f"{mark}Behandling i Økonomiudvalget 18. juni 2024\n\nFraværende: Bo Friis (C).\n\nAnbefales godkendt.\n\n"
    verdicts = f"{mark}{heading}\n\nOversendes til Byrådet med anbefaling.\n\n{later}{mark}Beslutning\n\nGodkendt."

    assert told(advice + verdicts)[1:] == [
        (KLU, "recommended", "2024-06-17", ["7,2 mio. kr."]),
        (OEU, "recommended", "2024-06-18", ["7,2 mio. kr."]),
        ("Byrådet", "decided", "2024-06-24", ["7,2 mio. kr."]),
    ]


def test_a_timetable_heads_no_decision() -> None:
    plan = "Behandling i Økonomiudvalget 10. juni 2024\nBehandling i Klimaudvalget 17. juni 2024"

    assert told(f"{plan}\n\nForslaget blev udsat.") == [("Byrådet", "postponed", "2024-06-24", [])]


def test_a_heading_of_the_day_of_the_meeting_leaves_the_other_decisions_to_its_body() -> None:
    items = "Beslutning\n\nGodkendt.\n\nPunkt 2: Havnen\n\n24-06-2024 Byrådet\nDrøftet."

    assert [each[0] for each in told(items)] == ["Byrådet", "Byrådet"]
