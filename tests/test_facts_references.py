"""Pointers to proposals, cases, budgets, agenda items and laws."""

from __future__ import annotations

import pytest
from cases import reads
from hypothesis import given
from hypothesis import strategies as st

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
    ("Forslaget hænger sammen med HSU 07.", [("proposal", "HSU07")]),
    ("Forslaget skal ses i sammenhæng med HSU 07 og HSU 09.", [("proposal", "HSU07"), ("proposal", "HSU09")]),
    ("Om forslaget, se også TMU 3.", [("proposal", "TMU3")]),
    ("Vi mødes om forslaget i lokale HSU 07.", []),
    ("Døren hænger sammen med HSU 07.", []),
    ("Forslaget hænger sammen med EU 27.", []),
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
    ("servicelovens § 85", [("law", "serviceloven § 85")]),
    ("jf. § 17, stk. 4, i", [("law", "§ 17, stk. 4")]),
    ("lov om social service", [("law", "lov om social service")]),
    ("LBK nr. 170 af 24/01/2022", [("law", "LBK nr. 170 af 24/01/2022")]),
    ("bekendtgørelse nr. 123", [("law", "bekendtgørelse nr. 123")]),
    ("lov nr. 699 af 20. juni 2025", [("law", "lov nr. 699 af 20. juni 2025")]),
    ("forvaltningslovens § 9, stk. 1, nr. 2", [("law", "forvaltningsloven § 9, stk. 1, nr. 2")]),
    ("§§ 83 og 86", [("law", "§§ 83 og 86")]),
    ("folkeskolelovens § 3 a", [("law", "folkeskoleloven § 3 a")]),
    ("§ 4 koster 200 kr.", [("law", "§ 4")]),
    ("lov om noget helt andet", []),
    ("loven siger", []),
    ("telefon 33 12 34 56, 2100 København", []),
]

# Written before the first run of the finder. Since then acts are in the nominative, and years have all their digits.
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
    ("forslag til budget 2025-28", [("budget", "2025-2028")]),
    ("2022-budgettet er stramt", []),
    ("se punkt 14 i dagsordenen", [("agenda-item", "14")]),
    ("dagsordenspunkt nr. 22", [("agenda-item", "22")]),
    ("efter barnets lov § 32", [("law", "barnets lov § 32")]),
    (
        "jf. serviceloven § 107, stk. 2, og § 108",
        [("law", "serviceloven § 107, stk. 2"), ("law", "serviceloven § 108")],
    ),
    ("planlovens § 13, stk. 2", [("law", "planloven § 13, stk. 2")]),
    ("lovbekendtgørelse nr. 1887 af 22. september 2021", [("law", "lovbekendtgørelse nr. 1887 af 22. september 2021")]),
]


test_developed_on = reads(found, DEVELOPED)
test_held_out = reads(found, HELD_OUT)


PROPOSALS: list[tuple[str, list[str]]] = [
    ("Forslag 3 blev vedtaget, mens forslag 4 og 5 faldt.", ["3", "4", "5"]),
    ("Vi støtter forslag 12a og ændringsforslag nr. 7.", ["12a", "7"]),
    ("Omstillingsforslag nr. 2.07 er trukket", ["2.07"]),
    ("Se KMU32, 33 og 35.", ["KMU32", "KMU33", "KMU35"]),
    ("Kataloget (KMU01-KMU07) og TEU11-13", ["KMU01", "KMU07", "TEU11", "TEU13"]),
    ("forslag KSU-R-14, EFF-21-08 og KSU-E06", ["KSU-R-14", "EFF-21-08", "KSU-E06"]),
    ("Forslaget om biblioteket, KFI-24-02, er trukket", ["KFI-24-02"]),
    ("Forslaget indgik som D-17 i kataloget", ["D-17"]),
    ("Det hed oprindelig forslag B&U-11", ["B&U-11"]),
    ("Vi sparer som i forslag RO1. Senere blev RO2 udsat", ["RO1", "RO2"]),
    ("Ændringsforslag fra Kystlisten:\n\nK1 – Gratis bus. Forkastet.\n", ["K1"]),
    ("Vi foreslår, at KMU 11 genoptages, og TEU 3.04 udgår", ["KMU11", "TEU 3.04"]),
    ("de to ændringsforslag (nr. 3 og nr. 5)", ["3", "5"]),
    ("ÆF1 blev forkastet", ["ÆF1"]),
    ("KMU32, 33 og 35 medarbejdere", ["KMU32"]),
    ("Der var 3 forslag. Forslag 20 mio. kr. Forslaget 3 gange", []),
    ("Budgetforslag nr. 212: Færre skranker\n", []),
    ("Forslag 2. maj, forslag 14 dage før", []),
    ("KMU 12. marts 2024 og KMU 14 medlemmer", []),
    ("Lokale B2.14 og mødelokale D-17, 7B, E45, F-35 og bus 5A", []),
    ("ISO 9001, DS 432, EN 1090-2, SFO2, GF1 og ØA24", []),
]

