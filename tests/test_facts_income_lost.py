"""What does not come in is no income, by whatever word it is told."""

from __future__ import annotations

import pytest

from pipeline.context import Context
from pipeline.facts.amounts import find
from pipeline.language import Prose


def roles(text: str) -> list[str | None]:
    return [each.role for each in find(Prose(text), Context())[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Den lavere dækningsafgift giver et mindreprovenu på 2,15 mio. kr.",
        "Mindreprovenu: 1,4 mio. kr.",
        "Nedsættelsen betyder et provenutab på 7 mio. kr.",
        "Lukningen af kiosken giver en mindreindtægt på 350.000 kr.",
        "Havnen har et indtægtstab på 3 mio. kr.",
        "Forslaget betyder tabte lejeindtægter på 260.000 kr.",
        "Der er et tab af indtægter på 2 mio. kr.",
        "Færre billetindtægter: 120.000 kr.",
        "Det koster 640.000 kr. i tabte indtægter.",
        "Det koster 640.000 kr. årligt i tabte parkeringsindtægter.",
        "Svømmehallen venter lavere indtægter på 400.000 kr.",
    ],
)
def test_income_that_is_lost_has_no_role(text: str) -> None:
    assert roles(text) == [None]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Salget giver et provenu på 2,15 mio. kr.", "income"),
        ("Forslaget giver et merprovenu på 1,4 mio. kr.", "income"),
        ("Lejeindtægter: 260.000 kr.", "income"),
        ("Udgifter til tabt arbejdsfortjeneste på 2 mio. kr.", "expense"),
        ("Der er merindtægter på 700.000 kr. i år.", "income"),
        ("Der er færre udgifter på 300.000 kr.", "expense"),
    ],
)
def test_income_that_comes_in_and_other_losses_keep_theirs(text: str, role: str) -> None:
    assert roles(text) == [role]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rådet måtte åbne budgettet for at finde besparelser på 12 mio. kr.", "saving"),
        ("Der er sat et budget for at dække merudgifter på 2 mio. kr.", "expense"),
        ("Budgettet til konkrete serviceudgifter på 4 mio. kr. er kendt.", "budget"),
        ("Merudgifter til at drive hallen på 4 mio. kr.", "expense"),
    ],
)
def test_what_is_opened_to_find_savings_is_not_what_the_sum_is(text: str, role: str) -> None:
    assert roles(text) == [role]
