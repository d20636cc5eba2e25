"""What is done or given out under "Beslutning" in sentences of its own, and what letters and hearing answers say."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import read

from corpus.model import Amount, Committee, Decision, Fte
from pipeline.extract import extract_bytes

HEAD = "Teknisk Udvalg\nReferat\n6. maj 2025\n\n9. Sagen\n\nBeslutning\n"
Told = tuple[str, bool, list[str]]  # status, negated, figures


def told(text: str, name: str = "referat.txt") -> list[Told]:
    records = extract_bytes(text.encode(), name).records
    decisions = [each for each in records if isinstance(each, Decision)]
    return [(each.status, each.negated, [link.text for link in each.links]) for each in decisions]


def unread(text: str) -> list[str]:
    return [
        each.message for each in extract_bytes(text.encode(), "referat.txt").problems if "decision-unread" in each.code
    ]


LIST = "- Spejderne: 35.000 kr.\n- Natteravnene: 12.500 kr.\n"
GIVEN: Told = ("decided", False, ["35.000 kr.", "12.500 kr."])
NOTHING: Told = ("decided", False, [])


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (f"Udvalget bevilgede følgende tilskud:\n{LIST}", [GIVEN]),
        (f"Udvalget fordelte puljen således:\n{LIST}I alt 47.500 kr.\n", [GIVEN]),
        ("Der gives tilskud til:\nSpejderne 35.000 kr.\nNatteravnene 12.500 kr.\n", [GIVEN]),
        (f"Udvalget bevilger:\n\n{LIST}", [GIVEN]),
        (f"Udvalget fordelte puljen således:\n{LIST}- Cykelklubben: afslag\n", [GIVEN, ("rejected", False, [])]),
        ("Puljen fordeles således: Spejderne 35.000 kr. og Natteravnene 12.500 kr.\n", [GIVEN]),
        # Two sums in a line, or neither a sum nor a no: what the list gives is not known.
        (f"Udvalget bevilgede følgende tilskud:\n{LIST}- Roklubben: 9.000 kr. eller 8.000 kr.\n", [NOTHING]),
        (f"Udvalget bevilgede følgende tilskud:\n{LIST}- Roklubben: 9.000 kr. (søgt)\n", [NOTHING]),
        (f"Udvalget bevilgede følgende tilskud:\n{LIST}- Roklubben får besked senere\n", [NOTHING]),
        (f"Udvalget tog følgende ansøgninger til efterretning:\n{LIST}", [NOTHING]),
    ],
)
def test_what_is_given_out_in_a_list(verdict: str, expected: list[Told]) -> None:
    assert told(HEAD + verdict) == expected


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("Vederlaget forhøjes fra 28.000 kr. til 31.500 kr. om året.", [("decided", False, ["31.500 kr."])]),
        ("Puljen øges med 300.000 kr. til 1,3 mio. kr.", [("decided", False, ["1,3 mio. kr."])]),
        ("Gebyret på 45 kr. afskaffes.", [("decided", False, ["45 kr."])]),
        ("Afgiften hæves ikke.", [("decided", True, [])]),
        ("Der ansættes ikke en havnefoged.", [("decided", True, [])]),
        ("Opgaven tildeles Bus Nord for 4.980.000 kr.", [("decided", False, ["4.980.000 kr."])]),
        ("Udvalget tildelte opgaven til Bus Nord for 4.980.000 kr.", [("decided", False, ["4.980.000 kr."])]),
        # What somebody proposed, what is conditional in its front, and what happens by itself.
        ("Venstre foreslog følgende: Afgiften hæves.", []),
        ("Et mindretal mener, at taksten er for høj. Taksten sænkes.", []),
        ("Hvis staten betaler, hæves afgiften.", []),
        ("Udgifterne øges med 2 mio. kr.", []),
    ],
)
def test_what_is_done_where_no_verb_of_deciding_stands(verdict: str, expected: list[Told]) -> None:
    assert told(f"{HEAD}{verdict}\n") == expected


def test_a_deed_beside_a_verdict_is_told() -> None:
    assert unread(f"{HEAD}Færgen fastholdes. Skolen lukkes i 2026.\n") == [
        'Under "Beslutning" a sentence was not read as one: "Skolen lukkes i 2026."'
    ]
    assert unread(f"{HEAD}Godkendt.\nSF stillede forslag om, at skolen bevares. Skolen bevares.\n") == []


def test_what_is_done_has_the_body_and_the_day_of_the_meeting() -> None:
    records = extract_bytes(f"{HEAD}Udvalget hæver intet. Afgiften hæves.\n".encode(), "referat.txt").records
    found = [(each.body, each.date) for each in records if isinstance(each, Decision)]

    assert found == [("Teknisk Udvalg", "2025-05-06")]
    assert [each.name for each in records if isinstance(each, Committee)] == ["Teknisk Udvalg"] * 2


@pytest.mark.parametrize(
    ("title", "day"),
    [("Beslutninger fra mødet den 6. maj 2025", "2025-05-06"), ("Referat fra mødet den 6. maj 2025", "2025-05-06")],
)
def test_minutes_by_their_title(title: str, day: str) -> None:
    text = f"Børneudvalget\n{title}\n\n3. Høring\nBeslutning: Udvalget sendte sagen i høring til den 20. juni 2025.\n"
    records = extract_bytes(f"{text}\n4. Ferie\nBeslutning: Til efterretning.\n".encode(), "referat.txt").records

    assert [each.date for each in records if isinstance(each, Decision)][-1] == day


RULING = "Ankestyrelsen\n7. maj 2025\n\nAfgørelse i din klagesag\n\nKære Birthe Holk\n\n{}\n\nVenlig hilsen\nPia Juul\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Vi hjemviser sagen til Fjordby Kommune.", ["postponed"]),
        ("Vi stadfæster kommunens afgørelse.", ["decided"]),
        ("Vi ophæver kommunens afgørelse.", ["decided"]),
        ("Vi stadfæster ikke kommunens afgørelse.", []),
        ("Du får afslag, fordi din indkomst er 612.400 kr., og grænsen er 598.600 kr.", ["rejected"]),
        ("Du får afslag, når fristen er gået.", []),
    ],
)
def test_a_ruling_of_a_board(said: str, expected: list[str]) -> None:
    assert told(RULING.format(said), "brev.txt") == [(status, False, []) for status in expected]


def test_a_board_that_changes_a_permission() -> None:
    assert told("Planklagenævnet ændrer kommunens tilladelse til et afslag.\n") == [("rejected", False, [])]
    assert told("Planklagenævnet ophæver kommunens tilladelse.\n") == [("decided", False, [])]
    assert told("Ejeren ændrer kommunens tilladelse til et afslag.\n") == []
    assert told("Ejeren ophæver tilladelsen.\n") == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Projektet er udskudt til 2027.", []),
        ("Sagen er udskudt til maj 2027.", ["postponed"]),
        ("Projektet blev udskudt af Byrådet.", ["postponed"]),
    ],
)
def test_how_a_project_is_and_what_was_put_off(said: str, expected: list[str]) -> None:
    assert [each[0] for each in told(f"Notat\n\n{said}\n", "notat.txt")] == expected


def test_what_is_to_be_taken_note_of_has_no_figure_in_a_recommendation_either() -> None:
    advice = (
        "Økonomiudvalget indstiller,\n1. at resultatet på 23,4 mio. kr. tages til efterretning,\n"
        "2. at der overføres 11,9 mio. kr. til 2026.\n"
    )

    assert told(f"Byrådet\nReferat\n6. maj 2025\n\n3. Regnskab\n\nIndstilling\n{advice}") == [
        ("recommended", False, []),
        ("recommended", False, ["11,9 mio. kr."]),
    ]


def test_an_agreement_on_the_budget_of_a_municipality() -> None:
    text = "{}\n\nDer afsættes 2 mio. kr. til veje.\n"

    assert told(text.format("Aftale om Strandby Kommunes budget 2026")) == [("decided", False, ["2 mio. kr."])]
    assert told(text.format("Aftale om levering af varer i budgettet")) == []


def test_a_forlig_is_an_agreement_and_a_named_office_recommends() -> None:
    forlig = "Forlig om budget 2025 mellem A, V og F\n\nParterne er enige om følgende:\n1. Der spares 4 mio. kr.\n"
    advice = "Indstilling\nTeknisk Forvaltning indstiller,\n1. at der bevilges 6 mio. kr.,\n2. at sagen genoptages.\n"
    records = extract_bytes(f"Byrådet\nReferat\n6. maj 2025\n\n3. Tag\n\n{advice}".encode(), "referat.txt").records

    assert told(forlig) == [("decided", False, ["4 mio. kr."])]
    assert {each.body for each in records if isinstance(each, Decision)} == {"Teknisk Forvaltning"}


def test_a_board_that_answers_advises_a_council() -> None:
    head = "Høringssvar fra skolebestyrelsen på Engparkskolen\n\n"

    assert told(f"{head}Vi anbefaler, at byrådet finder pengene.\n") == [("recommended", False, [])]
    assert told(f"{head}Vi anbefaler, at alle læser svaret.\n") == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Antallet af årsværk reduceres med 5,5 fra 2026.", ["5.5 fte 2026"]),
        ("Hvis det sker, reduceres antallet af årsværk med 5,5 fra 2026.", ["5.5 fte 2026"]),
        ("Antallet af stillinger falder med 3.", ["3 position None"]),
        ("Antallet af årsværk falder med 5 pct.", []),
        ("Antallet af årsværk falder med 2 mio. kr.", []),
        ("Antallet af årsværk deles med 3.", []),
        ("Ledige: 640 fuldtidspersoner", []),
        ("Der ansættes 14 fuldtidspersoner.", ["14 fte None"]),
    ],
)
def test_staff_that_is_fewer_by_a_figure(said: str, expected: list[str]) -> None:
    records = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").records

    assert [f"{each.value} {each.unit} {each.year}" for each in records if isinstance(each, Fte)] == expected


def test_the_year_behind_a_genitive() -> None:
    text = "Der spares 1,8 mio. kr. på skolernes vikarbudget i 2025. Der spares 2 mio. kr. på skolen bygget i 1975.\n"
    records = extract_bytes(f"Notat\n\n{text}".encode(), "notat.txt").records

    assert [each.year for each in records if isinstance(each, Amount)] == [2025, None]


def test_yesterday_evening() -> None:
    assert read("Byrådet vedtog i aftes planen.", dt.date(2025, 9, 30)) == ["i aftes = 2025-09-29 day"]
    records = extract_bytes(
        b"Pressemeddelelse fra Fjordby Kommune\nDen 30. september 2025\n\nByr\xc3\xa5det vedtog i aftes planen.\n",
        "a.txt",
    ).records

    assert [each.date for each in records if isinstance(each, Decision)] == ["2025-09-29"]


AGREEMENT = "Budgetaftale for 2027-2030\nLillesund Kommune\n\n{}\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Anlæg: Der afsættes 28 mio. kr. til en brandstation.", [("decided", False, ["28 mio. kr."])]),
        ("Børn og unge: Klubben lukkes.", [("decided", False, [])]),
        ("Kommunens biler udskiftes til elbiler.", [("decided", False, [])]),
        ("Det er aftalt, at børnehaven i Ørby ikke lukkes.", [("decided", True, [])]),
        ("Venstre: Klubben lukkes ikke.", []),
        ("Forslag: Skolen lukkes.", []),
    ],
)
def test_a_sentence_of_an_agreement_behind_what_it_is_about(said: str, expected: list[Told]) -> None:
    assert told(AGREEMENT.format(said), "aftale.txt") == expected


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (
            "Udvalget vedtog enstemmigt\n- at udskifte lamper for 5,1 mio. kr.\n- at slukke lyset om natten\n",
            [("decided", False, ["5,1 mio. kr."]), ("decided", False, [])],
        ),
        ("Udvalget kunne ikke støtte forslaget om at lukke klubben.\n", [("rejected", False, [])]),
        ("Udvalget kunne godt støtte klubben.\n", []),
    ],
)
def test_points_behind_an_adverb_and_what_was_not_supported(verdict: str, expected: list[Told]) -> None:
    assert told(HEAD + verdict) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Integrationsrådet tager budgettet til efterretning, men beklager det.", ["decided"]),
        ("Rådet godkender planen.", ["decided"]),
        ("Integrationsrådet kan tilslutte sig politikken.", ["decided"]),
        ("Venstre kan tilslutte sig politikken.", []),
        ("Formanden godkender planen.", []),
        ("Rådet godkender normalt planer i maj.", []),
        ("Rådet godkender ikke kritikken.", []),
        ("Rådet kan tage planen til efterretning i maj.", []),
    ],
)
def test_the_present_in_minutes_without_headings(said: str, expected: list[str]) -> None:
    text = f"Integrationsrådet\nReferat, 22. oktober 2025\n\n2. Budgethøring\n{said}\n"

    assert [each[0] for each in told(text)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Der gives 4 mio. kr. i 2026 og derefter 1,2 mio. kr. årligt.", ["4000000", "1200000"]),
        ("Der gives 4 mio. kr. i 2026 og derefter 12\nmio. kr.", ["4000000", "12000000"]),
        ("Der gives 4 mio. kr. i 2026 og derefter 3.", ["4000000", "3000000"]),
        ("Buddet på 40 millioner kroner var 5 millioner lavere end prisen.", ["40000000", "5000000"]),
    ],
)
def test_figures_that_begin_alike(said: str, expected: list[str]) -> None:
    records = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").records

    assert [str(each.value) for each in records if isinstance(each, Amount)] == expected


def test_the_year_of_granting_is_not_the_grant_s() -> None:
    text = "Byrådet gav i 2022 en anlægsbevilling på 54,0 mio. kr. Byrådet bevilgede i 2023 et lån på 2 mio. kr.\n"
    records = extract_bytes(f"Notat\n\n{text}".encode(), "notat.txt").records

    assert [each.year for each in records if isinstance(each, Amount)] == [None, None]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "besluttede at give tilsagn om 125.000 kr. til Vig samt at afslå ansøgningen på 210.000 kr.",
            [("decided", False, ["125.000 kr."]), ("rejected", False, ["210.000 kr."])],
        ),
        (  # where the second deed is not told apart, its figure hangs on nothing
            "bevilgede 125.000 kr. til dem, som søgte, samt at afslå ansøgningen på 210.000 kr.",
            [("decided", False, ["125.000 kr."])],
        ),
        (
            "tiltrådte pkt. 1-3 og udsatte pkt. 4.",
            [("decided", False, []), ("postponed", False, [])],
        ),
        ("uddelte 1,2 mio. kr. til foreningerne.", [("decided", False, ["1,2 mio. kr."])]),
        ("uddelte blomster til alle.", []),
    ],
)
def test_a_grant_beside_a_refusal_and_what_is_handed_out(said: str, expected: list[Told]) -> None:
    assert told(f"{HEAD.replace('Teknisk Udvalg', 'Byrådet')}Byrådet {said}\n") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Tandplejen får 1,3 mio. kr. mere i 2027.", [("decided", False, ["1,3 mio. kr."])]),
        ("Skolerne i byen får 900.000 kr. til lejrture.", [("decided", False, ["900.000 kr."])]),
        ("Kommunen får 3 mio. kr. mere i 2027.", []),
        ("Havnen får 3 mio. kr. ekstra fra staten.", []),
        ("Tandplejen får 1,3 mio. kr. mindre i 2027.", []),
    ],
)
def test_who_gets_money_by_an_agreement(said: str, expected: list[Told]) -> None:
    assert told(AGREEMENT.format(said), "aftale.txt") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Der tilføres 3 stillinger til jobcentret i 2026 og yderligere 2 i 2027.",
            ["3 position 2026", "2 position 2027"],
        ),
        ("Staben er steget fra 212 i 2022 til 231 i 2025, svarende til 19 årsværk.", ["19 fte None"]),
        ("Skolen får 8 mio. kr. i 2026, svarende til 17 årsværk.", ["17 fte 2026"]),
    ],
)
def test_staff_with_a_year_of_its_own(said: str, expected: list[str]) -> None:
    records = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").records

    assert [f"{each.value} {each.unit} {each.year}" for each in records if isinstance(each, Fte)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Det bliver 200.000 kr. plus 75 tusind til it.", ["75 tusind"]),
        ("Vi har brugt 1.198.300.", ["1.198.300"]),
        ("Vi har brugt 1.500 timer.", []),
        ("Vi fik 200.000 kr. af 75 tusind borgere.", []),
    ],
)
def test_sums_without_a_currency_are_told(said: str, expected: list[str]) -> None:
    problems = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").problems

    assert [each.message.split("'")[1] for each in problems if each.code == "number-refused"] == expected


def test_long_lines_that_each_begin_with_at_are_points() -> None:
    head = f"{HEAD}Udvalget anbefaler overfor Byrådet:\n"
    long = "at gebyret for restaffald fastsættes til 1.420 kr. pr. husstand\n"

    assert told(f"{head}{long}at gebyret for haveaffald bortfalder\nat pladsen i Torp lukkes\n") == [
        ("recommended", False, ["1.420 kr."]),
        ("recommended", True, []),
        ("recommended", False, []),
    ]
    assert len(told(f"{head}{long}at det sker i 2027\n")) == 1  # perhaps one wrapped sentence


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Din ansøgning om automatgear er ikke imødekommet.", ["rejected"]),
        ("Naboens ansøgning er ikke imødekommet.", []),
        ("Din ansøgning er ikke behandlet.", []),
    ],
)
def test_an_answer_that_is_a_no(said: str, expected: list[str]) -> None:
    assert [each[0] for each in told(RULING.format(said), "brev.txt")] == expected


@pytest.mark.parametrize(
    ("said", "year"),
    [("Taksten for 2027 fastsættes til 4.850 kr.", 2027), ("Prisen fra 2024 fastsættes til 30 kr.", None)],
)
def test_the_year_of_a_rate_that_is_set(said: str, year: int | None) -> None:
    records = extract_bytes(f"Notat\n\n{said}\n".encode(), "notat.txt").records

    assert [each.year for each in records if isinstance(each, Amount)] == [year]
