"""Verdicts behind a name in minutes without headings, orders, and two deeds of one sentence."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

LOOSE = "Referat af møde i Børne- og Skoleudvalget den 3. marts 2026\n\n4. Ansøgninger\n"
MINUTES = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 14. april 2026\n\nPunkt 4. Sagen\n\nBeslutning\n"
AGREEMENT = "Budgetaftale 2027 i Fjordby Kommune\n\nPartierne vil styrke velfærden.\n\n"
RULING = "Fjordby Kommune\n3. februar 2026\n\nVedr. påbud\n\nKære Anne Holm\n\nDu har klaget over skuret.\n\n"
MAIL = (
    "Fra: Anne Holm <ah@fjordby.dk>\nTil: Per Lund <pl@fjordby.dk>\nSendt: 16. april 2026 10:12\nEmne: Status\n\n"
    "Hej Per\n\n"
)
Told = tuple[str, str, list[str]]  # verb, status with "-" where it is negated, figures


def told(head: str, text: str) -> list[Told]:
    records = extract_bytes(f"{head}{text}\n".encode(), "papir.txt").records
    found = [record for record in records if isinstance(record, Decision)]
    assert [each.ordinal for each in found] == [
        sum(other.start == each.start for other in found[: at + 1]) for at, each in enumerate(found)
    ]
    return [
        (
            each.verb,
            each.status + "-" * each.negated,
            [link.text for link in each.links if link.type != "reference"],
        )
        for each in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a) Petanqueklubben: bevilget 18.000 kr.\nb) Skakklubben: afslået.\nc) Roklubben: afslag.",
            [("bevilge", "decided", ["18.000 kr."]), ("afslå", "rejected", []), ("give afslag", "rejected", [])],
        ),
        ("Fjordby Skakklub: bevilget 5.000 kr.", [("bevilge", "decided", ["5.000 kr."])]),
        # Who says so, and how things are.
        ("Venstre: afvist.", []),
        ("V og F: afvist.", []),
        ("Økonomi: bevilget 2 mio. kr. i 2025.", []),
        ("Status: godkendt af staten.", []),
    ],
)
def test_a_verdict_behind_a_name(text: str, expected: list[Told]) -> None:
    assert told(LOOSE, text) == expected


def test_such_a_line_of_a_mail_is_none() -> None:
    assert told(MAIL, "Petanqueklubben: bevilget 18.000 kr.") == []


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (RULING, "Vi påbyder dig at fjerne skuret inden den 1. maj 2026.", [("påbyde", "decided", [])]),
        (RULING, "Du påbydes hermed at fjerne skuret.", [("påbyde", "decided", [])]),
        (RULING, "Vi kan påbyde dig at fjerne skuret.", []),
        (RULING, "Hvis du ikke fjerner skuret, påbyder vi dig at gøre det.", []),
        (MAIL, "Byrådet påbød ejeren at rydde grunden.", [("påbyde", "decided", [])]),
        (MAIL, "Byrådet nedlagde forbud mod nedrivning.", [("nedlægge forbud", "decided", [])]),
        (MAIL, "Kommunen påbyder normalt ejeren at rydde op.", []),
        (MAIL, "Det er påbudt at bruge hjelm.", []),
        # To employ somebody is to carry out, not to decide.
        (MAIL, "Byrådet har ansat en ny kommunaldirektør.", []),
    ],
)
def test_an_order_decides(head: str, text: str, expected: list[Told]) -> None:
    assert told(head, text) == expected


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (
            AGREEMENT,
            "Biblioteksbussen bevares, men tilskuddet reduceres med 400.000 kr. i 2027.",
            [("bevare", "decided", []), ("reducere", "decided", ["400.000 kr."])],
        ),
        (
            AGREEMENT,
            "Der afsættes 2 mio. kr. til hallen, og der nedlægges 3 årsværk.",
            [("afsætte", "decided", ["2 mio. kr."]), ("nedlægge", "decided", ["3 årsværk"])],
        ),
        (
            AGREEMENT,
            "Svømmehallen renoveres for 12 mio. kr., mens stadion ikke udbygges.",
            [("renovere", "decided", ["12 mio. kr."]), ("udbygge", "decided-", [])],
        ),
        (
            AGREEMENT,
            "Der afsættes 2 mio. kr. til hallen og 3 mio. kr. til broen.",
            [("afsætte", "decided", ["2 mio. kr.", "3 mio. kr."])],
        ),
        (
            AGREEMENT,
            "Antallet af ledere reduceres med 6 årsværk. Antallet af børn øges.",
            [("reducere", "decided", ["6 årsværk"])],
        ),
        (
            MINUTES,
            "Skolen bevares, men tilskuddet reduceres med 400.000 kr.",
            [("bevare", "decided", []), ("reducere", "decided", ["400.000 kr."])],
        ),
        (
            MINUTES,
            "Byrådet besluttede at opsige kontrakten på 4 mio. kr. og nedlægge 2 årsværk.",
            [("beslutte", "decided-", ["4 mio. kr."]), ("beslutte", "decided", ["2 årsværk"])],
        ),
        (
            MINUTES,
            "Byrådet sender forslag 4 i høring og ønsker ikke forslag 7 på 3 mio. kr.",
            [("sende i høring", "decided", []), ("ønske ikke", "rejected", ["3 mio. kr."])],
        ),
    ],
)
def test_two_deeds_of_one_sentence(head: str, text: str, expected: list[Told]) -> None:
    assert told(head, text) == expected
