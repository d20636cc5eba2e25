"""What is decided on a point of an item begins no item: the items follow the numbers of the paper's own headings."""

from __future__ import annotations

import pytest

from corpus.model import AgendaItem, Decision
from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\nReferat\nMiljøudvalget\nMødedato: 4. juni 2024\n\n"


def items(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    """Number and heading of each item, and what was decided under it."""
    document = extract_bytes(text.encode(), "referat.txt")
    return [
        (
            part.number,
            part.heading,
            [each.status for each in document.records if isinstance(each, Decision) and each.part == part.index],
        )
        for part in document.parts
        if isinstance(part, AgendaItem)
    ]


@pytest.mark.parametrize(
    ("points", "statuses"),
    [
        ("Ad 3: Et flertal anbefaler indstillingen. V stemte imod, idet de ønsker midler\naf puljen.", ["recommended"]),
        ("Ad pkt. 1: Godkendt.\nAd pkt. 2: Udsat.", ["decided", "postponed"]),
        ("Pkt. 1: Godkendt.\nPkt. 2: Udsat.", ["decided", "postponed"]),
        ("Punkt 1: Godkendt.\nPunkt 2: Ikke godkendt.", ["decided", "rejected"]),
        ("Punkt 1: Godkendt\nPunkt 2: Udsat til næste møde", ["decided", "postponed"]),
        ("Ad 2: Godkendt, idet udvalget bemærker, at resten skal findes inden\nfor rammen.", ["decided"]),
        ("Punkt 4: Udvalget besluttede at bevilge 20.000 kr., som findes\ni puljen til stier.", ["decided"]),
        ("Ad 2: Formanden orienterer på næste møde\nAd 3: Ingen bemærkninger", []),
    ],
)
@pytest.mark.parametrize(("first", "second"), [("83. ", "84. "), ("Punkt 83: ", "Punkt 84: "), ("Sag 1. ", "Sag 2. ")])
def test_a_point_under_the_decision_is_no_item(points: str, statuses: list[str], first: str, second: str) -> None:
    text = f"{HEAD}{first}Sti langs åen\n\nBeslutning\n\n{points}\n\n{second}Plads ved havnen\n\nBeslutning\n\nUdsat.\n"

    numbers = [each.strip(" :.").split()[-1] for each in (first, second)]
    assert items(text) == [
        (numbers[0], "Sti langs åen", statuses),
        (numbers[1], "Plads ved havnen", ["postponed"]),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Afslag på dispensation", "Udsatte børn", "Budgettet, som Byrådet vedtog", "Godkendt revisor", "Anbefalede veje"],
)
def test_an_item_right_below_a_decision_stays_one(heading: str) -> None:
    text = f"{HEAD}Punkt 1: Sti\nBeslutning\nGodkendt.\nPunkt 2: {heading}\nBeslutning\nUdsat.\nPunkt 3: Bro\nUdsat.\n"

    assert [heading for _, heading, _ in items(text)] == ["Sti", heading, "Bro"]


def test_items_that_begin_with_ad_stay_items() -> None:
    text = f"{HEAD}1. Sti\n2. Bro\n\nAd 1. Sti\nBeslutning\nGodkendt.\n\nAd 2. Bro\nBeslutning\nUdsat.\n"

    assert items(text) == [("1", "Sti", ["decided"]), ("2", "Bro", ["postponed"])]
