"""Single proposals whose committee no label names, and papers with such heads that are none."""

from __future__ import annotations

import pytest

from corpus.model import Proposal
from corpus.reading import Reading
from pipeline.describe import describe
from pipeline.parts import split

TABLE = "Beløb i 1.000 kr.  2027  2028  2029  2030\nDriftsbesparelse  -640  -640  -640  -640\n"


def reading_of(text: str) -> Reading:
    return Reading(media_type="text/plain", reader="text/1", text=text, pages=[])


def proposals_of(text: str) -> list[Proposal]:
    parts, _ = split(reading_of(text))
    assert "".join(part.text for part in parts) == text
    return [part for part in parts if isinstance(part, Proposal)]


@pytest.mark.parametrize(
    ("head", "number", "title", "committee"),
    [
        (
            "Mosevig Kommune\nBudget 2027-2030\n\nTMU-07 Færre busser\nTeknik- og Miljøudvalget\n",
            "TMU-07",
            "Færre busser",
            "Teknik- og Miljøudvalget",
        ),
        (
            "Mosevig Kommune - Budget 2027\nBSU-11 Færre timer i SFO\nBørne- og Skoleudvalget\n",
            "BSU-11",
            "Færre timer i SFO",
            "Børne- og Skoleudvalget",
        ),
        (
            "ÆS 3: Ny rengøring på plejecentre\nog i hjemmeplejen\nÆldre- og Sundhedsudvalget\n",
            "ÆS 3",
            "Ny rengøring på plejecentre og i hjemmeplejen",
            "Ældre- og Sundhedsudvalget",
        ),
        (
            "Mosevig Kommune, Kultur- og Fritidsudvalget\nKFU-02 Lukning af Åhallen\n",
            "KFU-02",
            "Lukning af Åhallen",
            "Kultur- og Fritidsudvalget",
        ),
        ("BNU-4 Færre ture\nUdvalget for By, Natur og Unge\n", "BNU-4", "Færre ture", "Udvalget for By, Natur og Unge"),
        ("P-02 Lukning af Åhallen\nBudgetforslag til budget 2027-2030\n", "P-02", "Lukning af Åhallen", None),
    ],
)
@pytest.mark.parametrize("prose", ["", "Græsset slås sjældnere fra 2027.\n\n"], ids=["bare", "prose"])
def test_a_committee_beside_a_number_of_its_letters_heads_a_proposal(
    head: str, number: str, title: str, committee: str | None, prose: str
) -> None:
    text = f"{head}\n{prose}{TABLE}\nDer er regnet med færre ture.\n"
    (found,) = proposals_of(text)

    assert (found.number, found.title, found.committee) == (number, title, committee)
    assert describe(reading_of(text), [found]).kind == "budget-proposal"


@pytest.mark.parametrize(
    "text",
    [
        f"Budget 2027-2030\n\nP12 Parkering og torvehandel\nTeknik- og Miljøudvalget\n\n{TABLE}",
        f"Regnskab 2025\n\nTMU 1 Veje og parker\nTeknik- og Miljøudvalget\n\n{TABLE}",
        f"Budget 2027, specielle bemærkninger\n\nTMU 1 Veje\nTeknik- og Miljøudvalget\n\n{TABLE}",
        f"Budget 2027-2030\n\nKøb af busser\nTeknik- og Miljøudvalget\n\n{TABLE}",
        "TMU-07 Færre busser\nTeknik- og Miljøudvalget\n\nDer køres færre ture.\n",
        "TMU-07 Færre busser\nTeknik- og Miljøudvalget\nKFU-02 Åhallen\nKultur- og Fritidsudvalget\n",
        f"Referat\nTeknik- og Miljøudvalget 4. maj 2026\n\nTMU-07 Færre busser\nTeknik- og Miljøudvalget\n\n{TABLE}",
        f"TMU-07 Færre busser\nTeknik- og Miljøudvalget behandler forslaget i maj.\n\n{TABLE}",
        f"TMU-07 Færre busser\nKommunalbestyrelsen\n\n{TABLE}",
    ],
)
def test_a_head_that_may_be_another_papers_is_none(text: str) -> None:
    assert proposals_of(text) == []


@pytest.mark.parametrize("field", ["Kommune: Solby Kommune", "Oprettet: 3. april 2026", "Sagsbehandler: Ida Holm"])
def test_a_field_that_no_list_knows_is_no_end_of_the_title_above_it(field: str) -> None:
    head = f"KU-04 Fælles billetsalg i byens haller\n{field}\nUdvalg: Kulturudvalget\nType: Serviceudgifter"
    (found,) = proposals_of(f"{head}\n\n{TABLE}")
    assert (found.title, found.committee) == ("Fælles billetsalg i byens haller", "Kulturudvalget")


def test_a_title_with_a_colon_on_its_second_line_is_whole() -> None:
    head = "Titel: Samling af pladser i byens haller og\nSvømmehal: kortere åbningstid\nUdvalg: Kulturudvalget"
    (found,) = proposals_of(f"Budgetforslag KU-04\n{head}\nType: Drift\n\n{TABLE}")
    assert found.title == "Samling af pladser i byens haller og Svømmehal: kortere åbningstid"


@pytest.mark.parametrize(
    ("value", "committee"),
    [
        ("Kulturudvalget. Solby Kommune. 2026-priser", "Kulturudvalget"),
        ("Teknik- og Miljøudvalget. Solby", "Teknik- og Miljøudvalget"),
        ("Kulturudvalget og Teknikudvalget. Solby", "Kulturudvalget og Teknikudvalget. Solby"),
        ("Kulturudvalget, ramme 2. Haller", "Kulturudvalget, ramme 2. Haller"),
    ],
)
def test_a_committee_ends_with_its_sentence(value: str, committee: str) -> None:
    (found,) = proposals_of(f"Forslag KU-04 Fælles billetsalg\n\nUdvalg: {value}\nType: Drift\n\n{TABLE}")
    assert found.committee == committee
