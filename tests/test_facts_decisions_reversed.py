"""Decisions that are taken back, sentences of a yes and a no, and figures that stand beside what is decided."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

NOTE = "Notat\n\n8. juni 2026\n\n{}\n"
MINUTES = "Referat\n\nKulturudvalget\nTorsdag den 12. marts 2026\n\n1. Sag\n\nBeslutning\n\n{}\n"


def told(text: str) -> list[tuple[str, str, bool, list[str]]]:
    """Verb, status, whether negated, and the figures of each decision."""
    records = extract_bytes(text.encode(), "papir.txt").records
    return [
        (each.verb or "", each.status, each.negated, [link.text for link in each.links if link.type != "reference"])
        for each in records
        if isinstance(each, Decision)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Byrådet omgjorde beslutningen om 340.000 kr.", [("omgøre", "decided", True, ["340.000 kr."])]),
        (
            "Byrådet trak den 4. maj bevillingen på 60.000 kr. tilbage.",
            [("trække tilbage", "decided", True, ["60.000 kr."])],
        ),
        (
            "Byrådet besluttede at give klubben 340.000 kr., men beslutningen blev omgjort af Økonomiudvalget.",
            [("omgøre", "decided", True, [])],
        ),
        ("Borgmesteren trak stolen tilbage.", []),
        ("Byrådet trak vejret og tilbage var 60.000 kr.", []),
        ("Byrådet besluttede at give klubben 340.000 kr.", [("beslutte", "decided", False, ["340.000 kr."])]),
    ],
)
def test_a_decision_taken_back(sentence: str, expected: object) -> None:
    assert told(NOTE.format(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Udvalget oversender forslag A til Byrådet og ønsker ikke at arbejde videre med forslag B til 2,1 mio. kr.",
            [("oversende", "decided", False, []), ("ønske ikke", "rejected", False, ["2,1 mio. kr."])],
        ),
        (
            "Udvalget godkendte indstillingen, men ønskede ikke at bruge de 70.000 kr. til bænke.",
            [("godkende", "decided", False, []), ("ønske ikke", "rejected", False, ["70.000 kr."])],
        ),
        (
            "Udvalget ville hverken bevilge 300.000 kr. eller ansætte 1 årsværk.",
            [("bevilge", "rejected", False, ["300.000 kr.", "1 årsværk"])],
        ),
        ("Godkendt, idet ikrafttræden udskydes til 1. august 2026.", [("godkende", "decided", False, [])]),
        (
            "Godkendt, idet punkt 2 udskydes til 1. august 2026.",
            [("godkende", "decided", False, []), ("udskyde", "postponed", False, [])],
        ),
    ],
)
def test_a_yes_and_a_no_in_minutes(sentence: str, expected: object) -> None:
    assert told(MINUTES.format(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sagen blev sendt tilbage til Byrådet med henblik på at finde 2 mio. kr.", ("sende tilbage", "postponed", [])),
        ("Byrådet udsatte sagen om en bevilling på 2 mio. kr.", ("udsætte", "postponed", ["2 mio. kr."])),
        ("Byrådet besluttede at sænke afgiften, svarende til et provenutab på 9 mio. kr.", ("beslutte", "decided", [])),
        (
            "Byrådet besluttede at spare 4 stillinger, svarende til 2 mio. kr.",
            ("beslutte", "decided", ["4 stillinger", "2 mio. kr."]),
        ),
        ("Byrådet godkendte en merudgift på 9 mio. kr.", ("godkende", "decided", ["9 mio. kr."])),
        ("Kulturudvalget ville hverken give 30.000 kr. eller lokaler.", None),
        ("Kulturudvalget fik ikke flertal for at bruge 2 mio. kr.", ("opnå ikke flertal", "rejected", ["2 mio. kr."])),
        ("Klubben fik ikke flertal for at bruge 2 mio. kr.", None),
        (
            "Den 2. juni blev der bevilget 75.000 kr. til revyen af Kulturudvalget.",
            ("bevilge", "decided", ["75.000 kr."]),
        ),
        ("Den 2. juni blev der bevilget 75.000 kr. til revyen af fonden.", None),
    ],
)
def test_what_is_decided_and_what_stands_beside_it(sentence: str, expected: tuple[str, str, list[str]] | None) -> None:
    found = [(verb, status, figures) for verb, status, _, figures in told(NOTE.format(sentence))]

    assert found == ([expected] if expected else [])
