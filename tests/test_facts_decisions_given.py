"""What bodies give in other words: green light, what they end with, a grant beside a no, proposals by their names."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

MAIL = (
    "Fra: Anne Holm <ah@fjordby.dk>\nTil: Per Lund <pl@fjordby.dk>\nSendt: 3. april 2024 10:12\nEmne: Hallen\n\n"
    "Hej Per\n\n"
)
MINUTES = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 3. april 2024\n\nPunkt 1. Hallen\n\nBeslutning\n"
AGREEMENT = "Budgetaftale 2025 i Fjordby Kommune\n\nPartierne vil styrke skolerne.\n\n"
RULING = (
    "Fjordby Kommune\n3. april 2024\n\nAfgørelse om aktindsigt\n\nKære Anne Holm\n\n"
    "Du har den 1. marts 2024 bedt om aktindsigt i sagen om hallen.\n\n"
)
Told = tuple[str | None, str, str, list[str]]  # body, verb, status, what it is linked with


def told(head: str, text: str) -> list[Told]:
    records = extract_bytes(f"{head}{text}\n".encode(), "papir.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]
    return [(each.body, each.verb, each.status, [link.text for link in each.links]) for each in decisions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Byrådet gav grønt lys til hallen.", ("Byrådet", "give grønt lys", "decided", [])),
        (
            "Økonomiudvalget gav i går grønt lys for at bygge en ny skole til 84 mio. kr.",
            ("Økonomiudvalget", "give grønt lys", "decided", ["84 mio. kr."]),
        ),
        ("Hallen fik grønt lys i Kulturudvalget.", ("Kulturudvalget", "give grønt lys", "decided", [])),
        ("Der blev givet grønt lys til planen af Byrådet.", ("Byrådet", "give grønt lys", "decided", [])),
        ("Kulturudvalget gav rødt lys til koncerten.", ("Kulturudvalget", "give rødt lys", "rejected", [])),
        ("Byrådet endte med at bevilge 3 mio. kr. til hallen.", ("Byrådet", "ende med", "decided", ["3 mio. kr."])),
        ("Byrådet endte med at sige nej til projektet.", ("Byrådet", "ende med", "rejected", [])),
        ("Byrådet endte med ikke at bevilge noget.", ("Byrådet", "ende med", "rejected", [])),
        (
            "Integrationsrådet vedtog at give 5.000 kr. til festen.",
            ("Integrationsrådet", "vedtage", "decided", ["5.000 kr."]),
        ),
    ],
)
def test_a_decision_in_other_words(text: str, expected: Told) -> None:
    assert told(MAIL, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Hvis byrådet giver grønt lys, begynder arbejdet i maj.",
        "Vi håber, at byrådet giver grønt lys til projektet.",
        "Hallen fik grønt lys af Erhvervsstyrelsen.",
        "Debatten i byrådet endte med at blive lang.",
        "Byrådet endte med at skændes om hallen.",
        "Grundejerforeningens bestyrelse vedtog at give 5.000 kr.",
        "Forslag 1 gennemføres, mens forslag 3 ikke gennemføres.",
    ],
)
def test_what_decides_nothing(text: str) -> None:
    assert told(MAIL, text) == []


def test_the_board_of_a_school_in_its_minutes() -> None:
    text = "Skolebestyrelsen ved Fjordby Skole\nReferat af møde den 12. marts 2024\n\n1. Lejrskole\n"

    assert told(text, "Bestyrelsen vedtog at støtte lejren med 15.000 kr.") == [
        ("Skolebestyrelsen", "vedtage", "decided", ["15.000 kr."])
    ]
    club = "Bestyrelsesmøde i Fjordby Idrætsforening\nReferat, 12. marts 2024\n\n1. Lejr\n"
    assert [each[0] for each in told(club, "Bestyrelsen vedtog at støtte lejren med 15.000 kr.")] == [None]
    assert told(MAIL, "Bestyrelsen vedtog at støtte lejren med 15.000 kr.") == []


def test_a_grant_beside_a_no() -> None:
    text = "Kulturudvalget afviste ansøgningen på 300.000 kr., men der gives 80.000 kr. til et forprojekt."
    assert told(MAIL, text) == [
        ("Kulturudvalget", "afvise", "rejected", ["300.000 kr."]),
        ("Kulturudvalget", "give", "decided", ["80.000 kr."]),
    ]
    for beside in ("men der gives ikke plads", "men der gives en mulighed for at søge igen", "men vi giver 80.000 kr."):
        text = f"Kulturudvalget afviste ansøgningen på 300.000 kr., {beside}."
        assert told(MAIL, text) == [("Kulturudvalget", "afvise", "rejected", ["300.000 kr."])]


def test_two_deeds_of_whom_the_minutes_do_not_name() -> None:
    assert told(MINUTES, "Afslog ansøgningen om 2 mio. kr. og bevilgede 400.000 kr. til stien.") == [
        ("Byrådet", "afslå", "rejected", ["2 mio. kr."]),
        ("Byrådet", "bevilge", "decided", ["400.000 kr."]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Udvalget gav tilsagn om 200.000 kr. til hallen og afslag på 90.000 kr. til stien.",
            [(None, "give", "decided", ["200.000 kr."]), (None, "give afslag", "rejected", ["90.000 kr."])],
        ),
        (
            "Kulturudvalget gav afslag til teatret og tilsagn om 50.000 kr. til koret.",
            [
                ("Kulturudvalget", "give afslag", "rejected", []),
                ("Kulturudvalget", "give", "decided", ["50.000 kr."]),
            ],
        ),
        (
            "Kommunen meddelte tilladelse til skiltet og afslag på altanen.",
            [(None, "meddele", "decided", []), (None, "meddele afslag", "rejected", [])],
        ),
        ("Byrådet gav dispensation efter afslag fra amtet.", [("Byrådet", "give", "decided", [])]),
        ("Byrådet gav ansøgningen om tilskud afslag.", [("Byrådet", "give afslag", "rejected", [])]),
    ],
)
def test_what_one_verb_gives_to_one_and_to_the_other(text: str, expected: list[Told]) -> None:
    assert told(MAIL, text) == expected


@pytest.mark.parametrize(("head", "body"), [(MINUTES, "Byrådet"), (AGREEMENT, None)])
def test_proposals_that_are_carried_out_and_that_are_not(head: str, body: str | None) -> None:
    assert told(head, "SOU-04 og SOU-05 gennemføres, mens SOU-06 ikke gennemføres.") == [
        (body, "gennemføre", "decided", ["SOU-04", "SOU-05"]),
        (body, "gennemføre", "rejected", ["SOU-06"]),
    ]
    assert told(head, "Forslag 12 gennemføres med 2 mio. kr., mens forslag 14 ikke gennemføres.") == [
        (body, "gennemføre", "decided", ["Forslag 12", "2 mio. kr."]),
        (body, "gennemføre", "rejected", ["forslag 14"]),
    ]
    assert told(head, "Hvis staten betaler, gennemføres forslag 4.") == []
    assert told(head, "Forslag 4 kan gennemføres.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roklubben får 125.000 kr. til en ny bro.", [("Byrådet", "få", "decided", ["125.000 kr."])]),
        ("Roklubben får ikke 125.000 kr.", [("Byrådet", "få", "rejected", ["125.000 kr."])]),
        ("Roklubben får 50.000 kr. fra kulturpuljen.", [("Byrådet", "få", "decided", ["50.000 kr."])]),
        ("Roklubben får afslag på 20.000 kr.", [("Byrådet", "give afslag", "rejected", ["20.000 kr."])]),
        ("Kommunen får 3 mio. kr. fra staten.", []),
        ("Klubben får 3 mio. kr. fra fonden.", []),
        ("Roklubben kan få 125.000 kr.", []),
        ("Udvalget får en redegørelse.", []),
    ],
)
def test_what_somebody_gets_under_the_heading_beslutning(text: str, expected: list[Told]) -> None:
    assert told(MINUTES, text) == expected
    assert told(MAIL, text) == []


def test_the_day_of_minutes_by_their_head() -> None:
    for head in ("Byrådet\nReferat, mandag den 5. februar 2024", "Byrådet, 5. februar 2024 - Beslutningsreferat"):
        text = f"{head}\n\nSag 4: Kurser\nByrådet tiltrådte, at der bruges 3 mio. kr.\n"
        records = extract_bytes(text.encode(), "r.txt").records
        assert [each.date for each in records if isinstance(each, Decision)] == ["2024-02-05"]


def test_the_day_before_a_sum_is_counted_from_the_day_of_writing() -> None:
    records = extract_bytes(f"{MAIL}Byrådet bevilgede i går 1,2 mio. kr. til broen.\n".encode(), "m.txt").records

    assert [(each.date, each.status) for each in records if isinstance(each, Decision)] == [("2024-04-02", "decided")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A, F og Ø er enige om at afsætte 2 mio. kr.", 1),
        ("Socialdemokratiet, Venstre og Det Konservative Folkeparti er enige om at afsætte 2 mio. kr.", 1),
        ("Naboerne og Venstre er enige om at afsætte 2 mio. kr.", 0),
        ("A er enige om at afsætte 2 mio. kr.", 0),
    ],
)
def test_parties_by_their_letters_and_names_agree(text: str, count: int) -> None:
    assert told(AGREEMENT, text) == [(None, "være enig", "decided", ["2 mio. kr."])] * count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Der afsættes 3 mio. kr. i 2026 og 4 mio. kr. i 2027 til normeringer.",
            [("decided", False, ["3 mio. kr.", "4 mio. kr."])],
        ),
        ("Der bevilges 200.000 kr. til koret.", [("decided", False, ["200.000 kr."])]),
        ("Der afsættes ikke 3 mio. kr. til normeringer.", [("decided", True, ["3 mio. kr."])]),
        ("Der afsættes i dag 3 mio. kr. til normeringer.", []),
        ("Der afsættes god tid til sagen.", []),
        ("Partierne mener, at der afsættes 3 mio. kr. for lidt.", []),
    ],
)
def test_what_an_agreement_sets_aside(text: str, expected: list[tuple[str, bool, list[str]]]) -> None:
    records = extract_bytes(f"{AGREEMENT}Børn\n{text}\n".encode(), "aftale.txt").records
    decisions = [record for record in records if isinstance(record, Decision)]

    assert [(each.status, each.negated, [link.text for link in each.links]) for each in decisions] == expected
    assert told(MAIL, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Byrådet imødekom ansøgningen med 35.000 kr. mod ansøgt 80.000 kr.",
        "Byrådet bevilgede 35.000 kr. af ansøgte 80.000 kr.",
        "Byrådet bevilgede 35.000 kr., ansøgt beløb 80.000 kr.",
    ],
)
def test_what_was_asked_for_is_not_what_is_granted(text: str) -> None:
    assert [each[3] for each in told(MINUTES, text)] == [["35.000 kr."]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Vi har den 1. juli 2025 besluttet at bevilge dig 4.200 kr. til flytning.",
            [(None, "beslutte", "decided", ["4.200 kr."])],
        ),
        ("Ansøgningen om nodestativer kan vi desværre ikke imødekomme.", [(None, "imødekomme", "rejected", [])]),
        ("Prisen kan vi desværre ikke imødekomme.", []),
    ],
)
def test_a_ruling_that_says_we(text: str, expected: list[Told]) -> None:
    assert told(RULING, text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Du får afslag på aktindsigt i de interne notater.", 1),
        ("Du får derfor afslag på din anmodning om aktindsigt.", 1),
        ("Hvis du får afslag på aktindsigt, kan du klage.", 0),
        ("Du får afslag på aktindsigt, hvis du ikke svarer.", 0),
        ("Du får afslag, når fristen er gået.", 0),
    ],
)
def test_a_ruling_that_tells_you_no(text: str, count: int) -> None:
    assert told(RULING, text) == [(None, "give afslag", "rejected", [])] * count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Parterne er enige om følgende:\nAfsætter 2 mio. kr. til stien.\nLukker hallen i Øster Fjordby.\n\nTak.",
            [["2 mio. kr."], []],
        ),
        (
            "Parterne er enige om at:\nafsætte 2 mio. kr. til stien,\nlukke hallen og\nansætte to mand for 900.000 kr.",
            [["2 mio. kr."], [], ["900.000 kr."]],
        ),
        (
            "Parterne er enige om følgende:\n\nDer afsættes 2 mio. kr. til stien.\nPrisen på skolemad sænkes med 3 kr.",
            [["2 mio. kr."], ["3 kr."]],
        ),
    ],
)
def test_points_of_an_agreement_without_marks(text: str, expected: list[list[str]]) -> None:
    found = told(AGREEMENT, text)

    assert [each[3] for each in found] == expected
    assert {each[2] for each in found} == {"decided"}


@pytest.mark.parametrize(
    "text",
    [
        "Stien bør tilføres 2 mio. kr., og det er\nvigtigt, at pengene når ud.\nPrisen sænkes.",
        "Kommunen har 14 skoler.\nDer er mange børn.",
        "Afsætter 2 mio. kr. til stien.",
        "Afsætter 2 mio. kr. til stien.\nSkolerne har det svært.",
        "Afsætter penge til stien langs fjorden fra havnen til den gamle mølle og sikrer\nSænker prisen på skolemad",
    ],
)
def test_lines_that_may_be_no_points(text: str) -> None:
    assert all(not each[3] for each in told(AGREEMENT, f"Parterne er enige om følgende:\n{text}"))
