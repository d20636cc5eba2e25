"""What the parties of an agreement give up in the active voice, and savings that are taken back, are not to be."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Decision
from pipeline.extract import extract_bytes

HEAD = "Budgetaftale 2025 i Fjordby Kommune\n\nIndgået den 11. september 2024 mellem Venstre og SF\n\n"
LISTED = f"{HEAD}Parterne er enige om:\n\n- "
MINUTES = "Fjordby Kommune\nByrådet\nReferat fra mødet den 5. november 2024\n\n1. Skolen\nBeslutning\n"
Told = tuple[str, bool]  # status, negated


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{text}\n".encode(), "aftale.txt").records
    return [(each.status, each.negated) for each in records if isinstance(each, Decision)]


@pytest.mark.parametrize("head", [LISTED, HEAD])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Vi skrotter planen om en tunnel til 3 mio. kr.", ("decided", True)),
        ("Partierne dropper derfor forslag 8 på 250.000 kr.", ("decided", True)),
        ("Parterne aflyser byfesten til 900.000 kr.", ("decided", True)),
        ("Vi siger nej til et nyt rådhus til 90 mio. kr.", ("decided", True)),
        ("Skolens besparelse på 250.000 kr. tilbageføres.", ("decided", True)),
        ("Vi styrker havnen med 3 mio. kr.", ("decided", False)),
        ("Vi afsætter 2 mio. kr. til en plan om stier.", ("decided", False)),
        ("Broen udskydes til 2029.", ("postponed", False)),
    ],
)
def test_what_the_parties_give_up_is_not_to_be(head: str, said: str, expected: Told) -> None:
    assert told(f"{head}{said}") == [expected]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Vi opgiver en hal, der var anslået til 7 mio. kr.", ("decided", True)),
        ("Vi undlader at hæve taksten med 2 mio. kr.", ("decided", True)),
        ("Vi sparer ikke 500.000 kr. på parken.", ("decided", True)),
        ("Havnen friholdes for besparelsen på 300.000 kr.", ("decided", True)),
        ("Nedskæringen på 2 mio. kr. på parken rulles tilbage.", ("decided", True)),
        ("400.000 kr. tilbageføres til skolens drift.", ("decided", False)),
        ("Besparelsen på 2 mio. kr. tilbageføres ikke.", ("decided", True)),
        ("Besparelsen på 2 mio. kr. gennemføres.", ("decided", False)),
        ("Foreninger fritages for leje, og der afsættes 2 mio. kr.", ("decided", False)),
    ],
)
def test_points_of_an_agreement(said: str, expected: Told) -> None:
    assert told(f"{LISTED}{said}") == [expected]


@pytest.mark.parametrize(
    ("said", "negated"),
    [
        ("Byrådet besluttede at friholde skolen for besparelsen på 400.000 kr.", True),
        ("Byrådet godkendte, at besparelsen på 400.000 kr. rulles tilbage.", True),
        ("Byrådet vedtog at tilbageføre besparelsen på 400.000 kr.", True),
        ("Byrådet vedtog, at 400.000 kr. tilbageføres til kassen.", False),
        ("Byrådet vedtog besparelsen på 400.000 kr.", False),
    ],
)
def test_a_saving_taken_back_in_minutes(said: str, negated: bool) -> None:
    assert told(f"{MINUTES}{said}") == [("decided", negated)]


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Besparelsen på 1,4 mio. kr. på parken tages tilbage.", None),
        ("Besparelsen på 1,4 mio. kr. rulles helt tilbage.", None),
        ("Parken friholdes for besparelsen på 1,4 mio. kr.", None),
        ("Besparelsen på 1,4 mio. kr. rulles ud i parken.", "saving"),
        ("Besparelsen på 1,4 mio. kr. gennemføres.", "saving"),
    ],
)
def test_a_saving_taken_back_has_no_role(said: str, role: str | None) -> None:
    records = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").records

    assert [each.role for each in records if isinstance(each, Amount)] == [role]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Klubben lukkes ikke, men besparelsen på 3 mio. kr. findes på staben.", [(True, []), (False, ["3 mio. kr."])]),
        ("Broen bygges ikke, men de 3 mio. kr. bruges på en sti.", [(True, []), (False, ["3 mio. kr."])]),
        ("Skolen lukkes ikke, men byens tilskud reduceres med 3 mio. kr.", [(True, []), (False, ["3 mio. kr."])]),
        ("Bussen nedlægges ikke, men den kostede 3 mio. kr. sidste år.", [(True, [])]),
        ("Skolen lukkes ikke, men hele byens museum koster 3 mio. kr.", [(True, [])]),
        ("Skolen lukkes, men de 3 mio. kr. bliver på området.", [(False, ["3 mio. kr."])]),
        ("Festen til 3 mio. kr. holdes ikke.", [(True, ["3 mio. kr."])]),
    ],
)
def test_a_no_and_a_yes_in_one_point(said: str, expected: list[tuple[bool, list[str]]]) -> None:
    records = extract_bytes(f"{LISTED}{said}\n".encode(), "aftale.txt").records
    decisions = [each for each in records if isinstance(each, Decision)]

    assert [(each.negated, [link.text for link in each.links]) for each in decisions] == expected
