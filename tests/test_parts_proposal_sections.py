"""The sections of a proposal: numbered, lettered, known, marked, or short lines that stand alone over prose."""

from __future__ import annotations

import pytest

from corpus.model import Proposal
from corpus.reading import Reading
from pipeline.parts import split
from pipeline.proposals.sections import proposal_sections

HEAD = """Nr. KL-4
Titel Fælles kørselskontor
Udvalg Teknikudvalget

1.000 kr., 2026-pl
2026 2027 2028 2029
Mindreudgift -110 -220 -220 -220
I alt -110 -220 -220 -220
"""
SAMLES = "Kørslen samles i ét kontor, så vognene bruges bedre hele dagen.\n"
MÆRKES = "Borgerne får besked dagen før, og ventetiden bliver kortere.\n"


def proposal_of(text: str) -> Proposal:
    parts, _ = split(Reading(media_type="text/plain", reader="text/1", text=text))
    (part,) = parts
    assert isinstance(part, Proposal)
    assert part.text == text
    return part


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"Forslag\n{SAMLES}Virkning\n{MÆRKES}", ["Forslag", "Virkning"]),
        (f"\nBegrundelse\n\n{SAMLES}", ["Begrundelse"]),
        (f"\nFordeling\n{SAMLES}\nKonsekvens for borgerne\n{MÆRKES}", ["Fordeling", "Konsekvens for borgerne"]),
        (f"Hvad går forslaget ud på?\n{SAMLES}Hvem rammer det?\n{MÆRKES}", None),
        (f"\nSådan gør vi\n{SAMLES}\nDerfor er det en god idé\n{MÆRKES}", ["Sådan gør vi", "Derfor er det en god idé"]),
        (f"\nBaggrund\n{SAMLES}\nDet sker for medarbejderne\n{MÆRKES}", ["Baggrund", "Det sker for medarbejderne"]),
        (f"\nBAGGRUND\n{SAMLES}\nFORVENTET EFFEKT\n{MÆRKES}", ["BAGGRUND", "FORVENTET EFFEKT"]),
        (f"A. Idé\n{SAMLES}B. Virkning\n{MÆRKES}", ["Idé", "Virkning"]),
        (f"A) Idé\n{SAMLES}\nB) Hvad så?\n{MÆRKES}", ["Idé", "Hvad så?"]),
        (f"I. Idé\n{SAMLES}II. Virkning\n{MÆRKES}", ["Idé", "Virkning"]),
        (f"\nBaggrund:\n{SAMLES}\nFremtidig praksis:\n{MÆRKES}", ["Baggrund", "Fremtidig praksis"]),
        ("\nForslag: Kørslen samles.\nBegrundelse: Vogne står stille.\n", ["Forslag", "Begrundelse"]),
        (f"1.1 Baggrund\n{SAMLES}\n1.2 Forslag\n{MÆRKES}", ["Baggrund", "Forslag"]),
        (f"1. Projektet\n1.1 I dag\n{SAMLES}1.2 I morgen\n{MÆRKES}", ["Projektet", "I dag", "I morgen"]),
        (f"\n## Hvorfor\n\n{SAMLES}\n## Hvordan\n\n{MÆRKES}", ["Hvorfor", "Hvordan"]),
    ],
)
def test_headings_of_many_kinds(body: str, expected: list[str] | None) -> None:
    found = proposal_of(HEAD + body).sections

    assert [section.heading for section in found] == (expected or ["Hvad går forslaget ud på?", "Hvem rammer det?"])


def test_a_section_begins_at_its_number_and_holds_its_own_text_only() -> None:
    found = proposal_of(HEAD + f"A. Idé\n{SAMLES}B. Virkning\n{MÆRKES}")

    assert [found.text[section.start : section.end] for section in found.sections] == [
        f"A. Idé\n{SAMLES}",
        f"B. Virkning\n{MÆRKES}",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Lønninger og pension -110 -220",
        "Tabel 2",
        "Følgende huse indgår:",
        "- Fælles vognpark",
        "Udvalg Teknikudvalget",
        "Lyngsø Kommune",
        "Karen Lysholm",
        "Kajgade 44",
        "Mindreudgift i alt 2026",
        "| Vogne | Ture |",
        "og det gælder alle",
        "Ingen.",
        "Kørsel ........ 14",
    ],
)
def test_what_heads_no_section(line: str) -> None:
    text = HEAD + f"\nBaggrund\n{SAMLES}\n{line}\n{MÆRKES}\nØkonomi\n{SAMLES}"

    assert [section.heading for section in proposal_of(text).sections] == ["Baggrund", "Økonomi"]


def test_one_line_alone_is_not_believed_without_another_heading() -> None:
    assert proposal_of(HEAD + f"\nEn tanke herfra\n{SAMLES}").sections == []


def test_a_wrapped_sentence_is_no_heading() -> None:
    text = HEAD + f"\nBaggrund\nForslaget er udarbejdet sammen med\nVej og Park\n{SAMLES}\nØkonomi\n{MÆRKES}"

    assert [section.heading for section in proposal_of(text).sections] == ["Baggrund", "Økonomi"]


def test_a_running_head_is_no_section() -> None:
    text = HEAD + f"\nBaggrund\n{SAMLES}\nFjordbys budget\n{MÆRKES}\nØkonomi\n{SAMLES}\nFjordbys budget\n{MÆRKES}"

    assert [section.heading for section in proposal_of(text).sections] == ["Baggrund", "Økonomi"]


def test_a_list_of_short_items_is_no_chain_of_headings() -> None:
    text = HEAD + f"\nBaggrund\nDer er tre dele.\n1. Vogne\n2. Chauffører\n3. Garager\n\nØkonomi\n{MÆRKES}"

    assert [section.heading for section in proposal_of(text).sections] == ["Baggrund", "Økonomi"]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("line", ["Et mål\n\n", "A. Et mål\n", "1.1 Et mål\n", "Et mål\nVi gør det hele om igen.\n"])
def test_sections_take_linear_time(line: str) -> None:
    proposal_sections(line * (400_000 // len(line)), 0)