CASES: list[tuple[str, list[str]]] = [
    ("Sagsnr. EMN-2021-12345", ["EMN-2021-12345"]),
    ("Sagen (GEO-2022-00123) er lukket", ["GEO-2022-00123"]),
    ("Svar på sag S2023-1187", ["S2023-1187"]),
    ("Sagsnr.: 1-23-45-678-21     Åbent", ["1-23-45-678-21"]),
    ("Sag: 773-2012-9    Dok.: 773-2012-22814", ["773-2012-9"]),
    ("Sagsnr.: 340-2018-3619   Dok.nr.: 340-2018-500301", ["340-2018-3619"]),
    ("J.nr. 17.01.04A21", ["17.01.04A21"]),
    ("Journal nr.: 17.01.04P20/117", ["17.01.04P20/117"]),
    ("82.00.00-Ø54-3-23 er afsluttet", ["82.00.00-Ø54-3-23"]),
    ("Acadre 23/1882 og sag 24/3381", ["23/1882", "24/3381"]),
    ("sagsnr. 23/1234 og 23/1235", ["23/1234", "23/1235"]),
    ("Sagsnr.: 2023 - 4567", ["2023-4567"]),
    ("Sagsnummer         24-012234", ["24-012234"]),
    ("Sagen har nummer 24/10733.", ["24/10733"]),
    ("Sagen ligger i eDoc som 2020-0187342", ["2020-0187342"]),
    ("Nr. 12.  BR 88/99.  Vaskeriet", ["BR 88/99"]),
    ("Klagenævnet (20/08871)", ["20/08871"]),
    ("4  Ny bro\n   17.01.00P00-0311", ["17.01.00P00-0311"]),
    ("82.06.00Ø20-0019 er lukket", ["82.06.00Ø20-0019"]),
    ("8.  1-30-4-112-3-18\nFærger", ["1-30-4-112-3-18"]),
    ("1-30-71-155-16\nFærger", ["1-30-71-155-16"]),
    ("Vedr. sag 2022-4471-K. Sag 2022-4471-Nord", ["2022-4471-K", "2022-4471"]),
    ("Se sag HB-0714-21 og sag HB-12", ["HB-0714-21"]),
    ("(sag 2014-4-0099)", ["2014-4-0099"]),
    ("Sagsident: 07/1136 (tidl. 06/9802)", ["07/1136", "06/9802"]),
    ("Ny bro (21/5517)\n\nBroen (21/5518) er ny.", ["21/5517"]),
    ("Nr. | Sag | Dato\n1 | 22/1197 | 22/1198\n2 | 12/2021 | x\n\n3 | 22/1199 | y", ["22/1197"]),
    ("| **Sagsnr.** | Titel |\n| --- | --- |\n| 8214 | Bro |\n| 01.02.2021 | 8215 |", ["8214"]),
    ("Sag\tStatus\n22/1197\tTiltrådt\n22/1198\tUdsat", ["22/1197", "22/1198"]),
    ("Nr.  Sag      Status\n1    22/1197  Ja\n2    22/1198  22/1199", ["22/1197", "22/1198"]),
    ("Det er en sag\nder har 22/1197 sider | og mere", []),
    ("| Sag |\n| 12/2021 |\n\nSagen\n22/1197", []),
    ("Faktura 2021-12345, kontrakt nr. 2018-00457 og ordre 22/12345", []),
    ("Sag 12/3-2021, sag 3/4 og sag nr. 131", []),
    ("Sagsnr. 01.02.2021", []),
    ("skoleåret 2021/22, møde 12/2023 og 2020-2021", []),
    ("i den sag 4512 kr.", []),
]

