"""Kinds of forms with the municipality before them and years behind them; and headings of lists that are no labels."""

from __future__ import annotations

import pytest

from corpus.model import Proposal
from corpus.reading import Reading
from pipeline.parts import split

TABLE = """1.000 kr., 2027-priser
2027 2028 2029 2030
Mindreudgift -110 -220 -220 -220
I alt -110 -220 -220 -220
"""


def reading_of(text: str) -> Reading:
    return Reading(media_type="text/plain", reader="text/1", text=text)


def proposals_of(reading: Reading) -> list[Proposal]:
    parts, problems = split(reading)
    assert problems == []
    assert "".join(part.text for part in parts) == reading.text
    return [part for part in parts if isinstance(part, Proposal)]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Budgetforslag 2027: SS30 Aflastning", "SS30", "Aflastning"),
        ("Budgetforslag 2027-2030 – SS-30 Aflastning", "SS-30", "Aflastning"),
        ("Besparelsesforslag til budget 2027: nr. 12 Færre vikarer", "12", "Færre vikarer"),
        ("# Havsted Kommune: Budgetforslag BU-15 Skolebusser", "BU-15", "Skolebusser"),
        ("Ny Havsted Kommune – Anlægsforslag A3 Tag på hallen", "A3", "Tag på hallen"),
        ("Region Vesterhav: Budgetforslag 2027: R7 Færre biler", "R7", "Færre biler"),
    ],
)
def test_who_proposes_and_the_years_stand_around_the_kind(line: str, number: str, title: str) -> None:
    (proposal,) = proposals_of(reading_of(f"{line}\n\nUdvalg: Teknikudvalget\n\n{TABLE}"))
    assert (proposal.number, proposal.title, proposal.committee) == (number, title, "Teknikudvalget")


@pytest.mark.parametrize(
    "line",
    [
        "Budgetforslag 2027: 12 nye boliger",
        "Budgetforslag 2027: Skoler og dagtilbud",
        "Havsted Kommune: Notat om BU-15 Skolebusser",
        "I Havsted Kommune: budgetforslag der er drøftet i 2027",
    ],
)
def test_years_and_a_municipality_make_no_number(line: str) -> None:
    assert [p.number for p in proposals_of(reading_of(f"{line}\n\n{TABLE}")) if p.number] == []


@pytest.mark.parametrize("below", ["1.000 kr., 2027-priser", "Beløb i mio. kr.", "Nr. Forslag 2027 2028 2029 2030"])
def test_the_heading_of_a_list_is_no_proposal(below: str) -> None:
    rows = "Nr. Forslag 2027 2028 2029 2030\nKF1 Sti -10 -20 -20 -20\nKF2 Tag -500 -500 -500 -500\n"
    reading = reading_of(
        f"Lyngå Kommune\n\nForslag\n{below}\n{rows if below not in rows else rows.partition(chr(10))[2]}"
    )
    assert proposals_of(reading) == []


def test_a_label_over_its_title_still_makes_a_proposal() -> None:
    (proposal,) = proposals_of(
        reading_of(f"Lyngå Kommune\n\nNr.\nKF1\n\nForslag\nSti ved åen\n\nUdvalg: Kulturudvalget\n\n{TABLE}")
    )
    assert (proposal.number, proposal.title) == ("KF1", "Sti ved åen")
