"""What the abbreviations of committees stand for, where they may stand for several, and who explains them."""

from __future__ import annotations

import pytest
from bodies_read import committees

from corpus.model import Committee
from pipeline.context import Context
from pipeline.extract import extract_bytes
from pipeline.facts.committees import bodies_of, find
from pipeline.language import Prose


@pytest.mark.parametrize(
    ("name", "municipality", "abbreviation"),
    [
        ("Børne- og Ungdomsudvalget", None, "BUU"),
        ("Økonomiudvalget", None, "ØU"),
        ("Kultur- og Fritidsudvalget", None, "KFU"),
        ("Institutions- og Skoleudvalget", None, "ISU"),
        ("Socialudvalget", "København", "SUD"),
        ("Socialudvalget", None, "SU"),
        ("Socialudvalget (SOC)", None, "SOC"),
        ("Udvalget for Børn og Unge", None, None),
        ("Borgerrepræsentationen", "København", "BR"),
        ("Byrådet", "Fjordby", None),
    ],
)
def test_abbreviations_of_names(name: str, municipality: str | None, abbreviation: str | None) -> None:
    assert [record.abbreviation for record in committees(name, municipality)] == [abbreviation]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Finansudvalget sagde ja.", ["Fjordby"]),
        ("Folketingets Finansudvalg sagde ja, og Finansudvalget mødes.", [None, None]),
        ("Finansudvalget i Folketinget mødtes med Socialudvalget.", [None, "Fjordby"]),
        ("Skatteudvalget mødes. Udvalget nikkede.", [None, None]),
        ("Folketinget skal høre, siger ordføreren, hvad Socialudvalget mener. Udvalget nikkede.", [None, None]),
        ("Byrådet og Socialudvalget hørte Folketinget og ordføreren.", ["Fjordby", "Fjordby"]),
        ("Kommissionen for Grønne Havne", [None]),
        ("Rådet for Socialt Udsatte og Rådet for Grønne Havne", [None, "Fjordby"]),
    ],
)
def test_what_is_the_states_is_no_municipalitys(text: str, owners: list[str | None]) -> None:
    assert [record.municipality for record in committees(text, "Fjordby")] == owners


def test_no_abbreviation_follows_from_the_name_of_a_committee_of_the_folketing() -> None:
    assert [record.abbreviation for record in committees("Finansudvalget i Folketinget")] == [None]
    assert [record.abbreviation for record in committees("Finansudvalget (FIU) i Folketinget")] == ["FIU"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Børne- og Ungdomsudvalget (BUU) mødes. BUU besluttede det.",
            ["Børne- og Ungdomsudvalget", "Børne- og Ungdomsudvalget"],
        ),
        ("Børne- og Ungdomsudvalget mødes. Så siger BUU nej.", ["Børne- og Ungdomsudvalget"] * 2),
        ("BUU sagde nej.", []),
        ("Børne- og Ungdomsudvalget: forslag BUU07 og BUU-08", ["Børne- og Ungdomsudvalget"]),
        ("Økonomiudvalget (V) mødes, V stemte imod.", ["Økonomiudvalget"]),
        ("Erhvervsudvalget ser på regler fra EU.", ["Erhvervsudvalget"]),
        ("Økonomiudvalget mødes, og ØU er enigt.", ["Økonomiudvalget"] * 2),
        ("Skriv til ØU, for ØU's møde er i maj.", ["Økonomiudvalget"] * 2),
        ("Sag nr. 12 (ØU 31/2011)", []),
        ("Økonomi- og Planudvalget (ØU) mødes, siger ØU.", ["Økonomi- og Planudvalget"] * 2),
        ("Kultur- og Idrætsudvalget, herefter KIU, mødes. KIU nikker.", ["Kultur- og Idrætsudvalget"] * 2),
        ('Byudvalget (i det følgende kaldet "BYU") mødes. BYU nikker.', ["Byudvalget"] * 2),
        ("Udvalget for Natur og Kyst (NKU) mødes. Spørg NKU.", ["Udvalget for Natur og Kyst"] * 2),
        ("SKU = Skoleudvalget\nSpørg SKU.", ["Skoleudvalget"] * 2),
        ("Erhvervsudvalget (EL) mødes, EL stemte imod.", ["Erhvervsudvalget"]),
    ],
)
def test_abbreviations_in_running_text(text: str, wanted: list[str]) -> None:
    assert [record.name for record in committees(text)] == wanted