ITEMS: list[tuple[str, list[str]]] = [
    ("Økonomiudvalget, 18. september 2019, pkt. 155:", ["155"]),
    ("Afvist på byrådsmødet den 28. maj (punkt 13) med 22 stemmer", ["13"]),
    ("på mødet den 3/5-2023, jf. punkt 4, og bad om", ["4"]),
    ("under dagsordenens punkt 5 og 6", ["5", "6"]),
    ("kan findes i dagsordenen som punkt 2.", ["2"]),
    ("Sag nr. 14 på dagsordenen", ["14"]),
    ("Vi går videre til punkt 12, anlægsbevillingen", ["12"]),
    ("Hun ønskede punkt 6 behandlet før punkt 4.", ["6", "4"]),
    ("Punkt 6 blev trukket af dagsordenen", ["6"]),
    ("Pkt. 19/2019  Regnskab", ["19/2019"]),
    ("Hej Bo\n\nKort fra mødet:\n\n- pkt. 3 (haller): de tog det til efterretning.\n", ["3"]),
    ("Byrådet behandlede sagen den 4. marts 2024 (pkt. 17).", ["17"]),
    ("KB 22-03-2022, pkt. 12, og punkterne 4 og 5 på dagsordenen", ["12", "4", "5"]),
    ("- 4/8-18: Havneudvalget udsatte kajen (pkt. 7).\n- 5/2-19: Byrådet nikkede (pkt. 12), ja", ["7", "12"]),
    ("Udsat. Behandles igen sammen med pkt. 9.", ["9"]),
    ("Udsat til behandling sammen med punkt 11.", ["11"]),
    ("at punkt 7 om broen ved havnen er taget af dagsordenen", ["7"]),
    ("Byrådet vedtog den 3. maj 2021 planen (punkt 14), Havneudvalget den 4. maj indstillingen (pkt. 2)", []),
    ("Udvalget har broer (pkt. 4). De ses sammen med punkt 3 og behandles efter punkt 2 i vedtægten.", []),
    ("Aftale af 3. maj 2023, punkt 4, og brev af 3/5-2023, pkt. 2", []),
    ("Punkt 4: Hastighedsplan for Åvej\n\nIndstilling", []),
    ("Beslutning\nPunkt 1: Godkendt.\nPunkt 2: Udsat.", []),
    ("Ad 1) og ad pkt. 2: Godkendt", []),
    ("Mødet godkendte punkt 1 i indstillingen", []),
    ("Se punkt 3 i budgetaftalen", []),
    ("2,5 pkt. 3 gange, et punkt 5 minutter senere", []),
]

BUDGETS: list[tuple[str, list[str]]] = [
    ("aftale om budget 2025 og budgetforlig 2018", ["2025", "2018"]),
    ("Budget 2024-27 og budget 2024–2027", ["2024-2027", "2024-2027"]),
    ("i budget-\nforliget for 2016", ["2016"]),
    ("budgettet for 2024 og 2025", ["2024", "2025"]),
    ("finansloven for 2023 og flerårsaftalen 2023-2026", ["2023", "2023-2026"]),
    ("aftalen om kommunernes økonomi for 2024", ["2024"]),
    ("flerårsaftalen fra 2015, budget fra 2025, budgetbidrag 2025", []),
    ("budget 2024 kr., budget 2 000 kr.", []),
]

