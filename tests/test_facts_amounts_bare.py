"""Numbers with a scale and no currency ("15 mio."): money where the sentence says so, else nothing."""

from __future__ import annotations

import pytest

from pipeline.context import Context
from pipeline.facts.amounts import find
from pipeline.language import Prose


def read(text: str) -> list[str]:
    records, problems = find(Prose(text), Context())

    assert problems == []
    return [f"{each.text} {each.value or f'{each.low}..{each.high}'} <{each.unit_source}>" for each in records]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Vi har brug for 15 mio. til den nye skole.", ["15 mio. 15000000 <brug for>"]),
        ("Der er behov for 2-3 mio.", ["2-3 mio. 2000000..3000000 <behov for>"]),
        ("Skolen har fået 1,5 mio. til nyt tag.", ["1,5 mio. 1500000 <fået>"]),
        ("Vi søger 3 mio. til projektet.", ["3 mio. 3000000 <søger>"]),
        ("Kommunen får 5 mio. ekstra.", ["5 mio. 5000000 <får>"]),
        ("Det løber op i 3 mio.", ["3 mio. 3000000 <løber op i>"]),
        ("Det bliver ikke 2 mio. kr., men nærmere 3,8 mio. Byrådet har ikke bevilget pengene.",
         ["2 mio. kr. 2000000 <None>", "3,8 mio. 3800000 <kr.>"]),
    ],
)  # fmt: skip
def test_money(text: str, wanted: list[str]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Vi har brug for 15 mio. flere besøg.",
        "Vi har brug for 15 mio. stemmer.",
        "Appen fik 2 mio. ekstra brugere.",
        "Hospitalet modtager 2 mio. om året.",
        "Kanalen fik 2 mio. hvert år.",
        "Byen får 1 mio. til at besøge sig hvert år.",
        "Tallet på tilskuere løber op i 3 mio. til finalen.",
        "Vi skal nå 2 mio. EU-borgere.",
        "Danmark har 6 mio. Danskerne bor tæt.",
        "I Kina bor der 20 mio. i byen.",
        "Tallet steg fra 1 mio. til 2 mio. på et år.",
    ],
)
def test_something_else_or_unclear(text: str) -> None:
    assert read(text) == []
