"""On what condition a decision is made: its printed words are a field, and its status is still what the body said."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 3. april 2024\n\nPunkt 1. Hallen\n\nBeslutning\n"
Told = tuple[str, str | None]  # status, condition


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{HEAD}{text}\n".encode(), "referat.txt").records
    return [(each.status, each.condition) for each in records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Godkendt under forudsætning af, at staten giver tilskud på 2 mio. kr.",
            "under forudsætning af, at staten giver tilskud på 2 mio. kr.",
        ),
        ("Godkendt under forudsætning af statens godkendelse.", "under forudsætning af statens godkendelse"),
        ("Godkendt under den\nforudsætning, at hallen sælges.", "under den forudsætning, at hallen sælges"),
        ("Godkendt med forbehold for endelig lokalplan.", "med forbehold for endelig lokalplan"),
        ("Godkendt med forbehold.", "med forbehold"),
        (
            "Bevilget 200.000 kr. betinget af, at klubben finder 100.000 kr.",
            "betinget af, at klubben finder 100.000 kr.",
        ),
        ("Byrådet godkendte salget på betingelse af, at prisen holder.", "på betingelse af, at prisen holder"),
        ("Byrådet godkendte salget på vilkår om, at banen bliver.", "på vilkår om, at banen bliver"),
        ("Byrådet godkendte salget forudsat at naboerne er enige.", "forudsat at naboerne er enige"),
        ("Godkendt, idet det forudsættes, at huset er færdigt.", "det forudsættes, at huset er færdigt"),
        ("Indstillingen tiltrådt, hvis staten betaler halvdelen.", "hvis staten betaler halvdelen"),
        ("Byrådet vedtog at bevilge 2 mio. kr., medmindre klubben afstår.", "medmindre klubben afstår"),
        ("Hvis staten betaler, bevilger byrådet 2 mio. kr.", "Hvis staten betaler"),
        ("Byrådet vedtog planen, hvis Fjordby Havn er enig.", "hvis Fjordby Havn er enig"),
        ("Godkendt. Det er en forudsætning, at staten betaler.", "Det er en forudsætning, at staten betaler"),
        ("Bevilget. Tilskuddet er betinget af, at klubben betaler.", "Tilskuddet er betinget af, at klubben betaler"),
        ("Godkendt. Det forudsætter dog, at staten betaler.", "Det forudsætter dog, at staten betaler"),
        (
            "Klubben bevilges 50.000 kr. Bevillingen forudsætter, at klubben betaler 20.000 kr.",
            "Bevillingen forudsætter, at klubben betaler 20.000 kr.",
        ),
        (
            "Godkendt. Betingelsen er, at staten betaler. Arbejdet ventes klar i maj.",
            "Betingelsen er, at staten betaler",
        ),
        (
            "Klubben bevilges et lån. Det koster 5.000 kr. årligt. Det forudsætter, at Havne-\nog Søudvalget er enigt.",
            "Det forudsætter, at Havne- og Søudvalget er enigt",
        ),
        ("Byrådet bevilger 70.000 kr., når regnskabet for 2025 er modtaget.", "når regnskabet for 2025 er modtaget"),
        (
            "Godkendt, når lejekontrakten på 90.000 kr. er underskrevet.",
            "når lejekontrakten på 90.000 kr. er underskrevet",
        ),
        (
            "Byrådet godkendte, at 700.000 kr. først frigives, når licitationen er afholdt.",
            "når licitationen er afholdt",
        ),
    ],
)
def test_the_words_of_a_condition(text: str, condition: str) -> None:
    assert told(text) == [("decided", condition)]


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt uden forbehold.",
        "Godkendt på markedsvilkår.",
        "Byrådet vedtog at forbedre vilkårene for de ansatte.",
        "Byrådet vedtog at støtte en forening, hvis formand er ny.",
        "Byrådet besluttede at orientere borgerne om, hvad der sker, hvis skolen lukker.",
        "Byrådet vedtog at lukke skolen, idet den ellers kun kan drives, hvis staten betaler.",
        "Byrådet godkendte planen. Spillet forudsætter, at alle møder til tiden.",
        "Byrådet godkendte planen.\n\nDet forudsætter, at staten betaler.",
        "Byrådet godkendte planen.\n\nDet er en forudsætning i sagen, at staten betaler.",
        "Taget til efterretning, herunder at tilskuddet er betinget af statens svar.",
    ],
)
def test_what_is_no_condition(text: str) -> None:
    assert told(text) == [("decided", None)]


def test_what_is_rejected_has_none() -> None:
    assert told("Ansøgningen afvises, hvis klubben ikke betaler.") == [("rejected", None)]


def test_a_condition_above_points_is_of_each_and_one_in_a_point_is_its_own() -> None:
    head = "Byrådet besluttede under forudsætning af statens godkendelse,"
    common = "under forudsætning af statens godkendelse"

    assert told(f"{head}\nat hallen sælges,\nat stien anlægges.") == [("decided", common), ("decided", common)]
    assert told("Byrådet besluttede,\nat hallen sælges med forbehold for prisen,\nat stien anlægges.") == [
        ("decided", "med forbehold for prisen"),
        ("decided", None),
    ]


def test_no_money_hangs_on_a_grant_with_a_condition_in_its_sentence() -> None:
    text = f"{HEAD}Byrådet godkendte 3 mio. kr. til hallen på betingelse af, at klubben betaler 500.000 kr.\n"
    (decision,) = [each for each in extract_bytes(text.encode(), "r.txt").records if isinstance(each, Decision)]

    assert decision.condition == "på betingelse af, at klubben betaler 500.000 kr."
    assert decision.links == []
