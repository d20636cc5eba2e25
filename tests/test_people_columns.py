"""Who took part in a meeting, where a PDF prints the label beside the names, and where a line end cuts a name."""

from __future__ import annotations

import pytest

from corpus.model import Person
from pipeline.extract import extract_bytes

HEAD = "Byrådet\nBeslutningsprotokol\n\nDato 24. juni 2024\nSted Byrådssalen\n"
BELOW = "\n\nPunkt 1: Bro\n\nBeslutning\n\nGodkendt.\n"


def people(text: str) -> list[tuple[str, str | None]]:
    records = extract_bytes(f"{HEAD}{text}{BELOW}".encode(), "referat.txt").records
    return [(each.name, each.role) for each in records if isinstance(each, Person)]


def test_names_beside_their_label() -> None:
    text = (
        "Medlemmer Lars Holm (A), borgmester\nTine Skov (V), 1. viceborgmester\nPreben Lykke Berg (A)\n"
        "Erling Bro-Toft (C)\nAfbud Inge Friis (O)"
    )

    assert people(text) == [
        ("Lars Holm", "borgmester"),
        ("Tine Skov", None),
        ("Preben Lykke Berg", None),
        ("Erling Bro-Toft", None),
        ("Inge Friis", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Medlemmer Lars Holm og Tine Skov stemte imod.",
        "Medlemmer Lars Holm stemte imod sagen",
        "Medlemmer af bestyrelsen",
        "Deltagere Fra Fjordby Kommune",
        "Vi hørte, at deltagere Lars Holm (A)",
    ],
)
def test_a_sentence_is_no_column(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("cut", "name"),
    [
        ("Erling Bro-\nToft (C)", "Erling Bro-Toft"),
        ("Erling Lyk-\nke (C)", "Erling Lykke"),
        ("Hans-\nErik Toft", "Hans-Erik Toft"),
    ],
)
@pytest.mark.parametrize("label", ["Deltagere", "Medlemmer til stede"])
def test_a_name_cut_at_a_line_end_is_whole(label: str, cut: str, name: str) -> None:
    text = f"{label}: Preben Holm (A), formand, Yusuf Skov (F), {cut}, Solvej Berg (B)"

    assert people(text) == [("Preben Holm", "formand"), ("Yusuf Skov", None), (name, None), ("Solvej Berg", None)]
