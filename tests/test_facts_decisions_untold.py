"""Sums that a body grants in the present, outside of minutes: a decision or a draft of one, which is told."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from corpus.problems import Code
from pipeline.extract import extract_bytes


def read(text: str) -> tuple[list[str], list[str]]:
    document = extract_bytes(f"{text}\n".encode(), "papir.txt")
    unread = [problem.message for problem in document.problems if problem.code == Code.DECISION_UNREAD]
    return [each.status for each in document.records if isinstance(each, Decision)], unread


@pytest.mark.parametrize(
    "text",
    [
        "Byrådet godkender, at der gives en anlægsbevilling på 3 mio. kr.",
        "Byrådet bevilger 3 mio. kr. til hallen.",
        "Byrådet ønsker ikke forslag 7 på 3 mio. kr.",
        "Sagen er kort.\n\nBørneudvalget godkender tilskud på 50.000 kr. til koret.",
    ],
)
def test_a_grant_in_the_present_is_told_and_no_decision(text: str) -> None:
    decided, (message,) = read(text)
    assert decided == []
    assert text.rsplit("\n", 1)[-1] in message


@pytest.mark.parametrize(
    "text",
    [
        "Det var et roligt møde. Der blev frigivet 750.000 kr. til et nyt gulv.",
        "Der blev givet anlægsbevilling på 727.500 kr. til seks huse.",
    ],
)
def test_what_was_granted_by_nobody_who_is_named_is_told(text: str) -> None:
    decided, (message,) = read(text)
    assert decided == []
    assert "Der blev" in message


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("Byrådet godkendte, at der gives en anlægsbevilling på 3 mio. kr.", ["decided"]),
        ("Forvaltningen indstiller, at Byrådet godkender, at der gives 3 mio. kr.", ["recommended"]),
        ("Beslutning\nByrådet godkender, at der gives en bevilling på 3 mio. kr.", ["decided"]),
        ("Byrådet godkender hvert år, at der gives 3 mio. kr. til hallen.", []),
        ("Byrådet godkender, at der kan bruges 3 mio. kr. til hallen.", []),
        ("Godkender Byrådet, at der gives 3 mio. kr.?", []),
        ("Byrådet godkender planen.", []),
        ("Økonomiudvalget oversender forslag 4 til budgetforhandlingerne.", []),
        ("Hvis Byrådet bevilger 3 mio. kr., bygges hallen.", []),
    ],
)
def test_what_is_decided_advised_usual_or_without_a_sum_is_not_told(text: str, decided: list[str]) -> None:
    assert read(text) == (decided, [])


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("KLU vedtog den 3. maj 2025 planen for havnen.", True),
        ("I maj 2025 besluttede PLU at spare 2 mio. kr.", True),
        ("Teknik og Miljø behandlede sagen den 4. maj 2025 og godkendte 2 mio. kr. til stien.", True),
        ("Børn og Unge har besluttet planen.", True),
        # No committees: staff, a university, people.
        ("HMU godkendte planen.", False),
        ("SDU besluttede at flytte.", False),
        ("Bo og Ida besluttede at flytte.", False),
    ],
)
def test_a_decision_of_who_is_not_known_as_a_body_is_told(text: str, *, is_told: bool) -> None:
    decided, unread = read(f"Fjordby Kommune\nNotat om havnen\n\n{text}")

    assert (decided, [text[:40] in message for message in unread]) == ([], [True] if is_told else [])


def test_what_an_agreement_lists_below_a_head_that_is_not_read_is_told() -> None:
    head = "Budgetaftale 2027\n\nAftale mellem Venstre og SF i Fjordby Kommune, indgået 11. september 2026.\n\n"
    decided, (message,) = read(f"{head}Aftalen indebærer blandt andet:\n• 6,5 mio. kr. til børn\n• Flere træer")

    assert decided == []
    assert "Aftalen indebærer" in message
    assert read(f"{head}Aftalen indebærer blandt andet:\n• Bedre skoler\n• Flere træer") == ([], [])
