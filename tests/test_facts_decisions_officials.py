"""Rulings by named officials and by authorities of the state, and what a party asked for and did not get."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

HEAD = "Fjordby Kommune\n\nFjordby, den 30. april 2024\n\n"
Told = tuple[str | None, str, list[str]]  # body, status, figures


def told(text: str) -> list[Told]:
    records = extract_bytes(f"{HEAD}{text}\n".encode(), "nyt.txt").records
    return [
        (each.body, each.status, [link.text for link in each.links]) for each in records if isinstance(each, Decision)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Udbudschefen har den 3. maj 2024 besluttet at tildele ordren til Bo Bus ApS.",
            [("Udbudschefen", "decided", [])],
        ),
        ("Ejendomschefen besluttede at sælge hallen.", [("Ejendomschefen", "decided", [])]),
        (
            "Kommunaldirektøren har besluttet at købe 3 biler til 600.000 kr.",
            [("Kommunaldirektøren", "decided", ["600.000 kr."])],
        ),
        ("Direktøren besluttede at afslå ansøgningen.", [("Direktøren", "rejected", [])]),
        (
            "Havnechefen godkendte den 3. april 2024 en merudgift på 300.000 kr.",
            [("Havnechefen", "decided", ["300.000 kr."])],
        ),
        (
            "Kontorchef Ida Holm godkendte en merudgift på 90.000 kr.",
            [("Kontorchefen", "decided", ["90.000 kr."])],
        ),
        ("Skolechef Bo Friis har besluttet at lukke afdelingen.", [("Skolechefen", "decided", [])]),
        ("Kontorchef Ida Holm i Nordbus godkendte en ordre på 90.000 kr.", []),
        ("Tidligere kontorchef Ida Holm godkendte en ordre på 90.000 kr.", []),
        ("Chef Ida Holm godkendte en ordre på 90.000 kr.", []),
        # Of a firm, of herself, said of a pupil's day, and not done.
        ("Direktøren for Bo Bus besluttede at købe 3 biler.", []),
        ("Bankdirektøren besluttede at lukke filialen.", []),
        ("Kommunaldirektøren har besluttet at gå på pension.", []),
        ("Skolechefen anbefaler, at eleverne tager madpakke med.", []),
        ("Skolechefen har ikke besluttet noget.", []),
        ("Vejchefen afviste kritikken.", []),
    ],
)
def test_a_named_official(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kystdirektoratet giver hermed tilsagn om 2 mio. kr. til diget.",
            [("Kystdirektoratet", "decided", ["2 mio. kr."])],
        ),
        ("Havneministeriet meddeler hermed afslag på ansøgningen.", [("Havneministeriet", "rejected", [])]),
        ("Byrådet gav i 2023 en engangsbevilling på 400.000 kr.", [("Byrådet", "decided", ["400.000 kr."])]),
        ("Kystdirektoratet giver hermed ikke tilsagn om 2 mio. kr.", []),
        ("Kystdirektoratet giver normalt tilsagn om 2 mio. kr.", []),
        ("Naturen giver hermed tilladelse til leg.", []),
    ],
)
def test_what_is_given_hereby(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Liste Q fik nej til sit ønske om en tunnel til 9 mio. kr.", [(None, "rejected", ["9 mio. kr."])]),
        ("Bo Friis (S) fik nej til en tunnel til 9 mio. kr.", [(None, "rejected", ["9 mio. kr."])]),
        ("Hun fik nej til et lån på 2 mio. kr. i banken.", []),
    ],
)
def test_who_asked_a_council_and_got_a_no(text: str, expected: list[Told]) -> None:
    assert told(text) == expected
