"""The figure of a pool, of an earlier grant, of a fee that is waived or of what is left for later is not decided."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

MINUTES = "Fjordby Kommune\nKulturudvalget\nReferat fra mødet den 5. november 2024\n\n1. Havnen\nBeslutning\n"


def told(said: str) -> list[tuple[str, list[str]]]:
    records = extract_bytes(f"{MINUTES}{said}\n".encode(), "referat.txt").records
    return [(each.status, [link.text for link in each.links]) for each in records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        (
            "Tiltrådt, at der frigives 1,4 mio. kr. af anlægspuljen på 3 mio. kr. til en mole.",
            ["1,4 mio. kr."],
        ),
        ("Godkendt, at der anvendes 350.000 kr. fra udviklingspuljen på 2 mio. kr.", ["350.000 kr."]),
        ("Udvalget bevilgede 40.000 kr. af årets restbudget på 200.000 kr.", ["40.000 kr."]),
        ("Udvalget godkendte et køb på 70.000 kr. inden for den afsatte ramme på 1 mio. kr.", ["70.000 kr."]),
        ("Udvalget bevilgede 70.000 kr. ud over de tidligere bevilgede 3 mio. kr.", ["70.000 kr."]),
        ("Udvalget godkendte, at der af puljen på 3 mio. kr. bruges 70.000 kr. til en bro.", ["70.000 kr."]),
        ("Udvalget godkendte broen til 70.000 kr., der finansieres af puljen på 3 mio. kr.", ["70.000 kr."]),
        ("Udvalget godkendte et køb på 70.000 kr. fra driftsbudgettet på 3 mio. kr.", ["70.000 kr."]),
        # A pool, a frame or a grant that is itself decided.
        ("Udvalget bevilgede en ramme på 3 mio. kr.", ["3 mio. kr."]),
        ("Udvalget godkendte frigivelse af bevillingen på 3 mio. kr.", ["3 mio. kr."]),
        ("Udvalget bevilgede 70.000 kr. til broen og en pulje på 3 mio. kr. til stier.", ["70.000 kr.", "3 mio. kr."]),
        ("Udvalget godkendte udmøntning af puljen på 3 mio. kr.", ["3 mio. kr."]),
    ],
)
def test_a_pool_is_not_granted_by_what_is_taken_from_it(said: str, figures: list[str]) -> None:
    assert told(said) == [("decided", figures)]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("Udvalget godkendte, at 3 årsværk nedlægges, og at de øvrige 1,5 årsværk drøftes i maj.", ["3 årsværk"]),
        ("Udvalget godkendte 2 mio. kr. til broen, og at 1 mio. kr. til stien overvejes senere.", ["2 mio. kr."]),
        ("Udvalget godkendte, at der afsættes 2 mio. kr., og at sagen drøftes igen i maj.", ["2 mio. kr."]),
        ("Udvalget besluttede at fritage klubber for afgiften på 900 kr.", []),
        ("Udvalget besluttede at fritage klubber for leje og bevilge 900 kr. til kaffe.", ["900 kr."]),
        ("Udvalget besluttede at sætte afgiften for klubber til 900 kr.", ["900 kr."]),
    ],
)
def test_what_is_left_for_later_or_waived(said: str, figures: list[str]) -> None:
    assert told(said) == [("decided", figures)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Udvalget besluttede at sende sagen retur med ønske om besparelser på 2 mio. kr.", ("postponed", [])),
        ("Udvalget besluttede at returnere sagen til forvaltningen med ønske om 2 mio. kr. mere.", ("postponed", [])),
        ("Sagen returneres til forvaltningen med henblik på at finde 2 mio. kr.", ("postponed", [])),
        ("Punktet blev sendt retur til forvaltningen.", ("postponed", [])),
        ("Udvalget besluttede at bruge 2 mio. kr. på nye returflasker.", ("decided", ["2 mio. kr."])),
        ("Udvalget besluttede at sende alle skoler 2 mio. kr.", ("decided", ["2 mio. kr."])),
    ],
)
def test_a_case_returned_is_put_off(said: str, expected: tuple[str, list[str]]) -> None:
    assert told(said) == [expected]