LAWS: list[tuple[str, list[str]]] = [
    ("§ 17 stk.4 i styrelsesloven", ["styrelsesloven § 17, stk. 4"]),
    ("§ 3, stk. 1, i lånebekendtgørelsen", ["lånebekendtgørelsen § 3, stk. 1"]),
    ("Lov nr. 1.206 af 3. juni 2020.", ["lov nr. 1206 af 3. juni 2020"]),
    ("§ 5 i lov nr. 1.206 af 3. juni 2020", ["lov nr. 1206 af 3. juni 2020 § 5"]),
    ("bekendtgørelse nr. 1.5 og lov nr. 7.12345", []),
    ("§ 107 og § 108 i serviceloven", ["serviceloven § 107", "serviceloven § 108"]),
    ("Servicelovens §§ 83, 83 a og 86", ["serviceloven §§ 83, 83 a og 86"]),
    ("servicelovens § 85, jf. § 90", ["serviceloven § 85", "serviceloven § 90"]),
    ("efter folkeskole-\nlovens §\u00a020,\nstk. 2", ["folkeskoleloven § 20, stk. 2"]),
    ("byggelovens § 2, stk. 1, litra a", ["byggeloven § 2, stk. 1, litra a"]),
    ("forvaltningslovens § 19, stk. 1, 2. pkt.", ["forvaltningsloven § 19, stk. 1, 2. pkt."]),
    ("færdselslovens § 42 a. Rådet", ["færdselsloven § 42 a"]),
    ("lov om trafikselskaber § 3, stk. 3, ikke", ["lov om trafikselskaber § 3, stk. 3"]),
    ("jf. § 7 i lov om kommunal indkomstskat.", ["lov om kommunal indkomstskat § 7"]),
    ("§ 5 i lov om digitale ravne.", ["lov om digitale ravne § 5"]),
    ("Lov om Social Service gælder", ["lov om social service"]),
    ("BARNETS LOV § 32", ["barnets lov § 32"]),
    (
        "databeskyttelsesforordningens artikel 6, stk. 1, litra e",
        ["databeskyttelsesforordningen artikel 6, stk. 1, litra e"],
    ),
    ("§ 2 i bekendtgørelse nr. 905 af 17. juni 2022", ["bekendtgørelse nr. 905 af 17. juni 2022 § 2"]),
    ("forordning (EU) 2016/679 og direktiv 2014/24/EU", ["forordning (EU) 2016/679", "direktiv 2014/24/EU"]),
    ("SEL § 85", ["SEL § 85"]),
    ("ånden i folkeskoleloven", ["folkeskoleloven"]),
    ("servicelovens paragraf 85", ["serviceloven § 85"]),
    ("ligningslovens § 7 Y og straffelovens §§ 152 c-f", ["ligningsloven § 7 Y", "straffeloven §§ 152 c-f"]),
    ("ejendomsskattelovens § 23 A. Byrådet", ["ejendomsskatteloven § 23 A"]),
    ("servicelovens § 5 A. B. Olsen", ["serviceloven § 5"]),
    ("kommunal- og regionalvalglovens § 18", ["kommunal- og regionalvalgloven § 18"]),
    ("service- og dagtilbudslovens § 5", ["dagtilbudsloven § 5"]),
    ("§ 3 i lov om vurdering af planer og programmer\n\nBeslutning", ["lov om vurdering af planer og programmer § 3"]),
    ("§ 3 i Lov om Social\nService", ["lov om social service § 3"]),
    ("§ 3 i lov om vurdering af planer\nBeslutning", ["lov om vurdering af planer § 3"]),
    (
        "jf. § 3, stk. 2, i bekendtgørelse nr. 1435 af 23. juni 2020.",
        ["bekendtgørelse nr. 1435 af 23. juni 2020 § 3, stk. 2"],
    ),
    ("servicelovens § 83 og 12 medarbejdere", ["serviceloven § 83"]),
    ("efter lovens § 14, styrelsesvedtægtens § 14 og lokalplan 112, § 5", ["§ 14"]),
    ("§ 5 i lokalplanen", []),
    ("§ 17, stk. 4-udvalget, et § 17.4-udvalg, § 107-tilbud og § 20.29.01.30", []),
    ("vej nr. 5, artikel 6 i avisen", []),
]


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        (kind, text, wanted)
        for kind, table in {
            "proposal": PROPOSALS,
            "case": CASES,
            "agenda-item": ITEMS,
            "budget": BUDGETS,
            "law": LAWS,
        }.items()
        for text, wanted in table
    ],
)
def test_each_kind_and_its_traps(kind: str, text: str, wanted: list[str]) -> None:
    assert [value for found_kind, value in found(text) if found_kind == kind] == wanted


def test_an_act_behind_its_paragraph_is_in_the_span() -> None:
    assert [r.text for r in references("jf. § 40, stk. 2, i planloven, at")] == ["§ 40, stk. 2, i planloven"]


@given(st.text(alphabet="KMU§ -–/.,:\n0123456789aglovens forpuktjr", max_size=80))
def test_spans_hold_whatever_the_text(text: str) -> None:
    ends = [0]
    for record in references(text):
        assert record.start >= ends[-1]
        ends.append(record.end)


def test_a_listed_proposal_has_its_title() -> None:
    text = "Sammenhæng til:\nISU32 Vikarer i dagtilbud reduceres \n- ISU36: Færre vejledere\nog så ISU41 i øvrigt"

    assert [(r.value, r.title) for r in references(text)] == [
        ("ISU32", "Vikarer i dagtilbud reduceres"),
        ("ISU36", "Færre vejledere"),
        ("ISU41", None),
    ]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize(
    "piece",
    [
        "ISU3, ",
        "§ 4, ",
        "sag nr. ",
        "budget ",
        "1-",
        "A1",
        "lov om a ",
        "punkt 3 ",
        "§",
        "KMU-",
        "1-1",
        "sagsnr. ",
        "forslag ",
        "00",
        "lov om ",
    ],
)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    prose = Prose(piece * 20_000)
    find(prose, Context())