@pytest.mark.parametrize(
    ("text", "municipality", "short", "candidates"),
    [
        (
            "Børne- og Ungdomsudvalget og Børne- og Undervisningsudvalget. BUU sagde nej.",
            None,
            "BUU",
            ["Børne- og Undervisningsudvalget", "Børne- og Ungdomsudvalget"],
        ),
        (
            "Byggeri- og Udviklingsudvalget mødes, siger BUU.",
            "København",
            "BUU",
            ["Byggeri- og Udviklingsudvalget", "Børne- og Ungdomsudvalget"],
        ),
        (
            "Økonomi- og Planudvalget mødes. Spørg ØU.",
            None,
            "ØU",
            ["Økonomi- og Planudvalget", "Økonomiudvalget"],
        ),
        (
            "Skoleudvalget (SKU) og Sundheds- og Kulturudvalget (SKU). Spørg SKU.",
            None,
            "SKU",
            ["Skoleudvalget", "Sundheds- og Kulturudvalget"],
        ),
    ],
)
def test_an_abbreviation_of_two_meanings_has_candidates_and_no_name(
    text: str, municipality: str | None, short: str, candidates: list[str]
) -> None:
    (record,) = [record for record in committees(text, municipality) if record.text == short]

    assert (record.name, record.candidates, record.abbreviation) == (None, candidates, short)


def known(*texts: str) -> Context:
    return Context(known_bodies=bodies_of([Prose(text) for text in texts], Context()))


@pytest.mark.parametrize(
    ("elsewhere", "text", "wanted"),
    [
        (["Kultur- og Idrætsudvalget (KUID) mødes."], "KUID sagde nej.", [("Kultur- og Idrætsudvalget", "KUID")]),
        (["Kultur- og Idrætsudvalget mødes."], "KIU sagde nej.", [("Kultur- og Idrætsudvalget", "KIU")]),
        (
            ["Skoleudvalget (SKU) mødes."],
            "Sundheds- og Kulturudvalget (SKU) mødes. SKU sagde nej.",
            [("Sundheds- og Kulturudvalget", "SKU")] * 2,
        ),
        (["Socialudvalget (SOC) mødes."], "Socialudvalget sagde nej.", [("Socialudvalget", "SOC")]),
        (["Skoleudvalget (SKU).", "Sundheds- og Kulturudvalget (SKU)."], "SKU sagde nej.", [(None, "SKU")]),
        (["Intet her."], "SKU sagde nej.", []),
    ],
)
def test_what_another_part_explains(elsewhere: list[str], text: str, wanted: list[tuple[str | None, str]]) -> None:
    records, _ = find(Prose(text), known(*elsewhere))

    assert [(r.name, r.abbreviation) for r in records if isinstance(r, Committee)] == wanted


def test_a_quoted_message_explains_what_the_answer_abbreviates() -> None:
    mail = (
        "Fra: Ane Holm <ane@eksempel.dk>\nSendt: 4. maj 2023 09:10\nTil: Bo Lund <bo@eksempel.dk>\nEmne: SV: Møde\n\n"
        "KIKU har sagt ja.\n\n"
        "Fra: Bo Lund <bo@eksempel.dk>\nSendt: 3. maj 2023 08:00\nTil: Ane Holm <ane@eksempel.dk>\nEmne: Møde\n\n"
        "Hvad siger Kirke- og Kulturudvalget (KIKU)?\n"
    )

    document = extract_bytes(mail.encode(), "svar.txt")

    assert len(document.parts) == 2
    found = [(r.part, r.text, r.name) for r in document.records if isinstance(r, Committee)]
    assert found == [
        (0, "KIKU", "Kirke- og Kulturudvalget"),
        (1, "Kirke- og Kulturudvalget", "Kirke- og Kulturudvalget"),
    ]


def test_a_known_municipality_has_its_abbreviations() -> None:
    assert [record.name for record in committees("TMU godkendte.", "København")] == ["Teknik- og Miljøudvalget"]
    assert committees("TMU og BR kom.", "Fjordby") == []
