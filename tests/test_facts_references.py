"""Pointers to proposals, cases, budgets, agenda items and laws."""

from __future__ import annotations

import pytest

from corpus.model import Reference
from pipeline.context import Context
from pipeline.facts.references import find
from pipeline.language import Prose


def references(text: str) -> list[Reference]:
    records, problems = find(Prose(text), Context())

    assert problems == []
    for record in records:
        assert text[record.start : record.end] == record.text
    return [record for record in records if isinstance(record, Reference)]


def found(text: str) -> list[tuple[str, str]]:
    return [(record.kind, record.value) for record in references(text)]


DEVELOPED: list[tuple[str, list[tuple[str, str]]]] = [
    ("Se forslag BUU-07.", [("proposal", "BUU-07")]),
    ("jf. forslag nr. ØK12", [("proposal", "ØK12")]),
    ("Hænger sammen med ISU32.", [("proposal", "ISU32")]),
    ("forslagene ISU32, ISU36 og ISU41", [("proposal", "ISU32"), ("proposal", "ISU36"), ("proposal", "ISU41")]),
    ("Nr. ISU42\n", []),
    ("Forslagsnr.: SU-3", []),
    ("COVID19 og EU27, A4-ark, M2, Q1, BR18, E20, KL21", []),
    ("DK2100, PDF17, uge51, ISO 9001, B12", []),
    ("sagsnr. 2020-0012345", [("case", "2020-0012345")]),
    ("Sagsnr.: 2020-0012345", [("case", "2020-0012345")]),
    ("J.nr. 12.34.56-P19-1-20", [("case", "12.34.56-P19-1-20")]),
    ("sag nr. 23/4567", [("case", "23/4567")]),
    ("Journalnummer: 00.30.10-S00-5-21", [("case", "00.30.10-S00-5-21")]),
    ("eDoc 2019-0045678", [("case", "2019-0045678")]),
    ("Sagsnummer 4567891", [("case", "4567891")]),
    ("i sagen 2021-0098765 er", [("case", "2021-0098765")]),
    ("KLE 27.12.16-P19-4-22 mangler", [("case", "27.12.16-P19-4-22")]),
    ("Dok.nr. 1234-22", [("case", "1234-22")]),
    ("den 3. maj 2021 og 2023-2026", []),
    ("med budget 2020", [("budget", "2020")]),
    ("i budgetforlig 2018", [("budget", "2018")]),
    ("Budget \n2023-2026", [("budget", "2023-2026")]),
    ("Budget 2023-2026 vedtages", [("budget", "2023-2026")]),
    ("budgetaftalen for 2024", [("budget", "2024")]),
    ("Budgettet for 2021 og budget 2022", [("budget", "2021"), ("budget", "2022")]),
    ("budget 2.000 kr.", []),
    ("punkt 7 på dagsordenen", [("agenda-item", "7")]),
    ("dagsordenspunkt 3", [("agenda-item", "3")]),
    ("pkt. 12 i referatet", [("agenda-item", "12")]),
    ("et punkt 7 meter væk", []),
    ("servicelovens § 85", [("law", "servicelovens § 85")]),
    ("jf. § 17, stk. 4, i", [("law", "§ 17, stk. 4")]),
    ("lov om social service", [("law", "lov om social service")]),
    ("LBK nr. 170 af 24/01/2022", [("law", "LBK nr. 170 af 24/01/2022")]),
    ("bekendtgørelse nr. 123", [("law", "bekendtgørelse nr. 123")]),
    ("lov nr. 699 af 20. juni 2025", [("law", "lov nr. 699 af 20. juni 2025")]),
    ("forvaltningslovens § 9, stk. 1, nr. 2", [("law", "forvaltningslovens § 9, stk. 1, nr. 2")]),
    ("§§ 83 og 86", [("law", "§§ 83 og 86")]),
    ("folkeskolelovens § 3 a", [("law", "folkeskolelovens § 3 a")]),
    ("§ 4 koster 200 kr.", [("law", "§ 4")]),
    ("lov om noget helt andet", []),
    ("loven siger", []),
    ("telefon 33 12 34 56, 2100 København", []),
]

# Written before the first run of the finder and not changed after it.
HELD_OUT: list[tuple[str, list[tuple[str, str]]]] = [
    ("Forslaget skal ses i sammenhæng med forslag TMU21.", [("proposal", "TMU21")]),
    ("Prioriteringsforslag SOU-14 og SOU-15 er trukket.", [("proposal", "SOU-14"), ("proposal", "SOU-15")]),
    ("Besparelsesforslag nr. K7", [("proposal", "K7")]),
    ("jf. ændringsforslag ØU03a", [("proposal", "ØU03a")]),
    ("HPV16, MP3, G20, T1D og F16", []),
    ("Sagsident: 19/12345", [("case", "19/12345")]),
    ("Vores ref.: sagsnr. 21/34567-8", [("case", "21/34567-8")]),
    ("Journalnr: 82.20.00-G01-12-19", [("case", "82.20.00-G01-12-19")]),
    ("Sags nr. 2018-123456", [("case", "2018-123456")]),
    ("(EDOC: 2022-0003344)", [("case", "2022-0003344")]),
    ("siden budgetvedtagelsen 2017", [("budget", "2017")]),
    ("i budgetaftale 2022", [("budget", "2022")]),
    ("forslag til budget 2025-28", [("budget", "2025-28")]),
    ("2022-budgettet er stramt", []),
    ("se punkt 14 i dagsordenen", [("agenda-item", "14")]),
    ("dagsordenspunkt nr. 22", [("agenda-item", "22")]),
    ("efter barnets lov § 32", [("law", "§ 32")]),
    ("jf. serviceloven § 107, stk. 2, og § 108", [("law", "serviceloven § 107, stk. 2"), ("law", "§ 108")]),
    ("planlovens § 13, stk. 2", [("law", "planlovens § 13, stk. 2")]),
    ("lovbekendtgørelse nr. 1887 af 22. september 2021", [("law", "lovbekendtgørelse nr. 1887 af 22. september 2021")]),
]


@pytest.mark.parametrize(("text", "wanted"), DEVELOPED)
def test_developed_on(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), HELD_OUT)
def test_held_out(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


def test_a_listed_proposal_has_its_title() -> None:
    text = "Sammenhæng til:\nISU32 Vikarer i dagtilbud reduceres \n- ISU36: Færre vejledere\nog så ISU41 i øvrigt"

    assert [(r.value, r.title) for r in references(text)] == [
        ("ISU32", "Vikarer i dagtilbud reduceres"),
        ("ISU36", "Færre vejledere"),
        ("ISU41", None),
    ]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("piece", ["ISU3, ", "§ 4, ", "sag nr. ", "budget ", "1-", "A1", "lov om a ", "punkt 3 "])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    prose = Prose(piece * 20_000)
    find(prose, Context())
