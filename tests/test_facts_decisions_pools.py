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


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("Der gives 1,2 mio. kr. til broer, finansieret af puljen til vejvedligehold på 6 mio. kr.", ["1,2 mio. kr."]),
        ("Udvalget bevilgede 400.000 kr. til broer af puljen til stier og veje på 3 mio. kr.", ["400.000 kr."]),
        ("Udvalget bevilgede 70.000 kr. til udvidelse af puljen på 3 mio. kr.", ["70.000 kr.", "3 mio. kr."]),
        ("Udvalget afsatte midler til puljen til vedligehold på 6 mio. kr.", ["6 mio. kr."]),
    ],
)
def test_a_pool_that_is_told_by_what_it_is_for(said: str, figures: list[str]) -> None:
    assert told(said) == [("decided", figures)]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("Udvalget godkendte regnskabet med en udgift på 86,3 mio. kr. mod bevilgede 84 mio. kr.", ["86,3 mio. kr."]),
        ("Udvalget godkendte 3 mio. kr. mod indstillede 4 mio. kr.", ["3 mio. kr."]),
        ("Udvalget vedtog 2 mio. kr. mod oprindeligt foreslåede 3 mio. kr.", ["2 mio. kr."]),
        ("Udvalget bevilgede 2 mio. kr. oven i tidligere bevilgede 3 mio. kr.", ["2 mio. kr."]),
        ("Udvalget bevilgede 35.000 kr. i stedet for de 50.000 kr., der blev bevilget i maj.", ["35.000 kr."]),
        ("Udvalget bevilgede 35.000 kr. i stedet for de 50.000 kr., som Byrådet bevilgede i maj.", ["35.000 kr."]),
    ],
)
def test_a_sum_that_another_is_held_against_is_not_decided_again(said: str, figures: list[str]) -> None:
    assert told(said) == [("decided", figures)]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("Udvalget vedtog at sænke besparelsen på 3,5 mio. kr. fra 2028 til 3 mio. kr.", ["3 mio. kr."]),
        ("Udvalget vedtog at sænke besparelsen på 3,5 mio. kr. årligt til 3 mio. kr.", ["3 mio. kr."]),
        ("Udvalget vedtog at hæve tilskuddet på 60.000 kr. i 2027 til 80.000 kr.", ["80.000 kr."]),
        ("Bevillingen forhøjes med 12 mio. kr. fra 72 mio. kr. til 84 mio. kr.", ["12 mio. kr."]),
        ("Udvalget vedtog at sænke antallet med 4 årsværk fra 31 årsværk til 27 årsværk.", ["4 årsværk"]),
        ("Udvalget godkendte en udvidelse af puljen på 1,2 mio. kr. til 1,5 mio. kr.", ["1,5 mio. kr."]),
    ],
)
def test_what_a_figure_was_before_it_changed_is_not_decided(said: str, figures: list[str]) -> None:
    assert told(said) == [("decided", figures)]
